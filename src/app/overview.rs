//! The views that cover the panes: coverage, the timeline, a fact in full. They lie over each other and
//! over Browse, which is as it was once they are closed.

use super::coverage::Coverage;
use super::full::{self, Full};
use super::groups::Groups;
use super::regions::Area;
use super::state::{Mode, State};
use super::timeline::Timeline;
use crate::model::FactAt;

/// An open view.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Which one.
    pub view: View,
    /// The view that it lies over; none for Browse.
    pub beneath: Option<Box<Overview>>,
}

/// Which view.
#[derive(Clone, Debug)]
pub enum View {
    /// What is not used.
    Coverage(Coverage),
    /// Facts by date.
    Timeline(Timeline),
    /// One fact.
    Full(Full),
}

impl View {
    /// Its groups, if it has any.
    pub fn groups(&self) -> Option<&Groups> {
        match self {
            Self::Coverage(coverage) => Some(&coverage.groups),
            Self::Timeline(timeline) => Some(&timeline.groups),
            Self::Full(_) => None,
        }
    }

    /// The same, to move in.
    pub fn groups_mut(&mut self) -> Option<&mut Groups> {
        match self {
            Self::Coverage(coverage) => Some(&mut coverage.groups),
            Self::Timeline(timeline) => Some(&mut timeline.groups),
            Self::Full(_) => None,
        }
    }

    /// The fact under the cursor.
    pub fn focused(&self) -> Option<FactAt> {
        match self {
            Self::Full(full) => Some(full.at),
            _ => self.groups()?.focused(),
        }
    }
}

impl State {
    /// The open view, also beneath a list.
    pub fn overview(&self) -> Option<&Overview> {
        match self.beneath() {
            Mode::View(overview) => Some(overview),
            _ => None,
        }
    }

    /// The rows of a view's title, and those beneath it. Small windows do without the title.
    pub fn overview_parts(&self) -> (Area, Area) {
        let main = self.regions.main;
        let rows = match main.height {
            0..=3 => 0,
            4..=8 => 1,
            9..=14 => 2,
            _ => 3,
        };
        main.split_top(rows)
    }

    /// The lines of a fact in full in the room there is.
    pub fn full_lines(&self, full: &Full) -> Vec<full::Line> {
        let (_, body) = self.overview_parts();
        full::lines(self, full, usize::from(body.width.saturating_sub(2)).clamp(1, 100))
    }
}
