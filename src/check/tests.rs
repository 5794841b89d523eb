use std::collections::HashSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::event_file;
use crate::finding::{Anchor, Edit};
use crate::yaml::Position;

mod quoting;

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

/// Findings of an event file, as `line:column rule: message | help`; infos, which there are on every
/// fact that no draft uses, are left out.
pub(super) fn of_facts(event: &str) -> Vec<String> {
    let mut found = check_desk(&desk(event), &InUse::default(), true).findings;
    event_file::locate(event, &mut found);
    found
        .iter()
        .filter(|f| f.severity != Severity::Info)
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
    let shown = |f: &Finding| {
        let place = match &f.anchor {
            Anchor::Bytes(range) => Position::of_offset(text, range.start),
            _ => f.position(),
        };
        format!("{place} {}: {} | {}", f.rule, f.message, f.help.clone().unwrap_or_default())
    };
    findings_on(event, template, text).iter().map(shown).collect()
}

fn findings_on(event: &str, template: &str, text: &str) -> Vec<Finding> {
    let desk = desk(event);
    let (template, found) = crate::template::parse("test", "templates/test.md", template);
    assert_eq!(found, []);
    let draft = Draft::parse(text, &template.outline());
    check_draft(&DraftRequest { desk: &desk, template: &template, draft: &draft, path: "d.md" })
}

/// Holds whatever a text is: no rule fails, each finding is in the text, and each change to bytes can be made.
fn told_and_mended(event: &str, template: &str, text: &str) {
    for finding in findings_on(event, template, text) {
        assert_ne!(finding.rule, files::rule_failed::RULE.id, "{finding:?}");
        if let Anchor::Bytes(range) = &finding.anchor {
            assert!(text.get(range.clone()).is_some(), "{finding:?}");
        }
        for fix in finding.fixes.iter().filter(|fix| matches!(fix.edit, Edit::Bytes(..))) {
            assert!(fix.edit.apply(text).is_some_and(|mended| mended != text), "{finding:?}");
        }
    }
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
fn a_rule_that_fails_is_told_and_keeps_what_it_had_found() {
    let mut found = Vec::new();
    guarded(&files::rule_failed::RULE, "this draft", "d.md", &mut found, |found| {
        found.push(Finding::error("uncited", "d.md", Anchor::File, "m"));
        assert!(found.is_empty(), "broken off");
    });
    let told: Vec<_> = found.iter().map(|f| f.rule).collect();
    assert_eq!(told, ["uncited", "rule-failed"]);
    assert!(found[1].message.contains("failed on this draft"), "{found:?}");
}

#[test]
fn infos_that_are_only_counted_are_as_many_as_those_told() {
    let event = with_fact("{ id: x, text: He comes on Monday., sources: afp }");
    let desk = desk(&event);
    for used in [false, true] {
        let mut in_use = InUse::default();
        if used {
            let draft = Draft::parse("---\ntitle: T\n---\n\nA [@li#x].\n", &[]);
            in_use.add(&desk, &draft);
        }
        let (told, counted) = (check_desk(&desk, &in_use, true), check_desk(&desk, &in_use, false));
        let infos = told.findings.iter().filter(|f| f.severity == Severity::Info).count();
        assert!(infos > 3 && told.hidden == 0);
        assert_eq!((counted.hidden, counted.findings.len()), (infos, told.findings.len() - infos));
    }
}

#[test]
fn a_desk_s_own_limits_and_words_count() {
    let (settings, found) = crate::settings::read(
        "limits: { long-sentence: 4 }\nwords:\n  loaded-word: [plucky, -brazen]\n  acronym-unexpanded: [XYZ]\n",
        &[],
    );
    assert_eq!(found, []);
    let draft = "---\ntitle: T\n---\n\nOne. The plucky envoy was brazen. The XYZ and the ZYX met him there.\n";
    let draft = Draft::parse(draft, &[]);
    let template = Template::default();
    let told = |desk: &Desk| {
        let request = DraftRequest { desk, template: &template, draft: &draft, path: "d.md" };
        let found = check_draft(&request);
        let mine = ["long-sentence", "loaded-word", "acronym-unexpanded"];
        let words = |f: &Finding| draft.text().get(range_of(f)).map(ToOwned::to_owned).unwrap_or_default();
        let mut told: Vec<_> = found.iter().filter(|f| mine.contains(&f.rule)).map(words).collect();
        told.sort();
        told
    };
    let disputed = with_fact("{ id: x, text: China opines that it sends nothing., status: disputed, sources: afp }");
    for (words, count) in [("[mutters]", 1), ("[opines]", 0)] {
        let (settings, _) = crate::settings::read(&format!("words: {{ disputed-unmarked: {words} }}\n"), &[]);
        let found = check_desk(&desk(&disputed).with_settings(settings), &InUse::default(), true).findings;
        assert_eq!(found.iter().filter(|f| f.rule == "disputed-unmarked").count(), count, "{words}");
    }
    assert_eq!(told(&Desk::default()), ["XYZ", "ZYX", "brazen"]);
    let settled = Desk::default().with_settings(settings);
    assert_eq!(told(&settled), ["The XYZ and the ZYX met him there.", "The plucky envoy was brazen.", "ZYX", "plucky"]);
}

#[test]
fn a_desk_s_scale_holds_where_the_draft_names_none() {
    let (settings, _) = crate::settings::read("scale: phia\n", &[]);
    let desk = desk(EVENT).with_settings(settings);
    let template = Template::default();
    for (scale, expected) in [("", 1), ("scale: icd-203\n", 0)] {
        let text = format!("---\ntitle: T\n{scale}---\n\nWe judge a signing very likely, at a later date.\n");
        let draft = Draft::parse(&text, &[]);
        let request = DraftRequest { desk: &desk, template: &template, draft: &draft, path: "d.md" };
        let found = check_draft(&request);
        assert_eq!(found.iter().filter(|f| f.rule == "mixed-scales").count(), expected, "{scale} {found:#?}");
    }
}

#[test]
fn a_house_s_own_scale_has_its_terms() {
    let (settings, found) =
        crate::settings::read("scale: house\nscales: { house: [unlikely, likely, very likely] }\n", &[]);
    assert_eq!(found, []);
    let desk = desk(EVENT).with_settings(settings);
    let template = Template::default();
    let text = "---\ntitle: T\n---\n\nWe judge a signing very likely. We judge a statement highly likely, and talks unlikely.\n";
    let draft = Draft::parse(text, &[]);
    let found = check_draft(&DraftRequest { desk: &desk, template: &template, draft: &draft, path: "d.md" });
    let told: Vec<_> = found.iter().filter(|f| f.rule == "mixed-scales").map(|f| f.message.as_str()).collect();
    assert_eq!(told, ["“highly likely” is no term of the note’s scale, `house`"]);
}

#[test]
fn a_house_s_own_scheme_has_an_order() {
    let (settings, found) = crate::settings::read("schemes: { house: [OPEN, LIMITED, CLOSED] }\n", &[]);
    assert_eq!(found, []);
    let event = with_fact("{ id: x, text: It rains., sources: afp, marking: CLOSED }");
    let desk = desk(&event).with_settings(settings);
    let template = Template::default();
    for (marking, expected) in [
        ("", Some("the note has no marking, and the fact `li#x` is marked CLOSED")),
        ("marking: LIMITED\n", Some("the note is marked LIMITED, and the fact `li#x` is marked CLOSED")),
        ("marking: CLOSED\n", None),
        ("marking: closed//EYES\n", None),
    ] {
        let draft = Draft::parse(&format!("---\ntitle: T\n{marking}---\n\nIt rains [@li#x].\n"), &[]);
        let request = DraftRequest { desk: &desk, template: &template, draft: &draft, path: "d.md" };
        let found = check_draft(&request);
        let told = found.iter().find(|f| f.rule == "marking-too-low");
        assert_eq!(told.map(|f| f.message.as_str()), expected, "{marking}");
        if let Some(fix) = told.and_then(|f| f.fixes.first()) {
            assert!(fix.edit.apply(draft.text()).is_some_and(|t| t.contains("\nmarking: CLOSED\n")));
        }
    }
}

fn range_of(finding: &Finding) -> std::ops::Range<usize> {
    match &finding.anchor {
        Anchor::Bytes(range) => range.clone(),
        _ => 0..0,
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
fn an_altered_quotation_is_told_with_the_nearest() {
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
fn a_byte_order_mark_and_returns_are_not_hidden() {
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
            told_and_mended(EVENT, TEMPLATE, &text);
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

/// An event with what must not leave the desk.
const TALKS: &str = "
title: Talks
date: 2024-08-20
actors:
  weber: { name: Anna Weber, of: European Central Bank, aliases: [the Iron Banker] }
  envoy: { name: a senior envoy, unnamed: true, of: NATO }
sources:
  talk: { type: conversation, title: A talk, attribution: chatham-house }
  press: { type: article, title: Press, origin: AFP }
facts:
  - { id: bank, text: The bank will not lend., speaker: weber, sources: talk }
  - { id: envoy, text: The mission ends., speaker: envoy, sources: talk }
  - { id: post, text: Anna Weber took up her post., actors: [weber], sources: press }
  - id: left
    text: The envoy left the hall before the final session was over.
    note: Our contact at the ministry saw him shouting. Before the final session was over he was gone, by the end of the day on 20 August 2024.
    sources: [{ source: press, excerpt: he left through the kitchen entrance of the hotel }]
  - { id: kitchen, text: x, note: he left through the kitchen entrance of the hotel, sources: [{ source: press, excerpt: he left through the kitchen entrance of the hotel }] }
  - { id: hushed, text: Hushed., use: not-for-use, sources: press }
  - { id: free, text: Free., sources: press }
";
/// A template with lines to take.
const LINES: &str =
    "---\nname: Test\n---\n# {{ title }}\n\n## Issue {#issue}\n\n## Say {#say .lines}\n\n## Q&A {#qa .qa}\n";

proptest! {
    #[test]
    fn no_text_about_what_must_not_leave_makes_a_check_panic(parts in prop::collection::vec(prop::sample::select(vec![
        "Anna Weber", "the Iron Banker", "European Central Bank", "official ", "our contact at the ministry saw", "é", "[@li#bank]", "[@li#left]",
        "[@li#envoy]", "(S) ", "(TLP:", "(", ")", "TLP:", "\n\n", "\n", "> ", "- ", "“", "”", "*", "`", "## Say {#say}\n\n", "## Q&A {#qa}\n\n",
        "**Q:** ", "**A:** ", "<b>", "<!--", "-->", "<x:y>", "](javascript:x)", "[a", "likely ", "high confidence ", "… ", "U.S. ", "A. ", "? ", "東京",
    ]), 0..24), front in prop::sample::select(vec!["", "marking: SECRET\n", "marking: TLP:X\n", "marking: é\n", "date: 2024\n"])) {
        let text = format!("---\ntitle: T\n{front}---\n\n{}", parts.concat());
        told_and_mended(TALKS, LINES, &text);
    }
}
