use proptest::prelude::*;

use super::change::{Change, Entry, change};
use crate::yaml::Tree;
use crate::yaml::tree::Step;

const ORDER: &[&str] = &["title", "id", "text", "date", "tags", "priority", "status", "sources", "facts"];

fn route(way: &str) -> Vec<Step> {
    way.split('.').map(|s| s.parse().map_or_else(|_| Step::Key(s.into()), Step::Index)).collect()
}

fn done(text: &str, way: &str, what: Change<'_>) -> Result<String, String> {
    change(text, &route(way), ORDER, what).map_err(|e| match e.at {
        Some(at) => format!("{at} {}", e.message),
        None => e.message,
    })
}

#[track_caller]
fn changes(way: &str, what: Change<'_>, table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(done(text, way, what).as_deref(), Ok(*expected), "{text}");
        // The same in a file of another system, where no line end stands inside a value.
        if !text.contains('\r') {
            let (text, expected) = (text.replace('\n', "\r\n"), expected.replace('\n', "\r\n"));
            assert_eq!(done(&text, way, what).as_deref(), Ok(&*expected), "{text:?}");
            let (text, expected) = (format!("\u{feff}{text}"), format!("\u{feff}{expected}"));
            assert_eq!(done(&text, way, what).as_deref(), Ok(&*expected), "{text:?}");
        }
    }
}

#[test]
fn an_item_is_added_in_the_style_of_its_list() {
    changes(
        "f.0.tags",
        Change::Add("x"),
        &[
            ("f:\n  - id: a\n    tags: [b] # c\n", "f:\n  - id: a\n    tags: [b, x] # c\n"),
            ("f:\n  - id: a\n    tags: [b, ] # c\n", "f:\n  - id: a\n    tags: [b, x, ] # c\n"),
            ("f:\n  - tags: [ b, 'c' ]\n", "f:\n  - tags: [ b, 'c', x ]\n"),
            ("f:\n  - tags: []\n    id: a", "f:\n  - tags: [x]\n    id: a"),
            (
                "f:\n  - tags: [\n      b, # one\n      c # two\n    ]\n",
                "f:\n  - tags: [\n      b, # one\n      c,\n      x # two\n    ]\n",
            ),
            (
                "f:\n  - tags:\n      - b # one\n      # two\n    id: a\n",
                "f:\n  - tags:\n      - b # one\n      - x\n      # two\n    id: a\n",
            ),
            ("f:\n  - tags:\n    - b\n    id: a\n", "f:\n  - tags:\n    - b\n    - x\n    id: a\n"),
            ("f:\n- tags:\n  - b", "f:\n- tags:\n  - b\n  - x"),
            (
                "f:\n  - tags:\n      - >-\n        b\n        c\n\n    id: a\n",
                "f:\n  - tags:\n      - >-\n        b\n        c\n      - x\n\n    id: a\n",
            ),
            ("f:\n  - tags: b # c\n", "f:\n  - tags: [b, x] # c\n"),
            ("f:\n  - tags: 'it''s, b' # c\n", "f:\n  - tags: ['it''s, b', x] # c\n"),
            ("f:\n  - tags: b, c\n", "f:\n  - tags: [\"b, c\", x]\n"),
            ("f:\n  - tags: >-\n      b\n      c\n    id: a\n", "f:\n  - tags: [b c, x]\n    id: a\n"),
            ("f:\n  - tags:\n    id: a\n", "f:\n  - tags: [x]\n    id: a\n"),
            ("f:\n  - tags: # none\n    id: a\n", "f:\n  - tags: [x] # none\n    id: a\n"),
            ("f:\n  - id: a\n    tags: ~ # none\n", "f:\n  - id: a\n    tags: [x] # none\n"),
            ("f:\n  - id: a\n    status: s\n", "f:\n  - id: a\n    tags: [x]\n    status: s\n"),
            (
                "f:\n  - id: a\n    text: >\n      b\n      c\n\n    # d\n    status: s\n",
                "f:\n  - id: a\n    text: >\n      b\n      c\n    tags: [x]\n\n    # d\n    status: s\n",
            ),
            ("f:\n  - status: s # c\n    id: a", "f:\n  - status: s # c\n    id: a\n    tags: [x]"),
            ("f:\n  - status: s\n", "f:\n  - tags: [x]\n    status: s\n"),
            ("f:\n  -   id: a\n", "f:\n  -   id: a\n      tags: [x]\n"),
            ("f:\n  -\n    id: a\n", "f:\n  -\n    id: a\n    tags: [x]\n"),
            ("f:\n  - { id: a, status: s }\n", "f:\n  - { id: a, tags: [x], status: s }\n"),
            ("f: [{id: a}, {id: b}]\n", "f: [{id: a, tags: [x]}, {id: b}]\n"),
            ("f: [{status: s}]\n", "f: [{tags: [x], status: s}]\n"),
            ("f: [{}]\n", "f: [{tags: [x]}]\n"),
            ("{f: [{\"id\": \"a\", \"tags\": [\"b\"]}]}", "{f: [{\"id\": \"a\", \"tags\": [\"b\", x]}]}"),
            ("f:\n  - id: ä😀\n    tags: [ü] # é\n", "f:\n  - id: ä😀\n    tags: [ü, x] # é\n"),
            ("---\nf:\n  - id: a\n...\n# end\n", "---\nf:\n  - id: a\n    tags: [x]\n...\n# end\n"),
            (
                "f:\n  - id: a\n    text: b\n      c\n    status: s\n",
                "f:\n  - id: a\n    text: b\n      c\n    tags: [x]\n    status: s\n",
            ),
            ("f:\n  - id: a\n    tags: !!seq [b]\n", "f:\n  - id: a\n    tags: !!seq [b, x]\n"),
            ("f:\n  - id: a\n    tags: &t [b]\n", "f:\n  - id: a\n    tags: &t [b, x]\n"),
            ("f:\n  - id: a\n    tags: [b]\t# c\n", "f:\n  - id: a\n    tags: [b, x]\t# c\n"),
        ],
    );
    let odd = done("f: [{ tags: [b] }]\n", "f.0.tags", Change::Add("a, #b: c"));
    assert_eq!(odd.as_deref(), Ok("f: [{ tags: [b, \"a, #b: c\"] }]\n"));
}

#[test]
fn an_item_is_taken_out_and_comments_stay() {
    changes(
        "f.0.tags",
        Change::Remove("b"),
        &[
            ("f:\n  - id: a\n    tags: [b, c]\n", "f:\n  - id: a\n    tags: [c]\n"),
            ("f:\n  - id: a\n    tags: [c, b] # x\n", "f:\n  - id: a\n    tags: [c] # x\n"),
            ("f:\n  - id: a\n    tags: [ c, \"b\", d ]\n", "f:\n  - id: a\n    tags: [ c, d ]\n"),
            ("f:\n  - id: a\n    tags: [b]\n    x: y\n", "f:\n  - id: a\n    x: y\n"),
            ("f:\n  - id: a\n    tags: [b] # why\n    x: y\n", "f:\n  - id: a\n    tags: [] # why\n    x: y\n"),
            ("f:\n  - tags: [b]\n    x: y\n", "f:\n  - tags: []\n    x: y\n"),
            (
                "f:\n  - id: a\n    tags: [\n      b, # one\n      c # two\n    ]\n",
                "f:\n  - id: a\n    tags: [\n       # one\n      c # two\n    ]\n",
            ),
            (
                "f:\n  - id: a\n    tags: [\n      b,\n      c,\n    ]\n",
                "f:\n  - id: a\n    tags: [\n      c,\n    ]\n",
            ),
            (
                "f:\n  - id: a\n    tags:\n      - b # one\n      # two\n      - c\n",
                "f:\n  - id: a\n    tags:\n      # one\n      # two\n      - c\n",
            ),
            (
                "f:\n  - id: a\n    tags:\n      - c\n      # two\n      - b\n    x: y\n",
                "f:\n  - id: a\n    tags:\n      - c\n      # two\n    x: y\n",
            ),
            ("f:\n  - id: a\n    tags:\n    - b\n    x: y\n", "f:\n  - id: a\n    x: y\n"),
            ("f:\n  - id: a\n    tags: b\n    x: y\n", "f:\n  - id: a\n    x: y\n"),
            ("f:\n  - { id: a, tags: b, x: y }\n", "f:\n  - { id: a, x: y }\n"),
            ("f:\n  - { tags: [b], x: y }\n", "f:\n  - { x: y }\n"),
        ],
    );
    assert_eq!(done("f:\n  - id: a\n", "f.0.tags", Change::Remove("b")), Err("2:5 `tags` has no “b”".into()));
}

#[test]
fn a_text_keeps_its_style_or_takes_the_least_different() {
    changes(
        "f.0.text",
        Change::Set("one: two #3, it's"),
        &[
            ("f:\n  - text: b # c\n", "f:\n  - text: \"one: two #3, it's\" # c\n"),
            ("f:\n  - text: 'b' # c\n", "f:\n  - text: 'one: two #3, it''s' # c\n"),
            ("f:\n  - text: \"b\"\n    x: y", "f:\n  - text: \"one: two #3, it's\"\n    x: y"),
            (
                "f:\n  - text: | # c\n      b\n\n      c\n\n    # d\n    x: y\n",
                "f:\n  - text: |- # c\n      one: two #3, it's\n\n    # d\n    x: y\n",
            ),
            (
                "f:\n  - text: >-\n        b\n        c\n    x: y\n",
                "f:\n  - text: >-\n        one: two #3, it's\n    x: y\n",
            ),
            ("f:\n  - { text: b, x: y }\n", "f:\n  - { text: \"one: two #3, it's\", x: y }\n"),
            ("f:\n  - text:\n      b\n      c\n    x: y\n", "f:\n  - text:\n      \"one: two #3, it's\"\n    x: y\n"),
        ],
    );
    changes(
        "f.0.status",
        Change::Set("disputed"),
        &[
            ("f:\n  - id: a\n    status: reported # c\n", "f:\n  - id: a\n    status: disputed # c\n"),
            ("f:\n  - id: a\n    sources: b\n", "f:\n  - id: a\n    status: disputed\n    sources: b\n"),
            ("f:\n  - id: a\n    status:\n    sources: b\n", "f:\n  - id: a\n    status: disputed\n    sources: b\n"),
            ("f:\n  - id: a\n    status: # ?\n", "f:\n  - id: a\n    status: disputed # ?\n"),
            ("f:\n  - { id: a, status: , sources: b }\n", "f:\n  - { id: a, status: disputed , sources: b }\n"),
            ("f:\n  - id: a\n    status: ~\n", "f:\n  - id: a\n    status: disputed\n"),
            ("f:\n  - id: a\n    status: disputed\n", "f:\n  - id: a\n    status: disputed\n"),
        ],
    );
    changes(
        "f.0.status",
        Change::Clear,
        &[
            ("f:\n  - id: a\n    status: reported\n    x: y\n", "f:\n  - id: a\n    x: y\n"),
            ("f:\n  - id: a\n    status: reported # c\n", "f:\n  - id: a\n    status: # c\n"),
            ("f:\n  - { id: a, status: reported }\n", "f:\n  - { id: a }\n"),
            ("f:\n  - id: a\n", "f:\n  - id: a\n"),
        ],
    );
}

#[test]
fn a_folded_text_is_broken_anew_only_where_it_changes() {
    let long = "word ".repeat(30);
    let text = "text: >-\n  The first line stands.\n  The second one goes.\n  The third line stands, too.\nx: y\n";
    let new = format!("The first line stands. {long}The third line stands, too.");
    let changed = done(text, "text", Change::Set(&new)).unwrap();
    assert!(changed.starts_with("text: >-\n  The first line stands.\n  word word"), "{changed}");
    assert!(changed.ends_with("\n  The third line stands, too.\nx: y\n"), "{changed}");
    assert!(changed.lines().all(|line| line.len() <= 100), "{changed}");
    let paragraphs = done(text, "text", Change::Set("The first line stands. Other.\nA second paragraph."));
    assert_eq!(
        paragraphs.as_deref(),
        Ok("text: >-\n  The first line stands.\n  Other.\n\n  A second paragraph.\nx: y\n")
    );
    let word =
        done(text, "text", Change::Set("The first line stands. The second one stays. The third line stands, too."));
    assert_eq!(word.as_deref(), Ok(text.replace("goes", "stays").as_str()));
}

#[test]
fn a_mapping_is_appended_with_the_indentation_in_use() {
    let entries = [
        ("id", Entry::Text("new".into())),
        ("text", Entry::Text("a: b".into())),
        ("tags", Entry::List(vec!["x".into()])),
    ];
    changes(
        "facts",
        Change::Append(&entries),
        &[
            (
                "title: t\nfacts:\n  - id: a # c\n# end\n",
                "title: t\nfacts:\n  - id: a # c\n  - id: new\n    text: \"a: b\"\n    tags: [x]\n# end\n",
            ),
            (
                "facts:\n- id: a\n\n- id: b\n  text: |\n    c\n\nsources: {}\n",
                "facts:\n- id: a\n\n- id: b\n  text: |\n    c\n\n- id: new\n  text: \"a: b\"\n  tags: [x]\n\nsources: {}\n",
            ),
            (
                "facts:\n    -   id: a",
                "facts:\n    -   id: a\n    -   id: new\n        text: \"a: b\"\n        tags: [x]",
            ),
            ("facts:\n  - { id: a }\n", "facts:\n  - { id: a }\n  - { id: new, text: \"a: b\", tags: [x] }\n"),
            ("facts: [{ id: a }]\n", "facts: [{ id: a }, { id: new, text: \"a: b\", tags: [x] }]\n"),
            ("facts: [] # none\n", "facts: # none\n  - id: new\n    text: \"a: b\"\n    tags: [x]\n"),
            ("facts:\nsources: {}\n", "facts:\n  - id: new\n    text: \"a: b\"\n    tags: [x]\nsources: {}\n"),
            ("title: t\nid: y", "title: t\nid: y\nfacts:\n  - id: new\n    text: \"a: b\"\n    tags: [x]"),
            ("title: t\n...\n", "title: t\nfacts:\n  - id: new\n    text: \"a: b\"\n    tags: [x]\n...\n"),
            ("{ title: t }\n", "{ title: t, facts: [{ id: new, text: \"a: b\", tags: [x] }] }\n"),
            ("{ title: t, facts: [] }\n", "{ title: t, facts: [{ id: new, text: \"a: b\", tags: [x] }] }\n"),
        ],
    );
    let kept = "facts:\n  - text: |+\n      c\n\n\nend: 1\n";
    let after = "facts:\n  - text: |+\n      c\n\n\n  - id: new\n    text: \"a: b\"\n    tags: [x]\nend: 1\n";
    assert_eq!(done(kept, "facts", Change::Append(&entries)).as_deref(), Ok(after));
    let map = done("facts:\n  a: { text: b }\n", "facts", Change::Append(&entries));
    assert_eq!(map, Err("2:3 `facts` is no list here".into()));
}

#[test]
fn what_is_anothers_too_is_refused_with_its_place() {
    let text = "x-t: &t [a]\nf:\n  - tags: *t\n    text: &w one\n  - text: *w\n    tags: [b]\n    id: c\n    id: d\n";
    let told = |way: &str, what| done(text, way, what).unwrap_err();
    assert_eq!(
        told("f.0.tags", Change::Add("x")),
        "3:11 an alias repeats the value at 1:6 here; a change would be one of both"
    );
    assert_eq!(
        told("f.0.text", Change::Set("x")),
        "4:11 an alias at 5:11 repeats this value; a change would be one of both"
    );
    assert_eq!(told("f.1.id", Change::Set("x")), "8:5 `id` stands here twice, first at 7:5; take one out");
    assert_eq!(told("f.2.id", Change::Set("x")), "3:3 item 3 is not here any more");
    assert_eq!(
        told("f.1.text.x", Change::Set("x")),
        "5:11 an alias repeats the value at 4:11 here; a change would be one of both"
    );
    assert_eq!(told("f.1.tags", Change::Set("x")), "6:11 `tags` is no text here");
    let whole = "a: &a { text: b }\nf:\n  - *a\n";
    assert!(done(whole, "f.0.text", Change::Set("x")).unwrap_err().contains("3:5 an alias repeats the value at 1:4"));
    assert!(done("a: [\n", "a", Change::Set("x")).unwrap_err().contains("not YAML"));
    assert!(done("- a\n", "a", Change::Set("x")).unwrap_err().contains("no mapping"));
    assert!(done("", "a", Change::Set("x")).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_text_is_set_in_any_style_or_refused_and_nothing_else_moves(
        value in "[ a-zA-Z0-9:#,'\"\\[\\]{}\n|>%&*!?@`~é😀-]{0,60}", style in 0..8_usize, crlf in any::<bool>()
    ) {
        let old = ["old text", "'old text'", "\"old text\"", "|-\n      old text", "|\n      old text", ">-\n      old\n      text", ">\n      old\n\n      text", ">2-\n      old\n      text"][style];
        let (head, tail) = ("# é\nlist:\n  - id: a\n    text: ", "\n    after: 1 # c\nend: x\n");
        let text = format!("{head}{old}{tail}");
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let fix = |t: &str| if crlf { t.replace('\n', "\r\n") } else { t.to_owned() };
        match done(&text, "list.0.text", Change::Set(&value)) {
            Ok(new) => {
                prop_assert!(new.starts_with(&fix(head)) && new.ends_with(&fix(tail)), "{}", new);
                let again = done(&new, "list.0.text", Change::Set(&value));
                prop_assert_eq!(again.as_deref(), Ok(&*new));
                prop_assert!(Tree::parse(&new).is_ok());
            }
            Err(told) => prop_assert!(false, "{:?}: {}", value, told),
        }
    }

    #[test]
    fn an_item_that_is_added_and_taken_out_leaves_the_file_as_it_was(
        item in "[ a-zA-Z0-9:#,'\"\\[\\]{}é-]{1,12}", style in 0..7_usize
    ) {
        let tags = ["[old]", "[ old, 'b' ]", "[\n      old,\n      b,\n    ]", "\n      - old # c\n      - b", "\n    - old", "[old] # c", "[\"old\",b]"][style];
        let text = format!("list:\n  - id: a\n    tags: {tags}\n    after: 1 # c\nend: x\n");
        prop_assume!(item.trim() != "old" && item.trim() != "b");
        let added = done(&text, "list.0.tags", Change::Add(&item));
        prop_assert!(added.is_ok(), "{:?}", added);
        let back = done(&added.unwrap(), "list.0.tags", Change::Remove(&item));
        prop_assert_eq!(back.as_deref(), Ok(&*text));
    }
}
