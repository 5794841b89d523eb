//! What Brief shows of each block, worked out once for each text: a key that changes one block must
//! not cost a reading of all.

use std::collections::HashMap;
use std::sync::Arc;

use crate::draft::place::{Dates, is_as_placed, may_say};
use crate::draft::{Draft, DraftBlock};
use crate::markdown::{CitationKey, word_count};
use crate::model::{Desk, FactRef};
use crate::template::{Form, Template};

/// What a block is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockSort {
    /// A fact as placed.
    Fact,
    /// Facts in the writer's own words.
    Reworded,
    /// The writer's prose.
    Prose,
}

/// A block as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockView {
    /// Its text in one line, without markers and citations.
    pub line: String,
    /// Its words.
    pub words: usize,
    /// What it is made of.
    pub sort: BlockSort,
}

/// The blocks listed last, by the form of their section and their text.
#[derive(Clone, Debug, Default)]
pub struct BlockMemo {
    views: HashMap<Form, HashMap<Box<str>, Judged>>,
    /// How dates printed when they were listed, which tells whether a fact stands as placed.
    dates: (String, String),
    /// How often desk or dates have become others.
    changes: u64,
}

/// A block, and as of which change it was last judged what it is made of.
#[derive(Clone, Debug)]
struct Judged {
    view: Arc<BlockView>,
    as_of: u64,
}

impl BlockMemo {
    /// The desk is another: what blocks are made of is judged anew, while their words are what they were.
    pub fn judge_anew(&mut self) {
        self.changes += 1;
    }

    /// Begins a list; blocks are judged anew if dates print otherwise than in the last one.
    pub(super) fn begin(&mut self, basis: Basis<'_>) {
        let Dates { pattern, language } = Dates::of(basis.desk, basis.template, basis.draft);
        if self.dates.0 != pattern || self.dates.1 != language {
            self.judge_anew();
            self.dates = (pattern.to_owned(), language.to_owned());
        }
    }

    /// Forgets the blocks that no list shows any more.
    pub(super) fn forget_unused(&mut self) {
        for views in self.views.values_mut() {
            views.retain(|_, judged| Arc::strong_count(&judged.view) > 1);
        }
    }

    /// A block in a section of this form.
    pub(super) fn view(&mut self, basis: Basis<'_>, form: Form, block: &DraftBlock) -> Arc<BlockView> {
        let text = basis.draft.text().get(block.range.clone()).unwrap_or_default();
        let views = self.views.entry(form).or_default();
        if let Some(Judged { view, as_of }) = views.get_mut(text) {
            if std::mem::replace(as_of, self.changes) != self.changes {
                let sort = basis.sort(form, block, text, &view.line);
                if view.sort != sort {
                    *view = Arc::new(BlockView { sort, ..(**view).clone() });
                }
            }
            return Arc::clone(view);
        }
        let line = block_line(basis.draft, block);
        let sort = basis.sort(form, block, text, &line);
        let view = Arc::new(BlockView { line, words: word_count(text), sort });
        views.insert(text.into(), Judged { view: Arc::clone(&view), as_of: self.changes });
        view
    }
}

/// What a list is made from.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The facts.
    pub desk: &'a Desk,
    /// The kind of note.
    pub template: &'a Template,
    /// The text.
    pub draft: &'a Draft,
}

impl Basis<'_> {
    /// What a block is made of; its line of the list tells mostly enough.
    fn sort(self, form: Form, block: &DraftBlock, text: &str, line: &str) -> BlockSort {
        let facts = cited(block);
        let [one] = facts.as_slice() else {
            return if facts.is_empty() { BlockSort::Prose } else { BlockSort::Reworded };
        };
        let dates = Dates::of(self.desk, self.template, self.draft);
        let as_placed = |fact| may_say(self.desk, fact, line) && is_as_placed(self.desk, fact, form, dates, text);
        let same = self.desk.find(one).is_some_and(as_placed);
        if same { BlockSort::Fact } else { BlockSort::Reworded }
    }
}

/// A block as one line of a list: without its markers and citations.
fn block_line(draft: &Draft, block: &DraftBlock) -> String {
    let raw = draft.text().get(block.range.clone()).unwrap_or_default();
    let mut kept = String::with_capacity(raw.len());
    let mut at = 0;
    for citation in &block.citations {
        let start = citation.range.start.saturating_sub(block.range.start);
        let end = citation.range.end.saturating_sub(block.range.start);
        let before = raw.get(at..start).unwrap_or_default();
        kept.push_str(before.trim_end());
        at = end.max(at);
    }
    kept.push_str(raw.get(at..).unwrap_or_default());
    crate::model::text::one_line(&crate::markdown::plain_text(&kept))
}

/// The facts that a block cites, in order, each once.
pub fn cited(block: &DraftBlock) -> Vec<FactRef> {
    let mut refs = Vec::new();
    for item in block.citations.iter().flat_map(|c| &c.items) {
        if let CitationKey::Fact { event, fact } = &item.key {
            let address = FactRef::new(event.as_str(), fact.as_str());
            if !refs.contains(&address) {
                refs.push(address);
            }
        }
    }
    refs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_leaves_no_space_behind_wherever_its_line_breaks() {
        let text = "## A {#a}\n\n- Talks on the war\n  [@a#b]. Then more [@a#c], and\n  [@a#d; @a#e] the end.\n";
        let draft = Draft::parse(text, &Template::default().outline());
        let block = draft.sections().iter().flat_map(|s| &s.blocks).next().unwrap();
        assert_eq!(block_line(&draft, block), "Talks on the war. Then more, and the end.");
    }

    #[test]
    fn a_text_is_read_once_and_forgotten_with_the_last_list_that_shows_it() {
        let draft = Draft::parse("One two three.\n\nFour.\n", &[]);
        let (desk, template) = (Desk::default(), Template::default());
        let basis = Basis { desk: &desk, template: &template, draft: &draft };
        let blocks = &draft.sections()[0].blocks;
        let mut memo = BlockMemo::default();
        let first = memo.view(basis, Form::Prose, &blocks[0]);
        assert_eq!((first.line.as_str(), first.words, first.sort), ("One two three.", 3, BlockSort::Prose));
        assert!(Arc::ptr_eq(&first, &memo.view(basis, Form::Prose, &blocks[0])));
        assert!(!Arc::ptr_eq(&first, &memo.view(basis, Form::Bullets, &blocks[0])));
        memo.view(basis, Form::Prose, &blocks[1]);
        memo.forget_unused();
        assert_eq!(memo.views.values().map(HashMap::len).sum::<usize>(), 1);
    }

    #[test]
    fn another_desk_changes_what_a_block_is_made_of_and_not_its_words() {
        let draft = Draft::parse("Talks were held [@e#a].\n\nFour.\n", &[]);
        let template = Template::default();
        let blocks = &draft.sections()[0].blocks;
        let mut memo = BlockMemo::default();
        let mut look = |desk: &Desk| {
            memo.judge_anew();
            let basis = Basis { desk, template: &template, draft: &draft };
            blocks.iter().map(|block| memo.view(basis, Form::Prose, block)).collect::<Vec<_>>()
        };
        let fact = crate::model::Fact { id: "a".into(), text: "Talks were held.".into(), ..Default::default() };
        let event = crate::model::Event { id: "e".into(), facts: vec![fact], ..Default::default() };
        let full = Desk::new(vec![Arc::new(event)], Arc::default());
        let (none, some, again) = (look(&Desk::default()), look(&full), look(&full));
        assert_eq!((none[0].sort, some[0].sort), (BlockSort::Reworded, BlockSort::Fact));
        assert_eq!((&none[0].line, none[0].words), (&some[0].line, some[0].words));
        assert!(Arc::ptr_eq(&some[0], &again[0]) && Arc::ptr_eq(&none[1], &again[1]));
    }
}
