//! What the terminal shows, and what has to be sent to make it show the next frame.

use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use super::simple::Simple;
use super::{Canvas, Cursor};
use crate::app::regions::Size;

/// The frame on the screen and the one to come, as they were painted. Only rows that differ are made into cells, and one
/// after the other: the cells of two frames would be a megabyte to go through for a key.
#[derive(Debug, Default)]
pub struct Shown {
    canvas: Canvas,
    next: Canvas,
    simple: Simple,
    /// The cells of a row that is not simple, as they are and as they are to be.
    old: Buffer,
    new: Buffer,
    /// What is to be sent.
    changes: Vec<(Position, Cell)>,
    /// Whether the cursor is hidden, if that is known.
    cursor_hidden: Option<bool>,
}

impl Shown {
    /// A terminal of this size that shows nothing; where its cursor is nobody knows.
    pub fn blank(size: Size) -> Self {
        let row = || Buffer::empty(Rect::new(0, 0, size.width, 1));
        Self { canvas: Canvas::new(size), next: Canvas::new(size), old: row(), new: row(), ..Self::default() }
    }

    /// The size of the frames.
    pub fn size(&self) -> Size {
        self.canvas.size
    }

    /// Paints the next frame and sends what is new in it.
    ///
    /// # Errors
    /// The backend's: what is shown then is not known.
    pub fn draw<B: Backend>(&mut self, backend: &mut B, paint: impl FnOnce(&mut Canvas)) -> Result<(), B::Error> {
        let size = self.size();
        self.next.begin(size);
        paint(&mut self.next);
        self.changes.clear();
        for ((old, new), y) in self.canvas.rows.iter().zip(&self.next.rows).zip(0..) {
            if old == new
                || self.simple.differences(old, new, size.width, |x, cell| self.changes.push((Position { x, y }, cell)))
            {
                continue;
            }
            for (row, cells) in [(old, &mut self.old), (new, &mut self.new)] {
                cells.area.y = y;
                cells.reset();
                row.paint(y, cells);
            }
            let changed = self.old.diff_iter(&self.new);
            self.changes.extend(changed.map(|(x, y, cell)| (Position { x, y }, cell.clone())));
        }
        backend.draw(self.changes.iter().map(|(at, cell)| (at.x, at.y, cell)))?;
        self.place_cursor(backend)?;
        std::mem::swap(&mut self.canvas, &mut self.next);
        Ok(())
    }

    fn place_cursor<B: Backend>(&mut self, backend: &mut B) -> Result<(), B::Error> {
        let hidden = !matches!(self.next.cursor, Cursor::Shown(_));
        if self.cursor_hidden != Some(hidden) {
            if hidden {
                backend.hide_cursor()?;
            } else {
                backend.show_cursor()?;
            }
            self.cursor_hidden = Some(hidden);
        }
        match self.next.cursor {
            Cursor::Anywhere => Ok(()),
            Cursor::Hidden(at) | Cursor::Shown(at) => backend.set_cursor_position(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use proptest::prelude::*;
    use ratatui::backend::CrosstermBackend;
    use ratatui::layout::Position;
    use ratatui::style::{Color, Style};

    use super::*;
    use crate::app::regions::Area;

    const SIZE: Size = Size { width: 12, height: 4 };

    /// Some text somewhere, or a style.
    type Mark = (u16, u16, Option<&'static str>, u8);

    fn marks() -> impl Strategy<Value = Vec<Mark>> {
        let text = prop_oneof![
            Just(None),
            Just(Some("word")),
            Just(Some(" ")),
            Just(Some("a…b│")),
            Just(Some("李大")),
            Just(Some("e\u{301}"))
        ];
        proptest::collection::vec((0_u16..13, 0_u16..5, text, 0_u8..4), 0..8)
    }

    fn paint(canvas: &mut Canvas, marks: &[Mark]) {
        for (x, y, text, color) in marks {
            let style = Style::new().bg(Color::Indexed(*color));
            match text {
                Some(text) => _ = canvas.text(*x, *y, 12, text, style),
                None => canvas.style(Area { x: *x, y: *y, width: 5, height: 2 }, style),
            }
        }
    }

    /// A terminal to draw on.
    struct Terminal(vt100::Parser);

    impl Default for Terminal {
        fn default() -> Self {
            let size = |n| NonZeroU16::new(n).unwrap();
            Self(vt100::Parser::new(size(SIZE.height), size(SIZE.width), 0))
        }
    }

    impl Terminal {
        fn draw(&mut self, shown: &mut Shown, frame: &[Mark]) {
            let mut bytes = Vec::new();
            shown.draw(&mut CrosstermBackend::new(&mut bytes), |canvas| paint(canvas, frame)).unwrap();
            self.0.process(&bytes);
        }

        /// What each cell shows; of one that a wide character reaches into, only that.
        fn cells(&self) -> Vec<String> {
            let places = (0..SIZE.height).flat_map(|y| (0..SIZE.width).map(move |x| (y, x)));
            let cells = places.filter_map(|(y, x)| self.0.screen().cell(y, x));
            let cell = |cell: &vt100::Cell| match cell.is_wide_continuation() {
                true => String::new(),
                false => format!("{:>1} {:?}", cell.contents(), cell.bgcolor()),
            };
            cells.map(cell).collect()
        }
    }

    proptest! {
        /// However frames follow each other, the screen is as if the library's own cells of the last had been drawn alone.
        #[test]
        fn the_screen_is_the_last_frame(frames in proptest::collection::vec(marks(), 1..6)) {
            let mut screen = Terminal::default();
            let mut shown = Shown::blank(SIZE);
            for frame in &frames {
                screen.draw(&mut shown, frame);
            }
            let mut last = Canvas::new(SIZE);
            paint(&mut last, frames.last().unwrap());
            let (cells, mut bytes) = (last.cells(), Vec::new());
            CrosstermBackend::new(&mut bytes).draw(Buffer::empty(cells.area).diff_iter(&cells)).unwrap();
            let mut alone = Terminal::default();
            alone.0.process(&bytes);
            prop_assert_eq!(screen.cells(), alone.cells());
        }
    }

    #[test]
    fn what_changes_in_a_row_is_sent_as_runs() {
        let sent = |before: &str, after: &str| {
            let mut shown = Shown::blank(Size { width: 40, height: 1 });
            for text in [before, after] {
                let frame = |canvas: &mut Canvas| _ = canvas.text(0, 0, 40, text, Style::new());
                shown.draw(&mut CrosstermBackend::new(Vec::new()), frame).unwrap();
            }
            let runs = shown.changes.iter().map(|(at, cell)| (at.x, cell.symbol().to_owned()));
            runs.collect::<Vec<_>>()
        };
        let runs = |runs: &[(u16, &str)]| runs.iter().map(|(x, text)| (*x, (*text).to_owned())).collect::<Vec<_>>();
        // Near each other with what is between.
        assert_eq!(sent("a word and more", "a ward ant more"), runs(&[(3, "ard ant")]));
        assert_eq!(sent("one two three four five", "One two three four Five"), runs(&[(0, "O"), (19, "F")]));
        // A row with a wide character is the library's to compare.
        assert_eq!(sent("大 one", "大 two"), runs(&[(3, "t"), (4, "w"), (5, "o")]));
    }

    #[test]
    fn the_same_frame_again_sends_nothing_but_the_cursor() {
        let mut shown = Shown::blank(SIZE);
        let frame = |canvas: &mut Canvas| {
            canvas.text(0, 0, 12, "word", Style::new());
            canvas.cursor = Cursor::Hidden(Position { x: 0, y: 0 });
        };
        let mut sent = || {
            let mut bytes = Vec::new();
            shown.draw(&mut CrosstermBackend::new(&mut bytes), frame).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        assert!(sent().contains("word"));
        let again = sent();
        assert!(again.ends_with("\u{1b}[1;1H") && !again.contains("word") && again.len() < 40, "{again:?}");
    }
}
