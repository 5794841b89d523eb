//! One fact in full.

use ratatui::style::Style;

use super::groups::{self, Head};
use super::paint::{Painter, cells, rows};
use crate::app::facts::thousands;
use crate::app::full::{Face, Full};
use crate::app::state::State;

/// Draws the view.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>, full: &Full) {
    let (title, body) = state.overview_parts();
    let theme = painter.theme;
    let among = full.among.as_deref().unwrap_or(&state.facts.visible);
    let place = among.iter().position(|at| *at == full.at);
    let place = place.map(|n| format!("{} of {}", thousands(n + 1), thousands(among.len()))).unwrap_or_default();
    let address = state.desk.address(full.at).map(|address| address.to_string()).unwrap_or_default();
    groups::head(painter, title, &Head { name: "Fact", sum: &place, choices: &[], about: &address });
    let lines = state.full_lines(full);
    let below = lines.len().saturating_sub(full.top.saturating_add(usize::from(body.height)));
    for ((_, y), line) in rows(body).zip(lines.iter().skip(full.top)) {
        let style = match line.face {
            Face::Plain => Style::new(),
            Face::Heading => theme.bold(),
            Face::Accent => theme.accent(),
            Face::Dim => theme.dim(),
        };
        let indent = cells(line.indent).saturating_add(1);
        painter.text(body.x.saturating_add(indent), y, body.width.saturating_sub(indent), &line.text, style);
    }
    if below > 0 && !title.is_empty() {
        // How much is still to come, where the eye looks for a scroll bar.
        let end = title.x.saturating_add(title.width).saturating_sub(1);
        painter.right(
            end,
            title.y,
            &format!("{} {} below", thousands(below), if below == 1 { "line" } else { "lines" }),
            theme.dim(),
        );
    }
}
