//! A roadmap in a folder of its own, and the program run over it: in this process with its words collected, or as a
//! real one.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use roadbook::internals::io::{Clock, Disk, Failure, Files, Io, Network, Output, Process};
use serde_json::Value;

use super::{Alone, Collected, Fixed, Run, Tree, Words, pretty, tree};

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

/// A folder that holds a roadmap and goes away with the test.
pub(crate) struct Project {
    root: PathBuf,
    /// Whether sources are written as they are, with the website that they ask for.
    is_whole: bool,
    /// What is on standard input.
    pub(crate) input: String,
    /// How wide the terminal is; `None` where it is none.
    pub(crate) columns: Option<usize>,
    /// What the environment says.
    pub(crate) variables: Vec<(&'static str, OsString)>,
    _folder: tempfile::TempDir,
}

/// What is around a run in this process.
pub(crate) struct Around<'w> {
    pub(crate) files: &'w dyn Files,
    pub(crate) clock: &'w dyn Clock,
    pub(crate) network: &'w dyn Network,
    /// What is on standard input.
    pub(crate) input: &'w [u8],
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self::named("roadbook-tests-", false)
    }

    /// An empty folder whose path begins with this name, and whether sources are written into it as they are.
    pub(super) fn named(prefix: &str, is_whole: bool) -> Self {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir().expect("a folder of our own");
        let root = fs::canonicalize(folder.path()).expect("a real path").join("r");
        fs::create_dir(&root).expect("a folder of our own");
        let (input, columns, variables) = Default::default();
        Self { root, is_whole, input, columns, variables, _folder: folder }
    }

    /// A folder with this source as it is written, and with all outputs.
    pub(crate) fn whole(source: &str) -> Self {
        let project = Self { is_whole: true, ..Self::empty() };
        project.write(SOURCE, source);
        project
    }

    /// A folder with these files.
    pub(crate) fn new<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let project = Self::empty();
        files.into_iter().for_each(|(path, text)| project.write(path, text));
        project
    }

    /// A folder with this roadmap.
    pub(crate) fn of(source: &Value) -> Self {
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
        let is_source = !is_made && !self.is_whole && path.extension().is_some_and(|ending| ending == "json");
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

    /// Runs `roadbook` with these words in this process, standing in the folder.
    pub(crate) fn run(&self, words: impl Words) -> Run {
        self.run_on(&self.disk(), self.input.as_bytes(), words)
    }

    /// The same, standing in a folder below it.
    pub(crate) fn run_in(&self, folder: &str, words: impl Words) -> Run {
        self.run_on(&Disk::new(self.path(folder)), self.input.as_bytes(), words)
    }

    /// The same with other files and with something on standard input.
    pub(crate) fn run_on(&self, files: &dyn Files, input: &[u8], words: impl Words) -> Run {
        self.run_within(&Around { files, clock: &Fixed, network: &Alone, input }, words)
    }

    /// The same with this around it.
    pub(crate) fn run_within(&self, around: &Around<'_>, words: impl Words) -> Run {
        let Around { files, clock, network, input } = *around;
        let terminal = Collected::new(input, self.columns);
        let words = words.words().into_iter().map(OsString::from);
        let code = roadbook::internals::run(
            std::iter::once("roadbook".into()).chain(words),
            &Io { files, clock, terminal: &terminal, process: self, network },
        );
        Run { code, out: self.neutral(&terminal.answer()), err: self.neutral(&terminal.said()) }
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
    pub(crate) fn process(&self, words: impl Words) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        command.args(words.words()).current_dir(&self.root).env_clear();
        // Without it nothing starts on Windows.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
        command
    }

    /// Runs the real program.
    pub(crate) fn spawn(&self, words: impl Words) -> Run {
        self.finish(&mut self.process(words))
    }

    /// The same, standing in a folder below it.
    pub(crate) fn spawn_in(&self, folder: &str, words: impl Words) -> Run {
        self.finish(self.process(words).current_dir(self.path(folder)))
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
        self.run("build").ends_with(0);
        self
    }
}

/// A machine with no other program, whose environment says what the project's does.
impl Process for Project {
    fn variable(&self, name: &str) -> Option<String> {
        let (_, value) = self.variables.iter().find(|(known, _)| *known == name)?;
        value.to_str().map(str::to_owned)
    }

    fn run(&self, _: &str, _: &[&OsStr], _: &Path) -> Result<Option<Output>, Failure> {
        Ok(None)
    }
}
