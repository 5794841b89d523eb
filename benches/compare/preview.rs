//! The live preview after a key.

use std::path::Path;
use std::time::Duration;

use crate::Bench;
use crate::keys::Timetable;
use crate::peers::attache_listed;
use crate::report::{Line, Table, Who, attempt};

/// Letters in the first block of a draft of 6,000 words, until both the draft and the preview show them.
pub(crate) fn measure(bench: &Bench) -> Table {
    let note = "From just before a letter is written in the first block of a draft of 6,000 words to the read after which the word it ends stands in \
                the draft and in the preview beside it, and the frame is whole; 30 to 250 ms apart. No peer does this in a terminal.";
    let mut table = Table::of_times("Live preview", note);
    let desk = bench.big();
    let times = attempt("live preview", || letters(&desk, bench.keys.min(500))).unwrap_or_default();
    crate::sample::tell("live preview", &times);
    table.add("a letter in the preview", &[Line { who: Who::Attache, program: "Attaché".into(), times }]);
    table
}

fn letters(desk: &Path, count: usize) -> Vec<Duration> {
    let mut terminal = attache_listed(desk);
    // The first block: the preview begins with it.
    terminal.send("\tgje");
    terminal.until_shown("TYPE");
    terminal.press(" ", |screen| screen.contents().contains("TYPE"));
    terminal.rest(Duration::from_millis(300));
    let (mut timetable, mut times, mut word) = (Timetable::new(), Vec::new(), 0_usize);
    while times.len() < count {
        word += 1;
        // Each word is written twice on the screen when it is in the preview; its beginning may stand elsewhere.
        let text = format!("Q{}", 10_000 + word * 7_919 % 90_000);
        for end in 1..=text.len() {
            timetable.wait(&mut terminal);
            let so_far = &text[..end];
            let shown = |screen: &vt100::Screen| screen.contents().matches(so_far).count();
            let before = shown(terminal.screen());
            times.push(terminal.press_whole(&text[end - 1..end], |screen| shown(screen) >= before + 2));
        }
        // The word goes again, so that the block does not grow out of the preview.
        terminal.send(&"\u{7f}".repeat(text.len()));
        terminal.until(|screen| !screen.contents().contains('Q'));
        terminal.rest(Duration::from_millis(50));
    }
    terminal.send("\x1b");
    terminal.send("u");
    terminal.send("q");
    terminal.ended();
    times
}
