//! Judgements: likelihood, confidence and what they rest on.

use super::*;

const JUDGED: &str = "
title: Talks
date: 2024-08-20
sources: { afp: { type: article, title: A, origin: AFP } }
facts:
  - { id: seen, text: Seen., sources: afp }
  - { id: heard, text: Heard., sources: afp }
  - { id: also, text: Also., sources: afp, relations: [corroborates: seen] }
  - { id: against, text: Against., sources: afp, relations: [contradicts: seen] }
  - { id: judge, kind: assessment, text: The visit is likely., likelihood: likely, confidence: high, basis: [seen, heard] }
  - { id: judged, kind: assessment, text: So it is., likelihood: likely, confidence: high, basis: [judge] }
";

fn judged(body: &str) -> Vec<String> {
    let mut found = of_draft_on(JUDGED, TEMPLATE, &format!("{FRONT}## Issue {{#issue}}\n\n{body}\n"));
    // That one side is told alone is another matter.
    found.retain(|f| !f.contains(" contradiction: "));
    found
}

#[test]
fn an_assessment_has_likelihood_confidence_and_a_basis() {
    for (fact, expected) in [
        ("{ id: x, kind: assessment, text: x, likelihood: likely, basis: visit }", "likelihood-without-confidence"),
        ("{ id: x, kind: assessment, text: x, confidence: low, basis: visit }", "likelihood-without-confidence"),
        ("{ id: x, kind: assessment, text: x, likelihood: likely, confidence: low }", "no-basis"),
        (
            "{ id: x, kind: assessment, text: It is likely and our confidence is low., likelihood: likely, confidence: low, basis: visit }",
            "likelihood-with-confidence",
        ),
        // Near misses.
        ("{ id: x, kind: assessment, text: x, likelihood: likely, confidence: low, basis: sco#joins }", ""),
        ("{ id: x, kind: assessment, text: x, basis: visit }", ""),
        ("{ id: x, text: They call it likely with high confidence., sources: afp }", ""),
        ("{ id: x, text: x, likelihood: likely, sources: afp }", ""),
    ] {
        let found = of_facts(&with_fact(fact));
        assert_eq!(rules(&found), expected, "{fact}\n{found:#?}");
    }
    assert_eq!(
        of_facts(&with_fact("{ id: x, kind: assessment, text: x, likelihood: likely, basis: visit }")),
        [
            "18:11 likelihood-without-confidence: the assessment `x` has a likelihood and no confidence | add `confidence`: low, moderate or high"
        ]
    );
}

#[test]
fn likelihood_and_confidence_stand_in_sentences_of_their_own() {
    for (body, expected) in [
        ("We have high confidence that it is likely.", "likelihood-with-confidence"),
        ("It is very unlikely; our confidence in this is low.", "likelihood-with-confidence"),
        (
            "It will almost certainly go ahead (moderate confidence) [@li#seen; @li#judge].",
            "likelihood-with-confidence",
        ),
        ("High confidence: a realistic possibility.", "likelihood-with-confidence"),
        ("We assess with low-to-moderate confidence that it is probable.", "likelihood-with-confidence"),
        // Near misses.
        ("It is likely. Our confidence is high.", ""),
        ("It is likely [@li#seen; @li#judge]. Our confidence is moderate: all we have comes from one side.", ""),
        ("We judge confidence-building measures likely.", ""),
        ("High consumer confidence is likely to last.", ""),
        ("Voters have high confidence in the court and are likely to follow it.", ""),
        ("A vote of low confidence is possible, we think.", ""),
        ("We judge that a low confidence vote is likely.", ""),
        ("They “have high confidence that it is likely” [@li#seen].", "quote-altered"),
        ("We are unlikely to win its confidence, and the price is high.", ""),
    ] {
        let found = judged(body);
        assert_eq!(rules(&found), expected, "{body}\n{found:#?}");
    }
    assert_eq!(
        judged("All is well. We have *high* confidence that it is likely."),
        [
            "9:23 likelihood-with-confidence: likelihood and confidence are in one sentence | say how likely it is, and in the next sentence how sure you are"
        ]
    );
}

#[test]
fn a_judgement_stands_beside_some_of_its_basis() {
    for (body, expected) in [
        ("A [@li#judge].", "no-basis"),
        ("A [@li#judge].\n\nB [@li#judge].", "no-basis"),
        ("A [@li#judged; @li#seen].", "no-basis"),
        ("A [@li#judge; @li#against].", "no-basis"),
        ("A [@li#judge; @li#heard].", ""),
        ("A [@li#judge; @li#also].", ""),
        ("A [@li#judge].\n\nB [@li#seen].", ""),
        ("A [@li#judged].\n\nB [@li#judge; @li#seen].", ""),
        ("A [@li#seen].", ""),
    ] {
        let found = judged(body);
        assert_eq!(rules(&found), expected, "{body}\n{found:#?}");
    }
    assert_eq!(
        judged("A [@li#judge]."),
        [
            "9:5 no-basis: the note cites the assessment `li#judge` and nothing that it rests on | tell what it rests on, such as `[@li#seen]`"
        ]
    );
}
