//! Bad YAML of every kind as files of one desk: each is read or refused with words at a place, and costs no other file.
//!
//! `tests/data/bad-yaml.txt` tells what came of each. To add a case, add a row here, run with ATTACHE_ACCEPT=1, and look
//! at what it says. How long each takes and how much memory stands in docs/reliability.md; nothing is timed here.

use crate::harness::{TemporaryDesk, expect_file, root};

/// The head of a file in which only what a case adds is bad.
const HEAD: &str = "title: T\ndate: 2024\n";
const FACT: &str = "facts:\n  - id: a\n    text: x\n";

/// A file: its name, and its bytes.
type Case = (&'static str, Vec<u8>);

fn row(name: &'static str, text: impl Into<Vec<u8>>) -> Case {
    (name, text.into())
}

/// A good file with more at its end: `x-` keys are the writer's own, so that nothing but YAML can be wrong with them.
fn more(name: &'static str, text: &str) -> Case {
    (name, format!("{HEAD}{FACT}{text}").into_bytes())
}

/// A good file with more in its fact.
fn in_fact(name: &'static str, text: &str) -> Case {
    (name, format!("{HEAD}{FACT}    {text}\n  - id: b\n    text: y\n").into_bytes())
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

fn laughs(depth: usize, width: usize) -> String {
    let mut text = String::from("x-0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for i in 1..depth {
        let row = vec![format!("*a{}", i - 1); width].join(",");
        text += &format!("x-{i}: &a{i} [{row}]\n");
    }
    text
}

fn bombs() -> Vec<Case> {
    let good = format!("{HEAD}{FACT}");
    let long = "y".repeat(60_000);
    let many: String = (0..200_000).map(|i| format!("x-{i}: 1\n")).collect();
    let unknown: String = (0..200_000).map(|i| format!("k{i}: 1\n")).collect();
    let facts: String = (0..50_000).map(|i| format!("  - {{ id: f{i}, text: Fact number {i}. }}\n")).collect();
    let empty: String = (0..100_000).map(|_| "  -\n").collect();
    vec![
        more("alias bomb, billion laughs", &laughs(10, 10)),
        more("alias bomb, in known keys", &laughs(10, 10).replace("x-9", "tags").replace("x-", "tags")),
        more("alias bomb, quadratic", &format!("x-a: &a [{}]\nx-b: [{}]\n", "x,".repeat(5_000), "*a,".repeat(5_000))),
        more("alias bomb, one long text", &format!("x-a: &a {long}\ntags: [{}]\n", "*a,".repeat(20_000))),
        more("alias bomb, of a mapping", &format!("x-a: &a {{ b: {long} }}\nx-b: [{}]\n", "*a,".repeat(20_000))),
        row("alias to itself", format!("{HEAD}x-a: &a [*a]\n{FACT}")),
        row("alias to itself, in a mapping", format!("{HEAD}x-a: &a\n  b: *a\n{FACT}")),
        row("alias to nothing", format!("{HEAD}x-a: *none\n{FACT}")),
        row("depth, in a flow", format!("{HEAD}x-a: {}\n{FACT}", "[".repeat(10_000))),
        row("depth, in a flow that closes", format!("{HEAD}x-a: {}{}\n{FACT}", "[".repeat(10_000), "]".repeat(10_000))),
        row("depth, in mappings of a flow", format!("{HEAD}x-a: {}\n{FACT}", "{a: ".repeat(10_000))),
        row("depth, in a block", {
            let deep: String = (0..1_500).map(|i| format!("{}a:\n", " ".repeat(i + 1))).collect();
            format!("{HEAD}x-a:\n{deep}{FACT}")
        }),
        row("depth, in lists of one line", format!("{HEAD}x-a:\n  {}x\n{FACT}", "- ".repeat(10_000))),
        row("depth, in complex keys", format!("{HEAD}x-a: {{{}}}\n{FACT}", "? ".repeat(5_000))),
        row("a text of a megabyte", format!("{HEAD}facts:\n  - id: a\n    text: {}\n", "word ".repeat(200_000))),
        row("a line of a megabyte, own key", format!("{HEAD}x-a: {}\n{FACT}", "z".repeat(1 << 20))),
        row("a key of a megabyte", format!("{HEAD}{}: 1\n{FACT}", "k".repeat(1 << 20))),
        row("a file of five megabytes", format!("{good}# {}\n", "z".repeat(5 << 20))),
        row("200,000 own keys", format!("{good}{many}")),
        row("200,000 unknown keys", format!("{good}{unknown}")),
        row("200,000 times one key", format!("{good}{}", "x-a: 1\n".repeat(200_000))),
        row("50,000 facts", format!("{HEAD}facts:\n{facts}")),
        row("100,000 empty facts", format!("{HEAD}facts:\n{empty}")),
        row("100,000 bad dates", format!("{HEAD}facts:\n{}", "  - { id: a, text: x, date: y }\n".repeat(60_000))),
        row(
            "a number of 100,000 digits",
            format!("{HEAD}facts:\n  - id: a\n    text: x\n    date: {}\n", "9".repeat(100_000)),
        ),
    ]
}

fn encodings() -> Vec<Case> {
    let good = format!("{HEAD}{FACT}");
    let with = |bytes: &[u8]| [HEAD.as_bytes(), b"x-a: a", bytes, b"b\n", FACT.as_bytes()].concat();
    vec![
        row("UTF-16, little end first, with its mark", utf16(&good, true, true)),
        row("UTF-16, big end first, with its mark", utf16(&good, false, true)),
        row("UTF-16, little end first, unmarked", utf16(&good, true, false)),
        row("UTF-16, big end first, unmarked", utf16(&good, false, false)),
        row("UTF-32", good.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<u8>>()),
        row("Latin-1", with(b"\xe9")),
        row("UTF-8 cut short", with(b"\xe2\x82")),
        row("UTF-8 cut short at the end", [good.as_bytes(), b"x-a: \xf0\x9f\x98"].concat()),
        row("UTF-8 longer than it need be", with(b"\xc0\xaf")),
        row("UTF-8 of a surrogate", with(b"\xed\xa0\x80")),
        row("UTF-8 beyond Unicode", with(b"\xf4\x90\x80\x80")),
        row("a mark of byte order", [b"\xef\xbb\xbf", good.as_bytes()].concat()),
        row("two marks of byte order", [b"\xef\xbb\xbf\xef\xbb\xbf", good.as_bytes()].concat()),
        row("a mark of byte order inside", with(b"\xef\xbb\xbf")),
        row("NUL", with(b"\0")),
        row("control characters", with(b"\x1b]0;x\x07\x01")),
        row("control characters, escaped", format!("{HEAD}facts:\n  - id: a\n    text: \"a\\e]0;x\\a\\0\\x9bb\"\n")),
        row("control characters in a key", format!("{HEAD}\"a\\e[31m\": 1\n\"a\\e[31m\": 1\n{FACT}")),
        row("a C1 control", with("\u{9b}".as_bytes())),
        row("lone carriage returns", good.replace('\n', "\r")),
        row("separators of lines", with("\u{2028}\u{2029}\u{85}".as_bytes())),
        row("an escaped surrogate", format!("{HEAD}x-a: \"\\ud800\"\n{FACT}")),
        row("an escape beyond Unicode", format!("{HEAD}x-a: \"\\U00110000\"\n{FACT}")),
        row("an escape that is none", format!("{HEAD}x-a: \"\\q\"\n{FACT}")),
        row("an escape cut short", format!("{HEAD}x-a: \"\\x4\"\n{FACT}")),
        row("nothing but noise", (0..=255).cycle().skip(128).take(2_000).collect::<Vec<u8>>()),
    ]
}

fn syntax() -> Vec<Case> {
    vec![
        row("empty", ""),
        row("only a comment", "# nothing\n"),
        row("only a mark of a document", "---\n"),
        row("a word at the top", "hello\n"),
        row("a number at the top", "12\n"),
        row("a list at the top", "- a\n- b\n"),
        row("a text at the top", "|\n  title: T\n"),
        more("two documents", "---\ntitle: U\n"),
        more("a document's end, and more", "...\nx-a: 1\n"),
        more("a directive that is none", "%FOO bar\n"),
        row("a directive of another version", format!("%YAML 3.0\n---\n{HEAD}{FACT}")),
        row("a tab as indentation", format!("{HEAD}facts:\n\t- id: a\n\t  text: x\n")),
        in_fact("a tab before a key", "\ttags: [x]"),
        row("a quote that is not closed", format!("{HEAD}x-a: \"open\n{FACT}")),
        row("a single quote that is not closed", format!("{HEAD}x-a: 'open\n{FACT}")),
        row("a bracket that is not closed", format!("{HEAD}x-a: [a, b\n{FACT}")),
        row("a brace that is not closed", format!("{HEAD}x-a: {{a: b\n{FACT}")),
        row("a bracket too many", format!("{HEAD}x-a: [a]]\n{FACT}")),
        row("a block without its text", format!("{HEAD}x-a: |\n{FACT}")),
        row("a block's head that is none", format!("{HEAD}x-a: |99\n{FACT}")),
        row("a block with words in its head", format!("{HEAD}x-a: > words\n  more\n{FACT}")),
        row("a colon in a text", format!("{HEAD}facts:\n  - id: a\n    text: He said: no\n")),
        row("a text that starts with a quote", format!("{HEAD}facts:\n  - id: a\n    text: \"No\" he said\n")),
        row("a text that starts with a percent", format!("{HEAD}facts:\n  - id: a\n    text: %5 rose\n")),
        row("a text that starts with an at", format!("{HEAD}facts:\n  - id: a\n    text: @home\n")),
        row("a text with a comment in it", format!("{HEAD}facts:\n  - id: a\n    text: rank #1 # really\n")),
        row("a key too far to the right", format!("{HEAD}facts:\n  - id: a\n      text: x\n")),
        row("a key too far to the left", format!("{HEAD}facts:\n  - id: a\n   text: x\n")),
        row("a key twice", format!("{HEAD}title: U\n{FACT}")),
        in_fact("a key twice in a fact", "text: z"),
        in_fact("a merge", "<<: { text: z }"),
        in_fact("a merge of an anchor", "<<: *none"),
        in_fact("a key that is a list", "? [a]\n    : b"),
        in_fact("a key that is a mapping", "? {a: b}\n    : c"),
        in_fact("a key that is nothing", "~: x"),
        in_fact("a key that is empty", ": x"),
        more("an anchor of one's own", "x-a: &b c\nx-d: *b\n"),
    ]
}

fn values() -> Vec<Case> {
    let fact = |value: &str| format!("{HEAD}facts:\n  - id: a\n    text: x\n    {value}\n  - id: b\n    text: y\n");
    vec![
        in_fact("a tag of Python", "note: !!python/object/apply:os.system [rm]"),
        in_fact("a tag of bytes", "note: !!binary aGVsbG8="),
        in_fact("a tag of a set", "tags: !!set { a, b }"),
        in_fact("a tag of one's own", "note: !secret x"),
        in_fact("a tag of a number on a text", "note: !!int x"),
        in_fact("no as a word", "note: no"),
        in_fact("a number with a nought before it", "note: 012"),
        in_fact("a number by sixty", "note: 1:30"),
        in_fact("no number", "value: .nan"),
        in_fact("an endless number", "value: -.inf"),
        in_fact("a number with a power", "value: 1e400"),
        in_fact("a number of hexadecimals", "value: 0x1F"),
        in_fact("a date as a number", "date: 20240820"),
        in_fact("a date of another order", "date: 20/08/2024"),
        in_fact("a date that is none", "date: 2024-02-30"),
        in_fact("a date with a clock", "date: 2024-08-20 12:30:00"),
        in_fact("a date as a list", "date: [2024, 8]"),
        in_fact("a text as a list", "note: [a, b]"),
        in_fact("a text as a mapping", "note: { a: b }"),
        in_fact("tags as a mapping", "tags: { a: b }"),
        in_fact("sources as a number", "sources: 7"),
        in_fact("sources as nothing", "sources: ~"),
        in_fact("sources of lists", "sources: [[a], [b]]"),
        in_fact("a kind that is none", "kind: rumour"),
        in_fact("a status that is a list", "status: [disputed]"),
        in_fact("a speaker who is a mapping", "speaker: { name: X }"),
        in_fact("relations that are words", "relations: contradicts"),
        in_fact("a relation to nothing", "relations: [contradicts: zzz]"),
        in_fact("a source that is not there", "sources: zzz"),
        in_fact("an unknown key", "colour: red"),
        row("a fact that is a word", format!("{HEAD}facts: [x, {{ id: b, text: y }}]\n")),
        row("a fact that is a list", format!("{HEAD}facts: [[x], {{ id: b, text: y }}]\n")),
        row("a fact without an id", format!("{HEAD}facts: [{{ text: x }}]\n")),
        row("a fact without a text", format!("{HEAD}facts: [{{ id: a }}]\n")),
        row("facts that are a mapping", format!("{HEAD}facts: {{ a: x }}\n")),
        row("facts that are a word", format!("{HEAD}facts: none\n")),
        row("facts that are nothing", format!("{HEAD}facts:\n")),
        row("actors that are a list", format!("{HEAD}actors: [a]\n{FACT}")),
        row("sources that are a list", format!("{HEAD}sources: [a]\n{FACT}")),
        row("a source that is a list", format!("{HEAD}sources: {{ a: [b] }}\n{FACT}")),
        row("a title that is a list", format!("title: [a]\ndate: 2024\n{FACT}")),
        row("no title", format!("date: 2024\n{FACT}")),
        row("no date", format!("title: T\n{FACT}")),
        row("two facts of one id", fact("x-a: 1").replace("id: b", "id: a")),
        row("an id that leads out of the desk", fact("x-a: 1").replace("id: b", "id: ../../x")),
        row("an id that is a whole path", fact("x-a: 1").replace("id: b", "id: /etc/passwd")),
        row("an id with escaped bytes", fact("x-a: 1").replace("id: b", "id: '%2e%2e%2fx'")),
        row("an id with NUL", fact("x-a: 1").replace("id: b", "id: \"a\\0b\"")),
        row("an id of 300 characters", fact("x-a: 1").replace("id: b", &format!("id: {}", "i".repeat(300)))),
        row("an event's id that leads out of the desk", format!("id: ../../x\n{HEAD}{FACT}")),
        row("an event's id of 300 characters", format!("id: {}\n{HEAD}{FACT}", "i".repeat(300))),
        row("a source's key that leads out of the desk", format!("{HEAD}sources: {{ ../x: {{ title: S }} }}\n{FACT}")),
    ]
}

fn cases() -> Vec<Case> {
    [bombs(), encodings(), syntax(), values()].concat()
}

#[test]
fn bad_files_are_told_with_line_and_reason_and_cost_no_other() {
    let cases = cases();
    assert!(cases.len() > 68);
    let desk = TemporaryDesk::with(&[("briefs/events/good.yaml", &format!("{HEAD}{FACT}"))]);
    for (i, (_, bytes)) in cases.iter().enumerate() {
        std::fs::write(desk.file(&format!("briefs/events/b{i:03}.yaml")), bytes).unwrap();
    }
    let loaded = desk.folder().load(&|_| ());
    let facts = |id: &str| loaded.desk.event(id).map(|event| event.facts.len());
    assert_eq!(facts("good"), Some(1));
    let mut out =
        String::from("What comes of each case of tests/suite/bad_yaml.rs: the facts read, and the first findings.\n");
    for (i, (name, _)) in cases.iter().enumerate() {
        let id = format!("b{i:03}");
        let path = format!("briefs/events/{id}.yaml");
        let found: Vec<_> = loaded.findings.iter().filter(|f| *f.path == *path).collect();
        let read = loaded.desk.events().iter().find(|event| *event.path == *path).map(|event| event.facts.len());
        assert!(read.is_some() || !found.is_empty(), "{name}: refused in silence");
        let read = read.map_or("refused".to_owned(), |n| format!("{n} fact{}", if n == 1 { "" } else { "s" }));
        out += &format!("\n{name}: {read}\n");
        for finding in found.iter().take(3) {
            assert!(!finding.to_string().contains(char::is_control), "{name}: {finding:?}");
            assert!(finding.to_string().len() < 1_000, "{name}: a message of {} bytes", finding.to_string().len());
            let message = finding.message.replace(&*path, "FILE").replace(&id, "ID");
            out += &format!("  {}: {}[{}]: {message}\n", finding.position(), finding.severity, finding.rule);
        }
        if found.len() > 3 {
            out += &format!("  and {} more\n", found.len() - 3);
        }
    }
    expect_file(&root().join("tests/data/bad-yaml.txt"), &out);
}

/// Writes the cases as a desk each, for measuring them with the program; see docs/reliability.md.
#[test]
#[ignore = "writes files for measuring into the folder named by ATTACHE_BAD_YAML"]
fn the_cases_as_desks() {
    let folder = std::path::PathBuf::from(std::env::var_os("ATTACHE_BAD_YAML").unwrap());
    for (i, (name, bytes)) in cases().into_iter().enumerate() {
        let desk = folder.join(format!("{i:03} {}", name.replace(['/', ' ', ','], "-")));
        std::fs::create_dir_all(desk.join("briefs/events")).unwrap();
        std::fs::write(desk.join("briefs/events/b.yaml"), bytes).unwrap();
    }
}
