//! How a draft is written: HTML, links, questions and answers, long sentences.

use super::*;

#[test]
fn html_is_told_and_comments_and_code_are_not() {
    blocks(&[
        ("All is <b>well</b>.", "raw-html"),
        ("A.\n\n<div>\nAll is well.\n</div>", "raw-html"),
        ("A.\n\n<!-- a --> <br>", "raw-html"),
        ("- One\n  <br/> two", "raw-html"),
        ("### More <i>words</i>\n\nA.", "raw-html"),
        // Near misses.
        ("<!-- a <b> comment -->\n\nA.", ""),
        ("A <!-- <b> --> b.", ""),
        ("It is `<b>`, or a < b > c, x <- y and \\<b>.", ""),
        ("    <b>code</b>", ""),
        ("```html\n<b>\n```", ""),
        ("See <https://example.org> or <desk@example.org>.", ""),
        ("A &lt;b&gt; c.", ""),
    ]);
    assert_eq!(
        of_block("All\nis <b>well</b>."),
        ["10:4 raw-html: HTML in the draft: `<b>` | write it as Markdown, or put it between backticks to show it"]
    );
}

#[test]
fn links_open_pages_and_letters_only() {
    blocks(&[
        ("See [it](javascript:alert).", "unsafe-link"),
        ("See [it](JaVaScript:alert).", "unsafe-link"),
        ("See [it](<java\tscript:alert>).", "unsafe-link"),
        ("See ![it](data:image/png;base64,x).", "unsafe-link"),
        ("See <file:///etc/hosts>.", "unsafe-link"),
        ("See [it][x].\n\n[x]: ftp://example.org", "unsafe-link"),
        ("See [it](vbscript:x) and [it](file:y).", "unsafe-link unsafe-link"),
        // Near misses.
        ("See [it](https://example.org/a:b), [it](HTTP://example.org), [it](mailto:a@example.org).", ""),
        ("See [it](#issue), [it](annex.pdf), [it](../a/b:c.md), [it](?q=a:b), [it](//example.org).", ""),
        ("See <desk@example.org> and [it](example.org:8080/a).", ""),
        ("`[it](javascript:x)` and \\[it](javascript:x), javascript: that is.", ""),
        ("A [@li#visit].", ""),
    ]);
    assert_eq!(
        of_block("See [a file: b](file:x)."),
        [
            "9:17 unsafe-link: a link with the scheme `file:` | link to a page by https, or name the document without a link"
        ]
    );
}

#[test]
fn each_question_has_an_answer() {
    let asked = |body: &str| of_draft(&format!("{FRONT}## Issue {{#issue}}\n\nA.\n\n## Q&A {{#qa}}\n\n{body}\n"));
    for (body, expected) in [
        ("**Q:** Why?", "question-without-answer"),
        ("**Q:** Why?\n\n**Q:** When?\n\n**A:** Soon.", "question-without-answer"),
        ("**Q:** Why?\n\n**A:**", "question-without-answer"),
        ("**Q:** Why?\n\n<!-- ask -->", "question-without-answer"),
        ("- **Q:** Why?\n- **Q:** When?", "question-without-answer question-without-answer"),
        ("(U) **Q:** Why?", "question-without-answer"),
        // Near misses.
        ("**Q:** Why?\n\n**A:** So.", ""),
        ("**Q:** Why?\n\n**A:** [@li#visit]", ""),
        ("**Q:** Why?\\\n**A:** So.", ""),
        ("**Q:** Why?\n\n**A:**\n\n- One.\n- Two.", ""),
        ("**Q:** Why?\n\nSo.", ""),
        ("(U) **Q:** Why?\n\n(U) **A:** So.", "partly-marked"),
        ("Quite so.", ""),
    ] {
        let found = asked(body);
        assert_eq!(rules(&found), expected, "{body}\n{found:#?}");
    }
    assert_eq!(
        asked("**Q:** Why?"),
        [
            "13:3 question-without-answer: this question has no answer | write `**A:** …` below it, or take the question out"
        ]
    );
    assert_eq!(of_block("**Q:** Why?"), [""; 0], "only where answers belong");
}

#[test]
fn long_sentences_are_told_at_their_first_word() {
    let words = |n: usize| format!("Word{}.", " word".repeat(n - 1));
    let body = |issue: &str, more: &str| {
        let text = format!("---\ntitle: T\n---\n\n## Issue {{#i}}\n\n{issue}\n\n## More {{#m}}\n\n{more}\n");
        of_draft_on(EVENT, "---\nname: Test\n---\n# {{ title }}\n\n## Issue {#i}\n\n## More {#m}\n", &text)
    };
    for (issue, more, expected) in [
        (words(36), words(30), "long-first-sentence"),
        (words(35), words(31), "long-sentence"),
        (format!("One. {}", words(31)), words(2), "long-sentence"),
        (format!("{} {}", words(35), words(31)), words(31), "long-sentence long-sentence"),
        (format!("- One.\n- {}", words(31)), words(2), "long-sentence"),
        // Near misses.
        (words(35), words(30), ""),
        (format!("One “{}” went [@li#guidance].", words(30)), words(2), "quote-altered"),
        ("One.".to_owned(), format!("> {}\n>\n> Me", words(40)), "quote-altered"),
        ("One.".to_owned(), format!("    {}", words(40)), ""),
        ("One.".to_owned(), format!("| a |\n|---|\n| {} |", words(40)), ""),
        (format!("### {}\n\nOne.", words(40)), words(2), ""),
        (format!("{} [@li#visit; see @li#guidance, p. 3, as well as a great deal more].", words(30)), words(2), ""),
    ] {
        let found = body(&issue, &more);
        assert_eq!(rules(&found), expected, "{issue}\n{more}\n{found:#?}");
    }
    let found = body("One.", &format!("Two.\nA {}", words(30)));
    assert_eq!(
        found,
        ["12:1 long-sentence: this sentence has 31 words; more than 30 are hard to take in | make two of it"]
    );
}
