use super::*;
use crate::model::{Attribution, Reliability, SourceStatus};
use crate::yaml::View;

fn gathered(text: &str) -> Gathered {
    crate::source_file::read("briefs/a.json", text)
}

fn told(gathered: &Gathered) -> Vec<String> {
    gathered.findings.iter().map(|f| format!("{} {}: {}", f.position(), f.rule, f.message)).collect()
}

fn get<'s>(source: &'s Source, name: &str) -> Option<&'s str> {
    source.record.get(name)?.text()
}

const BETTER: &str = r#"[
  {
    "id": "mao2024talks",
    "abstract": "One\nand \ud83d\ude00 \"two\".",
    "accessed": { "date-parts": [[2024, 8, 20]] },
    "author": [
      { "family": "Gaulle", "given": "Charles", "non-dropping-particle": "de", "suffix": "Jr." },
      { "literal": "World Bank" }
    ],
    "citation-key": "mao2024talks",
    "container-title": "Xinhua",
    "issued": { "date-parts": [["2024", 8, 19]] },
    "language": "en",
    "shortTitle": "Talks",
    "title": "Talks on <span class=\"nocase\">NATO</span>",
    "type": "article-newspaper",
    "volume": 12,
    "relations": {},
    "custom": { "attache": { "reliability": "B", "origin": "Xinhua", "capture": { "path": "captures/a.html", "sha256": "ab" } } }
  },
  {
    "id": 17,
    "type": "personal-communication",
    "event": "Summit",
    "status": "forthcoming",
    "attribution": "background"
  }
]
"#;

#[test]
fn items_become_sources() {
    let gathered = gathered(BETTER);
    assert_eq!(told(&gathered), [""; 0]);
    let [first, second] = gathered.sources.as_slice() else { panic!("{:?}", gathered.sources) };
    assert_eq!((&*first.key, get(first, "type")), ("mao2024talks", Some("article-newspaper")));
    assert_eq!(first.published(), Some("2024-08-19"));
    assert_eq!(get(first, "accessed"), Some("2024-08-20"));
    assert_eq!(get(first, "volume"), Some("12"));
    assert_eq!(get(first, "title-short"), Some("Talks"));
    assert_eq!(get(first, "abstract"), Some("One\nand 😀 \"two\"."));
    assert_eq!(get(first, "relations"), None);
    let Some(View::List(authors)) = first.record.get("author") else { panic!("no authors") };
    assert_eq!(authors[0].get("non-dropping-particle").and_then(View::text), Some("de"));
    assert_eq!(authors[0].get("suffix").and_then(View::text), Some("Jr."));
    assert_eq!(authors[1].get("literal").and_then(View::text), Some("World Bank"));
    assert_eq!(first.reliability, Some(Reliability::B));
    assert_eq!(first.capture.as_ref().and_then(|c| c.sha256.as_deref()), Some("ab"));
    assert_eq!(first.place.as_ref().and_then(|p| p.at), Some(Position { line: 2, column: 3 }));
    assert_eq!((&*second.key, get(second, "type")), ("17", Some("personal_communication")));
    assert_eq!((get(second, "event-title"), get(second, "status")), (Some("Summit"), Some("forthcoming")));
    assert_eq!(second.attribution, Some(Attribution::Background));
    assert_eq!(second.status, SourceStatus::Live);
}

#[test]
fn our_own_status_goes_before_that_of_csl() {
    let gathered = gathered(r#"{ "id": "a", "type": "book", "status": "retracted", "marking": "TLP:RED" }"#);
    assert_eq!(told(&gathered), [""; 0]);
    assert_eq!(gathered.sources[0].status, SourceStatus::Retracted);
    assert_eq!(get(&gathered.sources[0], "status"), None);
    assert_eq!(gathered.sources[0].marking.as_ref().map(crate::model::Marking::as_str), Some("TLP:RED"));
}

#[test]
fn a_broken_item_costs_that_item_and_is_told_by_line_and_column() {
    let text = "[\n  { \"id\": \"a\", \"type\": \"book\" },\n  {\n    \"id\": \"b\",\n    \"type\": book\n  },\n  \
                {\n    \"id\": \"c\",\n    \"title\": \"open,\n  },\n  { \"id\": \"d\", \"type\": \"book\" },\n  7,\n  \
                { \"type\": \"book\" },\n  { \"id\": \"e f\", \"type\": \"book\" },\n  { \"id\": \"g\", \"type\": \"book\" }\n]\n";
    let gathered = gathered(text);
    let keys: Vec<&str> = gathered.sources.iter().map(|s| &*s.key).collect();
    assert_eq!(keys, ["a", "d", "g"]);
    let told = told(&gathered);
    let places: Vec<&str> = told.iter().map(|t| t.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["5:13", "9:20", "12:3", "13:3", "14:11"], "{told:#?}");
    assert!(told[4].ends_with("`e f` cannot be cited: a key holds no blanks"), "{told:#?}");
}

#[test]
fn a_wrong_value_costs_that_value() {
    let text = "[\n  {\n    \"id\": \"a\",\n    \"type\": \"boook\",\n    \"author\": [[1]],\n    \"issued\": {\"date-parts\": [[2024, 77]]},\n    \
                \"title\": {},\n    \"custom\": {\"attache\": {\"reliability\": \"G\", \"colour\": 1}},\n    \"directness\": \"near\"\n  }\n]";
    let gathered = gathered(text);
    assert_eq!(gathered.sources.len(), 1);
    let told = told(&gathered);
    let places: Vec<String> = told.iter().map(|t| t.split(": ").next().unwrap().to_owned()).collect();
    assert_eq!(
        places,
        [
            "4:13 bad-value",
            "5:15 bad-value",
            "6:15 bad-value",
            "7:14 bad-value",
            "8:43 bad-value",
            "8:58 unknown-key",
            "9:19 bad-value"
        ],
        "{told:#?}"
    );
    assert_eq!(gathered.findings[0].help.as_deref(), Some("did you mean `book`?"));
}

#[test]
fn what_is_no_list_of_items_is_unreadable() {
    for text in ["hello", "5", "\"x\""] {
        assert_eq!(gathered(text).findings[0].rule, "unreadable", "{text}");
    }
    for text in ["", " \n", "[]", "\u{feff}[ ]\n"] {
        assert_eq!(told(&gathered(text)), [""; 0], "{text}");
    }
    assert_eq!(told(&gathered("[]\n, x"))[0], "2:1 bad-value: nothing may stand behind the end of the list");
    assert_eq!(told(&gathered("{ \"items\": [] }"))[0], "1:1 bad-value: the item has no `id`, so it cannot be cited");
}

#[test]
fn a_citation_key_goes_before_an_id() {
    let text = r#"[{ "id": "http://zotero.org/users/1/items/AB", "citation-key": "mao2024", "type": "book" },
                   { "id": "http://zotero.org/users/1/items/CD", "type": "book" }]"#;
    let gathered = gathered(text);
    let keys: Vec<&str> = gathered.sources.iter().map(|s| &*s.key).collect();
    assert_eq!(keys, ["mao2024", "http://zotero.org/users/1/items/CD"]);
}

#[test]
fn one_long_line_is_read_in_little_time() {
    let items: Vec<String> = (0..20_000).map(|i| format!("{{\"id\":\"k{i}\",\"type\":\"book\"}}")).collect();
    assert_eq!(gathered(&format!("[{}]", items.join(","))).sources.len(), 20_000);
    assert_eq!(gathered(&"[".repeat(100_000)).sources.len(), 0);
    assert_eq!(gathered(&"[{".repeat(50_000)).sources.len(), 0);
}
