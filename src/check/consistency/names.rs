//! The actors and places that the events cited in a draft know, and where a text names them.

use std::collections::hash_map::Entry as MapEntry;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::states;
use crate::check::case::DraftCase;
use crate::check::text::sentences::opens_sentence;
use crate::model::text::fold;
use crate::model::{Actor, ActorKind, Event};

/// By which of its names something is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Name,
    Alias,
    /// A part of a person's name alone: `Mao`.
    Part,
}

/// Something that has a name: an actor, as one event or several know it, or a place.
#[derive(Debug)]
pub(super) struct Named<'a> {
    /// The name to be printed.
    pub(super) name: &'a str,
    /// The actors of this name; none for a place.
    pub(super) actors: Vec<(&'a Event, &'a Actor)>,
}

impl Named<'_> {
    /// Whether it is one human being wherever it is known, and may be named.
    pub(super) fn is_person(&self) -> bool {
        !self.actors.is_empty() && self.actors.iter().all(|(_, a)| a.kind == ActorKind::Person && !a.unnamed)
    }
}

/// Where a text names something.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) range: Range<usize>,
    /// What, as [`Known::named`] has it.
    pub(super) named: usize,
    pub(super) by: By,
}

/// A spelling: its folded words from the first with a capital on, and what it stands for.
#[derive(Debug)]
struct Spelling {
    words: Vec<String>,
    named: usize,
    by: By,
}

/// What the cited events know by name.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    named: Vec<Named<'a>>,
    by_first: HashMap<String, Vec<Spelling>>,
}

/// Titles before or behind a name, and words for an office or calling, folded: English, then French,
/// German and Spanish.
const OFFICES: &str = "acting activist admiral adviser advisor ambassador analyst archbishop attorney author ayatollah bishop brigadier captain \
    cardinal chair chairman chairperson chairwoman chancellor chief colonel commander commissioner congressman congresswoman coordinator \
    correspondent counsellor crown deputy diplomat director economist emir emperor envoy executive foreign founder general governor head \
    historian imam journalist judge justice king lawmaker lawyer leader lieutenant lord major marshal mayor minister negotiator officer \
    official opposition patriarch permanent pope premier president prime prince princess professor prosecutor queen rapporteur \
    representative researcher scholar secretary senator sergeant sheikh speaker spokesman spokesperson spokeswoman sultan supreme treasurer \
    undersecretary vice \
    ministre president presidente premiere chef porte parole ambassadeur secretaire \
    prasident prasidentin ministerin kanzler kanzlerin aussenminister aussenministerin sprecher sprecherin botschafter \
    ministro ministra primer canciller portavoz secretario jefe embajador";
/// Forms of address, folded.
const ADDRESS: &str = "mr mrs ms miss dr sir dame lady madam monsieur madame m mme herr frau senor senora don dona";
/// Parts of names that are other words too, folded; at the start of a sentence they name nobody.
const ORDINARY: &str = "baker ban banks black brown bush chance cook cross day fox gates grant gray green hill hope house hunt king law \
    little long lord low major man mark may moon more new page park pope power powers price rice rich rose short singer so song stone \
    strong sun the van von white will wise wolf wood woods young";

/// A list of words, read once.
pub(super) type Words = LazyLock<HashSet<&'static str>>;

/// Whether a folded word is a title or tells an office.
pub(super) fn is_office(folded: &str) -> bool {
    static ALL: Words = LazyLock::new(|| OFFICES.split_ascii_whitespace().collect());
    ALL.contains(folded)
}

/// Whether a folded word is a form of address.
pub(super) fn is_address(folded: &str) -> bool {
    static ALL: Words = LazyLock::new(|| ADDRESS.split_ascii_whitespace().collect());
    ALL.contains(folded)
}

/// Whether a word begins with a capital, or with a letter that has no case.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

/// The words of a text as they stand, with their places; apostrophes and hyphens part them.
pub(super) fn raw_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let letter = |c: char| c.is_alphanumeric() || matches!(u32::from(c), 0x0300..=0x036f);
    text.split(move |c: char| !letter(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

impl<'a> Known<'a> {
    /// The names of the events that a draft cites.
    pub(super) fn of(case: &DraftCase<'a>) -> Self {
        let events = case.events();
        let mut known = Self::default();
        let mut by_name: HashMap<&'a str, usize> = HashMap::new();
        for (_, event) in &events {
            for actor in event.actors.values().filter(|a| !a.unnamed) {
                let index = known.take(&mut by_name, &actor.name);
                if let Some(named) = known.named.get_mut(index) {
                    named.actors.push((event, actor));
                }
            }
            let places = event.places.iter().chain(event.facts.iter().flat_map(|f| &f.places));
            for place in places {
                known.take(&mut by_name, &place.name);
            }
        }
        known.add_aliases();
        known.add_parts();
        known
    }

    pub(super) fn named(&self, index: usize) -> Option<&Named<'a>> {
        self.named.get(index)
    }

    /// Whether something has another name.
    pub(super) fn has_aliases(&self) -> bool {
        self.named.iter().any(|named| named.actors.iter().any(|(_, actor)| !actor.aliases.is_empty()))
    }

    /// The index of what has this name, which is added if it is new.
    fn take(&mut self, by_name: &mut HashMap<&'a str, usize>, name: &'a str) -> usize {
        match by_name.entry(name) {
            MapEntry::Occupied(entry) => *entry.get(),
            MapEntry::Vacant(entry) => {
                let index = *entry.insert(self.named.len());
                self.named.push(Named { name, actors: Vec::new() });
                self.spell(name, index, By::Name);
                index
            }
        }
    }

    fn spell(&mut self, name: &str, named: usize, by: By) {
        let all: Vec<(usize, &str)> = raw_words(name).collect();
        let Some(first) = all.iter().position(|(_, word)| is_capital(word)) else { return };
        let words: Vec<String> = all.iter().skip(first).map(|(_, word)| fold(word)).collect();
        let Some(key) = words.first().cloned() else { return };
        // `the President` and `al-Sisi` are no whole spellings to look for.
        if by == By::Alias && (first > 0 || words.iter().all(|word| is_office(word))) {
            return;
        }
        let spellings = self.by_first.entry(key).or_default();
        if !spellings.iter().any(|s| s.words == words && s.named == named) {
            spellings.push(Spelling { words, named, by });
        }
    }

    fn add_aliases(&mut self) {
        let aliases: Vec<(usize, &'a str)> = self.named.iter().enumerate().flat_map(aliases_of).collect();
        for (index, alias) in aliases {
            self.spell(alias, index, By::Alias);
        }
    }

    /// Parts of persons' names, as far as one person alone has them and no state or place.
    fn add_parts(&mut self) {
        let mut owners: HashMap<&'a str, Option<usize>> = HashMap::new();
        for (index, named) in self.named.iter().enumerate() {
            let names = std::iter::once(named.name).chain(aliases_of((index, named)).map(|(_, alias)| alias));
            for part in names.flat_map(raw_words).map(|(_, word)| word).filter(|word| is_capital(word)) {
                let owner = Some(index).filter(|_| named.is_person());
                owners.entry(part).and_modify(|known| *known = known.filter(|k| Some(*k) == owner)).or_insert(owner);
            }
        }
        let mut parts: Vec<(&str, usize)> =
            owners.into_iter().filter_map(|(part, owner)| Some((part, owner?))).collect();
        parts.sort_unstable();
        for (part, index) in parts {
            let folded = fold(part);
            let is_other = states::with_word(&folded).next().is_some() || is_calendar(&folded) || is_office(&folded);
            if part.chars().count() > 1 && !is_other {
                self.spell(part, index, By::Part);
            }
        }
    }

    /// Where a text names what is known, the longest name at each place.
    pub(super) fn mentions(&self, text: &str) -> Vec<Mention> {
        let all: Vec<(usize, &str)> = raw_words(text).collect();
        let mut found = Vec::new();
        let mut next = 0;
        for (i, (at, word)) in all.iter().enumerate() {
            if i < next || !is_capital(word) {
                continue;
            }
            let Some(spellings) = self.by_first.get(&fold(word)) else { continue };
            let matching = spellings.iter().filter(|s| stands(text, &all, i, &s.words));
            let Some(longest) = matching.max_by_key(|s| (s.words.len(), rank(s.by))) else { continue };
            let last = i + longest.words.len() - 1;
            if longest.by == By::Part && !is_alone(text, &all, i) {
                continue;
            }
            let end = all.get(last).map_or(*at, |(at, word)| at + word.len());
            found.push(Mention { range: *at..end, named: longest.named, by: longest.by });
            next = last + 1;
        }
        found
    }
}

/// What counts of two spellings that are equal: a name before an alias before a part.
fn rank(by: By) -> u8 {
    match by {
        By::Name => 2,
        By::Alias => 1,
        By::Part => 0,
    }
}

/// The other names of an actor, with its index.
fn aliases_of<'a>((index, named): (usize, &Named<'a>)) -> impl Iterator<Item = (usize, &'a str)> {
    let own = named.name;
    let aliases: Vec<&'a str> = named.actors.iter().flat_map(|(_, a)| a.aliases.iter().map(|alias| &**alias)).collect();
    aliases.into_iter().filter(move |alias| *alias != own).map(move |alias| (index, alias))
}

/// Whether the folded words stand in the text from word `i` on, with nothing but a space or a hyphen between.
fn stands(text: &str, all: &[(usize, &str)], i: usize, words: &[String]) -> bool {
    let matches = words.iter().zip(all.iter().skip(i)).take_while(|(word, (_, raw))| fold(raw) == **word).count();
    matches == words.len() && (i + 1..i + words.len()).all(|j| is_joined(text, all, j))
}

/// Whether word `j` follows the one before it in one name.
pub(super) fn is_joined(text: &str, all: &[(usize, &str)], j: usize) -> bool {
    let (Some((at, word)), Some((next, _))) = (j.checked_sub(1).and_then(|i| all.get(i)), all.get(j)) else {
        return false;
    };
    let gap = text.get(at + word.len()..*next).unwrap_or("\n");
    matches!(gap, " " | "-" | "‐" | "‑" | "’" | "'" | "\u{a0}" | ". " | ".")
}

/// Whether a part of a name stands by itself or behind a title, and not in the name of somebody else;
/// at the start of a sentence ordinary words do not count.
fn is_alone(text: &str, all: &[(usize, &str)], i: usize) -> bool {
    let Some((at, word)) = all.get(i) else { return false };
    let folded = fold(word);
    if opens_sentence(text, *at) && (word.chars().count() < 3 || ORDINARY.split_ascii_whitespace().any(|o| o == folded))
    {
        return word.chars().count() == 2 && !is_common_pair(&folded) && after_is_lower(all, i);
    }
    let names = |j: usize| {
        all.get(j).is_some_and(|(at, other)| {
            let folded = fold(other);
            is_capital(other)
                && !is_office(&folded)
                && !is_address(&folded)
                && !states::is_demonym(&folded)
                && states::with_word(&folded).next().is_none()
                && !opens_sentence(text, *at)
        })
    };
    let before = i.checked_sub(1).is_some_and(|j| is_joined(text, all, i) && names(j));
    let behind = is_joined(text, all, i + 1) && names(i + 1);
    !before && !behind
}

/// Words of two letters with which sentences begin.
fn is_common_pair(folded: &str) -> bool {
    matches!(
        folded,
        "ad" | "am"
            | "an"
            | "as"
            | "at"
            | "be"
            | "by"
            | "da"
            | "de"
            | "do"
            | "du"
            | "el"
            | "en"
            | "er"
            | "es"
            | "et"
            | "go"
            | "he"
            | "if"
            | "il"
            | "im"
            | "in"
            | "is"
            | "it"
            | "la"
            | "le"
            | "ma"
            | "me"
            | "my"
            | "no"
            | "of"
            | "on"
            | "or"
            | "ou"
            | "oh"
            | "so"
            | "su"
            | "to"
            | "tu"
            | "un"
            | "up"
            | "us"
            | "we"
            | "wo"
            | "ya"
            | "zu"
    )
}

/// Whether the word behind is written small, as behind a subject.
fn after_is_lower(all: &[(usize, &str)], i: usize) -> bool {
    all.get(i + 1).is_some_and(|(_, next)| next.starts_with(char::is_lowercase))
}

/// Whether a folded word is an English month or weekday.
pub(super) fn is_calendar(folded: &str) -> bool {
    const CALENDAR: &str = "january february march april may june july august september october november december \
        jan feb mar apr jun jul aug sep sept oct nov dec \
        monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun";
    static ALL: Words = LazyLock::new(|| CALENDAR.split_ascii_whitespace().collect());
    ALL.contains(folded)
}

/// The folded words of a text in one line, each with a space on both sides.
pub(super) fn folded_line(text: &str, line: &mut String) {
    if line.is_empty() {
        line.push(' ');
    }
    for part in text.split_whitespace() {
        let mut take = |c: char| {
            if c.is_alphanumeric() {
                line.push(c);
            } else if !line.ends_with(' ') {
                line.push(' ');
            }
        };
        if part.is_ascii() {
            part.chars().for_each(|c| take(c.to_ascii_lowercase()));
        } else {
            fold(part).chars().for_each(&mut take);
        }
        take(' ');
    }
    // What follows is another text: no phrase reaches into it.
    line.push_str("| ");
}
