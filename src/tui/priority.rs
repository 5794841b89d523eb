//! Workers come after keys: where there are fewer cores than threads with work, a key does not wait for one.

/// How much nicer than the thread that takes keys a worker is (19 is the most).
#[cfg(target_os = "linux")]
const NICER: i32 = 10;

/// Puts the thread that calls behind the one that takes keys. Elsewhere than on Linux niceness is the
/// whole process's, and nothing is done.
pub(super) fn after_keys() {
    #[cfg(target_os = "linux")]
    // A system that refuses leaves the threads equal.
    let _ = rustix::process::nice(NICER);
}

/// Does so for the threads that share work on all cores.
pub(super) fn cores_after_keys() {
    // A pool that is there already, as in tests, stays as it is.
    let _ = rayon::ThreadPoolBuilder::new().start_handler(|_| after_keys()).build_global();
}
