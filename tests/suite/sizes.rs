//! Every small size and many random ones, in a real pseudo-terminal: nothing breaks, and the last screen
//! is the one that a fresh start at that size shows.

use crate::harness::TemporaryDesk;
use crate::terminal::{DRAFT, Terminal, loaded};

/// Sizes that look random and are the same every time (a linear congruential generator).
fn random_sizes(count: usize) -> Vec<(u16, u16)> {
    let mut seed = 5_u64;
    let mut below = move |limit: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from((seed >> 33) % limit).unwrap()
    };
    (0..count).map(|_| (below(260), below(90))).collect()
}

/// Goes through all sizes with keys of each place in between; the screen at the end.
fn at_the_end(sizes: &[(u16, u16)], keys: &str, shown: &str) -> String {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::start(desk.path(), (100, 30), &[DRAFT], &[]);
    terminal.wait_for("the desk to be loaded", loaded);
    terminal.press(keys, shown);
    for (n, (width, height)) in sizes.iter().enumerate() {
        terminal.resize(*width, *height);
        // Something to draw at each of them, which leaves everything as it is.
        terminal.send(if n % 2 == 0 { "\x1b[B" } else { "\x1b[A" });
    }
    if sizes.len() % 2 == 1 {
        terminal.send("\x1b[A");
    }
    // A redraw at the last size: what was on its way is behind us when help has come and gone. Before it one so
    // tall that nothing stays scrolled, for which sizes were seen in time is the system's to say.
    for (width, height) in [(100, 150), (100, 30)] {
        terminal.resize(width, height).press("\x18", " Keys ").press("\x1b", shown);
    }
    terminal.wait_for("the last screen", |screen| screen.size().1.get() == 100 && screen.contents().contains("saved"));
    // Cells never written and blanks look the same.
    let screen = terminal.text().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    terminal.send("\x03\x03\x03");
    terminal.end();
    terminal.assert_given_back();
    screen
}

#[test]
fn small_sizes_and_random_ones_leave_the_last_screen_right() {
    let small: Vec<(u16, u16)> = (0..=12).flat_map(|w| (0..=12).map(move |h| (w, h))).collect();
    let sizes: Vec<(u16, u16)> = small.into_iter().chain(random_sizes(300)).collect();
    assert_eq!(sizes.len(), 13 * 13 + 300);
    for (keys, shown) in [("", "BROWSE"), ("\t", "No history here"), ("\t\x1b[Be", "TYPE"), ("/sco", "Facts 41/48")] {
        assert_eq!(at_the_end(&sizes, keys, shown), at_the_end(&[], keys, shown), "{keys:?}");
    }
}
