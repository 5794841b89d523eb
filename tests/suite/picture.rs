//! A screen as an SVG picture.

use std::fmt::Write as _;

/// Width and height of a cell, in pixels, and the room around the screen.
const CELL: (f64, f64) = (8.4, 18.0);
const MARGIN: f64 = 18.0;
const BAR: f64 = 30.0;

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
#[derive(Clone, PartialEq)]
struct Style {
    text: String,
    ground: Option<String>,
    bold: bool,
    italic: bool,
    underline: bool,
}

/// The screen in a window's frame.
pub fn svg(screen: &vt100::Screen, title: &str, palette: &Palette) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (u16::from(rows), u16::from(columns));
    let width = f64::from(columns) * CELL.0 + 2.0 * MARGIN;
    let height = f64::from(rows) * CELL.1 + MARGIN + BAR + MARGIN / 2.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.1} {height:.1}\" role=\"img\" aria-label=\"{}\">\n",
        escaped(title)
    );
    let _ = writeln!(
        out,
        "<rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"9\" fill=\"{}\" stroke=\"{}\"/>",
        width - 1.0,
        height - 1.0,
        palette.ground,
        palette.frame
    );
    for (n, color) in ["#ff5f57", "#febc2e", "#28c840"].iter().enumerate() {
        let x = MARGIN + 4.0 + 20.0 * f64::from(u8::try_from(n).unwrap());
        let _ = writeln!(out, "<circle cx=\"{x:.1}\" cy=\"15\" r=\"5.5\" fill=\"{color}\"/>");
    }
    let font = "ui-monospace, 'DejaVu Sans Mono', 'Cascadia Mono', Menlo, Consolas, monospace";
    let _ = writeln!(out, "<g font-family=\"{font}\" font-size=\"14\">");
    for row in 0..rows {
        for (at, style, text, cells) in runs(screen, row, columns, palette) {
            draw(&mut out, (row, at, cells), &style, &text);
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn draw(out: &mut String, (row, at, cells): (u16, u16, u16), style: &Style, text: &str) {
    let x = MARGIN + f64::from(at) * CELL.0;
    let y = BAR + f64::from(row) * CELL.1;
    let width = f64::from(cells) * CELL.0;
    if let Some(ground) = &style.ground {
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{ground}\"/>",
            CELL.1
        );
    }
    if text.trim().is_empty() {
        return;
    }
    let mut more = String::new();
    if style.bold {
        more.push_str(" font-weight=\"bold\"");
    }
    if style.italic {
        more.push_str(" font-style=\"italic\"");
    }
    if style.underline {
        more.push_str(" text-decoration=\"underline\"");
    }
    // The length keeps columns in line whatever the font's own width is.
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{}\" textLength=\"{width:.1}\" xml:space=\"preserve\"{more}>{}</text>",
        y + 13.5,
        style.text,
        escaped(text)
    );
}

/// Neighbouring cells of one style: where they start, how they look, their text, how many they are.
fn runs(screen: &vt100::Screen, row: u16, columns: u16, palette: &Palette) -> Vec<(u16, Style, String, u16)> {
    let mut runs: Vec<(u16, Style, String, u16)> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column) else { continue };
        if cell.is_wide_continuation() {
            if let Some(run) = runs.last_mut() {
                run.3 += 1;
            }
            continue;
        }
        let style = style_of(cell, palette);
        let text = if cell.has_contents() { cell.contents().to_owned() } else { " ".to_owned() };
        match runs.last_mut() {
            Some(run) if run.1 == style && run.0 + run.3 == column => {
                run.2.push_str(&text);
                run.3 += 1;
            }
            _ => runs.push((column, style, text, 1)),
        }
    }
    // Spaces at the end of a run would be stretched with it.
    for run in &mut runs {
        if run.1.ground.is_none() && !run.1.underline {
            let kept = run.2.trim_end().len();
            let cut = run.2.len() - kept;
            run.2.truncate(kept);
            run.3 -= u16::try_from(cut).unwrap();
        }
    }
    runs
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
