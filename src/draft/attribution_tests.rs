use std::sync::Arc;

use crate::draft::place::{Dates, Manner, markdown, place};
use crate::draft::{BlockPosition, Draft};
use crate::model::{Desk, FactRef};
use crate::template::Form;

use super::{Mention, claim, names, notice, notices, quoted};

const EVENT: &str = "\
id: e
title: T
date: 2024-08-19
language: en
actors:
  mao: { name: Mao Ning, role: Foreign Ministry spokesperson, of: CN }
  china: { name: China, kind: state, of: CN }
  luka: { name: Alexander Lukashenko, aliases: [Alyaksandr Lukashenka], role: President, of: BY }
  brandt:
    name: Anneliese Brandt
    role: Minister
    of: Northland
    roles: [{ title: Water Minister, to: 2024-03 }, { title: Finance Minister, from: 2024-04 }]
  aide: { name: X Secret, role: a senior aide, unnamed: true }
  ghost: { name: Y Secret, unnamed: true }
sources:
  afp: { type: article, title: A, origin: AFP, directness: secondary }
  record: { type: web, title: R, origin: Ministry, directness: primary }
  ruled: { type: misc, title: Talk, origin: Northland, attribution: chatham-house, directness: secondary }
  aside: { type: misc, title: Aside, attribution: background, directness: primary }
  own: { type: web, title: Own, origin: mao ning, directness: secondary }
facts:
  - { id: agency, kind: quote, words: We are partners, speaker: mao, said: 2024-08-19, sources: [afp, { source: record, variant: true }] }
  - { id: primary, kind: quote, words: We are partners., speaker: mao, said: 2024-08-19, sources: record }
  - { id: later, kind: quote, words: Are we?, speaker: mao, said: 2024-08-20, sources: record }
  - { id: both, kind: quote, words: Yes, speaker: mao, said: 2024-08, spoken: zh, translation: AFP, sources: afp }
  - { id: another, kind: quote, words: Yes, speaker: mao, said: 2024, spoken: zh, translation: Xinhua, sources: afp }
  - { id: spoken, kind: quote, words: Yes, speaker: mao, said: 2024-08-19/2024-08-20, spoken: zh-Hans, original: 是, sources: record }
  - { id: english, kind: quote, words: Yes, speaker: mao, spoken: en-GB, sources: record }
  - { id: own, kind: quote, words: Yes, speaker: mao, sources: own }
  - { id: water, kind: quote, words: No danger, speaker: brandt, said: 2024-03-03, sources: record }
  - { id: money, kind: quote, words: No money, speaker: brandt, said: 2024-05-03, sources: record }
  - { id: aide, kind: quote, words: No, speaker: aide, said: 2024-08-19, sources: record }
  - { id: ghost, kind: quote, words: No, speaker: ghost, sources: record }
  - { id: aside, kind: quote, words: No, speaker: mao, sources: [record, aside] }
  - { id: ruled, kind: quote, words: No, speaker: brandt, said: 2024-03-04, translation: Northland, sources: ruled }
  - { id: nobody, kind: quote, words: No, sources: record }
  - { id: claim, text: The talks ended late., speaker: mao, said: 2024-08-19, sources: afp }
  - { id: confirmed, text: The talks ended late., speaker: mao, status: confirmed, sources: afp }
  - { id: name, text: Lukashenko told Xi that it was so., speaker: luka, sources: afp }
  - { id: alias, text: It was so for Alyaksandr Lukashenka., speaker: luka, sources: afp }
  - { id: role, text: The foreign ministry spokesperson thanked all., speaker: mao, sources: afp }
  - { id: country, text: China is ready., speaker: mao, sources: afp }
  - { id: northland, text: Northland is ready., speaker: brandt, sources: afp }
  - { id: according, text: 'It is so, according to a summary.', speaker: mao, sources: afp }
  - { id: several, text: It is so. It was so., speaker: mao, sources: afp }
  - { id: house, kind: quote, text: There was “no danger” downstream., words: no danger, speaker: brandt, said: 2024-03-03, sources: afp }
  - { id: ruled-claim, text: The money is gone., speaker: brandt, said: 2024-03-04, sources: ruled }
  - { id: ruled-name, text: Brandt has no money., speaker: brandt, sources: ruled }
  - { id: ruled-role, text: The Water Minister has no money., speaker: brandt, sources: ruled }
  - { id: ghost-claim, text: It is so., speaker: ghost, sources: afp }
  - { id: aside-name, text: Mao Ning was there., speaker: mao, sources: aside }
  - { id: figure, kind: figure, text: It was 7.10 m., speaker: mao, sources: afp }
";

fn desk() -> Desk {
    let reading = crate::event_file::read("briefs/events/e.yaml", EVENT);
    assert_eq!(reading.findings, []);
    Desk::new(vec![Arc::new(reading.event.unwrap())], Arc::default())
}

fn written(desk: &Desk, id: &str, form: Form, language: &str, mention: Mention) -> String {
    let pattern = if language == "de" { "%-d. %B %Y" } else { "%-d %B %Y" };
    let at = desk.find(&FactRef::new("e", id)).unwrap();
    let text = markdown(desk, at, Manner { form, dates: Dates { pattern, language }, mention });
    text.replace(&format!(" [@e#{id}]"), "")
}

#[test]
fn a_quotation_tells_who_when_from_whom_and_in_whose_translation() {
    let desk = desk();
    for (id, sentence) in [
        (
            "agency",
            "“We are partners,” said Mao Ning, Foreign Ministry spokesperson, on 19 August 2024, as reported by AFP.",
        ),
        ("primary", "“We are partners,” said Mao Ning, Foreign Ministry spokesperson, on 19 August 2024."),
        ("later", "“Are we?” said Mao Ning, Foreign Ministry spokesperson, on 20 August 2024."),
        (
            "both",
            "“Yes,” said Mao Ning, Foreign Ministry spokesperson, in August 2024, as translated and reported by AFP.",
        ),
        (
            "another",
            "“Yes,” said Mao Ning, Foreign Ministry spokesperson, in 2024, as reported by AFP (translated by Xinhua).",
        ),
        ("spoken", "“Yes,” said Mao Ning, Foreign Ministry spokesperson, 19–20 August 2024 (translation)."),
        ("english", "“Yes,” said Mao Ning, Foreign Ministry spokesperson."),
        ("own", "“Yes,” said Mao Ning, Foreign Ministry spokesperson."),
        ("water", "“No danger,” said Anneliese Brandt, Water Minister, on 3 March 2024."),
        ("money", "“No money,” said Anneliese Brandt, Finance Minister, on 3 May 2024."),
        ("aide", "“No,” said a senior aide on 19 August 2024."),
        ("ghost", "“No,” said an unnamed source."),
        ("aside", "“No,” said a Foreign Ministry spokesperson."),
        ("ruled", "“No,” said a participant on 4 March 2024 (translation)."),
        ("nobody", "“No.”"),
    ] {
        assert_eq!(written(&desk, id, Form::Prose, "en-GB", Mention::Full), sentence, "{id}");
    }
}

#[test]
fn the_line_under_a_quotation_has_the_same_in_commas() {
    let desk = desk();
    for (id, mention, line) in [
        ("agency", Mention::Full, "Mao Ning, Foreign Ministry spokesperson, 19 August 2024, as reported by AFP"),
        ("agency", Mention::Dated, "Mao Ning, 19 August 2024, as reported by AFP"),
        ("agency", Mention::Short, "Mao Ning, as reported by AFP"),
        ("both", Mention::Short, "Mao Ning, as translated and reported by AFP"),
        ("ruled", Mention::Full, "a participant, 4 March 2024 (translation)"),
    ] {
        let block = written(&desk, id, Form::Quotes, "en", mention);
        assert_eq!(block.rsplit_once("> ").unwrap().1, line, "{id}");
    }
}

#[test]
fn a_claim_says_whose_it_is_unless_it_does_so_itself() {
    let desk = desk();
    let mao = "Mao Ning, Foreign Ministry spokesperson";
    for (id, sentence) in [
        ("claim", format!("The talks ended late, according to {mao}, on 19 August 2024.")),
        ("confirmed", "The talks ended late.".into()),
        ("name", "Lukashenko told Xi that it was so.".into()),
        ("alias", "It was so for Alyaksandr Lukashenka.".into()),
        ("role", "The foreign ministry spokesperson thanked all.".into()),
        ("country", "China is ready.".into()),
        ("northland", "Northland is ready.".into()),
        ("according", "It is so, according to a summary.".into()),
        ("several", format!("According to {mao}: It is so. It was so.")),
        (
            "house",
            "There was “no danger” downstream, according to Anneliese Brandt, Water Minister, on 3 March 2024.".into(),
        ),
        ("ruled-claim", "The money is gone, according to a participant on 4 March 2024.".into()),
        ("ruled-name", "Brandt has no money.".into()),
        ("ghost-claim", "It is so, according to an unnamed source.".into()),
        ("figure", "It was 7.10 m.".into()),
    ] {
        assert_eq!(written(&desk, id, Form::Prose, "en", Mention::Full), sentence, "{id}");
    }
}

#[test]
fn the_words_are_in_the_note_s_language() {
    let desk = desk();
    for (language, agency, claimed, ruled) in [
        (
            "fr",
            "“We are partners”, a déclaré Mao Ning, Foreign Ministry spokesperson, le 19 août 2024, d’après AFP.",
            "The talks ended late, selon Mao Ning, Foreign Ministry spokesperson, le 19 août 2024.",
            "“No”, a déclaré un participant le 4 mars 2024 (traduction).",
        ),
        (
            "de",
            "“We are partners”, sagte Mao Ning, Foreign Ministry spokesperson, am 19. August 2024, zitiert nach AFP.",
            "The talks ended late, laut Mao Ning, Foreign Ministry spokesperson, am 19. August 2024.",
            "“No”, sagte eine teilnehmende Person am 4. März 2024 (Übersetzung).",
        ),
        (
            "es",
            "“We are partners”, dijo Mao Ning, Foreign Ministry spokesperson, el 19 agosto 2024, citado por AFP.",
            "The talks ended late, según Mao Ning, Foreign Ministry spokesperson, el 19 agosto 2024.",
            "“No”, dijo un participante el 4 marzo 2024 (traducción).",
        ),
        (
            "it",
            "“We are partners,” said Mao Ning, Foreign Ministry spokesperson, 19 agosto 2024, as reported by AFP.",
            "The talks ended late, according to Mao Ning, Foreign Ministry spokesperson, 19 agosto 2024.",
            "“No,” said a participant, 4 marzo 2024 (translation).",
        ),
    ] {
        for (id, sentence) in [("agency", agency), ("claim", claimed), ("ruled", ruled)] {
            assert_eq!(written(&desk, id, Form::Prose, language, Mention::Full), sentence, "{language}");
        }
    }
}

#[test]
fn a_speaker_is_introduced_once_and_a_new_day_is_told() {
    let desk = desk();
    let (template, _) =
        crate::template::parse("t", "t.md", "---\nname: T\n---\n## A {#a}\n## B {#b .quotes}\n## C {#c}\n");
    let mut draft = Draft::parse("## A {#a}\n\nMao Ning was there.\n\n## B {#b}\n\n## C {#c}\n\n", &template.outline());
    let mut put = |id: &str, section: usize, index: usize| {
        let at = desk.find(&FactRef::new("e", id)).unwrap();
        draft = place(&desk, &template, &draft, at, BlockPosition { section, index }).unwrap();
        draft.block_text(BlockPosition { section, index }).unwrap().to_owned()
    };
    // The writer's text has the name already, without the day.
    assert_eq!(put("primary", 1, 0), "> “We are partners.”\n>\n> Mao Ning, 19 August 2024 [@e#primary]");
    assert_eq!(put("agency", 1, 1), "> “We are partners.”\n>\n> Mao Ning, as reported by AFP [@e#agency]");
    assert_eq!(put("later", 2, 0), "“Are we?” said Mao Ning on 20 August 2024 [@e#later].");
    assert_eq!(put("claim", 2, 1), "The talks ended late, according to Mao Ning [@e#claim].");
    // What stands before decides, not what was placed before.
    assert!(put("another", 0, 0).contains("Mao Ning, Foreign Ministry spokesperson"));
    assert!(put("water", 0, 0).contains("Anneliese Brandt, Water Minister, on 3 March 2024"));
    assert!(put("money", 2, 0).contains("said Anneliese Brandt on 3 May 2024"));
}

#[test]
fn filling_introduces_a_speaker_once() {
    let desk = desk();
    let text = "---\nname: T\n---\n## A {#a accepts=quote order=date}\n";
    let (template, _) = crate::template::parse("t", "t.md", text);
    let draft = Draft::parse("## A {#a}\n", &template.outline());
    let facts: Vec<_> = ["later", "primary"].iter().map(|id| desk.find(&FactRef::new("e", *id)).unwrap()).collect();
    let filled = crate::draft::fill(&desk, &template, &draft, &facts);
    let text = filled.draft.text();
    assert_eq!(text.matches("Foreign Ministry spokesperson").count(), 1, "{text}");
    assert!(text.contains("said Mao Ning on 20 August 2024 [@e#later]."), "{text}");
}

#[test]
fn a_text_that_names_who_must_not_be_named_is_told() {
    let desk = desk();
    let told = |id: &str| {
        let (event, fact) = desk.fact(&FactRef::new("e", id)).unwrap();
        notice(&desk, event, fact).unwrap_or_default()
    };
    assert!(told("ruled-name").contains("Chatham House Rule"));
    assert!(told("ruled-role").contains("Chatham House Rule"));
    assert!(told("aside-name").contains("background"));
    let placed = ["claim", "ruled-name"].map(|id| FactRef::new("e", id));
    let notices = notices(&desk, &placed);
    assert_eq!(notices.iter().map(|(address, _)| address.fact.as_str()).collect::<Vec<_>>(), ["ruled-name"]);
    assert_eq!(told("ruled-claim") + &told("claim") + &told("name") + &told("aside"), "");
}

#[test]
fn names_are_whole_words() {
    for (text, name, held) in [
        ("Li Qiang spoke", "Li", true),
        ("Lithuania spoke", "Li", false),
        ("A list", "list", true),
        ("O’Neill’s", "O’Neill", true),
        ("总理李强访问", "李强", true),
        ("NATO2", "NATO", false),
        ("", "", false),
    ] {
        assert_eq!(names::holds(text, name), held, "{text}");
    }
}

#[test]
fn a_claim_stays_a_sentence() {
    for (text, claimed) in [
        ("It is so.", "It is so, according to X."),
        ("It is so", "It is so, according to X."),
        ("He left the U.S.", "He left the U.S., according to X."),
        ("It rose to 7.10.", "It rose to 7.10, according to X."),
        ("Is it so?", "According to X: Is it so?"),
        ("And then...", "According to X: And then..."),
        ("He said “no.”", "According to X: He said “no.”"),
        ("One. Two.", "According to X: One. Two."),
        (".", "According to X: ."),
    ] {
        assert_eq!(claim(text, "according to X"), claimed);
    }
    assert_eq!(quoted("It ends.", true), "“It ends,”");
    assert_eq!(quoted("It ends.", false), "“It ends”,");
}
