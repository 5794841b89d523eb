//! What is at a cell of the screen. Drawing and the mouse both go by this, so that a click meets what
//! is seen there.

use super::list::{ListKind, ListView};
use super::outline::RowKind;
use super::regions::Area;
use super::state::{Mode, Pane, State};

/// The column of a block's text in Brief.
pub const BLOCK_TEXT: u16 = 4;

/// What the mouse drags while its button is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drag {
    /// The first separator.
    Separator,
    /// A block of Brief, by its item; and the item that it would be dropped on.
    Block {
        /// What is dragged.
        from: usize,
        /// Where it is now.
        over: usize,
        /// The draft's revision, by which the items count.
        revision: u64,
    },
}

impl Area {
    /// Whether a cell lies in it.
    pub fn holds(self, column: u16, row: u16) -> bool {
        let inside = |at: u16, from: u16, size: u16| at >= from && at - from < size;
        inside(column, self.x, self.width) && inside(row, self.y, self.height)
    }

    /// How many rows below its first one a row lies.
    fn rows_down(self, row: u16) -> usize {
        usize::from(row.saturating_sub(self.y))
    }
}

impl State {
    /// The names in the row of panes, where only one pane fits.
    pub fn tabs(&self) -> Vec<(Pane, &'static str, Area)> {
        let row = self.regions.tabs;
        let mut x = row.x.saturating_add(1);
        let mut out = Vec::new();
        for (pane, plain, here) in [
            (Pane::Facts, "Facts", "[Facts]"),
            (Pane::Brief, "Brief", "[Brief]"),
            (Pane::Preview, "Preview", "[Preview]"),
        ] {
            let text = if pane == self.focus { here } else { plain };
            let width = u16::try_from(text.len()).unwrap_or(u16::MAX);
            out.push((pane, text, Area { x, width, ..row }));
            x = x.saturating_add(width).saturating_add(1);
        }
        out
    }

    /// The pane whose name in the row of panes is at a cell.
    pub fn tab_at(&self, column: u16, row: u16) -> Option<Pane> {
        self.tabs().into_iter().find(|(.., area)| area.holds(column, row)).map(|(pane, ..)| pane)
    }

    /// The pane at a cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        [Pane::Facts, Pane::Brief, Pane::Preview].into_iter().find(|pane| self.regions.pane(*pane).holds(column, row))
    }

    /// Whether the separator that can be moved is at a cell.
    pub fn is_separator(&self, column: u16, row: u16) -> bool {
        self.regions.separators.first().is_some_and(|area| area.holds(column, row))
    }

    /// The line of Facts at a cell.
    pub fn fact_at(&self, column: u16, row: u16) -> Option<usize> {
        let (list, _) = self.regions.facts_parts();
        let at = self.facts.top + list.rows_down(row);
        (list.holds(column, row) && at < self.facts.visible.len()).then_some(at)
    }

    /// The item of Brief at a cell.
    pub fn item_at(&self, column: u16, row: u16) -> Option<usize> {
        let (body, _) = self.brief_parts();
        let shown = &self.brief.rows;
        shown.get(self.brief.top + body.rows_down(row)).filter(|_| body.holds(column, row))?.item
    }

    /// The row and column of the text being typed at a cell.
    pub fn typed_at(&self, column: u16, row: u16) -> Option<(usize, usize)> {
        let (body, _) = self.brief_parts();
        if !matches!(self.mode, Mode::Type(_)) || !body.holds(column, row) {
            return None;
        }
        let shown = &self.brief.rows;
        let at = self.brief.top + body.rows_down(row);
        shown.get(at).filter(|row| matches!(row.kind, RowKind::Field(_)))?;
        let first = shown.iter().position(|row| matches!(row.kind, RowKind::Field(_)))?;
        let column = column.saturating_sub(body.x).saturating_sub(BLOCK_TEXT);
        Some((at.saturating_sub(first), usize::from(column)))
    }

    /// The rows of an open list that hold its entries, given how many there are; and those beneath, where
    /// the one under the cursor stands in full.
    pub fn list_rows(&self, list: &ListView, count: usize) -> (Area, Area) {
        let main = self.regions.main;
        if list.kind == ListKind::Palette {
            let (_, body) = self.above_status(u16::try_from(count.clamp(1, 8)).unwrap_or(8));
            return (body, Area::default());
        }
        let (_, body) = main.split_top(if main.height > 2 { 2 } else { 0 });
        let below = if body.height >= 9 { 3 } else { 0 };
        body.split_bottom(below)
    }

    /// So many rows above the status row, under a row for a rule: the rule and the rows.
    pub fn above_status(&self, height: u16) -> (Area, Area) {
        let main = self.regions.main;
        let (_, area) = main.split_bottom(height.saturating_add(1).min(main.height));
        if area.height > 1 { area.split_top(1) } else { (Area::default(), area) }
    }
}
