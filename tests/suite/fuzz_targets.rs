//! What must hold of any bytes that one of the parsers is given. The fuzzer and the tests call the same functions.
//!
//! A function panics at what must not be. Bytes that are not UTF-8 are refused by `disk` before any parser sees them.

use std::sync::{Arc, LazyLock};

use attache::check::{DraftRequest, InUse, check_desk, check_draft, check_note, check_template, mend};
use attache::draft::{Draft, FrontMatter, fill};
use attache::finding::Finding;
use attache::model::Desk;
use attache::note::{Flavour, Formatter, Request, compose};
use attache::template::Template;

/// A function of this module.
pub type Target = fn(&[u8]);

/// Every function of this module, by the name of its corpus.
pub const TARGETS: &[(&str, Target)] = &[
    ("citation", citation),
    ("date", date),
    ("draft", draft),
    ("event", event),
    ("front_matter", front_matter),
    ("query", query),
    ("settings", settings),
    ("sources", sources),
    ("template", template),
];

/// A desk with a fact of every kind.
const EVENT: &str = "title: Flood
date: 2024-08-20/2024-08-23
places: [Minsk]
actors: { mao: { name: Mao Ning, role: Spokeswoman, aliases: [Mao] } }
sources:
  afp: { type: web, title: Wire, publisher: AFP, url: https://example.org/a, date: 2024-08-21, reliability: B }
facts:
  - { id: s, text: The river rose by 3 metres., sources: { source: afp, at: para 3, excerpt: rose by 3 metres } }
  - { id: q, kind: quote, words: We are concerned, speaker: mao, sources: afp }
  - { id: f, kind: figure, text: 40 houses were lost., value: 40, unit: houses, sources: afp, status: disputed }
  - { id: j, kind: assessment, text: It will rain., likelihood: likely, confidence: high, basis: [s, f] }
";
/// A template with a section of most forms.
const TEMPLATE: &str = "---
name: T
citations: chicago-notes
fields: [{ id: cleared-by, required: true }]
---
# {{ title }}

**Cleared:** {{ cleared_by }}

## Prose {#prose .required accepts=any}

## Points {#points .bullets accepts=statement}

## Asks {#asks .recommendations boxes=\"Yes|No\"}

## Words {#words .quotes accepts=quote}

## Chronology {#table .table accepts=any}

## Answers {#qa .qa}

## Sources {#sources .sources}
";

static DESK: LazyLock<Desk> = LazyLock::new(|| desk_of(EVENT).unwrap_or_default());
static OWN: LazyLock<Template> = LazyLock::new(|| attache::template::parse("t", "templates/t.md", TEMPLATE).0);
static FORMATTER: LazyLock<Formatter> = LazyLock::new(Formatter::new);

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn desk_of(text: &str) -> Option<Desk> {
    let event = attache::event_file::read("briefs/events/e.yaml", text).event?;
    Some(Desk::new(vec![Arc::new(event)], Default::default()))
}

/// What is told is text of one line, and no rule has failed.
fn told(findings: &[Finding]) {
    for finding in findings {
        assert!(finding.rule != "rule-failed", "{finding}");
        assert!(!finding.message.is_empty(), "{finding:?}");
        let shown = format!("{finding} {}", finding.help.as_deref().unwrap_or_default());
        assert!(!shown.contains(char::is_control), "{finding:?}");
    }
}

/// What is told stands in the text.
fn placed(text: &str, findings: &[Finding]) {
    let lines = text.split(['\n', '\r']).count();
    for finding in findings {
        assert!((1..=lines).contains(&finding.position().line), "{finding} of {lines} lines");
    }
}

/// A note, and every other text that goes out, steers no terminal.
fn safe(text: &str, made: &str) {
    let control = made.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert!(control.is_none(), "{control:?} in what comes of {text:?}");
}

/// Composes and checks a draft by a template; `text` is told when something is wrong.
fn compose_and_check(text: &str, desk: &Desk, template: &Template, draft: &Draft) {
    let path = "briefs/drafts/d.md";
    let request = DraftRequest { desk, template, draft, path };
    for flavour in [Flavour::Gfm, Flavour::CommonMark, Flavour::Pandoc, Flavour::Plain] {
        let note = compose(&Request { desk, template, draft, path, style: None, flavour }, &FORMATTER);
        safe(text, &note.text);
        told(&note.findings);
        if flavour == Flavour::Gfm {
            told(&check_note(&request, &note));
        }
    }
    let findings = check_draft(&request);
    told(&findings);
    let edits: Vec<_> = findings.iter().filter_map(|f| f.fixes.first()).map(|fix| &fix.edit).collect();
    mend(draft.text(), &edits);
}

/// An event file is read or refused with words at a place; what is read can be checked, filled in and printed.
pub fn event(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let reading = attache::event_file::read("briefs/events/e.yaml", text);
    told(&reading.findings);
    placed(text, &reading.findings);
    let Some(event) = reading.event else {
        assert!(!reading.findings.is_empty(), "{text:?} is refused in silence");
        return;
    };
    let desk = Desk::new(vec![Arc::new(event)], Default::default());
    let mut found = check_desk(&desk, &InUse::default(), true).findings;
    attache::event_file::locate(text, &mut found);
    told(&found);
    placed(text, &found);
    let facts: Vec<_> = desk.facts().take(40).collect();
    let empty = Draft::parse("---\ntemplate: t\ntitle: T\ncleared-by: X\n---\n", &OWN.outline());
    let filled = fill(&desk, &OWN, &empty, &facts);
    compose_and_check(text, &desk, &OWN, &filled.draft);
}

/// A draft keeps its bytes, its parts lie in it, and it can be filled, checked and printed.
pub fn draft(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let draft = Draft::parse(text, &OWN.outline());
    assert_eq!(draft.text(), text);
    let mut before = draft.front().range.end;
    for section in draft.sections() {
        for block in &section.blocks {
            assert!(block.range.start >= before && text.get(block.range.clone()).is_some(), "{:?}", block.range);
            before = block.range.end;
        }
    }
    compose_and_check(text, &DESK, &OWN, &draft);
    let facts: Vec<_> = DESK.facts().collect();
    let filled = fill(&DESK, &OWN, &draft, &facts);
    let again = fill(&DESK, &OWN, &filled.draft, &facts);
    assert_eq!(again.draft.text(), filled.draft.text(), "filling again changes {text:?}");
}

/// A template is read with what is wrong told, and prints an empty draft and a full one.
pub fn template(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (template, findings) = attache::template::parse("t", "templates/t.md", text);
    told(&findings);
    placed(text, &findings);
    told(&check_template(&DESK, &template, text));
    let facts: Vec<_> = DESK.facts().collect();
    let empty = Draft::parse("", &template.outline());
    compose_and_check(text, &DESK, &template, &empty);
    compose_and_check(text, &DESK, &template, &fill(&DESK, &template, &empty, &facts).draft);
}

/// A citation lies in its text, and printed it reads as the same; other readers of Markdown take the text too.
pub fn citation(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut before = 0;
    for citation in attache::markdown::citations(text) {
        let written = text.get(citation.range.clone()).unwrap_or_default();
        assert!(citation.range.start >= before && written.starts_with('[') && written.ends_with(']'), "{written:?}");
        before = citation.range.end;
        assert!(!citation.items.is_empty());
        for item in &citation.items {
            assert_eq!(text.get(item.range.clone()), Some(&*item.key.to_string()));
        }
        // What is said beside a key can hold half of other Markdown, which printed elsewhere means something else.
        let is_plain = |c: char| c.is_alphanumeric() || " ,.;:?!()-–/#@&%§”\\".contains(c);
        if !citation.items.iter().all(|item| item.prefix.chars().chain(item.suffix.chars()).all(is_plain)) {
            continue;
        }
        let printed = citation.to_string();
        let again = attache::markdown::citations(&printed);
        let same = |a: &attache::markdown::Citation| {
            a.items.len() == citation.items.len() && a.items.iter().zip(&citation.items).all(|(a, b)| a.same(b))
        };
        assert!(
            again.len() == 1 && again.iter().all(same),
            "{citation:?} prints as {printed:?}, which reads {again:?}"
        );
    }
    attache::markdown::word_count(text);
    let mut before = 0;
    for block in attache::markdown::split(text) {
        assert!(block.range.start >= before && text.get(block.range.clone()).is_some(), "{:?}", block.range);
        before = block.range.end;
    }
    let clean = attache::model::text::one_line(&attache::model::text::clean(text));
    assert_eq!(attache::markdown::plain_text(&attache::markdown::escape(&clean)), clean, "escaped");
}

/// A query is read or refused with words at a place; printed it reads as the same; it can be searched for.
pub fn query(bytes: &[u8]) {
    use attache::search::{Index, Query, SearchContext};
    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(Arc::new(desk_of(EVENT).unwrap_or_default())));
    let Some(text) = text(bytes) else { return };
    match Query::parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            assert_eq!(Query::parse(&printed).as_ref(), Ok(&query), "{text:?} prints as {printed:?}");
            assert!(query.extends(&query));
            INDEX.search(&query, &SearchContext::none());
        }
        Err(error) => {
            assert!(!error.message.is_empty());
            assert!((1..=text.chars().count() + 1).contains(&error.column), "{error:?} of {text:?}");
            assert!(!error.to_string().contains(char::is_control), "{error:?} of {text:?}");
        }
    }
}

/// A date prints as it was written, begins before it ends, and can be told in words.
pub fn date(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match text.parse::<attache::model::date::Edtf>() {
        Ok(date) => {
            assert_eq!(date.to_string(), text);
            assert_eq!(date.to_string().parse(), Ok(date));
            if let (Some(a), Some(b)) = (date.earliest(), date.latest()) {
                assert!(a.days_until(b) >= 0, "{text}");
            }
            assert!(date.contains(&date) || date.earliest().is_none() || date.latest().is_none(), "{text}");
            let _ = date.sort_key();
            for language in ["en", "de", "fr", "xx"] {
                safe(text, &date.format(attache::model::date::default_pattern(language), language));
            }
            safe(text, &date.column());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    // The same bytes as a pattern for dates.
    if attache::model::date::unknown_field(text).is_none()
        && let Ok(date) = "2024-08-20/2024-08-23".parse::<attache::model::date::Edtf>()
    {
        let _ = date.format(text, "en");
    }
}

/// Front matter is read loosely, and setting a key of it leaves the rest of the text alone.
pub fn front_matter(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let front = FrontMatter::read(text);
    assert!(text.get(front.range.clone()).is_some(), "{:?}", front.range);
    let draft = Draft::parse(text, &OWN.outline());
    if let Some(set) = draft.set_front_matter("title", "A: “title” #1") {
        assert_eq!(set.front().title.as_deref(), Some("A: “title” #1"), "{text:?} becomes {:?}", set.text());
        assert!(set.text().ends_with(&text[front.range.end..]), "{text:?} becomes {:?}", set.text());
    }
}

/// Settings cost no more than their own key.
pub fn settings(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (settings, findings) = attache::settings::read(text, &["t", "readout"]);
    told(&findings);
    placed(text, &findings);
    let desk = desk_of(EVENT).unwrap_or_default().with_settings(settings);
    told(&check_desk(&desk, &InUse::default(), true).findings);
}

/// Shared sources in each format: the first byte tells which. What is read can be cited.
pub fn sources(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Some(text) = text(rest) else { return };
    let path = match first {
        b'@' => "briefs/refs.bib",
        b'[' => "briefs/refs.json",
        _ => "briefs/sources.yaml",
    };
    let gathered = attache::source_file::read(path, text);
    told(&gathered.findings);
    placed(text, &gathered.findings);
    let (shared, found) = attache::source_file::merge([gathered]);
    told(&found);
    let keys: Vec<String> = shared.keys().take(20).map(|key| format!("[@{{{key}}}, p. 3]")).collect();
    let desk = Desk::new(Vec::new(), Arc::new(shared));
    let text = format!("---\ntemplate: t\ntitle: T\n---\n\n## Prose {{#prose}}\n\n{}\n", keys.join(" "));
    compose_and_check(&text, &desk, &OWN, &Draft::parse(&text, &OWN.outline()));
}
