//! A style cut down prints what the whole style prints, for every style that comes with the program.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::Style;
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest};

use super::super::super::item::{self, Entry};
use super::super::locale::{Spoken, asked};
use super::super::{Csl, Part, Standing, Wanted, markdown};
use super::Shape;
use crate::event_file::read_sources;

/// Sources of several kinds, each with an author: a variable that stands in for a missing author is
/// where Hayagriva and we differ on purpose.
const SOURCES: &str = "
news: { type: article, title: Talks in the capital, author: 'Nord, Ann', date: 2024-08-19, url: { value: 'https://e.org/1', date: 2024-08-20 }, parent: { type: newspaper, title: The Paper } }
page: { type: web, title: A page, author: { name: Ministry of Roads }, date: 2024-08, url: 'https://e.org/2' }
book: { type: book, title: A book of roads, author: ['Berg, Jo', 'Lund, Eva'], date: 2020, publisher: { name: Press, location: Oslo }, page-total: 300 }
journal: { type: article, title: On roads, author: 'Vik, Per', date: 2021-03, page-range: 10-20, parent: { type: periodical, title: Journal of Roads, volume: 4, issue: 2 } }
chapter: { type: chapter, title: A chapter, author: 'Dahl, Kim', page-range: 5-9, parent: { type: book, title: Whole, editor: 'Moe, Liv', date: 2019, publisher: Press } }
report: { type: report, title: A report, author: { name: Agency }, date: 2022-05-04, serial-number: R 7, publisher: Agency }
undated: { type: web, title: No date, author: 'Holm, Tor', url: { value: 'https://e.org/3', date: 2024-08-20 } }
";

fn entries() -> Vec<Entry> {
    let (sources, findings) = read_sources("s.yaml", SOURCES);
    assert_eq!(findings, []);
    (1..).zip(sources.values()).map(|(i, source)| item::entry(source, &format!("s{i}"), "en-GB").0).collect()
}

/// The last of several notes, each of one source, by the whole style.
fn whole(csl: &Csl, notes: &[&Entry]) -> String {
    let mut style = csl.style.clone();
    style.bibliography = None;
    let request = |item, note| {
        CitationRequest::new(vec![CitationItem::with_entry(item)], &style, Some(csl.locale.clone()), &csl.locales, note)
    };
    let mut driver = BibliographyDriver::new();
    for (note, entry) in (1..).zip(notes) {
        driver.citation(request(&entry.item, Some(note)));
    }
    let rendered = driver.finish(BibliographyRequest::new(&style, Some(csl.locale.clone()), &csl.locales));
    markdown::markdown(&rendered.citations.last().unwrap().citation, &csl.quotes)
}

#[test]
fn a_note_style_cut_down_prints_what_the_whole_style_prints() {
    let entries = entries();
    let mut compared = 0;
    for archived in ArchivedStyle::all() {
        let Style::Independent(style) = archived.get() else { continue };
        let spoken = Spoken::find(&asked(&style, "en-GB"));
        let csl = Csl::new(style, "en-GB", spoken);
        if !csl.is_note() {
            continue;
        }
        for (i, entry) in entries.iter().enumerate() {
            let other = &entries[(i + 1) % entries.len()];
            let rows = [
                (Standing::First, vec![entry]),
                (Standing::Near, vec![entry, other, entry]),
                (Standing::Same, vec![entry, entry]),
            ];
            for (standing, notes) in rows {
                let shape = Shape { standing: Some(standing), ..Shape::of(entry) };
                let cut = csl.cut(Part::Citation, &shape).unwrap();
                let ours = markdown::markdown(&csl.alone(&cut, &entry.item, None), &csl.quotes);
                let ours = ours.replace(super::super::inline::FIRST_NOTE, "1");
                assert_eq!(ours, whole(&csl, &notes), "{:?} {}", archived.names(), entry.key);
                compared += 1;
            }
        }
        let wanted = Wanted { entry: 0, at: None, standing: Standing::First };
        assert!(!csl.form(&entries[0], &wanted).is_empty());
    }
    assert!(compared > 90, "{compared}");
}

#[test]
fn a_bibliography_made_one_by_one_is_the_one_made_together() {
    let entries = entries();
    for archived in ArchivedStyle::all() {
        let Style::Independent(style) = archived.get() else { continue };
        let spoken = Spoken::find(&asked(&style, "en-GB"));
        let csl = Csl::new(style, "en-GB", spoken);
        let mut plain = csl.style.clone();
        let Some(bibliography) = &mut plain.bibliography else { continue };
        // Numbers and the order are ours to give; here each source stands alone.
        bibliography.second_field_align = None;
        bibliography.sort = None;
        for entry in &entries {
            let locale = Some(csl.locale.clone());
            let mut driver = BibliographyDriver::new();
            let item = vec![CitationItem::with_entry(&entry.item)];
            driver.citation(CitationRequest::new(item, &plain, locale.clone(), &csl.locales, Some(1)));
            let rendered = driver.finish(BibliographyRequest::new(&plain, locale, &csl.locales));
            let theirs = markdown::markdown(&rendered.bibliography.unwrap().items[0].content, &csl.quotes);
            let cut = Shape::of(entry).listing(&plain).unwrap();
            let ours = markdown::markdown(&csl.alone(&cut, &entry.item, None), &csl.quotes);
            let ours = ours.replace(super::super::inline::CITATION_NUMBER, "1");
            let ours = super::super::not_a_list(ours);
            assert_eq!(ours, theirs, "{:?} {}", archived.names(), entry.key);
        }
    }
}
