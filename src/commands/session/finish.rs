//! What a run ends with, once everything in reach was looked at: the findings about its own rules, and those that are accepted.

use super::Session;
use crate::{
    cli::Accept,
    commands::acceptance::{self, Settled},
    io::Failure,
    model::Roadmap,
    report::Code,
    rules::Reach,
    source,
};

impl Session<'_> {
    /// Adds what is wrong with the source's `rules` themselves, once everything in reach was looked at; then takes out what
    /// is accepted. Where the roadmap is no longer there, nothing is.
    pub(crate) fn finish(&mut self, reach: Reach, roadmap: Option<&Roadmap>) {
        let Some(roadmap) = roadmap else {
            let faults = self.settings.finish(reach);
            return self.report.extend(faults);
        };
        if let Some(accepted) = &self.accepted_file {
            // So that a rule about the file itself counts as one that finds something.
            let names = acceptance::names(roadmap, &self.report);
            let dry = acceptance::settle(self.report.clone(), &names, accepted, &self.found, reach);
            let _weighed = self.settings.apply(dry.unused);
        }
        let faults = self.settings.finish(reach);
        self.report.extend(faults);
        self.names = acceptance::names(roadmap, &self.report);
        self.settle(reach);
    }

    /// The same; then takes over what is found, where that is asked for.
    ///
    /// # Errors
    /// Where the file of accepted findings cannot be written.
    pub(crate) fn finish_accepting(
        &mut self,
        reach: Reach,
        roadmap: &Roadmap,
        accept: Option<Accept>,
    ) -> Result<(), Failure> {
        self.finish(reach, Some(roadmap));
        accept.map_or(Ok(()), |which| self.accept(which == Accept::All, reach))
    }

    /// Takes what is accepted out of what is told.
    fn settle(&mut self, reach: Reach) {
        if let Some(accepted) = &self.accepted_file {
            let report = std::mem::take(&mut self.report);
            let Settled { told, accepted, unused } =
                acceptance::settle(report, &self.names, accepted, &self.found, reach);
            (self.report, self.accepted) = (told, accepted);
            self.add(unused);
        }
    }

    /// Takes over what is found, as `--accept` asks; says what it did. Only what is finished can be accepted.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn accept(&mut self, takes_all: bool, reach: Reach) -> Result<(), Failure> {
        if self.is_blocked() || reach == Reach::Roadmap {
            self.say("nothing was accepted: not everything could be looked at");
            return Ok(());
        }
        // What was taken out is judged anew, and the file's own findings go with its old text.
        let report = std::mem::take(&mut self.report);
        let mut report = report.map(|finding| (finding.code != Code::UnusedAccepted).then_some(finding));
        report.extend(std::mem::take(&mut self.accepted));
        let old = self.accepted_file.take();
        let (file, change) = acceptance::accept(
            (self.disk().files, &self.found),
            (&report, &self.names),
            old.as_ref(),
            takes_all,
            reach,
        )?;
        (self.report, self.accepted_file) = (report, file);
        self.settle(reach);
        self.say(&change.said(&self.accepted_name()));
        if !takes_all && old.is_some() && acceptance::has_acceptable(&self.report) {
            self.say("what is new was not accepted; to take it over as well: roadbook check --accept=all");
        }
        Ok(())
    }

    fn accepted_name(&self) -> String {
        source::joined(&self.found.base, source::ACCEPTED)
    }

    /// How much is accepted, in words, behind what else is said; empty where nothing is.
    pub(crate) fn accepted_words(&self) -> String {
        match self.accepted.iter().count() {
            0 => String::new(),
            count => format!("; {count} accepted in {}", self.accepted_name()),
        }
    }
}
