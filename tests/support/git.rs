//! Git beside the program: a repository around a project, far from anybody's settings.

use std::{ffi::OsString, path::Path, process::Command};

use serde_json::Value;

use super::{Project, Run, SOURCE, Words, pretty};

/// The day of what no test gives another.
const DAY: &str = "2026-10-01";

/// Whoever commits.
const SETTINGS: [&str; 8] = [
    "-c",
    "user.name=Ada",
    "-c",
    "user.email=ada@example.org",
    "-c",
    "core.autocrlf=false",
    "-c",
    "protocol.file.allow=always",
];

impl Project {
    /// A folder that is no repository, in which the real program finds git and stands at 2026-11-22. Its path has a space and
    /// letters beyond ASCII; sources are written as they are.
    pub(crate) fn beside_git() -> Self {
        let mut project = Self::named("roadbook tests \u{fc} ", true);
        let own = Path::new(env!("CARGO_BIN_EXE_roadbook")).parent().expect("its folder").to_owned();
        let found = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([own].into_iter().chain(std::env::split_paths(&found)));
        project.variables = vec![
            ("PATH", path.expect("a path")),
            ("SOURCE_DATE_EPOCH", "1795305600".into()),
            ("GIT_CONFIG_GLOBAL", project.path("no such file").into()),
            ("GIT_CONFIG_NOSYSTEM", "1".into()),
            ("NO_COLOR", "1".into()),
        ];
        project
    }

    /// A repository without a commit, in such a folder.
    pub(crate) fn repository() -> Self {
        let project = Self::beside_git();
        project.git("init --quiet --initial-branch=main").ends_with(0);
        project
    }

    /// Runs git at the top of the project.
    pub(crate) fn git(&self, words: impl Words) -> Run {
        self.git_in("", words)
    }

    /// The same in a folder below it.
    pub(crate) fn git_in(&self, folder: &str, words: impl Words) -> Run {
        self.git_at(&noon(DAY), folder, words)
    }

    /// The same on a day, at noon.
    pub(crate) fn git_on(&self, day: &str, words: impl Words) -> Run {
        self.git_at(&noon(day), "", words)
    }

    fn git_at(&self, moment: &str, folder: &str, words: impl Words) -> Run {
        let mut command = Command::new("git");
        command.args(SETTINGS).args(words.words()).current_dir(self.path(folder));
        command.env("GIT_CONFIG_GLOBAL", self.path("no such file")).env("GIT_CONFIG_NOSYSTEM", "1");
        command.envs([("GIT_AUTHOR_DATE", moment), ("GIT_COMMITTER_DATE", moment)]);
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
        self.finish(&mut command)
    }

    /// Writes the roadmap and commits everything, on a day at noon.
    pub(crate) fn commit_plan(&self, day: &str, source: &Value) {
        self.write(SOURCE, pretty(source));
        self.commit_all(day);
    }

    /// Commits everything, on a day at noon.
    pub(crate) fn commit_all(&self, day: &str) {
        self.commit_at(&noon(day));
    }

    /// The same at a moment, in any form that git reads.
    pub(crate) fn commit_at(&self, moment: &str) {
        self.git_at(moment, "", "add --all").ends_with(0);
        self.git_at(moment, "", ["commit", "--quiet", "--message", "a secret reason"]).ends_with(0);
    }

    /// Commits everything, even if that is nothing.
    pub(crate) fn commit(&self, message: &str) -> Run {
        self.git("add --all").ends_with(0);
        self.git(["commit", "--quiet", "--allow-empty", "--message", message])
    }
}

fn noon(day: &str) -> String {
    format!("{day}T12:00:00Z")
}
