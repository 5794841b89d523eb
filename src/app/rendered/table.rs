//! A table in columns, or where these have no room, row by row.

use pulldown_cmark::Alignment;

use super::{Face, Span, joined, width, wrapped};
use crate::app::wrap;

/// Columns between two columns.
const GAP: usize = 2;

/// A table as read so far.
#[derive(Default)]
pub(super) struct Table {
    /// The cells of the rows, the head first.
    pub(super) rows: Vec<Vec<Vec<Span>>>,
    /// How columns are aligned.
    pub(super) aligned: Vec<Alignment>,
}

impl Table {
    /// Lines of at most `room` columns.
    pub(super) fn lines(&self, room: usize, ascii: bool) -> Vec<Vec<Span>> {
        match self.widths(room) {
            Some(widths) => self.in_columns(&widths, ascii),
            None => self.row_by_row(room),
        }
    }

    /// The columns' widths. None where a column would have to break a word.
    fn widths(&self, room: usize) -> Option<Vec<usize>> {
        let columns = self.rows.iter().map(Vec::len).max().filter(|columns| *columns > 0)?;
        let cells = |column: usize| self.rows.iter().filter_map(move |row| row.get(column));
        let word = |cell: &Vec<Span>| joined(cell).split([' ', '\n']).map(wrap::width).max().unwrap_or(0);
        let least: Vec<usize> = (0..columns).map(|c| cells(c).map(word).max().unwrap_or(0).max(1)).collect();
        let natural = (0..columns).map(|c| cells(c).map(|cell| width(cell)).max().unwrap_or(0));
        let natural: Vec<usize> = natural.zip(&least).map(|(natural, least)| natural.max(*least)).collect();
        let room = room.checked_sub(GAP * (columns - 1))?;
        // A column that asks for no more than its share has it; the others share what is left by what they hold, so
        // that their cells become about equally high.
        let modest = |c: usize| if natural[c] <= room / columns { natural[c] } else { least[c] };
        let mut widths: Vec<usize> = (0..columns).map(modest).collect();
        if widths.iter().sum::<usize>() > room {
            widths = least;
        }
        let mut free = room.checked_sub(widths.iter().sum())?;
        let mut wanted: usize = natural.iter().zip(&widths).map(|(natural, width)| natural - width).sum();
        for (natural, width) in natural.iter().zip(&mut widths) {
            let wants = natural - *width;
            let more = if wanted <= free { wants } else { free * wants / wanted.max(1) };
            *width += more;
            free -= more;
            wanted -= wants;
        }
        Some(widths)
    }

    fn in_columns(&self, widths: &[usize], ascii: bool) -> Vec<Vec<Span>> {
        let mut lines = Vec::new();
        for (n, row) in self.rows.iter().enumerate() {
            self.row(row, widths, n == 0, &mut lines);
            if n == 0 {
                let glyph = if ascii { "-" } else { "─" };
                let rules: Vec<String> = widths.iter().map(|w| glyph.repeat(*w)).collect();
                lines.push(vec![Span { text: rules.join(&" ".repeat(GAP)), face: Face::DIM }]);
            }
        }
        lines
    }

    fn row(&self, row: &[Vec<Span>], widths: &[usize], head: bool, lines: &mut Vec<Vec<Span>>) {
        let cell = |(column, width): (usize, &usize)| row.get(column).map_or(Vec::new(), |cell| wrapped(cell, *width));
        let cells: Vec<Vec<Vec<Span>>> = widths.iter().enumerate().map(cell).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut spans = Vec::new();
            for (column, (room, cell)) in widths.iter().zip(&cells).enumerate() {
                let mut cell = cell.get(line).cloned().unwrap_or_default();
                for span in &mut cell {
                    span.face.bold |= head;
                }
                let free = room.saturating_sub(width(&cell));
                let left = match self.aligned.get(column) {
                    Some(Alignment::Right) => free,
                    Some(Alignment::Center) => free / 2,
                    _ => 0,
                };
                let right = free.saturating_sub(left).saturating_add(GAP);
                spans.push(space(left));
                spans.extend(cell);
                spans.push(space(right));
            }
            lines.push(spans);
        }
    }

    /// Each row as a small list of its cells, named by the head.
    fn row_by_row(&self, room: usize) -> Vec<Vec<Span>> {
        let Some((head, rows)) = self.rows.split_first() else { return Vec::new() };
        let bold = |cell: &[Span]| -> Vec<Span> {
            cell.iter().map(|s| Span { face: Face { bold: true, ..s.face }, ..s.clone() }).collect()
        };
        if rows.is_empty() {
            return head.iter().flat_map(|cell| wrapped(&bold(cell), room)).collect();
        }
        let mut lines = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            if n > 0 {
                lines.push(Vec::new());
            }
            for (column, name) in head.iter().enumerate() {
                let mut spans = bold(name);
                if !spans.is_empty() {
                    spans.push(Span { text: ": ".to_owned(), face: Face::DIM });
                }
                spans.extend(row.get(column).cloned().unwrap_or_default());
                lines.extend(wrapped(&spans, room));
            }
        }
        lines
    }
}

fn space(columns: usize) -> Span {
    Span { text: " ".repeat(columns), face: Face::default() }
}
