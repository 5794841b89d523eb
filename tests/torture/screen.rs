//! Sizes, pastes, and what hostile content may send to the terminal.

use std::time::{Duration, Instant};

use crate::apps::{App, BASE};
use crate::kill::begin;
use crate::rig::{Numbers, Term};
use crate::tokens::{found, token, type_until};
use crate::{Effort, Outcome, Place};

/// Sizes that nobody has, and some that everybody has.
const SIZES: [(u16, u16); 8] = [(1, 1), (200, 1), (1, 200), (2, 2), (80, 24), (0, 0), (1000, 1000), (20, 5)];

pub fn resize(app: App, effort: Effort) -> Outcome {
    let place = Place::new(app, BASE);
    let mut term = begin(app, &place);
    let mut numbers = Numbers(2);
    let mut sent = Vec::new();
    let resizes = effort.of(60, 300);
    for _ in 0..resizes {
        let (columns, rows) = SIZES[numbers.below(SIZES.len())];
        term.resize(columns, rows);
        type_until(&mut term, 400, Instant::now() + Duration::from_millis(10), &mut sent);
    }
    term.resize(80, 24);
    term.settle(Duration::from_millis(300));
    let alive = term.is_alive();
    term.send(app.quit());
    term.end(Duration::from_secs(20));
    let kept = found(&place.text().unwrap_or_default());
    let whole = kept.iter().copied().eq(0..sent.len());
    let figures = format!("{resizes} sizes, {} of {} words kept in order", kept.len(), sent.len());
    Outcome::of(alive && whole, figures)
}

/// A paste of a megabyte, or less for a debug build: in brackets, without, and with an end mark among the text, behind
/// which all comes as keys.
pub fn paste(app: App, effort: Effort) -> Outcome {
    let lines = effort.of(1_024, 16 * 1_024);
    let body = |lines: std::ops::Range<usize>| -> String {
        lines.map(|n| format!("{}{}\r", token(n).trim_end(), "x".repeat(55))).collect()
    };
    let mut told = vec![format!("{} KiB", lines / 16)];
    let mut held = true;
    let (start, end) = ("\x1b[200~", "\x1b[201~");
    for (name, text) in [
        ("in brackets", [start, &body(0..lines), end].concat()),
        ("without", body(0..lines)),
        ("an end mark inside", [start, &body(0..lines / 2), end, &body(lines / 2..lines), end].concat()),
    ] {
        let place = Place::new(app, BASE);
        let mut term = begin(app, &place);
        let begun = Instant::now();
        term.send(text);
        term.send(app.quit());
        let ended = term.end(Duration::from_secs(90)).is_some();
        let seconds = begun.elapsed().as_secs_f64();
        let exact = found(&place.text().unwrap_or_default()).into_iter().eq(0..lines);
        held &= ended && exact && seconds < 5.0;
        told.push(format!("{name}: {seconds:.1} s, {}", if exact { "exact" } else { "not exact" }));
    }
    Outcome::of(held, told.join("; "))
}

/// A word that stands beside whatever must not get through.
const NEAR: &str = "ZQ7NONCE";

/// Every text of an event, a template and a draft tries to steer the terminal.
pub fn hostile(app: App) -> Outcome {
    let evil = [
        "\x1b]0;title\x07",
        "\x1b[2J",
        "\x1b]52;c;AAAA\x07",
        "\x1bPq\x1b\\",
        "\x1b_x\x1b\\",
        "\u{9b}31m",
        "\u{9d}0;x\u{9c}",
        "\x07",
        "\x0e",
        "\x7f",
        "\u{202e}",
        "\u{2066}",
        "\u{61c}",
        "\x1b[6n",
    ];
    let yaml = |text: &str| {
        let escaped: String = text
            .chars()
            .map(|c| if c.is_control() || !c.is_ascii() { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() })
            .collect();
        format!("\"{}\"", escaped.replace('"', "\\\""))
    };
    let place = Place::new(app, BASE);
    let mut event = format!(
        "title: {}\nsources:\n  s: {{ type: article, title: {} }}\nfacts:\n",
        yaml(&(NEAR.to_owned() + evil[0])),
        yaml(&(NEAR.to_owned() + evil[3]))
    );
    for (n, evil) in evil.iter().enumerate() {
        let text = yaml(&format!("{NEAR}{evil} a fact"));
        event += &format!("  - {{ id: f{n}, text: {text}, sources: s, tags: [{}] }}\n", yaml(&format!("{NEAR}{evil}")));
    }
    std::fs::write(place.path().join("briefs/events/evil.yaml"), event).unwrap();
    let draft = format!("{BASE}\n{}\n", evil.map(|evil| format!("{NEAR}{evil} words [@evil#f1].")).join("\n\n"));
    std::fs::write(&place.file, app.file(&draft)).unwrap();
    let mut term = Term::start(&app.command(place.path()), place.path());
    assert!(term.wait_for(app.ready(), Duration::from_secs(20)));
    term.settle(Duration::from_millis(300));
    for key in [
        "j", "j", "v", "\x1b", "p", "\t", "j", "j", "e", "\x1b", "T", "\x1b", "c", "\x1b", "?", "\x1b", "/", "ZQ7",
        "\r", "1", "w", ":", "\x1b",
    ] {
        term.send(key);
        term.settle(Duration::from_millis(60));
    }
    let raw = term.since(0);
    let seen = memchr::memmem::find_iter(&raw, NEAR.as_bytes()).count();
    let mut wrong = Vec::new();
    for at in memchr::memmem::find_iter(&raw, NEAR.as_bytes()) {
        let near = raw.get(at..at + NEAR.len() + 12).unwrap_or(&raw[at..]);
        for control in [
            &b"\x07"[..],
            b"\x0e",
            b"\x7f",
            b"\x1b]",
            b"\x1bP",
            b"\x1b_",
            b"\x1b[2J",
            b"\x1b[6n",
            b"\xc2\x9b",
            b"\xc2\x9d",
        ] {
            if memchr::memmem::find(near, control).is_some() {
                wrong.push(format!("{control:02x?}"));
            }
        }
    }
    for bidi in ["\u{202e}", "\u{2066}", "\u{61c}"] {
        if memchr::memmem::find(&raw, bidi.as_bytes()).is_some() {
            wrong.push(format!("{bidi:?}"));
        }
    }
    let figures = format!("{seen} hostile texts shown, {} that steer the terminal {}", wrong.len(), wrong.join(" "));
    Outcome::of(seen > 0 && wrong.is_empty(), figures.trim_end().to_owned())
}
