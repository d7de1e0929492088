//! Issue fields: those of the organization, and what issues hold of them. A user has none, and where nothing says that a
//! field is available for an issue, its value is dropped without a word.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    GitHub,
    asked::Asked,
    given::Given,
    http::Answer,
    issues,
    pages::Page,
    refusal::Refusal,
    world::{Issue, World},
};

/// The most values of one request.
const MOST_VALUES: usize = 25;

/// An issue field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IssueField {
    pub(crate) id: u64,
    pub(crate) name: String,
    /// `text`, `date`, `number`, `single_select` or `multi_select`.
    pub(crate) kind: String,
    /// Options with their ids.
    pub(crate) options: Vec<(u64, String)>,
}

/// What an organization has that a user has not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Organization {
    /// Its issue fields.
    pub(crate) fields: Vec<IssueField>,
    /// Those that are not available in the repository, by id.
    pub(crate) unavailable: BTreeSet<u64>,
    /// Whether its fields are not told to whoever asks: a token without `read:org`.
    pub(crate) hides_fields: bool,
    /// Whether issues leave out what their fields hold: this server's lists do not say it.
    pub(crate) lists_no_values: bool,
}

impl World {
    /// The owner becomes an organization with the fields that most have; each as `(name, kind, options)`.
    pub(crate) fn organize(&mut self, fields: &[(&str, &str, &[&str])]) {
        let mut organization = Organization::default();
        for (name, kind, options) in fields {
            let options = options.iter().map(|option| (self.fresh_id(), (*option).to_owned())).collect();
            let (name, kind) = ((*name).to_owned(), (*kind).to_owned());
            organization.fields.push(IssueField { id: self.fresh_id(), name, kind, options });
        }
        self.organization = Some(organization);
    }

    /// The id of a field.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> u64 {
        let field = self.fields().iter().find(|field| field.name == name);
        field.unwrap_or_else(|| panic!("no field {name}")).id
    }

    /// Somebody sets a value by the website; `null` empties it.
    #[track_caller]
    pub(crate) fn fill(&mut self, number: u64, name: &str, value: &Value) {
        let id = self.field(name);
        let value = (!value.is_null()).then(|| {
            self.checked(&json!({ "field_id": id, "value": value })).expect("a value that is allowed").1
        });
        self.put(number, id, value);
    }

    /// What a field of an issue holds, as people see it.
    pub(crate) fn filled(&self, number: u64, name: &str) -> Value {
        let field = self.fields().iter().find(|field| field.name == name).expect("a field");
        let value = self.issues[&number].fields.get(&field.id).cloned().unwrap_or_default();
        match field.options.iter().find(|(id, _)| value == json!(id)) {
            Some((_, option)) => json!(option),
            None => value,
        }
    }

    fn fields(&self) -> &[IssueField] {
        self.organization.as_ref().map_or(&[], |organization| &organization.fields)
    }

    fn put(&mut self, number: u64, field: u64, value: Option<Value>) {
        let now = self.clock.tick();
        let issue = self.issues.get_mut(&number).expect("an issue");
        issue.updated_at = now;
        match value {
            Some(value) => issue.fields.insert(field, value),
            None => issue.fields.remove(&field),
        };
    }

    /// A field and the value that it is to hold, an option by its id.
    fn checked(&self, given: &Value) -> Result<(u64, Value), Refusal> {
        let refuse = |words: String| Refusal::custom("IssueFieldValue", "value", words);
        let field = self.fields().iter().find(|field| given["field_id"] == json!(field.id));
        let field = field.ok_or_else(|| {
            Refusal::custom("IssueFieldValue", "field_id", "Issue field could not be found")
        })?;
        let value = &given["value"];
        let option = |name: &Value| {
            let found = field.options.iter().find(|(_, option)| *name == json!(option));
            found
                .map(|(id, _)| json!(id))
                .ok_or_else(|| refuse(format!("{name} is not a valid option for the field {}", field.name)))
        };
        let is_day = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
        let value = match field.kind.as_str() {
            "date" if value.as_str().is_some_and(is_day) => value.clone(),
            "number" if value.is_number() => value.clone(),
            "text" if value.is_string() => value.clone(),
            "single_select" => option(value)?,
            "multi_select" => {
                let all = value.as_array().ok_or_else(|| refuse("is no list".into()))?;
                all.iter().map(option).collect::<Result<_, _>>()?
            }
            kind => return Err(refuse(format!("{value} is no value for a field of the type {kind}"))),
        };
        Ok((field.id, value))
    }

    /// Whether a value that is sent for a field is kept.
    fn keeps(&self, field: u64) -> bool {
        let is_available =
            self.organization.as_ref().is_some_and(|organization| !organization.unavailable.contains(&field));
        is_available && !self.drops_members
    }
}

/// `GET /orgs/{org}/issue-fields`.
pub(crate) fn list(world: &World, asked: &Asked<'_>, organization: &str) -> Result<Answer, Refusal> {
    let is_it = world.repository.owner.eq_ignore_ascii_case(organization);
    let known = world.organization.as_ref().filter(|known| is_it && !known.hides_fields);
    let fields = &known.ok_or_else(Refusal::not_found)?.fields;
    if asked.access.is_none() {
        return Err(Refusal::not_found());
    }
    let shown = fields.iter().map(|field| {
        let mut shown = json!({
            "id": field.id, "node_id": format!("IF_{}", field.id), "name": field.name, "description": null,
            "data_type": field.kind, "visibility": "all",
            "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
        });
        if field.kind.ends_with("_select") {
            shown["options"] = field.options.iter().map(|(id, name)| option(*id, name)).collect();
        }
        shown
    });
    Ok(asked.json(200, &shown.collect()))
}

fn option(id: u64, name: &str) -> Value {
    json!({ "id": id, "name": name, "color": "gray" })
}

/// What the fields of an issue hold; `None` where the owner is a user.
pub(crate) fn shown(world: &World, issue: &Issue) -> Option<Value> {
    world.organization.as_ref()?;
    let value = |field: &IssueField| {
        let value = issue.fields.get(&field.id)?;
        let mut shown = json!({
            "issue_field_id": field.id, "issue_field_name": field.name, "node_id": format!("IFV_{}", field.id),
            "data_type": field.kind, "value": value,
        });
        let chosen = |id: &Value| field.options.iter().find(|(known, _)| *id == json!(known));
        if let Some((id, name)) = chosen(value) {
            shown["single_select_option"] = option(*id, name);
        }
        if let Some(all) = value.as_array() {
            let all: Vec<_> = all.iter().filter_map(chosen).collect();
            shown["value"] = json!(all.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(","));
            shown["multi_select_options"] = all.iter().map(|(id, name)| option(*id, name)).collect();
        }
        Some(shown)
    };
    Some(world.fields().iter().filter_map(value).collect())
}

/// `GET issues/{number}/issue-field-values`.
pub(crate) fn values(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    issues::find(world, asked, number)?;
    let shown = shown(world, &world.issues[&number]).ok_or_else(Refusal::not_found)?;
    let shown = shown.as_array().cloned().unwrap_or_default();
    Ok(Page::asked(asked.request).answer(&shown, asked.request, asked.base, Value::clone))
}

/// `POST issues/{number}/issue-field-values` adds, `PUT` replaces; an empty list clears all.
pub(crate) fn set(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    may(world, asked, number)?;
    let given = Given::read(asked.request)?;
    let all = given.value("issue_field_values").cloned().unwrap_or_else(|| json!([]));
    let all = all.as_array().ok_or_else(|| Refusal::malformed("issue_field_values is not an array."))?;
    if all.len() > MOST_VALUES {
        return Err(Refusal::malformed("issue_field_values has more than 25 items."));
    }
    let checked: Vec<_> = all.iter().map(|value| world.checked(value)).collect::<Result<_, _>>()?;
    if all.is_empty() || asked.request.method == "PUT" {
        world.issues.get_mut(&number).expect("an issue").fields.clear();
    }
    for (field, value) in checked {
        if world.keeps(field) {
            world.put(number, field, Some(value));
        }
    }
    let shown = shown(world, &world.issues[&number]).ok_or_else(Refusal::not_found)?;
    Ok(asked.json(200, &shown))
}

/// `DELETE issues/{number}/issue-field-values/{field}`.
pub(crate) fn empty(world: &mut World, asked: &Asked<'_>, number: u64, id: u64) -> Result<Answer, Refusal> {
    may(world, asked, number)?;
    if !world.issues[&number].fields.contains_key(&id) {
        return Err(Refusal::not_found());
    }
    world.put(number, id, None);
    Ok(Answer { status: 204, ..Answer::default() })
}

/// The values that come along with an issue; they are dropped where they may not be set.
pub(crate) fn given(world: &World, given: &Given, pushes: bool) -> Result<Vec<(u64, Value)>, Refusal> {
    let Some(all) = given.value("issue_field_values").filter(|_| pushes && world.organization.is_some())
    else {
        return Ok(Vec::new());
    };
    let all = all.as_array().ok_or_else(|| Refusal::malformed("issue_field_values is not an array."))?;
    let checked: Vec<_> = all.iter().map(|value| world.checked(value)).collect::<Result<_, _>>()?;
    Ok(checked.into_iter().filter(|(field, _)| world.keeps(*field)).collect())
}

fn may(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<(), Refusal> {
    issues::find(world, asked, number)?;
    if world.organization.is_none() {
        return Err(Refusal::not_found());
    }
    if !asked.pushes() {
        return Err(Refusal::new(403, "Must have push access to Repository."));
    }
    Ok(())
}

impl GitHub {
    /// Somebody sets a value by the website.
    #[track_caller]
    pub(crate) fn fill(&self, number: u64, name: &str, value: &Value) {
        self.world(|world| world.fill(number, name, value));
    }

    /// What a field of an issue holds.
    pub(crate) fn filled(&self, number: u64, name: &str) -> Value {
        self.world(|world| world.filled(number, name))
    }
}
