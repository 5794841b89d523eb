//! What docs/teams.md advises and warns of, one test a claim.

use crate::desk::{Clone, DRAFT, EVENT, NOTE, SOURCES, Shared};
use crate::table::source;

/// A fenced example of the page, by its first words.
fn example(kind: &str, holds: &str) -> String {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/teams.md")).unwrap();
    let fence = format!("```{kind}\n");
    let fences = page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap());
    fences.map(str::to_owned).find(|text| text.contains(holds)).unwrap_or_else(|| panic!("no example with {holds}"))
}

/// Two clones, and both have committed; A has published.
fn both(shared: &Shared, a: impl Fn(&Clone), b: impl Fn(&Clone)) -> (Clone, Clone) {
    let (one, other) = (shared.clone("a", &[]), shared.clone("b", &[]));
    a(&one);
    b(&other);
    one.commit("A");
    other.commit("B");
    one.git(&["push", "-q", "origin", "main"]).ok();
    (one, other)
}

#[test]
fn a_conflict_is_one_finding_and_gone_when_it_is_settled() {
    let shared = Shared::sample();
    let (_, b) = both(
        &shared,
        |desk| desk.swap(EVENT, "The summit adopted the", "The summit passed the"),
        |desk| desk.swap(EVENT, "The summit adopted the", "The summit agreed the"),
    );
    assert!(!b.pull());
    let found = b.findings();
    assert_eq!((found.len(), &*found[0].1, &*found[0].2), (1, "merge-conflict", EVENT));
    // The whole desk is still there, with the words of whoever merges.
    assert!(b.attache(&["facts", "summit agreed"]).ok().contains("agreed the Astana Declaration"));
    // An edit of such a file is refused; so is a note that would not be told.
    let note = b.attache(&["render", "-o", "-", "belarus-sco-backgrounder"]);
    assert!(note.err.contains("warning[merge-conflict]"), "{note:?}");
    b.git(&["checkout", "-q", "--theirs", EVENT]).ok();
    assert_eq!(b.rules(), [""; 0]);
    b.commit("Merged");
    assert!(b.read(EVENT).contains("The summit passed the"));
}

#[test]
fn union_loses_lines_without_a_word() {
    let shared = Shared::sample();
    let (_, b) = both(
        &shared,
        |desk| desk.append(SOURCES, &source("tass-2024-08-20")),
        |desk| desk.append(SOURCES, &source("belta-2024-08-20")),
    );
    b.write(".git/info/attributes", "briefs/sources.yaml merge=union\n");
    assert!(b.pull());
    assert_eq!(b.rules(), [""; 0]);
    let text = b.read(SOURCES);
    assert!(text.contains("News of tass-2024-08-20") && text.contains("News of belta-2024-08-20"));
    // Two sources came in, and what both say alike came in once.
    let base = shared.at("first").read(SOURCES);
    let count = |text: &str| text.matches("directness: primary").count();
    assert_eq!(count(&text), count(&base) + 1);
}

#[test]
fn union_says_a_block_twice() {
    let shared = Shared::sample();
    let (_, b) = both(
        &shared,
        |desk| desk.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens"),
        |desk| desk.swap(DRAFT, "Nothing seen so far lessens", "None of it lessens"),
    );
    b.write(".git/info/attributes", "*.md merge=union\n");
    assert!(b.pull());
    assert_eq!(b.rules(), [""; 0]);
    assert!(b.read(DRAFT).contains("Little seen so far") && b.read(DRAFT).contains("None of it"));
}

#[test]
fn a_note_that_two_have_made_stays_whole_and_is_made_anew() {
    let shared = Shared::sample();
    let renders = |desk: &Clone| drop(desk.attache(&["render", "-q", "--force", "belarus-sco-backgrounder"]).ok());
    let (_, b) = both(
        &shared,
        |desk| {
            desk.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens");
            renders(desk);
        },
        |desk| {
            desk.swap(DRAFT, "visited China twice in 2023", "was in China twice in 2023");
            renders(desk);
        },
    );
    assert_eq!(b.read("briefs/.gitattributes").lines().last(), Some("notes/*.md -merge"));
    assert!(!b.pull());
    // The draft is merged, the note is that of before: it is made anew, and that is all.
    renders(&b);
    let fresh = b.attache(&["render", "-q", "-o", "-", "belarus-sco-backgrounder"]).ok();
    assert_eq!(b.read(NOTE), fresh);
    assert!(fresh.contains("Little seen so far") && fresh.contains("was in China twice"));
    // What was written over is not for others.
    assert!(b.root.join(format!("{NOTE}.bak")).exists());
    b.commit("Merged");
    assert_eq!(b.git(&["ls-files", "*.bak"]).ok(), "");
}

#[test]
fn a_note_of_somebody_else_s_is_not_written_over_unasked() {
    let shared = Shared::sample();
    let b = shared.clone("b", &[]);
    b.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens");
    let changed = b.attache(&["render", "belarus-sco-backgrounder"]);
    assert_eq!(changed.status, 2, "{changed:?}");
    assert!(changed.err.contains("`--force` writes over it"), "{changed:?}");
}

#[test]
fn without_the_attribute_marks_stand_in_the_note() {
    let shared = Shared::sample();
    let renders = |desk: &Clone| drop(desk.attache(&["render", "-q", "--force", "belarus-sco-backgrounder"]).ok());
    let (_, b) = both(
        &shared,
        |desk| {
            let item = "- The Astana Declaration names principles [@sco-astana-2024-07#declaration].";
            desk.below(DRAFT, "- China had never condemned", item);
            renders(desk);
        },
        |desk| {
            desk.swap(DRAFT, "The visit ends on", "The long visit ends on");
            renders(desk);
        },
    );
    b.write(".git/info/attributes", "briefs/notes/*.md merge\n");
    assert!(!b.pull());
    assert!(b.read(NOTE).contains("<<<<<<< HEAD") && !b.read(DRAFT).contains("<<<<<<<"));
    assert_eq!(b.rules(), [""; 0]);
}

#[test]
fn after_a_rebase_the_upper_lines_are_the_others() {
    let shared = Shared::sample();
    let (_, b) = both(
        &shared,
        |desk| desk.swap(EVENT, "The summit adopted the", "The summit passed the"),
        |desk| desk.swap(EVENT, "The summit adopted the", "The summit agreed the"),
    );
    assert_ne!(b.git(&["pull", "-q", "--rebase"]).status, 0);
    assert_eq!(b.rules(), ["merge-conflict"]);
    assert!(b.attache(&["facts", "summit passed"]).ok().contains("passed the Astana Declaration"));
}

#[test]
fn git_pulls_nothing_over_a_draft_that_is_not_committed() {
    let shared = Shared::sample();
    let (a, b) = (shared.clone("a", &[]), shared.clone("b", &[]));
    a.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens");
    a.commit("A");
    a.git(&["push", "-q", "origin", "main"]).ok();
    b.swap(DRAFT, "visited China twice in 2023", "was in China twice in 2023");
    let before = b.read(DRAFT);
    let said = b.git(&["pull", "-q", "--no-rebase", "--no-edit"]);
    assert!(said.status != 0 && said.err.contains("would be overwritten by merge"), "{said:?}");
    assert_eq!(b.read(DRAFT), before);
}

#[cfg(unix)]
#[test]
fn the_hook_keeps_a_bad_commit_and_a_bad_merge_back() {
    let shared = Shared::sample();
    let (_, b) = both(
        &shared,
        |desk| desk.write("briefs/events/2024/a.yaml", "id: talks\ntitle: T\ndate: 2024-08-20\nfacts: []\n"),
        |desk| desk.write("briefs/events/2024/b.yaml", "id: talks\ntitle: T\ndate: 2024-08-20\nfacts: []\n"),
    );
    // As the page says: one file under two names, since one alone lets a merge through.
    for name in ["pre-commit", "pre-merge-commit"] {
        if name == "pre-merge-commit" {
            assert!(b.pull());
            b.git(&["reset", "-q", "--hard", "HEAD~1"]).ok();
        }
        let path = format!(".git/hooks/{name}");
        b.write(&path, &example("sh", "exec attache check --quiet"));
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(b.root.join(path), mode).unwrap();
    }
    let merged = b.git(&["pull", "-q", "--no-rebase", "--no-edit"]);
    assert_ne!(merged.status, 0);
    assert_eq!(b.rules(), ["duplicate-id"]);
    b.git(&["add", "-A"]).ok();
    assert_ne!(b.git(&["commit", "-q", "-m", "Merged"]).status, 0);
    b.swap("briefs/events/2024/b.yaml", "id: talks", "id: talks-2");
    b.commit("Merged");
}

#[test]
fn line_ends_of_windows_merge_as_all_others() {
    let shared = Shared::sample();
    let a = shared.clone("a", &[]);
    let b = shared.clone("b", &["-c", "core.autocrlf=true"]);
    assert!(b.read(DRAFT).contains("\r\n") && b.read(EVENT).contains("\r\n"));
    a.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens");
    a.commit("A");
    a.git(&["push", "-q", "origin", "main"]).ok();
    b.swap(DRAFT, "visited China twice in 2023", "was in China twice in 2023");
    b.commit("B");
    assert!(b.pull());
    assert_eq!(b.rules(), [""; 0]);
    // One line each is another, and not every line.
    let changed = b.git(&["diff", "--stat", "HEAD~2", "--", DRAFT]).ok();
    b.git(&["push", "-q", "origin", "main"]).ok();
    a.git(&["pull", "-q"]).ok();
    assert_eq!(a.read(DRAFT), b.read(DRAFT).replace("\r\n", "\n"), "{changed}");
    // A conflict is told there, too.
    a.swap(DRAFT, "Little seen so far", "Not much seen so far");
    a.commit("A");
    a.git(&["push", "-q", "origin", "main"]).ok();
    b.swap(DRAFT, "Little seen so far", "None seen so far");
    b.commit("B");
    assert!(!b.pull());
    assert_eq!(b.rules(), ["merge-conflict"]);
}

#[test]
fn a_sparse_desk_has_no_facts_of_what_is_left_out() {
    let shared = Shared::sample();
    let a = shared.clone("a", &[]);
    a.write("briefs/events/2026/talks.yaml", "title: Talks\ndate: 2026-01-20\nfacts: []\n");
    a.commit("A");
    a.git(&["push", "-q", "origin", "main"]).ok();
    let b = shared.clone("b", &["--sparse"]);
    let command = example("sh", "git sparse-checkout set");
    let set = command.lines().find_map(|line| line.strip_prefix("git ").filter(|rest| rest.starts_with("sparse")));
    let folders: Vec<&str> = set.unwrap().split(' ').collect();
    b.git(&folders).ok();
    assert!(b.root.join("briefs/events/2026/talks.yaml").exists() && b.root.join(SOURCES).exists());
    assert!(!b.root.join("briefs/events/2024").exists() && b.root.join(DRAFT).exists());
    // The drafts that cite what is not there say so, at each citation; the facts that are there are in order.
    let rules = b.rules();
    assert!(rules.contains(&"unknown-reference".to_owned()), "{rules:?}");
    assert_eq!(b.attache(&["check", "-q", "briefs/events/2026"]).status, 0);
    assert_eq!(b.attache(&["check", "-q", DRAFT]).status, 1);
    // A note made so says what it lacks, and lacks it.
    let said = b.attache(&["render", "-o", "-", "belarus-sco-backgrounder"]);
    assert!(said.err.contains("there is no event `sco-astana-2024-07`"), "{said:?}");
    b.git(&["sparse-checkout", "disable"]).ok();
    assert_eq!(b.rules(), [""; 0]);
}

#[test]
fn a_shallow_clone_is_a_whole_desk() {
    let shared = Shared::sample();
    let b = shared.clone("b", &["--depth", "1"]);
    assert_eq!(b.rules(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_submodule_of_events_and_sources_is_read_through_links() {
    let shared = Shared::empty();
    let sample = shared.at("sample");
    sample.attache(&["init", "-q", "."]).ok();
    let library = shared.at("library");
    library.write("events/sco.yaml", &sample.read(EVENT));
    library.write("sources.yaml", &sample.read(SOURCES));
    library.git(&["init", "-q", "-b", "main"]).ok();
    library.commit("Shared");
    let desk = shared.at("first");
    desk.attache(&["init", "-q", "--empty", "."]).ok();
    desk.git(&["init", "-q", "-b", "main"]).ok();
    desk.git(&["submodule", "--quiet", "add", library.root.to_str().unwrap(), "shared"]).ok();
    std::os::unix::fs::symlink("../../shared/events", desk.root.join("briefs/events/shared")).unwrap();
    std::os::unix::fs::symlink("../shared/sources.yaml", desk.root.join(SOURCES)).unwrap();
    assert!(desk.attache(&["facts", "tokayev"]).ok().contains("sco-astana-2024-07#tokayev"));
    shared.publish(&desk);
    // A clone without the submodule says what is missing.
    let bare = shared.clone("bare", &[]);
    let paths: Vec<String> = bare.findings().into_iter().map(|(_, _, path, _)| path).collect();
    assert_eq!(paths, ["briefs/events/shared", SOURCES]);
    let whole = shared.clone("whole", &["--recurse-submodules"]);
    assert!(whole.attache(&["facts", "tokayev"]).ok().contains("sco-astana-2024-07#tokayev"));
}

#[test]
fn what_attache_keeps_for_itself_stays_out_of_git() {
    let shared = Shared::sample();
    let b = shared.clone("b", &[]);
    b.attache(&["render", "-q", "li-qiang-submission"]).ok();
    b.write("briefs/drafts/old.md.bak", "before\n");
    assert!(b.root.join(".attache").exists());
    assert_eq!(b.git(&["status", "--short"]).ok(), "?? briefs/notes/li-qiang-submission.md\n");
}
