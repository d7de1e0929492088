//! The rules: what each is called, what it weighs, what it teaches, and what finds it.
//!
//! [`RULES`] is the one table of all codes. A row with a `run` judges the resolved roadmap, and stands with its words and
//! its tests in the file of its name. The others are found on the way, and stand together by stage: `reading` (bytes to
//! JSON), `references` and `meaning` (names to references and days), `files` (what `check` looks at), `importing` (what
//! `import` tells of a document), `settings` (what the
//! source says of rules).

mod explain;
mod repairs;
mod rule;
mod settings;

mod characters;
pub(crate) mod mentions;
mod texts;

mod files;
mod importing;
mod meaning;
mod reading;
mod references;

mod assignee_limit;
mod bad_assignee;
mod bidi_override;
mod blocker_limit;
mod body_length;
mod closed_before_blocker;
mod control_character;
mod date_order;
mod dependency_cycle;
mod dropped_blocker;
mod due_after_milestone;
mod due_order;
mod duplicate_group;
mod duplicate_title;
mod empty_roadmap;
mod empty_title;
mod exclusive_group;
mod future_date;
mod github_field;
mod invisible_character;
mod label_color;
mod label_description_length;
mod label_emoji;
mod label_limit;
mod label_name_length;
mod label_was;
mod made_id;
mod milestone_was;
mod negative_estimate;
mod open_in_closed;
mod phase_coverage;
mod phase_mention;
mod renamed_id;
mod repeated_reference;
mod required_group;
mod similar_label;
mod site_lang;
mod site_url;
mod state_contradiction;
mod sub_issue_limit;
mod title_length;
mod title_space;
mod unknown_column;
mod unknown_id;
mod unreachable_due;
mod version_mismatch;
mod wording;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use explain::{explain, list};
pub(crate) use repairs::words as repair_words;
pub use rule::{Context, DELETED, EXAMPLE_FILE, Example, Kind, Rule};
pub(crate) use settings::{Reach, Settings};
pub(crate) use version_mismatch::{MINOR, check_pin, is_later};

use rayon::prelude::*;

use crate::report::{Code, Diagnostic, Report, Severity};

/// All rules, in the order of their codes.
pub static RULES: &[Rule] = &[
    references::AMBIGUOUS_MILESTONE,
    assignee_limit::RULE,
    references::BAD_ALIAS,
    bad_assignee::RULE,
    references::BAD_ID,
    reading::BAD_LOCK,
    references::BAD_PATH,
    meaning::BAD_REPOSITORY,
    bidi_override::RULE,
    blocker_limit::RULE,
    body_length::RULE,
    references::BODY_TWICE,
    files::BROKEN_REGION,
    files::BROKEN_TEMPLATE,
    wording::BROKEN_WORDS,
    closed_before_blocker::RULE,
    reading::CONFLICT_MARKERS,
    control_character::RULE,
    date_order::RULE,
    files::DEAD_ANCHOR,
    files::DEAD_LINK,
    dependency_cycle::RULE,
    dropped_blocker::RULE,
    due_after_milestone::RULE,
    due_order::RULE,
    duplicate_group::RULE,
    references::DUPLICATE_ID,
    reading::DUPLICATE_KEY,
    references::DUPLICATE_LABEL,
    duplicate_title::RULE,
    empty_roadmap::RULE,
    empty_title::RULE,
    reading::ENCODING,
    exclusive_group::RULE,
    settings::FIXED_RULE,
    files::FOREIGN_FILE,
    future_date::RULE,
    github_field::RULE,
    reading::GIVEN_TWICE,
    importing::CONTRADICTION,
    importing::INEXACT,
    importing::KEPT,
    importing::LEFT_OUT,
    files::INTERNAL_LEAK,
    meaning::INVALID_DATE,
    invisible_character::RULE,
    meaning::LABEL_CASE,
    label_color::RULE,
    label_description_length::RULE,
    label_emoji::RULE,
    label_limit::RULE,
    label_name_length::RULE,
    label_was::RULE,
    made_id::RULE,
    milestone_was::RULE,
    files::MISSING_DOC,
    files::MISSING_FILE,
    reading::MISSING_KEY,
    negative_estimate::RULE,
    open_in_closed::RULE,
    files::ORPHAN_FILE,
    phase_coverage::RULE,
    phase_mention::RULE,
    renamed_id::RULE,
    repeated_reference::RULE,
    required_group::RULE,
    similar_label::RULE,
    site_lang::RULE,
    site_url::RULE,
    files::STALE_CLAIM,
    files::STALE_FILE,
    state_contradiction::RULE,
    sub_issue_limit::RULE,
    reading::SYNTAX,
    files::TEMPLATE_LIMIT,
    title_length::RULE,
    title_space::RULE,
    settings::UNEXPLAINED_RULE,
    references::UNKNOWN_BLOCKER,
    unknown_column::RULE,
    unknown_id::RULE,
    reading::UNKNOWN_KEY,
    references::UNKNOWN_LABEL,
    files::UNKNOWN_LABEL_IN_TEXT,
    references::UNKNOWN_MILESTONE,
    references::UNKNOWN_PARENT,
    files::UNKNOWN_REGION,
    settings::UNKNOWN_RULE,
    wording::UNKNOWN_WORD,
    references::UNOWNED_BODY,
    unreachable_due::RULE,
    files::UNUSED_ACCEPTED,
    files::UNUSED_ALLOW,
    settings::UNUSED_RULE,
    version_mismatch::RULE,
    reading::WRONG_TYPE,
    wording::WRONG_WORD,
];

// Every code has one row, at its own place.
const _: () = {
    assert!(RULES.len() == Code::ALL.len());
    let mut ix = 0;
    while ix < RULES.len() {
        assert!(RULES[ix].code as usize == ix, "the rows are in the order of the codes");
        ix += 1;
    }
};

/// The rule of a code.
pub(crate) fn rule(code: Code) -> &'static Rule {
    &RULES[code as usize]
}

/// The rule that people call by this word.
pub(crate) fn find(word: &str) -> Option<&'static Rule> {
    Code::named(word).map(rule)
}

/// Whether a fault of this code leaves nothing to build.
pub(crate) fn is_blocking(code: Code) -> bool {
    rule(code).kind == Kind::Blocking
}

/// Whether a report holds a fault that leaves nothing to build.
pub(crate) fn blocks(report: &Report) -> bool {
    let weighs = |found: &&Diagnostic| found.severity != Severity::Note;
    report.iter().filter(weighs).any(|found| is_blocking(found.code))
}

/// Runs every rule that judges a roadmap, side by side; findings stand in the order of the rules.
pub fn judge(context: &Context<'_>) -> Report {
    let found = |run: fn(&Context<'_>, &mut Report)| {
        let mut report = Report::default();
        run(context, &mut report);
        report
    };
    let found: Vec<_> = RULES.par_iter().filter_map(|rule| rule.run).map(found).collect();
    let mut report = Report::default();
    found.into_iter().for_each(|found| report.extend(found));
    report
}
