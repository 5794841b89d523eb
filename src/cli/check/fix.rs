//! `attache check --fix`: the changes that need no judgement, and no other byte touched.

use std::collections::BTreeMap;

use crate::check::mend;
use crate::disk::{Folder, hash, read_text};
use crate::error::Error;
use crate::finding::{Edit, Finding};

/// How often what came of the changes is looked at anew: a change may have stood in another's way.
const ROUNDS: usize = 5;

/// Mends what can be mended, and tells what was done; what `gather` gives afterwards.
///
/// A finding with several ways to mend it waits for a person, as does one that is not `wanted`.
///
/// # Errors
/// A file could not be written; what was mended before stays so.
pub(super) fn run(
    folder: &Folder,
    gather: impl Fn() -> (Vec<Finding>, usize),
    mut told: impl FnMut(String),
) -> Result<(Vec<Finding>, usize), Error> {
    let (mut findings, mut hidden) = gather();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for (path, found) in by_path(&findings) {
            let file = folder.root().join(path);
            // What cannot be read is a finding of its own.
            let Ok(text) = read_text(&file) else { continue };
            let edits: Vec<&Edit> = found.iter().filter_map(|f| only_fix(f)).collect();
            let (mended, done) = mend(&text, &edits);
            if mended == text {
                continue;
            }
            let expected = hash(text.as_bytes());
            folder
                .save(&file, &mended, Some(expected))
                .map_err(|e| Error::refused(format!("{path}: {e}")).hint("nothing of this file was changed"))?;
            changed = true;
            for (finding, _) in found.iter().zip(done).filter(|(_, done)| *done) {
                let label = finding.fixes.first().map_or("", |fix| fix.label.as_str());
                told(format!("{}:{}: fixed[{}]: {label}", finding.path, finding.position(), finding.rule));
            }
        }
        if !changed {
            break;
        }
        (findings, hidden) = gather();
    }
    Ok((findings, hidden))
}

fn only_fix(finding: &Finding) -> Option<&Edit> {
    match finding.fixes.as_slice() {
        [fix] => Some(&fix.edit),
        _ => None,
    }
}

fn by_path(findings: &[Finding]) -> BTreeMap<&str, Vec<&Finding>> {
    let mut by_path: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|f| only_fix(f).is_some()) {
        by_path.entry(&finding.path).or_default().push(finding);
    }
    by_path
}
