use proptest::prelude::*;

use super::*;

const BASE: &str = "---\ntemplate: test\ntitle: Li\n---\n\n## Issue {#issue}\n\nLi visits Russia in August [@li#visit].\n\n\
## Background {#background}\n\n- Belarus joined in July [@li#sco].\n- China is neutral, it says [@li#neutral].\n- Trade grew by a quarter [@li#trade].\n\nLast words.\n";

fn both(mine: impl Fn(String) -> String, theirs: impl Fn(String) -> String) -> Merged {
    merge(BASE, &mine(BASE.to_owned()), &theirs(BASE.to_owned()))
}

#[test]
fn what_only_one_side_has_done_is_as_that_side_has_it() {
    let merged = both(
        |text| text.replace("Li visits", "Premier Li visits").replace("title: Li", "title: Li in Moscow"),
        |text| {
            text.replace("- China is neutral, it says [@li#neutral].\n", "")
                .replace("Last words.", "Last words.\n\nAnd more.")
                .replace("template: test", "template: test\ndate: 2024-08-20")
        },
    );
    let expected = BASE
        .replace("Li visits", "Premier Li visits")
        .replace("title: Li", "date: 2024-08-20\ntitle: Li in Moscow")
        .replace("- China is neutral, it says [@li#neutral].\n", "")
        .replace("Last words.", "Last words.\n\nAnd more.");
    assert_eq!(merged, Merged { text: expected, taken: 3, conflicts: 0 });
}

#[test]
fn a_block_that_one_moves_and_the_other_rewords_is_moved_and_reworded() {
    let merged = both(
        |text| text.replace("joined in July", "joined the organisation in July"),
        |text| {
            let item = "- Belarus joined in July [@li#sco].\n";
            text.replace(item, "").replace("quarter [@li#trade].\n", &format!("quarter [@li#trade].\n{item}"))
        },
    );
    let end =
        "- Trade grew by a quarter [@li#trade].\n- Belarus joined the organisation in July [@li#sco].\n\nLast words.\n";
    assert!(merged.text.ends_with(end), "{}", merged.text);
    assert_eq!((merged.taken, merged.conflicts), (1, 0));
}

#[test]
fn where_both_have_reworded_both_stand_there_under_a_mark() {
    let merged =
        both(|text| text.replace("in August", "in late August"), |text| text.replace("in August", "on 20 August"));
    let text = format!(
        "Li visits Russia in late August [@li#visit].\n\n{MARK}\nLi visits Russia on 20 August [@li#visit].\n\n## Back"
    );
    assert!(merged.text.contains(&text), "{}", merged.text);
    assert_eq!((merged.taken, merged.conflicts), (0, 1));
    let front = both(|t| t.replace("title: Li", "title: A"), |t| t.replace("title: Li", "title: B"));
    assert!(front.text.starts_with("---\ntemplate: test\ntitle: A\n# theirs: title: B\n---\n"), "{}", front.text);
}

#[test]
fn what_one_takes_out_and_the_other_changes_stays() {
    let out = |text: String| text.replace("- Trade grew by a quarter [@li#trade].\n", "");
    let changed = |text: String| text.replace("by a quarter", "by a third");
    for merged in [both(out, changed), both(changed, out)] {
        assert!(merged.text.contains("Trade grew by a third"), "{}", merged.text);
        assert_eq!(merged.conflicts, 1);
    }
}

#[test]
fn an_addition_of_both_is_one_and_two_at_one_place_are_two() {
    let add = |what: &'static str| move |text: String| text.replace("Last words.", &format!("{what}\n\nLast words."));
    let same = both(add("New."), add("New."));
    assert_eq!(same.text.matches("New.").count(), 1);
    let two = both(add("Mine."), add("Theirs."));
    assert!(two.text.contains("Theirs.\n\nMine.\n\nLast words."), "{}", two.text);
}

#[test]
fn line_ends_are_mine() {
    let merged = both(|t| t.replace("August", "July").replace('\n', "\r\n"), |t| t.replace("Last", "The last"));
    assert!(merged.text.contains("in July") && merged.text.contains("The last words.\r\n"));
    assert!(!merged.text.replace("\r\n", "").contains('\n'));
    assert_eq!(merged.conflicts, 0);
}

/// A change of a text of numbered paragraphs, at places that only this side touches.
fn changed(odd: bool, ops: &[(usize, u8)]) -> Vec<String> {
    let side = if odd { "mine" } else { "theirs" };
    let mut out = Vec::new();
    for n in 0..12_usize {
        let text = format!("Paragraph {n} tells of matter number {n} in words of its own.");
        let op = ops.iter().find(|(at, _)| at * 2 + usize::from(odd) == n).map(|(_, op)| *op);
        match op {
            Some(0) => {}
            Some(1) => out.push(text.replace("own", &format!("own, {side}"))),
            Some(2) => {
                out.push(text);
                out.push(format!("Fresh from {side} behind {n}, which nobody else has."));
            }
            _ => out.push(text),
        }
    }
    out
}

proptest! {
    #[test]
    fn one_side_alone_is_that_side_byte_for_byte(base in "([a-z#\\- \n]|\n\n|## A\n){0,60}", other in "([a-z#\\- \n]|\n\n|- b\n){0,60}") {
        prop_assert_eq!(merge(&base, &other, &base).text, other.clone());
        prop_assert_eq!(merge(&base, &base, &other).text, other.clone());
        prop_assert_eq!(merge(&base, &other, &other).text, other);
    }

    /// Whatever both do, every word of mine is there, and every word that they have added.
    #[test]
    fn no_word_is_lost(
        base in prop::collection::vec("(## )?[a-f]{1,3}( [a-f]{1,3}){0,5}", 0..8),
        mine in prop::collection::vec("(## |- )?[a-f]{1,3}( [a-f]{1,3}){0,5}", 0..8),
        theirs in prop::collection::vec("(## |- )?[g-k]{1,3}( [g-k]{1,3}){0,5}", 0..8),
        keep in 0_usize..8,
    ) {
        let theirs: Vec<String> = base.iter().take(keep).cloned().chain(theirs).collect();
        let mine: Vec<String> = mine.into_iter().chain(base.iter().skip(keep / 2).cloned()).collect();
        let [base, mine, theirs] = [base, mine, theirs].map(|parts| parts.join("\n\n") + "\n");
        let merged = merge(&base, &mine, &theirs);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<std::collections::HashSet<_>>();
        let (before, after) = (words(&base), words(&merged.text));
        for word in words(&mine).union(&words(&theirs)) {
            prop_assert!(after.contains(word) || before.contains(word), "{word} of {mine:?} {theirs:?} in {:?}", merged.text);
        }
    }

    #[test]
    fn changes_of_different_blocks_are_both_there_whoever_made_them(
        mine in prop::collection::vec((0_usize..6, 0_u8..3), 0..4), theirs in prop::collection::vec((0_usize..6, 0_u8..3), 0..4)
    ) {
        let text = |parts: Vec<String>| parts.join("\n\n") + "\n";
        let base = text(changed(true, &[]));
        let (a, b) = (text(changed(true, &mine)), text(changed(false, &theirs)));
        let (one, other) = (merge(&base, &a, &b), merge(&base, &b, &a));
        prop_assert_eq!((one.conflicts, other.conflicts), (0, 0), "{}", one.text);
        prop_assert_eq!(&one.text, &other.text);
    }
}
