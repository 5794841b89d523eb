//! A text as words, numbers and marks, for the rules on dates and figures. Pure.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Kind {
    /// Letters, digits among them too if a letter comes first: `Mao’s`, `G7`.
    Word,
    /// Digits with their separators and what is written onto them: `1,200`, `29th`, `3E869`.
    Number,
    /// One other character, or a line end.
    Mark,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Token<'a> {
    pub(in crate::check) kind: Kind,
    /// The byte at which it begins.
    pub(in crate::check) at: usize,
    pub(in crate::check) text: &'a str,
}

impl Token<'_> {
    pub(in crate::check) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Whether the two touch.
    pub(in crate::check) fn touches(&self, next: &Token<'_>) -> bool {
        self.end() == next.at
    }

    pub(in crate::check) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Whether it is one of these words, the case of its letters aside.
    pub(in crate::check) fn is_word(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.iter().any(|w| self.text.eq_ignore_ascii_case(w))
    }

    /// Whether a sentence or a line ends with it.
    pub(in crate::check) fn ends_sentence(&self) -> bool {
        self.kind == Kind::Mark && matches!(self.text, "." | "!" | "?" | "\n" | "\u{2028}")
    }

    /// Whether it is a dash or a hyphen.
    pub(in crate::check) fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "‐" | "‑" | "–" | "—" | "−")
    }

    /// The digits with which a number begins, and what is written onto them.
    pub(in crate::check) fn digits(&self) -> (&str, &str) {
        let end = self.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.text.len());
        self.text.split_at(end)
    }
}

/// The tokens of a text, in order; white space is none, but for line ends.
pub(in crate::check) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let (kind, length) = if first.is_ascii_digit() {
            (Kind::Number, number_length(rest))
        } else if first.is_alphanumeric() {
            (Kind::Word, word_length(rest))
        } else {
            (Kind::Mark, first.len_utf8())
        };
        let length = length.max(first.len_utf8());
        let is_space = kind == Kind::Mark && first.is_whitespace() && !matches!(first, '\n' | '\u{2028}');
        if !is_space {
            found.push(Token { kind, at, text: rest.get(..length).unwrap_or_default() });
        }
        at += length;
    }
    found
}

/// How far a word goes; an apostrophe between letters belongs to it.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = matches!(c, '’' | '\'') && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !c.is_alphanumeric() && !inside && !is_combining(c) {
            return at;
        }
    }
    text.len()
}

fn is_combining(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036f)
}

/// How far a number goes: `.`, `,`, `’` and narrow spaces belong to it where digits follow.
fn number_length(text: &str) -> usize {
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || is_combining(c) {
            continue;
        }
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let joins = match c {
            '.' | ',' => digits > 0,
            '’' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}' => digits == 3,
            _ => false,
        };
        if !joins || !text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit())) {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_numbers_and_marks() {
        let texts: Vec<_> = tokens("Mao’s G7, 1,200 ships; 29th (3E869).\n€5.5m 1\u{202f}234 4, 5")
            .into_iter()
            .map(|t| t.text)
            .collect();
        assert_eq!(
            texts,
            [
                "Mao’s",
                "G7",
                ",",
                "1,200",
                "ships",
                ";",
                "29th",
                "(",
                "3E869",
                ")",
                ".",
                "\n",
                "€",
                "5.5m",
                "1\u{202f}234",
                "4",
                ",",
                "5"
            ]
        );
    }

    proptest! {
        #[test]
        fn no_text_panics_and_tokens_stand_where_they_say(text in ".{0,80}") {
            for token in tokens(&text) {
                prop_assert_eq!(text.get(token.at..token.end()), Some(token.text));
                prop_assert!(!token.text.is_empty());
            }
        }
    }
}
