//! What a key costs inside: taking it in, and drawing the frame that answers it, without a terminal.
//!
//! `cargo bench --bench keys` opens a draft of 6,000 words on a desk of 100,000 facts at 200x60 and
//! prints medians and worst cases of moving in Facts, moving in Brief and typing.
//! `ATTACHE_BENCH_DESK=DIR` takes a desk that is there.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/app.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod app;
#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;

use std::path::PathBuf;
use std::time::Duration;

use app::App;

/// Presses keys by turns and tells how long they took.
fn measure(app: &mut App, what: &str, keys: &[&str], times: usize) {
    let (mut taken, mut drawn): (Vec<_>, Vec<_>) = (0..times).map(|n| app.press(keys[n % keys.len()])).unzip();
    taken.sort();
    drawn.sort();
    let ms = |times: &[Duration], part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
    println!(
        "{what:<34} taken {:>6.3} ms (worst {:.3})   drawn {:>6.3} ms (worst {:.3})",
        ms(&taken, 50),
        ms(&taken, 100),
        ms(&drawn, 50),
        ms(&drawn, 100)
    );
}

fn main() {
    let made = tempfile::tempdir().unwrap();
    let given = std::env::var_os("ATTACHE_BENCH_DESK").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| {
        desk::make(made.path(), desk::events());
        made.path().to_path_buf()
    });
    let loaded = attache::disk::Folder::at(&folder).load(&|_| ()).desk;
    let text = desk::long_draft(&loaded, 6_000);
    let mut app = App::open(loaded, text);
    let times = std::env::var("ATTACHE_BENCH_KEYS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    measure(&mut app, "moving in Facts", &["j", "j", "k"], times);
    app.press("Tab");
    measure(&mut app, "moving in Brief", &["j", "j", "j", "k"], times);
    for key in ["g", "j", "j", "j", "e"] {
        app.press(key);
    }
    assert!(matches!(app.state.mode, attache::app::state::Mode::Type(_)), "no block to type in");
    measure(&mut app, "typing", &["a", "Space", "b", "c"], times);
    app.press("Esc");
    measure(&mut app, "placing and taking back", &["Tab", "Tab", "j", "1", "u"], times.min(50));
}
