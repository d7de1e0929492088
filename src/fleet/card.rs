//! What is told of one roadmap beside others.

use crate::{
    data::v1::Progress,
    facts::Facts,
    model::{Day, Roadmap, When},
    source::schema::{Direction, State},
};

/// How many due dates are told of one roadmap.
const MOST_DUE: usize = 3;

/// A roadmap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    /// What it is called among the others.
    pub(crate) name: String,
    /// Its title.
    pub(crate) title: String,
    /// The GitHub repository, as `owner/name`.
    pub(crate) repository: Option<String>,
    /// The day that it speaks for.
    pub(crate) as_of: Option<Day>,
    /// The way to its website; empty where none is known.
    pub(crate) link: String,
    /// Whether its texts run from right to left.
    pub(crate) is_rtl: bool,
    /// How far its issues have come.
    pub(crate) progress: Progress,
    /// How many milestones it has.
    pub(crate) milestones: usize,
    /// How many of them are closed.
    pub(crate) closed_milestones: usize,
    /// What is late; `None` where nobody says what day it is.
    pub(crate) overdue: Option<Overdue>,
    /// What is due next, the soonest first: milestones, or issues where no milestone has a day.
    pub(crate) due: Vec<Due>,
}

/// How much is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overdue {
    /// How many milestones.
    pub(crate) milestones: usize,
    /// How many issues.
    pub(crate) issues: usize,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Due {
    /// Its id.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// When, as it is written.
    pub(crate) on: When,
    /// The last day of that.
    pub(crate) last: Day,
    /// The way to its page; empty where none is known.
    pub(crate) link: String,
}

/// A milestone or an issue, as far as a card counts it.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) state: Option<State>,
    pub(super) due_on: Option<When>,
    pub(super) is_late: bool,
    pub(super) link: String,
}

impl Card {
    /// What is told of a roadmap of this repository. `site` is the way to its website, if it has one.
    pub(crate) fn of(name: &str, site: Option<&str>, roadmap: &Roadmap, facts: &Facts) -> Self {
        let link = |inside: String| site.map(|site| [site, "/", &inside].concat()).unwrap_or_default();
        let milestones: Vec<_> = roadmap
            .milestones()
            .map(|(ix, milestone)| Item {
                id: milestone.id.as_str().to_owned(),
                title: milestone.title.clone(),
                state: milestone.known_state(),
                due_on: milestone.known_due_on(),
                is_late: facts.milestone(ix).overdue.is_some(),
                link: link(format!("milestones/m-{}.html", milestone.id.key())),
            })
            .collect();
        let issues = roadmap.issues().map(|(ix, issue)| Item {
            id: issue.id.as_str().to_owned(),
            title: issue.title.clone(),
            state: issue.known_state(),
            due_on: issue.due_on,
            is_late: facts.issue(ix).overdue.is_some(),
            link: link(format!("issues/i-{}.html", issue.id.key())),
        });
        let mut card = Self::counted(facts.as_of, (&facts.progress).into(), &milestones, issues);
        card.name = name.to_owned();
        card.title.clone_from(&roadmap.title);
        card.repository.clone_from(&roadmap.repository);
        card.link = link("index.html".to_owned());
        card.is_rtl = roadmap.site.dir == Some(Direction::Rtl);
        card
    }

    /// What follows from its items.
    pub(super) fn counted(
        as_of: Option<Day>,
        progress: Progress,
        milestones: &[Item],
        issues: impl Iterator<Item = Item>,
    ) -> Self {
        let mut late_issues = 0;
        let mut due_issues = Vec::new();
        for issue in issues {
            late_issues += usize::from(issue.is_late);
            due_issues.extend(due(&issue, as_of));
            // Only the first few are ever told.
            if due_issues.len() > 64 * MOST_DUE {
                soonest(&mut due_issues);
            }
        }
        let mut dues: Vec<_> = milestones.iter().filter_map(|milestone| due(milestone, as_of)).collect();
        if dues.is_empty() {
            dues = due_issues;
        }
        soonest(&mut dues);
        let late = milestones.iter().filter(|milestone| milestone.is_late).count();
        let is_closed = |milestone: &&Item| milestone.state == Some(State::Closed);
        Self {
            name: String::new(),
            title: String::new(),
            repository: None,
            as_of,
            link: String::new(),
            is_rtl: false,
            progress,
            milestones: milestones.len(),
            closed_milestones: milestones.iter().filter(is_closed).count(),
            overdue: as_of.map(|_| Overdue { milestones: late, issues: late_issues }),
            due: dues,
        }
    }
}

/// When something is due that is not closed, unless that day has passed.
fn due(item: &Item, as_of: Option<Day>) -> Option<Due> {
    let on = item.due_on.filter(|_| item.state != Some(State::Closed))?;
    let last = on.last().filter(|last| as_of.is_none_or(|today| *last >= today))?;
    Some(Due { id: item.id.clone(), title: item.title.clone(), on, last, link: item.link.clone() })
}

fn soonest(due: &mut Vec<Due>) {
    due.sort_by_key(|due| due.last);
    due.truncate(MOST_DUE);
}
