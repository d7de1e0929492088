//! Labels: names are unique whatever their case, and a rename keeps the id.

use serde_json::Value;

use super::{
    asked::Asked,
    given::Given,
    http::Answer,
    pages::Page,
    refusal::Refusal,
    shown::Shown,
    world::{Label, World},
};

/// The colour of a label that nobody gave one.
const GREY: &str = "ededed";

/// `GET labels`.
pub(crate) fn list(world: &World, asked: &Asked<'_>) -> Answer {
    let shown = Shown::new(world, asked.base);
    let mut labels: Vec<_> = world.labels.iter().collect();
    labels.sort_by_key(|label| label.name.to_lowercase());
    Page::asked(asked.request).answer(&labels, asked.request, asked.base, |label| shown.label(label))
}

/// `GET labels/{name}`.
pub(crate) fn get(world: &World, asked: &Asked<'_>, name: &str) -> Result<Answer, Refusal> {
    let label = world.label(name).ok_or_else(Refusal::not_found)?;
    Ok(asked.json(200, &Shown::new(world, asked.base).label(label)))
}

/// `POST labels`.
pub(crate) fn create(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let given = Given::read(asked.request)?;
    let name = given.text("name")?.ok_or_else(|| Refusal::malformed("\"name\" wasn't supplied."))?;
    let label = Label {
        id: 0,
        name: sound_name(world, &name, None)?,
        color: color(&given)?.unwrap_or_else(|| GREY.to_owned()),
        description: description(&given)?.flatten(),
    };
    world.clock.tick();
    let id = world.fresh_id();
    world.labels.push(Label { id, ..label });
    let shown = shown(world, asked, id);
    Ok(asked.created(&shown))
}

/// `PATCH labels/{name}`.
pub(crate) fn update(world: &mut World, asked: &Asked<'_>, name: &str) -> Result<Answer, Refusal> {
    let given = Given::read(asked.request)?;
    let id = world.label(name).ok_or_else(Refusal::not_found)?.id;
    change(world, id, &given)?;
    Ok(asked.json(200, &shown(world, asked, id)))
}

/// `DELETE labels/{name}`.
pub(crate) fn delete(world: &mut World, name: &str) -> Result<Answer, Refusal> {
    let id = world.label(name).ok_or_else(Refusal::not_found)?.id;
    let now = world.clock.tick();
    world.labels.retain(|label| label.id != id);
    for issue in world.issues.values_mut().filter(|issue| issue.labels.contains(&id)) {
        issue.labels.retain(|label| *label != id);
        issue.updated_at = now;
    }
    Ok(Answer { status: 204, ..Answer::default() })
}

/// Changes a label as a request or a person asks.
pub(crate) fn change(world: &mut World, id: u64, given: &Given) -> Result<(), Refusal> {
    let new_name = given.text("new_name")?.map(|name| sound_name(world, &name, Some(id))).transpose()?;
    let (color, description) = (color(given)?, description(given)?);
    world.clock.tick();
    let label = world.labels.iter_mut().find(|label| label.id == id).ok_or_else(Refusal::not_found)?;
    label.name = new_name.unwrap_or_else(|| label.name.clone());
    label.color = color.unwrap_or_else(|| label.color.clone());
    label.description = description.unwrap_or_else(|| label.description.clone());
    Ok(())
}

/// The ids of labels by name; what is unknown is made, grey and without a word.
pub(crate) fn ids(world: &mut World, names: &[String]) -> Result<Vec<u64>, Refusal> {
    if names.iter().any(|name| name.trim().is_empty() || name.chars().count() > 50) {
        return Err(Refusal::field("Label", "name", "invalid"));
    }
    let mut ids = Vec::new();
    for name in names {
        let id = match world.label(name.trim()) {
            Some(label) => label.id,
            None => {
                let id = world.fresh_id();
                let name = name.trim().to_owned();
                world.labels.push(Label { id, name, color: GREY.to_owned(), description: None });
                id
            }
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// A name that a label may get: not empty, not long, and no other label's in any case.
fn sound_name(world: &World, name: &str, own: Option<u64>) -> Result<String, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::field("Label", "name", "missing_field"));
    }
    if name.chars().count() > 50 {
        return Err(Refusal::custom("Label", "name", "name is too long (maximum is 50 characters)"));
    }
    if world.label(name).is_some_and(|label| Some(label.id) != own) {
        return Err(Refusal::field("Label", "name", "already_exists"));
    }
    Ok(name.to_owned())
}

fn color(given: &Given) -> Result<Option<String>, Refusal> {
    let Some(color) = given.text("color")? else { return Ok(None) };
    if color.len() == 6 && color.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Some(color.to_lowercase()));
    }
    Err(Refusal::field("Label", "color", "invalid"))
}

fn description(given: &Given) -> Result<Option<Option<String>>, Refusal> {
    let description = given.text_or_null("description")?;
    if description.as_ref().and_then(Option::as_ref).is_some_and(|text| text.chars().count() > 100) {
        let message = "description is too long (maximum is 100 characters)";
        return Err(Refusal::custom("Label", "description", message));
    }
    Ok(description)
}

fn shown(world: &World, asked: &Asked<'_>, id: u64) -> Value {
    let label = world.labels.iter().find(|label| label.id == id).expect("it was just changed");
    Shown::new(world, asked.base).label(label)
}
