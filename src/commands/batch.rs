//! `roadbook batch`: many edits as one. Each line is planned from the source as the lines before it leave it, in memory; the outcome
//! is judged and written once, or not at all.
//!
//! Reading a large source anew for each line would take longer than all edits. So lines that cannot see each other are planned
//! from the same source and made in one round: those that change fields of different items, and new issues of one series.

mod group;
mod line;

use super::{
    edit,
    editing::{EditSession, Plan},
};
use crate::{
    cli::{Batch, Global},
    edit::{Preview, Rewrite, composed},
    io::{Failure, Io, Progress},
};
use group::Group;
use line::Line;

/// Runs the verb.
pub(super) fn run(args: &Batch, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let lines = line::read(&io.terminal.input()?)?;
    let mut desk = EditSession::open(io, global, "batch")?;
    let mut told = Plan::default();
    let progress = Progress::new(io, global.quiet);
    let tell = |done: usize| progress.tell(|| format!("planning line {done} of {}", lines.len()));
    let (mut done, mut rewrites) = round(&mut desk, &lines, &mut told, &tell)?;
    while done < lines.len() {
        let preview = Preview::new(io.files, &rewrites);
        let ahead = Io { files: &preview, ..*io };
        // What cannot be edited any more is told by those who judge it.
        let Some(mut next) = EditSession::on_the_way(&ahead, global, "batch")? else { break };
        let (count, more) = round(&mut next, &lines[done..], &mut told, &|more| tell(done + more))?;
        drop(next);
        done += count;
        rewrites = composed(rewrites, more);
    }
    drop(progress);
    desk.settle(&rewrites, &told, args.editing)
}

/// Makes the first lines that can be made from the source as it is: how many, and what they come to; `tell` is told which one
/// is next.
fn round(
    desk: &mut EditSession<'_>,
    lines: &[Line],
    told: &mut Plan,
    tell: &dyn Fn(usize),
) -> Result<(usize, Vec<Rewrite>), Failure> {
    let (mut group, mut all, mut count) = (Group::default(), Plan::default(), 0);
    for line in lines {
        if !group.admits(&line.verb, desk) {
            break;
        }
        tell(count + 1);
        match edit::plan(&line.verb, desk) {
            Ok(plan) if group.takes(&line.verb, &plan, desk) => {
                desk.given.extend(plan.items.iter().map(|item| item.to_ascii_lowercase()));
                all.add(plan);
                count += 1;
            }
            // It is about what a line before it changed, or made.
            Ok(_) => break,
            Err(_) if count > 0 => break,
            Err(failure) => return Err(line.failed(failure)),
        }
    }
    let rewrites = all.rewrites(desk)?;
    told.add(all);
    Ok((count, rewrites))
}
