//! A plan as JSON: the same document that `plan --out` keeps and `apply` reads.

use serde::Serialize;

use super::words::counts;
use crate::{github::plan::Plan, report::neutral_json};

/// What stands around the plan.
#[derive(Serialize)]
struct Envelope<'p> {
    kind: &'static str,
    tool: &'static str,
    tool_version: &'static str,
    summary: String,
    is_empty: bool,
    #[serde(flatten)]
    plan: &'p Plan,
}

/// The plan as one JSON object with a line end: `{"kind": "plan", "version": 1, "operations": [...], ...}`.
///
/// While `version` stays, no member is taken away or changes its meaning; new ones may come.
pub(crate) fn json(plan: &Plan) -> String {
    let envelope = Envelope {
        kind: "plan",
        tool: "roadbook",
        tool_version: env!("CARGO_PKG_VERSION"),
        summary: counts(plan),
        is_empty: plan.is_empty(),
        plan,
    };
    neutral_json(serde_json::to_string_pretty(&envelope).unwrap_or_default()) + "\n"
}
