//! Markings: too low, of no scheme, of two, on some portions only.

use super::*;

const MARKED: &str = "
title: Talks in Minsk
date: 2024-08-20
sources:
  afp: { type: article, title: A, origin: AFP }
  cable: { type: report, title: A cable, marking: SBU }
facts:
  - { id: open, text: Open., sources: afp }
  - { id: clear, text: Clear., sources: afp, marking: TLP:CLEAR }
  - { id: green, text: Green., sources: afp, marking: TLP:GREEN }
  - { id: red, text: Red., sources: afp, marking: TLP:RED }
  - { id: agreed, text: Agreed., sources: afp, marking: TLP:RED, allow: [{ rule: marking-too-low, reason: its source agreed }] }
  - { id: official, text: Official., sources: afp, marking: OFFICIAL }
  - { id: sensitive, text: Sensitive., sources: afp, marking: OFFICIAL-SENSITIVE }
  - { id: secret, text: Secret., sources: afp, marking: SECRET//NOFORN }
  - { id: confidential, text: Confidential., sources: afp, marking: CONFIDENTIAL }
  - { id: cabled, text: Cabled., sources: cable }
  - { id: judge, kind: assessment, text: Judged., basis: [open, green] }
  - { id: lowered, kind: assessment, text: Judged., marking: TLP:CLEAR, basis: [open, green] }
  - { id: printed, kind: assessment, text: Judged., marking: UNCLASSIFIED, basis: [open, cabled] }
  - { id: house, text: House., sources: afp, marking: HOUSE RED }
";

fn told(front: &str, body: &str) -> Vec<String> {
    let text = format!("---\ntitle: T\n{front}fields: {{ to: Me }}\n---\n\n## Issue {{#issue}}\n\n{body}\n");
    of_draft_on(MARKED, TEMPLATE, &text)
}

#[track_caller]
fn cases(cases: &[(&str, &str, &str)]) {
    for (front, body, expected) in cases {
        let found = told(front, body);
        assert_eq!(rules(&found), *expected, "{front}{body}\n{found:#?}");
    }
}

#[test]
fn a_note_is_marked_as_high_as_what_it_holds() {
    cases(&[
        ("marking: TLP:CLEAR\n", "A [@li#green].", "marking-too-low"),
        ("marking: TLP:GREEN\n", "A [@li#green; @li#red].", "marking-too-low"),
        ("", "A [@li#green].", "marking-too-low"),
        ("", "A [@li#secret].", "marking-too-low"),
        ("marking: OFFICIAL\n", "A [@li#secret].", "marking-too-low"),
        ("marking: TLP:CLEAR\n", "We judge A [@li#judge; @li#open].", "marking-too-low"),
        ("marking: TLP:GREEN\n", "We judge A [@li#judge; @li#open].", ""),
        ("marking: TLP:CLEAR\n", "We judge A [@li#lowered; @li#open].", ""),
        ("marking: UNCLASSIFIED\n", "We judge A [@li#printed; @li#open].", "marking-too-low"),
        ("marking: UNCLASSIFIED\n", "A [@li#cabled].", "marking-too-low"),
        ("marking: UNCLASSIFIED\n", "(S) A [@li#open].", "marking-too-low"),
        ("marking: SBU\n", "### More [@li#confidential]\n\nA.", "marking-too-low"),
        ("marking: tlp:clear\n", "A [@li#green].", "marking-too-low bad-tlp"),
        ("scheme: us\nmarking: SBU\n", "A [@li#secret].", "marking-too-low"),
        // Near misses.
        ("marking: TLP:GREEN\n", "A [@li#green; @li#clear].", ""),
        ("marking: TLP:RED\n", "A [@li#green; @li#red].", ""),
        ("marking: TLP:CLEAR\n", "A [@li#agreed].", ""),
        ("", "A [@li#clear; @li#official; @li#open].", ""),
        ("marking: SENSITIVE BUT UNCLASSIFIED\n", "A [@li#cabled].", ""),
        ("marking: SECRET\n", "A [@li#secret; @li#sensitive].", ""),
        ("marking: TOP SECRET//SI\n", "A [@li#secret; @li#confidential].", ""),
        ("marking: OFFICIAL\n", "A [@li#clear].", ""),
        ("marking: TLP:CLEAR\n", "A `[@li#red]` [@li#open].", ""),
        ("marking: UNCLASSIFIED\n", "(U) A [@li#open].", ""),
        ("marking: UNCLASSIFIED\n", "(A) One.\n\n(B) Two.\n\n(C) Three.", ""),
        ("marking: UNCLASSIFIED\n", "(C) 2024 by them, as (S) is [@li#open].", ""),
        ("", "(C) Three.", ""),
    ]);
    assert_eq!(
        told("marking: TLP:CLEAR\n", "A [@li#green].\n\nB [@li#red]."),
        [
            "3:10 marking-too-low: the note is marked TLP:CLEAR, and the fact `li#red` is marked TLP:RED | write `marking: TLP:RED`, or leave out what is marked so"
        ]
    );
    let found = told("", "A [@li#cabled].");
    assert!(
        found[0].starts_with(
            "2:1 marking-too-low: the note has no marking, and the source `cable` of the fact `li#cabled` is marked SBU"
        ) && found[0].contains("`marking: SENSITIVE BUT UNCLASSIFIED`"),
        "{found:?}"
    );
}

#[test]
fn an_event_s_marking_is_that_of_its_facts() {
    let event = MARKED.replace("date: 2024-08-20\n", "date: 2024-08-20\nmarking: TLP:AMBER\n");
    let note =
        |fact: &str| format!("---\ntitle: T\nfields: {{ to: Me }}\n---\n\n## Issue {{#issue}}\n\nA [@li#{fact}].\n");
    assert_eq!(rules(&of_draft_on(&event, TEMPLATE, &note("open"))), "marking-too-low");
    assert_eq!(rules(&of_draft_on(&event, TEMPLATE, &note("clear"))), "", "its own marking holds");
}

#[test]
fn tlp_has_five_labels() {
    for (label, help) in [
        ("TLP:WHITE", "since TLP 2.0 it is `TLP:CLEAR`"),
        ("TLP:AMBRE", "did you mean `TLP:AMBER`?"),
        ("tlp:green", "did you mean `TLP:GREEN`?"),
        ("'TLP: RED'", "did you mean `TLP:RED`?"),
        ("TLP:AMBER-STRICT", "did you mean `TLP:AMBER+STRICT`?"),
    ] {
        let found = told(&format!("marking: {label}\n"), "A.");
        let word = label.trim_matches('\'');
        let column = if word == label { 10 } else { 11 };
        let expected = format!("3:{column} bad-tlp: `{word}` is no label of TLP 2.0 | {help}");
        assert_eq!(found, [expected], "{label}");
    }
    for label in ["TLP:AMBER+STRICT", "TLP:AMBER//ANNEX", "OFFICIAL", "TLPS", "HOUSE"] {
        assert_eq!(told(&format!("marking: {label}\n"), "A."), [""; 0], "{label}");
    }
    let found = told("marking: TLP:GREEN\n", "(TLP:AMBR) A [@li#open].");
    assert_eq!(found, ["9:2 bad-tlp: `TLP:AMBR` is no label of TLP 2.0 | did you mean `TLP:AMBER`?"]);
}

#[test]
fn a_wrong_label_in_the_facts_is_told_at_its_value() {
    let event = EVENT.replace("date: 2024-08-20\n", "date: 2024-08-20\nmarking: TLP:ORANGE\n");
    let event = event.replace("title: Old,", "title: Old, marking: TLP:BLACK,");
    let found = of_facts(&format!("{event}  - {{ id: x, text: x, sources: afp, marking: TLP:WHITE }}\n"));
    assert_eq!(rules(&found), "bad-tlp bad-tlp bad-tlp", "{found:#?}");
    assert!(
        found[0].starts_with("3:10 ") && found[1].starts_with("11:") && found[2].starts_with("19:46 "),
        "{found:#?}"
    );
}

#[test]
fn a_note_keeps_to_one_scheme() {
    cases(&[
        ("marking: OFFICIAL\n", "A [@li#green].", "mixed-schemes"),
        ("marking: TLP:RED\n", "A [@li#sensitive].", "mixed-schemes"),
        ("marking: SECRET\n", "A [@li#confidential; @li#sensitive].", "mixed-schemes"),
        ("marking: TLP:GREEN\n", "(U) A [@li#open].", "mixed-schemes"),
        ("marking: HOUSE BLUE\n", "A [@li#red].", "mixed-schemes"),
        ("scheme: uk\nmarking: TLP:GREEN\n", "A [@li#open].", "mixed-schemes"),
        ("marking: OFFICIAL\n", "A [@li#green].\n\nB [@li#red].", "mixed-schemes"),
        // Near misses.
        ("marking: OFFICIAL\n", "A [@li#clear].", ""),
        ("marking: TLP:RED\n", "A [@li#official; @li#open].", ""),
        ("marking: SECRET\n", "A [@li#sensitive; @li#secret].", ""),
        ("marking: HOUSE RED\n", "A [@li#house; @li#clear].", ""),
        ("marking: OFFICIAL\n", "A [@li#house].", ""),
        ("scheme: us\nmarking: SECRET\n", "(U) A [@li#open].\n\n(C) B.", ""),
        ("marking: TLP:GREEN\n", "They call it (U) here, TLP:RED or SECRET [@li#open].", ""),
    ]);
    assert_eq!(
        told("marking: OFFICIAL\n", "A [@li#open; @li#green]."),
        [
            "9:15 mixed-schemes: the fact `li#green` is marked TLP:GREEN, and the note is marked OFFICIAL: no scheme has both | mark the note and its portions by one scheme, and cite what has a marking in it"
        ]
    );
    let found = told("", "A [@li#green].\n\nB [@li#sensitive].");
    assert_eq!(rules(&found), "marking-too-low mixed-schemes", "{found:#?}");
}

#[test]
fn all_portions_are_marked_or_none() {
    cases(&[
        ("marking: SBU\n", "(SBU) A [@li#cabled].\n\nB.", "partly-marked"),
        ("marking: SBU\n", "- **(SBU)** A.\n- B.\n- C.", "partly-marked"),
        ("", "(TLP:CLEAR) A.\n\n> B.", "partly-marked"),
        // Near misses.
        ("marking: SBU\n", "(SBU) A [@li#cabled].\n\n(U) B.\n\n    code\n\n### Heading\n\n<!-- a comment -->", ""),
        ("marking: SBU\n", "A (SBU) [@li#cabled].\n\nB.", ""),
        ("marking: SBU\n", "(A) One.\n\n(C) Two.\n\nThree.", ""),
        ("marking: SBU\n", "(Then) A.\n\nB.", ""),
    ]);
    assert_eq!(
        told("marking: SBU\n", "(U) A.\n\nB.\n\n*C.*"),
        [
            "11:1 partly-marked: this portion has no mark, while another leads with (U), and one other has none either | mark every portion, or none"
        ]
    );
    let template = TEMPLATE.replace("name: Test\n", "name: Test\nportion-marks: us\n");
    let text = "---\ntitle: T\nmarking: SBU\nfields: { to: Me }\n---\n\n## Issue {#issue}\n\n(SBU) A.\n\nB.\n";
    assert_eq!(of_draft_on(MARKED, &template, text), [""; 0], "the template marks the rest");
}
