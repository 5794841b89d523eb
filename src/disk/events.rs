//! Writing edits of event files: each file whole or not at all, and none that somebody else has changed since it was
//! read.

use super::{Folder, SaveError, hash};
use crate::event_file::edit::{Doing, EventEdit, EventsWritten, WrittenEvent, told};

/// An edit that is worked out and not yet written.
struct Ready {
    file: std::path::PathBuf,
    before: String,
    after: String,
    written: WrittenEvent,
}

impl Folder {
    /// Makes edits of event files, given by their paths on the desk. All are worked out before the first is written,
    /// so that one that cannot be made leaves every file as it was; and written down, so that a later run can take them
    /// back.
    pub fn edit_events(&self, doing: &Doing, edits: &[(String, EventEdit)]) -> EventsWritten {
        let mut done = EventsWritten::default();
        let ready: Result<Vec<Option<Ready>>, String> =
            edits.iter().map(|(path, edit)| self.ready(path, edit)).collect();
        let ready: Vec<Ready> = match ready {
            Ok(ready) => ready.into_iter().flatten().collect(),
            Err(reason) => return EventsWritten { refused: Some(reason), ..done },
        };
        if let Doing::New(what) = doing
            && !ready.is_empty()
        {
            match self.note_edit(what, ready.iter().map(|ready| ready.written.clone()).collect()) {
                Ok(number) => done.number = Some(number),
                Err(error) => done.forgotten = Some(error.to_string()),
            }
        }
        for Ready { file, before, after, written } in ready {
            match self.save(&file, &after, Some(hash(before.as_bytes()))) {
                Ok(_) => done.written.push(written),
                Err(error) => {
                    // What is known of the file is what was read of it, not what was to be there.
                    self.writing(&file, &before);
                    let reason = match error {
                        SaveError::Changed => "somebody else changed it just now; nothing was written".to_owned(),
                        other => format!("it was not written: {other}"),
                    };
                    done.refused = Some(format!("{}: {reason}", written.path));
                    break;
                }
            }
        }
        if !done.written.is_empty() {
            self.note_way(doing);
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
        let (after, fact) = (edited.text, edited.fact);
        let written = WrittenEvent::new(path, &before, &after, fact);
        Ok(Some(Ready { file, before, after, written }))
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

    fn edit(desk: &Folder, edits: &[(String, EventEdit)]) -> EventsWritten {
        desk.edit_events(&Doing::New("tags".to_owned()), edits)
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
        let done = edit(&desk, &[tag("one", "x"), tag("two", "x")]);
        assert_eq!((done.written.len(), done.refused), (2, None));
        assert_eq!(read("two"), format!("{FILE}    tags: [x]\n"));
        assert_eq!(&*done.written[0].change.removed, "");
        let again = edit(&desk, &[tag("one", "x"), tag("two", "x")]);
        assert_eq!(again, EventsWritten::default(), "nothing to change");
        let gone = edit(&desk, &[tag("one", "y"), tag("gone", "y")]);
        assert_eq!(gone.refused.as_deref(), Some("briefs/events/gone.yaml: no such file"));
        assert!(!read("one").contains('y'));
        let back = EventEdit::Again(done.written[0].reversed());
        assert_eq!(edit(&desk, &[("briefs/events/one.yaml".into(), back)]).written.len(), 1);
        assert_eq!(read("one"), FILE);
    }

    #[test]
    fn a_file_that_somebody_else_changed_is_left_until_it_is_read_again() {
        let (folder, desk) = desk();
        let path = folder.path().join("briefs/events/one.yaml");
        std::fs::write(&path, FILE.replace("one", "other")).unwrap();
        let refused = edit(&desk, &[tag("one", "x")]);
        let told = "briefs/events/one.yaml: somebody else changed it; it is read again, then try again";
        assert_eq!((refused.written.len(), refused.refused.as_deref()), (0, Some(told)));
        assert!(!std::fs::read_to_string(&path).unwrap().contains("[x]"));
        desk.load(&|_| ());
        assert_eq!(edit(&desk, &[tag("one", "x")]).refused, None);
        assert!(std::fs::read_to_string(&path).unwrap().contains("text: other\n    tags: [x]"));
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_may_not_be_written_is_left_and_links_stay_links() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, desk) = desk();
        let path = folder.path().join("briefs/events/one.yaml");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
        let refused = edit(&desk, &[tag("one", "x")]).refused;
        assert_eq!(refused.as_deref(), Some("briefs/events/one.yaml: it is read-only"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), FILE);
        let link = folder.path().join("briefs/events/link.yaml");
        std::os::unix::fs::symlink("two.yaml", &link).unwrap();
        assert_eq!(edit(&desk, &[tag("link", "x")]).refused, None);
        assert!(link.is_symlink());
        assert!(std::fs::read_to_string(folder.path().join("briefs/events/two.yaml")).unwrap().contains("[x]"));
    }
}
