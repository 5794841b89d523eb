//! What the program carries with it: the shipped templates, the sample desk and the lesson of its tutorial.

macro_rules! files {
    ($($name:literal => $path:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../../", $path)))),+] };
}

/// The shipped templates by id.
pub const TEMPLATES: &[(&str, &str)] = files! {
    "au-ministerial" => "templates/au-ministerial.md",
    "backgrounder" => "templates/backgrounder.md",
    "ca-briefing-note" => "templates/ca-briefing-note.md",
    "ca-federal-memo" => "templates/ca-federal-memo.md",
    "ca-house-note" => "templates/ca-house-note.md",
    "intel-brief" => "templates/intel-brief.md",
    "parl-library" => "templates/parl-library.md",
    "readout" => "templates/readout.md",
    "uk-fco-brief" => "templates/uk-fco-brief.md",
    "uk-meeting-brief" => "templates/uk-meeting-brief.md",
    "uk-submission" => "templates/uk-submission.md",
    "un-sitrep" => "templates/un-sitrep.md",
    "us-agenda" => "templates/us-agenda.md",
    "us-army-info" => "templates/us-army-info.md",
    "us-read-ahead" => "templates/us-read-ahead.md",
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

/// What a new sample desk has besides: a draft to learn the keys by, with its template and the settings that
/// leave its planted faults warnings. They lie apart from the desk of this repository, whose drafts are shown
/// without a finding. The draft comes last: the one changed last is the one that opens.
pub const LESSON: &[(&str, &str)] = files! {
    "attache.yaml" => "tutorial/attache.yaml",
    "templates/tutorial.md" => "tutorial/template.md",
    "briefs/drafts/tutorial.md" => "tutorial/draft.md",
};
