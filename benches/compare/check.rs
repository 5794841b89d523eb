//! All drafts checked over all facts, beside Doorstop.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::report::{Table, floor, in_turns, ours, peer};
use crate::sample::timed;
use crate::{Bench, desk, forget};

/// Drafts that stand in a desk as long as this does.
pub(crate) struct Drafts(Vec<PathBuf>);

impl Drafts {
    /// A hundred drafts of 120 citations each.
    pub(crate) fn in_desk(root: &Path, events: usize) -> Self {
        let addresses: Vec<String> =
            (0..events).flat_map(|event| (1..=10).map(move |fact| format!("ev-{event}#f{fact}"))).collect();
        let write = |n: usize| {
            let path = root.join(format!("briefs/drafts/check-{n:03}.md"));
            std::fs::write(&path, desk::cited_draft(&addresses, n, 120)).unwrap();
            path
        };
        Self((0..100).map(write).collect())
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        for path in &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// One run of `attache check`; a finding is no failure.
pub(crate) fn check(root: &Path) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.arg("--desk").arg(root).args(["check", "-q"]).stdout(Stdio::null()).stderr(Stdio::null());
    timed(|| assert!(command.status().unwrap().code().is_some_and(|code| code < 2), "check was refused"))
}

/// Ours and Doorstop's, in turns.
pub(crate) fn measure(bench: &Bench) -> Table {
    let note = "`attache check -q` as a whole process: a hundred drafts of 120 citations over all facts, with every rule. Beside it \
                `doorstop` checks a tree of its own format of 3,000 items (one document without links, which is what it does best), a thirtieth \
                as many. The floor walks, reads and parses the event \
                files.";
    let mut table = Table::of_times("Check", note);
    let root = bench.big();
    let drafts = Drafts::in_desk(&root, bench.events);
    let tree = doorstop_tree();
    let mut runners = vec![
        ours("Attaché, cold", || {
            forget(&root);
            vec![check(&root)]
        }),
        ours("Attaché, warm", || vec![check(&root)]),
        floor("bare serde_yaml", || vec![timed(|| crate::floor::bare_parse(&root))]),
    ];
    if bench.peers.has("doorstop") {
        let run = |tree: &Path| {
            let mut command = Command::new("doorstop");
            command.arg("--no-reformat").current_dir(tree);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            vec![timed(|| assert!(command.status().unwrap().success(), "doorstop failed"))]
        };
        if !tree.join("made").exists() {
            // The first run writes into every item, which is not what is measured.
            run(&tree);
            std::fs::write(tree.join("made"), "").unwrap();
        }
        runners.push(peer("doorstop, 3,000 items", move || run(&tree)));
    }
    table.add("100 drafts over all facts", &in_turns(bench.runs, runners));
    drop(drafts);
    table
}

/// A document of Doorstop's, kept between runs.
fn doorstop_tree() -> PathBuf {
    let root = desk::kept_folder().join("doorstop");
    if root.join("made").exists() {
        return root;
    }
    let _ = std::fs::remove_dir_all(&root);
    // It asks for a working copy; the folder's name is enough.
    std::fs::create_dir_all(root.join(".git")).unwrap();
    let all: Vec<&str> = desk::WORDS.split_whitespace().collect();
    let mut numbers = desk::Numbers(4);
    let folder = root.join("req");
    std::fs::create_dir_all(&folder).unwrap();
    let settings = "settings:\n  digits: 5\n  prefix: REQ\n  sep: ''\n";
    std::fs::write(folder.join(".doorstop.yml"), settings).unwrap();
    for item in 1..=3_000 {
        let text = format!(
            "active: true\nderived: false\nheader: ''\nlevel: 1.{item}.1\nlinks: []\nnormative: true\nref: ''\nreviewed: null\ntext: |\n  {}.\n",
            numbers.words(&all, 13)
        );
        std::fs::write(folder.join(format!("REQ{item:05}.yml")), text).unwrap();
    }
    root
}
