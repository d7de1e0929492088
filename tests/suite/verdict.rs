//! A verdict is a function of the commit: what git ignores or does not track decides nothing, wherever the commit is
//! looked at, and git's own answers are the oracle.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use roadbook::internals::{
    io::Disk,
    source::{Ignored, Index},
};

use crate::support::{Project, Random, Run};

const PLAN: &str = r#"{ "outputs": { "site": null }, "docs": ["docs", "README.md"],
  "milestones": [{ "id": "A-M1", "title": "One" }], "issues": [{ "id": "A-001", "title": "Do", "milestone": "A-M1" }] }"#;

/// How many layouts are tried, unless `ROADBOOK_LAYOUTS` says otherwise.
const LAYOUTS: u64 = 12;

/// A repository `w` with these files and a roadmap, built and committed.
fn committed(files: &[(&str, &str)]) -> Project {
    let project = Project::empty();
    project.write("w/roadmap/plan.json", PLAN);
    project.write("w/README.md", "# Shed\n");
    project.write("w/docs/guide.md", "# Guide\n");
    files.iter().for_each(|(path, text)| project.write(&format!("w/{path}"), text));
    project.run_in("w", ["build"]);
    git(&project, "w", &["init", "--quiet", "--initial-branch=main"]);
    commit(&project);
    project
}

fn commit(project: &Project) {
    git(project, "w", &["add", "--all"]);
    git(project, "w", &["commit", "--quiet", "--allow-empty", "--message", "x"]);
}

fn git(project: &Project, folder: &str, args: &[&str]) -> String {
    project.git_in(folder, args).ends_with(0).out
}

/// The real program, which finds git.
fn program(project: &Project, folder: &str, args: &[&str]) -> Run {
    let mut command = project.process(args);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).current_dir(project.path(folder));
    command.env("GIT_CONFIG_GLOBAL", project.path("none")).env("GIT_CONFIG_NOSYSTEM", "1");
    project.finish(&mut command)
}

/// What weighs in the answer of a check, without what helps: that differs by what is beside.
fn weighing(run: &Run) -> Vec<String> {
    let said = |finding: &serde_json::Value| {
        let parts =
            ["severity", "code", "file", "line", "column", "message"].map(|key| finding[key].to_string());
        (finding["severity"] != "note").then(|| parts.join(" "))
    };
    run.json()["findings"].as_array().expect("a list").iter().filter_map(said).collect()
}

fn notes(run: &Run) -> Vec<String> {
    let all = run.json()["findings"].as_array().cloned().expect("a list");
    let notes = all.iter().filter(|finding| finding["severity"] == "note");
    notes.map(|finding| finding["message"].as_str().unwrap_or_default().to_owned()).collect()
}

const CHECK: [&str; 3] = ["check", "--format", "json"];

/// Checks the commit in every way in which people look at one; gives what weighs, which is the same everywhere.
#[track_caller]
fn everywhere(project: &Project, name: &str) -> Vec<String> {
    let own = program(project, "w", &CHECK);
    let here = weighing(&own);
    let mut views =
        vec![("check --staged", program(project, "w", &["check", "--staged", "--format", "json"]))];
    git(project, ".", &["clone", "--quiet", "w", &format!("{name}-clone")]);
    views.push(("a clone", project.run_in(&format!("{name}-clone"), CHECK)));
    git(project, "w", &["worktree", "add", "--quiet", "--detach", &format!("../{name}-tree"), "HEAD"]);
    views.push(("a worktree", project.run_in(&format!("{name}-tree"), CHECK)));
    let out = project.path(&format!("{name}-archive"));
    fs::create_dir_all(&out).expect("a folder");
    git(project, "w", &["archive", "--output", &format!("../{name}.tar"), "HEAD"]);
    let tar =
        Command::new("tar").arg("-xf").arg(project.path(&format!("{name}.tar"))).current_dir(&out).status();
    assert!(tar.is_ok_and(|it| it.success()));
    views.push(("an archive", project.run_in(&format!("{name}-archive"), CHECK)));
    for (view, run) in views {
        assert_eq!(weighing(&run), here, "{name}: {view} is on the left, the working tree on the right");
        assert_eq!(run.code, own.code, "{name}: {view}");
    }
    here
}

// One layout of files, links and rules after the other.

const FOLDERS: [&str; 10] = [
    "",
    "docs",
    "docs/guide",
    "docs/guide/deep",
    "docs/out",
    "lib",
    "lib/src",
    "build",
    "node_modules/x",
    "a b",
];

const NAMES: [&str; 10] =
    ["a.md", "b.md", "c.md", "d.txt", "e.log", "é ü.md", "!bang.md", "#hash.md", "a[1].md", "x{a,b}.md"];

const RULES: [&str; 52] = [
    "*.md",
    "/docs/a.md",
    "build/",
    "!b.md",
    "docs/**",
    "**/deep",
    "deep/",
    "a.*",
    "[ab].md",
    "[!a].md",
    "\\!bang.md",
    "\\#hash.md",
    "*.log",
    "/lib/",
    "!/lib/",
    "node_modules",
    "docs/*/b.md",
    "x{a,b}.md",
    "d.txt   ",
    "# a comment",
    "",
    "**/guide/*.md",
    "!**/c.md",
    "/*",
    "!/docs",
    "!/docs/",
    "d?cs/out",
    "a\\[1\\].md",
    "guide/**/c.md",
    "out",
    "!out",
    "out/",
    "/a b/",
    "a\\ b",
    "src/*.md",
    "lib/**/a.md",
    "**",
    "!*.md",
    "!docs/**",
    "*",
    "!*/",
    "a*",
    "é*",
    "**/a.md",
    "docs/**/deep/",
    "/guide",
    "guide/",
    "deep/a.md",
    "!deep/a.md",
    "[[:alpha:]].md",
    "\\*.md",
    "b.md\r",
];

struct Layout {
    random: Random,
    project: Project,
}

impl Layout {
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *self.random.pick(of)
    }

    fn is(&mut self, percent: usize) -> bool {
        self.random.below(100) < percent
    }

    fn path(&mut self) -> String {
        let (folder, name) = (self.one(&FOLDERS), self.one(&NAMES));
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    }

    /// A document in a folder, with links to what may be there or not.
    fn document(&mut self, path: &str) -> String {
        let up = "../".repeat(path.matches('/').count());
        let mut text = format!("# Head {}\n\n", self.random.below(3));
        for _ in 0..self.random.below(5) {
            let target = match self.random.below(6) {
                0 => self.one(&FOLDERS[1..]).to_owned(),
                1 => "roadmap/SUMMARY.md".to_owned(),
                2 => format!("{}#head-{}", self.path(), self.random.below(3)),
                _ => self.path(),
            };
            text.push_str(&format!("[x](<{up}{}>)\n", target.replace("#hash", "%23hash")));
        }
        if self.is(10) {
            text.push_str("\n<!-- roadbook:begin stats -->\n<!-- roadbook:end -->\n");
        }
        if self.is(10) {
            text.push_str("\nSee A-999.\n");
        }
        text
    }

    /// Puts a file, a link or a document there.
    fn put(&mut self, path: &str) {
        let place = self.project.path(&format!("w/{path}"));
        if fs::symlink_metadata(&place).is_ok() {
            return;
        }
        fs::create_dir_all(place.parent().expect("a folder")).expect("its folder");
        if self.is(12) {
            let up = "../".repeat(path.matches('/').count());
            let to = match self.random.below(5) {
                0 => "../../../outside.md".to_owned(),
                1 => format!("{up}{}", self.one(&FOLDERS[1..])),
                _ => format!("{up}{}", self.path()),
            };
            symlink(to, place).expect("a link");
        } else if self.is(4) {
            fs::write(place, b"# Not UTF-8 \xff\n").expect("a file");
        } else {
            let text = self.document(path);
            fs::write(place, text).expect("a file");
        }
    }

    fn rules(&mut self) {
        for _ in 0..self.random.below(4) {
            let folder = self.one(&FOLDERS);
            let rules: Vec<_> = (0..=self.random.below(5)).map(|_| self.one(&RULES)).collect();
            let folder = self.project.path(&format!("w/{folder}"));
            if fs::create_dir_all(&folder).is_ok() {
                fs::write(folder.join(".gitignore"), rules.join("\n") + "\n").expect("rules");
            }
        }
    }

    /// Holds what is taken for ignored and tracked to git's answers.
    fn hold_to_git(&self, name: &str) {
        let top = self.project.path("w");
        let disk = Disk::new(top.clone());
        let ignored = Ignored::new(&disk, &top);
        let all: BTreeSet<String> = FOLDERS
            .iter()
            .flat_map(|folder| {
                NAMES.map(|name| format!("{folder}/{name}").trim_start_matches('/').to_owned())
            })
            .filter(|path| !beyond_a_link(&top, path))
            .collect();
        let mut git = Command::new("git");
        git.args(["-c", "core.excludesFile=", "check-ignore", "--no-index", "-z", "--stdin"])
            .current_dir(&top);
        let mut child = git.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("git");
        let asked = all.iter().map(|path| format!("{path}\0")).collect::<String>();
        std::io::Write::write_all(&mut child.stdin.take().expect("its input"), asked.as_bytes())
            .expect("it reads");
        let said = child.wait_with_output().expect("git ends").stdout;
        let said: BTreeSet<String> = split(&said).into_iter().collect();
        let ours: BTreeSet<String> = all.iter().filter(|path| ignored.file(path)).cloned().collect();
        assert_eq!(ours, said, "{name}: ours are on the left, git's on the right");

        let index = Index::alone(&disk, &top).expect("it is read").expect("it is whole");
        let tracked: BTreeSet<_> = index.below("").map(|(path, it)| format!("{} {path}", it.id())).collect();
        let listed =
            Command::new("git").args(["ls-files", "--stage", "-z"]).current_dir(&top).output().expect("git");
        let listed: BTreeSet<_> = split(&listed.stdout)
            .iter()
            .filter_map(|line| {
                let (head, path) = line.split_once('\t')?;
                Some(format!("{} {path}", head.split(' ').nth(1)?))
            })
            .collect();
        assert_eq!(tracked, listed, "{name}");
    }
}

/// Whether git refuses to say something of a path, since a folder on its way is a link.
fn beyond_a_link(top: &Path, path: &str) -> bool {
    let above = Path::new(path).ancestors().skip(1);
    above.into_iter().any(|folder| fs::symlink_metadata(top.join(folder)).is_ok_and(|it| it.is_symlink()))
}

fn split(bytes: &[u8]) -> Vec<String> {
    let parts = bytes.split(|byte| *byte == 0).filter(|part| !part.is_empty());
    parts.map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}

#[test]
fn one_commit_has_one_verdict_wherever_it_is_looked_at() {
    let count =
        std::env::var("ROADBOOK_LAYOUTS").ok().and_then(|count| count.parse().ok()).unwrap_or(LAYOUTS);
    let since = Instant::now();
    let mut told = BTreeMap::<String, usize>::new();
    for seed in 0..count {
        let name = format!("layout {seed}").replace(' ', "-");
        let mut layout = Layout { random: Random::new(seed + 1), project: Project::empty() };
        let docs = layout.one(&[
            r#"["docs", "README.md"]"#,
            r#"["docs", "lib/a.md"]"#,
            r#"["docs/guide", "a.md", "docs/out"]"#,
        ]);
        layout.project.write("w/roadmap/plan.json", PLAN.replace(r#"["docs", "README.md"]"#, docs));
        layout.rules();
        for path in ["README.md", "docs/a.md", "docs/guide/b.md"] {
            layout.put(path);
        }
        for _ in 0..6 + layout.random.below(25) {
            let path = layout.path();
            layout.put(&path);
        }
        layout.project.run_in("w", ["build", "--quiet"]);
        let project = &layout.project;
        git(project, "w", &["init", "--quiet", "--initial-branch=main"]);
        git(project, "w", &["add", "--all"]);
        // The source is tracked in any case, and mostly what is made of it.
        git(project, "w", &["add", "--force", "roadmap/plan.json"]);
        if layout.is(80) {
            git(&layout.project, "w", &["add", "--force", "roadmap"]);
        }
        if layout.is(15) {
            let page =
                layout.one(&["roadmap/SUMMARY.md", "roadmap/milestones/m-a-m1.md", "roadmap/milestones"]);
            git(&layout.project, "w", &["rm", "-r", "--cached", "--quiet", "--ignore-unmatch", page]);
        }
        git(&layout.project, "w", &["commit", "--quiet", "--message", "x"]);
        // What is beside it: never added, or ignored.
        for n in 0..layout.random.below(8) {
            let path = layout.path();
            layout.put(&path.replace(".md", &format!("-{n}.md")));
        }
        let w = layout.project.path("w");
        symlink("mara@shed.4711:1795900000", w.join("docs/.#a.md")).expect("a lock");
        if layout.is(30) {
            symlink("nowhere.md", w.join("docs/never-added.md")).expect("a link");
            assert!(Command::new("mkfifo").arg(w.join("docs/pipe.md")).status().is_ok_and(|it| it.success()));
            fs::write(w.join("roadmap/draft.json"), "{ no json").expect("a file");
        }
        layout.hold_to_git(&name);
        for line in everywhere(&layout.project, &name) {
            *told.entry(line.split(' ').nth(1).unwrap_or_default().to_owned()).or_default() += 1;
        }
    }
    println!("{count} layouts in {:.1} s: {told:?}", since.elapsed().as_secs_f64());
    assert!(count < LAYOUTS || told.len() > 3, "the layouts find little: {told:?}");
}

#[test]
fn a_target_that_was_never_added_is_dead_and_the_help_says_git_add() {
    let project = committed(&[(".gitignore", "*.tmp\n")]);
    project.write("w/README.md", "# Shed\n\n[a](docs/how.md) [b](it's.tmp) [c](none.md)\n");
    project.write("w/docs/how.md", "# How\n");
    project.write("w/it's.tmp", "x");
    git(&project, "w", &["add", "README.md"]);
    for args in [&["check"][..], &["check", "--tracked"], &["check", "--staged"]] {
        program(&project, "w", args)
            .ends_with(1)
            .says("this link leads nowhere: there is no `docs/how.md`")
            .says("git does not track it: git add docs/how.md")
            .says(r"git ignores it: git add --force 'it'\''s.tmp'");
    }
    git(&project, "w", &["add", "--intent-to-add", "docs/how.md"]);
    program(&project, "w", &["check", "--staged"]).ends_with(1).says("git add docs/how.md");
    program(&project, "w", &["check"]).ends_with(1).says("git add docs/how.md");
    git(&project, "w", &["add", "docs/how.md"]);
    git(&project, "w", &["add", "--force", "it's.tmp"]);
    project.write("w/none.md", "x");
    commit(&project);
    program(&project, "w", &["check"]).ends_with(0);
    // Without git, nobody knows that it was added all the same.
    project.write("w/README.md", "# Shed\n\n[a](docs/how.md) [c](none.md)\n");
    commit(&project);
    assert_eq!(everywhere(&project, "x").len(), 0);
}

#[test]
fn what_is_found_in_documents_that_git_does_not_track_has_no_weight() {
    let project = committed(&[]);
    project
        .write("w/docs/draft.md", "# Draft\n\n[x](nowhere.md) [guide](guide.md) [other](other.md) A-999\n");
    project.write("w/docs/other.md", "# Other\n\n<!-- roadbook:begin stats -->\n");
    let run = project.run_in("w", CHECK);
    assert_eq!((run.code, weighing(&run)), (0, Vec::new()));
    let told = notes(&run);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().all(|it| it.starts_with("not tracked by git: ")), "{told:?}");
    project.run_in("w", ["check", "--deny-warnings"]).ends_with(0).says("note[dead-link]").says("3 notes");
    // Whatever the source says of the rule.
    project.write(
        "w/roadmap/plan.json",
        PLAN.replace(
            "\"outputs\"",
            r#""rules": { "dead-link": { "level": "off", "reason": "moved" } }, "outputs""#,
        ),
    );
    let run = project.run_in("w", CHECK);
    assert!(weighing(&run).iter().any(|it| it.contains("unused-rule")), "{}", run.out);
    project.write("w/roadmap/plan.json", PLAN);
    // Where git does not track the source, they count.
    git(&project, "w", &["rm", "--cached", "--quiet", "roadmap/plan.json"]);
    let run = project.run_in("w", CHECK);
    assert_eq!((run.code, weighing(&run).len(), notes(&run).len()), (1, 3, 0));
    fs::rename(project.path("w/.git"), project.path("git")).expect("it goes");
    assert_eq!(weighing(&project.run_in("w", CHECK)).len(), 3);
    project.write("w/.gitignore", "docs/*\n!docs/guide.md\n");
    assert_eq!(project.run_in("w", CHECK).code, 0);
}

#[test]
fn documents_pages_and_sources_that_were_never_added_are_not_in_the_commit() {
    let project = committed(&[]);
    project.write("w/roadmap/plan.json", PLAN.replace("README.md", "new.md"));
    project.write("w/new.md", "# New\n");
    project.run_in("w", ["check"]).ends_with(1).says("there is no `new.md`").says("git add new.md");
    project.write("w/roadmap/plan.json", PLAN);

    // Once git has the source, a page of it that was not added is missing in every clone.
    git(&project, "w", &["rm", "--cached", "--quiet", "roadmap/SUMMARY.md"]);
    git(&project, "w", &["commit", "--quiet", "--message", "forgotten"]);
    assert_eq!(everywhere(&project, "forgotten").len(), 1);
    for args in [&["check"][..], &["check", "--tracked"]] {
        program(&project, "w", args)
            .ends_with(1)
            .says("`roadmap/SUMMARY.md` is missing")
            .says("it is here, but git does not track it: git add roadmap/SUMMARY.md");
    }
    // While the source is edited, what `build` writes is fine before it is added, and not in a hook.
    project.write("w/roadmap/plan.json", PLAN.replace("Do", "Do it"));
    project.run_in("w", ["build"]).ends_with(0);
    let run = program(&project, "w", &CHECK);
    assert_eq!((run.code, notes(&run).len()), (0, 1), "{}", run.out);
    program(&project, "w", &["check", "--tracked"]).ends_with(1).says("git add roadmap/SUMMARY.md");
    project.write("w/roadmap/plan.json", PLAN);
    project.run_in("w", ["build"]).ends_with(0);
    program(&project, "w", &["check", "--staged"]).ends_with(1).says("to fix: git add roadmap/SUMMARY.md");
    // What git ignores is not added with the rest: no clone has it.
    project.write("w/.gitignore", "SUMMARY.md\n");
    project.run_in("w", ["check"]).ends_with(1).says("to fix: git add --force roadmap/SUMMARY.md");
    project.remove("w/.gitignore");
    commit(&project);

    project.write("w/roadmap/more.json", "{ no json");
    let run = project.run_in("w", CHECK);
    assert_eq!((run.code, weighing(&run), notes(&run).len()), (0, Vec::new(), 1));
    program(&project, "w", &["check", "--tracked"]).ends_with(3);
    // One that is sound counts before it was added, as for `build`.
    project.write("w/roadmap/more.json", r#"{ "milestones": [{ "id": "A-M2", "title": "Two" }] }"#);
    project.run_in("w", ["check"]).ends_with(1).says("stale-file");
    project.run_in("w", ["build"]).ends_with(0);
    let run = project.run_in("w", CHECK);
    assert_eq!((run.code, weighing(&run), notes(&run).len()), (0, Vec::new(), 2), "{}", run.out);
    program(&project, "w", &["check", "--tracked"])
        .ends_with(1)
        .says("git add roadmap/more.json")
        .says("git add roadmap/milestones/m-a-m2.md");
    // One that is ignored is no part of it for `build` either.
    project.write("w/.gitignore", "more.json\n");
    project.run_in("w", ["build"]).ends_with(0);
    project.run_in("w", ["list"]).ends_with(0);
}

#[test]
fn what_a_commit_cannot_hold_is_passed_over_and_what_cannot_be_read_is_told() {
    let project = committed(&[]);
    fs::remove_dir_all(project.path("w/.git")).expect("no git");
    let docs = project.path("w/docs");
    symlink("mara@shed.4711:1795900000", docs.join(".#guide.md")).expect("a lock");
    assert!(Command::new("mkfifo").arg(docs.join("pipe.md")).status().is_ok_and(|it| it.success()));
    let _socket = std::os::unix::net::UnixListener::bind(docs.join("socket.md")).expect("a socket");
    for verb in ["check", "build", "report"] {
        project.run_in("w", [verb]).ends_with(0);
    }
    project.run_in("w", ["try", "--no-open", "--out", "../out"]).ends_with(0);
    // What could be committed is a finding with a place, and the rest is judged.
    symlink("../../lib/README.md", docs.join("lib.md")).expect("a link");
    symlink("gone.md", docs.join("gone-too.md")).expect("a link");
    fs::write(docs.join("last.md"), "[x](nowhere.md)\n").expect("a file");
    project.write("w/roadmap/plan.json", PLAN.replace("README.md", "docs/pipe.md"));
    let run = project.run_in("w", CHECK).ends_with(1);
    let found: BTreeSet<_> = run.json()["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            format!("{} {}", it["code"].as_str().unwrap_or_default(), it["file"].as_str().unwrap_or_default())
        })
        .filter(|it| !it.starts_with("stale"))
        .collect();
    let wanted = [
        "dead-link docs/last.md",
        "missing-doc docs/gone-too.md",
        "missing-doc docs/pipe.md",
        "missing-doc roadmap/plan.json",
    ];
    assert_eq!(found, wanted.map(str::to_owned).into(), "{}", run.err);
    // What is no text keeps everything from being written, as ever, and the rest is judged.
    fs::write(docs.join("bytes.md"), b"# \xff\n").expect("a file");
    let told = weighing(&project.run_in("w", CHECK));
    assert!(told.iter().any(|it| it.contains("docs/bytes.md")), "{told:?}");
    assert!(told.iter().any(|it| it.contains("docs/last.md")), "{told:?}");
}

#[test]
fn a_file_that_may_not_be_read_is_a_finding() {
    use std::os::unix::fs::PermissionsExt;
    let project = committed(&[("docs/closed.md", "# Closed\n"), ("docs/shut/a.md", "# A\n")]);
    let shut = |path: &str, mode| {
        fs::set_permissions(project.path(path), fs::Permissions::from_mode(mode)).expect("its owner may")
    };
    shut("w/docs/closed.md", 0);
    shut("w/docs/shut", 0);
    if fs::read(project.path("w/docs/closed.md")).is_err() {
        for folder in ["w/.git", "none"] {
            let run = project.run_in("w", CHECK).ends_with(1);
            assert!(weighing(&run).iter().any(|it| it.contains("docs/closed.md")), "{folder}: {}", run.out);
            let _ = fs::rename(project.path("w/.git"), project.path("git"));
        }
    }
    shut("w/docs/shut", 0o755);
}

#[test]
fn links_that_are_tracked_lead_to_what_is_tracked() {
    let project =
        committed(&[("docs/real/a.md", "# A\n"), (".gitignore", "cache/\n"), ("cache/b.md", "# B\n")]);
    let w = project.path("w");
    for (to, from) in [
        ("real/a.md", "docs/inside.md"),
        ("real", "docs/folder"),
        ("../cache/b.md", "docs/ignored.md"),
        ("../cache", "docs/cached"),
        ("gone.txt", "docs/dangling"),
        ("../../elsewhere.txt", "docs/out"),
    ] {
        symlink(to, w.join(from)).expect("a link");
    }
    symlink(w.join("docs/guide.md"), w.join("docs/absolute.txt")).expect("a link");
    let links = [
        "inside.md#a",
        "folder/a.md",
        "folder",
        "ignored.md",
        "cached/b.md",
        "dangling",
        "out",
        "absolute.txt",
    ];
    let text: String = links.iter().map(|link| format!("[x](docs/{link})\n")).collect();
    project.write("w/README.md", text);
    commit(&project);
    // A link whose target is in no commit is a file all the same, and a document that cannot be read; what is behind one
    // is not there.
    let told = everywhere(&project, "links");
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("dead-link") && told[0].contains("docs/cached/b.md"), "{told:#?}");
    assert!(told[1].contains("missing-doc") && told[1].contains("docs/ignored.md"), "{told:#?}");
}

#[test]
fn a_submodule_is_another_repository_checked_out_or_not() {
    let project = committed(&[]);
    project.write("lib/README.md", "# Lib\n");
    git(&project, "lib", &["init", "--quiet"]);
    git(&project, "lib", &["add", "--all"]);
    git(&project, "lib", &["commit", "--quiet", "--message", "x"]);
    git(&project, "w", &["submodule", "--quiet", "add", "../lib", "docs/lib"]);
    project.write(
        "w/README.md",
        "[a](docs/lib) [b](docs/lib/README.md#nothing) [c](docs/lib/none.md) [d](docs/none)\n",
    );
    commit(&project);
    git(&project, ".", &["clone", "--quiet", "w", "bare-clone"]);
    git(&project, ".", &["clone", "--quiet", "--recurse-submodules", "w", "whole-clone"]);
    let verdicts = ["w", "bare-clone", "whole-clone"].map(|folder| weighing(&project.run_in(folder, CHECK)));
    assert_eq!(verdicts[0].len(), 1, "{verdicts:?}");
    assert!(verdicts.iter().all(|verdict| *verdict == verdicts[0]), "{verdicts:?}");
    assert_eq!(weighing(&program(&project, "w", &["check", "--staged", "--format", "json"])), verdicts[0]);
    // A repository in it that is no submodule: git enters it as little.
    project.write("w/docs/nested/a.md", "[x](nowhere.md)\n");
    git(&project, "w/docs/nested", &["init", "--quiet"]);
    assert!(notes(&project.run_in("w", CHECK)).is_empty());
}

#[test]
fn a_sparse_checkout_is_judged_whole() {
    let project = committed(&[("far/a.md", "# A\n"), ("far/b/c.md", "# C\n")]);
    project.write("w/README.md", "[a](far/a.md#a) [b](far/b/c.md#none) [c](far/none.md)\n");
    project.write("w/roadmap/plan.json", PLAN.replace("README.md", "README.md\", \"far"));
    project.write("w/far/a.md", "# A\n\n[x](nowhere.md)\n");
    commit(&project);
    let whole = weighing(&project.run_in("w", CHECK));
    assert_eq!(whole.iter().filter(|it| !it.contains("stale")).count(), 3, "{whole:?}");
    for sparse in ["--no-sparse-index", "--sparse-index"] {
        git(&project, "w", &["sparse-checkout", "set", "--cone", sparse, "roadmap", "docs"]);
        assert!(!project.has("w/far/a.md"));
        assert_eq!(weighing(&program(&project, "w", &CHECK)), whole, "{sparse}");
        assert_eq!(weighing(&program(&project, "w", &["check", "--staged", "--format", "json"])), whole);
    }
}

#[test]
fn every_form_of_the_index_is_read() {
    let project =
        committed(&[("docs/a.md", "# A\n"), ("docs/long name that shares its beginning.md", "# B\n")]);
    project.write("w/README.md", "[a](docs/a.md) [b](docs/b.md)\n");
    project.write("w/docs/b.md", "# B\n");
    git(&project, "w", &["add", "README.md"]);
    for args in [
        &["update-index", "--index-version", "4"][..],
        &["update-index", "--index-version", "2"],
        &["add", "--intent-to-add", "docs/b.md"],
        &["update-index", "--force-remove", "docs/b.md"],
        &["update-index", "--split-index"],
        &["update-index", "--no-split-index"],
        &["update-index", "--untracked-cache"],
    ] {
        git(&project, "w", args);
        let run = program(&project, "w", &["check"]).ends_with(1).says("there is no `docs/b.md`");
        assert!(!run.err.contains("no `docs/a.md`"), "{args:?}: {}", run.err);
    }
    project.git_in("w", ["init", "--quiet", "--object-format=sha256", "../sha"]).ends_with(0);
    fs::create_dir_all(project.path("sha/docs")).expect("a folder");
    for path in ["roadmap/plan.json", "README.md", "docs/guide.md", "docs/b.md"] {
        project.write(&format!("sha/{path}"), project.text(&format!("w/{path}")));
    }
    project.run_in("sha", ["build"]).ends_with(0);
    git(&project, "sha", &["add", "README.md", "roadmap", "docs/guide.md"]);
    project.run_in("sha", ["check"]).ends_with(1).says("git add docs/b.md");
}

#[test]
fn what_is_gone_from_the_working_tree_is_judged_as_gone() {
    let project = committed(&[("docs/a.md", "# A\n"), ("docs/deep/b.md", "# B\n")]);
    project.write("w/README.md", "[a](docs/a.md) [b](docs/deep) [c](docs/A.md)\n");
    commit(&project);
    assert_eq!(weighing(&project.run_in("w", CHECK)).len(), 1, "case counts");
    project.remove("w/docs/a.md");
    fs::remove_dir_all(project.path("w/docs/deep")).expect("it goes");
    assert_eq!(weighing(&project.run_in("w", CHECK)).len(), 3);
    assert_eq!(weighing(&program(&project, "w", &["check", "--staged", "--format", "json"])).len(), 1);
}

#[test]
fn a_document_that_is_tracked_counts_although_a_rule_matches_it() {
    let project = committed(&[]);
    project.write("w/.gitignore", "docs/gen/\n*.tmp.md\n");
    project.write(
        "w/docs/gen/kept.md",
        "[x](nowhere.md)\n\n<!-- roadbook:begin stats -->\n<!-- roadbook:end -->\n",
    );
    project.write("w/docs/gen/other.md", project.text("w/docs/gen/kept.md"));
    git(&project, "w", &["add", "--force", "docs/gen/kept.md"]);
    project.run_in("w", ["build"]);
    let is_filled = |path: &str| !project.text(path).ends_with("stats -->\n<!-- roadbook:end -->\n");
    assert!(is_filled("w/docs/gen/kept.md") && !is_filled("w/docs/gen/other.md"));
    commit(&project);
    let run = project.run_in("w", CHECK);
    assert_eq!((weighing(&run).len(), notes(&run).len()), (1, 0), "{}", run.out);
}

#[test]
fn a_patch_never_takes_the_place_of_a_file_that_is_not_tracked() {
    let project = committed(&[]);
    project.write("w/notes.txt", "mine\n");
    project.write("w/roadmap/SUMMARY.md", "stale\n");
    for flags in [&["check", "--patch", "notes.txt"][..], &["check", "--staged", "--patch", "notes.txt"]] {
        program(&project, "w", flags).ends_with(2).says("it is there already");
    }
    assert_eq!(project.text("w/notes.txt"), "mine\n");
    program(&project, "w", &["check", "--patch", "new.patch"]);
    assert!(project.has("w/new.patch"));
}

#[test]
fn a_file_of_words_that_was_not_added_is_told_to_be() {
    let project = committed(&[]);
    project.write("w/roadmap/roadbook.words.json", "{}");
    let words = r#"{ "words": "roadmap/roadbook.words.json", "outputs""#;
    project.write("w/roadmap/plan.json", PLAN.replacen("{ \"outputs\"", words, 1));
    program(&project, "w", &["build"]).ends_with(0);
    let run = program(&project, "w", &["check"]).ends_with(3).says("git does not track");
    run.says("git add roadmap/roadbook.words.json");
    git(&project, "w", &["add", "--all"]);
    program(&project, "w", &["check"]).ends_with(0);
}
