//! Findings as GitHub's workflow commands, which the site shows beside the lines.

use crate::finding::{Finding, Severity};

/// One finding as one command.
pub(super) fn command(finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let position = finding.position();
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    // The end is the last column of the words, not the one behind them, and only within one line.
    let end = match finding.end() {
        Some(end) if end.line == position.line => format!(",endColumn={}", end.column.saturating_sub(1)),
        Some(end) => format!(",endLine={}", end.line),
        None => String::new(),
    };
    format!(
        "::{name} file={},line={},col={}{end},title={}::{}\n",
        property(&finding.path),
        position.line,
        position.column,
        property(finding.rule),
        data(&text)
    )
}

/// The text of a command: what would end it, in per cent; other controls as their pictures, since a log shows it.
fn data(text: &str) -> String {
    crate::model::text::clean(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value among the properties, where colons and commas part things.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Anchor;
    use crate::yaml::Position;

    #[test]
    fn nothing_in_a_finding_ends_its_command() {
        let at = Anchor::At(Position { line: 3, column: 7 });
        let finding = Finding::warning("uncited", "briefs/a,b:c.md", at, "100 % sure::x").help("no\nyes");
        assert_eq!(finding.help.as_deref(), Some("no yes"));
        assert_eq!(
            command(&finding),
            "::warning file=briefs/a%2Cb%3Ac.md,line=3,col=7,title=uncited::100 %25 sure::x%0Ano yes\n"
        );
        let words = |line, column| Anchor::Between(Position { line: 3, column: 7 }, Position { line, column });
        let finding = |anchor| Finding::error("x", "d.md", anchor, "m");
        assert_eq!(command(&finding(words(3, 9))), "::error file=d.md,line=3,col=7,endColumn=8,title=x::m\n");
        assert_eq!(command(&finding(words(4, 2))), "::error file=d.md,line=3,col=7,endLine=4,title=x::m\n");
    }
}
