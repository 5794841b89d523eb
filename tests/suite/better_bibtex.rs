//! A library of a thousand entries as Better BibTeX for Zotero writes it, read whole.
//!
//! The library is made here, the same each time: every type, every odd field, and titles, names and
//! dates of every kind, each with what must come of it.

use attache::model::source::Record;
use attache::model::text::without_tags;
use attache::source_file::{Gathered, merge, read};
use attache::yaml::View;

/// Types with the CSL type each becomes.
const TYPES: &[(&str, &str)] = &[
    ("article", "article-journal"),
    ("book", "book"),
    ("inbook", "chapter"),
    ("incollection", "chapter"),
    ("inproceedings", "paper-conference"),
    ("collection", "book"),
    ("report", "report"),
    ("thesis", "thesis"),
    ("online", "webpage"),
    ("misc", "document"),
    ("unpublished", "manuscript"),
    ("manual", "book"),
    ("patent", "patent"),
    ("legislation", "legislation"),
    ("jurisdiction", "legal_case"),
    ("audio", "song"),
    ("video", "motion_picture"),
    ("movie", "motion_picture"),
    ("image", "graphic"),
    ("artwork", "graphic"),
    ("letter", "personal_communication"),
    ("interview", "interview"),
    ("dataset", "dataset"),
    ("software", "software"),
    ("periodical", "periodical"),
    ("proceedings", "book"),
    ("booklet", "pamphlet"),
    ("standard", "standard"),
    ("performance", "performance"),
    ("inreference", "entry-encyclopedia"),
    ("mvbook", "book"),
];

/// Titles as written, and as they read without tags.
const TITLES: &[(&str, &str)] = &[
    ("Ferries and Their Ports", "Ferries and Their Ports"),
    ("The {{NATO}} Summit in {{Vilnius}}", "The NATO Summit in Vilnius"),
    ("{{EU}} Trade --- 1990--2020", "EU Trade — 1990–2020"),
    ("{\\'E}tudes on \\emph{Homo sapiens}", "Études on Homo sapiens"),
    ("Budgets \\& Borders: 50\\% More", "Budgets & Borders: 50% More"),
    ("{{Why}} \\textit{{{Realpolitik}}} Fails", "Why Realpolitik Fails"),
    ("{{CO}}\\textsubscript{2} and {{H}}$_2${{O}}", "CO2 and H2O"),
    ("Die {{Straße}} nach {{Łódź}}", "Die Straße nach Łódź"),
    ("{{東京}}の外交", "東京の外交"),
    ("The 21\\textsuperscript{st} Century \\textsc{act}", "The 21st Century act"),
    ("Section~5 of the \\enquote{Port} Act", "Section\u{a0}5 of the “Port” Act"),
    ("{{Report on Borders, Ports and Ferries}}", "Report on Borders, Ports and Ferries"),
    ("A \\textless{} B \\textbackslash{} C \\_ \\#1 \\$2", "A < B \\ C _ #1 $2"),
];

/// Authors as written, and as `family|given` or `=literal`.
const AUTHORS: &[(&str, &[&str])] = &[
    ("Ruiz, Ana", &["Ruiz|Ana"]),
    ("{{World Bank}}", &["=World Bank"]),
    ("Ruiz, Ana and Lindqvist, Karin and others", &["Ruiz|Ana", "Lindqvist|Karin", "=others"]),
    ("family=Gaulle, given=Charles, prefix=de, useprefix=true", &["Gaulle|Charles"]),
    ("family=Berg, given=Jan, prefix=van der, useprefix=false and Šimek, Eva", &["Berg|Jan", "Šimek|Eva"]),
    ("King, Jr., Martin Luther", &["King|Martin Luther"]),
    ("{{Ministry of Trade and Industry}} and O'Neill, Tom", &["=Ministry of Trade and Industry", "O'Neill|Tom"]),
    ("Garc{\\'i}a M{\\'a}rquez, Gabriel", &["García Márquez|Gabriel"]),
    ("family=Al Saud, given=Mohammed, prefix=bin, useprefix=true", &["Al Saud|Mohammed"]),
    ("李, 强", &["李|强"]),
    ("M{\\\"u}ller, J. K.", &["Müller|J. K."]),
];

/// Lines of a date, and the date.
const DATES: &[(&str, &str)] = &[
    ("date = {2024-08-20}", "2024-08-20"),
    ("date = {2023-05}", "2023-05"),
    ("date = {1999}", "1999"),
    ("date = {2023~}", "2023~"),
    ("date = {2020-05/2020-06}", "2020-05/2020-06"),
    ("date = {2024-21}", "2024-21"),
    ("date = {2019/}", "2019/"),
    ("year = {2024},\n  month = aug", "2024-08"),
    ("year = {forthcoming}", "forthcoming"),
    ("date = {2024-08-20T12:30:00Z}", "2024-08-20T12:30:00Z"),
];

/// Further lines of each kind that Better BibTeX writes.
const ODD: &[&str] = &[
    "file = {C\\:\\\\Users\\\\Ana\\\\Zotero\\\\storage\\\\AB12\\\\Ruiz - 2024 - Ferries.pdf;/home/ana/Zotero/storage/CD34/a\\:b.html}",
    "keywords = {ferry,Northport,⛔ No DOI found}",
    "copyright = {All rights reserved}",
    "langid = {ngerman}",
    "abstract = {About 40\\% of \\{all\\} ships; see https://a.example/x\\_y \\& others.\n\nSecond paragraph with 100\\% \\textasciitilde 5.}",
    "shortjournal = {J. Ferr.}",
    "howpublished = {\\url{https://a.example/~ana}}",
    "entrysubtype = {talk}",
    "ids = {oldKey1,oldKey2}",
    "url = {https://a.example/path?q=1&r=%20_x#top}",
    "urldate = {2024-08-21}",
    "doi = {10.1000/182_(x)}",
    "eprint = {2101.00001},\n  eprinttype = {arXiv},\n  eprintclass = {cs.CL}",
    "isbn = {978-3-16-148410-0}",
    "issn = {1234-5678}",
    "lccn = {HE5785 .R85}",
    "_eprint = {1234.5678}",
    "tex.referencetype = {foo}",
    "note = {Translated by A. B.}",
    "annotation = {Read again: {{important}}}",
    "pubstate = {prepublished}",
    "origdate = {1867}",
    "location = {Northport}",
    "publisher = {Harbour {\\&} Sons}",
    "editor = {Doe, Jane},\n  editortype = {compiler}",
    "translator = {Roe, Richard}",
    "series = {Port Studies},\n  number = {7}",
    "volume = {12},\n  pages = {12--34}",
    "edition = {2},\n  pagetotal = {340}",
    "eventtitle = {{{Port Days}}},\n  venue = {Riga}",
    "type = {Working Paper}",
    "institution = {{{RAND Corporation}}}",
    "version = {1.2.3}",
    "shorttitle = {Ferries}",
    "journaltitle = {Journal of {{Ferries}}}",
    "booktitle = {Handbook of {{Ports}}}",
    "organization = {{{BBC News}}}",
    "rights = {CC BY},\n  library = {Zotero}",
];

struct Wanted {
    key: String,
    kind: &'static str,
    title: &'static str,
    authors: &'static [&'static str],
    date: &'static str,
}

/// The library, and what must come of it.
fn library(entries: usize) -> (String, Vec<Wanted>) {
    let mut text = String::new();
    let mut wanted = Vec::new();
    for i in 0..entries {
        let (kind, csl) = TYPES[i % TYPES.len()];
        let (title, plain) = TITLES[i % TITLES.len()];
        let (author, authors) = AUTHORS[i % AUTHORS.len()];
        let (date, edtf) = DATES[i % DATES.len()];
        let key = match i % 7 {
            0 => format!("ruizFerriesTheirPorts{i}"),
            1 => format!("ruiz_ferries_{i}"),
            2 => format!("Müller:{i}a"),
            3 => format!("zotero-null-{i}"),
            4 => format!("ruiz+doe/{i}"),
            5 => format!("李{i}"),
            _ => format!("ruiz.{i}b"),
        };
        text.push_str(&format!("@{kind}{{{key},\n  title = {{{title}}},\n  author = {{{author}}},\n  {date},\n"));
        for step in 0..6 {
            let odd = ODD[(i * 5 + step * 7) % ODD.len()];
            // A preprint and a talk are of other types, which the unit tests tell apart.
            let other = (odd.starts_with("eprint") && kind == "article")
                || (odd.starts_with("eventtitle") && kind == "unpublished");
            if !other {
                text.push_str(&format!("  {odd},\n"));
            }
        }
        text.truncate(text.trim_end_matches([',', '\n']).len());
        text.push_str("\n}\n\n");
        wanted.push(Wanted { key, kind: csl, title: plain, authors, date: edtf });
    }
    (text, wanted)
}

fn name(value: &View<'_>) -> String {
    let part = |key: &str| value.get(key).and_then(|v| v.text());
    match part("literal") {
        Some(literal) => format!("={literal}"),
        None => format!("{}|{}", part("family").unwrap_or_default(), part("given").unwrap_or_default()),
    }
}

fn told(gathered: &Gathered) -> Vec<String> {
    gathered.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_thousand_entries_are_read_each_with_title_authors_and_date() {
    let (text, wanted) = library(1000);
    let gathered = read("briefs/library.bib", &text);
    assert_eq!(told(&gathered), [""; 0]);
    assert_eq!(gathered.sources.len(), 1000);
    for (source, wanted) in gathered.sources.iter().zip(&wanted) {
        let key = &wanted.key;
        assert_eq!(*source.key, **key);
        assert!(matches!(source.record, Record::Variables(_)));
        assert_eq!(source.record.get("type").and_then(|v| v.text()), Some(wanted.kind), "{key}");
        assert_eq!(source.title().map(without_tags).as_deref(), Some(wanted.title), "{key}");
        assert_eq!(source.published(), Some(wanted.date), "{key}");
        let Some(View::List(authors)) = source.record.get("author") else { panic!("{key} has no author") };
        assert_eq!(authors.iter().map(name).collect::<Vec<_>>(), wanted.authors, "{key}");
        for hidden in ["file", "copyright", "ids", "_eprint", "tex.referencetype"] {
            assert_eq!(source.record.get(hidden), None, "{key}");
        }
    }
}

#[test]
fn a_broken_entry_in_a_thousand_costs_that_one() {
    let (text, wanted) = library(1000);
    // The author's closing brace is lost in one, a comma in another.
    let broken = text.replacen("author = {Ruiz, Ana},", "author = {Ruiz, Ana,", 1);
    let start = broken.find("@mvbook").unwrap();
    let broken = format!("{}{}", &broken[..start], broken[start..].replacen("},\n", "}\n", 1));
    let gathered = read("briefs/library.bib", &broken);
    assert_eq!(gathered.sources.len(), 998, "{:?}", told(&gathered));
    assert_eq!(gathered.findings.len(), 2);
    assert!(told(&gathered)[0].contains(&format!("`{}`", wanted[0].key)), "{:?}", told(&gathered));
    let (sources, _) = merge([gathered]);
    let missing: Vec<usize> = (0..1000).filter(|i| !sources.contains_key(wanted[*i].key.as_str())).collect();
    assert_eq!(missing, [0, 30]);
}
