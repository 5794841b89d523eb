//! Errors that end a command: what failed, why, and what to try.

use std::fmt;

/// What sort of failure it is; it decides the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Something asked for is not there, or would be written over, or makes no sense: status 2.
    Refused,
    /// Reading or writing failed: status 2.
    Io,
}

/// A failure with its cause and hints.
#[derive(Debug)]
pub struct Error {
    /// What sort it is.
    pub kind: ErrorKind,
    /// What failed, one sentence without a full stop.
    pub message: String,
    /// What to try.
    pub hints: Vec<String>,
}

impl Error {
    /// Something that cannot be done as asked.
    pub fn refused(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Refused, message: message.into(), hints: Vec::new() }
    }

    /// A failed read or write of `what`.
    pub fn io(what: impl fmt::Display, cause: &std::io::Error) -> Self {
        Self { kind: ErrorKind::Io, message: format!("{what}: {cause}"), hints: Vec::new() }
    }

    /// Adds something to try.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The exit status of a command that ends with this error.
    pub fn exit_status(&self) -> u8 {
        match self.kind {
            ErrorKind::Refused | ErrorKind::Io => 2,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for hint in &self.hints {
            write!(f, "\n  {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
