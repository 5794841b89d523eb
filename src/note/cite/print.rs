//! Citations as they print: notes, or references in the text.

use std::collections::HashMap;

use super::super::csl::{Cite, Csl, Formatter, InText, Standing, Wanted, not_a_list};
use super::super::flavour::Flavour;
use super::super::polish::{self, Mark};
use super::super::{inline, pandoc, words};
use super::number::{Numbering, Slot};
use super::resolve::{Part, Resolved, SourceAt, What};
use super::{Cited, Request};
use crate::markdown::escape;

/// Prints every citation by a style: its mark, and its note where the style makes notes.
pub(super) fn print(
    request: &Request<'_>,
    csl: &Csl,
    formatter: &Formatter,
    numbering: &Numbering,
    resolved: &Resolved,
    cited: &mut Cited,
) -> InText {
    if request.flavour == Flavour::Pandoc {
        for_pandoc(csl, request, numbering, resolved, cited);
        InText::default()
    } else if csl.is_note() {
        let texts = note_texts(csl, formatter, numbering, resolved);
        for group in &resolved.groups {
            let mark = match numbering.of_citation.get(&group.offset) {
                Some(number) => Mark::Note(request.flavour.mark(*number)),
                // Inside a footnote of the writer's own there can be no further note.
                None => Mark::Text(texts.get(&group.offset).cloned().unwrap_or_default()),
            };
            cited.marks.insert(group.offset, mark);
        }
        for slot in &numbering.notes {
            let text = match slot {
                Slot::Citation(offset) => {
                    let text = texts.get(offset).map(String::as_str).unwrap_or_default();
                    sentence(csl, text)
                }
                Slot::Written(range) => written_note(request, range.clone(), cited),
            };
            cited.notes.push(text);
        }
        InText::default()
    } else {
        let printed = in_text(csl, formatter, resolved, cited);
        written_notes(request, numbering, cited);
        printed
    }
}

/// Citations in Pandoc's syntax, which prints them by itself.
fn for_pandoc(csl: &Csl, request: &Request<'_>, numbering: &Numbering, resolved: &Resolved, cited: &mut Cited) {
    let keys = pandoc::keys(&resolved.entries);
    for group in &resolved.groups {
        let mut marks = Vec::new();
        let mut cites: Vec<pandoc::Cite<'_>> = Vec::new();
        for part in &group.parts {
            let sources = part.sources();
            if let What::Sources(_) = part.what {
                let last = sources.len().saturating_sub(1);
                cites.extend(sources.iter().enumerate().map(|(i, (entry, at))| pandoc::Cite {
                    key: &keys[*entry],
                    prefix: if i == 0 { &part.prefix } else { "" },
                    at: at.as_deref().map(|at| csl.place_in_words(at)),
                    suffix: if i == last { &part.suffix } else { "" },
                    grade: part.grade(*entry).filter(|_| csl.is_note()),
                    ..pandoc::Cite::default()
                }));
                continue;
            }
            let mut basis: Vec<pandoc::Cite<'_>> = sources
                .iter()
                .map(|(entry, at)| pandoc::Cite {
                    key: &keys[*entry],
                    at: at.as_deref().map(|at| csl.place_in_words(at)),
                    ..pandoc::Cite::default()
                })
                .collect();
            if let What::Judgement { author, notes, .. } = &part.what
                && notes.is_empty()
                && csl.has_brackets()
                && let Some(first) = basis.first_mut()
            {
                // Its words lead the citation of what it rests on, inside the brackets of that.
                first.lead = judgement(csl, author.as_deref(), &[], &[String::new()]).trim_end().to_owned();
                first.prefix = &part.prefix;
                if let Some(last) = basis.last_mut() {
                    last.suffix = &part.suffix;
                }
                marks.push(pandoc::mark(&basis));
                continue;
            }
            let basis: Vec<String> = if basis.is_empty() { Vec::new() } else { vec![pandoc::mark(&basis)] };
            let text = part_text(csl, part, &basis);
            let in_note = csl.is_note() && numbering.of_citation.contains_key(&group.offset);
            marks.push(if in_note { format!("^[{}]", sentence(csl, &text)) } else { format!("({text})") });
        }
        if !cites.is_empty() {
            marks.insert(0, pandoc::mark(&cites));
        }
        // Pandoc sets the note of a citation behind the punctuation, but not one that is written out.
        let mark = match cites.is_empty() && csl.is_note() {
            true => Mark::Note(marks.concat()),
            false => Mark::Text(marks.concat()),
        };
        cited.marks.insert(group.offset, mark);
    }
    written_notes(request, numbering, cited);
}

/// The writer's own notes, where citations make none.
pub(super) fn written_notes(request: &Request<'_>, numbering: &Numbering, cited: &mut Cited) {
    for slot in &numbering.notes {
        if let Slot::Written(range) = slot {
            let text = written_note(request, range.clone(), cited);
            cited.notes.push(text);
        }
    }
}

/// A footnote of the writer's own, its citations in place; further paragraphs indented under it.
fn written_note(request: &Request<'_>, range: std::ops::Range<usize>, cited: &Cited) -> String {
    let citations = super::citations(request).map(|c| c.range.clone()).filter(|c| range.contains(&c.start));
    let citations: Vec<_> = citations.collect();
    let text = polish::with_marks(request.draft.text(), range, &citations, &cited.marks);
    polish::polish(text.trim_start())
}

/// The text of each citation as a note, without its end, by the byte at which it starts.
fn note_texts(csl: &Csl, formatter: &Formatter, numbering: &Numbering, resolved: &Resolved) -> HashMap<usize, String> {
    let (wanted, first_notes) = standings(numbering, resolved, csl.near);
    let forms = formatter.forms(csl, &resolved.entries, &wanted);
    let mut forms = forms.into_iter().zip(&wanted).map(|(form, wanted)| {
        let first = first_notes[wanted.entry].map(|n| n.to_string()).unwrap_or_default();
        form.replace(inline::FIRST_NOTE, &first)
    });
    let mut texts = HashMap::with_capacity(resolved.groups.len());
    for group in &resolved.groups {
        let parts = group.parts.iter().map(|part| {
            let mut own: Vec<String> = forms.by_ref().take(part.sources().len()).collect();
            for (form, (entry, _)) in own.iter_mut().zip(part.sources()) {
                if let Some(grade) = part.grade(*entry) {
                    csl.append(form, ',', &format!(" {}", escape(grade)));
                }
            }
            part_text(csl, part, &own)
        });
        let text = parts.collect::<Vec<_>>().join(&csl.delimiter);
        texts.insert(group.offset, text);
    }
    texts
}

/// Every source in the order in which it prints, with how it stands to those before it, and the note in
/// which each was cited first.
///
/// The rules are CSL 1.0.2's: a citation is the same as the one before only if that stands in the same
/// note, or alone in the note before.
fn standings(numbering: &Numbering, resolved: &Resolved, near: usize) -> (Vec<Wanted>, Vec<Option<usize>>) {
    let mut first: Vec<Option<usize>> = vec![None; resolved.entries.len()];
    let mut latest: Vec<Option<usize>> = vec![None; resolved.entries.len()];
    let mut wanted = Vec::new();
    let mut before: Option<(usize, &SourceAt)> = None;
    for group in &resolved.groups {
        let note = numbering.of_citation.get(&group.offset).copied().unwrap_or_default();
        let sources: Vec<&SourceAt> = group.parts.iter().flat_map(Part::sources).collect();
        let mut previous = before.filter(|(number, _)| number + 1 == note).map(|(_, source)| source);
        for source in &sources {
            let (entry, at) = source;
            let standing = match (previous, latest[*entry]) {
                (Some(previous), _) if previous == *source => Standing::Same,
                (Some((other, _)), _) if other == entry && at.is_some() => Standing::SameElsewhere,
                (_, Some(last)) if note.saturating_sub(last) <= near => Standing::Near,
                (_, Some(_)) => Standing::Later,
                (_, None) => Standing::First,
            };
            wanted.push(Wanted { entry: *entry, at: at.clone(), standing });
            first[*entry].get_or_insert(note);
            latest[*entry] = Some(note);
            previous = Some(source);
        }
        let alone = group.parts.len() == 1 && sources.len() == 1 && matches!(group.parts[0].what, What::Sources(_));
        before = sources.first().filter(|_| alone).map(|source| (note, *source));
    }
    (wanted, first)
}

fn in_text(csl: &Csl, formatter: &Formatter, resolved: &Resolved, cited: &mut Cited) -> InText {
    // What is cited together, and apart from it what each judgement rests on.
    let mut lists: Vec<Vec<Cite>> = Vec::new();
    for group in &resolved.groups {
        lists.push(group.parts.iter().filter(|p| matches!(p.what, What::Sources(_))).flat_map(cites).collect());
        let judgements = group.parts.iter().filter(|p| matches!(p.what, What::Judgement { .. }));
        lists.extend(judgements.map(|part| {
            part.sources().iter().map(|(entry, at)| cite(*entry, at.as_ref(), "", "")).collect::<Vec<_>>()
        }));
    }
    let asked: Vec<_> = lists.iter().filter(|list| !list.is_empty()).cloned().collect();
    let printed = formatter.in_text(csl, &resolved.entries, &asked);
    let mut citations = printed.citations.iter();
    let mut next = lists.iter().map(|list| if list.is_empty() { None } else { citations.next() });
    for group in &resolved.groups {
        let mut pieces: Vec<String> = next.next().flatten().cloned().into_iter().collect();
        for part in group.parts.iter().filter(|p| !matches!(p.what, What::Sources(_))) {
            let basis = match part.what {
                What::Judgement { .. } => next.next().flatten(),
                _ => None,
            };
            let basis: Vec<String> = basis.map(|text| csl.without_brackets(text).to_owned()).into_iter().collect();
            pieces.push(format!("({})", part_text(csl, part, &basis)));
        }
        cited.marks.insert(group.offset, Mark::Text(pieces.join(" ")));
    }
    printed
}

/// The sources of a part as they are cited in the text, its words around them.
fn cites(part: &Part) -> Vec<Cite> {
    let sources = part.sources();
    let last = sources.len().saturating_sub(1);
    let words = |i: usize| {
        let before = if i == 0 { part.prefix.as_str() } else { "" };
        (before, if i == last { part.suffix.as_str() } else { "" })
    };
    let all = sources.iter().enumerate().map(|(i, (entry, at))| cite(*entry, at.as_ref(), words(i).0, words(i).1));
    all.collect()
}

fn cite(entry: usize, at: Option<&String>, before: &str, behind: &str) -> Cite {
    Cite { entry, at: at.cloned(), before: before.to_owned(), behind: behind.to_owned() }
}

fn part_text(csl: &Csl, part: &Part, forms: &[String]) -> String {
    let body = match &part.what {
        What::Sources(_) => forms.join(&csl.delimiter),
        What::Judgement { author, notes, .. } => judgement(csl, author.as_deref(), notes, forms),
        What::Unsourced => "*[no source]*".to_owned(),
        What::Broken(key) => format!("*[unknown reference: {}]*", escape(&format!("@{key}"))),
    };
    let mut text = String::new();
    if !part.prefix.is_empty() {
        text.push_str(&escape(&part.prefix));
        text.push(' ');
    }
    text.push_str(&body);
    if !part.suffix.is_empty() {
        text.push_str(if part.suffix.starts_with(char::is_alphanumeric) { ", " } else { "" });
        text.push_str(&escape(&part.suffix));
    }
    text
}

/// A judgement has no source of its own: it tells whose it is and what it rests on.
fn judgement(csl: &Csl, author: Option<&str>, notes: &[usize], forms: &[String]) -> String {
    let words = words::of(csl.language());
    let mut text = match author {
        Some(author) if !author.eq_ignore_ascii_case("desk") => format!("{} {}", words.assessment_by, escape(author)),
        _ => words.desk_assessment.to_owned(),
    };
    let mut rests_on = Vec::new();
    match notes {
        [] => {}
        [one] => rests_on.push(format!("{} {one}", words.note[0])),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(ToString::to_string).collect();
            rests_on.push(format!("{} {} {} {last}", words.note[1], first.join(", "), words.and));
        }
    }
    rests_on.extend(forms.iter().cloned());
    if !rests_on.is_empty() {
        text.push_str(&format!(", {} {}", words.based_on, rests_on.join(&csl.delimiter)));
    }
    text
}

/// A note begins and ends like a sentence.
fn sentence(csl: &Csl, text: &str) -> String {
    let mut chars = text.chars();
    let mut out: String = match chars.next() {
        Some(first) if first.is_lowercase() && !text.starts_with("http") => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    };
    match csl.suffix.as_str() {
        "." => csl.append(&mut out, '.', ""),
        end if !out.ends_with(['.', '?', '!']) => out.push_str(end),
        _ => {}
    }
    not_a_list(out)
}
