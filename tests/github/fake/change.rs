//! What an issue is to have, as a request or a person says it: judged whole before anything of it is done.

use serde_json::{Value, json};

use super::{
    fields,
    given::Given,
    labels,
    refusal::Refusal,
    world::{Issue, World},
};

/// The most characters of a title.
const LONGEST_TITLE: usize = 256;

/// The most characters of a body.
const LONGEST_BODY: usize = 65_536;

/// The most people who are given one issue.
const MOST_ASSIGNEES: usize = 10;

/// Members of an issue; `None` leaves one as it is.
pub(crate) struct Change {
    title: Option<String>,
    body: Option<Option<String>>,
    labels: Option<Vec<String>>,
    assignees: Option<Vec<String>>,
    milestone: Option<Option<u64>>,
    kind: Option<Option<String>>,
    is_closed: Option<bool>,
    reason: Option<Option<String>>,
    fields: Vec<(u64, Value)>,
}

impl Change {
    /// Reads what is given. Whoever may not push has all but words and state dropped, without a word about it.
    pub(crate) fn read(world: &World, given: &Given, pushes: bool) -> Result<Self, Refusal> {
        let reasons = ["completed", "not_planned", "duplicate", "reopened"];
        let reason = match given.value("state_reason") {
            Some(Value::Null) => Some(None),
            _ => given.word("state_reason", &reasons)?.map(Some),
        };
        let state = given.word("state", &["open", "closed"])?;
        let mut change = Self {
            title: title(given)?,
            body: body(given)?,
            labels: given.names("labels", "name")?,
            assignees: assignees(world, given)?,
            milestone: milestone(world, given)?,
            kind: kind(world, given)?,
            is_closed: state.map(|state| state == "closed"),
            reason,
            fields: fields::given(world, given, pushes)?,
        };
        if !pushes || world.drops_members {
            (change.labels, change.assignees, change.milestone, change.kind) = (None, None, None, None);
        }
        Ok(change)
    }

    /// Whether it gives a title, without which nothing is created.
    pub(crate) fn has_title(&self) -> bool {
        self.title.is_some()
    }

    /// Makes the change in an issue, which need not be in the world yet.
    pub(crate) fn make(self, world: &mut World, issue: &mut Issue) -> Result<(), Refusal> {
        let before = issue.clone();
        if let Some(names) = &self.labels {
            issue.labels = labels::ids(world, names)?;
        }
        issue.title = self.title.unwrap_or_else(|| issue.title.clone());
        issue.body = self.body.unwrap_or_else(|| issue.body.clone());
        issue.assignees = self.assignees.unwrap_or_else(|| issue.assignees.clone());
        issue.milestone = self.milestone.unwrap_or(issue.milestone);
        issue.kind = self.kind.unwrap_or_else(|| issue.kind.clone());
        issue.fields.extend(self.fields);
        // A reason without a change of state is ignored.
        let is_closed = self.is_closed.filter(|is_closed| *is_closed != issue.is_closed);
        if let Some(is_closed) = is_closed {
            issue.is_closed = is_closed;
            let given = self.reason.flatten();
            issue.reason =
                Some(if is_closed { given.unwrap_or_else(|| "completed".into()) } else { "reopened".into() });
        }
        if *issue != before {
            let now = world.clock.tick();
            issue.updated_at = now;
            if is_closed.is_some() {
                issue.closed_at = issue.is_closed.then_some(now);
            }
        }
        Ok(())
    }
}

fn title(given: &Given) -> Result<Option<String>, Refusal> {
    let title = given.title()?;
    if title.as_deref() == Some("") {
        return Err(Refusal::field("Issue", "title", "missing_field"));
    }
    if title.as_ref().is_some_and(|title| title.chars().count() > LONGEST_TITLE) {
        let message = format!("title is too long (maximum is {LONGEST_TITLE} characters)");
        return Err(Refusal::custom("Issue", "title", message));
    }
    Ok(title)
}

/// A body; an empty one is none.
fn body(given: &Given) -> Result<Option<Option<String>>, Refusal> {
    let body = given.text_or_null("body")?;
    if body.as_ref().and_then(Option::as_ref).is_some_and(|body| body.chars().count() > LONGEST_BODY) {
        let message = format!("body is too long (maximum is {LONGEST_BODY} characters)");
        return Err(Refusal::custom("Issue", "body", message));
    }
    Ok(body.map(|body| body.filter(|body| !body.is_empty())))
}

fn assignees(world: &World, given: &Given) -> Result<Option<Vec<String>>, Refusal> {
    let Some(logins) = given.names("assignees", "login")? else { return Ok(None) };
    let mut known = Vec::new();
    for login in &logins {
        // An app is assigned by its own name, and shown by another one.
        let shown = match login.as_str() {
            "copilot-swe-agent[bot]" => "Copilot",
            "Copilot" => "",
            login => login,
        };
        let person = world.people.iter().find(|person| person.eq_ignore_ascii_case(shown));
        let person = person.ok_or_else(|| invalid("assignees", json!(login)))?;
        if !known.contains(person) {
            known.push(person.clone());
        }
    }
    if known.len() > MOST_ASSIGNEES {
        return Err(invalid("assignees", Value::Null));
    }
    Ok(Some(known))
}

/// A milestone by its number, which may be written as a text.
fn milestone(world: &World, given: &Given) -> Result<Option<Option<u64>>, Refusal> {
    let Some(value) = given.value("milestone") else { return Ok(None) };
    if value.is_null() {
        return Ok(Some(None));
    }
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    match number.filter(|number| world.milestones.contains_key(number)) {
        Some(number) => Ok(Some(Some(number))),
        None => Err(invalid("milestone", value.clone())),
    }
}

fn kind(world: &World, given: &Given) -> Result<Option<Option<String>>, Refusal> {
    let name = match given.value("type") {
        Some(Value::Object(members)) => Some(members.get("value").and_then(Value::as_str).map(str::to_owned)),
        _ => given.text_or_null("type")?,
    };
    let Some(Some(name)) = name else { return Ok(name) };
    let known = world.kinds.iter().find(|kind| kind.eq_ignore_ascii_case(&name));
    known.map(|kind| Some(Some(kind.clone()))).ok_or_else(|| invalid("type", json!(name)))
}

fn invalid(field: &str, value: Value) -> Refusal {
    let mut refusal = Refusal::field("Issue", field, "invalid");
    if value.is_string() || value.is_u64() {
        refusal.errors[0]["value"] = value;
    }
    refusal
}
