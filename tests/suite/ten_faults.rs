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
    /// Whether `--fix` brings the right words back.
    mended: bool,
}

const FAULTS: &[Fault] = &[
    Fault {
        file: SUBMISSION,
        right: "stable development.”",
        wrong: "steady development.”",
        at: "Under the strategic guidance",
        rule: "quote-altered",
        mended: true,
    },
    Fault {
        file: SUBMISSION,
        right: "met in Beijing on 16 May 2024",
        wrong: "met in Beijing on Friday, 16 May 2024",
        at: "Friday",
        rule: "weekday-mismatch",
        mended: false,
    },
    Fault {
        file: SUBMISSION,
        right: "as its tenth member",
        wrong: "as its eleventh member",
        at: "eleventh",
        rule: "number-unsupported",
        mended: false,
    },
    Fault {
        file: SUBMISSION,
        right: "[@li-qiang-ru-by-2024-08#launchpad]",
        wrong: "[@li-qiang-ru-by-2024-08#lanchpad]",
        at: "li-qiang-ru-by-2024-08#lanchpad",
        rule: "unknown-reference",
        mended: true,
    },
    Fault {
        file: SUBMISSION,
        right: "President Vladimir Putin and Premier Li met",
        wrong: "President Vladimir Putin and Premier Li will meet",
        at: "will",
        rule: "tense",
        mended: false,
    },
    Fault {
        file: SUBMISSION,
        right: "A line agreed later would",
        wrong: "A line agreed \u{200b}later would",
        at: "\u{200b}",
        rule: "hidden-characters",
        mended: true,
    },
    Fault {
        file: SUBMISSION,
        right: "and says it sends no lethal aid",
        wrong: "and <b>says</b> it sends no lethal aid",
        at: "<b>",
        rule: "raw-html",
        mended: false,
    },
    Fault {
        file: EVENT,
        right: "marking: TLP:CLEAR\nlanguage: en",
        wrong: "marking: TLP:CLAER\nlanguage: en",
        at: "TLP:CLAER",
        rule: "bad-tlp",
        mended: true,
    },
    Fault {
        file: EVENT,
        right: "speaker: mao\n",
        wrong: "speaker: moa\n",
        at: "moa",
        rule: "unknown-reference",
        mended: true,
    },
    Fault {
        file: EVENT,
        right: "date: 2024-08-20/2024-08-23\n",
        wrong: "date: 20 August 2024\n",
        at: "20 August 2024",
        rule: "bad-date",
        mended: false,
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
        let at = text.find(fault.wrong).unwrap() + fault.wrong.find(fault.at).unwrap_or(0);
        let at = if fault.wrong.contains(fault.at) { at } else { text.find(fault.at).unwrap() };
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
        let (there, gone) = if fault.mended { (fault.right, fault.wrong) } else { (fault.wrong, fault.right) };
        assert!(text.contains(there), "{} {}: no {there:?}\n{}", fault.file, fault.rule, fixed.err);
        assert!(!text.contains(gone) || there.contains(gone), "{}: {gone:?} is still there", fault.file);
    }
}
