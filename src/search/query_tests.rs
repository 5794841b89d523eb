use proptest::prelude::*;

use super::{Key, Query};

fn round(text: &str) -> String {
    Query::parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).to_string()
}

#[test]
fn every_key_has_a_right_example() {
    for key in Key::ALL {
        let query = round(key.example());
        assert!(query.starts_with(key.as_str()), "{query}");
        assert_eq!(round(&query), query);
    }
}

#[test]
fn a_query_prints_as_one_that_means_the_same() {
    for (written, printed) in [
        ("", ""),
        ("   ", ""),
        ("-", ""),
        ("\"\" -\"  \"", ""),
        ("tag:x   kind:Quote,FIGURE", "tag:x kind:quote,figure"),
        ("by:\"Mao  Ning\",xi", "by:\"Mao Ning\",xi"),
        ("by:“Mao Ning”", "by:\"Mao Ning\""),
        ("by:\"Mao N", "by:\"Mao N\""),
        ("tag=x", "tag:x"),
        ("-tag:x -aid -\"no aid\"", "-tag:x -aid -\"no aid\""),
        ("date:2024-08..2024-09", "date:2024-08..2024-09"),
        ("date:2024-08/..", "date:2024-08/.."),
        ("date<=2024 said>=2024", "date:..2024 said:2024.."),
        ("date<2024 date=2024-08", "date<2024 date=2024-08"),
        ("grade:a..b credibility:1..2", "grade:A..B credibility:1..2"),
        ("grade<=B priority>should", "grade:..B priority>should"),
        ("marking<=tlp:green", "marking:..TLP:GREEN"),
        ("marking<\"top secret\"", "marking<\"TOP SECRET\""),
        ("marking:TLP:*", "marking:TLP:*"),
        ("used:No", "used:no"),
        ("kind:quote,", "kind:quote"),
        ("12:30 http://x a=b x<3 :x", "12:30 http://x a=b x<3 :x"),
        ("\"reliable partner\"no", "\"reliable partner\" no"),
        ("\"reliable part", "\"reliable part"),
        ("TAG:x", "tag:x"),
    ] {
        assert_eq!(round(written), printed, "{written}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_column_and_the_nearest_word() {
    for (text, column, message, help) in [
        ("mao sorce:xinhua", 5, "unknown key `sorce`", "`source`"),
        ("-speaker:mao", 2, "unknown key `speaker`", "`by`"),
        ("tags:x", 1, "unknown key `tags`", "`tag`"),
        ("x kind:quot", 8, "`quot` is no kind of fact", "`quote`"),
        ("kind:quote,figur", 12, "`figur` is no kind of fact", "`figure`"),
        ("status:conf", 8, "`conf` is no status", "`confirmed`"),
        ("grade:G", 7, "`G` is no grade", "A, B, C"),
        ("credibility:0..2", 13, "`0` is no credibility", "1 (confirmed"),
        ("credibility:1..9", 16, "`9` is no credibility", "6 (cannot"),
        ("date:2024-13", 6, "13", "2024-08"),
        ("date:2024..2024-13", 12, "13", "2024-08"),
        ("date:2024..2023", 6, "ends before it begins", ""),
        ("grade:C..A", 7, "ends before it begins", ""),
        ("date<=2024/2025", 7, "is an interval", "first..last"),
        ("date:next-week", 6, "next-week", "2024-08"),
        ("marking<=GRÜN", 10, "in no scheme", "TLP"),
        ("used:maybe", 6, "`maybe`", "yes, no"),
        ("used:yes,no", 10, "one answer", ""),
        ("tag<x", 1, "has no order", "`tag:"),
        ("é tag:", 3, "`tag` needs a value", "tag:china"),
        ("tag:\"\"", 1, "`tag` needs a value", "tag:china"),
    ] {
        let error = Query::parse(text).expect_err(text);
        assert_eq!(error.column, column, "{text}: {error}");
        assert!(error.message.contains(message), "{text}: {error}");
        assert!(error.help.clone().unwrap_or_default().contains(help), "{text}: {error}");
    }
}

#[test]
fn a_query_extends_what_it_narrows() {
    for (old, new, extends) in [
        ("", "x", true),
        ("mi", "minsk", true),
        ("minsk", "mi", false),
        ("mi tag:x", "tag:x minsk used:no", true),
        ("tag:x", "tag:xy", false),
        ("-mi", "-minsk", false),
        ("-minsk", "-minsk a", true),
        ("a", "-a", false),
        ("\"no le", "\"no lethal", true),
        ("\"no lethal", "\"no lethal\"", true),
        ("\"no lethal\"", "\"no lethal aid\"", false),
        ("lethal", "\"no lethal aid\"", true),
        ("nun", "Núñez", true),
    ] {
        let (old, new) = (Query::parse(old).unwrap(), Query::parse(new).unwrap());
        assert_eq!(new.extends(&old), extends, "{old} → {new}");
    }
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "tag",
        "kind",
        "date",
        "marking",
        "grade",
        "used",
        "by",
        "said",
        "id",
        ":",
        "<",
        "=",
        ">",
        "..",
        ",",
        "-",
        "\"",
        "“",
        " ",
        "\t",
        "*",
        "quote",
        "2024",
        "2024-08",
        "/",
        "A",
        "B",
        "yes",
        "TLP:GREEN",
        "top secret",
        "é",
        "東京",
        "´",
        "\u{301}",
        "#",
        "must",
        "1",
        "6",
    ]);
    prop::collection::vec(pieces, 0..12).prop_map(|p| p.concat())
}

#[test]
fn what_is_told_of_a_query_holds_no_control() {
    for text in ["kind:qu\0\u{1b}[31m", "marking<=GR\u{16}", "credibility:\u{1b}", "grade:A).B\u{11}", "date:\u{9b}"] {
        let error = Query::parse(text).unwrap_err().to_string();
        assert!(!error.contains(char::is_control), "{error:?}");
    }
}

proptest! {
    #[test]
    fn parsing_never_panics(text in ".*") {
        let _ = Query::parse(&text);
    }

    #[test]
    fn a_printed_query_reads_back(text in prop_oneof![texts(), ".{0,30}"]) {
        match Query::parse(&text) {
            Ok(query) => prop_assert_eq!(Query::parse(&query.to_string()), Ok(query.clone()), "{:?} {}", text, query),
            Err(error) => prop_assert!(error.column >= 1 && error.column <= text.chars().count() + 1),
        }
    }
}
