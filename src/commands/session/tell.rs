//! How the findings of a run are told: to people, as annotations, or as data.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::Value;

use super::Session;
use crate::{
    cli::{Findings, Format},
    commands::advice,
    edit::with_fixes,
    io::{Failure, Terminal, Wire},
    report::{
        self, Code, Envelope, Finding, Gathered, Located, MOST_OF_A_CODE, Report, RuleMeta, Severity, Styled,
        Texts,
    },
    rules,
};

impl Session<'_> {
    /// Tells all findings, and returns the exit code that they come to.
    ///
    /// # Errors
    /// Where standard output cannot be written.
    pub(crate) fn tell(
        mut self,
        command: &'static str,
        findings: &Findings,
        pinned: Option<String>,
        looked_at: BTreeMap<&'static str, Value>,
    ) -> Result<u8, Failure> {
        let report = std::mem::take(&mut self.report);
        let exit_code = exit_code(&report, findings.deny_warnings);
        let accepted = std::mem::take(&mut self.accepted);
        let texts = self.texts();
        let mut located = report::locate_all(report, accepted, &self.names, &texts);
        if matches!(findings.format, Format::Json | Format::Sarif) {
            located = with_fixes(located, &texts);
        }
        if matches!(findings.format, Format::Github | Format::Sarif) {
            located = self.seen_from_top(located)?;
        }
        let envelope = envelope(command, pinned, looked_at);
        if let (Some(within), Format::Json | Format::Sarif) = (&self.global.within, findings.format) {
            within.add(located, envelope);
            return Ok(exit_code);
        }
        let terminal = self.io.terminal;
        match findings.format {
            Format::Human => terminal.say_styled(&self.words(located, &texts)),
            Format::Github => terminal.out_as(Wire::Commands, &report::annotations(&located))?,
            Format::Json | Format::Sarif => print_data(terminal, findings.format, &located, &envelope)?,
        }
        Ok(exit_code)
    }

    /// The findings for readers who name files from the top of the repository, as GitHub does.
    fn seen_from_top(&self, located: Located) -> Result<Located, Failure> {
        let above = self.way_from_top()?;
        if above.is_empty() {
            return Ok(located);
        }
        Ok(located.map(|finding| finding.seen_from_above(&above)))
    }

    /// The finding with the commands of its help as they are typed where the user stands, from where `way` leads to the root.
    fn advising(&self, mut finding: Finding, way: &Path) -> Finding {
        let advised = |help: String| advice::from_here(&advice::advised(&help, &self.global.given), way);
        finding.diagnostic.help = finding.diagnostic.help.map(advised);
        finding
    }

    /// All findings with their lines, and the words that tell them to people.
    pub(crate) fn told(mut self) -> (Located, Styled) {
        let report = std::mem::take(&mut self.report);
        let texts = self.texts();
        let located = report::locate_all(report, Report::default(), &self.names, &texts);
        let words = self.words(located.clone(), &texts);
        (located, words)
    }

    /// Findings as people read them, with the line that sums them up; the errors alone where nothing else is wanted.
    fn words(&self, located: Located, texts: &dyn Texts) -> Styled {
        let most = if self.global.verbose { None } else { Some(MOST_OF_A_CODE) };
        // Where nobody can tell the way, paths are told from the root.
        let way = advice::way(self.disk().files, &self.found.root).unwrap_or_default();
        let located = located.unaccepted().map(|finding| self.advising(finding, &way));
        let shown = if self.global.quiet { located.errors() } else { located };
        let colour = self.is_coloured();
        let text = report::human(&shown, texts, colour, most);
        let gap = if text.ends_with("\n\n") { "" } else { "\n" };
        let repairs = advice::advised(&report::repairs_line(&shown), &self.global.given);
        let summary = report::summary_line(&shown);
        let is_silent = shown.findings.is_empty();
        Styled::new(if is_silent { text } else { format!("{text}{gap}{summary}\n{repairs}") }, colour)
    }
}

/// Tells what several runs found as one document, where data is wanted.
///
/// # Errors
/// Where standard output cannot be written.
pub(in crate::commands) fn tell_gathered(
    terminal: &dyn Terminal,
    format: Format,
    gathered: &Gathered,
) -> Result<(), Failure> {
    match gathered.take() {
        Some((located, envelope)) => print_data(terminal, format, &located, &envelope),
        None => Ok(()),
    }
}

fn print_data(
    terminal: &dyn Terminal,
    format: Format,
    located: &Located,
    envelope: &Envelope,
) -> Result<(), Failure> {
    let text = match format {
        Format::Sarif => report::sarif(located, &rule_metas(located)),
        _ => report::json(located, envelope),
    };
    terminal.out_as(Wire::Json, &text)
}

fn envelope(
    command: &'static str,
    pinned: Option<String>,
    looked_at: BTreeMap<&'static str, Value>,
) -> Envelope {
    let blocking = Code::ALL.iter().copied().filter(|code| rules::is_blocking(*code)).collect();
    Envelope { command, pinned, looked_at, blocking }
}

/// 3 where nothing could be built, 1 where an error was found (or a warning, where they are denied), else 0.
fn exit_code(report: &Report, deny_warnings: bool) -> u8 {
    let is_error = |severity| match severity {
        Severity::Error => true,
        Severity::Warning => deny_warnings,
        Severity::Note => false,
    };
    let is_any = || report.counts().iter().any(|((_, severity), count)| *count > 0 && is_error(*severity));
    if rules::blocks(report) { 3 } else { u8::from(is_any()) }
}

/// What SARIF says of the rules that found something.
fn rule_metas(located: &Located) -> Vec<RuleMeta> {
    let codes: BTreeSet<_> = located.findings.iter().map(|finding| finding.diagnostic.code).collect();
    let meta = |code| {
        let rules::Rule { summary, explanation, severity, .. } = *rules::rule(code);
        RuleMeta { code, summary, explanation, severity }
    };
    codes.into_iter().map(meta).collect()
}
