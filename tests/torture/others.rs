//! Somebody else at the same file.

use std::time::Duration;

use crate::apps::{App, BASE};
use crate::kill::begin;
use crate::rig::Term;
use crate::{Outcome, Place};

/// Another program writes the file while ours has unsaved words.
pub fn behind(app: App) -> Outcome {
    let place = Place::new(app, BASE);
    let mut term = begin(app, &place);
    term.send("MINE\x1b");
    term.settle(Duration::from_millis(100));
    let theirs = app.file("THEIRS\n");
    std::fs::write(&place.file, &theirs).unwrap();
    term.send(app.save());
    let asked = ["hanged", "odified", "WARNING", "both"];
    let asked = term.wait_for(&asked, Duration::from_secs(4));
    term.settle(Duration::from_millis(300));
    let now = place.text().unwrap_or_default();
    let kept = now.contains("THEIRS");
    let figures = format!("asked: {}, theirs kept: {}", yes(asked), yes(kept));
    Outcome::of(asked && kept, figures)
}

/// A second one is told, and the words of the first are saved.
pub fn two(app: App) -> Outcome {
    let place = Place::new(app, BASE);
    let mut first = begin(app, &place);
    first.send("FIRST ");
    first.settle(Duration::from_millis(400));
    let second = Term::start(&app.command(place.path()), place.path());
    let told = ["already open", "open elsewhere", "read only", "Read only", "swap file"];
    let told = second.wait_for(&told, Duration::from_secs(10));
    drop(second);
    first.send(app.quit());
    let ended = first.end(Duration::from_secs(5)).is_some();
    let kept = place.text().unwrap_or_default().contains("FIRST");
    Outcome::of(told && ended && kept, format!("second told: {}, first's words kept: {}", yes(told), yes(kept)))
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
