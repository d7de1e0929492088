//! Faults strike where they were ordered, and what was to be done then is done or is not, as each says.

use roadbook::internals::io::{Lost, Method};
use serde_json::json;

use super::Conversation;
use crate::fake::{Fault, When};

/// How many issues a `POST` made, and what came of it.
fn creation(fault: Fault) -> (usize, Result<u16, Lost>) {
    let talk = Conversation::new();
    talk.github.fault(When::Write(1), fault);
    let told = talk.try_ask(Method::Post, "/issues", &json!({ "title": "a" }));
    (talk.github.world(|world| world.issues.len()), told.map(|told| told.status))
}

#[test]
fn some_strike_before_and_some_after() {
    assert_eq!(creation(Fault::Fails(502)), (0, Ok(502)));
    assert_eq!(creation(Fault::FailsAfter(502)), (1, Ok(502)));
    assert_eq!(creation(Fault::Forbidden), (0, Ok(403)));
    let (made, told) = creation(Fault::DropsBefore);
    assert!(made == 0 && matches!(told, Err(Lost::Unknown(_))), "{made} {told:?}");
    for fault in [Fault::DropsAfter, Fault::Cuts] {
        let (made, told) = creation(fault);
        assert!(made == 1 && matches!(told, Err(Lost::Unknown(_))), "{made} {told:?}");
    }
}

#[test]
fn limits_say_how_long_as_github_does() {
    let talk = Conversation::new();
    talk.github.fault(When::Request(1), Fault::Primary { status: 403, reset: 5 });
    talk.github.fault(When::Request(2), Fault::Secondary { status: 429, retry_after: Some(7) });
    talk.github.fault_times(When::Request(3), 2, Fault::Secondary { status: 403, retry_after: None });
    let told: Vec<_> = (0..5).map(|_| talk.get("/labels")).collect();
    let statuses: Vec<_> = told.iter().map(|told| told.status).collect();
    assert_eq!(statuses, [403, 429, 403, 403, 200]);
    assert_eq!(told[0].header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(told[1].header("retry-after"), Some("7"));
    assert_eq!(told[2].header("retry-after"), None);
    assert_ne!(told[2].header("x-ratelimit-remaining"), Some("0"));
    assert!(told[2].body["message"].as_str().is_some_and(|words| words.contains("secondary rate limit")));
}

#[test]
fn a_budget_is_used_up() {
    let talk = Conversation::new();
    talk.github.set_budget(Some(2));
    let statuses: Vec<_> = (0..3).map(|_| talk.get("/labels").status).collect();
    assert_eq!(statuses, [200, 200, 403]);
    talk.github.set_budget(None);
    assert_eq!(talk.get("/labels").status, 200);
}

#[test]
fn what_happened_is_in_the_log() {
    let talk = Conversation::new();
    talk.get("/labels");
    talk.post("/issues", &json!({ "title": "a" }));
    assert_eq!(talk.github.writes(), [r#"POST issues {"title":"a"}"#]);
    let counts = talk.github.counts();
    assert_eq!((counts.requests, counts.writes, counts.creations), (2, 1, 1));
    assert!(talk.github.log().iter().all(|entry| entry.has_token));
}
