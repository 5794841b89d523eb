use super::tests::{gathered, only, shown, told};
use crate::model::{Directness, Reliability, SourceStatus};
use crate::yaml::Position;

#[test]
fn abbreviations_are_written_out() {
    let text = "@string{ifa = \"Foreign \" # {Affairs}}\n@STRING(ap = {AP})\n@article{a, journal = IFA # { Weekly}, publisher = ap, month = jan, year = 2020}";
    let source = only(text);
    assert_eq!(source.parent_title(), Some("Foreign Affairs Weekly"));
    assert_eq!(source.publisher(), Some("AP"));
    let gathered = gathered("@article{a,\n  journal = nowhere,\n  title = {T}\n}");
    assert_eq!(told(&gathered), ["2:13 bad-value: no `@string` above this says what `nowhere` stands for"]);
    assert_eq!(gathered.sources[0].parent_title(), Some("nowhere"));
}

#[test]
fn entries_take_over_fields_of_others() {
    let text = "@incollection{part, title = {Part}, author = {A. B}, crossref = {whole}}\n\
                @book{whole, title = {Whole}, subtitle = {Sub}, editor = {E. F}, date = {2020}, publisher = {P}}\n\
                @xdata{house, publisher = {House}, location = {Riga}}\n\
                @book{own, title = {Own}, xdata = {house}, publisher = {Other}}\n\
                @article{piece, title = {Piece}, crossref = {issue}}\n\
                @periodical{issue, title = {Journal}, volume = {3}, xdata = {house}}";
    let gathered = gathered(text);
    assert_eq!(told(&gathered), [""; 0]);
    let keys: Vec<&str> = gathered.sources.iter().map(|s| &*s.key).collect();
    assert_eq!(keys, ["part", "whole", "own", "piece", "issue"]);
    let get = |i: usize, name: &str| gathered.sources[i].record.get(name).as_ref().map(shown);
    assert_eq!(get(0, "container-title").as_deref(), Some("Whole: Sub"));
    assert_eq!(get(0, "editor").as_deref(), Some("family: F, given: E."));
    assert_eq!((get(0, "issued").as_deref(), get(0, "title").as_deref()), (Some("2020"), Some("Part")));
    assert_eq!((get(2, "publisher").as_deref(), get(2, "publisher-place").as_deref()), (Some("Other"), Some("Riga")));
    assert_eq!((get(3, "container-title").as_deref(), get(3, "volume").as_deref()), (Some("Journal"), Some("3")));
    assert_eq!(get(3, "publisher-place").as_deref(), Some("Riga"));
}

#[test]
fn a_circle_ends_and_a_missing_parent_is_told() {
    let gathered =
        gathered("@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}\n@book{c, crossref={d}}");
    assert_eq!(told(&gathered), ["3:20 bad-value: `crossref` of `c` names `d`, which is no entry of this file"]);
    assert_eq!(gathered.sources.len(), 3);
}

#[test]
fn our_own_keys() {
    let source = only(
        "@book{k, title={T}, attache-reliability = {B}, attache-origin = {AFP}, attache-directness = {primary}, \
         attache-status = {retracted}, attache-capture = {captures/a.pdf}, attache-capture-sha256 = {ab}}",
    );
    assert_eq!(source.reliability, Some(Reliability::B));
    assert_eq!(source.origin.as_deref(), Some("AFP"));
    assert_eq!(source.directness, Some(Directness::Primary));
    assert_eq!(source.status, SourceStatus::Retracted);
    let capture = source.capture.unwrap();
    assert_eq!((&*capture.path, capture.sha256.as_deref()), ("captures/a.pdf", Some("ab")));
    let gathered = gathered("@book{k,\n  title = {T},\n  attache-reliability = {G},\n  attache-orign = {x},\n}");
    let told = told(&gathered);
    assert!(told[0].starts_with("3:26 bad-value: "), "{told:?}");
    assert_eq!(told[1], "4:20 unknown-key: unknown key `orign` of source `k`");
    assert_eq!(gathered.sources.len(), 1);
}

#[test]
fn a_broken_entry_costs_that_entry_and_is_told_by_line_and_column() {
    let text = "@book{a, title = {A}}\n\n@book{b,\n  title = {B}\n  year = 2020\n}\n@book{c, title = {C}}\n\
                @book{d,\n  title = {D,\n}\n@book{e, title = {E}}\n  @book{f, title = }\n@book{g, year = 2020a}\n\
                @book{, title = {H}}\n@book{i j, title = {I}}\n@book k\n";
    let gathered = gathered(text);
    let keys: Vec<&str> = gathered.sources.iter().map(|s| &*s.key).collect();
    assert_eq!(keys, ["a", "c", "e"]);
    let told = told(&gathered);
    let places: Vec<&str> = told.iter().map(|t| t.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["5:3", "8:1", "12:20", "13:21", "14:1", "15:9", "16:1"], "{told:#?}");
    assert_eq!(told[0], "5:3 bad-value: `b` cannot be read: a comma is expected here");
    assert_eq!(told[1], "8:1 bad-value: `@book` `d` is not closed by `}` before the next entry begins");
    assert!(gathered.findings.iter().all(|f| f.help.is_some()));
}

#[test]
fn an_unknown_type_is_a_document_with_a_warning() {
    let gathered = gathered("@artcle{k, title = {T}}");
    assert_eq!(told(&gathered), ["1:1 bad-value: `@artcle` is no type of entry; `k` is read as a document"]);
    assert_eq!(gathered.findings[0].help.as_deref(), Some("did you mean `@article`?"));
    assert_eq!(gathered.sources[0].record.get("type").and_then(|kind| kind.text()), Some("document"));
}

#[test]
fn text_that_is_no_bibtex_is_unreadable() {
    assert_eq!(gathered("Dear all,\nhello").findings[0].rule, "unreadable");
    assert_eq!(gathered("{\"a\": 1}").findings[0].rule, "unreadable");
    for empty in ["", "\n % nothing\n", "@comment{jabref-meta: x}\n", "@comment nothing\n", "\u{feff}"] {
        assert_eq!(told(&gathered(empty)), [""; 0], "{empty:?}");
    }
}

#[test]
fn keys_of_all_kinds_and_places_of_sources() {
    let text = "\u{feff}@book{müller_2020:a.b-c+d/e, title={T}}\r\n@book{ 東京, title={U}}";
    let gathered = gathered(text);
    assert_eq!(told(&gathered), [""; 0]);
    assert_eq!(&*gathered.sources[0].key, "müller_2020:a.b-c+d/e");
    let place = gathered.sources[1].place.clone().unwrap();
    assert_eq!((&*place.path, place.at), ("briefs/a.bib", Some(Position { line: 2, column: 8 })));
    let refused = super::super::read("briefs/a.bib", "@book{a#b, title={T}}");
    assert_eq!(told(&refused), ["1:7 bad-value: `a#b` cannot be cited: a key holds no `#`"]);
}

#[test]
fn repetition_is_bounded() {
    let mut text = String::from("@string{a = {xxxxxxxxxxxxxxxx}}\n");
    for _ in 0..40 {
        text.push_str("@string{a = a # a # a # a}\n");
    }
    text.push_str("@book{k, title = a}\n");
    let parent = format!("@book{{p, publisher = {{{}}}}}\n", "y".repeat(60_000));
    text.push_str(&parent);
    for i in 0..2000 {
        text.push_str(&format!("@inbook{{c{i}, crossref = {{p}}}}\n"));
    }
    assert!(gathered(&text).sources.len() > 2000);
}
