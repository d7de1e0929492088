//! What makes `apply` worth trusting, shown by many runs: a sample of them in every test run, all of them with
//! `ROADBOOK_FULL=1`.

mod edits;
mod faulty;
mod killed;
mod large;
mod messages;
mod pulls;

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    thread,
};

use serde_json::Value;

use crate::{fake::GitHub, roadmaps::Account, support::Project};

/// Whether all is shown at its full size, not a sample of it.
pub(crate) fn is_full() -> bool {
    std::env::var_os("ROADBOOK_FULL").is_some()
}

/// How the cases of one row of the table ended.
#[derive(Debug, Clone, Default)]
struct Row {
    /// How many there were.
    runs: usize,
    /// How many were through in spite of it, without a second run.
    at_once: usize,
    doubled: usize,
    lost: usize,
    wrong: usize,
    /// How many did not end with an empty plan.
    unfinished: usize,
    /// What was wrong first, for whoever looks for it.
    first: Option<String>,
}

/// Rows by what was done to the runs.
#[derive(Default)]
struct Table {
    rows: Mutex<BTreeMap<String, Row>>,
}

impl Table {
    /// Enters a case: what it was, whether its first run came to its end, and what there is after the last one.
    fn enter(
        &self,
        row: &str,
        case: &str,
        at_once: bool,
        github: &GitHub,
        project: &Project,
        source: &Value,
    ) {
        let account = Account::of(github, source);
        let plan = project.ask(github, ["plan", "--format", "json"]);
        let is_empty = plan.code == 0 && plan.json()["operations"].as_array().is_some_and(Vec::is_empty);
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let row = rows.entry(row.to_owned()).or_default();
        row.runs += 1;
        row.at_once += usize::from(at_once);
        row.doubled += account.doubled.len();
        row.lost += account.lost.len();
        row.wrong += account.wrong.len();
        row.unfinished += usize::from(!is_empty);
        if row.first.is_none() && !(account.is_clean() && is_empty) {
            println!("{case}: {account:?}");
            row.first = Some(format!("{case}: {account:?}\n{}{}", plan.out, plan.err));
        }
    }

    /// Prints the table, and holds every row to nothing doubled, nothing lost, nothing left.
    #[track_caller]
    fn hold(self, title: &str) {
        let rows = self.rows.into_inner().unwrap_or_else(PoisonError::into_inner);
        println!("\n{title}\n{:<44} runs  at once  doubled  lost  wrong  unfinished", "");
        for (name, row) in &rows {
            let Row { runs, at_once, doubled, lost, wrong, unfinished, .. } = row;
            println!("{name:<44} {runs:>4} {at_once:>8} {doubled:>8} {lost:>5} {wrong:>6} {unfinished:>11}");
        }
        let faults: Vec<_> = rows.values().filter_map(|row| row.first.as_deref()).collect();
        assert!(
            faults.is_empty(),
            "{} rows with faults; the first of each:\n{}",
            faults.len(),
            faults.join("\n\n")
        );
    }
}

/// Runs cases on as many threads as there are processors, and tells every hundredth how far it has come.
fn each<T: Send>(cases: Vec<T>, run: impl Fn(T) + Sync) {
    let count = cases.len();
    let cases = Mutex::new(cases.into_iter().enumerate());
    let next = || cases.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((nth, case)) = next() {
                    if nth > 0 && nth.is_multiple_of(100) {
                        println!("{nth} of {count}");
                    }
                    run(case);
                }
            });
        }
    });
}

/// The requests at which the cases of a row strike: every k-th, beginning later for each row, so that the rows together
/// meet all of them.
pub(crate) fn sampled(count: u64, step: u64, row: u64) -> Vec<u64> {
    (1 + row % step..=count).step_by(usize::try_from(step).unwrap_or(1)).collect()
}
