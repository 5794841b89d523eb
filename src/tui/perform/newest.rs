//! A thread for work of which only the newest request counts.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::{Job, guarded};
use crate::tui::inbox::Post;
use crate::turns;

/// Runs the newest job put to it and drops those that it has not begun.
pub(super) struct Newest {
    job: Mutex<Option<Job>>,
    there: Condvar,
    /// How many jobs were put.
    put: AtomicU64,
}

/// By which a job that is under way knows that another was put since.
pub(super) struct Ticket {
    newest: Arc<Newest>,
    number: u64,
}

impl Ticket {
    /// Whether a newer job waits for this one to end.
    pub(super) fn is_stale(&self) -> bool {
        self.newest.put.load(Ordering::Relaxed) != self.number
    }
}

impl Newest {
    /// Starts the thread. Before each job it waits for `first`, in which others may do what must not wait for it.
    pub(super) fn start(post: Post, first: Duration) -> Arc<Self> {
        let newest = Arc::new(Self { job: Mutex::new(None), there: Condvar::new(), put: AtomicU64::new(0) });
        let shared = Arc::clone(&newest);
        thread::spawn(move || {
            turns::after_keys();
            loop {
                guarded(&post, shared.next(first));
            }
        });
        newest
    }

    /// Puts a job in the place of one not yet begun, made with a ticket by which it may end early.
    pub(super) fn put_watched(self: &Arc<Self>, job: impl FnOnce(Ticket) -> Job) {
        let number = self.put.load(Ordering::Relaxed).wrapping_add(1);
        self.put(job(Ticket { newest: Arc::clone(self), number }));
    }

    /// Puts a job in the place of one not yet begun.
    pub(super) fn put(&self, job: Job) {
        self.put.fetch_add(1, Ordering::Relaxed);
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_job_under_way_hears_that_a_newer_one_waits() {
        let (post, _receiver, _bell) = Post::new().unwrap();
        let newest = Newest::start(post, Duration::ZERO);
        let (begun, wait) = channel();
        let (done, end) = channel();
        let told = done.clone();
        newest.put_watched(|ticket| {
            Box::new(move || {
                let at_first = ticket.is_stale();
                let _ = begun.send(());
                while !ticket.is_stale() {
                    std::hint::spin_loop();
                }
                let _ = told.send(("first", at_first));
            })
        });
        wait.recv().unwrap();
        newest.put_watched(|ticket| {
            Box::new(move || {
                let _ = done.send(("second", ticket.is_stale()));
            })
        });
        assert_eq!([end.recv().unwrap(), end.recv().unwrap()], [("first", false), ("second", false)]);
    }
}
