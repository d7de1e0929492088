//! Ten thousand against ten thousand: the time grows with the work.

use std::fmt::Write;

use super::{Scene, plan, wanted};

fn source(issues: usize) -> String {
    let mut text = String::from(r#"{"issues": ["#);
    for n in 0..issues {
        let comma = if n > 0 { "," } else { "" };
        let blocked = if n > 0 { format!(r#", "blocked_by": ["A-{}"]"#, n - 1) } else { String::new() };
        let body = "What is to be done, in some words.\\n\\n- [ ] one\\n- [ ] two\\n".repeat(8);
        let _ = write!(
            text,
            r#"{comma}{{"title": "A-{n}: x", "body": "{body}", "labels": ["l-{}"]{blocked}}}"#,
            n % 40
        );
    }
    text + "]}"
}

#[test]
fn a_thousand_against_a_thousand_finds_each_difference() {
    let mut scene = Scene::new(&source(1_000));
    let fresh = scene.apply();
    assert_eq!(fresh.operations.len(), 40 + 1_000 + 999);
    scene.world.issues.iter_mut().step_by(10).for_each(|issue| issue.body = issue.body.replace("one", "two"));
    scene.source = scene.source.replace(": x\"", ": y\"");
    let (wanted, actual) = (wanted(&scene.source), scene.actual());
    let plan = plan(&wanted, &actual, &scene.lock, &scene.options);
    assert_eq!((plan.operations.len(), plan.conflicts.len()), (1_000, 100));
}
