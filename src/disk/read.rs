//! Reading text files with care for what they may hold.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;

use crate::event_file;
use crate::finding::{Anchor, Finding};
use crate::yaml::MAX_FILE;

/// Reads a UTF-8 text of at most [`MAX_FILE`] bytes.
///
/// # Errors
/// The reason why not, for people: no such file, no file at all, too large, another encoding.
pub fn read_text(path: &Path) -> Result<String, String> {
    decode(read_bytes(path)?)
}

/// Reads a file's bytes, within the same limit.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let describe = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => e.to_string(),
    };
    let (file, meta) = match super::write::open_plain(path) {
        Ok(Some(found)) => found,
        Ok(None) => return Err(describe(std::io::ErrorKind::NotFound.into())),
        Err(super::SaveError::Io(e)) => return Err(describe(e)),
        Err(_) => return Err("not a plain file".into()),
    };
    let too_large =
        |bytes: u64| format!("it has {} MB; at most {} MB are read", bytes.div_ceil(1 << 20), MAX_FILE >> 20);
    if meta.len() > MAX_FILE as u64 {
        return Err(too_large(meta.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default() + 1);
    // The file may have grown since its size was asked for.
    file.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes).map_err(describe)?;
    if bytes.len() > MAX_FILE {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// The text that bytes are, or why they are none.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("it is UTF-16; save it as UTF-8".into());
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let good = e.utf8_error().valid_up_to();
        let line = e.as_bytes()[..good].iter().filter(|b| **b == b'\n').count() + 1;
        format!("it is not UTF-8 (line {line}); save it as UTF-8")
    })?;
    match memchr::memchr(0, text.as_bytes()) {
        Some(at) => {
            let line = text[..at].bytes().filter(|b| *b == b'\n').count() + 1;
            Err(format!("it holds a NUL byte (line {line}); it is no text"))
        }
        None => Ok(text),
    }
}

/// The finding for a file that cannot be read as what it should be.
pub(super) fn unreadable(path: &str, reason: impl Into<String>) -> Finding {
    Finding::error("unreadable", path, Anchor::File, reason).help("the rest of the desk is read without this file")
}

/// Turns routes into lines and columns, reading each file once.
pub(super) fn locate(root: &Path, findings: &mut [Finding]) {
    let mut by_path: HashMap<Box<str>, Vec<&mut Finding>> = HashMap::new();
    for finding in findings.iter_mut().filter(|f| matches!(f.anchor, Anchor::Route(_))) {
        by_path.entry(finding.path.clone()).or_default().push(finding);
    }
    use rayon::prelude::*;
    by_path.into_par_iter().for_each(|(path, of_file)| {
        let Ok(text) = read_text(&root.join(&*path)) else { return };
        event_file::locate(&text, of_file);
    });
}
