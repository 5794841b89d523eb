use std::sync::Arc;

use crate::draft::Draft;
use crate::model::Desk;
use crate::note::{Formatter, Request, compose};

const EVENT: &str = "\
id: e
title: T
date: 2024
sources:
  afp: { type: article, title: A, origin: AFP, date: 2024-08-19, reliability: B, directness: secondary }
  copy: { type: article, title: C, origin: AFP, date: 2024-08, reliability: D, directness: tertiary }
  record: { type: web, title: R, origin: Ministry, date: 2023-12-04, reliability: A, directness: primary, attribution: on-record }
  talk: { type: misc, title: Talk, origin: A club, attribution: chatham-house }
  aside: { type: misc, title: Aside, origin: An aide, attribution: background, reliability: F }
  gone: { type: web, title: G, origin: Gone, date: 2024-08-21, reliability: B, status: retracted, directness: secondary }
  twin: { type: article, title: W, origin: Wire, date: 2024-08-19, reliability: B, directness: secondary }
facts:
  - { id: none, text: x }
  - { id: one, text: x, sources: afp }
  - { id: echo, text: x, sources: [afp, copy] }
  - { id: two, text: x, sources: [afp, record] }
  - { id: twin, text: x, sources: [afp, twin] }
  - { id: ruled, text: x, sources: talk }
  - { id: aside, text: x, sources: aside }
  - { id: gone, text: x, sources: gone, status: retracted }
  - { id: judge, kind: assessment, text: x, basis: [two, ruled] }
";

const TEMPLATE: &str = "\
---
name: T
citations: none
---
## A {#a}
## On sources {#on-sources .source-summary .required}
";

fn desk() -> Desk {
    let reading = crate::event_file::read("briefs/events/e.yaml", EVENT);
    assert_eq!(reading.findings, []);
    let shared = "treaty: { type: report, title: Treaty, origin: NATO, date: 2024-07-10, reliability: A, directness: primary }\n";
    let (shared, _) = crate::event_file::read_sources("briefs/sources.yaml", shared);
    Desk::new(vec![Arc::new(reading.event.unwrap())], Arc::new(shared))
}

fn note(front: &str, body: &str) -> crate::note::Note {
    let (template, findings) = crate::template::parse("t", "t.md", TEMPLATE);
    assert_eq!(findings, []);
    let draft = Draft::parse(&format!("---\n{front}\n---\n\n{body}"), &template.outline());
    let desk = desk();
    let request = Request {
        desk: &desk,
        template: &template,
        draft: &draft,
        path: "d.md",
        style: None,
        flavour: Default::default(),
    };
    compose(&request, &Formatter::default())
}

/// The summary of a note that cites these facts.
fn summary(facts: &str) -> String {
    let cited: Vec<String> =
        facts.split(' ').map(|key| if key.contains('@') { key.into() } else { format!("@e#{key}") }).collect();
    let body = format!("## A {{#a}}\n\nText [{}].\n\n## On sources {{#on-sources}}\n", cited.join("; "));
    let note = note("template: t\ndate: 2024-08-20", &body);
    note.text.split_once("## On sources\n\n").unwrap_or_default().1.trim_end().to_owned()
}

#[test]
fn one_source_is_told_in_the_singular() {
    assert_eq!(
        summary("one"),
        "This note cites one fact, resting on one source. What is cited rests on a single origin. The source is secondary. \
         It is dated 19 August 2024, one day before the date of this note. It is graded B (usually reliable). The terms on \
         which it was given are not recorded."
    );
    assert_eq!(
        summary("ruled"),
        "This note cites one fact, resting on one source. What is cited rests on a single origin. Whether the source is \
         primary or secondary is not recorded. It is undated. It is ungraded. It was given under the Chatham House Rule."
    );
    assert!(summary("aside").contains("Its reliability cannot be judged (F). It was given on background."));
}

#[test]
fn many_are_told_in_the_plural_with_their_range() {
    assert_eq!(
        summary("one echo two ruled judge none"),
        "This note cites five facts and one assessment, resting on four sources of three independent origins. Of the six, \
         three rest on a single origin, and for one no origin is known. One of the sources is primary, one secondary and one \
         tertiary; for one this is not recorded. The oldest is dated 4 December 2023 and the newest August 2024; one is \
         undated. Reliability ranges from A (completely reliable) to D (not usually reliable); one is ungraded. One was \
         given on the record and one under the Chatham House Rule; for two no terms are recorded."
    );
    assert_eq!(
        summary("twin"),
        "This note cites one fact, resting on two sources, each of a different origin. What is cited rests on two \
         independent origins. Both sources are secondary. Both are dated 19 August 2024, one day before the date of this \
         note. Both are graded B (usually reliable). The terms on which they were given are not recorded."
    );
    assert!(
        summary("echo").contains("resting on two sources, all of one origin. What is cited rests on a single origin.")
    );
    assert!(summary("one echo").contains("Each of the two rests on a single origin."));
    assert!(summary("two twin").contains("Each of the two rests on two or more independent origins."));
    assert!(summary("ruled aside").contains("Neither is dated."));
    assert!(summary("ruled aside").contains("The reliability of one cannot be judged (F); the other is ungraded."));
}

#[test]
fn what_has_no_source_or_was_taken_back_is_said() {
    assert_eq!(summary("none"), "This note cites one fact, for which no source is named.");
    let gone = summary("gone");
    assert!(gone.contains("one day after the date of this note"), "{gone}");
    assert!(gone.ends_with("The source and the fact have been retracted."), "{gone}");
    assert!(summary("gone two").ends_with("One of the sources and one of the facts have been retracted."));
    assert!(summary("@treaty").starts_with("This note cites one source. The source is primary."));
    assert_eq!(summary("unknown"), "");
}

#[test]
fn it_stands_behind_the_writer_s_own_text_and_is_not_counted() {
    let body = "## A {#a}\n\nText [@e#one].\n\n## On sources {#on-sources}\n\nWe saw no other.\n";
    let with = note("template: t\ndate: 2024-08-20", body);
    assert!(with.text.contains("## On sources\n\nWe saw no other.\n\nThis note cites one fact"), "{}", with.text);
    assert_eq!(with.words, 5);
    let without_heading = note("template: t\nlanguage: fr", "## A {#a}\n\nText [@e#one].\n");
    assert!(without_heading.text.contains("It is dated 19 August 2024. It is"), "{}", without_heading.text);
    let nothing = note("template: t", "## A {#a}\n\nText.\n\n## On sources {#on-sources}\n");
    assert_eq!(nothing.text, "## A\n\nText.\n");
}
