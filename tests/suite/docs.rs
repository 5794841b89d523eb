//! The documents' examples, run as they are printed.

use crate::harness::{TemporaryDesk, difference, root};
use attache::draft::Draft;
use attache::note::{Formatter, Request, compose};

/// The fenced examples of a document: what stands behind the backticks, and the text.
fn examples(document: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("docs").join(document)).unwrap();
    let mut examples = Vec::new();
    let mut open: Option<(String, String, String)> = None;
    for line in text.lines() {
        match &mut open {
            None if line.starts_with("```") => {
                let ticks: String = line.chars().take_while(|c| *c == '`').collect();
                open = Some((ticks.clone(), line[ticks.len()..].to_owned(), String::new()));
            }
            None => {}
            Some((ticks, kind, body)) if line.trim_end() == ticks.as_str() => {
                examples.push((std::mem::take(kind), std::mem::take(body)));
                open = None;
            }
            Some((_, _, body)) => {
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    examples
}

#[test]
fn the_event_format_s_examples_are_read_as_told() {
    let examples = examples("event-format.md");
    assert!(examples.iter().any(|(kind, _)| kind == "yaml event"));
    for (i, (kind, text)) in examples.iter().enumerate() {
        match kind.as_str() {
            "yaml event" => {
                let reading = attache::event_file::read("briefs/events/example.yaml", text);
                assert_eq!(reading.findings, [], "{text}");
                assert!(!reading.event.unwrap().facts.is_empty());
            }
            "yaml event-with-findings" => {
                let reading = attache::event_file::read("briefs/events/example.yaml", text);
                let told: String =
                    reading.findings.iter().map(|f| format!("{} {}[{}]\n", f.position(), f.severity, f.rule)).collect();
                let (next, expected) = &examples[i + 1];
                assert_eq!(next, "text findings");
                assert!(told == *expected, "{}", difference(expected, &told));
            }
            "bibtex sources" | "json sources" => {
                let ending = if kind.starts_with("bibtex") { "bib" } else { "json" };
                let gathered = attache::source_file::read(&format!("briefs/example.{ending}"), text);
                assert_eq!(gathered.findings, [], "{text}");
                assert!(gathered.sources.iter().all(|s| s.reliability.is_some() && s.capture.is_some()));
                assert!(!gathered.sources.is_empty());
            }
            _ => {}
        }
    }
}

/// Behind an example of an event, its sources as the footnotes of a note that cites every fact.
#[test]
fn the_event_format_s_sources_print_as_shown() {
    let examples = examples("event-format.md");
    let shown = examples.iter().position(|(kind, _)| kind == "markdown notes").unwrap();
    let (_, event) = &examples[shown - 1];
    let desk = TemporaryDesk::with(&[("briefs/events/e.yaml", event)]);
    let loaded = desk.folder().load(&|_| ());
    let facts = attache::event_file::read("briefs/events/e.yaml", event).event.unwrap().facts;
    let cited: String = facts.iter().map(|fact| format!("- x [@e#{}].\n", fact.id)).collect();
    let text = format!("---\ntemplate: t\ntitle: T\ndate: 2024-09-01\nlanguage: en-GB\n---\n\n## F {{#f}}\n\n{cited}");
    let (template, _) = attache::template::parse("t", "templates/t.md", "---\nname: T\n---\n## F {#f .bullets}\n");
    let draft = Draft::parse(&text, &template.outline());
    let request = Request {
        desk: &loaded.desk,
        template: &template,
        draft: &draft,
        path: "d.md",
        style: None,
        flavour: Default::default(),
    };
    let note = compose(&request, &Formatter::new());
    assert_eq!(note.findings, []);
    let notes: String = note.text.lines().filter(|l| l.starts_with("[^")).map(|l| format!("{l}\n")).collect();
    assert!(notes == examples[shown].1, "{}\n{notes}", difference(&examples[shown].1, &notes));
}

#[test]
fn the_template_format_s_examples_are_whole() {
    let examples = examples("template-format.md");
    let templates: Vec<_> = examples.iter().filter(|(kind, _)| kind == "markdown template").collect();
    assert!(!templates.is_empty());
    for (_, text) in templates {
        let (template, findings) = attache::template::parse("example", "templates/example.md", text);
        assert_eq!(findings, [], "{text}");
        assert!(!template.sections.is_empty());
    }
}

#[test]
fn the_draft_format_s_example_gives_the_note_shown() {
    let examples = examples("draft-format.md");
    let text_of = |wanted: &str| &examples.iter().find(|(kind, _)| kind == wanted).unwrap().1;
    let text = text_of("markdown draft");
    let desk = TemporaryDesk::sample();
    let front = attache::draft::FrontMatter::read(text);
    let (templates, _) = desk.folder().templates();
    let template = templates.iter().find(|t| Some(&t.id) == front.template.as_ref()).unwrap();
    let draft = Draft::parse(text, &template.outline());
    assert_eq!(draft.text(), text);
    let loaded = desk.folder().load(&|_| ());
    let request =
        Request { desk: &loaded.desk, template, draft: &draft, path: "d.md", style: None, flavour: Default::default() };
    let note = compose(&request, &Formatter::new());
    assert_eq!(note.findings, []);
    let shown = text_of("markdown note");
    assert!(note.text == *shown, "{}", difference(shown, &note.text));
}

#[test]
fn the_settings_example_is_read_as_told() {
    let examples = examples("settings.md");
    let (_, text) = examples.iter().find(|(kind, _)| kind == "yaml settings").unwrap();
    let (settings, found) = attache::settings::read(text, &["readout"]);
    assert_eq!(found, []);
    assert_eq!((settings.language.as_deref(), settings.scale.as_deref()), (Some("fr"), Some("phia")));
    assert_eq!(settings.theme, attache::model::settings::ThemeName::Dark);
    assert_eq!((settings.limits.len(), settings.words.len()), (1, 2));
    assert_eq!((settings.checks.len(), settings.templates["readout"].len()), (2, 1));
    let (_, found) = attache::app::keymap::read(&settings.keys);
    assert_eq!((settings.keys.len(), found), (3, Vec::new()));
}

#[test]
fn the_tests_that_the_page_of_hazards_names_are_there() {
    let page = std::fs::read_to_string(root().join("docs/hazards.md")).unwrap();
    let files = ["src", "tests"].iter().flat_map(|folder| walkdir::WalkDir::new(root().join(folder)));
    let files = files.map(Result::unwrap).filter(|entry| entry.path().extension().is_some_and(|e| e == "rs"));
    let code: String = files.map(|entry| std::fs::read_to_string(entry.path()).unwrap()).collect();
    let rows: Vec<&str> =
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")).skip(1).collect();
    assert!(rows.len() > 20);
    for row in rows {
        let tests: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "{row}");
        for test in tests {
            assert!(code.contains(&format!("fn {test}()")), "no test {test}");
        }
    }
}
