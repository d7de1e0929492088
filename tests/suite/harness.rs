//! A roadmap in a folder of its own, and the program run over it: in this process with its words collected, or as a
//! real one.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use roadbook::internals::io::{Disk, Failure, Files, Io, Terminal};

#[path = "../fuzz/random.rs"]
mod random;

pub(crate) use random::Random;

use crate::still::{Alone, Fixed};

/// Where the roadmaps lie that several tests share.
pub(crate) const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// Where most projects here keep their roadmap.
pub(crate) const SOURCE: &str = "roadmap/plan.json";

/// A source with its website switched off in its first line, where it is sound and says nothing of outputs itself.
pub(crate) fn documents_alone(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.find('{')?;
    let source: serde_json::Value = serde_json::from_str(&text[start..]).ok()?;
    let keys = source.as_object().filter(|keys| !keys.contains_key("outputs"))?;
    let comma = if keys.is_empty() { "" } else { "," };
    let switched_off = format!(r#" "outputs": {{ "site": null }}{comma}"#);
    Some([&text[..=start], &switched_off, &text[start + 1..]].concat().into_bytes())
}

/// Whether another source of the folder says where outputs go, which may be said once.
fn says_outputs(folder: &Path, path: &Path) -> bool {
    let others = fs::read_dir(folder).expect("it was made").filter_map(|entry| Some(entry.ok()?.path()));
    let others =
        others.filter(|other| other != path && other.extension().is_some_and(|ending| ending == "json"));
    let is_source = |other: &Path| fs::read_to_string(other).is_ok_and(|text| text.contains(r#""outputs""#));
    others.into_iter().any(|other| is_source(&other))
}

/// All files of a folder and what they hold; a link holds `-> ` and where it leads.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A folder that holds a roadmap and goes away with the test.
pub(crate) struct Project {
    root: PathBuf,
    _folder: tempfile::TempDir,
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        let folder =
            tempfile::Builder::new().prefix("roadbook-suite-").tempdir().expect("a folder of our own");
        let root = fs::canonicalize(folder.path()).expect("a real path");
        Self { root, _folder: folder }
    }

    /// A folder with these files.
    pub(crate) fn new<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let project = Self::empty();
        files.into_iter().for_each(|(path, text)| project.write(path, text));
        project
    }

    /// A folder with this roadmap.
    pub(crate) fn of(source: &serde_json::Value) -> Self {
        Self::new([(SOURCE, pretty(source).as_str())])
    }

    /// A folder with one of the fixtures' faulty roadmaps, which stand by themselves.
    pub(crate) fn with_source(fixture: &str) -> Self {
        let text = fs::read_to_string(Path::new(FIXTURES).join(fixture)).expect("a fixture");
        Self::new([(SOURCE, text.as_str())])
    }

    /// A copy of the roadmap of this repository, without the documents around it that its source names.
    pub(crate) fn own() -> Self {
        let project = Self::copy_of(concat!(env!("CARGO_MANIFEST_DIR"), "/roadmap"));
        let source = project.text("milestones_and_issues.json");
        let docs = "  \"docs\": [\"README.md\", \"docs\"],\n";
        assert!(source.contains(docs), "the source names its documents");
        project.write("milestones_and_issues.json", source.replace(docs, ""));
        project.write(".roadbook", "milestones_and_issues.json\n");
        project
    }

    /// A copy of a folder of this repository, as of one of the fixtures.
    pub(crate) fn copy_of(folder: impl AsRef<Path>) -> Self {
        let project = Self::empty();
        for (path, bytes) in tree(folder.as_ref()) {
            project.write(&path, bytes);
        }
        project
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Writes a file. A source that says nothing of its outputs is written without a website: what is held here is the
    /// documents, and what is held of every output holds for them; the website has tests of its own.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let (path, bytes) = self.ready(path, bytes.as_ref());
        fs::write(path, bytes).expect("a file of the test");
    }

    /// The same as many editors save: written elsewhere, then renamed. Whoever watches sees the old file or the new one;
    /// with [`Self::write`] they may see an empty one in between.
    pub(crate) fn save(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let (path, bytes) = self.ready(path, bytes.as_ref());
        // Not in the project, where a new name would be a change as well.
        let outside = self.root.parent().expect("the system's folder for such");
        let file = tempfile::NamedTempFile::new_in(outside).expect("a file of our own");
        fs::write(file.path(), bytes).expect("a file of the test");
        file.persist(path).expect("it is renamed");
    }

    /// Makes the folder of a file; gives its path, and the bytes that are to be written.
    fn ready(&self, path: &str, bytes: &[u8]) -> (PathBuf, Vec<u8>) {
        let is_made = path.starts_with("site/");
        let path = self.path(path);
        let folder = path.parent().expect("a file has a folder");
        fs::create_dir_all(folder).expect("its folder");
        let is_source = !is_made && path.extension().is_some_and(|ending| ending == "json");
        let own = documents_alone(bytes).filter(|_| is_source && !says_outputs(folder, &path));
        (path, own.unwrap_or_else(|| bytes.to_vec()))
    }

    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|why| panic!("{path}: {why}"));
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    pub(crate) fn tree(&self) -> Tree {
        tree(&self.root)
    }

    /// Puts the folder back into a state that it was in.
    pub(crate) fn restore(&self, wanted: &Tree) {
        let now = self.tree();
        for path in now.keys().filter(|path| !wanted.contains_key(*path)) {
            self.remove(path);
        }
        for (path, bytes) in wanted.iter().filter(|(path, bytes)| now.get(*path) != Some(*bytes)) {
            self.write(path, bytes);
        }
    }

    /// Runs `roadbook` with these words, standing in the folder.
    pub(crate) fn run<const N: usize>(&self, args: [&str; N]) -> Run {
        self.run_on(&self.disk(), b"", &args)
    }

    /// The same, standing in a folder below it.
    pub(crate) fn run_in(&self, folder: &str, args: &[&str]) -> Run {
        self.run_on(&Disk::new(self.path(folder)), b"", args)
    }

    /// The same with other files and with something on standard input.
    pub(crate) fn run_on(&self, files: &dyn Files, stdin: &[u8], args: &[&str]) -> Run {
        let terminal = Collected { stdin: stdin.to_vec(), ..Collected::default() };
        let args = std::iter::once("roadbook").chain(args.iter().copied()).map(OsString::from);
        let code = roadbook::internals::run(
            args,
            &Io { files, clock: &Fixed, terminal: &terminal, process: &Alone, network: &Alone },
        );
        Run { code, out: self.told(&terminal.out), err: self.told(&terminal.err) }
    }

    /// What was told, with this folder's path and the system's separators taken out.
    fn told(&self, text: &Mutex<String>) -> String {
        self.neutral(&text.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A text without what differs from machine to machine.
    pub(crate) fn neutral(&self, text: &str) -> String {
        let root = self.root.display().to_string();
        let text = text.replace(&root, "[ROOT]");
        if cfg!(windows) { text.replace('\\', "/") } else { text }
    }

    /// The disk as it is seen from this folder.
    pub(crate) fn disk(&self) -> Disk {
        Disk::new(self.root.clone())
    }

    /// The real program, standing in the folder, with an environment of nothing but what is needed.
    pub(crate) fn process(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        command.args(args).current_dir(&self.root).env_clear();
        // Without it nothing starts on Windows.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command
    }

    /// Runs the real program.
    pub(crate) fn spawn(&self, args: &[&str]) -> Run {
        self.finish(&mut self.process(args))
    }

    /// Runs git in a folder of the project, far from anybody's settings.
    pub(crate) fn git(&self, folder: &str, args: &[&str]) -> Run {
        let mut command = Command::new("git");
        command.args(["-c", "core.autocrlf=false", "-c", "user.name=t", "-c", "user.email=t@example.org"]);
        command.args(args).current_dir(self.path(folder));
        command.env("GIT_CONFIG_GLOBAL", self.path("none")).env("GIT_CONFIG_NOSYSTEM", "1");
        self.finish(&mut command)
    }

    /// Runs a command to its end.
    pub(crate) fn finish(&self, command: &mut Command) -> Run {
        let done = command.output().expect("the program starts");
        let text = |bytes: Vec<u8>| self.neutral(&String::from_utf8(bytes).expect("it speaks UTF-8"));
        let code = done.status.code().and_then(|code| u8::try_from(code).ok());
        Run { code: code.expect("it ends by itself"), out: text(done.stdout), err: text(done.stderr) }
    }

    /// Builds, and holds the result to being fine.
    pub(crate) fn built(self) -> Self {
        self.run(["build"]).ends_with_code(0);
        self
    }
}

impl Run {
    /// Holds the run to its exit code.
    #[track_caller]
    pub(crate) fn ends_with_code(&self, code: u8) -> &Self {
        assert_eq!(self.code, code, "\n-- stdout\n{}\n-- stderr\n{}", self.out, self.err);
        self
    }

    /// Holds the run to having told people these words.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.err.contains(words), "it does not say `{words}`:\n{}", self.err);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}:\n{}\n{}", self.out, self.err))
    }
}

/// A terminal that keeps what it is told.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    stdin: Vec<u8>,
    out: Mutex<String>,
    err: Mutex<String>,
}

impl Collected {
    /// What it was told for people.
    pub(crate) fn said(&self) -> String {
        self.err.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
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
        Ok(self.stdin.clone())
    }
}

/// All files below a folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inside)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = inside.join(entry.file_name());
            let kind = entry.file_type().expect("its kind");
            let name = path.to_str().expect("a Unicode name").replace('\\', "/");
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_symlink() {
                let target = fs::read_link(entry.path()).expect("where it leads");
                found.insert(name, format!("-> {}", target.display()).into());
            } else {
                found.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    found
}

/// The paths by which two states of a folder differ.
pub(crate) fn changed(before: &Tree, after: &Tree) -> Vec<String> {
    let all = before.keys().chain(after.keys()).collect::<std::collections::BTreeSet<_>>();
    all.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

/// Holds two states of a folder to being the same, and names the files by which they differ.
#[track_caller]
pub(crate) fn same_tree(before: &Tree, after: &Tree) {
    assert_eq!(changed(before, after), Vec::<String>::new(), "these files changed");
}

/// JSON as people write it.
pub(crate) fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("JSON");
    text.push('\n');
    text
}
