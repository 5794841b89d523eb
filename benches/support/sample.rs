//! Times of the same thing done again and again, and what they come to.

use std::time::{Duration, Instant};

/// A clock around some work; what it gave is let go after the clock is read.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = std::hint::black_box(work());
    let took = start.elapsed();
    drop(result);
    took
}

/// The time that such a part of the others does not pass; nothing of no times.
pub(crate) fn at(times: &[Duration], part: f64) -> Option<Duration> {
    let mut times = times.to_vec();
    times.sort();
    times.get((times.len().saturating_sub(1) as f64 * part).round() as usize).copied()
}

/// The middle one.
pub(crate) fn median(times: Vec<Duration>) -> Option<Duration> {
    at(&times, 0.5)
}

/// In milliseconds.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Prints a median, and how far it goes.
pub(crate) fn tell(what: &str, times: &[Duration]) {
    let at = |part: f64| at(times, part).map_or(f64::NAN, milliseconds);
    println!(
        "{:>9.2} ms  {what}: median of {} (95 %: {:.2}, 99 %: {:.2}, worst {:.2})",
        at(0.5),
        times.len(),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

/// The exponent of growth: the slope of the logarithm of a figure on that of the size, by least squares.
pub(crate) fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logs: Vec<(f64, f64)> = points.iter().map(|(size, figure)| (size.ln(), figure.ln())).collect();
    let count = logs.len() as f64;
    let (mean_x, mean_y) =
        (logs.iter().map(|p| p.0).sum::<f64>() / count, logs.iter().map(|p| p.1).sum::<f64>() / count);
    let over: f64 = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let under: f64 = logs.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    (logs.len() > 1 && under > 0.0).then(|| over / under)
}
