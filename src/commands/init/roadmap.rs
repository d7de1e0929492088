//! The source itself: where it is, or a new one; what is added to its top; the schema beside it.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value, json};

use super::{
    Plan,
    ahead::{self, RoadmapFiles},
    listing::point,
    older, room,
};
use crate::{
    cli::{Global, Init},
    commands::{
        FOR_PEOPLE, Session,
        documents::{Documents, is_summary},
        plans::{self, Begun, FILE_NAME},
        schema,
        selection::Selection,
        spot::Spot,
    },
    edit::{Edit, Refused, difference, edited},
    facts::Facts,
    io::{Entry, Failure, FailureKind, Files, Io, Limit},
    model::{Day, Roadmap, fields::FILE},
    render::{PagePath, is_marked},
    report::{JsonPath, counted, typed},
    rules::{MINOR, Reach},
    setup::{Start, starting_roadmap},
    source::{FOLDER, joined},
};

/// The file of the schema beside the JSON.
pub(in crate::commands) const SCHEMA: &str = "roadbook.schema.json";

/// Where the website goes where its usual place is somebody else's.
const OTHER_SITE: &str = "roadmap-site";

/// Plans all sources; returns the folders of websites that are not committed.
pub(super) fn plan_all(
    plan: &mut Plan<'_>,
    args: &Init,
    spot: &Spot,
    global: &Global,
    io: &Io<'_>,
) -> Result<Vec<String>, Failure> {
    if !(spot.is_list && spot.is_set_up) {
        let site = self::plan(plan, args, spot, &spot.global(global), io)?;
        let all = ahead::files(plan, spot, global, io);
        // A source that begins is read once it is there.
        return Ok(if all.len() > 1 { ignored(&all) } else { site.into_iter().collect() });
    }
    let own = Global { root: Some(spot.root.clone()), ..global.without_roadmap() };
    for one in Selection::all(io, &own)?.members {
        self::plan(plan, args, spot, &one.global, io)?;
    }
    Ok(ignored(&ahead::files(plan, spot, global, io)))
}

/// The folders of websites that are not committed: of several, the one around them where none is.
fn ignored(all: &[RoadmapFiles]) -> Vec<String> {
    let commits_any = all.iter().any(|one| one.commits_site);
    let folder = |one: &RoadmapFiles| {
        let site = one.outputs.site.clone().filter(|_| !one.commits_site)?;
        let around = site.strip_suffix(&one.name).map(|around| around.trim_end_matches('/').to_owned());
        let around = around.filter(|around| !commits_any && !one.name.is_empty() && !around.is_empty());
        Some(around.unwrap_or(site))
    };
    let mut folders: Vec<_> = all.iter().filter_map(folder).collect();
    folders.sort();
    folders.dedup();
    folders
}

/// Plans a source; returns the folder of the website, where that is not committed. The faults of a source with which
/// nothing can be set up are reported.
fn plan(
    plan: &mut Plan<'_>,
    args: &Init,
    spot: &Spot,
    own: &Global,
    io: &Io<'_>,
) -> Result<Option<String>, Failure> {
    if !spot.is_set_up && (spot.json.is_none() || spot.begins) {
        return begin(plan, args, spot, io);
    }
    let (mut session, roadmap, facts) = Session::open(io, own, None)?;
    session.add_pin(&roadmap);
    if session.is_blocked() {
        let found = session.found.files.join("`, `");
        session.say(&format!("nothing was set up: `{found}` has errors that must be fixed first"));
        session.finish(Reach::Roadmap, Some(&roadmap));
        return Err(Failure::said(session.tell("init", &FOR_PEOPLE, roadmap.pinned, BTreeMap::new())?));
    }
    others(plan, spot);
    adopt(plan, args, spot, session, roadmap, facts)
}

/// A roadmap that begins.
fn begin(plan: &mut Plan<'_>, args: &Init, spot: &Spot, io: &Io<'_>) -> Result<Option<String>, Failure> {
    // Beside roadmaps that are there, the documents are theirs.
    let is_first = super::bases(io.files, &spot.root).is_empty();
    let begun = if is_first { older::begun(plan, spot)? } else { None };
    if is_first && begun.is_none() && !args.new {
        refuse_beside(spot, io)?;
    }
    let own = || spot.json.clone().unwrap_or_else(|| joined(FOLDER, FILE_NAME));
    let json = begun.as_ref().map_or_else(own, |begun| begun.json.clone());
    let base = json.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    room::refuse_taken(&base, &json, spot, io)?;
    others(plan, spot);
    let (text, why, summary) = match begun {
        Some(Begun { path, imported, .. }) => (imported.source, format!("what `{path}` says"), Some(path)),
        None => {
            (start(spot, &json, io)?, "a small roadmap to begin with: put your own in its place".into(), None)
        }
    };
    let mut new = head(&text);
    let mut outputs = Map::new();
    let elsewhere_than = |path: &String| *path != joined(&base, "SUMMARY.md");
    outputs.extend(summary.filter(elsewhere_than).map(|path| ("summary".to_owned(), path.into())));
    let site = elsewhere(plan, spot, Some("site".into()), io.files, &mut outputs)?;
    new.insert("$schema".into(), SCHEMA.into());
    new.insert("roadbook".into(), MINOR.into());
    if !outputs.is_empty() {
        new.insert("outputs".into(), outputs.into());
    }
    let text = with_keys(&json, &text, &new).unwrap_or(text);
    plan.put(&json, text, &why)?;
    point(plan, spot, &json, io.files)?;
    plan.put(&joined(&base, SCHEMA), schema::text(), "lets editors complete and check it")?;
    Ok(site)
}

/// Refuses to begin a roadmap beside a plan that can be taken in.
fn refuse_beside(spot: &Spot, io: &Io<'_>) -> Result<(), Failure> {
    let plans = plans::find(io, spot)?;
    let Some(plan) = plans.first() else { return Ok(()) };
    let message =
        format!("`{}` is {} with a plan: no new roadmap was started beside it", plan.path, plan.noun);
    let shows = spot.typed(&plan.path);
    Err(Failure::new(FailureKind::Usage, message).help(format!(
        "`{}` takes it in, `roadbook try {shows}` shows it first; `roadbook init --new` begins another roadmap all the same",
        plan.command
    )))
}

/// The small roadmap that a repository without one begins with.
fn start(spot: &Spot, json: &str, io: &Io<'_>) -> Result<String, Failure> {
    let name = spot.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let days = days(io.clock.today()?);
    let days = [&*days[0], &*days[1], &*days[2]];
    Ok(starting_roadmap(Start { minor: MINOR, name: &name, path: json, days }))
}

/// Today, in two weeks and in four.
fn days(today: Day) -> [String; 3] {
    const DAY: i64 = 86_400;
    let since = Day::from_unix(0).map_or(0, |epoch| today.days_since(epoch));
    [0, 14, 28].map(|days| Day::from_unix((since + days) * DAY).unwrap_or(today).to_string())
}

/// Tells what looks like a roadmap and is not taken.
fn others(plan: &mut Plan<'_>, spot: &Spot) {
    for nested in &spot.searched.nested {
        let path = typed(nested);
        plan.note(format!(
            "`{nested}` is a git repository of its own with a roadmap: `roadbook --root {path} init` works on it"
        ));
    }
    let bases = super::bases(plan.files(), &spot.root);
    let is_own =
        |path: &str| spot.root.join(path).parent().is_some_and(|base| bases.iter().any(|it| it == base));
    let others = spot.others().filter(|other| spot.is_set_up || !is_own(&other.path));
    let others: Vec<_> = others.map(|other| format!("`{}`", other.path)).collect();
    if let Some(first) = others.first() {
        let more = if others.len() > 1 {
            format!(" and {}", counted(others.len() - 1, "other"))
        } else {
            String::new()
        };
        plan.note(format!(
            "{first}{more} could be a roadmap as well: `roadbook init --roadmap PATH` takes another one"
        ));
    }
}

/// A source that is there.
fn adopt(
    plan: &mut Plan<'_>,
    args: &Init,
    spot: &Spot,
    mut session: Session<'_>,
    roadmap: Roadmap,
    facts: Facts,
) -> Result<Option<String>, Failure> {
    let (io, found) = (session.io, session.found.clone());
    let json = found.files.first().map(|file| file.to_string()).unwrap_or_default();
    if !spot.is_set_up {
        point(plan, spot, &json, io.files)?;
    }
    let says_outputs = roadmap.head_files.contains_key("outputs");
    let is_pinned = roadmap.pinned.is_some();
    let is_committed = roadmap.site.committed == Some(true);
    let mut outputs = Map::new();
    let says_docs = roadmap.head_files.contains_key("docs");
    let mut site = roadmap.outputs.site.clone();
    let renderer = session.renderer(roadmap, facts)?;
    let find = |renderer| Documents::find(io, &found, renderer, &spot.searched.markdown);
    let documents = renderer.as_ref().map(find).transpose()?.unwrap_or_default();
    if !says_outputs {
        let summary = summary_elsewhere(io.files, &spot.root, &found.base, &documents)?;
        let usual = joined(&found.base, "SUMMARY.md");
        if let Some(path) = summary.as_ref().filter(|_| documents.aside.contains(&usual)) {
            plan.note(format!("`{usual}` names nothing of this roadmap: the summary goes to `{path}`"));
        }
        outputs.extend(summary.map(|path| ("summary".to_owned(), path.into())));
        site = elsewhere(plan, spot, site, io.files, &mut outputs)?;
    }
    let Some(text) = plan.text(&json)? else { return Ok(site.filter(|_| !is_committed)) };
    let filled = match &documents.summary {
        Some(path) => older::filled(plan, args, session.global, io, &found, path)?,
        None => None,
    };
    let text = filled.unwrap_or(text);
    let mut new = completed(head(&text), is_pinned, outputs);
    let unnamed = renderer.as_ref().map(|renderer| documents.unnamed(renderer)).unwrap_or_default();
    gate(plan, unnamed, says_docs, &mut new);
    if new["$schema"].as_str().map(|it| it.trim_start_matches("./")) == Some(SCHEMA) {
        put_schema(plan, &joined(&found.base, SCHEMA))?;
    }
    put_source(plan, &json, &text, &new)?;
    Ok(site.filter(|_| !is_committed))
}

/// The keys of a source with what each one says; the outputs, where any goes to another place than usual.
fn completed(
    mut head: Map<String, Value>,
    is_pinned: bool,
    outputs: Map<String, Value>,
) -> Map<String, Value> {
    head.entry("$schema").or_insert_with(|| SCHEMA.into());
    if !is_pinned {
        head.insert("roadbook".into(), MINOR.into());
    }
    if !outputs.is_empty() {
        head.insert("outputs".into(), outputs.into());
    }
    head
}

/// Documents that name the roadmap are put into `docs`, so that `check` reads what `try` has read. A list that is there is
/// its owner's, who is told.
fn gate(plan: &mut Plan<'_>, unnamed: Vec<String>, says_docs: bool, new: &mut Map<String, Value>) {
    let Some(first) = unnamed.first() else { return };
    let more = match unnamed.len() {
        1 => "names the roadmap".to_owned(),
        count => format!("and {} name the roadmap", counted(count - 1, "other document")),
    };
    if says_docs {
        plan.note(format!(
            "`{first}` {more} and `docs` does not have it: `roadbook try` tells what disagrees in it"
        ));
    } else {
        plan.note(format!("`{first}` {more}: put into `docs`, so that `roadbook check` reads it"));
        new.insert("docs".into(), unnamed.into());
    }
}

/// The source with these keys as well; where it cannot be edited, it is told what to add.
fn put_source(plan: &mut Plan<'_>, json: &str, text: &str, new: &Map<String, Value>) -> Result<(), Failure> {
    let before = plan.text(json)?.unwrap_or_default();
    let text = match with_keys(json, text, new) {
        Ok(text) => text,
        Err(why) => {
            plan.note(format!("`{json}` is left as it is: {why}"));
            return Ok(());
        }
    };
    let added = older::new_keys(&before, &text).join(", ");
    if plan.is_read_only(json) && text != before {
        plan.note(format!("`{json}` is read-only and stays as it is: it would get {added}"));
        return Ok(());
    }
    plan.put(json, text, &format!("gets {added}; nothing else changes"))
}

/// The folder of the website: another one where its usual place is somebody else's, which the outputs say then.
fn elsewhere(
    plan: &mut Plan<'_>,
    spot: &Spot,
    site: Option<String>,
    files: &dyn Files,
    outputs: &mut Map<String, Value>,
) -> Result<Option<String>, Failure> {
    let Some(usual) = site else { return Ok(None) };
    if !is_somebody_elses(files, spot, &usual)? {
        return Ok(Some(usual));
    }
    plan.note(format!("`{usual}` holds other things: the website goes to `{OTHER_SITE}`"));
    outputs.insert("site".into(), OTHER_SITE.into());
    Ok(Some(OTHER_SITE.into()))
}

/// A file of the source with these keys as well, every other byte as it was.
fn with_keys(json: &str, text: &str, new: &Map<String, Value>) -> Result<String, Refused> {
    let file: Arc<str> = json.into();
    let edits = difference(&file, &JsonPath::default(), FILE, &head(text), new);
    edited(text, &edits.iter().collect::<Vec<&Edit>>())
}

/// What a file says.
fn head(text: &str) -> Map<String, Value> {
    let value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_else(|_| json!({}));
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// The schema, unless something else has its name.
fn put_schema(plan: &mut Plan<'_>, path: &str) -> Result<(), Failure> {
    match plan.text(path)? {
        Some(text) if !is_our_schema(&text) => {
            plan.note(format!("`{path}` is not Roadbook's schema, and stays"));
            Ok(())
        }
        _ => plan.put(path, schema::text(), "lets editors complete and check it"),
    }
}

/// Whether a text is the schema of some version of ours.
pub(in crate::commands) fn is_our_schema(text: &str) -> bool {
    let value: Option<Value> = serde_json::from_str(text).ok();
    value.is_some_and(|value| value.get("title").is_some_and(|title| title == "Roadbook roadmap"))
}

/// Another place for the summary: the one where a team has it, or one beside a document that only has its name.
fn summary_elsewhere(
    files: &dyn Files,
    root: &std::path::Path,
    base: &str,
    documents: &Documents,
) -> Result<Option<String>, Failure> {
    let usual = joined(base, "SUMMARY.md");
    if documents.aside.contains(&usual) {
        return Ok(Some(documents.other_summary(&usual)));
    }
    let is_there = files.entry(&root.join(&usual))?.is_some();
    let elsewhere = documents.summary.as_deref().filter(|path| is_summary(path) && *path != usual);
    Ok(elsewhere.filter(|_| !is_there).map(str::to_owned))
}

/// Whether the place of the website holds what Roadbook did not write.
fn is_somebody_elses(files: &dyn Files, spot: &Spot, site: &str) -> Result<bool, Failure> {
    let folder = spot.root.join(site);
    match files.entry(&folder)? {
        Some(Entry::Folder) if !site.is_empty() => {
            let names = files.list(&folder)?;
            let is_ours = |name: &&String| {
                let bytes = files.read_inside(&spot.root, &folder.join(name), Limit::Document).ok().flatten();
                bytes.is_some_and(|bytes| is_marked(&PagePath::new(*name), &bytes))
            };
            // What is damaged is still ours: one page that has the mark says so.
            Ok(!names.is_empty()
                && !names.iter().filter(|name| name.ends_with(".html")).any(|name| is_ours(&name)))
        }
        entry => Ok(entry.is_some() && !site.is_empty()),
    }
}
