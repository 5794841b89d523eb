//! Numbers in words of French, German and Spanish, up to ninety-nine: what a fact says in words supports digits.

use super::tokens::{Kind, Token, tokens};

type Words = &'static [(&'static str, u8)];

const FRENCH: Words = &[
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
];
const GERMAN: Words = &[
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("dreizehn", 13),
    ("vierzehn", 14),
    ("fünfzehn", 15),
    ("sechzehn", 16),
    ("siebzehn", 17),
    ("achtzehn", 18),
    ("neunzehn", 19),
    ("zwanzig", 20),
    ("dreißig", 30),
    ("vierzig", 40),
    ("fünfzig", 50),
    ("sechzig", 60),
    ("siebzig", 70),
    ("achtzig", 80),
    ("neunzig", 90),
];
const SPANISH: Words = &[
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("once", 11),
    ("doce", 12),
    ("trece", 13),
    ("catorce", 14),
    ("quince", 15),
    ("veinte", 20),
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
];

/// The values of the number words of a text, in a language (`fr`, `de`, `es`); none in another.
pub(in crate::check) fn values(text: &str, language: &str) -> Vec<f64> {
    let words = match language {
        "fr" => FRENCH,
        "de" => GERMAN,
        "es" => SPANISH,
        _ => return Vec::new(),
    };
    let all = tokens(text);
    let value = |token: Option<&Token<'_>>| {
        let word = token.filter(|t| t.kind == Kind::Word)?.text.to_lowercase();
        words.iter().find(|(w, _)| *w == word).map(|(_, value)| *value)
    };
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(token) = all.get(i) {
        let joined = german_compound(token.text, language, words);
        let Some(mut sum) = value(Some(token)).or(joined) else {
            i += 1;
            continue;
        };
        // `trente-neuf`, `vingt et un`, `treinta y nueve`, `quatre-vingt-dix`
        loop {
            let next = all.get(i + 1);
            let gap = usize::from(next.is_some_and(|t| t.is_dash() || t.is_word(&["et", "y"])));
            let more = if all.get(i + 1 + gap).is_some_and(|t| t.is_word(&["un", "une", "uno", "una"])) {
                Some(1)
            } else {
                value(all.get(i + 1 + gap))
            };
            let Some(more) = more.filter(|_| gap == 1) else { break };
            let product = (language == "fr" && sum == 4 && more == 20).then_some(80);
            match product.or_else(|| (more < 20 && sum >= 20).then(|| sum.checked_add(more)).flatten()) {
                Some(total) => (sum, i) = (total, i + 1 + gap),
                None => break,
            }
        }
        found.push(f64::from(sum));
        i += 1;
    }
    found
}

/// `achtunddreißig`
fn german_compound(word: &str, language: &str, words: Words) -> Option<u8> {
    let (unit, ten) = word.split_once("und").filter(|_| language == "de")?;
    let find = |part: &str| words.iter().find(|(w, _)| *w == part.to_lowercase()).map(|(_, value)| *value);
    let unit = if unit.eq_ignore_ascii_case("ein") { 1 } else { find(unit)? };
    find(ten).filter(|ten| *ten >= 20 && unit < 10).map(|ten| ten + unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbers() {
        for (text, language, expected) in [
            ("Trente-neuf morts, vingt et un blessés et quatre-vingt-dix-neuf maisons", "fr", vec![39.0, 21.0, 99.0]),
            ("soixante-quinze et soixante-dix-sept", "fr", vec![75.0, 77.0]),
            (
                "Achtunddreißig Tote, einundzwanzig Verletzte, zwölf Häuser; und sechs",
                "de",
                vec![38.0, 21.0, 12.0, 6.0],
            ),
            ("treinta y nueve muertos y dos heridos", "es", vec![39.0, 2.0]),
            ("deux", "en", vec![]),
            ("Gesundheit, Hundert", "de", vec![]),
        ] {
            assert_eq!(values(text, language), expected, "{text}");
        }
    }
}
