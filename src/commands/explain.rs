//! `roadbook explain`: the page of a rule, or the list of all of them.

use super::{lookup::unknown, screen};
use crate::{
    cli::{Explain, Global},
    io::{Failure, Io},
    report::Code,
    rules,
};

/// How wide a page is where there is no terminal, and at most.
const WIDTH: usize = 80;

/// Runs the verb. A code that no rule has is a usage error (2).
pub(super) fn run(args: &Explain, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let page = match &args.code {
        None => rules::list(),
        Some(code) => {
            // As a finding prints it: `error[due-order]`.
            let code = code.split_once('[').map_or(&**code, |(_, rest)| rest.trim_end_matches(']'));
            let rule = rules::find(&code.to_ascii_lowercase()).ok_or_else(|| {
                unknown("code", code, Code::words()).or_help("`roadbook explain` lists all codes")
            })?;
            let columns = screen(io, global).columns.unwrap_or(WIDTH);
            rules::explain(rule, columns.min(WIDTH))
        }
    };
    io.terminal.out(&page)?;
    Ok(0)
}
