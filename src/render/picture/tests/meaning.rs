//! Each item once, each dependency an arrow, what is broken or late said in words, and the same told as drawn.

use super::*;

/// The column of a picture's table.
fn column(picture: &Picture, name: &str) -> Vec<String> {
    let ix = picture.facts.columns.iter().position(|column| *column == name).expect("the column is there");
    picture.facts.rows.iter().map(|row| row[ix].text.clone()).collect()
}

#[test]
fn the_small_timeline_tells_rows_in_order_of_due_day_with_slips_and_delays() {
    let (roadmap, facts) = read(EXAMPLE);
    let picture = timeline::mini(&roadmap, &facts, None);
    assert_eq!(
        column(&picture, "Due"),
        ["2026-10-16", "2026-11-13", "2027-01-29", "2027-02-12", "2027-02-26", "", "no date"]
            .map(String::from)
    );
    assert_eq!(column(&picture, "Slip").iter().filter(|slip| *slip == "+14 d").count(), 2);
    assert_eq!(column(&picture, "Overdue").iter().filter(|late| !late.is_empty()).count(), 1);
    assert!(column(&picture, "Waits for").contains(&"DB-ML2, DB-ML3 (broken)".to_owned()));
    assert_eq!(count(&picture.svg, "rect", &["fade"]), 0, "days that are whole never fade");
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
fn what_waits_for_more_than_a_picture_shows_waits_for_what_it_shows() {
    let many: Vec<_> = (1..40).map(|ix| format!(r#"{{ "id": "A-{ix}", "title": "a" }}"#)).collect();
    let ids: Vec<_> = (1..40).map(|ix| format!(r#""A-{ix}""#)).collect();
    let hub = format!(r#"{{ "id": "A-0", "title": "all", "blocked_by": [{}] }}"#, ids.join(", "));
    let (roadmap, facts) = read(&format!(r#"{{ "issues": [{hub}, {}] }}"#, many.join(", ")));
    for ix in 1..40 {
        let input = GraphInput::around(&roadmap, &facts, IssueIx(ix), &link);
        assert_eq!((input.nodes.len(), input.edges.len()), (2, 1));
        assert_eq!((input.edges[0].from, input.edges[0].to), (1, 0));
    }
}

#[test]
fn beyond_an_issue_that_all_go_through_nothing_is_drawn() {
    let issue = |(ix, waits): (usize, String)| {
        format!(r#"{{ "id": "A-{ix}", "title": "a", "blocked_by": [{waits}] }}"#)
    };
    let before: Vec<_> = (1..=150).map(|ix| format!(r#""A-{ix}""#)).collect();
    let waits = (1..=301).map(|ix| match ix {
        151 => before.join(", "),
        152.. => r#""A-151""#.to_owned(),
        _ => String::new(),
    });
    let issues: Vec<_> = (1..).zip(waits).map(issue).collect();
    let (roadmap, facts) = read(&format!(r#"{{ "issues": [{}] }}"#, issues.join(", ")));
    let nodes = |ix| GraphInput::around(&roadmap, &facts, IssueIx(ix), &link).nodes.len();
    assert_eq!((nodes(0), nodes(150), nodes(300)), (2, 301, 2));
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
    assert_eq!(column(&picture, "Day").last().map(String::as_str), Some("no date known"));
    assert!(picture.facts.caption.contains("1 of them on unknown dates"), "{}", picture.facts.caption);
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
