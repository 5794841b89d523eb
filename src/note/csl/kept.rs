//! What a formatter has made, in a form that lasts from one run of a program to the next.

use std::collections::HashMap;
use std::sync::PoisonError;

use hayagriva::citationberg::Locale;
use serde::{Deserialize, Serialize};

use super::locale::Spoken;
use super::{Formatter, InText};

/// Everything that is kept. Forms are keyed by what they are made of, and that by the program that made them.
#[derive(Serialize, Deserialize)]
struct Kept {
    forms: Vec<(u64, String)>,
    recent: Vec<(u64, InText)>,
    /// By what was asked for: the locale's code, and it and its fall-back as JSON, since their shapes want names.
    spoken: Vec<(String, String, String)>,
}

impl Formatter {
    /// A formatter that remembers what another run of this program has kept; nothing if these bytes are none of it.
    pub fn remembering(kept: &[u8]) -> Self {
        let Ok(kept) = postcard::from_bytes::<Kept>(kept) else { return Self::new() };
        let spoken: Option<HashMap<String, Spoken>> = kept
            .spoken
            .into_iter()
            .map(|(asked, code, locales)| {
                Some((asked, Spoken::new(code, serde_json::from_str::<Vec<Locale>>(&locales).ok()?)))
            })
            .collect();
        let Some(spoken) = spoken else { return Self::new() };
        Self {
            forms: HashMap::from_iter(kept.forms).into(),
            recent: HashMap::from_iter(kept.recent).into(),
            spoken: spoken.into(),
            ..Self::new()
        }
    }

    /// What is to be kept; `None` if nothing has been made since it was remembered or last asked for.
    pub fn to_keep(&self) -> Option<Vec<u8>> {
        if !self.made.swap(false, std::sync::atomic::Ordering::Relaxed) {
            return None;
        }
        let forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        let spoken = spoken.iter().map(|(asked, spoken)| {
            let locales = serde_json::to_string(&spoken.locales).ok()?;
            Some((asked.clone(), spoken.code.0.clone(), locales))
        });
        let kept = Kept {
            forms: forms.iter().map(|(key, form)| (*key, form.clone())).collect(),
            recent: recent.iter().map(|(key, cited)| (*key, cited.clone())).collect(),
            spoken: spoken.collect::<Option<_>>()?,
        };
        postcard::to_allocvec(&kept).ok()
    }

    /// Whether it knows locales without unpacking those of all languages.
    pub fn speaks(&self) -> bool {
        !self.spoken.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    pub(super) fn made_something(&self) {
        self.made.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::csl::locale::all_locales;

    #[test]
    fn every_locale_is_kept_whole() {
        for locale in all_locales() {
            let kept = serde_json::to_string(locale).unwrap();
            assert_eq!(&serde_json::from_str::<Locale>(&kept).unwrap(), locale);
        }
    }

    #[test]
    fn what_is_none_of_it_is_remembered_as_nothing() {
        for bytes in [&b""[..], b"forms", &[255; 64]] {
            assert!(!Formatter::remembering(bytes).speaks());
        }
        assert_eq!(Formatter::new().to_keep(), None);
    }
}
