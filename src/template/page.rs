//! The page that lists templates: what each is for, its fields, sections and limits.

use super::{Accepts, Field, Form, Order, PortionMarks, Role, SectionSpec, Template};

/// What stands above the list.
const HEAD: &str = "\
# Templates

*Made by `attache templates page`; edit the templates, not this page.*

Fifteen kinds of note are built into the program. A desk may add its own in `templates/`, and one of the same name takes the
place of a shipped one; `attache templates show NAME` prints one to start from. [The template format](template-format.md)
explains forms and options.

A required field or section is in **bold**. The words are the most that may stand there; “fills” says which facts `F` and
`attache new --fill` put in, and how many at most. The references are to public guidance; the templates follow its order and
limits, in words of our own.
";

/// The page, as Markdown.
pub fn page(templates: &[Template]) -> String {
    let mut out = String::from(HEAD);
    out.push_str("\n| template | what it is | words |\n| --- | --- | --- |\n");
    for t in templates {
        let words = t.max_words.map_or_else(String::new, |n| n.to_string());
        out.push_str(&format!("| [`{0}`](#{0}) | {1}: {2} | {words} |\n", t.id, cell(&t.name), cell(&t.description)));
    }
    for template in templates {
        one(template, &mut out);
    }
    out
}

fn one(template: &Template, out: &mut String) {
    out.push_str(&format!("\n## {}\n\n**{}.** {}\n\n", template.id, template.name, template.description));
    out.push_str(&format!("Fields: {}.", listed(template.fields.iter().map(field))));
    if let Some(days) = template.stale_after {
        out.push_str(&format!(" Stale after {days} {}.", if days == 1 { "day" } else { "days" }));
    }
    match template.portion_marks {
        PortionMarks::None => {}
        PortionMarks::OfTheNote => out.push_str(" Every portion is marked."),
        PortionMarks::Of(scheme) => {
            out.push_str(&format!(" Every portion is marked, in the scheme `{}`.", scheme.name));
        }
    }
    out.push_str("\n\n| section | form | words | fills |\n| --- | --- | --- | --- |\n");
    for section in &template.sections {
        let words = section.max_words.map_or_else(String::new, |n| n.to_string());
        let indent = if section.level > 2 { "↳ " } else { "" };
        let title = cell(&section.title);
        let title = if section.required { format!("**{title}**") } else { title };
        let title = if section.untitled { format!("{title} (no heading)") } else { title };
        out.push_str(&format!("| {indent}{title} | {} | {words} | {} |\n", form(section), fills(section)));
    }
    if !template.based_on.is_empty() {
        out.push_str(&format!("\nModelled on: {}.\n", template.based_on.join("; ")));
    }
    // An empty cell is one space wide everywhere.
    while out.contains("|  |") {
        *out = out.replace("|  |", "| |");
    }
}

/// Markdown with its pipes escaped.
fn cell(markdown: &str) -> String {
    markdown.replace('|', "\\|")
}

fn field(field: &Field) -> String {
    let label = if field.required { format!("**{}**", field.label) } else { field.label.clone() };
    if field.list { format!("{label} (list)") } else { label }
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { "none".to_owned() } else { items.join("; ") }
}

fn form(section: &SectionSpec) -> String {
    match (section.role, section.form) {
        (Role::Recommendations, _) if section.boxes.is_empty() => "recommendations".to_owned(),
        (Role::Recommendations, _) => format!("recommendations: ☐ {}", section.boxes.join(" ☐ ")),
        (Role::Paragraphs, _) => "numbered paragraphs".to_owned(),
        (Role::Lines, _) => "lines to take".to_owned(),
        (_, Form::Prose) => "prose".to_owned(),
        (_, Form::Bullets) => "bullets".to_owned(),
        (_, Form::Numbered) => "numbered list".to_owned(),
        (_, Form::Quotes) => "quotations".to_owned(),
        (_, Form::Table) => "chronology".to_owned(),
        (_, Form::Qa) => "questions and answers".to_owned(),
        (_, Form::Sources) => "bibliography".to_owned(),
        (_, Form::SourceSummary) => "source summary".to_owned(),
    }
}

fn fills(section: &SectionSpec) -> String {
    if !section.fills() {
        return String::new();
    }
    let kinds = match &section.accepts {
        Some(Accepts::Kinds(kinds)) => kinds.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(", "),
        Some(Accepts::Any) | None => "any".to_owned(),
    };
    let mut text = kinds;
    if !section.tags.is_empty() {
        text.push_str(&format!(" tagged {}", section.tags.join(" or ")));
    }
    if let Some(priority) = section.priority {
        text.push_str(&format!(", {priority} only"));
    }
    if let Some(usage) = section.usage {
        text.push_str(&format!(", {usage} only"));
    }
    if section.order != Order::AsPlaced {
        text.push_str(&format!(", by {}", section.order));
    }
    if let Some(limit) = section.limit {
        text.push_str(&format!(", at most {limit}"));
    }
    text
}
