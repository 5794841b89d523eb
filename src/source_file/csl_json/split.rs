//! A JSON list cut into its items, so that a broken one costs no other.

/// An item of the list, as written.
#[derive(Debug, PartialEq)]
pub(super) struct Item<'t> {
    /// The byte at which it starts.
    pub at: usize,
    /// Its text, whole or as far as the next item's beginning.
    pub text: &'t str,
}

/// What a text holds.
#[derive(Debug, PartialEq)]
pub(super) struct Items<'t> {
    /// The items in order.
    pub items: Vec<Item<'t>>,
    /// The byte at which something is wrong outside the items, and what.
    pub outside: Option<(usize, &'static str)>,
}

/// Cuts a list of objects, or takes one object alone; `None` for anything else.
pub(super) fn split(text: &str) -> Option<Items<'_>> {
    let start = text.len() - text.trim_start().len();
    match text.as_bytes().get(start)? {
        b'[' => Some(list(text, start + 1)),
        b'{' => Some(Items { items: vec![Item { at: start, text: text.get(start..)?.trim_end() }], outside: None }),
        _ => None,
    }
}

fn list(text: &str, from: usize) -> Items<'_> {
    let bytes = text.as_bytes();
    let mut items = Vec::new();
    let mut position = from;
    // An item on a line of its own tells how the beginning of the next one looks.
    let mut margin: Option<&str> = None;
    loop {
        while bytes.get(position).is_some_and(|b| b.is_ascii_whitespace() || *b == b',') {
            position += 1;
        }
        match bytes.get(position) {
            None => return Items { items, outside: Some((text.len(), "the list is not closed by `]`")) },
            Some(b']') => {
                let rest = &text[position + 1..];
                let more = position + 1 + (rest.len() - rest.trim_start().len());
                let outside =
                    (!rest.trim().is_empty()).then_some((more, "nothing may stand behind the end of the list"));
                return Items { items, outside };
            }
            Some(_) => {}
        }
        if items.is_empty() {
            margin = blank_before(text, position);
        }
        // A brace that closes nothing is an item of its own, or this would not go on.
        let end = end_of_item(text, position, margin).max(position + 1);
        items.push(Item { at: position, text: text[position..end].trim_end_matches([',', ' ', '\t', '\r', '\n']) });
        position = end;
    }
}

/// The blanks between the line's start and `at`, if there is nothing else.
fn blank_before(text: &str, at: usize) -> Option<&str> {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let before = &text[start..at];
    (start > 0 && before.bytes().all(|b| b == b' ' || b == b'\t')).then_some(before)
}

/// The byte behind the item that starts at `from`.
fn end_of_item(text: &str, from: usize, margin: Option<&str>) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut in_text) = (0_usize, false);
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if in_text => at += 1,
            b'"' => in_text = !in_text,
            b'\n' => {
                // No text of JSON goes over a line's end: what is open was not closed.
                in_text = false;
                let next = margin.and_then(|margin| text.get(at + 1..)?.strip_prefix(margin));
                if next.is_some_and(|next| next.starts_with('{')) && at > from {
                    return at + 1;
                }
            }
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => {
                if depth <= 1 {
                    // What is no object ends before the end of the list.
                    return if depth == 0 { at } else { at + 1 };
                }
                depth -= 1;
            }
            b',' if !in_text && depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text).unwrap().items.into_iter().map(|item| item.text).collect()
    }

    #[test]
    fn items_are_cut_at_their_braces() {
        assert_eq!(
            texts(r#"[{"a":"}"},{"b":[{"c":1}]} , 5, "x"]"#),
            [r#"{"a":"}"}"#, r#"{"b":[{"c":1}]}"#, "5", "\"x\""]
        );
        assert_eq!(texts("[]"), [""; 0]);
        assert_eq!(texts(" {\"a\": 1}\n"), ["{\"a\": 1}"]);
        assert_eq!(split("5"), None);
        assert_eq!(split(""), None);
    }

    #[test]
    fn a_broken_item_ends_where_the_next_begins() {
        let text = "[\n  {\n    \"a\": [ {\"x\": 1}\n  },\n  {\n    \"b\": \"open\n  },\n  { \"c\": 1 }\n]\n";
        let items = texts(text);
        assert_eq!(items.len(), 3);
        assert_eq!(items[2], "{ \"c\": 1 }");
    }

    #[test]
    fn what_is_wrong_outside_is_told() {
        assert_eq!(split("[{}").unwrap().outside.map(|(at, _)| at), Some(3));
        assert_eq!(split("[{}] x").unwrap().outside.map(|(at, _)| at), Some(5));
    }
}
