//! Lists of names as BibTeX and BibLaTeX write them, into the names of CSL.

use super::latex::{self, Style};
use crate::model::csl::text;
use crate::yaml::Value;

/// The names of a field; `dropping` when a particle such as `von` is left out where the family name
/// stands alone.
pub(super) fn names(source: &str, dropping: bool) -> Vec<Value> {
    let names = split_outside(source, Separator::And);
    names.into_iter().filter_map(|name| self::name(name.trim(), dropping)).collect()
}

/// A list of institutions, publishers or places: the same, but each is a text.
pub(super) fn literals(source: &str) -> Vec<String> {
    let items = split_outside(source, Separator::And).into_iter();
    items.map(|item| latex::text(item, Style::Text)).filter(|item| !item.is_empty() && item != "others").collect()
}

fn name(source: &str, dropping: bool) -> Option<Value> {
    if source.is_empty() {
        return None;
    }
    if let Some(inner) = whole_group(source) {
        return literal(&plain(inner));
    }
    if source == "others" {
        return literal("others");
    }
    let parts = split_outside(source, Separator::Comma);
    if parts.first().is_some_and(|part| is_named_part(part)) {
        return named_parts(&parts, dropping);
    }
    let particle = if dropping { "dropping-particle" } else { "non-dropping-particle" };
    let mut fields = Vec::new();
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            fields.push((key.into(), text(value)));
        }
    };
    match parts.as_slice() {
        [only] => {
            let words = split_outside(only, Separator::Space);
            let (given, von, last) = first_von_last(&words);
            add("family", joined(last));
            add("given", joined(given));
            add(particle, joined(von));
        }
        [last, rest @ ..] => {
            let words = split_outside(last, Separator::Space);
            let (von, last) = von_last(&words);
            add("family", joined(last));
            // With three parts the middle one is `Jr.`.
            let (suffix, given) = match rest {
                [given] => ("", *given),
                [suffix, given @ ..] => (*suffix, given.first().copied().unwrap_or_default()),
                [] => ("", ""),
            };
            add("given", plain(given));
            add(particle, joined(von));
            add("suffix", plain(suffix));
        }
        [] => {}
    }
    (!fields.is_empty()).then_some(Value::Map(fields))
}

fn literal(name: &str) -> Option<Value> {
    (!name.is_empty()).then(|| Value::Map(vec![("literal".into(), text(name))]))
}

fn plain(source: &str) -> String {
    latex::text(source, Style::Plain)
}

fn joined(words: &[&str]) -> String {
    plain(&words.join(" "))
}

/// `family=…, given=…, prefix=…, useprefix=…` (BibLaTeX's extended name format).
fn named_parts(parts: &[&str], dropping: bool) -> Option<Value> {
    let mut dropping = dropping;
    let mut found: Vec<(&str, String)> = Vec::new();
    for part in parts {
        let Some((key, value)) = part.split_once('=') else { continue };
        let value = plain(value.trim().trim_matches('"'));
        match key.trim().to_ascii_lowercase().as_str() {
            "family" => found.push(("family", value)),
            "given" => found.push(("given", value)),
            "prefix" => found.push(("prefix", value)),
            "suffix" => found.push(("suffix", value)),
            "useprefix" => dropping = value == "false",
            _ => {}
        }
    }
    let particle = if dropping { "dropping-particle" } else { "non-dropping-particle" };
    let mut fields: Vec<(Box<str>, Value)> = Vec::new();
    for (key, to) in [("family", "family"), ("given", "given"), ("prefix", particle), ("suffix", "suffix")] {
        if let Some((_, value)) = found.iter().find(|(k, v)| *k == key && !v.is_empty()) {
            fields.push((to.into(), text(value.as_str())));
        }
    }
    (!fields.is_empty()).then_some(Value::Map(fields))
}

fn is_named_part(part: &str) -> bool {
    part.split_once('=').is_some_and(|(key, _)| {
        matches!(
            key.trim().to_ascii_lowercase().as_str(),
            "family" | "given" | "prefix" | "suffix" | "useprefix" | "given-i" | "family-i" | "id" | "gender"
        )
    })
}

/// `First von Last`: the words before the first small one, the small ones, and the rest.
fn first_von_last<'w, 's>(words: &'w [&'s str]) -> (&'w [&'s str], &'w [&'s str], &'w [&'s str]) {
    let Some(last) = words.len().checked_sub(1) else { return (&[], &[], &[]) };
    let before = &words[..last];
    match before.iter().position(|word| is_small(word)) {
        Some(first) => {
            let (von, family) = von_last(&words[first..]);
            (&words[..first], von, family)
        }
        None => (before, &[], &words[last..]),
    }
}

/// `von Last`: up to the last small word, and the rest, which has at least one word.
fn von_last<'w, 's>(words: &'w [&'s str]) -> (&'w [&'s str], &'w [&'s str]) {
    let Some(last) = words.len().checked_sub(1) else { return (&[], &[]) };
    let end = words[..last].iter().rposition(|word| is_small(word)).map_or(0, |i| i + 1);
    words.split_at(end)
}

/// Whether a word begins with a small letter; what stands in braces has no case.
fn is_small(word: &str) -> bool {
    if word.starts_with('{') && !word.starts_with("{\\") {
        return false;
    }
    plain(word).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}

/// What stands inside, if one group makes up the whole text.
fn whole_group(source: &str) -> Option<&str> {
    let inner = source.strip_prefix('{')?.strip_suffix('}')?;
    if inner.starts_with('\\') && !inner.contains(' ') {
        return None;
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    for byte in inner.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    Some(inner)
}

#[derive(Clone, Copy, PartialEq)]
enum Separator {
    And,
    Comma,
    Space,
}

/// Splits where a separator stands outside braces.
fn split_outside(source: &str, separator: Separator) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut chars = source.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 && separator == Separator::Comma => {
                parts.push(&source[start..at]);
                start = at + 1;
            }
            c if depth == 0 && (c.is_whitespace() || c == '~') && separator != Separator::Comma => {
                let behind = at + c.len_utf8();
                match separator {
                    Separator::Space => {
                        parts.push(&source[start..at]);
                        start = behind;
                    }
                    _ if begins_with_and(&source[behind..]) => {
                        parts.push(&source[start..at]);
                        start = behind + "and".len();
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    parts.push(&source[start.min(source.len())..]);
    if separator != Separator::Comma {
        parts.retain(|part| !part.trim().is_empty());
    }
    parts
}

fn begins_with_and(text: &str) -> bool {
    text.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("and"))
        && text.get(3..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names as `key=value` pairs, the keys by their first letters.
    fn read(source: &str) -> Vec<String> {
        let shown = |value: &Value| {
            let Value::Map(fields) = value else { panic!("{value:?}") };
            let part = |(key, value): &(Box<str>, Value)| {
                let short = match &**key {
                    "non-dropping-particle" => "ndp",
                    "dropping-particle" => "dp",
                    key => &key[..1],
                };
                format!("{short}={}", value.text().unwrap())
            };
            fields.iter().map(part).collect::<Vec<_>>().join(" ")
        };
        names(source, false).iter().map(shown).collect()
    }

    #[test]
    fn the_three_forms_of_a_name() {
        for (written, expected) in [
            ("Ana Mar{\\'\\i}a Ruiz", "f=Ruiz g=Ana María"),
            ("Ruiz, Ana", "f=Ruiz g=Ana"),
            ("King, Jr., Martin Luther", "f=King g=Martin Luther s=Jr."),
            ("van der Berg, Jan", "f=Berg g=Jan ndp=van der"),
            ("Jan van der Berg", "f=Berg g=Jan ndp=van der"),
            (
                "Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin",
                "f=Vallée Poussin g=Charles Louis Xavier Joseph ndp=de la",
            ),
            ("de Gaulle", "f=Gaulle ndp=de"),
            ("Plato", "f=Plato"),
            ("Li Qiang", "f=Qiang g=Li"),
            ("{Li} Qiang", "f=Qiang g=Li"),
            ("{\\'E}mile Zola", "f=Zola g=Émile"),
            ("{\\`a} Kempis, Thomas", "f=Kempis g=Thomas ndp=à"),
            ("{De Groot}, Anna", "f=De Groot g=Anna"),
            ("J.~R.~R. Tolkien", "f=Tolkien g=J. R. R."),
            ("Smith,, John", "f=Smith g=John"),
        ] {
            assert_eq!(read(written), [expected], "{written}");
        }
    }

    #[test]
    fn lists_literals_and_others() {
        assert_eq!(
            read("{{World Bank}} and {Ministry of Trade and Industry} AND Smith, J. and others"),
            ["l=World Bank", "l=Ministry of Trade and Industry", "f=Smith g=J.", "l=others"]
        );
        assert_eq!(read("Anderson, A.\n and Brand, B."), ["f=Anderson g=A.", "f=Brand g=B."]);
        assert_eq!(read(" and  and "), [""; 0]);
        assert_eq!(literals("Springer and {Simon and Schuster}"), ["Springer", "Simon and Schuster"]);
    }

    #[test]
    fn names_part_by_part() {
        assert_eq!(
            read(
                "given=Charles, family=Gaulle, prefix=de, useprefix=true and family={Al Saud}, given=\"M. B.\", prefix=bin, useprefix=false"
            ),
            ["f=Gaulle g=Charles ndp=de", "f=Al Saud g=M. B. dp=bin"]
        );
        let dropping = names("von Goethe, Johann", true);
        assert_eq!(dropping[0].get("dropping-particle").and_then(Value::text), Some("von"));
    }
}
