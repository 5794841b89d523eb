//! How dates print for readers.

use super::Edtf;

fn check(language: &str, rows: &[(&str, &str, &str)]) {
    for (text, pattern, printed) in rows {
        let date: Edtf = text.parse().unwrap();
        assert_eq!(date.format(pattern, language), *printed, "{text} as {pattern} in {language}");
    }
}

const DMY: &str = "%-d %B %Y";
const MDY: &str = "%B %-d, %Y";

#[test]
fn dates_in_english() {
    check(
        "en",
        &[
            ("2024-08-20", DMY, "20 August 2024"),
            ("2024-08-20", MDY, "August 20, 2024"),
            ("2024-08-20", "%A, %-d %B %Y", "Tuesday, 20 August 2024"),
            ("2024-08-05", "%a %d %b %y", "Mon 05 Aug 24"),
            ("2024-08-05", "%-d/%-m/%Y", "5/8/2024"),
            ("2024-08-20T12:30:00Z", DMY, "20 August 2024"),
            ("2024-08", DMY, "August 2024"),
            ("2024-08", MDY, "August 2024"),
            ("2024-08", "%Y-%m-%d", "2024-08"),
            ("2024-08", "%A", "August 2024"),
            ("2024-08", "", "August 2024"),
            ("2024-08-XX", DMY, "August 2024"),
            ("2024", DMY, "2024"),
            ("2024", "%d.%m.%y", "2024"),
            ("2024-XX", DMY, "2024"),
            ("2024-XX-XX", DMY, "2024"),
            ("201X", DMY, "2010s"),
            ("20XX", DMY, "21st century"),
            ("11XX", DMY, "12th century"),
            ("-201X", DMY, "2020 BC – 2011 BC"),
            ("2024-22", DMY, "summer 2024"),
            ("-0043-03-15", DMY, "15 March 44 BC"),
            ("Y170000002", DMY, "170000002"),
            ("2024-08~", DMY, "about August 2024"),
            ("2024-08?", DMY, "August 2024 (uncertain)"),
            ("2024-08%", DMY, "about August 2024 (uncertain)"),
            ("2024-08-20", "%-d %B %Y at %H", "20 August 2024 at %H"),
        ],
    );
}

#[test]
fn intervals_in_english() {
    check(
        "en",
        &[
            ("2024-08-20/2024-08-23", DMY, "20–23 August 2024"),
            ("2024-08-20/2024-08-23", MDY, "August 20–23, 2024"),
            ("2024-08-20/2024-08-23", "%A, %-d %B %Y", "Tuesday, 20 – Friday, 23 August 2024"),
            ("2024-08-20/2024-08-23", "%Y-%m-%d", "2024-08-20 – 2024-08-23"),
            ("2024-08-20/2024-08-20", DMY, "20 August 2024"),
            ("2024-07-30/2024-08-02", DMY, "30 July – 2 August 2024"),
            ("2024-07-30/2024-08-02", MDY, "July 30 – August 2, 2024"),
            ("2024-07-30/2024-08-02", "%Y %B %-d", "2024 July 30 – August 2"),
            ("2023-12-30/2024-01-02", DMY, "30 December 2023 – 2 January 2024"),
            ("2024-06/2024-08", DMY, "June–August 2024"),
            ("2004-06/2006-08", DMY, "June 2004 – August 2006"),
            ("1964/2008", DMY, "1964–2008"),
            ("2004-02-01/2005", DMY, "1 February 2004 – 2005"),
            ("2024-08/..", DMY, "from August 2024"),
            ("2024-08~/..", DMY, "from about August 2024"),
            ("../2004", DMY, "until 2004"),
            ("../2004%", DMY, "until about 2004 (uncertain)"),
            ("2004/", DMY, "2004 to an unknown date"),
            ("/2004", DMY, "an unknown date to 2004"),
            ("1984~/2004~", DMY, "about 1984–2004"),
            ("1984?/2004~", DMY, "1984 (uncertain) – about 2004"),
            ("1984~/2004-06~", DMY, "about 1984 – about June 2004"),
            ("2024-22/2024-23", DMY, "summer 2024 – autumn 2024"),
        ],
    );
}

#[test]
fn other_languages() {
    check(
        "fr-BE",
        &[
            ("2024-08-01", DMY, "1er août 2024"),
            ("2024-08-01/2024-08-03", DMY, "1er–3 août 2024"),
            ("2024-08-01", "%-d/%-m/%Y", "1/8/2024"),
            ("2024-08-20/..", DMY, "depuis le 20 août 2024"),
            ("../2024-08", DMY, "jusqu’en août 2024"),
            ("20XX", DMY, "XXIe siècle"),
            ("2024-08~", DMY, "vers août 2024"),
        ],
    );
    check(
        "de",
        &[
            ("2024-08-20", "", "20. August 2024"),
            ("2024-08-20/2024-08-23", "%-d. %B %Y", "20.–23. August 2024"),
            ("2024-07-30/2024-08-02", "%-d. %B %Y", "30. Juli – 2. August 2024"),
            ("201X", "", "2010er-Jahre"),
            ("20XX", "", "21. Jahrhundert"),
        ],
    );
    check(
        "es",
        &[
            ("2024-08-20/2024-08-23", "", "20–23 de agosto de 2024"),
            ("2024-08", "", "agosto de 2024"),
            ("2024-07-30/2024-08-02", "", "30 de julio – 2 de agosto de 2024"),
            ("2024-22", "", "verano de 2024"),
        ],
    );
    check("it", &[("2024-08-01", DMY, "1º agosto 2024"), ("2024/..", DMY, "dal 2024")]);
    check("pt", &[("2024-08-20", "%A, %-d de %B", "terça-feira, 20 de agosto")]);
    check("nl", &[("../2024-08", DMY, "tot en met augustus 2024")]);
    check("xx", &[("2024-08-20", DMY, "20 August 2024")]);
}

#[test]
fn months_in_the_genitive() {
    check(
        "ru",
        &[
            ("2024-08-20", DMY, "20 августа 2024"),
            ("2024-08", DMY, "август 2024"),
            ("2024-08-20/2024-08-23", DMY, "20–23 августа 2024"),
            ("2024-06/2024-08", DMY, "июнь–август 2024"),
            ("2024-08/..", DMY, "с августа 2024"),
            ("2024/..", DMY, "с 2024 года"),
            ("2024-08~", DMY, "около августа 2024"),
            ("2024-22", DMY, "лето 2024 года"),
            ("../2024-22", DMY, "до лета 2024 года"),
            ("201X~", DMY, "около 2010-х годов"),
        ],
    );
    check(
        "uk",
        &[
            ("2024-08-20", "%A, %-d %B %Y", "вівторок, 20 серпня 2024"),
            ("2024-08", DMY, "серпень 2024"),
            ("2024-08~/..", DMY, "з серпня 2024 (приблизно)"),
        ],
    );
}
