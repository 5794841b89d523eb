//! A screen as an SVG picture, as small as it can be: colours are classes, and neighbouring cells of one look a
//! single text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Width and height of a cell, in pixels.
const CELL: (f64, f64) = (8.4, 18.0);

/// What is around the screen.
#[derive(Clone, Copy, PartialEq)]
pub enum Frame {
    /// A window.
    Window,
    /// A margin of half a row.
    Margin,
}

impl Frame {
    /// Room at the sides and below, and above.
    fn room(self) -> (f64, f64) {
        match self {
            Self::Window => (18.0, 30.0),
            Self::Margin => (9.0, 9.0),
        }
    }
}

/// Colours of a picture: ground, text, dimmed text, and the terminal's sixteen.
pub struct Palette {
    ground: &'static str,
    frame: &'static str,
    text: &'static str,
    dim: &'static str,
    colors: [&'static str; 16],
}

pub const DARK: Palette = Palette {
    ground: "#1b1e24",
    frame: "#2b303a",
    text: "#d7dae0",
    dim: "#8b92a0",
    colors: [
        "#3b4048", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0", "#6b7280", "#f08a92",
        "#b1d996", "#f0d399", "#85c3f5", "#d79be8", "#7fcbd5", "#ffffff",
    ],
};

pub const LIGHT: Palette = Palette {
    ground: "#fbfbf9",
    frame: "#e4e4df",
    text: "#24292f",
    dim: "#6a717a",
    colors: [
        "#24292f", "#b3261e", "#2e7d32", "#8a6100", "#0b57d0", "#8e24aa", "#00727d", "#57606a", "#6a717a", "#c0392b",
        "#388e3c", "#9a6d00", "#1a66d6", "#9c27b0", "#00838f", "#000000",
    ],
};

/// How a run of cells is drawn.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Style {
    text: String,
    ground: Option<String>,
    bold: bool,
    italic: bool,
    underline: bool,
}

impl Style {
    /// Whether a blank cell shows nothing.
    fn leaves_blanks(&self) -> bool {
        self.ground.is_none() && !self.underline
    }

    fn css(&self) -> String {
        let mut css = format!("fill:{}", self.text);
        for (on, rule) in [
            (self.bold, ";font-weight:bold"),
            (self.italic, ";font-style:italic"),
            (self.underline, ";text-decoration:underline"),
        ] {
            css.push_str(if on { rule } else { "" });
        }
        css
    }
}

/// Cells of one look side by side.
struct Run {
    at: u16,
    cells: u16,
    style: Style,
    text: String,
}

/// The screen as a picture.
pub fn svg(screen: &vt100::Screen, title: &str, palette: &Palette, frame: Frame) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (u16::from(rows), u16::from(columns));
    let (side, top) = frame.room();
    let width = (f64::from(columns) * CELL.0 + 2.0 * side).ceil();
    let height = (f64::from(rows) * CELL.1 + top + side).ceil();
    let runs: Vec<(u16, Run)> =
        (0..rows).flat_map(|row| runs(screen, row, columns, palette).into_iter().map(move |run| (row, run))).collect();
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for (_, run) in &runs {
        let next = classes.len();
        if !run.text.is_empty() {
            classes.entry(run.style.css()).or_insert(next);
        }
    }
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">\n<style>",
        escaped(title)
    );
    for (css, class) in &classes {
        let _ = write!(out, ".s{class}{{{css}}}");
    }
    let (ground, edge) = (palette.ground, palette.frame);
    let _ = writeln!(
        out,
        "</style>\n<rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"9\" fill=\"{ground}\" stroke=\"{edge}\"/>",
        width - 1.0,
        height - 1.0,
    );
    if frame == Frame::Window {
        for (x, color) in [(22, "#ff5f57"), (42, "#febc2e"), (62, "#28c840")] {
            let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"15\" r=\"5.5\" fill=\"{color}\"/>");
        }
    }
    let font = "ui-monospace, 'DejaVu Sans Mono', 'Cascadia Mono', Menlo, Consolas, monospace";
    let _ = writeln!(out, "<g font-family=\"{font}\" font-size=\"14\" xml:space=\"preserve\">");
    for (row, run) in &runs {
        let class = classes.get(&run.style.css()).copied().unwrap_or_default();
        draw(&mut out, (side + f64::from(run.at) * CELL.0, top + f64::from(*row) * CELL.1), run, class);
    }
    if !screen.hide_cursor() {
        let (row, column) = screen.cursor_position();
        let (x, y) = (number(side + f64::from(column) * CELL.0), number(top + f64::from(row) * CELL.1 + 1.0));
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"16\" fill=\"{}\"/>", palette.text);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn draw(out: &mut String, (x, y): (f64, f64), run: &Run, class: usize) {
    let width = number(f64::from(run.cells) * CELL.0);
    let x = number(x);
    if let Some(ground) = &run.style.ground {
        let (y, height) = (number(y), CELL.1);
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>");
    }
    if !run.text.trim().is_empty() {
        let (y, text) = (number(y + 13.5), escaped(&run.text));
        // The length keeps columns in line whatever the font's own width is.
        let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" class=\"s{class}\" textLength=\"{width}\">{text}</text>");
    }
}

/// A bar and the pieces of text on it, parted where two blanks or more are between: a font of another width then
/// moves no piece.
fn pieces(run: Run) -> Vec<Run> {
    if run.style.ground.is_none() {
        return vec![run];
    }
    let mut pieces = Vec::new();
    let mut at = run.at;
    for part in run.text.split("  ") {
        let shown = part.trim();
        let width = |text: &str| u16::try_from(attache::app::wrap::width(text)).unwrap();
        if !shown.is_empty() {
            let style = Style { ground: None, ..run.style.clone() };
            let at = at + width(part) - width(part.trim_start());
            pieces.push(Run { at, cells: width(shown), style, text: shown.to_owned() });
        }
        at += width(part) + 2;
    }
    pieces.insert(0, Run { text: String::new(), ..run });
    pieces
}

/// A number with at most one decimal.
fn number(n: f64) -> String {
    let text = format!("{n:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

fn runs(screen: &vt100::Screen, row: u16, columns: u16, palette: &Palette) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column) else { continue };
        if cell.is_wide_continuation() {
            if let Some(run) = runs.last_mut() {
                run.cells += 1;
            }
            continue;
        }
        let style = style_of(cell, palette);
        let text = if cell.has_contents() { cell.contents() } else { " " };
        if text == " " && style.leaves_blanks() {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.style == style && reaches(run, column) => {
                let gap = column - run.at - run.cells;
                run.text.push_str(&" ".repeat(usize::from(gap)));
                run.text.push_str(text);
                run.cells += gap + 1;
            }
            _ => runs.push(Run { at: column, cells: 1, style, text: text.to_owned() }),
        }
    }
    runs.into_iter().flat_map(pieces).collect()
}

/// Whether a cell can go on with a run: beside it, or behind one blank that shows nothing.
fn reaches(run: &Run, column: u16) -> bool {
    let gap = column - run.at - run.cells;
    gap == 0 || (gap == 1 && run.style.leaves_blanks())
}

fn style_of(cell: &vt100::Cell, palette: &Palette) -> Style {
    let color = |color: vt100::Color| match color {
        vt100::Color::Default => None,
        vt100::Color::Idx(n) => palette.colors.get(usize::from(n)).map(ToString::to_string),
        vt100::Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
    };
    let plain = if cell.dim() { palette.dim } else { palette.text };
    let mut text = color(cell.fgcolor()).unwrap_or_else(|| plain.to_owned());
    let mut ground = color(cell.bgcolor());
    if cell.inverse() {
        let was = ground.unwrap_or_else(|| palette.ground.to_owned());
        ground = Some(text);
        text = was;
    }
    Style { text, ground, bold: cell.bold(), italic: cell.italic(), underline: cell.underline() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
