//! What a repository is given, and how its own text is left alone.

use super::*;

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

fn pin(version: &str, commit: Option<&str>) -> Pin {
    Pin { version: version.to_owned(), commit: commit.map(str::to_owned) }
}

#[test]
fn a_workflow_names_the_release_by_its_commit_where_it_is_known() {
    let known = Workflow::Check.scaffold(&Origin::Release(pin("1.2.3", Some(COMMIT))), "main");
    let line = format!("- uses: {}/{ACTION}@{COMMIT} # v1.2.3\n", repository());
    assert!(known.text.contains(&line), "{}", known.text);
    let tag = Workflow::Check.scaffold(&Origin::Release(pin("1.2.3", None)), "main");
    assert!(tag.text.contains(&format!("- uses: {}/{ACTION}@v1.2.3\n", repository())));
    let own = Workflow::Check.scaffold(&Origin::Checkout, "main");
    assert!(own.text.contains(&format!("- uses: ./{ACTION}\n")));
}

#[test]
fn no_name_is_left_in_what_is_written() {
    for workflow in Workflow::ALL {
        let Scaffold { path, text } = workflow.scaffold(&Origin::Release(Pin::this()), "trunk");
        assert!(!text.contains("@action@") && !text.contains("@branch@"), "{path}");
        assert!(text.ends_with('\n') && !text.contains('\r') && !text.contains('\t'), "{path}");
    }
    assert!(!new_hook(&Pin::this()).text.contains('@'));
}

#[test]
fn the_branch_stands_in_quotes() {
    let text = Workflow::Pages.scaffold(&Origin::Checkout, "it's \"so\"").text;
    assert!(text.contains("    branches: [\"it's \\\"so\\\"\"]\n"), "{text}");
    for (branch, pattern) in [
        ("x]", r#"["x\\]"]"#),
        ("!a+", r#"["\\!a\\+"]"#),
        ("a${{github.token}}", r#"["a*github.token}}"]"#),
        ("@action@", r#"["@action@"]"#),
        ("#a: b", r##"["#a: b"]"##),
    ] {
        let text = Workflow::Check.scaffold(&Origin::Checkout, branch).text;
        assert!(text.contains(&format!("    branches: {pattern}\n")), "{text}");
    }
}

#[test]
fn the_comment_waits_for_the_check() {
    let check = Workflow::Check.scaffold(&Origin::Checkout, "main").text;
    let name = check.lines().find_map(|line| line.strip_prefix("name: ")).unwrap();
    let comment = Workflow::Comment.scaffold(&Origin::Checkout, "main").text;
    assert!(comment.contains(&format!("workflows: [{name}]\n")));
}

#[test]
fn a_repository_without_the_file_gets_one_that_later_ones_are_added_to() {
    let text = new_hook(&pin("1.2.3", Some(COMMIT))).text;
    assert!(
        text.contains(&format!("\nrepos:\n  - repo: {ADDRESS}\n    rev: {COMMIT} # frozen: v1.2.3\n")),
        "{text}"
    );
    assert_eq!(added_hook(&text, &pin("1.2.3", None)), None, "it is there already");
}

#[test]
fn the_hook_is_added_behind_the_others_and_nothing_else_changes() {
    let theirs = "default_stages: [pre-commit]\nrepos: # all\n- repo: https://example.org/a\n  rev: v1\n  hooks:\n  - id: a\n\n# the end\nci:\n  skip: [a]\n";
    let new = added_hook(theirs, &pin("1.2.3", None)).unwrap();
    let entry: String = new.lines().filter(|line| !theirs.lines().any(|old| old == *line)).collect();
    let (before, behind) = theirs.split_once("\n\n# the end").unwrap();
    assert!(new.starts_with(&format!("{before}\n- repo: {ADDRESS}\n  rev: v1.2.3\n  hooks:\n")), "{new}");
    assert!(new.ends_with(&format!("    - id: roadbook-check\n\n# the end{behind}")), "{new}");
    assert!(entry.contains("roadbook-build"));
}

#[test]
fn the_form_of_their_file_is_kept() {
    let theirs = "repos:\r\n    - repo: local\r\n      hooks:\r\n        - id: a";
    let new = added_hook(theirs, &pin("1.2.3", None)).unwrap();
    assert!(
        new.starts_with(&format!("{theirs}\r\n    - repo: {ADDRESS}\r\n      rev: v1.2.3\r\n")),
        "{new:?}"
    );
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
}

#[test]
fn what_is_written_in_another_way_is_left_to_a_person() {
    for theirs in [
        "",
        "repos: []\n",
        "repos: [{repo: local}]\n",
        "repos:\n",
        "repos:\nci: {}\n",
        "- a\n",
        "repos:\n  # none yet\n",
    ] {
        assert_eq!(added_hook(theirs, &pin("1.2.3", None)), None, "{theirs:?}");
    }
}

#[test]
fn a_later_release_takes_the_place_of_the_former_and_of_nothing_else() {
    let (old, new) = (pin("1.2.3", Some(COMMIT)), pin("1.3.0", None));
    for workflow in Workflow::ALL {
        let of = |pin: &Pin| workflow.scaffold(&Origin::Release(pin.clone()), "main").text;
        let uses_us = workflow != Workflow::Comment;
        assert_eq!(repinned(&of(&old), &new), uses_us.then(|| of(&new)));
        assert_eq!(repinned(&of(&new), &old), uses_us.then(|| of(&old)));
        assert_eq!(repinned(&of(&new), &new), None, "nothing to do");
    }
    assert_eq!(repinned(&new_hook(&old).text, &new), Some(new_hook(&new).text));
}

#[test]
fn other_repositories_keep_their_pins() {
    let theirs = format!(
        "repos:\r\n- repo: https://example.org/a\r\n  rev: v1\r\n- repo: '{ADDRESS}.git'  # ours\r\n  rev: \"v0.9.0\"\r\n- repo: https://example.org/b\r\n  rev: v1\r\n"
    );
    let expected = theirs.replace("rev: \"v0.9.0\"", "rev: v1.2.3");
    assert_eq!(repinned(&theirs, &pin("1.2.3", None)), Some(expected));
    assert_eq!(repinned("- uses: actions/checkout@v4\n", &pin("1.2.3", None)), None);
}
