//! Every kind of refusal at every kind of request: what is said is for people, nothing is made twice or taken for gone, and the next
//! run finishes.

use serde_json::json;

use crate::{
    fake::{Answer, Fault, GitHub, When},
    roadmaps::{Account, roadmap},
    support::Project,
};

/// Words of parsers and of programs, which nobody is to read.
const STRANGE: [&str; 14] = [
    "expected",
    "EOF",
    "at line",
    "column",
    "invalid type",
    "missing field",
    "unknown variant",
    "serde",
    "trailing char",
    "panicked",
    "Some(",
    "Err(",
    "struct ",
    "already_exists",
];

/// Answers that GitHub, or somebody before it, gives: a status and a body.
fn answers() -> Vec<(u16, String)> {
    let fault = |code: &str| json!({ "message": "Validation Failed", "errors": [{ "resource": "Issue", "field": "title", "code": code, "value": "x" }] });
    let codes = ["missing", "missing_field", "invalid", "unprocessable", "custom", "odd"];
    let mut all: Vec<_> = codes.iter().map(|code| (422, fault(code).to_string())).collect();
    for words in [
        "Resource not accessible by integration",
        "Repository was archived so is read-only.",
        "IP allow list",
    ] {
        all.push((403, json!({ "message": words }).to_string()));
    }
    for status in [400, 401, 403, 404, 405, 409, 410, 413, 415, 418, 422, 451] {
        all.push((status, json!({ "message": "No" }).to_string()));
        all.push((status, "{}".into()));
        all.push((status, String::new()));
        all.push((status, "<html><body>Blocked by a proxy</body></html>".into()));
        all.push((status, "not json".into()));
        all.push((status, r#"{"message": "cut of"#.into()));
    }
    for body in ["", "<html></html>", "[", r#"{"id": 1"#, "{}", "null", "[]", "7"] {
        all.push((200, body.into()));
    }
    all
}

#[test]
fn every_answer_at_every_request_is_told_in_words_and_does_no_harm() {
    let source = roadmap(4);
    let requests = {
        let (github, project) = (GitHub::start(), Project::asking(&source));
        project.ask(&github, ["apply", "--yes"]).ends_with(0);
        github.counts().requests
    };
    let all = answers();
    let is_full = std::env::var_os("ROADBOOK_FULL").is_some();
    let step = if is_full { 1 } else { 97 };
    let cases = (1..=requests).flat_map(|nth| all.iter().map(move |answer| (nth, answer)));
    let mut count = 0;
    for (nth, (status, body)) in cases.step_by(step) {
        count += 1;
        let (github, project) = (GitHub::start(), Project::asking(&source));
        let answer = Answer { status: *status, headers: Vec::new(), body: body.clone().into_bytes() };
        github.fault(When::Request(nth), Fault::Answers(answer));
        let run = project.ask(&github, ["apply", "--yes"]);
        let case = format!("{status} {body:?} at {nth}: {:?}\n{}\n{}", run.code, run.out, run.err);
        for words in STRANGE {
            assert!(!run.err.contains(words), "`{words}`: {case}");
        }
        assert!(matches!(run.code, 0 | 1 | 4 | 5), "{case}");
        github.heal();
        for _ in 0..2 {
            project.apply(&github, &["--on-conflict", "ours"]);
        }
        let account = Account::of(&github, &source);
        assert!(account.is_clean(), "{case}\n{account:?}");
        project.ask(&github, ["drift"]).ends_with(0);
    }
    println!("{count} answers: none doubled, lost or in words of a parser");
}
