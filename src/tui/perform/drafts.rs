//! The open draft's file: written by the run that has the draft, and by no other.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Performer, draft_file, fault};
use crate::app::effect::{SaveDraft, Stamp};
use crate::app::hold::{Held, Holder, Wish};
use crate::app::message::{Message, SaveFault};
use crate::tui::Incoming;

impl Performer {
    /// Writes the draft, unless another run has it.
    pub(super) fn save(&self, save: SaveDraft) {
        let (folder, post) = (Arc::clone(&self.folder), self.post.clone());
        let (holds, watch) = (Arc::clone(&self.holds), self.watch.clone());
        self.on_disk(move || {
            let answer = |message| post.send(Incoming::Answer(message));
            let file = draft_file(&folder, &save.path);
            let written = holds.may_write(&folder, &file).map_err(|holder| {
                answer(Message::Held { path: save.path.clone(), held: Held::Theirs(holder.clone()) });
                taken(&holder)
            });
            let written = written.and_then(|()| {
                let written = if save.force {
                    folder.overwrite(&file, &save.text)
                } else {
                    folder.save_with_remark(&file, &save.text, save.expected)
                };
                written.map_err(fault)
            });
            if written.is_ok() {
                watch.opened(&file);
            }
            let remark = written.as_ref().ok().and_then(|written| written.remark.clone());
            answer(Message::Saved { request: save.request, result: written.map(|written| written.hash) });
            if let Some(text) = remark {
                answer(Message::Remark(text));
            }
        });
    }

    /// Does what is wanted of a draft's lock.
    pub(super) fn hold(&self, path: PathBuf, wish: Wish) {
        let (folder, post) = (Arc::clone(&self.folder), self.post.clone());
        let (holds, watch) = (Arc::clone(&self.holds), self.watch.clone());
        self.on_disk(move || {
            let held = holds.wish(&folder, &draft_file(&folder, &path), wish);
            if held != Held::Nobody {
                // Now there is a folder of locks to be watched.
                watch.locked();
            }
            post.send(Incoming::Answer(Message::Held { path, held }));
        });
    }

    /// Keeps a text that cannot be saved where it belongs.
    pub(super) fn keep(&self, slug: String, text: Arc<str>) {
        let (folder, post) = (Arc::clone(&self.folder), self.post.clone());
        self.on_disk(move || {
            let kept = folder.keep_text(&slug, &text);
            let kept = kept.map(|path| folder.relative(&path)).map_err(|e| e.to_string());
            post.send(Incoming::Answer(Message::Kept(kept)));
        });
    }

    /// Deletes the draft's file, unless another run has it.
    pub(super) fn delete(&self, request: u64, path: PathBuf, expected: Stamp) {
        let (folder, post, holds) = (Arc::clone(&self.folder), self.post.clone(), Arc::clone(&self.holds));
        let journals = self.journals.access();
        self.on_disk(move || {
            journals.finish();
            let file = draft_file(&folder, &path);
            let free = holds.may_write(&folder, &file).map_err(|holder| taken(&holder));
            let result = free.and_then(|()| folder.delete_draft(&file, expected).map_err(fault));
            post.send(Incoming::Answer(Message::Deleted { request, result }));
        });
    }

    /// Keeps a draft's text at the very end, when nothing else works any more; says where.
    pub(in crate::tui) fn last_words(&self, slug: &str, text: &str) -> String {
        match self.folder.keep_text(slug, text) {
            Ok(path) => format!("The text of the draft is safe in {}", crate::disk::shown(&path)),
            Err(reason) => format!("The text of the draft could not be kept: {reason}"),
        }
    }
}

fn taken(holder: &Holder) -> SaveFault {
    SaveFault::Failed(format!("{holder} has this draft"))
}
