//! The writer's own editor.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// Runs the editor on a text and gives the text back as it left it.
///
/// The file lies in the desk's `.attache/`, private, and goes when the editor has ended.
pub(super) fn edit(root: &Path, text: &str) -> Result<String, String> {
    let command = command()?;
    let (program, arguments) = command.split_first().ok_or("$VISUAL and $EDITOR are empty")?;
    let failed = |what: &str, e: std::io::Error| format!("{what}: {e}");
    let folder = root.join(".attache");
    std::fs::create_dir_all(&folder).map_err(|e| failed(".attache", e))?;
    let file = tempfile::Builder::new().prefix("edit-").suffix(".md").tempfile_in(&folder);
    let mut file = file.map_err(|e| failed(".attache", e))?;
    // Editors want a line end at the end of a file; one that the text did not have goes again.
    let added = !text.ends_with('\n');
    file.write_all(text.as_bytes()).map_err(|e| failed("the text", e))?;
    if added {
        file.write_all(b"\n").map_err(|e| failed("the text", e))?;
    }
    // An editor that saves by rename leaves another file under the name, so it is read by name.
    let path = file.into_temp_path();
    let status = Command::new(program).args(arguments).arg(&path).status().map_err(|e| failed(program, e))?;
    if !status.success() {
        return Err(format!("{program} ended with {status}"));
    }
    let edited = std::fs::read(&path).map_err(|e| failed("its file", e))?;
    let mut edited = String::from_utf8(edited).map_err(|_| "it left a text that is not UTF-8".to_owned())?;
    if edited.contains('\0') {
        return Err("it left a text with a NUL byte".to_owned());
    }
    if added && edited.ends_with('\n') {
        edited.pop();
    }
    Ok(edited)
}

/// `$VISUAL`, else `$EDITOR`, split as a shell would.
fn command() -> Result<Vec<String>, String> {
    let named = |name: &str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let line = named("VISUAL").or_else(|| named("EDITOR")).ok_or("neither $VISUAL nor $EDITOR is set")?;
    shlex::split(&line).filter(|words| !words.is_empty()).ok_or_else(|| format!("`{line}` does not read as a command"))
}
