//! Golden cases: what a small desk's drafts give, byte for byte.

use crate::harness::{expect_file, root, with_draft};
use attache::check::{DraftRequest, check_draft};
use attache::disk::{Folder, embedded};
use attache::note::{Formatter, compose};

#[test]
fn every_golden_case_gives_its_notes() {
    let mut cases: Vec<_> =
        std::fs::read_dir(root().join("tests/data/golden")).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let folder = Folder::at(&case);
        // A case without events stands on the sample desk's, and one without templates on the shipped ones.
        let facts = if case.join("briefs/events").exists() { Folder::at(&case) } else { Folder::at(root()) };
        let drafts = folder.drafts();
        assert!(!drafts.is_empty(), "{} has no draft", case.display());
        for draft in drafts {
            let note = with_draft(&folder, &facts, &draft.slug, |r| compose(r, &Formatter::new()));
            expect_file(&case.join(format!("briefs/notes/{}.md", draft.slug)), &note.text);
            let findings: String = note.findings.iter().map(|f| format!("{f}\n")).collect();
            let expected = case.join(format!("findings/{}.txt", draft.slug));
            if !findings.is_empty() || expected.exists() {
                expect_file(&expected, &findings);
            }
        }
    }
}

/// The drafts of the sample desk and of the case `templates` show each shipped template in use.
#[test]
fn every_shipped_template_has_a_draft_in_which_nothing_is_wrong() {
    let sample = Folder::at(root());
    let (mut shown, mut told) = (Vec::new(), String::new());
    for folder in [Folder::at(root()), Folder::at(root().join("tests/data/golden/templates"))] {
        for draft in folder.drafts() {
            with_draft(&folder, &sample, &draft.slug, |r| {
                let request = DraftRequest { desk: r.desk, template: r.template, draft: r.draft, path: r.path };
                let mut findings = check_draft(&request);
                findings.retain(|f| f.severity != attache::finding::Severity::Info);
                findings.iter_mut().for_each(|f| f.place_in(r.draft.text()));
                let findings: String = findings.iter().map(|f| format!("{f}\n")).collect();
                told += &findings;
                shown.push(r.template.id.clone());
            });
        }
    }
    assert!(told.is_empty(), "{told}");
    for (id, _) in embedded::TEMPLATES {
        assert!(shown.iter().any(|s| s == id), "no draft shows the template `{id}`");
    }
}

#[test]
fn a_draft_is_filled_by_its_template_s_rules() {
    let case = root().join("tests/data/fill");
    let folder = Folder::at(&case);
    let loaded = folder.load(&|_| ());
    assert_eq!(loaded.findings, []);
    let (templates, _) = folder.templates();
    let template = templates.iter().find(|t| t.id == "t").unwrap();
    let file = folder.read_draft("before").unwrap();
    let draft = attache::draft::Draft::parse(&file.text, &template.outline());
    let facts: Vec<_> = loaded.desk.facts().collect();
    let filled = attache::draft::fill(&loaded.desk, template, &draft, &facts);
    expect_file(&case.join("after.md"), filled.draft.text());
    let again = attache::draft::fill(&loaded.desk, template, &filled.draft, &facts);
    assert_eq!(again.draft.text(), filled.draft.text(), "filling again places nothing twice");
}

#[test]
fn what_is_not_for_use_is_filled_into_no_line_to_take() {
    let folder = Folder::at(root().join("tests/data/golden/roles"));
    let loaded = folder.load(&|_| ());
    let (templates, _) = folder.templates();
    let template = templates.iter().find(|t| t.id == "t").unwrap();
    let draft = attache::draft::Draft::parse("", &template.outline());
    let facts: Vec<_> = loaded.desk.facts().collect();
    let filled = attache::draft::fill(&loaded.desk, template, &draft, &facts);
    let placed: Vec<String> = filled.placed.iter().map(ToString::to_string).collect();
    assert_eq!(placed, ["e#closed", "e#cost"], "the statement `e#secret` is not for use");
}

#[test]
fn written_notes_are_safe_and_polished() {
    for note in every_note() {
        let text = std::fs::read_to_string(&note).unwrap();
        let shown = note.display();
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{shown}: one final newline");
        assert!(!text.contains("\n\n\n"), "{shown}: one blank line between blocks");
        for (i, line) in text.lines().enumerate() {
            assert_eq!(line, line.trim_end(), "{shown}:{}: trailing space", i + 1);
        }
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{shown}: control character");
        let outside_code: String = text.split("```").step_by(2).collect();
        assert!(!outside_code.contains("{#") && !outside_code.contains("[@"), "{shown}: attributes or keys left in");
    }
}

#[test]
fn another_reader_sees_the_same_structure() {
    for note in every_note() {
        let text = std::fs::read_to_string(&note).unwrap();
        let shown = note.display();
        let arena = comrak::Arena::new();
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.footnotes = true;
        options.extension.strikethrough = true;
        let tree = comrak::parse_document(&arena, &text, &options);
        let (mut references, mut definitions, mut headings, mut items) = (0, 0, 0, 0);
        for node in tree.descendants() {
            match &node.data.borrow().value {
                comrak::nodes::NodeValue::FootnoteReference(_) => references += 1,
                comrak::nodes::NodeValue::FootnoteDefinition(_) => definitions += 1,
                comrak::nodes::NodeValue::Heading(_) => headings += 1,
                comrak::nodes::NodeValue::Item(_) => items += 1,
                _ => {}
            }
        }
        let written = text.lines().filter(|l| l.starts_with("[^")).count();
        assert_eq!(definitions, written, "{shown}: every note is a definition to comrak, and is referred to");
        assert!(references >= definitions, "{shown}");
        let (mut theirs, mut notes, mut their_items) = (0, 0, 0);
        for event in attache::markdown::parse(&text) {
            match event.0 {
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { .. }) => theirs += 1,
                pulldown_cmark::Event::FootnoteReference(_) => notes += 1,
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Item) => their_items += 1,
                _ => {}
            }
        }
        assert_eq!(
            (headings, references, items),
            (theirs, notes, their_items),
            "{shown}: comrak and pulldown-cmark agree"
        );
    }
}

/// The notes of the sample desk and of every golden case.
fn every_note() -> Vec<std::path::PathBuf> {
    let mut folders = vec![root().join("briefs/notes")];
    let cases = std::fs::read_dir(root().join("tests/data/golden")).unwrap();
    folders.extend(cases.map(|e| e.unwrap().path().join("briefs/notes")));
    let notes = folders.iter().flat_map(|f| std::fs::read_dir(f).unwrap()).map(|e| e.unwrap().path());
    let notes: Vec<_> = notes.filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    assert!(notes.len() >= 3);
    notes
}

/// Whole desks of good work, three long drafts in three languages among them: no rule has a word to say.
#[test]
fn good_desks_raise_no_alarm() {
    for desk in [root().to_owned(), root().join("tests/data/golden/long")] {
        let run = crate::harness::Run::of(crate::harness::program().arg("--desk").arg(&desk).arg("check"));
        assert!(run.err.contains("0 errors, 0 warnings, "), "{}", run.err);
        assert_eq!((run.status, run.err.lines().count()), (0, 1), "{}: {}", desk.display(), run.err);
    }
}
