//! The label reference: a table for each group.

mod heat;

use crate::render::said;
use crate::words::{self, say, word};
use serde::Serialize;
use std::borrow::Cow;

use super::{
    Fragment, PageContext, Part,
    bars::BarView,
    frame::Frame,
    milestone::{PartView, parts},
    write,
};
use crate::{
    model::{LabelGroup, LabelIx},
    report::Diagnostic,
};

/// How many elements the lists of a page may be, and how many the row of a label is at most.
const MOST_ELEMENTS: usize = 2_750;
const OF_LABEL: usize = 18;

/// What `site/labels.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    groups: Vec<GroupView<'a>>,
}

#[derive(Debug, Serialize)]
struct GroupView<'a> {
    title: Cow<'a, str>,
    /// As `area`; empty for the group of those without one.
    prefix: &'a str,
    /// What holds for its labels, as `Each issue has exactly one.`; empty where nothing does.
    #[serde(serialize_with = "words::serialize")]
    rule: &'static str,
    has: Columns,
    labels: Vec<LabelView<'a>>,
    /// Which milestone has how many issues of each of its labels, where the group begins; `None` where that says nothing.
    heat: Option<heat::Heat<'a>>,
}

/// Which columns of a group any label has something in.
#[derive(Debug, Serialize)]
struct Columns {
    description: bool,
    open: bool,
    done: bool,
    dropped: bool,
    unknown: bool,
}

#[derive(Debug, Serialize)]
struct LabelView<'a> {
    chip: Fragment,
    /// Plain text.
    description: &'a str,
    /// As `1d76db`; empty where it has none.
    color: String,
    open: usize,
    done: usize,
    dropped: usize,
    unknown: usize,
    total: usize,
    bar: BarView,
}

/// Makes the label reference, or a part of it.
pub(super) fn labels(here: &PageContext<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let description = say!("The labels of {}: what each means, and who has it.", here.roadmap.title);
    let view = View {
        page: Frame::new(here, say!("Labels"), description)?,
        part: part.words(),
        parts: parts(part, |number| here.to(&super::places::labels(number))),
        groups: groups(here, part)?,
    };
    write(here, "site/labels.html", &view, out)
}

/// The groups of this part: all labels in the order of their groups, cut into parts.
fn groups<'a>(here: &PageContext<'a>, part: &Part) -> Result<Vec<GroupView<'a>>, Diagnostic> {
    let most = here.facts.most_of_a_label();
    let mut views = Vec::new();
    let mut at = 0;
    let mut room = MOST_ELEMENTS.saturating_sub(part.issues.len() * OF_LABEL);
    for group in here.roadmap.groups.iter().filter(|group| !group.labels.is_empty()) {
        let from = part.issues.start.saturating_sub(at).min(group.labels.len());
        let to = part.issues.end.saturating_sub(at).min(group.labels.len());
        at += group.labels.len();
        if from < to {
            let labels = group.labels[from..to].iter().map(|ix| label(here, *ix, most));
            let labels = labels.collect::<Result<Vec<_>, _>>()?;
            let has = Columns::of(&labels);
            views.push(GroupView {
                title: said::group_title(group),
                prefix: &group.prefix,
                rule: rule(group),
                has,
                labels,
                heat: if from == 0 { heat::heat(here, group, &mut room) } else { None },
            });
        }
    }
    Ok(views)
}

impl Columns {
    fn of(labels: &[LabelView<'_>]) -> Self {
        let any = |is: fn(&LabelView<'_>) -> bool| labels.iter().any(is);
        Self {
            description: any(|label| !label.description.is_empty()),
            open: any(|label| label.open > 0),
            done: any(|label| label.done > 0),
            dropped: any(|label| label.dropped > 0),
            // Where nothing else is known either, all of them say it.
            unknown: any(|label| label.unknown > 0) && any(|label| label.unknown < label.total),
        }
    }
}

fn rule(group: &LabelGroup) -> &'static str {
    match (group.required, group.exclusive) {
        (true, true) => word!("Each issue has exactly one."),
        (true, false) => word!("Each issue has at least one."),
        (false, true) => word!("An issue has at most one."),
        (false, false) => "",
    }
}

fn label<'a>(here: &PageContext<'a>, ix: LabelIx, most: usize) -> Result<LabelView<'a>, Diagnostic> {
    let label = &here.roadmap.labels[ix.0];
    let facts = here.facts.label(ix);
    Ok(LabelView {
        chip: here.chip(ix)?,
        description: label.description.get().map(String::as_str).unwrap_or_default(),
        color: label.color.get().cloned().unwrap_or_default(),
        open: facts.progress.open,
        done: facts.progress.closed,
        dropped: facts.progress.dropped,
        unknown: facts.progress.unknown,
        total: facts.issues.len(),
        bar: match facts.progress.unknown {
            unknown if unknown == facts.issues.len() => BarView::of_number(
                unknown,
                most,
                &format!("l {}", here.places.label_slug(ix)),
                &say!("issues"),
            ),
            _ => BarView::of_statuses(here.facts, &facts.statuses, most),
        },
    })
}
