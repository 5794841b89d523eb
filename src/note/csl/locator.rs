//! Locators: the places in sources that citations point at.

use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::{LocatorPayload, SpecificLocator};

/// The place in a source that a citation points at.
pub(super) struct Place {
    kind: Option<Locator>,
    value: String,
}

/// The words by which writers name a kind of place.
const LABELS: &[(&str, Locator)] = &[
    ("p", Locator::Page),
    ("pp", Locator::Page),
    ("page", Locator::Page),
    ("pages", Locator::Page),
    ("para", Locator::Paragraph),
    ("paras", Locator::Paragraph),
    ("paragraph", Locator::Paragraph),
    ("paragraphs", Locator::Paragraph),
    ("¶", Locator::Paragraph),
    ("sec", Locator::Section),
    ("section", Locator::Section),
    ("sections", Locator::Section),
    ("§", Locator::Section),
    ("§§", Locator::Section),
    ("ch", Locator::Chapter),
    ("chap", Locator::Chapter),
    ("chapter", Locator::Chapter),
    ("art", Locator::ArticleLocator),
    ("article", Locator::ArticleLocator),
    ("l", Locator::Line),
    ("line", Locator::Line),
    ("lines", Locator::Line),
    ("n", Locator::Note),
    ("note", Locator::Note),
    ("fig", Locator::Figure),
    ("figure", Locator::Figure),
    ("vol", Locator::Volume),
    ("volume", Locator::Volume),
    ("pt", Locator::Part),
    ("part", Locator::Part),
    ("col", Locator::Column),
    ("column", Locator::Column),
    ("fol", Locator::Folio),
    ("r", Locator::Rule),
    ("rule", Locator::Rule),
    ("tbl", Locator::Table),
    ("table", Locator::Table),
    ("app", Locator::Appendix),
    ("appendix", Locator::Appendix),
    ("bk", Locator::Book),
    ("book", Locator::Book),
    ("v", Locator::Verse),
    ("verse", Locator::Verse),
    ("scene", Locator::Scene),
    ("act", Locator::Act),
];

impl Place {
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        let (label, value) = match text.split_once([' ', '\u{a0}']) {
            Some((label, value)) => (label, value.trim()),
            None => ("", text),
        };
        let plain = label.trim_end_matches('.').to_lowercase();
        let named = LABELS.iter().find(|(word, _)| *word == plain).map(|(_, kind)| *kind);
        if let (Some(kind), false) = (named, value.is_empty()) {
            return Self { kind: Some(kind), value: value.to_owned() };
        }
        let is_time = text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || ":-–.".contains(c));
        let is_number = text.chars().all(|c| c.is_ascii_digit() || "-–, ".contains(c));
        let kind = if is_time {
            Some(Locator::Timestamp)
        } else if is_number && !text.is_empty() {
            Some(Locator::Page)
        } else {
            None
        };
        Self { kind, value: text.to_owned() }
    }

    pub(super) fn locator(&self) -> Option<SpecificLocator<'_>> {
        self.kind.map(|kind| SpecificLocator(kind, LocatorPayload::Str(&self.value)))
    }

    /// The place without the word for its kind.
    pub(super) fn number(&self) -> &str {
        &self.value
    }

    pub(super) fn any_locator(&self) -> Option<SpecificLocator<'_>> {
        Some(SpecificLocator(self.kind.unwrap_or(Locator::Custom), LocatorPayload::Str(&self.value)))
    }

    /// A place of no kind that CSL knows, such as `caption`: it is put behind the source.
    pub(super) fn unlabelled(&self) -> Option<&str> {
        (self.kind.is_none() && !self.value.is_empty()).then_some(self.value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_by_their_words() {
        for (written, kind, value) in [
            ("para 3", Some(Locator::Paragraph), "3"),
            ("paras. 3–4", Some(Locator::Paragraph), "3–4"),
            ("p. 4", Some(Locator::Page), "4"),
            ("12", Some(Locator::Page), "12"),
            ("12:30", Some(Locator::Timestamp), "12:30"),
            ("art. 5", Some(Locator::ArticleLocator), "5"),
            ("§ 12a", Some(Locator::Section), "12a"),
            ("caption", None, "caption"),
            ("third sentence", None, "third sentence"),
        ] {
            let place = Place::read(written);
            assert_eq!((place.kind, place.value.as_str()), (kind, value), "{written}");
            assert_eq!(place.unlabelled().is_some(), kind.is_none(), "{written}");
        }
    }
}
