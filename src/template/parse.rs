//! From the text of a template to a [`Template`].

use serde::Deserialize;

use super::attributes::{labels, rejoined};
use super::{
    Accepts, CITATIONS, CLASSES, DATE_FORMAT, Field, Form, OPTIONS, PortionMarks, Role, SectionSpec, Template,
};
use crate::finding::{Anchor, Finding};
use crate::markdown::{self, Block, BlockKind};
use crate::model::FactKind;
use crate::model::conflict;
use crate::model::date::unknown_field;
use crate::model::marking::{SCHEMES, Scheme};
use crate::model::text::nearest;
use crate::yaml::shape::{OneOrMany, Text};
use crate::yaml::{FrontBlock, read_loosely};

/// The front matter of a template.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct TemplateShape {
    /// The name for people.
    name: Option<Text>,
    /// What it is for, one line.
    description: Option<Text>,
    /// A CSL style id, or `none`.
    citations: Option<Text>,
    /// How dates are printed, in strftime's terms.
    date_format: Option<Text>,
    /// The language of notes made from it.
    language: Option<Text>,
    /// After how many days the information is stale, such as `7d`.
    stale_after: Option<Text>,
    /// How many words a note may have.
    max_words: Option<Text>,
    /// Whether footnotes tell the Admiralty grade of their sources.
    grades: bool,
    /// Whether each part of a note leads with its marking: `true`, `false` or a scheme.
    portion_marks: Option<Text>,
    /// The public guidance it is modelled on.
    based_on: OneOrMany<Text>,
    /// What the writer is asked for.
    fields: OneOrMany<FieldShape>,
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
struct FieldShape {
    id: Option<Text>,
    label: Option<Text>,
    required: bool,
    list: bool,
}

/// Reads a template; what is wrong costs only its part.
pub fn parse(id: &str, path: &str, text: &str) -> (Template, Vec<Finding>) {
    // What stands here is printed in notes, where nothing may steer a terminal.
    let text = &*crate::model::text::clean(text);
    let findings = conflict::findings(path, text);
    let upper = conflict::upper(text);
    let text = upper.as_deref().unwrap_or(text);
    let mut p = Parser { path, text, findings };
    let front = FrontBlock::find(text);
    let mut template = p.front_matter(front.as_ref());
    template.id = id.to_owned();
    template.path = path.to_owned();
    if template.name.is_empty() {
        template.name = id.to_owned();
    }
    let start = front.map_or(0, |f| f.block.end);
    p.body(start, &mut template);
    let Parser { mut findings, .. } = p;
    for finding in &mut findings {
        finding.place_in(text);
    }
    (template, findings)
}

struct Parser<'a> {
    path: &'a str,
    text: &'a str,
    findings: Vec<Finding>,
}

impl Parser<'_> {
    fn error(&mut self, offset: usize, message: impl Into<String>) -> &mut Finding {
        self.push(Finding::error("bad-value", self.path, Anchor::byte(offset), message))
    }

    fn push(&mut self, finding: Finding) -> &mut Finding {
        let i = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[i]
    }

    fn front_matter(&mut self, front: Option<&FrontBlock>) -> Template {
        let Some(front) = front else {
            let message = "a template begins with front matter between two lines `---`";
            self.push(Finding::error("bad-value", self.path, Anchor::File, message));
            return Template { citations: CITATIONS.into(), date_format: DATE_FORMAT.into(), ..Template::default() };
        };
        let loose = read_loosely::<TemplateShape>(&self.text[front.yaml.clone()], 2);
        for error in loose.errors {
            let anchor = error.at.map_or(Anchor::File, Anchor::At);
            self.push(Finding::error("bad-value", self.path, anchor, error.message));
        }
        for unknown in loose.unknown {
            let message = format!("unknown key `{}`", unknown.key);
            let finding = Finding::warning("unknown-key", self.path, Anchor::At(unknown.at), message);
            self.push(finding.help(unknown.help()));
        }
        let shape = loose.value;
        let text = |t: Option<Text>| t.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let nameless = shape.fields.0.iter().filter(|f| f.id.is_none()).count();
        if nameless > 0 {
            self.error(front.yaml.start, "a field needs an `id`, by which the masthead prints it");
        }
        if let Some(unknown) = shape.date_format.as_deref().and_then(unknown_field) {
            self.error(
                front.yaml.start,
                format!("date-format: `{unknown}` is not printed; known are %d %-d %m %-m %b %B %y %Y %a %A"),
            );
        }
        let mut fields: Vec<Field> = Vec::with_capacity(shape.fields.0.len());
        for f in shape.fields.0 {
            let Some(id) = text(f.id) else { continue };
            if fields.iter().any(|field| field.id == id) {
                self.error(front.yaml.start, format!("two fields have the id `{id}`; the first stays"));
                continue;
            }
            let label = text(f.label).unwrap_or_else(|| id.clone());
            fields.push(Field { label, id, required: f.required, list: f.list });
        }
        Template {
            fields,
            name: text(shape.name).unwrap_or_default(),
            description: text(shape.description).unwrap_or_default(),
            citations: text(shape.citations).unwrap_or_else(|| CITATIONS.into()),
            date_format: text(shape.date_format).unwrap_or_else(|| DATE_FORMAT.into()),
            language: text(shape.language),
            grades: shape.grades,
            stale_after: self.days(text(shape.stale_after), front.yaml.start),
            max_words: self.number(text(shape.max_words).as_deref(), "max-words", front.yaml.start),
            portion_marks: self.portion_marks(text(shape.portion_marks), front.yaml.start),
            based_on: shape.based_on.0.into_iter().filter_map(|t| text(Some(t))).collect(),
            ..Template::default()
        }
    }

    fn days(&mut self, text: Option<String>, offset: usize) -> Option<u32> {
        let text = text?;
        let days = text.strip_suffix('d').unwrap_or(&text).trim().parse().ok();
        if days.is_none() {
            self.error(offset, format!("stale-after is a number of days such as `7d`, not `{text}`"));
        }
        days
    }

    fn portion_marks(&mut self, text: Option<String>, offset: usize) -> PortionMarks {
        match text.as_deref() {
            None | Some("false") => PortionMarks::None,
            Some("true") => PortionMarks::OfTheNote,
            Some(name) => Scheme::named(name).map_or_else(
                || {
                    let known = SCHEMES.iter().map(|s| s.name).collect::<Vec<_>>().join(", ");
                    self.error(offset, format!("portion-marks is true, false or a scheme ({known}), not `{name}`"));
                    PortionMarks::None
                },
                PortionMarks::Of,
            ),
        }
    }

    fn number(&mut self, text: Option<&str>, key: &str, offset: usize) -> Option<u32> {
        let text = text?;
        let number = text.parse().ok();
        if number.is_none() {
            self.error(offset, format!("{key} is a number, not `{text}`"));
        }
        number
    }

    fn body(&mut self, start: usize, template: &mut Template) {
        let body = &self.text[start..];
        let blocks = markdown::split(body);
        let is_section =
            |b: &Block| matches!(&b.kind, BlockKind::Heading { level, id, .. } if *level > 1 || id.is_some());
        let first = blocks.iter().position(is_section).unwrap_or(blocks.len());
        // The last thematic break ends the sections, if nothing but the colophon follows it.
        let last_heading = blocks.iter().rposition(is_section);
        let rule = blocks.iter().rposition(|b| b.kind == BlockKind::Rule);
        let rule = rule.filter(|r| *r >= first && last_heading.is_none_or(|h| h < *r));
        let sections_end = rule.unwrap_or(blocks.len());
        let byte = |i: usize| blocks.get(i).map_or(body.len(), |b| b.range.start);
        template.masthead = body[..byte(first)].trim_matches('\n').to_owned();
        if let Some(rule) = rule {
            template.colophon = body[blocks[rule].range.end..].trim_matches('\n').to_owned();
        }
        for block in &blocks[first.min(sections_end)..sections_end] {
            if is_section(block) {
                let spec = self.section(start, block);
                if template.section(&spec.id).is_some() {
                    self.error(start + block.range.start, format!("two sections have the id `{}`", spec.id));
                } else {
                    template.sections.push(spec);
                }
            } else if let Some(section) = template.sections.last_mut() {
                if block.kind == BlockKind::Quote {
                    if !section.guidance.is_empty() {
                        section.guidance.push('\n');
                    }
                    section.guidance.push_str(&unquote(&body[block.range.clone()]));
                } else {
                    let message =
                        "text under a section heading is guidance only in a block quote; this is never printed";
                    let at = start + block.range.start;
                    self.push(Finding::warning("bad-value", self.path, Anchor::byte(at), message)).help =
                        Some("put `> ` before each line".into());
                }
            }
        }
        self.check_jinja(start, template);
    }

    fn section(&mut self, start: usize, block: &Block) -> SectionSpec {
        let BlockKind::Heading { level, id, classes, attributes, title, source } = &block.kind else {
            return SectionSpec::default();
        };
        let at = start + block.range.start;
        let mut spec = SectionSpec {
            id: id.clone().unwrap_or_else(|| markdown::slug(title)),
            title: self.text[start + source.start..start + source.end].trim().to_owned(),
            level: *level,
            ..SectionSpec::default()
        };
        for class in classes {
            match (Form::of_class(class), Role::of_class(class)) {
                (Some(form), _) => spec.form = form,
                (None, Some((role, form))) => (spec.role, spec.form) = (role, form),
                (None, None) if class == "required" => spec.required = true,
                (None, None) if class == "untitled" => spec.untitled = true,
                (None, None) => self.unknown_word(at, "class", &format!(".{class}"), class, CLASSES),
            }
        }
        for (key, value) in rejoined(attributes) {
            self.option(at, &mut spec, &key, &value);
        }
        if !spec.boxes.is_empty() && spec.role != Role::Recommendations {
            let message = "boxes stand under recommendations only";
            self.push(Finding::warning("bad-value", self.path, Anchor::byte(at), message)).help =
                Some("give the section the class `.recommendations`".into());
        }
        spec
    }

    fn unknown_word(&mut self, at: usize, what: &str, shown: &str, word: &str, known: &[&str]) {
        let near = nearest(word, known.iter().copied());
        self.push(Finding::warning(
            "unknown-key",
            self.path,
            Anchor::byte(at),
            format!("unknown section {what} `{shown}`"),
        ))
        .help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", known.join(", ")),
        });
    }

    fn option(&mut self, at: usize, spec: &mut SectionSpec, key: &str, value: &str) {
        match key {
            "accepts" if value == "any" => spec.accepts = Some(Accepts::Any),
            "accepts" => {
                let mut kinds = Vec::new();
                for word in value.split(',').map(str::trim).filter(|w| !w.is_empty()) {
                    match word.parse::<FactKind>() {
                        Ok(kind) => kinds.push(kind),
                        Err(message) => {
                            self.error(at, message);
                        }
                    }
                }
                spec.accepts = Some(Accepts::Kinds(kinds));
            }
            "tags" => spec.tags = value.split(',').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect(),
            "priority" => spec.priority = self.parsed(at, value),
            "use" => spec.usage = self.parsed(at, value),
            "order" => spec.order = self.parsed(at, value).unwrap_or_default(),
            "limit" => spec.limit = self.number(Some(value), key, at),
            "max-words" => spec.max_words = self.number(Some(value), key, at),
            "boxes" => spec.boxes = labels(value),
            _ => self.unknown_word(at, "option", key, key, OPTIONS),
        }
    }

    fn parsed<T: std::str::FromStr<Err = String>>(&mut self, at: usize, value: &str) -> Option<T> {
        value.parse().map_err(|message| self.error(at, message).severity).ok()
    }

    /// Masthead and colophon must compile, or no note could be made.
    fn check_jinja(&mut self, start: usize, template: &mut Template) {
        for part in [&mut template.masthead, &mut template.colophon] {
            if let Err((line, message)) = crate::note::furniture::check(part) {
                let at = start + self.text[start..].find(part.as_str()).unwrap_or_default();
                let lines = part.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
                self.error(at + lines, message);
                part.clear();
            }
        }
    }
}

/// The content of a block quote without its markers.
fn unquote(quote: &str) -> String {
    let lines = quote.lines().map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FactUse;

    #[test]
    fn controls_become_pictures_in_what_prints_and_in_what_is_told() {
        let text = "---\nname: T\n---\n# T \u{1b}[31m\n\n## A \u{9b} {#a .x\u{1}}\n> G\u{7}\n\n---\n\nEnd \u{7f}\n";
        let (template, findings) = parse("t", "templates/t.md", text);
        let all = format!("{template:?}{findings:?}");
        assert!(template.masthead.contains('␛') && !findings.is_empty());
        assert!(!all.contains(['\u{1b}', '\u{9b}', '\u{7}']) && !all.contains("\\u{"), "{all}");
    }

    #[test]
    fn the_example_is_read_in_full() {
        let text = include_str!("../../templates/uk-submission.md");
        let (template, findings) = parse("uk-submission", "templates/uk-submission.md", text);
        assert_eq!(findings, []);
        assert!(template.masthead.contains("# {{ title }}"));
        assert_eq!(template.sections.first().map(|s| s.id.as_str()), Some("issue"));
        assert_eq!(template.sections.last().map(|s| s.form), Some(Form::Sources));
        assert!(template.sections.iter().all(|s| s.form == Form::Sources || !s.guidance.is_empty()));
        assert!(template.colophon.contains("as_of"));
    }

    #[test]
    fn faults_are_told_by_place_with_the_nearest_name() {
        let text = "---\nnaem: X\nmax-words: many\n---\n# {{ title }}\n\n## A {#a .bulets accept=quote limit=x}\n> g\n\n## A {#a}\n\n---\n{{ oops\n";
        let (template, findings) = parse("t", "t.md", text);
        let told: Vec<_> = findings.iter().map(|f| (f.position().line, f.rule)).collect();
        assert_eq!(
            told,
            [
                (2, "unknown-key"),
                (2, "bad-value"),
                (7, "unknown-key"),
                (7, "unknown-key"),
                (7, "bad-value"),
                (10, "bad-value"),
                (13, "bad-value")
            ],
            "{findings:#?}"
        );
        assert_eq!(template.sections.len(), 1);
        assert_eq!(template.sections[0].guidance, "g");
    }

    #[test]
    fn grades_are_asked_for_and_a_source_summary_takes_no_facts() {
        let text = "---\nname: N\ngrades: true\n---\n## S {#s .source-summary accepts=any}\n";
        let (template, findings) = parse("t", "t.md", text);
        assert_eq!(findings, []);
        assert!(template.grades && template.sections[0].form == Form::SourceSummary && !template.sections[0].fills());
        let (template, findings) = parse("t", "t.md", &text.replace("true", "perhaps"));
        assert!(!template.grades && template.name == "N" && findings[0].rule == "bad-value", "{findings:?}");
    }

    #[test]
    fn roles_come_with_their_form_and_boxes_with_spaces() {
        let text = "---\nportion-marks: us\nfields: { id: cc, list: true }\nbased-on: Guide\n---\n# {{ title }}\n\n\
            ## Ask {#ask .recommendations .required boxes=\"Agreed,Not agreed\" limit=2}\n## Say {#say .lines .untitled use=free}\n\
            ## Why {#why .paragraphs boxes=A}\n";
        let (template, findings) = parse("t", "t.md", text);
        assert_eq!(findings.iter().map(|f| (f.position().line, f.rule)).collect::<Vec<_>>(), [(10, "bad-value")]);
        let [ask, say, why] = template.sections.as_slice() else { panic!("{template:?}") };
        assert_eq!(
            (ask.role, ask.form, ask.limit, ask.required),
            (Role::Recommendations, Form::Numbered, Some(2), true)
        );
        assert_eq!(ask.boxes, ["Agreed", "Not agreed"]);
        assert_eq!((say.role, say.form, say.is_spoken()), (Role::Lines, Form::Bullets, true));
        assert_eq!((say.untitled, say.usage), (true, Some(FactUse::Free)));
        assert!(!say.allows(FactUse::NotForUse) && why.allows(FactUse::NotForUse));
        assert_eq!((why.role, why.form), (Role::Paragraphs, Form::Prose));
        assert_eq!(template.portion_marks, PortionMarks::Of(Scheme::named("us").unwrap()));
        assert!(template.fields[0].list);
        assert_eq!(template.based_on, ["Guide"]);
        let (template, findings) = parse("t", "t.md", "---\nportion-marks: nato\n---\n");
        assert_eq!((template.portion_marks, findings.len()), (PortionMarks::None, 1));
    }

    #[test]
    fn masthead_and_colophon_are_the_ends() {
        let text = "---\nname: N\n---\n**To:** {{ to }}\n\n# {{ title }}\n\n## S\n\n---\nend\n";
        let (template, findings) = parse("t", "t.md", text);
        assert_eq!(findings, []);
        assert_eq!(template.masthead, "**To:** {{ to }}\n\n# {{ title }}");
        assert_eq!(template.sections[0].id, "s");
        assert_eq!(template.colophon, "end");
    }
}
