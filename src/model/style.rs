//! A citation style that the desk brings with it.

/// A `.csl` file of the desk, not yet read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StyleFile {
    /// The name by which templates and drafts call it: the file's stem.
    pub name: Box<str>,
    /// The file, relative to the desk.
    pub path: Box<str>,
    /// Its text.
    pub text: Box<str>,
}
