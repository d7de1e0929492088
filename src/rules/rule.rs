//! What a rule is.

use crate::{
    facts::Facts,
    model::Roadmap,
    report::{Report, Severity},
};

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The roadmap.
    pub roadmap: &'a Roadmap,
    /// What follows from it.
    pub facts: &'a Facts,
}

/// What a finding of a rule does to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is written, and the run ends with 3: the source cannot be understood. Its weight cannot be changed.
    Blocking,
    /// Everything is built and drawn; an error ends the run with 1.
    Judging,
    /// Found in generated and hand-written files, by `check` alone.
    Checking,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name, as `due-order`.
    pub code: &'static str,
    /// What a finding of it does to a run.
    pub kind: Kind,
    /// What it weighs, unless the source says otherwise.
    pub severity: Severity,
    /// What it says, in one line without a full stop.
    pub summary: &'static str,
    /// Why it exists and what to do, in Markdown.
    pub explanation: &'static str,
    /// A source that it finds fault with.
    pub bad: &'static str,
    /// The same source, mended.
    pub good: &'static str,
    /// What finds it, where a roadmap is enough to do so.
    pub run: Option<fn(&Context<'_>, &mut Report)>,
}
