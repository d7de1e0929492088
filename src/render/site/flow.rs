//! How work flows, on the first page of changes: closings by weeks, the burn-up, since when issues are in progress or ready.

use serde::Serialize;

use super::{
    PageContext,
    drawn::FactsView,
    rows::{ItemView, issue_item},
    words::and_more,
};
use crate::render::WorkFlow;

/// How many issues are listed, and how many sentences there are.
const MOST: usize = 40;

/// What the page shows of flow.
#[derive(Debug, Serialize)]
pub(super) struct FlowView<'a> {
    sentences: &'a [String],
    weeks: Option<FactsView>,
    burnup: Option<FactsView>,
    since: Vec<SinceView<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// An issue, and since when it is in progress or ready.
#[derive(Debug, Serialize)]
struct SinceView<'a> {
    item: ItemView<'a>,
    words: &'a str,
}

/// The flow, for this page; `None` where nothing is known of it.
pub(super) fn flow_view<'a>(here: &PageContext<'a>, of: &'a WorkFlow) -> Option<FlowView<'a>> {
    let line =
        |(ix, words): &'a (crate::model::IssueIx, String)| SinceView { item: issue_item(here, *ix), words };
    let view = FlowView {
        sentences: &of.sentences[..of.sentences.len().min(MOST)],
        weeks: of.weeks.clone().map(Into::into),
        burnup: of.burnup.clone().map(Into::into),
        since: of.since.iter().take(MOST).map(line).collect(),
        more: and_more(of.since.len(), MOST),
    };
    let is_empty = view.sentences.is_empty() && view.burnup.is_none() && view.since.is_empty();
    (!is_empty).then_some(view)
}
