//! LaTeX in a field as the text it prints, with the inline tags of CSL-JSON.

mod symbols;

use unicode_normalization::UnicodeNormalization as _;

/// Deeper braces are read without a meaning of their own, so that no text takes the stack.
const DEPTH: usize = 48;

/// What becomes of formatting and of braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Formatting becomes tags, and what stands in braces keeps its case.
    Title,
    /// Formatting becomes tags.
    Text,
    /// No tags at all.
    Plain,
}

/// The field as text on one line.
pub(super) fn text(source: &str, style: Style) -> String {
    let mut reader = Reader { source, at: 0, style, depth: 0, protected: false, math: false };
    let read = reader.group(None);
    let mut out = String::with_capacity(read.len());
    for word in read.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.is_ascii() { out } else { out.nfc().collect() }
}

/// A field that holds no LaTeX but what escapes a character: an address, a number.
pub(super) fn verbatim(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source.trim();
    if let Some(inner) = rest.strip_prefix("\\url{").and_then(|r| r.strip_suffix('}')) {
        rest = inner;
    }
    while let Some(c) = rest.chars().next() {
        let tilde = ["{\\textasciitilde}", "\\textasciitilde{}", "\\textasciitilde ", "\\~{}", "{\\~{}}", "$\\sim$"];
        if let Some(behind) = tilde.iter().find_map(|t| rest.strip_prefix(t)) {
            out.push('~');
            rest = behind;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match (c, rest.chars().next()) {
            ('\\', Some(next)) if "_%&#$~{}^:/".contains(next) => {
                out.push(next);
                rest = &rest[next.len_utf8()..];
            }
            ('{' | '}', _) => {}
            _ => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    style: Style,
    depth: usize,
    /// Inside a group that already keeps its case.
    protected: bool,
    math: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.source.get(self.at..)?.chars().next()
    }

    fn eat(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat_if(&mut self, text: &str) -> bool {
        let there = self.source.get(self.at..).is_some_and(|rest| rest.starts_with(text));
        if there {
            self.at += text.len();
        }
        there
    }

    fn space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.eat();
        }
    }

    /// Reads up to the closing character, which is eaten, or to the end.
    fn group(&mut self, end: Option<char>) -> String {
        let mut out = String::new();
        while let Some(c) = self.peek() {
            if Some(c) == end {
                self.eat();
                break;
            }
            // A declaration such as `\em` holds to the end of the group around it.
            if c == '\\'
                && let Some(declared) = self.declaration()
            {
                self.depth += 1;
                let inner = self.group(end);
                self.depth -= 1;
                self.tagged(declared, &inner, &mut out);
                break;
            }
            self.one(&mut out);
        }
        out
    }

    /// Reads one character, command or group.
    fn one(&mut self, out: &mut String) {
        let Some(c) = self.eat() else { return };
        match c {
            '\\' => self.command(out),
            '{' => self.braces(out),
            '}' => {}
            '$' if self.style == Style::Plain || self.source[self.at..].contains('$') => self.mathematics('$', out),
            '^' | '_' if self.math => {
                let inner = self.argument();
                self.tagged(if c == '^' { "sup" } else { "sub" }, &inner, out);
            }
            '~' => out.push('\u{a0}'),
            '-' if !self.math && self.eat_if("--") => out.push('—'),
            '-' if !self.math && self.eat_if("-") => out.push('–'),
            '`' if self.eat_if("`") => out.push('“'),
            '`' => out.push('‘'),
            '\'' if self.eat_if("'") => out.push('”'),
            _ => out.push(c),
        }
    }

    /// A group in braces; its opening brace is eaten.
    fn braces(&mut self, out: &mut String) {
        if self.depth >= DEPTH {
            return;
        }
        // `{\'e}` is a letter; other braces in a title keep the case of what they hold.
        let keeps = self.style == Style::Title && !self.protected && !self.math && self.peek() != Some('\\');
        let outer = self.protected;
        self.protected |= keeps;
        self.depth += 1;
        let inner = self.group(Some('}'));
        self.depth -= 1;
        self.protected = outer;
        if keeps && has_letters(&inner) {
            out.push_str("<span class=\"nocase\">");
            out.push_str(&inner);
            out.push_str("</span>");
        } else {
            out.push_str(&inner);
        }
    }

    fn mathematics(&mut self, end: char, out: &mut String) {
        let outer = std::mem::replace(&mut self.math, true);
        if self.depth < DEPTH {
            self.depth += 1;
            out.push_str(&self.group(Some(end)));
            self.depth -= 1;
        }
        self.math = outer;
    }

    /// `\em`, `\bfseries` and their kind: the tag that holds from here, if one is declared.
    fn declaration(&mut self) -> Option<&'static str> {
        let rest = self.source.get(self.at + 1..)?;
        let name = letters(rest);
        let tag = symbols::declaration(name)?;
        if self.depth >= DEPTH {
            return None;
        }
        self.at += 1 + name.len();
        self.space();
        Some(tag)
    }

    /// A command; its backslash is eaten.
    fn command(&mut self, out: &mut String) {
        let name = letters(self.source.get(self.at..).unwrap_or_default());
        if name.is_empty() {
            self.sign(out);
            return;
        }
        self.at += name.len();
        self.eat_if("*");
        let behind = self.at;
        if let Some(mark) = symbols::accent(name) {
            self.space();
            let argument = self.argument();
            accented(&argument, mark, out);
            return;
        }
        self.space();
        if let Some(symbol) = symbols::symbol(name) {
            // `\o{}`: the braces are there to end the name.
            self.eat_if("{}");
            out.push_str(symbol);
            return;
        }
        match name {
            "url" | "path" | "nolinkurl" => {
                let inner = self.raw_argument();
                out.push_str(&verbatim(inner));
            }
            "href" | "textcolor" | "foreignlanguage" | "hspace" | "color" => {
                self.raw_argument();
                if !matches!(name, "hspace" | "color") {
                    out.push_str(&self.argument());
                }
            }
            "enquote" | "mkbibquote" => {
                let inner = self.argument();
                out.push('“');
                out.push_str(&inner);
                out.push('”');
            }
            "noopsort" | "vphantom" | "phantom" | "hphantom" | "label" | "index" | "cite" => {
                self.raw_argument();
            }
            "frac" => {
                let (above, below) = (self.argument(), self.argument());
                out.push_str(&format!("{above}/{below}"));
            }
            _ => self.formatted(name, behind, out),
        }
    }

    /// A command that formats its argument, or one that is not known: its argument stays.
    fn formatted(&mut self, name: &str, behind: usize, out: &mut String) {
        if self.peek() == Some('{') {
            let inner = self.argument();
            match symbols::formatting(name) {
                Some(tag) => self.tagged(tag, &inner, out),
                None => out.push_str(&inner),
            }
        } else if symbols::means_nothing(name) {
            // The space behind its name is eaten, as TeX does.
        } else {
            self.at = behind;
            out.push('\\');
            out.push_str(name);
        }
    }

    /// A command of one sign: an accent, an escaped character, a space.
    fn sign(&mut self, out: &mut String) {
        let Some(c) = self.eat() else { return };
        if let Some(mark) = symbols::sign_accent(c) {
            self.space();
            let argument = self.argument();
            accented(&argument, mark, out);
            return;
        }
        match c {
            '(' => self.mathematics(')', out),
            ')' | '-' | '/' | '!' | '@' => {}
            '\\' | ',' | ';' | ':' | ' ' | '\n' | '\t' | '\r' => out.push(' '),
            '[' | ']' => {}
            _ => out.push(c),
        }
    }

    /// The argument of a command: a group, a command or a character.
    fn argument(&mut self) -> String {
        self.space();
        let mut out = String::new();
        if self.depth >= DEPTH || matches!(self.peek(), Some('}' | '$') | None) {
            return out;
        }
        self.depth += 1;
        if self.eat_if("{") {
            let outer = std::mem::replace(&mut self.protected, true);
            out = self.group(Some('}'));
            self.protected = outer;
        } else {
            self.one(&mut out);
        }
        self.depth -= 1;
        out
    }

    /// The argument of a command as written, if it is a group.
    fn raw_argument(&mut self) -> &str {
        self.space();
        let from = self.at + 1;
        if !self.eat_if("{") {
            return "";
        }
        let mut depth = 1_usize;
        while let Some(c) = self.eat() {
            match c {
                '\\' => drop(self.eat()),
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return self.source.get(from..self.at - 1).unwrap_or_default();
            }
        }
        self.source.get(from..).unwrap_or_default()
    }

    fn tagged(&self, tag: &str, inner: &str, out: &mut String) {
        if self.style == Style::Plain || tag.is_empty() || inner.is_empty() {
            out.push_str(inner);
        } else if tag == "sc" {
            out.push_str("<span style=\"font-variant:small-caps;\">");
            out.push_str(inner);
            out.push_str("</span>");
        } else {
            out.push_str(&format!("<{tag}>{inner}</{tag}>"));
        }
    }
}

fn letters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

/// Whether there is a letter outside tags.
fn has_letters(text: &str) -> bool {
    crate::model::text::without_tags(text).chars().any(char::is_alphabetic)
}

/// The text with a combining mark on its first letter.
fn accented(text: &str, mark: char, out: &mut String) {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => {
            out.push(match first {
                'ı' => 'i',
                'ȷ' => 'j',
                c => c,
            });
            out.push(mark);
            out.push_str(chars.as_str());
        }
        // An accent on nothing is the accent's own sign.
        None => out.push_str(match mark {
            '\u{303}' => "~",
            '\u{302}' => "^",
            '\u{300}' => "`",
            '\u{301}' => "´",
            '\u{308}' => "¨",
            _ => "",
        }),
    }
}

#[cfg(test)]
#[path = "latex_tests.rs"]
mod tests;
