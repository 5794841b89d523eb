//! A thread for work of which only the newest request counts.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::{Job, guarded};
use crate::tui::inbox::Post;
use crate::tui::priority;

/// Runs the newest job put to it and drops those that it has not begun.
pub(super) struct Newest {
    job: Mutex<Option<Job>>,
    there: Condvar,
}

impl Newest {
    /// Starts the thread. Before each job it waits for `first`, in which others may do what must not wait for it.
    pub(super) fn start(post: Post, first: Duration) -> Arc<Self> {
        let newest = Arc::new(Self { job: Mutex::new(None), there: Condvar::new() });
        let shared = Arc::clone(&newest);
        thread::spawn(move || {
            priority::after_keys();
            loop {
                guarded(&post, shared.next(first));
            }
        });
        newest
    }

    /// Puts a job in the place of one not yet begun.
    pub(super) fn put(&self, job: Job) {
        *self.job.lock().unwrap_or_else(PoisonError::into_inner) = Some(job);
        self.there.notify_one();
    }

    fn next(&self, first: Duration) -> Job {
        let mut held = self.job.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if held.is_some() && !first.is_zero() {
                drop(held);
                thread::sleep(first);
                held = self.job.lock().unwrap_or_else(PoisonError::into_inner);
            }
            if let Some(job) = held.take() {
                return job;
            }
            held = self.there.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
