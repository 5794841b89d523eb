//! A desk for measuring: always the same one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How many events the desk has: 10,000, or `ATTACHE_BENCH_EVENTS`.
pub(crate) fn events() -> usize {
    std::env::var("ATTACHE_BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000)
}

/// Where desks are kept between runs: `bench-desks` in Cargo's target folder.
pub(crate) fn kept_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("bench-desks")
}

/// Takes away what is kept of the desk's files and of what was formatted, so that the next start is a first one.
/// `benches/peers` names a folder for the latter; another is somebody's own and stays.
pub(crate) fn forget(desk: &Path) {
    let _ = std::fs::remove_dir_all(desk.join(".attache/cache"));
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    if let Some(cache) = cache.filter(|cache| cache.starts_with(kept_folder())) {
        let _ = std::fs::remove_dir_all(cache.join("attache"));
    }
}

/// What [`make`] writes has changed if this has: a kept desk of another number is made anew.
const MADE: &str = "2";

/// A desk of so many events that is kept between runs, with `rows.txt` and `rows.jsonl` beside it: the same facts in
/// the same order, a line each.
pub(crate) fn kept(events: usize) -> PathBuf {
    let folder = kept_folder().join(format!("events-{events}"));
    let mark = folder.join("made");
    if std::fs::read_to_string(&mark).is_ok_and(|made| made == MADE) {
        return folder;
    }
    println!("making a desk of {events} events in {} (kept between runs)", folder.display());
    let _ = std::fs::remove_dir_all(&folder);
    make(&folder, events);
    let desk = attache::disk::Folder::at(&folder).load(&|_| ()).desk;
    let (mut lines, mut objects) = (String::new(), String::new());
    for at in desk.facts() {
        let (Some((event, fact)), Some(address)) = (desk.get(at), desk.address(at)) else { continue };
        let date = event.date.as_ref().map(ToString::to_string).unwrap_or_default();
        let (date, text) = (date, fact.headline().into_owned());
        let _ = writeln!(lines, "{date}  {text}");
        let object = serde_json::json!({
            "fact": address.to_string(), "date": date, "kind": fact.kind.as_str(), "text": text,
            "event": &*event.title, "sources": fact.sources.len(),
        });
        let _ = writeln!(objects, "{object}");
    }
    std::fs::write(folder.join("rows.txt"), lines).unwrap();
    std::fs::write(folder.join("rows.jsonl"), objects).unwrap();
    std::fs::create_dir_all(folder.join("briefs/drafts")).unwrap();
    std::fs::write(folder.join("draft.md"), long_draft(&desk, 6_000)).unwrap();
    std::fs::write(mark, MADE).unwrap();
    folder
}

/// Words for titles and sentences.
pub(crate) const WORDS: &str = "minister said port authority inspection treaty border talks ceasefire delegation council budget \
deficit quarter inflation bank rate decision statement denied reported witnesses fire flood river dam reservoir power \
grid outage hospital ward patients school strike union workers wage offer vessel cargo customs seizure tonnes grain \
export corridor convoy checkpoint crossing refugees camp shelter aid court ruling appeal tribunal judge verdict \
prosecutor charges evidence hearing parliament vote motion amendment coalition cabinet resignation election turnout";
/// Names of people, in several scripts.
pub(crate) const NAMES: &[&str] =
    &["Anneliese Brandt", "José Núñez", "Olena Kovalenko", "李伟", "Søren Ægidius", "Дмитро Шевчук"];
const TAGS: &[&str] = &["economy", "security", "health", "energy", "transport", "law", "migration", "food"];
const KINDS: &[&str] = &["statement", "background", "quote"];

/// Numbers that look random and are the same every time (a linear congruential generator).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// One of several.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Some words, at least so many.
    pub(crate) fn words(&mut self, all: &[&str], least: usize) -> String {
        let count = least + self.below(8);
        (0..count).map(|_| self.pick(all)).collect::<Vec<_>>().join(" ")
    }
}

/// The event files of a desk of so many events, ten facts each: path and text, one after the other.
pub(crate) fn each(events: usize, mut with: impl FnMut(String, String)) {
    let all: Vec<&str> = WORDS.split_whitespace().collect();
    let mut numbers = Numbers(1);
    for i in 0..events {
        let (year, month, day) = (2015 + numbers.below(11), 1 + numbers.below(12), 1 + numbers.below(28));
        let date = format!("{year}-{month:02}-{day:02}");
        let mut text = format!("# event {i}\nid: ev-{i}\ntitle: \"{}\"\ndate: {date}\n", numbers.words(&all, 5));
        let _ = writeln!(text, "tags: [{}, {}]\nactors:", numbers.pick(TAGS), numbers.pick(TAGS));
        for a in 1..=3 {
            let _ =
                writeln!(text, "  a{a}: {{ name: \"{}\", role: \"{}\" }}", numbers.pick(NAMES), numbers.words(&all, 1));
        }
        text.push_str("sources:\n");
        for s in 1..=3 {
            let title = numbers.words(&all, 6);
            let _ = writeln!(
                text,
                "  s{s}:\n    type: article\n    title: \"{title}\"\n    author: \"{}\"\n    date: {date}\n    url: https://example.org/{year}/{i}/{s}\n    parent: {{ type: newspaper, title: \"The Daily Post\" }}\n    reliability: B",
                numbers.pick(NAMES)
            );
        }
        text.push_str("facts:\n");
        for f in 1..=10 {
            let kind = numbers.pick(KINDS);
            let sentence = numbers.words(&all, 13);
            let source = 1 + numbers.below(3);
            let _ = writeln!(
                text,
                "  - id: f{f}\n    kind: {kind}\n    text: >-\n      {sentence}\n      {}.",
                numbers.words(&all, 2)
            );
            if kind == "quote" {
                let _ = writeln!(text, "    speaker: a1\n    words: \"{}\"", numbers.words(&all, 10));
            }
            let _ = writeln!(text, "    sources: s{source}");
        }
        with(format!("briefs/events/{year}/{month:02}/ev-{i}.yaml"), text);
    }
}

/// Writes a desk of so many events, ten facts each; the facts' addresses.
pub(crate) fn make(folder: &Path, events: usize) -> Vec<String> {
    each(events, |path, text| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    });
    let addresses = (0..events).flat_map(|i| (1..=10).map(move |f| format!("ev-{i}#f{f}"))).collect();
    std::fs::create_dir_all(folder.join("templates")).unwrap();
    let template =
        "---\nname: Plain\n---\n# {{ title }}\n\n## Facts {#facts .bullets}\n\n## Sources {#sources .sources}\n";
    std::fs::write(folder.join("templates/plain.md"), template).unwrap();
    addresses
}

/// A draft of so many words in blocks of some sixty, each with a citation.
pub(crate) fn long_draft(desk: &attache::model::Desk, least: usize) -> String {
    let all: Vec<&str> = WORDS.split_whitespace().collect();
    let addresses: Vec<_> = desk.facts().filter_map(|at| desk.address(at)).collect();
    let mut numbers = Numbers(2);
    let mut text =
        "---\ntemplate: backgrounder\ntitle: Latency measured\ndate: 2025-12-01\n---\n\n## Summary {#summary}\n"
            .to_owned();
    let mut words = 0;
    while words < least {
        let sentences: Vec<String> = (0..4).map(|_| numbers.words(&all, 12)).collect();
        words += sentences.iter().map(|s| s.split(' ').count()).sum::<usize>();
        let address = &addresses[numbers.below(addresses.len())];
        let _ = writeln!(text, "\n{} [@{address}].", sentences.join(". "));
    }
    text
}

/// A draft of so many citations of facts.
pub(crate) fn cited_draft(addresses: &[String], number: usize, cites: usize) -> String {
    let mut numbers = Numbers(100 + u64::try_from(number).unwrap());
    let all: Vec<&str> = WORDS.split_whitespace().collect();
    let mut text =
        format!("---\ntemplate: plain\ntitle: Draft {number}\ndate: 2025-12-01\n---\n\n## Facts {{#facts}}\n\n");
    for _ in 0..cites {
        let _ = writeln!(text, "- {} [@{}].", numbers.words(&all, 12), addresses[numbers.below(addresses.len())]);
    }
    text
}
