//! What the editing verbs share: the source with the place of every item, and an edit that is judged before it is written.

mod bodies;
mod draft;
mod judge;
mod mentions;
mod names;
mod outcome;
mod places;
mod state;

pub(super) use bodies::file_edit;
pub(super) use draft::{Draft, field};
pub(super) use judge::faults;
pub(super) use mentions::{Mentions, Wanted, mentions, still_said};
pub(super) use names::{remember, rename_uses_of_label};
pub(super) use outcome::Plan;
pub(super) use places::{Reference, references};

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::{Map, Value};

use super::{
    FOR_PEOPLE, Session,
    lookup::{self, Item},
    no_stdin, print_diff,
};
use crate::{
    cli::Global,
    edit::{self, Edit, Rewrite, difference},
    facts::Facts,
    io::{Failure, FailureKind, Io, Limit},
    model::{
        MilestoneIx, Roadmap,
        fields::{FILE, Field, ISSUE, Kind, LABEL, MILESTONE},
    },
    report::{JsonPath, Step, counted, one_line},
    source::Origin,
};

/// The source as it is edited.
pub(super) struct EditSession<'a> {
    /// The run.
    pub(super) session: Session<'a>,
    /// What the source means.
    pub(super) roadmap: Roadmap,
    /// What follows from it.
    pub(super) facts: Facts,
    /// Ids in lower case that are given away and not in the source yet.
    pub(super) given: BTreeSet<String>,
    /// The items that are taken out of the source and still in it: their files and places.
    pub(super) gone: BTreeSet<(Arc<str>, JsonPath)>,
    /// Whether issues name milestones by their titles.
    by_title: OnceCell<bool>,
    /// The texts of its files.
    texts: Vec<String>,
    /// What each of them says.
    pub(super) values: Vec<Value>,
    verb: &'static str,
}

/// An object of the source.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// What it is.
    pub(super) item: Item,
    /// The file that holds it.
    pub(super) file: Arc<str>,
    /// Where it stands in it.
    pub(super) at: JsonPath,
    /// The fields that it may have.
    pub(super) fields: &'static [Field],
    /// What it says.
    pub(super) old: Map<String, Value>,
}

impl<'a> EditSession<'a> {
    /// Opens the source to edit it. The faults of one that cannot be edited are reported.
    pub(super) fn open(io: &'a Io<'a>, global: &'a Global, verb: &'static str) -> Result<Self, Failure> {
        no_stdin(global, verb)?;
        let (session, roadmap, facts) = Session::open(io, global, None)?;
        if judge::is_unusable(&session.report) {
            session.say("nothing was written: the source has errors that must be fixed first");
            return Err(Failure::said(session.tell(verb, &FOR_PEOPLE, None, BTreeMap::new())?));
        }
        Self::new(session, roadmap, facts, verb)
    }

    /// The source on the way, which is judged at the end; `None` where nothing can be edited with it.
    pub(super) fn on_the_way(
        io: &'a Io<'a>,
        global: &'a Global,
        verb: &'static str,
    ) -> Result<Option<Self>, Failure> {
        let (session, roadmap, facts) = Session::read(io, global, None)?;
        if judge::is_unusable(&session.report) {
            return Ok(None);
        }
        Self::new(session, roadmap, facts, verb).map(Some)
    }

    fn new(
        session: Session<'a>,
        roadmap: Roadmap,
        facts: Facts,
        verb: &'static str,
    ) -> Result<Self, Failure> {
        let mut texts = Vec::new();
        for name in &roadmap.files {
            let root = &session.found.root;
            let files = session.io.files;
            let bytes = files.read_inside(root, &root.join(&**name), Limit::Source)?.unwrap_or_default();
            texts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        let value = |text: &String| serde_json::from_str(text.trim_start_matches('\u{feff}'));
        let values = texts.iter().map(|text| value(text).unwrap_or_default()).collect();
        let (given, gone, by_title) = Default::default();
        Ok(Self { session, roadmap, facts, given, gone, by_title, texts, values, verb })
    }

    /// Refuses an edit that has to know who names an item, where other files may.
    pub(super) fn needs_whole(&self, what: &str) -> Result<(), Failure> {
        if self.session.found.whole {
            return Ok(());
        }
        let message = format!("{what} only where the whole roadmap is read: other files may use it");
        Err(Failure::new(FailureKind::Usage, message)
            .help("name the folder instead of the file with `--roadmap PATH`"))
    }

    /// The value of a field out of a text; a day may be `today`.
    pub(super) fn read(&self, field: &Field, text: &str) -> Result<Value, Failure> {
        if matches!(field.kind, Kind::Day | Kind::When(_)) && text == "today" {
            return Ok(self.session.io.clock.today()?.to_string().into());
        }
        let value = draft::read(field, text)?;
        Ok(if ["blocked_by", "milestone", "parent"].contains(&field.key) {
            self.by_now(value)
        } else {
            value
        })
    }

    /// Names of items, with the new ids for the former ones.
    pub(super) fn by_now(&self, names: Value) -> Value {
        match names {
            Value::Array(names) => names.into_iter().map(|name| self.by_now(name)).collect(),
            Value::String(name) => match lookup::alias(&self.roadmap, &name) {
                Some(target) => lookup::id_of(&self.roadmap, target).as_str().into(),
                None => name.into(),
            },
            other => other,
        }
    }

    /// The items of these names, each once.
    pub(super) fn find_all(&self, names: &[String]) -> Result<Vec<Item>, Failure> {
        let mut items = Vec::new();
        for name in names {
            let item = self.find(name)?;
            if !items.contains(&item) {
                items.push(item);
            }
        }
        Ok(items)
    }

    /// What has this id, former id, title of a milestone, or name of a label.
    pub(super) fn find(&self, name: &str) -> Result<Item, Failure> {
        let found = match lookup::items(&self.roadmap, name) {
            Ok(found) => found,
            Err(unknown) => return self.titled(name)?.map(Item::Milestone).ok_or(unknown),
        };
        match found[..] {
            [item] => Ok(item),
            _ => Err(Failure::new(
                FailureKind::Usage,
                format!("`{}` is the name of {} items", one_line(name), found.len()),
            )
            .help("change one of the names in the JSON: ids, former ids and labels share one command line")),
        }
    }

    /// The one milestone of this exact title.
    pub(super) fn titled(&self, title: &str) -> Result<Option<MilestoneIx>, Failure> {
        let titled = self.roadmap.milestones().filter(|(_, it)| it.title.trim() == title.trim());
        match titled.map(|(ix, _)| ix).collect::<Vec<_>>()[..] {
            [] => Ok(None),
            [ix] => Ok(Some(ix)),
            ref several => Err(Failure::new(
                FailureKind::Usage,
                format!("{} have the title `{}`", counted(several.len(), "milestone"), one_line(title)),
            )
            .help("name the milestone by its id")),
        }
    }

    /// The milestone of this id, former id or exact title.
    pub(super) fn milestone(&self, name: &str) -> Result<MilestoneIx, Failure> {
        match lookup::milestone(&self.roadmap, name) {
            Ok(ix) if self.roadmap.milestones[ix.0].id.key() == name.to_ascii_lowercase() => Ok(ix),
            Ok(ix) => Ok(self.titled(name)?.unwrap_or(ix)),
            Err(unknown) => Err(unknown),
        }
    }

    /// The object that an item is written as.
    pub(super) fn subject(&self, item: Item) -> Result<Subject, Failure> {
        let (list, origin, fields) = match item {
            Item::Issue(ix) => ("issues", self.roadmap.issues[ix.0].origin, ISSUE),
            Item::Milestone(ix) => ("milestones", self.roadmap.milestones[ix.0].origin, MILESTONE),
            Item::Label(ix) => {
                let label = &self.roadmap.labels[ix.0];
                let unlisted = || {
                    let message = format!("the label `{}` is used, but not listed", label.name);
                    Failure::new(FailureKind::Usage, message)
                        .help(format!("`roadbook add label {}` lists it", label.name))
                };
                ("labels", label.origin.ok_or_else(unlisted)?, LABEL)
            }
        };
        let mut old = self.object(list, origin);
        if let Item::Issue(ix) = item {
            bodies::with_file_body(&mut old, &self.roadmap.issues[ix.0]);
        }
        let at = JsonPath::default().key(list).index(origin.index);
        Ok(Subject { item, file: Arc::clone(&self.roadmap.files[origin.file]), at, fields, old })
    }

    /// The text of a file of the source.
    pub(super) fn text(&self, file: usize) -> &str {
        self.texts.get(file).map_or("", String::as_str)
    }

    /// What an item of a list says.
    fn object(&self, list: &str, origin: Origin) -> Map<String, Value> {
        let value = self.values.get(origin.file).and_then(|value| value.get(list)?.get(origin.index));
        value.and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The edits that give the roadmap's own field a value, or leave it out, in the file that gives it.
    pub(super) fn head(&self, key: &'static str, value: Option<Value>) -> Vec<Edit> {
        let file = self.roadmap.head_files.get(key).copied().unwrap_or_default();
        let (Some(name), Some(Value::Object(old))) = (self.roadmap.files.get(file), self.values.get(file))
        else {
            return Vec::new();
        };
        let mut new = old.clone();
        match value {
            Some(value) => new.insert(key.to_owned(), value),
            None => new.remove(key),
        };
        difference(name, &JsonPath::default(), FILE, old, &new)
    }

    /// What people call an item.
    pub(super) fn name(&self, item: Item) -> &str {
        match item {
            Item::Issue(ix) => self.roadmap.issues[ix.0].id.as_str(),
            Item::Milestone(ix) => self.roadmap.milestones[ix.0].id.as_str(),
            Item::Label(ix) => &self.roadmap.labels[ix.0].name,
        }
    }

    /// Whether issues name milestones by their titles, as most of them do in the older form.
    pub(super) fn names_milestones_by_title(&self) -> bool {
        *self.by_title.get_or_init(|| {
            let issues = self.values.iter().filter_map(|value| value.get("issues")?.as_array()).flatten();
            let names: Vec<_> = issues.filter_map(|issue| issue.get("milestone")?.as_str()).collect();
            let titles: BTreeSet<_> = self.roadmap.milestones.iter().map(|it| it.title.trim()).collect();
            2 * names.iter().filter(|name| titles.contains(name.trim())).count() > names.len()
        })
    }

    /// Whether a value is in an item that is taken out.
    pub(super) fn is_gone(&self, file: &Arc<str>, path: &JsonPath) -> bool {
        place_of_item(path).is_some_and(|item| self.gone.contains(&(Arc::clone(file), item)))
    }

    /// How an issue names a milestone here: by its title where the others do and it is the only one of that title.
    pub(super) fn written_milestone(&self, ix: MilestoneIx) -> Value {
        let milestone = &self.roadmap.milestones[ix.0];
        let is_title = self.names_milestones_by_title() && self.titled(&milestone.title).is_ok();
        if is_title { milestone.title.as_str().into() } else { milestone.id.as_str().into() }
    }
}

/// The place of the item of a list that a value is, or is in.
pub(super) fn place_of_item(path: &JsonPath) -> Option<JsonPath> {
    match &path.0[..] {
        [list @ Step::Key(_), index @ Step::Index(_), ..] => {
            Some(JsonPath(vec![list.clone(), index.clone()]))
        }
        _ => None,
    }
}

/// Writes the rewrites, or shows them as a diff.
pub(super) fn put(
    io: &Io<'_>,
    global: &Global,
    rewrites: &[Rewrite],
    is_dry_run: bool,
) -> Result<(), Failure> {
    if !is_dry_run {
        return edit::write(rewrites, io.files);
    }
    rewrites.iter().try_for_each(|rewrite| print_diff(io, global, &rewrite.diff()))
}
