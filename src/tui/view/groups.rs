//! Groups of facts with bars, as coverage and the timeline show them.

use ratatui::style::Style;

use super::paint::{Painter, cells, rows};
use crate::app::facts::thousands;
use crate::app::groups::{Group, Groups, Line, bar, bar_length};
use crate::app::regions::Area;
use crate::app::state::State;
use crate::app::wrap;
use crate::model::FactAt;

/// What is said above a view: its name, what it comes to, and a second row.
pub(super) struct Head<'a> {
    pub(super) name: &'a str,
    pub(super) sum: &'a str,
    /// Choices of which one is taken.
    pub(super) choices: &'a [(&'a str, bool)],
    /// What the view is about.
    pub(super) about: &'a str,
}

/// Draws what stands above a view, as far as there are rows for it.
pub(super) fn head(painter: &mut Painter<'_>, area: Area, head: &Head<'_>) {
    let theme = painter.theme;
    let end = area.x.saturating_add(area.width).saturating_sub(1);
    let mut lines = rows(area);
    let Some((_, y)) = lines.next() else { return };
    let x = painter.text(area.x.saturating_add(1), y, end.saturating_sub(area.x), head.name, theme.title(true));
    let x = x.saturating_add(2);
    painter.cut(x, y, end.saturating_sub(x), head.sum, Style::new());
    let Some((_, y)) = lines.next() else { return };
    let mut x = area.x.saturating_add(1);
    for (words, taken) in head.choices {
        let (text, style) =
            if *taken { (format!("[{words}]"), theme.bold()) } else { ((*words).to_owned(), theme.dim()) };
        x = painter.cut(x, y, end.saturating_sub(x), &text, style).saturating_add(1);
    }
    painter.cut(
        x.saturating_add(u16::from(!head.choices.is_empty())),
        y,
        end.saturating_sub(x),
        head.about,
        theme.dim(),
    );
}

/// How the list of groups is drawn.
pub(super) struct Drawing<'a> {
    pub(super) groups: &'a Groups,
    /// Whether bars are as long as groups are full; else they are shares of one length.
    pub(super) scaled: bool,
    /// What folded rows are called.
    pub(super) gap: &'a dyn Fn(usize) -> String,
    /// Draws a fact into its row.
    pub(super) fact: &'a dyn Fn(&mut Painter<'_>, Area, FactAt),
}

/// The columns of the groups.
struct Columns {
    name: u16,
    bar: u16,
    count: u16,
    fullest: usize,
}

impl Columns {
    fn new(area: Area, drawing: &Drawing<'_>) -> Self {
        let groups = drawing.groups;
        let widest = |text: &dyn Fn(&Group) -> usize| groups.list.iter().map(text).max().unwrap_or(0);
        let bar = match (area.width, drawing.scaled) {
            (0..=39, _) => 0,
            (width, true) => (width / 3).min(40),
            (width, false) => (width / 5).min(20),
        };
        Self {
            name: cells(widest(&|group| wrap::width(&wrap::display(&group.name)))).min(area.width / 3),
            bar,
            count: cells(widest(&|group| count(group).len())),
            fullest: groups.fullest(),
        }
    }
}

fn count(group: &Group) -> String {
    format!("{}/{}", thousands(group.used), thousands(group.all))
}

/// Draws the list.
pub(super) fn draw(painter: &mut Painter<'_>, area: Area, drawing: &Drawing<'_>) {
    let groups = drawing.groups;
    let columns = Columns::new(area, drawing);
    for ((_, y), line) in rows(area).zip(groups.lines(groups.top)) {
        let row = Area { y, height: 1, ..area };
        let here = match line {
            Line::Gap(n) => {
                let gap = groups.list.get(n).map_or(0, |group| group.gap);
                let text = format!("{} {}", painter.theme.glyphs.ellipsis, (drawing.gap)(gap));
                let style = painter.theme.dim();
                painter.cut(row.x.saturating_add(3), y, row.width.saturating_sub(4), &text, style);
                false
            }
            Line::Group(n) => {
                if let Some(group) = groups.list.get(n) {
                    draw_group(painter, row, group, &columns, (n == groups.open, drawing.scaled));
                }
                groups.open == n && groups.fact.is_none()
            }
            Line::Fact(n, m) => {
                if let Some(at) = groups.list.get(n).and_then(|group| group.facts.get(m)) {
                    (drawing.fact)(painter, row.inset(5, 1), *at);
                }
                groups.fact == Some(m)
            }
        };
        if here {
            let (glyph, style) = (painter.theme.glyphs.cursor, painter.theme.cursor_row(true));
            painter.text(row.x, y, 1, glyph, Style::new());
            painter.style(row, style);
        }
    }
}

fn draw_group(painter: &mut Painter<'_>, row: Area, group: &Group, columns: &Columns, (open, scaled): (bool, bool)) {
    let theme = painter.theme;
    let end = row.x.saturating_add(row.width).saturating_sub(1);
    let y = row.y;
    if open {
        painter.text(row.x.saturating_add(1), y, 1, theme.glyphs.current, theme.accent());
    }
    if group.vague {
        painter.text(row.x.saturating_add(2), y, 1, "~", theme.dim());
    }
    let x = row.x.saturating_add(3);
    painter.cut(
        x,
        y,
        columns.name.min(end.saturating_sub(x)),
        &group.name,
        if open { theme.bold() } else { Style::new() },
    );
    let x = x.saturating_add(columns.name).saturating_add(1);
    let room = usize::from(columns.bar.min(end.saturating_sub(x)));
    let length = if scaled { bar_length(group.all, columns.fullest, room) } else { room };
    let (filled, left) = bar(group.used, group.all, length);
    let x1 = painter.text(x, y, end.saturating_sub(x), &theme.glyphs.full.repeat(filled), theme.placed());
    painter.text(x1, y, end.saturating_sub(x1), &theme.glyphs.open.repeat(left), theme.dim());
    let x = x.saturating_add(columns.bar).saturating_add(u16::from(columns.bar > 0));
    let right = x.saturating_add(columns.count);
    let text = count(group);
    if right <= end {
        painter.right(right, y, &text, Style::new());
    } else {
        painter.cut(x, y, end.saturating_sub(x), &text, Style::new());
    }
    if group.must > 0 {
        let x = right.saturating_add(2);
        painter.cut(x, y, end.saturating_sub(x), &format!("{} must left out", thousands(group.must)), theme.finding());
    }
}

/// The mark of a fact before its row: marked, in the brief, or neither.
pub(super) fn draw_mark(state: &State, painter: &mut Painter<'_>, row: Area, at: FactAt) {
    let theme = painter.theme;
    let (mark, style) = if state.facts.marks.contains(&at) {
        (theme.glyphs.marked, theme.accent())
    } else if state.facts.placed.contains_key(&at) {
        (theme.glyphs.placed, theme.placed())
    } else {
        return;
    };
    painter.text(row.x, row.y, 1, mark, style);
}

/// What stands in the place of a list without groups.
pub(super) fn draw_empty(painter: &mut Painter<'_>, area: Area, text: &str) {
    let style = painter.theme.dim();
    painter.paragraph(area.inset(1, 1), text, style);
}
