//! An issue's labels and assignees by addresses of their own, and who may be given one.

use serde_json::Value;

use super::{
    asked::Asked, given::Given, http::Answer, issues, labels, pages::Page, refusal::Refusal, shown::Shown,
    world::World,
};

/// `GET issues/{number}/labels`.
pub(crate) fn labels_of(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    issues::find(world, asked, number)?;
    let shown = Shown::new(world, asked.base).labels_of(&world.issues[&number]);
    Ok(Page::asked(asked.request).answer(&shown, asked.request, asked.base, Value::clone))
}

/// `POST issues/{number}/labels` adds, `PUT` replaces, `DELETE` removes all.
pub(crate) fn set_labels(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    issues::find(world, asked, number)?;
    if !asked.pushes() {
        return Err(Refusal::new(403, "Must have admin rights to Repository."));
    }
    let method = asked.request.method.as_str();
    let ids = match method {
        "DELETE" => Vec::new(),
        _ => labels::ids(world, &names(asked)?)?,
    };
    let kept = if method == "POST" { world.issues[&number].labels.clone() } else { Vec::new() };
    let added: Vec<_> = ids.into_iter().filter(|id| !kept.contains(id)).collect();
    replace(world, number, kept.into_iter().chain(added).collect());
    if method == "DELETE" {
        return Ok(Answer { status: 204, ..Answer::default() });
    }
    Ok(all_labels(world, asked, number))
}

/// `DELETE issues/{number}/labels/{name}`.
pub(crate) fn remove_label(
    world: &mut World,
    asked: &Asked<'_>,
    number: u64,
    name: &str,
) -> Result<Answer, Refusal> {
    issues::find(world, asked, number)?;
    if !asked.pushes() {
        return Err(Refusal::new(403, "Must have admin rights to Repository."));
    }
    let absent = || Refusal::new(404, "Label does not exist");
    let id = world.label(name).ok_or_else(absent)?.id;
    let mut ids = world.issues[&number].labels.clone();
    let at = ids.iter().position(|label| *label == id).ok_or_else(absent)?;
    ids.remove(at);
    replace(world, number, ids);
    Ok(all_labels(world, asked, number))
}

/// `POST issues/{number}/assignees` adds, `DELETE` removes; whoever cannot be given an issue is passed over.
pub(crate) fn set_assignees(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    issues::find(world, asked, number)?;
    let logins = Given::read(asked.request)?.names("assignees", "login")?.unwrap_or_default();
    let is_post = asked.request.method == "POST";
    let mut assignees = world.issues[&number].assignees.clone();
    if is_post {
        let known =
            world.people.iter().filter(|person| logins.iter().any(|it| it.eq_ignore_ascii_case(person)));
        let added: Vec<_> = known.filter(|person| !assignees.contains(person)).cloned().collect();
        assignees.extend(added);
        assignees.truncate(10);
    } else {
        assignees.retain(|person| !logins.iter().any(|login| login.eq_ignore_ascii_case(person)));
    }
    let now = world.clock.tick();
    if let Some(issue) = world.issues.get_mut(&number).filter(|_| asked.pushes()) {
        issue.assignees = assignees;
        issue.updated_at = now;
    }
    Ok(asked.json(if is_post { 201 } else { 200 }, &issues::shown(world, asked, number)))
}

/// `GET assignees`.
pub(crate) fn people(world: &World, asked: &Asked<'_>) -> Answer {
    let shown = Shown::new(world, asked.base);
    Page::asked(asked.request).answer(&world.people, asked.request, asked.base, |login| shown.person(login))
}

/// `GET assignees/{login}`.
pub(crate) fn is_assignable(world: &World, login: &str) -> Result<Answer, Refusal> {
    let is_known = world.people.iter().any(|person| person.eq_ignore_ascii_case(login));
    if is_known { Ok(Answer { status: 204, ..Answer::default() }) } else { Err(Refusal::not_found()) }
}

fn replace(world: &mut World, number: u64, ids: Vec<u64>) {
    let now = world.clock.tick();
    if let Some(issue) = world.issues.get_mut(&number) {
        issue.labels = ids;
        issue.updated_at = now;
    }
}

fn all_labels(world: &World, asked: &Asked<'_>, number: u64) -> Answer {
    asked.json(200, &Value::Array(Shown::new(world, asked.base).labels_of(&world.issues[&number])))
}

/// Names in an object, in a list or alone: all are taken here.
fn names(asked: &Asked<'_>) -> Result<Vec<String>, Refusal> {
    let value: Value = serde_json::from_slice(&asked.request.body).unwrap_or(Value::Null);
    let labels = match value {
        Value::Object(mut members) => members.remove("labels").unwrap_or(Value::Array(Vec::new())),
        Value::String(name) => Value::Array(vec![Value::String(name)]),
        other => other,
    };
    let given = Given::of(&serde_json::json!({ "labels": labels }));
    Ok(given.names("labels", "name")?.unwrap_or_default())
}
