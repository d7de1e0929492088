//! Plans as people and programs read them.

use super::{counts, human, json, markdown, words::cost};
use crate::{
    github::{plan::Plan, tests::Scene},
    source::objects,
};

const SOURCE: &str = r#"{"labels": [{"name": "area:db", "color": "ff0000"}], "milestones": [{"title": "M-1: x", "due_on": "2026-12-31"}],
"issues": [{"title": "A-1: One", "body": "First.\n\n- [ ] box", "labels": ["area:db"], "assignees": ["ann"], "milestone": "M-1"},
{"title": "A-2: Two", "parent": "A-1", "blocked_by": ["A-1"], "state": "closed"}]}"#;

/// A scene in which there is something of everything.
fn changed() -> Plan {
    let mut scene = Scene::applied(SOURCE);
    scene.edit("First.", "Begin.");
    scene.edit(r#""labels": ["area:db"], "#, r#""labels": [], "#);
    scene.edit("2026-12-31", "2027-01-31");
    scene.edit(r#""parent": "A-1""#, r#""parent": null"#);
    scene.edit("A-2: Two", "A-2: Zwei");
    scene.world.issues[1].title = "A-2: by `hand` @ann".into();
    scene.plan()
}

#[test]
fn people_read_it_field_by_field() {
    assert_eq!(
        human(&changed(), false, None),
        "~ milestone M-1 #1
    due_on: `2026-12-31` → `2027-01-31`
~ issue A-1 #1
    body:
      @@ -1,3 +1,3 @@
      -First.
      +Begin.
       
       - [ ] box
    labels: - `area:db`
~ issue A-2 #2
    parent: `A-1` → nothing

conflicts: left until somebody decides, with `--on-conflict ours`, `theirs` or as `DB-001.title=theirs`
! issue A-2 #2
    title: GitHub: `A-2: by `hand` @ann` → source: `A-2: Zwei`

o/r: 2 to change, 1 to relate, 1 conflict
3 requests, at least 5 s; nobody is notified by name
"
    );
    let fresh = Scene::new(SOURCE).plan();
    assert_eq!(counts(&fresh), "1 label + 1 milestone + 2 issues to create, 2 to relate, 1 to close");
    assert_eq!(cost(&fresh).unwrap(), "7 requests, at least 13 s; 1 person is told");
    let settled = Scene::applied(SOURCE).plan();
    assert_eq!(human(&settled, false, None), "o/r: nothing to do: GitHub matches the source\n");
}

#[test]
fn a_plan_that_closes_a_lot_says_what_it_will_be_asked() {
    let mut scene = Scene::applied(&SOURCE.replace(r#""state": "closed""#, r#""state": "open""#));
    scene.edit(r#""state": "open""#, r#""state": "closed""#);
    let plan = scene.plan();
    assert_eq!((plan.guard.closes, plan.guard.known, plan.guard.count()), (1, 4, Some(1)));
    assert!(cost(&plan).unwrap().ends_with("`roadbook apply` asks for `--yes=1`"));
}

#[test]
fn nothing_that_people_wrote_becomes_markup_or_calls_anybody() {
    let hostile = r#"{"issues": [{"title": "A-1: @ann </details> [x](y) #4 `code` <script>", "labels": ["a`b"], "body": "```\n@bob\n````\n</details>"}]}"#;
    let mut scene = Scene::applied(&hostile.replace("@bob", "@cle"));
    scene.source = hostile.into();
    for plan in [Scene::new(hostile).plan(), scene.plan()] {
        let shown = markdown(&plan);
        let outline = crate::markdown::read::read(&shown);
        let prose: String = outline.prose.iter().map(|range| &shown[range.clone()]).collect();
        assert!(
            !prose.contains("@ann") && !prose.contains("@bob") && !prose.contains("</details>"),
            "{shown}"
        );
        assert_eq!(
            (outline.links.len(), crate::markdown::read::anchored(&shown).named.len()),
            (0, 0),
            "{shown}"
        );
        assert!(outline.headings.iter().all(|heading| heading.level >= 3));
    }
}

#[test]
fn markdown_fits_into_a_comment_and_says_what_did_not() {
    let issues: Vec<_> =
        (0..2_000).map(|n| format!(r#"{{"title": "A-{n}: A title of some length", "body": "x"}}"#)).collect();
    let shown = markdown(&Scene::new(&format!(r#"{{"issues": [{}]}}"#, issues.join(","))).plan());
    assert!(shown.len() < 61_000, "{}", shown.len());
    assert!(shown.contains("more entries for which there is no room here"));
}

#[test]
fn json_is_the_plan_itself() {
    let plan = changed();
    let text = json(&plan);
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
    assert_eq!(objects::read_back::<Plan>(text.as_bytes()).unwrap(), plan);
    let changed = objects::with_lists(&serde_json::from_str(&text).unwrap());
    assert!(changed.len() > 15, "{}", changed.len());
    for (place, changed) in changed {
        assert!(objects::read_back::<Plan>(changed.to_string().as_bytes()).is_err(), "{place}");
    }
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&value["kind"], &value["version"], &value["is_empty"]),
        (&"plan".into(), &1.into(), &false.into())
    );
}
