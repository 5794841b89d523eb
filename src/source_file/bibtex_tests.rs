use super::*;
use crate::yaml::View;

pub(super) fn gathered(text: &str) -> Gathered {
    crate::source_file::read("briefs/a.bib", text)
}

/// The findings as `line:column rule: message`.
pub(super) fn told(gathered: &Gathered) -> Vec<String> {
    gathered.findings.iter().map(|f| format!("{} {}: {}", f.position(), f.rule, f.message)).collect()
}

pub(super) fn only(text: &str) -> Source {
    let mut gathered = gathered(text);
    assert_eq!(told(&gathered), [""; 0], "{text}");
    assert_eq!(gathered.sources.len(), 1, "{text}");
    gathered.sources.remove(0)
}

pub(super) fn shown(value: &View<'_>) -> String {
    match value {
        View::Text(text) => text.to_string(),
        View::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(" & "),
        View::Map(entries) => {
            entries.iter().map(|(key, value)| format!("{key}: {}", shown(value))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// The variables of an entry with these fields.
fn variables(kind: &str, fields: &str) -> Vec<(String, String)> {
    let source = only(&format!("@{kind}{{k,\n{fields}\n}}\n"));
    let Record::Variables(variables) = source.record else { panic!("not CSL") };
    variables.views().map(|(name, value)| (name.to_owned(), shown(&value))).collect()
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
        assert!(crate::model::csl::TYPES.contains(&csl), "{csl}");
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
