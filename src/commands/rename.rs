//! `roadbook rename`: changes an id, a milestone's title or a label's name wherever the JSON says it.
//!
//! What users wrote in their own words is theirs: it is listed, and rewritten only where that is asked for.

use super::{
    editing::{
        Draft, EditSession, Mentions, Plan, Wanted, file_edit, mentions, references, rename_uses_of_label,
        still_said,
    },
    lookup::Item,
};
use crate::{cli::Rename, io::Failure};

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Rename) -> Result<Plan, Failure> {
    desk.needs_whole("a name can change")?;
    let item = desk.find(&args.old)?;
    let (wanted, old) = meant(desk, item, &args.old);
    let done = format!("renamed `{old}` to `{}`", args.new);
    if old == args.new {
        return rest(desk, item, args);
    }
    if let Item::Label(ix) = item
        && desk.roadmap.labels[ix.0].origin.is_none()
    {
        let edits = rename_uses_of_label(desk, ix, &args.new)?;
        let found = mentions(desk, None, &wanted, (&old, &args.new), args.texts)?;
        let notes = vec![format!("`{old}` is not listed in `labels`: nothing remembers the former name")];
        let (renamed, items) = (vec![(old, args.new.clone())], vec![args.new.clone()]);
        let plan = Plan { edits, done: vec![done], notes, renamed, items, ..Plan::default() };
        return Ok(with_mentions(plan, found, args.texts));
    }
    let subject = desk.subject(item)?;
    let mut draft = Draft::new(desk, subject.clone());
    match (item, &wanted) {
        (Item::Label(ix), _) => draft.rename_label(ix, &args.new)?,
        (_, Wanted::Title) => draft.retitle(&args.new)?,
        _ => draft.rename_id(&args.new)?,
    }
    let found = mentions(desk, Some(&subject), &wanted, (&old, &args.new), args.texts)?;
    if let Some(body) = found.own_body.clone().filter(|_| args.texts) {
        draft.new.insert("body".to_owned(), body.into());
    }
    Ok(with_mentions(draft.plan(&done)?, found, args.texts))
}

/// What is left to do where the item has its new name: a run that was killed, or another hand, left the former id in references and
/// its file of the body.
fn rest(desk: &EditSession<'_>, item: Item, args: &Rename) -> Result<Plan, Failure> {
    if matches!(item, Item::Label(_)) || args.old.eq_ignore_ascii_case(&args.new) {
        return Ok(Plan::default());
    }
    let named = references(desk, item, |name| name.eq_ignore_ascii_case(&args.old));
    let mut edits: Vec<_> = named.into_iter().map(|named| named.renamed(&args.new)).collect();
    let (was, now) = (desk.body_path(&args.old), desk.body_path(&args.new));
    let text = desk.file_text(&was)?;
    if text.is_some() && text == desk.file_text(&now)? {
        edits.push(file_edit(&was, None));
    }
    if edits.is_empty() {
        return Ok(Plan::default());
    }
    let done = format!("renamed what still said `{}` to `{}`", args.old, args.new);
    let (renamed, items) = (vec![(args.old.clone(), args.new.clone())], vec![args.new.clone()]);
    Ok(Plan { edits, done: vec![done], renamed, items, ..Plan::default() })
}

/// What kind of name was typed, and how the item writes it.
fn meant(desk: &EditSession<'_>, item: Item, typed: &str) -> (Wanted, String) {
    match item {
        Item::Label(_) => (Wanted::Label, desk.name(item).to_owned()),
        Item::Milestone(ix) if is_title(desk, ix.0, typed) => {
            (Wanted::Title, desk.roadmap.milestones[ix.0].title.trim().to_owned())
        }
        Item::Issue(_) | Item::Milestone(_) => (Wanted::Id, desk.name(item).to_owned()),
    }
}

fn is_title(desk: &EditSession<'_>, ix: usize, typed: &str) -> bool {
    let milestone = &desk.roadmap.milestones[ix];
    milestone.id.key() != typed.to_ascii_lowercase() && milestone.title.trim() == typed.trim()
}

/// The plan with what texts say: rewritten, or listed.
fn with_mentions(mut plan: Plan, found: Mentions, is_rewritten: bool) -> Plan {
    plan.documents = found.documents;
    if is_rewritten {
        plan.edits.extend(found.edits);
    } else {
        plan.notes.extend(still_said(&found.lines, "say it (`--texts` rewrites them)"));
    }
    plan
}
