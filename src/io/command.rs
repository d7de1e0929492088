//! How other programs are started: found where the `PATH` says and nowhere else, and git so that it runs no code of the
//! repository that it is asked about.
#![allow(
    clippy::disallowed_methods,
    reason = "io is where other programs are started and the `PATH` is read"
)]

use std::{
    env,
    ffi::OsStr,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    process::Command,
};

/// Settings of a repository by which it could make git run something. They are given with every command, before whatever
/// the caller gives: a folder that came as an archive, or lies on a share, brings a configuration of its own.
const SETTINGS: [&str; 3] = [
    // Runs a program whenever the index is read.
    "core.fsmonitor=false",
    // A partial clone fetches what it lacks, by whatever program its configuration names.
    "protocol.allow=never",
    "protocol.ext.allow=never",
];

/// The same for hooks; whoever asks where they lie is not answered by it.
const NO_HOOKS: &str = "core.hooksPath=/dev/null";

/// What compares files with programs of the configuration, unless it is told not to.
const COMPARING: [&str; 3] = ["diff", "log", "show"];

/// Variables that keep git from asking, from fetching, and from taking locks that somebody else may want.
const VARIABLES: [(&str, &str); 4] = [
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    // Older gits do not know that word, and fetch by no protocol then. It goes before the settings, whatever they are.
    ("GIT_ALLOW_PROTOCOL", "none"),
];

/// Variables that make git run something.
const REMOVED: [&str; 3] = ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_ASKPASS"];

/// A command for a program that is given these arguments.
///
/// # Errors
/// Where there is no such program.
pub(super) fn command(program: &str, args: &[&OsStr]) -> io::Result<Command> {
    let path = found(program).ok_or(ErrorKind::NotFound)?;
    let mut command = Command::new(path);
    if program == "git" {
        command.arg("--no-pager").args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        let verb = verb(args);
        if verb.is_none_or(|at| args[at] != "rev-parse") {
            command.args(["-c", NO_HOOKS]);
        }
        if let Some(at) = verb.filter(|at| COMPARING.iter().any(|verb| args[*at] == *verb)) {
            let (until, behind) = args.split_at(at + 1);
            command.args(until).args(["--no-ext-diff", "--no-textconv"]).args(behind);
        } else {
            command.args(args);
        }
        command.envs(VARIABLES);
        REMOVED.iter().for_each(|name| {
            command.env_remove(name);
        });
    } else {
        command.args(args);
    }
    Ok(command)
}

/// Which argument of git is its verb: the first that is no option, nor a setting.
fn verb(args: &[&OsStr]) -> Option<usize> {
    let is_setting = |at: usize| at > 0 && args[at - 1] == "-c";
    (0..args.len()).find(|at| !args[*at].as_encoded_bytes().starts_with(b"-") && !is_setting(*at))
}

/// Where a program lies. A `PATH` may name the folder that one stands in, as `.` or as nothing: that is the repository's,
/// and whatever is called `git` there is passed over. (Windows looks there first of all; Rust's library does not.)
fn found(program: &str) -> Option<PathBuf> {
    if Path::new(program).components().count() != 1 || program.contains(['/', '\\']) {
        return Some(program.into());
    }
    let path = env::var_os("PATH")?;
    found_in(program, env::split_paths(&path))
}

fn found_in(program: &str, folders: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    let name =
        if cfg!(windows) && Path::new(program).extension().is_none_or(|ending| ending != OsStr::new("exe")) {
            format!("{program}.exe")
        } else {
            program.to_owned()
        };
    folders
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_beside_the_user_is_passed_over() {
        let own = env::current_dir().expect("a folder");
        let name = if cfg!(windows) { "git.exe" } else { "git" };
        let real = found("git").expect("git");
        assert!(real.is_absolute() && real.ends_with(name));
        let folder = real.parent().expect("a folder").to_owned();
        let with_own = [PathBuf::from("."), PathBuf::new(), "bin".into(), own.join("no such folder"), folder];
        assert_eq!(found_in("git", with_own.into_iter()), Some(real));
        assert_eq!(found_in("git", [PathBuf::from(".")].into_iter()), None);
    }

    #[test]
    fn git_is_told_to_run_nothing() {
        let given = |args: &[&str]| -> Vec<String> {
            let args: Vec<_> = args.iter().map(OsStr::new).collect();
            let command = command("git", &args).expect("git");
            command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect()
        };
        let log = given(&["--no-pager", "-c", "diff.renameLimit=1", "log", "-z", "--", "log"]);
        assert!(
            log.ends_with(&["log", "--no-ext-diff", "--no-textconv", "-z", "--", "log"].map(str::to_owned))
        );
        assert!(log.contains(&"core.fsmonitor=false".to_owned()) && log.contains(&NO_HOOKS.to_owned()));
        assert!(!given(&["rev-parse", "--git-path", "hooks"]).contains(&NO_HOOKS.to_owned()));
        assert!(given(&["ls-files", "-z"]).ends_with(&["ls-files", "-z"].map(str::to_owned)));
    }

    #[test]
    fn a_program_with_a_folder_is_taken_as_it_is() {
        assert_eq!(found("/opt/browser"), Some("/opt/browser".into()));
        assert_eq!(found("no program is called so"), None);
    }
}
