//! Where everything is: the panes' rectangles, worked out from the size of the terminal.

use super::state::Pane;

/// A size in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column.
    pub x: u16,
    /// The first row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Cuts rows off the top; the rest comes second.
    pub fn split_top(self, rows: u16) -> (Self, Self) {
        let rows = rows.min(self.height);
        let top = Self { height: rows, ..self };
        (top, Self { y: self.y.saturating_add(rows), height: self.height.saturating_sub(rows), ..self })
    }

    /// Cuts rows off the bottom; the cut comes second.
    pub fn split_bottom(self, rows: u16) -> (Self, Self) {
        let (top, bottom) = self.split_top(self.height.saturating_sub(rows));
        (top, bottom)
    }

    /// Without columns on the left and right.
    pub fn inset(self, left: u16, right: u16) -> Self {
        let left = left.min(self.width);
        Self { x: self.x.saturating_add(left), width: self.width.saturating_sub(left).saturating_sub(right), ..self }
    }

    /// Whether it has no cell.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }
}

/// What decides the layout besides the size.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    /// The pane with the focus.
    pub focus: Pane,
    /// Only the focused pane.
    pub zoom: bool,
    /// Preview beside the others on wide screens.
    pub preview_wide: bool,
    /// Preview in the place of Facts on narrower ones.
    pub preview_narrow: bool,
    /// Columns by which the first separator is moved.
    pub shift: i16,
}

/// The rectangles of one layout. Panes that are not shown are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// Facts, with its title and detail.
    pub facts: Area,
    /// Brief, with its title.
    pub brief: Area,
    /// Preview, with its title.
    pub preview: Area,
    /// The row that names all panes where only one fits.
    pub tabs: Area,
    /// The status row.
    pub status: Area,
    /// Columns of separators.
    pub separators: Vec<Area>,
    /// Whether panes have a title row.
    pub titles: bool,
    /// All rows above the status row, for lists that cover the panes.
    pub main: Area,
}

/// From this width on three panes stand side by side.
const WIDE: u16 = 140;
/// From this width on two panes stand side by side.
const TWO: u16 = 80;

impl Regions {
    /// Works out the layout.
    pub fn new(size: Size, wishes: Wishes) -> Self {
        let all = Area { x: 0, y: 0, width: size.width, height: size.height };
        if all.is_empty() {
            return Self::default();
        }
        let (main, status) = all.split_bottom(u16::from(size.height > 1));
        let mut regions = Self { status, main, titles: true, ..Self::default() };
        if size.width < TWO || size.height <= 10 || wishes.zoom {
            regions.single(main, size, wishes);
        } else {
            regions.side_by_side(main, size, wishes);
        }
        regions
    }

    fn single(&mut self, main: Area, size: Size, wishes: Wishes) {
        let bare = size.width <= 40 || size.height <= 10;
        self.titles = wishes.zoom && !bare;
        let tabs = u16::from(!bare && !wishes.zoom);
        let (tabs, rest) = main.split_top(tabs);
        self.tabs = tabs;
        match wishes.focus {
            Pane::Facts => self.facts = rest,
            Pane::Brief => self.brief = rest,
            Pane::Preview => self.preview = rest,
        }
    }

    fn side_by_side(&mut self, main: Area, size: Size, wishes: Wishes) {
        let width = size.width;
        let three = width >= WIDE && wishes.preview_wide;
        let share = match width {
            _ if three => width.saturating_mul(3) / 10,
            WIDE.. => width / 2,
            100.. => width.saturating_mul(2) / 5,
            _ => width.saturating_mul(36) / TWO,
        };
        let most = width.saturating_sub(if three { 64 } else { 30 });
        let left = share.saturating_add_signed(wishes.shift).clamp(20, most.max(20));
        let first = Area { width: left, ..main };
        let mut rest = main.inset(left, 0);
        self.separators.push(Area { width: 1, ..rest });
        rest = rest.inset(1, 0);
        if three {
            let middle = (width.saturating_mul(3) / 10).min(rest.width.saturating_sub(30));
            self.brief = Area { width: middle, ..rest };
            rest = rest.inset(middle, 0);
            self.separators.push(Area { width: 1, ..rest });
            self.preview = rest.inset(1, 0);
        } else {
            self.brief = rest;
        }
        let swap = width < WIDE && wishes.preview_narrow;
        if swap {
            self.preview = first;
        } else {
            self.facts = first;
        }
    }

    /// The area of a pane; empty when it is not shown.
    pub fn pane(&self, pane: Pane) -> Area {
        match pane {
            Pane::Facts => self.facts,
            Pane::Brief => self.brief,
            Pane::Preview => self.preview,
        }
    }

    /// A pane's title row and what is beneath it.
    pub fn titled(&self, pane: Pane) -> (Area, Area) {
        self.pane(pane).split_top(u16::from(self.titles))
    }

    /// Facts beneath the title: the list, and the detail of the focused fact if there is room.
    pub fn facts_parts(&self) -> (Area, Area) {
        let (_, body) = self.titled(Pane::Facts);
        if body.height < 9 {
            return (body, Area::default());
        }
        let (list, detail) = body.split_bottom((body.height / 3).clamp(4, 14));
        (list, detail)
    }

    /// Brief beneath the title, without its margins.
    pub fn brief_body(&self) -> Area {
        self.titled(Pane::Brief).1
    }

    /// Preview beneath the title, at most 80 columns of prose.
    pub fn preview_body(&self) -> Area {
        let body = self.titled(Pane::Preview).1.inset(1, 1);
        Area { width: body.width.min(80), ..body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(width: u16, height: u16) -> Regions {
        let wishes = Wishes { focus: Pane::Facts, zoom: false, preview_wide: true, preview_narrow: false, shift: 0 };
        Regions::new(Size { width, height }, wishes)
    }

    #[test]
    fn the_sizes_of_the_table() {
        let wide = regions(200, 60);
        assert_eq!((wide.facts.width, wide.brief.width, wide.preview.width), (60, 60, 78));
        let medium = regions(120, 40);
        assert_eq!((medium.facts.width, medium.brief.width, medium.preview.width), (48, 71, 0));
        let normal = regions(80, 24);
        assert_eq!((normal.facts.width, normal.brief.width, normal.status.y), (36, 43, 23));
        let small = regions(60, 20);
        assert_eq!((small.facts.width, small.tabs.height, small.brief.width), (60, 1, 0));
        let tiny = regions(40, 10);
        assert_eq!((tiny.facts.height, tiny.tabs.height, tiny.titles), (9, 0, false));
        assert_eq!(regions(0, 0), Regions::default());
    }

    #[test]
    fn nothing_lies_outside_whatever_the_size() {
        for width in 0..220 {
            for height in [0, 1, 2, 3, 9, 24, 70] {
                let r = regions(width, height);
                for area in [r.facts, r.brief, r.preview, r.status, r.tabs] {
                    assert!(
                        area.x + area.width <= width && area.y + area.height <= height,
                        "{width}x{height} {area:?}"
                    );
                }
            }
        }
    }
}
