//! Every colour is measured against the grounds that its theme is for.

use std::fmt::Write as _;

use super::palette::indexed;
use super::*;

/// Grounds of usual terminals.
const DARK_GROUNDS: [u32; 3] = [0x00_00_00, 0x1e_1e_1e, 0x28_2c_34];
const LIGHT_GROUNDS: [u32; 3] = [0xff_ff_ff, 0xfa_fa_fa, 0xfd_f6_e3];

fn theme(name: ThemeName, depth: Depth) -> Theme {
    Theme { depth, ..Theme::new(ColorChoice::Always, false) }.dressed(name)
}

/// Every style that text has, with the contrast it must reach.
fn styles(theme: Theme) -> Vec<(&'static str, Style, f64)> {
    let face = |face: Face| theme.face(face);
    vec![
        ("text", theme.text(), 4.5),
        ("accent, keys, numbers", theme.accent(), 4.5),
        ("title", theme.title(true), 4.5),
        ("finding", theme.finding(), 4.5),
        ("error", theme.severity(Severity::Error), 4.5),
        ("placed", theme.placed(), 4.5),
        ("dim", theme.dim(), 3.0),
        ("guidance", theme.guidance(), 3.0),
        ("cursor row", theme.cursor_row(true), 4.5),
        ("state word in Type", theme.state_word(true), 4.5),
        ("heading in Preview", face(Face { heading: 2, ..Face::default() }), 4.5),
        ("link in Preview", face(Face { link: true, ..Face::default() }), 4.5),
        ("code in Preview", face(Face { code: true, ..Face::default() }), 3.0),
    ]
}

fn channels(color: Color) -> [u8; 3] {
    match color {
        Color::Rgb(r, g, b) => [r, g, b],
        Color::Indexed(n) => indexed(n).into(),
        other => panic!("{other} is the terminal's own"),
    }
}

/// Relative luminance as WCAG 2 defines it.
fn luminance(channels: [u8; 3]) -> f64 {
    let linear = channels.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// The contrast of a style on a ground. Reverse swaps the two, which changes nothing of it.
fn contrast(style: Style, ground: u32) -> f64 {
    assert!(style.bg.is_none() && !style.add_modifier.contains(Modifier::DIM), "{style:?}");
    let text = luminance(channels(style.fg.unwrap()));
    let ground = luminance(channels(Color::from_u32(ground)));
    (text.max(ground) + 0.05) / (text.min(ground) + 0.05)
}

#[test]
fn contrast_is_as_wcag_measures_it() {
    let grey = Style::new().fg(Color::Rgb(0x77, 0x77, 0x77));
    assert!((contrast(grey, 0xff_ff_ff) - 4.48).abs() < 0.005);
    assert!((contrast(Style::new().fg(Color::Indexed(231)), 0) - 21.0).abs() < 0.001);
}

#[test]
fn every_style_can_be_read_on_every_ground_also_with_256_colours() {
    for (name, grounds) in [(ThemeName::Dark, DARK_GROUNDS), (ThemeName::Light, LIGHT_GROUNDS)] {
        for depth in [Depth::True, Depth::Indexed] {
            for (what, style, least) in styles(theme(name, depth)) {
                for ground in grounds {
                    let measured = contrast(style, ground);
                    assert!(measured >= least, "{name} {depth:?} {what} on #{ground:06x}: {measured:.2}");
                }
            }
        }
    }
}

#[test]
fn the_terminal_s_own_colours_are_the_first_sixteen() {
    for depth in [Depth::True, Depth::Indexed] {
        for (what, style, _) in styles(theme(ThemeName::Terminal, depth)) {
            assert!(!matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_))), "{what}: {style:?}");
        }
    }
}

#[test]
fn without_colours_only_modifiers_are_left() {
    for name in ThemeName::ALL {
        for (what, style, _) in styles(theme(*name, Depth::None)) {
            assert_eq!((style.fg, style.bg), (None, None), "{name} {what}");
        }
        let plain = theme(*name, Depth::None);
        for told_apart in [plain.finding(), plain.dim(), plain.cursor_row(true), plain.state_word(true)] {
            assert!(!told_apart.add_modifier.is_empty(), "{name}");
        }
    }
}

#[test]
fn the_nearest_of_256_colours_is_taken() {
    let style = theme(ThemeName::Dark, Depth::Indexed).accent();
    assert_eq!(style.fg, Some(Color::Indexed(110)));
    assert_eq!(theme(ThemeName::Dark, Depth::True).accent().fg, Some(Color::Rgb(0x7c, 0xbd, 0xe8)));
}

/// The measured table in the documentation.
#[test]
fn the_page_of_looks_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/looks.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (head, _) = page.split_once("\n| theme | what | colour |").unwrap();
    let mut table = String::new();
    for (name, grounds) in [(ThemeName::Dark, DARK_GROUNDS), (ThemeName::Light, LIGHT_GROUNDS)] {
        let on = grounds.map(|ground| format!("on `#{ground:06x}`")).join(" | ");
        let _ = write!(
            table,
            "\n| theme | what | colour | of 256 | {on} | at least |\n| --- | --- | --- | --- | --: | --: | --: | --: |\n"
        );
        let few = styles(theme(name, Depth::Indexed));
        for ((what, style, least), (_, indexed, _)) in styles(theme(name, Depth::True)).into_iter().zip(few) {
            let [r, g, b] = channels(style.fg.unwrap());
            let Some(Color::Indexed(index)) = indexed.fg else { panic!("{what}") };
            let measured = grounds.map(|ground| format!("{:.1}", contrast(style, ground))).join(" | ");
            let _ =
                writeln!(table, "| {name} | {what} | `#{r:02x}{g:02x}{b:02x}` | {index} | {measured} | {least:.1} |");
        }
    }
    let wanted = format!("{head}{table}");
    if std::env::var_os("ATTACHE_ACCEPT").is_some() {
        return std::fs::write(path, wanted).unwrap();
    }
    assert!(page == wanted, "docs/looks.md is stale; run with ATTACHE_ACCEPT=1");
}
