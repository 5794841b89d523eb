//! Pages and notes that are made by the program: stale ones fail here.

use crate::harness::{expect_file, note, root};
use attache::disk::Folder;

#[test]
fn the_list_of_rules_is_current() {
    let page = attache::check::docs_markdown() + &crate::rules::table();
    expect_file(&root().join("docs/rules.md"), &page);
}

#[test]
fn the_list_of_keys_is_current() {
    expect_file(&root().join("docs/keys.md"), &attache::app::action::keys_markdown());
}

#[test]
fn the_page_of_queries_names_every_term() {
    let page = std::fs::read_to_string(root().join("docs/search.md")).unwrap();
    for key in attache::search::Key::ALL {
        assert!(page.contains(&format!("| `{}` |", key.example())), "{}", key.example());
    }
}

#[test]
fn the_page_of_templates_is_current() {
    let read = |(id, text): &(&str, &str)| {
        let (template, findings) = attache::template::parse(id, &format!("templates/{id}.md"), text);
        assert_eq!(findings, [], "{id}");
        for section in template.sections.iter().filter(|s| s.form != attache::template::Form::Sources) {
            assert!(!section.guidance.is_empty(), "{id}: the section `{}` has no guidance", section.id);
        }
        assert!(!template.based_on.is_empty() && !template.description.is_empty(), "{id}");
        template
    };
    let templates: Vec<_> = attache::disk::embedded::TEMPLATES.iter().map(read).collect();
    assert_eq!(templates.len(), 15);
    expect_file(&root().join("docs/templates.md"), &attache::template::page(&templates));
}

#[test]
fn the_sample_desk_s_notes_are_what_its_drafts_give() {
    let folder = Folder::at(root());
    for draft in folder.drafts() {
        let note = note(&folder, &draft.slug);
        assert_eq!(note.findings, [], "{}", draft.slug);
        expect_file(&folder.note_path(&draft.slug, attache::note::Flavour::default()), &note.text);
    }
}
