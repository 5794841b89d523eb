//! The same inputs give the same bytes: from any folder, in any locale and zone, whatever order the files came in,
//! and however their YAML is spelled.

use std::time::{Duration, SystemTime};

use attache::disk::embedded::SAMPLE;

use crate::harness::{Run, TemporaryDesk, program};

/// Commands whose output depends on nothing but the desk.
const COMMANDS: &[&[&str]] = &[
    &["render", "b", "-o", "-"],
    &["render", "b", "-o", "-", "--to", "commonmark"],
    &["render", "b", "-o", "-", "--to", "pandoc"],
    &["render", "b", "-o", "-", "--to", "plain"],
    &["render", "b", "-o", "-", "--style", "apa"],
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "sarif"],
    &["check", "--format", "github"],
    &["facts"],
    &["facts", "--format", "json"],
    &["facts", "--format", "tsv"],
    &["facts", "belarus", "--format", "json"],
    &["templates"],
];

/// The sample desk with files that have faults, among them two that want one id.
fn files() -> Vec<(&'static str, String)> {
    let mut files: Vec<_> = SAMPLE.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    let event = "id: twin\ntitle: Ärger in Łódź\ndate: 2024-08-20\ncolour: red\nfacts:\n  - { id: é, text: Ein Satz., sources: gone }\n";
    files.push(("briefs/events/z.yaml", event.to_owned()));
    files.push(("briefs/events/Ä.yaml", event.replace("Ein", "Kein")));
    files.push(("briefs/zz.bib", "@misc{k, title = {One}}\n".to_owned()));
    files.push(("briefs/aa.bib", "@misc{k, title = {Two}}\n@misc{I, title = {Three}}\n".to_owned()));
    files
}

fn desk(files: &[(&str, String)]) -> TemporaryDesk {
    let desk = TemporaryDesk::with(&files.iter().map(|(path, text)| (*path, text.as_str())).collect::<Vec<_>>());
    let new =
        ["new", "backgrounder", "b", "--title", "T: “x”", "--date", "2024-08-20", "--facts", "tag:belarus", "--fill"];
    desk.run(&new).ok();
    desk
}

fn said(run: Run) -> (i32, String, String) {
    (run.status, run.out, run.err)
}

#[test]
fn the_same_inputs_give_the_same_bytes_from_anywhere() {
    let mut files = files();
    let first = desk(&files);
    // The same files in another folder, made the other way round, at other times.
    files.reverse();
    let second = desk(&files);
    for (age, (path, _)) in (1..).zip(&files) {
        let file = std::fs::File::options().write(true).open(second.file(path)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(age * 86_400)).unwrap();
    }
    assert_eq!(first.read("briefs/drafts/b.md"), second.read("briefs/drafts/b.md"));
    let note = first.run(COMMANDS[0]).ok();
    assert!(note.contains("[^10]: "), "{note}");
    let elsewhere = tempfile::tempdir().unwrap();
    for command in COMMANDS {
        let expected = said(first.run(command));
        assert!(!expected.1.is_empty() || !expected.2.is_empty(), "{command:?}");
        assert_eq!(said(second.run(command)), expected, "{command:?} in another folder");
        for (locale, zone, threads) in [
            ("de_DE.UTF-8", "Pacific/Kiritimati", "1"),
            ("tr_TR.UTF-8", "America/St_Johns", "7"),
            ("C", "nonsense", "2"),
        ] {
            let mut program = program();
            program.current_dir(elsewhere.path()).env("LC_ALL", locale).env("LANG", locale).env("TZ", zone);
            program.env("LANGUAGE", locale).env("COLUMNS", "40").env("RAYON_NUM_THREADS", threads);
            program.arg("--desk").arg(first.path()).args(*command);
            assert_eq!(said(Run::of(&mut program)), expected, "{command:?} in {locale}, {zone}");
        }
        // From inside the desk, without --desk.
        let inside = first.path().join("briefs/events");
        assert_eq!(said(Run::of(program().current_dir(inside).args(*command))), expected, "{command:?} from inside");
    }
}

const DRAFT: &str = "---\ntemplate: readout\ntitle: Talks\ndate: 2024-08-21\ncitations: chicago-notes\n---\n\n## Meeting {#meeting}\n\nLi was \
there [@e#visit, p. 3; @e#aid].\n\n## Positions {#positions}\n\n“No” he said [@e#quote].\n\n## Sources {#sources}\n";

/// One event, spelled in five ways.
const SPELLINGS: [(&str, &str); 5] = [
    (
        "blocks",
        r#"title: Li in Moscow
date: 2024-08-20
actors:
  li:
    name: Li Qiang
    role: Premier
sources:
  afp:
    type: web
    title: Li visits
    author: Doe, Jane
    date: 2024-08-21
    url: https://example.org/a
    reliability: B
facts:
  - id: visit
    text: >-
      Li visits Russia:
      it's for "days", #1 of all
    date: 2024-08-20
    tags:
      - lead
      - "007"
    sources:
      - source: afp
        at: p. 3
        excerpt: |-
          Li visits
          twice
  - id: aid
    text: No aid
    date: 2024-08-20
    tags:
      - lead
      - "007"
    sources:
      - afp
  - id: quote
    kind: quote
    words: "No"
    speaker: li
    sources:
      - afp
"#,
    ),
    (
        "flow",
        r#"title: Li in Moscow
date: 2024-08-20
actors: { li: { name: Li Qiang, role: Premier } }
sources: { afp: { type: web, title: Li visits, author: "Doe, Jane", date: 2024-08-21, url: https://example.org/a, reliability: B } }
facts: [
  { id: visit, text: "Li visits Russia: it's for \"days\", #1 of all", date: 2024-08-20, tags: [lead, 007],
    sources: [{ source: afp, at: p. 3, excerpt: "Li visits\ntwice" }] },
  { id: aid, text: No aid, date: 2024-08-20, tags: [lead, 007], sources: [afp] },
  { id: quote, kind: quote, words: No, speaker: li, sources: [afp] } ]
"#,
    ),
    (
        "quotation marks",
        r#"'title': 'Li in Moscow'
"date": "2024-08-20"
'actors': { "li": { 'name': "Li Qiang", "role": 'Premier' } }
"sources":
  'afp': { "type": 'web', "title": 'Li visits', "author": 'Doe, Jane', "date": '2024-08-21', "url": 'https://example.org/a', "reliability": 'B' }
'facts':
  - 'id': 'visit'
    "text": 'Li visits Russia: it''s for "days", #1
      of all'
    'date': "2024-08-20"
    'tags': ["lead", '007']
    "sources": [{ 'source': "afp", 'at': 'p. 3', 'excerpt': "Li visits\x0Atwice" }]
  - { 'id': 'aid', 'text': "No\u0020aid", 'date': '2024-08-20', 'tags': ["lead", '007'], 'sources': 'afp' }
  - { 'id': 'quote', 'kind': 'quote', 'words': 'No', 'speaker': 'li', 'sources': 'afp' }
"#,
    ),
    (
        "anchors",
        r#"title: Li in Moscow
date: &day 2024-08-20
actors: { li: &who { name: Li Qiang, role: Premier } }
sources: { afp: { type: web, title: &title Li visits, author: "Doe, Jane", date: 2024-08-21, url: https://example.org/a, reliability: B } }
facts:
  - id: visit
    text: "Li visits Russia: it's for \"days\", #1 of all"
    date: *day
    tags: &tags [lead, 007]
    sources: [{ source: &source afp, at: p. 3, excerpt: "Li visits\ntwice" }]
  - { id: aid, text: No aid, date: *day, tags: *tags, sources: &all [*source] }
  - { id: quote, kind: quote, words: No, speaker: li, sources: *all }
"#,
    ),
    (
        "JSON",
        r#"{"title": "Li in Moscow", "date": "2024-08-20", "actors": {"li": {"name": "Li Qiang", "role": "Premier"}},
"sources": {"afp": {"type": "web", "title": "Li visits", "author": "Doe, Jane", "date": "2024-08-21", "url": "https:\/\/example.org\/a",
"reliability": "B"}}, "facts": [{"id": "visit", "text": "Li visits Russia: it's for \"days\", #1 of all", "date": "2024-08-20",
"tags": ["lead", "007"], "sources": [{"source": "afp", "at": "p. 3", "excerpt": "Li visits\ntwice"}]},
{"id": "aid", "text": "No aid", "date": "2024-08-20", "tags": ["lead", "007"], "sources": ["afp"]},
{"id": "quote", "kind": "quote", "words": "No", "speaker": "li", "sources": ["afp"]}]}
"#,
    ),
];

#[test]
fn five_spellings_of_one_event_give_one_note() {
    let of = |text: &str| {
        let desk = TemporaryDesk::with(&[("briefs/events/e.yaml", text), ("briefs/drafts/d.md", DRAFT)]);
        let print = |arguments: &[&str]| desk.run(arguments).ok();
        let notes: Vec<_> =
            ["gfm", "commonmark", "pandoc", "plain"].map(|to| print(&["render", "d", "-o", "-", "--to", to])).into();
        // But for the line of each fact.
        let row = |line: &str| {
            line.split('\t').enumerate().filter(|(n, _)| *n != 10).map(|(_, cell)| format!("{cell}\t")).collect()
        };
        let rows: Vec<String> = print(&["facts", "--format", "tsv"]).lines().map(row).collect();
        let facts = (print(&["facts"]), print(&["facts", "tag:007"]), rows);
        // Where a fault stands differs, what it is does not.
        let found = desk.run(&["check", "--format", "json"]).out;
        let mut found: Vec<String> = found
            .lines()
            .map(|line| {
                let finding: serde_json::Value = serde_json::from_str(line).unwrap();
                format!("{} {}", finding["rule"], finding["message"])
            })
            .collect();
        found.sort();
        let event = attache::event_file::read("briefs/events/e.yaml", text);
        assert_eq!(event.findings, []);
        (notes, facts, found, event.event)
    };
    let (_, first) = SPELLINGS[0];
    let expected = of(first);
    assert!(expected.0[0].contains("Doe") && !expected.2.is_empty(), "{expected:?}");
    for (name, text) in SPELLINGS {
        let (notes, facts, found, event) = of(text);
        assert_eq!(notes, expected.0, "{name}");
        assert_eq!(facts, expected.1, "{name}");
        assert_eq!(found, expected.2, "{name}");
        assert_eq!(event, expected.3, "{name}");
        // Other line ends, and a mark of byte order.
        assert_eq!(of(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), expected, "{name}, with returns");
    }
}
