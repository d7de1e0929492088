//! The end of a set-up: documents that were written by hand are taken over where that is wanted, everything is built and
//! checked, and the next step is named.

use std::path::PathBuf;

use super::plan::Plan;
use crate::{
    cli::{Build, Check, Fixing, Global, Init},
    commands::{
        FOR_PEOPLE, Session, adoption, build, check, front, keep, older,
        selection::{Heads, Selection},
        spot::Spot,
        r#try::summary_lines,
    },
    io::{Failure, Io},
    output::{Found, Stop},
    render::{Page, PageKind, PagePath, Renderer},
    report::counted,
    source::{self, Ignored, Index, joined},
};

/// What to do about documents that nobody wanted to be written over.
const BY_HAND: &str = "nothing was built, since Roadbook does not overwrite files of yours:
  roadbook try             says line by line what in it does not agree
  roadbook init --adopt    replaces it, and keeps a copy of what no commit has";

/// Builds and checks all roadmaps, and says what comes next.
pub(super) fn run(
    args: &Init,
    spot: &Spot,
    plan: &Plan<'_>,
    listed: &[PagePath],
    global: &Global,
    io: &Io<'_>,
) -> Result<u8, Failure> {
    let own = Global { root: Some(spot.root.clone()), ..global.without_roadmap() };
    let selection = Selection::all(io, &own)?;
    let (mut is_done, mut hidden) = (true, Vec::new());
    let mut code = selection.each(io, Heads::Said, |it, io| {
        let (code, was_done) = one(spot, plan, listed, &it.global, io)?;
        is_done &= was_done;
        if !was_done {
            hidden.extend(self::hidden(spot, &it.global, io)?);
        }
        Ok(code)
    })?;
    if selection.is_several() && code <= 1 {
        code = code.max(front::build(io, &own, &selection, (&FOR_PEOPLE, &[]))?);
    }
    if !is_done && !global.quiet {
        io.terminal.say(&next(args, spot, &hidden, code));
    }
    Ok(code)
}

/// Builds and checks one; gives the exit code, and whether there is nothing more to say: it was set up before, or cannot be.
fn one(
    spot: &Spot,
    plan: &Plan<'_>,
    listed: &[PagePath],
    own: &Global,
    io: &Io<'_>,
) -> Result<(u8, bool), Failure> {
    let (mut session, roadmap, facts) = Session::open(io, own, None)?;
    let Some(renderer) = session.renderer(roadmap, facts)? else {
        return Ok((build_all(Vec::new(), listed, own, io)?, true));
    };
    let pages = renderer.pages();
    let compared = build::compare(session.tree(), &renderer, &pages, &session.progress());
    let found = match compared {
        Ok(found) => found,
        Err(Stop::Failure(failure)) => return Err(failure),
        Err(Stop::Finding(_)) => return Ok((build_all(Vec::new(), listed, own, io)?, true)),
    };
    if plan.is_empty() && found.iter().all(|found| *found == Found::Same) {
        session.say("already set up: nothing to change");
        return Ok((checked(own, io)?, true));
    }
    let foreign = foreign(&pages, &found);
    tell_by_hand(&session, &renderer, &foreign, plan.adopts)?;
    if !plan.adopts && !foreign.is_empty() {
        session.say(BY_HAND);
        return Ok((1, true));
    }
    let adopted = foreign.iter().map(|(page, _)| spot.root.join(page.path.as_str())).collect();
    drop(session);
    let code = build_all(adopted, listed, own, io)?;
    if code != 0 {
        return Ok((code, true));
    }
    Ok((checked(own, io)?, false))
}

/// The pages in whose place is what people wrote, with that.
fn foreign<'f>(pages: &'f [Page], found: &'f [Found]) -> Vec<(&'f Page, &'f [u8])> {
    let pair = |(page, found): (&'f Page, &'f Found)| match found {
        Found::Foreign(old) => Some((page, old.as_slice())),
        _ => None,
    };
    pages.iter().zip(found).filter_map(pair).collect()
}

/// Says what would become of each page that was written by hand; of one that stays, also which commit has it, and what in it
/// the JSON does not say.
fn tell_by_hand(
    session: &Session<'_>,
    renderer: &Renderer,
    foreign: &[(&Page, &[u8])],
    adopts: bool,
) -> Result<(), Failure> {
    let (io, found) = (session.io, &session.found);
    let summary = older::summary(io, found, renderer)?;
    for (page, old) in foreign {
        let words = by_hand(page, old, summary.as_deref());
        if adopts {
            session.say(&words);
            continue;
        }
        let is_committed = keep::is_committed(io, &session.tree().target(&page.path)?, old);
        let kept = if is_committed { "the last commit has it" } else { "no commit has it" };
        session.say(&format!("{words}; {kept}"));
        let list = adoption::list(io, found, renderer, page, old, session.global.verbose)?;
        (!list.is_empty()).then(|| session.say(&list));
    }
    Ok(())
}

fn build_all(adopt: Vec<PathBuf>, listed: &[PagePath], own: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    build::adopting(&Build { findings: FOR_PEOPLE, adopt, tracked: false }, own, io, listed)
}

/// Checks, and says only what is wrong: warnings were told by the build.
fn checked(own: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let quiet = Global { quiet: true, verbose: false, ..own.clone() };
    // What was just written is not tracked yet.
    check::of_disk(
        &Check {
            findings: FOR_PEOPLE,
            patch: None,
            force: false,
            tracked: false,
            accept: None,
            staged: false,
            fixing: Fixing::default(),
        },
        &quiet,
        io,
    )
}

fn by_hand(page: &Page, old: &[u8], summary: Option<&str>) -> String {
    let words = match summary.filter(|_| matches!(page.kind, PageKind::Summary)) {
        Some(new) => summary_lines(&page.path, old, new.as_bytes()),
        None => "it would be written anew".to_owned(),
    };
    format!("`{}` was written by hand: {words}", page.path)
}

/// The files of a roadmap that git ignores and does not track, as they are typed here: no commit would have them.
fn hidden(spot: &Spot, own: &Global, io: &Io<'_>) -> Result<Vec<String>, Failure> {
    let Some(top) = &spot.top else { return Ok(Vec::new()) };
    let (mut session, roadmap, facts) = Session::open(io, own, None)?;
    let sources: Vec<_> = session.found.files.iter().map(ToString::to_string).collect();
    let is_site_committed = roadmap.site.committed == Some(true);
    let Some(renderer) = session.renderer(roadmap, facts)? else { return Ok(Vec::new()) };
    let mut pages = renderer.pages();
    pages.retain(|page| is_site_committed || !matches!(page.kind, PageKind::Site(_)));
    let Some(tracked) = Index::alone(io.files, top).ok().flatten() else { return Ok(Vec::new()) };
    let ignored = Ignored::new(io.files, top);
    let above = source::below(top, &spot.root).unwrap_or_default();
    let is_hidden = |path: &String| {
        let path = joined(&above, path);
        ignored.file(&path) && tracked.get(&path).is_none()
    };
    let all = sources.into_iter().chain(pages.iter().map(|page| page.path.to_string()));
    Ok(all.filter(is_hidden).map(|path| spot.typed(&path)).collect())
}

/// What is said of files that git ignores, and the command that adds them all the same.
fn forced(hidden: &[String]) -> (String, String) {
    let Some(first) = hidden.first() else { return Default::default() };
    let (more, verb) = match hidden.len() {
        1 => (String::new(), "it is"),
        count => (format!(" and {}", counted(count - 1, "more file")), "they are"),
    };
    let note = format!(
        "note: git ignores `{first}`{more}: take the rule out of `.gitignore`, or add them as below; else {verb} in no commit\n"
    );
    (note, format!("git add --force {} && ", hidden.join(" ")))
}

/// What comes next.
fn next(args: &Init, spot: &Spot, hidden: &[String], code: u8) -> String {
    if code != 0 {
        return "next: fix what is reported above, then `roadbook check`\nto accept what may stay: `roadbook check --accept`\n".into();
    }
    let install = if args.pre_commit { "pre-commit install && " } else { "" };
    match spot.top {
        Some(_) => {
            let (note, force) = forced(hidden);
            format!(
                "{note}built and checked\nnext: {install}{force}git add --all && git commit\nthen: roadbook serve --open\n"
            )
        }
        None => "built and checked\nnext: roadbook serve --open\n".into(),
    }
}
