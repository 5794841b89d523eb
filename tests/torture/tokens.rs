//! What is typed, so that every loss, gap and change of order shows: numbered tokens.

use std::time::{Duration, Instant};

use crate::rig::Term;

/// Types tokens, so many a second, until a time; when each was sent.
pub fn type_until(term: &mut Term, rate: u32, end: Instant, sent: &mut Vec<Instant>) {
    let gap = Duration::from_secs(1) / rate;
    let mut due = Instant::now();
    while Instant::now() < end {
        term.send(token(sent.len()));
        sent.push(Instant::now());
        due += gap;
        std::thread::sleep(due.min(end).saturating_duration_since(Instant::now()));
    }
}

/// A token and the space or line end behind it.
pub fn token(n: usize) -> String {
    format!("T{n:06};{}", if n % 8 == 7 { '\r' } else { ' ' })
}

/// The numbers of the whole tokens in a text, in its order.
pub fn found(text: &str) -> Vec<usize> {
    let number = |rest: &str| -> Option<usize> {
        let digits = rest.get(..6)?;
        (digits.bytes().all(|b| b.is_ascii_digit()) && rest.get(6..7)? == ";").then(|| digits.parse().ok())?
    };
    text.split('T').skip(1).filter_map(number).collect()
}

/// What a text says about the tokens that were sent.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// How many were sent.
    pub sent: usize,
    /// How long before the end the first lost one was sent.
    pub lost: Duration,
    /// What is wrong besides: a gap, another order, words that nobody typed, the text from before gone.
    pub damage: Option<String>,
}

/// Holds a text against what was sent until a time.
pub fn judge(text: &str, base: &str, sent: &[Instant], end: Instant) -> Verdict {
    let found = found(text);
    let kept = found.iter().zip(0..).take_while(|(found, n)| **found == *n).count();
    let lost = sent.get(kept).map_or(Duration::ZERO, |at| end.saturating_duration_since(*at));
    let mut rest = text.replace(base.trim_end(), "");
    for n in &found {
        rest = rest.replacen(&format!("T{n:06};"), "", 1);
    }
    let rest = rest.trim();
    // A token cut short at the end is one that was not whole yet.
    let is_cut = rest.strip_prefix('T').is_some_and(|r| r.len() <= 6 && r.bytes().all(|b| b.is_ascii_digit()));
    let damage = if !text.contains(base.trim_end()) {
        Some("what was there before is gone".to_owned())
    } else if found.len() != kept {
        Some(format!("a gap or another order behind {kept}"))
    } else if !rest.is_empty() && !is_cut {
        Some(format!("what nobody typed: {:?}", rest.chars().take(40).collect::<String>()))
    } else {
        None
    };
    Verdict { sent: sent.len(), lost, damage }
}
