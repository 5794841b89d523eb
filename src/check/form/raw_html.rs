//! `raw-html`: HTML in a draft.

use pulldown_cmark::{Event, Tag};

use crate::check::Rule;
use crate::check::case::SectionCase;
use crate::finding::{Finding, Severity};
use crate::markdown::parse;

pub(super) const RULE: Rule = Rule {
    id: "raw-html",
    severity: Severity::Warning,
    what: "HTML in the draft; comments and code are none",
    why: "A note is read as Markdown, as plain text and in other programs, where tags show as they are, vanish with their words, or act. \
          Markdown has the same in a form that prints everywhere.",
    bad: "The loan is <b>not</b> agreed.",
    good: "The loan is **not** agreed.",
    section: Some(check),
    ..Rule::BASE
};

fn check(case: &SectionCase<'_>, found: &mut Vec<Finding>) {
    let ranges = case.section.heading.iter().chain(case.section.blocks.iter().map(|b| &b.range));
    for range in ranges {
        let text = case.draft.request.draft.text().get(range.clone()).unwrap_or_default();
        if let Some((at, tag)) = tag(text) {
            let at = range.start + at;
            let finding = case.draft.finding(&RULE, at..at + tag.len(), format!("HTML in the draft: `{tag}`"));
            found.push(finding.help("write it as Markdown, or put it between backticks to show it"));
        }
    }
}

/// The first piece of HTML that is no comment: where it stands, and its first tag.
fn tag(text: &str) -> Option<(usize, String)> {
    parse(text).find_map(|(event, range)| {
        if !matches!(event, Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock)) {
            return None;
        }
        let html = text.get(range.clone())?;
        let at = outside_comments(html)?;
        let tag = html.get(at..)?;
        let end = tag.find(['>', '\n']).map_or(tag.len(), |end| end + usize::from(tag[end..].starts_with('>')));
        Some((range.start + at, tag.get(..end)?.trim_end().chars().take(40).collect()))
    })
}

/// The first `<` outside comments.
fn outside_comments(html: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + html.get(from..)?.find('<')?;
        if !html.get(at..)?.starts_with("<!--") {
            return Some(at);
        }
        from = at + html.get(at..)?.find("-->")? + 3;
    }
}
