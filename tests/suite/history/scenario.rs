//! What a change does to earliest days: a branch read as a scenario.

use serde_json::{Value, json};

use crate::support::Project;

/// A chain of work in a milestone, for 2027-03-01; with something that nothing waits for.
fn plan() -> Value {
    json!({
        "as_of": "2027-03-01",
        "milestones": [
            { "id": "ML3", "title": "ML3 – Users", "state": "open", "due_on": "2027-03-25" },
            { "id": "ML9", "title": "ML9 – Falcon", "internal": true }
        ],
        "issues": [
            { "id": "A-1", "title": "A-1: Ask", "state": "open", "milestone": "ML3", "start_on": "2027-03-01", "due_on": "2027-03-10" },
            { "id": "A-2", "title": "A-2: Build", "state": "open", "milestone": "ML3", "start_on": "2027-03-11", "due_on": "2027-03-20",
              "blocked_by": ["A-1"] },
            { "id": "A-3", "title": "A-3: Elsewhere", "state": "open", "start_on": "2027-03-01", "due_on": "2027-03-02" },
            { "id": "A-4", "title": "A-4: Done", "state": "closed", "closed_on": "2027-02-01", "start_on": "2027-01-01", "due_on": "2027-02-01" }
        ]
    })
}

/// Commits the plan and what `change` makes of it.
fn changed(change: impl Fn(&mut Value)) -> Project {
    let repository = Project::repository();
    repository.commit_plan("2027-01-04", &plan());
    let mut other = plan();
    change(&mut other);
    repository.commit_plan("2027-02-01", &other);
    repository
}

/// The sentences on earliest days.
fn told(repository: &Project, args: &[&str]) -> Vec<String> {
    let run = repository.spawn([&["diff"], args].concat()).ends_with(0);
    run.out
        .lines()
        .filter(|line| line.starts_with("so ") || line.starts_with("the earliest"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_later_milestone_is_told_with_its_chain() {
    let repository = changed(|it| it["issues"][0]["due_on"] = "2027-03-31".into());
    let expected = [
        "so ML3 as planned is not done before 2027-04-09, 20 days later (it is due on 2027-03-25): ML3 ← A-2 ← A-1",
        "the earliest days of 2 more items move",
    ];
    assert_eq!(told(&repository, &["HEAD~1..HEAD"]), expected);
    // As a branch is looked at before it is merged, and as a walk tells it.
    repository.git(["branch", "scenario"]).ends_with(0);
    repository.git(["reset", "--quiet", "--hard", "HEAD~1"]).ends_with(0);
    assert_eq!(told(&repository, &["main...scenario"]), expected);
    assert_eq!(
        told(&repository, &["scenario..main"]),
        [
            "so ML3 as planned is not done before 2027-03-20, 20 days sooner (no longer past its due date 2027-03-25): ML3 ← A-2",
            "the earliest days of 2 more items move"
        ]
    );
    repository.git(["merge", "--quiet", "scenario"]).ends_with(0);
    assert_eq!(told(&repository, &["--since", "2027-01-10"]), expected);
    let markdown = repository.spawn(["diff", "HEAD~1..HEAD", "--format", "markdown"]).ends_with(0).out;
    assert!(
        markdown.contains("\n- so ML3 as planned is not done before 2027-04-09, 20 days later"),
        "{markdown}"
    );
    // A report judges on its own day.
    for format in ["human", "markdown", "html"] {
        let run = repository
            .spawn(["report", "--since", "2027-01-10", "--as-of", "2027-03-01", "--format", format])
            .ends_with(0);
        assert!(
            run.out.contains("so ML3 as planned is not done before 2027-04-09, 20 days later"),
            "{}",
            run.out
        );
    }
}

#[test]
fn programs_are_told_all_that_moved() {
    let repository = changed(|it| it["issues"][0]["due_on"] = "2027-03-31".into());
    let diff = repository.spawn(["diff", "HEAD~1..HEAD", "--format", "json"]).ends_with(0).json();
    assert_eq!(diff["as_of"], "2027-03-01");
    let ids: Vec<_> =
        diff["earliest"].as_array().expect("a list").iter().map(|it| it["id"].clone()).collect();
    assert_eq!(ids, ["ML3", "A-1", "A-2"]);
    assert_eq!(
        diff["earliest"][0],
        json!({
            "kind": "milestone", "id": "ML3", "title": "ML3 – Users", "from": "2027-03-20", "to": "2027-04-09", "days": 20,
            "earliest_floor": "2027-03-11", "was_never": false, "never": false, "due_on": "2027-03-25",
            "chain": ["A-1", "A-2", "ML3"]
        })
    );
}

#[test]
fn a_stated_start_makes_it_certain_and_both_ends_are_judged_on_the_later_day() {
    let repository = changed(|it| {
        it["as_of"] = "2027-03-12".into();
        it["issues"][1]["start_on"] = "2027-04-01".into();
        it["issues"][1]["due_on"] = "2027-04-01".into();
    });
    // On 2027-03-12 the work of before could not be done by 2027-03-20 either: it waits for what was not done by then.
    assert_eq!(
        told(&repository, &["HEAD~1..HEAD"]),
        [
            "so ML3 cannot be done before 2027-04-01, 11 days later (it is due on 2027-03-25): ML3 ← A-2",
            "the earliest day of 1 more item moves"
        ]
    );
}

#[test]
fn a_cycle_is_never_and_undone_it_is_told_too() {
    let repository = changed(|it| it["issues"][0]["blocked_by"] = json!(["A-2"]));
    let never =
        |id: &str| format!("so {id} can never be done: it waits for itself, or for something that does");
    assert_eq!(
        told(&repository, &["HEAD~1..HEAD"]),
        [never("ML3"), "the earliest days of 2 more items move".into()]
    );
    assert_eq!(
        told(&repository, &["HEAD..HEAD~1"]),
        [
            "so ML3 no longer waits for itself: as planned is not done before 2027-03-20 (ML3 ← A-2)",
            "the earliest days of 2 more items move"
        ]
    );
}

#[test]
fn nothing_is_said_where_no_day_moved_or_nothing_is_left_to_be_done() {
    let quiet: [fn(&mut Value); 4] = [
        |it| it["issues"][0]["title"] = "A-1: Ask again".into(),
        |it| it["issues"][3]["due_on"] = "2027-05-01".into(),
        |it| it["milestones"][0]["due_on"] = "2027-05-01".into(),
        |it| it["as_of"] = "2027-03-09".into(),
    ];
    for change in quiet {
        assert_eq!(told(&changed(change), &["HEAD~1..HEAD"]), [""; 0]);
    }
    // Within its due date an issue is for programs alone.
    let repository = changed(|it| it["issues"][2]["due_on"] = "2027-03-09".into());
    assert_eq!(told(&repository, &["HEAD~1..HEAD"]), [""; 0]);
    let diff = repository.spawn(["diff", "HEAD~1..HEAD", "--format", "json"]).ends_with(0).json();
    assert_eq!(diff["earliest"][0]["days"], 7);
}

#[test]
fn without_milestones_the_first_of_a_chain_that_misses_its_day_is_told() {
    let mut before = plan();
    before["milestones"] = json!([]);
    for issue in before["issues"].as_array_mut().expect("a list") {
        issue.as_object_mut().expect("an object").remove("milestone");
    }
    let repository = Project::repository();
    repository.commit_plan("2027-01-04", &before);
    before["issues"][0]["due_on"] = "2027-03-14".into();
    repository.commit_plan("2027-02-01", &before);
    assert_eq!(
        told(&repository, &["HEAD~1..HEAD"]),
        [
            "so A-2 as planned is not done before 2027-03-23, 3 days later (it is due on 2027-03-20): A-2 ← A-1",
            "the earliest day of 1 more item moves"
        ]
    );
}

#[test]
fn an_item_is_the_same_under_another_id() {
    let repository = changed(|it| {
        it["aliases"] = json!({ "ML3": "ML4" });
        it["milestones"][0]["id"] = "ML4".into();
        for issue in [0, 1] {
            it["issues"][issue]["milestone"] = "ML4".into();
        }
        it["issues"][1]["due_on"] = "2027-03-22".into();
    });
    let told = told(&repository, &["HEAD~1..HEAD"]);
    assert_eq!(told[0], "so ML4 as planned is not done before 2027-03-22, 2 days later: ML4 ← A-2");
}

/// What is done to the plan before and after.
type Case<'a> = &'a dyn Fn(&mut Value, &mut Value);

#[test]
fn what_is_internal_at_either_end_bounds_nothing_in_public() {
    let hide = |it: &mut Value, issue: usize| it["issues"][issue]["milestone"] = "ML9".into();
    let later = |it: &mut Value| it["issues"][0]["due_on"] = "2027-03-31".into();
    // Internal before, after, or both: the public sees neither the item nor what it holds up.
    let cases: [Case<'_>; 3] =
        [&|before, _| hide(before, 0), &|_, after| hide(after, 0), &|before, after| {
            hide(before, 0);
            hide(after, 0);
        }];
    for case in cases {
        let (mut before, mut after) = (plan(), plan());
        later(&mut after);
        case(&mut before, &mut after);
        let repository = Project::repository();
        repository.commit_plan("2027-01-04", &before);
        repository.commit_plan("2027-02-01", &after);
        for format in ["human", "markdown", "json"] {
            let run = repository.spawn(["diff", "HEAD~1..HEAD", "--public", "--format", format]).ends_with(0);
            assert!(!run.out.contains("A-1") && !run.out.contains("2027-04-09"), "{}", run.out);
        }
        assert!(repository.spawn(["diff", "HEAD~1..HEAD"]).ends_with(0).out.contains("A-1"));
    }
    // Under another id too.
    let repository = changed(|it| {
        it["aliases"] = json!({ "A-1": "A-9" });
        it["issues"][0] = json!({ "id": "A-9", "title": "A-9: Falcon", "state": "open", "milestone": "ML9", "start_on": "2027-03-01", "due_on": "2027-03-31" });
        it["issues"][1]["blocked_by"] = json!(["A-9"]);
    });
    let run = repository.spawn(["diff", "HEAD~1..HEAD", "--public", "--format", "json"]).ends_with(0);
    assert!(!run.out.contains("A-9") && !run.out.contains("2027-04-09"), "{}", run.out);
}
