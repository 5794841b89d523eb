//! Workers come after keys: where there are fewer cores than threads with work, a key does not wait for one.
//!
//! Niceness alone does not see to that. It says how much of a core a thread gets, not when: a system that looks 250 times a
//! second who waits leaves the core to a worker for 4 ms, and between a key and its frame there are several threads to be
//! woken. So a worker yields between small pieces of its work.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

/// How much nicer than the thread that takes keys a worker is (19 is the most).
#[cfg(target_os = "linux")]
const NICER: i32 = 10;
/// How long a worker keeps its core, in microseconds of work by its own reckoning.
const SHORTEST: u32 = 500;
/// The same where others have work without end.
const LONGEST: u32 = 50_000;
/// Longer than a key and its frame take. A worker that waits so long has yielded to other work, and on some systems (Linux
/// from 6.18 on) pays for each yield with a turn of ten times its length: then it does so less often.
const LONG: Duration = Duration::from_millis(5);

/// A worker's time with its core, in microseconds of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    done: u32,
    length: u32,
}

thread_local! {
    /// `None` for threads that are no workers.
    static TURN: Cell<Option<Turn>> = const { Cell::new(None) };
}

/// Puts the thread that calls behind the one that takes keys. Elsewhere than on Linux niceness is the whole process's, and
/// all that is done is to give way.
pub(crate) fn after_keys() {
    TURN.set(Some(Turn { done: 0, length: SHORTEST }));
    #[cfg(target_os = "linux")]
    // A system that refuses leaves the threads equal.
    let _ = rustix::process::nice(NICER);
}

/// Does so for the threads that share work on all cores.
pub(crate) fn cores_after_keys() {
    // A pool that is there already, as in tests, stays as it is.
    let _ = rayon::ThreadPoolBuilder::new().start_handler(|_| after_keys()).build_global();
}

/// Before a piece of work that takes about so many microseconds: a worker whose turn is over lets whoever waits for its core
/// have it. Other threads go on, as where there are no keys.
pub(crate) fn give_way(work: u32) {
    let Some(turn) = TURN.get() else { return };
    TURN.set(Some(turn.after(work, || {
        let begun = Instant::now();
        thread::yield_now();
        begun.elapsed()
    })));
}

impl Turn {
    /// The turn before the next piece of work; `give_way` tells how long others had the core.
    fn after(self, work: u32, give_way: impl FnOnce() -> Duration) -> Self {
        if self.done < self.length {
            return Self { done: self.done.saturating_add(work), ..self };
        }
        let length = if give_way() < LONG { self.length / 2 } else { self.length * 2 };
        Self { done: work, length: length.clamp(SHORTEST, LONGEST) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_gives_way_when_its_turn_is_over() {
        let turn = Turn { done: 0, length: SHORTEST };
        let busy = turn.after(SHORTEST - 1, || unreachable!()).after(5, || unreachable!());
        assert_eq!(busy, Turn { done: SHORTEST + 4, length: SHORTEST });
        assert_eq!(busy.after(7, || Duration::ZERO), Turn { done: 7, length: SHORTEST });
    }

    #[test]
    fn whoever_waits_long_gives_way_less_often() {
        let lengths = |mut turn: Turn, others: Duration| {
            let mut lengths = Vec::new();
            for _ in 0..10 {
                turn = Turn { done: turn.length, ..turn }.after(1, || others);
                lengths.push(turn.length);
            }
            lengths
        };
        let among_others = lengths(Turn { done: 0, length: SHORTEST }, LONG);
        assert_eq!(among_others, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 50_000, 50_000, 50_000, 50_000]);
        let alone = lengths(Turn { done: 0, length: LONGEST }, Duration::ZERO);
        assert_eq!(alone, [25_000, 12_500, 6_250, 3_125, 1_562, 781, 500, 500, 500, 500]);
    }

    #[test]
    fn threads_without_keys_before_them_keep_their_core() {
        give_way(1_000);
        assert_eq!(TURN.get(), None);
    }
}
