//! The hook of git itself, for one clone: a shell script in which folders are named, and nothing of a name is ever run.

/// What each hook begins with.
const HEAD: &str = include_str!("../../templates/setup/hook.sh");

/// What a line that checks a roadmap begins with.
const CHECK: &str = "roadbook check --staged --root ";

/// The hook; `root` is the way from the top of the repository to the root of the roadmap, `old` the hook that is there, if it
/// is ours: what it checks beside this roadmap is still checked.
pub fn git_hook(root: &str, old: Option<&str>) -> String {
    let own = [CHECK, &folder(root)].concat();
    let others = old.map(checks).unwrap_or_default().into_iter().filter(|check| *check != own);
    let lines: String = others.map(|check| format!("{check} || exit\n")).collect();
    [HEAD, &lines, "exec ", &own, "\n"].concat()
}

/// The same for a folder of hooks that other repositories use as well: where there is no such roadmap, nothing is checked.
pub fn shared_git_hook(root: &str) -> String {
    let folder = folder(root);
    let is_there = |name: &str| format!("[ -e {folder}{} ]", quoted(&format!("/{name}")));
    let (pointer, roadmap) = (is_there(".roadbook"), is_there("roadmap"));
    [HEAD, &format!("{pointer} || {roadmap} || exit 0\n"), "exec ", CHECK, &folder, "\n"].concat()
}

/// The line that a person adds to a hook of their own.
pub fn git_hook_line(root: &str) -> String {
    format!("{CHECK}{} || exit", folder(root))
}

/// Where husky takes the hook at this path from. Since version 9 it names its folder `_` to git, fills that anew at each
/// install, and runs the file of the same name beside it.
pub fn husky_hook(path: &str) -> Option<String> {
    let (folder, hook) = path.rsplit_once('/')?;
    folder.strip_suffix("/_").map(|above| format!("{above}/{hook}"))
}

/// Whether a hook of git was written by us.
pub fn is_our_git_hook(text: &str) -> bool {
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

/// What a hook of ours checks. A folder's name may go over several lines: its quotes are counted.
fn checks(hook: &str) -> Vec<String> {
    let mut checks = Vec::<String>::new();
    let mut is_open = false;
    for line in hook.lines() {
        let begun = line.strip_prefix("exec ").unwrap_or(line);
        match checks.last_mut().filter(|_| is_open) {
            Some(last) => {
                last.push('\n');
                last.push_str(line);
            }
            None if begun.starts_with(CHECK) => checks.push(begun.to_owned()),
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
        assert!(git_hook("", None).ends_with("\nexec roadbook check --staged --root .\n"));
        assert!(git_hook("it's $(x)", None).ends_with("--root './it'\\''s $(x)'\n"));
        assert!(is_our_git_hook(&git_hook("a", None)) && is_our_git_hook(&shared_git_hook("a")));
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
        let mut hook = None;
        for name in NAMES {
            hook = Some(git_hook(name, hook.as_deref()));
        }
        let hook = hook.unwrap_or_default();
        let found = checks(&hook);
        assert_eq!(found, NAMES.map(|name| [CHECK, &folder(name)].concat()), "{hook}");
        assert_eq!(hook.matches("\nexec ").count(), 2, "one is in a name:\n{hook}");
        assert_eq!(checks(&git_hook(NAMES[0], Some(&hook))).len(), NAMES.len(), "no line is doubled");
    }
}
