//! A roadmap in a folder of its own, and `roadbook` run over it against the fake: in this process by a clock that nobody
//! waits for, or as the real program, which can be killed.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
};

use roadbook::internals::io::{Disk, Failure, Internet, Io, Output, Process, Terminal};
use serde_json::Value;

use crate::{
    fake::{GitHub, TOKEN},
    still::Hasty,
};

/// Where the roadmap stands in its folder.
const SOURCE: &str = "roadmap/plan.json";

/// A folder that holds a roadmap and goes away with the test.
pub(crate) struct Project {
    root: PathBuf,
    /// What the environment says beside the token.
    pub(crate) variables: Vec<(&'static str, String)>,
    /// The token; `None` for none.
    pub(crate) token: Option<String>,
    _folder: tempfile::TempDir,
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    /// A folder with this roadmap, which makes no pages: what is tested here is what is sent.
    pub(crate) fn of(source: &Value) -> Self {
        let folder =
            tempfile::Builder::new().prefix("roadbook-github-").tempdir().expect("a folder of our own");
        let root = fs::canonicalize(folder.path()).expect("a real path");
        let token = Some(TOKEN.to_owned());
        let project = Self { root, variables: Vec::new(), token, _folder: folder };
        project.write(source);
        project
    }

    /// Gives the folder another roadmap.
    pub(crate) fn write(&self, source: &Value) {
        let mut source = source.clone();
        source["outputs"] =
            serde_json::json!({ "summary": null, "milestones": null, "labels": null, "site": null });
        let path = self.path(SOURCE);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, source.to_string()).expect("a file of the test");
    }

    /// Writes a file of the roadmap's folder as it is.
    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.path("roadmap").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file of the test");
    }

    /// Reads a file of the roadmap's folder; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path("roadmap").join(name)).unwrap_or_default()
    }

    /// The roadmap as it stands in the folder.
    pub(crate) fn source(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path(SOURCE)).expect("the source")).expect("JSON")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Removes a file of the folder, if it is there.
    pub(crate) fn lose(&self, path: &str) {
        let _ = fs::remove_file(self.path(path));
    }

    /// Runs `roadbook` in this process; whatever it waits for is over at once.
    pub(crate) fn run(&self, github: &GitHub, args: &[&str]) -> Run {
        self.run_at(&github.url(), args)
    }

    /// Applies, and confirms what a plan asks to be confirmed by its number.
    pub(crate) fn apply(&self, github: &GitHub, args: &[&str]) -> Run {
        let apply = |yes: &str| self.run(github, &[&["apply", yes], args].concat());
        let run = apply("--yes");
        let asked = run.out.split("asks for `--yes=").nth(1).and_then(|rest| rest.split('`').next());
        match asked.filter(|_| run.code == Some(2)) {
            Some(number) => apply(&format!("--yes={number}")),
            None => run,
        }
    }

    /// The same against whatever is at an address.
    pub(crate) fn run_at(&self, url: &str, args: &[&str]) -> Run {
        self.run_alone(&[args, &["--api-url", url]].concat())
    }

    /// Runs a verb that asks nobody.
    pub(crate) fn run_alone(&self, args: &[&str]) -> Run {
        let terminal = Collected::default();
        let world = Alone { project: self };
        let files = Disk::new(self.root.clone());
        let (clock, network) = (Hasty::default(), Internet::default());
        let io = Io { files: &files, clock: &clock, terminal: &terminal, process: &world, network: &network };
        let words = ["roadbook"].iter().chain(args).map(OsString::from);
        let code = Some(i32::from(roadbook::internals::run(words, &io)));
        let told = |text: &Mutex<String>| text.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Run { code, out: told(&terminal.out), err: told(&terminal.err) }
    }

    /// The real program, ready to be started.
    pub(crate) fn command(&self, github: &GitHub, args: &[&str]) -> Command {
        // Another build, as a release, can be named.
        let binary = std::env::var_os("ROADBOOK").unwrap_or_else(|| env!("CARGO_BIN_EXE_roadbook").into());
        let mut command = Command::new(binary);
        command.args(args).args(["--api-url", &github.url()]).current_dir(&self.root).env_clear();
        // Without it nothing starts on Windows.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command.envs(self.token.iter().map(|token| ("GH_TOKEN", token)));
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the real program.
    pub(crate) fn spawn(&self, github: &GitHub, args: &[&str]) -> Run {
        let output = self.command(github, args).output().expect("a program that starts");
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        Run { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

impl Run {
    /// Holds the run to an exit code.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    /// What was written, as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}: {}\n{}", self.out, self.err))
    }
}

/// An environment with nothing but a token, and no other programs.
struct Alone<'p> {
    project: &'p Project,
}

impl Process for Alone<'_> {
    fn variable(&self, name: &str) -> Option<String> {
        if name == "GH_TOKEN" {
            return self.project.token.clone();
        }
        let mut known = self.project.variables.iter();
        known.find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }

    fn run(&self, _: &str, _: &[&OsStr], _: &Path) -> Result<Option<Output>, Failure> {
        Ok(None)
    }
}

/// A terminal that remembers.
#[derive(Default)]
struct Collected {
    out: Mutex<String>,
    err: Mutex<String>,
}

impl Terminal for Collected {
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
        Ok(())
    }

    fn say(&self, text: &str) {
        self.err.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
    }

    fn is_coloured(&self) -> bool {
        false
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}
