//! Findings as SARIF 2.1.0 (OASIS), for code hosts and editors: one run in one document.

use serde_json::{Value, json};

use crate::check::{Rule, rules};
use crate::finding::{Finding, Severity};

/// The document.
pub(super) fn document(findings: &[Finding]) -> String {
    let rules: Vec<Value> = rules().map(rule).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "attache",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.what },
        "fullDescription": { "text": rule.why },
        "help": { "text": format!("Found: {}\nBetter: {}", rule.bad, rule.good) },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(finding: &Finding) -> Value {
    let position = finding.position();
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let mut region = json!({ "startLine": position.line.max(1), "startColumn": position.column.max(1) });
    if let Some(end) = finding.end() {
        region["endLine"] = json!(end.line);
        region["endColumn"] = json!(end.column);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&finding.path) },
            "region": region,
        }}],
    });
    if let Some(index) = rules().position(|r| r.id == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(fact) = &finding.fact {
        result["properties"] = json!({ "fact": fact });
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a URI reference (RFC 3986): everything but letters, digits and `-._~/` in per cent.
fn uri(path: &str) -> String {
    let mut out = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Anchor;
    use crate::yaml::Position;

    #[test]
    fn a_finding_is_a_result_at_its_place() {
        let at = Anchor::Between(Position { line: 3, column: 7 }, Position { line: 4, column: 2 });
        let finding = Finding::error("uncited", "briefs/drafts/ä b.md", at, "no source").help("cite one");
        let document: Value = serde_json::from_str(&document(&[finding])).unwrap();
        let result = &document["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "uncited");
        assert_eq!(result["level"], "error");
        assert_eq!(result["message"]["text"], "no source\ncite one");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "briefs/drafts/%C3%A4%20b.md");
        assert_eq!(place["region"], json!({ "startLine": 3, "startColumn": 7, "endLine": 4, "endColumn": 2 }));
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(document["runs"][0]["tool"]["driver"]["rules"][index]["id"], "uncited");
    }

    #[test]
    fn a_rule_of_reading_has_no_place_among_the_rules() {
        let result = result(&Finding::error("unreadable", "x.yaml", Anchor::File, "no"));
        assert_eq!(result["ruleIndex"].is_null(), !rules().any(|r| r.id == "unreadable"));
        assert_eq!(uri("/a/b c"), "file:///a/b%20c");
    }
}
