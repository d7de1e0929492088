//! What runs by itself from then on: lines for git, hooks, workflows.

use std::{ffi::OsStr, path::Path};

use super::{Plan, ahead, hook};
use crate::{
    cli::{Global, Init},
    commands::spot::Spot,
    io::{Failure, FailureKind, Io},
    setup::{HOOK_PATH, Origin, Pin, Workflow, added_hook, has_hook, hook_entry, ignoring, new_hook},
    source::below,
};

/// The branch that workflows run for where git does not say which.
const BRANCH: &str = "main";

/// Plans what was asked for; `sites` are the folders of websites that are not committed.
pub(super) fn plan(
    plan: &mut Plan<'_>,
    args: &Init,
    spot: &Spot,
    sites: &[String],
    (global, io): (&Global, &Io<'_>),
) -> Result<(), Failure> {
    let Some(top) = spot.top.as_deref() else {
        let wants =
            args.hook || args.merge || args.pre_commit || args.check || args.pages || args.drift || args.pull;
        return if wants { Err(no_git(spot)) } else { Ok(()) };
    };
    ignore(plan, sites)?;
    if args.hook {
        hook::plan(plan, args, spot, top, io)?;
    }
    // What is not Unicode is not the top.
    let inside = below(top, &spot.root).unwrap_or_else(|| spot.root.display().to_string());
    let workflows = workflows(args);
    if inside.is_empty() {
        if args.pre_commit {
            pre_commit(plan)?;
        }
        let branch = branch(io, top);
        if (args.drift || args.pull)
            && ahead::files(plan, spot, global, io).iter().any(|it| !it.has_repository)
        {
            plan.note(r#"`drift` and `pull` fail until the JSON says `"repository": "owner/name"`: they compare with GitHub"#.to_owned());
        }
        workflows.into_iter().try_for_each(|workflow| put_workflow(plan, workflow, &branch))
    } else if args.pre_commit || !workflows.is_empty() {
        let message = format!(
            "cannot write what runs at the top of the repository: the root of the roadmap is `{inside}` below it"
        );
        Err(Failure::new(FailureKind::Usage, message)
            .help("run it at the top without `--root`: `.roadbook` says there where the roadmap is"))
    } else {
        Ok(())
    }
}

/// Lets git ignore the files of a run, and the websites that are not committed.
fn ignore(plan: &mut Plan<'_>, sites: &[String]) -> Result<(), Failure> {
    let mut patterns = ["roadbook.journal.jsonl", "roadbook.journal.lock"].map(str::to_owned).to_vec();
    patterns.extend(sites.iter().map(|site| format!("/{}/", literal(site))));
    if let Some(text) = ignoring(&plan.text(".gitignore")?.unwrap_or_default(), &patterns) {
        plan.put(".gitignore", text, &format!("{} are not for commits", quoted(&patterns)))?;
    }
    Ok(())
}

/// A path as a pattern of git's that means it and nothing else.
fn literal(path: &str) -> String {
    let mut pattern = String::new();
    for c in path.chars() {
        if "*?[\\".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

fn quoted(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn no_git(spot: &Spot) -> Failure {
    let message = format!("`{}` is no git repository: hooks and workflows need one", spot.root.display());
    Failure::new(FailureKind::Usage, message).help("run `git init` first, or `roadbook init` without them")
}

fn workflows(args: &Init) -> Vec<Workflow> {
    let wants = |workflow: &Workflow| match workflow {
        Workflow::Check => args.check,
        Workflow::Comment => args.comment,
        Workflow::Pages => args.pages,
        Workflow::Drift => args.drift,
        Workflow::Pull => args.pull,
    };
    Workflow::ALL.into_iter().filter(wants).collect()
}

/// A workflow; one that is there is somebody's by now, whatever it says.
fn put_workflow(plan: &mut Plan<'_>, workflow: Workflow, branch: &str) -> Result<(), Failure> {
    let scaffold = workflow.scaffold(&Origin::Release(Pin::this()), branch);
    let why = match workflow {
        Workflow::Check => &format!("checks every pull request, and each push to `{branch}`"),
        Workflow::Comment => "comments on pull requests with their changes to the roadmap",
        Workflow::Pages => {
            &format!("publishes the website of `{branch}`: Settings, Pages, Source: GitHub Actions")
        }
        Workflow::Drift => "fails if GitHub has drifted from the source",
        Workflow::Pull => {
            "opens pull requests with what people did on GitHub: Settings, Actions, General, allow it to create them"
        }
    };
    match plan.text(scaffold.path)? {
        Some(text) if text.replace("\r\n", "\n") != scaffold.text => {
            plan.note(format!("`{}` is there already, and stays as it is", scaffold.path));
            Ok(())
        }
        Some(_) => Ok(()),
        None => plan.put(scaffold.path, scaffold.text, why),
    }
}

/// Roadbook in the file of pre-commit.
fn pre_commit(plan: &mut Plan<'_>) -> Result<(), Failure> {
    let pin = Pin::this();
    let why = "runs Roadbook before each commit: `pre-commit install` sets it up for a clone";
    match plan.text(HOOK_PATH)? {
        None => plan.put(HOOK_PATH, new_hook(&pin).text, why),
        Some(text) if has_hook(&text) => Ok(()),
        Some(text) => match added_hook(&text, &pin) {
            Some(text) => plan.put(HOOK_PATH, text, why),
            None => {
                let entry = hook_entry(&pin);
                plan.note(format!("`{HOOK_PATH}` is written in a way that only a person should change: add to its `repos`\n{entry}"));
                Ok(())
            }
        },
    }
}

/// The branch that others start from: the one that the remote names, else one that is called as such are, else the one that is
/// checked out.
fn branch(io: &Io<'_>, top: &Path) -> String {
    let ask = |args: &[&str]| {
        let args: Vec<_> = args.iter().map(OsStr::new).collect();
        let said = io.process.run("git", &args, top).ok()??;
        let name = String::from_utf8_lossy(&said.stdout).trim().to_owned();
        (said.success && !name.is_empty()).then_some(name)
    };
    let remote = ask(&["symbolic-ref", "--short", "refs/remotes/origin/HEAD"]);
    let remote = remote.and_then(|name| name.strip_prefix("origin/").map(str::to_owned));
    let known = ["origin/main", "origin/master", "main", "master"];
    let usual = || {
        let all =
            ask(&["for-each-ref", "--format=%(refname:lstrip=2)", "refs/remotes/origin", "refs/heads"])?;
        let found = known.iter().find(|name| all.lines().any(|line| line == **name))?;
        Some(found.trim_start_matches("origin/").to_owned())
    };
    let here = || ask(&["symbolic-ref", "--short", "HEAD"]);
    remote.or_else(usual).or_else(here).unwrap_or_else(|| BRANCH.to_owned())
}
