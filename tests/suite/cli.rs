//! The program itself: what it prints, how it ends, what it refuses.

use crate::harness::{Run, TemporaryDesk, program, root};
use std::process::Command;

#[test]
fn a_desk_is_made_and_works_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().join("new");
    let made = Run::of(program().arg("init").arg(&desk));
    assert_eq!(made.status, 0, "{made:?}");
    let run = |arguments: &[&str]| Run::of(program().arg("--desk").arg(&desk).args(arguments));
    assert!(run(&["facts", "kind:quote"]).ok().lines().count() > 5);
    assert_eq!(run(&["check"]).status, 0);
    run(&["render", "li-qiang-submission"]).ok();
    let note = std::fs::read_to_string(desk.join("briefs/notes/li-qiang-submission.md")).unwrap();
    assert!(note.contains("# Premier Li Qiang") && note.contains("[^1]: "));
    let again = Run::of(program().arg("init").arg(&desk));
    assert_eq!(again.status, 2);
    assert!(again.err.contains("is a desk already"), "{again:?}");
}

#[test]
fn a_note_edited_by_hand_is_not_written_over() {
    let desk = TemporaryDesk::sample();
    desk.run(&["render", "li-qiang-submission"]).ok();
    let path = "briefs/notes/li-qiang-submission.md";
    let note = desk.read(path);
    desk.run(&["render", "li-qiang-submission", "--style", "apa"]).ok();
    assert_ne!(desk.read(path), note, "our own note may be written over");
    desk.write(path, "edited by hand\n");
    let refused = desk.run(&["render", "li-qiang-submission"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("edited by hand") && refused.err.contains("--force"), "{refused:?}");
    assert_eq!(desk.read(path), "edited by hand\n");
    desk.run(&["render", "li-qiang-submission", "--force"]).ok();
    assert_eq!(desk.read(path), note);
    assert_eq!(desk.read(&format!("{path}.bak")), "edited by hand\n");
}

#[test]
fn new_never_writes_over_a_draft_and_names_what_is_near() {
    let desk = TemporaryDesk::sample();
    let before = desk.read("briefs/drafts/li-qiang-submission.md");
    let taken = desk.run(&["new", "readout", "li-qiang-submission"]);
    assert_eq!((taken.status, desk.read("briefs/drafts/li-qiang-submission.md")), (2, before));
    for (arguments, told) in [
        (["new", "readuot", "x"], "did you mean `readout`"),
        (["new", "readout", "../x"], "cannot name a draft"),
        (["render", "li-qiang-submision", "-q"], ""),
        (["render", "li-qiang-submision", "-v"], "did you mean `li-qiang-submission`"),
        (["render", "li-qiang-submission", "--style=apaa"], "near names: apa"),
        (["facts", "knd:quote", "-v"], "kind"),
        (["check", "--deny", "uncitd"], "did you mean `uncited`"),
        (["check", "li-qiang-submision", "-v"], "did you mean `li-qiang-submission`"),
        (["check", "briefs/events/none.yaml", "-v"], "no such file, folder or draft"),
    ] {
        let run = desk.run(&arguments);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.err.contains(told), "{arguments:?}: {run:?}");
        assert_eq!(run.out, "");
    }
}

#[test]
fn no_desk_says_what_was_looked_for_and_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::of(program().current_dir(folder.path()).arg("facts"));
    assert_eq!(run.status, 2);
    assert!(run.err.contains("`briefs`") && run.err.contains("attache init"), "{run:?}");
}

#[test]
fn facts_as_json_have_every_key_and_the_right_line() {
    let desk = TemporaryDesk::sample();
    let out = desk.run(&["facts", "id:sco-10", "--format", "json"]).ok();
    let row: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    let keys: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
    let contract = "ref event kind text date speaker sources tags status marking path line";
    let provenance = "grade origins independent credibility";
    let mut wanted: Vec<&str> = contract.split(' ').chain(provenance.split(' ')).collect();
    wanted.sort_unstable();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, wanted);
    let text = desk.read(row["path"].as_str().unwrap());
    let line = text.lines().nth(usize::try_from(row["line"].as_u64().unwrap()).unwrap() - 1).unwrap();
    assert!(line.contains("sco-10"), "{line}");
}

#[test]
fn facts_tell_their_grade_and_on_how_many_origins_they_rest() {
    let desk = TemporaryDesk::sample();
    let out = desk.run(&["facts", "id:invitation", "--format", "json"]).ok();
    let row: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    assert_eq!((&row["grade"], &row["independent"], &row["credibility"]), (&"B2".into(), &2.into(), &2.into()));
    assert_eq!(row["origins"], serde_json::json!(["Xinhua", "Chinese Foreign Ministry"]));
    let judged = desk.run(&["facts", "id:judge-minsk", "--format", "json"]).ok();
    assert!(judged.contains("\"grade\":null") && !judged.contains("\"origins\":[]"), "{judged}");
    let text = desk.run(&["facts", "id:invitation"]).ok();
    assert!(text.contains("#invitation  2024-08-19  B2×2  The prime ministers"), "{text}");
    let tsv = desk.run(&["facts", "id:invitation", "--format", "tsv"]).ok();
    assert!(tsv.trim_end().ends_with("\tB2\tXinhua; Chinese Foreign Ministry\t2\t2"), "{tsv}");
}

#[test]
fn faults_in_files_are_told_and_the_rest_works() {
    let desk = TemporaryDesk::sample();
    desk.write("briefs/events/bad.yaml", "title: \"open\nfacts: [\n");
    desk.write("briefs/events/latin.yaml", "");
    std::fs::write(desk.file("briefs/events/latin.yaml"), b"title: caf\xe9\n").unwrap();
    desk.write("templates/bad.md", "---\nname: [\n---\n{{ open\n\n## A {#a}\n");
    desk.write("briefs/drafts/odd.md", "---\ntemplate: nowhere\n---\n\ntext\n");
    let check = desk.run(&["check"]);
    assert_eq!(check.status, 1, "{check:?}");
    for told in [
        "bad.yaml:",
        "error[unreadable]",
        "not UTF-8",
        "templates/bad.md:",
        "briefs/drafts/odd.md:2:1: error[unknown-reference]",
    ] {
        assert!(check.err.contains(told), "{told}\n{}", check.err);
    }
    let json = desk.run(&["check", "--format", "json"]);
    for line in json.out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        for key in ["rule", "severity", "path", "line", "column", "fact", "message", "help"] {
            assert!(row.get(key).is_some(), "{key} in {line}");
        }
    }
    assert!(desk.run(&["render", "li-qiang-submission", "-o", "-"]).ok().contains("[^1]: "));
    assert!(desk.run(&["facts", "-q"]).ok().lines().count() >= 48);
}

#[test]
fn broken_references_are_errors_of_check_and_visible_in_the_note() {
    let desk = TemporaryDesk::sample();
    let draft = "---\ntemplate: readout\ntitle: T\n---\n\n## Meeting {#meeting}\n\nKept text [@sco-astana-2024-07#belarus-join].\n";
    desk.write("briefs/drafts/broken.md", draft);
    let check = desk.run(&["check", "briefs/drafts/broken.md"]);
    assert_eq!(check.status, 1);
    assert!(check.err.contains("briefs/drafts/broken.md:8:13: error[unknown-reference]"), "{}", check.err);
    assert!(check.err.contains("belarus-joins"), "the nearest is named: {}", check.err);
    assert_eq!(desk.run(&["check", "broken"]).err, check.err, "a draft is known by its name too");
    let note = desk.run(&["render", "broken", "-o", "-"]).ok();
    assert!(note.contains("Kept text.[^1]") && note.contains("unknown reference"), "{note}");
}

#[test]
fn schemas_are_json_and_templates_are_listed_and_shown() {
    for kind in ["event", "sources", "template", "draft"] {
        let schema = Run::of(program().args(["schema", kind])).ok();
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        assert!(schema.get("$schema").is_some(), "{kind}");
    }
    let desk = TemporaryDesk::sample();
    let list = desk.run(&["templates"]).ok();
    for id in attache::disk::embedded::TEMPLATES.iter().map(|(id, _)| *id) {
        assert!(list.contains(id), "{list}");
        let shown = desk.run(&["templates", "show", id]).ok();
        assert_eq!(shown, std::fs::read_to_string(root().join(format!("templates/{id}.md"))).unwrap());
    }
    desk.write("templates/readout.md", "---\nname: Ours\n---\n# {{ title }}\n\n## A {#a}\n");
    assert!(desk.run(&["templates"]).ok().contains("Ours"), "a desk's own template comes first");
}

#[test]
fn every_template_makes_a_note_from_the_sample_desk() {
    let desk = TemporaryDesk::sample();
    for (id, _) in attache::disk::embedded::TEMPLATES {
        desk.run(&["new", id, &format!("try-{id}"), "--fill", "--date", "2024-08-20"]).ok();
        let note = desk.run(&["render", &format!("try-{id}"), "-o", "-"]).ok();
        assert!(note.contains("[^1]: "), "{id}: {note}");
        assert!(!note.contains("[@") && !note.contains("{{"), "{id}: {note}");
    }
}

#[test]
fn reading_only_changes_no_file() {
    let desk = TemporaryDesk::sample();
    desk.write("briefs/drafts/crlf.md", "---\r\ntemplate: readout\r\n---\r\n\r\n## Meeting\r\n\r\ntext  \r\n");
    let before = snapshot(desk.path());
    desk.run(&["check"]);
    desk.run(&["facts"]).ok();
    desk.run(&["render", "crlf", "-o", "-"]).ok();
    assert_eq!(snapshot(desk.path()), before);
}

fn snapshot(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push((path.clone(), std::fs::read(path).unwrap())) }
        }
    }
    files.sort();
    files
}

#[test]
fn output_that_nobody_reads_is_no_fault() {
    let desk = TemporaryDesk::sample();
    let mut child = Command::new(env!("CARGO_BIN_EXE_attache"))
        .arg("--desk")
        .arg(desk.path())
        .args(["facts", "-q"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_style_of_the_desk_s_own_is_found_by_its_name_and_told_where_it_is_broken() {
    let desk = TemporaryDesk::sample();
    let apa = Run::of(program().args(["styles", "show", "apa"])).ok();
    assert!(apa.starts_with("<style") && apa.contains("<citation"), "{}", &apa[..200]);
    desk.write("templates/house.csl", &apa);
    let by_name = |name: &str| desk.run(&["render", "li-qiang-submission", "-o", "-", "--style", name]).ok();
    assert_eq!(by_name("house"), by_name("apa"));
    let listed = desk.run(&["styles"]).ok();
    assert!(listed.starts_with("house  (templates/house.csl)\n") && listed.contains("\nieee\n"), "{listed}");
    // A draft names it in its front matter.
    let path = "briefs/drafts/li-qiang-submission.md";
    let draft = desk.read(path);
    desk.write(path, &draft.replacen("---\n", "---\ncitations: house\n", 1));
    assert_eq!(desk.run(&["render", "li-qiang-submission", "-o", "-"]).ok(), by_name("apa"));
    assert_eq!(desk.run(&["check"]).status, 0);
    // Broken, it is told by line; notes are made all the same.
    desk.write(
        "templates/house.csl",
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\">\n  <info>\n  </inf>\n</style>\n",
    );
    let checked = desk.run(&["check"]);
    assert_eq!(checked.status, 1);
    let told = format!("{}{}", checked.out, checked.err);
    assert!(told.contains("templates/house.csl:3:"), "{told}");
    let rendered = desk.run(&["render", "li-qiang-submission", "-o", "-"]);
    assert_eq!(rendered.status, 0);
    assert!(rendered.out.contains("[^1]: ") && rendered.err.contains("templates/house.csl:3:"), "{}", rendered.err);
}

#[test]
fn an_unknown_style_lists_near_names_where_it_stands() {
    let desk = TemporaryDesk::sample();
    let refused = desk.run(&["render", "li-qiang-submission", "--style", "chicago-note"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("chicago-notes") && refused.err.contains("attache styles"), "{}", refused.err);
    desk.write("templates/mine.md", "---\nname: Mine\ncitations: iee\n---\n# {{ title }}\n\n## A {#a}\n");
    let checked = desk.run(&["check"]);
    let told = format!("{}{}", checked.out, checked.err);
    assert!(told.contains("templates/mine.md:3:12: error[bad-value]") && told.contains("ieee"), "{told}");
    assert_eq!(checked.status, 1);
}

#[test]
fn a_missing_key_leaves_a_mark_in_the_note_and_fails_the_check() {
    let desk = TemporaryDesk::sample();
    let path = "briefs/drafts/li-qiang-submission.md";
    let draft = desk.read(path).replacen("#visit", "#vist", 1);
    desk.write(path, &draft);
    let line = draft.lines().position(|l| l.contains("#vist")).unwrap() + 1;
    let rendered = desk.run(&["render", "li-qiang-submission", "-o", "-"]);
    assert_eq!(rendered.status, 0);
    assert!(rendered.out.contains("*[unknown reference: "), "{}", rendered.out);
    assert!(rendered.err.contains(&format!("{path}:{line}:")) && rendered.err.contains("#visit`"), "{}", rendered.err);
    let checked = desk.run(&["check"]);
    assert_eq!(checked.status, 1);
    let told = format!("{}{}", checked.out, checked.err);
    assert!(told.contains(&format!("{path}:{line}:")) && told.contains("#visit`"), "{told}");
}

#[test]
fn a_note_written_elsewhere_is_told_by_its_path() {
    let desk = TemporaryDesk::sample();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("note.md");
    let run = desk.run(&["render", "li-qiang-submission", "-o", path.to_str().unwrap()]);
    assert!(run.err.starts_with(&format!("wrote {} · ", path.display())), "{}", run.err);
    assert!(path.exists());
}

#[test]
fn each_text_format_goes_to_its_own_file() {
    let desk = TemporaryDesk::sample();
    for (format, file, has, has_not) in [
        ("gfm", "li-qiang-submission.md", "[^1]: ", "\\[1\\]"),
        ("commonmark", "li-qiang-submission.commonmark.md", "\\[1\\]", "[^1]"),
        ("pandoc", "li-qiang-submission.pandoc.md", "[@afp-alarabiya, paragraph 1; @xinhua", "[^1]"),
        ("plain", "li-qiang-submission.txt", "[1]", "**"),
    ] {
        desk.run(&["render", "li-qiang-submission", "--to", format]).ok();
        let note = desk.read(&format!("briefs/notes/{file}"));
        assert!(note.contains(has) && !note.contains(has_not), "{format}:\n{note}");
    }
}

#[test]
fn findings_are_sarif_and_workflow_commands_too() {
    let desk = TemporaryDesk::sample();
    let path = "briefs/drafts/li-qiang-submission.md";
    let draft = desk.read(path).replacen("#visit", "#vist", 1);
    desk.write(path, &draft);
    let line = draft.lines().position(|l| l.contains("#vist")).unwrap() + 1;
    let sarif = desk.run(&["check", "--format", "sarif"]);
    assert_eq!(sarif.status, 1);
    let document: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    let results = document["runs"][0]["results"].as_array().unwrap();
    let found = results.iter().find(|r| r["ruleId"] == "unknown-reference").unwrap();
    let place = &found["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], path);
    assert_eq!(place["region"]["startLine"], line);
    let github = desk.run(&["check", "--format", "github"]);
    assert_eq!(github.status, 1);
    assert!(github.out.contains(&format!("::error file={path},line={line},col=")), "{}", github.out);
}

#[test]
fn shells_complete_and_the_manual_has_every_command() {
    for (shell, values) in [("bash", true), ("zsh", true), ("fish", true), ("elvish", false), ("powershell", false)] {
        let script = Run::of(program().args(["completions", shell])).ok();
        assert!(script.contains("render") && (script.contains("commonmark") || !values), "{shell}");
    }
    let manual = Run::of(program().arg("man")).ok();
    assert!(manual.contains(".TH attache 1"), "{}", &manual[..200]);
    for command in ["init", "new", "render", "check", "facts", "templates", "styles", "schema"] {
        assert!(manual.contains(&format!("ATTACHE {}", command.to_uppercase())), "{command}");
    }
    assert!(!manual.contains('\u{1b}'));
}

#[test]
fn a_desk_settles_what_its_findings_are_worth() {
    let desk = TemporaryDesk::sample();
    let draft = |template: &str| {
        format!("---\ntemplate: {template}\ntitle: T\ndate: 2024-08-19\n---\n\nHe came today, on 3 May 2023.\n")
    };
    desk.write("briefs/drafts/a.md", &draft("readout"));
    desk.write("briefs/drafts/b.md", &draft("backgrounder"));
    let said = |path: &str| desk.run(&["check", path]).err;
    assert!(said("briefs/drafts/a.md").contains("warning[uncited]"), "{}", said("briefs/drafts/a.md"));
    desk.write("attache.yaml", "checks:\n  uncited: error\ntemplates:\n  readout:\n    checks: { uncited: off }\n");
    assert!(!said("briefs/drafts/a.md").contains("uncited"), "{}", said("briefs/drafts/a.md"));
    assert!(said("briefs/drafts/b.md").contains("error[uncited]"), "{}", said("briefs/drafts/b.md"));
    desk.write("attache.yaml", "checks:\n  uncitd: error\n");
    assert!(
        said("attache.yaml").contains("attache.yaml:2:11: error[bad-value]: there is no rule `uncitd`"),
        "{}",
        said("attache.yaml")
    );
}

#[test]
fn wrong_keys_of_a_desk_are_told_at_their_lines() {
    let desk = TemporaryDesk::sample();
    desk.write("attache.yaml", "keys:\n  take out: [d, Delete]\n  zoom: s\n  take oot: D\n");
    let run = desk.run(&["check", "attache.yaml"]);
    assert_eq!(run.status, 1);
    for told in [
        "attache.yaml:3:9: error[bad-value]: `s` would be both `zoom` and `cycle order` in Facts",
        "attache.yaml:4:13: error[bad-value]: there is no action `take oot`",
        "did you mean `take out`?",
    ] {
        assert!(run.err.contains(told), "{}", run.err);
    }
    assert!(run.err.contains("2 errors"), "{}", run.err);
    assert!(desk.run(&["schema", "settings"]).ok().contains("Keys of the terminal"));
}

#[test]
fn fixing_touches_the_words_that_are_wrong_and_nothing_else() {
    let desk = TemporaryDesk::sample();
    let event = "# Ours.\r\ntitle: Talks   # a comment\r\ndate: 2024-08-20\r\nsources:\r\n  a: {type: web, title: A, url: 'https://a.example'}\r\nfacts:\r\n  - id: talk\r\n    text: >\r\n      They talked on Monday, 20 August\r\n      2024.\r\n    sources: a\r\n";
    let draft = "---\ntemplate: readout   # ours\ntitle: T\ndate: 2024-08-19\n---\n\n## Meeting {#meeting}\n\nThey met  on Monday, 20 August 2024 [@talks#talk].\n";
    desk.write("briefs/events/talks.yaml", event);
    desk.write("briefs/drafts/d.md", draft);
    let run = desk.run(&["check", "--fix"]);
    for line in [
        "briefs/drafts/d.md:9:14: fixed[weekday-mismatch]: write “Tuesday”\n",
        "briefs/events/talks.yaml:9:7: fixed[weekday-mismatch]: write “Tuesday”\n",
    ] {
        assert!(run.err.contains(line), "{line}\n{}", run.err);
    }
    assert!(!run.err.contains("error[weekday-mismatch]"), "{}", run.err);
    assert_eq!(run.status, 1, "what needs judgement is left: {}", run.err);
    assert_eq!(desk.read("briefs/events/talks.yaml"), event.replace("Monday", "Tuesday"));
    assert_eq!(desk.read("briefs/drafts/d.md"), draft.replace("Monday", "Tuesday"));
    let again = desk.run(&["check", "--fix"]);
    assert!(!again.err.contains("fixed["), "{}", again.err);
}
