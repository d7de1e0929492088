//! What a repository needs so that Roadbook runs in it by itself: workflows and a hook, as values.
//!
//! The templates are plain text with four names in it, between `@`: YAML for GitHub is full of braces, and nobody
//! overrides what is written once and is the repository's own from then on. The workflows of Roadbook's own repository come
//! from the same templates; a test holds them to that.

mod agents;
mod attributes;
mod git_hook;
mod hook;
mod ignore;
mod pin;
mod start;

pub(crate) use agents::{AGENTS, SKILL, SKILLS, is_our_skill, with_block};
pub(crate) use attributes::{Attributes, DRIVER, DRIVER_COMMAND, attributing};
pub(crate) use git_hook::{GitHook, husky_hook, is_our_git_hook, managed};
pub use hook::new_hook;
pub(crate) use hook::{added_hook, has_hook, hook_entry};
pub(crate) use ignore::ignoring;
pub use pin::Pin;
pub(crate) use pin::repinned;
pub(crate) use start::{Start, starting_roadmap};

/// Where the program and its sources are: what Cargo.toml says.
const ADDRESS: &str = env!("CARGO_PKG_REPOSITORY");

/// The folder of the action, in Roadbook's repository.
const ACTION: &str = ".github/actions/roadbook";

/// The file that pre-commit reads, from the root of a repository.
pub(crate) const HOOK_PATH: &str = ".pre-commit-config.yaml";

/// A file of a repository that a person could have written: it has no mark, and is never built anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaffold {
    /// Its path from the root of the repository, which need not be the root of the roadmap.
    pub path: &'static str,
    /// Its text, with LF at the end of each line.
    pub text: String,
}

/// Which Roadbook a workflow uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A release of it.
    Release(Pin),
    #[cfg(feature = "internals")]
    /// The one in the commit that the workflow runs for: only Roadbook's own repository holds one.
    Checkout,
}

impl Origin {
    /// The action, as `uses:` names it.
    fn action(&self) -> String {
        match self {
            #[cfg(feature = "internals")]
            Self::Checkout => format!("./{ACTION}"),
            Self::Release(pin) => format!("{}/{ACTION}@{}", repository(), pin.reference("")),
        }
    }
}

/// A workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workflow {
    /// Refuses documents that do not agree with the source, and says what a pull request changes in the roadmap.
    Check,
    /// Says it in a comment as well. It needs [`Workflow::Check`].
    Comment,
    /// Publishes the website.
    Pages,
    /// Fails on a schedule where GitHub is not as the source says.
    Drift,
    /// Brings home on a schedule what people did on GitHub, in a pull request.
    Pull,
}

impl Workflow {
    /// All of them, in the order of their meaning to a newcomer.
    pub const ALL: [Self; 5] = [Self::Check, Self::Comment, Self::Pages, Self::Drift, Self::Pull];

    /// Its file, as it is for a repository whose default branch is `branch`.
    pub fn scaffold(self, origin: &Origin, branch: &str) -> Scaffold {
        let text = self.template().replace("@action@", &origin.action()).replace("@branch@", &quoted(branch));
        Scaffold { path: self.path(), text }
    }

    /// Where it lies.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Check => ".github/workflows/roadbook-check.yml",
            Self::Comment => ".github/workflows/roadbook-comment.yml",
            Self::Pages => ".github/workflows/roadbook-pages.yml",
            Self::Drift => ".github/workflows/roadbook-drift.yml",
            Self::Pull => ".github/workflows/roadbook-pull.yml",
        }
    }

    fn template(self) -> &'static str {
        match self {
            Self::Check => include_str!("../../templates/setup/check.yml"),
            Self::Comment => include_str!("../../templates/setup/comment.yml"),
            Self::Pages => include_str!("../../templates/setup/pages.yml"),
            Self::Drift => include_str!("../../templates/setup/drift.yml"),
            Self::Pull => include_str!("../../templates/setup/pull.yml"),
        }
    }
}

/// `owner/name` of Roadbook's own repository.
fn repository() -> &'static str {
    let mut parts = ADDRESS.rmatch_indices('/').skip(1);
    parts.next().map_or(ADDRESS, |(at, _)| &ADDRESS[at + 1..])
}

/// A text in double quotes, as YAML reads it: what JSON escapes, YAML escapes alike. The filters of GitHub read some characters
/// as patterns, which a backslash takes away.
fn quoted(text: &str) -> String {
    let mut pattern = String::new();
    // Nothing takes the meaning from an expression: a pattern for anything stands in its place.
    for c in text.replace("${{", "\u{0}").chars() {
        if c == '\0' {
            pattern.push('*');
            continue;
        }
        if "*?+[]!\\".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    serde_json::Value::from(pattern).to_string()
}

#[cfg(test)]
mod tests;
