//! Names of files that mean something else than they say: git's own folder under its other names, and the devices of
//! Windows. A name is judged alike on every system, so that a source that is refused on one is refused on all.

use unicode_normalization::UnicodeNormalization;

/// Why a name cannot be used, as a clause.
const IN_GIT: &str = "it leads into git's own folder";

/// Whether a part of a path is `.git` on some system: in any case; with code points that HFS+ passes over; as NTFS shortens
/// it (`git~1`); with dots and spaces at its end, which Windows drops; with the name of a stream behind it (`.git::$DATA`).
///
/// Source: `is_hfs_dotgit` and `is_ntfs_dotgit` in git's utf8.c and path.c. All short names are taken for git's, not only the
/// first: which number Windows gives depends on what else lies there.
pub(crate) fn is_git_folder(part: &str) -> bool {
    part.split('\\').any(|part| {
        let seen: String = part.chars().filter(|c| !is_ignored_by_hfs(*c)).collect();
        let name = seen.split(':').next().unwrap_or_default().trim_end_matches(['.', ' ']).to_lowercase();
        let short = name.strip_prefix("git~");
        name == ".git" || short.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// Code points that HFS+ leaves out where it compares names: git's own list.
fn is_ignored_by_hfs(c: char) -> bool {
    matches!(
        c,
        '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
    )
}

/// Names that Windows keeps for devices, with any ending and with spaces before it.
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
pub(crate) fn is_device(part: &str) -> bool {
    let stem = part.split(['.', ':']).next().unwrap_or(part).trim_end_matches(' ').to_lowercase();
    let digit = |n: &str| matches!(n, "¹" | "²" | "³") || (n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    let numbered = |prefix| stem.strip_prefix(prefix).is_some_and(digit);
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt")
}

/// A path in the form in which two paths that may be one file are equal: file systems differ over the case of letters and
/// over how accents are composed.
pub(crate) fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let seen = path.chars().filter(|c| !is_ignored_by_hfs(*c));
    seen.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// A path that stays inside the root on every system, without a trailing `/`.
///
/// # Errors
/// Why it does not, as a clause.
pub(crate) fn inside(path: &str) -> Result<String, &'static str> {
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Err("it is empty");
    }
    if path.split('/').any(is_git_folder) {
        return Err(IN_GIT);
    }
    if path.starts_with('/') || path.contains(':') {
        return Err("it does not begin at the root of the repository");
    }
    if path.contains('\\') {
        return Err("it holds a `\\`");
    }
    if path.chars().any(|c| c.is_control() || "<>\"|?*".contains(c)) {
        return Err("it holds a character that some systems refuse");
    }
    for part in path.split('/') {
        match part {
            "" => return Err("it holds an empty part"),
            "." | ".." => return Err("it holds a `.` or `..`"),
            part if part.ends_with(['.', ' ']) => return Err("a part of it ends in a dot or a space"),
            part if is_device(part) => return Err("a part of it is a name that Windows keeps for itself"),
            _ => {}
        }
    }
    Ok(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gits_folder_is_known_under_all_its_names_and_nothing_else_is() {
        let git = [
            ".git",
            ".GIT",
            ".Git",
            ".g\u{200c}it",
            "\u{feff}.git",
            ".git\u{206f}",
            ".gi\u{202e}t. .",
            "git~1",
            "GIT~1",
            "Git~2",
            "git~1 ",
            "git~10.",
            ".git ",
            ".git.",
            ".git. . ",
            ".git:x",
            ".git::$INDEX_ALLOCATION",
            "git~1:$DATA",
            ".git\\config",
            "a\\.GIT\\b",
        ];
        git.iter().for_each(|name| assert!(is_git_folder(name), "{name:?}"));
        let others = [
            "",
            "git",
            ".gi",
            ".gitx",
            ".github",
            ".gitignore",
            ".gitmodules",
            "x.git",
            "git~",
            "git~x",
            "digit~1",
            "a.git",
            ".git-x",
            "..git",
        ];
        others.iter().for_each(|name| assert!(!is_git_folder(name), "{name:?}"));
    }

    #[test]
    fn devices_are_known_with_any_ending() {
        for name in [
            "CON",
            "nul",
            "aux.md",
            "Prn.tar.gz",
            "COM1",
            "com0",
            "lpt9.txt",
            "COM¹",
            "lpt³.md",
            "con .txt",
            "CONIN$",
            "nul:",
        ] {
            assert!(is_device(name), "{name:?}");
        }
        for name in ["console", "com", "com10", "lptx", "m-con.md", "auxiliary", ".con", "com⁴"] {
            assert!(!is_device(name), "{name:?}");
        }
    }

    #[test]
    fn paths_that_may_be_one_file_are_folded_alike() {
        assert_eq!(folded("docs/SUMMARY.md"), folded("Docs/summary.MD"));
        assert_eq!(folded("e\u{301}.md"), folded("É.md"));
        assert_ne!(folded("a/b"), folded("a/c"));
    }

    #[test]
    fn only_paths_that_stay_inside_the_root_everywhere_are_taken() {
        assert_eq!(inside("docs/a b/é.md/"), Ok("docs/a b/é.md".into()));
        for path in [".git/hooks", "a/.GIT", "x/git~1/y", "a/.g\u{200d}it", ".git:x/y", "a\\.git"] {
            assert_eq!(inside(path), Err(IN_GIT), "{path}");
        }
        for path in [
            "", "/", "/a", "c:/a", "a\\b", "a//b", "./a", "a/..", "a.", "a /b", "aux.md", "b/COM¹", "a\n",
            "a?",
        ] {
            assert!(inside(path).is_err(), "{path}");
        }
    }
}
