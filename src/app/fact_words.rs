//! What is told of a fact, in words: for the detail beneath Facts and for the fact in full.

use super::wrap;
use crate::model::{Attribution, Desk, Directness, Event, Fact, FactStatus, SourceUse, provenance};

/// The house sentence, and the quotation's words if there are both.
pub fn words(fact: &Fact) -> String {
    match &fact.quote {
        Some(quote) if !fact.text.is_empty() => format!("{} “{}”", fact.text, quote.words),
        _ => fact.headline().into_owned(),
    }
}

/// `AFP via Al Arabiya B2, para 1 · Xinhua C2`
pub fn sources(desk: &Desk, event: &Event, fact: &Fact) -> Vec<String> {
    let one = |used: &SourceUse| {
        let source = desk.source(event, &used.source);
        let name = source.map_or_else(|| format!("{} (unknown)", used.source), |s| s.short_name());
        let grade = source.and_then(|s| s.reliability).map(|r| provenance::graded(Some(r), fact.credibility));
        let grade = grade.map(|g| format!(" {g}")).unwrap_or_default();
        let at = used.at.as_deref().map(|at| format!(", {at}")).unwrap_or_default();
        format!("{name}{grade}{at}")
    };
    fact.sources.iter().map(one).collect()
}

/// `3 sources, 2 independent origins · 1 primary · on background`
pub fn support(desk: &Desk, event: &Event, fact: &Fact) -> Vec<String> {
    let provenance = provenance::of(desk, event, fact);
    let mut parts = vec![provenance.summary()];
    if fact.sources.is_empty() && !provenance.sources.is_empty() {
        parts[0].push_str(" (of its basis)");
    }
    // Of one source alone the word says it; of several, how many.
    for directness in Directness::ALL {
        match provenance.count_of(*directness) {
            0 => {}
            _ if provenance.sources.len() == 1 => parts.push(directness.to_string()),
            n => parts.push(format!("{n} {directness}")),
        }
    }
    parts.extend(match provenance::terms(desk, event, fact) {
        Some(Attribution::ChathamHouse) => Some("Chatham House Rule: name neither speaker nor affiliation".to_owned()),
        Some(Attribution::Background) => Some("on background".to_owned()),
        Some(Attribution::OnRecord) => Some("on record".to_owned()),
        None => None,
    });
    parts
}

/// `said 2024-08-19 by Mao Ning`
pub fn said(event: &Event, fact: &Fact) -> Option<String> {
    let who = fact.speaker.as_deref().map(|key| event.actors.get(key).map_or(key, |a| &*a.name));
    match (fact.said, who) {
        (Some(said), Some(who)) => Some(format!("said {said} by {who}")),
        (Some(said), None) => Some(format!("said {said}")),
        (None, Some(who)) => Some(format!("said by {who}")),
        (None, None) => None,
    }
}

/// Kind, status, priority, marking, tags, address.
pub fn about(event: &Event, fact: &Fact) -> Vec<String> {
    let mut parts = vec![fact.kind.to_string()];
    if fact.status != FactStatus::Reported {
        parts.push(fact.status.to_string());
    }
    parts.extend(fact.priority.map(|p| p.to_string()));
    parts.extend(Desk::marking(event, fact).map(ToString::to_string));
    parts.extend(fact.tags.iter().map(ToString::to_string));
    parts.push(format!("{}#{}", event.id, fact.id));
    parts
}

/// The lines of a text at a width, safe to show.
pub fn wrapped(text: &str, width: usize) -> impl Iterator<Item = String> + use<> {
    let shown = wrap::display(text).into_owned();
    let lines = wrap::wrap(&shown, width);
    lines.into_iter().map(move |line| shown.get(line).unwrap_or_default().trim_end().to_owned())
}

/// Parts with dots between; none begins or ends a line, and a part is broken only where it has no line for itself.
pub fn dotted(parts: &[String], dot: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let part = wrap::display(part);
        match lines.last_mut() {
            Some(last) if wrap::width(last) + wrap::width(dot) + wrap::width(&part) <= width => {
                last.push_str(dot);
                last.push_str(&part);
            }
            _ => lines.extend(wrapped(&part, width)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    #[test]
    fn dots_stand_between_parts_of_one_line_alone() {
        let parts = ["statement", "should", "", "a part without a line", "li#visit"].map(str::to_owned);
        let lines = super::dotted(&parts, " · ", 18);
        assert_eq!(lines, ["statement · should", "a part without a", "line · li#visit"]);
        assert_eq!(super::dotted(&[], " · ", 18), Vec::<String>::new());
    }
}
