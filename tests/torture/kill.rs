//! Killed at any moment while typing.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::apps::{App, BASE};
use crate::rig::{Numbers, Term};
use crate::tokens::{Verdict, judge, type_until};
use crate::{Effort, Outcome, Place};

/// Tokens a second: a fast writer, forty times over eight letters.
const RATE: u32 = 40;
/// At once; they sleep most of the time.
const LANES: usize = 4;

/// Starts the program and begins to type.
pub fn begin(app: App, place: &Place) -> Term {
    let mut term = Term::start(&app.command(place.path()), place.path());
    assert!(term.wait_for(app.ready(), Duration::from_secs(20)), "{app:?} did not start");
    term.settle(Duration::from_millis(100));
    term.send(app.begin());
    assert!(term.wait_for(app.typing(), Duration::from_secs(20)), "{app:?} does not type:\n{}", term.screen());
    term
}

pub fn run(app: App, effort: Effort) -> Outcome {
    let (kills, longest) = (effort.of(12, 240), effort.of(2_500, 9_000));
    let next = AtomicUsize::new(0);
    let verdicts = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..LANES {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= kills {
                        return;
                    }
                    let mut numbers = Numbers(0x9e37_79b9 + u64::try_from(n).unwrap() * 0x1_0001);
                    (0..8).for_each(|_| _ = numbers.below(9));
                    let time = 50 + numbers.below(longest);
                    let verdict = once(app, Duration::from_millis(u64::try_from(time).unwrap()));
                    verdicts.lock().unwrap().push(verdict);
                }
            });
        }
    });
    tell(app, verdicts.into_inner().unwrap())
}

fn once(app: App, time: Duration) -> Verdict {
    let place = Place::new(app, BASE);
    let mut term = begin(app, &place);
    let mut sent = Vec::new();
    type_until(&mut term, RATE, Instant::now() + time, &mut sent);
    let end = Instant::now();
    term.signal(Signal::KILL);
    term.end(Duration::from_secs(5));
    judge(&app.recovered(place.path(), &place.file), BASE, &sent, end)
}

/// The most that may be lost: what each program promises.
fn promise(app: App) -> Duration {
    Duration::from_millis(if app == App::Ours { 1_000 } else { 4_500 })
}

fn tell(app: App, mut verdicts: Vec<Verdict>) -> Outcome {
    verdicts.sort_by_key(|v| v.lost);
    let damaged: Vec<&String> = verdicts.iter().filter_map(|v| v.damage.as_ref()).collect();
    let lost = |at: usize| verdicts.get(at).map_or(0, |v| v.lost.as_millis());
    let most = verdicts.len().saturating_sub(1);
    let typed: usize = verdicts.iter().map(|v| v.sent).sum();
    let mut figures = format!(
        "{} kills, {typed} words: median {} ms lost, at most {} ms; {} damaged",
        verdicts.len(),
        lost(most / 2),
        lost(most),
        damaged.len()
    );
    if let Some(damage) = damaged.first() {
        figures = format!("{figures}: {damage}");
    }
    Outcome::of(damaged.is_empty() && lost(most) <= promise(app).as_millis(), figures)
}
