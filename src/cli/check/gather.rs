//! Every finding of a desk.

use std::path::Path;

use rayon::prelude::*;

use crate::check::{DeskFindings, DraftRequest, InUse, check_desk, check_draft, check_front_matter, check_template};
use crate::disk::{Folder, read_text};
use crate::draft::{Draft, FrontMatter};
use crate::finding::{Anchor, Finding};
use crate::model::Desk;
use crate::template::Template;
use crate::yaml::Position;

/// Every finding of the desk, places not yet worked out; of facts' infos only the number unless they are wanted.
pub(super) fn all(folder: &Folder, infos: bool) -> DeskFindings {
    let (loaded, (templates, found)) = rayon::join(|| crate::cli::load(folder), || folder.templates());
    let mut findings = loaded.findings;
    findings.extend(found);
    findings.extend(crate::app::keymap::read(&loaded.desk.settings().keys).1);
    for template in &templates {
        let text = read_text(&folder.root().join(&template.path)).unwrap_or_default();
        findings.extend(check_template(&loaded.desk, template, &text));
    }
    loaded.desk.settings().apply(None, &mut findings);
    let paths: Vec<_> = folder.drafts().into_iter().map(|entry| entry.path).collect();
    let opened: Vec<_> = paths.par_iter().map(|path| open(folder, &templates, path)).collect();
    let mut in_use = InUse::default();
    opened.iter().flatten().for_each(|opened| in_use.add(&loaded.desk, &opened.draft));
    let (of_facts, of_drafts): (_, Vec<Vec<Finding>>) = rayon::join(
        || check_desk(&loaded.desk, &in_use, infos),
        || {
            opened
                .into_par_iter()
                .map(|opened| match opened {
                    Ok(opened) => opened.findings(&loaded.desk),
                    Err(findings) => findings,
                })
                .collect()
        },
    );
    findings.extend(of_facts.findings);
    findings.extend(of_drafts.into_iter().flatten());
    // The program is about to end; to give a large desk back piece by piece would take longer than to check it.
    std::mem::forget(loaded.desk);
    DeskFindings { findings, hidden: of_facts.hidden }
}

/// Works out the places, which means to read files once more, and puts findings in the order of files and places.
pub(super) fn in_order(folder: &Folder, findings: &mut Vec<Finding>) {
    folder.locate(findings);
    findings.sort_by(|a, b| {
        a.path
            .cmp(&b.path)
            .then(a.position().cmp(&b.position()))
            .then(a.rule.cmp(b.rule))
            .then(a.message.cmp(&b.message))
    });
    findings.dedup();
}

/// A draft with its template.
struct Opened<'a> {
    path: String,
    template: &'a Template,
    draft: Draft,
}

fn open<'a>(folder: &Folder, templates: &'a [Template], path: &Path) -> Result<Opened<'a>, Vec<Finding>> {
    let relative = folder.relative(path);
    let text = read_text(path).map_err(|reason| vec![Finding::error("unreadable", &relative, Anchor::File, reason)])?;
    let front = FrontMatter::read(&text);
    let name = front.template.clone().unwrap_or_default();
    let Some(template) = templates.iter().find(|t| t.id == name) else {
        let message = if name.is_empty() {
            "the draft names no template".to_owned()
        } else {
            format!("there is no template `{name}`")
        };
        let mut finding = Finding::error("unknown-reference", &relative, template_line(&text, &front), message);
        let ids = templates.iter().map(|t| t.id.as_str()).filter(|_| !name.is_empty());
        let near = crate::model::text::nearest(&name, ids);
        finding.help = near.map(|n| format!("did you mean `{n}`?"));
        // Why no name could be read stands among what is wrong with the front matter.
        let mut findings = check_front_matter(&relative, &front, &text);
        findings.push(finding);
        return Err(findings);
    };
    Ok(Opened { path: relative, template, draft: Draft::parse(&text, &template.outline()) })
}

/// Where a draft names its template.
fn template_line(text: &str, front: &FrontMatter) -> Anchor {
    let lines = text.get(front.range.clone()).unwrap_or_default().lines().zip(1..);
    let line = lines.filter(|(line, _)| line.starts_with("template:")).map(|(_, number)| number).next();
    line.map_or(Anchor::File, |line| Anchor::At(Position { line, column: 1 }))
}

impl Opened<'_> {
    fn findings(&self, desk: &Desk) -> Vec<Finding> {
        let request = DraftRequest { desk, template: self.template, draft: &self.draft, path: &self.path };
        let mut findings = check_draft(&request);
        findings.iter_mut().for_each(|finding| finding.place_in(self.draft.text()));
        findings
    }
}
