//! Types of entries into types of CSL.

use super::entry::Entry;

/// The CSL type of an entry; `None` for a type that nobody knows.
pub(super) fn csl_type(entry: &Entry) -> Option<&'static str> {
    let subtype = entry.get("entrysubtype").unwrap_or_default().to_lowercase();
    let has_journal = entry.first(&["journaltitle", "journal"]).is_some();
    Some(match entry.kind.as_str() {
        "article" | "suppperiodical" => match subtype.as_str() {
            "newspaper" => "article-newspaper",
            "magazine" => "article-magazine",
            _ if !has_journal && entry.first(&["eprint", "eprinttype", "archiveprefix"]).is_some() => "article",
            _ => "article-journal",
        },
        "newspaper" | "newsarticle" => "article-newspaper",
        "magazine" => "article-magazine",
        "preprint" => "article",
        "review" => "review",
        "periodical" => "periodical",
        "book" | "mvbook" | "collection" | "mvcollection" | "reference" | "mvreference" | "proceedings"
        | "mvproceedings" | "manual" | "commentary" | "ebook" => "book",
        "booklet" | "pamphlet" => "pamphlet",
        "inbook" | "incollection" | "suppbook" | "suppcollection" | "bookinbook" => "chapter",
        "inreference" if subtype == "dictionary" => "entry-dictionary",
        "inreference" => "entry-encyclopedia",
        "inproceedings" | "conference" => "paper-conference",
        "report" | "techreport" => "report",
        "thesis" | "phdthesis" | "mastersthesis" | "bachelorsthesis" | "candthesis" => "thesis",
        "online" | "www" | "electronic" | "webpage" | "website" => match subtype.as_str() {
            "blog" | "blogpost" => "post-weblog",
            "forum" | "forumpost" | "post" | "tweet" | "socialmedia" => "post",
            "newspaper" => "article-newspaper",
            "magazine" => "article-magazine",
            _ => "webpage",
        },
        "misc" | "bibnote" | "document" => match subtype.as_str() {
            "newspaper" => "article-newspaper",
            "magazine" => "article-magazine",
            "podcast" | "radio" | "tv" | "broadcast" => "broadcast",
            _ => "document",
        },
        "unpublished" => {
            let talk = entry.first(&["eventtitle", "venue"]).is_some();
            if talk { "speech" } else { "manuscript" }
        }
        "patent" => "patent",
        "legislation" | "legislature" => "legislation",
        "jurisdiction" => "legal_case",
        "legal" | "treaty" => "treaty",
        "bill" => "bill",
        "hearing" => "hearing",
        "audio" | "music" => "song",
        "video" | "movie" | "film" => "motion_picture",
        "broadcast" | "podcast" => "broadcast",
        "image" | "artwork" | "photo" => "graphic",
        "map" => "map",
        "letter" => "personal_communication",
        "interview" => "interview",
        "dataset" | "data" => "dataset",
        "software" => "software",
        "standard" => "standard",
        "performance" => "performance",
        "presentation" | "speech" => "speech",
        _ => return None,
    })
}

/// Types that hold no source of their own.
pub(super) fn is_container_only(kind: &str) -> bool {
    matches!(kind, "xdata" | "set")
}

/// Every type that is known, for the nearest name.
pub(super) const KNOWN: &[&str] = &[
    "article",
    "artwork",
    "audio",
    "book",
    "bookinbook",
    "booklet",
    "collection",
    "dataset",
    "image",
    "inbook",
    "incollection",
    "inproceedings",
    "inreference",
    "interview",
    "jurisdiction",
    "legislation",
    "letter",
    "manual",
    "mastersthesis",
    "misc",
    "movie",
    "mvbook",
    "newspaper",
    "online",
    "patent",
    "performance",
    "periodical",
    "phdthesis",
    "proceedings",
    "reference",
    "report",
    "software",
    "standard",
    "techreport",
    "thesis",
    "unpublished",
    "video",
    "www",
];

/// A form of work as BibLaTeX names it, in words.
pub(super) fn genre(entry: &Entry) -> Option<String> {
    let written = entry.get("type").map(|text| super::latex::text(text, super::latex::Style::Text));
    let written = written.filter(|text| !text.is_empty());
    let words = match written.as_deref().map(str::to_lowercase).as_deref() {
        Some("phdthesis") => "PhD thesis",
        Some("mathesis" | "mastersthesis") => "Master’s thesis",
        Some("bathesis") => "Bachelor’s thesis",
        Some("candthesis") => "Candidate thesis",
        Some("techreport") => "technical report",
        Some("resreport") => "research report",
        Some("software") => "computer software",
        Some("datacd") => "data CD",
        Some("audiocd") => "audio CD",
        Some("patent") => "patent",
        Some("patentus") => "U.S. patent",
        Some("patenteu") => "European patent",
        Some("patentde") => "German patent",
        Some("patentuk") => "British patent",
        Some("patentfr") => "French patent",
        Some("patreq") => "patent request",
        Some("patrequs") => "U.S. patent request",
        Some("patreqeu") => "European patent request",
        Some(_) => return written,
        None => match entry.kind.as_str() {
            "phdthesis" => "PhD thesis",
            "mastersthesis" => "Master’s thesis",
            "bachelorsthesis" => "Bachelor’s thesis",
            _ => return None,
        },
    };
    Some(words.to_owned())
}

/// A language as BibLaTeX names it, as a BCP 47 tag; other texts stay.
pub(super) fn language(written: &str) -> String {
    let tag = match written.trim().to_lowercase().as_str() {
        "english" => "en",
        "american" | "usenglish" => "en-US",
        "british" | "ukenglish" => "en-GB",
        "canadian" => "en-CA",
        "australian" => "en-AU",
        "newzealand" => "en-NZ",
        "german" | "ngerman" => "de-DE",
        "austrian" | "naustrian" => "de-AT",
        "swissgerman" | "nswissgerman" => "de-CH",
        "french" | "francais" | "acadian" => "fr-FR",
        "canadien" => "fr-CA",
        "spanish" => "es-ES",
        "mexican" => "es-MX",
        "catalan" => "ca",
        "italian" => "it-IT",
        "portuguese" | "portuges" => "pt-PT",
        "brazilian" | "brazil" => "pt-BR",
        "dutch" => "nl-NL",
        "danish" => "da-DK",
        "swedish" => "sv-SE",
        "norwegian" | "norsk" => "nb-NO",
        "nynorsk" => "nn-NO",
        "finnish" => "fi-FI",
        "icelandic" => "is-IS",
        "estonian" => "et-EE",
        "latvian" => "lv-LV",
        "lithuanian" => "lt-LT",
        "polish" => "pl-PL",
        "czech" => "cs-CZ",
        "slovak" => "sk-SK",
        "slovene" | "slovenian" => "sl-SI",
        "croatian" => "hr-HR",
        "serbian" | "serbianc" => "sr",
        "hungarian" | "magyar" => "hu-HU",
        "romanian" => "ro-RO",
        "bulgarian" => "bg-BG",
        "greek" => "el-GR",
        "turkish" => "tr-TR",
        "russian" => "ru-RU",
        "ukrainian" => "uk-UA",
        "belarusian" => "be-BY",
        "arabic" => "ar",
        "persian" | "farsi" => "fa",
        "hebrew" => "he-IL",
        "hindi" => "hi",
        "chinese" | "chinese-simplified" => "zh-CN",
        "japanese" => "ja-JP",
        "korean" => "ko-KR",
        "vietnamese" => "vi-VN",
        "latin" => "la",
        _ => return written.trim().to_owned(),
    };
    tag.to_owned()
}
