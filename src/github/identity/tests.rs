//! What a title begins with is tested with whole scenes; here is what only a list of them shows.

use super::{Found, Identity, Lost, Options, identify};
use crate::{github::tests::Scene, source::Lock};

fn identity(scene: &Scene, options: &Options) -> Identity {
    identify(&crate::github::tests::wanted(&scene.source), &scene.world, &scene.lock, options)
}

#[test]
fn a_better_way_finds_first_for_all_items() {
    // B's marker stands in an issue whose title would be A's.
    let source = r#"{"issues": [{"title": "A-1: x"}, {"title": "B-1: y"}]}"#;
    let mut scene = Scene::applied(source);
    scene.lock = Lock::default();
    scene.world.issues.remove(0);
    scene.world.issues[0].title = "A-1: x".into();
    let found = identity(&scene, &Options::default());
    assert_eq!(found.issues["a-1"], Err(Lost::New));
    assert_eq!(found.issues["b-1"].as_ref().map(|seen| seen.found), Ok(Found::Marker));
}

#[test]
fn two_lines_of_the_lock_cannot_have_one_issue() {
    let mut scene = Scene::applied(r#"{"issues": [{"title": "A-1: x"}, {"title": "B-1: y"}]}"#);
    scene.world.issues[0].body.clear();
    scene.lock.issues.get_mut("b-1").unwrap().number = Some(1);
    let found = identity(&scene, &Options::default());
    assert!(found.issues["a-1"].is_ok());
    // The other one is where its marker is.
    assert_eq!(found.issues["b-1"].as_ref().map(|seen| (seen.at, seen.found)), Ok((1, Found::Marker)));
    scene.world.issues.remove(1);
    assert_eq!(identity(&scene, &Options::default()).issues["b-1"], Err(Lost::Unmarked(1)));
}

#[test]
fn what_the_lock_knows_of_items_that_left_is_nobody_elses() {
    let mut scene = Scene::applied(r#"{"issues": [{"title": "A-1: x"}]}"#);
    scene.world.issues[0].body.clear();
    scene.source = r#"{"issues": [{"id": "new", "title": "A-1: x"}]}"#.into();
    assert_eq!(identity(&scene, &Options::default()).issues["new"], Err(Lost::New));
}
