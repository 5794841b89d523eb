//! Running pandoc.

use std::io::{Seek as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Runs pandoc on a text.
pub fn pandoc(arguments: &[&str], input: &str) -> String {
    String::from_utf8(bytes(arguments, input.as_bytes())).unwrap()
}

/// Runs pandoc on bytes, for bytes.
pub fn bytes(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(input).unwrap();
    file.rewind().unwrap();
    let output = Command::new(program()).args(arguments).stdin(Stdio::from(file)).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "pandoc {arguments:?} failed: {said}");
    output.stdout
}

/// The program, once it is sure to be there and young enough.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let name = std::env::var("ATTACHE_PANDOC").unwrap_or_else(|_| "pandoc".into());
        let output = Command::new(&name).arg("--version").output();
        let output = output.unwrap_or_else(|e| panic!("{name}: {e}; install pandoc 3, or name it in ATTACHE_PANDOC"));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let version = said.split_whitespace().nth(1).unwrap_or_default();
        let major: u32 = version.split('.').next().and_then(|n| n.parse().ok()).unwrap_or_default();
        assert!(major >= 3, "{name} is version {version:?}; these tests need 3 or later");
        name
    })
}
