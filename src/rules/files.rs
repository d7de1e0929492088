//! What is found in files: in what was generated, in hand-written documents, and in templates.

use super::{Example, Kind, Rule, rule::DELETED};
use crate::report::{Code, Severity};

/// A source that names one document.
const WITH_GUIDE: &str = r#"{
  "issues": [{ "id": "A-1", "title": "Build it", "labels": ["area:shed"] }],
  "labels": [{ "name": "area:shed" }],
  "docs": ["docs/guide.md"]
}"#;

const ONE_MILESTONE: &str = r#"{ "milestones": [{ "id": "M-1", "title": "The shed stands" }] }"#;

pub(super) const BROKEN_REGION: Rule = Rule {
    code: Code::BrokenRegion,
    summary: "the markers of a region do not fit together",
    explanation: "`build` fills what stands between `<!-- roadbook:begin NAME -->` and `<!-- roadbook:end -->` in a \
document. A begin without an end, an end without a begin, one region within another or the same one twice leave open what \
is generated and what is yours, so the document is left as it is. Give each begin its end, and each region its own place.",
    bad: Example::source(WITH_GUIDE)
        .with(&[("docs/guide.md", "# Guide\n\n<!-- roadbook:begin overview -->\n")]),
    good: Example::source(WITH_GUIDE)
        .with(&[("docs/guide.md", "# Guide\n\n<!-- roadbook:begin overview -->\n<!-- roadbook:end -->\n")]),
    ..Rule::CHECKING
};

pub(super) const BROKEN_TEMPLATE: Rule = Rule {
    code: Code::BrokenTemplate,
    kind: Kind::Blocking,
    summary: "a template cannot be read or filled",
    explanation: "A template in the `templates` folder beside the JSON takes the place of the built-in one of its name. \
All of them are read, and one page of each kind is made, before anything is written. Correct the place that the message \
names; `roadbook templates` writes out the built-in ones to compare with, and `roadbook templates --diff` shows what has \
changed in them.",
    bad: Example::source(ONE_MILESTONE)
        .with(&[("roadmap/templates/markdown/summary.md", "# {{ roadmap.title }\n")]),
    good: Example::source(ONE_MILESTONE),
    ..Rule::CHECKING
};

pub(super) const TEMPLATE_LIMIT: Rule = Rule {
    code: Code::TemplateLimit,
    kind: Kind::Blocking,
    summary: "a template takes more than a page may cost",
    explanation: "A template in the `templates` folder beside the JSON may come from a stranger, so what it costs is limited: \
steps (loops in loops), bytes of one text or list, bytes of a page, and how deep things lie in one another. A page may cost \
what it shows many times over, so the limits grow with the roadmap, and are the same on every machine. Loop over less, join \
with the `join` filter in the place of adding to a text in a loop, and leave out what the page does not show.",
    bad: Example::source(ONE_MILESTONE).with(&[(
        "roadmap/templates/markdown/SUMMARY.md",
        "{% for a in range(end=9999) %}{% for b in range(end=9999) %}{% endfor %}{% endfor %}\n",
    )]),
    good: Example::source(ONE_MILESTONE),
    ..Rule::CHECKING
};

pub(super) const DEAD_ANCHOR: Rule = Rule {
    code: Code::DeadAnchor,
    summary: "a link leads to a heading that does not exist",
    explanation: "The file that the link leads to exists, but no heading or anchor in it has that name, so readers land \
at its top. Anchors are made as GitHub makes them: lower case, spaces as hyphens, most other signs left out; headings and names in HTML \
count, and case does not when a link is followed. Correct the part behind `#`.",
    bad: Example::source(WITH_GUIDE).with(&[("docs/guide.md", "# Guide\n\nSee [the end](#the-end).\n")]),
    good: Example::source(WITH_GUIDE).with(&[("docs/guide.md", "# Guide\n\nSee [the top](#guide).\n")]),
    ..Rule::CHECKING
};

pub(super) const DEAD_LINK: Rule = Rule {
    code: Code::DeadLink,
    summary: "a link leads to a file that does not exist",
    explanation: "A relative link in a document or in a text of the roadmap leads to no file of the repository. The file \
was moved, or the path begins at the wrong folder: it begins at the file that holds the link, or with `/` at the top of the \
repository. What git ignores or does not track is in no clone, and so counts as missing: `git add` it. Addresses of the web \
are not asked, for `check` needs no network.",
    bad: Example::source(WITH_GUIDE).with(&[("docs/guide.md", "# Guide\n\nSee [the plan](plan.md).\n")]),
    good: Example::source(WITH_GUIDE)
        .with(&[("docs/guide.md", "# Guide\n\nSee [the plan](../roadmap/SUMMARY.md).\n")]),
    ..Rule::CHECKING
};

pub(super) const FOREIGN_FILE: Rule = Rule {
    code: Code::ForeignFile,
    summary: "a file that Roadbook would write is not Roadbook's",
    explanation: "Every generated file has a mark. A file without one stands where an output belongs: somebody wrote it \
by hand, and writing over it would destroy that. `build` shows the difference, lists what would \
be lost, and writes nothing at all until `--adopt PATH` names the file. Then it is replaced; where no commit has it, it stays as \
`PATH.before-roadbook`. Or give the output another place in `outputs`, or switch it off with `null`.",
    bad: Example::source(ONE_MILESTONE).after_build(&[("roadmap/LABELS.md", "# Our labels\n\nAsk Mara.\n")]),
    good: Example::source(
        r#"{ "milestones": [{ "id": "M-1", "title": "The shed stands" }], "outputs": { "labels": null } }"#,
    )
    .after_build(&[("roadmap/LABELS.md", "# Our labels\n\nAsk Mara.\n")]),
    ..Rule::CHECKING
};

pub(super) const INTERNAL_LEAK: Rule = Rule {
    code: Code::InternalLeak,
    summary: "the site names something that is internal",
    explanation: "`\"internal\": true` keeps an item and all beneath it out of the site: pages, data, search and feeds. \
Texts are written by people, though, and one of them names the id or the title. Change the text, make its item internal too, \
or let the item be seen. The Markdown in the repository shows it all the same.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "body": "Once A-2 is settled." },
    { "id": "A-2", "title": "Buy the neighbour's garden", "internal": true }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "body": "Once there is room." },
    { "id": "A-2", "title": "Buy the neighbour's garden", "internal": true }
  ]
}"#,
    ),
    ..Rule::CHECKING
};

pub(super) const MISSING_DOC: Rule = Rule {
    code: Code::MissingDoc,
    summary: "a document that the source names does not exist or cannot be read",
    explanation: "`docs` names hand-written Markdown files, or folders of them, from the root of the repository: `build` \
fills their regions and `check` reads their links and ids. This one was moved or mistyped, was never added to git, or cannot be read: it is a link that leads nowhere or out of the \
root, a pipe, or a file that the system refuses. Correct the path, `git add` the file, or take it out of the list. All other \
documents are judged.",
    bad: Example::source(WITH_GUIDE),
    good: Example::source(WITH_GUIDE).with(&[("docs/guide.md", "# Guide\n")]),
    ..Rule::CHECKING
};

pub(super) const MISSING_FILE: Rule = Rule {
    code: Code::MissingFile,
    summary: "a generated file does not exist",
    explanation: "The source makes this file, and it is not there: it was deleted, or the source was changed and \
`roadbook build` not run. Run it and commit what it writes; one that git ignores is in no clone, and is added with \
`git add --force`. An output that nobody needs is switched off with `null` in \
`outputs`.",
    bad: Example::source(ONE_MILESTONE).after_build(&[("roadmap/SUMMARY.md", DELETED)]),
    good: Example::source(ONE_MILESTONE),
    ..Rule::CHECKING
};

pub(super) const ORPHAN_FILE: Rule = Rule {
    code: Code::OrphanFile,
    summary: "a generated file is left over",
    explanation: "The file has Roadbook's mark and stands in a folder of its outputs, but the source no longer makes it: \
a milestone was dropped or has another id. Links still lead readers to it, and what it says is not true any more. \
`roadbook build` removes it; `aliases` leaves a page behind that leads to the new one.",
    bad: Example::source(ONE_MILESTONE).after_build(&[(
        "roadmap/roadmap.json",
        r#"{ "milestones": [{ "id": "M-2", "title": "The shed stands" }] }"#,
    )]),
    good: Example::source(ONE_MILESTONE),
    ..Rule::CHECKING
};

pub(super) const STALE_CLAIM: Rule = Rule {
    code: Code::StaleClaim,
    severity: Severity::Warning,
    summary: "a hand-written document contradicts the source",
    explanation: "A document names an issue or a milestone of this roadmap and says of it what the source does not: \
another title, other labels, another milestone, another number of issues. Words are judged only where it is plain that they \
repeat the roadmap: in columns whose heads say what they hold (`Title`, `Labels`, `Milestone`, `Issues`, `Description`) or of \
which the other rows agree; behind an id and a separator (`DB-001: Build it`) where they are nearly the title or the others \
in the list are titles; in lists below a milestone's heading that hold most of its issues; in `DB-007 (DB-ML1)`, in \
`(3 issues)` behind a milestone or a label, and in `2 milestones and 3 issues` of which one is right. Notes on an issue are \
left alone. Correct the document, or the JSON where the document is right; what is to follow the source by itself stands in \
a region (`<!-- roadbook:begin NAME -->`).",
    bad: Example::source(WITH_GUIDE)
        .with(&[("docs/guide.md", "# Guide\n\n| Issue | Title |\n|---|---|\n| A-1 | Tear it down |\n")]),
    good: Example::source(WITH_GUIDE)
        .with(&[("docs/guide.md", "# Guide\n\n| Issue | Title |\n|---|---|\n| A-1 | Build it |\n")]),
    ..Rule::CHECKING
};

pub(super) const STALE_FILE: Rule = Rule {
    code: Code::StaleFile,
    summary: "a generated file does not match the source",
    explanation: "The file is not what `roadbook build` would write: the source was changed and not built, or the file was \
edited by hand. Where the edit is what was meant, make it in the JSON; the difference names the field behind each line. Then \
run `roadbook build` and commit both together. Line ends do not matter.",
    bad: Example::source(ONE_MILESTONE).after_build(&[(
        "roadmap/roadmap.json",
        r#"{ "milestones": [{ "id": "M-1", "title": "The shed is up" }] }"#,
    )]),
    good: Example::source(ONE_MILESTONE),
    ..Rule::CHECKING
};

pub(super) const UNKNOWN_LABEL_IN_TEXT: Rule = Rule {
    code: Code::UnknownLabelInText,
    summary: "a document names a label that does not exist",
    explanation: "A code span or a word in a document begins with the prefix of a label group, as `area:`, and no \
label has that name. It was renamed, or is mistyped; whoever searches for it finds nothing. Only prefixes of this roadmap's \
labels are judged, and outside code spans only those that several labels share. Correct the name, or say `<!-- roadbook:allow unknown-label-in-text REASON -->` in the document.",
    bad: Example::source(WITH_GUIDE).with(&[("docs/guide.md", "# Guide\n\nIssues have `area:shet`.\n")]),
    good: Example::source(WITH_GUIDE).with(&[("docs/guide.md", "# Guide\n\nIssues have `area:shed`.\n")]),
    ..Rule::CHECKING
};

pub(super) const UNKNOWN_REGION: Rule = Rule {
    code: Code::UnknownRegion,
    summary: "a region has an unknown name",
    explanation: "The name behind `roadbook:begin` says what `build` fills in: `overview`, `milestone ID`, `labels GROUP`, \
`stats` and others, which the message lists. This one is none of them, or names a milestone or group that there \
is not. Correct the name; what stands in the region is left as it is.",
    bad: Example::source(WITH_GUIDE)
        .with(&[("docs/guide.md", "# Guide\n\n<!-- roadbook:begin overwiev -->\n<!-- roadbook:end -->\n")]),
    good: Example::source(WITH_GUIDE)
        .with(&[("docs/guide.md", "# Guide\n\n<!-- roadbook:begin overview -->\n<!-- roadbook:end -->\n")]),
    ..Rule::CHECKING
};

pub(super) const UNUSED_ACCEPTED: Rule = Rule {
    code: Code::UnusedAccepted,
    severity: Severity::Warning,
    summary: "an accepted finding no longer occurs",
    explanation: "`roadbook check --accept` takes over what is found today into `roadbook.accepted.json` beside the JSON, so \
that only what is new is told: a line for each finding, by rule, file, item and value, with how many there may be. A line \
that accepts more than there is would hide the next fault of its kind. Remove it, or run `roadbook check --accept` again: \
once the file is there, that only takes lines out.",
    bad: Example::source(WITH_GUIDE).with(&[
        ("docs/guide.md", "# Guide\n"),
        (
            "roadmap/roadbook.accepted.json",
            r#"{
  "version": 1,
  "accepted": [
    {"code":"dead-link","file":"docs/guide.md","value":"docs/plan.md"}
  ]
}"#,
        ),
    ]),
    good: Example::source(WITH_GUIDE).with(&[
        ("docs/guide.md", "# Guide\n"),
        ("roadmap/roadbook.accepted.json", r#"{ "version": 1, "accepted": [] }"#),
    ]),
    ..Rule::CHECKING
};

pub(super) const UNUSED_ALLOW: Rule = Rule {
    code: Code::UnusedAllow,
    severity: Severity::Warning,
    summary: "a document allows what does not occur in it",
    explanation: "`<!-- roadbook:allow CODE reason -->` silences one rule in one document. Nothing there is found by that \
rule any more, so the comment only hides what may come. Remove it.",
    bad: Example::source(WITH_GUIDE)
        .with(&[("docs/guide.md", "# Guide\n\n<!-- roadbook:allow dead-link the plan comes later -->\n")]),
    good: Example::source(WITH_GUIDE).with(&[("docs/guide.md", "# Guide\n")]),
    ..Rule::CHECKING
};
