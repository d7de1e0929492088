//! `explain`, `schema`, `templates`, `completions`, `man` and the first page of help.

use crate::support::Project;

const SUMMARY: &str = "roadmap/templates/markdown/SUMMARY.md";

fn project() -> Project {
    Project::whole(r#"{ "issues": [{ "title": "A-1: x" }] }"#)
}

#[test]
fn explain_teaches_a_rule_or_lists_them_all() {
    let project = project();
    let page = project.run("explain due-order").ends_with(0).out;
    assert!(page.starts_with("error[due-order]: ") && page.contains("Fixed:"), "{page}");
    assert_eq!(project.run(["explain", "error[due-order]"]).ends_with(0).out, page);
    let list = project.run("explain").ends_with(0).out;
    assert_eq!(list.lines().count(), roadbook::internals::rules::RULES.len());
    let run = project.run("explain due-oder").ends_with(2);
    assert_eq!(run.err, "error: unknown code `due-oder`\n  = help: did you mean `due-order`?\n");
    let run = project.run("explain anchor").ends_with(2);
    assert_eq!(run.err, "error: unknown code `anchor`\n  = help: did you mean `dead-anchor`?\n");
    let run = project.run("explain link-dead").ends_with(2);
    assert_eq!(run.err, "error: unknown code `link-dead`\n  = help: did you mean `dead-link`?\n");
    let run = project.run("explain qqq").ends_with(2);
    assert_eq!(run.err, "error: unknown code `qqq`\n  = help: `roadbook explain` lists all codes\n");
    let run = project.run("plan --offline --only milstones").ends_with(2);
    assert!(run.err.ends_with("did you mean `milestones`?\n"), "{}", run.err);
}

#[test]
fn templates_are_written_out_once() {
    let project = project();
    let run = project.run("templates").ends_with(0);
    assert!(run.err.contains(" written, 0 unchanged, 0 kept in "), "{}", run.err);
    let ours = project.text(SUMMARY);
    assert!(project.run("templates").ends_with(0).err.starts_with("0 written, "));
    project.write(SUMMARY, format!("{ours}mine\n"));
    let run = project.run("templates").ends_with(1);
    assert!(run.err.contains("warning: kept `markdown/SUMMARY.md`: it differs from ours\n"), "{}", run.err);
    assert!(project.text(SUMMARY).ends_with("mine\n"));
    project.run("templates --force").ends_with(0);
    assert_eq!(project.text(SUMMARY), ours);
}

#[test]
fn templates_show_how_they_differ() {
    let project = project();
    project.write("mine/markdown/LABELS.md", "mine\n");
    project.write("mine/markdown/extra.md", "x\n");
    let run = project.run("templates mine --diff").ends_with(0);
    assert!(run.out.starts_with("diff --git a/markdown/LABELS.md b/markdown/LABELS.md\n"), "{}", run.out);
    assert!(run.out.ends_with("+mine\n"), "{}", run.out);
    assert_eq!(run.err, "own: markdown/extra.md\n2 templates: 1 changed, 0 as ours, 1 own\n");
    assert!(project.run("templates --list").ends_with(0).out.contains("markdown/SUMMARY.md\n"));
    project.run("templates --list --diff").ends_with(2);
}

#[test]
fn the_templates_that_are_written_out_change_no_page() {
    let project = project();
    project.run("build").ends_with(0);
    project.run("templates").ends_with(0);
    project.run("check").ends_with(0);
}

#[test]
fn the_schema_is_printed() {
    let out = project().run("schema").ends_with(0).out;
    assert!(out.ends_with("}\n"));
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&out).expect("JSON"),
        roadbook::internals::source::schema::json_schema()
    );
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let out = project().run(format!("completions {shell}")).ends_with(0).out;
        assert!(out.contains("upgrade") && out.contains("as-of"), "{shell}");
    }
}

#[test]
fn manual_pages_are_printed_or_written() {
    let project = project();
    assert!(project.run("man").ends_with(0).out.contains(".TH roadbook 1"));
    assert!(project.run("man list").ends_with(0).out.contains(".TH roadbook-list 1"));
    let run = project.run("man lsit").ends_with(2);
    assert_eq!(run.err, "error: unknown command `lsit`\n  = help: did you mean `list`?\n");
    project.run("man --out man1").ends_with(0);
    for page in ["roadbook.1", "roadbook-list.1", "roadbook-man.1", "roadbook-add-issue.1"] {
        assert!(project.text(&format!("man1/{page}")).contains(".SH NAME"), "{page}");
    }
}

#[test]
fn the_first_page_of_help_shows_the_verbs_in_groups() {
    let run = project().run("--help").ends_with(0);
    let daily = run.out.find("Daily:").expect("a group");
    let editing = run.out.find("Editing:").expect("a group");
    assert!((daily..editing).contains(&run.out.find("  list ").expect("a verb")), "{}", run.out);
    assert!(!run.out.contains('\u{1b}'));
    let run = project().run("").ends_with(2);
    assert!(run.err.contains("Usage: roadbook"), "{}", run.err);
}

#[test]
fn the_first_page_of_help_names_every_exit_code() {
    let run = project().run("--help").ends_with(0);
    let codes = run.out.split_once("Exit codes: ").map(|(_, codes)| codes).expect("it names them");
    for code in ["0 success", "1 findings", "2 usage", "3 unusable source", "4 GitHub", "5 partly applied"] {
        assert!(codes.contains(code), "{codes}");
    }
}
