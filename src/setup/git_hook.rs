//! The hook of git itself, for one clone: a shell script in which folders are named, and nothing of a name is ever run.

/// A hook that git runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GitHook {
    /// Before a commit: refuses documents that do not match the roadmap.
    Commit,
    /// Before the commit of a merge that git made by itself: completes it.
    Merge,
}

impl GitHook {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::Commit, Self::Merge];

    /// Its name, as git calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Commit => "pre-commit",
            Self::Merge => "pre-merge-commit",
        }
    }

    /// What the hook begins with.
    fn head(self) -> &'static str {
        match self {
            Self::Commit => include_str!("../../templates/setup/hook.sh"),
            Self::Merge => include_str!("../../templates/setup/merge-hook.sh"),
        }
    }

    /// What a line that looks at a roadmap begins with.
    fn command(self) -> &'static str {
        match self {
            Self::Commit => "roadbook check --staged --root ",
            Self::Merge => "roadbook merge --finish --root ",
        }
    }

    /// The hook; `root` is the way from the top of the repository to the root of the roadmap, `old` the hook that is there, if it
    /// is ours: what it looks at beside this roadmap is still looked at, unless it is `covered`, since this root lists it.
    pub(crate) fn script(self, root: &str, covered: &[String], old: Option<&str>) -> String {
        let own = [self.command(), &folder(root)].concat();
        let covered: Vec<_> = covered.iter().map(|root| [self.command(), &folder(root)].concat()).collect();
        let others = old.map(|old| checks(old, self.command())).unwrap_or_default();
        let lines: String = others
            .into_iter()
            .filter(|check| *check != own && !covered.contains(check))
            .map(|check| format!("{check} || exit\n"))
            .collect();
        [self.head(), &lines, "exec ", &own, "\n"].concat()
    }

    /// The same for a folder of hooks that other repositories use as well: where there is no such roadmap, nothing is done.
    pub(crate) fn shared(self, root: &str) -> String {
        let folder = folder(root);
        let is_there = |name: &str| format!("[ -e {folder}{} ]", quoted(&format!("/{name}")));
        let (pointer, roadmap) = (is_there(".roadbook"), is_there("roadmap"));
        [self.head(), &format!("{pointer} || {roadmap} || exit 0\n"), "exec ", self.command(), &folder, "\n"]
            .concat()
    }

    /// The line that a person adds to a hook of their own.
    pub(crate) fn line(self, root: &str) -> String {
        format!("{}{} || exit", self.command(), folder(root))
    }
}

/// Where husky takes the hook at this path from. Since version 9 it names its folder `_` to git, fills that anew at each
/// install, and runs the file of the same name beside it.
pub(crate) fn husky_hook(path: &str) -> Option<String> {
    let (folder, hook) = path.rsplit_once('/')?;
    folder.strip_suffix("/_").map(|above| format!("{above}/{hook}"))
}

/// Whether a hook of git was written by us.
pub(crate) fn is_our_git_hook(text: &str) -> bool {
    text.lines().nth(1).is_some_and(|line| line.contains("`roadbook init --hook`"))
}

/// The folder as the shell takes it: never for an option, and in quotes unless it is the top.
fn folder(root: &str) -> String {
    if root.is_empty() { ".".to_owned() } else { quoted(&format!("./{root}")) }
}

/// A word of the shell that means this text, whatever it holds: between single quotes nothing has a meaning but the next one.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// What a hook of ours looks at. A folder's name may go over several lines: its quotes are counted.
fn checks(hook: &str, command: &str) -> Vec<String> {
    let mut checks = Vec::<String>::new();
    let mut is_open = false;
    for line in hook.lines() {
        let begun = line.strip_prefix("exec ").unwrap_or(line);
        match checks.last_mut().filter(|_| is_open) {
            Some(last) => {
                last.push('\n');
                last.push_str(line);
            }
            None if begun.starts_with(command) => checks.push(begun.to_owned()),
            None => continue,
        }
        is_open = checks.last().is_some_and(|check| is_quoted_at_end(check));
    }
    checks.iter().map(|check| check.strip_suffix(" || exit").unwrap_or(check).to_owned()).collect()
}

/// Whether a quote is still open at the end: a backslash means something outside of quotes alone.
fn is_quoted_at_end(words: &str) -> bool {
    let mut is_open = false;
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' => is_open = !is_open,
            '\\' if !is_open => drop(chars.next()),
            _ => {}
        }
    }
    is_open
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 8] = [
        "plan",
        "my plans",
        "it's",
        "$(touch x)`y`\"\\",
        "a\nb'\nexec roadbook check --staged --root c",
        "-x",
        "Дорога",
        "a' || exit",
    ];

    #[test]
    fn a_folder_is_one_word_of_the_shell() {
        assert!(GitHook::Commit.script("", &[], None).ends_with("\nexec roadbook check --staged --root .\n"));
        assert!(GitHook::Commit.script("it's $(x)", &[], None).ends_with("--root './it'\\''s $(x)'\n"));
        for hook in GitHook::ALL {
            assert!(is_our_git_hook(&hook.script("a", &[], None)) && is_our_git_hook(&hook.shared("a")));
        }
    }

    #[test]
    fn husky_keeps_hooks_beside_the_folder_that_it_fills() {
        assert_eq!(husky_hook(".husky/_/pre-commit").as_deref(), Some(".husky/pre-commit"));
        assert_eq!(
            husky_hook("../web/.config/husky/_/pre-commit").as_deref(),
            Some("../web/.config/husky/pre-commit")
        );
        for other in [
            ".husky/pre-commit",
            ".git/hooks/pre-commit",
            "hooks_/pre-commit",
            "pre-commit",
            ".git/x_/pre-commit",
        ] {
            assert_eq!(husky_hook(other), None, "{other}");
        }
    }

    #[test]
    fn what_a_hook_of_ours_checks_is_still_checked() {
        for kind in GitHook::ALL {
            let mut hook = None;
            for name in NAMES {
                hook = Some(kind.script(name, &[], hook.as_deref()));
            }
            let hook = hook.unwrap_or_default();
            let found = checks(&hook, kind.command());
            assert_eq!(found, NAMES.map(|name| [kind.command(), &folder(name)].concat()), "{hook}");
            assert_eq!(hook.matches("\nexec ").count(), 2, "one is in a name:\n{hook}");
            let again = kind.script(NAMES[0], &[], Some(&hook));
            assert_eq!(checks(&again, kind.command()).len(), NAMES.len(), "no line is doubled");
            let covered = NAMES[1..].iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
            assert_eq!(kind.script("", &covered, Some(&hook)).matches(kind.command()).count(), 2);
        }
    }
}
