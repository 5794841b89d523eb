//! The tutorial of the sample desk, done as it says, with its own keys.

use super::harness::App;
use crate::app::regions::Size;
use crate::disk::new_desk;

/// The tutorial on the sample desk, as it is made.
fn tutorial(size: Size) -> App {
    let files = new_desk::files(true);
    let read = |path: &str| files.iter().find(|(known, _)| known == path).unwrap().1;
    let (template, draft) = (read("templates/tutorial.md"), read("briefs/drafts/tutorial.md"));
    App::on((new_desk::TUTORIAL, template), draft, new_desk::sample(), size)
}

/// The sections that something is found in, by their numbers.
fn open_sections(app: &App) -> Vec<usize> {
    let brief = &app.state.brief;
    let found = (0..brief.outline.items.len()).filter(|item| app.state.severity_at(*item).is_some());
    let mut sections: Vec<usize> = found.map(|item| brief.outline.items[item].section() + 1).collect();
    sections.dedup();
    sections
}

#[test]
fn each_section_s_finding_goes_when_its_task_is_done() {
    for size in [Size { width: 80, height: 24 }, Size { width: 160, height: 50 }] {
        let mut app = tutorial(size);
        assert_eq!((open_sections(&app), app.state.finding_count()), ((1..=9).collect(), 9));
        app.press("Enter");
        assert_eq!(open_sections(&app), [2, 3, 4, 5, 6, 7, 8, 9], "{}", app.draft());
        app.press("j Space Space 2");
        assert_eq!(open_sections(&app), [3, 4, 5, 6, 7, 8, 9], "{}", app.notice());
        app.press("/").type_in("by:xi").press("Enter 3 Esc");
        assert_eq!(open_sections(&app), [4, 5, 6, 7, 8, 9], "{}", app.notice());
        app.press("Tab g 4 down").sees("Too long. On the block: e, then").press("e");
        app.press("Ctrl-W Ctrl-W Ctrl-W Ctrl-W Ctrl-W Ctrl-W Ctrl-W Esc");
        assert_eq!(open_sections(&app), [5, 6, 7, 8, 9], "{}", app.draft());
        app.press("g 5 down e").type_in(" @joins").press("Enter Esc");
        assert_eq!(open_sections(&app), [6, 7, 8, 9], "{}", app.draft());
        app.press("g 6 o").type_in("Both capitals gain from the visit.").press("Esc");
        assert_eq!(open_sections(&app), [7, 8, 9], "{}", app.draft());
        app.press("u");
        assert_eq!(open_sections(&app), [6, 7, 8, 9], "undone");
        app.press("U g 7 down down J");
        assert_eq!(open_sections(&app), [8, 9], "{}", app.draft());
        app.sees("2 findings").press("] f");
        assert_eq!(open_sections(&app), [9], "{}", app.draft());
        app.press("F");
        assert_eq!((open_sections(&app), app.state.finding_count()), (vec![], 0), "{}", app.draft());
        app.press("w");
        let said = app.notice().to_owned();
        assert!(said.starts_with("written briefs/notes/li.md") && !said.contains("left"), "{said}");
    }
}

#[test]
fn what_a_section_teaches_is_read_in_full_where_it_stands() {
    let mut app = tutorial(Size { width: 80, height: 24 });
    app.press("Tab");
    for number in 1..=9 {
        app.press(&number.to_string());
        let section = &app.state.brief.outline.sections[number - 1];
        let rows = crate::app::wrap::wrap(&section.guidance, app.state.block_width());
        assert!(rows.len() <= 3, "{}", section.guidance);
        let last = section.guidance[rows.last().unwrap().clone()].trim().to_owned();
        app.shows(&last);
    }
}
