//! What may not be used, said or told: embargoes, the Chatham House Rule, internal notes, lines in public.

use super::*;

const HELD: &str = "
title: Talks in Minsk
date: 2024-08-20
embargo: 2024-08-22
sources: { afp: { type: article, title: A } }
facts:
  - { id: held, text: Held., sources: afp }
";
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
const LINES: &str =
    "---\nname: Test\n---\n# {{ title }}\n\n## Issue {#issue}\n\n## Say {#say .lines}\n\n## Q&A {#qa .qa}\n";

fn dated(date: &str, body: &str) -> Vec<String> {
    let text = format!("---\ntitle: T\n{date}fields: {{ to: Me }}\n---\n\n## Issue {{#issue}}\n\n{body}\n");
    of_draft_on(HELD, TEMPLATE, &text)
}

fn talks(body: &str) -> Vec<String> {
    of_draft_on(TALKS, TEMPLATE, &format!("{FRONT}## Issue {{#issue}}\n\n{body}\n"))
}

#[test]
fn what_is_under_embargo_at_the_note_s_date_is_told() {
    for (date, expected) in [
        ("date: 2024-08-20\n", "embargoed"),
        ("date: 2024-08-21\n", "embargoed"),
        ("date: 2024-07\n", "embargoed"),
        ("date: 2024-08-22\n", ""),
        ("date: 2024-08\n", ""),
        ("date: 2025\n", ""),
        ("", ""),
        ("date: soon\n", "bad-date"),
    ] {
        let found = dated(date, "A [@li#held; @li#held].");
        assert_eq!(rules(&found), expected, "{date}\n{found:#?}");
    }
    assert_eq!(dated("date: 2024-08-20\n", "A [@sco#joins]."), [""; 0]);
    assert_eq!(
        dated("date: 2024-08-20\n", "A [@sco#joins; @li#held]."),
        [
            "9:17 embargoed: `li` is under embargo until 2024-08-22, and the note’s date is 2024-08-20 | leave it out until then, or date the note when it goes out"
        ]
    );
}

#[test]
fn the_chatham_house_rule_keeps_person_and_affiliation_back() {
    for (body, expected) in [
        ("Anna Weber said that it will not lend [@li#bank].", "chatham-house"),
        ("The bank will not lend, says the Iron Banker [@li#bank].", "chatham-house"),
        ("It will not lend [@li#bank].\n\nAsk Anna Weber.", "chatham-house uncited"),
        ("It “will, Anna Weber says,” not lend [@li#bank].", "quote-altered chatham-house"),
        ("An official of the European Central Bank said so [@li#bank].", "chatham-house"),
        ("A NATO diplomat said that it ends [@li#envoy].", "chatham-house"),
        // Near misses.
        ("A participant said that it will not lend [@li#bank].", ""),
        ("Anna Webers said that it will not lend [@li#bank].", ""),
        ("A participant spoke of the European Central Bank and its rates [@li#bank].", ""),
        ("A participant said that it ends [@li#envoy].\n\nNATO officials met [@li#free].", ""),
        ("It will not lend [@li#bank].\n\nAnna Weber took up her post [@li#post].", ""),
        ("Anna Weber took up her post [@li#post].", ""),
        ("A senior envoy, or a senior envoy, spoke [@li#envoy].", ""),
        ("`Anna Weber` said it [@li#bank].", ""),
    ] {
        let found = talks(body);
        assert_eq!(rules(&found), expected, "{body}\n{found:#?}");
    }
    let found = talks("It is not to lend, *Anna Weber* said [@li#bank].");
    assert_eq!(
        found,
        [
            "9:21 chatham-house: “Anna Weber” tells who said `li#bank`, which was said under the Chatham House Rule | write “a participant”, and name neither person nor affiliation"
        ]
    );
}

#[test]
fn an_internal_note_stays_inside() {
    for (body, expected) in [
        ("Our contact at the ministry saw him [@li#left].", "note-leaked"),
        ("He left [@li#left].\n\nThis our\ncontact at the *Ministry* saw.", "note-leaked"),
        // Near misses.
        ("Our contact at the embassy saw him at the ministry [@li#left].", ""),
        ("Before the final session was over, he left [@li#left].", ""),
        ("It was over by the end of the day [@li#left].", ""),
        ("It ended by the end of the day on 20 August 2024 [@li#left].", ""),
        ("Our contact at the ministry saw him [@li#free].", ""),
        ("He left through the kitchen entrance of the hotel [@li#kitchen].", ""),
        ("`our contact at the ministry saw` [@li#left].", ""),
    ] {
        let found = talks(body);
        assert_eq!(rules(&found), expected, "{body}\n{found:#?}");
    }
    let found = talks("He left, as our contact at the ministry saw [@li#left].");
    assert_eq!(
        found,
        [
            "9:13 note-leaked: these words are from the internal note of `li#left` | say it in words that may leave the desk, or take it out"
        ]
    );
}

#[test]
fn what_is_not_for_use_is_not_said_in_public() {
    let note = |heading: &str, body: &str| {
        let text = format!("---\ntitle: T\n---\n\n## Issue {{#issue}}\n\nA.\n\n## {heading}\n\n{body}\n");
        of_draft_on(TALKS, LINES, &text)
    };
    for (heading, body, expected) in [
        ("Say {#say}", "- A [@li#hushed].", "not-for-use"),
        ("Say {#say}", "- A [@li#free; @li#hushed].", "not-for-use"),
        ("Q&A {#qa}", "**Q:** A?\n\n**A:** B [@li#hushed].", "not-for-use"),
        ("Lines to take {#lines-to-take}", "- A [@li#hushed].", "not-for-use"),
        // Near misses.
        ("Say {#say}", "- A [@li#free].", ""),
        ("Issue {#issue}", "- A [@li#hushed].", ""),
        ("Other {#other}", "- A [@li#hushed].", ""),
        ("Say {#say}", "- A `[@li#hushed]`.", ""),
    ] {
        let found = note(heading, body);
        assert_eq!(rules(&found), expected, "{heading} {body}\n{found:#?}");
    }
    assert_eq!(
        note("Say {#say}", "- A [@li#free; @li#hushed]."),
        [
            "11:17 not-for-use: `li#hushed` is not for use, and what stands here is said in public | move it to the background, or take it out"
        ]
    );
}

proptest! {
    #[test]
    fn no_text_makes_these_rules_panic(parts in prop::collection::vec(prop::sample::select(vec![
        "Anna Weber", "the Iron Banker", "European Central Bank", "official ", "our contact at the ministry saw", "é", "[@li#bank]", "[@li#left]",
        "[@li#envoy]", "(S) ", "(TLP:", "(", ")", "TLP:", "\n\n", "\n", "> ", "- ", "“", "”", "*", "`", "## Say {#say}\n\n", "## Q&A {#qa}\n\n",
        "**Q:** ", "**A:** ", "<b>", "<!--", "-->", "<x:y>", "](javascript:x)", "[a", "likely ", "high confidence ", "… ", "U.S. ", "A. ", "? ", "東京",
    ]), 0..24), front in prop::sample::select(vec!["", "marking: SECRET\n", "marking: TLP:X\n", "marking: é\n", "date: 2024\n"])) {
        let text = format!("---\ntitle: T\n{front}---\n\n{}", parts.concat());
        for found in of_draft_on(TALKS, LINES, &text) {
            prop_assert!(found.contains(": "), "{}", found);
        }
    }
}
