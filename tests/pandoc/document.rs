//! A document as Pandoc reads or makes it, flattened to texts that can be compared.
//!
//! What is lost, on purpose: links and spans keep their text alone (Pandoc links citations and
//! addresses), breaks and no-break spaces are spaces, straight apostrophes are curly (Pandoc's reader
//! of Markdown curls them), and escapes are gone with the syntax. Emphasis stays: `*x*`, `**x**`.

use serde_json::Value;

use crate::peer::pandoc;

/// What a text is in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Heading(u64),
    Paragraph,
    /// An entry of the bibliography that Pandoc made.
    Entry,
    Code,
}

/// A text of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: Kind,
    pub text: String,
}

/// A document: its texts in order, and its notes.
#[derive(Debug, Default)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// The notes, in the order of their marks; a mark reads `[^1]` in the text.
    pub notes: Vec<String>,
    /// How many items its lists have.
    pub items: usize,
    /// How many lists it has.
    pub lists: usize,
    /// How many tables it has.
    pub tables: usize,
    inside_entry: bool,
}

impl Document {
    /// Reads a text with Pandoc.
    pub fn read(arguments: &[&str], text: &str) -> Self {
        let json = pandoc(&[arguments, &["-t", "json"]].concat(), text);
        let json: Value = serde_json::from_str(&json).unwrap();
        let mut document = Self::default();
        document.blocks(&json["blocks"]);
        document
    }

    /// The texts of its headings, with their levels.
    pub fn headings(&self) -> Vec<&Block> {
        self.blocks.iter().filter(|b| matches!(b.kind, Kind::Heading(_))).collect()
    }

    fn blocks(&mut self, blocks: &Value) {
        blocks.as_array().into_iter().flatten().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Value) {
        let content = &block["c"];
        match block["t"].as_str().unwrap() {
            "Para" | "Plain" => {
                let kind = if self.inside_entry { Kind::Entry } else { Kind::Paragraph };
                self.push(kind, content);
            }
            "Header" => self.push(Kind::Heading(content[0].as_u64().unwrap()), &content[2]),
            "CodeBlock" => {
                self.blocks.push(Block { kind: Kind::Code, text: content[1].as_str().unwrap().to_owned() });
            }
            "BlockQuote" => self.blocks(content),
            "BulletList" => self.list(content),
            "OrderedList" => self.list(&content[1]),
            "Div" => {
                let before = self.inside_entry;
                let classes = content[0][1].as_array().unwrap();
                self.inside_entry |= classes.iter().any(|class| class == "csl-entry");
                self.blocks(&content[1]);
                self.inside_entry = before;
            }
            "Table" => {
                self.tables += 1;
                self.rows(&content[3][1]);
                for body in content[4].as_array().unwrap() {
                    self.rows(&body[3]);
                }
            }
            "HorizontalRule" => {}
            other => panic!("{other} is not expected in a note: {block}"),
        }
    }

    fn list(&mut self, items: &Value) {
        self.lists += 1;
        for item in items.as_array().unwrap() {
            self.items += 1;
            self.blocks(item);
        }
    }

    fn rows(&mut self, rows: &Value) {
        let cells = rows.as_array().unwrap().iter().flat_map(|row| row[1].as_array().unwrap());
        cells.for_each(|cell| self.blocks(&cell[4]));
    }

    fn push(&mut self, kind: Kind, inlines: &Value) {
        let mut text = String::new();
        self.inlines(inlines, &mut text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.blocks.push(Block { kind, text });
    }

    fn inlines(&mut self, inlines: &Value, out: &mut String) {
        inlines.as_array().into_iter().flatten().for_each(|inline| self.inline(inline, out));
    }

    fn inline(&mut self, inline: &Value, out: &mut String) {
        let content = &inline["c"];
        match inline["t"].as_str().unwrap() {
            "Str" => out.push_str(&plain(content)),
            "Space" | "SoftBreak" | "LineBreak" => out.push(' '),
            "Emph" => self.marked("*", content, out),
            "Strong" => self.marked("**", content, out),
            "Superscript" => self.marked("^", content, out),
            "Subscript" => self.marked("~", content, out),
            "SmallCaps" => self.inlines(content, out),
            "Quoted" => {
                let double = content[0]["t"] == "DoubleQuote";
                out.push_str(if double { "“" } else { "‘" });
                self.inlines(&content[1], out);
                out.push_str(if double { "”" } else { "’" });
            }
            "Code" => out.push_str(content[1].as_str().unwrap()),
            "Cite" | "Link" | "Span" => self.inlines(&content[1], out),
            "Note" => {
                // A note's own texts are no texts of the document.
                let before = std::mem::take(&mut self.blocks);
                let at = self.notes.len();
                self.notes.push(String::new());
                self.blocks(content);
                let texts = std::mem::replace(&mut self.blocks, before);
                self.notes[at] = texts.into_iter().map(|b| b.text).collect::<Vec<_>>().join("\n");
                out.push_str(&format!("[^{}]", at + 1));
            }
            other => panic!("{other} is not expected in a note: {inline}"),
        }
    }

    fn marked(&mut self, mark: &str, content: &Value, out: &mut String) {
        out.push_str(mark);
        self.inlines(content, out);
        out.push_str(mark);
    }
}

fn plain(text: &Value) -> String {
    text.as_str().unwrap().replace(['\u{a0}', '\u{202f}'], " ").replace('\'', "’")
}
