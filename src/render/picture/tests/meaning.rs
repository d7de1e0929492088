//! Each item once, each dependency an arrow, what is broken or late said in words, and the same told as drawn.

use super::*;

/// The column of a picture's table.
fn column(picture: &Picture, name: &str) -> Vec<String> {
    let ix = picture.facts.columns.iter().position(|column| *column == name).expect("the column is there");
    picture.facts.rows.iter().map(|row| row[ix].text.clone()).collect()
}

#[test]
fn every_milestone_has_one_row_drawn_and_told() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = timeline::milestones(&roadmap, &facts, &link);
    assert_eq!(count(&picture.svg, "a", &["row"]), roadmap.milestones.len());
    assert_eq!(picture.facts.rows.len(), roadmap.milestones.len());
    for (ix, milestone) in roadmap.milestones() {
        let told = picture.facts.rows.iter().filter(|row| row[0].text == milestone.title);
        assert_eq!(told.map(|row| row[0].href.clone()).collect::<Vec<_>>(), [link(Target::Milestone(ix))]);
        let named = names(&picture.svg, "row").into_iter().filter(|name| name.starts_with(&milestone.title));
        assert_eq!(named.count(), 1, "{}", milestone.title);
    }
}

#[test]
fn rows_stand_in_order_of_due_day_and_those_without_a_date_in_a_lane() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = timeline::milestones(&roadmap, &facts, &link);
    let due = column(&picture, "Due");
    assert_eq!(
        due,
        ["2026-10-16", "2026-11-13", "2027-01-29", "2027-02-12", "2027-02-26", "", "no date"]
            .map(String::from)
    );
    assert_eq!(count(&picture.svg, "rect", &["undated"]), 1);
    assert!(picture.svg.contains(">No date</text>"));
    assert_eq!(count(&picture.svg, "path", &["open-end"]), 1, "what begins and never ends is drawn so");
}

#[test]
fn slips_and_delays_are_said_in_words_and_shapes() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = timeline::milestones(&roadmap, &facts, &link);
    assert_eq!(column(&picture, "Slip").iter().filter(|slip| *slip == "+14 d").count(), 2);
    assert_eq!(column(&picture, "Slip").iter().filter(|slip| *slip == "−14 d").count(), 1);
    // Three, and one in the legend.
    assert_eq!(count(&picture.svg, "path", &["ghost"]), 3 + 1);
    assert_eq!(picture.svg.matches(">+14 d</text>").count(), 2);
    assert_eq!(column(&picture, "Overdue").iter().filter(|late| !late.is_empty()).count(), 1);
    assert_eq!(count(&picture.svg, "path", &["warning"]), 1);
    assert!(picture.svg.contains(">overdue 9 d</text>") && picture.svg.contains(">as of 2026-11-22</text>"));
}

#[test]
fn every_dependency_is_an_arrow_and_a_broken_one_says_so() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = timeline::milestones(&roadmap, &facts, &link);
    let arrows = names(&picture.svg, "arrow");
    let expected: usize = roadmap.milestones.iter().map(|milestone| milestone.blocked_by.len()).sum();
    assert_eq!(arrows.len(), expected);
    let broken: Vec<_> = arrows.iter().filter(|name| name.contains("broken")).collect();
    assert_eq!(broken, ["DB-ML4 waits for DB-ML3 (broken)"]);
    assert_eq!(names(&picture.svg, "broken"), ["DB-ML4 waits for DB-ML3 (broken)"]);
    assert!(picture.svg.contains(">broken</text>"));
    let waits = column(&picture, "Waits for");
    assert!(waits.contains(&"DB-ML2, DB-ML3 (broken)".to_owned()), "{waits:?}");
}

#[test]
fn the_small_timeline_shows_what_is_open_first_and_says_what_it_left_out() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = timeline::mini(&roadmap, &facts, None);
    assert_eq!(count(&picture.svg, "g", &["row"]), roadmap.milestones.len());
    assert!(picture.svg.contains("role=\"img\"") && !picture.svg.contains("<a "));
    let many: Vec<_> = (0..30)
        .map(|ix| {
            let state = if ix < 25 { "closed" } else { "open" };
            format!(
                r#"{{ "id": "m-{ix}", "title": "M {ix}", "state": "{state}", "due_on": "2026-01-{:02}" }}"#,
                ix + 1
            )
        })
        .collect();
    let (roadmap, facts) = read(&format!(r#"{{ "milestones": [{}] }}"#, many.join(",")));
    let picture = timeline::mini(&roadmap, &facts, None);
    assert_eq!(count(&picture.svg, "g", &["row"]), timeline::MOST_MINI_ROWS);
    assert_eq!(count(&picture.svg, "g", &["row", "status-done"]), timeline::MOST_MINI_ROWS - 5);
    assert!(picture.svg.contains(">M 24</text>") && picture.svg.contains(">M 29</text>"));
    assert!(picture.svg.contains(">and 18 more</text>"));
    assert_eq!(picture.facts.rows.len(), 30);
    assert_eq!(picture.facts.rows[0][0].text, "M 0", "the table keeps the order of the days");
}

fn live(roadmap: &Roadmap, facts: &Facts) -> Picture {
    graph::draw(&GraphInput::of_live(roadmap, facts, &link))
}

#[test]
fn what_is_left_to_wait_for_is_drawn_and_told() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = live(&roadmap, &facts);
    let joined = facts.live().joined();
    assert!(joined.len() < roadmap.issues.len(), "some are closed, some alone");
    assert_eq!(count(&picture.svg, "a", &["node"]), joined.len());
    assert_eq!(picture.facts.rows.len(), joined.len());
    let waits = column(&picture, "Waits for");
    let told = waits.iter().flat_map(|waits| waits.split(", ")).filter(|id| !id.is_empty()).count();
    assert_eq!(told, joined.iter().map(|ix| facts.live().waits_for(*ix).count()).sum::<usize>());
    let all = graph::draw(&GraphInput::of_all(&roadmap, &facts, &Live::of_all(&roadmap), &link));
    let waits = column(&all, "Waits for");
    let told = waits.iter().flat_map(|waits| waits.split(", ")).filter(|id| !id.is_empty()).count();
    assert_eq!(told, roadmap.issues.iter().map(|issue| issue.blocked_by().len()).sum::<usize>());
}

#[test]
fn a_cycle_is_one_box() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = live(&roadmap, &facts);
    assert_eq!(count(&picture.svg, "rect", &["cycle-box"]), 1);
    assert!(picture.svg.contains(">Cycle: wait for"));
    assert_eq!(count(&picture.svg, "g", &["box", "cycle"]), 1);
    let in_cycle = column(&picture, "Notes").iter().filter(|notes| notes.contains("in a cycle")).count();
    assert_eq!(in_cycle, 3);
}

#[test]
fn the_longest_chain_is_heavy_and_told() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = live(&roadmap, &facts);
    let (chain, name) = graph::heavy(&facts);
    assert_eq!(count(&picture.svg, "a", &["node", "critical"]), chain.len());
    // The chain has a link less than items; the legend has one more.
    assert_eq!(count(&picture.svg, "path", &["line", "critical"]), chain.len() - 1 + 1);
    let told = column(&picture, "Notes").iter().filter(|notes| notes.contains(name)).count();
    assert_eq!(told, chain.len());
}

#[test]
fn a_milestones_graph_shows_its_neighbours_as_such() {
    let (roadmap, facts) = read(EXAMPLE);
    let input = GraphInput::of_milestone(&roadmap, &facts, MilestoneIx(1), &link);
    let outside: Vec<_> =
        input.nodes.iter().filter(|node| node.outside).map(|node| node.id.as_str()).collect();
    let picture = graph::draw(&input);
    assert!(!outside.is_empty());
    assert_eq!(count(&picture.svg, "a", &["node", "outside"]), outside.len());
    let own = facts.milestone(MilestoneIx(1)).issues.iter().filter(|ix| facts.live().has(**ix)).count();
    assert_eq!(input.nodes.len(), own + outside.len());
}

#[test]
fn around_an_issue_are_all_that_it_waits_for_and_that_wait_for_it() {
    let (roadmap, facts) = read(EXAMPLE);
    for (ix, issue) in roadmap.issues() {
        let input = GraphInput::around(&roadmap, &facts, ix, &link);
        let shown: Vec<_> = input.nodes.iter().map(|node| node.id.as_str()).collect();
        let beside = issue.blocked_by().iter().map(|link| link.to).chain(facts.issue(ix).needed_by.clone());
        for other in beside {
            assert!(shown.contains(&roadmap.issues[other.0].id.as_str()), "{} {shown:?}", issue.id);
        }
        let picture = graph::draw(&input);
        assert_eq!(count(&picture.svg, "g", &["node", "middle"]), 1);
        assert!(
            !picture.svg.contains(" id=") && !picture.svg.contains("data-"),
            "it can stand beside another"
        );
    }
}

#[test]
fn the_burn_up_needs_a_day_and_says_what_has_none() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = burnup(&roadmap, facts.as_of).expect("days are known");
    assert_eq!(column(&picture, "Closed in all"), ["1", "2", "3", "4"]);
    assert!(picture.svg.contains(">16 issues</text>") && picture.svg.contains(">4 closed</text>"));
    let without = EXAMPLE.replace(r#", "closed_on": "2026-10-30""#, "");
    let (roadmap, facts) = read(&without);
    let picture = burnup(&roadmap, facts.as_of).expect("days are known");
    assert_eq!(column(&picture, "Day").last().map(String::as_str), Some("no day known"));
    assert!(
        picture.facts.caption.contains("1 of them on days that nobody has stated"),
        "{}",
        picture.facts.caption
    );
    let (roadmap, facts) = read(r#"{ "issues": [{ "title": "A", "state": "closed" }] }"#);
    assert_eq!(burnup(&roadmap, facts.as_of), None);
}

#[test]
fn the_burn_up_shows_how_many_issues_there_were() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = burnup::with_scope(&roadmap, facts.as_of, scope(), COMPACT).expect("days are known");
    assert!(picture.facts.caption.contains("; there were 9 on 2026-09-01"), "{}", picture.facts.caption);
    let known: Vec<_> = column(&picture, "Day").into_iter().zip(column(&picture, "Issues then")).collect();
    for (day, issues) in known {
        let steps = [("2026-11-02", "14"), ("2026-10-15", "18"), ("2026-09-01", "9")];
        let is = steps.iter().find(|(from, _)| day.as_str() >= *from).map_or("", |(_, issues)| issues);
        assert_eq!(issues, is, "{day}");
    }
    // Three steps, and the fourth to today's number.
    let total = picture.svg.lines().find(|line| line.contains("class=\"total\"")).expect("a line");
    assert_eq!(total.matches('V').count(), 3, "{total}");
}

#[test]
fn what_is_stated_less_exactly_fades_and_what_is_due_later_has_no_place() {
    let source = r#"{ "as_of": "2027-01-15", "milestones": [
        { "id": "M-1", "title": "Whole", "state": "open", "start_on": "2027-01-04", "due_on": "2027-02-26" },
        { "id": "M-2", "title": "Quarter", "state": "open", "start_on": "2027-01-04", "due_on": "2027-Q2", "planned_due_on": "2027-Q1" },
        { "id": "M-3", "title": "Both", "state": "open", "start_on": "2027-Q1", "due_on": "2027-H2" },
        { "id": "M-4", "title": "Due only", "state": "open", "due_on": "2027-03" },
        { "id": "M-5", "title": "Later", "state": "open", "due_on": "later" },
        { "id": "M-6", "title": "Begun", "state": "open", "start_on": "2027-01-04", "due_on": "later", "planned_due_on": "2027-02" },
        { "id": "M-7", "title": "Never said", "state": "open" }
    ] }"#;
    let (roadmap, facts) = read(source);
    let picture = timeline::milestones(&roadmap, &facts, &link);
    assert_eq!(
        column(&picture, "Due"),
        ["2027-02-26", "2027-03", "2027-Q2", "2027-H2", "later", "later", "no date"].map(String::from)
    );
    assert_eq!(column(&picture, "Start")[3], "2027-Q1");
    assert_eq!(column(&picture, "Slip")[2], "+1 quarter");
    // Five steps for each span that a bar ends or begins in, and four in the legend.
    assert_eq!(count(&picture.svg, "rect", &["fade"]), 5 * 4 + 4);
    assert_eq!(count(&picture.svg, "rect", &["fade", "fade-1"]), 4 + 1);
    // The diamonds of spans are hollow: three, and one in the legend.
    assert_eq!(count(&picture.svg, "path", &["due", "span"]), 3 + 1);
    assert_eq!(count(&picture.svg, "path", &["due"]), 4 + 2);
    assert_eq!(count(&picture.svg, "rect", &["undated"]), 2);
    for words in [
        ">later</text>",
        ">no date</text>",
        ">due later</text>",
        ">first planned, later now</text>",
        ">+1 quarter</text>",
    ] {
        assert!(picture.svg.contains(words), "{words}");
    }
    assert!(!picture.svg.contains("style=") && !picture.svg.contains(" id="));
    let mini = timeline::mini(&roadmap, &facts, None).svg;
    assert_eq!(count(&mini, "rect", &["fade"]), 5 * 4);
    assert!(mini.contains(">later</text>") && mini.contains(">no date</text>"));
}

#[test]
fn a_bar_of_whole_days_never_fades() {
    let (roadmap, facts) = read(EXAMPLE);
    for picture in [timeline::milestones(&roadmap, &facts, &link), timeline::mini(&roadmap, &facts, None)] {
        assert_eq!(count(&picture.svg, "rect", &["fade"]) + count(&picture.svg, "path", &["span"]), 0);
    }
}
