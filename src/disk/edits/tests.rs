use super::*;
use crate::event_file::edit::{EventEdit, EventsWritten, FactEdit, Target};

const TEXT: &str = "title: t\ndate: 2024\nfacts:\n  - id: a\n    text: one\n";

fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    fs::create_dir_all(desk.path().join("briefs/events")).unwrap();
    for name in ["one", "two"] {
        fs::write(desk.path().join(path(name)), TEXT).unwrap();
    }
    desk
}

fn path(name: &str) -> String {
    format!("briefs/events/{name}.yaml")
}

/// A run of the program that has read the desk.
fn run(desk: &tempfile::TempDir) -> Folder {
    let folder = Folder::at(desk.path()).remembering();
    folder.load(&|_| ());
    folder
}

fn read(desk: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(desk.path().join(path(name))).unwrap()
}

fn tag(folder: &Folder, names: &[&str], tag: &str) -> EventsWritten {
    let edit = || EventEdit::Facts(vec![(Target { id: "a".into(), index: 0 }, FactEdit::AddTag(tag.into()))]);
    let edits: Vec<_> = names.iter().map(|name| (path(name), edit())).collect();
    folder.edit_events(&Doing::New(format!("tag {tag}")), &edits)
}

/// Takes an edit back, or makes it again.
fn go(folder: &Folder, edit: &PastEdit, back: bool) -> EventsWritten {
    let way = |file: &WrittenEvent| EventEdit::Again(if back { file.reversed() } else { file.clone() });
    let edits: Vec<_> = edit.files.iter().map(|file| (file.path.clone(), way(file))).collect();
    let number = Some(edit.number);
    folder.edit_events(&if back { Doing::Back(number) } else { Doing::Again(number) }, &edits)
}

fn names(edits: &[PastEdit]) -> Vec<&str> {
    edits.iter().map(|edit| &*edit.what).collect()
}

#[test]
fn a_later_run_takes_back_what_earlier_ones_did_step_by_step_to_the_first_bytes() {
    let desk = desk();
    tag(&run(&desk), &["one", "two"], "x");
    let first = run(&desk);
    tag(&first, &["one"], "y");
    let later = run(&desk);
    let past = later.past_edits();
    assert_eq!(names(&past), ["tag x", "tag y"]);
    assert_eq!(go(&later, &past[1], true).refused, None);
    assert_eq!(names(&later.past_edits()), ["tag x"]);
    go(&later, &past[0], true);
    assert_eq!((read(&desk, "one"), read(&desk, "two")), (TEXT.to_owned(), TEXT.to_owned()));
    assert_eq!(run(&desk).past_edits(), []);
    go(&later, &past[0], false);
    assert_eq!(names(&run(&desk).past_edits()), ["tag x"]);
}

#[test]
fn what_never_came_about_is_not_offered() {
    let desk = desk();
    let folder = run(&desk);
    tag(&folder, &["one"], "x");
    // Killed behind the line, before a file was written.
    folder.note_edit("never", vec![WrittenEvent::new(&path("one"), &read(&desk, "one"), "gone", None)]).unwrap();
    assert_eq!(names(&run(&desk).past_edits()), ["tag x"]);
}

#[test]
fn what_was_taken_back_by_hand_is_not_offered() {
    let desk = desk();
    let written = tag(&run(&desk), &["one", "two"], "x");
    fs::write(desk.path().join(path("one")), TEXT).unwrap();
    let past = run(&desk).past_edits();
    assert_eq!(past[0].files, written.written[1..]);
    fs::write(desk.path().join(path("two")), TEXT).unwrap();
    assert_eq!(run(&desk).past_edits(), []);
}

#[test]
fn what_somebody_else_changed_since_is_not_written_over() {
    let desk = desk();
    tag(&run(&desk), &["one"], "x");
    let theirs = read(&desk, "one").replace("one", "other");
    fs::write(desk.path().join(path("one")), &theirs).unwrap();
    let later = run(&desk);
    let past = later.past_edits();
    let refused = go(&later, &past[0], true).refused;
    assert_eq!(refused.as_deref(), Some("briefs/events/one.yaml: the file is not as that edit left it"));
    assert_eq!(read(&desk, "one"), theirs);
}

#[test]
fn what_a_finding_mended_is_taken_back_too_and_a_text_that_it_was_not_made_for_stays() {
    use crate::finding::Edit;
    use crate::yaml::Step;
    let desk = desk();
    let mend = |name: &str| {
        let way = vec![Step::Key("facts".into()), Step::Index(0), Step::Key("text".into())];
        vec![(path(name), EventEdit::Mend(Edit::Value(way, "other".to_owned())))]
    };
    run(&desk).edit_events(&Doing::New("mended".to_owned()), &mend("one"));
    assert_eq!(read(&desk, "one"), TEXT.replace("one", "other"));
    fs::write(desk.path().join(path("two")), "title: t\n").unwrap();
    let later = run(&desk);
    let refused = later.edit_events(&Doing::New("mended".to_owned()), &mend("two")).refused;
    let told = "briefs/events/two.yaml: it is not what was checked: reload the desk first";
    assert_eq!(refused.as_deref(), Some(told));
    let past = later.past_edits();
    assert_eq!(names(&past), ["mended"]);
    go(&later, &past[0], true);
    assert_eq!(read(&desk, "one"), TEXT);
}

#[test]
fn a_list_that_names_a_file_outside_the_desk_changes_none() {
    let desk = desk();
    let outside = tempfile::tempdir_in(desk.path().parent().unwrap()).unwrap();
    let file = outside.path().join("one.yaml");
    fs::write(&file, "after").unwrap();
    let up = format!("../{}/one.yaml", outside.path().file_name().unwrap().to_str().unwrap());
    let folder = run(&desk);
    for path in [up.as_str(), file.to_str().unwrap()] {
        folder.note_edit("evil", vec![WrittenEvent::new(path, "before", "after", None)]).unwrap();
    }
    assert_eq!(folder.past_edits(), []);
}

#[test]
fn a_torn_line_costs_itself_alone() {
    let desk = desk();
    let folder = run(&desk);
    tag(&folder, &["one"], "x");
    let file = desk.path().join(".attache").join(FILE);
    let whole = fs::read(&file).unwrap();
    let torn = [&whole[..], "{\"made\":{\"number\":7,\"time\":0,\"what\":\"caf\u{e9}".as_bytes()].concat();
    fs::write(&file, &torn[..torn.len() - 1]).unwrap();
    tag(&folder, &["two"], "y");
    assert_eq!(names(&run(&desk).past_edits()), ["tag x", "tag y"]);
}

#[test]
fn a_long_file_keeps_the_last_edits_and_both_ways() {
    let made = |number: u64| {
        let files = vec![WrittenEvent::new("briefs/events/one.yaml", "", &"x".repeat(20_000), None)];
        Line::Made(Made { number, time: 0, what: format!("edit {number}"), files })
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    for number in 0..70 {
        append(&file, &made(number)).unwrap();
        if number == 68 {
            append(&file, &Line::Back(68)).unwrap();
        }
    }
    assert!(fs::metadata(&file).unwrap().len() < LONG + 100_000);
    let Stacks { done, undone } = stacks(&fs::read_to_string(&file).unwrap());
    let numbers = |all: &VecDeque<Made>| all.iter().map(|made| made.number).collect::<Vec<_>>();
    assert_eq!(numbers(&undone), [68]);
    assert_eq!(numbers(&done).last(), Some(&69));
    assert!((KEPT..=60).contains(&done.len()), "{}", done.len());
}

#[test]
#[cfg(unix)]
fn the_file_is_for_its_owner_alone_and_what_is_none_is_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    let folder = run(&desk);
    assert!(tag(&folder, &["one"], "x").number.is_some());
    let file = desk.path().join(".attache").join(FILE);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("/dev/null", &file).unwrap();
    let written = tag(&folder, &["one"], "y");
    assert!(written.forgotten.unwrap().contains("not a plain file"));
    assert_eq!((written.number, written.written.len(), written.refused), (None, 1, None));
    assert_eq!(folder.past_edits(), []);
}
