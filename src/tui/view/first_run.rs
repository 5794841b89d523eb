//! The first run: where a desk was looked for, the choices, and what is asked.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::paint::{Painter, cells, rows};
use super::{Cell, field};
use crate::app::first_run::{Asking, CHOICES, FirstRun, by_folder};
use crate::app::regions::Area;
use crate::app::wrap;
use crate::tui::canvas::{Canvas, Cursor};
use crate::tui::theme::Theme;

/// Columns that a path or a sentence takes at most.
const WIDEST: u16 = 100;

/// Draws everything.
pub(in crate::tui) fn first_run(run: &FirstRun, theme: &Theme, canvas: &mut Canvas) {
    let all = canvas.area();
    let mut painter = Painter::new(canvas, *theme);
    let (main, status) = all.split_bottom(u16::from(all.height > 1));
    let body = main.inset(1, 1);
    let mut page = Page { rest: Area { width: body.width.min(WIDEST), ..body }, painter: &mut painter };
    let caret = match &run.asking {
        Asking::Way => {
            ways(run, &mut page);
            None
        }
        Asking::Folder(_) => path(run, "Open a folder", "Which folder? One that holds a folder briefs", &mut page),
        Asking::Make => {
            make(run, &mut page);
            None
        }
        Asking::Sample(_) => {
            let told = "Where is the sample to be? The folder is made; what is there is never written over";
            path(run, "Try the sample", told, &mut page)
        }
    };
    keys(run, status, &mut painter);
    if let Some((x, y)) = caret.filter(|(x, y)| *x < all.width && *y < main.y.saturating_add(main.height)) {
        canvas.cursor = Cursor::Shown(Position { x, y });
    }
}

/// What is left of the screen, from the top.
struct Page<'a, 'b> {
    rest: Area,
    painter: &'a mut Painter<'b>,
}

impl Page<'_, '_> {
    /// Takes rows off the top.
    fn take(&mut self, height: u16) -> Area {
        let (top, rest) = self.rest.split_top(height);
        self.rest = rest;
        top
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let shown = wrap::display(text).into_owned();
        let height = wrap::wrap(&shown, usize::from(self.rest.width).max(1)).len();
        let area = self.take(cells(height));
        self.painter.paragraph(area, &shown, style);
    }

    /// A row left empty, where there is room for it.
    fn gap(&mut self) {
        if self.rest.height > 3 {
            self.take(1);
        }
    }

    fn title(&mut self, text: &str) {
        let area = self.take(1);
        let style = self.painter.theme.title(true);
        for (_, y) in rows(area) {
            self.painter.cut(area.x, y, area.width, text, style);
        }
        self.gap();
    }
}

fn ways(run: &FirstRun, page: &mut Page<'_, '_>) {
    page.title("No desk yet");
    // Where hardly anything fits, the choices are what counts.
    if page.rest.height > 5 {
        page.paragraph(&run.known.looked, Style::new());
        page.gap();
    }
    let names = cells(CHOICES.iter().map(|(name, _)| wrap::width(name)).max().unwrap_or(0));
    for (n, (name, more)) in CHOICES.iter().enumerate() {
        let row = page.take(1);
        let end = row.x.saturating_add(row.width);
        let theme = page.painter.theme;
        let painter = &mut *page.painter;
        for (_, y) in rows(row) {
            let x = row.x.saturating_add(2);
            painter.text(x, y, end.saturating_sub(x), &(n + 1).to_string(), theme.accent());
            let x = x.saturating_add(3);
            painter.cut(x, y, end.saturating_sub(x), name, Style::new());
            let x = x.saturating_add(names).saturating_add(2);
            painter.cut(x, y, end.saturating_sub(x), more, theme.dim());
            if n == run.cursor {
                painter.text(row.x, y, 1, theme.glyphs.cursor, Style::new());
                painter.style(row, theme.cursor_row(true));
            }
        }
    }
}

/// Asks for a path; gives the caret.
fn path(run: &FirstRun, title: &str, told: &str, page: &mut Page<'_, '_>) -> Option<Cell> {
    page.title(title);
    page.paragraph(told, Style::new());
    page.gap();
    let row = page.take(1);
    let text = run.field().filter(|_| !row.is_empty())?;
    let caret = field::draw(page.painter, (row.x, row.y), row.width, "> ", text);
    problem(run, page);
    for offer in &run.offers {
        let row = page.take(1);
        for (_, y) in rows(row) {
            let x = page.painter.cut(row.x, y, row.width, &format!("  {}/", offer.name), Style::new());
            let note = if offer.is_desk { "  a desk" } else { "" };
            let (room, dim) = (row.x.saturating_add(row.width).saturating_sub(x), page.painter.theme.dim());
            page.painter.cut(x, y, room, note, dim);
        }
    }
    Some(caret)
}

fn make(run: &FirstRun, page: &mut Page<'_, '_>) {
    page.title("Make a desk here");
    page.paragraph(&format!("Into {} will be written:", run.known.here), Style::new());
    page.gap();
    for line in by_folder(&run.known.files) {
        page.paragraph(&line, Style::new());
    }
    problem(run, page);
}

fn problem(run: &FirstRun, page: &mut Page<'_, '_>) {
    if let Some(problem) = &run.problem {
        page.gap();
        let style = page.painter.theme.finding();
        let glyph = page.painter.theme.glyphs.finding;
        page.paragraph(&format!("{glyph} {problem}"), style);
    }
}

/// The keys that act now.
fn keys(run: &FirstRun, row: Area, painter: &mut Painter<'_>) {
    let hints: &[(&str, &str)] = match run.asking {
        Asking::Way => &[("1-3", "choose"), ("Enter", "take"), ("Esc", "leave")],
        Asking::Folder(_) => &[("Enter", "open"), ("Tab", "complete"), ("Esc", "back")],
        Asking::Make => &[("Enter", "write"), ("Esc", "back"), ("q", "leave")],
        Asking::Sample(_) => &[("Enter", "write and open"), ("Esc", "back")],
    };
    let end = row.x.saturating_add(row.width).saturating_sub(1);
    let theme = painter.theme;
    for (_, y) in rows(row) {
        let mut x = row.x.saturating_add(1);
        for (key, words) in hints {
            x = painter.cut(x, y, end.saturating_sub(x), key, theme.accent());
            x = painter.cut(x, y, end.saturating_sub(x), &format!(" {words}  "), theme.dim());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::first_run::{Known, Offer};
    use crate::app::regions::Size;
    use crate::tui::theme::ColorChoice;

    fn screen(run: &FirstRun, ascii: bool) -> String {
        let mut canvas = Canvas::new(run.size);
        first_run(run, &Theme::new(ColorChoice::Always, ascii), &mut canvas);
        let buffer = canvas.cells();
        let rows = buffer.content().chunks(usize::from(run.size.width.max(1)));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n").collect()
    }

    fn run(width: u16, height: u16) -> FirstRun {
        let known = Known {
            looked: "no desk here: neither /far\u{1b}[31m/away nor any folder above it holds `briefs`".into(),
            here: "/far/away".into(),
            files: vec!["briefs/drafts/.gitkeep".into(), "templates/a.md".into()],
            sample: "attache-sample".into(),
        };
        FirstRun::new(Size { width, height }, known)
    }

    #[test]
    fn every_stage_is_drawn_at_every_size_and_steers_nothing() {
        for (width, height) in
            (0..=12).flat_map(|w| (0..=12).map(move |h| (w, h))).chain([(40, 10), (80, 24), (200, 60)])
        {
            for way in ["x", "1", "2", "3"] {
                let mut run = run(width, height);
                run.key(way.parse().unwrap());
                run.refuse("no desk: it holds no folder `briefs`".into());
                run.offers = vec![Offer { name: "\u{202e}evil".into(), is_desk: true }; 3];
                let screen = screen(&run, true);
                assert!(!screen.contains(['\u{1b}', '\u{202e}']), "{screen:?}");
            }
        }
    }

    #[test]
    fn each_stage_says_what_it_is_about() {
        let mut run = run(80, 24);
        let ways = screen(&run, true);
        for shown in ["neither /far", "1  Open a folder", "2  Make a desk here", "3  Try the sample", "Esc leave"] {
            assert!(ways.contains(shown), "{shown}\n{ways}");
        }
        run.key("2".parse().unwrap());
        let make = screen(&run, false);
        assert!(make.contains("/far/away") && make.contains("briefs/drafts/ .gitkeep"), "{make}");
        run.key("Esc".parse().unwrap());
        run.key("3".parse().unwrap());
        assert!(screen(&run, false).contains("> attache-sample"));
    }
}
