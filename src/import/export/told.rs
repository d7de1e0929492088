//! What is said of a file that is no export of issues: what it is, and what to do.

use serde_json::Value;

use super::{Shape, shape};
use crate::report::{Code, Diagnostic, Place};

/// What is no issue of GitHub, as people call it, and what to do about it.
pub(super) fn other(place: Place, kind: &str) -> Diagnostic {
    let found = no_issue(place, &format!("this is {kind}"));
    if !kind.contains("label") {
        return found;
    }
    found.help(
        "labels belong into `labels` of the JSON, as `{\"name\": \"bug\", \"color\": \"ff0000\", \"description\": \"…\"}`; \
         `roadbook import OWNER/NAME` takes those of a repository along",
    )
}

/// What a text is that holds no roadmap and is not Markdown: an export of issues, or what is not read; and whether `import`
/// makes a roadmap of it.
pub(crate) fn kind(text: &str) -> Option<(&'static str, bool)> {
    let mut values =
        serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter::<Value>();
    let value = values.next()?.ok()?;
    if let Some(kind) = value.as_object().and_then(shape::around) {
        return Some((kind, false));
    }
    let mut first = &value;
    while let Some(inside) = first.as_array().or_else(|| first.get("items")?.as_array()) {
        first = inside.first()?;
    }
    let shape = Shape::of(first.as_object()?);
    match shape {
        _ if value.is_object() && first == &value => None,
        Shape::Issue | Shape::Milestone => Some(("an export of GitHub's issues", true)),
        Shape::Pull => Some(("an export of pull requests", false)),
        Shape::Discussion => Some(("an export of discussions", false)),
        Shape::Other("no issue of GitHub") => None,
        Shape::Other("a label") => Some(("a file of labels", false)),
        Shape::Other(noun) => Some((noun, false)),
    }
}

pub(super) fn no_issue(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::WrongType, place, message).help(
        "write an export with `gh issue list --state all --limit 9999 --json \
         number,title,body,labels,milestone,state,stateReason,assignees,closedAt,url`, or with \
         `gh api --paginate 'repos/OWNER/NAME/issues?state=all'`",
    )
}

pub(super) fn odd_issue(place: &Place, noun: &str, member: Option<&str>) -> Diagnostic {
    let member = member.map_or_else(|| "a member".to_owned(), |member| format!("`{member}`"));
    no_issue(place.clone(), &format!("this {noun} cannot be read: {member} is not as GitHub writes it"))
}
