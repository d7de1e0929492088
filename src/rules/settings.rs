//! What rules weigh: each by its row, then by the source's `rules`.
//!
//! A [`Settings`] is asked for each report of a run as it comes, and at the end for what the settings themselves got wrong.

use std::collections::BTreeMap;

use super::{Example, Kind, Rule, find, rule};
use crate::{
    model::Roadmap,
    report::{Action, Code, Diagnostic, Place, Report, Severity, closest},
    source::schema::Level,
};

pub(super) const FIXED_RULE: Rule = Rule {
    code: Code::FixedRule,
    summary: "`rules` changes a rule whose level is fixed",
    explanation: "A blocking fault leaves nothing that could be built: a reference without a target cannot be drawn, \
whatever `rules` says. So the weight of these rules cannot be changed, and the setting does nothing. Remove it and mend \
what the rule finds. `roadbook explain CODE` says of each rule whether it is blocking.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "rules": { "unknown-label": { "level": "off", "reason": "old labels" } } }"#,
    ),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it" }] }"#),
    ..Rule::JUDGING
};

pub(super) const UNEXPLAINED_RULE: Rule = Rule {
    code: Code::UnexplainedRule,
    severity: Severity::Warning,
    summary: "`rules` changes a rule without saying why",
    explanation: "Whoever reads this next has to know whether the rule may be put back. Write the level with its reason: \
`{ \"level\": \"off\", \"reason\": \"titles come from the old tracker\" }`.",
    bad: Example::source(r#"{ "issues": [{ "title": "Build it" }], "rules": { "made-id": "off" } }"#),
    good: Example::source(
        r#"{ "issues": [{ "title": "Build it" }], "rules": { "made-id": { "level": "off", "reason": "pinned next week" } } }"#,
    ),
    ..Rule::JUDGING
};

pub(super) const UNKNOWN_RULE: Rule = Rule {
    code: Code::UnknownRule,
    summary: "`rules` names a rule that does not exist",
    explanation: "The code is mistyped, or belongs to a rule of another version; what was to be silenced goes on being \
found. `roadbook explain` without a code lists all rules.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "rules": { "due-ordre": { "level": "warn", "reason": "known slips" } } }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "rules": { "due-order": { "level": "error", "reason": "as ever" } } }"#,
    ),
    ..Rule::JUDGING
};

pub(super) const UNUSED_RULE: Rule = Rule {
    code: Code::UnusedRule,
    severity: Severity::Warning,
    summary: "`rules` relaxes a rule that finds nothing",
    explanation: "An exception that is not needed any more hides the next fault of its kind. Remove it. A setting that \
makes a rule weigh more, or as much as ever, is a wish and may stay although nothing is found. Rules that look at files are \
asked only where `check` looked at them.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "rules": { "made-id": { "level": "off", "reason": "pinned next week" } } }"#,
    ),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it" }] }"#),
    ..Rule::JUDGING
};

/// How far a run came: which rules had their chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The roadmap was judged, as by `build`.
    Roadmap,
    /// The files were looked at too, as by `check`.
    Files,
}

/// What the source says that rules weigh here, and what has been found of it so far.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    levels: BTreeMap<Code, Setting>,
    faults: Report,
}

#[derive(Debug)]
struct Setting {
    rule: &'static Rule,
    level: Level,
    place: Place,
    is_used: bool,
}

impl Settings {
    /// Reads the `rules` of a source.
    pub(crate) fn new(roadmap: &Roadmap) -> Self {
        let mut settings = Self { levels: BTreeMap::new(), faults: Report::default() };
        for (file, code, level, is_explained) in &roadmap.rules {
            let place = Place::json(std::sync::Arc::clone(&roadmap.files[*file])).key("rules").key(code);
            settings.add(code, *level, *is_explained, place);
        }
        settings
    }

    fn add(&mut self, code: &str, level: Level, is_explained: bool, place: Place) {
        let Some(rule) = find(code) else {
            let close = closest(code, Code::words());
            let found =
                Diagnostic::new(Code::UnknownRule, place.the_key(), format!("there is no rule `{code}`"))
                    .help("`roadbook explain` lists all rules");
            self.faults.push(match close {
                Some(close) => found.did_you_mean(Some(close)).perhaps(Action::Key(close.to_owned())),
                None => found,
            });
            return;
        };
        if let Some((why, help)) = fixed(rule.kind) {
            let message = format!("`{code}` is {why}: its level cannot be changed");
            self.faults
                .push(Diagnostic::new(Code::FixedRule, place, message).help(help).perhaps(Action::Remove));
            return;
        }
        if !is_explained {
            let message = format!("`{code}` is changed without a reason");
            let help = format!("write `{{ \"level\": \"{}\", \"reason\": \"…\" }}`", word(level));
            self.faults.push(Diagnostic::new(Code::UnexplainedRule, place.clone(), message).help(help));
        }
        self.levels.insert(rule.code, Setting { rule, level, place, is_used: false });
    }

    /// Gives every finding its weight: that of its rule, unless the rule itself made it a warning; then what the source
    /// says. Blocking faults stay errors. Applying it twice changes nothing.
    #[must_use]
    pub(crate) fn apply(&mut self, report: Report) -> Report {
        report.weigh(|(code, severity)| self.weight(code, severity))
    }

    fn weight(&mut self, code: Code, severity: Severity) -> Option<Severity> {
        let rule = rule(code);
        // A note is about what no commit has: it uses no setting up, and none makes it heavier.
        if fixed(rule.kind).is_some() || severity == Severity::Note {
            return Some(severity);
        }
        let Some(setting) = self.levels.get_mut(&code) else {
            return Some(if severity == Severity::Error { rule.severity } else { severity });
        };
        setting.is_used = true;
        match setting.level {
            Level::Off => None,
            Level::Warn => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }

    /// What the settings themselves got wrong, once everything else has been applied.
    #[must_use]
    pub(crate) fn finish(&mut self, reach: Reach) -> Report {
        let faults = std::mem::take(&mut self.faults);
        let mut report = self.apply(faults);
        let mut unused = Report::default();
        for setting in self.levels.values().filter(|setting| setting.is_idle(reach)) {
            let message = format!("`{}` finds nothing here: this changes nothing", setting.rule.code);
            let found = Diagnostic::new(Code::UnusedRule, setting.place.clone().the_key(), message);
            unused.push(found.help("remove it").perhaps(Action::Remove));
        }
        report.extend(self.apply(unused));
        report
    }
}

impl Setting {
    /// Whether it makes a rule lighter that had its chance and found nothing.
    fn is_idle(&self, reach: Reach) -> bool {
        let is_lighter = match self.level {
            Level::Off => true,
            Level::Warn => self.rule.severity == Severity::Error,
            Level::Error => false,
        };
        let had_its_chance = reach == Reach::Files || self.rule.kind != Kind::Checking;
        is_lighter && had_its_chance && !self.is_used && self.rule.code != UNUSED_RULE.code
    }
}

/// Why the weight of rules of a kind cannot be changed, and what to do instead; `None` where it can.
fn fixed(kind: Kind) -> Option<(&'static str, &'static str)> {
    match kind {
        Kind::Blocking => Some(("blocking", "remove this, and mend what the rule finds")),
        Kind::Importing => Some(("found by `roadbook import` alone", "remove this")),
        Kind::Judging | Kind::Checking => None,
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Off => "off",
        Level::Warn => "warn",
        Level::Error => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::{all_found, roadmap};

    #[test]
    fn levels_are_those_of_the_source() {
        let source = |rules| {
            format!(
                r#"{{ "issues": [{{ "title": "a", "start_on": "2027-02-01", "due_on": "2027-01-01" }}], "rules": {rules} }}"#
            )
        };
        assert_eq!(
            all_found(&source(r#"{ "made-id": "error", "date-order": "warn", "due-order": "error" }"#)),
            [
                "warning date-order issues[0].start_on: `a` begins on 2027-02-01, after it is due",
                "made-id issues[0].title: the id `a` is made from the title",
                "warning unexplained-rule rules.date-order: `date-order` is changed without a reason",
                "warning unexplained-rule rules.due-order: `due-order` is changed without a reason",
                "warning unexplained-rule rules.made-id: `made-id` is changed without a reason",
            ]
        );
        assert_eq!(
            all_found(&source(
                r#"{ "made-id": "off", "date-order": "off", "unexplained-rule": "off", "site-url": "off", "dead-link": "off" }"#
            )),
            ["warning unused-rule rules.site-url: `site-url` finds nothing here: this changes nothing"]
        );
    }

    #[test]
    fn unknown_and_blocking_codes_are_told() {
        let source = r#"{ "issues": [{ "id": "A-1", "title": "a" }],
            "rules": { "made-idd": "off", "qqq": "off", "syntax": "warn" } }"#;
        assert_eq!(
            all_found(source),
            [
                "unknown-rule rules.made-idd: there is no rule `made-idd`",
                "unknown-rule rules.qqq: there is no rule `qqq`",
                "fixed-rule rules.syntax: `syntax` is blocking: its level cannot be changed",
            ]
        );
    }

    #[test]
    fn several_reports_are_weighed_and_files_only_asked_where_they_were_looked_at() {
        let source = r#"{ "issues": [{ "id": "A-1", "title": "a" }], "rules": {
            "dead-link": { "level": "warn", "reason": "x" }, "stale-file": { "level": "off", "reason": "x" } } }"#;
        let roadmap = roadmap(source);
        let found = || {
            let mut report = Report::default();
            report.push(Diagnostic::new(Code::DeadLink, Place::file("docs/a.md"), "x"));
            report
        };
        let mut settings = Settings::new(&roadmap);
        assert!(settings.apply(Report::default()).is_empty());
        let once = settings.apply(found());
        let weighed = settings.apply(once).sorted();
        assert_eq!(weighed[0].severity, Severity::Warning);
        let codes: Vec<_> = settings.finish(Reach::Files).sorted().iter().map(|found| found.code).collect();
        assert_eq!(codes, [Code::UnusedRule]);
        assert!(Settings::new(&roadmap).finish(Reach::Roadmap).is_empty());
    }
}
