//! Answers for an independent oracle: reads one roadmap a line from standard input and writes a line of JSON for each, with the
//! earliest days of all its items and the critical path.

use std::{
    io::{BufRead, Write, stdin, stdout},
    process::ExitCode,
    sync::Arc,
};

use roadbook::internals::{
    facts::Facts,
    model::{Day, Roadmap, Target, resolve},
    report::Report,
    source::{merge, parse},
};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let Some(answer) = line.ok().and_then(|line| answer(&line)) else {
            let _ = writeln!(std::io::stderr(), "a line is not a roadmap");
            return ExitCode::FAILURE;
        };
        if writeln!(out, "{answer}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn answer(source: &str) -> Option<Value> {
    let (file, mut report): (Arc<str>, _) = ("roadmap/roadmap.json".into(), Report::default());
    let parsed = parse(&file, source.into(), &mut report)?;
    let (roadmap, _) = resolve(merge(vec![(file, parsed)], &mut report), "roadmap", None);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    let ids: Vec<_> = items(&roadmap).collect();
    let day = |day: Option<Day>| day.map_or(Value::Null, |day| day.to_string().into());
    let of = |item: Target, found: Option<Day>| {
        if facts.bounds.is_never(item) { "never".into() } else { day(found) }
    };
    let earliest: serde_json::Map<_, _> =
        ids.iter().map(|(id, item)| (id.clone(), of(*item, facts.bounds.earliest(*item)))).collect();
    let floor: serde_json::Map<_, _> =
        ids.iter().map(|(id, item)| (id.clone(), of(*item, facts.bounds.floor(*item)))).collect();
    let path = facts.bounds.critical_path();
    let path = path.map(|path| {
        let items: Vec<_> = path.items.iter().map(|ix| roadmap.issues[ix.0].id.as_str()).collect();
        json!({ "days": path.days, "items": items, "without_length": path.without_length })
    });
    Some(json!({ "earliest": earliest, "floor": floor, "path": path }))
}

fn items(roadmap: &Roadmap) -> impl Iterator<Item = (String, Target)> {
    let issues = roadmap.issues().map(|(ix, issue)| (issue.id.to_string(), Target::Issue(ix)));
    issues.chain(roadmap.milestones().map(|(ix, it)| (it.id.to_string(), Target::Milestone(ix))))
}
