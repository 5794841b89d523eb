//! What is said, and where: data on standard output, the rest on standard error.

use std::borrow::Cow;
use std::io::{IsTerminal as _, Write as _};

use super::Global;
use crate::error::Error;
use crate::finding::{Finding, Severity};
use crate::model::text::{is_bidi_control, visible};

/// Prints data; a reader that stops reading is no fault. A terminal gets nothing that steers it or
/// turns text round, anything else gets the bytes as they are.
///
/// # Errors
/// Standard output cannot be written to.
pub fn data(text: &str) -> Result<u8, Error> {
    let text = if std::io::stdout().is_terminal() { visible(text) } else { Cow::Borrowed(text) };
    write_out(text.as_bytes())
}

/// A JSON text in which no control and no mark that turns text round stands as itself: JSON spells both, so that a reader
/// gets the same strings and a terminal behind a pipe nothing that steers it.
pub fn spelled(json: &str) -> Cow<'_, str> {
    let odd = |c: char| (c.is_control() && c != '\n') || is_bidi_control(c);
    if !json.contains(odd) {
        return Cow::Borrowed(json);
    }
    let spell = |c: char| if odd(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    Cow::Owned(json.chars().map(spell).collect())
}

/// Prints data that is safe for a terminal already, styles included.
///
/// # Errors
/// Standard output cannot be written to.
pub fn data_safe(text: &str) -> Result<u8, Error> {
    write_out(text.as_bytes())
}

fn write_out(bytes: &[u8]) -> Result<u8, Error> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::io("standard output", &e)),
        _ => Ok(0),
    }
}

/// Prints an error with what to try.
pub fn error(error: &Error) {
    say(&format!("attache: {}", error.message));
    for hint in &error.hints {
        say(&format!("  {hint}"));
    }
}

/// Prints a line on standard error.
pub fn say(line: &str) {
    // There is nowhere left to report that standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{}", visible(line));
}

/// Prints what is safe for a terminal already, styles included, as it is.
pub fn say_safe(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Prints findings as `path:line:col: error[rule]: message`, each with its way out.
pub fn findings(global: &Global, findings: &[Finding]) {
    if global.quiet {
        return;
    }
    for finding in findings {
        if finding.severity == Severity::Info && !global.verbose {
            continue;
        }
        say(&finding.to_string());
        if let Some(help) = &finding.help {
            say(&format!("  {help}"));
        }
    }
}

/// Prints what is wrong with files beside other work: there an error is a warning, for the work is
/// done all the same (`check` is where it counts).
pub fn warnings(global: &Global, found: &[Finding]) {
    let soften = |f: &Finding| Finding { severity: f.severity.max(Severity::Warning), ..f.clone() };
    findings(global, &found.iter().map(soften).collect::<Vec<_>>());
}

/// `1 fact`, `2 facts`.
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
