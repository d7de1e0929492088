//! The same source gives the same bytes: on the second run, on another machine, with its keys in another order.

use std::{collections::BTreeMap, fs, time::SystemTime};

use serde_json::Value;

use crate::support::{FIXTURES, Project, Random, Run, same_tree};

const BUILDS: u64 = 10;

const PROJECTS: [&str; 4] = ["seed", "older", "whole", "own"];

/// A copy of a fixture, or of our own roadmap.
fn copy(name: &str) -> Project {
    if name == "own" { Project::own() } else { Project::copy_of(format!("{FIXTURES}/{name}")) }
}

fn times(project: &Project) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| fs::metadata(project.path(path)).and_then(|found| found.modified());
    project.tree().into_keys().map(|path| (path.clone(), time(&path).expect("a time"))).collect()
}

#[test]
fn a_second_build_writes_no_file_and_check_is_content() {
    for name in PROJECTS {
        let project = copy(name).built();
        let (tree, before) = (project.tree(), times(&project));
        project.run(["build"]).ends_with(0).says("0 written, ").says(" unchanged, 0 removed");
        same_tree(&tree, &project.tree());
        assert_eq!(before, times(&project), "{name}: a file was touched");
        project.run(["check"]).ends_with(0);
        assert_eq!(before, times(&project), "{name}: `check` touched a file");
    }
}

#[test]
fn keys_in_any_order_and_any_machine_give_the_same_bytes() {
    for name in PROJECTS {
        let wanted = outputs(&copy(name).built());
        let mut random = Random::new(2);
        for build in 0..BUILDS {
            let project = copy(name);
            shuffle(&project, &mut random);
            fs::remove_dir_all(project.path("milestones")).ok();
            elsewhere(&project, build).ends_with(0);
            let built = outputs(&project);
            assert_eq!(built, wanted, "{name}, build {build}");
            project.run(["check"]).ends_with(0);
        }
    }
}

fn outputs(project: &Project) -> BTreeMap<String, String> {
    let texts = project.tree().into_iter().filter(|(path, _)| path.ends_with(".md"));
    texts.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

/// Builds as a process of its own, on a machine as different as one can play it.
fn elsewhere(project: &Project, build: u64) -> Run {
    let zone = ["UTC", "Pacific/Kiritimati", "America/New_York", "Asia/Kolkata"][build as usize % 4];
    let language = ["C", "tr_TR.UTF-8", "de_DE.UTF-8", "ar_EG.UTF-8", "ja_JP.SJIS"][build as usize % 5];
    let mut command = project.process(["build"]);
    command.env("TZ", zone).env("LANG", language).env("LC_ALL", language);
    command.env("SOURCE_DATE_EPOCH", (build * 400_000_000).to_string());
    command.env("RAYON_NUM_THREADS", (1 + build % 3).to_string());
    project.finish(&mut command)
}

/// Writes the source anew with the keys of every object in another order, and other white space.
fn shuffle(project: &Project, random: &mut Random) {
    let sources: Vec<_> = project
        .tree()
        .into_keys()
        .filter(|path| path.ends_with("_issues.json") || path.ends_with("plan.json"))
        .collect();
    assert_eq!(sources.len(), 1);
    let source: Value = serde_json::from_str(&project.text(&sources[0])).expect("JSON");
    let mut text = String::new();
    write(&source, random, &mut text);
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), source);
    project.write(&sources[0], text);
}

fn write(value: &Value, random: &mut Random, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            random.shuffle(&mut members);
            out.push('{');
            for (n, (key, value)) in members.into_iter().enumerate() {
                out.push_str(if n > 0 { ",\n" } else { "" });
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push_str([":", " : ", ":\t"][random.below(3)]);
                write(value, random, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (n, value) in items.iter().enumerate() {
                out.push_str(if n > 0 { ", " } else { "" });
                write(value, random, out);
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}
