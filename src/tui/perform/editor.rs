//! The writer's own editor.

use std::process::Command;

use crate::disk::{Folder, scratch::Scratch};

/// Runs the editor on a text and gives the text back as it left it.
pub(super) fn edit(folder: &Folder, text: &str) -> Result<String, String> {
    let command = command()?;
    let (program, arguments) = command.split_first().ok_or("$VISUAL and $EDITOR are empty")?;
    let file = Scratch::write(folder, text)?;
    let status = Command::new(program).args(arguments).arg(file.path()).status();
    let status = status.map_err(|e| format!("{program}: {e}"))?;
    if !status.success() {
        return Err(format!("{program} ended with {status}"));
    }
    file.read().map_err(|reason| format!("the text it left cannot be read: {reason}"))
}

/// `$VISUAL`, else `$EDITOR`, split as a shell would.
fn command() -> Result<Vec<String>, String> {
    let named = |name: &str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let line = named("VISUAL").or_else(|| named("EDITOR")).ok_or("neither $VISUAL nor $EDITOR is set")?;
    shlex::split(&line).filter(|words| !words.is_empty()).ok_or_else(|| format!("`{line}` does not read as a command"))
}
