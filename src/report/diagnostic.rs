//! One finding: what is wrong, where, and what to do.

use super::{Action, Code, Place, Repair};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// Fails the run: exit 1, or 3 where the rule is blocking.
    Error,
    /// Is told; fails the run only under `--deny-warnings`.
    Warning,
    /// Is told apart, and never fails the run: it is about files that no commit has.
    Note,
}

impl Severity {
    /// The word that people and JSON see.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One finding.
///
/// The message says what is wrong: lower case, no full stop, names in backticks. The help says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of the rule, as `unknown-label`; a row of [`crate::rules::RULES`].
    pub(crate) code: Code,
    /// How much it weighs, after the source's `rules` had their say.
    pub(crate) severity: Severity,
    /// The value at fault.
    pub(crate) place: Place,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
    /// Other places that matter, each with a word on why (`first defined here`).
    pub(crate) related: Vec<(Place, String)>,
    /// The change of the source that mends it, where there is one.
    pub(crate) repair: Option<Box<Repair>>,
}

impl Diagnostic {
    /// An error; [`super::Report::push`] gives it the severity of its rule.
    pub(crate) fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place,
            message: message.into(),
            help: None,
            related: Vec::new(),
            repair: None,
        }
    }

    /// The same as a warning, whatever its rule says: for rules that weigh by place.
    #[must_use]
    pub(crate) fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same as an error, whatever it was.
    #[must_use]
    pub(crate) fn error(mut self) -> Self {
        self.severity = Severity::Error;
        self
    }

    /// The same as a note, which nothing makes heavier.
    #[must_use]
    pub(crate) fn note(mut self) -> Self {
        self.severity = Severity::Note;
        self
    }

    /// The same with what to do.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with "did you mean …" where a name is close, else unchanged.
    #[must_use]
    pub(crate) fn did_you_mean(self, close: Option<&str>) -> Self {
        match close {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// The same with another place that matters.
    #[must_use]
    pub(crate) fn related(mut self, place: Place, why: impl Into<String>) -> Self {
        self.related.push((place, why.into()));
        self
    }

    /// The same with the one change that mends it and leaves what the source says.
    #[must_use]
    pub(crate) fn certainly(self, action: Action) -> Self {
        self.repaired(action, true)
    }

    /// The same with a change that mends it and may change what the source says.
    #[must_use]
    pub(crate) fn perhaps(self, action: Action) -> Self {
        self.repaired(action, false)
    }

    fn repaired(mut self, action: Action, is_certain: bool) -> Self {
        self.repair = Some(Box::new(Repair { place: self.place.clone(), action, is_certain }));
        self
    }

    /// The same, with its repair at another place.
    #[must_use]
    pub(crate) fn at(mut self, place: Place) -> Self {
        if let Some(repair) = &mut self.repair {
            repair.place = place;
        }
        self
    }
}
