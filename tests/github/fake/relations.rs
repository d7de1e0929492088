//! Issues that are parts of others, and issues that wait for others. Addresses name them by number, bodies by id.

use super::{
    asked::Asked, given::Given, http::Answer, issues, pages::Page, refusal::Refusal, shown::Shown,
    world::World,
};

/// The most parts of one issue.
const MOST_PARTS: usize = 100;

/// The most levels below the topmost issue.
const MOST_LEVELS: usize = 8;

/// The most issues that one waits for, or that wait for one.
const MOST_BLOCKERS: usize = 50;

/// `GET issues/{number}/sub_issues`, `…/dependencies/blocked_by` and `…/dependencies/blocking`.
pub(crate) fn list(
    world: &mut World,
    asked: &Asked<'_>,
    number: u64,
    which: impl Fn(&World) -> Vec<u64>,
) -> Result<Answer, Refusal> {
    issues::find(world, asked, number)?;
    let shown = Shown::new(world, asked.base);
    let others: Vec<_> = which(world).iter().filter_map(|number| world.issues.get(number)).collect();
    Ok(Page::asked(asked.request).answer(&others, asked.request, asked.base, |issue| shown.issue(issue)))
}

/// `GET issues/{number}/parent`.
pub(crate) fn parent(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    issues::find(world, asked, number)?;
    let parent = world.issues[&number].parent.ok_or_else(Refusal::not_found)?;
    Ok(asked.json(200, &issues::shown(world, asked, parent)))
}

/// `POST issues/{number}/sub_issues`: answers with the parent.
pub(crate) fn add_part(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    let given = Given::read(asked.request)?;
    let (id, replaces) = (given.number("sub_issue_id")?, given.flag("replace_parent")?);
    let part = other(world, asked, number, id, "The provided sub-issue does not exist")?;
    make_part(world, number, part, replaces)?;
    Ok(asked.created(&issues::shown(world, asked, number)))
}

/// Makes an issue a part of another one.
pub(crate) fn make_part(world: &mut World, number: u64, part: u64, replaces: bool) -> Result<(), Refusal> {
    let refuse = |words: &str| Err(Refusal::custom("SubIssue", "sub_issue", words));
    match world.issues[&part].parent {
        Some(parent) if parent == number => {
            return refuse("Issue may not contain duplicate sub-issues");
        }
        Some(_) if !replaces => return refuse("Sub issue may only have one parent"),
        _ => {}
    }
    if world.owner_of(part) != world.owner_of(number) {
        return refuse("Sub issue must belong to the same owner as its parent");
    }
    let above = ancestors(world, number);
    if part == number || above.contains(&part) {
        return refuse("Sub issue may not create a cycle");
    }
    if world.issues[&number].parts.len() >= MOST_PARTS {
        return refuse("Parent cannot have more than 100 sub-issues");
    }
    if above.len() + 1 + depth(world, part) > MOST_LEVELS {
        return refuse("Sub-issues may not be nested deeper than 8 levels");
    }
    unmake_part(world, part);
    let now = world.clock.tick();
    for (one, is_parent) in [(number, true), (part, false)] {
        let Some(issue) = world.issues.get_mut(&one) else { continue };
        issue.updated_at = now;
        if is_parent { issue.parts.push(part) } else { issue.parent = Some(number) }
    }
    Ok(())
}

/// `DELETE issues/{number}/sub_issue`: answers with the parent.
pub(crate) fn remove_part(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    let id = Given::read(asked.request)?.number("sub_issue_id")?;
    let part = other(world, asked, number, id, "Not Found")?;
    if world.issues[&part].parent != Some(number) {
        return Err(Refusal::not_found());
    }
    unmake_part(world, part);
    Ok(asked.json(200, &issues::shown(world, asked, number)))
}

/// Makes an issue a part of none.
pub(crate) fn unmake_part(world: &mut World, part: u64) {
    let now = world.clock.now();
    let parent = world.issues.get_mut(&part).and_then(|issue| issue.parent.take());
    if let Some(parent) = parent.and_then(|number| world.issues.get_mut(&number)) {
        parent.parts.retain(|number| *number != part);
        parent.updated_at = now;
    }
}

/// `PATCH issues/{number}/sub_issues/priority`.
pub(crate) fn move_part(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    let given = Given::read(asked.request)?;
    let part = other(world, asked, number, given.number("sub_issue_id")?, "Not Found")?;
    let name = match (given.value("after_id"), given.value("before_id")) {
        (Some(_), None) => "after_id",
        (None, Some(_)) => "before_id",
        _ => return Err(priority("exactly one of after_id and before_id is needed")),
    };
    let beside = other(world, asked, number, given.number(name)?, "Not Found")?;
    let parent = world.issues.get_mut(&number).ok_or_else(Refusal::not_found)?;
    if beside == part || !parent.parts.contains(&part) || !parent.parts.contains(&beside) {
        return Err(priority("both must be parts of the issue"));
    }
    parent.parts.retain(|other| *other != part);
    let at = parent.parts.iter().position(|other| *other == beside).unwrap_or(0);
    parent.parts.insert(at + usize::from(name == "after_id"), part);
    Ok(asked.json(200, &issues::shown(world, asked, number)))
}

/// `POST issues/{number}/dependencies/blocked_by`: answers with the issue that waits.
pub(crate) fn add_blocker(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    let id = Given::read(asked.request)?.number("issue_id")?;
    let blocker = other(world, asked, number, id, "The provided issue does not exist")?;
    make_wait(world, number, blocker)?;
    Ok(asked.created(&issues::shown(world, asked, number)))
}

/// Makes an issue wait for another one.
pub(crate) fn make_wait(world: &mut World, number: u64, blocker: u64) -> Result<(), Refusal> {
    let refuse = |words: &str| Err(Refusal::custom("IssueDependency", "issue", words));
    if number == blocker {
        return refuse("An issue cannot be blocked by itself");
    }
    if world.issues[&number].blockers.contains(&blocker) {
        return refuse("Issue dependency already exists");
    }
    if world.issues[&number].blockers.len() >= MOST_BLOCKERS
        || world.waiting(blocker).count() >= MOST_BLOCKERS
    {
        return refuse("Issue cannot have more than 50 dependencies of a kind");
    }
    let now = world.clock.tick();
    world.waits.insert((blocker, number));
    if let Some(issue) = world.issues.get_mut(&number) {
        issue.blockers.push(blocker);
        issue.updated_at = now;
    }
    Ok(())
}

/// `DELETE issues/{number}/dependencies/blocked_by/{id}`: answers with the issue that waited.
pub(crate) fn remove_blocker(
    world: &mut World,
    asked: &Asked<'_>,
    number: u64,
    id: u64,
) -> Result<Answer, Refusal> {
    let blocker = other(world, asked, number, id, "Not Found")?;
    if !world.waits.remove(&(blocker, number)) {
        return Err(Refusal::not_found());
    }
    let now = world.clock.tick();
    if let Some(issue) = world.issues.get_mut(&number) {
        issue.blockers.retain(|other| *other != blocker);
        issue.updated_at = now;
    }
    Ok(asked.json(200, &issues::shown(world, asked, number)))
}

/// The number of the issue that a body or a path names by its id, where both are there and the sender may relate them.
fn other(world: &mut World, asked: &Asked<'_>, number: u64, id: u64, absent: &str) -> Result<u64, Refusal> {
    issues::find(world, asked, number)?;
    if !asked.pushes() {
        return Err(Refusal::new(403, "Must have push access to Repository."));
    }
    let found = world.with_id(id).filter(|issue| !issue.is_pull).map(|issue| world.numbers[&issue.id]);
    let found = found.ok_or_else(|| Refusal::new(404, absent))?;
    issues::find(world, asked, found)?;
    Ok(found)
}

fn priority(words: &str) -> Refusal {
    Refusal::new(422, words)
}

fn ancestors(world: &World, number: u64) -> Vec<u64> {
    let parent = |number: &u64| world.issues.get(number).and_then(|issue| issue.parent);
    std::iter::successors(parent(&number), parent).collect()
}

/// How many levels lie below an issue.
fn depth(world: &World, number: u64) -> usize {
    let parts = world.issues.get(&number).into_iter().flat_map(|issue| &issue.parts);
    parts.map(|part| 1 + depth(world, *part)).max().unwrap_or(0)
}
