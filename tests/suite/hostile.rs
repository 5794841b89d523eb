//! Hostile texts in every field, and files that reach outside of the desk: what is read stays text, and inside.

use std::collections::BTreeMap;

use attache::draft::{Draft, fill};
use attache::note::{Flavour, Formatter, Request, compose};
use comrak::nodes::NodeValue;

use crate::harness::{TemporaryDesk, github_options};
use crate::naughty::{strings, visible, yaml};

/// Addresses that run or open what nobody asked for, as written and in disguise.
const ADDRESSES: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#x3a;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "https://example.org/)[x](javascript:alert(1)",
    "https://example.org/> <script>alert(1)</script>",
    "https://example.org/\"onmouseover=\"alert(1)",
    "https://example.org/a b](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)",
];

/// A desk whose every field but dates and keys is one text, and the address of its source another.
fn event(text: &str, address: &str) -> String {
    let (text, address) = (yaml(text), yaml(address));
    format!(
        "title: {text}\ndate: 2024-08-20\nsummary: {text}\ntags: [{text}]\nplaces: [{text}]\nactors:\n  a: {{ name: {text}, role: \
         {text}, aliases: [{text}] }}\nsources:\n  s: {{ type: web, title: {text}, author: {text}, publisher: {text}, origin: {text}, \
         url: {address}, reliability: B }}\nfacts:\n  - {{ id: f, text: {text}, note: {text}, actors: [a], date: 2024-08-20, sources: \
         [{{ source: s, at: {text}, excerpt: {text} }}] }}\n  - {{ id: q, kind: quote, words: {text}, speaker: a, sources: [{{ \
         source: s, excerpt: {text} }}] }}\n  - {{ id: n, kind: figure, text: {text}, value: {text}, unit: {text}, measure: {text}, \
         sources: s }}\n"
    )
}

const TEMPLATE: &str = "---
name: T
citations: chicago-notes
fields: [{ id: cleared-by }]
---
# {{ title }}

**Cleared:** {{ cleared_by }}

## Prose {#prose accepts=statement}

## Quotes {#quotes .quotes accepts=quote}

## Figures {#figures .bullets accepts=figure}

## Sources {#sources .sources}
";

fn note(event: &str, title: &str, flavour: Flavour) -> String {
    let event = attache::event_file::read("briefs/events/e.yaml", event).event.unwrap();
    let desk = attache::model::Desk::new(vec![event.into()], Default::default());
    let (template, findings) = attache::template::parse("t", "templates/t.md", TEMPLATE);
    assert_eq!(findings, []);
    let title = yaml(title);
    let draft = format!("---\ntemplate: t\ntitle: {title}\ncleared-by: {title}\n---\n");
    let facts: Vec<_> = desk.facts().collect();
    let draft = fill(&desk, &template, &Draft::parse(&draft, &template.outline()), &facts).draft;
    let request = Request { desk: &desk, template: &template, draft: &draft, path: "d.md", style: None, flavour };
    compose(&request, &Formatter::new()).text
}

/// How often each kind of block and link stands in a text, and the addresses of its links.
fn structure(markdown: &str) -> (BTreeMap<&'static str, usize>, Vec<String>) {
    let arena = comrak::Arena::new();
    let tree = comrak::parse_document(&arena, markdown, &github_options());
    let (mut counts, mut links) = (BTreeMap::new(), Vec::new());
    for node in tree.descendants() {
        let kind = match &node.data.borrow().value {
            NodeValue::Heading(_) => "heading",
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) => panic!("HTML in:\n{markdown}"),
            NodeValue::Image(_) => panic!("an image in:\n{markdown}"),
            NodeValue::Link(link) => {
                links.push(link.url.clone());
                continue;
            }
            NodeValue::Code(_) | NodeValue::CodeBlock(_) => "code",
            NodeValue::List(_) => "list",
            NodeValue::Item(_) => "item",
            NodeValue::TaskItem(_) => "task",
            NodeValue::Table(_) => "table",
            NodeValue::BlockQuote => "quotation",
            NodeValue::ThematicBreak => "break",
            NodeValue::FootnoteReference(_) => "reference",
            NodeValue::FootnoteDefinition(_) => "footnote",
            NodeValue::Strikethrough => "struck",
            _ => continue,
        };
        *counts.entry(kind).or_default() += 1;
    }
    (counts, links)
}

fn heading(markdown: &str) -> String {
    let arena = comrak::Arena::new();
    let tree = comrak::parse_document(&arena, markdown, &github_options());
    let heading = tree.descendants().find(|n| matches!(n.data.borrow().value, NodeValue::Heading(_)));
    let text = heading.into_iter().flat_map(|h| h.descendants()).filter_map(|n| match &n.data.borrow().value {
        NodeValue::Text(text) => Some(text.to_string()),
        _ => None,
    });
    text.collect()
}

fn harmless(text: &str) {
    let control = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert!(control.is_none(), "{control:?} in {text:?}");
}

#[test]
fn no_field_changes_the_structure_of_a_note() {
    let (plain, _) = structure(&note(&event("word", "https://example.org/"), "word", Flavour::Gfm));
    let texts = strings().into_iter().filter(|text| visible(text).chars().any(char::is_alphanumeric));
    let mut tried = 0;
    for text in texts {
        let note = note(&event(&text, "https://example.org/"), &text, Flavour::Gfm);
        harmless(&note);
        let (counts, links) = structure(&note);
        assert_eq!(counts, plain, "{text:?} as\n{note}");
        let elsewhere = |link: &String| !link.starts_with("https://") && !link.starts_with("http://");
        assert_eq!(links.iter().find(|link| elsewhere(link)), None, "{text:?} as\n{note}");
        assert_eq!(visible(&heading(&note)), visible(&text), "the title");
        tried += 1;
    }
    assert!(tried > 350, "{tried}");
}

#[test]
fn no_address_of_a_source_becomes_a_link_that_runs_or_opens_anything() {
    let (plain, _) = structure(&note(&event("word", "https://example.org/"), "word", Flavour::Gfm));
    for address in ADDRESSES {
        for flavour in [Flavour::Gfm, Flavour::CommonMark, Flavour::Plain, Flavour::Pandoc] {
            let note = note(&event("word", address), "word", flavour);
            harmless(&note);
            if matches!(flavour, Flavour::Gfm | Flavour::CommonMark) {
                let (counts, links) = structure(&note);
                assert!(flavour != Flavour::Gfm || counts == plain, "{address:?} as\n{note}");
                assert!(
                    links.iter().all(|l| l.starts_with("https://example.org/")),
                    "{address:?}: {links:?} in\n{note}"
                );
            }
        }
    }
}

#[test]
fn the_command_line_gives_text_whatever_the_files_hold() {
    let evil = "a\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}c\u{200f}d\u{7f}\u{1}";
    let desk = TemporaryDesk::with(&[
        ("briefs/events/e.yaml", &event(evil, evil)),
        (
            "briefs/events/bad.yaml",
            &format!("title: T\ndate: {0}\n{0}: 1\n{0}: 2\nfacts:\n  - {{ id: {0}, text: [x] }}\n", yaml(evil)),
        ),
        ("briefs/sources.yaml", &format!("{0}: {{ title: {0} }}\nk: {{ type: {0}, title: {0} }}\n", yaml(evil))),
        ("briefs/refs.bib", &format!("@misc{{k2, title = {{{evil}}}}}\n@{evil}{{x\n")),
        ("attache.yaml", &format!("scale: {0}\n{0}: 1\nchecks: {{ {0}: {0} }}\n", yaml(evil))),
        (
            "templates/t.md",
            &format!(
                "---\nname: {0}\ndescription: {0}\n{0}: 1\n---\n# {{{{ title }}}} {evil}\n\n## Prose {{#prose .{evil} accepts={evil}}}\n",
                yaml(evil)
            ),
        ),
        (
            "briefs/drafts/d.md",
            &format!(
                "---\ntemplate: t\ntitle: {0}\n{0}: 1\ndate: {0}\n---\n\n## Prose {{#prose}}\n\n{evil} [@e#f; @{evil}; @e#zzz].\n",
                yaml(evil)
            ),
        ),
    ]);
    let name = format!("n{evil}");
    desk.write(&format!("briefs/events/{name}.yaml"), "title: [");
    desk.write(&format!("briefs/drafts/{name}.md"), "---\ntemplate: zzz\n---\n");
    desk.write(&format!("templates/{name}.md"), "---\nname: [\n---\n");
    for arguments in [
        &["facts"][..],
        &["facts", "--format", "json"],
        &["facts", evil],
        &["facts", "kind:\u{1b}[31m"],
        &["check"],
        &["check", "--format", "json"],
        &["check", "--format", "github"],
        &["check", "--format", "sarif"],
        &["templates"],
        &["templates", "show", "t"],
        &["templates", "show", evil],
        &["render", "d", "-o", "-"],
        &["render", evil],
        &["new", evil, "x"],
    ] {
        let run = desk.run(arguments);
        assert_ne!(run.status, 101, "{arguments:?}: {run:?}");
        // Names of files and templates go as they are to what is no terminal; a terminal is spared them (pty.rs).
        if arguments[0] != "templates" {
            harmless(&run.out);
        }
        harmless(&run.err);
        assert!(!run.err.chars().any(attache::model::text::is_bidi_control), "{arguments:?}: {}", run.err);
        assert!(!run.out.is_empty() || !run.err.is_empty(), "{arguments:?}");
    }
    // Every note, as it is written: the hostile text is there, as pictures.
    for to in ["gfm", "commonmark", "pandoc", "plain"] {
        for arguments in [&["render", "d", "--force", "--to", to][..], &["render", "d", "-o", "-", "--to", to]] {
            let run = desk.run(arguments);
            assert_eq!(run.status, 0, "{arguments:?}: {run:?}");
            let printed = arguments.contains(&"-o");
            let note = if printed { run.out } else { desk.read("briefs/notes/d.md") };
            harmless(&note);
            assert!(note.matches('␛').count() > 3, "{arguments:?}: {note}");
        }
    }
}

#[test]
fn a_template_that_asks_for_another_file_is_refused_at_its_line() {
    for part in [
        "{% include \"../../secret\" %}",
        "{% include \"/etc/passwd\" %}",
        "{% include \"%2e%2e/secret\" %}",
        "{% include \"t.md\" %}",
        "{% extends \"t\" %}",
        "{% import \"t.md\" as t %}",
        "{% from \"t.md\" import t %}",
    ] {
        let template = format!("---\nname: T\n---\n# {{{{ title }}}}\n\n{part}\n\n## A {{#a}}\n");
        let desk = TemporaryDesk::with(&[("templates/t.md", &template), ("secret", "hidden words")]);
        desk.write("briefs/drafts/d.md", "---\ntemplate: t\ntitle: T\n---\n\n## A {#a}\n\nText.\n");
        let run = desk.run(&["check"]);
        assert!(run.err.contains("templates/t.md:6:") && run.err.contains("error["), "{part}: {}", run.err);
        let run = desk.run(&["render", "d", "-o", "-"]);
        assert!(!run.out.contains("hidden words") && !run.out.contains("root:"), "{part}: {run:?}");
    }
}

#[test]
fn a_masthead_that_grows_without_end_is_stopped() {
    for part in [
        "{% set ns = namespace(a=\"x\") %}{% for i in range(40) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}{{ ns.a }}",
        "{{ \"x\" * 100000000 }}",
        "{{ [1] * 100000000 }}",
        "{{ \"x\"|indent(100000000) }}",
        "{{ range(100000)|join(\"xxxxxxxxxxxxxxxxxxxx\") }}",
        "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ] {
        let template = format!("---\nname: T\n---\n{part}\n\n## A {{#a}}\n");
        let (template, _) = attache::template::parse("t", "templates/t.md", &template);
        let desk = attache::model::Desk::default();
        let draft = Draft::parse("---\ntemplate: t\ntitle: T\n---\n\n## A {#a}\n\nText.\n", &template.outline());
        let flavour = Flavour::Gfm;
        let request = Request { desk: &desk, template: &template, draft: &draft, path: "d.md", style: None, flavour };
        let note = compose(&request, &Formatter::new());
        assert!(note.text.len() < 1 << 20, "{part}: {} bytes", note.text.len());
        assert!(note.text.contains("Text."), "{part}");
    }
}

#[test]
fn a_name_that_leads_out_of_the_desk_finds_nothing_there() {
    let desk = TemporaryDesk::with(&[("templates/t.md", "---\nname: T\n---\n# {{ title }}\n\n## A {#a}\n")]);
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("x.md"), "---\nname: Outside\n---\n# hidden words\n").unwrap();
    let up = format!("{}/x", outside.path().display());
    let nul = r#""t\0""#;
    for name in ["../x", "../../etc/passwd", "%2e%2e/x", "/etc/passwd", "t.md", "./t", &up, &"t".repeat(300), nul] {
        desk.write("briefs/drafts/d.md", &format!("---\ntemplate: {name}\ntitle: T\n---\n\n## A {{#a}}\n\nText.\n"));
        let run = desk.run(&["check"]);
        assert_eq!(run.status, 1, "{name}: {run:?}");
        assert!(run.err.contains("briefs/drafts/d.md:2:"), "{name}: {}", run.err);
        let run = desk.run(&["new", name, "fresh"]);
        assert!(run.status != 0 && !run.err.is_empty(), "{name}: {run:?}");
        desk.write(
            "briefs/drafts/s.md",
            &format!("---\ntemplate: t\ntitle: T\ncitations: {name}\n---\n\n## A {{#a}}\n\nText.\n"),
        );
        let run = desk.run(&["render", "s", "-o", "-"]);
        assert!(run.err.contains("briefs/drafts/s.md:"), "{name}: {run:?}");
        let told = desk.run(&["check", "briefs/drafts/s.md"]).err;
        assert!(told.contains("briefs/drafts/s.md:4:"), "{name}: {told}");
        assert!(!run.out.contains("hidden words") && !run.out.contains("root:"), "{name}: {run:?}");
    }
    // The style that a template asks for.
    for name in ["../x", "/etc/passwd", "%2e%2e/x", &up, nul] {
        let template = format!("---\nname: U\ncitations: {name}\n---\n# {{{{ title }}}}\n\n## A {{#a}}\n");
        desk.write("templates/u.md", &template);
        desk.write("briefs/drafts/s.md", "---\ntemplate: u\ntitle: T\n---\n\n## A {#a}\n\nText.\n");
        let run = desk.run(&["check"]);
        assert_eq!(run.status, 1, "{name}: {run:?}");
        assert!(run.err.contains("templates/u.md:3:"), "{name}: {}", run.err);
    }
    std::fs::remove_file(desk.file("templates/u.md")).unwrap();
    for slug in ["../../x", "/tmp/x", "a/b", "..", "%2e%2e/x", "", &"s".repeat(300)] {
        let run = desk.run(&["new", "t", slug]);
        assert!(run.status != 0 && run.status != 101 && !run.err.is_empty(), "{slug:?}: {run:?}");
    }
    let mut left: Vec<_> =
        std::fs::read_dir(desk.file("briefs/drafts")).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["d.md", "s.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_device_a_folder_or_itself_is_told_and_never_waited_for() {
    use std::os::unix::fs::symlink;
    let desk =
        TemporaryDesk::with(&[("templates/t.md", "---\nname: T\n---\n## A {#a}\n"), ("briefs/events/e.yaml", "")]);
    let mut paths = Vec::new();
    for folder in ["templates", "briefs/drafts", "briefs/events"] {
        std::fs::create_dir_all(desk.file(folder)).unwrap();
        let end = if folder == "briefs/events" { "yaml" } else { "md" };
        for (name, to) in [("zero", "/dev/zero"), ("tty", "/dev/stdin"), ("loop", "loop"), ("gone", "/nowhere/at/all")]
        {
            let to = if name == "loop" { format!("loop.{end}") } else { to.to_owned() };
            symlink(to, desk.file(&format!("{folder}/{name}.{end}"))).unwrap();
            paths.push(format!("{folder}/{name}.{end}"));
        }
    }
    let run = desk.run(&["check"]);
    for path in paths {
        assert!(run.err.contains(&format!("{path}:1:1: error[unreadable]")), "{path}: {}", run.err);
    }
}
