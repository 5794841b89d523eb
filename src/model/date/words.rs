//! The words of dates in the languages that notes are written in.

/// What a frame is put around: an article or a preposition may depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    Year,
    /// A month, season, decade or century.
    Other,
    Day,
}

/// A phrase around a date, `{}`: by [`Grain`].
pub(super) struct Frame([&'static str; 3]);

impl Frame {
    const fn same(text: &'static str) -> Self {
        Self([text; 3])
    }

    pub(super) fn around(&self, text: &str, grain: Grain) -> String {
        let [year, other, day] = self.0;
        let frame = match grain {
            Grain::Year => year,
            Grain::Other => other,
            Grain::Day => day,
        };
        frame.replacen("{}", text, 1)
    }
}

/// The words of one language. Lists are separated by spaces: months from January, weekdays from
/// Monday, seasons from spring.
pub(super) struct Words {
    pub months: &'static str,
    /// With a day or a preposition, where that differs: `августа`.
    pub months_genitive: &'static str,
    pub months_short: &'static str,
    pub weekdays: &'static str,
    pub weekdays_short: &'static str,
    pub seasons: &'static str,
    pub seasons_genitive: &'static str,
    pub season_of_year: &'static str,
    pub decade: [&'static str; 2],
    pub century: [&'static str; 2],
    pub roman_centuries: bool,
    pub before_christ: &'static str,
    pub first_day: &'static str,
    pub pattern: &'static str,
    pub about: Frame,
    /// Whether `about` may stand inside `from` and `until`; otherwise `approximate` follows.
    pub about_nests: bool,
    pub approximate: &'static str,
    pub uncertain: &'static str,
    pub from: Frame,
    pub until: Frame,
    pub to_unknown: &'static str,
    pub from_unknown: &'static str,
}

/// The words of a language tag (BCP 47): its primary subtag decides, and English stands in for a
/// language that is not here.
pub(super) fn of(language: &str) -> &'static Words {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let all: [(&str, &'static Words); 8] = [
        ("fr", &FRENCH),
        ("de", &GERMAN),
        ("es", &SPANISH),
        ("it", &ITALIAN),
        ("pt", &PORTUGUESE),
        ("nl", &DUTCH),
        ("ru", &RUSSIAN),
        ("uk", &UKRAINIAN),
    ];
    all.iter().find(|(tag, _)| primary.eq_ignore_ascii_case(tag)).map_or(&ENGLISH, |(_, words)| words)
}

/// How a day is usually written in a language: `%-d %B %Y`, in German `%-d. %B %Y`, in Spanish and
/// Portuguese `%-d de %B de %Y`. The tag is BCP 47's; only `en-US` differs by region.
#[must_use]
pub fn default_pattern(language: &str) -> &'static str {
    if language.eq_ignore_ascii_case("en-US") { "%B %-d, %Y" } else { of(language).pattern }
}

static ENGLISH: Words = Words {
    months: "January February March April May June July August September October November December",
    months_genitive: "",
    months_short: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    weekdays: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    weekdays_short: "Mon Tue Wed Thu Fri Sat Sun",
    seasons: "spring summer autumn winter",
    seasons_genitive: "",
    season_of_year: "{season} {year}",
    decade: ["{}s"; 2],
    century: ["{}{th} century"; 2],
    roman_centuries: false,
    before_christ: "BC",
    first_day: "1",
    pattern: "%-d %B %Y",
    about: Frame::same("about {}"),
    about_nests: true,
    approximate: "(approximate)",
    uncertain: "(uncertain)",
    from: Frame::same("from {}"),
    until: Frame::same("until {}"),
    to_unknown: "{} to an unknown date",
    from_unknown: "an unknown date to {}",
};

static FRENCH: Words = Words {
    months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    months_genitive: "",
    months_short: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    weekdays: "lundi mardi mercredi jeudi vendredi samedi dimanche",
    weekdays_short: "lun. mar. mer. jeu. ven. sam. dim.",
    seasons: "printemps été automne hiver",
    seasons_genitive: "",
    season_of_year: "{season} {year}",
    decade: ["années {}"; 2],
    century: ["{}e siècle"; 2],
    roman_centuries: true,
    before_christ: "av. J.-C.",
    first_day: "1er",
    pattern: "%-d %B %Y",
    about: Frame(["vers {}", "vers {}", "vers le {}"]),
    about_nests: false,
    approximate: "(date approximative)",
    uncertain: "(date incertaine)",
    from: Frame(["depuis {}", "depuis {}", "depuis le {}"]),
    until: Frame(["jusqu’en {}", "jusqu’en {}", "jusqu’au {}"]),
    to_unknown: "{} – date inconnue",
    from_unknown: "date inconnue – {}",
};

static GERMAN: Words = Words {
    months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    months_genitive: "",
    months_short: "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    weekdays: "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    weekdays_short: "Mo Di Mi Do Fr Sa So",
    seasons: "Frühjahr Sommer Herbst Winter",
    seasons_genitive: "",
    season_of_year: "{season} {year}",
    decade: ["{}er-Jahre"; 2],
    century: ["{}. Jahrhundert"; 2],
    roman_centuries: false,
    before_christ: "v. Chr.",
    first_day: "1",
    pattern: "%-d. %B %Y",
    about: Frame::same("etwa {}"),
    about_nests: true,
    approximate: "(ungefähr)",
    uncertain: "(unsicher)",
    from: Frame::same("ab {}"),
    until: Frame::same("bis {}"),
    to_unknown: "{} bis zu einem unbekannten Datum",
    from_unknown: "unbekanntes Datum bis {}",
};

static SPANISH: Words = Words {
    months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    months_genitive: "",
    months_short: "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
    weekdays: "lunes martes miércoles jueves viernes sábado domingo",
    weekdays_short: "lun. mar. mié. jue. vie. sáb. dom.",
    seasons: "primavera verano otoño invierno",
    seasons_genitive: "",
    season_of_year: "{season} de {year}",
    decade: ["década de {}"; 2],
    century: ["siglo {}"; 2],
    roman_centuries: true,
    before_christ: "a. C.",
    first_day: "1",
    pattern: "%-d de %B de %Y",
    about: Frame(["hacia {}", "hacia {}", "hacia el {}"]),
    about_nests: false,
    approximate: "(fecha aproximada)",
    uncertain: "(fecha incierta)",
    from: Frame(["desde {}", "desde {}", "desde el {}"]),
    until: Frame(["hasta {}", "hasta {}", "hasta el {}"]),
    to_unknown: "{} – fecha desconocida",
    from_unknown: "fecha desconocida – {}",
};

static ITALIAN: Words = Words {
    months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    months_genitive: "",
    months_short: "gen feb mar apr mag giu lug ago set ott nov dic",
    weekdays: "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    weekdays_short: "lun mar mer gio ven sab dom",
    seasons: "primavera estate autunno inverno",
    seasons_genitive: "",
    season_of_year: "{season} {year}",
    decade: ["anni {}"; 2],
    century: ["{} secolo"; 2],
    roman_centuries: true,
    before_christ: "a.C.",
    first_day: "1º",
    pattern: "%-d %B %Y",
    about: Frame(["circa {}", "circa {}", "circa {}"]),
    about_nests: false,
    approximate: "(data approssimativa)",
    uncertain: "(data incerta)",
    from: Frame(["dal {}", "da {}", "dal {}"]),
    until: Frame(["fino al {}", "fino a {}", "fino al {}"]),
    to_unknown: "{} – data sconosciuta",
    from_unknown: "data sconosciuta – {}",
};

static PORTUGUESE: Words = Words {
    months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    months_genitive: "",
    months_short: "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    weekdays: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    weekdays_short: "seg. ter. qua. qui. sex. sáb. dom.",
    seasons: "primavera verão outono inverno",
    seasons_genitive: "",
    season_of_year: "{season} de {year}",
    decade: ["década de {}"; 2],
    century: ["século {}"; 2],
    roman_centuries: true,
    before_christ: "a.C.",
    first_day: "1",
    pattern: "%-d de %B de %Y",
    about: Frame::same("por volta de {}"),
    about_nests: false,
    approximate: "(data aproximada)",
    uncertain: "(data incerta)",
    from: Frame::same("desde {}"),
    until: Frame::same("até {}"),
    to_unknown: "{} – data desconhecida",
    from_unknown: "data desconhecida – {}",
};

static DUTCH: Words = Words {
    months: "januari februari maart april mei juni juli augustus september oktober november december",
    months_genitive: "",
    months_short: "jan. feb. mrt. apr. mei juni juli aug. sep. okt. nov. dec.",
    weekdays: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    weekdays_short: "ma di wo do vr za zo",
    seasons: "voorjaar zomer najaar winter",
    seasons_genitive: "",
    season_of_year: "{season} {year}",
    decade: ["jaren {}"; 2],
    century: ["{}e eeuw"; 2],
    roman_centuries: false,
    before_christ: "v.Chr.",
    first_day: "1",
    pattern: "%-d %B %Y",
    about: Frame::same("omstreeks {}"),
    about_nests: false,
    approximate: "(bij benadering)",
    uncertain: "(onzeker)",
    from: Frame::same("vanaf {}"),
    until: Frame::same("tot en met {}"),
    to_unknown: "{} tot een onbekende datum",
    from_unknown: "onbekende datum tot en met {}",
};

static RUSSIAN: Words = Words {
    months: "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    months_genitive: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    months_short: "янв. февр. март апр. май июнь июль авг. сент. окт. нояб. дек.",
    weekdays: "понедельник вторник среда четверг пятница суббота воскресенье",
    weekdays_short: "пн вт ср чт пт сб вс",
    seasons: "весна лето осень зима",
    seasons_genitive: "весны лета осени зимы",
    season_of_year: "{season} {year} года",
    decade: ["{}-е годы", "{}-х годов"],
    century: ["{} век", "{} века"],
    roman_centuries: true,
    before_christ: "до н. э.",
    first_day: "1",
    pattern: "%-d %B %Y",
    about: Frame(["около {} года", "около {}", "около {}"]),
    about_nests: false,
    approximate: "(приблизительно)",
    uncertain: "(дата не подтверждена)",
    from: Frame(["с {} года", "с {}", "с {}"]),
    until: Frame(["до {} года", "до {}", "до {}"]),
    to_unknown: "{} – дата неизвестна",
    from_unknown: "дата неизвестна – {}",
};

static UKRAINIAN: Words = Words {
    months: "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    months_genitive: "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    months_short: "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.",
    weekdays: "понеділок вівторок середа четвер п’ятниця субота неділя",
    weekdays_short: "пн вт ср чт пт сб нд",
    seasons: "весна літо осінь зима",
    seasons_genitive: "весни літа осені зими",
    season_of_year: "{season} {year} року",
    decade: ["{}-ті роки", "{}-х років"],
    century: ["{} століття"; 2],
    roman_centuries: true,
    before_christ: "до н. е.",
    first_day: "1",
    pattern: "%-d %B %Y",
    about: Frame(["близько {} року", "близько {}", "близько {}"]),
    about_nests: false,
    approximate: "(приблизно)",
    uncertain: "(дату не підтверджено)",
    from: Frame(["з {} року", "з {}", "з {}"]),
    until: Frame(["до {} року", "до {}", "до {}"]),
    to_unknown: "{} – дата невідома",
    from_unknown: "дата невідома – {}",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_complete() {
        for tag in ["en", "fr", "de", "es", "it", "pt", "nl", "ru", "uk"] {
            let words = of(tag);
            let count = |list: &str| list.split(' ').count();
            assert_eq!(count(words.months), 12, "{tag}");
            assert_eq!(count(words.months_short), 12, "{tag}");
            assert!(words.months_genitive.is_empty() || count(words.months_genitive) == 12, "{tag}");
            assert_eq!((count(words.weekdays), count(words.weekdays_short)), (7, 7), "{tag}");
            assert_eq!(count(words.seasons), 4, "{tag}");
            assert!(words.seasons_genitive.is_empty() || count(words.seasons_genitive) == 4, "{tag}");
        }
    }

    #[test]
    fn the_primary_subtag_decides() {
        assert_eq!(of("fr-CA").before_christ, "av. J.-C.");
        assert_eq!(of("DE").before_christ, "v. Chr.");
        assert_eq!(of("tlh").before_christ, "BC");
        assert_eq!(default_pattern("en-US"), "%B %-d, %Y");
        assert_eq!(default_pattern("pt-BR"), "%-d de %B de %Y");
    }
}
