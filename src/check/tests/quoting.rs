//! Quotations and sources: what placing writes by itself is no fault, and no text makes the rules panic.

use super::*;
use crate::draft::attribution::Mention;
use crate::draft::place::{Dates, Manner, markdown};
use crate::template::Form;

const SAID: &str = "
title: T
date: 2024-08-19
actors:
  mao: { name: Mao Ning, role: Foreign Ministry spokesperson, of: CN }
  lin: { name: Lin Jian, role: Foreign Ministry spokesperson, of: CN }
  aide: { name: X Secret, role: a senior aide, unnamed: true }
  ghost: { name: Y Secret, unnamed: true }
sources:
  afp: { type: article, title: A, origin: AFP, directness: secondary, reliability: E, date: 2024-08-19 }
  record: { type: web, title: R, origin: Ministry, directness: primary, reliability: B, date: 2024-08-19 }
  ruled: { type: misc, title: Talk, origin: Northland, attribution: chatham-house, directness: secondary }
  aside: { type: misc, title: Aside, origin: Ap, attribution: background, directness: tertiary }
facts:
  - { id: agency, kind: quote, words: We are partners. We have met. We have talked. We have agreed, speaker: mao, said: 2024-08-19, sources: afp }
  - { id: foreign, kind: quote, words: We are partners for ever, speaker: mao, spoken: zh, sources: [afp, { source: record, variant: true }] }
  - { id: named, kind: quote, words: We are partners for ever, speaker: mao, spoken: zh, translation: Xinhua, sources: afp }
  - { id: both, kind: quote, words: We are partners for ever, speaker: mao, spoken: zh, translation: AFP, sources: afp }
  - { id: short, kind: quote, words: Never. Not once!, speaker: mao, said: 2024-08, sources: record }
  - { id: aide, kind: quote, words: No. Not now. Not ever, speaker: aide, spoken: zh, sources: afp }
  - { id: ghost, kind: quote, words: No, speaker: ghost, sources: aside }
  - { id: aside, kind: quote, words: We shall not go there, speaker: mao, sources: aside }
  - { id: ruled, kind: quote, words: We shall not go there. No. Not at all, speaker: mao, spoken: zh, sources: ruled }
  - { id: nobody, kind: quote, words: We shall not go there, sources: afp }
  - { id: house, kind: quote, text: Relations are “very good” and they “will only grow from here”., words: very good … will only grow from here, status: confirmed, speaker: mao, spoken: zh, sources: afp }
  - { id: claim, text: The talks ended late., speaker: mao, sources: afp }
  - { id: plain, text: The talks ended late., sources: afp }
  - { id: weak, text: The talks reportedly ended late., sources: afp }
  - { id: plural, text: Officials said that the talks ended late., speaker: mao, sources: afp }
  - { id: long, kind: quote, words: WORDS, speaker: mao, sources: record }
";

fn said() -> String {
    SAID.replace("WORDS", &"word and ".repeat(35))
}

#[test]
fn what_placing_writes_by_itself_is_left_alone() {
    let groups = [quotations::GROUP, sources::GROUP];
    let mine: HashSet<&str> = groups.iter().flat_map(|g| g.rules).map(|r| r.id).collect();
    let desk = desk(&said());
    for language in ["en", "en-GB", "fr", "de", "es", "it"] {
        let front = format!("---\ntitle: T\ndate: 2024-08-20\nlanguage: {language}\nfields: {{ to: Me }}\n---\n");
        let (template, _) = crate::template::parse("test", "templates/test.md", TEMPLATE);
        let empty = Draft::parse(&front, &template.outline());
        for at in desk.facts() {
            let ways = [Form::Prose, Form::Bullets, Form::Numbered, Form::Quotes];
            for (form, mention) in ways.iter().flat_map(|f| Mention::ALL.iter().map(move |m| (*f, *m))) {
                let dates = Dates::of(&desk, &template, &empty);
                let block = markdown(&desk, at, Manner { form, dates, mention });
                let text = format!("{front}\n## Issue {{#issue}}\n\n{block}\n");
                let found = of_draft_on(&said(), TEMPLATE, &text);
                let found: Vec<_> = found.iter().filter(|f| mine.contains(rules(&[(*f).clone()]).as_str())).collect();
                assert_eq!(found, [""; 0], "{language} {form:?} {mention:?}\n{block}");
            }
        }
    }
}

#[test]
fn a_shared_page_is_held_to_its_day_where_a_fact_uses_it() {
    let shared = "page: { type: web, title: P, url: \"https://a.example\" }\nlone: { type: web, title: P, url: \"https://b.example\" }\n";
    let (shared, found) = event_file::read_sources("briefs/sources.yaml", shared);
    assert_eq!(found, []);
    let event = "title: T\ndate: 2024\nfacts:\n  - { id: a, text: x, sources: page }\n";
    let event = event_file::read("briefs/events/e.yaml", event).event.unwrap();
    let desk = Desk::new(vec![Arc::new(event)], Arc::new(shared));
    let found: Vec<_> = check_desk(&desk, &InUse::default(), true)
        .findings
        .into_iter()
        .filter(|f| f.rule == "no-access-date")
        .collect();
    let route = Anchor::Route(vec![case::key("page"), case::key("url")]);
    assert_eq!(found.iter().map(|f| (&*f.path, &f.anchor)).collect::<Vec<_>>(), [("briefs/sources.yaml", &route)]);
}

proptest! {
    #[test]
    fn no_text_makes_the_rules_on_quotations_and_sources_panic(parts in prop::collection::vec(prop::sample::select(vec![
        "“", "”", "\"", "„", "‘", "’", "«", "»", "We are partners", ". ", "We have met", "very good", " … ", "é", "東京", "\n", "\n\n", "> ", "- ",
        "Mao Ning", " said ", "officials said ", "according to sources", "reportedly ", "[@li#agency]", "[@li#house]", "[@li#weak]", "[@li#claim]",
        "[@li#named; @li#ghost]", "**", "`", "\u{2028}", "\\\n", "| a | b |\n|---|---|\n| ", " |\n", "?", "…",
    ]), 0..24), excerpt in "[a-zé“”. ]{0,60}") {
        let text = format!("---\ntitle: T\ndate: 2024-08-20\n---\n\n## Issue {{#issue}}\n\n{}", parts.concat());
        for found in of_draft_on(&said(), TEMPLATE, &text) {
            prop_assert!(found.contains(": "), "{}", found);
        }
        let words = parts.iter().filter(|p| p.chars().all(|c| c.is_alphanumeric() || c == ' ')).copied().collect::<String>();
        let fact = format!(
            "  - {{ id: x, kind: quote, words: 'w{words}', speaker: mao, sources: [{{ source: afp, excerpt: 'x {excerpt}' }}, {{ source: record, excerpt: 'w{words} {excerpt}' }}] }}\n"
        );
        of_facts(&(said() + &fact));
    }
}
