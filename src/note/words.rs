//! The words that a note has of its own, in the languages we know; English stands in for others.

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// The heading over notes that stand at the end.
    pub notes: &'static str,
    /// The heading over the list of sources, where the template has none.
    pub sources: &'static str,
    /// The head of a chronology: when, what, where from.
    pub chronology: [&'static str; 3],
    /// What a judgement of the desk is called in its note.
    pub desk_assessment: &'static str,
    /// The same, of an author who follows.
    pub assessment_by: &'static str,
    /// What leads to that on which a judgement rests.
    pub based_on: &'static str,
    /// One note, and several, before their numbers.
    pub note: [&'static str; 2],
    /// Between the last two of several.
    pub and: &'static str,
    /// Before the day on which a page was seen.
    pub accessed: &'static str,
    /// Before the day and address of a lasting copy.
    pub archived: &'static str,
    /// Between that and a day.
    pub on: &'static str,
    /// A colon, with the space that goes before it.
    pub colon: &'static str,
}

/// The words of a language (BCP 47).
pub(super) fn of(language: &str) -> &'static Words {
    let main = language.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().find(|(code, _)| main.eq_ignore_ascii_case(code)).map_or(&ENGLISH, |(_, words)| words)
}

static ENGLISH: Words = Words {
    notes: "Notes",
    sources: "Sources",
    chronology: ["Date", "What", "Source"],
    desk_assessment: "Desk assessment",
    assessment_by: "Assessment by",
    based_on: "based on",
    note: ["note", "notes"],
    and: "and",
    accessed: "accessed",
    archived: "archived",
    on: "",
    colon: ":",
};

static LANGUAGES: [(&str, Words); 8] = [
    (
        "de",
        Words {
            notes: "Anmerkungen",
            sources: "Quellen",
            chronology: ["Datum", "Ereignis", "Quelle"],
            desk_assessment: "Einschätzung des Referats",
            assessment_by: "Einschätzung von",
            based_on: "gestützt auf",
            note: ["Anmerkung", "Anmerkungen"],
            and: "und",
            accessed: "abgerufen am",
            archived: "archiviert",
            on: "am ",
            colon: ":",
        },
    ),
    (
        "es",
        Words {
            notes: "Notas",
            sources: "Fuentes",
            chronology: ["Fecha", "Hecho", "Fuente"],
            desk_assessment: "Valoración de la redacción",
            assessment_by: "Valoración de",
            based_on: "basada en",
            note: ["la nota", "las notas"],
            and: "y",
            accessed: "consultado el",
            archived: "archivado",
            on: "el ",
            colon: ":",
        },
    ),
    (
        "fr",
        Words {
            notes: "Notes",
            sources: "Sources",
            chronology: ["Date", "Fait", "Source"],
            desk_assessment: "Appréciation de la rédaction",
            assessment_by: "Appréciation de",
            based_on: "d’après",
            note: ["la note", "les notes"],
            and: "et",
            accessed: "consulté le",
            archived: "archivé",
            on: "le ",
            colon: "\u{a0}:",
        },
    ),
    (
        "it",
        Words {
            notes: "Note",
            sources: "Fonti",
            chronology: ["Data", "Fatto", "Fonte"],
            desk_assessment: "Valutazione della redazione",
            assessment_by: "Valutazione di",
            based_on: "in base a",
            note: ["nota", "note"],
            and: "e",
            accessed: "consultato il",
            archived: "archiviato",
            on: "il ",
            colon: ":",
        },
    ),
    (
        "nl",
        Words {
            notes: "Noten",
            sources: "Bronnen",
            chronology: ["Datum", "Gebeurtenis", "Bron"],
            desk_assessment: "Beoordeling van de redactie",
            assessment_by: "Beoordeling van",
            based_on: "op grond van",
            note: ["noot", "noten"],
            and: "en",
            accessed: "geraadpleegd op",
            archived: "gearchiveerd",
            on: "op ",
            colon: ":",
        },
    ),
    (
        "pt",
        Words {
            notes: "Notas",
            sources: "Fontes",
            chronology: ["Data", "Facto", "Fonte"],
            desk_assessment: "Avaliação da redação",
            assessment_by: "Avaliação de",
            based_on: "com base em",
            note: ["nota", "notas"],
            and: "e",
            accessed: "consultado a",
            archived: "arquivado",
            on: "a ",
            colon: ":",
        },
    ),
    (
        "ru",
        Words {
            notes: "Примечания",
            sources: "Источники",
            chronology: ["Дата", "Событие", "Источник"],
            desk_assessment: "Оценка редакции",
            assessment_by: "Оценка:",
            based_on: "на основе",
            note: ["прим.", "прим."],
            and: "и",
            accessed: "дата обращения:",
            archived: "архивировано",
            on: "",
            colon: ":",
        },
    ),
    (
        "uk",
        Words {
            notes: "Примітки",
            sources: "Джерела",
            chronology: ["Дата", "Подія", "Джерело"],
            desk_assessment: "Оцінка редакції",
            assessment_by: "Оцінка:",
            based_on: "на основі",
            note: ["прим.", "прим."],
            and: "і",
            accessed: "дата звернення:",
            archived: "архівовано",
            on: "",
            colon: ":",
        },
    ),
];
