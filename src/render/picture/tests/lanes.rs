//! Rows over days: each item at its place, arrows that stay whole, what is not known left out, and nothing without bounds.

use super::*;
use crate::render::picture::lanes::{Group, Lanes, Mark};

/// All milestones with their issues.
fn groups(facts: &Facts) -> Vec<Group> {
    let group = |(ix, of): (usize, &crate::facts::MilestoneFacts)| Group {
        milestone: Some(MilestoneIx(ix)),
        issues: of.issues.clone(),
    };
    facts.milestones.iter().enumerate().map(group).collect()
}

/// All that is drawn, as one document.
fn whole(lanes: &Lanes<'_>, groups: &[Group]) -> String {
    let mut whole = format!("<div>{}{}", lanes.head(), lanes.grid());
    for (at, group) in groups.iter().enumerate() {
        whole += &format!("<section>{}{}", lanes.behind(at), lanes.group(at));
        whole.extend(group.issues.iter().map(|ix| format!("<p>{}</p>", lanes.issue(*ix))));
        whole += "</section>";
    }
    whole + "</div>"
}

/// The words of each row of a document.
fn told(document: &str) -> Vec<String> {
    let document = Document::parse(document).expect("it is well-formed");
    let rows = document.descendants().filter(|node| node.attribute("role") == Some("img"));
    rows.filter_map(|node| node.attribute("aria-label").map(str::to_owned)).collect()
}

#[test]
fn each_row_says_what_it_draws() {
    let (roadmap, facts) = read(EXAMPLE);
    let groups = groups(&facts);
    let lanes = Lanes::new(&roadmap, &facts, None, &groups, true).expect("it has days");
    let document = whole(&lanes, &groups);
    let told = told(&document);
    let issues: usize = groups.iter().map(|group| group.issues.len()).sum();
    assert_eq!(told.len(), roadmap.milestones.len() + issues);
    for (ix, milestone) in roadmap.milestones() {
        let of = facts.milestone(ix);
        let words = &told[ix.0 + groups[..ix.0].iter().map(|group| group.issues.len()).sum::<usize>()];
        assert!(words.starts_with(of.status.words()), "{words}");
        let days = [milestone.start_on, milestone.due_on.get().copied()].into_iter().flatten();
        days.for_each(|day| assert!(words.contains(&day.to_string()), "{words}"));
        assert_eq!(words.contains("than planned"), of.slip.is_some(), "{words}");
        assert_eq!(words.contains("overdue"), of.overdue.is_some(), "{words}");
    }
    assert_eq!(document.matches(">+14 d</text>").count(), 2);
    assert!(document.contains(">overdue 9 d</text>") && document.contains(">2026-11-22</text>"));
    assert!(!document.contains("style=") && !document.contains(" id="));
}

/// The heads of arrows, and the stubs by which they leave.
fn arrows(document: &str) -> (usize, usize) {
    let heads = |class: &str| count(document, "path", &[class]);
    (heads("arrow-head"), count(document, "path", &["arrow-head", "broken"]))
}

#[test]
fn every_dependency_is_an_arrow_cut_into_pieces_that_meet_at_the_edges_of_groups() {
    let (roadmap, facts) = read(EXAMPLE);
    let groups = groups(&facts);
    let lanes = Lanes::new(&roadmap, &facts, None, &groups, true).expect("it has days");
    // One of them has no day, and so no place.
    let expected = roadmap.milestones.iter().map(|milestone| milestone.blocked_by.len()).sum::<usize>() - 1;
    assert_eq!(arrows(&whole(&lanes, &groups)), (expected, 1));
    // What leaves a group by its lower edge enters the next one by its upper edge, at the same place.
    let places = |group: usize, end: &str| {
        let behind = format!("<p>{}</p>", lanes.behind(group));
        let document = Document::parse(&behind).expect("it is well-formed");
        let is_arrow = |node: &roxmltree::Node<'_, '_>| {
            node.attribute("class").is_some_and(|class| class.starts_with("arrow"))
        };
        let lines = document.descendants().filter(is_arrow);
        let at_end = |node: &roxmltree::Node<'_, '_>| {
            [node.attribute("y1"), node.attribute("y2")].contains(&Some(end))
                && node.attribute("x1") == node.attribute("x2")
        };
        let mut places: Vec<_> =
            lines.filter(at_end).filter_map(|node| node.attribute("x1").map(str::to_owned)).collect();
        places.sort();
        places
    };
    for group in 1..groups.len() {
        assert_eq!(places(group - 1, "100%"), places(group, "0"), "between {group} and the one before");
    }
    assert_eq!((places(0, "0").len(), places(groups.len() - 1, "100%").len()), (0, 0));
}

#[test]
fn a_stated_due_date_is_marked_also_where_the_start_is_that_of_issues() {
    let (roadmap, facts) = read(
        r#"{ "as_of": "2026-01-10", "milestones": [{ "id": "m-1", "title": "One", "due_on": "2026-12-31" }], "issues": [
            { "id": "A-1", "title": "a", "milestone": "m-1", "state": "open", "start_on": "2026-01-05", "due_on": "2026-01-20" }
        ] }"#,
    );
    let groups = groups(&facts);
    let lanes = Lanes::new(&roadmap, &facts, None, &groups, true).expect("it has days");
    let document = whole(&lanes, &groups);
    let row = "in progress, 0 of 1 done, 2026-01-05 to 2026-12-31, its start by the days of its issues";
    assert_eq!(told(&document)[0], row);
    assert_eq!(count(&document, "path", &["due"]), 1);
    assert!(lanes.head().contains("Dec") || lanes.head().contains("Nov"), "the axis ends with its last day");
}

#[test]
fn days_of_issues_stand_in_for_those_that_a_milestone_does_not_say() {
    let (roadmap, facts) = read(
        r#"{ "as_of": "2027-01-15", "milestones": [{ "id": "m-1", "title": "One" }, { "id": "m-2", "title": "Two" }], "issues": [
            { "id": "A-1", "title": "a", "milestone": "m-1", "state": "open", "start_on": "2027-01-04", "due_on": "2027-Q1" },
            { "id": "A-2", "title": "b", "milestone": "m-1", "state": "open", "due_on": "2027-05-31", "assignees": ["ann", "bo"], "blocked_by": ["A-1"] },
            { "id": "A-3", "title": "c", "milestone": "m-1", "state": "open", "start_on": "2026-12-01" },
            { "id": "A-4", "title": "d", "milestone": "m-1", "state": "open", "due_on": "later" },
            { "id": "A-5", "title": "e", "milestone": "m-2", "state": "open" },
            { "id": "A-6", "title": "f", "milestone": "m-2", "state": "closed", "begun_on": "2026-12-01", "closed_on": "2026-12-24" }
        ] }"#,
    );
    let groups = groups(&facts);
    let lanes = Lanes::new(&roadmap, &facts, None, &groups, true).expect("it has days");
    let document = whole(&lanes, &groups);
    assert_eq!(
        told(&document),
        [
            "in progress, 0 of 4 done, 2026-12-01 to 2027-05-31, by the days of its issues",
            "in progress, 2027-01-04 to 2027-Q1",
            "blocked, due 2027-05-31, ann, bo · waits for A-1",
            "in progress, from 2026-12-01",
            "ready, due later",
            "in progress, 1 of 2 done, from 2026-12-01, its start by the days of its issues",
            "ready, without a date",
            "done, 2026-12-01 to 2026-12-24",
        ]
        .map(String::from)
    );
    // No diamond says that a milestone is due on a day which only its issues have.
    assert_eq!(count(&document, "path", &["due"]), 0);
    let shown = groups.iter().flat_map(|group| group.issues.iter().copied());
    assert_eq!(lanes.marks(shown), [Mark::Derived, Mark::Open]);
}

#[test]
fn where_nothing_is_due_columns_count_what_began_and_what_became_of_it() {
    let issue = |ix: usize| {
        let state = ["\"open\"", "\"closed\"", "\"closed\", \"state_reason\": \"not_planned\""][ix % 3];
        format!(
            r#"{{ "id": "A-{ix}", "title": "t", "milestone": "m-1", "state": {state}, "start_on": "20{:02}-{:02}-07" }}"#,
            15 + ix % 12,
            ix % 12 + 1
        )
    };
    let issues: Vec<_> = (0..200).map(issue).collect();
    let (roadmap, facts) = read(&format!(
        r#"{{ "milestones": [{{ "id": "m-1", "title": "M" }}], "issues": [{}] }}"#,
        issues.join(",")
    ));
    let groups = groups(&facts);
    let lanes = Lanes::new(&roadmap, &facts, None, &groups, false).expect("it has days");
    assert!(lanes.shows_begun() && lanes.years() == 16);
    let row = format!("<p>{}</p>", lanes.group(0));
    let counted = |word: &str| -> usize {
        names(&row, "begun")
            .iter()
            .filter_map(|name| name.split(": ").nth(1)?.strip_suffix(word)?.trim().parse::<usize>().ok())
            .sum()
    };
    assert_eq!(["open", "done", "dropped"].map(counted), [67, 67, 66]);
    assert!(
        told(&row)[0].starts_with("200 issues start from 2015-Q1 to 2026-Q4, at most "),
        "{:?}",
        told(&row)
    );
}

#[test]
fn odd_days_and_odd_names_are_drawn_all_the_same() {
    let (roadmap, facts) = read(
        r#"{ "as_of": "2026-11-22", "milestones": [
        { "id": "a", "title": "A", "start_on": "2026-12-01", "due_on": "2026-11-01" },
        { "id": "b", "title": "B", "start_on": "0001-01-01", "due_on": "9999-12-31", "blocked_by": ["a"] },
        { "id": "c", "title": "C", "planned_due_on": "1900-01-01" },
        { "id": "d", "title": "D", "start_on": "9999-12-31", "blocked_by": ["e"] },
        { "id": "e", "title": "E", "start_on": "2026-11-22", "blocked_by": ["d"] }
    ], "issues": [{ "id": "I-1", "title": "<i>", "milestone": "a", "due_on": "2026-11-22", "assignees": ["<script>", "\"&'"] }] }"#,
    );
    let groups = groups(&facts);
    let lanes = Lanes::new(&roadmap, &facts, None, &groups, true).expect("it has days");
    let document = whole(&lanes, &groups);
    assert_eq!(told(&document).len(), 6);
    assert_eq!(arrows(&document).0, 3);
    assert!(count(&document, "line", &["grid"]) <= 40);
    assert!(document.contains("&lt;script&gt;") && !document.contains("<script>"));
    let percents = |name: &'static str| {
        let document = Document::parse(&document).expect("it is well-formed");
        let all = document
            .descendants()
            .filter_map(|node| node.attribute(name)?.strip_suffix('%').map(str::to_owned));
        all.map(|it| it.parse::<f64>().expect("a number")).collect::<Vec<_>>()
    };
    for name in ["x", "x1", "x2", "width"] {
        assert!(percents(name).iter().all(|it| (0.0..=100.3).contains(it)), "{name}: {:?}", percents(name));
    }
}

#[test]
fn nothing_has_a_day_and_nothing_is_drawn() {
    let (roadmap, facts) = read(r#"{ "as_of": "2026-11-22", "milestones": [{ "id": "a", "title": "A" }] }"#);
    assert!(Lanes::new(&roadmap, &facts, None, &groups(&facts), false).is_none());
}

#[test]
fn a_thousand_milestones_that_wait_for_each_other_stay_within_bounds() {
    let milestone = |ix: usize| {
        let waits: Vec<_> = [1, 50, 90]
            .iter()
            .filter_map(|back| ix.checked_sub(*back))
            .map(|on| format!("\"m-{on}\""))
            .collect();
        format!(
            r#"{{ "id": "m-{ix}", "title": "T", "start_on": "{}-01-01", "due_on": "{}-12-31", "blocked_by": [{}] }}"#,
            2000 + ix,
            2000 + ix,
            waits.join(",")
        )
    };
    let all: Vec<_> = (0..1_000).map(milestone).collect();
    let (roadmap, facts) = read(&format!(r#"{{ "milestones": [{}] }}"#, all.join(",")));
    let groups = groups(&facts);
    let lanes = Lanes::new(&roadmap, &facts, None, &groups, true).expect("it has days");
    let pieces: usize = (0..groups.len()).map(|at| lanes.behind(at).matches("\"arrow").count()).sum();
    assert!(pieces < 800, "{pieces}");
}
