//! What is asked before anything is written: may it be, and is this the repository that is meant.

use crate::{
    github::{look::refuse_other, remote::Repository},
    io::{Failure, FailureKind, Process},
    source::Lock,
};

/// Refuses to write where the environment forbids it, or where the lock or the workflow speak of another repository: then the
/// roadmap is a copy, and its numbers are those of the original's issues.
///
/// # Errors
/// Where it refuses.
pub(crate) fn guard(repository: &str, lock: &Lock, process: &dyn Process) -> Result<(), Failure> {
    if process.variable("ROADBOOK_READ_ONLY").is_some_and(|value| value != "0") {
        return Err(Failure::new(
            FailureKind::GitHub,
            "`ROADBOOK_READ_ONLY` is set: nothing is written to GitHub",
        )
        .help("`roadbook plan` shows what would be; unset the variable to apply it"));
    }
    let is_other = |name: &String| !name.eq_ignore_ascii_case(repository);
    let workflow = process.variable("GITHUB_ACTIONS").and_then(|_| process.variable("GITHUB_REPOSITORY"));
    if let Some(workflow) = workflow.filter(is_other) {
        let message = format!("this workflow runs in `{workflow}`, and the roadmap is for `{repository}`");
        return Err(Failure::new(FailureKind::GitHub, message).help(
            "is this a copy of a template? Write its own repository into the JSON, and delete the copied lock",
        ));
    }
    refuse_other(lock, repository)
}

/// Refuses to begin in a repository in which not all could be written.
///
/// # Errors
/// Where it refuses.
pub(crate) fn may_write(repository: &Repository) -> Result<(), Failure> {
    let name = &repository.full_name;
    let (message, help) = if repository.is_archived {
        (
            format!("`{name}` is archived, and so read-only"),
            "unarchive it in its settings, or name another repository".to_owned(),
        )
    } else if !repository.can_push {
        (
            format!("the token may read `{name}`, but not write to it"),
            "GitHub would drop labels, milestones and assignees in silence: take a token of somebody with write access, \
             with `repo`, or Issues: Read and write"
                .to_owned(),
        )
    } else {
        return Ok(());
    };
    Err(Failure::new(FailureKind::GitHub, message).help(help))
}

#[cfg(test)]
mod tests {
    use std::{ffi::OsStr, path::Path};

    use super::*;
    use crate::io::Output;

    struct Variables(&'static [(&'static str, &'static str)]);

    impl Process for Variables {
        fn variable(&self, name: &str) -> Option<String> {
            self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        }
        fn run(&self, _: &str, _: &[&OsStr], _: &Path) -> Result<Option<Output>, Failure> {
            Ok(None)
        }
    }

    #[test]
    fn a_copy_of_a_template_is_refused() {
        let lock = |name: &str| Lock { repository: Some(name.into()), ..Lock::default() };
        let none = Variables(&[]);
        assert_eq!(guard("o/r", &Lock::default(), &none), Ok(()));
        assert_eq!(guard("o/r", &lock("O/R"), &none), Ok(()));
        let failure = guard("o/r", &lock("o/template"), &none).unwrap_err();
        assert_eq!(failure.message, "the lock speaks of `o/template`, and this is `o/r`");
        let workflow = Variables(&[("GITHUB_ACTIONS", "true"), ("GITHUB_REPOSITORY", "o/copy")]);
        let failure = guard("o/r", &lock("o/r"), &workflow).unwrap_err();
        assert_eq!(failure.message, "this workflow runs in `o/copy`, and the roadmap is for `o/r`");
        let outside = Variables(&[("GITHUB_REPOSITORY", "o/copy")]);
        assert_eq!(guard("o/r", &lock("o/r"), &outside), Ok(()));
        assert!(guard("o/r", &lock("o/r"), &Variables(&[("ROADBOOK_READ_ONLY", "1")])).is_err());
    }

    #[test]
    fn nothing_is_begun_that_cannot_be_ended() {
        let good =
            Repository { full_name: "o/r".into(), can_push: true, has_issues: true, is_archived: false };
        assert_eq!(may_write(&good), Ok(()));
        let of = |repository: Repository| may_write(&repository).unwrap_err().message;
        assert_eq!(
            of(Repository { is_archived: true, ..good.clone() }),
            "`o/r` is archived, and so read-only"
        );
        assert_eq!(
            of(Repository { can_push: false, ..good }),
            "the token may read `o/r`, but not write to it"
        );
    }
}
