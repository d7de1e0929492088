//! `bad-assignee`: an assignee is not written as a GitHub login.

use super::{Context, Example, Kind, Rule};
use crate::report::{Action, Code, Diagnostic, Report, Severity};

/// How many characters a login has at most.
/// Source: "Username is too long (maximum is 39 characters)", github.com/signup. An app's has `[bot]` beside.
const MOST: usize = 39;

pub(super) const RULE: Rule = Rule {
    code: Code::BadAssignee,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an assignee is not a GitHub login",
    explanation: "`assignees` takes GitHub logins: up to 39 letters, digits and hyphens, without `@`. GitHub refuses an issue with \
a name that it does not know, or leaves the name out. A person who has no login can be the `owner` of a milestone, which \
is free text.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "assignees": ["@mara"] }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "assignees": ["mara"] }] }"#),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    for (ix, issue) in context.roadmap.issues() {
        for (index, name) in issue.assignees().iter().enumerate().filter(|(_, name)| !is_login(name)) {
            let place = context.roadmap.issue_place(ix).key("assignees").index(index);
            let bare = name.trim().trim_end_matches('/').trim_start_matches("https://github.com/");
            let bare = match bare.strip_prefix("app/").or_else(|| bare.strip_prefix("apps/")) {
                Some(app) => format!("{app}[bot]"),
                None => bare.trim_start_matches('@').to_owned(),
            };
            let shown: String = name.chars().take(2 * MOST).collect();
            let shown = if shown == *name { shown } else { shown + "…" };
            let found = Diagnostic::new(Code::BadAssignee, place, format!("`{shown}` is not a GitHub login"));
            report.push(match is_login(&bare) {
                true => found.help(format!("write `{bare}`")).certainly(Action::text(&bare)),
                false => {
                    found.help("write the login of the person, as it stands in the address of their profile")
                }
            });
        }
    }
}

/// Letters, digits and hyphens; `_` stands in the logins of managed users, `[bot]` at the end of an app's.
fn is_login(name: &str) -> bool {
    let name = name.strip_suffix("[bot]").unwrap_or(name);
    (1..=MOST).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_login;

    #[test]
    fn logins_of_people_managed_users_and_apps_are_known() {
        for good in [&"x".repeat(39), "mara", "nc-mara", "mara_acme", "dependabot[bot]", "1"] {
            assert!(is_login(good), "{good}");
        }
        for bad in ["", &"x".repeat(40), "@mara", "Mara Smith", "mara@acme.org", "[bot]", "mära"] {
            assert!(!is_login(bad), "{bad}");
        }
    }
}
