use std::collections::HashSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::event_file;
use crate::finding::Anchor;
use crate::yaml::Position;

mod judgements;
mod limits;
mod markings;
mod writing;

pub(super) const EVENT: &str = include_str!("../../tests/data/rules/desk/li.yaml");
const SCO: &str = include_str!("../../tests/data/rules/desk/sco.yaml");
const SHARED: &str = include_str!("../../tests/data/rules/desk/sources.yaml");
const TEMPLATE: &str = include_str!("../../tests/data/rules/desk/test.md");
pub(super) const FRONT: &str = "---\ntemplate: test\ntitle: T\nfields: { to: Me }\n---\n\n";

pub(super) fn desk(event: &str) -> Desk {
    let read = |path: &str, text: &str| {
        let reading = event_file::read(path, text);
        assert_eq!(reading.findings, [], "{text}");
        Arc::new(reading.event.unwrap())
    };
    let (shared, found) = event_file::read_sources("briefs/sources.yaml", SHARED);
    assert_eq!(found, []);
    Desk::new(vec![read("briefs/events/li.yaml", event), read("briefs/events/sco.yaml", SCO)], Arc::new(shared))
}

/// Findings of an event file, as `line:column rule: message | help`.
pub(super) fn of_facts(event: &str) -> Vec<String> {
    let mut found = check_desk(&desk(event), &InUse::default());
    event_file::locate(event, &mut found);
    found
        .iter()
        .map(|f| format!("{} {}: {} | {}", f.position(), f.rule, f.message, f.help.clone().unwrap_or_default()))
        .collect()
}

pub(super) fn with_fact(fact: &str) -> String {
    format!("{EVENT}  - {fact}\n")
}

/// Findings of a whole draft, as `line:column rule: message | help`.
fn of_draft(text: &str) -> Vec<String> {
    of_draft_about(text, EVENT)
}

/// Findings of a whole draft that stands on this event.
pub(super) fn of_draft_about(text: &str, event: &str) -> Vec<String> {
    of_draft_on(event, TEMPLATE, text)
}

/// The same on another event and template.
fn of_draft_on(event: &str, template: &str, text: &str) -> Vec<String> {
    let desk = desk(event);
    let (template, found) = crate::template::parse("test", "templates/test.md", template);
    assert_eq!(found, []);
    let draft = Draft::parse(text, &template.outline());
    let found = check_draft(&DraftRequest { desk: &desk, template: &template, draft: &draft, path: "d.md" });
    found
        .iter()
        .map(|f| {
            let place = match &f.anchor {
                Anchor::Bytes(range) => Position::of_offset(text, range.start),
                _ => f.position(),
            };
            format!("{place} {}: {} | {}", f.rule, f.message, f.help.clone().unwrap_or_default())
        })
        .collect()
}

/// Findings of one block of an otherwise good draft; line 9 is its first.
pub(super) fn of_block(markdown: &str) -> Vec<String> {
    of_draft(&format!("{FRONT}## Issue {{#issue}}\n\n{markdown}\n\n## Sources {{#sources}}\n"))
}

/// Findings of one block of a draft with a date; line 10 is its first.
pub(super) fn of_dated(date: &str, markdown: &str) -> Vec<String> {
    let front = FRONT.replace("title: T\n", &format!("title: T\ndate: {date}\n"));
    of_draft(&format!("{front}## Issue {{#issue}}\n\n{markdown}\n\n## Sources {{#sources}}\n"))
}

/// The rules that speak, in order.
pub(super) fn rules(found: &[String]) -> String {
    let rule = |f: &String| f.split([' ', ':']).nth(2).unwrap_or_default().to_owned();
    found.iter().map(rule).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn blocks(cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        let found = of_block(markdown);
        assert_eq!(rules(&found), *expected, "{markdown}\n{found:#?}");
    }
}

#[test]
fn every_rule_is_documented_once() {
    let docs = docs_markdown();
    let mut ids = HashSet::new();
    for rule in super::rules() {
        assert!(ids.insert(rule.id), "{}", rule.id);
        assert!(docs.contains(&format!("\n### {}\n", rule.id)), "{}", rule.id);
        assert!(
            !rule.what.is_empty() && !rule.why.is_empty() && !rule.bad.is_empty() && !rule.good.is_empty(),
            "{}",
            rule.id
        );
        assert!(!rule.what.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn a_good_event_has_no_findings() {
    assert_eq!(of_facts(EVENT), [""; 0]);
}

#[test]
fn keys_in_facts_that_name_nothing_are_told_with_the_nearest() {
    for (fact, message, help) in [
        ("{ id: x, text: x, sources: afq }", "no source `afq`", "`afp`"),
        ("{ id: x, text: x, sources: [afp, { source: declaratoin }] }", "no source `declaratoin`", "`declaration`"),
        ("{ id: x, text: x, sources: afp, speaker: moa }", "no actor `moa`", "`mao`"),
        ("{ id: x, text: x, sources: afp, actors: [mao, 'Mao Ning'] }", "no actor `Mao Ning`", "`mao`"),
        ("{ id: x, text: x, sources: afp, relations: [contradicts: vist] }", "no fact `vist`", "`li#visit`"),
        ("{ id: x, kind: assessment, text: x, basis: [visit, sco#joined] }", "no fact `joined`", "`sco#joins`"),
        ("{ id: x, kind: assessment, text: x, basis: scoo#joins }", "no event `scoo`", "`sco#joins`"),
    ] {
        let found = of_facts(&with_fact(fact));
        assert_eq!(found.len(), 1, "{fact} {found:#?}");
        let word = message.split('`').nth(1).unwrap();
        // The value is named where it stands, of `event#fact` the whole.
        let column = 5 + fact.rfind(word).map(|at| fact[..at].rfind([' ', '[']).map_or(at, |space| space + 1)).unwrap();
        let place = format!("18:{column} ");
        for part in [&*place, "unknown-reference", message, help] {
            assert!(found[0].contains(part), "{fact}: {part}\n{}", found[0]);
        }
    }
    let found = of_facts(&EVENT.replace("related: [sco]", "related: [sco, sc]"));
    assert!(
        found.len() == 1 && found[0].starts_with("3:16 unknown-reference") && found[0].contains("`sco`"),
        "{found:?}"
    );
}

#[test]
fn facts_are_held_to_their_rules_and_near_misses_are_silent() {
    for (fact, expected) in [
        ("{ id: x, text: x }", "unsourced-fact"),
        ("{ id: x, kind: assessment, text: x }", "no-basis"),
        ("{ id: x, kind: quote, words: a b c, sources: afp }", "quote-without-speaker"),
        ("{ id: x, text: x, speaker: mao, sources: afp }", ""),
        (
            "{ id: x, kind: quote, words: have overcome it, speaker: mao, sources: [{ source: afp, excerpt: they have eliminated it }] }",
            "quote-not-verbatim",
        ),
        (
            "{ id: x, kind: quote, words: \"They have … it.\", speaker: mao, sources: [{ source: afp, excerpt: '‘they have eliminated it,’' }] }",
            "",
        ),
        (
            "{ id: x, kind: quote, words: reliable partner, original: надёжный партнёр, speaker: mao, sources: [{ source: afp, excerpt: наш надёжный партнёр }] }",
            "",
        ),
        ("{ id: x, kind: quote, words: any words, speaker: mao, sources: afp }", ""),
        ("{ id: x, text: China sends no aid., status: disputed, sources: afp }", "disputed-unmarked"),
        ("{ id: x, text: China denies that it sends aid., status: disputed, sources: afp }", ""),
        ("{ id: x, text: Denmark sends no aid., status: disputed, sources: afp }", "disputed-unmarked"),
        ("{ id: x, text: \"a\\u200Bb\\u202E\", sources: afp }", "hidden-characters hidden-characters"),
        ("{ id: x, text: \"a\\e[31m\", sources: afp }", "hidden-characters"),
        (
            "{ id: x, text: \"👩\u{200d}🚀 می\u{200c}خواهم ❤\u{fe0f} 1\u{fe0f}\u{20e3} עברית\u{200f}.\", sources: afp }",
            "",
        ),
    ] {
        let found = of_facts(&with_fact(fact));
        assert_eq!(rules(&found), expected, "{fact}\n{found:#?}");
    }
}

#[test]
fn a_fact_silences_with_a_reason_and_a_silence_must_be_needed() {
    for (fact, expected) in [
        ("{ id: x, text: x, allow: [{ rule: unsourced-fact, reason: general knowledge }] }", ""),
        (
            "{ id: x, text: x, sources: afp, allow: [{ rule: unsourced-fact, reason: general knowledge }] }",
            "unused-allow",
        ),
        ("{ id: x, text: x, sources: afp, allow: [{ rule: unsorced-fact, reason: y }] }", "unused-allow"),
        ("{ id: x, text: x, sources: afp, allow: [{ rule: retracted, reason: for drafts }] }", ""),
    ] {
        assert_eq!(rules(&of_facts(&with_fact(fact))), expected, "{fact}");
    }
}

#[test]
fn a_good_draft_has_no_findings() {
    blocks(&[
        ("Premier Li will visit Minsk [@li#visit].", ""),
        ("They “have eliminated external interference” [@li#guidance; @declaration].", ""),
        ("> “Relations have eliminated\n> external interference …”\n>\n> Mao Ning, spokesperson [@li#guidance]", ""),
    ]);
}

#[test]
fn citations_that_name_nothing_are_errors() {
    blocks(&[
        ("A [@li#vist].", "unknown-reference"),
        ("A [@lli#visit].", "unknown-reference"),
        ("A [@declaratoin].", "unknown-reference"),
        ("A [@li].", "unknown-reference"),
        ("A `[@li#none]` \\[@li#none] [@li#visit].", ""),
    ]);
    let found = of_block("One two [see @li#vist, p. 3].");
    assert_eq!(found, ["9:15 unknown-reference: the event `li` has no fact `vist` | did you mean `li#visit`?"]);
}

#[test]
fn altered_quotations_are_errors() {
    blocks(&[
        ("They “have overcome external interference” [@li#guidance].", "quote-altered"),
        ("They \"have overcome external interference\" [@li#guidance].", "quote-altered"),
        ("They «have overcome external interference» [@li#guidance].", "quote-altered"),
        ("Sie „have overcome external interference“ [@li#guidance].", "quote-altered"),
        ("They ‘have overcome external interference’ [@li#guidance].", "quote-altered"),
        ("They “have elim-\ninated external” [@li#guidance].", "quote-altered"),
        ("They “have eliminated external interferenc” [@li#guidance].", "quote-altered"),
        // Not cited here.
        ("They “have eliminated external interference” [@li#visit].", "quote-altered"),
        ("They “have eliminated external interference”.", "quote-altered"),
        (
            "> Relations have overcome external interference\n>\n> Mao Ning, spokesperson [@li#guidance]",
            "quote-altered",
        ),
        // Near misses.
        ("They “have\neliminated *external* interference,” he said [@li#guidance].", ""),
        ("“Relations … kept a healthy development” [@li#guidance].", ""),
        ("“[They] have eliminated external interference” [@li#guidance].", ""),
        ("“it is not sending lethal assistance” China says [@li#aid].", ""),
        ("They “overcame it” [@li#guidance].", ""),
        ("The “Washington Summit Declaration” names it [@declaration].", ""),
        ("`“not a quotation at all”` [@li#visit].", ""),
        ("> Relations have eliminated external interference\n>\n> Mao Ning, spokesperson [@li#guidance]", ""),
        ("> Relations have eliminated external interference\\\n> — Mao Ning, spokesperson [@li#guidance]", ""),
        ("The workers’ strike and Russia’s war on the ministers’ list [@li#visit].", ""),
    ]);
    assert_eq!(
        of_block("They “have overcome\nexternal interference” now [@li#guidance]."),
        [
            "9:7 quote-altered: this quotation stands in no fact cited in its block | nearest in `li#guidance`: “have eliminated external interference” (“eliminated”, not “overcome”)"
        ]
    );
    let found = of_block("They “have eliminated external interference” [@li#visit].");
    assert!(found[0].ends_with("| cite it: `[@li#guidance]`"), "{found:?}");
}

#[test]
fn statements_without_a_fact_are_told() {
    blocks(&[
        ("It lost 40 ships.", "uncited"),
        ("It happened in August.", "uncited"),
        ("He called it “vital”.", "uncited"),
        ("They met Foreign Secretary Smith there.", "uncited"),
        ("All of it ended.", ""),
        ("Comment: It lost 40 ships.", ""),
        ("**Assessment:** It lost 40 ships.", ""),
        ("We may go. March on! May we?", ""),
        ("    It lost 40 ships", ""),
        ("1. All of it ended.\n2. So did this.", ""),
        ("### In 2024", ""),
        ("It lost 40 ships [@li#visit].", "number-unsupported"),
    ]);
    // A known name counts where the draft cites its event.
    blocks(&[
        ("Minsk agrees.", ""),
        ("A [@li#visit].\n\nMinsk agrees.", "uncited"),
        ("A [@li#visit].\n\nMinskers agree.", ""),
    ]);
    let asked = of_draft(&format!(
        "{FRONT}## Issue {{#issue}}\n\nA.\n\n## Q&A {{#qa}}\n\n**Q:** How many in 2024?\n\n**A:** It was 40.\n"
    ));
    assert_eq!(rules(&asked), "uncited", "{asked:?}");
}

#[test]
fn disputed_and_retracted_facts_show_in_the_draft() {
    blocks(&[
        ("China sends nothing [@li#aid].", "disputed-unmarked"),
        ("China claims to send nothing [@li#aid].", ""),
        ("A [@li#back].", "retracted"),
        ("A [@li#stale].", "retracted"),
        ("A [@li#judge].", "retracted"),
        ("A [@li#visit].", ""),
    ]);
}

#[test]
fn required_parts_must_be_there_and_lengths_kept() {
    for (text, expected) in [
        (format!("{FRONT}## Issue {{#issue}}\n\nA.\n"), ""),
        (format!("{FRONT}## Issue {{#issue}}\n\n<!-- nothing -->\n"), "empty-section"),
        (format!("{FRONT}## Issue {{#issue}}\n\n-\n\n## More\n\nA.\n"), "empty-section"),
        (format!("{FRONT}## More {{#more}}\n\nA.\n"), "empty-section"),
        ("---\ntemplate: test\n---\n\n## Issue {#issue}\n\nA.\n".to_owned(), "empty-section"),
        ("---\ntitle: T\nfields: { to: \" \" }\n---\n\n## Issue {#issue}\n\nA.\n".to_owned(), "empty-section"),
        (format!("{FRONT}## Issue {{#issue}}\n\n{}\n", "word ".repeat(20)), ""),
        (format!("{FRONT}## Issue {{#issue}}\n\n{}[@li#visit]\n", "word ".repeat(21)), "over-length"),
        (format!("{FRONT}## Issue {{#issue}}\n\nA.\n\n## More {{#more}}\n\n{}\n", "Word. ".repeat(60)), "over-length"),
    ] {
        let found = of_draft(&text);
        assert_eq!(rules(&found), expected, "{text}\n{found:#?}");
    }
}

#[test]
fn hidden_characters_in_a_draft_are_told_once_a_kind() {
    let found = of_block("a\u{200b}b\u{200b} c\u{7}d");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("9:2 hidden-characters: a hidden character: U+200B, zero-width space, 2 times"),
        "{found:?}"
    );
    assert_eq!(of_draft(&format!("\u{feff}{FRONT}## Issue {{#issue}}\n\nA 👩\u{200d}🚀.\r\n")), [""; 0]);
}

#[test]
fn a_comment_silences_the_next_block_with_a_reason() {
    let silence = |what: &str| format!("<!-- attache: allow {what} -->\n\nIt lost 40 ships.");
    blocks(&[
        (&silence("uncited: agreed with the editor"), ""),
        (&silence("uncited"), "unused-allow uncited"),
        (&silence("over-length: so"), "unused-allow uncited"),
        (&silence("uncitd: so"), "unused-allow uncited"),
        ("<!-- attache: allow uncited: so -->\n\nA.\n\nIt lost 40 ships.", "unused-allow uncited"),
        ("<!-- attache: allowed -->\n\nA.", ""),
        ("<!-- attache: allow uncited: so -->\n- It lost 40 ships.\n- It lost 41 ships.", "uncited"),
    ]);
    let long =
        format!("{FRONT}<!-- attache: allow over-length: so -->\n\n## Issue {{#issue}}\n\n{}\n", "word ".repeat(21));
    assert_eq!(of_draft(&long), [""; 0]);
}

proptest! {
    #[test]
    fn no_text_makes_a_check_panic(text in prop_oneof![
        ".{0,120}",
        prop::collection::vec(prop::sample::select(vec![
            "“", "”", "\"", "‘", "’", "„", "«", "»", "> ", "- ", "\n", "\n\n", "[@li#guidance]", "[@", "…", "[x]", "have eliminated external", "é",
            "## Issue {#issue}", "<!-- attache: allow uncited: x -->", "<!--", "-->", "`", "```\n", "\\", "&amp;", "東京", "\u{200d}", "| a | b |\n|---|---|\n", " ",
            "---\n", "fields: {", "\r\n", "\t",
        ]), 0..24).prop_map(|p| p.concat()),
    ]) {
        for text in [text.clone(), format!("{FRONT}{text}")] {
            for found in of_draft(&text) {
                prop_assert!(found.contains(": "), "{}", found);
            }
        }
    }
}

#[test]
fn front_matter_is_checked_at_its_values() {
    let text = "---\ntemplate: t\ntitel: x\ndate: tomorrow\nas-of: 2024-08-19\ncitations: chicago-nots\nfields:\n  too: me\n---\n";
    let (template, _) = crate::template::parse("t", "t.md", "---\nfields: [{ id: to }]\n---\n# {{ title }}\n");
    let draft = crate::draft::Draft::parse(text, &template.outline());
    let desk = crate::model::Desk::default();
    let found =
        super::check_draft(&super::DraftRequest { desk: &desk, template: &template, draft: &draft, path: "d.md" });
    let told: Vec<_> =
        found.iter().map(|f| (f.rule, f.position().to_string(), f.help.clone().unwrap_or_default())).collect();
    for (rule, place, help) in [
        ("unknown-key", "3:1", "title"),
        ("bad-date", "4:7", ""),
        ("bad-value", "6:12", "chicago-notes"),
        ("unknown-key", "8:8", "`to`"),
    ] {
        assert!(told.iter().any(|(r, p, h)| *r == rule && p == place && h.contains(help)), "{rule} {place}\n{told:#?}");
    }
}
