//! `unsafe-link`: a link that does something other than open a page or a letter.

use pulldown_cmark::{Event, Tag};

use crate::check::Rule;
use crate::check::case::DraftCase;
use crate::finding::{Finding, Severity};
use crate::markdown::parse;

pub(super) const RULE: Rule = Rule {
    id: "unsafe-link",
    severity: Severity::Error,
    what: "a link or image whose scheme is none of http, https and mailto",
    why: "`javascript:` and `data:` run what they carry, `file:` and the like open something on the reader’s machine, and none of them \
          works on another’s (OWASP: allow known URL schemes only). Links within the note and relative ones have no \
          scheme and stay.",
    bad: "See [the annex](file:///home/desk/annex.pdf).",
    good: "See [the annex](https://example.org/annex.pdf).",
    draft: Some(check),
    ..Rule::BASE
};

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    // As a whole: what a link refers to may be defined in another block.
    let start = case.request.draft.front().range.end;
    let text = case.request.draft.text().get(start..).unwrap_or_default();
    for (event, range) in parse(text) {
        let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) = event else {
            continue;
        };
        let Some(scheme) = scheme(&dest_url).filter(|s| !matches!(s.as_str(), "http" | "https" | "mailto")) else {
            continue;
        };
        let written = text.get(range.clone()).unwrap_or_default();
        // An address with escapes in it is not found; then the whole link is told.
        let at = written.rfind(&*dest_url).map_or(range.clone(), |at| {
            let from = range.start + at;
            from..from + dest_url.len()
        });
        let finding =
            case.finding(&RULE, start + at.start..start + at.end, format!("a link with the scheme `{scheme}:`"));
        found.push(finding.help("link to a page by https, or name the document without a link"));
    }
}

/// The scheme of an address, lower case, as a browser reads it: white space and control characters in it
/// do not count. What has a full stop before the colon is a host with a port.
fn scheme(address: &str) -> Option<String> {
    let visible: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = visible.split_once(':')?;
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(rest))
        .then(|| scheme.to_ascii_lowercase())
}
