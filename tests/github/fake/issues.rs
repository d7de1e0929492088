//! Issues and the pull requests among them: listing, creating with all members at once, changing.

use serde_json::Value;

use super::{
    asked::Asked,
    change::Change,
    clock,
    given::Given,
    http::Answer,
    pages::Page,
    refusal::Refusal,
    shown::Shown,
    world::{Issue, Whereabouts, World},
};

/// `GET issues`: open ones, the newest first, unless it says otherwise.
pub(crate) fn list(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let filter = Filter::read(world, asked)?;
    let by_change = asked.word("sort", &["created", "updated", "comments"])? == "updated";
    let ascending = asked.word("direction", &["desc", "asc"])? == "asc";
    let page = Page::asked(asked.request);
    world.lists.issues += u64::from(page.is_first());
    let begun = world.lists.issues;
    let has_issues = world.repository.has_issues;
    let mut listed: Vec<_> = world
        .issues
        .values()
        .filter(|it| it.home.is_none() && it.whereabouts == Whereabouts::Here && it.unseen_until < begun)
        .filter(|it| (it.is_pull || has_issues) && filter.takes(it))
        .collect();
    if by_change {
        listed.sort_by_key(|it| (it.updated_at, it.number));
    }
    if !ascending {
        listed.reverse();
    }
    let shown = Shown::new(world, asked.base);
    Ok(page.answer(&listed, asked.request, asked.base, |issue| shown.issue(issue)))
}

/// Which issues are listed.
struct Filter {
    state: &'static str,
    since: Option<chrono::DateTime<chrono::Utc>>,
    milestone: Option<String>,
    labels: Vec<Option<u64>>,
    assignee: Option<String>,
    creator: Option<String>,
}

impl Filter {
    fn read(world: &World, asked: &Asked<'_>) -> Result<Self, Refusal> {
        let since = asked.request.parameter("since");
        let since =
            since.map(|text| clock::read(&text).ok_or_else(|| Refusal::field("Issue", "since", "invalid")));
        let labels = asked.request.parameter("labels").unwrap_or_default();
        let labels = labels.split(',').filter(|name| !name.is_empty());
        Ok(Self {
            state: asked.word("state", &["open", "closed", "all"])?,
            since: since.transpose()?,
            milestone: asked.request.parameter("milestone"),
            labels: labels.map(|name| world.label(name).map(|label| label.id)).collect(),
            assignee: asked.request.parameter("assignee"),
            creator: asked.request.parameter("creator"),
        })
    }

    fn takes(&self, issue: &Issue) -> bool {
        let milestone = match self.milestone.as_deref() {
            None => true,
            Some("*") => issue.milestone.is_some(),
            Some("none") => issue.milestone.is_none(),
            Some(number) => number.parse().ok() == issue.milestone && issue.milestone.is_some(),
        };
        let assignee = match self.assignee.as_deref() {
            None => true,
            Some("*") => !issue.assignees.is_empty(),
            Some("none") => issue.assignees.is_empty(),
            Some(login) => issue.assignees.iter().any(|assignee| assignee.eq_ignore_ascii_case(login)),
        };
        (self.state == "all" || (self.state == "closed") == issue.is_closed)
            && self.since.is_none_or(|since| issue.updated_at >= since)
            && self.labels.iter().all(|label| label.is_some_and(|label| issue.labels.contains(&label)))
            && self.creator.as_ref().is_none_or(|login| *login == issue.author)
            && milestone
            && assignee
    }
}

/// Whether an issue is where it is looked for.
pub(crate) fn find(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<(), Refusal> {
    let has_issues = world.repository.has_issues;
    let issue = world.issues.get_mut(&number).ok_or_else(Refusal::not_found)?;
    if issue.unknown_for > 0 {
        issue.unknown_for -= 1;
        return Err(Refusal::not_found());
    }
    match &issue.whereabouts {
        Whereabouts::Deleted => Err(Refusal::new(410, "This issue was deleted")),
        Whereabouts::Transferred(address) => Err(Refusal::moved(301, format!("{}{address}", asked.base))),
        Whereabouts::Here if !has_issues && !issue.is_pull => Err(disabled()),
        Whereabouts::Here => Ok(()),
    }
}

/// What is said where there are no issues.
pub(crate) fn disabled() -> Refusal {
    Refusal::new(410, "Issues has been disabled in this repository.")
}

/// `GET issues/{number}`.
pub(crate) fn get(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    find(world, asked, number)?;
    Ok(asked.json(200, &shown(world, asked, number)))
}

/// `POST issues`.
pub(crate) fn create(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Refusal> {
    if !world.repository.has_issues {
        return Err(disabled());
    }
    let given = Given::read(asked.request)?;
    let number = add(world, &given, asked.login(), asked.pushes())?;
    Ok(asked.created(&shown(world, asked, number)))
}

/// Makes an issue as a request or a person asks, and gives its number.
pub(crate) fn add(world: &mut World, given: &Given, author: &str, pushes: bool) -> Result<u64, Refusal> {
    let change = Change::read(world, given, pushes)?;
    if !change.has_title() {
        return Err(Refusal::malformed("\"title\" wasn't supplied."));
    }
    let now = world.clock.tick();
    let number = world.fresh_number();
    let mut issue = Issue {
        id: 0,
        number,
        title: String::new(),
        body: None,
        is_closed: false,
        reason: None,
        labels: Vec::new(),
        assignees: Vec::new(),
        milestone: None,
        kind: None,
        parent: None,
        parts: Vec::new(),
        blockers: Vec::new(),
        fields: std::collections::BTreeMap::new(),
        home: None,
        author: author.to_owned(),
        is_pull: false,
        is_locked: false,
        created_at: now,
        updated_at: now,
        closed_at: None,
        whereabouts: Whereabouts::Here,
        unseen_until: world.lists.issues + world.lag.lists,
        unknown_for: world.lag.lookups,
    };
    change.make(world, &mut issue)?;
    issue.id = world.fresh_id();
    // It is not open since, it was never anything else.
    (issue.is_closed, issue.reason, issue.closed_at) = (false, None, None);
    issue.updated_at = issue.created_at;
    world.numbers.insert(issue.id, number);
    world.issues.insert(number, issue);
    Ok(number)
}

/// `PATCH issues/{number}`.
pub(crate) fn update(world: &mut World, asked: &Asked<'_>, number: u64) -> Result<Answer, Refusal> {
    find(world, asked, number)?;
    if !asked.pushes() && world.issues[&number].author != asked.login() {
        return Err(Refusal::new(403, "Must have admin rights to Repository."));
    }
    edit(world, number, &Given::read(asked.request)?, asked.pushes())?;
    Ok(asked.json(200, &shown(world, asked, number)))
}

/// Changes an issue as a request or a person asks.
pub(crate) fn edit(world: &mut World, number: u64, given: &Given, pushes: bool) -> Result<(), Refusal> {
    let change = Change::read(world, given, pushes)?;
    let mut issue = world.issues.get(&number).cloned().ok_or_else(Refusal::not_found)?;
    change.make(world, &mut issue)?;
    world.issues.insert(number, issue);
    Ok(())
}

/// An issue as JSON.
pub(crate) fn shown(world: &World, asked: &Asked<'_>, number: u64) -> Value {
    Shown::new(world, asked.base).issue(&world.issues[&number])
}
