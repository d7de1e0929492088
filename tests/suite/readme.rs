//! The README is executed: its example is built, and its commands are run on it.

use std::{fs, path::Path, process::Command};

use roadbook::internals::cli;

/// The fenced blocks of the README in this language.
fn blocks(language: &str) -> Vec<String> {
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    let fence = format!("```{language}\n");
    readme.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).map(str::to_owned).collect()
}

/// The commands of the README, one a line, without their comments.
fn commands() -> Vec<Vec<String>> {
    let shell = blocks("sh").join("\n");
    let lines = shell.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    lines.filter(|line| line.starts_with("roadbook ")).map(words).collect()
}

#[test]
fn the_start_of_the_readme_works_as_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("roadmap/milestones_and_issues.json");
    fs::create_dir(folder.path().join("roadmap")).expect("a folder");
    fs::write(&source, &blocks("json")[0]).expect("a file");
    let commands = commands();
    assert!(commands.len() >= 4, "{commands:?}");
    for words in commands {
        let run = Command::new(env!("CARGO_BIN_EXE_roadbook"))
            .args(&words[1..])
            .current_dir(folder.path())
            .output();
        let run = run.expect("it starts");
        assert!(run.status.success(), "{words:?}: {}", String::from_utf8_lossy(&run.stderr));
    }
    assert!(folder.path().join("roadmap/milestones/m-l-m1.md").is_file());
}

#[test]
fn every_command_that_the_readme_names_exists() {
    let readme = include_str!("../../README.md");
    let named = readme.split('`').filter(|code| code.starts_with("roadbook ") && !code.contains('\n'));
    let mut count = 0;
    for code in named {
        let words = code.split(['>', '#']).next().unwrap_or_default().split_whitespace();
        let words = words.map(|word| if word == "CODE" { "due-order" } else { word });
        assert!(cli::parse(words.clone().map(Into::into)).is_ok(), "{code}");
        count += 1;
    }
    assert!(count >= 3, "only {count} commands were found");
}

/// A repository of the older kind: a JSON with nothing but milestones and issues, the SUMMARY.md that somebody wrote beside
/// it and did not keep up, and a README of theirs.
fn older_repository(root: &Path) {
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/seed");
    let json = fs::read_to_string(format!("{seed}/roadmap/milestones_and_issues.json")).expect("the seed");
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let items = |list: &str, keys: &[&str]| {
        let items = json[list].as_array().expect("a list").iter();
        let older = items.map(|item| {
            let given = keys.iter().filter_map(|key| Some(((*key).to_owned(), item.get(*key)?.clone())));
            given.collect()
        });
        older.collect::<Vec<serde_json::Value>>()
    };
    let older = serde_json::json!({
        "repository": "acme/data-platform",
        "milestones": items("milestones", &["title", "description"]),
        "issues": items("issues", &["milestone", "title", "body", "labels"]),
    });
    let mut summary = fs::read_to_string(format!("{seed}/SUMMARY.expected.md")).expect("the seed");
    for (good, stale) in [
        ("22 issues created", "21 issues created"),
        ("| DB-004 | Complete nc.* physical DDL for all entities |", "| DB-004 | Complete the nc.* tables |"),
        ("type:migrations, priority:critical", "type:migrations, priority:high"),
    ] {
        assert_eq!(summary.matches(good).count(), 1, "{good}");
        summary = summary.replace(good, stale);
    }
    fs::create_dir_all(root.join("roadmap")).expect("a folder");
    let text = serde_json::to_string_pretty(&older).expect("JSON") + "\n";
    fs::write(root.join("roadmap/milestones_and_issues.json"), text).expect("a file");
    fs::write(root.join("roadmap/SUMMARY.md"), summary).expect("a file");
    let readme = "# Data platform\n\nWork on the [roadmap](roadmap/SUMMARY.md) ends with DB-023.\n";
    fs::write(root.join("README.md"), readme).expect("a file");
}

/// What the README shows of a terminal below a heading: commands, and what they answer.
#[cfg(unix)]
fn dialogue(heading: &str) -> Vec<(String, String)> {
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    let (_, section) = readme.split_once(&format!("\n## {heading}\n")).expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let blocks = section.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut said = Vec::new();
    for block in blocks {
        for part in format!("\n{block}").split("\n$ ").skip(1) {
            let (command, answer) = part.split_once('\n').unwrap_or((part, ""));
            said.push((command.to_owned(), answer.to_owned()));
        }
    }
    said
}

/// Holds an answer to what the README shows of it: a line `…` stands for any lines, and `…` in a line for any words.
#[cfg(unix)]
#[track_caller]
fn shows(shown: &str, answer: &str) {
    let mut lines = answer.lines();
    let mut may_skip = false;
    for wanted in shown.lines() {
        if wanted.trim() == "…" {
            may_skip = true;
            continue;
        }
        let fits = |line: &str| match wanted.split_once('…') {
            Some((start, end)) => line.starts_with(start) && line.ends_with(end),
            None => line == wanted,
        };
        let found =
            if may_skip { lines.find(|line| fits(line)) } else { lines.next().filter(|line| fits(line)) };
        assert!(found.is_some(), "the README shows\n  {wanted}\nand the program says\n{answer}");
        may_skip = false;
    }
    let rest: Vec<_> = lines.collect();
    assert!(may_skip || rest.is_empty(), "the README does not show\n{}", rest.join("\n"));
}

#[cfg(unix)]
#[test]
fn the_adoption_of_the_readme_works_as_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("data-platform");
    fs::create_dir(&root).expect("a folder");
    older_repository(&root);
    let path = std::env::var("PATH").unwrap_or_default();
    let own = Path::new(env!("CARGO_BIN_EXE_roadbook")).parent().expect("a folder").display();
    let sh = |command: &str| {
        let mut sh = Command::new("sh");
        sh.args(["-c", &format!("{command} 2>&1")]).current_dir(&root).env("PATH", format!("{own}:{path}"));
        sh.env("HOME", folder.path()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        sh.env("TMPDIR", folder.path()).env("LC_ALL", "C");
        for who in ["AUTHOR", "COMMITTER"] {
            sh.env(format!("GIT_{who}_NAME"), "Mara").env(format!("GIT_{who}_EMAIL"), "mara@example.org");
        }
        let done = sh.output().expect("a shell");
        let text = String::from_utf8(done.stdout).expect("it speaks UTF-8");
        (done.status.success(), text.replace(&folder.path().display().to_string(), "/tmp"))
    };
    assert!(sh("git init --quiet && git add --all && git commit --quiet --message Begin").0);
    let mut refused = 0;
    for (line, shown) in dialogue("Adopt it in five minutes") {
        let (command, comment) = line.split_once("   # ").unwrap_or((&line, ""));
        let before = sh("git rev-parse HEAD").1;
        let (is_well, answer) = sh(command);
        let is_refused = comment.starts_with("refused");
        assert_eq!(is_well, !is_refused, "{command}\n{answer}");
        if command.starts_with("git commit") {
            assert_eq!(sh("git rev-parse HEAD").1 == before, is_refused, "{command}\n{answer}");
        }
        if command.starts_with("roadbook try") {
            assert_eq!(sh("git status --porcelain").1, "", "it touches nothing");
        }
        refused += u32::from(is_refused);
        shows(&shown, &answer);
    }
    assert_eq!(refused, 2, "what is to be mended is told, and a commit is refused; the next ones pass");
    assert_eq!(sh("git status --porcelain").1, "");
    assert!(root.join("site/index.html").is_file(), "the website is built");
    assert!(sh("roadbook check --deny-warnings").0);
    let again = sh("roadbook init --adopt --hook");
    assert!(again.1.contains("already set up"), "{}", again.1);
}

/// The commands that the README gives for what somebody has: `A CSV`. Each with whether it is to pass.
#[cfg(unix)]
fn onboarding(what: &str) -> Vec<(String, bool)> {
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    let (_, part) = readme.split_once(&format!("\n### {what}\n")).expect("the section");
    let part = part.split("\n## ").next().unwrap_or_default().split("\n### ").next().unwrap_or_default();
    let lines = part.lines().filter_map(|line| line.strip_prefix("$ "));
    let command = |line: &str| {
        let (command, comment) = line.split_once('#').unwrap_or((line, ""));
        (command.trim().to_owned(), !comment.contains("exits with 1"))
    };
    lines.map(command).collect()
}

/// Runs them in a repository with one file, and returns the folder and what `roadbook list` says then.
#[cfg(unix)]
fn begun(what: &str, file: Option<(&str, &str)>) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("shop");
    fs::create_dir(&root).expect("a folder");
    if let Some((name, text)) = file {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
        fs::write(path, text).expect("a file");
    }
    let git = Command::new("git").args(["init", "--quiet"]).current_dir(&root).status();
    assert!(git.is_ok_and(|status| status.success()));
    let run = |command: &str| {
        let words = command.split_whitespace().skip(1);
        let mut run = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        run.args(words).current_dir(&root).env("TMPDIR", folder.path());
        run.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        run.output().expect("it starts")
    };
    let commands = onboarding(what);
    assert!(commands.len() >= 2, "{what}: {commands:?}");
    for (command, is_well) in commands {
        let done = run(&command);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(i32::from(!is_well)), "{command}\n{said}");
    }
    assert!(root.join("site/index.html").is_file(), "{what}: the website is built");
    let check = run("roadbook check");
    assert!(check.status.success(), "{what}: {}", String::from_utf8_lossy(&check.stderr));
    let list = run("roadbook list").stdout;
    (folder, String::from_utf8(list).expect("it speaks UTF-8"))
}

#[cfg(unix)]
#[test]
fn a_json_is_begun_with_as_the_readme_says() {
    let messy = r#"{
  "title": "Shop", "version": 3,
  "milestones": [{ "title": "M1 – Checkout", "due": "2027-03-31T00:00:00Z" }],
  "issues": [
    { "id": 1, "title": "Pay by card", "milestone": "M1 – Checkout", "state": "Open", "labels": ["Type:feature"] },
    { "id": 2, "title": "Refunds", "state": "CLOSED", "labels": ["type:feature"], "sprint": 3 }
  ]
}"#;
    let (folder, list) = begun("A JSON", Some(("roadmap/plan.json", messy)));
    assert!(list.contains("Pay by card") && list.lines().count() == 2, "{list}");
    let source = fs::read_to_string(folder.path().join("shop/roadmap/plan.json")).expect("the source");
    for kept in ["\"due_on\": \"2027-03-31\"", "\"version\": 3", "\"closed\""] {
        assert!(source.contains(kept), "{kept}\n{source}");
    }
}

#[cfg(unix)]
#[test]
fn a_document_of_bullets_is_begun_with_as_the_readme_says() {
    let bullets = "# Shop roadmap\n\n## Now\n\n- Pay by card (#12)\n- Refunds @mara, which wraps\n  onto a second line\n\n\
        ## Later\n\n* [x] Gift cards\n* Loyalty points\n";
    let (_, list) = begun("A ROADMAP.md", Some(("ROADMAP.md", bullets)));
    for title in ["Pay by card", "Refunds", "Gift cards", "Loyalty points"] {
        assert!(list.contains(title), "{title}\n{list}");
    }
    assert!(list.contains("done") && list.lines().count() == 4, "{list}");
}

#[cfg(unix)]
#[test]
fn a_csv_is_begun_with_as_the_readme_says() {
    let sheet = "\u{feff}Key;Summary;Status;Assignee;Due date\r\nS-1;\"Pay by card; or not\";In progress;mara;2027-03-31\r\nS-2;Refunds;Done;;\r\n";
    let (folder, list) = begun("A CSV", Some(("plan.csv", sheet)));
    assert!(list.contains("Pay by card; or not") && list.lines().count() == 2, "{list}");
    let source = fs::read_to_string(folder.path().join("shop/roadmap/milestones_and_issues.json"))
        .expect("the source");
    assert!(source.contains("2027-03-31") && source.contains("mara"), "{source}");
}

#[cfg(unix)]
#[test]
fn nothing_is_begun_with_as_the_readme_says() {
    let (_, list) = begun("Nothing yet", None);
    assert!(list.contains("ready") && list.lines().count() > 3, "{list}");
}
