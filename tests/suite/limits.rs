//! Templates that cost too much: a finding that names the template and the limit, and nothing written.

use crate::support::{Project, same_tree};

/// A small roadmap, built.
fn built() -> Project {
    let source = serde_json::json!({
        "title": "Kept",
        "milestones": [{ "id": "A-M1", "title": "First" }],
        "issues": [{ "title": "A-1: Dig", "milestone": "A-M1", "labels": ["area:ground"] }],
    });
    Project::of(&source).built()
}

/// The file of a user's template.
const TEMPLATE: &str = "roadmap/templates/markdown/SUMMARY.md";

/// Holds a template to being refused by `build`, for a limit of these words.
#[track_caller]
fn passes(template: &str, limit: &str) {
    is_refused(template, limit, &["build"]);
}

#[track_caller]
fn is_refused(template: &str, limit: &str, verbs: &[&str]) {
    let project = built();
    project.write(TEMPLATE, template);
    let before = project.tree();
    for verb in verbs.iter().copied() {
        project.run([verb]).ends_with(3).says("error[template-limit]").says(TEMPLATE).says(limit);
    }
    same_tree(&before, &project.tree());
}

/// Loops of letters in one another.
fn nested(loops: &str) -> String {
    let begin = |name: char| loops.replace('?', &name.to_string());
    ('a'..='h').map(begin).collect::<String>() + &"{% endfor %}".repeat(8)
}

#[test]
fn steps_are_limited() {
    passes(&nested("{% for ? in range(end=100) %}"), "steps");
    passes(&nested("{% for ? in [1, 2, 3, 4, 5, 6, 7, 8, 9] -%} x "), "steps");
    passes(&nested("{% for ? in \"letters of a text\" %}{% if title == title %}{% endif %}"), "steps");
    // Whichever verb makes the pages.
    is_refused("{% set x = range(end=100000) | unique %}", "steps", &["build", "check"]);
    // A step costs more where a long text is at hand.
    let text = "{% set x %}{% for a in range(end=50000) %}a long text is made here{% endfor %}{% endset %}";
    passes(
        &format!("{text}{{% for a in range(end=90000) %}}{{% if x | upper %}}{{% endif %}}{{% endfor %}}"),
        "steps",
    );
    // Components are counted too, and what they are given.
    let component =
        "{% component a(x=1) %}{% for b in range(end=9999) %}{{ x }}{% endfor %}{% endcomponent %}";
    passes(&format!("{component}{{% for a in range(end=9999) %}}{{{{ <a /> }}}}{{% endfor %}}"), "steps");
}

/// A template of ours that theirs calls too often is counted too, and theirs is named.
#[test]
fn what_a_template_includes_is_counted_as_its_own() {
    let many = "{% for a in range(end=9999) %}{% for b in range(end=9999) %}{% include \"markdown/regions/rules.md\" %}{% endfor %}{% endfor %}";
    passes(
        &format!("{{% set groups = [] %}}{{% set rules = [] %}}{{% set x %}}{many}{{% endset %}}"),
        "steps",
    );
}

#[test]
fn values_are_limited_in_bytes() {
    passes(&format!("{{% set x = \"ab\" %}}{}", "{% set x = x ~ x %}".repeat(28)), "a value of 4 MiB");
    passes(&format!("{{% set x = [1] %}}{}", "{% set x = [x, x] %}".repeat(60)), "a value of 4 MiB");
    passes(&format!("{{% set x = [1] %}}{}", "{% set x = [...x, ...x] %}".repeat(60)), "a value of 4 MiB");
    passes(
        &format!("{{% set x = [1] %}}{}", "{% set x = [x] %}".repeat(5000).replace("%}", "%}\n")),
        "256 lists in one another",
    );
    let grow = "{% set x = x | replace(from=\"a\", to=x) %}".repeat(8);
    passes(&format!("{{% set x = \"aaaaaaaaaaaaaaaa\" %}}{grow}"), "a text of 4 MiB");
    let wide =
        "{% set x = range(end=9999) | join(sep=\"some words\") %}{% set x = range(end=9999) | join(sep=x) %}";
    passes(wide, "a text of 4 MiB");
    passes("{% set x = range(end=9999) | join(sep=\"\n\") | indent(width=1000) %}", "a text of 4 MiB");
    let recursive =
        "{% component a(x) %}{{ <a x={x ~ x ~ x ~ x ~ x ~ x} /> }}{% endcomponent %}{{ <a x={\"abc\"} /> }}";
    passes(recursive, "a value of 4 MiB");
    let through_loops = ('a'..='w')
        .zip('b'..='x')
        .map(|(from, to)| format!("{{% for {to} in [{from} ~ {from} ~ {from}] %}}"));
    let ends = "{% endfor %}".repeat(24);
    passes(
        &format!("{{% for a in [\"ab\"] %}}{}{ends}", through_loops.collect::<String>()),
        "a value of 4 MiB",
    );
}

#[test]
fn a_page_is_limited_in_bytes() {
    let line = "a line of some length ".repeat(400);
    let page = format!(
        "{{% set line %}}{line}{{% endset %}}{{% for a in range(end=9000) %}}{{{{ line }}}}{{% endfor %}}"
    );
    passes(&page, "MiB of text");
}

#[test]
fn what_reading_would_choke_on_is_refused_before() {
    let elif = "{% elif title %}\n".repeat(50_000);
    passes(&format!("{{% if title %}}{elif}{{% endif %}}"), "100 `elif` in one another");
    passes(&"{{a|b}}".repeat(40_000), "among 40000 tags");
    passes(&format!("{{{{ title{} }}}}", " ~ title".repeat(90)), "90 texts joined in one expression");
    for (before, behind) in [("(", ")"), ("[", "]"), ("{% if title %}\n", "{% endif %}\n"), ("not ", "")] {
        let project = built();
        let nested = before.repeat(40_000) + "1" + &behind.repeat(40_000);
        project.write(TEMPLATE, if before.len() > 4 { nested } else { format!("{{{{ {nested} }}}}") });
        project.run(["check"]).ends_with(3).says(TEMPLATE);
    }
}

#[test]
fn whoever_overrides_all_templates_with_ours_gets_the_same_bytes() {
    let project = Project::copy_of(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/whole"));
    project.write("roadmap/plan.json", project.text("roadmap/plan.json"));
    project.run(["build"]).ends_with(0);
    project.run(["templates"]).ends_with(0);
    assert!(project.text("roadmap/templates/site/issue.html").contains("extends"));
    project.run(["build"]).ends_with(0).says("0 written");
}

#[test]
fn a_template_that_loops_over_all_of_a_large_roadmap_is_fine() {
    let issues = (1..=3000).map(|n| serde_json::json!({ "title": format!("A-{n}: Dig"), "milestone": "A-M1", "labels": ["a", "b", "c"] }));
    let project = Project::of(&serde_json::json!({
        "milestones": [{ "id": "A-M1", "title": "First" }], "issues": issues.collect::<Vec<_>>(),
    }));
    let template = "{% set_global all = \"\" %}{% for milestone in chapters %}{% for issue in milestone.issues %}\
        {% for label in issue.labels %}{{ label.name }}{% endfor %}{% set id = issue.id ~ \"!\" %}{{ id }}\n{% endfor %}{% endfor %}";
    project.write(TEMPLATE, template);
    let run = project.run(["build"]);
    assert!(run.code < 3 && !run.err.contains("template-limit"), "{}", run.err);
}

#[test]
fn labels_that_no_page_has_room_for_are_left_out_and_told() {
    let names = |count: usize| {
        (0..count).map(|n| serde_json::json!({ "name": format!("area:number-{n}") })).collect::<Vec<_>>()
    };
    let project = Project::of(&serde_json::json!({
        "milestones": [{ "id": "A-M1", "title": "First" }], "labels": names(30_000),
    }));
    let project = project.built();
    for page in ["roadmap/SUMMARY.md", "roadmap/LABELS.md"] {
        let text = project.text(page);
        assert!(text.len() < 2_000 && text.contains("The labels are left out"), "{page}: {}", text.len());
    }
    let few = Project::of(&serde_json::json!({ "labels": names(300), "issues": [{ "title": "A-1: Dig" }] }))
        .built();
    assert!(few.text("roadmap/LABELS.md").contains("area:number-299"));
}

/// What was read once for each of its parts took minutes for a document of half a megabyte, and hours for the largest.
#[test]
fn documents_are_read_in_time_that_is_proportionate() {
    let source = serde_json::json!({
        "milestones": [{ "id": "A-M1", "title": "First" }],
        "issues": [{ "title": "A-1: Dig", "milestone": "A-M1" }], "docs": ["README.md"],
    });
    for piece in ["(A-1) ", "](A-1)", "(", "A-", "<!-- roadbook:allow unknown-id x -->\n", "1. A-1: Digg\n"] {
        let project = Project::of(&source);
        let size = if std::env::var_os("ROADBOOK_FULL").is_some() { 500_000 } else { 75_000 };
        project.write("README.md", piece.repeat(size / piece.len()));
        assert!(project.run(["check", "--format", "json"]).code < 2, "{piece}");
    }
}

/// A program that is looked at while it runs: its exit code, what it wrote, and the most memory that it was seen to hold.
#[cfg(target_os = "linux")]
fn watched(project: &Project, args: &[&str]) -> (Option<i32>, String, usize) {
    use std::{fs, process::Command, thread, time::Duration};

    let out = tempfile::NamedTempFile::new().expect("a file");
    let mut program = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    program.args(args).current_dir(project.root()).stdout(out.reopen().expect("a file"));
    let mut program = program.stderr(std::process::Stdio::null()).spawn().expect("it starts");
    let status = format!("/proc/{}/status", program.id());
    let mut most = 0;
    let code = loop {
        // The system keeps the peak itself, so that no look has to fall on it.
        let said = fs::read_to_string(&status).unwrap_or_default();
        let peak = said.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        most = most.max(peak.and_then(|peak| peak.trim().parse().ok()).unwrap_or(0));
        if let Some(status) = program.try_wait().expect("it runs") {
            break status.code();
        }
        thread::sleep(Duration::from_millis(5));
    };
    (code, fs::read_to_string(out.path()).expect("a text"), most / 1024)
}

/// A hundred thousand labels, each with a fault, took 230 MiB: most of it for findings that nobody reads.
#[cfg(target_os = "linux")]
#[test]
fn a_fault_in_each_of_very_many_labels_is_counted_in_little_memory() {
    const COUNT: usize = 100_000;
    let labels: Vec<_> = (0..COUNT).map(|n| format!(r#"{{"name":"l{n}","color":"x"}}"#)).collect();
    let project = Project::empty();
    let source = format!(r#"{{"issues":[{{"id":"A-1","title":"t"}}],"labels":[{}]}}"#, labels.join(","));
    project.write("roadmap/plan.json", source);
    let (code, out, mebibytes) = watched(&project, &["check", "--format", "json"]);
    assert_eq!(code, Some(1));
    let found: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(found["counts"]["by_code"]["label-color"], COUNT);
    assert_eq!(found["omitted"], COUNT - 10_000);
    let listed = found["findings"].as_array().expect("a list").iter();
    let listed: Vec<_> = listed.filter(|found| found["code"] == "label-color").collect();
    assert_eq!(listed.len(), 10_000);
    assert_eq!(listed[9_999]["path"], "labels[9999].color", "the first of them");
    assert!(mebibytes < 150, "{mebibytes} MiB");
}
