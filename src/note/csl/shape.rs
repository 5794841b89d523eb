//! A style cut down to what one sort of citation can reach.
//!
//! Hayagriva asks every condition of a style anew at each level of nesting, and looks every macro up
//! by name among all of them; in the Chicago styles that is nine tenths of its work. But of most
//! conditions the answer is known beforehand: the type of source, whether it was cited before, the
//! sort of place. So each combination that occurs gets a style of its own, without the branches that
//! it cannot take and the macros that it cannot call.

use std::collections::HashSet;
use std::sync::Arc;

use hayagriva::citationberg::taxonomy::{Kind, Locator, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, Citation, CslMacro, Display, ElseBranch, Group, IndependentStyle, Layout,
    LayoutRenderingElement as Element, LongShortForm, NamesChild, SortKey, TestPosition, Text, TextTarget,
};

use super::super::inline;
use super::super::item::Entry;
use super::Standing;
use super::tree::{self, called};

/// Variables that hold the marks for what is filled in later. A mark must be a variable, since a group
/// prints only if one of its variables has a value. No style that comes with the program prints these three.
const FIRST_NOTE: StandardVariable = StandardVariable::CitationKey;
const CITATION_NUMBER: StandardVariable = StandardVariable::License;
const YEAR_SUFFIX: StandardVariable = StandardVariable::Division;

/// The marks and the variables that hold them.
pub(super) const MARKS: [(StandardVariable, char); 3] =
    [(FIRST_NOTE, inline::FIRST_NOTE), (CITATION_NUMBER, inline::CITATION_NUMBER), (YEAR_SUFFIX, inline::YEAR_SUFFIX)];

/// What is known of a citation before it is formatted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    /// The variables that the source has, in the order of their names.
    pub variables: Arc<[String]>,
    /// The type of the source; `None` for a source whose type CSL does not know.
    pub kind: Option<Kind>,
    /// How it stands to earlier citations; `None` in a bibliography, where position tests are false.
    pub standing: Option<Standing>,
    /// The sort of place that it points at.
    pub locator: Option<Locator>,
    /// Whether a letter tells it apart from another work of the same author and year.
    pub year_suffix: bool,
    /// Whether it is formatted together with the note's other citations, which then decide on letters,
    /// numbers and positions.
    pub together: bool,
}

/// What a test comes to: known, or known only at the time of formatting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    True,
    False,
    Open,
}

impl From<bool> for Verdict {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}

impl Shape {
    /// What is known of a source outside any citation, as a bibliography has it.
    pub(super) fn of(entry: &Entry) -> Self {
        let variables = Arc::clone(&entry.present);
        Self { variables, kind: entry.kind, standing: None, locator: None, year_suffix: false, together: false }
    }

    /// Cuts the citation part of a style down; the bibliography part goes.
    pub(super) fn citation(&self, style: &IndependentStyle) -> IndependentStyle {
        let mut cut = self.frame(style);
        cut.citation.layout.elements = self.elements(&style.citation.layout.elements);
        self.keep_macros(style, &mut cut);
        cut
    }

    /// The bibliography part of a style as the citation part of another, cut down.
    pub(super) fn listing(&self, style: &IndependentStyle) -> Option<IndependentStyle> {
        let bibliography = style.bibliography.as_ref()?;
        let mut cut = self.frame(style);
        cut.citation.sort = None;
        cut.citation.name_options = bibliography.name_options.clone();
        cut.citation.layout = bibliography.layout.clone();
        cut.citation.layout.elements = self.elements(&bibliography.layout.elements);
        if bibliography.second_field_align.is_some()
            && let Some(first) = cut.citation.layout.elements.first_mut()
        {
            set_apart(first);
        }
        in_a_group(&mut cut.citation.layout);
        self.keep_macros(style, &mut cut);
        Some(cut)
    }

    /// All of a style but its layouts and macros.
    fn frame(&self, style: &IndependentStyle) -> IndependentStyle {
        let mut citation = style.citation.clone();
        citation.layout.elements = Vec::new();
        IndependentStyle {
            info: style.info.clone(),
            default_locale: style.default_locale.clone(),
            version: style.version.clone(),
            citation,
            bibliography: None,
            settings: style.settings.clone(),
            macros: Vec::new(),
            locale: style.locale.clone(),
        }
    }

    /// Cuts down the macros that the layout reaches, and leaves the others behind.
    fn keep_macros(&self, style: &IndependentStyle, cut: &mut IndependentStyle) {
        cut.macros = reached(style, &cut.citation, |children| self.elements(children));
    }

    fn elements(&self, elements: &[Element]) -> Vec<Element> {
        let mut out = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                Element::Choose(choose) => match self.choose(choose) {
                    // A choice hands its surroundings' delimiter on, so its content can take its place.
                    Chosen::Content(content) => out.extend(content),
                    Chosen::Still(choose) => out.push(Element::Choose(choose)),
                },
                other => out.extend(self.element(other)),
            }
        }
        out
    }

    fn element(&self, element: &Element) -> Option<Element> {
        Some(match element {
            Element::Group(group) => {
                let mut group = group.clone();
                group.children = self.elements(&group.children);
                if group.children.is_empty() {
                    return None;
                }
                Element::Group(group)
            }
            Element::Names(names) => {
                let mut names = names.clone();
                for child in &mut names.children {
                    let NamesChild::Substitute(substitute) = child else { continue };
                    // The first child that prints is taken, so a choice must stay one child.
                    let children = substitute.children.iter().filter_map(|child| match child {
                        Element::Choose(choose) => Some(Element::Choose(self.pruned(choose))),
                        other => self.element(other),
                    });
                    substitute.children = children.collect();
                }
                Element::Names(names)
            }
            Element::Text(text) => return self.text(text).map(Element::Text),
            Element::Number(number) => match self.mark(number.variable.into()) {
                Some(None) => return None,
                Some(Some(mark)) => {
                    let mut text = variable(mark);
                    text.affixes = number.affixes.clone();
                    text.formatting = number.formatting;
                    text.display = number.display;
                    Element::Text(text)
                }
                None => element.clone(),
            },
            other => other.clone(),
        })
    }

    fn text(&self, text: &Text) -> Option<Text> {
        let TextTarget::Variable { var, .. } = &text.target else { return Some(text.clone()) };
        match self.mark(*var) {
            None => Some(text.clone()),
            Some(mark) => mark.map(|mark| Text { target: variable(mark).target, ..text.clone() }),
        }
    }

    /// What depends on the whole note becomes a mark that is filled in later, or nothing where it can
    /// have no value; `None` for any other variable.
    fn mark(&self, variable: Variable) -> Option<Option<StandardVariable>> {
        if self.together {
            return None;
        }
        match variable {
            Variable::Number(NumberVariable::FirstReferenceNoteNumber) => Some(self.was_cited().then_some(FIRST_NOTE)),
            Variable::Number(NumberVariable::CitationNumber) => Some(Some(CITATION_NUMBER)),
            Variable::Standard(StandardVariable::YearSuffix) => Some(self.year_suffix.then_some(YEAR_SUFFIX)),
            _ => None,
        }
    }

    fn choose(&self, choose: &Choose) -> Chosen {
        let pruned = self.branches(choose);
        match pruned {
            (branches, otherwise) if branches.is_empty() => Chosen::Content(otherwise.unwrap_or_default()),
            (mut branches, otherwise) => {
                let if_ = branches.remove(0);
                let otherwise = otherwise.map(|children| ElseBranch { children });
                Chosen::Still(Choose { if_, else_if: branches, otherwise })
            }
        }
    }

    /// A choice with what it cannot take gone, but still a choice.
    fn pruned(&self, choose: &Choose) -> Choose {
        match self.choose(choose) {
            Chosen::Still(choose) => choose,
            Chosen::Content(children) => {
                let mut if_ = choose.if_.clone();
                if_.children.clear();
                (if_.disambiguate, if_.is_numeric, if_.is_uncertain_date, if_.locator) = (None, None, None, None);
                (if_.position, if_.type_, if_.variable, if_.match_) = (None, None, None, ChooseMatch::Any);
                // No test at all under `any` never holds, so that the other branch is taken.
                Choose { if_, else_if: Vec::new(), otherwise: Some(ElseBranch { children }) }
            }
        }
    }

    /// The branches that may be taken, up to the first that surely is, which is the second part.
    fn branches(&self, choose: &Choose) -> (Vec<ChooseBranch>, Option<Vec<Element>>) {
        let mut open = Vec::new();
        for branch in choose.branches() {
            match self.verdict(branch) {
                Verdict::False => {}
                Verdict::True => return (open, Some(self.elements(&branch.children))),
                Verdict::Open => {
                    let mut branch = branch.clone();
                    branch.children = self.elements(&branch.children);
                    open.push(branch);
                }
            }
        }
        (open, choose.otherwise.as_ref().map(|other| self.elements(&other.children)))
    }

    fn verdict(&self, branch: &ChooseBranch) -> Verdict {
        let tests = self.tests(branch);
        let has = |verdict| tests.contains(&verdict);
        match branch.match_ {
            ChooseMatch::All if has(Verdict::False) => Verdict::False,
            ChooseMatch::Any if has(Verdict::True) => Verdict::True,
            ChooseMatch::None if has(Verdict::True) => Verdict::False,
            _ if has(Verdict::Open) => Verdict::Open,
            ChooseMatch::All | ChooseMatch::None => Verdict::True,
            ChooseMatch::Any => Verdict::False,
        }
    }

    fn tests(&self, branch: &ChooseBranch) -> Vec<Verdict> {
        let mut tests = Vec::new();
        if branch.disambiguate.is_some() {
            // Each form is made alone, so there is nothing to be confused with.
            tests.push(if self.together { Verdict::Open } else { (branch.disambiguate == Some(false)).into() });
        }
        tests.extend(branch.is_numeric.iter().flatten().map(|variable| match variable {
            Variable::Number(NumberVariable::CitationNumber) => Verdict::True,
            Variable::Number(NumberVariable::FirstReferenceNoteNumber) if !self.together => self.was_cited().into(),
            _ => Verdict::Open,
        }));
        tests.extend(branch.is_uncertain_date.iter().flatten().map(|_| Verdict::Open));
        tests.extend(branch.locator.iter().flatten().map(|kind| Verdict::from(self.locator == Some(*kind))));
        tests.extend(branch.position.iter().flatten().map(|position| match self.together {
            true => Verdict::Open,
            false => self.stands(*position).into(),
        }));
        tests.extend(branch.type_.iter().flatten().map(|kind| Verdict::from(self.kind == Some(*kind))));
        tests.extend(branch.variable.iter().flatten().map(|variable| match variable {
            Variable::Number(NumberVariable::Locator) => Verdict::from(self.locator.is_some()),
            Variable::Number(NumberVariable::CitationNumber) => Verdict::True,
            Variable::Number(NumberVariable::FirstReferenceNoteNumber)
            | Variable::Standard(StandardVariable::YearSuffix)
                if self.together =>
            {
                Verdict::Open
            }
            Variable::Number(NumberVariable::FirstReferenceNoteNumber) => self.was_cited().into(),
            Variable::Standard(StandardVariable::YearSuffix) => self.year_suffix.into(),
            Variable::Number(NumberVariable::PageFirst) => self.has("page").into(),
            // Hayagriva takes a variable that stood in for a missing author for gone, even in tests;
            // CSL says that it only is not printed again. So the answer is given here.
            other => self.has(&other.to_string()).into(),
        }));
        tests
    }

    fn has(&self, variable: &str) -> bool {
        self.variables.binary_search_by(|own| own.as_str().cmp(variable)).is_ok()
    }

    fn was_cited(&self) -> bool {
        self.standing.is_some_and(|standing| standing != Standing::First)
    }

    fn stands(&self, position: TestPosition) -> bool {
        let Some(standing) = self.standing else { return false };
        match position {
            TestPosition::First => standing == Standing::First,
            TestPosition::Subsequent => standing != Standing::First,
            TestPosition::Ibid => matches!(standing, Standing::Same | Standing::SameElsewhere),
            TestPosition::IbidWithLocator => standing == Standing::SameElsewhere,
            TestPosition::NearNote => !matches!(standing, Standing::First | Standing::Later),
        }
    }
}

/// A style without the macros that its citations cannot reach: looking one up takes time for each.
pub(super) fn reachable(style: &IndependentStyle) -> IndependentStyle {
    let macros = reached(style, &style.citation, <[Element]>::to_vec);
    IndependentStyle { macros, ..style.clone() }
}

/// The macros that citations call, directly or through others, each with its content as `cut` leaves it.
fn reached(style: &IndependentStyle, citation: &Citation, cut: impl Fn(&[Element]) -> Vec<Element>) -> Vec<CslMacro> {
    let mut wanted = HashSet::new();
    called(&citation.layout.elements, &mut wanted);
    for key in citation.sort.iter().flat_map(|sort| &sort.keys) {
        if let SortKey::MacroName { name, .. } = key {
            wanted.insert(name.clone());
        }
    }
    let mut pending: Vec<String> = wanted.iter().cloned().collect();
    let mut kept = Vec::new();
    while let Some(name) = pending.pop() {
        let Some(found) = style.macros.iter().find(|m| m.name == name) else { continue };
        let children = cut(&found.children);
        let mut next = HashSet::new();
        called(&children, &mut next);
        pending.extend(next.into_iter().filter(|name| wanted.insert(name.clone())));
        kept.push(CslMacro { name, children });
    }
    kept
}

/// What becomes of a choice.
enum Chosen {
    /// It is made.
    Content(Vec<Element>),
    /// It must still be made.
    Still(Choose),
}

fn variable(var: StandardVariable) -> Text {
    tree::text(TextTarget::Variable { var: Variable::Standard(var), form: LongShortForm::default() })
}

/// Puts what a layout prints, and what stands before and behind it, into a group: a bibliography ends its
/// entries as groups do, a citation in a way of its own.
fn in_a_group(layout: &mut Layout) {
    let group = Group {
        children: std::mem::take(&mut layout.elements),
        font_style: None,
        font_variant: None,
        font_weight: None,
        text_decoration: None,
        vertical_align: None,
        prefix: layout.prefix.take(),
        suffix: layout.suffix.take(),
        delimiter: None,
        display: None,
    };
    layout.elements = vec![Element::Group(group)];
}

/// Sets the first field of an entry in a column of its own, as `second-field-align` asks.
fn set_apart(first: &mut Element) {
    match first {
        Element::Text(text) => text.display = Some(Display::LeftMargin),
        Element::Number(number) => number.display = Some(Display::LeftMargin),
        Element::Group(group) => group.display = Some(Display::LeftMargin),
        _ => {}
    }
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
