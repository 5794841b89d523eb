use std::collections::BTreeSet;

use proptest::prelude::*;

use super::edit::*;
use super::{EventShape, read};
use crate::model::{Event, FactKind, FactStatus, Priority};

const PATH: &str = "briefs/events/ferry.yaml";

const FILE: &str = "# The ferry, by hand.\r\ntitle: Ferry   # kept\r\ndate: 2024-09-03\r\ntags: [ferry]\r\nsources:\r\n  gazette: { title: 'Ferry to run' }\r\nfacts:\r\n  - id: agreed\r\n    text: >-\r\n      The ministers agreed that the ferry\r\n      will run from May.   \r\n    # why\r\n    tags: [lead]  # the first\r\n    sources: gazette\r\n\r\n  - { id: promise, kind: quote, words: 'Nobody''s late', sources: [gazette] }\r\n";

fn event(text: &str) -> Event {
    let reading = read(PATH, text);
    assert_eq!(reading.findings, [], "{text}");
    reading.event.unwrap()
}

fn target(id: &str) -> Target {
    Target { id: id.into(), index: 0 }
}

fn one(text: &str, id: &str, edit: FactEdit) -> Result<String, String> {
    let edit = EventEdit::Facts(vec![(target(id), edit)]);
    edit.apply(text).map(|edited| edited.text).map_err(|e| told(PATH, &e))
}

fn correct(field: Wording, was: &str, new: &str) -> FactEdit {
    FactEdit::Correct { field, was: was.into(), new: new.into() }
}

#[test]
fn the_orders_of_keys_are_those_of_the_format() {
    let schema = serde_json::to_value(schemars::schema_for!(EventShape)).unwrap();
    let keys = |of: &serde_json::Value| -> BTreeSet<String> { of.as_object().unwrap().keys().cloned().collect() };
    let own = |keys: &[&str]| -> BTreeSet<String> { keys.iter().map(|k| (*k).to_owned()).collect() };
    assert_eq!(keys(&schema["properties"]), own(EVENT_KEYS));
    assert_eq!(keys(&schema["$defs"]["FactShape"]["properties"]), own(FACT_KEYS));
}

#[test]
fn each_edit_changes_its_value_and_no_other_byte() {
    for (id, edit, from, to) in [
        ("agreed", FactEdit::AddTag("sco".into()), "[lead]", "[lead, sco]"),
        ("promise", FactEdit::AddTag("sco".into()), "late', sources", "late', tags: [sco], sources"),
        ("agreed", FactEdit::RemoveTag("lead".into()), "tags: [lead]", "tags: []"),
        (
            "agreed",
            FactEdit::Status(FactStatus::Disputed),
            "# the first\r\n",
            "# the first\r\n    status: disputed\r\n",
        ),
        ("promise", FactEdit::Status(FactStatus::Retracted), "late', ", "late', status: retracted, "),
        (
            "agreed",
            FactEdit::Priority(Some(Priority::Must)),
            "# the first\r\n",
            "# the first\r\n    priority: must\r\n",
        ),
        (
            "agreed",
            correct(
                Wording::Text,
                "The ministers agreed that the ferry will run from May.",
                "The ministers agreed that the ferry will run from June.",
            ),
            "May",
            "June",
        ),
        (
            "promise",
            correct(Wording::Words, "Nobody's late", "Nobody's too late"),
            "'Nobody''s late'",
            "'Nobody''s too late'",
        ),
    ] {
        let changed = one(FILE, id, edit.clone()).unwrap();
        assert_eq!(changed, FILE.replacen(from, to, 1), "{edit:?}");
        // Once more, there is nothing to change.
        if !matches!(edit, FactEdit::Correct { .. }) {
            assert_eq!(one(&changed, id, edit), Ok(changed));
        }
    }
    for nothing in [
        FactEdit::AddTag("lead".into()),
        FactEdit::RemoveTag("none".into()),
        FactEdit::Status(FactStatus::Reported),
        FactEdit::Priority(None),
    ] {
        assert_eq!(one(FILE, "agreed", nothing).as_deref(), Ok(FILE));
    }
}

#[test]
fn a_new_fact_comes_last_with_an_id_of_its_own() {
    let new = NewFact {
        text: "Agreed: it's late.".into(),
        date: "2024-09-05".into(),
        sources: vec!["gazette".into()],
        tags: vec!["sco".into(), "a, b".into()],
        ..NewFact::default()
    };
    let edited = EventEdit::New(new).apply(FILE).unwrap();
    let written = "\r\n  - id: agreed-its-late\r\n    text: \"Agreed: it's late.\"\r\n    date: 2024-09-05\r\n    tags: [sco, \"a, b\"]\r\n    sources: gazette\r\n";
    assert_eq!(edited.text, format!("{FILE}{written}"));
    assert_eq!(edited.fact.as_deref(), Some("agreed-its-late"));
    let event = event(&edited.text);
    let fact = event.fact("agreed-its-late").unwrap();
    assert_eq!((&*fact.text, fact.tags.len(), fact.status), ("Agreed: it's late.", 2, FactStatus::Reported));
    let quote = NewFact {
        kind: FactKind::Quote,
        text: "Agreed".into(),
        date: "2024-09-05".into(),
        speaker: "ruiz".into(),
        ..NewFact::default()
    };
    let edited = EventEdit::New(quote).apply("title: t\ndate: 2024\nfacts: []\n").unwrap();
    assert_eq!(
        edited.text,
        "title: t\ndate: 2024\nfacts:\n  - id: agreed\n    kind: quote\n    said: 2024-09-05\n    speaker: ruiz\n    words: Agreed\n"
    );
    let again = EventEdit::New(NewFact { text: "Agreed.".into(), ..NewFact::default() }).apply(FILE).unwrap();
    assert_eq!(again.fact.as_deref(), Some("agreed-2"));
}

#[test]
fn what_cannot_be_done_is_told_by_place_and_nothing_is_made() {
    let told = |text: &str, edit| one(text, "a", edit).unwrap_err();
    let tag = || FactEdit::AddTag("x".into());
    assert_eq!(
        told("facts:\n  - id: b\n", tag()),
        "briefs/events/ferry.yaml:2:3: there is no fact `a` in the file any more"
    );
    assert_eq!(told("x: [\n", tag()).split(": ").next(), Some("briefs/events/ferry.yaml:2:1"));
    assert_eq!(
        told("x-t: &t [a]\nfacts:\n  - id: a\n    tags: *t\n", tag()),
        "briefs/events/ferry.yaml:4:11: an alias repeats the value at 1:6 here; a change would be one of both"
    );
    let status = FactEdit::Status(FactStatus::Disputed);
    assert_eq!(
        told("facts:\n  - id: a\n    status: reported\n    status: confirmed\n", status),
        "briefs/events/ferry.yaml:4:5: `status` stands here twice, first at 3:5; take one out"
    );
    let text = "facts:\n  - id: a\n    text: one\n";
    assert_eq!(
        told(text, correct(Wording::Text, "two", "three")),
        "briefs/events/ferry.yaml:3:11: `text` is not what was shown: somebody else changed it"
    );
    assert_eq!(told(text, correct(Wording::Text, "one", " ")), "briefs/events/ferry.yaml:3:11: `text` cannot be empty");
    assert_eq!(
        told(text, correct(Wording::Words, "one", "two")),
        "briefs/events/ferry.yaml:2:5: `words` is not here any more"
    );
    assert_eq!(
        told("facts:\n  - id: a\n    text: \"o\\eone\"\n", correct(Wording::Text, "o␛one", "one")),
        "briefs/events/ferry.yaml:3:11: `text` holds control characters: mend it in an editor"
    );
    let swap = EventEdit::Again(WrittenEvent::new(PATH, "a", "b", None));
    assert_eq!(swap.apply("a").unwrap().text, "b");
    assert_eq!(
        super::edit::told(PATH, &swap.apply("c").unwrap_err()),
        format!("{PATH}: the file is not as that edit left it")
    );
    // Of several edits none is made if one cannot be.
    let both = EventEdit::Facts(vec![(target("agreed"), tag()), (target("gone"), tag())]);
    assert!(both.apply(FILE).is_err());
}

#[test]
fn a_fact_is_found_by_its_id_where_the_list_has_moved() {
    let text = "facts:\n  - id: new\n  - id: a\n    tags: [x]\n  - id: a\n    tags: [x]\n";
    assert_eq!(one(text, "a", FactEdit::AddTag("z".into())).unwrap(), text.replacen("[x]", "[x, z]", 1));
}

/// Facts of event files as they come: those of the sample desk, and the oddest of our own.
fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![
        std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("briefs/events"),
        std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/golden"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "yaml") && path.to_string_lossy().contains("events") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 5, "{found:?}");
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn an_edit_of_any_event_file_changes_the_fact_as_wanted_and_no_other_line(
        file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), which in 0..6_usize,
        word in "[a-zé][a-z :#,'-]{0,20}[a-z]", crlf in any::<bool>()
    ) {
        let files = files();
        let (path, text) = file.get(&files);
        let text = if crlf { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text.clone() };
        let before = read(PATH, &text);
        let Some(event) = before.event.filter(|event| !event.facts.is_empty()) else { return Ok(()) };
        let n = at.index(event.facts.len());
        let fact = &event.facts[n];
        let mut wanted = fact.clone();
        let mut tags = fact.tags.to_vec();
        let field = if fact.text.is_empty() { Wording::Words } else { Wording::Text };
        let was = match (&fact.quote, field) {
            (Some(quote), Wording::Words) => quote.words.clone(),
            _ => fact.text.clone(),
        };
        let edit = match which {
            0 => { tags.push(word.as_str().into()); FactEdit::AddTag(word.as_str().into()) }
            1 => match tags.pop() {
                Some(tag) => FactEdit::RemoveTag(tag),
                None => return Ok(()),
            },
            2 => { wanted.status = FactStatus::Disputed; FactEdit::Status(FactStatus::Disputed) }
            3 => { wanted.priority = Some(Priority::Could); FactEdit::Priority(Some(Priority::Could)) }
            4 => { wanted.priority = None; FactEdit::Priority(None) }
            _ => {
                let new = format!("{} {word}", was.trim_end());
                let end = &was[was.trim_end().len()..];
                let whole: Box<str> = format!("{new}{end}").into();
                match (&mut wanted.quote, field) {
                    (Some(quote), Wording::Words) => quote.words = whole,
                    _ => wanted.text = whole,
                }
                FactEdit::Correct { field, was, new: new.into() }
            }
        };
        prop_assume!(which != 0 || !fact.tags.iter().any(|tag| **tag == *word));
        let target = Target { id: fact.id.clone(), index: fact.index as usize };
        let edit = EventEdit::Facts(vec![(target, edit)]);
        let new = match edit.apply(&text) {
            Ok(edited) => edited.text,
            Err(e) => return Err(TestCaseError::fail(told(path, &e))),
        };
        wanted.tags = tags.into();
        let mut expected = event.clone();
        expected.facts[n] = wanted;
        prop_assert_eq!(read(PATH, &new).event.unwrap(), expected, "{}", path);
        // What changes is one run of lines, in the fact.
        let (old, new): (Vec<&str>, Vec<&str>) = (text.split('\n').collect(), new.split('\n').collect());
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
        prop_assert!(old.len() - head - tail <= 8 && new.len() - head - tail <= 8, "{}: {:?}", path, &new[head..new.len() - tail]);
    }

    #[test]
    fn a_new_fact_goes_into_any_event_file_and_leaves_the_rest_as_it_was(
        file in any::<prop::sample::Index>(), text in "[A-Zé][a-z :#,'\"-]{0,40}[a-z.]", tag in "[a-z]{1,8}", crlf in any::<bool>()
    ) {
        let files = files();
        let (path, old) = file.get(&files);
        let old = if crlf { old.replace("\r\n", "\n").replace('\n', "\r\n") } else { old.clone() };
        let Some(event) = read(PATH, &old).event else { return Ok(()) };
        let fact = NewFact { text: text.clone(), tags: vec![tag], sources: vec!["x".into(), "y".into()], ..NewFact::default() };
        let edited = match EventEdit::New(fact).apply(&old) {
            Ok(edited) => edited,
            Err(e) => return Err(TestCaseError::fail(told(path, &e))),
        };
        let mut after = read(PATH, &edited.text).event.unwrap();
        let added = after.facts.pop().unwrap();
        prop_assert_eq!((&*added.id, &*added.text), (edited.fact.as_deref().unwrap(), &*text));
        prop_assert_eq!(after, event, "{}", path);
        let kept = old.lines().filter(|line| edited.text.lines().any(|new| new == *line)).count();
        prop_assert!(kept + 1 >= old.lines().count());
    }
}
