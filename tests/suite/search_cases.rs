//! The labelled queries of `tests/data/search/`, read; the matchers' benchmark reads them too.

use std::path::Path;

/// The queries of one page and the events that they search.
pub(crate) struct Page {
    /// The page's name.
    pub(crate) name: String,
    /// Event files.
    pub(crate) events: Vec<String>,
    /// The queries.
    pub(crate) cases: Vec<Case>,
}

/// A query, and which facts are wanted where.
pub(crate) struct Case {
    /// The line of the page.
    pub(crate) line: usize,
    /// What is typed.
    pub(crate) query: String,
    /// The facts wanted first, in order.
    pub(crate) first: Vec<String>,
    /// Facts that may be found below these.
    pub(crate) below: Vec<String>,
    /// Facts that must not be found.
    pub(crate) not: Vec<String>,
}

impl Case {
    /// What is wrong with an answer: the ids found, the best first.
    pub(crate) fn fault(&self, found: &[String]) -> Option<String> {
        let at = |id: &String| found.iter().position(|f| f == id);
        if found.get(..self.first.len()) != Some(&self.first[..]) {
            return Some(format!("wanted first: {}", self.first.join(", ")));
        }
        let above = self.below.iter().find(|id| at(id).is_some_and(|n| n < self.first.len()));
        let noise = self.not.iter().find(|id| at(id).is_some());
        above.map(|id| format!("{id} stands above")).or_else(|| noise.map(|id| format!("{id} is found")))
    }

    /// Whether the first fact is the one wanted, and no noise is found: the least that a person asks.
    #[allow(dead_code, reason = "the benchmark asks it")]
    pub(crate) fn leads(&self, found: &[String]) -> bool {
        found.first() == self.first.first()
    }
}

/// Every page of the folder, in order.
pub(crate) fn pages(folder: &Path) -> Vec<Page> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    files.retain(|path| path.file_name().is_some_and(|name| name != "README.md"));
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        page(name, &std::fs::read_to_string(path).unwrap())
    };
    files.iter().map(read).collect()
}

fn page(name: String, text: &str) -> Page {
    let mut page = Page { name, events: Vec::new(), cases: Vec::new() };
    let mut event: Option<String> = None;
    for (line, row) in (1..).zip(text.lines()) {
        match &mut event {
            Some(_) if row == "```" => page.events.extend(event.take()),
            Some(event) => {
                event.push_str(row);
                event.push('\n');
            }
            None if row == "```yaml" => event = Some(String::new()),
            None if row.starts_with("| `") => page.cases.push(case(&page.name, line, row)),
            None => {}
        }
    }
    page
}

fn case(page: &str, line: usize, row: &str) -> Case {
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let [query, first, below, not] = cells[..] else { panic!("{page}.md:{line}: a row has four cells: {row}") };
    let ids = |cell: &str| cell.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
    Case { line, query: query.trim_matches('`').to_owned(), first: ids(first), below: ids(below), not: ids(not) }
}
