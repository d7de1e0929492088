//! What an editing verb is about to do, and its end: judged, written or shown, and told.

use std::sync::Arc;

use super::{EditSession, judge, put};
use crate::{
    cli::{Answer, Build, Editing},
    commands::{FOR_PEOPLE, build, entry::print_json},
    data::{ChangedValue, EditDocument, EditOutcome},
    edit::{self, Changed, Edit, Rewrite},
    io::Failure,
    report::counted,
};

/// How many lines tell what was done.
const MOST_DONE: usize = 20;

/// What an editing verb is about to do.
#[derive(Debug, Default)]
pub(in crate::commands) struct Plan {
    /// The changes of the JSON.
    pub(in crate::commands) edits: Vec<Edit>,
    /// The changes of hand-written documents.
    pub(in crate::commands) documents: Vec<Rewrite>,
    /// What it says once they are made, as `` closed `DB-004` ``.
    pub(in crate::commands) done: Vec<String>,
    /// What else there is to know.
    pub(in crate::commands) notes: Vec<String>,
    /// Names that change: findings that differ in them alone are the same.
    pub(in crate::commands) renamed: Vec<(String, String)>,
    /// The ids and names of the items that it is about, as they are afterwards.
    pub(in crate::commands) items: Vec<String>,
    /// The files that are written last: those of the items themselves. Killed before, the same command finds them under their old
    /// names, and does the rest.
    pub(in crate::commands) last: Vec<Arc<str>>,
    /// Whether all that is built stays the same, so that it need not be judged.
    pub(in crate::commands) builds_the_same: bool,
}

impl Plan {
    /// Does the other one as well. It was made from the same source, and is about other values.
    pub(in crate::commands) fn add(&mut self, other: Self) {
        self.edits.extend(other.edits);
        self.documents.extend(other.documents);
        self.done.extend(other.done);
        self.notes.extend(other.notes);
        self.renamed.extend(other.renamed);
        self.items.extend(other.items);
        self.last.extend(other.last);
    }

    /// The rewrites that it comes to, which are taken out of it.
    pub(in crate::commands) fn rewrites(&mut self, desk: &EditSession<'_>) -> Result<Vec<Rewrite>, Failure> {
        let mut rewrites = edit::rewrites(desk.session.tree(), &std::mem::take(&mut self.edits))?;
        rewrites.append(&mut self.documents);
        rewrites.sort_by_key(|rewrite| self.last.contains(&rewrite.file));
        Ok(rewrites)
    }
}

impl EditSession<'_> {
    /// Judges a plan; writes it, or shows it. What it would break is told, and nothing is written then.
    pub(in crate::commands) fn carry_out(self, mut plan: Plan, args: Editing) -> Result<u8, Failure> {
        let rewrites = plan.rewrites(&self)?;
        self.settle(&rewrites, &plan, args)
    }

    /// The same of rewrites that are made; the plan only tells of them.
    pub(in crate::commands) fn settle(
        &self,
        rewrites: &[Rewrite],
        plan: &Plan,
        args: Editing,
    ) -> Result<u8, Failure> {
        let (io, global) = (self.session.io, self.session.global);
        let is_refused = !rewrites.is_empty()
            && !plan.builds_the_same
            && judge::refuses(&self.session, rewrites, &plan.renamed, self.verb, args.format)?;
        if is_refused {
            return Ok(1);
        }
        match args.format {
            Answer::Json => self.put_as_json(rewrites, plan, args.dry_run)?,
            _ => put(io, global, rewrites, args.dry_run)?,
        }
        if rewrites.is_empty() {
            let why = plan.notes.first().filter(|_| plan.items.is_empty());
            self.session.say(why.map_or("nothing to change", String::as_str));
            return Ok(0);
        }
        plan.notes.iter().for_each(|note| self.session.say(&format!("note: {note}")));
        if args.dry_run {
            self.session.say("nothing was written");
            return Ok(0);
        }
        self.say_done(&plan.done);
        if args.build {
            let args = Build { findings: FOR_PEOPLE, adopt: Vec::new(), tracked: false };
            return build::run(&args, global, io);
        }
        if plan.builds_the_same {
            return Ok(0);
        }
        self.session.say("run `roadbook build` to update the documents");
        Ok(0)
    }

    fn put_as_json(&self, rewrites: &[Rewrite], plan: &Plan, is_dry_run: bool) -> Result<(), Failure> {
        if !is_dry_run {
            edit::write(rewrites, self.session.io.files)?;
        }
        print_json(self.session.io, &self.document(rewrites, plan, !is_dry_run))
    }

    fn say_done(&self, done: &[String]) {
        done.iter().take(MOST_DONE).for_each(|done| self.session.say(done));
        if let Some(more) = done.len().checked_sub(MOST_DONE).filter(|more| *more > 0) {
            self.session.say(&format!("and {}", counted(more, "more edit")));
        }
    }

    fn document<'p>(&self, rewrites: &[Rewrite], plan: &'p Plan, is_written: bool) -> EditDocument<'p> {
        EditDocument::new(EditOutcome {
            command: self.verb,
            written: is_written && !rewrites.is_empty(),
            items: &plan.items,
            changes: rewrites.iter().flat_map(Rewrite::changes).map(published).collect(),
            done: &plan.done,
            notes: &plan.notes,
        })
    }
}

fn published(changed: Changed) -> ChangedValue {
    let Changed { file, pointer, line, column, before, after } = changed;
    ChangedValue { file: file.to_string(), pointer, line, column, before, after }
}
