//! How two texts of one draft or note differ, block by block and word by word: theirs, as it is on disk,
//! and mine, as it is here.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices, diff_ratio};

use super::wrap;
use crate::markdown;
use crate::model::text::one_line;

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In both texts.
    Both,
    /// Only on disk.
    Theirs,
    /// Only here.
    Mine,
}

/// Words in a row that are of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Whose they are.
    pub side: Side,
    /// The words.
    pub text: String,
}

/// A block, or blocks in a row that do not differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// So many blocks are the same; the last heading among them says where what follows stands.
    Same(usize, Option<String>),
    /// A block that only one side has.
    Whole(Side, String),
    /// A block that both have in different words.
    Reworded(Vec<Piece>),
    /// A block with the same words, but other spaces or line ends.
    Spaced(String),
}

/// From this share of common words on, two blocks are one block reworded.
const ALIKE: f32 = 0.4;
/// How many blocks ahead another wording of a block is looked for.
const AHEAD: usize = 24;

/// Compares two texts.
pub fn compare(theirs: &str, mine: &str) -> Vec<Part> {
    let (old, new) = (blocks(theirs), blocks(mine));
    let mut parts = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (tag, before, after) = op.as_tag_tuple();
        let (before, after) = (part_of(&old, before), part_of(&new, after));
        if tag == DiffTag::Equal {
            let heading = after.iter().rev().find(|block| block.starts_with('#'));
            parts.push(Part::Same(after.len(), heading.map(|block| one_line(block))));
        } else {
            replaced(before, after, &mut parts);
        }
    }
    parts
}

/// Whether nothing differs.
pub fn is_none(parts: &[Part]) -> bool {
    parts.iter().all(|part| matches!(part, Part::Same(..)))
}

fn part_of<'a, 't>(blocks: &'a [&'t str], range: Range<usize>) -> &'a [&'t str] {
    blocks.get(range).unwrap_or_default()
}

/// The lines of the front matter, and the blocks and items behind it.
fn blocks(text: &str) -> Vec<&str> {
    let (front, body) = text.split_at(front_matter(text));
    let mut blocks: Vec<&str> = front.lines().filter(|line| !line.trim().is_empty()).collect();
    blocks.extend(markdown::split(body).into_iter().filter_map(|block| body.get(block.range)));
    blocks
}

/// Where the front matter ends; 0 where there is none.
fn front_matter(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return 0 };
    let mut end = first.len();
    for line in lines {
        end += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return end;
        }
    }
    0
}

/// Blocks that stand in the place of others: those that are alike are one block reworded.
fn replaced(before: &[&str], after: &[&str], parts: &mut Vec<Part>) {
    let mut old = before.iter();
    for new in after {
        let words: Vec<&str> = new.split_whitespace().collect();
        let twin = old.as_slice().iter().take(AHEAD).position(|block| alike(block, &words));
        let Some(twin) = twin else {
            parts.push(Part::Whole(Side::Mine, one_line(new)));
            continue;
        };
        let gone = old.by_ref().take(twin);
        parts.extend(gone.map(|block| Part::Whole(Side::Theirs, one_line(block))));
        if let Some(block) = old.next() {
            parts.push(reworded(block, &words));
        }
    }
    parts.extend(old.map(|block| Part::Whole(Side::Theirs, one_line(block))));
}

fn alike(block: &str, words: &[&str]) -> bool {
    let old: Vec<&str> = block.split_whitespace().collect();
    diff_ratio(&capture_diff_slices(Algorithm::Myers, &old, words), old.len(), words.len()) >= ALIKE
}

fn reworded(block: &str, words: &[&str]) -> Part {
    let old: Vec<&str> = block.split_whitespace().collect();
    if old == words {
        return Part::Spaced(words.join(" "));
    }
    let mut pieces = Vec::new();
    let mut add = |side, words: &[&str]| {
        if !words.is_empty() {
            pieces.push(Piece { side, text: words.join(" ") });
        }
    };
    for op in capture_diff_slices(Algorithm::Myers, &old, words) {
        let (tag, before, after) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            add(Side::Both, part_of(words, after));
        } else {
            add(Side::Theirs, part_of(&old, before));
            add(Side::Mine, part_of(words, after));
        }
    }
    Part::Reworded(pieces)
}

/// A row of the view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The sign in the margin: `-` theirs, `+` mine, `~` both in other words.
    pub sign: &'static str,
    /// Whether it only leads from one difference to the next.
    pub is_furniture: bool,
    /// The text, by sides; safe to show.
    pub pieces: Vec<Piece>,
}

/// The rows that parts take at a width.
pub fn rows(parts: &[Part], width: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        let is_last = n + 1 == parts.len();
        if !rows.is_empty() {
            rows.push(Row::default());
        }
        let both = |text: String| vec![Piece { side: Side::Both, text }];
        match part {
            Part::Same(count, heading) => {
                let blocks = if *count == 1 { "1 block is".to_owned() } else { format!("{count} blocks are") };
                flow("", both(format!("{blocks} the same")), width, true, &mut rows);
                if let Some(heading) = heading.as_ref().filter(|_| !is_last) {
                    flow("", both(heading.clone()), width, true, &mut rows);
                }
            }
            Part::Whole(side, text) => {
                let sign = if *side == Side::Mine { "+" } else { "-" };
                flow(sign, vec![Piece { side: *side, text: text.clone() }], width, false, &mut rows);
            }
            Part::Spaced(text) => {
                flow("~", both(text.clone()), width, false, &mut rows);
                flow("", both("Only spaces or line ends differ".to_owned()), width, true, &mut rows);
            }
            Part::Reworded(pieces) => flow("~", marked(pieces), width, false, &mut rows),
        }
    }
    rows
}

/// The words of one side between signs, so that no colour is needed to tell them.
fn marked(pieces: &[Piece]) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let mark = |(n, piece): (usize, &Piece)| {
        let space = if n == last { "" } else { " " };
        let text = match piece.side {
            Side::Both => format!("{}{space}", piece.text),
            Side::Theirs => format!("[-{}-]{space}", piece.text),
            Side::Mine => format!("[+{}+]{space}", piece.text),
        };
        Piece { side: piece.side, text }
    };
    pieces.iter().enumerate().map(mark).collect()
}

/// Adds the rows of a text, the sign before the first.
fn flow(sign: &'static str, pieces: Vec<Piece>, width: usize, is_furniture: bool, rows: &mut Vec<Row>) {
    let mut text = String::new();
    let mut sides: Vec<(Range<usize>, Side)> = Vec::new();
    for piece in pieces {
        let start = text.len();
        text.push_str(&wrap::display(&piece.text));
        sides.push((start..text.len(), piece.side));
    }
    for (n, line) in wrap::wrap(&text, width).into_iter().enumerate() {
        let part = |(range, side): &(Range<usize>, Side)| {
            let text = text.get(range.start.max(line.start)..range.end.min(line.end))?;
            (!text.is_empty()).then(|| Piece { side: *side, text: text.to_owned() })
        };
        let sign = if n == 0 { sign } else { "" };
        rows.push(Row { sign, is_furniture, pieces: sides.iter().filter_map(part).collect() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEIRS: &str = "---\ntitle: A\ndate: 2024-08-20\n---\n\n## Issue {#issue}\n\nLi visits Russia and Belarus in August [@li#visit].\n\n- One.\n- Two.\n\nLast words.\n";

    fn piece(side: Side, text: &str) -> Piece {
        Piece { side, text: text.to_owned() }
    }

    #[test]
    fn the_same_text_has_no_difference() {
        let parts = compare(THEIRS, THEIRS);
        assert_eq!(parts, [Part::Same(9, Some("## Issue {#issue}".into()))]);
        assert!(is_none(&parts) && is_none(&compare("", "")));
    }

    #[test]
    fn blocks_are_reworded_added_and_removed() {
        let mine = THEIRS
            .replace("title: A", "title: B")
            .replace("Russia and Belarus", "Moscow")
            .replace("- Two.\n", "- Two.\n- Quite another thing.\n")
            .replace("Last words.\n", "");
        let parts = compare(THEIRS, &mine);
        let reworded = vec![
            piece(Side::Both, "Li visits"),
            piece(Side::Theirs, "Russia and Belarus"),
            piece(Side::Mine, "Moscow"),
            piece(Side::Both, "in August [@li#visit]."),
        ];
        assert_eq!(
            parts,
            [
                Part::Same(1, None),
                Part::Reworded(vec![piece(Side::Both, "title:"), piece(Side::Theirs, "A"), piece(Side::Mine, "B")]),
                Part::Same(3, Some("## Issue {#issue}".into())),
                Part::Reworded(reworded),
                Part::Same(2, None),
                Part::Whole(Side::Mine, "- Quite another thing.".into()),
                Part::Whole(Side::Theirs, "Last words.".into()),
            ]
        );
        let shown: Vec<String> = rows(&parts, 40)
            .iter()
            .map(|row| format!("{:1} {}", row.sign, row.pieces.iter().map(|p| &*p.text).collect::<String>()))
            .collect();
        assert!(shown.contains(&"~ Li visits [-Russia and Belarus-] ".to_owned()), "{shown:#?}");
        assert!(shown.contains(&"  [+Moscow+] in August [@li#visit].".to_owned()), "{shown:#?}");
        assert!(shown.contains(&"+ - Quite another thing.".to_owned()), "{shown:#?}");
        assert!(shown.contains(&"- Last words.".to_owned()), "{shown:#?}");
    }

    #[test]
    fn other_line_ends_alone_are_told_as_such() {
        let mine = THEIRS.replace("and Belarus", "and\nBelarus");
        assert!(compare(THEIRS, &mine).iter().any(|part| matches!(part, Part::Spaced(_))));
        assert!(compare("a b", "a  b").iter().any(|part| matches!(part, Part::Spaced(_))));
        assert_eq!(rows(&compare("a b", "a  b"), 80).len(), 2);
    }

    #[test]
    fn rows_steer_nothing_and_need_no_width() {
        let parts = compare("calm words here", "calm \u{1b}[31m words \u{202e}here");
        for width in 0..20 {
            for row in rows(&parts, width) {
                assert!(row.pieces.iter().all(|p| !p.text.contains(['\u{1b}', '\u{202e}'])), "{row:?}");
            }
        }
    }
}
