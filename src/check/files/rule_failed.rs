//! `rule-failed`: a rule that broke off.

use crate::check::Rule;

pub(in crate::check) const RULE: Rule = Rule {
    id: "rule-failed",
    what: "a rule that broke off, so that it may have missed something",
    why: "It is a fault of the program, not of the desk. The other rules have spoken all the same.",
    bad: "any file that makes a rule fail",
    good: "the same file once the fault is mended: please report it",
    ..Rule::BASE
};
