//! How many files a change touches: those that show it, and no more of them the larger the roadmap is.

#[allow(dead_code, reason = "the benchmark takes other shapes as well")]
#[path = "../bench/synthetic.rs"]
mod synthetic;

use serde_json::{Value, json};
use synthetic::{Shape, roadmap};

use crate::support::{Project, SOURCE, Tree};

/// The sizes of the roadmaps, in issues; the large one is larger with `ROADBOOK_FULL=1`.
fn sizes() -> [usize; 2] {
    [200, if std::env::var_os("ROADBOOK_FULL").is_some() { 2_000 } else { 400 }]
}

/// How many files a changed body may touch.
const MOST_OF_A_BODY: usize = 12;

/// How many more files a change may touch in the large roadmap: one item has a neighbour or a blocker more than another,
/// and of a label's pages the first tells how many issues have it.
const MORE: usize = 5;

/// The same of a state: what can begin and in which step follows from it at any distance, and in the large roadmap more
/// milestones lie within reach, each with two pages that draw it. What it waited for helps one issue less, and where that takes another
/// place in the order of work, its neighbours there lead elsewhere.
const MORE_OF_A_STATE: usize = 48;

/// A change to the issue in the middle of a roadmap.
type Change = (&'static str, fn(&mut Value));

const CHANGES: [Change; 7] = [
    ("body", |issue| {
        issue["body"] = json!(format!("{}\n\nTungsten holds.", issue["body"].as_str().unwrap_or("")))
    }),
    ("whole body", |issue| issue["body"] = json!("Nothing of it stays.")),
    ("title", |issue| issue["title"] = json!(format!("{} tungsten", issue["title"].as_str().unwrap_or("")))),
    ("due date", |issue| issue["due_on"] = json!("2027-05-05")),
    ("assignee", |issue| issue["assignees"] = json!(["zoe"])),
    ("label", |issue| drop(issue["labels"].as_array_mut().map(|labels| labels.remove(0)))),
    ("state", |issue| issue["state"] = json!(if issue["state"] == "closed" { "open" } else { "closed" })),
];

/// A roadmap of so many issues, with its whole site.
struct Built {
    project: Project,
    source: Value,
    tree: Tree,
}

impl Built {
    fn new(issues: usize) -> Self {
        let mut source: Value = serde_json::from_str(&roadmap(issues, Shape::Plain)).expect("it is JSON");
        source["outputs"] = json!({ "site": "site" });
        let project = Project::empty();
        project.write(SOURCE, source.to_string().as_bytes());
        project.run(["build"]);
        Self { tree: project.tree(), project, source }
    }

    /// The files that are others after a change, with what they hold then.
    fn touched(&self, change: fn(&mut Value)) -> Vec<(String, Vec<u8>)> {
        let mut source = self.source.clone();
        let issues = source["issues"].as_array_mut().expect("a list");
        let middle = issues.len() / 2;
        change(&mut issues[middle]);
        self.project.write(SOURCE, source.to_string().as_bytes());
        self.project.run(["build"]);
        let after = self.project.tree();
        let gone = self.tree.keys().filter(|path| !after.contains_key(*path)).cloned();
        assert_eq!(gone.collect::<Vec<_>>(), Vec::<String>::new());
        let is_touched =
            |(path, bytes): &(String, Vec<u8>)| self.tree.get(path) != Some(bytes) && path != SOURCE;
        after.into_iter().filter(is_touched).collect()
    }
}

#[test]
fn a_change_touches_what_shows_it_at_any_size() {
    let [few, many] = sizes();
    let [small, large] = [few, many].map(Built::new);
    println!("{:12} {few:>5} {many:>5}", "files of");
    for (name, change) in CHANGES {
        let [few, many] = [&small, &large].map(|built| built.touched(change));
        println!("{name:12} {:5} {:5}", few.len(), many.len());
        assert!(few.len() >= 3, "{name} touches {} files", few.len());
        let more = if name == "state" { MORE_OF_A_STATE } else { MORE };
        assert!(many.len() <= few.len() + more, "{name}: {} files, then {}", few.len(), many.len());
        for touched in [few, many] {
            assert!(!name.ends_with("body") || touched.len() <= MOST_OF_A_BODY, "{name}: {}", touched.len());
            if name == "title" {
                let shows = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("tungsten");
                let silent = touched.iter().filter(|(_, bytes)| !shows(bytes)).map(|(path, _)| path);
                assert_eq!(silent.collect::<Vec<_>>(), Vec::<&String>::new(), "they do not show the title");
            }
        }
    }
}
