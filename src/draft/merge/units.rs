//! The units of a text, which of them are the same in two texts, and joining them again.

use std::collections::HashMap;

use similar::{Algorithm, DiffTag, capture_diff_slices, diff_ratio};

use super::{FRONT_MARK, MARK};
use crate::draft::layout::{Joint, What};
use crate::markdown::{self, BlockKind};

/// From this share of common words on, two units at the same place are one reworded; elsewhere they must
/// be more alike.
const ALIKE: f32 = 0.4;
const ALIKE_ELSEWHERE: f32 = 0.7;

/// What a unit is.
#[derive(Clone, Debug, PartialEq)]
enum Sort {
    /// A line of hyphens around the front matter: the first, or the last.
    Fence(bool),
    /// A key of the front matter with all of its lines.
    Key(String),
    /// A block of the text.
    Block(BlockKind),
}

/// A unit of a text.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    text: &'a str,
    sort: Sort,
    /// Its place in its text.
    at: usize,
    /// What stands behind it, up to the next one.
    gap: &'a str,
    /// Which text it is of.
    of: *const u8,
    words: Vec<&'a str>,
}

/// A unit as it goes into the merged text.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    unit: &'a Unit<'a>,
    marked: bool,
}

impl<'a> Unit<'a> {
    /// Whether both read the same, line ends aside.
    pub(super) fn same(&self, other: &Unit<'_>) -> bool {
        self.text == other.text || self.text.replace("\r\n", "\n") == other.text.replace("\r\n", "\n")
    }

    /// Whether both are one addition that two have made: the same words, or the same key of the front matter.
    pub(super) fn is_twin(&self, other: &Unit<'_>) -> bool {
        match (&self.sort, &other.sort) {
            (Sort::Key(a), Sort::Key(b)) => a == b,
            (Sort::Fence(a), Sort::Fence(b)) => a == b,
            _ => self.same(other),
        }
    }

    pub(super) fn piece(&'a self) -> Piece<'a> {
        Piece { unit: self, marked: false }
    }

    /// Theirs, where mine says something else.
    pub(super) fn marked(&'a self) -> Piece<'a> {
        Piece { unit: self, marked: true }
    }

    fn what(&self) -> What<'_> {
        match &self.sort {
            Sort::Block(kind) => What::Block(kind),
            _ => What::Solid,
        }
    }

    fn alike(&self, other: &Unit<'_>) -> f32 {
        match (&self.sort, &other.sort) {
            (
                Sort::Block(BlockKind::Heading { id: Some(a), .. }),
                Sort::Block(BlockKind::Heading { id: Some(b), .. }),
            ) => f32::from(u8::from(a == b)),
            (Sort::Block(a), Sort::Block(b)) if is_heading(a) == is_heading(b) => {
                let ops = capture_diff_slices(Algorithm::Myers, &self.words, &other.words);
                diff_ratio(&ops, self.words.len(), other.words.len())
            }
            (Sort::Key(a), Sort::Key(b)) if a == b => 1.0,
            (Sort::Fence(a), Sort::Fence(b)) if a == b => 1.0,
            _ => 0.0,
        }
    }
}

fn is_heading(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Heading { .. })
}

/// The units of a text. Every byte that is no space or line end is in exactly one.
pub(super) fn read(text: &str) -> Vec<Unit<'_>> {
    let mut ranges = front_matter(text);
    let start = ranges.last().map_or(0, |(range, _)| range.end);
    let blocks = markdown::split(&text[start..]).into_iter();
    ranges.extend(blocks.map(|b| (start + b.range.start..start + b.range.end, Sort::Block(b.kind))));
    let starts: Vec<usize> = ranges.iter().skip(1).map(|(range, _)| range.start).chain([text.len()]).collect();
    let unit = |(at, ((range, sort), next)): (usize, ((std::ops::Range<usize>, Sort), usize))| {
        let own = &text[range.clone()];
        Unit {
            text: own,
            sort,
            at,
            gap: &text[range.end..next],
            of: text.as_ptr(),
            words: own.split_whitespace().collect(),
        }
    };
    ranges.into_iter().zip(starts).enumerate().map(unit).collect()
}

/// The fences and keys of the front matter, if there is one.
fn front_matter(text: &str) -> Vec<(std::ops::Range<usize>, Sort)> {
    let mut units = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, bare) = (at, line.trim_end());
        at += line.len();
        let end = start + bare.len();
        let is_fence = bare == "---" || bare == "..." && !units.is_empty();
        if units.is_empty() != (is_fence && units.is_empty()) {
            return Vec::new();
        }
        if is_fence {
            units.push((start..end, Sort::Fence(units.is_empty())));
            if units.len() > 1 {
                return units;
            }
        } else if bare.is_empty() {
            continue;
        } else if let (Some((range, Sort::Key(_))), true) = (units.last_mut(), is_continued(bare)) {
            range.end = end;
        } else {
            let key = bare.split(':').next().unwrap_or_default().trim().to_owned();
            units.push((start..end, Sort::Key(key)));
        }
    }
    // No fence closes it: it is no front matter.
    Vec::new()
}

/// Whether a line goes on with the key before it.
fn is_continued(line: &str) -> bool {
    line.starts_with([' ', '\t', '-', '#', ']', '}'])
}

/// What each unit of a text was in the text before.
pub(super) fn pair(before: &[Unit<'_>], after: &[Unit<'_>]) -> Vec<Option<usize>> {
    let texts = |units: &[Unit<'_>]| units.iter().map(|u| u.text.replace("\r\n", "\n")).collect::<Vec<_>>();
    let (old, new) = (texts(before), texts(after));
    let mut was: Vec<Option<usize>> = vec![None; after.len()];
    let mut free = vec![true; before.len()];
    let mut places = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (tag, gone, come) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            for (a, b) in gone.zip(come) {
                was[b] = Some(a);
                free[a] = false;
            }
        } else {
            places.push((gone, come));
        }
    }
    // The same words elsewhere: moved.
    let mut elsewhere: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in (0..before.len()).rev().filter(|at| free[*at]) {
        elsewhere.entry(&old[at]).or_default().push(at);
    }
    for at in 0..after.len() {
        if was[at].is_none()
            && let Some(from) = elsewhere.get_mut(&*new[at]).and_then(Vec::pop)
        {
            was[at] = Some(from);
            free[from] = false;
        }
    }
    // Other words at the same place, in the same order: reworded.
    for (gone, come) in places {
        let mut next = gone.start;
        for at in come {
            if was[at].is_some() {
                continue;
            }
            let twin = (next..gone.end).find(|from| free[*from] && before[*from].alike(&after[at]) >= ALIKE);
            if let Some(from) = twin {
                was[at] = Some(from);
                free[from] = false;
                next = from + 1;
            }
        }
    }
    // Moved and reworded.
    for at in 0..after.len() {
        if was[at].is_none() {
            let likeness = |from: &usize| before[*from].alike(&after[at]);
            let twin = (0..before.len()).filter(|from| free[*from]).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            if let Some(from) = twin.filter(|from| likeness(from) >= ALIKE_ELSEWHERE) {
                was[at] = Some(from);
                free[from] = false;
            }
        }
    }
    was
}

/// Puts units one behind the other, with the line ends of mine.
pub(super) fn join(pieces: &[Piece<'_>], mine: &str) -> String {
    let eol = if mine.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::new();
    for (n, piece) in pieces.iter().enumerate() {
        let unit = piece.unit;
        let text = unit.text.replace("\r\n", "\n");
        let text = match (&unit.sort, piece.marked) {
            (_, false) => text,
            // A comment of YAML: the key stands there already.
            (Sort::Key(_) | Sort::Fence(_), true) => {
                text.lines().map(|line| format!("{FRONT_MARK}{line}")).collect::<Vec<_>>().join("\n")
            }
            (Sort::Block(_), true) => format!("{MARK}\n{text}"),
        };
        out.push_str(&text.replace('\n', eol));
        match pieces.get(n + 1) {
            None => out.push_str(&end(unit, mine, eol)),
            Some(next) => {
                let follows = next.unit.of == unit.of && next.unit.at == unit.at + 1 && !piece.marked && !next.marked;
                let gap =
                    if follows { unit.gap.replace("\r\n", "\n").replace('\n', eol) } else { between(piece, next, eol) };
                out.push_str(&gap);
            }
        }
    }
    out
}

/// What stands between two units that were no neighbours.
fn between(piece: &Piece<'_>, next: &Piece<'_>, eol: &str) -> String {
    let in_front = |sort: &Sort| !matches!(sort, Sort::Block(_));
    if in_front(&piece.unit.sort) && in_front(&next.unit.sort) {
        return eol.to_owned();
    }
    if piece.marked || next.marked {
        return eol.repeat(2);
    }
    Joint::between(piece.unit.what(), next.unit.what()).text(eol)
}

/// The end of the text: as mine ends.
fn end(last: &Unit<'_>, mine: &str, eol: &str) -> String {
    let own = &mine[mine.trim_end().len()..];
    if last.of == mine.as_ptr() || !own.is_empty() { own.to_owned() } else { eol.to_owned() }
}
