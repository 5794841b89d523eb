use std::sync::Arc;

use super::*;

const EVENT: &str = "\
id: e
title: T
date: 2024
sources:
  afp: { type: article, title: A, origin: AFP, date: 2024-08-19, reliability: B, directness: secondary }
  copy: { type: article, title: B, origin: afp, parent: { type: web, title: Site }, date: 2024-08, reliability: D, directness: tertiary }
  record: { type: web, title: R, origin: Ministry, date: 2024-08-20, reliability: C, directness: primary, attribution: on-record }
  talk: { type: misc, title: Talk, origin: A club, attribution: chatham-house }
  aside: { type: misc, title: Aside, attribution: background, reliability: F }
facts:
  - { id: none, text: x }
  - { id: one, text: x, sources: afp, credibility: 2 }
  - { id: echo, text: x, sources: [afp, copy] }
  - { id: two, text: x, sources: [copy, record], credibility: 1 }
  - { id: mixed, text: x, sources: [afp, copy, record] }
  - { id: worded, kind: quote, words: w, sources: [afp, { source: record, variant: true }, { source: afp, variant: true }] }
  - { id: ruled, text: x, sources: [talk, record] }
  - { id: aside, text: x, sources: [record, aside] }
  - { id: lost, text: x, sources: gone, credibility: 4 }
  - { id: judge, kind: assessment, text: x, sources: talk, basis: [one, deeper, judge, nowhere] }
  - { id: deeper, kind: assessment, text: x, basis: [judge, e#two] }
  - { id: not-judged, text: x, basis: [two] }
";

fn desk() -> Desk {
    let reading = crate::event_file::read("briefs/events/e.yaml", EVENT);
    Desk::new(vec![Arc::new(reading.event.unwrap())], Arc::default())
}

#[test]
fn origins_count_once_variants_not_and_a_basis_counts_with_its_assessment() {
    let desk = desk();
    let event = desk.event("e").unwrap();
    for (id, sources, origins, independent, summary) in [
        ("none", "", "", 0, "no source"),
        ("one", "afp", "AFP", 1, "1 source"),
        ("echo", "afp copy", "AFP", 1, "2 sources, 1 origin"),
        ("two", "copy record", "afp Ministry", 2, "2 independent origins"),
        ("mixed", "afp copy record", "AFP Ministry", 2, "3 sources, 2 independent origins"),
        ("worded", "afp record", "AFP Ministry", 1, "2 sources, 1 origin (1 worded otherwise)"),
        ("aside", "record aside", "Ministry Aside", 2, "2 independent origins"),
        ("lost", "", "", 0, "no source"),
        ("judge", "talk afp copy record", "A club|AFP|Ministry", 3, "4 sources, 3 independent origins"),
        ("deeper", "talk afp copy record", "A club|AFP|Ministry", 3, "4 sources, 3 independent origins"),
        ("not-judged", "", "", 0, "no source"),
    ] {
        let provenance = of(&desk, event, event.fact(id).unwrap());
        let keys: Vec<_> = provenance.sources.iter().map(|s| &*s.key).collect();
        assert_eq!(keys.join(" "), sources, "{id}");
        let between = if origins.contains('|') { "|" } else { " " };
        assert_eq!(provenance.origins.join(between), origins, "{id}");
        assert_eq!((provenance.independent, provenance.summary().as_str()), (independent, summary), "{id}");
        let same = match backing(&desk, event, event.fact(id).unwrap()) {
            Backing::None => provenance.independent == 0,
            Backing::OneSource(_) => independent == 1 && provenance.sources.len() - provenance.variants == 1,
            Backing::OneOrigin(_) => independent == 1 && provenance.sources.len() - provenance.variants > 1,
            Backing::Several => independent > 1,
        };
        assert!(same, "{id}");
    }
}

#[test]
fn grade_terms_and_age_are_the_best_the_strictest_and_the_latest() {
    let desk = desk();
    let event = desk.event("e").unwrap();
    for (id, grade_of, terms_of, newest, reported) in [
        ("none", "", None, None, None),
        ("one", "B2", None, Some("2024-08-19"), Some("AFP")),
        ("two", "C1", Some(Attribution::OnRecord), Some("2024-08"), None),
        ("echo", "B", None, Some("2024-08"), Some("AFP")),
        ("worded", "B", Some(Attribution::OnRecord), Some("2024-08-20"), Some("AFP")),
        ("ruled", "C", Some(Attribution::ChathamHouse), Some("2024-08-20"), None),
        ("aside", "C", Some(Attribution::Background), Some("2024-08-20"), None),
        ("lost", "4", None, None, None),
    ] {
        let fact = event.fact(id).unwrap();
        assert_eq!(grade(&desk, event, fact), grade_of, "{id}");
        assert_eq!(terms(&desk, event, fact), terms_of, "{id}");
        assert_eq!(of(&desk, event, fact).newest().map(|d| d.to_string()).as_deref(), newest, "{id}");
        assert_eq!(second_hand(&desk, event, fact), reported, "{id}");
    }
}

#[test]
fn a_footnote_tells_the_grade_of_a_source_that_has_one() {
    let desk = desk();
    let event = desk.event("e").unwrap();
    let (one, afp, talk) = (event.fact("one"), &event.sources["afp"], &event.sources["talk"]);
    assert_eq!(grade_label(afp, one, "en-GB").as_deref(), Some("graded B2"));
    assert_eq!(grade_label(afp, None, "it").as_deref(), Some("graded B"));
    assert_eq!(grade_label(afp, one, "de").as_deref(), Some("Bewertung B2"));
    assert_eq!(grade_label(talk, one, "en"), None);
}
