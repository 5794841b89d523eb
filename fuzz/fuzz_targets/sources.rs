#![no_main]

#[path = "../../tests/suite/fuzz_targets.rs"]
#[allow(dead_code, reason = "one of its functions is fuzzed here")]
mod fuzz_targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::sources(bytes));
