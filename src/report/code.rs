//! The codes of findings: the words by which `explain`, `rules`, `allow`, `--accept` and every format name a rule.

use std::fmt;

use serde::{Serialize, Serializer};

/// The codes, each as the program writes it and as people do.
macro_rules! codes {
    ($($code:ident = $word:literal,)+) => {
        /// The stable name of a rule; a row of [`crate::rules::RULES`], and its place there. Their order is that of their words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = concat!("`", $word, "`")] $code,)+
        }

        impl Code {
            /// All codes, in their order.
            pub(crate) const ALL: &[Self] = &[$(Self::$code),+];

            /// The word that people and other programs see, as `unknown-label`.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$code => $word,)+
                }
            }
        }
    };
}

codes! {
    AmbiguousMilestone = "ambiguous-milestone",
    AssigneeLimit = "assignee-limit",
    BadAlias = "bad-alias",
    BadAssignee = "bad-assignee",
    BadId = "bad-id",
    BadLock = "bad-lock",
    BadPath = "bad-path",
    BadRepository = "bad-repository",
    BidiOverride = "bidi-override",
    BlockerLimit = "blocker-limit",
    BodyLength = "body-length",
    BodyTwice = "body-twice",
    BrokenRegion = "broken-region",
    BrokenTemplate = "broken-template",
    BrokenWords = "broken-words",
    ClosedBeforeBlocker = "closed-before-blocker",
    ConflictMarkers = "conflict-markers",
    ControlCharacter = "control-character",
    DateOrder = "date-order",
    DeadAnchor = "dead-anchor",
    DeadLink = "dead-link",
    DependencyCycle = "dependency-cycle",
    DroppedBlocker = "dropped-blocker",
    DueAfterMilestone = "due-after-milestone",
    DueOrder = "due-order",
    DuplicateGroup = "duplicate-group",
    DuplicateId = "duplicate-id",
    DuplicateKey = "duplicate-key",
    DuplicateLabel = "duplicate-label",
    DuplicateTitle = "duplicate-title",
    EmptyRoadmap = "empty-roadmap",
    EmptyTitle = "empty-title",
    Encoding = "encoding",
    ExclusiveGroup = "exclusive-group",
    FixedRule = "fixed-rule",
    ForeignFile = "foreign-file",
    FutureDate = "future-date",
    GithubField = "github-field",
    GivenTwice = "given-twice",
    ImportContradiction = "import-contradiction",
    ImportInexact = "import-inexact",
    ImportKept = "import-kept",
    ImportLeftOut = "import-left-out",
    InternalLeak = "internal-leak",
    InvalidDate = "invalid-date",
    InvisibleCharacter = "invisible-character",
    LabelCase = "label-case",
    LabelColor = "label-color",
    LabelDescriptionLength = "label-description-length",
    LabelEmoji = "label-emoji",
    LabelLimit = "label-limit",
    LabelNameLength = "label-name-length",
    LabelWas = "label-was",
    MadeId = "made-id",
    MilestoneWas = "milestone-was",
    MissingDoc = "missing-doc",
    MissingFile = "missing-file",
    MissingKey = "missing-key",
    NegativeEstimate = "negative-estimate",
    OpenInClosed = "open-in-closed",
    OrphanFile = "orphan-file",
    PhaseCoverage = "phase-coverage",
    PhaseMention = "phase-mention",
    RenamedId = "renamed-id",
    RepeatedReference = "repeated-reference",
    RequiredGroup = "required-group",
    SimilarLabel = "similar-label",
    SiteLang = "site-lang",
    SiteUrl = "site-url",
    StaleClaim = "stale-claim",
    StaleFile = "stale-file",
    StateContradiction = "state-contradiction",
    SubIssueLimit = "sub-issue-limit",
    Syntax = "syntax",
    TemplateLimit = "template-limit",
    TitleLength = "title-length",
    TitleSpace = "title-space",
    UnexplainedRule = "unexplained-rule",
    UnknownBlocker = "unknown-blocker",
    UnknownColumn = "unknown-column",
    UnknownId = "unknown-id",
    UnknownKey = "unknown-key",
    UnknownLabel = "unknown-label",
    UnknownLabelInText = "unknown-label-in-text",
    UnknownMilestone = "unknown-milestone",
    UnknownParent = "unknown-parent",
    UnknownRegion = "unknown-region",
    UnknownRule = "unknown-rule",
    UnknownWord = "unknown-word",
    UnownedBody = "unowned-body",
    UnreachableDue = "unreachable-due",
    UnusedAccepted = "unused-accepted",
    UnusedAllow = "unused-allow",
    UnusedRule = "unused-rule",
    VersionMismatch = "version-mismatch",
    WrongType = "wrong-type",
    WrongWord = "wrong-word",
}

impl Code {
    /// The code of this word.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.binary_search_by_key(&word, |code| code.word()).ok().map(|ix| Self::ALL[ix])
    }

    /// The words of all codes.
    pub(crate) fn words() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|code| code.word())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn words_are_the_names_in_their_order() {
        assert!(Code::ALL.is_sorted_by_key(|code| code.word()));
        for code in Code::ALL {
            let name = format!("{code:?}").to_lowercase();
            assert_eq!((code.word().replace('-', ""), Code::named(code.word())), (name, Some(*code)));
        }
        assert_eq!(Code::named("unknown-labell"), None);
    }
}
