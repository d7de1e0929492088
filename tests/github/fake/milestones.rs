//! Milestones: titles are unique over open and closed ones, and a due date is midnight in California.

use chrono::{DateTime, Datelike, Utc};
use serde_json::Value;

use super::{
    asked::Asked,
    clock,
    given::Given,
    http::Answer,
    pages::Page,
    refusal::Refusal,
    shown::Shown,
    world::{Milestone, World},
};

/// `GET milestones`: open ones, by due date, unless it says otherwise.
pub(crate) fn list(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let state = asked.word("state", &["open", "closed", "all"])?;
    let by_completeness = asked.word("sort", &["due_on", "completeness"])? == "completeness";
    let descending = asked.word("direction", &["asc", "desc"])? == "desc";
    let page = Page::asked(asked.request);
    world.lists.milestones += u64::from(page.is_first());
    let begun = world.lists.milestones;
    let mut listed: Vec<_> = world
        .milestones
        .values()
        .filter(|it| state == "all" || (state == "closed") == it.is_closed)
        .filter(|it| it.unseen_until < begun)
        .collect();
    if !by_completeness {
        // Those without a day come last.
        listed.sort_by_key(|it| (it.due_on.is_none(), it.due_on, it.number));
    }
    if descending {
        listed.reverse();
    }
    let shown = Shown::new(world, asked.base);
    Ok(page.answer(&listed, asked.request, asked.base, |milestone| shown.milestone(milestone)))
}

/// `GET milestones/{number}`.
pub(crate) fn get(world: &World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    let milestone = world.milestones.get(&number).ok_or_else(Refusal::not_found)?;
    Ok(asked.json(200, &Shown::new(world, asked.base).milestone(milestone)))
}

/// `POST milestones`.
pub(crate) fn create(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let given = Given::read(asked.request)?;
    if given.value("title").is_none() {
        return Err(Refusal::malformed("\"title\" wasn't supplied."));
    }
    if given.value("due_on").is_some_and(Value::is_null) {
        return Err(Refusal::malformed("For 'properties/due_on', nil is not a string."));
    }
    let number = add(world, &given, asked.login())?;
    Ok(asked.created(&Shown::new(world, asked.base).milestone(&world.milestones[&number])))
}

/// Makes a milestone as a request or a person asks, and gives its number.
pub(crate) fn add(world: &mut World, given: &Given, creator: &str) -> Result<u64, Refusal> {
    let change = Change::read(world, given, None)?;
    let now = world.clock.tick();
    let (id, number) = (world.fresh_id(), world.fresh_milestone());
    let mut milestone = Milestone {
        id,
        number,
        title: String::new(),
        description: None,
        due_on: None,
        is_closed: false,
        creator: creator.to_owned(),
        created_at: now,
        updated_at: now,
        closed_at: None,
        unseen_until: world.lists.milestones + world.lag.lists,
    };
    change.make(&mut milestone, now);
    world.milestones.insert(number, milestone);
    Ok(number)
}

/// `PATCH milestones/{number}`.
pub(crate) fn update(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    let given = Given::read(asked.request)?;
    edit(world, number, &given)?;
    get(world, asked, number)
}

/// `DELETE milestones/{number}`: its issues stay, without one.
pub(crate) fn delete(world: &mut World, number: u64) -> Result<Answer, Refusal> {
    world.milestones.remove(&number).ok_or_else(Refusal::not_found)?;
    let now = world.clock.tick();
    for issue in world.issues.values_mut().filter(|issue| issue.milestone == Some(number)) {
        issue.milestone = None;
        issue.updated_at = now;
    }
    Ok(Answer { status: 204, ..Answer::default() })
}

/// Changes a milestone as a request or a person asks.
pub(crate) fn edit(world: &mut World, number: u64, given: &Given) -> Result<(), Refusal> {
    if !world.milestones.contains_key(&number) {
        return Err(Refusal::not_found());
    }
    let change = Change::read(world, given, Some(number))?;
    let now = world.clock.tick();
    if let Some(milestone) = world.milestones.get_mut(&number) {
        change.make(milestone, now);
    }
    Ok(())
}

/// What a milestone is to have.
struct Change {
    title: Option<String>,
    description: Option<Option<String>>,
    due_on: Option<Option<DateTime<Utc>>>,
    is_closed: Option<bool>,
}

impl Change {
    fn read(world: &World, given: &Given, own: Option<u64>) -> Result<Self, Refusal> {
        let title = given.text("title")?.map(|title| title.trim().to_owned());
        if title.as_deref() == Some("") {
            return Err(Refusal::field("Milestone", "title", "missing_field"));
        }
        let taken =
            |title: &String| world.milestones.values().any(|it| it.title == *title && Some(it.number) != own);
        if title.as_ref().is_some_and(taken) {
            return Err(Refusal::field("Milestone", "title", "already_exists"));
        }
        let state = given.word("state", &["open", "closed"])?;
        Ok(Self {
            title,
            description: given.text_or_null("description")?,
            due_on: due_on(given)?,
            is_closed: state.map(|state| state == "closed"),
        })
    }

    fn make(self, milestone: &mut Milestone, now: DateTime<Utc>) {
        milestone.title = self.title.unwrap_or_else(|| milestone.title.clone());
        milestone.description = self.description.unwrap_or_else(|| milestone.description.clone());
        milestone.due_on = self.due_on.unwrap_or(milestone.due_on);
        if let Some(is_closed) = self.is_closed.filter(|is_closed| *is_closed != milestone.is_closed) {
            milestone.is_closed = is_closed;
            milestone.closed_at = is_closed.then_some(now);
        }
        milestone.updated_at = now;
    }
}

fn due_on(given: &Given) -> Result<Option<Option<DateTime<Utc>>>, Refusal> {
    let Some(text) = given.text_or_null("due_on")? else { return Ok(None) };
    let Some(text) = text else { return Ok(Some(None)) };
    let time = clock::read(&text).filter(|time| time.year() > 1);
    let time =
        time.ok_or_else(|| Refusal::malformed(&format!("For 'due_on', {text} is not a date-time.")))?;
    Ok(Some(Some(clock::pacific_midnight(time))))
}
