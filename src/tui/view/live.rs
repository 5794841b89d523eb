//! `attache preview`: the note, its margin, what is found, and the status row.

use ratatui::style::Style;

use super::paint::{Painter, rows};
use super::status::{Part, draw_parts, hint_parts};
use super::{findings, place};
use crate::app::action::Action;
use crate::app::live::{Live, Parts};
use crate::app::regions::Area;
use crate::app::wrap;
use crate::finding::Severity;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Theme;

/// Draws everything.
pub(crate) fn live(live: &Live, theme: &Theme, canvas: &mut Canvas) {
    let area = canvas.area();
    let mut painter = Painter::new(canvas, theme.dressed(live.theme));
    painter.style(area, painter.theme.text());
    if area.width <= 2 && area.height <= 1 {
        painter.text(area.x, area.y, area.width, "·", theme.dim());
        return;
    }
    let parts = live.parts();
    if live.shows_keys {
        draw_keys(live, &mut painter, parts);
    } else {
        draw_page(live, &mut painter, parts);
        draw_panel(live, &mut painter, parts.panel);
    }
    draw_status(live, &mut painter, parts.status);
    let focus = painter.focus;
    place(canvas, None, focus, live.setup.cursor);
}

fn draw_page(live: &Live, painter: &mut Painter<'_>, Parts { margin, page: body, .. }: Parts) {
    let theme = painter.theme;
    let page = &live.page;
    if page.lines.is_empty() {
        painter.cut(body.x, body.y, body.width, "Nothing to show yet", theme.dim());
        painter.focus = Some((body.x, body.y));
    }
    let end = body.x.saturating_add(body.width);
    let mut last = page.top.checked_sub(1).and_then(|line| page.block_at(line));
    for (n, y) in rows(body) {
        let at = page.top.saturating_add(n);
        let Some(line) = page.lines.get(at) else { break };
        let mut x = body.x;
        for span in &line.spans {
            x = painter.text(x, y, end.saturating_sub(x), &span.text, theme.face(span.face));
        }
        if at == page.at {
            painter.focus = Some((body.x, y));
        }
        let Some(block) = page.block_at(at) else { continue };
        if margin.width > 1 {
            if page.is_changed(block) {
                painter.text(margin.x, y, 1, theme.glyphs.changed, theme.accent());
            }
            let x = margin.x.saturating_add(1);
            match live.severity_at(block).filter(|_| last != Some(block) || n == 0) {
                Some(severity @ Severity::Error) => {
                    painter.text(x, y, 1, theme.glyphs.error, theme.severity(severity));
                }
                Some(severity) => {
                    painter.text(x, y, 1, theme.glyphs.finding, theme.severity(severity));
                }
                None => {}
            }
        }
        last = Some(block);
    }
}

/// The rows under a rule, which says which finding of how many it is.
fn draw_panel(live: &Live, painter: &mut Painter<'_>, area: Area) {
    if area.is_empty() {
        return;
    }
    let theme = painter.theme;
    let (rule, body) = area.inset(1, 1).split_top(1);
    painter.row(rule, theme.glyphs.rule, theme.dim());
    if let Some(at) = live.current {
        let text = format!(" {}/{} ", at.saturating_add(1), live.found.len());
        painter.right(rule.x.saturating_add(rule.width).saturating_sub(1), rule.y, &text, theme.dim());
    }
    findings::draw_told(painter, body, &live.told(usize::from(body.width)));
}

fn draw_keys(live: &Live, painter: &mut Painter<'_>, Parts { page: body, .. }: Parts) {
    let theme = painter.theme;
    painter.cut(body.x, body.y, body.width, "Keys", theme.title(true));
    painter.focus = Some((body.x, body.y));
    let keys = live.keys();
    let wide = keys.iter().map(|(keys, _)| wrap::width(keys)).max().unwrap_or(0);
    let wide = u16::try_from(wide).unwrap_or(u16::MAX).min(body.width / 3);
    for ((keys, words), (_, y)) in keys.iter().zip(rows(body.split_top(1).1)) {
        painter.cut(body.x, y, wide, keys, theme.accent());
        let x = body.x.saturating_add(wide).saturating_add(2);
        let end = body.x.saturating_add(body.width);
        painter.cut(x, y, end.saturating_sub(x), words, Style::new());
    }
}

fn draw_status(live: &Live, painter: &mut Painter<'_>, row: Area) {
    if row.is_empty() {
        return;
    }
    let theme = painter.theme;
    let word = if live.size.width <= 40 { "P" } else { "PREVIEW" };
    let name = wrap::display(live.name()).into_owned();
    let name = wrap::truncate(&name, 22, theme.glyphs.ellipsis).into_owned();
    let mut left: Vec<Part> = vec![(word.to_owned(), theme.state_word(false))];
    left.push((name, Style::new()));
    left.extend(live.words().map(|words| (words, Style::new())));
    let (findings, problems) = live.counts();
    let counted = |n: usize, noun: &str| match n {
        0 => None,
        1 => Some((format!("1 {noun}"), theme.finding())),
        n => Some((format!("{n} {noun}s"), theme.finding())),
    };
    left.extend(counted(findings, "finding"));
    left.extend(counted(problems, "problem"));
    left.extend(live.freshness().map(|text| (text, Style::new())));
    if live.page.raw {
        left.push(("raw Markdown".to_owned(), theme.dim()));
    }
    let aside = live.told_aside();
    let right = match &aside {
        Some(told) => {
            let line = crate::model::text::one_line(told);
            vec![(wrap::display(&line).into_owned(), theme.finding())]
        }
        None => {
            let hint = |(action, words): (Action, &str)| (live.key_of(action), words.to_owned());
            let wanted = [
                (Action::NextFinding, "finding"),
                (Action::Quit, "leave"),
                (Action::Problems, "all"),
                (Action::Raw, "raw"),
                (Action::Help, "help"),
            ];
            let hints = wanted.into_iter().map(hint).filter(|(key, _)| !key.is_empty()).collect();
            hint_parts(hints, painter)
        }
    };
    draw_parts(painter, row, left, &right, aside.is_some());
}
