//! Writing edits of event files: each file whole or not at all, and none that somebody else has changed since it was
//! read.

use super::{Folder, SaveError, hash};
use crate::event_file::edit::{EventEdit, EventsWritten, WrittenEvent, told};

/// An edit that is worked out and not yet written.
struct Ready {
    file: std::path::PathBuf,
    written: WrittenEvent,
}

impl Folder {
    /// Makes edits of event files, given by their paths on the desk. All are worked out before the first is written,
    /// so that one that cannot be made leaves every file as it was.
    pub fn edit_events(&self, edits: &[(String, EventEdit)]) -> EventsWritten {
        let mut done = EventsWritten::default();
        let ready: Result<Vec<Option<Ready>>, String> =
            edits.iter().map(|(path, edit)| self.ready(path, edit)).collect();
        let ready = match ready {
            Ok(ready) => ready,
            Err(reason) => return EventsWritten { refused: Some(reason), ..done },
        };
        for Ready { file, written } in ready.into_iter().flatten() {
            match self.save(&file, &written.after, Some(hash(written.before.as_bytes()))) {
                Ok(_) => done.written.push(written),
                Err(error) => {
                    // What is known of the file is what was read of it, not what was to be there.
                    self.writing(&file, &written.before);
                    let reason = match error {
                        SaveError::Changed => "somebody else changed it just now; nothing was written".to_owned(),
                        other => format!("it was not written: {other}"),
                    };
                    done.refused = Some(format!("{}: {reason}", written.path));
                    break;
                }
            }
        }
        done
    }

    /// The file's text after an edit; `None` if there is nothing to change.
    fn ready(&self, path: &str, edit: &EventEdit) -> Result<Option<Ready>, String> {
        let file = self.root().join(path);
        let before = super::read_text(&file).map_err(|reason| format!("{path}: {reason}"))?;
        if !self.is_as_read(&file, &before) {
            return Err(format!("{path}: somebody else changed it; it is read again, then try again"));
        }
        let edited = edit.apply(&before).map_err(|error| told(path, &error))?;
        if edited.text == before {
            return Ok(None);
        }
        // Renaming over a file asks for no leave to write it.
        if std::fs::metadata(&file).is_ok_and(|meta| meta.permissions().readonly()) {
            return Err(format!("{path}: it is read-only"));
        }
        let (before, after) = (before.into(), edited.text.into());
        let written = WrittenEvent { path: path.to_owned(), before, after, fact: edited.fact };
        Ok(Some(Ready { file, written }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_file::edit::{FactEdit, Target};

    const FILE: &str = "title: t\ndate: 2024\nfacts:\n  - id: a\n    text: one\n";

    fn desk() -> (tempfile::TempDir, Folder) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("briefs/events")).unwrap();
        for name in ["one", "two"] {
            std::fs::write(folder.path().join(format!("briefs/events/{name}.yaml")), FILE).unwrap();
        }
        let desk = Folder::at(folder.path()).remembering();
        desk.load(&|_| ());
        (folder, desk)
    }

    fn tag(name: &str, tag: &str) -> (String, EventEdit) {
        let target = Target { id: "a".into(), index: 0 };
        (format!("briefs/events/{name}.yaml"), EventEdit::Facts(vec![(target, FactEdit::AddTag(tag.into()))]))
    }

    #[test]
    fn every_file_is_written_or_none_if_one_cannot_be() {
        let (folder, desk) = desk();
        let read =
            |name: &str| std::fs::read_to_string(folder.path().join(format!("briefs/events/{name}.yaml"))).unwrap();
        let done = desk.edit_events(&[tag("one", "x"), tag("two", "x")]);
        assert_eq!((done.written.len(), done.refused), (2, None));
        assert_eq!(read("two"), format!("{FILE}    tags: [x]\n"));
        assert_eq!(&*done.written[0].before, FILE);
        let again = desk.edit_events(&[tag("one", "x"), tag("two", "x")]);
        assert_eq!(again, EventsWritten::default(), "nothing to change");
        let gone = desk.edit_events(&[tag("one", "y"), tag("gone", "y")]);
        assert_eq!(gone.refused.as_deref(), Some("briefs/events/gone.yaml: no such file"));
        assert!(!read("one").contains('y'));
        let back = EventEdit::Swap { from: done.written[0].after.clone(), to: done.written[0].before.clone() };
        assert_eq!(desk.edit_events(&[("briefs/events/one.yaml".into(), back)]).written.len(), 1);
        assert_eq!(read("one"), FILE);
    }

    #[test]
    fn a_file_that_somebody_else_changed_is_left_until_it_is_read_again() {
        let (folder, desk) = desk();
        let path = folder.path().join("briefs/events/one.yaml");
        std::fs::write(&path, FILE.replace("one", "other")).unwrap();
        let refused = desk.edit_events(&[tag("one", "x")]);
        let told = "briefs/events/one.yaml: somebody else changed it; it is read again, then try again";
        assert_eq!((refused.written.len(), refused.refused.as_deref()), (0, Some(told)));
        assert!(!std::fs::read_to_string(&path).unwrap().contains("[x]"));
        desk.load(&|_| ());
        assert_eq!(desk.edit_events(&[tag("one", "x")]).refused, None);
        assert!(std::fs::read_to_string(&path).unwrap().contains("text: other\n    tags: [x]"));
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_may_not_be_written_is_left_and_links_stay_links() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, desk) = desk();
        let path = folder.path().join("briefs/events/one.yaml");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
        let refused = desk.edit_events(&[tag("one", "x")]).refused;
        assert_eq!(refused.as_deref(), Some("briefs/events/one.yaml: it is read-only"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), FILE);
        let link = folder.path().join("briefs/events/link.yaml");
        std::os::unix::fs::symlink("two.yaml", &link).unwrap();
        assert_eq!(desk.edit_events(&[tag("link", "x")]).refused, None);
        assert!(link.is_symlink());
        assert!(std::fs::read_to_string(folder.path().join("briefs/events/two.yaml")).unwrap().contains("[x]"));
    }
}
