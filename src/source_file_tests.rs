use super::*;
use proptest::prelude::*;

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn files_of_shared_sources_are_known_by_their_place() {
    for path in ["briefs/sources.yaml", "briefs/refs.bib", "briefs/REFS.BIB", "briefs/zotero.json"] {
        assert!(is_shared(path), "{path}");
    }
    for path in
        ["refs.bib", "briefs/events/a.bib", "briefs/.hidden.bib", "briefs/other.yaml", "briefs/bib", "briefs/a.bib.bak"]
    {
        assert!(!is_shared(path), "{path}");
    }
    let mut paths: Vec<String> =
        ["briefs/a.json", "briefs/z.bib", "briefs/sources.yaml", "briefs/b.bib"].map(ToOwned::to_owned).into();
    in_order(&mut paths);
    assert_eq!(paths, ["briefs/sources.yaml", "briefs/b.bib", "briefs/z.bib", "briefs/a.json"]);
}

#[test]
fn of_one_key_the_first_stays_and_the_others_are_told() {
    let files = [
        read("briefs/sources.yaml", "a: { type: book, title: YAML }\n"),
        read("briefs/a.bib", "@book{a, title={Bib}}\n@book{b, title={One}}\n@book{b, title={Two}}\n"),
        read(
            "briefs/z.json",
            "[{\"id\":\"a\",\"type\":\"book\"},\n{\"id\":\"b\",\"type\":\"book\"},{\"id\":\"c\",\"type\":\"book\"}]",
        ),
    ];
    let (sources, findings) = merge(files);
    assert_eq!(sources.keys().map(|k| &**k).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!((sources["a"].title(), sources["b"].title()), (Some("YAML"), Some("One")));
    assert_eq!(
        told(&findings),
        [
            "briefs/a.bib:1:7: warning[duplicate-id]: another source has the key `a`: that of briefs/sources.yaml counts, this one is left out",
            "briefs/a.bib:3:7: warning[duplicate-id]: another source has the key `b`: that of line 2 of this file counts, this one is left out",
            "briefs/z.json:1:2: warning[duplicate-id]: another source has the key `a`: that of briefs/sources.yaml counts, this one is left out",
            "briefs/z.json:2:1: warning[duplicate-id]: another source has the key `b`: that of briefs/a.bib:2 counts, this one is left out",
        ]
    );
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let text = "x".repeat(crate::yaml::MAX_FILE + 1);
    for path in ["briefs/sources.yaml", "briefs/a.bib", "briefs/a.json"] {
        assert_eq!(read(path, &text).findings[0].rule, "unreadable");
    }
}

#[test]
fn a_file_full_of_faults_tells_the_first_thousand() {
    for (path, piece) in [("briefs/a.bib", "@a(\n"), ("briefs/a.json", "}")] {
        let gathered = read(path, &format!("[{}", piece.repeat(3000)));
        assert_eq!(gathered.findings.len(), crate::event_file::MOST_TOLD + 1, "{path}");
        assert!(
            gathered.findings[crate::event_file::MOST_TOLD].message.ends_with("more faults in this file are not told")
        );
    }
}

#[test]
fn keys_that_drafts_can_cite_that_drafts_can_cite() {
    for good in ["smith2020", "müller_2020:a.b-c+d/e", "http://zotero.org/users/1/items/AB", "東京", "a?b"] {
        assert_eq!(check_key(good), Ok(()), "{good}");
        let cited = crate::markdown::citations(&format!("Text [@{{{good}}}]."));
        let key = crate::markdown::CitationKey::Source(good.to_owned());
        assert_eq!(cited.first().map(|c| &c.items[0].key), Some(&key), "{good}");
    }
    for bad in ["", "a b", "a#b", "a}b", "a,b", "a;b", &"x".repeat(121)] {
        assert!(check_key(bad).is_err(), "{bad}");
    }
}

/// Texts made of the pieces that the formats are made of, cut and joined at random.
fn pieces(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(of).prop_map(ToOwned::to_owned), 1 => "\\PC{0,6}", 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const BIB: &[&str] = &[
    "@",
    "@book{",
    "@article(",
    "@string{",
    "@comment{",
    "@xdata{x,",
    "{",
    "}",
    "(",
    ")",
    "\"",
    ",",
    "=",
    "#",
    "\n",
    " ",
    "%",
    "k1,",
    "title",
    "author",
    "date",
    "year = ",
    "month = aug",
    "crossref = {k1}",
    "xdata = {x}",
    "{a and b}",
    "\\",
    "\\'",
    "\\emph{",
    "$",
    "^",
    "_",
    "~",
    "--",
    "--/",
    "2024-08",
    "and others",
    "{{",
    "}}",
    "attache-status = {",
    "é",
    "\u{1b}",
    "title = {{NATO} \\textit{x}},\n",
    "author = {von A, B and {C}},\n",
    "}\n@book{k2,\n",
    "date = {2024/2025},",
];

const JSON: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "\n",
    "\n  {",
    "\"id\":",
    "\"a\"",
    "\"type\":\"book\"",
    "\"issued\":",
    "{\"date-parts\":[[",
    "2024",
    "-1e999",
    "]]}",
    "\"author\":[{\"family\":\"x\"}]",
    "\"custom\":{\"attache\":{",
    "null",
    "true",
    "\"status\":\"live\"",
    "{\"id\":\"k\",\"type\":\"book\"}",
    "é",
    "\t",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_the_readers(bib in pieces(BIB), json in pieces(JSON), any in any::<String>()) {
        for (path, text) in [("briefs/a.bib", &bib), ("briefs/a.json", &json), ("briefs/a.bib", &any), ("briefs/a.json", &any)] {
            let gathered = read(path, text);
            for finding in &gathered.findings {
                prop_assert!(matches!(finding.anchor, Anchor::At(_) | Anchor::File), "{finding:?}");
                prop_assert!(finding.position().line <= text.split(['\n', '\r']).count().max(1) + 1, "{finding:?}");
            }
            for source in &gathered.sources {
                prop_assert!(check_key(&source.key).is_ok());
                prop_assert!(source.place.as_ref().is_some_and(|place| place.at.is_some()));
            }
        }
    }

    #[test]
    fn an_entry_is_read_whatever_stands_before_it(before in pieces(BIB)) {
        let text = format!("{before}\n@book{{last-of-all, title = {{Last}}}}\n");
        let gathered = read("briefs/a.bib", &text);
        // Only a comment or a well-balanced value that happens to hold it may swallow it.
        let there = gathered.sources.iter().any(|source| &*source.key == "last-of-all");
        prop_assert!(there || before.to_lowercase().contains("@comment"), "{text}");
    }
}
