//! `roadbook` run over a project against the fake: in this process by a clock that nobody waits for, or as the real program,
//! which can be killed.

use std::{
    fs,
    process::{Command, Stdio},
};

use roadbook::internals::io::Internet;
use serde_json::{Value, json};

use crate::{
    fake::{GitHub, TOKEN},
    support::{Around, Hasty, Project, Run, SOURCE, Words},
};

impl Project {
    /// A folder with this roadmap, logged in; it makes no pages: what is tested here is what is sent.
    pub(crate) fn asking(source: &Value) -> Self {
        let mut project = Self::whole("{}");
        project.rewrite(source);
        project.log_in(Some(TOKEN));
        project
    }

    /// Gives the folder another roadmap.
    pub(crate) fn rewrite(&self, source: &Value) {
        let mut source = source.clone();
        source["outputs"] = json!({ "summary": null, "milestones": null, "labels": null, "site": null });
        self.write(SOURCE, source.to_string());
    }

    /// The roadmap as it stands in the folder.
    pub(crate) fn source(&self) -> Value {
        serde_json::from_slice(&self.bytes(SOURCE)).expect("JSON")
    }

    /// Says another token in the environment, or none.
    pub(crate) fn log_in(&mut self, token: Option<&str>) {
        self.variables.retain(|(name, _)| *name != "GH_TOKEN");
        self.variables.extend(token.map(|token| ("GH_TOKEN", token.into())));
    }

    /// Removes a file of the folder, if it is there.
    pub(crate) fn lose(&self, path: &str) {
        let _ = fs::remove_file(self.path(path));
    }

    /// Runs `roadbook` in this process; whatever it waits for is over at once.
    pub(crate) fn ask(&self, github: &GitHub, words: impl Words) -> Run {
        self.ask_at(&github.url(), words)
    }

    /// The same against whatever is at an address.
    pub(crate) fn ask_at(&self, url: &str, words: impl Words) -> Run {
        let (files, clock, network) = (self.disk(), Hasty::default(), Internet::default());
        let around = Around { files: &files, clock: &clock, network: &network, input: b"" };
        self.run_within(&around, addressed(url, words))
    }

    /// Applies, and confirms what a plan asks to be confirmed by its number.
    pub(crate) fn apply(&self, github: &GitHub, words: &[&str]) -> Run {
        let apply = |yes: &str| self.ask(github, [&["apply", yes], words].concat());
        let run = apply("--yes");
        let asked = run.out.split("asks for `--yes=").nth(1).and_then(|rest| rest.split('`').next());
        match asked.filter(|_| run.code == 2) {
            Some(number) => apply(&format!("--yes={number}")),
            None => run,
        }
    }

    /// The real program, ready to be started.
    pub(crate) fn command(&self, github: &GitHub, words: impl Words) -> Command {
        let mut command = self.process(addressed(&github.url(), words));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the real program.
    pub(crate) fn really_ask(&self, github: &GitHub, words: impl Words) -> Run {
        self.finish(&mut self.command(github, words))
    }
}

fn addressed(url: &str, words: impl Words) -> Vec<String> {
    [words.words(), vec!["--api-url".to_owned(), url.to_owned()]].concat()
}
