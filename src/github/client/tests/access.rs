//! Which repository, which address, which token.

use super::double::World;
use crate::{
    github::client::{Access, connect},
    io::{Failure, Output},
};

/// The token and the address that a client of this world uses, as its first request would show them.
fn used(world: &World, access: Access<'_>) -> Result<(String, String), Failure> {
    let access = Access { repository: Some("o/r"), ..access };
    let io = world.io();
    let client = connect(&io, &access, &|_| {})?;
    Ok((client.token.header(), client.base.at("")))
}

fn world(variables: &[(&'static str, &str)]) -> World {
    let mut world = World::new(vec![]);
    world.variables = variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    world
}

#[test]
fn the_token_that_is_named_comes_first() {
    let all = [("MINE", "a"), ("GH_TOKEN", "b"), ("GITHUB_TOKEN", "c")];
    let named = Access { token_env: Some("MINE"), ..Access::default() };
    assert_eq!(used(&world(&all), named).unwrap().0, "Bearer a");
    for (from, expected) in [(0, "Bearer b"), (2, "Bearer c")] {
        assert_eq!(used(&world(&all[from..]), Access::default()).unwrap().0, expected);
    }
    let failure = used(&world(&all[1..]), named).unwrap_err();
    assert_eq!(failure.message, "`--token-env` names `MINE`, which is not set");
}

#[test]
fn gh_is_asked_last_and_for_this_host() {
    let mut world = world(&[("GH_HOST", "acme.ghe.com")]);
    let failure = used(&world, Access::default()).unwrap_err();
    assert_eq!(failure.message, "there is no token for `acme.ghe.com`");
    world.gh = Some(Output { success: true, stdout: b"gho_x\n".to_vec(), stderr: String::new() });
    let (token, url) = used(&world, Access::default()).unwrap();
    assert_eq!((token.as_str(), url.as_str()), ("Bearer gho_x", "https://api.acme.ghe.com"));
    assert_eq!(world.asked_gh.lock().unwrap().last().unwrap(), "auth token --hostname acme.ghe.com");
}

#[test]
fn a_token_for_github_com_stays_there() {
    let own = [("GH_TOKEN", "b"), ("GITHUB_TOKEN", "c")];
    let server = Access { api_url: Some("https://git.acme.example/api/v3"), ..Access::default() };
    let failure = used(&world(&own), server).unwrap_err();
    assert!(failure.help.unwrap().contains("GH_ENTERPRISE_TOKEN"));
    let both = [own[0], ("GITHUB_ENTERPRISE_TOKEN", "e")];
    assert_eq!(used(&world(&both), server).unwrap().0, "Bearer e");
    // In a workflow on that server, the workflow's token is the server's.
    let workflow =
        [own[1], ("GITHUB_API_URL", "https://git.acme.example/api/v3"), ("GITHUB_ACTIONS", "true")];
    let (token, url) = used(&world(&workflow), Access::default()).unwrap();
    assert_eq!((token.as_str(), url.as_str()), ("Bearer c", "https://git.acme.example/api/v3"));
    // Another port is another server, and the address alone does not make a workflow.
    let port = Access { api_url: Some("https://git.acme.example:8443/api/v3"), ..Access::default() };
    assert!(used(&world(&workflow), port).is_err());
    assert!(used(&world(&workflow[..2]), Access::default()).is_err());
}

#[test]
fn what_others_say_is_shown_without_the_token_and_not_without_end() {
    World::new(vec![]).with(|client| {
        let shown = client.token.hidden_in("a\0b\u{1b}[2J\u{202e} ghp_secret");
        assert_eq!(shown, "a b [2J  …");
        let long = client.token.hidden_in(&"ü".repeat(100_000));
        assert_eq!(long.chars().count(), 501);
        assert_eq!(client.token.hidden_in(&"ü".repeat(500)).chars().count(), 500);
    });
}

#[test]
fn a_token_that_would_be_two_headers_is_refused_unseen() {
    let failure = used(&world(&[("GH_TOKEN", "secret\r\nX-Evil: 1")]), Access::default()).unwrap_err();
    assert!(failure.message.starts_with("the value from `GH_TOKEN` is not a token"));
    assert!(!failure.message.contains("secret"));
}

#[test]
fn a_token_is_not_printed() {
    let world = World::new(vec![]);
    world.with(|client| assert_eq!(format!("{:?}", client.token), "Token(…)"));
}

#[test]
fn without_a_repository_nothing_is_guessed() {
    let world = world(&[("GH_TOKEN", "a"), ("GITHUB_REPOSITORY", "x/y"), ("GH_REPO", "x/y")]);
    let io = world.io();
    let failure = connect(&io, &Access::default(), &|_| {}).err().unwrap();
    assert_eq!(failure.message, "no GitHub repository is given");
}
