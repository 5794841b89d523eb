//! The fields of an entry into the variables of CSL.

use super::dates::date;
use super::entry::Entry;
use super::kinds::{csl_type, genre, language};
use super::latex::{self, Style};
use super::names::{literals, names};
use crate::model::csl;
use crate::yaml::Value;

/// Every variable of the entry, its type first.
pub(super) fn variables(entry: &Entry) -> Vec<(Box<str>, Value)> {
    let kind = csl_type(entry).unwrap_or("document");
    let mut map = Map { entry, kind, out: Vec::new() };
    map.put("type", kind.to_owned());
    map.names();
    map.titles();
    map.containers();
    map.numbers();
    map.dates();
    map.places();
    map.identifiers();
    map.remarks();
    map.out
}

struct Map<'e> {
    entry: &'e Entry,
    kind: &'static str,
    out: Vec<(Box<str>, Value)>,
}

impl Map<'_> {
    /// Adds a text unless it is empty or the variable is there.
    fn put(&mut self, variable: &str, text: String) {
        if !text.is_empty() && !self.has(variable) {
            self.out.push((variable.into(), csl::text(text)));
        }
    }

    fn put_some(&mut self, variable: &str, text: Option<String>) {
        self.put(variable, text.unwrap_or_default());
    }

    fn has(&self, variable: &str) -> bool {
        self.out.iter().any(|(name, _)| &**name == variable)
    }

    /// The first of the fields with a text, read as `style` says.
    fn read(&self, fields: &[&str], style: Style) -> Option<String> {
        let text = latex::text(self.entry.first(fields)?, style);
        (!text.is_empty()).then_some(text)
    }

    fn text(&mut self, variable: &str, fields: &[&str]) {
        self.put_some(variable, self.read(fields, Style::Text));
    }

    fn plain(&mut self, variable: &str, fields: &[&str]) {
        self.put_some(variable, self.read(fields, Style::Plain));
    }

    fn verbatim(&mut self, variable: &str, fields: &[&str]) {
        self.put_some(variable, self.entry.first(fields).map(latex::verbatim));
    }

    fn names_of(&mut self, variable: &str, field: &str) {
        let Some(written) = self.entry.get(field) else { return };
        let options = self.entry.get("options").unwrap_or_default();
        let names = names(written, options.replace(' ', "").contains("useprefix=false"));
        if names.is_empty() {
            return;
        }
        match self.out.iter_mut().find(|(name, _)| &**name == variable) {
            Some((_, Value::List(there))) => there.extend(names),
            _ => self.out.push((variable.into(), Value::List(names))),
        }
    }

    fn names(&mut self) {
        self.names_of("author", "author");
        if self.kind == "patent" && !self.has("author") {
            self.names_of("author", "holder");
        }
        for (field, role) in [
            ("editor", "editortype"),
            ("editora", "editoratype"),
            ("editorb", "editorbtype"),
            ("editorc", "editorctype"),
        ] {
            let variable = match self.entry.get(role).unwrap_or_default().to_lowercase().as_str() {
                "compiler" => "compiler",
                "director" => "director",
                "organizer" => "organizer",
                "producer" => "producer",
                "performer" => "performer",
                "composer" => "composer",
                "illustrator" => "illustrator",
                "interviewer" => "interviewer",
                "scriptwriter" => "script-writer",
                "narrator" => "narrator",
                "recipient" => "recipient",
                "collaborator" => "contributor",
                _ => "editor",
            };
            self.names_of(variable, field);
        }
        for (variable, field) in [
            ("translator", "translator"),
            ("container-author", "bookauthor"),
            ("collection-editor", "serieseditor"),
            ("director", "director"),
            ("illustrator", "illustrator"),
            ("interviewer", "interviewer"),
            ("recipient", "recipient"),
            ("composer", "composer"),
            ("contributor", "collaborator"),
        ] {
            self.names_of(variable, field);
        }
    }

    /// A title with its subtitle and addition.
    fn title(&self, title: &[&str], subtitle: &str, addition: &str) -> Option<String> {
        let mut whole = self.read(title, Style::Title)?;
        if let Some(subtitle) = self.read(&[subtitle], Style::Title) {
            whole.push_str(if whole.ends_with(['?', '!', ':', '.', '…', '—']) { " " } else { ": " });
            whole.push_str(&subtitle);
        }
        if let Some(addition) = self.read(&[addition], Style::Title) {
            whole.push_str(if whole.ends_with(['?', '!', '.', '…']) { " " } else { ". " });
            whole.push_str(&addition);
        }
        Some(whole)
    }

    fn titles(&mut self) {
        let addition = if self.kind == "webpage" { "" } else { "titleaddon" };
        let own = self.title(&["title"], "subtitle", addition);
        let main = self.title(&["maintitle"], "mainsubtitle", "maintitleaddon");
        let is_part = matches!(self.kind, "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary");
        match main {
            Some(main) if !is_part => {
                self.put("title", main);
                self.put_some("volume-title", own);
            }
            main => {
                self.put_some("title", own);
                if main.is_some() {
                    self.put_some("volume-title", self.title(&["booktitle"], "booksubtitle", "booktitleaddon"));
                    self.put_some("container-title", main);
                }
            }
        }
        // The issue of a periodical may have a title of its own.
        let issue = self.title(&["issuetitle"], "issuesubtitle", "issuetitleaddon");
        if self.kind == "periodical" || self.kind.starts_with("article") {
            self.put_some("volume-title", issue);
        }
        let short = self.read(&["shorttitle"], Style::Title);
        let with_subtitle = self.entry.get("subtitle").is_some() && self.entry.get("maintitle").is_none();
        let short = short.or_else(|| if with_subtitle { self.read(&["title"], Style::Title) } else { None });
        self.put_some("title-short", short);
        self.put_some("original-title", self.read(&["origtitle"], Style::Title));
        self.put_some("reviewed-title", self.read(&["reviewedtitle"], Style::Title));
        self.put_some("event-title", self.title(&["eventtitle"], "", "eventtitleaddon"));
    }

    fn containers(&mut self) {
        let book = self.title(&["booktitle"], "booksubtitle", "booktitleaddon");
        let journal = self.title(&["journaltitle", "journal"], "journalsubtitle", "journaltitleaddon");
        let (first, second) = if self.kind.starts_with("article") { (journal, book) } else { (book, journal) };
        self.put_some("container-title", first.or(second));
        if matches!(self.kind, "webpage" | "post" | "post-weblog") {
            // What Better BibTeX makes of a site's name.
            self.put_some("container-title", self.read(&["organization", "titleaddon"], Style::Text));
        }
        self.put_some("container-title-short", self.read(&["shortjournal", "journalabbreviation"], Style::Text));
        self.put_some("collection-title", self.read(&["series"], Style::Title));
    }

    fn range(&self, fields: &[&str]) -> Option<String> {
        Some(self.read(fields, Style::Plain)?.replace(['–', '—'], "-"))
    }

    fn numbers(&mut self) {
        self.put_some("volume", self.range(&["volume"]));
        self.plain("number-of-volumes", &["volumes"]);
        self.plain("part-number", &["part"]);
        self.plain("chapter-number", &["chapter"]);
        self.plain("edition", &["edition"]);
        self.put_some("page", self.range(&["pages"]));
        self.plain("number-of-pages", &["pagetotal", "numpages"]);
        self.plain("version", &["version"]);
        self.plain("section", &["section"]);
        self.put_some("genre", genre(self.entry));
        let number = self.range(&["number"]);
        let issue = self.range(&["issue"]);
        match self.kind {
            "article-journal" | "article-magazine" | "article-newspaper" | "periodical" | "review" => {
                // Both: `number = 3, issue = {Spring}`.
                let both = match (number, issue) {
                    (Some(number), Some(issue)) if number != issue => Some(format!("{number}, {issue}")),
                    (number, issue) => number.or(issue),
                };
                self.put_some("issue", both);
            }
            "book" | "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary" | "pamphlet" => {
                let variable = if self.has("collection-title") { "collection-number" } else { "number" };
                self.put_some(variable, number);
                self.put_some("issue", issue);
            }
            _ => {
                self.put_some("number", number);
                self.put_some("issue", issue);
            }
        }
    }

    fn dates(&mut self) {
        self.put_some("issued", date(self.entry, ""));
        self.put_some("original-date", date(self.entry, "orig"));
        self.put_some("event-date", date(self.entry, "event"));
        self.put_some("accessed", date(self.entry, "url"));
        for field in ["lastchecked", "lastaccessed"] {
            let text = self.read(&[field], Style::Plain).map(|text| crate::source_file::dates::loose(&text));
            self.put_some("accessed", text.filter(|text| crate::source_file::dates::is_edtf(text)));
        }
    }

    fn list(&self, field: &str) -> Option<String> {
        let items = literals(self.entry.get(field)?);
        (!items.is_empty()).then(|| items.join("; "))
    }

    fn places(&mut self) {
        let site = matches!(self.kind, "webpage" | "post" | "post-weblog");
        let mut publishers: Vec<String> = Vec::new();
        for field in ["publisher", "institution", "school", "organization"] {
            // A site's name is where the page appeared; a conference's organisation held it.
            if field == "organization" && (site || (self.kind == "paper-conference" && !publishers.is_empty())) {
                continue;
            }
            publishers.extend(self.list(field).filter(|name| !publishers.contains(name)));
        }
        let how = self.read(&["howpublished"], Style::Text);
        match how {
            Some(how) if how.starts_with("http://") || how.starts_with("https://") => {
                self.verbatim("URL", &["url"]);
                self.put("URL", how);
            }
            Some(how) if publishers.is_empty() && !site => publishers.push(how),
            Some(how) => self.put("medium", how),
            None => {}
        }
        let authority = matches!(self.kind, "legal_case" | "patent" | "legislation" | "bill");
        if authority {
            self.put_some("authority", self.list("court"));
            self.put("authority", publishers.join("; "));
        } else {
            self.put("publisher", publishers.join("; "));
        }
        let location = self.list("location").or_else(|| self.list("address"));
        self.put_some(if self.kind == "patent" { "jurisdiction" } else { "publisher-place" }, location);
        self.put_some("event-place", self.list("venue"));
        self.put_some("original-publisher", self.list("origpublisher"));
        self.put_some("original-publisher-place", self.list("origlocation"));
        self.text("jurisdiction", &["jurisdiction"]);
        self.text("archive", &["library"]);
        self.text("call-number", &["lccn", "call-number", "callnumber", "shelfmark"]);
        self.text("dimensions", &["dimensions"]);
        self.text("scale", &["scale"]);
    }

    fn identifiers(&mut self) {
        let doi = self.entry.get("doi").map(latex::verbatim);
        let bare = |doi: String| match doi.to_ascii_lowercase().find("doi.org/") {
            Some(start) if doi.starts_with("http") => doi[start + "doi.org/".len()..].to_owned(),
            _ => doi.trim_start_matches("doi:").trim().to_owned(),
        };
        self.put_some("DOI", doi.map(bare));
        self.verbatim("URL", &["url"]);
        self.verbatim("ISBN", &["isbn"]);
        self.verbatim("ISSN", &["issn", "eissn"]);
        self.verbatim("PMID", &["pmid"]);
        self.verbatim("PMCID", &["pmcid"]);
        let Some(id) = self.entry.get("eprint").map(latex::verbatim) else { return };
        let store = self.entry.first(&["eprinttype", "archiveprefix"]).map(latex::verbatim).unwrap_or_default();
        match store.to_ascii_lowercase().as_str() {
            "arxiv" => {
                let class = self.entry.first(&["eprintclass", "primaryclass"]).map(latex::verbatim);
                let id = id.trim_start_matches("arXiv:").trim_start_matches("arxiv:").to_owned();
                self.put("URL", format!("https://arxiv.org/abs/{id}"));
                self.put("archive", "arXiv".to_owned());
                self.put("archive_location", class.map_or_else(|| id.clone(), |class| format!("{id} [{class}]")));
                self.put("number", format!("arXiv:{id}"));
            }
            "pubmed" | "pmid" => self.put("PMID", id),
            "pmc" | "pmcid" => self.put("PMCID", id),
            "jstor" => self.put("URL", format!("https://www.jstor.org/stable/{id}")),
            "hdl" | "handle" => self.put("URL", format!("https://hdl.handle.net/{id}")),
            "googlebooks" => self.put("URL", format!("https://books.google.com/books?id={id}")),
            _ if id.starts_with("https://") || id.starts_with("http://") => self.put("URL", id),
            "" => self.put("number", id),
            _ => {
                self.put("archive", store);
                self.put("archive_location", id);
            }
        }
    }

    fn remarks(&mut self) {
        self.text("abstract", &["abstract"]);
        self.text("annote", &["annotation", "annote"]);
        let note = [self.read(&["note"], Style::Text), self.read(&["addendum"], Style::Text)];
        self.put("note", note.into_iter().flatten().collect::<Vec<_>>().join(". "));
        self.text("keyword", &["keywords"]);
        let language_of = self.read(&["langid", "language", "hyphenation"], Style::Plain);
        self.put_some("language", language_of.map(|written| language(&written)));
        self.text("status", &["pubstate"]);
        self.text("license", &["license"]);
    }
}
