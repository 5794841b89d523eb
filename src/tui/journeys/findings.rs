//! Findings at the keyboard: seen, walked, mended, ignored with a reason.

use std::sync::Arc;

use super::harness::{App, DRAFT, desk, fact};
use crate::app::outline::Item;
use crate::app::regions::Size;
use crate::app::state::Mode;
use crate::finding::Edit;
use crate::model::{Desk, Event};
use crate::yaml::Step;

const FULL: Size = Size { width: 80, height: 24 };

/// The sample draft with another block in Background, item 4.
fn with_block(block: &str) -> App {
    let draft = DRAFT.replace("- Belarus joined in July [@li#sco].", block);
    let mut app = App::with(&draft, desk(), FULL);
    app.press("]");
    assert_eq!(app.state.brief.item(), Some(Item::Block(1, 0)), "{}", app.screen());
    app
}

#[test]
fn a_finding_is_told_beneath_the_pane_and_mended_by_one_key() {
    let mut app = with_block("- Belarus joined on Friday, 4 July 2024 [@li#sco].");
    app.shows("✗ 2024-07-04 is a Thursday");
    app.shows("f write “Thursday”");
    app.press("f");
    assert!(app.draft().contains("on Thursday, 4 July 2024 [@li#sco]"), "{}", app.draft());
    assert!(app.notice().contains("Done: write “Thursday”"), "{}", app.notice());
    assert!(!app.screen().contains("is a Thursday"), "{}", app.screen());
    app.press("u");
    assert!(app.draft().contains("on Friday, 4 July 2024"), "{}", app.draft());
}

#[test]
fn several_ways_are_a_menu_by_digit() {
    let mut app = with_block("- They met on Friday, 4 July 2024, and on Monday, 20 August 2024 [@li#sco; @li#visit].");
    app.press("f");
    assert!(matches!(app.state.mode, Mode::List(_)));
    app.shows("Mend what is found here");
    app.shows("1  write “Thursday”");
    app.press("2");
    assert!(app.draft().contains("on Friday, 4 July 2024, and on Tuesday, 20 August"), "{}", app.draft());
    app.press("f");
    assert!(app.draft().contains("on Thursday, 4 July 2024, and on Tuesday, 20 August"), "{}", app.draft());
}

#[test]
fn what_needs_judgement_says_so_and_nothing_is_changed() {
    let mut app = with_block("- Belarus joined in 1999 [@li#sco].");
    let before = app.draft().to_owned();
    app.press("f");
    assert!(app.notice().contains("This needs your judgement"), "{}", app.notice());
    app.press("g f");
    assert!(app.notice().contains("Nothing is found here"), "{}", app.notice());
    assert_eq!(app.draft(), before);
}

#[test]
fn a_finding_is_ignored_with_a_reason_that_stays_with_its_block() {
    let mut app = with_block("- Belarus joined in 1999 [@li#sco].");
    let before = app.draft().to_owned();
    app.press("i");
    app.shows("Ignore number-unsupported here, because:");
    app.press("Enter");
    assert!(app.notice().contains("without a reason"), "{}", app.notice());
    assert_eq!(app.draft(), before);
    app.press("i").type_in("the agency --> erred").press("Enter");
    let silenced =
        "- Belarus joined in 1999 [@li#sco]. <!-- attache: allow number-unsupported: the agency -- > erred -->";
    assert!(app.draft().contains(silenced), "{}", app.draft());
    assert_eq!(app.state.finding_count(), 0, "{:#?}", app.state.composed.findings);
    assert!(!app.state.composed.note.text.contains("erred"), "it is never printed");
    // The silence moves with its block.
    app.press("K");
    assert!(app.draft().contains("<!-- attache: allow number-unsupported"), "{}", app.draft());
    assert_eq!(app.state.finding_count(), 0, "{}", app.draft());
}

#[test]
fn headings_and_the_note_as_a_whole_have_findings_too() {
    let draft =
        DRAFT.replace("Li visits Russia [@li#visit].\n\nSeen together they matter [@li#visit; @li#sco].\n\n", "");
    let mut app = App::with(&draft, desk(), FULL);
    app.press("]");
    assert_eq!(app.state.brief.item(), Some(Item::Heading(0)));
    app.shows("✗ the section “Issue” is required and");
    app.shows("(empty) ✗");
    app.press("i").type_in("told orally").press("Enter");
    assert!(app.draft().contains("<!-- attache: allow empty-section: told orally -->\n\n## Issue"), "{}", app.draft());
    assert_eq!(app.state.finding_count(), 0, "{:#?}", app.state.composed.findings);

    let draft = DRAFT.replace("  to: Minister\n", "  from: Me\n");
    let mut app = App::with(&draft, desk(), FULL);
    app.press("] i");
    assert!(matches!(app.state.mode, Mode::List(_)), "two findings: {:#?}", app.state.composed.findings);
    app.press("1");
    assert!(app.notice().contains("about the note as a whole"), "{}", app.notice());
}

#[test]
fn what_is_wrong_with_a_cited_fact_is_found_at_its_block_and_mended_in_its_file() {
    let wrong = fact("wrong", "He left on Monday, 20 August 2024.", "2024-08-20");
    let mut event = Event::clone(&desk().events()[0]);
    event.facts.push(crate::model::Fact { index: 6, ..wrong });
    let draft = DRAFT.replace("Belarus joined in July [@li#sco]", "He left [@li#wrong]");
    let mut app = App::with(&draft, Desk::new(vec![Arc::new(event)], Arc::default()), FULL);
    app.press("]");
    app.shows("✗ 2024-08-20 is a Tuesday");
    app.press("i");
    assert!(app.notice().contains("allow: [{ rule: weekday-mismatch"), "{}", app.notice());
    app.press("f");
    let way = vec![Step::Key("facts".into()), Step::Index(6), Step::Key("text".into())];
    let edit = Edit::Value(way, "He left on Tuesday, 20 August 2024.".into());
    assert_eq!(app.mended, [("briefs/events/li.yaml".to_owned(), edit)]);
    assert!(app.notice().starts_with("Changed: "), "{}", app.notice());
    assert!(app.notice().ends_with("u takes it back. briefs/events/li.yaml"), "{}", app.notice());
}

#[test]
fn what_git_could_not_merge_is_one_finding_and_settled_by_a_digit() {
    let conflict = "<<<<<<< HEAD\n- Belarus joined in 1999 [@li#sco].\n=======\n- Belarus joined in July [@li#sco].\n>>>>>>> topic";
    let draft = DRAFT.replace("- Belarus joined in July [@li#sco].", conflict);
    for (digit, kept) in [
        ("1", "- Belarus joined in 1999 [@li#sco].\n"),
        ("2", "- Belarus joined in July [@li#sco].\n"),
        ("3", "- Belarus joined in 1999 [@li#sco].\n- Belarus joined in July [@li#sco].\n"),
    ] {
        let mut app = App::with(&draft, desk(), FULL);
        app.press("]");
        app.shows("git could not merge these lines: HEAD");
        app.press("f");
        app.shows("1  keep the upper");
        app.press(digit);
        let whole = DRAFT.replace("- Belarus joined in July [@li#sco].\n", kept);
        assert_eq!(app.draft(), whole, "{digit}");
        app.press("u");
        assert_eq!(app.draft(), draft);
    }
}
