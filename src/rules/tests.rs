//! What holds for all rules: the table, the examples, the roadmaps that nothing is wrong with.

use std::{path::Path, sync::Arc};

use super::{Context, Example, Kind, RULES, Rule, Settings, check_pin, judge, settings::Reach};
use crate::{
    facts::Facts,
    model::{Roadmap, resolve},
    report::{At, Code, Diagnostic, Report, Severity},
    source::{Lock, merge, parse, parse_lock, read_body},
};

/// The example's only file of the source.
const SOURCE: &str = super::EXAMPLE_FILE;

/// A roadmap and what is wrong with it so far. The files are read as `build` reads them.
fn read(files: &[(&str, Vec<u8>)]) -> (Option<Roadmap>, Report) {
    let mut report = Report::default();
    let mut parsed = Vec::new();
    let mut lock = None::<Lock>;
    for (path, bytes) in files {
        let file: Arc<str> = (*path).into();
        if path.ends_with(".lock.json") {
            lock = parse_lock(&file, bytes.clone(), &mut report);
        } else if path.starts_with("roadmap/") && path.ends_with(".json") && !path.contains("/roadbook.") {
            match parse(&file, bytes.clone(), &mut report) {
                Some(read) => parsed.push((file, read)),
                None => return (None, report),
            }
        }
    }
    let mut document = merge(parsed, &mut report);
    document.bodies.are_judged = true;
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("roadmap/bodies/")) {
        document.bodies.files.extend(read_body(&(*path).into(), bytes.clone(), &mut report));
    }
    let (roadmap, found) = resolve(document, "roadmap", lock.as_ref());
    report.extend(found);
    (Some(roadmap), report)
}

/// Everything that is found in these files, as `build` finds it.
fn findings(files: &[(&str, Vec<u8>)]) -> Vec<Diagnostic> {
    let (roadmap, mut report) = read(files);
    let Some(roadmap) = roadmap else { return report.sorted() };
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    check_pin(&roadmap).into_iter().for_each(|found| report.push(found));
    report.extend(judge(&Context { roadmap: &roadmap, facts: &facts }));
    let mut settings = Settings::new(&roadmap);
    let mut report = settings.apply(report);
    report.extend(settings.finish(Reach::Roadmap));
    report.sorted()
}

/// The roadmap of one source, which must be readable.
pub(crate) fn roadmap(source: &str) -> Roadmap {
    read(&[(SOURCE, source.into())]).0.expect("a source that can be read")
}

/// The same, with a lock.
pub(crate) fn roadmap_with_lock(source: &str, lock: &str) -> Roadmap {
    let files = [(SOURCE, source.into()), ("roadmap/roadbook.lock.json", lock.into())];
    read(&files).0.expect("a source that can be read")
}

/// A finding without its code, as `warning issues[0].title: …`.
fn told(found: &Diagnostic) -> String {
    let warning = if found.severity == Severity::Warning { "warning " } else { "" };
    let at = match &found.place.at {
        At::Json(path, _) => path.to_string(),
        other => format!("{other:?}"),
    };
    format!("{warning}{at}: {}", found.message)
}

/// Everything that is found in a source.
pub(super) fn found_in(source: &str) -> Vec<Diagnostic> {
    findings(&[(SOURCE, source.into())])
}

/// What a rule finds in a source.
pub(super) fn found(code: Code, source: &str) -> Vec<String> {
    let findings = findings(&[(SOURCE, source.into())]);
    findings.iter().filter(|found| found.code == code).map(told).collect()
}

/// What a rule finds in a source with a lock.
pub(crate) fn found_with_lock(code: Code, source: &str, lock: &str) -> Vec<String> {
    let findings = findings(&[(SOURCE, source.into()), ("roadmap/roadbook.lock.json", lock.into())]);
    findings.iter().filter(|found| found.code == code).map(told).collect()
}

/// What all rules find in a source, each finding with its code.
pub(crate) fn all_found(source: &str) -> Vec<String> {
    let with_code = |found: &Diagnostic| {
        let told = told(found);
        match told.strip_prefix("warning ") {
            Some(rest) => format!("warning {} {rest}", found.code),
            None => format!("{} {told}", found.code),
        }
    };
    findings(&[(SOURCE, source.into())]).iter().map(with_code).collect()
}

fn codes(example: &Example) -> Vec<Code> {
    let files: Vec<_> = example.written().collect();
    let mut codes: Vec<_> = findings(&files).iter().map(|found| found.code).collect();
    codes.dedup();
    codes
}

/// Rules whose examples need templates; a test of the whole program runs them with those of [`Kind::Checking`].
const NEED_TEMPLATES: &[Code] = &[Code::BrokenTemplate, Code::BrokenWords, Code::TemplateLimit];

fn runs_here(rule: &&Rule) -> bool {
    !matches!(rule.kind, Kind::Checking | Kind::Importing) && !NEED_TEMPLATES.contains(&rule.code)
}

#[test]
fn each_bad_example_is_found_by_its_rule_alone() {
    for rule in RULES.iter().filter(runs_here) {
        assert_eq!(codes(&rule.bad), [rule.code], "the bad example of {}", rule.code);
    }
}

#[test]
fn each_good_example_is_good() {
    for rule in RULES.iter().filter(runs_here) {
        assert_eq!(codes(&rule.good), [], "the good example of {}", rule.code);
    }
}

#[test]
fn examples_of_files_are_sound_sources() {
    for rule in RULES.iter().filter(|rule| !runs_here(rule)) {
        for example in [&rule.bad, &rule.good] {
            assert_eq!(codes(example), [], "an example of {}", rule.code);
            let edited = example.edits().iter().filter(|(path, _)| path.ends_with(".json"));
            for (path, text) in edited {
                assert!(findings(&[(path, text.as_bytes().to_vec())]).is_empty(), "an edit of {}", rule.code);
            }
        }
    }
}

#[test]
fn the_texts_of_all_rules_are_whole() {
    for rule in RULES {
        let code = rule.code;
        assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "{code}");
        let sentences = rule.explanation.matches(['.', '?']).count();
        assert!(sentences >= 2 && rule.explanation.ends_with('.'), "{code}");
        assert!(rule.kind != Kind::Blocking || rule.severity == Severity::Error, "{code}");
        let teaches = rule.bad.shown().ne(rule.good.shown()) || rule.bad.edits() != rule.good.edits();
        assert!(teaches, "{code}");
    }
}

#[test]
fn house_rules_stand_in_the_files_of_their_names() {
    for rule in RULES.iter().filter(|rule| rule.run.is_some()) {
        let path = format!("src/rules/{}.rs", rule.code.word().replace('-', "_"));
        let text = text_of(Path::new(&path));
        assert!(text.starts_with(&format!("//! `{}`: ", rule.code)), "{path}");
        assert!(text.contains("pub(super) const RULE: Rule"), "{path}");
    }
}

#[test]
fn our_own_roadmaps_are_without_a_finding() {
    for folder in [".", "tests/fixtures/seed", "tests/fixtures/older"] {
        let text = text_of(&Path::new(folder).join("roadmap/milestones_and_issues.json"));
        assert_eq!(findings(&[("roadmap/milestones_and_issues.json", text.into_bytes())]), [], "{folder}");
    }
}

#[test]
fn an_id_that_nobody_bears_is_noticed_in_our_own_roadmap() {
    let text = text_of(Path::new("roadmap/milestones_and_issues.json"));
    let spoilt = text.replacen("Start with DB-001", "Start with DB-010", 1).replacen(
        "through DB-022",
        "through DB-023",
        1,
    );
    let codes: Vec<_> = findings(&[(SOURCE, spoilt.into_bytes())]).iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::PhaseMention, Code::UnknownId]);
}

#[expect(clippy::disallowed_methods, reason = "a test reads the project's own files")]
fn text_of(path: &Path) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file of this project")
}
