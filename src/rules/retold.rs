//! What is found where documents repeat the roadmap in their own words: titles, milestones and counts beside ids.

use super::{Example, Rule};
use crate::report::Severity;

/// A source of two milestones, whose guide repeats it.
const SHED: &str = r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands" }, { "id": "M-2", "title": "The shed is painted" }],
  "issues": [
    { "id": "SH-1", "title": "Pour the floor", "milestone": "M-1" },
    { "id": "SH-2", "title": "Raise the walls", "milestone": "M-1" },
    { "id": "SH-3", "title": "Buy paint", "milestone": "M-2" }
  ],
  "docs": ["guide.md"]
}"#;

pub(super) const COUNT_IN_TEXT: Rule = Rule {
    code: "count-in-text",
    severity: Severity::Warning,
    summary: "a document counts issues otherwise than the roadmap",
    explanation: "A number typed by hand was right once. Judged are numbers whose meaning is plain: below `Issues` in a \
table of milestones or labels of which other rows are right, in `(3 issues)` behind the milestone or label that a line begins \
with, and in `2 milestones and 3 issues` where one of the two is that of the whole roadmap. Correct the number, or let \
`build` tell it in a region: `<!-- roadbook:begin stats -->`.",
    bad: Example::source(SHED)
        .with(&[("guide.md", "# Guide\n\n| Milestone | Issues |\n|---|---|\n| M-1 | 3 |\n| M-2 | 1 |\n")]),
    good: Example::source(SHED)
        .with(&[("guide.md", "# Guide\n\n| Milestone | Issues |\n|---|---|\n| M-1 | 2 |\n| M-2 | 1 |\n")]),
    ..Rule::CHECKING
};

pub(super) const MILESTONE_IN_TEXT: Rule = Rule {
    code: "milestone-in-text",
    severity: Severity::Warning,
    summary: "a document puts an issue under another milestone",
    explanation: "The issue was moved, and the document still lists it where it stood. Judged are lists and tables below a \
milestone's heading that hold most of its issues, a column of milestones beside issues, and ids in brackets: \
`SH-3 (M-2)`, `M-1 (SH-1 through SH-2)`. Lists of something else, as of what a milestone waits for, are left alone. Move the \
line, or say `<!-- roadbook:allow milestone-in-text REASON -->` in the document.",
    bad: Example::source(SHED)
        .with(&[("guide.md", "# Guide\n\n## M-1 – The shed stands\n\n- SH-1\n- SH-2\n- SH-3\n")]),
    good: Example::source(SHED).with(&[(
        "guide.md",
        "# Guide\n\n## M-1 – The shed stands\n\n- SH-1\n- SH-2\n\n## M-2 – The shed is painted\n\n- SH-3\n",
    )]),
    ..Rule::CHECKING
};

pub(super) const TITLE_IN_TEXT: Rule = Rule {
    code: "title-in-text",
    severity: Severity::Warning,
    summary: "a document gives an id another title than it has",
    explanation: "The title was changed, and the document still has the old one. Judged are words behind an id and a \
separator (`SH-1: Pour the floor`) and columns beside ids, and only where they were meant as titles: they are a former title, \
they are nearly the title, or the others in the same list, heading level or column are titles. A shorter or a longer form of \
the title is left alone. Correct the words, or say `<!-- roadbook:allow title-in-text REASON -->` in the document.",
    bad: Example::source(SHED).with(&[(
        "guide.md",
        "# Guide\n\n| Issue | Title |\n|---|---|\n| SH-1 | Pour the floor |\n| SH-2 | Build the frame |\n| SH-3 | Buy paint |\n",
    )]),
    good: Example::source(SHED).with(&[(
        "guide.md",
        "# Guide\n\n| Issue | Title |\n|---|---|\n| SH-1 | Pour the floor |\n| SH-2 | Raise the walls |\n| SH-3 | Buy paint |\n",
    )]),
    ..Rule::CHECKING
};
