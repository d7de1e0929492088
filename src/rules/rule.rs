//! What a rule is, and the examples that teach it.

use crate::{
    facts::Facts,
    model::Roadmap,
    report::{Code, Report, Severity},
};

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The roadmap.
    pub roadmap: &'a Roadmap,
    /// What follows from it.
    pub facts: &'a Facts,
}

/// What a finding of a rule does to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is written, and the run ends with 3: the source cannot be understood. Its weight cannot be changed.
    Blocking,
    /// Everything is built and drawn; an error ends the run with 1.
    Judging,
    /// Found in generated and hand-written files, once they are looked at; an error ends the run with 1.
    Checking,
    /// Found by `import` in the document that it reads; an error ends it with 1. The source does not weigh it.
    Importing,
}

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its stable name, as `due-order`.
    pub code: Code,
    /// What a finding of it does to a run.
    pub kind: Kind,
    /// What it weighs, unless the source says otherwise.
    pub(crate) severity: Severity,
    /// What it says, in one line without a full stop.
    pub summary: &'static str,
    /// Why it exists and what to do, in Markdown.
    pub explanation: &'static str,
    /// A roadmap that it finds fault with and no other rule does (of [`Kind::Checking`], but for `stale-file`).
    pub bad: Example,
    /// The same, mended.
    pub good: Example,
    /// What finds it, where a roadmap is enough to do so.
    pub(crate) run: Option<fn(&Context<'_>, &mut Report)>,
}

impl Rule {
    /// What the rows of blocking rules share: they are found where the source is read or resolved.
    pub(super) const BLOCKING: Self = Self {
        // Every row gives its own; [`super::RULES`] holds it to that.
        code: Code::Syntax,
        kind: Kind::Blocking,
        severity: Severity::Error,
        summary: "",
        explanation: "",
        bad: Example::files(&[]),
        good: Example::files(&[]),
        run: None,
    };

    /// What the rows of judging rules share that are found where the source is resolved.
    pub(super) const JUDGING: Self = Self { kind: Kind::Judging, ..Self::BLOCKING };

    /// What the rows of rules share that are found in files.
    pub(super) const CHECKING: Self = Self { kind: Kind::Checking, ..Self::BLOCKING };
}

/// Where an example's JSON stands.
pub const EXAMPLE_FILE: &str = "roadmap/roadmap.json";

/// The text of a file that is deleted after `build`.
pub const DELETED: &str = "⟨deleted⟩";

/// A small repository that shows a rule. Every one is run by a test; of [`Kind::Checking`], `build` is run in it first;
/// of [`Kind::Importing`], its SUMMARY.md is imported into its source.
///
/// So that limits can be shown in one line, `⟨101 × TEXT⟩` in a file stands for that many copies of the text, `#` in it
/// for the number of the copy, and `⟨0xE9⟩` for one byte. A file whose text is [`DELETED`] is none.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    source: Option<&'static str>,
    others: &'static [(&'static str, &'static str)],
    after_build: &'static [(&'static str, &'static str)],
}

impl Example {
    /// One JSON source.
    pub(crate) const fn source(source: &'static str) -> Self {
        Self { source: Some(source), others: &[], after_build: &[] }
    }

    /// Files by their paths from the root, and no JSON but theirs.
    pub(crate) const fn files(others: &'static [(&'static str, &'static str)]) -> Self {
        Self { source: None, others, after_build: &[] }
    }

    /// The same with other files beside the source.
    #[must_use]
    pub(crate) const fn with(self, others: &'static [(&'static str, &'static str)]) -> Self {
        Self { others, ..self }
    }

    /// The same where these files are written once `build` has run.
    #[must_use]
    pub(crate) const fn after_build(self, after_build: &'static [(&'static str, &'static str)]) -> Self {
        Self { after_build, ..self }
    }

    /// The files as they are shown: path and text.
    pub fn shown(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let source = self.source.map(|source| (EXAMPLE_FILE, source));
        source.into_iter().chain(self.others.iter().copied())
    }

    /// The files as they lie on a disk: path and bytes.
    #[cfg(feature = "internals")]
    pub fn written(&self) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
        self.shown().map(|(path, text)| (path, expand(text)))
    }

    /// The files that are written once `build` has run: path and text.
    pub fn edits(&self) -> &'static [(&'static str, &'static str)] {
        self.after_build
    }
}

/// The text with what stands in `⟨…⟩` written out.
#[cfg(feature = "internals")]
fn expand(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, inner, after)) =
        rest.split_once('⟨').and_then(|(b, rest)| rest.split_once('⟩').map(|(i, a)| (b, i, a)))
    {
        bytes.extend_from_slice(before.as_bytes());
        match inner.strip_prefix("0x").and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(copies(inner).as_bytes()),
        }
        rest = after;
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// `3 × TEXT` three times; items of a list with a comma between them.
#[cfg(feature = "internals")]
fn copies(inner: &str) -> String {
    let Some((count, text)) = inner.split_once(" × ") else { return inner.to_owned() };
    let between = if text.ends_with(['}', '"', ']']) { ", " } else { "" };
    let copies = (1..=count.parse().unwrap_or(1)).map(|number: usize| text.replace('#', &number.to_string()));
    copies.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn examples_are_written_out() {
        assert_eq!(expand(r#"[⟨3 × "A-#"⟩]"#), br#"["A-1", "A-2", "A-3"]"#);
        assert_eq!(expand("<⟨4 × x⟩>"), b"<xxxx>");
        assert_eq!(expand("caf⟨0xE9⟩!"), b"caf\xe9!");
        assert_eq!(expand("no ⟨end"), "no ⟨end".as_bytes());
    }
}
