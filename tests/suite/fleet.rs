//! Roadmaps of other repositories side by side: what forty published, with one missing and one out of date.

use serde_json::{Value, json};

use crate::support::{Project, Random, pretty};

const COUNT: usize = 40;

/// A repository's roadmap, published; every tenth shares its title and ids with another.
fn published(number: usize, random: &mut Random) -> String {
    let mut of = |most: usize| random.below(most);
    let states = ["open", "open", "closed"];
    let issues: Vec<_> = (0..3 + of(9))
        .map(|ix| {
            let mut issue = json!({ "id": format!("A-{ix}"), "title": format!("Issue {ix} of {number}") });
            if of(8) > 0 {
                issue["state"] = json!(states[of(3)]);
            }
            if issue["state"] == "closed" && of(4) == 0 {
                issue["state_reason"] = json!("not_planned");
            }
            if of(2) == 0 {
                issue["due_on"] = json!(format!("2026-{:02}-15", 10 + of(3)));
            }
            issue
        })
        .collect();
    let milestones: Vec<_> = (0..of(4))
        .map(|ix| json!({ "id": format!("M-{ix}"), "title": format!("Milestone {ix}"), "state": "open", "due_on": format!("2026-{:02}-01", 10 + of(3)) }))
        .collect();
    let as_of = if number == 7 { "2026-10-01" } else { "2026-11-20" };
    // Where a repository is named, nobody knows of an issue what its source does not say.
    let repository = if number % 10 == 9 { json!("octo-org/shared") } else { Value::Null };
    let mut source = json!({
        "title": format!("Service {}", number % 10), "as_of": as_of, "outputs": { "site": "site" },
        "site": { "url": format!("https://octo.example/{number}/") }, "milestones": milestones, "issues": issues,
    });
    if repository.is_string() {
        source["repository"] = repository;
    }
    let project = Project::new([("roadmap/plan.json", pretty(&source).as_str())]);
    project.run(["build", "-q"]).ends_with(0);
    project.text("site/roadmap.json")
}

#[test]
fn totals_of_forty_repositories_are_the_sums_and_what_is_missing_or_old_is_told() {
    let mut random = Random::new(18);
    let fleet = Project::empty();
    let mut all = Vec::<Value>::new();
    for number in 0..COUNT {
        let text = published(number, &mut random);
        all.push(serde_json::from_str(&text).expect("JSON"));
        std::fs::create_dir_all(fleet.path(&format!("in/{number:02}"))).expect("a folder");
        std::fs::write(fleet.path(&format!("in/{number:02}/roadmap.json")), text).expect("a file");
    }
    let args = ["fleet", "in", "gone.json", "--as-of", "2026-11-22", "--out", "page", "--format", "json"];
    let run = fleet.run(args);
    let told = run.ends_with(1).json();
    let sum = |of: &dyn Fn(&Value) -> u64| all.iter().map(of).sum::<u64>();
    for key in ["issues", "closed", "open", "unknown", "dropped"] {
        let wanted = sum(&|it| it["progress"][key].as_u64().expect("a number"));
        assert_eq!(told["progress"][key], wanted, "{key}");
        let mine = told["roadmaps"].as_array().expect("a list").iter();
        assert_eq!(
            mine.map(|it| it["progress"][key].as_u64().expect("a number")).sum::<u64>(),
            wanted,
            "{key}"
        );
    }
    let items = |it: &Value, list: &str, is: &dyn Fn(&Value) -> bool| {
        it[list].as_array().expect("a list").iter().filter(|item| is(item)).count() as u64
    };
    let late = |item: &Value| item["overdue_days"].as_i64().is_some_and(|days| days > 0);
    assert_eq!(told["overdue_issues"], sum(&|it| items(it, "issues", &late)));
    assert_eq!(told["overdue_milestones"], sum(&|it| items(it, "milestones", &late)));
    assert_eq!(told["milestones"], sum(&|it| items(it, "milestones", &|_| true)));
    assert_eq!(told["unread"], json!([{ "path": "gone.json", "why": "there is no such file" }]));
    let stale: Vec<_> =
        told["roadmaps"].as_array().expect("a list").iter().filter(|it| it["stale"] == true).collect();
    assert_eq!(stale.len(), 1);
    assert_eq!((&stale[0]["name"], &stale[0]["age_days"]), (&json!("Service 7"), &json!(52)));
    // Ten titles, forty roadmaps: each has a name of its own, and so have the items.
    let names: std::collections::BTreeSet<_> =
        told["roadmaps"].as_array().expect("a list").iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(names.len(), COUNT);
    assert!(names.contains("Service 3 (4)") && names.contains("octo-org/shared (4)"));
    assert!(told["progress"]["unknown"].as_u64() > Some(0) && told["progress"]["percent"].is_null());

    let page = fleet.text("page/index.html");
    let numbers = &told["progress"];
    let row = format!(
        r#"<tr><th scope="row">All</th><td></td><td class="num"></td><td class="grow"></td><td class="num">{}</td><td class="num">{}</td><td class="num">{}</td><td class="num">{}</td>"#,
        numbers["closed"], numbers["open"], numbers["unknown"], numbers["dropped"]
    );
    assert!(page.contains(&row), "{row}\n{page}");
    assert!(page.contains("gone.json") && page.contains("52 days old"), "{page}");
    assert_eq!(page.matches("<tr><th scope=\"row\">").count(), COUNT + 1);
    let human = fleet.run(["fleet", "in", "gone.json", "--as-of", "2026-11-22"]).ends_with(1);
    assert!(human.out.contains("gone.json: not read: there is no such file\n"), "{}", human.out);
    assert!(human.out.contains("Service 7: 52 days old, and 7 are allowed\n"), "{}", human.out);
    fleet.run(["fleet", "in", "--as-of", "2026-11-22", "--max-age", "52"]).ends_with(0);
    // The same files give the same page, and a page of somebody else's stays.
    fleet.run(args).ends_with(1).says("0 written, 4 unchanged");
    fleet.write("page/index.html", "mine");
    fleet.run(args).ends_with(2).says("not Roadbook's");
    assert_eq!(fleet.text("page/index.html"), "mine");
}

#[test]
fn a_folder_stands_for_what_is_published_in_it() {
    let mut random = Random::new(1);
    let fleet = Project::empty();
    for path in ["a/roadmap.json", "b/site/roadmap.json", "c.json"] {
        std::fs::create_dir_all(fleet.path(path).parent().expect("a folder")).expect("it is made");
        std::fs::write(fleet.path(path), published(2, &mut random)).expect("a file");
    }
    let count = |args: &[&str]| {
        let args: Vec<_> =
            ["fleet", "--as-of", "2026-11-22", "--format", "json"].iter().chain(args).copied().collect();
        fleet.run_in(".", &args).json()["roadmaps"].as_array().map(Vec::len)
    };
    assert_eq!(count(&["a"]), Some(1));
    assert_eq!(count(&["."]), Some(2), "a and c.json");
    assert_eq!(count(&[".", "b/site", "c.json", "./a/roadmap.json"]), Some(3), "the same file counts once");
    std::fs::create_dir_all(fleet.path("none/deep/site")).expect("folders");
    fleet.run(["fleet", "none"]).ends_with(2).says("holds no `roadmap.json`");
}

#[test]
fn a_page_takes_no_place_in_the_website_of_a_roadmap() {
    let fleet = Project::empty();
    let text = published(2, &mut Random::new(1));
    std::fs::create_dir_all(fleet.path("site")).expect("a folder");
    std::fs::write(fleet.path("site/roadmap.json"), &text).expect("a file");
    fleet.run(["fleet", "site", "--out", "site"]).ends_with(2).says("the website of a roadmap");
    assert!(!fleet.has("site/index.html"));
    fleet.run(["fleet", "site", "--out", "site", "--force"]).ends_with(0);
}
