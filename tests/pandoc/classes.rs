//! The differences between us and Pandoc that have a reason.

/// A sort of difference.
pub struct Class {
    pub name: &'static str,
    pub why: &'static str,
    /// Takes the difference out of a text of ours and one of Pandoc's.
    level: fn(&str, &str) -> (String, String),
}

/// All of them, in the order in which they are taken out; `docs/citations.md` has the same list.
pub const CLASSES: &[Class] = &[
    Class {
        name: "date of access",
        why: "a page can change, so ours tells in every style when it was seen",
        level: |ours, theirs| {
            let seen = without_access(ours);
            if seen == ours {
                return (seen, theirs.to_owned());
            }
            (seen.trim_end_matches('.').to_owned(), without_access(theirs).trim_end_matches('.').to_owned())
        },
    },
    Class {
        name: "prepositions in titles",
        why: "Pandoc capitalises long prepositions; Chicago and Hayagriva do not",
        level: |ours, theirs| both(ours, theirs, |text| lower(text, &["Against", "Between", "From", "Near"])),
    },
    Class {
        name: "quotation marks in titles",
        why: "ours are the language's own; Pandoc leaves curly ones as they were written",
        level: |ours, theirs| both(ours, theirs, |text| text.replace('“', "‘").replace('”', "’")),
    },
    Class {
        name: "sources in a footnote of the writer’s",
        why: "Pandoc sets them in brackets; ours stand in the sentence",
        level: |ours, theirs| both(ours, theirs, |text| without_brackets(text, "Written by hand, citing ")),
    },
    Class {
        name: "times",
        why: "Pandoc knows no time as a place in a source and takes it for a page",
        level: |ours, theirs| (ours.replace(", at 12:30", ", 12:30"), theirs.replace("p. 12:30", "12:30")),
    },
    Class {
        name: "words behind a number",
        why: "ours stand inside the brackets, with the place; Pandoc sets them behind",
        level: |ours, theirs| {
            let inside = PLACES
                .iter()
                .fold(theirs.to_owned(), |text, word| text.replace(&format!("], {word}"), &format!(", {word}]")));
            (ours.to_owned(), inside)
        },
    },
    Class {
        name: "order beside words of the writer’s",
        why: "Pandoc sorts the sources before and behind such words apart; ours sorts all",
        level: |ours, theirs| both(ours, theirs, |text| reordered(text, has_words)),
    },
];

/// The drafts' places that no style has a word for.
const PLACES: &[&str] = &["headline", "caption"];

/// The classes that make two texts the same, by their places: none if they are; `None` if none do.
pub fn explain(ours: &str, theirs: &str) -> Option<Vec<usize>> {
    let equal = |classes: &[usize]| {
        let start = (ours.to_owned(), theirs.to_owned());
        let (a, b) = classes.iter().fold(start, |(a, b), class| (CLASSES[*class].level)(&a, &b));
        a == b
    };
    let mut used: Vec<usize> = (0..CLASSES.len()).collect();
    if !equal(&used) {
        return None;
    }
    // Only those without which the texts differ.
    for class in 0..CLASSES.len() {
        let fewer: Vec<usize> = used.iter().copied().filter(|c| *c != class).collect();
        if equal(&fewer) {
            used = fewer;
        }
    }
    Some(used)
}

fn both(ours: &str, theirs: &str, level: impl Fn(&str) -> String) -> (String, String) {
    (level(ours), level(theirs))
}

fn lower(text: &str, words: &[&str]) -> String {
    words
        .iter()
        .fold(text.to_owned(), |text, word| text.replace(&format!(" {word} "), &format!(" {} ", word.to_lowercase())))
}

/// Without `, accessed 19 August 2024`.
fn without_access(text: &str) -> String {
    let mut out = text.to_owned();
    for phrase in [", accessed ", ". Accessed "] {
        while let Some(at) = out.find(phrase) {
            let rest = &out[at + phrase.len()..];
            let date: usize = rest.split_inclusive(' ').take(2).map(str::len).sum::<usize>() + "2024".len();
            out.replace_range(at..at + phrase.len() + date, "");
        }
    }
    out
}

/// Without the brackets that follow these words.
fn without_brackets(text: &str, words: &str) -> String {
    let mut out = text.to_owned();
    while let Some(at) = out.find(&format!("{words}(")) {
        let open = at + words.len();
        let Some(close) = closing(&out[open..]) else { return out };
        out.remove(open + close);
        out.remove(open);
    }
    out
}

/// Where the bracket closes that a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(i, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(i)
    })
}

/// The sources of each bracket in one order, each with its author's name, where a bracket is as told.
fn reordered(text: &str, wanted: impl Fn(&[String]) -> bool) -> String {
    // The words of a judgement lead its sources: they stand before the bracket here, whichever comes first.
    let text = text.replace("(Desk assessment, based on ", "Desk assessment, based on (");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(open) = rest.find(['(', '[']) {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let (pieces, length) = if rest.starts_with('[') { numbers(&mut out, rest) } else { names(rest) };
        let mut pieces = pieces;
        if length > 0 && (wanted(&pieces) || out.ends_with("based on ")) {
            pieces.sort();
            out.push_str(&format!("({})", pieces.join("; ")));
            rest = &rest[length..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out + rest
}

/// The sources of a bracket `(X 2024; 2025; Y 2024)`, and how long it is.
fn names(text: &str) -> (Vec<String>, usize) {
    let Some(close) = closing(text) else { return (Vec::new(), 0) };
    let mut author = String::new();
    let inside = text[1..close].trim_start_matches("Desk assessment, based on ");
    let mut pieces = Vec::new();
    for piece in inside.split("; ") {
        if piece.starts_with(|c: char| c.is_ascii_digit()) {
            pieces.push(format!("{author}{piece}"));
        } else {
            author = piece[..year(piece)].to_owned();
            pieces.push(piece.to_owned());
        }
    }
    (pieces, close + 1)
}

/// Where the year stands in `Xinhua, 2024a, para. 3`, or its end.
fn year(piece: &str) -> usize {
    let digits = |at: usize| piece.as_bytes()[at..].iter().take(4).filter(|b| b.is_ascii_digit()).count() == 4;
    (0..piece.len().saturating_sub(3)).find(|at| digits(*at)).unwrap_or(piece.len())
}

/// The sources of a run `see [1], [2, p. 3]`, and how long it is; words before it are taken back.
fn numbers(out: &mut String, text: &str) -> (Vec<String>, usize) {
    const SEE: &str = "see ";
    let mut pieces = Vec::new();
    let (mut at, mut before) = (0, "");
    loop {
        let rest = &text[at..];
        let Some(close) = rest.find(']').filter(|_| rest.starts_with('[')) else { break };
        pieces.push(format!("{before}{}", &rest[1..close]));
        at += close + 1;
        before = if text[at..].starts_with(", see [") { SEE } else { "" };
        let next = if before.is_empty() { ", " } else { ", see " };
        if !text[at..].starts_with(&format!("{next}[")) {
            break;
        }
        at += next.len();
    }
    if out.ends_with(SEE)
        && let Some(first) = pieces.first_mut()
    {
        out.truncate(out.len() - SEE.len());
        first.insert_str(0, SEE);
    }
    (pieces, at)
}

fn has_words(pieces: &[String]) -> bool {
    pieces.iter().any(|p| p.starts_with("see ") || PLACES.iter().any(|word| p.ends_with(word)))
}
