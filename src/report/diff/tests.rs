//! Diffs are judged by git itself: it must take each of them and arrive at the new text.
#![allow(clippy::disallowed_methods, reason = "the test gives real files to a real git")]

use std::{fs, path::Path, process::Command};

use proptest::prelude::*;
use snapbox::IntoData;

use super::*;

/// Applies the diff in a fresh folder by `git apply` and says what the file holds then.
fn applied(path: &str, old: Option<&str>, diff: &str) -> Option<String> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    if let Some(old) = old {
        fs::write(&file, old).expect("the old file");
    }
    if !diff.is_empty() {
        fs::write(dir.path().join("change.patch"), diff).expect("the patch");
        git_apply(dir.path(), diff);
    }
    fs::read_to_string(&file).ok()
}

fn git_apply(dir: &Path, diff: &str) {
    let args = ["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "change.patch"];
    let git = Command::new("git")
        .args(args)
        .current_dir(dir)
        .env("GIT_CEILING_DIRECTORIES", dir.parent().expect("a parent"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", dir.join("none"))
        .output()
        .expect("git");
    assert!(git.status.success(), "{}\n{diff}", String::from_utf8_lossy(&git.stderr));
}

fn holds(path: &str, old: Option<&str>, new: Option<&str>) {
    let diff = unified(path, old, new, 3);
    assert_eq!(applied(path, old, &diff).as_deref(), new, "{diff}");
}

#[test]
fn git_takes_every_kind_of_change() {
    let long: String = (0..50).map(|n| format!("line {n}\n")).collect();
    let texts = [
        None,
        Some(""),
        Some("a\n"),
        Some("a"),
        Some("a\r\nb\r\n"),
        Some("a\nb\n"),
        Some("\n\n"),
        Some("-- a\n++ b\n@@ c\n\\ d\n"),
        Some("\u{feff}a\rb\n\u{85}c\u{2028}d"),
        Some(&long),
    ];
    for old in texts {
        for new in texts {
            holds("pages/m-1.md", old, new);
        }
    }
}

#[test]
fn git_takes_every_name() {
    for path in ["SUMMARY.md", "a b/c d.md", "docs/größe.md", "数据/库.md", "it's $HOME.md", " a", "b b/b"]
    {
        holds(path, Some("a\n"), Some("b\n"));
        holds(path, None, Some("b\n"));
        holds(path, None, Some(""));
        holds(path, Some("a"), None);
        holds(path, Some(""), None);
    }
}

#[cfg(unix)]
#[test]
fn git_takes_names_that_only_unix_allows() {
    for path in ["a\"b\\c.md", "tab\there.md", "line\nhere.md", "esc\u{1b}[2J\u{7f}.md", "a/b\r.md"] {
        holds(path, Some("a\n"), Some("b\n"));
        holds(path, None, Some(""));
        holds(path, Some(""), None);
    }
}

#[test]
fn a_diff_looks_like_git_s() {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten";
    snapbox::assert_data_eq!(
        unified("docs/größe x.md", Some(old), Some(new), 1),
        snapbox::str![[r#"
diff --git "a/docs/gr\303\266\303\237e x.md" "b/docs/gr\303\266\303\237e x.md"
--- "a/docs/gr\303\266\303\237e x.md"	
+++ "b/docs/gr\303\266\303\237e x.md"	
@@ -4,3 +4,3 @@
 4
-5
+five
 6
@@ -9 +9,2 @@
 9
+ten
\ No newline at end of file

"#]]
        .raw()
    );
    assert_eq!(unified("a", Some("x"), Some("x"), 3), "");
    assert_eq!(unified("a", None, None, 3), "");
}

#[test]
fn texts_that_are_too_large_to_search_are_replaced_as_a_block() {
    let lines = |from: usize| (from..from + MOST_LINES).map(|n| format!("{n}\n")).collect::<String>();
    let (old, new) = (format!("same\n{}end", lines(0)), format!("same\n{}end", lines(1)));
    let diff = unified("a", Some(&old), Some(&new), 1);
    assert!(diff.contains(&format!("@@ -1,{0} +1,{0} @@\n same\n-0\n-1\n", MOST_LINES + 2)));
    assert!(diff.ends_with(&format!("\n+{MOST_LINES}\n end\n\\ No newline at end of file\n")));
}

fn text() -> impl Strategy<Value = Option<String>> {
    let line = prop_oneof![Just(""), Just("a"), Just("b"), Just("-- c"), Just("d\r"), Just("ü \u{1F600}")];
    let lines = proptest::collection::vec(line, 0..40);
    proptest::option::weighted(
        0.9,
        (lines, any::<bool>()).prop_map(|(lines, ends)| {
            let text = lines.join("\n");
            if ends && !text.is_empty() { text + "\n" } else { text }
        }),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn git_arrives_at_the_new_text(old in text(), new in text(), context in 1usize..4) {
        let path = "docs/größe 1.md";
        let diff = unified(path, old.as_deref(), new.as_deref(), context);
        prop_assert_eq!(applied(path, old.as_deref(), &diff), new);
    }
}
