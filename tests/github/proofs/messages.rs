//! What is said where nothing can be done: one message, which names what is wrong, and a help that says what to do.

use serde_json::json;

use crate::{
    fake::{Access, GitHub, TOKEN},
    roadmaps::roadmap,
    support::{Project, Run},
};

/// A server and a folder with a small roadmap.
fn scene() -> (GitHub, Project) {
    (GitHub::start(), Project::asking(&roadmap(3)))
}

/// Holds a run to one error with these words in it, one help, no panic, and nothing of the token.
#[track_caller]
fn says(title: &str, run: &Run, words: &[&str]) {
    println!("\n# {title}: exit {:?}\n{}", run.code, run.err);
    let errors = run.err.lines().filter(|line| line.starts_with("error")).count();
    assert_eq!(errors, 1, "{title}: {}", run.err);
    assert!((1..100).contains(&run.code), "{title}: {:?}", run.code);
    assert!(run.err.contains("help: "), "{title}: {}", run.err);
    assert!(!run.err.contains(TOKEN), "{title}: {}", run.err);
    for word in words {
        assert!(run.err.contains(word), "{title} does not say `{word}`: {}", run.err);
    }
}

/// Runs `plan` and `apply`; nothing may have been written.
#[track_caller]
fn both(title: &str, github: &GitHub, project: &Project, words: &[&str]) {
    says(title, &project.ask(github, ["plan"]), words);
    says(title, &project.ask(github, ["apply", "--yes"]), words);
    assert_eq!(github.writes(), [""; 0], "{title}");
}

#[test]
fn a_wrong_token() {
    let (github, mut project) = scene();
    project.log_in(Some("ghp_wrong"));
    both("a wrong token", &github, &project, &["token"]);
    project.log_in(None);
    both("no token", &github, &project, &["GH_TOKEN"]);
}

#[test]
fn no_network() {
    let (github, project) = scene();
    let url = github.url();
    drop(github);
    for verb in [["plan"].as_slice(), &["apply", "--yes"]] {
        says("no network", &project.ask_at(&url, verb), &["cannot be reached"]);
    }
}

#[test]
fn a_private_repository() {
    let (github, project) = scene();
    github.world(|world| {
        world.repository.is_private = true;
        world.tokens.values_mut().for_each(|access| access.reads = false);
    });
    both("a private repository", &github, &project, &["acme/data-platform"]);
}

#[test]
fn a_renamed_repository() {
    let (github, project) = scene();
    github.world(|world| {
        world.repository.former.insert("acme/data-platform".to_owned());
        world.repository.name = "platform".to_owned();
    });
    both("a renamed repository", &github, &project, &["acme/platform"]);
}

#[test]
fn issues_switched_off() {
    let (github, project) = scene();
    github.world(|world| world.repository.has_issues = false);
    both("issues switched off", &github, &project, &["acme/data-platform", "issues"]);
}

#[test]
fn an_archived_repository() {
    let (github, project) = scene();
    github.world(|world| world.repository.is_archived = true);
    let run = project.ask(&github, ["apply", "--yes"]);
    says("an archived repository", &run, &["acme/data-platform", "archived"]);
    assert_eq!(github.writes(), [""; 0]);
    // Reading is allowed.
    project.ask(&github, ["plan"]).ends_with(0);
}

#[test]
fn a_token_that_only_reads() {
    let (github, project) = scene();
    let access = Access { login: "fork".to_owned(), reads: true, pushes: false, is_read_only: true };
    github.world(|world| world.tokens.insert(TOKEN.to_owned(), access));
    project.ask(&github, ["plan"]).ends_with(0);
    says("a fork's token", &project.ask(&github, ["apply", "--yes"]), &["acme/data-platform"]);
    assert_eq!(github.writes(), [""; 0]);
}

#[test]
fn a_copy_with_another_repositorys_lock() {
    let (github, mut project) = scene();
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    let mut source = project.source();
    source["repository"] = json!("copycat/data-platform");
    project.rewrite(&source);
    let other = GitHub::start_with(crate::fake::World::new("copycat", "data-platform"));
    let run = project.ask(&other, ["apply", "--yes"]);
    says("another repository's lock", &run, &["acme/data-platform", "copycat/data-platform"]);
    assert_eq!(other.writes(), [""; 0]);
    // A workflow knows where it runs, and a copy without a lock says where it came from.
    project.rewrite(&roadmap(3));
    project
        .variables
        .extend([("GITHUB_ACTIONS", "true".into()), ("GITHUB_REPOSITORY", "copycat/data-platform".into())]);
    github.forget();
    let run = project.ask(&github, ["apply", "--yes"]);
    says("another repository's workflow", &run, &["acme/data-platform", "copycat/data-platform"]);
    project.variables.retain(|(name, _)| *name == "GH_TOKEN");
    project.variables.push(("ROADBOOK_READ_ONLY", "1".into()));
    says("read-only by order", &project.ask(&github, ["apply", "--yes"]), &["ROADBOOK_READ_ONLY"]);
    assert_eq!(github.writes(), [""; 0]);
}

#[test]
fn the_hours_requests_are_used_up() {
    let (github, project) = scene();
    github.set_budget(Some(6));
    let run = project.ask(&github, ["apply", "--yes"]);
    says("the hour's requests are used up", &run, &["resume"]);
    github.set_budget(None);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
}
