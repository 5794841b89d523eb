use super::parse_tests::{check_tiling, draft};

#[test]
fn front_matter_forms() {
    for (text, title) in [
        ("---\ntitle: x\n---", Some("x")),
        ("\u{feff}---\r\ntitle: x\r\n...\r\n", Some("x")),
        ("--- \ntitle: x\n--- \n", Some("x")),
        ("---\n---\n", None),
        ("---\n# nothing\n\n---\n", None),
        ("---\ntitle: x\n", None),
        ("----\ntitle: x\n---\n", None),
        (" ---\ntitle: x\n---\n", None),
        ("\n---\ntitle: x\n---\n", None),
        ("---", None),
        ("---\ntitle:\n---\n", None),
        ("---\ntitle: x\nother: [1]\n---\n", Some("x")),
    ] {
        let draft = draft(text);
        check_tiling(&draft, text);
        assert_eq!(draft.front().title.as_deref(), title, "{text:?}");
        assert!(draft.front().problems.iter().all(|p| p.unknown_key));
    }
}

#[test]
fn front_matter_values() {
    let set = |text: &str, key: &str, value: &str| {
        let draft = draft(text).set_front_matter(key, value);
        draft.map(|draft| draft.text().to_owned())
    };
    for (text, key, value, expected) in [
        ("", "title", "x", "---\ntitle: x\n---\n"),
        ("## A\n", "title", "x", "---\ntitle: x\n---\n\n## A\n"),
        ("\u{feff}a\r\n", "title", "x: y", "\u{feff}---\r\ntitle: \"x: y\"\r\n---\r\n\r\na\r\n"),
        ("---\ntitle: a\n---\n", "title", "b", "---\ntitle: b\n---\n"),
        ("---\ntitle: a  # why\nx: 1\n---\n", "title", "b", "---\ntitle: b  # why\nx: 1\n---\n"),
        ("---\ntitle: \"a # b\" # c\n---\n", "title", "b", "---\ntitle: b # c\n---\n"),
        ("---\ntitle: >-\n  long\n\n  more\nx: 1\n---\n", "title", "b", "---\ntitle: b\nx: 1\n---\n"),
        ("---\r\nx: 1\r\n---\r\n", "as-of", "2024-08-19", "---\r\nx: 1\r\nas-of: 2024-08-19\r\n---\r\n"),
        ("---\n---\n", "title", "007", "---\ntitle: 007\n---\n"),
        ("---\nfields:\n  title: no\n---\n", "title", "", "---\nfields:\n  title: no\ntitle: \"\"\n---\n"),
        ("---\nmarking: TLP:CLEAR\n---\n", "marking", "TLP:RED", "---\nmarking: TLP:RED\n---\n"),
    ] {
        assert_eq!(set(text, key, value).as_deref(), Some(expected), "{text:?}");
    }
    assert_eq!(set("---\n{a: b}\n---\n", "title", "x"), None);
    assert_eq!(set("---\na: [\n---\n", "title", "x"), None);
}

#[test]
fn a_quoted_value_of_several_lines_is_not_set_by_halves() {
    let broken = draft("---\ntitle: \"a\ndate: b\"\nfields: {}\n---\n");
    assert!(broken.set_front_matter("title", "new").is_none_or(|set| set.front().problems.is_empty()));
    let indented = draft("---\ntitle: \"a\n  b\"\nx-note: c\n---\n");
    let set = indented.set_front_matter("title", "new").unwrap();
    assert_eq!(set.text(), "---\ntitle: new\nx-note: c\n---\n");
}
