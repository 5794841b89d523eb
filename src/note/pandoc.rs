//! What Pandoc needs to print the citations itself: marks in its syntax, and the references.

use std::collections::{HashMap, HashSet};

use super::inline;
use super::item::{Entry, UNSEEN};
use crate::markdown::escape;
use crate::model::csl::DATES;
use crate::yaml::Value;

/// The key of each entry in Pandoc's document: the source's own, made unique.
pub(super) fn keys(entries: &[Entry]) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let unique = |entry: &Entry| {
        let own = entry.key.to_string();
        let key = (1..).map(|n| if n == 1 { own.clone() } else { format!("{own}-{n}") });
        let free = key.into_iter().find(|key| !taken.contains(key)).unwrap_or(own);
        taken.insert(free.clone());
        free
    };
    entries.iter().map(unique).collect()
}

/// A citation of one source: its key, the words around it, the place meant.
#[derive(Debug, Default)]
pub(super) struct Cite<'a> {
    /// The key among [`keys`].
    pub key: &'a str,
    /// The words before it.
    pub prefix: &'a str,
    /// The place in the source.
    pub at: Option<String>,
    /// The words behind it.
    pub suffix: &'a str,
    /// The grade of the source, if it is to print.
    pub grade: Option<&'a str>,
}

/// A citation in Pandoc's syntax.
pub(super) fn mark(cites: &[Cite<'_>]) -> String {
    let one = |cite: &Cite<'_>| {
        let mut out = String::new();
        if !cite.prefix.is_empty() {
            out.push_str(&escape(cite.prefix));
            out.push(' ');
        }
        out.push_str(&named(cite.key));
        if let Some(at) = &cite.at {
            out.push_str(", ");
            out.push_str(&escape(at));
        }
        for behind in cite.grade.iter().copied().chain([cite.suffix]).filter(|text| !text.is_empty()) {
            out.push_str(", ");
            out.push_str(&escape(behind));
        }
        out
    };
    format!("[{}]", cites.iter().map(one).collect::<Vec<_>>().join("; "))
}

/// A key as Pandoc reads it: bare if it may be, else in braces.
fn named(key: &str) -> String {
    let inner = |c: char| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c);
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let doubled = key.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_punctuation));
    let bare = ends(key.chars().next()) && ends(key.chars().last()) && key.chars().all(inner) && !doubled;
    if bare { format!("@{key}") } else { format!("@{{{key}}}") }
}

/// The front matter of Pandoc's document: language, style and references.
///
/// Each reference is one line, CSL-JSON as YAML reads it; its texts are Markdown, as Pandoc takes them.
pub(super) fn front_matter(language: &str, style: &str, entries: &[Entry], keys: &[String]) -> String {
    let mut out = String::from("---\n");
    out.push_str(&format!("lang: {}\n", quoted(language)));
    if !entries.is_empty() {
        out.push_str("link-citations: true\n");
        out.push_str(&format!("# attache styles show {style} > {style}.csl; pandoc --citeproc --csl {style}.csl\n"));
        out.push_str("references:\n");
        for (entry, key) in entries.iter().zip(keys) {
            out.push_str(&format!("- {}\n", reference(entry, key)));
        }
    }
    out.push_str("---");
    out
}

fn reference(entry: &Entry, key: &str) -> String {
    let mut fields: Vec<String> = vec![format!("\"id\": {}", quoted(key))];
    let mut seen = HashMap::new();
    for (name, value) in entry.variables.iter() {
        if UNSEEN.contains(&name) || seen.insert(name, ()).is_some() {
            continue;
        }
        let printed = match value {
            Value::Text(text) if text.trim().is_empty() => continue,
            Value::Text(text) if name == "type" || DATES.contains(&name) => quoted(text.trim()),
            Value::Text(text) => quoted(&markdown(text)),
            Value::List(names) => format!("[{}]", names.iter().map(person).collect::<Vec<_>>().join(", ")),
            Value::Map(_) => format!("[{}]", person(value)),
        };
        fields.push(format!("{}: {printed}", quoted(name)));
    }
    format!("{{{}}}", fields.join(", "))
}

fn person(name: &Value) -> String {
    let Value::Map(parts) = name else {
        return format!("{{\"literal\": {}}}", quoted(&markdown(name.text().unwrap_or_default())));
    };
    let part =
        |(key, value): &(Box<str>, Value)| Some(format!("{}: {}", quoted(key), quoted(&markdown(value.text()?))));
    format!("{{{}}}", parts.iter().filter_map(part).collect::<Vec<_>>().join(", "))
}

/// Text with the tags of CSL-JSON as Pandoc's Markdown.
fn markdown(text: &str) -> String {
    let mut out = String::new();
    for piece in inline::pieces(text) {
        let body = escape(&piece.text);
        let space = |edge: bool| if edge { " " } else { "" };
        let (head, tail) = (piece.text.starts_with(' '), piece.text.ends_with(' ') && piece.text.len() > 1);
        let marked = match piece.tag() {
            Some(inline::Tag::Italic) => format!("*{body}*"),
            Some(inline::Tag::Kept) => format!("[{body}]{{.nocase}}"),
            Some(inline::Tag::Raised) => format!("^{}^", body.replace(' ', "\\ ")),
            Some(inline::Tag::Lowered) => format!("~{}~", body.replace(' ', "\\ ")),
            Some(inline::Tag::Plain) | None => body,
        };
        out.push_str(space(head));
        out.push_str(&marked);
        out.push_str(space(tail));
    }
    out
}

/// A JSON string, which YAML reads as well.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_pandoc_s() {
        let cite = |key, at: Option<&str>| Cite {
            key,
            prefix: "see",
            at: at.map(Into::into),
            suffix: "my emphasis",
            grade: None,
        };
        assert_eq!(mark(&[cite("afp-1", Some("para 3"))]), "[see @afp-1, para 3, my emphasis]");
        let plain = |key| Cite { key, prefix: "", at: None, suffix: "", grade: None };
        assert_eq!(mark(&[plain("a"), plain("b.")]), "[@a; @{b.}]");
    }

    #[test]
    fn texts_are_markdown_and_keep_their_marks() {
        assert_eq!(
            markdown("On <i>Homo</i> in <span class=\"nocase\">iOS</span> *9*"),
            "On *Homo* in [iOS]{.nocase} \\*9\\*"
        );
        assert_eq!(markdown("CO<sub>2</sub>"), "CO~2~");
    }
}
