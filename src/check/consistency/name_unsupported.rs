//! `name-unsupported`: a person, organisation or place that no fact cited beside it names.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::names::{self, Known, is_capital, raw_words};
use super::states;
use super::support::{PARTICLES, Support};
use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase};
use crate::check::text::sentences::{opens_sentence, sentences};
use crate::draft::FieldValue;
use crate::finding::{Finding, Severity};
use crate::markdown::{BlockKind, CitationItem};
use crate::model::text::fold;
use crate::model::{Event, Fact};

pub(super) const RULE: Rule = Rule {
    id: "name-unsupported",
    severity: Severity::Warning,
    what: "a person, organisation or place in a block that no fact the block cites names",
    why: "A name put in while rewording is a claim, and the citation beside it lends it a source that does not bear it (ICD 206). Names are the \
          actors and places of the events cited, and words with a capital inside a sentence in English, French and Spanish. A fact names \
          what stands in its texts, actors, places and sources and in its event’s title and places; an assessment what its basis names, too. A \
          country, its people and its capital stand for each other. Quotations, nationalities, offices, the note’s own title, fields and \
          headings, and blocks that cite a source without a fact are left out.",
    bad: "Premier Li and President Macron met in Beijing [@li-qiang-2024#photo-may].",
    good: "Premier Li and President Putin met in Beijing [@li-qiang-2024#photo-may].",
    draft: Some(check),
    ..Rule::BASE
};

/// Words with a capital that name nobody by themselves, folded: institutions, offices, faiths, feasts and what papers call their parts.
const GENERIC: &str = "academy accord accords act administration affairs agency agenda agreement airport alliance annex annexe appendix \
    appeal arab arabic archive army article articles assembly assessment assistant association atlantic attachment attorney authority autumn \
    availability bank basic bay bible bill board border branch bridge brief briefing brigade budget buddhist bureau business cabinet \
    campaign cape capital catholic center central centre chamber channel chapter charter christian christmas church city civil club coast \
    cold college command comment commerce commission commonwealth communication communications communist community company conference \
    congress conservative constitution constitutional convention cooperation corporation corps council country county court crown \
    customs decision declaration decree defence defense delegation democrat democratic democrats department deputy desk development \
    dialogue directorate directive district division doctrine document east easter eastern economic economy education election embassy \
    emergency enclosure energy environment executive exercise external federal federation field figure finance first fleet force forces \
    foreign forum foundation framework front fund gas gazette general global god government governments governor green group guard gulf \
    health high hill hindu his her holy home honourable house human hotel humanitarian income independent industry initiative inquiry \
    institute intelligence interior interim international internet iron islam islamic island islands jewish joint judaism junior justice \
    kingdom labour lake land law leader league legal legislature liberal library line local lower majesty majority market mayor media \
    memorandum middle military minister ministers ministries ministry minority mission monetary moslem mount muslim muslims national \
    nations natural naval navy network new news nobel north northeast northern northwest note nuclear ocean office oil olympic olympics \
    operation opposition option order organisation organization orthodox other pacific pact page pages palace panel paper paragraph \
    parliament parliamentary part parties party peace peninsula permanent plan platform police policy political port post power prayer \
    presidency president presidential press prime private programme project prosecutor protestant protocol province provincial public \
    question ramadan recommendation red reform regional registry regulation relations report republic republican republicans reserve \
    resolution response river road room royal rule satellite school sea seat second secretariat secretary section sector security \
    senate senior service services shia social socialist society south southeast southern southwest special spring staff state \
    states station statistics strait strategic strategy street summit sunni supreme tab table task team territory third times trade \
    transport treasury treaty tribunal troops trust tsar union unit united university upper valley vice video war web west western \
    white winter working works world yard zone zionist \
    i ii iii iv v vi vii viii ix x xi xii \
    l la le les de des du et un une el los las y republique ministere gouvernement parlement assemblee nationale senat commission conseil \
    cour ville nord sud est ouest pays republica ministerio gobierno congreso senado consejo tribunal norte sur este oeste";

/// A word, or a whole name, that may be unsupported.
struct Candidate<'t> {
    range: Range<usize>,
    text: &'t str,
}

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let known = Known::of(case);
    let own = own_words(case);
    for section in case.sections() {
        let mut headings = String::new();
        names::folded_line(&section.section.title, &mut headings);
        for block in section.blocks() {
            if let BlockKind::Heading { title, .. } = &block.block.kind {
                names::folded_line(title, &mut headings);
            } else {
                of_block(&block, &Context { known: &known, own: &own, headings: &headings }, found);
            }
        }
    }
}

/// What is the same for all blocks of a draft or a section.
struct Context<'c, 'a> {
    known: &'c Known<'a>,
    /// The folded words of the note's own title and fields and of its template.
    own: &'c str,
    headings: &'c str,
}

/// The folded words of the title, the fields, and the headings and labels of the template.
fn own_words(case: &DraftCase<'_>) -> String {
    let (front, template) = (case.request.draft.front(), case.request.template);
    let mut line = String::new();
    let fields = front.fields.values().flat_map(FieldValue::items);
    let labels = template.fields.iter().map(|f| f.label.as_str());
    let headings = template.sections.iter().map(|s| s.title.as_str());
    let texts = front
        .title
        .iter()
        .map(String::as_str)
        .chain(fields)
        .chain(labels)
        .chain(headings)
        .chain([template.name.as_str()]);
    texts.for_each(|text| names::folded_line(text, &mut line));
    line
}

fn of_block(case: &BlockCase<'_>, context: &Context<'_, '_>, found: &mut Vec<Finding>) {
    let facts: Vec<_> = case.facts().collect();
    let Some((first, ..)) = facts.first() else { return };
    // What a source says that is cited whole cannot be known; a key that names nothing is told elsewhere.
    if !case.is_prose() || case.is_opinion() || facts.len() != case.items().count() {
        return;
    }
    let text = case.plain();
    let candidates = candidates(text, context, reads_capitals(case, &facts));
    if candidates.is_empty() {
        return;
    }
    let support = Support::of(case, &facts, [context.own, context.headings]);
    let missing: Vec<&Candidate<'_>> = candidates.iter().filter(|c| !support.has(c.text)).collect();
    let runs: Vec<Range<usize>> =
        runs(text, &missing).into_iter().filter(|run| !support.abbreviates(text, run)).collect();
    if runs.is_empty() || case.is_as_placed() {
        return;
    }
    let mut told: HashSet<&str> = HashSet::new();
    for run in runs {
        let name = text.get(run.clone()).unwrap_or_default();
        if told.insert(name) {
            let message = format!("“{name}” is in no fact that this block cites");
            let finding = case.finding_in_prose(&RULE, run, message).on_fact(&first.key);
            found.push(finding.help("cite the fact that has it, or take the name out"));
        }
    }
}

/// Whether a capital inside a sentence tells a name: the language writes other nouns small, and the facts are in the same one.
fn reads_capitals(case: &BlockCase<'_>, facts: &[(&CitationItem, &Event, &Fact)]) -> bool {
    let primary = |language: &str| language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let note = primary(case.section.draft.language());
    matches!(note.as_str(), "en" | "fr" | "es")
        && facts.iter().all(|(_, event, _)| primary(event.language.as_deref().unwrap_or("en")) == note)
}

/// What might be a name, by place.
fn candidates<'t>(text: &'t str, context: &Context<'_, '_>, capitals: bool) -> Vec<Candidate<'t>> {
    let mut found: Vec<Candidate<'t>> = Vec::new();
    for mention in context.known.mentions(text) {
        let name = text.get(mention.range.clone()).unwrap_or_default();
        let before = found.len();
        for (at, word) in raw_words(name).filter(|(_, word)| is_capital(word) && is_name(word)) {
            let start = mention.range.start + at;
            found.push(Candidate { range: start..start + word.len(), text: word });
        }
        if found.len() == before && raw_words(name).nth(1).is_some() {
            found.push(Candidate { range: mention.range, text: name });
        }
    }
    if capitals {
        let known = found.len();
        for sentence in sentences(text).into_iter().filter(|s| !is_title_case(text.get(s.clone()).unwrap_or_default()))
        {
            let words = raw_words(text.get(sentence.clone()).unwrap_or_default());
            for (at, word) in words {
                let range = sentence.start + at..sentence.start + at + word.len();
                let is_known =
                    || found.iter().take(known).any(|c| c.range.start <= range.start && range.end <= c.range.end);
                if !in_braces(text, range.start)
                    && has_name_form(word)
                    && is_name(word)
                    && !opens_sentence(text, range.start)
                    && !is_known()
                {
                    found.push(Candidate { range, text: word });
                }
            }
        }
    }
    found.sort_by_key(|c| c.range.start);
    found
}

/// A capital, then small letters: neither an acronym nor a code.
fn has_name_form(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && word.contains(char::is_lowercase)
        && !word.contains(|c: char| c.is_numeric())
}

/// Whether a word could name somebody or some place by itself.
fn is_name(word: &str) -> bool {
    let folded = fold(word);
    word.chars().nth(1).is_some()
        && !is_generic(&folded)
        && !is_generic(folded.trim_end_matches('s'))
        && !names::is_calendar(&folded)
        && !names::is_office(&folded)
        && !names::is_office(folded.trim_end_matches('s'))
        && !names::is_address(&folded)
        && !states::is_demonym(&folded)
}

fn is_generic(folded: &str) -> bool {
    static ALL: names::Words = LazyLock::new(|| GENERIC.split_ascii_whitespace().collect());
    ALL.contains(folded)
}

/// Whether every word of a sentence but the little ones has a capital, as in a title.
fn is_title_case(sentence: &str) -> bool {
    const LITTLE: &[&str] = &["with", "from", "into", "over", "that", "upon", "than", "after", "about", "their"];
    let words = raw_words(sentence).filter(|(_, w)| w.chars().count() > 3 && w.starts_with(char::is_alphabetic));
    let words: Vec<_> = words.filter(|(_, w)| !LITTLE.contains(w)).collect();
    words.len() > 2 && words.iter().all(|(_, word)| is_capital(word))
}

/// Whether a byte stands in braces: the boxes to tick under a recommendation.
fn in_braces(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('{').is_some_and(|open| !before.get(open..).unwrap_or_default().contains('}'))
}

/// Neighbouring candidates joined to one name.
fn runs(text: &str, missing: &[&Candidate<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for candidate in missing {
        let joins = |last: &Range<usize>| {
            let gap = text.get(last.end..candidate.range.start)?;
            let word = gap.trim();
            Some(
                matches!(gap, " " | "-" | "’" | "'")
                    || (gap.starts_with(' ') && gap.ends_with(' ') && PARTICLES.contains(&word) && word != "and"),
            )
        };
        match found.last_mut() {
            Some(last) if joins(last) == Some(true) => last.end = candidate.range.end,
            _ => found.push(candidate.range.clone()),
        }
    }
    found
}
