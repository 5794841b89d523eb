//! What two people do, what git makes of it, what Attaché says: the table of docs/teams.md.

use crate::desk::{Clone, DRAFT, EVENT, NOTE, SOURCES, Shared};

/// What two people did, each in a clone of their own.
struct Scenario {
    what: &'static str,
    a: fn(&Clone),
    b: fn(&Clone),
    /// Whether git merges it.
    merges: bool,
    /// The rules that have something to say.
    says: &'static [&'static str],
    /// What to know besides.
    besides: &'static str,
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        what: "each add an event file",
        a: |desk| event(desk, "minsk-2024-08", "minsk-2024-08", "Talks open in Minsk."),
        b: |desk| event(desk, "moscow-2024-08", "moscow-2024-08", "Talks open in Moscow."),
        merges: true,
        says: &[],
        besides: "",
    },
    Scenario {
        what: "each add an event file of one name",
        a: |desk| event(desk, "talks-2024-08", "talks-2024-08", "Talks open in Minsk."),
        b: |desk| event(desk, "talks-2024-08", "talks-2024-08", "Talks open in Moscow."),
        merges: false,
        says: &["merge-conflict"],
        besides: "",
    },
    Scenario {
        what: "each add an event file of another name, with one `id`",
        a: |desk| event(desk, "minsk", "talks-2024-08", "Talks open in Minsk."),
        b: |desk| event(desk, "moscow", "talks-2024-08", "Talks open in Moscow."),
        merges: true,
        says: &["duplicate-id"],
        besides: "the second file is left out",
    },
    Scenario {
        what: "each add a fact at the end of one event file",
        a: |desk| fact(desk, "flags"),
        b: |desk| fact(desk, "anthem"),
        merges: false,
        says: &["merge-conflict"],
        besides: "keep both; git may have taken lines that are alike for common ones",
    },
    Scenario {
        what: "each add a fact, in places apart",
        a: |desk| fact(desk, "flags"),
        b: |desk| desk.swap(EVENT, "  - id: tokayev\n", &format!("{}\n  - id: tokayev\n", fact_text("anthem"))),
        merges: true,
        says: &[],
        besides: "",
    },
    Scenario {
        what: "each add a fact, in places apart, with one `id`",
        a: |desk| fact(desk, "flags"),
        b: |desk| desk.swap(EVENT, "  - id: tokayev\n", &format!("{}\n  - id: tokayev\n", fact_text("flags"))),
        merges: true,
        says: &["duplicate-id"],
        besides: "the second fact is left out",
    },
    Scenario {
        what: "both change one fact’s text",
        a: |desk| desk.swap(EVENT, "The summit adopted the", "The summit passed the"),
        b: |desk| desk.swap(EVENT, "The summit adopted the", "The summit agreed the"),
        merges: false,
        says: &["merge-conflict"],
        besides: "",
    },
    Scenario {
        what: "one changes a fact’s text, the other its tags",
        a: |desk| desk.swap(EVENT, "The summit adopted the", "The summit passed the"),
        b: |desk| desk.swap(EVENT, "    actors: [sco]\n    tags: [sco]\n", "    actors: [sco]\n    tags: [sco, un]\n"),
        merges: true,
        says: &[],
        besides: "",
    },
    Scenario {
        what: "one corrects a quotation, the other quotes it as it was",
        a: |desk| desk.write(EVENT, &desk.read(EVENT).replace("in the SCO has been made", "in the SCO was made")),
        b: |desk| {
            let quoted = "- President Tokayev of Kazakhstan told the summit that “a decision on the full membership of the Republic of \
                          Belarus in the SCO has been made” [@sco-astana-2024-07#tokayev].";
            desk.below(DRAFT, "- China had never condemned", quoted);
        },
        merges: true,
        says: &["quote-altered"],
        besides: "",
    },
    Scenario {
        what: "one renames an event’s `id`, the other cites it",
        a: |desk| {
            let drafts = [DRAFT, "briefs/drafts/li-qiang-submission.md"];
            for path in drafts.into_iter().chain([EVENT, "briefs/events/2024/li-qiang-ru-by-2024-08.yaml"]) {
                desk.write(path, &desk.read(path).replace("sco-astana-2024-07", "sco-astana"));
            }
        },
        b: |desk| desk.below(DRAFT, "settlement in Ukraine", PLACED),
        merges: true,
        says: &["unknown-reference"],
        besides: "",
    },
    Scenario {
        what: "one takes a fact out, the other cites it",
        a: |desk| {
            let text = desk.read(EVENT);
            let (start, end) = (text.find("  - id: tokayev").unwrap(), text.find("  - id: members").unwrap());
            desk.write(EVENT, &[&text[..start], &text[end..]].concat());
        },
        b: |desk| {
            desk.below(DRAFT, "settlement in Ukraine", "\nKazakhstan announced it [@sco-astana-2024-07#tokayev].");
        },
        merges: true,
        says: &["unknown-reference"],
        besides: "",
    },
    Scenario {
        what: "each reword a block of another section",
        a: |desk| desk.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens"),
        b: |desk| desk.swap(DRAFT, "visited China twice in 2023", "was in China twice in 2023"),
        merges: true,
        says: &[],
        besides: "",
    },
    Scenario {
        what: "reword two paragraphs, one below the other",
        a: |desk| desk.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens"),
        b: |desk| desk.swap(DRAFT, "Our confidence is low: a promise", "Our confidence is low: one promise"),
        merges: true,
        says: &[],
        besides: "",
    },
    Scenario {
        what: "reword two items of a list, one below the other",
        a: |desk| desk.swap(DRAFT, "China took over the rotating chair", "China took the rotating chair"),
        b: |desk| desk.swap(DRAFT, "visited China twice in 2023", "was in China twice in 2023"),
        merges: false,
        says: &["merge-conflict"],
        besides: "lines that touch are one to git",
    },
    Scenario {
        what: "reword one block",
        a: |desk| desk.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens"),
        b: |desk| desk.swap(DRAFT, "Nothing seen so far lessens", "None of it lessens"),
        merges: false,
        says: &["merge-conflict"],
        besides: "",
    },
    Scenario {
        what: "both change the title",
        a: |desk| desk.swap(DRAFT, "title: Belarus between", "title: Minsk between"),
        b: |desk| desk.swap(DRAFT, "title: Belarus between", "title: Belarus amid"),
        merges: false,
        says: &["merge-conflict"],
        besides: "",
    },
    Scenario {
        what: "both move one item, each to another place",
        a: |desk| desk.move_line(DRAFT, "- China took over", "- President Alexander Lukashenko visited"),
        b: |desk| desk.move_line(DRAFT, "- China took over", "- China had never"),
        merges: true,
        says: &["duplicate-fact (warning)"],
        besides: "it stands there twice",
    },
    Scenario {
        what: "one moves an item, the other rewords it",
        a: |desk| desk.move_line(DRAFT, "- China took over", "- China had never"),
        b: |desk| desk.swap(DRAFT, "China took over the rotating chair", "China took the rotating chair"),
        merges: false,
        says: &["merge-conflict"],
        besides: "",
    },
    Scenario {
        what: "both place one fact, at one place",
        a: |desk| desk.below(DRAFT, "- China had never", ITEM),
        b: |desk| desk.below(DRAFT, "- China had never", ITEM),
        merges: true,
        says: &[],
        besides: "it stands there once",
    },
    Scenario {
        what: "both place one fact, in two sections",
        a: |desk| desk.below(DRAFT, "- China had never", ITEM),
        b: |desk| desk.below(DRAFT, "settlement in Ukraine", PLACED),
        merges: true,
        says: &[],
        besides: "it stands there twice; `v` on the fact shows where",
    },
    Scenario {
        what: "each place another fact, at one place",
        a: |desk| desk.below(DRAFT, "- China had never", ITEM),
        b: |desk| desk.below(DRAFT, "- China had never", "- Belarus applied in 2022 [@sco-astana-2024-07#applied]."),
        merges: false,
        says: &["merge-conflict"],
        besides: "`f`, “keep both”",
    },
    Scenario {
        what: "one deletes a draft, the other works on it",
        a: |desk| std::fs::remove_file(desk.root.join(DRAFT)).unwrap(),
        b: |desk| desk.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens"),
        merges: false,
        says: &[],
        besides: "git keeps the file; `git rm` or `git add` decides",
    },
    Scenario {
        what: "each add a source at the end of `sources.yaml`",
        a: |desk| desk.append(SOURCES, &source("tass-2024-08-20")),
        b: |desk| desk.append(SOURCES, &source("belta-2024-08-20")),
        merges: false,
        says: &["merge-conflict"],
        besides: "",
    },
    Scenario {
        what: "each add a source at its place by key",
        a: |desk| desk.append(SOURCES, &source("tass-2024-08-20")),
        b: |desk| {
            desk.swap(SOURCES, "\nnato-declaration:", &format!("{}\nnato-declaration:", source("belta-2024-08-20")));
        },
        merges: true,
        says: &[],
        besides: "",
    },
    Scenario {
        what: "each add a source with one key, in places apart",
        a: |desk| desk.append(SOURCES, &source("belta-2024-08-20")),
        b: |desk| {
            desk.swap(SOURCES, "\nnato-declaration:", &format!("{}\nnato-declaration:", source("belta-2024-08-20")));
        },
        merges: true,
        says: &["bad-value"],
        besides: "the first stays",
    },
    Scenario {
        what: "each add a file `briefs/library.bib`",
        a: |desk| desk.write("briefs/library.bib", "@misc{one,\n  title = {One},\n  year = {2024}\n}\n"),
        b: |desk| desk.write("briefs/library.bib", "@misc{two,\n  title = {Two},\n  year = {2024}\n}\n"),
        merges: false,
        says: &["merge-conflict"],
        besides: "",
    },
    Scenario {
        what: "change one setting in `attache.yaml`",
        a: |desk| desk.append("attache.yaml", "language: fr\n"),
        b: |desk| desk.append("attache.yaml", "language: de\n"),
        merges: false,
        says: &["merge-conflict"],
        besides: "",
    },
    Scenario {
        what: "make one note anew",
        a: |desk| {
            desk.swap(DRAFT, "Nothing seen so far lessens", "Little seen so far lessens");
            desk.attache(&["render", "-q", "--force", "belarus-sco-backgrounder"]).ok();
        },
        b: |desk| {
            desk.swap(DRAFT, "visited China twice in 2023", "was in China twice in 2023");
            desk.attache(&["render", "-q", "--force", "belarus-sco-backgrounder"]).ok();
        },
        merges: false,
        says: &[],
        besides: "your own note stays whole; make it anew",
    },
];

const ITEM: &str = "- The Astana Declaration names principles [@sco-astana-2024-07#declaration].";
const PLACED: &str = "\nThe Astana Declaration names principles [@sco-astana-2024-07#declaration].";

fn event(desk: &Clone, name: &str, id: &str, text: &str) {
    let event = format!(
        "id: {id}\ntitle: Talks\ndate: 2024-08-20\n\nfacts:\n  - id: opening\n    text: {text}\n    date: 2024-08-20\n    sources: \
         [nato-declaration]\n"
    );
    desk.write(&format!("briefs/events/2024/{name}.yaml"), &event);
}

fn fact_text(id: &str) -> String {
    format!("  - id: {id}\n    text: There was talk of the {id}.\n    date: 2024-07-04\n    sources: [anews, xinhua]\n")
}

fn fact(desk: &Clone, id: &str) {
    desk.append(EVENT, &format!("\n{}", fact_text(id)));
}

/// A shared source, as one is written at its place by key or at the end.
pub(crate) fn source(key: &str) -> String {
    format!(
        "\n{key}:\n  type: web\n  title: News of {key}\n  date: 2024-08-20\n  reliability: C\n  origin: {key}\n  directness: primary\n"
    )
}

/// One row of the table, from what was seen.
fn row(scenario: &Scenario, merges: bool, says: &[String]) -> String {
    let git = if merges { "merges" } else { "**conflicts**" };
    let rules: Vec<String> = says
        .iter()
        .map(|rule| {
            let (id, rest) = rule.split_at(rule.find(' ').unwrap_or(rule.len()));
            format!("[{id}](rules.md#{id}){rest}")
        })
        .collect();
    let says = if rules.is_empty() { "nothing".to_owned() } else { rules.join(", ") };
    let besides = if scenario.besides.is_empty() { String::new() } else { format!("; {}", scenario.besides) };
    format!("| {} | {git} | {says}{besides} |\n", scenario.what)
}

#[test]
fn the_table_of_the_page_is_what_git_and_attache_do() {
    let shared = Shared::sample();
    let base = shared.clone("base", &[]);
    assert_eq!(base.rules(), [""; 0]);
    let mut table = String::from("| two people | git | `attache check` says |\n| --- | --- | --- |\n");
    let mut wrong = String::new();
    for (scenario, number) in SCENARIOS.iter().zip(1..) {
        let (a, b) = (shared.clone(&format!("a{number}"), &[]), shared.clone(&format!("b{number}"), &[]));
        (scenario.a)(&a);
        (scenario.b)(&b);
        for (desk, whose) in [(&a, "A"), (&b, "B")] {
            let errors: Vec<String> = desk.rules().into_iter().filter(|rule| !rule.ends_with(')')).collect();
            assert_eq!(errors, [""; 0], "{}: {whose} alone", scenario.what);
            desk.commit(whose);
        }
        // Each scenario has a branch of its own, so that one bare repository does for all.
        let branch = format!("HEAD:refs/heads/s{number}");
        a.git(&["push", "-q", "origin", &branch]).ok();
        b.git(&["fetch", "-q"]).ok();
        let merges = b.git(&["merge", "-q", "--no-edit", &format!("origin/s{number}")]).status == 0;
        let says = b.rules();
        if merges != scenario.merges || says != scenario.says {
            wrong += &format!("{}: merges {merges}, says {says:?}\n{:#?}\n", scenario.what, b.findings());
        }
        if scenario.what == "make one note anew" {
            assert!(!b.read(NOTE).contains("<<<<<<<"));
        }
        table += &row(scenario, merges, &says);
    }
    assert!(wrong.is_empty(), "{wrong}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/teams.md");
    let page = std::fs::read_to_string(path).unwrap();
    if std::env::var_os("ATTACHE_ACCEPT").is_some() {
        let start = page.find("| two people |").unwrap();
        let end = start + page[start..].find("\n\n").unwrap() + 1;
        return std::fs::write(path, [&page[..start], &table, &page[end..]].concat()).unwrap();
    }
    assert!(page.contains(&table), "docs/teams.md has another table than this:\n\n{table}");
}
