//! Our text formats, read by Pandoc.

use attache::note::Flavour;

use crate::document::{Document, Kind};
use crate::notes::{Desks, golden, root};
use crate::peer;

const GFM: &[&str] = &["-f", "gfm"];

/// Every draft of the sample desk and of some golden cases, with its desk.
fn each(act: impl Fn(&Desks, &str)) {
    for folder in [root().to_path_buf(), golden("templates"), golden("forms"), golden("portions"), golden("summary")] {
        let desks = Desks::at(&folder);
        desks.drafts().iter().for_each(|draft| act(&desks, draft));
    }
}

/// A text without what differs between the formats: emphasis, and the marks of notes.
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let inside = rest[at + 1..].trim_start_matches('^');
        let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && inside[digits..].starts_with(']') {
            out.push_str(&rest[..at]);
            rest = &inside[digits + 1..];
        } else {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
        }
    }
    out.push_str(rest);
    out.replace('*', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_document_made_by_pandoc_has_the_note_s_footnotes_and_all_its_sources_in_order() {
    let desks = Desks::at(root());
    for draft in desks.drafts() {
        for style in ["chicago-notes", "apa", "ieee"] {
            let folder = tempfile::tempdir().unwrap();
            let csl = folder.path().join("style.csl");
            let docx = folder.path().join("note.docx");
            std::fs::write(&csl, attache::note::style_text(style).unwrap()).unwrap();
            let arguments = ["-f", "markdown", "--citeproc", "--csl", csl.to_str().unwrap(), "-t", "docx", "-o"];
            let arguments = [&arguments[..], &[docx.to_str().unwrap()]].concat();
            peer::bytes(&arguments, desks.note(&draft, Some(style), Flavour::Pandoc).as_bytes());
            let text = peer::bytes(&["-f", "docx", "-t", "plain", "--wrap=none"], &std::fs::read(&docx).unwrap());
            let text = String::from_utf8(text).unwrap().replace('\u{a0}', " ").replace('\'', "’");
            let gfm = Document::read(GFM, &desks.note(&draft, Some(style), Flavour::Gfm));
            let place = format!("{draft} in {style}");
            let mut from = 0;
            let heading = gfm.headings().into_iter().find(|h| h.text.starts_with("Sources")).unwrap();
            let addresses = gfm.blocks.iter().skip_while(|b| *b != heading).filter_map(|b| address(&b.text));
            let addresses: Vec<&str> = addresses.collect();
            assert!(addresses.len() > 10, "{place}");
            let sources = text.rfind(&format!("\n{}\n", heading.text));
            let sources = sources.unwrap_or_else(|| panic!("{place}: no sources in\n{text}"));
            for address in addresses {
                let at = text[sources + from..].find(address);
                from += at.unwrap_or_else(|| panic!("{place}: {address} is not in its turn")) + address.len();
            }
            for number in 1..=gfm.notes.len() {
                let (mark, note) = (format!("[{number}]"), format!("\n[{number}] "));
                assert!(text.contains(&note), "{place}: no note {number}");
                assert!(text.find(&mark) < text.find(&note), "{place}: note {number} is marked before it stands");
            }
            let next = format!("\n[{}] ", gfm.notes.len() + 1);
            assert!(style == "ieee" || !text.contains(&next), "{place}: a note too many");
        }
    }
}

fn address(entry: &str) -> Option<&str> {
    let address = &entry[entry.find("http")?..];
    let end = address.find([' ', '>']).unwrap_or(address.len());
    Some(address[..end].trim_end_matches(['.', ';']))
}

/// Pandoc reads the same headings, texts and notes out of our CommonMark as out of our GFM.
#[test]
fn commonmark_says_what_gfm_says() {
    each(|desks, draft| {
        let gfm = Document::read(GFM, &desks.note(draft, None, Flavour::Gfm));
        let plain = Document::read(&["-f", "commonmark"], &desks.note(draft, None, Flavour::CommonMark));
        assert_eq!(plain.tables, 0, "{draft}");
        assert_eq!(plain.notes, [] as [String; 0], "{draft}");
        let notes = gfm.notes.len();
        let (body, list) = plain.blocks.split_at(plain.blocks.len() - notes);
        let texts: Vec<String> = list.iter().map(|b| words(&b.text)).collect();
        let expected: Vec<String> = gfm.notes.iter().map(|note| words(note)).collect();
        assert_eq!(texts, expected, "{draft}: the notes");
        let headings: Vec<_> = gfm.headings().into_iter().collect();
        let theirs: Vec<_> = plain.headings().into_iter().take(headings.len()).collect();
        assert_eq!(theirs, headings, "{draft}: the headings");
        assert_eq!(
            plain.headings().len(),
            headings.len() + usize::from(notes > 0),
            "{draft}: one heading over the notes"
        );
        if gfm.tables == 0 {
            let body = body.iter().filter(|b| notes == 0 || b.text != "Notes" || b.kind != Kind::Heading(2));
            let body: Vec<String> = body.map(|b| words(&b.text)).collect();
            let expected: Vec<String> = gfm.blocks.iter().map(|b| words(&b.text)).collect();
            assert_eq!(body, expected, "{draft}: the texts");
        }
    });
}

/// Other readers see no list, note or table in a note where GFM has none: `(U)` begins no list.
#[test]
fn pandoc_s_own_markdown_finds_the_structure_that_gfm_has() {
    let count = |d: &Document| (d.lists, d.items, d.notes.len(), d.tables, d.headings().len());
    for case in ["templates", "forms", "portions", "roles", "summary"] {
        let notes = std::fs::read_dir(golden(case).join("briefs/notes")).unwrap().map(|e| e.unwrap().path());
        for note in notes.filter(|path| path.extension().is_some_and(|e| e == "md")) {
            let text = std::fs::read_to_string(&note).unwrap();
            let (gfm, own) = (Document::read(GFM, &text), Document::read(&["-f", "markdown"], &text));
            assert_eq!(count(&own), count(&gfm), "{}: lists, items, notes, tables, headings", note.display());
        }
    }
}
