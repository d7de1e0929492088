//! How something comes to be open, begun or closed: the fields and labels that say so change together.

use serde_json::Value;

use super::{Draft, EditSession};
use crate::{
    commands::lookup::{self, Item},
    io::{Failure, FailureKind},
    model::{Day, Issue},
    source::schema::State,
};

/// What labels may say, where `states` names some for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    InProgress,
    Done,
    Dropped,
}

impl Draft<'_, '_> {
    /// Closes an issue or a milestone; `day` is when, where that is said.
    pub(in crate::commands) fn close(
        &mut self,
        reason: Option<Value>,
        day: Option<Value>,
    ) -> Result<(), Failure> {
        let is_closed = self.has_state("closed") || self.issue().is_some_and(is_closed);
        self.new.insert("state".to_owned(), "closed".into());
        if self.issue().is_none() {
            return Ok(());
        }
        // An open issue may say why it was opened again; that ends here.
        if self.text("state_reason") == Some("reopened") {
            self.new.remove("state_reason");
        }
        if let Some(reason) = reason {
            self.new.insert("state_reason".to_owned(), reason);
        }
        // When something was closed that is closed already is not for today to say.
        let today = if day.is_none() && !is_closed { Some(self.today()?.to_string().into()) } else { None };
        if let Some(day) = day.or(today) {
            self.new.insert("closed_on".to_owned(), day);
        }
        let is_dropped = matches!(self.text("state_reason"), Some("not_planned" | "duplicate"));
        self.say(Some(if is_dropped { Says::Dropped } else { Says::Done }));
        Ok(())
    }

    /// Opens an issue or a milestone again. Returns what spoke of its end and was taken out.
    pub(in crate::commands) fn reopen(&mut self) -> Vec<&'static str> {
        let is_open = self.issue().is_some_and(Issue::is_open);
        if !is_open || self.text("state").is_some() {
            self.new.insert("state".to_owned(), "open".into());
        }
        if self.issue().is_none() {
            return Vec::new();
        }
        let is_reopened = self.text("state_reason") == Some("reopened");
        let ended = ["state_reason", "closed_on"].into_iter().filter(|key| {
            self.new.get(*key).is_some_and(|value| !value.is_null())
                && !(*key == "state_reason" && is_reopened)
        });
        let ended: Vec<_> = ended.collect();
        ended.iter().for_each(|key| drop(self.new.remove(*key)));
        let now = self.labels();
        let begun = now.iter().any(|label| self.meaning(label) == Some(Says::InProgress));
        self.say(begun.then_some(Says::InProgress));
        ended
    }

    /// Says that work on an issue has begun; `day` is when, where that is said.
    pub(in crate::commands) fn start(&mut self, issue: &Issue, day: Option<Value>) -> Result<(), Failure> {
        let id = &issue.id;
        if is_closed(issue) {
            return Err(Failure::new(
                FailureKind::Usage,
                format!("`{id}` is closed: work on it cannot start"),
            )
            .help(format!("`roadbook reopen {id}` opens it again")));
        }
        let is_begun = self.text("begun_on").is_some();
        let today = if day.is_none() && !is_begun { Some(self.today()?.to_string().into()) } else { None };
        if let Some(day) = day.or(today) {
            self.new.insert("begun_on".to_owned(), day);
        }
        self.say(Some(Says::InProgress));
        let says_open = self.labels().iter().any(|label| self.meaning(label) == Some(Says::InProgress));
        if issue.known_state().is_none() && !says_open {
            self.new.insert("state".to_owned(), "open".into());
        }
        Ok(())
    }

    /// The issue, where it is one.
    fn issue(&self) -> Option<&Issue> {
        match self.subject.item {
            Item::Issue(ix) => Some(&self.desk.roadmap.issues[ix.0]),
            Item::Milestone(_) | Item::Label(_) => None,
        }
    }

    /// Whether the JSON says this state.
    fn has_state(&self, state: &str) -> bool {
        self.subject.old.get("state").and_then(Value::as_str) == Some(state)
    }

    fn today(&self) -> Result<Day, Failure> {
        self.desk.session.io.clock.today()
    }

    /// The labels that it has now.
    fn labels(&self) -> Vec<String> {
        let labels = self.new.get("labels").and_then(Value::as_array).into_iter().flatten();
        labels.filter_map(|label| Some(label.as_str()?.to_owned())).collect()
    }

    /// What a label says.
    fn meaning(&self, label: &str) -> Option<Says> {
        let says = [Says::InProgress, Says::Done, Says::Dropped].into_iter();
        says.into_iter().find(|says| meant(self.desk, *says).iter().any(|name| is_same(name, label)))
    }

    /// Gives it the first label that says this, unless it has one, and takes off those that say something else.
    fn say(&mut self, says: Option<Says>) {
        let before = self.labels();
        let is_kept = |label: &String| self.meaning(label).is_none_or(|other| Some(other) == says);
        let mut after: Vec<_> = before.iter().filter(|label| is_kept(label)).cloned().collect();
        let is_said = after.iter().any(|label| self.meaning(label).is_some());
        let wanted = says.and_then(|says| meant(self.desk, says).first()).filter(|_| !is_said);
        if let Some(wanted) = wanted.map(|wanted| known(self.desk, wanted)) {
            after.retain(|label| !excludes(self.desk, wanted, label));
            after.push(wanted.to_owned());
        }
        if after != before {
            self.new.insert("labels".to_owned(), after.into());
        }
    }
}

/// A label as it is spelled where it is known.
fn known<'d>(desk: &'d EditSession<'_>, name: &'d str) -> &'d str {
    lookup::label(&desk.roadmap, name).map_or(name, |ix| &desk.roadmap.labels[ix.0].name)
}

/// The labels that the source names for a state.
fn meant<'d>(desk: &'d EditSession<'_>, says: Says) -> &'d [String] {
    let states = &desk.roadmap.states;
    match says {
        Says::InProgress => &states.in_progress.labels,
        Says::Done => &states.done.labels,
        Says::Dropped => &states.dropped.labels,
    }
}

/// Whether an issue that gets a label cannot keep another one: both are of a group of which it has one at most.
fn excludes(desk: &EditSession<'_>, wanted: &str, label: &str) -> bool {
    let holds = |group: &&crate::model::LabelGroup, name: &str| {
        group.labels.iter().any(|ix| is_same(&desk.roadmap.labels[ix.0].name, name))
    };
    desk.roadmap.groups.iter().filter(|group| group.exclusive).any(|group| {
        let is_new = group.prefix.len() + 1 < wanted.len()
            && wanted.strip_prefix(&group.prefix).is_some_and(|rest| rest.starts_with(':'));
        (holds(&group, wanted) || is_new) && holds(&group, label)
    })
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn is_closed(issue: &Issue) -> bool {
    issue.known_state() == Some(State::Closed)
}
