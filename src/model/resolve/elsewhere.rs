//! References to issues in other repositories: read, held to their form, and told what the last snapshot says of them.

use super::items::{Resolver, stated};
use crate::{
    model::{Elsewhere, IssueName, Stated},
    report::{Action, Code, Diagnostic, Place},
    source::LockElsewhere,
};

impl Resolver<'_> {
    /// The issue in another repository that a reference names; one of no good form, or of the roadmap's own repository, is told and
    /// dropped.
    pub(super) fn issue_elsewhere(
        &mut self,
        text: &str,
        place: impl FnOnce() -> Place,
        code: Code,
    ) -> Option<Elsewhere> {
        let Some(name) = IssueName::elsewhere(text) else {
            let message = format!("`{text}` does not name an issue of another repository");
            let found = Diagnostic::new(code, place(), message)
                .help("write `owner/name#4`: the repository, and the number of the issue there");
            self.report.push(meaning(found, IssueName::addressed(text).map(|name| name.to_string())));
            return None;
        };
        if self.repository.as_deref().is_some_and(|own| name.is_in(own)) {
            let message = format!("`{text}` is an issue of this roadmap's own repository");
            let found = Diagnostic::new(code, place(), message);
            self.report.push(match self.id_of(name.number) {
                Some(id) => found.help(format!("name it by its id: `{id}`")).certainly(Action::text(&id)),
                None => found.help("add the issue to the roadmap, and name it by its id"),
            });
            return None;
        }
        let known = self.lock.and_then(|lock| lock.elsewhere.get(&name.key()));
        let snapshot = known.map_or_else(Stated::default, |LockElsewhere { remote, .. }| stated(remote));
        Some(Elsewhere { name, text: text.to_owned(), snapshot })
    }

    /// The id of the roadmap's issue that has this number in GitHub.
    fn id_of(&self, number: u64) -> Option<String> {
        let lines = &self.lock?.issues;
        let (key, _) = lines.iter().find(|(_, line)| line.number == Some(number))?;
        Some(self.names.issue_as_written(key).unwrap_or_else(|| key.clone()))
    }
}

/// The finding with the name that is meant.
fn meaning(found: Diagnostic, close: Option<String>) -> Diagnostic {
    match close {
        Some(name) => found.did_you_mean(Some(&name)).certainly(Action::text(&name)),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        report::Code,
        rules::tests::{all_found, found_with_lock},
    };

    #[test]
    fn what_names_no_issue_elsewhere_is_told_with_the_form() {
        let of = |blocker: &str| {
            let issue = serde_json::json!({ "id": "A-1", "title": "a", "blocked_by": [blocker] });
            all_found(&serde_json::json!({ "repository": "acme/shed", "issues": [issue] }).to_string())
        };
        assert_eq!(of("acme/garden#1"), [""; 0]);
        for bad in ["acme/garden", "#4", "acme/garden#0", "acme/garden#01", "acme/../x#1"] {
            let told = of(bad);
            assert!(
                told.len() == 1 && told[0].starts_with("unknown-blocker issues[0].blocked_by[0]: "),
                "{told:?}"
            );
            assert!(told[0].contains("does not name an issue of another repository"), "{told:?}");
        }
    }

    #[test]
    fn the_own_repository_is_named_by_ids() {
        let source = r#"{ "repository": "acme/shed", "issues": [
            { "id": "A-1", "title": "a" },
            { "id": "A-2", "title": "b", "parent": "ACME/Shed#4", "blocked_by": ["acme/shed#4", "acme/shed#9"] } ] }"#;
        let lock = r#"{ "version": 1, "repository": "acme/shed", "issues": { "a-1": { "number": 4 } } }"#;
        let found = |code| found_with_lock(code, source, lock);
        let told = "is an issue of this roadmap's own repository";
        assert_eq!(found(Code::UnknownParent), [format!("issues[1].parent: `ACME/Shed#4` {told}")]);
        assert_eq!(
            found(Code::UnknownBlocker),
            [4, 9].map(|n| format!("issues[1].blocked_by[{}]: `acme/shed#{n}` {told}", usize::from(n == 9)))
        );
    }
}
