//! Notes read by the readers of Markdown that run in browsers and editors. Needs the program node, and both readers:
//! `npm install --prefix target/readers commonmark@0.31 markdown-it@14`, then `cargo test --features readers --test readers`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    unreachable_pub,
    reason = "a test stops at what it does not expect; what it shares with the suite it takes in part"
)]

#[path = "../suite/harness.rs"]
mod harness;
#[path = "../suite/naughty.rs"]
mod naughty;

use std::io::Write as _;
use std::process::{Command, Stdio};

/// The visible text of every paragraph, as a reader finds it; anything but text in one is named.
fn read(reader: &str, markdown: &str) -> Vec<String> {
    let mut node = Command::new("node")
        .arg(harness::root().join("tests/readers/visible.mjs"))
        .arg(harness::root().join("target/readers/node_modules"))
        .arg(reader)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    node.stdin.take().unwrap().write_all(markdown.as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "{reader} failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn commonmark_js_sees_the_characters_of_every_fact() {
    // JavaScript takes a byte order mark for a space, and this reader cuts spaces at the ends of paragraphs: nothing to be seen.
    let seen = |texts: &[String]| -> Vec<String> {
        texts.iter().map(|text| text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned()).collect()
    };
    naughty::each_note(|class, note, wanted| naughty::expect(class, &seen(&read("commonmark", note)), &seen(wanted)));
}

#[test]
fn markdown_it_sees_the_characters_of_every_fact() {
    naughty::each_note(|class, note, wanted| naughty::expect(class, &read("markdown-it", note), wanted));
}
