//! Citation styles: those that come with Hayagriva, and the desk's own `.csl` files.

use std::collections::{HashMap, HashSet};

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Style};

use super::tree;
use crate::model::StyleFile;
use crate::model::text::{clean, one_line};

/// Why a style cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StyleError {
    /// No style has this name; the nearest that exist.
    Unknown {
        /// Names that were probably meant.
        near: Vec<String>,
    },
    /// The desk's file of this name cannot be read.
    Broken {
        /// The file, relative to the desk.
        path: String,
        /// Where in the file, in bytes, if it is known.
        at: Option<usize>,
        /// What is wrong.
        message: String,
    },
}

/// Every style name that comes with the program, sorted.
pub fn style_names() -> Vec<&'static str> {
    let mut names: Vec<_> = ArchivedStyle::all().iter().flat_map(|s| s.names()).copied().collect();
    names.sort_unstable();
    names
}

/// A style that comes with the program, as the text of a `.csl` file.
pub fn style_text(name: &str) -> Option<String> {
    ArchivedStyle::by_name(name)?.get().to_xml().ok()
}

/// Whether there is a style of this name, without reading it.
///
/// # Errors
/// The nearest names that exist.
pub fn find_style(name: &str, own: &[StyleFile]) -> Result<(), Vec<String>> {
    let stem = name.strip_suffix(".csl").unwrap_or(name);
    let there = own.iter().any(|file| *file.name == *stem || *file.path == *name);
    if there || ArchivedStyle::by_name(stem).is_some() { Ok(()) } else { Err(near(stem, own)) }
}

/// Whether a style of this name can be used.
///
/// # Errors
/// [`StyleError`]: there is none, or the desk's own cannot be read.
pub fn check_style(name: &str, own: &[StyleFile]) -> Result<(), StyleError> {
    load(name, own).map(|_| ())
}

/// Loads a style by name: the desk's own first, then those that come with the program.
///
/// # Errors
/// [`StyleError`]: there is none, or the desk's own cannot be read.
pub(super) fn load(name: &str, own: &[StyleFile]) -> Result<IndependentStyle, StyleError> {
    let stem = name.strip_suffix(".csl").unwrap_or(name);
    let file = own.iter().find(|file| *file.name == *stem || *file.path == *name);
    match file {
        Some(file) => read(file, own, 0),
        None => archived(stem).ok_or_else(|| unknown(stem, own)),
    }
}

fn archived(name: &str) -> Option<IndependentStyle> {
    match ArchivedStyle::by_name(name)?.get() {
        Style::Independent(style) => Some(style),
        Style::Dependent(_) => None,
    }
}

fn unknown(name: &str, own: &[StyleFile]) -> StyleError {
    StyleError::Unknown { near: near(name, own) }
}

fn near(name: &str, own: &[StyleFile]) -> Vec<String> {
    let names = style_names().into_iter().chain(own.iter().map(|file| &*file.name));
    let mut near: Vec<(usize, &str)> = names.map(|n| (strsim::levenshtein(name, n), n)).collect();
    near.sort_unstable();
    near.iter().take(3).map(|(_, n)| (*n).to_owned()).collect()
}

/// Reads a `.csl` file; a dependent one leads to its parent.
fn read(file: &StyleFile, own: &[StyleFile], depth: usize) -> Result<IndependentStyle, StyleError> {
    let broken = |at, message: String| StyleError::Broken { path: file.path.to_string(), at, message };
    if let Err((at, message)) = well_formed(&file.text) {
        return Err(broken(Some(at), message));
    }
    let style = Style::from_xml(&file.text).map_err(|e| {
        let path = e.path.as_ref().map(ToString::to_string).unwrap_or_default();
        let reason = one_line(&clean(&e.source.to_string()));
        let within = if path.is_empty() || path == "." { String::new() } else { format!(" (at `{path}`)") };
        broken(place(&file.text, &path), format!("this is no CSL 1.0 style: {reason}{within}"))
    })?;
    match style {
        Style::Independent(style) => match endless(&style) {
            Some(name) => {
                let at = file.text.find(&format!("name=\"{name}\""));
                Err(broken(at, format!("the macro `{name}` calls itself, so it would never end")))
            }
            None => Ok(style),
        },
        Style::Dependent(style) => {
            let link = style.parent_link.href.trim_end_matches('/');
            let parent = link.rsplit('/').next().unwrap_or(link);
            if let Some(file) = own.iter().find(|other| *other.name == *parent && other.path != file.path)
                && depth < 4
            {
                return read(file, own, depth + 1);
            }
            let by_link =
                ArchivedStyle::all().iter().find(|s| s.csl_id() == link).and_then(|s| archived(s.names().first()?));
            by_link.or_else(|| archived(parent)).ok_or_else(|| {
                broken(
                    None,
                    format!("this style depends on `{parent}`, which is not here; put its `.csl` file beside this one"),
                )
            })
        }
    }
}

/// A macro that calls itself, directly or through others.
fn endless(style: &IndependentStyle) -> Option<String> {
    let calls: HashMap<&str, HashSet<String>> = style
        .macros
        .iter()
        .map(|m| {
            let mut names = HashSet::new();
            tree::called(&m.children, &mut names);
            (m.name.as_str(), names)
        })
        .collect();
    // A macro none of whose calls is left unfinished is done with; what is never done with is a circle.
    let mut open: HashMap<&str, HashSet<String>> = calls;
    loop {
        let done: Vec<&str> = open
            .iter()
            .filter(|(_, calls)| !calls.iter().any(|c| open.contains_key(c.as_str())))
            .map(|(n, _)| *n)
            .collect();
        if done.is_empty() {
            break;
        }
        done.iter().for_each(|name| {
            open.remove(name);
        });
    }
    style.macros.iter().find(|m| open.contains_key(m.name.as_str())).map(|m| m.name.clone())
}

/// How deep a style's elements may be nested; the deepest that ships has 14 levels.
const DEPTH: usize = 100;

/// Whether a text is XML at all: the byte of the first fault, and what it is.
fn well_formed(text: &str) -> Result<(), (usize, String)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return Ok(()),
            Ok(quick_xml::events::Event::Start(_)) if depth >= DEPTH => {
                let at = usize::try_from(reader.buffer_position()).unwrap_or(0).min(text.len());
                let at = (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
                return Err((at, format!("elements are nested more than {DEPTH} deep")));
            }
            Ok(quick_xml::events::Event::Start(_)) => depth += 1,
            Ok(quick_xml::events::Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(e) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(0).min(text.len());
                let at = (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
                return Err((at, format!("this is no XML: {}", one_line(&clean(&e.to_string())))));
            }
        }
    }
}

/// The byte at which the last element that a path names begins.
fn place(text: &str, path: &str) -> Option<usize> {
    let mut at = None;
    let mut from = 0;
    for part in path.split(['.', '[', ']']).filter(|part| part.chars().all(|c| c.is_ascii_alphabetic() || c == '-')) {
        let Some(found) = text[from..].find(&format!("<{part}")) else { continue };
        at = Some(from + found);
        from += found + 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> StyleFile {
        StyleFile { name: name.into(), path: format!("templates/{name}.csl").into(), text: text.into() }
    }

    #[test]
    fn an_archived_style_written_out_reads_the_same() {
        let text = style_text("ieee").unwrap();
        let own = [file("house", &text)];
        assert_eq!(load("house", &own).unwrap().citation, archived("ieee").unwrap().citation);
        assert_eq!(load("templates/house.csl", &own).unwrap().macros.len(), archived("ieee").unwrap().macros.len());
    }

    #[test]
    fn an_unknown_name_has_its_near_ones_the_desk_s_own_among_them() {
        let own = [file("house-notes", "")];
        let Err(StyleError::Unknown { near }) = load("house-note", &own) else { panic!("expected an unknown style") };
        assert_eq!(near.first().map(String::as_str), Some("house-notes"));
        let Err(StyleError::Unknown { near }) = load("chicago-note", &[]) else { panic!("expected an unknown style") };
        assert!(near.contains(&"chicago-notes".to_owned()), "{near:?}");
    }

    #[test]
    fn a_broken_file_says_where() {
        let cut = "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\">\n  <info></inf>\n</style>";
        let Err(StyleError::Broken { at, message, .. }) = load("x", &[file("x", cut)]) else { panic!("read it") };
        assert_eq!(at.map(|at| cut[..at].matches('\n').count()), Some(1), "{message}");
        let empty = "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\"><info/></style>";
        let Err(StyleError::Broken { message, .. }) = load("x", &[file("x", empty)]) else { panic!("read it") };
        assert!(message.starts_with("this is no CSL"), "{message}");
    }

    #[test]
    fn a_style_that_would_never_end_is_refused() {
        let style = |macros: &str| {
            format!(
                "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\"><info><title>T</title>\
                 <id>t</id><updated>2024-01-01T00:00:00+00:00</updated></info>\n{macros}<citation><layout><text macro=\"a\"/>\
                 </layout></citation></style>"
            )
        };
        let circle = style(
            "<macro name=\"a\"><text macro=\"b\"/></macro>\n<macro name=\"b\"><group><text macro=\"a\"/></group></macro>",
        );
        let Err(StyleError::Broken { message, at, .. }) = load("x", &[file("x", &circle)]) else { panic!("read it") };
        assert!(message.contains("`a` calls itself") && at.is_some(), "{message} {at:?}");
        let fine =
            style("<macro name=\"a\"><text macro=\"b\"/></macro><macro name=\"b\"><text variable=\"title\"/></macro>");
        assert!(load("x", &[file("x", &fine)]).is_ok());
        let deep = style(&format!("<macro name=\"a\">{}{}</macro>", "<group>".repeat(5_000), "</group>".repeat(5_000)));
        let Err(StyleError::Broken { message, .. }) = load("x", &[file("x", &deep)]) else { panic!("read it") };
        assert!(message.contains("nested"), "{message}");
    }

    #[test]
    fn no_style_that_ships_is_refused() {
        for name in style_names() {
            let text = style_text(name).unwrap_or_default();
            let own = [file("own", &text)];
            assert!(load("own", &own).is_ok(), "{name}: {:?}", load("own", &own).err());
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_text_as_a_style_is_read_or_refused(cuts in proptest::collection::vec((0_usize..20_000, 0_usize..40), 1..6), text in ".*") {
            let mut style = style_text("ieee").unwrap_or_default();
            for (at, length) in cuts {
                let start = (0..=at.min(style.len())).rev().find(|i| style.is_char_boundary(*i)).unwrap_or(0);
                let end = (start..=(start + length).min(style.len())).rev().find(|i| style.is_char_boundary(*i)).unwrap_or(start);
                style.replace_range(start..end, &text.chars().take(3).collect::<String>());
            }
            for text in [style.as_str(), text.as_str()] {
                let own = [file("own", text)];
                if let Err(StyleError::Broken { at: Some(at), .. }) = load("own", &own) {
                    proptest::prop_assert!(at <= text.len());
                }
            }
        }
    }
}
