//! What verbs print: whatever a roadmap, a template, a file name, a commit or the command line holds, no character that a
//! terminal obeys or that turns the direction reaches one, in colour or not, and no line is a command of a runner.

use serde_json::json;

use crate::support::{Project, Run, SOURCE, pretty};

/// A title of the window, a colour, the same with a character of its own, directions, a bell, a return; what could be taken for
/// a style of ours; and what could be a command of GitHub's runner.
const HOSTILE: &str =
    "\u{1b}]0;pwn\u{7}\u{1b}[31m\u{9b}32m\u{202e}\u{2066}\u{61c}\u{200f}\u{8}\r\u{7f}\u{fdd2}31\u{fdd3}";

/// The same as far as a name of a file can hold it on every system.
const NAME: &str = if cfg!(windows) { "n\u{9b}31m\u{202e}" } else { "n\u{1b}[31m\u{9b}32m\u{202e}\u{7f}" };

/// A line that a runner would obey.
const COMMAND: &str = "\n::stop-commands::x\n  ::set-output name=a::b\n##[add-mask]c\n";

/// Every verb that prints, on a sound source.
const VERBS: &[&[&str]] = &[
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "sarif"],
    &["check", "--format", "github"],
    &["list"],
    &["list", "milestones"],
    &["list", "labels"],
    &["list", "--format", "json"],
    &["show", "i"],
    &["show", "m"],
    &["show", "i", "--format", "json"],
    &["report"],
    &["report", "--format", "csv"],
    &["report", "--format", "markdown"],
    &["report", "--format", "json"],
    &["report", "--format", "html"],
    &["report", "--since", "HEAD"],
    &["diff"],
    &["diff", "--format", "markdown"],
    &["diff", "--format", "json"],
    &["plan", "--offline"],
    &["plan", "--offline", "--format", "markdown"],
    &["plan", "--offline", "--format", "json"],
    &["templates", "--diff"],
    &["close", "i", "--dry-run"],
    &["set", "i", "owner=x", "--dry-run"],
    &["set", "i", NAME, "--dry-run"],
    &["add", "issue", NAME, "--milestone", "m", "--dry-run"],
    &["rename", "i", "j", "--dry-run"],
    &["rename", "i", NAME, "--dry-run"],
    &["pin", "--dry-run"],
    &["init", "--dry-run"],
    &["init", "--dry-run", "--hook"],
    &["upgrade", "--dry-run"],
    &["try", "--no-open"],
    &["import", "notes.md", "--out", "-"],
    &["import", "notes.md", "--out", "new.json", "--dry-run"],
    &["show", NAME],
    &["list", "--milestone", NAME],
    &["list", NAME],
    &[NAME],
    &["check", NAME],
    &["--root", NAME, "check"],
    &["--roadmap", NAME, "check"],
    &["check", "--patch", NAME],
    &["diff", NAME],
    &["diff", "--since", NAME],
    &["diff", "--as-of", NAME],
    &["explain", NAME],
    &["schema"],
    &["completions", "bash"],
    &["man"],
    &["--help"],
    &["build", "--adopt", NAME],
    &["build"],
];

/// A repository in which everything is hostile that a stranger can name.
fn hostile() -> Project {
    let project = Project::empty();
    let title = |what: &str| format!("{what} {HOSTILE}{COMMAND}");
    let source = json!({
        "title": title("T"), "repository": "o/r",
        "milestones": [{ "id": "m", "title": title("M"), "description": title("D"), "owner": title("O") }],
        "issues": [
            { "id": "i", "title": title("I"), "milestone": "m", "body": title("B"), "labels": [title("L")], "state": "open" },
            { "title": "Other", "milestone": "m" },
        ],
        "labels": [{ "name": title("L"), "description": title("D") }],
    });
    project.write(SOURCE, pretty(&source));
    project.write("roadmap/templates/markdown/SUMMARY.md", format!("x{HOSTILE}{COMMAND}{{{{ title }}}}"));
    project.write("notes.md", format!("# N {HOSTILE}\n\n## M: {HOSTILE}\n\n- [ ] do {HOSTILE}{COMMAND}\n"));
    project.write(&format!("roadmap/{NAME}.md"), "x");
    project.git(["init", "--quiet", "--initial-branch", "b\u{202e}\u{9b}31m"]);
    project.git(["add", "--all"]).ends_with(0);
    project.git(["commit", "--quiet", "--message", &title("subject")]).ends_with(0);
    project.write(SOURCE, pretty(&source).replace("Other", "Another"));
    project
}

/// The text without styles, as `--color always` writes them.
fn without_styles(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('m') {
            Some((style, rest)) if style.bytes().all(|byte| byte.is_ascii_digit() || byte == b';') => {
                out += rest
            }
            _ => out += &format!("\u{1b}[{part}"),
        }
    }
    out
}

fn is_obeyed(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn harmless(run: &Run, args: &[&str]) {
    for text in [&run.out, &run.err] {
        let text = text.replace("\r\n", "\n");
        let refused: Vec<_> = text.chars().filter(|c| is_obeyed(*c)).collect();
        assert!(refused.is_empty(), "{args:?} writes {refused:?}:\n{text:?}");
        assert!(!text.contains("panicked"), "{args:?}: {text}");
    }
}

#[test]
fn no_verb_writes_what_a_terminal_obeys() {
    let project = hostile();
    for args in VERBS {
        harmless(&project.spawn(args), args);
    }
    project.run(["list"]).ends_with(0);
    // The same with faults, so that findings quote it.
    let fault = json!({ "id": format!("x {HOSTILE}"), "title": "t", "milestone": format!("none {HOSTILE}"), HOSTILE: 1 });
    project.write(SOURCE, project.text(SOURCE).replace("\"issues\": [", &format!("\"issues\": [{fault},")));
    project.run(["list"]).ends_with(3);
    for args in VERBS {
        harmless(&project.spawn(args), args);
    }
}

#[test]
fn our_own_styles_get_through_and_no_others() {
    let project = hostile();
    let mut styled = 0;
    for args in VERBS {
        let args: Vec<_> = args.iter().copied().chain(["--color", "always"]).collect();
        let mut run = project.spawn(&args);
        styled += usize::from(run.out.contains('\u{1b}') || run.err.contains('\u{1b}'));
        for text in [&mut run.out, &mut run.err] {
            assert!(!text.contains("\u{1b}[31m\\u{9b}"), "{args:?}: the title's own colour");
            *text = without_styles(text);
        }
        harmless(&run, &args);
    }
    assert!(styled > 10, "only {styled} runs were in colour");
}

#[test]
fn in_the_log_of_a_runner_no_text_is_a_command() {
    let project = hostile();
    for args in VERBS.iter().filter(|args| !args.contains(&"github")) {
        let run = project.finish(project.process(args).env("GITHUB_ACTIONS", "true"));
        for line in run.out.lines().chain(run.err.lines()) {
            assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{args:?}: {line}");
        }
    }
}

#[test]
fn a_variable_is_no_way_to_the_terminal() {
    let project = hostile();
    for name in
        ["GITHUB_API_URL", "SOURCE_DATE_EPOCH", "BROWSER", "GITHUB_REPOSITORY", "GH_TOKEN", "COLUMNS", "TERM"]
    {
        for args in [&["plan"][..], &["report"], &["try", "--no-open"]] {
            let run = project.finish(
                project.process(args).env("GH_TOKEN", "x").env(name, "http://\u{1b}[31m\u{9b}x\u{202e}/"),
            );
            harmless(&run, args);
        }
    }
}

#[test]
fn files_hold_the_bytes_and_json_the_value() {
    let project = hostile();
    project.run(["report", "--format", "csv", "--out", "r.csv"]).ends_with(0);
    assert!(project.text("r.csv").contains("\u{1b}]0;pwn\u{7}"), "a file holds the bytes");
    let run = project.run(["show", "i", "--format", "json"]);
    let title = run.json()["items"][0]["title"].as_str().map(str::to_owned);
    assert_eq!(title, Some(format!("I {HOSTILE}{COMMAND}")));
}
