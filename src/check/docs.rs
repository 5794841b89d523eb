//! The page on the rules, made from the rules.

use std::fmt::Write as _;

use super::{GROUPS, Rule};
use crate::finding::Severity;

/// `docs/rules.md`: a table of all rules and a part on each.
pub fn docs_markdown() -> String {
    let mut out = String::from(
        "# Rules\n\n<!-- Made by `attache rules`; edit the rules' own files instead. -->\n\n\
         `attache check` and the margin of the Brief pane apply these rules. An error makes `check` exit with 1; a warning does \
         with `--deny RULE` or `--deny warnings`. Nothing stops you from writing.\n\n\
         A finding is silenced with a reason only: on a fact by `allow: [{ rule: RULE, reason: … }]`, in a draft by \
         `<!-- attache: allow RULE: reason -->` right before the block or heading, or in it. What a desk holds of each rule, it settles in \
         [`attache.yaml`](settings.md).\n\n\
         `--fix` mends the findings of the rules marked ✓.\n",
    );
    for group in GROUPS {
        let _ = write!(out, "\n## {}\n\n| rule | severity | fix | finds |\n|---|---|---|---|\n", group.name);
        for rule in group.rules {
            let fix = if rule.fixable { "✓" } else { "" };
            let what = rule.what.replace('|', "\\|");
            let _ = writeln!(out, "| [{0}](#{0}) | {1} | {fix} | {what} |", rule.id, rule.severity);
        }
        group.rules.iter().for_each(|rule| one(&mut out, rule));
    }
    out
}

fn one(out: &mut String, rule: &Rule) {
    let what = capitalised(rule.what);
    let _ = write!(
        out,
        "\n### {}\n\n{} **{}.** {what}.\n\n{}\n",
        rule.id,
        symbol(rule.severity),
        capitalised(rule.severity.as_str()),
        rule.why
    );
    for (label, example) in [("Found", rule.bad), ("Right", rule.good)] {
        let _ = write!(out, "\n{label}:\n\n```text\n{example}\n```\n");
    }
    if let Some(limit) = rule.limit {
        let _ = write!(
            out,
            "\nThe limit is {limit}; a desk sets its own by `limits: {{ {}: … }}` in `attache.yaml`.\n",
            rule.id
        );
    }
    if rule.has_words {
        let _ = write!(
            out,
            "\nA desk adds words to the list, or takes some out, by `words: {{ {}: [word, -word] }}` in `attache.yaml`.\n",
            rule.id
        );
    }
    if rule.fixable {
        out.push_str("\n`attache check --fix` mends it.\n");
    }
    let _ = write!(out, "\nSilence: {}\n", silence(rule));
}

/// How the rule is silenced, if it can be.
fn silence(rule: &Rule) -> String {
    let fact = format!("`allow: [{{ rule: {}, reason: … }}]` on the fact", rule.id);
    let draft = format!("`<!-- attache: allow {}: reason -->` before the block or heading", rule.id);
    let in_draft = rule.draft.is_some() || rule.section.is_some() || rule.block.is_some();
    match (rule.fact.is_some() || rule.block.is_some(), in_draft) {
        (true, true) => format!("{fact}, or {draft}."),
        (true, false) => format!("{fact}."),
        (false, true) => format!("{draft}."),
        (false, false) => "it cannot be; mend the file.".to_owned(),
    }
}

fn symbol(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✗",
        Severity::Warning => "!",
        Severity::Info => "i",
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
