//! What a draft's front matter says, checked: keys, dates, style, fields.

use super::DraftRequest;
use crate::draft::{FrontMatter, FrontMatterProblem};
use crate::finding::{Anchor, Finding};
use crate::model::text::nearest;
use crate::model::{Desk, Edtf};
use crate::template::Template;
use crate::yaml::{FrontBlock, Position, Step, Tree};

/// Everything that is wrong with a draft's front matter, at the value that is wrong.
pub(super) fn findings(request: &DraftRequest<'_>) -> Vec<Finding> {
    let front = request.draft.front();
    let mut found = problems(request.path, front);
    let at = |way: &[&str]| Anchor::At(place(request, way));
    for (key, date) in [("date", &front.date), ("as-of", &front.as_of)] {
        let Some(written) = date.as_deref().filter(|d| !d.trim().is_empty()) else { continue };
        if let Err(e) = written.trim().parse::<Edtf>() {
            found.push(Finding::error("bad-date", request.path, at(&[key]), e.to_string()));
        }
    }
    if let Some(style) = front.citations.as_deref().filter(|s| *s != "none")
        && let Err(near) = crate::note::find_style(style, request.desk.styles())
    {
        let message = format!("there is no citation style `{style}`; the note uses {}", crate::template::CITATIONS);
        let finding = Finding::error("bad-value", request.path, at(&["citations"]), message);
        found.push(finding.help(format!("near names: {}", near.join(", "))));
    }
    let fields = &request.template.fields;
    for field in front.fields.keys().filter(|key| !fields.iter().any(|f| f.id == **key)) {
        let message = format!("template `{}` has no field `{field}`", request.template.id);
        let mut finding = Finding::warning("unknown-key", request.path, at(&["fields", field]), message);
        let near = nearest(field, fields.iter().map(|f| f.id.as_str()));
        finding.help = near.map(|near| format!("did you mean `{near}`?"));
        found.push(finding);
    }
    found
}

/// What in it could not be read, or is known to nobody.
pub(super) fn problems(path: &str, front: &FrontMatter) -> Vec<Finding> {
    let told = |problem: &FrontMatterProblem| {
        let anchor = Anchor::At(problem.at);
        let mut finding = if problem.unknown_key {
            Finding::warning("unknown-key", path, anchor, problem.message.clone())
        } else {
            Finding::error("bad-value", path, anchor, problem.message.clone())
        };
        finding.help.clone_from(&problem.help);
        finding
    };
    front.problems.iter().map(told).collect()
}

/// What is wrong with the style that a template names; `text` is the template's file.
pub(super) fn of_template(desk: &Desk, template: &Template, text: &str) -> Option<Finding> {
    let style = template.citations.as_str();
    let near = crate::note::find_style(style, desk.styles()).err().filter(|_| style != "none")?;
    let at = FrontBlock::find(text).map_or(Position { line: 1, column: 1 }, |f| locate(&text[f.yaml], &["citations"]));
    let message = format!("there is no citation style `{style}`; notes use {}", crate::template::CITATIONS);
    let finding = Finding::error("bad-value", &template.path, Anchor::At(at), message);
    Some(finding.help(format!("near names: {}", near.join(", "))))
}

/// Where a value of the front matter stands in the draft's file.
fn place(request: &DraftRequest<'_>, way: &[&str]) -> Position {
    locate(&request.draft.text()[request.draft.front().yaml.clone()], way)
}

fn locate(yaml: &str, way: &[&str]) -> Position {
    let route: Vec<Step> = way.iter().map(|key| Step::Key((*key).into())).collect();
    let mut at = Tree::parse(yaml).map(|tree| tree.root.locate(&route)).unwrap_or(Position { line: 1, column: 1 });
    // The first line of the file is the opening fence.
    at.line += 1;
    at
}
