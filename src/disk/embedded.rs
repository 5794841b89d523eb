//! What the program carries with it: the shipped templates and the sample desk.

macro_rules! files {
    ($($name:literal => $path:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../../", $path)))),+] };
}

/// The shipped templates by id.
pub const TEMPLATES: &[(&str, &str)] = files! {
    "au-ministerial" => "templates/au-ministerial.md",
    "backgrounder" => "templates/backgrounder.md",
    "ca-briefing-note" => "templates/ca-briefing-note.md",
    "intel-brief" => "templates/intel-brief.md",
    "readout" => "templates/readout.md",
    "uk-submission" => "templates/uk-submission.md",
    "un-sitrep" => "templates/un-sitrep.md",
};

/// The sample desk's files, by their path in a desk.
pub const SAMPLE: &[(&str, &str)] = files! {
    "briefs/sources.yaml" => "briefs/sources.yaml",
    "briefs/events/2024/li-qiang-ru-by-2024-08.yaml" => "briefs/events/2024/li-qiang-ru-by-2024-08.yaml",
    "briefs/events/2024/nato-washington-2024-07.yaml" => "briefs/events/2024/nato-washington-2024-07.yaml",
    "briefs/events/2024/sco-astana-2024-07.yaml" => "briefs/events/2024/sco-astana-2024-07.yaml",
    "briefs/drafts/belarus-sco-backgrounder.md" => "briefs/drafts/belarus-sco-backgrounder.md",
    "briefs/drafts/li-qiang-submission.md" => "briefs/drafts/li-qiang-submission.md",
};
