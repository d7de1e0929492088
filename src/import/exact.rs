//! Whether building a source gives the document back that it was made of.

use std::sync::Arc;

use serde_json::Value;

use super::{Target, Text};
use crate::{
    edit::{Change, Edit, Spot, edited},
    facts::Facts,
    model::{Roadmap, fields, resolve},
    render::{Engine, Page, PageKind, PagePath, Renderer, is_marked},
    report::{Code, Diagnostic, JsonPath, Place, Report, counted, diff, one_line},
    rules,
    source::{merge, parse},
};

/// What comparing came to.
pub(super) struct Comparison {
    /// The source, with what it says of SUMMARY.md where that makes building exact.
    pub(super) source: String,
    pub(super) summary: Option<String>,
    pub(super) is_exact: bool,
}

/// What may be said of SUMMARY.md so that it is the document again: `links` and `marker`, where they are to be false.
const SETTINGS: [&[&str]; 4] = [&[], &["links", "marker"], &["marker"], &["links"]];

/// Builds the source, as it is and with what may be said of SUMMARY.md, until that is the document.
pub(super) fn compare(document: &Text, target: &Target, source: String, report: &mut Report) -> Comparison {
    let mut none = Comparison { source, summary: None, is_exact: false };
    let Some(roadmap) = roadmap(&target.name, &none.source, report) else { return none };
    let Ok(mut engine) = Engine::new(target.overrides.clone()).map_err(|found| report.push(found)) else {
        return none;
    };
    let wanted = document.text.replace("\r\n", "\n");
    let is_marked = is_marked(&PagePath::new("SUMMARY.md"), wanted.as_bytes());
    let given = (roadmap.summary.links.is_some(), roadmap.summary.marker.is_some());
    let mut closest: Option<(usize, String)> = None;
    for settings in SETTINGS {
        let sets = |key| settings.contains(&key);
        let is_idle = sets("links") && given.0 || sets("marker") && (given.1 || is_marked);
        let is_vain = !given.1 && !is_marked && !sets("marker");
        if is_idle || is_vain {
            continue;
        }
        let (built, back) = summary(set(&roadmap, settings), engine);
        engine = back;
        let Some(built) = built else { return none };
        if built == wanted {
            none.source = with_settings(&target.name, none.source, settings);
            return Comparison { summary: Some(built), is_exact: true, ..none };
        }
        let far = difference(&wanted, &built);
        if closest.as_ref().is_none_or(|(least, _)| far < *least) {
            closest = Some((far, built));
        }
    }
    if let Some((far, built)) = closest {
        report.push(told(document, &built, far));
        none.summary = Some(built);
    }
    none
}

/// The same roadmap with what is said of SUMMARY.md.
fn set(roadmap: &Roadmap, settings: &[&str]) -> Roadmap {
    let mut roadmap = roadmap.clone();
    if settings.contains(&"links") {
        roadmap.summary.links = Some(false)
    }
    if settings.contains(&"marker") {
        roadmap.summary.marker = Some(false)
    }
    roadmap
}

/// What the source means; `None` where it has blocking faults, which are told.
pub(super) fn roadmap(name: &Arc<str>, source: &str, report: &mut Report) -> Option<Roadmap> {
    let mut own = Report::default();
    let parsed = parse(name, source.as_bytes().to_vec(), &mut own).map(|file| (Arc::clone(name), file));
    let document = merge(parsed.into_iter().collect(), &mut own);
    let base = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (roadmap, faults) = resolve(document, base, None);
    own.extend(faults);
    let is_blocked = rules::blocks(&own);
    if is_blocked {
        report.extend(own);
    }
    (!is_blocked).then_some(roadmap)
}

/// SUMMARY.md, where the source makes one; and the engine, for the next one.
pub(super) fn summary(roadmap: Roadmap, engine: Engine) -> (Option<String>, Engine) {
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    let renderer = Renderer::new(roadmap, facts, engine, Vec::new());
    let page = renderer.places.summary.clone().map(|path| Page { path, kind: PageKind::Summary });
    let mut bytes = Vec::new();
    let is_built = page.is_some_and(|page| renderer.bytes(&page, &mut bytes).is_ok());
    (String::from_utf8(bytes).ok().filter(|_| is_built), renderer.engine)
}

/// The source with these members of `summary` false.
fn with_settings(name: &Arc<str>, source: String, settings: &[&str]) -> String {
    if settings.is_empty() {
        return source;
    }
    let path = JsonPath::default().key("summary");
    let has_own = serde_json::from_str::<Value>(source.trim_start_matches('\u{feff}'))
        .is_ok_and(|value| value["summary"].is_object());
    let edit = |path, change| Edit { file: Arc::clone(name), path, change };
    let edits: Vec<Edit> = if has_own {
        let set = |key: &&str| {
            edit(path.clone().key(*key), Change::Set(false.into(), Spot::Among(fields::SUMMARY)))
        };
        settings.iter().map(set).collect()
    } else {
        let members: serde_json::Map<_, _> =
            settings.iter().map(|key| ((*key).to_owned(), Value::from(false))).collect();
        vec![edit(path, Change::Set(Value::Object(members).into(), Spot::Among(fields::FILE)))]
    };
    edited(&source, &edits.iter().collect::<Vec<_>>()).unwrap_or(source)
}

/// How many lines of the document differ from those that are built, or the other way round where that is more.
fn difference(document: &str, built: &str) -> usize {
    let diff = diff::unified("SUMMARY.md", Some(document), Some(built), 0);
    let lines = |mark: char| diff.lines().skip(3).filter(|line| line.starts_with(mark)).count();
    lines('-').max(lines('+'))
}

/// Where the first line differs, and how many do.
fn told(document: &Text, built: &str, far: usize) -> Diagnostic {
    let mut at = 0;
    let mut lines = built.split('\n');
    let mut differing = None;
    for line in document.text.split_inclusive('\n') {
        let own = line.trim_end_matches(['\n', '\r']);
        let new = lines.next().unwrap_or_default();
        if own != new {
            differing = Some((at..at + own.len(), new));
            break;
        }
        at += line.len();
    }
    let (range, new) = differing.unwrap_or((at..at, "another end"));
    let message = format!(
        "a build does not reproduce this document: {} would differ, this one first",
        counted(far, "line")
    );
    let place = Place::bytes(Arc::clone(&document.name), range);
    let new = if new.is_empty() { "an empty line".to_owned() } else { format!("`{}`", one_line(new)) };
    Diagnostic::new(Code::ImportInexact, place, message).warning().help(format!(
        "`roadbook build` would write {new} here; `roadbook import -v` shows all that would differ"
    ))
}
