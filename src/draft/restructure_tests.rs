use super::edit_tests::at;
use super::parse_tests::draft;

#[test]
fn merge_and_split() {
    for (text, expected) in [
        ("a\n\nb\nc\n", "a b\nc\n"),
        ("- a [@e#f].\n- b\n  c\n- d\n", "- a [@e#f]. b\n  c\n- d\n"),
        ("> a\n\n> b\n> c\n", "> a b\n> c\n"),
        ("- a\n\nb\nc\n", "- a b\n  c\n"),
        ("a\r\n\r\n> b\r\n> c\r\n", "a b\r\nc\r\n"),
        ("1. a\n2. b\n3. c\n", "1. a b\n2. c\n"),
    ] {
        assert_eq!(draft(text).merge_with_next(at(0, 0)).unwrap().text(), expected, "{text:?}");
    }
    for text in ["a\n", "a\n\n```\nb\n```\n", "- a\n  - b\n- c\n", "## A\n\na\n\n## B\n\nb\n"] {
        assert!(draft(text).merge_with_next(at(0, 0)).is_none(), "{text:?}");
    }
    for (text, offset, expected) in [
        ("One. Two.\n", 5, "One.\n\nTwo.\n"),
        ("One. Two.\n", 4, "One.\n\nTwo.\n"),
        ("One.\nTwo.\n", 4, "One.\n\nTwo.\n"),
        ("- One. Two.\n- x\n", 7, "- One.\n- Two.\n- x\n"),
        ("- One.\n  Two.\n  Three.\n", 7, "- One.\n- Two.\n  Three.\n"),
        ("> One. Two.\n> Three.\n", 7, "> One.\n\n> Two.\n> Three.\n"),
        ("> One.\n> Two.\n", 7, "> One.\n\n> Two.\n"),
        ("1. One. Two.\n2. x\n", 7, "1. One.\n2. Two.\n3. x\n"),
        ("One. Two.\r\n", 5, "One.\r\n\r\nTwo.\r\n"),
    ] {
        assert_eq!(draft(text).split_block(at(0, 0), offset).unwrap().text(), expected, "{text:?}");
    }
    for (text, offset) in [
        ("One.\n", 0),
        ("One.\n", 4),
        ("- One.\n", 1),
        ("é\n", 1),
        ("a [@b; @c]\n", 5),
        ("```\na\n```\n", 4),
        ("x\n", 99),
    ] {
        assert!(draft(text).split_block(at(0, 0), offset).is_none(), "{text:?}");
    }
}
