//! A terminal's screen as an SVG picture: text stays text, every run at its place in the grid.

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

/// Tenths of a pixel: a cell's width and height, where in it text stands, and what is around.
const CELL: (usize, usize) = (84, 190);
const BASELINE: usize = 140;
const MARGIN: usize = 180;
const BAR: usize = 380;

/// What the 16 colours look like.
pub struct Palette {
    background: [u8; 3],
    text: [u8; 3],
    frame: [u8; 3],
    bar: [u8; 3],
    /// Black, red, green, yellow, blue, magenta, cyan, white; bright ones are the same.
    colors: [[u8; 3]; 8],
}

pub const DARK: Palette = Palette {
    background: [0x1b, 0x1d, 0x23],
    text: [0xdc, 0xdf, 0xe6],
    frame: [0x3a, 0x3f, 0x4b],
    bar: [0x25, 0x28, 0x30],
    colors: [
        [0x1b, 0x1d, 0x23],
        [0xf0, 0x7c, 0x82],
        [0x8f, 0xd0, 0x7f],
        [0xf2, 0xc5, 0x5c],
        [0x82, 0xaa, 0xff],
        [0xd1, 0x9a, 0xee],
        [0x5f, 0xd0, 0xe0],
        [0xdc, 0xdf, 0xe6],
    ],
};

pub const LIGHT: Palette = Palette {
    background: [0xff, 0xff, 0xff],
    text: [0x22, 0x26, 0x2d],
    frame: [0xc9, 0xce, 0xd6],
    bar: [0xf1, 0xf3, 0xf6],
    colors: [
        [0x22, 0x26, 0x2d],
        [0xb8, 0x24, 0x2f],
        [0x1a, 0x7a, 0x32],
        [0x92, 0x5c, 0x00],
        [0x1f, 0x55, 0xc4],
        [0x83, 0x35, 0xb5],
        [0x00, 0x6e, 0x86],
        [0x6b, 0x72, 0x80],
    ],
};

/// How a run of cells looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    text: [u8; 3],
    behind: Option<[u8; 3]>,
    bold: bool,
    italic: bool,
    underline: bool,
}

impl Look {
    fn of(cell: &Cell, palette: &Palette) -> Self {
        let own = |color: Color, default: [u8; 3]| match color {
            Color::Idx(n @ 0..=15) => palette.colors[usize::from(n % 8)],
            Color::Rgb(r, g, b) => [r, g, b],
            _ => default,
        };
        let mut text = own(cell.fgcolor(), palette.text);
        let mut behind = own(cell.bgcolor(), palette.background);
        if cell.inverse() {
            // A bar of one colour: what is coloured on it would be patches.
            (text, behind) = (palette.background, palette.text);
        }
        if cell.dim() {
            let mix = |a: u8, b: u8| u8::try_from((u16::from(a) * 62 + u16::from(b) * 38) / 100).unwrap_or(a);
            text = [0, 1, 2].map(|n| mix(text[n], behind[n]));
        }
        let behind = Some(behind).filter(|color| *color != palette.background);
        Self { text, behind, bold: cell.bold(), italic: cell.italic(), underline: cell.underline() }
    }
}

/// A piece of a row that is drawn at once.
struct Run {
    column: usize,
    columns: usize,
    text: String,
    look: Look,
}

/// The screen as a picture in a window's frame.
pub fn svg(screen: &Screen, palette: &Palette, title: &str) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (usize::from(rows.get()), usize::from(columns.get()));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + BAR + 2 * MARGIN);
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\">",
        w = px(width),
        h = px(height)
    ));
    line(&format!("<title>{}</title>", escape(title)));
    line(&format!(
        "<rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"10\" fill=\"{}\" stroke=\"{}\"/>",
        px(width - 10),
        px(height - 10),
        hex(palette.background),
        hex(palette.frame)
    ));
    line(&format!(
        "<path d=\"M1 {bar}V10.5a9.5 9.5 0 0 1 9.5-9.5H{right}a9.5 9.5 0 0 1 9.5 9.5V{bar}z\" fill=\"{}\"/>",
        hex(palette.bar),
        bar = px(BAR),
        right = px(width - 105)
    ));
    for (n, color) in [1, 3, 2].into_iter().enumerate() {
        let color = hex(palette.colors[color]);
        line(&format!("<circle cx=\"{}\" cy=\"19\" r=\"6\" fill=\"{color}\"/>", 22 + 20 * n));
    }
    line(&format!(
        "<text x=\"{}\" y=\"23.5\" text-anchor=\"middle\" font-family=\"system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', \
         sans-serif\" font-size=\"13\" fill=\"{}\" opacity=\".7\">{}</text>",
        px(width / 2),
        hex(palette.text),
        escape(title)
    ));
    line(&format!(
        "<g font-family=\"ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace\" \
         font-size=\"14\" fill=\"{}\">",
        hex(palette.text)
    ));
    for row in 0..rows {
        for run in runs(screen, row, columns, palette) {
            draw(&run, row, palette, &mut line);
        }
    }
    line("</g>");
    line("</svg>");
    out
}

/// The runs of a row: cells of one look; a character that fonts draw in their own widths is alone.
fn runs(screen: &Screen, row: usize, columns: usize, palette: &Palette) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for column in 0..columns {
        let Some(cell) = screen.cell(u16::try_from(row).unwrap(), u16::try_from(column).unwrap()) else { continue };
        if cell.is_wide_continuation() {
            continue;
        }
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let look = Look::of(cell, palette);
        let alone = cell.is_wide() || !text.chars().all(|c| is_common(c) || c == '─');
        let wide = if cell.is_wide() { 2 } else { 1 };
        match runs.last_mut() {
            Some(last) if open && !alone && last.look == look => {
                last.text.push_str(text);
                last.columns += wide;
            }
            _ => runs.push(Run { column, columns: wide, text: text.to_owned(), look }),
        }
        open = !alone;
    }
    runs
}

/// Letters and punctuation, which every monospaced font has in one width.
fn is_common(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{24f}' | '–' | '—' | '‘' | '’' | '“' | '”' | '…')
}

fn draw(run: &Run, row: usize, palette: &Palette, line: &mut impl FnMut(&str)) {
    let (left, top) = (MARGIN + run.column * CELL.0, BAR + MARGIN + row * CELL.1);
    let width = run.columns * CELL.0;
    if let Some(color) = run.look.behind {
        line(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
            px(left),
            px(top),
            px(width),
            px(CELL.1),
            hex(color)
        ));
    }
    let color = hex(run.look.text);
    // Lines are drawn, so that they have no gaps between rows.
    if run.text == "│" {
        return line(&path(left + width / 2, top, 'v', CELL.1, &color));
    }
    if run.text.contains('─') {
        let blank = run.text.chars().take_while(|c| *c == ' ').count();
        let drawn = run.text.chars().filter(|c| *c == '─').count();
        return line(&path(left + blank * CELL.0, top + CELL.1 / 2, 'h', drawn * CELL.0, &color));
    }
    let text = run.text.trim_end();
    let lead = text.len() - text.trim_start().len();
    let text = &text[lead..];
    if text.is_empty() {
        return;
    }
    let mut style = String::new();
    if run.look.text != palette.text {
        let _ = write!(style, " fill=\"{color}\"");
    }
    for (on, attribute) in [
        (run.look.bold, " font-weight=\"bold\""),
        (run.look.italic, " font-style=\"italic\""),
        (run.look.underline, " text-decoration=\"underline\""),
    ] {
        style += if on { attribute } else { "" };
    }
    let count = text.chars().count();
    let y = px(top + BASELINE);
    let text = escape(text);
    if count == 1 {
        let wide = if lead == 0 && run.text.trim_end() == run.text { run.columns } else { 1 };
        let middle = px(left + lead * CELL.0 + wide * CELL.0 / 2);
        line(&format!("<text x=\"{middle}\" y=\"{y}\" text-anchor=\"middle\"{style}>{text}</text>"));
    } else {
        let (x, length) = (px(left + lead * CELL.0), px(count * CELL.0));
        let fit = format!("textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"");
        line(&format!("<text x=\"{x}\" y=\"{y}\" {fit} xml:space=\"preserve\"{style}>{text}</text>"));
    }
}

fn path(x: usize, y: usize, direction: char, length: usize, color: &str) -> String {
    format!("<path d=\"M{} {}{direction}{}\" stroke=\"{color}\"/>", px(x), px(y), px(length))
}

/// Tenths of a pixel as pixels.
fn px(tenths: usize) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
