//! `roadbook remove`: takes items out of the JSON, and with `--force` every reference to them.

use std::collections::BTreeSet;

use super::{
    editing::{EditSession, Plan, Reference, Subject, Wanted, file_edit, mentions, references, still_said},
    lookup::{self, Item},
};
use crate::{
    cli::Remove,
    edit::{Change, Edit},
    io::{Failure, FailureKind},
    model::Target,
    report::{JsonPath, Step, counted},
};

/// How many references are named.
const MOST: usize = 20;

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Remove) -> Result<Plan, Failure> {
    desk.needs_whole("an item can be removed")?;
    let items = desk.find_all(&args.ids)?;
    let subjects = items.iter().map(|item| desk.subject(*item)).collect::<Result<Vec<_>, _>>()?;
    let gone: Vec<_> = subjects.iter().map(|subject| (&subject.file, &subject.at)).collect();
    let is_gone = |named: &Reference| {
        desk.is_gone(&named.file, &named.path)
            || gone.iter().any(|(file, at)| **file == named.file && named.path.0.starts_with(&at.0))
    };
    let (mut plan, mut held) = (Plan::default(), Vec::new());
    for (item, subject) in items.iter().zip(&subjects) {
        let named: Vec<_> = naming(desk, *item).into_iter().filter(|named| !is_gone(named)).collect();
        if !args.force && !named.is_empty() {
            held.push((*item, named));
            continue;
        }
        let name = desk.name(*item);
        let mended = named.len();
        plan.edits.extend(named.into_iter().map(Reference::removed));
        plan.edits.extend(removed(desk, *item, subject));
        let mended =
            if mended > 0 { format!(", and {} to it", counted(mended, "reference")) } else { String::new() };
        plan.done.push(format!("removed `{name}` from `{}`{mended}", subject.file));
        plan.items.push(name.to_owned());
        plan.last.push(subject.file.clone());
        plan.notes.extend(on_github(desk, *item));
        let wanted = if matches!(item, Item::Label(_)) { Wanted::Label } else { Wanted::Id };
        let found = mentions(desk, Some(subject), &wanted, (name, name), false)?;
        plan.notes.extend(still_said(&found.lines, &format!("say `{name}`")));
    }
    if !held.is_empty() {
        return Err(refused(desk, &held));
    }
    plan.edits.extend(aliases(desk, &items));
    Ok(plan)
}

/// The edits that take an item out, and the file of its body with it.
fn removed(desk: &EditSession<'_>, item: Item, subject: &Subject) -> Vec<Edit> {
    let mut edits =
        vec![Edit { file: subject.file.clone(), path: subject.at.clone(), change: Change::Remove }];
    if let Item::Issue(ix) = item {
        let file = desk.roadmap.issues[ix.0].body_file.as_ref();
        edits.extend(file.map(|file| file_edit(&file.path, None)));
    }
    edits
}

/// The values that name an item: by its id or a former one, its title, or its name.
fn naming(desk: &EditSession<'_>, item: Item) -> Vec<Reference> {
    let roadmap = &desk.roadmap;
    match item {
        Item::Label(ix) => {
            let name = roadmap.labels[ix.0].name.to_lowercase();
            references(desk, item, |other| other.to_lowercase() == name)
        }
        Item::Issue(ix) => {
            let ids = ids(desk, &Target::Issue(ix));
            references(desk, item, |name| ids.contains(&name.to_ascii_lowercase()))
        }
        Item::Milestone(ix) => {
            let ids = ids(desk, &Target::Milestone(ix));
            let is_meant = |name: &str| {
                ids.contains(&name.to_ascii_lowercase())
                    || lookup::milestone(roadmap, name).is_ok_and(|found| found == ix)
            };
            references(desk, item, is_meant)
        }
    }
}

/// The id of an item and its former ones, in lower case.
fn ids(desk: &EditSession<'_>, target: &Target) -> BTreeSet<String> {
    let former = desk.roadmap.aliases.iter().filter(|alias| alias.to == *target);
    let ids = former.map(|alias| alias.was.key().to_owned());
    ids.chain([lookup::id_of(&desk.roadmap, *target).key().to_owned()]).collect()
}

/// The edits that take out the former ids of what goes.
fn aliases(desk: &EditSession<'_>, items: &[Item]) -> Vec<Edit> {
    let targets = items.iter().filter_map(|item| match item {
        Item::Issue(ix) => Some(Target::Issue(*ix)),
        Item::Milestone(ix) => Some(Target::Milestone(*ix)),
        Item::Label(_) => None,
    });
    let gone: BTreeSet<_> = targets.flat_map(|target| ids(desk, &target)).collect();
    let mut edits = Vec::new();
    for (file, value) in desk.roadmap.files.iter().zip(&desk.values) {
        let aliases = value.get("aliases").and_then(serde_json::Value::as_object).into_iter().flatten();
        for (former, to) in aliases {
            if to.as_str().is_some_and(|to| gone.contains(&to.to_ascii_lowercase())) {
                let path = JsonPath::default().key("aliases").key(former);
                edits.push(Edit { file: file.clone(), path, change: Change::Remove });
            }
        }
    }
    edits
}

/// That GitHub keeps what was applied.
fn on_github(desk: &EditSession<'_>, item: Item) -> Option<String> {
    let name = desk.name(item);
    let list = match item {
        Item::Issue(_) => "issues",
        Item::Milestone(_) => "milestones",
        Item::Label(_) => return None,
    };
    desk.roadmap.locked.contains(&name.to_ascii_lowercase()).then(|| {
        format!(
            "GitHub still has `{name}`: `roadbook plan --prune {list}` shows what removing it there would do"
        )
    })
}

/// The failure that something refers to what was to go, with each reference.
fn refused(desk: &EditSession<'_>, held: &[(Item, Vec<Reference>)]) -> Failure {
    let mut message = String::new();
    for (item, named) in held {
        let gap = if message.is_empty() { "" } else { "\n" };
        message += &format!("{gap}`{}` is still referred to:", desk.name(*item));
        named.iter().take(MOST).for_each(|named| message += &format!("\n  {}", told(desk, named)));
        if named.len() > MOST {
            message += &format!("\n  and {} more", named.len() - MOST);
        }
    }
    Failure::new(FailureKind::Refused, message)
        .help("nothing was removed; `--force` removes these references as well")
}

/// A reference in words: who names it, in which field, and where.
fn told(desk: &EditSession<'_>, named: &Reference) -> String {
    let roadmap = &desk.roadmap;
    let place = crate::report::Place {
        file: named.file.clone(),
        at: crate::report::At::Json(named.path.clone(), crate::report::Part::Value),
    };
    let line = desk.session.line(&place).map(|line| format!(":{line}")).unwrap_or_default();
    let at = format!("{}{line}", named.file);
    let [Step::Key(list), Step::Index(index), Step::Key(key), ..] = &named.path.0[..] else {
        return format!("`{}` ({at})", named.path);
    };
    let is_it =
        |origin: crate::source::Origin| roadmap.files[origin.file] == named.file && origin.index == *index;
    let name = match list.as_str() {
        "issues" => roadmap.issues.iter().find(|it| is_it(it.origin)).map(|it| it.id.as_str()),
        "milestones" => roadmap.milestones.iter().find(|it| is_it(it.origin)).map(|it| it.id.as_str()),
        _ => roadmap.phases.iter().find(|it| is_it(it.origin)).map(|it| it.title.as_str()),
    };
    format!("`{}` in `{key}` ({at})", name.unwrap_or_default())
}
