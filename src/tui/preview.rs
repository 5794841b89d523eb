//! `attache preview`: the note of a draft in the terminal, kept up with the files; or once, as text.

use std::fmt::Write as _;

use ratatui::backend::IntoCrossterm as _;
use ratatui::style::{Color, Modifier, Style};

use super::canvas::Canvas;
use super::view::live;
use super::{ColorChoice, Machine, Options, Theme, run_machine};
use crate::app::effect::Effect;
use crate::app::live::Live;
use crate::app::message::Message;
use crate::app::rendered;
use crate::error::Error;
use crate::model::settings::ThemeName;

impl Machine for Live {
    fn update(&mut self, message: Message) -> Vec<Effect> {
        Self::update(self, message)
    }

    fn draw(&self, theme: &Theme, canvas: &mut Canvas) {
        live(self, theme, canvas);
    }
}

/// Shows a draft's note until the reader leaves it; gives the exit status.
///
/// # Errors
/// As for [`run`](super::run).
pub fn preview(options: Options) -> Result<u8, Error> {
    run_machine(options, Live::new)
}

/// How a note is printed once.
#[derive(Clone, Copy, Debug)]
pub struct Once {
    /// The columns.
    pub width: usize,
    /// ASCII glyphs only.
    pub ascii: bool,
    /// Whether styles are printed, and colours among them; without, it is plain text.
    pub styles: Option<ColorChoice>,
    /// The colours of the desk.
    pub theme: ThemeName,
}

/// A note as rendered lines of text. Nothing in it steers a terminal but the styles that are asked for.
pub fn once(markdown: &str, how: Once) -> String {
    let theme = how.styles.map(|color| Theme::new(color, how.ascii).dressed(how.theme));
    let mut out = String::new();
    for line in rendered::render(markdown, how.width, how.ascii) {
        for span in &line.spans {
            let text = crate::app::wrap::display(&span.text);
            match theme.map(|theme| codes(theme.text().patch(theme.face(span.face)))) {
                Some(codes) if !codes.is_empty() => {
                    let _ = write!(out, "\u{1b}[{codes}m{text}\u{1b}[m");
                }
                _ => out.push_str(&text),
            }
        }
        out.push('\n');
    }
    out
}

/// A style as the numbers of its control sequence.
fn codes(style: Style) -> String {
    let modifiers = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
        (Modifier::CROSSED_OUT, "9"),
    ];
    let modifiers = modifiers.iter().filter(|(modifier, _)| style.add_modifier.contains(*modifier));
    let mut codes: Vec<String> = modifiers.map(|(_, code)| (*code).to_owned()).collect();
    if let Some(color) = style.fg.filter(|color| *color != Color::Reset) {
        codes.push(crossterm::style::Colored::ForegroundColor(color.into_crossterm()).to_string());
        // Without colours there is no word for one.
        codes.retain(|code| !code.is_empty());
    }
    codes.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str =
        "# Title\n\nSome **strong** words of a line that is longer than a width[^1].\n\n[^1]: A \u{1b}[2J note.\n";

    fn printed(styles: Option<ColorChoice>) -> String {
        once(NOTE, Once { width: 30, ascii: false, styles, theme: ThemeName::Terminal })
    }

    #[test]
    fn without_styles_it_is_plain_text_of_that_width() {
        let text = printed(None);
        assert_eq!(text, "Title\n\nSome strong words of a line\nthat is longer than a width¹.\n\n1. A ␛[2J note.\n");
    }

    #[test]
    fn styles_begin_and_end_within_a_line_and_change_no_word() {
        let text = printed(Some(ColorChoice::Never));
        assert!(text.contains("\u{1b}[1;4mTitle\u{1b}[m\n") && text.contains("\u{1b}[1mstrong\u{1b}[m"), "{text:?}");
        let mut plain = String::new();
        for (n, piece) in text.split('\u{1b}').enumerate() {
            plain += if n == 0 { piece } else { piece.split_once('m').unwrap().1 };
        }
        assert_eq!(plain, printed(None));
    }
}
