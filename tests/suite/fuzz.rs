//! The kept corpus of the fuzzer, through the functions that it calls: nobody needs cargo-fuzz for that.

use crate::fuzz_targets::TARGETS;
use crate::harness::root;

#[test]
fn what_the_fuzzer_keeps_holds() {
    let mut folders: Vec<String> = std::fs::read_dir(root().join("fuzz/corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    assert_eq!(folders, TARGETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let mut bad = Vec::new();
    for (name, target) in TARGETS {
        let mut files: Vec<_> = std::fs::read_dir(root().join("fuzz/corpus").join(name))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        assert!(files.len() >= 5, "{name} has a corpus");
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            assert!(bytes.len() <= 4096, "{}: at most 4 kB a file", file.display());
            if std::panic::catch_unwind(|| target(&bytes)).is_err() {
                bad.push(file.strip_prefix(root()).unwrap().display().to_string());
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}
