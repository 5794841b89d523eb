//! The colours of each theme, and what they are where a terminal has only 256.

use ratatui::style::Color;

use crate::model::settings::ThemeName;

/// How many colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// None at all.
    None,
    /// 256.
    Indexed,
    /// All.
    True,
}

/// The colours by what they are for. The ground is always the terminal's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    /// Text; the terminal's own where there is none.
    pub(super) text: Option<Color>,
    /// What matters less; the terminal's own way of dimming where there is none.
    pub(super) dim: Option<Color>,
    /// The one accent.
    pub(super) accent: Color,
    /// Findings, warnings, disputes.
    pub(super) finding: Color,
    /// Errors.
    pub(super) error: Color,
    /// What is placed.
    pub(super) placed: Color,
    /// The row under the cursor, which is shown in reverse.
    pub(super) bar: Color,
}

const TERMINAL: Palette = Palette {
    text: None,
    dim: None,
    accent: Color::Cyan,
    finding: Color::Yellow,
    error: Color::Red,
    placed: Color::Green,
    bar: Color::Reset,
};

const DARK: Palette = Palette {
    text: Some(rgb(0xd6_da_e0)),
    dim: Some(rgb(0x94_9d_aa)),
    accent: rgb(0x7c_bd_e8),
    finding: rgb(0xe3_bf_78),
    error: rgb(0xf2_8f_8f),
    placed: rgb(0x98_c3_80),
    bar: rgb(0xb8_c6_d6),
};

const LIGHT: Palette = Palette {
    text: Some(rgb(0x26_2b_31)),
    dim: Some(rgb(0x62_69_72)),
    accent: rgb(0x0b_5c_a8),
    finding: rgb(0x8a_59_00),
    error: rgb(0xb2_25_1e),
    placed: rgb(0x1f_6b_2a),
    bar: rgb(0x44_54_66),
};

const fn rgb(hex: u32) -> Color {
    Color::from_u32(hex)
}

impl Palette {
    pub(super) fn of(name: ThemeName) -> Self {
        match name {
            ThemeName::Terminal => TERMINAL,
            ThemeName::Dark => DARK,
            ThemeName::Light => LIGHT,
        }
    }

    /// The same as far as a terminal can show it.
    pub(super) fn at(self, depth: Depth) -> Self {
        if depth != Depth::Indexed {
            return self;
        }
        Self {
            text: self.text.map(nearest),
            dim: self.dim.map(nearest),
            accent: nearest(self.accent),
            finding: nearest(self.finding),
            error: nearest(self.error),
            placed: nearest(self.placed),
            bar: nearest(self.bar),
        }
    }
}

/// The nearest of the 240 colours that are the same in every terminal: a cube and a row of greys.
fn nearest(color: Color) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    let far = |index: u8| {
        let (x, y, z) = indexed(index);
        let one = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        one(r, x) + one(g, y) + one(b, z)
    };
    (16..=255).min_by_key(|index| far(*index)).map_or(color, Color::Indexed)
}

/// Red, green and blue of one of those colours.
pub(super) fn indexed(index: u8) -> (u8, u8, u8) {
    let step = |n: u8| if n == 0 { 0 } else { n.saturating_mul(40).saturating_add(55) };
    match index {
        232.. => {
            let grey = index.saturating_sub(232).saturating_mul(10).saturating_add(8);
            (grey, grey, grey)
        }
        _ => {
            let n = index.saturating_sub(16);
            (step(n / 36), step(n / 6 % 6), step(n % 6))
        }
    }
}
