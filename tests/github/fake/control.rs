//! Orders for a server that stands alone: its world, its log and its faults, by HTTP.
//!
//! `GET /_fake/log` gives what was asked, a line each; `POST /_fake/forget` begins anew; `POST /_fake/edit` with
//! `{"number": 3, "issue": {…}}` is somebody's edit; `POST /_fake/fault` with
//! `{"at": {"write": 4}, "times": 1, "kind": "fails-after", "status": 502}` orders a fault, `DELETE` forgets all of them;
//! `POST /_fake/elsewhere` with `{"repository": "acme/garden", "number": 3, "issue": {…}}` opens an issue in another repository;
//! `POST /_fake/lag` with `{"lists": 2, "lookups": 1}` lets what is made stay unseen.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    faults::{Fault, Planned, When},
    http::{Answer, Request},
    log::Entry,
    server::{Hub, unknown},
    world::Lag,
};

/// What all orders begin with.
pub(crate) const PREFIX: &str = "/_fake/";

/// Does what is ordered.
pub(crate) fn answer(hub: &mut Hub, request: &Request) -> Answer {
    let order: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    match (request.method.as_str(), &request.path[PREFIX.len()..]) {
        ("GET", "log") => {
            let lines: Vec<_> =
                hub.log.iter().map(|entry| format!("{} {}", entry.status, Entry::line(entry))).collect();
            done(&json!(lines))
        }
        ("POST", "forget") => {
            hub.log.clear();
            hub.counts = super::Counts::default();
            done(&Value::Null)
        }
        ("POST", "edit") => {
            hub.world.edit_issue(order["number"].as_u64().unwrap_or(0), &order["issue"]);
            done(&Value::Null)
        }
        ("POST", "elsewhere") => {
            let (repository, number) = (order["repository"].as_str(), order["number"].as_u64());
            let (Some(repository), Some(number)) = (repository, number) else { return unknown("no name") };
            hub.world.open_elsewhere(repository, number, &order["issue"]);
            done(&Value::Null)
        }
        ("POST", "lag") => {
            let number = |name: &str| order[name].as_u64().unwrap_or(0);
            hub.world.lag =
                Lag { lists: number("lists"), lookups: u32::try_from(number("lookups")).unwrap_or(0) };
            done(&Value::Null)
        }
        ("DELETE", "fault") => {
            hub.faults.clear();
            done(&Value::Null)
        }
        ("POST", "fault") => match fault(&order) {
            Some(fault) => {
                hub.faults.push(fault);
                done(&Value::Null)
            }
            None => unknown("no such fault"),
        },
        _ => unknown("no such order"),
    }
}

fn done(value: &Value) -> Answer {
    Answer { status: 200, headers: Vec::new(), body: value.to_string().into_bytes() }
}

fn fault(order: &Value) -> Option<Planned> {
    let at = |name: &str| order["at"][name].as_u64();
    let when = at("request").map(When::Request).or_else(|| at("write").map(When::Write));
    let when = when.or_else(|| at("creation").map(When::Creation))?;
    let status = order["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let seconds = order["seconds"].as_u64();
    let fault = match order["kind"].as_str()? {
        "primary" => Fault::Primary { status: status.unwrap_or(403), reset: seconds.unwrap_or(0) },
        "secondary" => Fault::Secondary { status: status.unwrap_or(403), retry_after: seconds },
        "forbidden" => Fault::Forbidden,
        "fails" => Fault::Fails(status.unwrap_or(502)),
        "fails-after" => Fault::FailsAfter(status.unwrap_or(502)),
        "drops-before" => Fault::DropsBefore,
        "drops-after" => Fault::DropsAfter,
        "cuts" => Fault::Cuts,
        "slow" => Fault::Slow(Duration::from_secs(seconds.unwrap_or(1))),
        _ => return None,
    };
    Some(Planned { when, times: order["times"].as_u64().unwrap_or(1), fault })
}
