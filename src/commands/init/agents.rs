//! What `init --agents` writes: a block in AGENTS.md, and the skill where agents look for skills.

use super::plan::Plan;
use crate::{
    commands::spot::Spot,
    io::{Entry, Failure, FailureKind, Io},
    setup::{AGENTS, SKILL, SKILLS, is_our_skill, with_block},
};

/// Plans both. A vendor's own folder gets the skill only where it is there.
pub(super) fn plan(plan: &mut Plan<'_>, spot: &Spot, io: &Io<'_>) -> Result<(), Failure> {
    let text = plan.text(AGENTS)?.unwrap_or_default();
    let text = with_block(&text).map_err(|why| {
        Failure::new(FailureKind::Files, format!("cannot extend `{AGENTS}`: {why}"))
            .help("delete what is left of the block, and run the command again")
    })?;
    plan.put(AGENTS, text, "tells coding agents about the roadmap")?;
    for (n, (folder, path)) in SKILLS.into_iter().enumerate() {
        let is_there = || io.files.entry(&spot.root.join(folder)).map(|it| it == Some(Entry::Folder));
        let name = format!("{folder}/{path}");
        if n > 0 && !is_there()? {
            continue;
        }
        match plan.text(&name)? {
            Some(text) if !is_our_skill(&text) => {
                plan.note(format!("`{name}` is not Roadbook's: it stays as it is"));
            }
            _ => plan.put(&name, SKILL.to_owned(), "shows coding agents how to use it")?,
        }
    }
    Ok(())
}
