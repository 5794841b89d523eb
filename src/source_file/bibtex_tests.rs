use super::*;
use crate::model::{Directness, Reliability, SourceStatus};
use crate::yaml::{Position, Value};

fn gathered(text: &str) -> Gathered {
    crate::source_file::read("briefs/a.bib", text)
}

/// The findings as `line:column rule: message`.
fn told(gathered: &Gathered) -> Vec<String> {
    gathered.findings.iter().map(|f| format!("{} {}: {}", f.position(), f.rule, f.message)).collect()
}

fn only(text: &str) -> Source {
    let mut gathered = gathered(text);
    assert_eq!(told(&gathered), [""; 0], "{text}");
    assert_eq!(gathered.sources.len(), 1, "{text}");
    gathered.sources.remove(0)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(" & "),
        Value::Map(entries) => {
            entries.iter().map(|(key, value)| format!("{key}: {}", shown(value))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// The variables of an entry with these fields.
fn variables(kind: &str, fields: &str) -> Vec<(String, String)> {
    let source = only(&format!("@{kind}{{k,\n{fields}\n}}\n"));
    let Record::Variables(variables) = source.record else { panic!("not CSL") };
    variables.iter().map(|(name, value)| (name.to_string(), shown(value))).collect()
}

/// Tells whether these variables, and no others but `type`, come of the fields.
fn expect(kind: &str, fields: &str, expected: &[(&str, &str)]) {
    let got = variables(kind, fields);
    let got: Vec<(&str, &str)> =
        got.iter().map(|(k, v)| (k.as_str(), v.as_str())).filter(|(k, _)| *k != "type").collect();
    assert_eq!(got, expected, "@{kind} {fields}");
}

#[test]
fn every_type_has_its_csl_type() {
    for (kind, csl) in [
        ("article", "article-journal"),
        ("book", "book"),
        ("mvbook", "book"),
        ("inbook", "chapter"),
        ("bookinbook", "chapter"),
        ("suppbook", "chapter"),
        ("booklet", "pamphlet"),
        ("collection", "book"),
        ("incollection", "chapter"),
        ("suppcollection", "chapter"),
        ("manual", "book"),
        ("misc", "document"),
        ("online", "webpage"),
        ("www", "webpage"),
        ("electronic", "webpage"),
        ("patent", "patent"),
        ("periodical", "periodical"),
        ("suppperiodical", "article-journal"),
        ("proceedings", "book"),
        ("inproceedings", "paper-conference"),
        ("conference", "paper-conference"),
        ("reference", "book"),
        ("inreference", "entry-encyclopedia"),
        ("report", "report"),
        ("techreport", "report"),
        ("thesis", "thesis"),
        ("phdthesis", "thesis"),
        ("mastersthesis", "thesis"),
        ("unpublished", "manuscript"),
        ("artwork", "graphic"),
        ("audio", "song"),
        ("image", "graphic"),
        ("jurisdiction", "legal_case"),
        ("legislation", "legislation"),
        ("legal", "treaty"),
        ("letter", "personal_communication"),
        ("interview", "interview"),
        ("movie", "motion_picture"),
        ("music", "song"),
        ("performance", "performance"),
        ("review", "review"),
        ("software", "software"),
        ("standard", "standard"),
        ("video", "motion_picture"),
        ("dataset", "dataset"),
        ("newspaper", "article-newspaper"),
        ("Article", "article-journal"),
    ] {
        let read = variables(kind, "title = {T}");
        assert_eq!(read[0], ("type".to_owned(), csl.to_owned()), "@{kind}");
        assert!(crate::source_file::csl::TYPES.contains(&csl), "{csl}");
    }
    for (kind, fields, csl) in [
        ("article", "entrysubtype = {newspaper}", "article-newspaper"),
        ("article", "entrysubtype = {magazine}", "article-magazine"),
        ("article", "eprint = {2101.00001}, eprinttype = {arXiv}", "article"),
        ("article", "journaltitle = {J}, eprint = {2101.00001}, eprinttype = {arXiv}", "article-journal"),
        ("online", "entrysubtype = {blog}", "post-weblog"),
        ("online", "entrysubtype = {forum}", "post"),
        ("misc", "entrysubtype = {newspaper}", "article-newspaper"),
        ("misc", "entrysubtype = {podcast}", "broadcast"),
        ("unpublished", "eventtitle = {Talks}", "speech"),
        ("inreference", "entrysubtype = {dictionary}", "entry-dictionary"),
    ] {
        assert_eq!(variables(kind, fields)[0].1, csl, "@{kind} {fields}");
    }
}

#[test]
fn titles_and_what_holds_them() {
    expect(
        "book",
        "title = {On {NATO}}, subtitle = {A view}, titleaddon = {Draft}",
        &[
            ("title", "On <span class=\"nocase\">NATO</span>: A view. Draft"),
            ("title-short", "On <span class=\"nocase\">NATO</span>"),
        ],
    );
    expect(
        "book",
        "title = {Why?}, subtitle = {Because}, shorttitle = {Why}",
        &[("title", "Why? Because"), ("title-short", "Why")],
    );
    expect(
        "book",
        "title = {Of the sea}, maintitle = {Law}, volume = {2}, volumes = {5}, part = {1}",
        &[
            ("title", "Law"),
            ("volume-title", "Of the sea"),
            ("volume", "2"),
            ("number-of-volumes", "5"),
            ("part-number", "1"),
        ],
    );
    expect(
        "incollection",
        "title = {T}, booktitle = {B}, booksubtitle = {S}, maintitle = {M}, chapter = {3}",
        &[("title", "T"), ("volume-title", "B: S"), ("container-title", "M"), ("chapter-number", "3")],
    );
    expect(
        "article",
        "title = {T}, journaltitle = {J}, journalsubtitle = {S}, shortjournal = {J.}, series = {2}",
        &[("title", "T"), ("container-title", "J: S"), ("container-title-short", "J."), ("collection-title", "2")],
    );
    expect(
        "inproceedings",
        "title = {T}, booktitle = {P}, eventtitle = {E}, eventdate = {2024-05-01/2024-05-03}, venue = {Riga}",
        &[
            ("title", "T"),
            ("event-title", "E"),
            ("container-title", "P"),
            ("event-date", "2024-05-01/2024-05-03"),
            ("event-place", "Riga"),
        ],
    );
    expect(
        "online",
        "title = {T}, organization = {BBC News}, url = {https://bbc.example/x_y}, urldate = {2024-08-20}",
        &[
            ("title", "T"),
            ("container-title", "BBC News"),
            ("accessed", "2024-08-20"),
            ("URL", "https://bbc.example/x_y"),
        ],
    );
    expect(
        "article",
        "title = {T}, issuetitle = {Special}, journal = {J}",
        &[("title", "T"), ("volume-title", "Special"), ("container-title", "J")],
    );
}

#[test]
fn people() {
    let name = |text: &str| text.to_owned();
    for (fields, variable, names) in [
        (
            "author = {Ruiz, Ana and {{World Bank}} and others}",
            "author",
            "family: Ruiz, given: Ana & literal: World Bank & literal: others",
        ),
        ("editor = {de Gaulle, Charles}", "editor", "family: Gaulle, given: Charles, non-dropping-particle: de"),
        ("editor = {A. B}, editortype = {compiler}", "compiler", "family: B, given: A."),
        ("editor = {A. B}, editortype = {director}", "director", "family: B, given: A."),
        ("editor = {A. B}, editora = {C. D}, editoratype = {collaborator}", "contributor", "family: D, given: C."),
        (
            "editor = {A. B}, editora = {C. D}, editoratype = {redactor}",
            "editor",
            "family: B, given: A. & family: D, given: C.",
        ),
        ("translator = {Smith, Jr., J.}", "translator", "family: Smith, given: J., suffix: Jr."),
        ("bookauthor = {A. B}", "container-author", "family: B, given: A."),
        (
            "author = {von Goethe, J.}, options = {useprefix=false}",
            "author",
            "family: Goethe, given: J., dropping-particle: von",
        ),
        (
            "author = {family=Gaulle, given=Charles, prefix=de, useprefix=true}",
            "author",
            "family: Gaulle, given: Charles, non-dropping-particle: de",
        ),
        (
            "author = {O’Neill, T. and {\\'E}mile Zola}",
            "author",
            "family: O’Neill, given: T. & family: Zola, given: Émile",
        ),
    ] {
        let read = variables("book", fields);
        assert!(read.contains(&(name(variable), name(names))), "{fields}: {read:?}");
    }
    expect(
        "patent",
        "holder = {{Siemens AG}}, type = {patentus}, number = {1234}, location = {countryus}",
        &[
            ("author", "literal: Siemens AG"),
            ("genre", "U.S. patent"),
            ("number", "1234"),
            ("jurisdiction", "countryus"),
        ],
    );
}

#[test]
fn numbers_and_pages() {
    expect(
        "article",
        "volume = {12}, number = {3}, issue = {Spring}, pages = {12--34, 40}",
        &[("volume", "12"), ("page", "12-34, 40"), ("issue", "3, Spring")],
    );
    expect("article", "number = {1--2}, pages = {e123}", &[("page", "e123"), ("issue", "1-2")]);
    expect(
        "book",
        "series = {Studies}, number = {7}, edition = {2}, pagetotal = {340}",
        &[("collection-title", "Studies"), ("edition", "2"), ("number-of-pages", "340"), ("collection-number", "7")],
    );
    expect(
        "report",
        "number = {R-12}, type = {Working paper}, version = {1.1}, institution = {RAND}",
        &[("version", "1.1"), ("genre", "Working paper"), ("number", "R-12"), ("publisher", "RAND")],
    );
    for (kind, fields, genre) in [
        ("phdthesis", "", "PhD thesis"),
        ("thesis", "type = {phdthesis}", "PhD thesis"),
        ("thesis", "type = {mathesis}", "Master’s thesis"),
        ("mastersthesis", "", "Master’s thesis"),
        ("report", "type = {techreport}", "technical report"),
        ("thesis", "type = {Habilitation}", "Habilitation"),
    ] {
        expect(kind, fields, &[("genre", genre)]);
    }
}

#[test]
fn dates_become_edtf() {
    for (fields, date) in [
        ("date = {2024-08-20}", "2024-08-20"),
        ("date = {2023~}", "2023~"),
        ("date = {2023\\textasciitilde}", "2023~"),
        ("date = {2020-05/2020-06}", "2020-05/2020-06"),
        ("date = {2024-21}", "2024-21"),
        ("date = {2020/}", "2020/"),
        ("year = {2024}", "2024"),
        ("year = 2024", "2024"),
        ("year = {2024}, month = aug", "2024-08"),
        ("year = {2024}, month = {Aug.}, day = {5}", "2024-08-05"),
        ("year = {2024}, month = 8, day = 20", "2024-08-20"),
        ("year = 2024, month = aug # {~12}", "2024-08-12"),
        ("year = 2024, month = \"12~\" # aug", "2024-08-12"),
        ("year = {2024}, month = {August}", "2024-08"),
        ("year = {2024}, month = {May--June}", "2024-05/2024-06"),
        ("year = {2024}, month = {Summer}", "2024-22"),
        ("year = {2024}, month = {Lent}", "2024"),
        ("year = {2020--2021}", "2020/2021"),
        ("year = {c. 1999}", "1999~"),
        ("year = {forthcoming}", "forthcoming"),
        ("year = {476}", "0476"),
    ] {
        expect("misc", fields, &[("issued", date)]);
    }
    expect(
        "book",
        "date = {2001}, origdate = {1867}, urldate = {2024-08-20}",
        &[("issued", "2001"), ("original-date", "1867"), ("accessed", "2024-08-20")],
    );
}

#[test]
fn publishers_places_and_ways_out() {
    expect(
        "book",
        "publisher = {Springer and {Simon and Schuster}}, location = {Berlin and New York}",
        &[("publisher", "Springer; Simon and Schuster"), ("publisher-place", "Berlin; New York")],
    );
    expect(
        "thesis",
        "school = {University of Riga}, address = {Riga}",
        &[("publisher", "University of Riga"), ("publisher-place", "Riga")],
    );
    expect("misc", "howpublished = {\\url{https://a.example/x_1}}", &[("URL", "https://a.example/x_1")]);
    expect("misc", "howpublished = {Letter}", &[("publisher", "Letter")]);
    expect("misc", "howpublished = {CD}, publisher = {P}", &[("medium", "CD"), ("publisher", "P")]);
    expect(
        "jurisdiction",
        "title = {A v B}, institution = {High Court}",
        &[("title", "A v B"), ("authority", "High Court")],
    );
}

#[test]
fn identifiers() {
    expect(
        "article",
        "doi = {https://doi.org/10.1000/x_y}, isbn = {978-1}, issn = {1234-5678}, journal = {J}",
        &[("container-title", "J"), ("DOI", "10.1000/x_y"), ("ISBN", "978-1"), ("ISSN", "1234-5678")],
    );
    expect(
        "online",
        "eprint = {2101.00001}, eprinttype = {arXiv}, eprintclass = {cs.CL}",
        &[
            ("URL", "https://arxiv.org/abs/2101.00001"),
            ("archive", "arXiv"),
            ("archive_location", "2101.00001 [cs.CL]"),
            ("number", "arXiv:2101.00001"),
        ],
    );
    expect("misc", "eprint = {123}, eprinttype = {pubmed}, pmcid = {PMC9}", &[("PMCID", "PMC9"), ("PMID", "123")]);
    expect("misc", "eprint = {123}, archiveprefix = {jstor}", &[("URL", "https://www.jstor.org/stable/123")]);
    expect("misc", "url = {https://a.example/?q=50\\%25\\&x=\\_1}", &[("URL", "https://a.example/?q=50%25&x=_1")]);
}

#[test]
fn remarks_and_the_odd_fields_of_better_bibtex() {
    expect(
        "book",
        "abstract = {50\\% of \\emph{all} & 10% more}, keywords = {a,b}, langid = {british}, pubstate = {inpress}",
        &[
            ("abstract", "50% of <i>all</i> & 10% more"),
            ("keyword", "a,b"),
            ("language", "en-GB"),
            ("status", "inpress"),
        ],
    );
    expect(
        "book",
        "note = {N}, addendum = {A}, annotation = {Mine}, lccn = {QA 1}",
        &[("call-number", "QA 1"), ("annote", "Mine"), ("note", "N. A")],
    );
    let odd = "file = {Full text:C\\:\\\\Users\\\\x\\\\a.pdf:application/pdf;b\\: c.html}, copyright = {All rights}, \
               ids = {a,b}, _eprint = {x}, tex.foo = {y}, shorthand = {z}, urn:x = {1}, nocite = {2}";
    expect("book", odd, &[]);
}

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
    let get = |i: usize, name: &str| gathered.sources[i].record.get(name).map(shown);
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
    assert_eq!(gathered.sources[0].record.get("type").and_then(Value::text), Some("document"));
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
