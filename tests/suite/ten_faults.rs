//! Ten faults put by hand into a copy of the sample desk: each is found at its line and column, nothing
//! else is, and `--fix` mends those that need no judgement.

use crate::harness::TemporaryDesk;

const SUBMISSION: &str = "briefs/drafts/li-qiang-submission.md";
const EVENT: &str = "briefs/events/2024/li-qiang-ru-by-2024-08.yaml";

/// A fault: the file, what stood there, what stands there now, where in that the finding points, and its rule.
struct Fault {
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
    at: &'static str,
    rule: &'static str,
    /// What `--fix` makes of it, where no judgement is needed.
    mended: Option<&'static str>,
}

const FAULTS: &[Fault] = &[
    Fault {
        file: SUBMISSION,
        right: "stable development.”",
        wrong: "steady development.”",
        at: "Under the strategic guidance",
        rule: "quote-altered",
        mended: Some("stable development.”"),
    },
    Fault {
        file: SUBMISSION,
        right: "in Beijing on 16 May 2024",
        wrong: "in Beijing on Friday, 16 May 2024",
        at: "Friday",
        rule: "weekday-mismatch",
        mended: Some("in Beijing on Thursday, 16 May 2024"),
    },
    Fault {
        file: SUBMISSION,
        right: "as its tenth member",
        wrong: "as its eleventh member",
        at: "eleventh",
        rule: "number-unsupported",
        mended: None,
    },
    Fault {
        file: SUBMISSION,
        right: "[@li-qiang-ru-by-2024-08#launchpad]",
        wrong: "[@li-qiang-ru-by-2024-08#lanchpad]",
        at: "li-qiang-ru-by-2024-08#lanchpad",
        rule: "unknown-reference",
        mended: Some("[@li-qiang-ru-by-2024-08#launchpad]"),
    },
    Fault {
        file: SUBMISSION,
        right: "Belarusian forces began an exercise",
        wrong: "Belarusian forces will begin an exercise",
        at: "will",
        rule: "tense",
        mended: None,
    },
    Fault {
        file: SUBMISSION,
        right: "A line agreed later would",
        wrong: "A line agreed \u{200b}later would",
        at: "\u{200b}",
        rule: "hidden-characters",
        mended: Some("A line agreed later would"),
    },
    Fault {
        file: SUBMISSION,
        right: "and says it sends no lethal aid",
        wrong: "and <b>says</b> it sends no lethal aid",
        at: "<b>",
        rule: "raw-html",
        mended: None,
    },
    Fault {
        file: EVENT,
        right: "marking: TLP:CLEAR\nlanguage: en",
        wrong: "marking: TLP:CLAER\nlanguage: en",
        at: "TLP:CLAER",
        rule: "bad-tlp",
        mended: Some("marking: TLP:CLEAR\nlanguage: en"),
    },
    Fault {
        file: EVENT,
        right: "speaker: mao\n",
        wrong: "speaker: moa\n",
        at: "moa",
        rule: "unknown-reference",
        mended: Some("speaker: mao\n"),
    },
    Fault {
        file: EVENT,
        right: "    credibility: 2",
        wrong: "    credability: 2",
        at: "credability",
        rule: "unknown-key",
        mended: None,
    },
];

/// Line and column, from 1, columns in characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}

#[test]
fn ten_faults_are_found_where_they_stand_and_the_mechanical_ones_mended() {
    let desk = TemporaryDesk::sample();
    assert!(desk.run(&["check"]).err.contains("0 errors, 0 warnings"), "{}", desk.run(&["check"]).err);
    for fault in FAULTS {
        let text = desk.read(fault.file);
        assert!(text.contains(fault.right), "{} has no {:?}", fault.file, fault.right);
        desk.write(fault.file, &text.replacen(fault.right, fault.wrong, 1));
    }
    let check = desk.run(&["check"]);
    assert_eq!(check.status, 1);
    for fault in FAULTS {
        let text = desk.read(fault.file);
        // A quotation is pointed at as a whole, of which only the end was altered.
        let at = match fault.wrong.find(fault.at) {
            Some(inside) => text.find(fault.wrong).unwrap() + inside,
            None => text.find(fault.at).unwrap(),
        };
        let (line, column) = place(&text, at);
        let (file, rule) = (fault.file, fault.rule);
        let told = ["error", "warning"].map(|severity| format!("{file}:{line}:{column}: {severity}[{rule}]"));
        assert!(told.iter().any(|told| check.err.contains(told)), "no {}\n{}", told[0], check.err);
    }
    let lines = check.err.lines().filter(|l| l.starts_with("briefs/")).count();
    assert_eq!(lines, FAULTS.len(), "nothing but the ten is found\n{}", check.err);

    let fixed = desk.run(&["check", "--fix"]);
    for fault in FAULTS {
        let text = desk.read(fault.file);
        let there = fault.mended.unwrap_or(fault.wrong);
        assert!(text.contains(there), "{} {}: no {there:?}\n{}", fault.file, fault.rule, fixed.err);
    }
    // Nothing else was touched: with the faults that need judgement taken back, the desk is as it was.
    let sample = TemporaryDesk::sample();
    for file in [SUBMISSION, EVENT] {
        let mut text = desk.read(file);
        for fault in FAULTS.iter().filter(|f| f.file == file) {
            text = text.replacen(fault.mended.unwrap_or(fault.wrong), fault.right, 1);
        }
        assert_eq!(text, sample.read(file), "{file}");
    }
}
