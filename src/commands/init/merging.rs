//! How git merges the files of a roadmap: what it is told of them, which is committed, and the driver, which each clone names.

use super::{Plan, SCHEMA, ahead, hook};
use crate::{
    cli::{Global, Init},
    commands::spot::Spot,
    io::{Failure, Io},
    setup::{Attributes, DRIVER, DRIVER_COMMAND, attributing},
    source::{ACCEPTED, FOLDER, LOCK, joined},
};

/// The file in which git is told.
const FILE: &str = ".gitattributes";

/// Plans what was asked for.
pub(super) fn plan(
    plan: &mut Plan<'_>,
    args: &Init,
    spot: &Spot,
    global: &Global,
    io: &Io<'_>,
) -> Result<(), Failure> {
    let wanted: Vec<_> = ahead::files(plan, spot, global, io).iter().flat_map(lines).collect();
    if let Some(text) = attributing(&plan.text(FILE)?.unwrap_or_default(), &wanted) {
        plan.put(FILE, text, "says how git merges these files, and what is generated")?;
    }
    if args.merge {
        let key = format!("merge.{DRIVER}.driver");
        let now = hook::said(io, &spot.root, &["config", "--local", "--default", "", "--get", &key])?;
        if now.to_str() != Some(DRIVER_COMMAND) {
            // The command first: of a driver that has a name alone git dies.
            plan.set(&key, DRIVER_COMMAND, "merges the roadmap by item and field in this clone");
            let name = format!("merge.{DRIVER}.name");
            plan.set(&name, "Roadbook: by item and field", "names the merge driver in this clone");
        }
        plan.note("each clone needs `roadbook init --merge` once; GitHub's merge button runs no driver: where it finds a conflict, merge the target branch locally and push");
    }
    Ok(())
}

/// A line for each file of the roadmap.
fn lines(found: &ahead::RoadmapFiles) -> Vec<Attributes> {
    let one = |path: String, is_generated| Attributes { path, is_pattern: false, is_generated };
    let all = |path: String, is_generated| Attributes { path, is_pattern: true, is_generated };
    let beside = |name: &str| joined(&found.base, name);
    let mut lines = Vec::new();
    if found.base == FOLDER {
        lines.push(all(beside("*.json"), false));
    } else {
        lines.extend(found.sources.iter().map(|file| one(file.clone(), false)));
        lines.push(one(beside(ACCEPTED), false));
    }
    lines.extend([LOCK, SCHEMA].map(|name| one(beside(name), true)));
    let outputs = &found.outputs;
    lines.extend(
        [&outputs.summary, &outputs.labels].into_iter().flatten().map(|path| one(path.clone(), true)),
    );
    lines.extend(outputs.milestones.as_ref().map(|folder| all(joined(folder, "*.md"), true)));
    let site = outputs.site.as_ref().filter(|_| found.commits_site);
    lines.extend(site.map(|folder| all(joined(folder, "**"), true)));
    // Beside the websites of several roadmaps their front page lies.
    if let Some(front) =
        site.and_then(|site| site.strip_suffix(&found.name)).filter(|_| !found.name.is_empty())
    {
        lines.push(one(format!("{front}index.html"), true));
        lines.push(all(format!("{front}assets/*"), true));
    }
    lines
}
