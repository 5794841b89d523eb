//! Glyphs and styles: the terminal's own 16 colours or a palette of ours, and none of them needed.

mod palette;

use ratatui::style::{Color, Modifier, Style};

use crate::app::rendered::Face;
use crate::finding::Severity;
use crate::model::settings::ThemeName;
use palette::{Depth, Palette};

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
    /// A block that the last change brought.
    pub changed: &'static str,
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
    /// The filled part of a bar.
    pub full: &'static str,
    /// The open part of a bar.
    pub open: &'static str,
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
    retracted: "⊘",
    changed: "▌",
    separator: "│",
    rule: "─",
    ellipsis: "…",
    dot: " · ",
    dash: "—",
    full: "█",
    open: "░",
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
    retracted: "R",
    changed: ":",
    separator: "|",
    rule: "-",
    ellipsis: "...",
    dot: " - ",
    dash: "-",
    full: "#",
    open: ".",
    cursor: ">",
};

/// How everything looks.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    depth: Depth,
    palette: Palette,
    /// The glyphs.
    pub glyphs: Glyphs,
}

impl Theme {
    /// Colours as chosen and as the terminal can show them, glyphs as chosen.
    pub fn new(color: ColorChoice, ascii: bool) -> Self {
        let wanted = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        };
        let millions = std::env::var("COLORTERM").is_ok_and(|v| matches!(v.as_str(), "truecolor" | "24bit"));
        let depth = match (wanted, millions) {
            (false, _) => Depth::None,
            (true, false) => Depth::Indexed,
            (true, true) => Depth::True,
        };
        let glyphs = if ascii { ASCII } else { UNICODE };
        Self { depth, palette: Palette::of(ThemeName::Terminal), glyphs }
    }

    /// The same with the colours of that name.
    pub fn dressed(self, name: ThemeName) -> Self {
        Self { palette: Palette::of(name).at(self.depth), ..self }
    }

    fn colors(self) -> bool {
        self.depth != Depth::None
    }

    fn color(self, color: Color) -> Style {
        if self.colors() { Style::new().fg(color) } else { Style::new() }
    }

    /// Text without a meaning of its own.
    pub fn text(self) -> Style {
        self.palette.text.map_or(Style::new(), |text| self.color(text))
    }

    /// Focus and section numbers.
    pub fn accent(self) -> Style {
        self.color(self.palette.accent)
    }

    /// A pane's title.
    pub fn title(self, focused: bool) -> Style {
        let style = if focused { self.accent() } else { Style::new() };
        let line = if focused { Modifier::UNDERLINED } else { Modifier::empty() };
        style.add_modifier(Modifier::BOLD | line)
    }

    /// Findings, warnings, disputes.
    pub fn finding(self) -> Style {
        if self.colors() { self.color(self.palette.finding) } else { self.bold() }
    }

    /// A finding by how much it matters.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error if self.colors() => self.color(self.palette.error).add_modifier(Modifier::BOLD),
            Severity::Info => self.dim(),
            _ => self.finding(),
        }
    }

    /// What is placed.
    pub fn placed(self) -> Style {
        self.color(self.palette.placed)
    }

    /// Words that only the other side has.
    pub fn removed(self) -> Style {
        self.color(self.palette.error).add_modifier(Modifier::CROSSED_OUT)
    }

    /// Words that only our side has.
    pub fn added(self) -> Style {
        self.color(self.palette.placed).add_modifier(Modifier::UNDERLINED)
    }

    /// Furniture, guidance, what matters less.
    pub fn dim(self) -> Style {
        match self.palette.dim {
            Some(dim) if self.colors() => self.color(dim),
            _ => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// Guidance for the writer.
    pub fn guidance(self) -> Style {
        self.dim().add_modifier(Modifier::ITALIC)
    }

    /// A word that was searched for: told without colour, in a row of any colour.
    pub fn sought(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// What stands out.
    pub fn bold(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The row under the cursor: one bar of one colour, whatever stands in it.
    pub fn cursor_row(self, focused: bool) -> Style {
        if focused {
            self.color(self.palette.bar).add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM)
        } else {
            self.bold()
        }
    }

    /// The word for the state; Type is told apart so that nobody types by mistake.
    pub fn state_word(self, typing: bool) -> Style {
        if typing { self.accent().add_modifier(Modifier::BOLD | Modifier::REVERSED) } else { self.bold() }
    }

    /// A piece of the rendered note.
    pub fn face(self, face: Face) -> Style {
        let mut style = Style::new();
        if face.dim || face.code {
            style = style.patch(self.dim());
        }
        if face.link || face.mark || matches!(face.heading, 1..=3) {
            style = style.patch(self.accent());
        }
        // Levels are told apart without colours, too.
        let flags = [
            (face.bold || matches!(face.heading, 1 | 2), Modifier::BOLD),
            (face.link || matches!(face.heading, 1 | 3), Modifier::UNDERLINED),
            (face.italic || face.heading > 3, Modifier::ITALIC),
            (face.strike, Modifier::CROSSED_OUT),
        ];
        flags.iter().filter(|(on, _)| *on).fold(style, |style, (_, modifier)| style.add_modifier(*modifier))
    }
}

#[cfg(test)]
mod tests;
