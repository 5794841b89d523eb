//! Pages and notes that are made by the program: stale ones fail here.

use crate::harness::{expect_file, note, root};
use attache::disk::Folder;

#[test]
fn the_list_of_rules_is_current() {
    expect_file(&root().join("docs/rules.md"), &attache::check::docs_markdown());
}

#[test]
fn the_list_of_keys_is_current() {
    expect_file(&root().join("docs/keys.md"), &attache::app::action::keys_markdown());
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
