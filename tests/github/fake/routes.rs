//! Which address is what: who asks is looked at first, then where, then what.

use serde_json::json;

use super::{
    asked::Asked,
    elsewhere, fields,
    http::{Answer, Request},
    issues, labels, members, milestones,
    refusal::Refusal,
    relations,
    shown::Shown,
    world::{Access, World},
};

/// Answers a request, and changes the world as it asks.
pub(crate) fn answer(world: &mut World, request: &Request, base: &str) -> Answer {
    let answer = answered(world, request, base).unwrap_or_else(|refusal| refusal.answer());
    unless_known(request, answer)
}

fn answered(world: &mut World, request: &Request, base: &str) -> Result<Answer, Refusal> {
    if request.header("user-agent").is_none_or(str::is_empty) {
        return Err(Refusal::new(
            403,
            "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
        ));
    }
    let version = request.header("x-github-api-version").unwrap_or("2022-11-28");
    if !["2022-11-28", "2026-03-10"].contains(&version) {
        return Err(Refusal::new(400, format!("{version} is not a supported version of the API")));
    }
    let asked = Asked { request, base, access: access(world, request)? };
    let segments = request.segments();
    let segments: Vec<_> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["rate_limit"] => Ok(asked.json(200, &rate_limit())),
        ["user"] => user(world, &asked),
        ["orgs", name, "issue-fields"] if request.method == "GET" => fields::list(world, &asked, name),
        ["repos", owner, name, rest @ ..] => named(world, &asked, &format!("{owner}/{name}"), rest),
        ["repositories", id, rest @ ..] if *id == world.repository.id.to_string() => {
            inside(world, &asked, rest)
        }
        _ => Err(Refusal::not_found()),
    }
}

/// Who asks. A token that is wrong is told so, even where none is needed.
fn access(world: &World, request: &Request) -> Result<Option<Access>, Refusal> {
    let Some(header) = request.header("authorization") else { return Ok(None) };
    let token = header.strip_prefix("Bearer ").or_else(|| header.strip_prefix("token "));
    let access = token.and_then(|token| world.tokens.get(token));
    access.cloned().map(Some).ok_or_else(|| Refusal::new(401, "Bad credentials"))
}

fn user(world: &World, asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let access = asked.access.as_ref().ok_or_else(|| Refusal::new(401, "Requires authentication"))?;
    Ok(asked.json(200, &Shown::new(world, asked.base).oneself(&access.login)))
}

/// What is asked of `owner/name`, which may be a former name.
fn named(world: &mut World, asked: &Asked<'_>, name: &str, rest: &[&str]) -> Result<Answer, Refusal> {
    let may_read = !world.repository.is_private || asked.access.as_ref().is_some_and(|access| access.reads);
    if world.full_name().eq_ignore_ascii_case(name) && may_read {
        return inside(world, asked, rest);
    }
    if world.issues.values().any(|it| it.home.as_deref().is_some_and(|home| home.eq_ignore_ascii_case(name)))
    {
        if asked.request.is_write() {
            may_write(world, asked)?;
        }
        return elsewhere::answer(world, asked, name, rest);
    }
    let was = world.repository.former.iter().any(|former| former.eq_ignore_ascii_case(name));
    if !was || !may_read {
        return Err(Refusal::not_found());
    }
    let inside: String = rest.iter().map(|part| format!("/{part}")).collect();
    let query =
        if asked.request.query.is_empty() { String::new() } else { format!("?{}", asked.request.query) };
    let address = format!("{}/repositories/{}{inside}{query}", asked.base, world.repository.id);
    Err(Refusal::moved(if asked.request.is_write() { 307 } else { 301 }, address))
}

/// What is asked of the repository.
fn inside(world: &mut World, asked: &Asked<'_>, rest: &[&str]) -> Result<Answer, Refusal> {
    if asked.request.is_write() {
        may_write(world, asked)?;
    }
    let method = asked.request.method.as_str();
    match (method, rest) {
        ("GET", []) => Ok(asked.json(200, &Shown::new(world, asked.base).repository(asked.access.as_ref()))),
        ("GET", ["issue-types"]) => {
            let shown = Shown::new(world, asked.base);
            Ok(asked.json(200, &world.kinds.iter().map(|kind| shown.kind(kind)).collect()))
        }
        ("GET", ["assignees"]) => Ok(members::people(world, asked)),
        ("GET", ["assignees", login]) => members::is_assignable(world, login),
        (_, ["labels", rest @ ..]) => of_labels(world, asked, method, rest),
        (_, ["milestones", rest @ ..]) => of_milestones(world, asked, method, rest),
        ("GET", ["issues"]) => issues::list(world, asked),
        ("POST", ["issues"]) => issues::create(world, asked),
        (_, ["issues", number, rest @ ..]) => of_issue(world, asked, method, parsed(number)?, rest),
        _ => Err(Refusal::not_found()),
    }
}

fn may_write(world: &World, asked: &Asked<'_>) -> Result<(), Refusal> {
    let access = asked.access.as_ref().ok_or_else(|| Refusal::new(401, "Requires authentication"))?;
    if access.is_read_only {
        return Err(Refusal::new(403, "Resource not accessible by integration"));
    }
    if world.repository.is_archived {
        return Err(Refusal::new(403, "Repository was archived so is read-only."));
    }
    Ok(())
}

fn of_labels(world: &mut World, asked: &Asked<'_>, method: &str, rest: &[&str]) -> Result<Answer, Refusal> {
    // Whoever may not push is not told that there is something to change.
    match (method, rest) {
        ("GET", []) => Ok(labels::list(world, asked)),
        ("GET", [name]) => labels::get(world, asked, name),
        _ if !asked.pushes() => Err(Refusal::not_found()),
        ("POST", []) => labels::create(world, asked),
        ("PATCH", [name]) => labels::update(world, asked, name),
        ("DELETE", [name]) => labels::delete(world, name),
        _ => Err(Refusal::not_found()),
    }
}

fn of_milestones(
    world: &mut World,
    asked: &Asked<'_>,
    method: &str,
    rest: &[&str],
) -> Result<Answer, Refusal> {
    match (method, rest) {
        ("GET", []) => milestones::list(world, asked),
        ("GET", [number]) => milestones::get(world, asked, parsed(number)?),
        _ if !asked.pushes() => Err(Refusal::not_found()),
        ("POST", []) => milestones::create(world, asked),
        ("PATCH", [number]) => milestones::update(world, asked, parsed(number)?),
        ("DELETE", [number]) => milestones::delete(world, parsed(number)?),
        _ => Err(Refusal::not_found()),
    }
}

pub(crate) fn of_issue(
    world: &mut World,
    asked: &Asked<'_>,
    method: &str,
    number: u64,
    rest: &[&str],
) -> Result<Answer, Refusal> {
    let has = &world.repository;
    let is_known = match rest.first() {
        Some(&("sub_issues" | "sub_issue" | "parent")) => has.has_sub_issues,
        Some(&"dependencies") => has.has_dependencies,
        _ => true,
    };
    match (method, rest) {
        _ if !is_known => Err(Refusal::not_found()),
        ("GET", []) => issues::get(world, asked, number),
        ("PATCH", []) => issues::update(world, asked, number),
        ("GET", ["labels"]) => members::labels_of(world, asked, number),
        ("POST" | "PUT" | "DELETE", ["labels"]) => members::set_labels(world, asked, number),
        ("DELETE", ["labels", name]) => members::remove_label(world, asked, number, name),
        ("POST" | "DELETE", ["assignees"]) => members::set_assignees(world, asked, number),
        ("GET", ["issue-field-values"]) => fields::values(world, asked, number),
        ("POST" | "PUT", ["issue-field-values"]) => fields::set(world, asked, number),
        ("DELETE", ["issue-field-values", id]) => fields::empty(world, asked, number, parsed(id)?),
        ("GET", ["parent"]) => relations::parent(world, asked, number),
        ("GET", ["sub_issues"]) => {
            relations::list(world, asked, number, |world| world.issues[&number].parts.clone())
        }
        ("POST", ["sub_issues"]) => relations::add_part(world, asked, number),
        ("DELETE", ["sub_issue"]) => relations::remove_part(world, asked, number),
        ("PATCH", ["sub_issues", "priority"]) => relations::move_part(world, asked, number),
        ("GET", ["dependencies", "blocked_by"]) => {
            relations::list(world, asked, number, |world| world.issues[&number].blockers.clone())
        }
        ("GET", ["dependencies", "blocking"]) => {
            relations::list(world, asked, number, |world| world.waiting(number).collect())
        }
        ("POST", ["dependencies", "blocked_by"]) => relations::add_blocker(world, asked, number),
        ("DELETE", ["dependencies", "blocked_by", id]) => {
            relations::remove_blocker(world, asked, number, parsed(id)?)
        }
        _ => Err(Refusal::not_found()),
    }
}

fn parsed(number: &str) -> Result<u64, Refusal> {
    number.parse().map_err(|_| Refusal::not_found())
}

fn rate_limit() -> serde_json::Value {
    let of =
        |limit: u32| json!({ "limit": limit, "remaining": limit, "reset": 4_000_000_000_u32, "used": 0 });
    json!({ "resources": { "core": of(5000), "search": of(30), "graphql": of(5000) }, "rate": of(5000) })
}

/// An answer with its mark; nothing but the mark where the sender has that very answer already.
fn unless_known(request: &Request, mut answer: Answer) -> Answer {
    if request.is_write() || answer.status != 200 {
        return answer;
    }
    let hash = answer.body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mark = format!("W/\"{hash:016x}\"");
    if request.header("if-none-match") == Some(mark.as_str()) {
        answer = Answer { status: 304, headers: answer.headers, body: Vec::new() };
    }
    answer.headers.push(("ETag".to_owned(), mark));
    answer
}
