//! Every footnote, every citation in the text and every entry of the list, ours beside Pandoc's.

use attache::note::{Flavour, style_text};

use crate::classes::{self, CLASSES};
use crate::document::{Document, Kind};
use crate::notes::{Desks, golden, root};

const STYLES: &[&str] = &[
    "chicago-notes",
    "modern-humanities-research-association",
    "chicago-author-date",
    "apa",
    "harvard-cite-them-right",
    "ieee",
];

/// One text, ours and Pandoc's.
struct Pair {
    place: String,
    ours: String,
    theirs: String,
}

/// The notes of a draft, by us and by Pandoc from our sources and style.
fn both(desks: &Desks, draft: &str, style: &str) -> (Document, Document) {
    let folder = tempfile::tempdir().unwrap();
    let csl = folder.path().join("style.csl");
    std::fs::write(&csl, style_text(style).unwrap()).unwrap();
    let ours = Document::read(&["-f", "gfm"], &desks.note(draft, Some(style), Flavour::Gfm));
    let arguments = ["-f", "markdown", "--citeproc", "--csl", csl.to_str().unwrap()];
    let theirs = Document::read(&arguments, &desks.note(draft, Some(style), Flavour::Pandoc));
    (ours, theirs)
}

/// What is to be the same: each text of the body, each note, each entry, and the order of the entries.
fn pairs(place: &str, ours: &Document, theirs: &Document) -> Vec<Pair> {
    let texts = |document: &Document| document.blocks.iter().map(|b| b.text.clone()).collect::<Vec<_>>();
    let (our_texts, their_texts) = (texts(ours), texts(theirs));
    let is_entry = |i: usize| theirs.blocks.get(i).is_some_and(|b| b.kind == Kind::Entry);
    // Both have the same texts in the same order, so the entries stand at the same places.
    let (our_entries, their_entries): (Vec<_>, Vec<_>) = (0..their_texts.len().max(our_texts.len()))
        .filter(|i| is_entry(*i))
        .map(|i| (our_texts.get(i).cloned().unwrap_or_default(), their_texts[i].clone()))
        .unzip();
    let mut pairs = Vec::new();
    let mut pair = |what: String, ours: Option<&String>, theirs: Option<&String>| {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        pairs.push(Pair { place: format!("{place}, {what}"), ours: text(ours), theirs: text(theirs) });
    };
    for i in (0..our_texts.len().max(their_texts.len())).filter(|i| !is_entry(*i)) {
        pair(format!("text {}", i + 1), our_texts.get(i), their_texts.get(i));
    }
    for i in 0..ours.notes.len().max(theirs.notes.len()) {
        pair(format!("note {}", i + 1), ours.notes.get(i), theirs.notes.get(i));
    }
    for i in 0..our_entries.len().max(their_entries.len()) {
        pair(format!("entry {}", i + 1), our_entries.get(i), their_entries.get(i));
    }
    pairs
}

#[test]
fn what_we_print_is_what_pandoc_prints_or_differs_for_a_reason_told() {
    let mut met = vec![0; CLASSES.len()];
    let (mut same, mut faults) = (0, Vec::new());
    for folder in [root().to_path_buf(), golden("forms")] {
        let desks = Desks::at(&folder);
        for draft in desks.drafts() {
            for style in STYLES {
                let (ours, theirs) = both(&desks, &draft, style);
                for pair in pairs(&format!("{draft} in {style}"), &ours, &theirs) {
                    match classes::explain(&pair.ours, &pair.theirs) {
                        Some(used) if used.is_empty() => same += 1,
                        Some(used) => used.iter().for_each(|class| met[*class] += 1),
                        None => {
                            faults.push(format!("{}\n  ours   {}\n  pandoc {}", pair.place, pair.ours, pair.theirs));
                        }
                    }
                }
            }
        }
    }
    let never: Vec<&str> = CLASSES.iter().zip(&met).filter(|(_, met)| **met == 0).map(|(c, _)| c.name).collect();
    let told: String = CLASSES.iter().zip(&met).map(|(c, met)| format!("{met:6}  {}: {}\n", c.name, c.why)).collect();
    assert!(faults.is_empty(), "{same} are the same\n{told}{} differ:\n{}", faults.len(), faults.join("\n"));
    assert!(never.is_empty(), "these differences no longer occur; take them off the list: {never:?}\n{told}");
}

#[test]
fn the_document_tells_every_class_of_difference() {
    let page = std::fs::read_to_string(root().join("docs/citations.md")).unwrap();
    for class in CLASSES {
        assert!(page.contains(&format!("| {} |", class.name)), "docs/citations.md does not tell `{}`", class.name);
    }
    let section = page.split("## Beside Pandoc").nth(1).unwrap();
    assert_eq!(
        section.lines().filter(|l| l.starts_with("| ")).count(),
        CLASSES.len() + 2,
        "a row for each, and no other"
    );
}
