use std::time::{Duration, SystemTime};

use super::*;
use crate::disk::Loaded;

/// A desk of as many events as are worth keeping, and some more; one of them has an unknown key.
fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..FEW + 20 {
        write(&dir, i, &format!("title: Event {i}\ndate: 2025-01-01\nfacts:\n  - id: x\n    text: Fact {i}.\n"));
    }
    write(&dir, 7, "title: Odd\ndate: 2025-01-01\nfcts: 1\nfacts:\n  - text: Nameless.\n");
    dir
}

fn path(dir: &tempfile::TempDir, i: usize) -> PathBuf {
    dir.path().join(format!("briefs/events/{}/e{i:04}.yaml", i % 7))
}

fn write(dir: &tempfile::TempDir, i: usize, text: &str) {
    let path = path(dir, i);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A load of a run of its own, once every change has settled; with how many files were parsed.
fn load(dir: &tempfile::TempDir) -> (Loaded, usize) {
    let folder = Folder::at(dir.path());
    let later = SystemTime::now() + Duration::from_secs(60);
    let loaded = folder.load_as_of(later, &|_| ());
    folder.keep(&loaded.unkept);
    let parsed = loaded.unkept.parsed();
    (loaded, parsed)
}

fn pieces(dir: &tempfile::TempDir) -> Vec<PathBuf> {
    crate::disk::files_in(&dir.path().join(STATE).join(CACHE), piece::ENDING)
}

fn assert_same(a: &Loaded, b: &Loaded) {
    assert_eq!(a.desk.events(), b.desk.events());
    assert_eq!(a.findings, b.findings);
}

#[test]
fn a_second_run_parses_nothing_and_reads_the_same() {
    let dir = desk();
    let (first, parsed) = load(&dir);
    assert_eq!(parsed, FEW + 20);
    assert_eq!(first.findings.len(), 2, "{:?}", first.findings);
    let (second, parsed) = load(&dir);
    assert_eq!(parsed, 0);
    assert_same(&first, &second);
}

#[test]
fn what_changed_is_read_anew() {
    let dir = desk();
    let (before, _) = load(&dir);
    write(&dir, 3, "title: Other\ndate: 2025-01-02\nfacts:\n  - id: y\n    text: New.\n");
    std::fs::remove_file(path(&dir, 5)).unwrap();
    write(&dir, 900, "title: More\ndate: 2025-01-02\nfacts:\n  - id: z\n    text: More.\n");
    let (after, parsed) = load(&dir);
    assert_eq!(parsed, 2);
    assert_eq!(after.desk.events().len(), before.desk.events().len());
    assert_eq!(&*after.desk.event("e0003").unwrap().title, "Other");
    assert!(after.desk.event("e0005").is_none() && after.desk.event("e0900").is_some());
    let (cold, parsed) = {
        std::fs::remove_dir_all(dir.path().join(STATE)).unwrap();
        load(&dir)
    };
    assert_eq!(parsed, FEW + 20);
    assert_same(&after, &cold);
}

#[test]
fn pieces_read_before_the_files_are_known_count_only_for_those_that_stayed() {
    let dir = desk();
    load(&dir);
    write(&dir, 3, "title: Other\ndate: 2025-01-02\nfacts:\n  - id: y\n    text: New.\n");
    std::fs::remove_file(path(&dir, 5)).unwrap();
    let folder = Folder::at(dir.path());
    let later = SystemTime::now() + Duration::from_secs(60);
    let files: Vec<EventFile> = folder.event_paths().0.into_iter().map(|path| folder.event_file(path, later)).collect();
    for known in [false, true] {
        let mut read = vec![None; files.len()];
        folder.pieces().read_ahead(&AtomicBool::new(known)).recall(&files, &mut read, &|_| ());
        let missing: Vec<&Path> =
            files.iter().zip(&read).filter(|(_, kept)| kept.is_none()).map(|(file, _)| &*file.path).collect();
        assert_eq!(missing, [path(&dir, 3)], "{known}");
        for (file, kept) in files.iter().zip(read).filter_map(|(file, kept)| Some((file, kept?))) {
            assert_eq!(kept.reading.0.unwrap().path, file.relative);
        }
    }
}

#[test]
fn a_change_writes_one_piece_and_takes_one_away() {
    let dir = desk();
    for i in 1000..2000 {
        write(&dir, i, "title: T\ndate: 2025-01-01\nfacts:\n  - id: x\n    text: X.\n");
    }
    load(&dir);
    let old = pieces(&dir);
    assert!(old.len() > 2, "{old:?}");
    write(&dir, 1500, "title: Other\ndate: 2025-01-01\nfacts:\n  - id: x\n    text: X.\n");
    load(&dir);
    let new = pieces(&dir);
    assert_eq!(new.len(), old.len());
    assert_eq!(new.iter().filter(|piece| !old.contains(piece)).count(), 1);
}

#[test]
fn the_same_size_and_time_do_not_make_a_file_the_same() {
    let dir = desk();
    load(&dir);
    let time = path(&dir, 3).metadata().unwrap().modified().unwrap();
    let text = std::fs::read_to_string(path(&dir, 3)).unwrap();
    std::fs::write(path(&dir, 3), text.replace("Fact 3", "FACT 3")).unwrap();
    std::fs::File::options().write(true).open(path(&dir, 3)).unwrap().set_modified(time).unwrap();
    let (after, parsed) = load(&dir);
    assert_eq!(parsed, 1);
    assert_eq!(&*after.desk.event("e0003").unwrap().facts[0].text, "FACT 3.");
}

#[test]
fn a_piece_that_is_not_whole_is_not_believed() {
    let dir = desk();
    let (first, _) = load(&dir);
    let whole: Vec<(PathBuf, Vec<u8>)> =
        pieces(&dir).into_iter().map(|p| (p.clone(), std::fs::read(p).unwrap())).collect();
    let spoil = |n: usize, b: &[u8]| {
        let mut other = b.to_vec();
        match n {
            0 => other.truncate(b.len() / 2),
            1 => other.clear(),
            2 => other[b.len() / 2] ^= 1,
            _ => other.push(0),
        }
        other
    };
    for n in 0..4 {
        for (path, bytes) in &whole {
            std::fs::write(path, spoil(n, bytes)).unwrap();
        }
        let (again, parsed) = load(&dir);
        assert_eq!(parsed, FEW + 20, "{n}");
        assert_same(&first, &again);
        let (again, parsed) = load(&dir);
        assert_eq!(parsed, 0, "{n}");
        assert_same(&first, &again);
    }
}

#[test]
fn a_small_desk_and_one_that_takes_no_files_go_without() {
    let dir = desk();
    for i in 0..100 {
        std::fs::remove_file(path(&dir, i)).unwrap();
    }
    load(&dir);
    assert!(!dir.path().join(STATE).exists());
    let dir = desk();
    std::fs::write(dir.path().join(STATE), "in the way").unwrap();
    assert_eq!(load(&dir).1, FEW + 20);
    assert_eq!(load(&dir).1, FEW + 20);
}

#[test]
fn what_is_kept_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = desk();
    load(&dir);
    assert!(!pieces(&dir).is_empty());
    for piece in pieces(&dir) {
        assert_eq!(piece.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// Every field that an event file can have.
const FULL: &str = "
schema: 1
id: full
title: Full
date: 2024-08-20/2024-08-23
as-of: 2024-XX
status: past
summary: Sum.
marking: TLP:AMBER
language: de
tags: [a, b]
places: [{ name: Minsk, country: BY, lat: 53.9, lon: 27.56 }, Kyiv]
related: [e0001]
embargo: 2026-01-01
actors:
  p: { name: Person, role: Chair, of: Board, aliases: [P], roles: [{ title: Member, from: '201X', to: 2020~ }] }
  s: { name: State, kind: state, unnamed: true }
sources:
  w:
    type: article
    title: { value: Title, short: T }
    author: [A, B]
    parent: { type: newspaper, title: Paper }
    reliability: B
    origin: Agency
    directness: primary
    descriptor: known
    marking: TLP:GREEN
    attribution: on-record
    capture: { path: c.html, sha256: ab }
    archived: { url: 'https://example.org/a', date: 2024-08-21 }
    status: retracted
facts:
  - id: q
    kind: quote
    text: He said so.
    words: So
    spoken: be
    translation: desk
    original: So
    date: 2024-08-20?
    said: 2024-08-20T12:30:00+03:00
    speaker: p
    via: s
    actors: [p, s]
    places: Brest
    tags: t
    priority: must
    status: disputed
    credibility: 2
    sources: [{ source: w, at: para 2, excerpt: So, variant: true }]
    relations: [{ contradicts: f }]
    marking: TLP:RED
    use: not-for-use
    note: Private.
    allow: [{ rule: one-source, reason: known }]
  - { id: f, kind: figure, text: Some 5., value: 5, unit: t, approx: about, measure: weight, sources: w }
  - { id: a, kind: assessment, text: Likely., likelihood: likely, confidence: low, basis: [q], assumptions: [x],
      alternatives: [y], author: us, sources: w }
";

#[test]
fn whatever_an_event_has_is_kept() {
    let dir = desk();
    write(&dir, 8, FULL);
    let (first, _) = load(&dir);
    let full = first.desk.event("full").unwrap();
    assert_eq!(full.facts.len(), 3);
    let of_it: Vec<_> = first.findings.iter().filter(|f| f.path == full.path).collect();
    assert!(of_it.is_empty(), "{of_it:?}");
    let (second, parsed) = load(&dir);
    assert_eq!(parsed, 0);
    assert_same(&first, &second);
}

#[test]
fn another_programs_pieces_are_not_read_and_stay_until_ours_are_written() {
    let dir = desk();
    let (first, _) = load(&dir);
    let ours = pieces(&dir);
    for piece in &ours {
        let mut bytes = std::fs::read(piece).unwrap();
        bytes[32] ^= 1;
        let hash = crate::disk::hash(&bytes[32..]);
        bytes[..32].copy_from_slice(hash.as_bytes());
        std::fs::write(piece.with_file_name(format!("0{}", piece.file_name().unwrap().display())), bytes).unwrap();
        std::fs::remove_file(piece).unwrap();
    }
    let folder = Folder::at(dir.path());
    let again = folder.load_as_of(SystemTime::now() + Duration::from_secs(60), &|_| ());
    assert_eq!((again.unkept.parsed(), pieces(&dir).len()), (FEW + 20, ours.len()));
    assert_same(&first, &again);
    folder.keep(&again.unkept);
    assert_eq!(pieces(&dir), ours);
}
