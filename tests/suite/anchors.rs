//! Links in documents are judged as GitHub follows them: no false alarm, and what is really dead is found.

use crate::support::Project;

const PLAN: &str = r#"{
  "milestones": [{ "id": "SH-M1", "title": "The shed stands" }],
  "issues": [{ "id": "SH-001", "title": "Pour the floor", "milestone": "SH-M1" }],
  "docs": ["docs"]
}"#;

/// The links in documents that are called dead, as they are written, in a project with more files.
#[track_caller]
fn dead(project: &Project) -> Vec<String> {
    let run = project.run(["check", "--format", "json"]);
    let json = run.json();
    let findings = json["findings"].as_array().expect("a list").iter();
    let dead =
        findings.filter(|finding| matches!(finding["code"].as_str(), Some("dead-link" | "dead-anchor")));
    dead.map(|finding| {
        let text = project.bytes(finding["file"].as_str().expect("a file"));
        let at = |key: &str| usize::try_from(finding[key].as_u64().expect("a place")).expect("it is small");
        String::from_utf8_lossy(&text[at("byte_start")..at("byte_end")]).into_owned()
    })
    .collect()
}

/// Holds a document to having these dead links and no others.
#[track_caller]
fn holds(document: &str, expected: &[&str]) {
    let project = Project::new([
        ("roadmap/plan.json", PLAN),
        ("docs/guide.md", document),
        ("docs/a b/other.md", "# Other\n\n## Part *one*\n"),
        ("src/main.rs", "fn main() {}\n"),
        ("README.md", "<h1>Shed</h1>\n\n# ![Logo](x.png) Tools\n"),
    ]);
    project.run(["build"]);
    assert_eq!(dead(&project), expected, "{document}");
}

#[test]
fn fragments_are_followed_without_case() {
    holds(
        "# Guide\n\n[a](#Type) [b](#Änderungen) [c](#%C3%84nderungen) [d](#nothing)\n\n## Type\n\n## Änderungen\n",
        &["[d](#nothing)"],
    );
}

#[test]
fn headings_and_names_in_html_are_anchors() {
    holds(
        "# Guide\n\n[a](#quick-start) [b](#Old) [c](#gone) [d](#in-details)\n\n<h2 align=center>Quick <i>Start</i></h2>\n\n\
         <a name=\"old\"></a>\n\n<details><summary>x</summary>\n\n- ### In details\n\n</details>\n\n<!-- <h2>Gone</h2> -->\n",
        &["[c](#gone)"],
    );
}

#[test]
fn what_github_gives_every_page_is_there() {
    holds(
        "# Guide\n\n[a](#top) [b](#user-content-guide) [c](../README.md#readme) [d](guide.md?plain=1#L3) [e](guide.md#L3-L9) \
         [f](../src/main.rs#L1C1-L1C2) [g](#readme) [h](../README.md#-tools) [i](../README.md#logo-tools) [j](../README.md#shed)\n",
        &["[g](#readme)", "[i](../README.md#logo-tools)"],
    );
}

#[test]
fn forms_of_numbers_are_left_out_as_githubs_table_has_it() {
    holds(
        "# Guide\n\n[a](#area-in-m) [b](#-準備) [c](#-done) [d](#step-ⓐ) [e](#version-２) [f](#area-in-m²)\n\n\
         ## Area in m²\n\n## ① 準備\n\n## ½ done\n\n## Step Ⓐ\n\n## Version ２\n",
        &["[f](#area-in-m²)"],
    );
}

#[test]
fn paths_begin_at_the_file_or_at_the_top_of_the_repository() {
    holds(
        "# Guide\n\n[a](/docs/guide.md) [b](/docs/gone.md) [c](/docs/guide.md#nothing) ![d](/img/gone.png) [e](/) [f](../docs/) \
         [g](a%20b/other.md#part-one) [h](<a b/other.md#part-two>) [i](/roadmap/milestones/) [j](../../issues) [k](Guide.md) \
         [l](/docs/a%20b) <a href=\"/docs/none.md\">m</a> [n](../roadmap/milestones/m-sh-m1.md#i-sh-001)\n",
        &[
            "[b](/docs/gone.md)",
            "[c](/docs/guide.md#nothing)",
            "![d](/img/gone.png)",
            "[h](<a b/other.md#part-two>)",
            "[k](Guide.md)",
            "<a href=\"/docs/none.md\">",
        ],
    );
}

#[test]
fn a_folder_of_pages_is_there_before_it_is_built() {
    let guide =
        "# Guide\n\n[a](../roadmap/milestones/) [b](/roadmap/milestones) [c](../roadmap/milestone/)\n";
    let project = Project::new([("roadmap/plan.json", PLAN), ("docs/guide.md", guide)]);
    assert_eq!(dead(&project), ["[c](../roadmap/milestone/)"]);
}

#[test]
fn a_root_below_the_repositorys_top_links_to_what_stands_beside_it() {
    let project = Project::new([
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("README.md", "# Whole\n"),
        ("tools/plan/.roadbook", "roadmap\n"),
        ("tools/plan/roadmap/plan.json", PLAN),
        (
            "tools/plan/docs/guide.md",
            "# Guide\n\n[a](/README.md#whole) [b](/README.md#half) [c](../../../README.md) [d](../../../none.md) \
             [e](/docs/guide.md) [f](/tools/plan/docs/guide.md#guide) [g](../../../../issues) [h](../../plan/docs/guide.md#x)\n",
        ),
    ]);
    let run = project.run_in("tools/plan", ["check", "--format", "json"]);
    let json = run.json();
    let told = json["findings"].as_array().expect("a list").iter();
    let told: Vec<_> = told
        .filter(|finding| finding["code"].as_str().is_some_and(|code| code.starts_with("dead-")))
        .map(|finding| finding["message"].as_str().expect("words").to_owned())
        .collect();
    assert_eq!(
        told,
        [
            "this link leads nowhere: `../../README.md` has no anchor `#half`",
            "this link leads nowhere: there is no `../../none.md`",
            "this link leads nowhere: there is no `../../docs/guide.md`",
            "this link leads nowhere: `docs/guide.md` has no anchor `#x`",
        ]
    );
}

#[test]
fn links_of_a_body_that_is_shown_as_its_source_are_not_judged() {
    let body = |text: &str| {
        let issue =
            serde_json::json!({ "id": "SH-001", "title": "Pour", "milestone": "SH-M1", "body": text });
        let milestones = serde_json::json!([{ "id": "SH-M1", "title": "The shed stands" }]);
        let project =
            Project::of(&serde_json::json!({ "milestones": milestones, "issues": [issue] })).built();
        project.run(["check", "--format", "json"]).json()["findings"].to_string()
    };
    // HTML that could take the place of what the page itself names makes a body text.
    assert!(!body("<a id=i-sh-001></a>\n\n# Why\n\n[a](#why) [b](#gone) [c](none.md)\n").contains("dead-"));
    let found = body("# Why\n\n[a](#why) [b](#gone) [c](none.md) [d](/acme/shed/issues)\n");
    assert!(found.contains("#gone") && found.contains("none.md"), "{found}");
    assert_eq!(found.matches("\"dead-").count(), 2, "{found}");
}

/// Headings with their anchors as github-slugger 2 gives them for what cmark-gfm reads.
const SLUGS: [(&str, &str); 30] = [
    ("Setext head\n===========", "setext-head"),
    ("Two lines\nof setext\n---", "two-linesof-setext"),
    ("## `code` in *it*", "code-in-it"),
    ("## Emoji 🎉 here", "emoji--here"),
    ("## :tada: short", "tada-short"),
    ("## AT&amp;T &copy; 2024", "att--2024"),
    ("## a", "a"),
    ("## a-1", "a-1"),
    ("## a", "a-2"),
    ("## Привет мир", "привет-мир"),
    ("## 日本語の見出し", "日本語の見出し"),
    ("## İstanbul", "i̇stanbul"),
    ("## हिन्दी शब्द", "हिन्दी-शब्द"),
    ("## العربية", "العربية"),
    ("## cafe\u{301}", "cafe\u{301}"),
    ("## [Link](https://x.y) tail", "link-tail"),
    ("## <b>raw</b> html", "raw-html"),
    ("## b  c   d", "b--c---d"),
    ("## dots...v1.2.3", "dotsv123"),
    ("> ## in quote", "in-quote"),
    ("- ## in item", "in-item"),
    ("## \\# escaped \\*star\\*", "-escaped-star"),
    ("## C++ / C#", "c--c"),
    ("## ~~struck~~ **bold**", "struck-bold"),
    ("## snake_case_word", "snake_case_word"),
    ("## `<T>` generic", "t-generic"),
    ("## <kbd>k</kbd> key", "k-key"),
    ("## ー長音 々", "ー長音-々"),
    ("<h3>\nmany\nlines</h3>", "manylines"),
    ("## -- dash --", "---dash---"),
];

#[test]
fn headings_of_every_kind_have_the_anchors_that_github_gives_them() {
    let headings: Vec<_> = SLUGS.iter().map(|(heading, _)| *heading).collect();
    let links: Vec<_> = SLUGS.iter().map(|(_, slug)| format!("[x](#{slug})")).collect();
    // What a looser rule would offer as well.
    let dead = ["#code-in-it-1", "#a-3", "#emoji-here", "#two-lines-of-setext", "#c-c", "#no"];
    let more: Vec<_> = dead.iter().map(|slug| format!("[x]({slug})")).collect();
    let expected: Vec<_> = more.iter().map(String::as_str).collect();
    holds(
        &format!("{}\n\n{}\n\n{}\n", headings.join("\n\n"), links.join("\n\n"), more.join("\n\n")),
        &expected,
    );
}

#[test]
fn no_kind_of_link_is_judged_in_a_body_that_is_shown_as_its_source() {
    let kinds = [
        "[x](gone.md)",
        "[x][y]\n\n[y]: gone.md",
        "[y][]\n\n[y]: gone.md",
        "[y]\n\n[y]: gone.md#part",
        "![x](gone.png)",
        "<a href=\"gone.md\">x</a> <img src=\"gone.png\">",
        "a[^1]\n\n[^1]: [x](gone.md)",
        "<gone.md> @octo #12 [x](#gone)",
    ];
    // What makes a body text: a comment, a marker of ours and a script reach past its end.
    let reasons = ["<!-- open", "<!-- roadbook:begin stats -->", "<script>", "<textarea>"];
    let issues = |tail: &str| -> Vec<_> {
        let issue = |(n, kind): (usize, &&str)| {
            let body = format!("{kind}\n\n{tail}");
            serde_json::json!({ "id": format!("SH-{n}"), "title": "Pour", "milestone": "SH-M1", "body": body })
        };
        kinds.iter().enumerate().map(issue).collect()
    };
    let found = |tail: &str| {
        let milestones = serde_json::json!([{ "id": "SH-M1", "title": "The shed stands" }]);
        let outputs = serde_json::json!({ "site": null });
        let source =
            serde_json::json!({ "outputs": outputs, "milestones": milestones, "issues": issues(tail) });
        let project = Project::of(&source);
        project.run(["build"]);
        project.run(["check", "--format", "json"]).json()["findings"].to_string().matches("\"dead-").count()
    };
    for reason in reasons {
        assert_eq!(found(reason), 0, "{reason}");
    }
    assert_eq!(found("shown"), 7, "where it is shown, they are judged");
}
