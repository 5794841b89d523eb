//! Notes of many citations, beside Pandoc.

use attache::disk::Folder;
use attache::draft::Draft;
use attache::note::{Flavour, Formatter, Request, compose};

use crate::citing::{attache, for_pandoc, make, pandoc, pandoc_command, run};
use crate::keys::thousands;
use crate::report::{Table, in_turns, ours, part, peer};
use crate::sample::timed;
use crate::{Bench, forget};

/// 12, 120 and 1,200 citations in three styles.
pub(crate) fn measure(bench: &Bench) -> Table {
    let note = "`attache render` and `pandoc --citeproc` as whole processes on the same citations of generated sources of six \
                kinds, in turns. Nothing kept: neither of the desk nor of what was formatted; kept: after a run. “Composed” is the \
                library alone, without starting the program and reading the desk.";
    let mut table = Table::of_times("Notes of many citations", note);
    let pandoc = pandoc();
    for style in ["chicago-notes", "apa", "ieee"] {
        for cites in [12, 120, 1_200] {
            let made = tempfile::tempdir().unwrap();
            let root = made.path();
            make(root, cites);
            let (note, csl) = for_pandoc(root, style);
            let folder = Folder::at(root);
            let loaded = folder.load(&|_| ()).desk;
            let (templates, _) = folder.templates();
            let template = templates.iter().find(|t| t.id == "plain").unwrap();
            let text = folder.read_draft("d").unwrap().text;
            let draft = Draft::parse(&text, &template.outline());
            let flavour = Flavour::Gfm;
            let request = Request { desk: &loaded, template, draft: &draft, path: "d.md", style: Some(style), flavour };
            let kept = Formatter::new();
            compose(&request, &kept);
            let render = || timed(|| attache(root, style, &["-o", "-"]));
            let mut runners = vec![
                ours("Attaché, nothing kept", || {
                    forget(root);
                    vec![render()]
                }),
                // The run before, which found nothing kept, has left what is kept.
                ours("Attaché, kept", || vec![render()]),
            ];
            if let Some((name, _)) = &pandoc {
                let pandoc = || vec![timed(|| run(&mut pandoc_command(name, &note, &csl)))];
                runners.push(peer("pandoc", pandoc));
            }
            runners.push(part("composed, nothing kept", || vec![timed(|| compose(&request, &Formatter::new()))]));
            runners.push(part("composed again", || vec![timed(|| compose(&request, &kept))]));
            table.add(&format!("`{style}`, {} citations", thousands(cites)), &in_turns(bench.runs, runners));
        }
    }
    table
}
