//! From the text of a query to its terms.

use std::str::FromStr;

use super::QueryError;
use super::query::{Filter, Key, Query, Term, Text, What};
use super::value::{DateTest, MarkingTest, Pattern, Scale, Span};
use crate::model::text::{nearest, one_line};
use crate::model::{Edtf, Marking, Priority, Reliability};

/// Keys that people try first, and what they are called here.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("speaker", "by"),
    ("author", "by"),
    ("reliability", "grade"),
    ("credible", "credibility"),
    ("type", "kind"),
    ("outlet", "source"),
    ("country", "place"),
    ("placed", "used"),
    ("from", "source"),
];

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// A part of the query and where it begins, in characters from 1.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    column: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Is,
    Same,
    Below,
    UpTo,
    Above,
    From,
}

struct Lexer<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    column: usize,
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        self.column += 1;
        Some(c)
    }

    fn next_if(&mut self, is: impl Fn(char) -> bool) -> Option<char> {
        self.rest.peek().is_some_and(|c| is(*c)).then(|| self.next()).flatten()
    }

    fn take(&mut self, is: impl Fn(char) -> bool) -> Piece {
        let mut piece = Piece { text: String::new(), column: self.column };
        while let Some(c) = self.next_if(&is) {
            piece.text.push(c);
        }
        piece
    }

    /// The text up to the closing mark, and whether there is one.
    fn quoted(&mut self) -> (Piece, bool) {
        let piece = self.take(|c| !is_quote(c));
        (piece, self.next().is_some())
    }

    fn operator(&mut self) -> Option<Operator> {
        let first = self.next_if(|c| matches!(c, ':' | '=' | '<' | '>'))?;
        let or_equal = matches!(first, '<' | '>') && self.next_if(|c| c == '=').is_some();
        Some(match (first, or_equal) {
            ('=', _) => Operator::Same,
            ('<', false) => Operator::Below,
            ('<', true) => Operator::UpTo,
            ('>', false) => Operator::Above,
            ('>', true) => Operator::From,
            _ => Operator::Is,
        })
    }

    /// Alternatives separated by commas, up to white space; quotation marks hold both together.
    fn values(&mut self) -> Vec<Piece> {
        let mut values = vec![Piece { text: String::new(), column: self.column }];
        while let Some(c) = self.next_if(|c| !c.is_whitespace()) {
            if c == ',' {
                values.push(Piece { text: String::new(), column: self.column });
                continue;
            }
            let Some(value) = values.last_mut() else { break };
            if is_quote(c) {
                value.text.push_str(&self.quoted().0.text);
            } else {
                value.text.push(c);
            }
        }
        for value in &mut values {
            value.text = one_line(&value.text);
        }
        // A comma at the end is one whose alternative is still being typed.
        values.retain(|v| !v.text.is_empty());
        values
    }
}

/// Reads a whole query.
pub(super) fn query(text: &str) -> Result<Query, QueryError> {
    let mut lexer = Lexer { rest: text.chars().peekable(), column: 1 };
    let mut terms = Vec::new();
    loop {
        lexer.take(char::is_whitespace);
        if lexer.rest.peek().is_none() {
            return Ok(Query { terms });
        }
        let negated = lexer.next_if(|c| c == '-').is_some();
        if let Some(what) = term(&mut lexer)? {
            terms.push(Term { negated, what });
        }
    }
}

/// Reads what follows the sign of a term; `None` for what asks for nothing, such as `""`.
fn term(lexer: &mut Lexer<'_>) -> Result<Option<What>, QueryError> {
    if lexer.next_if(is_quote).is_some() {
        let (phrase, closed) = lexer.quoted();
        return Ok(Text::new(&one_line(&phrase.text)).map(|text| What::Phrase(text, !closed)));
    }
    let start = lexer.column;
    let ahead = lexer.rest.clone();
    let name = lexer.take(char::is_alphabetic);
    if let Some(operator) = lexer.operator() {
        let lower = name.text.to_lowercase();
        if let Ok(key) = Key::from_str(&lower) {
            return filter(key, operator, &name, &lexer.values()).map(|f| Some(What::Filter(f)));
        }
        let is_address = operator == Operator::Is && lexer.rest.peek() == Some(&'/');
        if let Some(meant) = meant(&lower).filter(|_| !is_address) {
            let error = error(&name, format!("unknown key `{}`", name.text));
            return Err(error.help(format!("did you mean `{meant}`, as in `{}`?", example(meant))));
        }
    }
    // An ordinary word: read it again as one.
    lexer.rest = ahead;
    lexer.column = start;
    let word = lexer.take(|c| !c.is_whitespace() && !is_quote(c));
    Ok(Text::new(&word.text).map(What::Word))
}

fn meant(name: &str) -> Option<&'static str> {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, key)| *key);
    other.or_else(|| if name.is_empty() { None } else { nearest(name, Key::WORDS.iter().copied()) })
}

fn example(key: &str) -> &'static str {
    Key::from_str(key).map_or("tag:china", Key::example)
}

fn error(at: &Piece, message: String) -> QueryError {
    QueryError { message, column: at.column, help: None }
}

impl QueryError {
    fn help(mut self, help: String) -> Self {
        self.help = Some(help);
        self
    }
}

fn filter(key: Key, operator: Operator, name: &Piece, values: &[Piece]) -> Result<Filter, QueryError> {
    if values.is_empty() {
        let error = error(name, format!("`{key}` needs a value"));
        return Err(error.help(format!("as in `{}`", key.example())));
    }
    let ordered = matches!(key, Key::Date | Key::Said | Key::Grade | Key::Credibility | Key::Priority | Key::Marking);
    if !ordered && !matches!(operator, Operator::Is | Operator::Same) {
        return Err(error(name, format!("`{key}` has no order to compare by"))
            .help(format!("write `{key}:`, as in `{}`", key.example())));
    }
    Ok(match key {
        Key::Kind => Filter::Kind(words(values)?),
        Key::Status => Filter::Status(words(values)?),
        Key::Used => Filter::Used(used(values)?),
        Key::Priority => Filter::Priority(spans(values, operator, word::<Priority>)?),
        Key::Grade => Filter::Grade(spans(values, operator, word::<Reliability>)?),
        Key::Credibility => Filter::Credibility(spans(values, operator, credibility)?),
        Key::Date => Filter::Date(each(values, |v| date_test(v, operator))?),
        Key::Said => Filter::Said(each(values, |v| date_test(v, operator))?),
        Key::Marking => Filter::Marking(each(values, |v| marking_test(v, operator))?),
        Key::Tag
        | Key::By
        | Key::Source
        | Key::Origin
        | Key::Place
        | Key::Event
        | Key::Actor
        | Key::Id
        | Key::Title => Filter::Text(key, values.iter().map(|v| Pattern::new(&v.text)).collect()),
    })
}

fn each<T>(values: &[Piece], read: impl Fn(&Piece) -> Result<T, QueryError>) -> Result<Vec<T>, QueryError> {
    values.iter().map(read).collect()
}

/// What the message about a wrong value of an enum needs.
trait Word: FromStr + 'static {
    const WORDS: &'static [&'static str];
    const WHAT: &'static str;
}

macro_rules! word {
    ($($name:ty = $what:literal),+ $(,)?) => { $(impl Word for $name {
        const WORDS: &'static [&'static str] = <$name>::WORDS;
        const WHAT: &'static str = $what;
    })+ };
}

word!(
    crate::model::FactKind = "kind of fact",
    crate::model::FactStatus = "status of a fact",
    Priority = "priority",
    Reliability = "grade",
);

fn word<T: Word>(value: &Piece) -> Result<T, QueryError> {
    let written = T::WORDS.iter().find(|w| w.eq_ignore_ascii_case(&value.text));
    written.and_then(|w| w.parse().ok()).ok_or_else(|| not_one_of(value, T::WHAT, T::WORDS))
}

fn words<T: Word>(values: &[Piece]) -> Result<Vec<T>, QueryError> {
    each(values, word)
}

fn not_one_of(value: &Piece, what: &str, words: &[&'static str]) -> QueryError {
    let all = words.join(", ");
    // With letters for words any is as near as any other.
    let near = nearest(&value.text, words.iter().copied()).filter(|w| w.len() > 1);
    let starts = || words.iter().copied().find(|w| w.starts_with(&value.text.to_lowercase()));
    error(value, format!("`{}` is no {what}", value.text)).help(match near.or_else(starts) {
        Some(word) => format!("did you mean `{word}`? There are {all}"),
        None => format!("one of {all}"),
    })
}

fn used(values: &[Piece]) -> Result<bool, QueryError> {
    let read = |v: &Piece| match v.text.to_lowercase().as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(not_one_of(v, "answer to `used`", &["yes", "no"])),
    };
    match values {
        [one] => read(one),
        [_, second, ..] => Err(error(second, "`used` takes one answer, `yes` or `no`".into())),
        [] => Ok(true),
    }
}

fn credibility(value: &Piece) -> Result<u8, QueryError> {
    value.text.parse().ok().filter(|n| (1..=6).contains(n)).ok_or_else(|| {
        error(value, format!("`{}` is no credibility", value.text))
            .help("1 (confirmed by other sources) to 6 (cannot be judged)".into())
    })
}

fn spans<T: Scale + Clone>(
    values: &[Piece],
    operator: Operator,
    read: impl Fn(&Piece) -> Result<T, QueryError>,
) -> Result<Vec<Span<T>>, QueryError> {
    each(values, |v| span(v, operator, &read))
}

fn span<T: Scale>(
    value: &Piece,
    operator: Operator,
    read: impl Fn(&Piece) -> Result<T, QueryError>,
) -> Result<Span<T>, QueryError> {
    match operator {
        Operator::Below => return Ok(Span::Below(read(value)?)),
        Operator::Above => return Ok(Span::Above(read(value)?)),
        Operator::UpTo => return Ok(Span::Between(None, Some(read(value)?))),
        Operator::From => return Ok(Span::Between(Some(read(value)?), None)),
        Operator::Is | Operator::Same => {}
    }
    let Some((low, high)) = ends(value) else { return Ok(Span::Is(read(value)?)) };
    let (low, high) = (low.as_ref().map(&read).transpose()?, high.as_ref().map(&read).transpose()?);
    if low.as_ref().zip(high.as_ref()).is_some_and(|(l, h)| l.order(h).is_none_or(std::cmp::Ordering::is_gt)) {
        return Err(backwards(value));
    }
    Ok(Span::Between(low, high))
}

/// The ends of `a..b`; an end that is not written is open.
fn ends(value: &Piece) -> Option<(Option<Piece>, Option<Piece>)> {
    let (low, high) = value.text.split_once("..")?;
    let piece = |text: &str, skip: usize| {
        (!text.is_empty()).then(|| Piece { text: text.to_owned(), column: value.column + skip })
    };
    Some((piece(low, 0), piece(high, low.chars().count() + 2)))
}

fn backwards(value: &Piece) -> QueryError {
    error(value, format!("the range `{}` ends before it begins", value.text))
}

fn date(value: &Piece) -> Result<Edtf, QueryError> {
    value.text.parse().map_err(|e: crate::model::date::EdtfError| {
        error(value, e.to_string()).help("write `2024`, `2024-08` or `2024-08-20`".into())
    })
}

fn date_test(value: &Piece, operator: Operator) -> Result<DateTest, QueryError> {
    match operator {
        Operator::Below => return Ok(DateTest::Before(date(value)?)),
        Operator::Above => return Ok(DateTest::After(date(value)?)),
        Operator::UpTo => return Ok(DateTest::Between(None, Some(end(value)?))),
        Operator::From => return Ok(DateTest::Between(Some(end(value)?), None)),
        Operator::Same => return Ok(DateTest::Same(date(value)?)),
        Operator::Is => {}
    }
    // An open interval of EDTF (`2024-08/..`) has dots of its own.
    let Some((low, high)) = ends(value).filter(|_| value.text.parse::<Edtf>().is_err()) else {
        return Ok(DateTest::Meets(date(value)?));
    };
    let (low, high) = (low.as_ref().map(end).transpose()?, high.as_ref().map(end).transpose()?);
    let first = low.as_ref().and_then(Edtf::earliest);
    if first.zip(high.as_ref().and_then(Edtf::latest)).is_some_and(|(first, last)| last < first) {
        return Err(backwards(value));
    }
    Ok(DateTest::Between(low, high))
}

/// An end of a range, which is one date.
fn end(value: &Piece) -> Result<Edtf, QueryError> {
    let date = date(value)?;
    if date.is_interval() {
        return Err(error(value, format!("`{date}` is an interval and cannot be the end of a range"))
            .help("write `date:first..last`".into()));
    }
    Ok(date)
}

fn marking_test(value: &Piece, operator: Operator) -> Result<MarkingTest, QueryError> {
    if matches!(operator, Operator::Is | Operator::Same) && ends(value).is_none() {
        return Ok(MarkingTest::Like(Pattern::new(&value.text)));
    }
    span(value, operator, marking).map(MarkingTest::Within)
}

/// A marking of a scheme whose order is known.
fn marking(value: &Piece) -> Result<Marking, QueryError> {
    let marking = Marking::new(&value.text.to_uppercase());
    if marking.compare(&marking).is_some() {
        return Ok(marking);
    }
    Err(error(value, format!("`{}` is in no scheme whose order is known", value.text))
        .help("`marking:` compares any marking as written; TLP, UK and US markings have an order".into()))
}
