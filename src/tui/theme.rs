//! Glyphs and styles: the terminal's own 16 colours, and none of them needed.

use crate::finding::Severity;
use ratatui::style::{Color, Modifier, Style};

use crate::app::rendered::Face;

/// Whether colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// Unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The glyphs, Unicode or ASCII.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    /// The current section.
    pub current: &'static str,
    /// A placed fact.
    pub placed: &'static str,
    /// A marked item.
    pub marked: &'static str,
    /// A reworded block.
    pub reworded: &'static str,
    /// A finding.
    pub finding: &'static str,
    /// A finding that is an error.
    pub error: &'static str,
    /// A finding that is only worth knowing.
    pub info: &'static str,
    /// Prose.
    pub prose: &'static str,
    /// A disputed fact.
    pub disputed: &'static str,
    /// A retracted fact.
    pub retracted: &'static str,
    /// Between panes.
    pub separator: &'static str,
    /// Between parts of a pane.
    pub rule: &'static str,
    /// Text goes on.
    pub ellipsis: &'static str,
    /// Between parts of a line.
    pub dot: &'static str,
    /// Nothing yet.
    pub dash: &'static str,
    /// The row under the cursor, where reverse may be missing.
    pub cursor: &'static str,
}

const UNICODE: Glyphs = Glyphs {
    current: "▸",
    placed: "✓",
    marked: "●",
    reworded: "~",
    finding: "!",
    error: "✗",
    info: "i",
    prose: "¶",
    disputed: "≠",
    retracted: "✗",
    separator: "│",
    rule: "─",
    ellipsis: "…",
    dot: " · ",
    dash: "—",
    cursor: " ",
};

const ASCII: Glyphs = Glyphs {
    current: ">",
    placed: "+",
    marked: "*",
    reworded: "~",
    finding: "!",
    error: "X",
    info: "i",
    prose: "P",
    disputed: "#",
    retracted: "x",
    separator: "|",
    rule: "-",
    ellipsis: "...",
    dot: " - ",
    dash: "-",
    cursor: ">",
};

/// How everything looks.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    colors: bool,
    /// The glyphs.
    pub glyphs: Glyphs,
}

impl Theme {
    /// Colours as chosen, glyphs as chosen.
    pub fn new(color: ColorChoice, ascii: bool) -> Self {
        let colors = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        };
        Self { colors, glyphs: if ascii { ASCII } else { UNICODE } }
    }

    fn color(self, color: Color) -> Style {
        if self.colors { Style::new().fg(color) } else { Style::new() }
    }

    /// Focus and section numbers.
    pub fn accent(self) -> Style {
        self.color(Color::Cyan)
    }

    /// A pane's title.
    pub fn title(self, focused: bool) -> Style {
        let style = if focused { self.accent() } else { Style::new() };
        let line = if focused { Modifier::UNDERLINED } else { Modifier::empty() };
        style.add_modifier(Modifier::BOLD | line)
    }

    /// Findings, warnings, disputes.
    pub fn finding(self) -> Style {
        if self.colors { self.color(Color::Yellow) } else { self.bold() }
    }

    /// A finding by how much it matters.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error if self.colors => self.color(Color::Red).add_modifier(Modifier::BOLD),
            Severity::Info => self.dim(),
            _ => self.finding(),
        }
    }

    /// What is placed.
    pub fn placed(self) -> Style {
        self.color(Color::Green)
    }

    /// Furniture, guidance, what matters less.
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Guidance for the writer.
    pub fn guidance(self) -> Style {
        self.dim().add_modifier(Modifier::ITALIC)
    }

    /// What stands out.
    pub fn bold(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The row under the cursor.
    pub fn cursor_row(self, focused: bool) -> Style {
        Style::new().add_modifier(if focused { Modifier::REVERSED } else { Modifier::BOLD })
    }

    /// The word for the state; Type is told apart so that nobody types by mistake.
    pub fn state_word(self, typing: bool) -> Style {
        if typing { self.accent().add_modifier(Modifier::BOLD | Modifier::REVERSED) } else { self.bold() }
    }

    /// A piece of the rendered note.
    pub fn face(self, face: Face) -> Style {
        let mut style = Style::new();
        if face.heading || face.link {
            style = style.patch(self.accent());
        }
        let flags = [
            (face.bold, Modifier::BOLD),
            (face.heading && !face.bold, Modifier::UNDERLINED),
            (face.italic, Modifier::ITALIC),
            (face.strike, Modifier::CROSSED_OUT),
            (face.dim || face.code, Modifier::DIM),
        ];
        flags.iter().filter(|(on, _)| *on).fold(style, |style, (_, modifier)| style.add_modifier(*modifier))
    }
}
