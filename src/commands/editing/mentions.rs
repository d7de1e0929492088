//! Where users' texts say a name: in the JSON's own texts, and in the hand-written documents.

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use serde_json::Value;

use super::{EditSession, Subject, file_edit};
use crate::{
    commands::lookup::Item,
    edit::{self, Change, Edit, Rewrite, Spot},
    inputs,
    io::Failure,
    json,
    report::{JsonPath, Part, Report, Step, counted},
    rules::mentions::KnownIds,
    source::Doc,
};

/// The keys whose values are texts.
const TEXTS: [&str; 5] = ["title", "description", "goal", "body", "text"];

/// The lists whose items hold texts.
const LISTS: [&str; 4] = ["milestones", "issues", "phases", "sections"];

/// A name that is looked for.
pub(in crate::commands) enum Wanted {
    /// An id, as a word of its own.
    Id,
    /// A label, in backticks.
    Label,
    /// A title, as it stands.
    Title,
}

/// How many lines are listed that say a name.
const MOST_LINES: usize = 20;

/// What was found.
#[derive(Debug, Default)]
pub(in crate::commands) struct Mentions {
    /// The lines that say the name, as `file:line`.
    pub(in crate::commands) lines: Vec<String>,
    /// What gives them the new one in the JSON.
    pub(in crate::commands) edits: Vec<Edit>,
    /// What gives it to the documents. The markers of regions are rewritten in any case.
    pub(in crate::commands) documents: Vec<Rewrite>,
    /// The body of the item itself with the new one, where it has a file of its own and says the name.
    pub(in crate::commands) own_body: Option<String>,
}

/// Looks for `names.0` in all texts, to put `names.1` in its place. The title of the item that has it is no mention, and
/// titles of milestones are only told: they are names themselves. Without `rewrites` documents change in their markers
/// alone.
pub(in crate::commands) fn mentions(
    desk: &EditSession<'_>,
    subject: Option<&Subject>,
    wanted: &Wanted,
    names: (&str, &str),
    rewrites: bool,
) -> Result<Mentions, Failure> {
    let ids = KnownIds::of(&desk.roadmap);
    let search = Search { ids, wanted, names };
    let mut found = Mentions::default();
    for (n, file) in desk.roadmap.files.iter().enumerate() {
        let (mut leaves, mut said) = (Vec::new(), Vec::new());
        texts(&desk.values[n], &|text| search.may_be_in(text), &mut leaves);
        for (path, text) in leaves {
            let own = subject.is_some_and(|own| own.file == *file && path == own.at.clone().key("title"));
            let ranges = search.ranges(text);
            if own || ranges.is_empty() || desk.is_gone(file, &path) {
                continue;
            }
            if !is_milestone_title(&path) {
                let change = Change::Set(search.replaced(text, &ranges).into(), Spot::Last);
                found.edits.push(Edit { file: Arc::clone(file), path: path.clone(), change });
            }
            said.push((path, Part::Value));
        }
        found.lines.extend(lines(&desk.texts[n], &said).map(|line| format!("{file}:{line}")));
    }
    bodies(desk, subject, &search, &mut found)?;
    let mut faults = Report::default();
    for doc in inputs::read_docs(desk.session.io, &desk.session.found, &desk.roadmap, &mut faults)? {
        let (lines, text) = search.document(&doc, rewrites);
        found.lines.extend(lines);
        found.documents.extend(edit::rewrite(desk.session.tree(), &doc.path, doc.text, text)?);
    }
    Ok(found)
}

/// The lines that still say a name, below what is to be said of them; `None` where none does.
pub(in crate::commands) fn still_said(lines: &[String], what: &str) -> Option<String> {
    let count = lines.len();
    let mut note = format!("{} of your texts still {what}:", counted(count, "line"));
    lines.iter().take(MOST_LINES).for_each(|line| note.push_str(&format!("\n  {line}")));
    if count > MOST_LINES {
        note.push_str(&format!("\n  and {} more", count - MOST_LINES));
    }
    (count > 0).then_some(note)
}

/// The same in bodies that have files of their own.
fn bodies(
    desk: &EditSession<'_>,
    subject: Option<&Subject>,
    search: &Search<'_>,
    found: &mut Mentions,
) -> Result<(), Failure> {
    for (ix, issue) in desk.roadmap.issues() {
        let (Some(file), Some(body)) = (&issue.body_file, issue.body.get()) else { continue };
        let at = JsonPath::default().key("issues").index(issue.origin.index);
        if !search.may_be_in(body) || desk.is_gone(&desk.roadmap.files[issue.origin.file], &at) {
            continue;
        }
        let ranges = search.ranges(body);
        if ranges.is_empty() {
            continue;
        }
        let mut lines: Vec<_> =
            ranges.iter().map(|range| body[..range.start].matches('\n').count() + 1).collect();
        lines.dedup();
        found.lines.extend(lines.into_iter().map(|line| format!("{}:{line}", file.path)));
        let new = search.replaced(body, &ranges);
        if subject.is_some_and(|own| own.item == Item::Issue(ix)) {
            found.own_body = Some(new);
        } else {
            found.edits.push(file_edit(&file.path, Some(desk.with_body(file, body, &new)?)));
        }
    }
    Ok(())
}

fn is_milestone_title(path: &JsonPath) -> bool {
    matches!(&path.0[..], [Step::Key(list), _, Step::Key(key)] if list == "milestones" && key == "title")
}

/// The lines of values in a text, from 1; each line once.
fn lines(text: &str, said: &[(JsonPath, Part)]) -> impl Iterator<Item = usize> + use<> {
    let ends: Vec<_> = text.match_indices('\n').map(|(at, _)| at).collect();
    let ranges = json::locate(text, said).into_iter().flatten();
    let lines: BTreeSet<_> = ranges.map(|range| ends.partition_point(|end| *end < range.start) + 1).collect();
    lines.into_iter()
}

/// The texts of a file that are wanted, with their places.
fn texts<'v>(file: &'v Value, is_wanted: &dyn Fn(&str) -> bool, found: &mut Vec<(JsonPath, &'v str)>) {
    let top = file.get("description").and_then(Value::as_str).filter(|text| is_wanted(text));
    found.extend(top.map(|text| (JsonPath::default().key("description"), text)));
    let members = |item: &'v Value, at: &dyn Fn() -> JsonPath, found: &mut Vec<_>| {
        let text = |key: &&'static str| Some((*key, item.get(*key)?.as_str()?));
        let texts = TEXTS.iter().filter_map(text).filter(|(_, text)| is_wanted(text));
        found.extend(texts.map(|(key, text)| (at().key(key), text)));
    };
    for list in LISTS {
        for (n, item) in file.get(list).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let at = || JsonPath::default().key(list).index(n);
            members(item, &at, found);
            let updates = item.get("updates").and_then(Value::as_array).into_iter().flatten();
            for (n, update) in updates.enumerate() {
                members(update, &|| at().key("updates").index(n), found);
            }
        }
    }
}

struct Search<'s> {
    ids: KnownIds,
    wanted: &'s Wanted,
    names: (&'s str, &'s str),
}

impl Search<'_> {
    /// Whether a text can say the name at all, which takes less than to find it.
    fn may_be_in(&self, text: &str) -> bool {
        let (text, old) = (text.as_bytes(), self.names.0.as_bytes());
        text.windows(old.len().max(1)).any(|part| part.eq_ignore_ascii_case(old))
    }

    /// Where a text says the name.
    fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let old = self.names.0;
        let found = |old: &str, edge: usize| {
            let found = text.match_indices(old);
            found.map(|(at, name)| at + edge..at + name.len() - edge).collect()
        };
        match self.wanted {
            Wanted::Id => {
                let ids = self.ids.mentions(text).ids.into_iter().map(|mention| mention.range);
                ids.filter(|range| text[range.clone()].eq_ignore_ascii_case(old)).collect()
            }
            Wanted::Label => found(&format!("`{old}`"), 1),
            Wanted::Title => found(old, 0),
        }
    }

    fn replaced(&self, text: &str, ranges: &[Range<usize>]) -> String {
        let (mut new, mut done) = (String::new(), 0);
        for range in ranges {
            new.extend([&text[done..range.start], self.names.1]);
            done = range.end;
        }
        new + &text[done..]
    }

    /// The lines of a document that say the name outside the regions that `build` fills, and its new text.
    fn document(&self, doc: &Doc, rewrites: bool) -> (Vec<String>, String) {
        let is_marker = |at: usize| doc.regions.iter().any(|region| region.begin.contains(&at));
        let is_ours = |at: usize| doc.regions.iter().any(|region| region.inside.contains(&at));
        let ranges = self.ranges(&doc.text).into_iter().filter(|range| !is_ours(range.start));
        // Where nothing takes the place of the name, its markers are only told.
        let is_gone = self.names.0 == self.names.1;
        let (markers, said): (Vec<_>, Vec<_>) = ranges.partition(|range| !is_gone && is_marker(range.start));
        let mut lines: Vec<_> =
            said.iter().map(|range| doc.text[..range.start].matches('\n').count() + 1).collect();
        lines.dedup();
        let lines = lines.into_iter().map(|line| format!("{}:{line}", doc.path)).collect();
        let mut changed = markers;
        changed.extend(said.into_iter().filter(|_| rewrites));
        changed.sort_by_key(|range| range.start);
        (lines, self.replaced(&doc.text, &changed))
    }
}
