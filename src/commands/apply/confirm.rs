//! What is asked before anything is written: a yes, or a number where much would be closed or renamed.

use crate::{
    commands::Session,
    github::plan::Plan,
    io::{Failure, FailureKind},
    report::counted,
};

/// Asks whether a plan is to be carried out.
///
/// # Errors
/// Where it is not to be, or nobody is there to say so.
pub(super) fn confirm(session: &Session<'_>, plan: &Plan, yes: Option<Option<usize>>) -> Result<(), Failure> {
    let Some(count) = plan.guard.count() else {
        return ask(session, &format!("apply this to `{}`?", plan.repository), yes);
    };
    let what =
        format!("this closes or renames {}, more than a fifth of what is there", counted(count, "item"));
    match yes.flatten() {
        Some(said) if said == count => return Ok(()),
        Some(said) => {
            let message = format!("{what}: `--yes={said}` is not that number");
            return Err(Failure::new(FailureKind::Usage, message).help("look at the plan once more"));
        }
        None => {}
    }
    let typed =
        session.io.terminal.ask(&format!("{what}; type {count} to apply it to `{}`: ", plan.repository));
    match typed {
        Some(typed) if typed == count.to_string() => Ok(()),
        Some(_) => Err(refused()),
        None => Err(Failure::new(FailureKind::Usage, what).help(format!("confirm it with `--yes={count}`"))),
    }
}

/// Asks for a yes.
///
/// # Errors
/// As [`confirm`].
pub(super) fn ask(session: &Session<'_>, question: &str, yes: Option<Option<usize>>) -> Result<(), Failure> {
    if yes.is_some() {
        return Ok(());
    }
    match session.io.terminal.ask(&format!("{question} [y/N] ")) {
        Some(typed) if ["y", "yes"].contains(&typed.to_lowercase().as_str()) => Ok(()),
        Some(_) => Err(refused()),
        None => Err(Failure::new(FailureKind::Usage, "cannot ask for confirmation: there is no terminal")
            .help("look at `roadbook plan`, then run `roadbook apply --yes`")),
    }
}

fn refused() -> Failure {
    Failure::new(FailureKind::Usage, "nothing was written: it was not confirmed")
}
