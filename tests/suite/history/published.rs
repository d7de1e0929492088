//! `build --history`: the website with what has changed, and its feed.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

fn plan() -> Value {
    json!({
        "title": "Launch & more",
        "site": { "url": "https://example.org/launch" },
        "milestones": [{ "id": "L-M1", "title": "L-M1 – A page", "due_on": "2026-11-06" }, { "id": "L-M9", "title": "L-M9 – Project Falcon", "internal": true }],
        "issues": [
            { "title": "L-001: Write", "milestone": "L-M1", "state": "open" },
            { "title": "L-002: Draw <b>it</b>", "milestone": "L-M1", "state": "open" },
            { "title": "L-900: Falcon contract", "milestone": "L-M9", "state": "open" }
        ]
    })
}

/// A history in which internal items were changed, came, went, were public before and became so.
fn repository() -> Project {
    let repository = Project::repository();
    let mut source = plan();
    repository.commit_plan("2026-10-01", &source);
    source["milestones"][0]["due_on"] = "2026-11-20".into();
    source["issues"][2]["title"] = "L-900: Falcon treaty".into();
    source["issues"][0]["blocked_by"] = json!(["L-900"]);
    repository.commit_plan("2026-10-05", &source);
    source["issues"]
        .as_array_mut()
        .expect("a list")
        .push(json!({ "title": "L-901: Falcon launch", "milestone": "L-M1" }));
    source["issues"][1]["state"] = "closed".into();
    repository.commit_plan("2026-10-06", &source);
    source["issues"][3]["internal"] = true.into();
    source["issues"][0]["milestone"] = "L-M1".into();
    source["issues"][1]["title"] = "L-002: Paint".into();
    repository.commit_plan("2026-10-07", &source);
    repository
}

#[test]
fn what_changed_is_told_by_days_and_leads_to_pages() {
    let repository = repository();
    let run = repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    let run = run.says("changes on 3 days");
    assert!(!run.err.contains("feed"), "{}", run.err);
    let page = repository.text("public/changes.html");
    for (day, words) in [("2026-10-05", "1 slipped"), ("2026-10-06", "1 closed"), ("2026-10-07", "1 renamed")]
    {
        let heading =
            format!("<h2 id=\"d-{day}\"><time datetime=\"{day}\">{day}</time> <small>{words}</small></h2>");
        assert!(page.contains(&heading), "no {heading} in {page}");
    }
    assert!(
        page.contains("href=\"milestones/m-l-m1.html\"") && page.contains("href=\"issues/i-l-002.html\"")
    );
    assert!(page.contains("The roadmap begins on 2026-10-01 with 1 milestone and 2 issues."), "{page}");
    assert!(repository.text("public/index.html").contains("href=\"changes.html\""));
    assert!(repository.text("public/sitemap.xml").contains("https://example.org/launch/changes.html"));
    // What is committed knows nothing of it.
    assert!(!repository.path("site").exists());
    repository.spawn(["build"]).ends_with(0);
    assert!(!repository.text("site/index.html").contains("changes.html"));
    assert!(!repository.path("site/changes.html").exists() && !repository.path("site/feed.atom").exists());
}

#[test]
fn nothing_internal_leaves_a_trace_in_either_revision() {
    let repository = repository();
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    let folder = repository.path("public");
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = String::from_utf8(std::fs::read(&path).expect("a file")).expect("text");
            for secret in ["Falcon", "falcon", "L-900", "l-900", "L-901", "l-901", "L-M9", "a secret reason"]
            {
                assert!(!text.contains(secret), "`{secret}` stands in {}", path.display());
            }
        }
    }
    // The same in `diff --public`; without it, all of it is told.
    let public = repository.spawn(["diff", "--since", "2026-01-01", "--public"]).ends_with(0);
    assert!(
        !public.out.contains("L-90") && public.err.contains("with 1 milestone and 2 issues"),
        "{public:?}"
    );
    assert!(repository.spawn(["diff", "--since", "2026-01-01"]).ends_with(0).out.contains("Falcon launch"));
}

#[test]
fn a_title_of_old_that_names_what_is_internal_is_refused() {
    let repository = repository();
    let mut source: Value = serde_json::from_str(&repository.text(SOURCE)).expect("JSON");
    source["issues"][0]["title"] = "L-001: Prepare Project Falcon".into();
    source["issues"][0].as_object_mut().expect("an object").remove("blocked_by");
    repository.commit_plan("2026-10-08", &source);
    source["issues"][0]["title"] = "L-001: Prepare".into();
    repository.commit_plan("2026-10-09", &source);
    let run = repository.spawn(["build", "--history", "--out", "public"]).ends_with(1);
    let run = run.says("nothing was written: what has changed names what is internal");
    run.says("error[internal-leak]: `L-M9` is internal, and `public/changes.html` names it");
    assert!(!repository.path("public").exists());
}

#[test]
fn the_feed_is_atom() {
    let repository = repository();
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    let text = repository.text("public/feed.atom");
    let feed = roxmltree::Document::parse(&text).expect("it is XML");
    let root = feed.root_element();
    let atom =
        |node: &roxmltree::Node<'_, '_>| node.tag_name().namespace() == Some("http://www.w3.org/2005/Atom");
    let texts = |node: roxmltree::Node<'_, '_>, name: &str| -> Vec<String> {
        let own = node.children().filter(|child| atom(child) && child.tag_name().name() == name);
        own.map(|child| child.text().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!((root.tag_name().name(), atom(&root)), ("feed", true));
    assert_eq!(texts(root, "title"), ["Launch & more"]);
    assert_eq!(texts(root, "id"), ["https://example.org/launch/"]);
    assert_eq!(texts(root, "updated"), ["2026-10-07T12:00:00Z"]);
    let entries: Vec<_> =
        root.children().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry"))).collect();
    assert_eq!(entries.len(), 3);
    for (entry, day) in entries.iter().zip(["2026-10-07", "2026-10-06", "2026-10-05"]) {
        let id = format!("https://example.org/launch/changes.html#d-{day}");
        assert_eq!(texts(*entry, "id"), [id.as_str()]);
        assert_eq!(texts(*entry, "updated"), [format!("{day}T12:00:00Z")]);
        assert_eq!((texts(*entry, "title").len(), texts(*entry, "content").len()), (1, 1));
        let links: Vec<_> = entry.descendants().filter_map(|node| node.attribute("href")).collect();
        assert!(links.iter().all(|link| link.starts_with("https://example.org/launch/")), "{links:?}");
    }
    assert!(root.descendants().all(|node| node.tag_name().name() != "b"
        || node.tag_name().namespace() == Some("http://www.w3.org/1999/xhtml")));
    // Entries of days that are past stay as they are, whatever comes.
    let mut source: Value = serde_json::from_str(&repository.text(SOURCE)).expect("JSON");
    source["issues"][0]["state"] = "closed".into();
    repository.commit_plan("2026-11-01", &source);
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    let later = repository.text("public/feed.atom");
    let old = text.split_once("<entry>").expect("an entry").1;
    assert!(later.ends_with(old), "{later}");
}

#[test]
fn without_an_address_there_is_no_feed() {
    let repository = repository();
    let mut source: Value = serde_json::from_str(&repository.text(SOURCE)).expect("JSON");
    source.as_object_mut().expect("an object").remove("site");
    repository.commit_plan("2026-10-08", &source);
    let run = repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    run.says("without `site.url` in the source there is no feed");
    assert!(!repository.path("public/feed.atom").exists());
    assert!(!repository.text("public/changes.html").contains("atom"));
}

#[test]
fn another_run_writes_what_differs_and_removes_what_is_gone() {
    let repository = repository();
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0).says("0 written, ");
    let mut source: Value = serde_json::from_str(&repository.text(SOURCE)).expect("JSON");
    source["issues"].as_array_mut().expect("a list").remove(1);
    repository.commit_plan("2026-10-08", &source);
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0).says(" 1 removed");
    assert!(!repository.path("public/issues/i-l-002.html").exists());
    let page = repository.text("public/changes.html");
    assert!(page.contains("L-002") && !page.contains("i-l-002.html"), "{page}");
    // Outside of the roadmap's root too, and where nothing is yet.
    repository.spawn(["build", "--history", "--out", "../beside/deep/public"]).ends_with(0);
    assert!(repository.path("../beside/deep/public/changes.html").exists());
}

#[test]
fn a_folder_that_is_not_its_own_is_refused_and_left_alone() {
    let repository = repository();
    repository.spawn(["build"]).ends_with(0);
    let before = repository.text("site/index.html");
    for out in ["site", "site/history", ".", "roadmap/milestones", SOURCE] {
        let run = repository.spawn(["build", "--history", "--out", out]).ends_with(2);
        assert!(run.err.contains("cannot write a website with history to"), "{out}: {}", run.err);
    }
    repository.write("mine/notes.txt", "mine\n");
    for out in ["mine", "roadmap"] {
        let run = repository.spawn(["build", "--history", "--out", out]);
        assert!([1, 2].contains(&run.code), "{out}: {}", run.err);
    }
    assert_eq!(repository.text("mine/notes.txt"), "mine\n");
    assert!(!repository.path("mine/index.html").exists() && !repository.path("roadmap/index.html").exists());
    assert_eq!(repository.text("site/index.html"), before);
    repository.spawn(["build", "--history"]).ends_with(2);
    repository.spawn(["build", "--out", "public"]).ends_with(2);
}

#[test]
fn many_changes_are_told_on_several_pages() {
    let repository = Project::repository();
    let issue = |n: usize| json!({ "title": format!("A-{n}: x"), "state": "open" });
    repository.commit_plan("2026-10-01", &json!({ "issues": [issue(0)] }));
    repository.commit_plan("2026-10-02", &json!({ "issues": (0..450).map(issue).collect::<Vec<_>>() }));
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    let pages: Vec<_> = ["changes.html", "changes~2.html", "changes~3.html"]
        .map(|page| repository.text(&format!("public/{page}")))
        .into();
    for page in &pages {
        assert!(page.matches('<').count() / 2 < 3_000);
        assert!(page.contains("aria-current=\"page\">Part "));
    }
    let told: usize = pages.iter().map(|page| page.matches(">Added<").count()).sum();
    assert_eq!(told, 449);
    assert!(!repository.path("public/changes~4.html").exists());
}
