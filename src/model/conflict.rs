//! What git leaves in a text where it could not merge: two wordings between marks.
//!
//! A file of the desk with such marks is read by its [`upper`] wordings, which are those of whoever merges,
//! so that one fault in one file stays one finding. Each place is told as an error, and no edit is made to
//! such a file: its marks are no YAML.

use std::ops::Range;

use crate::finding::{Anchor, Finding};
use crate::yaml::Position;

/// The rule by which marks are told.
pub const RULE: &str = "merge-conflict";

/// How many equal characters a mark begins with.
const LENGTH: usize = 7;

/// A place that git could not merge, or a mark of one that is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// From the first mark to the end of the line of the last.
    pub range: Range<usize>,
    /// The line of the first mark, from 1.
    pub line: usize,
    /// The two wordings; `None` for a mark whose fellows are gone.
    pub sides: Option<Sides>,
}

/// Two wordings of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The lines of the upper one.
    pub upper: Range<usize>,
    /// The lines of the lower one.
    pub lower: Range<usize>,
    /// What git calls the two, such as `HEAD` and the name of a branch; may be empty.
    pub names: [String; 2],
}

impl Conflict {
    /// What is wrong, without a full stop.
    pub fn message(&self) -> String {
        match &self.sides {
            None => "a mark that git left of a merge".to_owned(),
            Some(Sides { names: [upper, lower], .. }) if upper.is_empty() || lower.is_empty() => {
                "git could not merge these lines: one wording stands above, the other below".to_owned()
            }
            Some(Sides { names: [upper, lower], .. }) => {
                format!("git could not merge these lines: {upper} stands above, {lower} below")
            }
        }
    }
}

/// Every place with marks of git's, in the order of the text.
pub fn find(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    if !is_in(text) {
        return found;
    }
    // The places of the opening mark, what both were made from, and the mark in the middle.
    let (mut open, mut base, mut middle): (Option<Mark<'_>>, Option<Mark<'_>>, Option<Mark<'_>>) = (None, None, None);
    let mut at = 0;
    for (line, number) in text.split_inclusive('\n').zip(1..) {
        let range = at..at + line.len();
        at = range.end;
        let Some((sort, name)) = mark(line) else { continue };
        let here = Mark { range, line: number, name };
        match sort {
            '<' => {
                found.extend(open.replace(here).map(alone));
                (base, middle) = (None, None);
            }
            '|' if open.is_some() && middle.is_none() => base = Some(here),
            '=' if open.is_some() && middle.is_none() => middle = Some(here),
            '>' => match (open.take(), middle.take()) {
                (Some(first), Some(middle)) => {
                    let end = base.take().map_or(middle.range.start, |base| base.range.start);
                    let sides = Sides {
                        upper: first.range.end..end,
                        lower: middle.range.end..here.range.start,
                        names: [short(first.name), short(here.name)],
                    };
                    let range = first.range.start..here.range.end;
                    found.push(Conflict { range, line: first.line, sides: Some(sides) });
                }
                (first, _) => found.extend(first.into_iter().chain([here]).map(alone)),
            },
            _ => {}
        }
    }
    found.extend(open.map(alone));
    found
}

/// The text with the upper wordings alone, line for line; `None` if there are no marks in it.
pub fn upper(text: &str) -> Option<String> {
    let conflicts = find(text);
    if conflicts.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Conflict { range, sides, .. } in &conflicts {
        let kept = sides.as_ref().map_or(range.end..range.end, |sides| sides.upper.clone());
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&blank(text, range.start..kept.start));
        out.push_str(text.get(kept.clone()).unwrap_or_default());
        out.push_str(&blank(text, kept.end..range.end));
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Some(out)
}

/// What is told of a file that is read by its [`upper`] wordings.
pub fn findings(path: &str, text: &str) -> Vec<Finding> {
    let told = |conflict: Conflict| {
        let anchor = Anchor::At(Position { line: conflict.line, column: 1 });
        let help = match conflict.sides {
            None => "take it out, once its lines are right",
            Some(_) => "keep what is right and take the marks out; until then the upper lines are read",
        };
        Finding::error(RULE, path, anchor, conflict.message()).help(help)
    };
    find(text).into_iter().map(told).collect()
}

/// Whether there may be marks; nearly every file is told from here.
fn is_in(text: &str) -> bool {
    let has = |mark: &[u8]| memchr::memmem::find(text.as_bytes(), mark).is_some();
    has(b"<<<<<<<") || has(b">>>>>>>")
}

/// A line that is a mark.
struct Mark<'t> {
    range: Range<usize>,
    line: usize,
    name: &'t str,
}

fn alone(mark: Mark<'_>) -> Conflict {
    Conflict { range: mark.range, line: mark.line, sides: None }
}

/// The sort of mark that a line is, and what stands behind it.
fn mark(line: &str) -> Option<(char, &str)> {
    let line = line.trim_end_matches(['\n', '\r']);
    let sort = line.chars().next().filter(|c| matches!(c, '<' | '|' | '=' | '>'))?;
    let rest = line.trim_start_matches(sort);
    let is_mark = line.len() - rest.len() == LENGTH && (rest.is_empty() || (rest.starts_with(' ') && sort != '='));
    is_mark.then(|| (sort, rest.trim()))
}

/// A name as git gives it; of the hash of a commit, what git itself shows of one.
fn short(name: &str) -> String {
    let is_hash = name.len() >= 40 && name.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash { &name[..7] } else { name }.to_owned()
}

/// The line ends of a part, and nothing else of it.
fn blank(text: &str, range: Range<usize>) -> String {
    text.get(range).unwrap_or_default().chars().filter(|c| *c == '\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\n<<<<<<< HEAD\nb\n=======\nc\nd\n>>>>>>> topic\ne\n";

    #[test]
    fn a_conflict_has_two_sides_with_their_names() {
        let found = find(TEXT);
        let [Conflict { range, line: 2, sides: Some(sides) }] = &found[..] else { panic!("{found:?}") };
        assert_eq!(&TEXT[sides.upper.clone()], "b\n");
        assert_eq!(&TEXT[sides.lower.clone()], "c\nd\n");
        assert_eq!(sides.names, ["HEAD", "topic"]);
        assert_eq!(&TEXT[range.end..], "e\n");
        assert_eq!(found[0].message(), "git could not merge these lines: HEAD stands above, topic below");
    }

    #[test]
    fn a_commit_is_told_by_the_start_of_its_hash() {
        let text = TEXT.replace("topic", "f5d284c89f75b7052db425a93811e8fe3ad55eed");
        assert_eq!(find(&text)[0].message(), "git could not merge these lines: HEAD stands above, f5d284c below");
        let bare = TEXT.replace(" HEAD", "");
        let message = "git could not merge these lines: one wording stands above, the other below";
        assert_eq!(find(&bare)[0].message(), message);
    }

    #[test]
    fn every_file_of_the_desk_is_read_by_its_upper_wording() {
        let told = |findings: &[Finding]| findings.iter().map(|f| (f.rule, f.position().line)).collect::<Vec<_>>();
        let one = [(RULE, 1)];
        let both = |upper: &str, lower: &str| format!("<<<<<<< HEAD\n{upper}=======\n{lower}>>>>>>> topic\n");
        let bib = |key: &str| format!("@misc{{{key}, title = {{T}}, year = 2024}}\n");
        let json = |key: &str| format!("[{{ \"id\": \"{key}\", \"type\": \"book\", \"title\": \"T\" }}]\n");
        let yaml = |key: &str| format!("{key}: {{ type: web, title: T }}\n");
        for (path, text) in [
            ("briefs/a.bib", both(&bib("upper"), &bib("lower"))),
            ("briefs/a.json", both(&json("upper"), &json("lower"))),
            ("briefs/sources.yaml", both(&yaml("upper"), &yaml("lower"))),
        ] {
            let read = crate::source_file::read(path, &text);
            let keys: Vec<&str> = read.sources.iter().map(|source| &*source.key).collect();
            assert_eq!((keys, told(&read.findings)), (vec!["upper"], one.to_vec()), "{path}");
        }
        let (settings, found) = crate::settings::read(&both("language: fr\n", "language: de\n"), &[]);
        assert_eq!((settings.language.as_deref(), told(&found)), (Some("fr"), one.to_vec()));
        let text = format!("---\n{}---\n## A {{#a}}\n", both("name: Upper\n", "name: Lower\n"));
        let (template, found) = crate::template::parse("t", "templates/t.md", &text);
        assert_eq!((&*template.name, told(&found)), ("Upper", vec![(RULE, 2)]));
        let front = crate::draft::FrontMatter::read(&text.replace("name:", "template:"));
        assert_eq!((front.template.as_deref(), front.problems), (Some("Upper"), Vec::new()));
    }

    #[test]
    fn no_edit_is_made_between_marks() {
        use crate::event_file::edit::{EventEdit, FactEdit, Target};
        let text =
            "title: T\ndate: 2024-08-20\nfacts:\n<<<<<<< HEAD\n  - { id: a, text: One. }\n=======\n>>>>>>> topic\n";
        let target = Target { id: "a".into(), index: 0 };
        let refused = EventEdit::Facts(vec![(target, FactEdit::AddTag("t".into()))]).apply(text).unwrap_err();
        let message = "git could not merge these lines: HEAD stands above, topic below: mend that first, in an editor";
        assert_eq!((refused.message.as_str(), refused.at.unwrap().line), (message, 4));
        assert_eq!(crate::event_file::read("briefs/events/e.yaml", text).event.unwrap().facts.len(), 1);
        assert_eq!(crate::event_file::fact_positions(text).len(), 1);
    }

    #[test]
    fn the_upper_wording_stays_at_its_lines() {
        assert_eq!(upper(TEXT).unwrap(), "a\n\nb\n\n\n\n\ne\n");
        let with_base = "<<<<<<< HEAD\nb\n||||||| 1234\nold\n=======\nc\n>>>>>>> topic\n";
        assert_eq!(upper(with_base).unwrap(), "\nb\n\n\n\n\n\n");
        let of_windows = TEXT.replace('\n', "\r\n");
        assert_eq!(upper(&of_windows).unwrap(), "a\r\n\nb\r\n\n\n\n\ne\r\n");
        assert_eq!(find(&of_windows)[0].message(), find(TEXT)[0].message());
    }

    #[test]
    fn marks_left_alone_are_told_and_their_lines_blank() {
        for text in ["a\n>>>>>>> topic\nb\n", "a\n<<<<<<< HEAD\nb\n", "a\n<<<<<<< HEAD\nb"] {
            let found = find(text);
            assert_eq!((found.len(), found[0].line, &found[0].sides), (1, 2, &None), "{text}");
            assert_eq!(upper(text).unwrap(), if text.ends_with('\n') { "a\n\nb\n" } else { "a\n\nb" });
        }
        let lines = |text: &str| find(text).iter().map(|c| (c.line, c.sides.is_some())).collect::<Vec<_>>();
        assert_eq!(lines("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n"), [(1, false), (2, true)]);
        assert_eq!(lines("<<<<<<< a\n>>>>>>> c\n"), [(1, false), (2, false)]);
    }

    #[test]
    fn what_only_looks_like_a_mark_is_text() {
        for text in
            ["Title\n=======\n", "a <<<<<<< b\n", "<<<<<<<< HEAD\n", " >>>>>>> x\n", "<<<<<<<HEAD\n", "||||||| x\n", ""]
        {
            assert_eq!(find(text), [], "{text}");
            assert_eq!(upper(text), None);
        }
    }
}
