//! The rules that reading a file already applies; they are here to be listed and documented.

use crate::check::Rule;
use crate::finding::Severity;

pub(super) const UNREADABLE: Rule = Rule {
    id: "unreadable",
    what: "a file that cannot be read as what it should be",
    why: "The rest of the desk is read without it, so facts would be missing without a word.",
    bad: "title: \"Premier visits",
    good: "title: Premier visits",
    ..Rule::BASE
};

pub(super) const BAD_FACT: Rule = Rule {
    id: "bad-fact",
    what: "a fact that cannot be read, or has neither text nor words",
    why: "The fact is left out; the other facts of the file are read.",
    bad: "- id: visit\n  text: [no]",
    good: "- id: visit\n  text: Premier Li will visit Russia.",
    ..Rule::BASE
};

pub(super) const BAD_VALUE: Rule = Rule {
    id: "bad-value",
    what: "a value that its key cannot have",
    why: "A wrong kind, status or grade would let a fact pass for what it is not.",
    bad: "kind: statment",
    good: "kind: statement",
    ..Rule::BASE
};

pub(super) const BAD_DATE: Rule = Rule {
    id: "bad-date",
    what: "a date that is not of EDTF level 0 or 1",
    why: "Dates are compared and printed; a date that is only a text can be neither. The standard is the Extended \
          Date/Time Format (Library of Congress, 2019; ISO 8601-2:2019).",
    bad: "date: 20 August 2024",
    good: "date: 2024-08-20",
    ..Rule::BASE
};

pub(super) const MISSING_ID: Rule = Rule {
    id: "missing-id",
    what: "a fact without an `id`",
    why: "Drafts cite a fact by its id, so a fact without one cannot be used.",
    bad: "- text: Premier Li will visit Russia.",
    good: "- id: visit\n  text: Premier Li will visit Russia.",
    fixable: true,
    ..Rule::BASE
};

pub(super) const DUPLICATE_ID: Rule = Rule {
    id: "duplicate-id",
    what: "two events of the desk, two facts of an event, or two shared sources, with one id",
    why: "A citation would mean either. The first stays; the second is left out until it has an id of its own. Of two \
          shared sources the second is a warning: one library often holds what another has.",
    bad: "- id: visit\n  text: One.\n- id: visit\n  text: Two.",
    good: "- id: visit\n  text: One.\n- id: visit-2\n  text: Two.",
    ..Rule::BASE
};

pub(super) const UNKNOWN_KEY: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Warning,
    what: "a key that the format does not know",
    why: "A misspelt key is a value lost. Keys of your own start with `x-`.",
    bad: "speeker: mao",
    good: "speaker: mao\nx-folder: 12",
    ..Rule::BASE
};
