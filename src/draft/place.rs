//! How a fact becomes a block: its sentence and its citation, in the form of its section.

use std::collections::HashMap;

use super::attribution::{self, Before, Mention, Writer};
use super::{BlockPosition, Draft};
use crate::markdown::{CitationKey, escape};
use crate::model::text::one_line;
use crate::model::{Desk, Fact, FactAt, FactKind, FactRef, Quote};
use crate::template::{Form, SectionSpec, Template};

/// A quotation of fewer words stays in its sentence, even where quotations stand by themselves.
const SHORT_QUOTE: usize = 6;

/// How dates are printed in the sentences that placing writes.
#[derive(Clone, Copy, Debug)]
pub struct Dates<'a> {
    /// The pattern, in strftime's terms.
    pub pattern: &'a str,
    /// The language (BCP 47).
    pub language: &'a str,
}

impl<'a> Dates<'a> {
    /// As the template and the draft say.
    pub fn of(desk: &'a Desk, template: &'a Template, draft: &'a Draft) -> Self {
        Self { pattern: &template.date_format, language: draft.language(template, desk.settings()) }
    }
}

/// The manner in which a fact is placed.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    /// The form of the section.
    pub form: Form,
    /// How dates print.
    pub dates: Dates<'a>,
    /// How much of the speaker is told.
    pub mention: Mention,
}

/// A fact as the Markdown of one block, without a list marker's number worked out.
///
/// Empty if the handle is not of this desk.
pub fn markdown(desk: &Desk, at: FactAt, manner: Manner<'_>) -> String {
    let Some((event, fact)) = desk.get(at) else { return String::new() };
    let Manner { form, dates, mention } = manner;
    let cite = format!("[@{}]", FactRef::new(&*event.id, &*fact.id));
    let writer = Writer::new(desk, event, fact, dates, mention);
    let stands_alone = |quote: &&Quote| {
        form == Form::Quotes && (fact.text.is_empty() || quote.words.split_whitespace().count() >= SHORT_QUOTE)
    };
    if let Some(quote) = fact.quote.as_deref().filter(stands_alone) {
        return block_quote(&writer, quote, &cite);
    }
    let sentence = match &fact.quote {
        Some(quote) if fact.text.is_empty() => writer.sentence(quote),
        _ => writer.house_sentence(),
    };
    let mut text = cited(&sentence, &cite);
    if let Some(confidence) = confidence(fact) {
        // Likelihood and confidence never share a sentence (ICD 203).
        text.push_str(&format!(" Our confidence is {}.", escape(confidence)));
    }
    match form {
        Form::Bullets | Form::Table => format!("- {text}"),
        Form::Numbered => format!("1. {text}"),
        Form::Prose | Form::Quotes | Form::Qa | Form::Sources | Form::SourceSummary => text,
    }
}

/// Whether a block of Markdown says a fact as placing does, however much of the speaker it tells.
pub fn is_as_placed(desk: &Desk, at: FactAt, form: Form, dates: Dates<'_>, block: &str) -> bool {
    let ways = || {
        let mut ways: Vec<String> =
            Mention::ALL.iter().map(|mention| markdown(desk, at, Manner { form, dates, mention: *mention })).collect();
        // Most facts tell nothing of a speaker, and so there is one way to place them.
        ways.dedup();
        ways
    };
    // To read Markdown takes far longer than to write it, and few blocks have to be read.
    if may_say(desk, at, block) && ways().iter().any(|placed| placed == block) {
        return true;
    }
    let plain = |text: &str| one_line(&crate::markdown::plain_text(text));
    let raw = plain(block);
    may_say(desk, at, &raw) && ways().iter().any(|placed| plain(placed) == raw)
}

/// Whether these words may be those of a fact as placed: nearly every block of the writer's own lacks a word that placing
/// would have put there.
pub fn may_say(desk: &Desk, at: FactAt, words: &str) -> bool {
    let Some((_, fact)) = desk.get(at) else { return false };
    let has_all = |text: &str| plain_words(text).all(|word| words.contains(word));
    has_all(&fact.text) || fact.quote.as_ref().is_some_and(|quote| has_all(&quote.words))
}

/// The words of plain letters behind the first word, which a sentence may write otherwise.
fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    let (_, behind) = text.trim_start().split_once(char::is_whitespace).unwrap_or_default();
    behind.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3)
}

/// A fact as it is placed behind what was read before.
pub(super) fn placed_behind(desk: &Desk, at: FactAt, form: Form, dates: Dates<'_>, before: &Before) -> String {
    let mention = desk.get(at).map(|(event, fact)| attribution::mention(desk, event, fact, dates, before));
    markdown(desk, at, Manner { form, dates, mention: mention.unwrap_or_default() })
}

/// What is read before a place, as far as placing this fact asks for it.
pub(super) fn before(desk: &Desk, at: FactAt, draft: &Draft, to: BlockPosition) -> Before {
    match desk.get(at) {
        Some((event, fact)) if attribution::tells_speaker(event, fact) => Before::of(draft, to),
        _ => Before::default(),
    }
}

/// A quotation that stands by itself, with who said it under it.
fn block_quote(writer: &Writer<'_>, quote: &Quote, cite: &str) -> String {
    let words = one_line(&quote.words);
    let end = if words.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    let words = escape(&format!("“{words}{end}”"));
    match writer.line(quote) {
        Some(who) => format!("> {words}\n>\n> {} {cite}", escape(&who)),
        None => format!("> {words} {cite}"),
    }
}

fn confidence(fact: &Fact) -> Option<&str> {
    let assessment = fact.assessment.as_deref().filter(|_| fact.kind == FactKind::Assessment)?;
    assessment.confidence.as_deref()
}

/// The sentence escaped for Markdown, its citation before the closing punctuation.
fn cited(sentence: &str, cite: &str) -> String {
    let body = sentence.trim_end_matches(['.', '?', '!']);
    let end = &sentence[body.len()..];
    let abbreviation = body.ends_with(|c: char| c.is_uppercase())
        && end == "."
        && body.len() >= 2
        && body[..body.len() - 1].ends_with('.');
    let changes = || escape(sentence) != format!("{}{end}", escape(body));
    if body.is_empty() || end.is_empty() || end.len() > 1 || abbreviation || changes() {
        // An ellipsis or `U.S.` stays whole, and so does `1.`, which by itself would be a list.
        return format!("{} {cite}", escape(sentence));
    }
    format!("{} {cite}{end}", escape(body))
}

/// The section's form: the template's, else what its last block looks like.
pub fn form_of(spec: Option<&SectionSpec>) -> Form {
    spec.map(|s| s.form).unwrap_or_default()
}

/// Places a fact in a section, at a place among its blocks or at the end.
///
/// `None` when the section takes no facts or is not there.
pub fn place(desk: &Desk, template: &Template, draft: &Draft, at: FactAt, to: BlockPosition) -> Option<Draft> {
    let section = draft.sections().get(to.section)?;
    let form = form_of(template.section(&section.id).filter(|_| section.known));
    if form.is_automatic() {
        return None;
    }
    let block = placed_behind(desk, at, form, Dates::of(desk, template, draft), &before(desk, at, draft, to));
    if block.is_empty() {
        return None;
    }
    draft.insert_block(to, &block)
}

/// Where each fact stands in a draft: every block that cites it.
pub fn placed(draft: &Draft) -> HashMap<FactRef, Vec<BlockPosition>> {
    let mut places: HashMap<FactRef, Vec<BlockPosition>> = HashMap::new();
    for (section, s) in draft.sections().iter().enumerate() {
        for (index, block) in s.blocks.iter().enumerate() {
            for item in block.citations.iter().flat_map(|c| &c.items) {
                if let CitationKey::Fact { event, fact } = &item.key {
                    let at = BlockPosition { section, index };
                    let of_fact = places.entry(FactRef::new(event.as_str(), fact.as_str())).or_default();
                    if of_fact.last() != Some(&at) {
                        of_fact.push(at);
                    }
                }
            }
        }
    }
    places
}

/// The facts that a draft's text cites, whatever its template.
pub fn cited_facts(text: &str) -> Vec<FactRef> {
    let items = crate::markdown::citations(text).into_iter().flat_map(|c| c.items);
    let facts = items.filter_map(|item| match item.key {
        CitationKey::Fact { event, fact } => Some(FactRef::new(event, fact)),
        CitationKey::Source(_) => None,
    });
    facts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_citation_stands_before_the_closing_punctuation() {
        for (sentence, block) in [
            ("It rained.", "It rained [@e#f]."),
            ("Did it?", "Did it [@e#f]?"),
            ("He left the U.S.", "He left the U.S. [@e#f]"),
            ("And then...", "And then.\\.. [@e#f]"),
            ("No end", "No end [@e#f]"),
            ("1.", "1\\. [@e#f]"),
            ("*Not* emphasis.", "\\*Not\\* emphasis [@e#f]."),
        ] {
            assert_eq!(cited(sentence, "[@e#f]"), block);
        }
    }

    #[test]
    fn a_section_that_writes_itself_takes_no_facts() {
        let (template, _) =
            crate::template::parse("t", "t.md", "---\nname: N\n---\n## S {#s .source-summary}\n## A {#a}\n");
        let draft = Draft::parse("## S {#s}\n\n## A {#a}\n", &template.outline());
        let event =
            crate::event_file::read("e.yaml", "title: T\ndate: 2024\nfacts: [{ id: f, text: It rained. }]\n").event;
        let desk = Desk::new(event.into_iter().map(std::sync::Arc::new).collect(), std::sync::Arc::default());
        let at = desk.facts().next().unwrap();
        assert!(place(&desk, &template, &draft, at, BlockPosition { section: 0, index: 0 }).is_none());
        assert!(place(&desk, &template, &draft, at, BlockPosition { section: 1, index: 0 }).is_some());
    }

    fn desk_of(text: &str) -> Desk {
        let yaml = format!("title: T\ndate: 2024\nfacts: [{{ id: f, text: '{text}' }}]\n");
        let event = crate::event_file::read("e.yaml", &yaml).event;
        assert!(event.is_some(), "{yaml}");
        Desk::new(event.into_iter().map(std::sync::Arc::new).collect(), std::sync::Arc::default())
    }

    proptest::proptest! {
        /// Whatever marks its words have, a fact that was placed is known again, also with its lines broken elsewhere.
        #[test]
        fn a_placed_fact_is_known_as_placed(parts in proptest::collection::vec(proptest::sample::select(vec![
            "Talks", "a*bold*b", "&amp;", "R&D", "https://example.org/some_page", "<bold>", "[noted]", "don’t", "__under__",
            "cafe\u{301}", "1.", "—", "`code`", "$5", "@somebody", "Minsk.", "(really)", "~~struck~~", "Über", "東京",
        ]), 2..9)) {
            let desk = desk_of(&parts.join(" "));
            let at = desk.facts().next().unwrap();
            let dates = Dates { pattern: "%-d %B %Y", language: "en" };
            for form in [Form::Prose, Form::Bullets, Form::Quotes] {
                let block = placed_behind(&desk, at, form, dates, &Before::default());
                proptest::prop_assert!(is_as_placed(&desk, at, form, dates, &block), "{}", block);
                let other = block.replacen(" don’t ", "\n  don’t ", 1);
                proptest::prop_assert!(is_as_placed(&desk, at, form, dates, &other), "{}", other);
                let reworded = block.replacen("Talks", "Words", 1);
                let same = reworded == block;
                proptest::prop_assert_eq!(is_as_placed(&desk, at, form, dates, &reworded), same, "{}", reworded);
            }
        }
    }
}
