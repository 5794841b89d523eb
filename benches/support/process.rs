//! What the system tells of a process (Linux): its memory, and how often its threads woke.

/// A figure of `/proc/PROCESS/status`.
fn figure(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|l| l.strip_prefix(name))?;
    line.trim_start_matches(':').split_whitespace().next()?.parse().ok()
}

fn status(process: &str) -> String {
    std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default()
}

/// Memory held by a process, in MB, else 0.
pub(crate) fn resident_megabytes(process: &str) -> u64 {
    figure(&status(process), "VmRSS").unwrap_or_default() / 1024
}

/// The most memory that a process has ever held, in MB, else 0.
pub(crate) fn most_megabytes(process: &str) -> u64 {
    figure(&status(process), "VmHWM").unwrap_or_default() / 1024
}

/// How often the threads of a process were switched to: of their own will (they had waited), and because
/// another took the core.
pub(crate) fn switches(process: u32) -> (u64, u64) {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let texts = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("status")).ok());
    texts.fold((0, 0), |(own, forced), text| {
        let more = |name| figure(&text, name).unwrap_or_default();
        (own + more("voluntary_ctxt_switches"), forced + more("nonvoluntary_ctxt_switches"))
    })
}
