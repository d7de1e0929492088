//! Bad input and a bad world: a clear error, the right exit code, no half-written file, nothing of the user's lost.

use std::{fmt::Write, fs};

use serde_json::json;

use crate::support::{Project, SOURCE, Tree, changed, pretty, same_tree};

/// A good roadmap with documents built, so that there is something to lose.
fn built() -> Project {
    let source = json!({
        "title": "Kept",
        "milestones": [{ "id": "A-M1", "title": "First" }, { "id": "A-M2", "title": "Second" }],
        "issues": [{ "title": "A-1: Dig", "milestone": "A-M1", "labels": ["area:ground"] }],
        "docs": ["README.md"],
    });
    let project = Project::of(&source);
    project
        .write("README.md", "# Mine\n\n<!-- roadbook:begin overview -->\n<!-- roadbook:end -->\n\nwords\n");
    project.built()
}

/// Holds both verbs to refusing this source with these words, and to leaving everything as it is.
#[track_caller]
fn refused(source: impl AsRef<[u8]>, words: &[&str]) {
    let project = built();
    project.write(SOURCE, source);
    let before = project.tree();
    for verb in ["build", "check"] {
        let run = words.iter().fold(project.run([verb]).ends_with(3), |run, words| run.says(words));
        assert!(run.err.contains("roadmap/plan.json"), "it names the file:\n{}", run.err);
        assert!(!run.err.contains("panicked"), "{}", run.err);
    }
    same_tree(&before, &project.tree());
}

#[test]
fn truncated_json_is_told_where_it_ends() {
    let whole = fs::read_to_string(format!("{}/whole/roadmap/plan.json", crate::support::FIXTURES))
        .expect("it is there");
    for share in 1..20 {
        let at = whole.floor_char_boundary(whole.len() * share / 20);
        refused(&whole[..at], &["error[syntax]"]);
    }
    refused("{ \"title\": \"x", &["error[syntax]", "roadmap/plan.json:1:13"]);
    refused("{ \"title\": \"x\",", &["error[syntax]"]);
    refused("", &["error[syntax]", "empty"]);
    refused(" \n\t ", &["error[syntax]"]);
}

#[test]
fn two_hundred_levels_are_too_many_and_overflow_nothing() {
    for deep in [200, 100_000] {
        refused("[".repeat(deep), &["error[syntax]"]);
        refused(format!("{{ \"extra\": {}1{} }}", "[".repeat(deep), "]".repeat(deep)), &["error[syntax]"]);
        refused(
            format!("{{ \"extra\": {}1{} }}", "{\"a\":".repeat(deep), "}".repeat(deep)),
            &["error[syntax]"],
        );
    }
}

#[test]
fn what_is_not_utf_8_is_told_as_what_it_is() {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}{ \"title\": \"x\" }".encode_utf16().flat_map(bytes).collect()
    };
    refused(utf16(u16::to_le_bytes), &["error[encoding]", "UTF-16"]);
    refused(utf16(u16::to_be_bytes), &["error[encoding]", "UTF-16"]);
    refused(&utf16(u16::to_le_bytes)[2..], &["error[encoding]", "UTF-16"]);
    refused(b"{ \"title\": \"caf\xe9\" }", &["error[encoding]", "0xE9", "roadmap/plan.json:1:16"]);
    refused(b"\xff\xfe\x00\xd8", &["error[encoding]"]);
}

#[test]
fn lone_surrogates_are_told_and_pairs_are_read() {
    refused(r#"{ "title": "\ud800" }"#, &["error[syntax]", "roadmap/plan.json:1:1"]);
    refused(r#"{ "title": "\udc00 x" }"#, &["error[syntax]"]);
    let pair = Project::new([(
        SOURCE,
        r#"{ "title": "\ud83d\ude80", "milestones": [{ "id": "A-1", "title": "x" }] }"#,
    )]);
    assert!(pair.built().text("roadmap/SUMMARY.md").contains("# 🚀 - Milestones"));
}

#[test]
fn conflict_markers_are_one_finding_with_both_sides() {
    let source =
        "{\n<<<<<<< HEAD\n  \"title\": \"Ours\"\n=======\n  \"title\": \"Theirs\"\n>>>>>>> feature/x\n}\n";
    refused(source, &["HEAD", "feature/x", "roadmap/plan.json:2:1", "1 error"]);
    let project = built();
    project.write(SOURCE, source);
    let found = project.run(["check", "--format", "json"]).json();
    assert_eq!(found["counts"]["errors"], 1, "{found}");
}

#[test]
fn what_is_empty_is_told_and_written() {
    for source in
        ["{}", r#"{ "milestones": [], "issues": [], "labels": [], "phases": [] }"#, r#"{ "title": "Later" }"#]
    {
        let project = Project::new([(SOURCE, source)]);
        project.run(["build"]).ends_with(0).says("warning[empty-roadmap]").says("2 written");
        project.run(["check"]).ends_with(1).says("empty-roadmap").says("checked 0 milestones, 0 issues");
        assert!(project.text("roadmap/SUMMARY.md").contains("0 milestones and 0 issues"));
    }
    for source in ["null", "[]", "42", "\"x\"", "true"] {
        refused(source, &["error[wrong-type]"]);
    }
}

#[test]
fn a_byte_order_mark_and_crlf_are_read() {
    let source = "\u{feff}{\r\n  \"title\": \"Marked\",\r\n  \"milestones\": [{ \"id\": \"A-1\", \"title\": 1 }]\r\n}\r\n";
    refused(source, &["roadmap/plan.json:3:42", "must be a string"]);
    let project = Project::new([(SOURCE, &*source.replace("\"title\": 1", "\"title\": \"x\""))]);
    assert!(project.built().text("roadmap/SUMMARY.md").contains("# Marked - "));
}

/// Of this many bytes is the great body, unless `ROADBOOK_TEST_BODY_BYTES` says otherwise: 50 MB take their time where
/// the compiler has not made the program fast.
const BODY_BYTES: usize = if cfg!(debug_assertions) { 5_000_000 } else { 50_000_000 };

#[test]
fn a_great_body_is_shown_as_text_and_told() {
    let bytes = std::env::var("ROADBOOK_TEST_BODY_BYTES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(BODY_BYTES);
    for line in ["word *and* <b>tag</b> and [link](x) `\n", "> ", "[", "<div>", "*a ", "- ", "|a"] {
        let bytes = if line.len() > 10 { bytes } else { bytes / 25 };
        let source = json!({
            "milestones": [{ "id": "A-M1", "title": "First" }],
            "issues": [{ "title": "A-1: Dig", "milestone": "A-M1", "body": line.repeat(bytes / line.len()) },
                       { "title": "A-2: Behind", "milestone": "A-M1", "body": "I am **still** here." }],
        });
        let project = Project::of(&source);
        let build =
            project.run(["build"]).ends_with(0).says("warning[body-length]").says("roadmap/plan.json");
        assert!(build.err.len() < 20_000, "what is told stays short: {}", build.err.len());
        let page = project.text("roadmap/milestones/m-a-m1.md")
            + &project
                .tree()
                .get("roadmap/milestones/m-a-m1~2.md")
                .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
                .unwrap_or_default();
        assert!(page.contains("A-2: Behind") && page.contains("I am **still** here."), "{line}");
        project.run(["check"]).ends_with(0);
    }
}

#[test]
fn a_folder_where_a_file_should_be_is_told() {
    let project = built();
    project.remove(SOURCE);
    project.write("roadmap/plan.json/inside.txt", "kept");
    let before = project.tree();
    for verb in ["build", "check"] {
        project
            .run([verb])
            .ends_with(3)
            .says("cannot read `[ROOT]/roadmap/plan.json`: it is a folder, not a file");
    }
    same_tree(&before, &project.tree());

    for output in ["roadmap/SUMMARY.md", "roadmap/LABELS.md", "roadmap/milestones/m-a-m1.md", "README.md"] {
        let project = built();
        project.remove(output);
        project.write(&format!("{output}/inside.txt"), "kept");
        project.write("roadmap/milestones/m-a-m2.md", "<!-- Generated by roadbook from x. -->\nstale\n");
        let before = project.tree();
        for verb in ["build", "check"] {
            let run = project.run([verb]);
            assert!(run.code == 3 || output == "README.md", "{output}: {}", run.err);
            if run.code == 3 {
                run.says(output).says("it is a folder, not a file");
                same_tree(&before, &project.tree());
            }
        }
        assert_eq!(project.text(&format!("{output}/inside.txt")), "kept");
    }
}

#[test]
fn a_file_where_a_folder_should_be_is_told() {
    for file in ["roadmap/milestones", "out"] {
        let project = Project::of(&json!({
            "milestones": [{ "id": "A-M1", "title": "First" }], "outputs": { "labels": "out/deep/LABELS.md" }
        }));
        project.write(file, "mine\n");
        let before = project.tree();
        project.run(["build"]).ends_with(3).says(&format!("`{file}` is not a folder"));
        same_tree(&before, &project.tree());
        project.run(["check"]).ends_with(1);
        same_tree(&before, &project.tree());
    }
}

#[test]
fn a_template_that_fails_on_one_page_alone_is_told_with_file_and_line() {
    let project = built();
    // It compiles, and the page that is tried before the first write is another one.
    project.write(
        "roadmap/templates/markdown/milestone.md",
        "# {{ title }}\n\n{% if title == \"Second\" %}\n  {{ nothing.here }}\n{% endif %}\n",
    );
    let before = project.tree();
    for fresh in [false, true] {
        if fresh {
            project.remove("roadmap/milestones/m-a-m1.md");
            project.remove("roadmap/milestones/m-a-m2.md");
            fs::remove_dir(project.path("roadmap/milestones")).expect("it is empty");
        }
        let then = project.tree();
        let build = project.run(["build"]);
        build.ends_with(3).says("error[broken-template]").says("roadmap/templates/markdown/milestone.md:4:6");
        let now = project.tree();
        for path in changed(&then, &now) {
            let text = String::from_utf8_lossy(&now[&path]).into_owned();
            assert!(path.ends_with(".md") && !path.contains("templates"), "{path}");
            assert!(
                text.ends_with('\n') && text.starts_with("<!-- Generated"),
                "{path} is half written:\n{text}"
            );
        }
        assert!(
            now.keys().all(|path| !path.contains(roadbook::internals::io::TEMPORARY)),
            "{:?}",
            now.keys()
        );
        assert_eq!(now["README.md"], before["README.md"]);
        project.run(["check"]).ends_with(3).says("roadmap/templates/markdown/milestone.md:4:6");
    }
    project.write("roadmap/templates/markdown/milestone.md", "{% if %}");
    let then = project.tree();
    project.run(["build"]).ends_with(3).says("roadmap/templates/markdown/milestone.md:1");
    same_tree(&then, &project.tree());
    project.write("roadmap/templates/markdown/milestone.md", b"\xff");
    project.run(["build"]).ends_with(3).says("error[encoding]: this file is not UTF-8");
    project.remove("roadmap/templates/markdown/milestone.md");
    project.run(["build"]).ends_with(0);
    assert_eq!(project.tree(), built().tree());
}

#[test]
fn a_document_that_is_no_text_is_told_and_stays() {
    let project = built();
    project.write("README.md", b"# \xff\n\n<!-- roadbook:begin overview -->\n<!-- roadbook:end -->\n");
    let before = project.tree();
    for verb in ["build", "check"] {
        let run = project.run([verb]);
        assert_ne!(run.code, 0);
        run.says("encoding").says("README.md");
    }
    same_tree(&before, &project.tree());
    // Nor is anything else written: the document would show less than the rest.
    project.write(SOURCE, project.text(SOURCE).replace("Kept", "Renamed"));
    let before = project.tree();
    project.run(["build"]).ends_with(3).says("nothing was written: a document cannot be read");
    same_tree(&before, &project.tree());
}

/// A world in which writing fails.
pub(crate) mod world {
    use std::{
        io::{Error, ErrorKind},
        path::{Path, PathBuf},
        sync::atomic::{AtomicUsize, Ordering},
    };

    use roadbook::internals::io::{Disk, Entry, Failure, Files};

    /// A disk on which so many bytes, in so many steps, can still be written.
    pub(crate) struct Full {
        pub(super) disk: Disk,
        pub(super) steps: AtomicUsize,
        pub(super) bytes: AtomicUsize,
        pub(super) why: ErrorKind,
        /// Whether only one step fails, and the next ones are fine again.
        recovers: bool,
    }

    impl Full {
        pub(crate) fn new(disk: Disk, steps: usize, bytes: usize, why: ErrorKind) -> Self {
            Self { disk, steps: steps.into(), bytes: bytes.into(), why, recovers: false }
        }

        /// A disk on which one step fails after so many that do not.
        pub(crate) fn once(disk: Disk, steps: usize) -> Self {
            Self { recovers: true, ..Self::new(disk, steps, usize::MAX, ErrorKind::StorageFull) }
        }

        /// Takes from what is left; fails for good where that is not enough.
        fn take(&self, doing: &str, path: &Path, bytes: usize) -> Result<(), Failure> {
            let took = |left: &AtomicUsize, n: usize| {
                let less = |left: usize| Some(left.saturating_sub(n));
                left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
                    .is_ok_and(|left| left >= n && (n > 0 || left > 0))
            };
            let goes_on = match self.recovers {
                true => self.steps.fetch_sub(1, Ordering::SeqCst) != 0,
                false => took(&self.steps, 1) && (bytes == 0 || took(&self.bytes, bytes)),
            };
            if goes_on {
                return Ok(());
            }
            Err(Failure::files(doing, path, &Error::from(self.why)))
        }
    }

    impl Files for Full {
        fn here(&self) -> &Path {
            self.disk.here()
        }

        fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
            self.disk.entry(path)
        }

        fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
            self.disk.read(path)
        }

        fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
            self.disk.list(folder)
        }

        fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
            self.disk.walk(folder)
        }

        fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
            self.disk.real(path)
        }

        fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
            self.take("write", path, bytes.len())?;
            self.disk.write(path, bytes)
        }

        fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
            self.take("write", path, bytes.len())?;
            self.disk.append(path, bytes)
        }

        fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
            self.take("make", folder, 0)?;
            self.disk.stage(folder)
        }

        fn publish(&self, staged: &Path, folder: &Path) -> Result<(), Failure> {
            self.take("write", folder, 0)?;
            self.disk.publish(staged, folder)
        }

        fn remove(&self, path: &Path) -> Result<(), Failure> {
            self.take("remove", path, 0)?;
            self.disk.remove(path)
        }

        fn sweep(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
            self.disk.sweep(folder)
        }
    }
}

/// A roadmap before and after a change that rewrites, adds and removes files: the folder as it is built before, and what
/// each file may hold afterwards.
fn half_way() -> (Project, Tree, Tree) {
    let source = |word: &str, last: &str| {
        json!({
            "title": word,
            "milestones": [{ "id": "A-M1", "title": word }, { "id": last, "title": format!("{word} end") }],
            "issues": [{ "title": format!("A-1: {word}"), "milestone": "A-M1", "labels": ["area:ground"] }],
            "docs": ["README.md"], "outputs": { "site": null, "labels": if word == "Old" { "roadmap/LABELS.md" } else { "new/deep/LABELS.md" } },
        })
    };
    let project = Project::of(&source("Old", "A-M2"));
    project
        .write("README.md", "# Mine\n\n<!-- roadbook:begin overview -->\n<!-- roadbook:end -->\n\nwords\n");
    let project = project.built();
    project.write(SOURCE, pretty(&source("New", "A-M3")));
    let old = project.tree();
    project.run(["build"]).ends_with(0).says("5 written, 0 unchanged, 2 removed");
    let new = project.tree();
    project.restore(&old);
    fs::remove_dir_all(project.path("new")).expect("our own folder");
    (project, old, new)
}

/// Holds every file to being old or new as a whole.
#[track_caller]
pub(crate) fn whole_files(now: &Tree, old: &Tree, new: &Tree) {
    for path in now.keys().chain(old.keys()) {
        let (now, old, new) = (now.get(path), old.get(path), new.get(path));
        assert!(
            now == old || now == new,
            "{path} is neither old nor new: {:?}",
            now.map(|bytes| String::from_utf8_lossy(bytes))
        );
    }
}

#[test]
fn a_disk_that_fails_at_any_step_leaves_whole_files() {
    use std::io::ErrorKind;
    let (project, old, new) = half_way();
    let mut steps = 0;
    loop {
        let full = world::Full::new(project.disk(), steps, usize::MAX, ErrorKind::StorageFull);
        let run = project.run_on(&full, b"", ["build"]);
        let now = project.tree();
        whole_files(&now, &old, &new);
        if run.code == 0 {
            same_tree(&now, &new);
            break;
        }
        run.ends_with(3).says("error: cannot ");
        assert!(
            now.keys().all(|path| !path.contains(roadbook::internals::io::TEMPORARY)),
            "{:?}",
            now.keys()
        );
        // With room again the next build completes.
        project.run(["build"]).ends_with(0);
        same_tree(&project.tree(), &new);
        project.restore(&old);
        fs::remove_dir_all(project.path("new")).expect("our own folder");
        steps += 1;
    }
    assert_eq!(steps, 9, "five writes, a folder made and named, two removed");
}

#[test]
fn a_disk_that_is_full_after_any_number_of_bytes_leaves_whole_files() {
    use std::io::ErrorKind;
    let (project, old, new) = half_way();
    for bytes in (0..6_000).step_by(150) {
        let full = world::Full::new(project.disk(), usize::MAX, bytes, ErrorKind::StorageFull);
        let run = project.run_on(&full, b"", ["build"]);
        whole_files(&project.tree(), &old, &new);
        assert!(run.code == 3 || changed(&project.tree(), &new).is_empty(), "{}", run.err);
        project.restore(&old);
        fs::remove_dir_all(project.path("new")).ok();
    }
}

#[test]
fn a_folder_that_may_not_be_written_to_is_told_and_stays() {
    use std::io::ErrorKind;
    let (project, old, _) = half_way();
    let locked = world::Full::new(project.disk(), 0, 0, ErrorKind::PermissionDenied);
    project.run_on(&locked, b"", ["build"]).ends_with(3).says("permission denied");
    same_tree(&old, &project.tree());
    project.run_on(&locked, b"", ["check"]).ends_with(1).says("to fix: roadbook build");
    project
        .run_on(&locked, b"", ["check", "--patch", "fix.patch"])
        .ends_with(3)
        .says("cannot write `fix.patch`: permission denied");
    same_tree(&old, &project.tree());
}

#[cfg(unix)]
mod processes {
    use std::{
        collections::BTreeMap,
        fs,
        os::unix::{
            fs::{MetadataExt, PermissionsExt},
            process::ExitStatusExt,
        },
        path::{Path, PathBuf},
        process::{Command, Stdio},
    };

    use roadbook::internals::io::TEMPORARY;
    use serde_json::json;

    use super::{half_way, whole_files};
    use crate::support::{Project, SOURCE, changed, pretty, same_tree};

    /// Permissions bind everybody but root, which tests in containers often are: then this says nothing, and the same is
    /// held above by files that refuse.
    #[test]
    fn a_read_only_folder_is_told_and_stays() {
        let (project, old, _) = half_way();
        let folder = project.path("roadmap");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("ours");
        let binds = fs::write(folder.join("probe"), "").is_err();
        if binds {
            project.spawn(["build"]).ends_with(3).says("cannot write").says("permission denied");
            same_tree(&old, &project.tree());
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("ours");
    }

    /// `ulimit -f` makes every write past so many blocks of 512 bytes fail as a full disk does, for everybody and without a
    /// file system of our own.
    #[test]
    fn a_real_process_that_runs_out_of_room_leaves_whole_files() {
        let (project, old, new) = half_way();
        let source = fs::read_to_string(project.path(SOURCE)).expect("it is there");
        let long = source.replace(
            "\"title\": \"A-1: New\"",
            &format!("\"body\": {:?},\n\"title\": \"A-1: New\"", "word ".repeat(2_000)),
        );
        assert_ne!(long, source);
        project.write(SOURCE, &long);
        let (mut old, mut new) = (old, new);
        old.insert(SOURCE.into(), long.clone().into());
        let room = Project::copy_of(project.root());
        room.run(["build"]).ends_with(0);
        new.clone_from(&room.tree());
        let mut refused = 0;
        for blocks in 0..8 {
            let mut command = Command::new("sh");
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build");
            command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_roadbook")).current_dir(project.root());
            let run = project.finish(&mut command);
            whole_files(&project.tree(), &old, &new);
            run.ends_with(3).says("error: cannot write `[ROOT]/").says("file too large");
            refused += 1;
            project.restore(&old);
            fs::remove_dir_all(project.path("new")).ok();
        }
        assert_eq!(refused, 8);
        project.run(["build"]).ends_with(0);
        same_tree(&new, &project.tree());
    }

    /// A file system of a few pages can be mounted only by root; where that is refused, the two tests above stand for it.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_system_that_is_full_leaves_whole_files() {
        let (project, old, new) = half_way();
        let place = tempfile::tempdir().expect("a folder");
        let mount = |args: &[&str]| {
            let done =
                Command::new(args[0]).args(&args[1..]).arg(place.path()).stderr(Stdio::null()).status();
            done.is_ok_and(|status| status.success())
        };
        let (mut refused, mut fitted) = (0, 0);
        for pages in 4..16 {
            let size = format!("size={}k,nr_inodes=64", 4 * pages);
            if !mount(&["mount", "-t", "tmpfs", "-o", &size, "none"]) {
                return;
            }
            let copied = old.iter().all(|(path, bytes)| {
                let path = place.path().join(path);
                fs::create_dir_all(path.parent().expect("a folder"))
                    .and_then(|()| fs::write(path, bytes))
                    .is_ok()
            });
            let told = copied.then(|| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
                project.finish(command.arg("build").current_dir(place.path()))
            });
            let now = crate::support::tree(place.path());
            assert!(mount(&["umount"]), "what was mounted goes");
            let Some(run) = told else { continue };
            whole_files(&now, &old, &new);
            assert!(
                run.code == 3 || run.code == 0 && changed(&now, &new).is_empty(),
                "{pages} pages: {}",
                run.err
            );
            assert!(run.code == 0 || run.err.contains("no space left on device"), "{}", run.err);
            *(if run.code == 0 { &mut fitted } else { &mut refused }) += 1;
        }
        assert!(refused > 1 && fitted > 1, "{refused} refused, {fitted} fitted");
    }

    /// 2,000 issues in a hundred milestones.
    fn large(word: &str) -> serde_json::Value {
        let milestones =
            (0..100).map(|n| json!({ "id": format!("S-M{n}"), "title": format!("S-M{n}: {word}") }));
        let issues = (0..2_000).map(|n| {
            json!({ "title": format!("S-{n}: {word} {n}"), "milestone": format!("S-M{}", n / 20), "body": "Just do it." })
        });
        json!({ "title": word, "milestones": milestones.collect::<Vec<_>>(), "issues": issues.collect::<Vec<_>>() })
    }

    /// How many files of a build are done: those in the place of another, or in a folder that has no name yet.
    fn progress(folder: &Path, before: &BTreeMap<PathBuf, u64>) -> usize {
        let is_new = |path: &PathBuf, inode: u64| fs::metadata(path).is_ok_and(|now| now.ino() != inode);
        let replaced = before.iter().filter(|(path, inode)| is_new(path, **inode)).count();
        let entries = fs::read_dir(folder).expect("it is there").flatten();
        let staged = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(TEMPORARY));
        replaced + staged.filter_map(|entry| Some(fs::read_dir(entry.path()).ok()?.count())).sum::<usize>()
    }

    /// Kills a build of 2,000 issues at twenty points: before its first write, after its last, and after every few files in
    /// between.
    #[test]
    fn a_build_that_is_killed_leaves_whole_files_and_the_next_one_completes() {
        let project = Project::of(&large("Old"));
        project.spawn(["build"]).ends_with(0).says("102 written");
        project.write(SOURCE, pretty(&large("New")));
        let old = project.tree();
        project.spawn(["build"]).ends_with(0).says("102 written");
        let new = project.tree();

        let (mut builds, mut killed, mut between, mut left) = (0, 0, 0, 0);
        let is_full = std::env::var_os("ROADBOOK_FULL").is_some();
        let (least, at_work, half_way) = if is_full { (20, 15, 5) } else { (10, 7, 3) };
        // How many are caught at work is chance, and less where the machine is busy: it goes on until it was often enough.
        for n in 0..400 {
            if n >= least && killed >= at_work && between >= half_way {
                break;
            }
            builds += 1;
            // Every second time no page is there yet, so that their folder is made anew.
            let is_fresh = n % 2 == 1;
            project.restore(&old);
            if is_fresh {
                fs::remove_dir_all(project.path("roadmap/milestones")).expect("our own folder");
            }
            let before = project.tree();
            let inode =
                |path: PathBuf| fs::metadata(&path).map(|found| (path, found.ino())).expect("it is there");
            let inodes = before.keys().map(|path| inode(project.path(path))).collect();
            let enough = [0, 1, 2, 5, 10, 20, 40, 70, 90, 101][n / 2 % 10];
            let mut build = project.process(["build", "-q"]).spawn().expect("it starts");
            while progress(&project.path("roadmap"), &inodes) < enough
                && build.try_wait().expect("ours").is_none()
            {}
            build.kill().expect("it can be killed");
            killed += usize::from(build.wait().expect("it ends").signal() == Some(9));

            let unfinished = |path: &String| path.contains(TEMPORARY);
            let mut now = project.tree();
            left += usize::from(now.keys().any(unfinished));
            now.retain(|path, _| !unfinished(path));
            whole_files(&now, &before, &new);
            let pages = now.keys().filter(|path| path.starts_with("roadmap/milestones/")).count();
            assert!(
                pages == 100 || is_fresh && pages == 0,
                "the folder is there as a whole or not at all: {pages}"
            );
            between += usize::from(now != before && now != new);

            project.spawn(["build", "-q"]).ends_with(0);
            same_tree(&new, &project.tree());
        }
        println!(
            "{killed} of {builds} builds were killed, {between} between old and new, {left} with something unfinished"
        );
        assert!(killed >= at_work && between >= half_way, "{killed} killed, {between} of them in the middle");
    }
}

/// What a run says of a bad world never holds a panic.
#[test]
fn the_command_line_is_held_to_its_words() {
    let project = built();
    let before = project.tree();
    let mut all = String::new();
    for args in [
        vec!["bild"],
        vec!["build", "--nope"],
        vec![],
        vec!["check", "--format", "xml"],
        vec!["check", "-q", "-v"],
    ] {
        let _ = write!(all, "{}", project.run(args).ends_with(2).err);
    }
    assert!(all.contains("did you mean") || all.contains("similar"), "{all}");
    for args in [["--help"], ["--version"]] {
        assert!(!project.run(args).ends_with(0).out.is_empty());
    }
    same_tree(&before, &project.tree());
}
