//! A private file for the writer's editor.

use std::io::Write as _;
use std::path::Path;

use super::Folder;

/// A text in a file of its own in the desk's `.attache/`, readable by its owner alone; gone when
/// dropped.
#[derive(Debug)]
pub struct Scratch {
    path: tempfile::TempPath,
    /// The line end that editors want and the text did not have.
    added: bool,
}

impl Scratch {
    /// Writes the file.
    ///
    /// # Errors
    /// The folder or the file cannot be written; says which.
    pub fn write(folder: &Folder, text: &str) -> Result<Self, String> {
        let failed = |e: std::io::Error| format!(".attache: {e}");
        let state = folder.state_folder().map_err(failed)?;
        let mut file = tempfile::Builder::new().prefix("edit-").suffix(".md").tempfile_in(state).map_err(failed)?;
        let added = !text.ends_with('\n');
        file.write_all(text.as_bytes()).map_err(failed)?;
        if added {
            file.write_all(b"\n").map_err(failed)?;
        }
        Ok(Self { path: file.into_temp_path(), added })
    }

    /// The file, for the editor.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the editor left. An editor that saves by rename leaves another file under the name, so
    /// it is read by name.
    ///
    /// # Errors
    /// The file is gone, or is no text.
    pub fn read(&self) -> Result<String, String> {
        let mut text = super::read_text(&self.path)?;
        if self.added && text.ends_with('\n') {
            text.pop();
        }
        Ok(text)
    }
}
