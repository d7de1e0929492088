//! What merges by meaning, and what stays as it is.

use serde_json::json;

use super::*;

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    source(Three { base, ours, theirs }, &Known::default()).expect("sources")
}

/// A merge without a conflict.
fn clean(base: &str, ours: &str, theirs: &str) -> String {
    let merged = merged(base, ours, theirs);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.ours, merged.theirs);
    merged.ours
}

fn conflicts(base: &str, ours: &str, theirs: &str) -> Vec<String> {
    let merged = merged(base, ours, theirs);
    merged.conflicts.into_iter().map(|it| format!("{}: {} | {}", it.what, it.ours, it.theirs)).collect()
}

fn issues(items: &str) -> String {
    format!("{{\r\n\t\"issues\": [\r\n\t\t{items}\r\n\t]\r\n}}")
}

const A: &str = r#"{ "id": "A-1", "title" : "A" }"#;

#[test]
fn the_form_of_our_text_and_the_order_of_their_keys_stay() {
    let theirs = issues(&format!(
        "{A},\r\n\t\t{}",
        r#"{ "title": "B", "labels": ["x"], "id": "A-2", "extra": {"z": 1, "a": 2} }"#
    ));
    let ours = issues(r#"{ "id": "A-1", "title" : "A", "estimate": 1.50 }"#);
    assert_eq!(
        clean(&issues(A), &ours, &theirs),
        issues(&format!(
            "{},\r\n\t\t{}",
            r#"{ "id": "A-1", "title" : "A", "estimate": 1.50 }"#,
            r#"{ "title": "B", "labels": ["x"], "id": "A-2", "extra": {"z": 1, "a": 2} }"#
        ))
    );
}

#[test]
fn an_order_that_they_changed_alone_is_theirs() {
    let b = r#"{ "id": "A-2", "title": "B" }"#;
    let base = issues(&format!("{A},\r\n\t\t{b}"));
    let theirs = issues(&format!("{b},\r\n\t\t{A}"));
    let ours = base.replace(r#""title": "B""#, r#""title": "B", "estimate": 2"#);
    assert_eq!(
        clean(&base, &ours, &theirs),
        theirs.replace(r#""title": "B""#, r#""title": "B", "estimate": 2"#)
    );
}

/// Milestones of these names in their order, each written in its own way.
fn milestones(names: &str) -> String {
    let items: Vec<_> = names
        .chars()
        .map(|it| format!("{{ \"id\": \"M-{it}\",{} \"title\": \"{it}\" }}", " ".repeat(it as usize % 3)))
        .collect();
    format!("{{\n  \"milestones\": [\n  {}\n  ]\n}}", items.join(",\n  "))
}

/// The names of milestones in the order of a text.
fn order_of(text: &str) -> String {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let all = value["milestones"].as_array().expect("a list");
    all.iter().filter_map(|it| it["title"].as_str()).collect()
}

#[test]
fn what_both_sides_moved_stands_as_each_of_them_wants() {
    for (base, ours, theirs, merged) in [
        ("1234", "2134", "1243", "2143"),
        ("1234", "2134", "2134", "2134"),
        ("1234", "2134", "2143", "2143"),
        ("123456", "234561", "124356", "243561"),
        ("1234", "124", "2134", "214"),
        // What is new stays behind what it was put behind, and comes last where nothing stood behind it.
        ("1234", "12934", "3124", "31294"),
        ("1234", "91234", "3124", "39124"),
        ("1234", "12349", "4123", "41239"),
        ("1234", "2134", "12943", "21439"),
        ("1234", "1234", "43921", "43921"),
        ("1234", "12348", "43921", "439218"),
        ("12", "1239", "12", "1239"),
    ] {
        let text = clean(&milestones(base), &milestones(ours), &milestones(theirs));
        assert_eq!(order_of(&text), merged, "{base}: {ours} and {theirs}");
        if !theirs.contains('9') {
            assert_eq!(text, milestones(merged), "each is written as it was");
        }
    }
}

#[test]
fn one_item_that_was_moved_to_two_places_is_a_conflict() {
    for (base, ours, theirs) in [("1234", "2314", "2341"), ("1234", "2134", "2341"), ("123", "213", "132")] {
        let found = merged(&milestones(base), &milestones(ours), &milestones(theirs));
        assert_eq!((order_of(&found.ours), order_of(&found.theirs)), (ours.to_owned(), theirs.to_owned()));
        let found: Vec<_> = found.conflicts.into_iter().map(|it| it.what).collect();
        assert_eq!(found, ["the order of `milestones`"], "{base}: {ours} and {theirs}");
    }
    assert_eq!(
        conflicts(&milestones("123"), &milestones("231"), &milestones("213")),
        [r#"the order of `milestones`: `["M-2","M-3","M-1"]` | `["M-2","M-1","M-3"]`"#]
    );
}

#[test]
fn lists_of_names_are_sets_and_a_field_that_is_left_out_is_a_value() {
    let of = |labels: &str| issues(&format!(r#"{{ "id": "A-1", "title": "A"{labels} }}"#));
    assert_eq!(
        clean(
            &of(r#", "labels": ["a", "b"]"#),
            &of(r#", "labels": ["b", "c"]"#),
            &of(r#", "labels": ["a", "B", "d"]"#)
        ),
        of(r#", "labels": ["b", "c", "d"]"#)
    );
    assert_eq!(
        clean(&of(""), &of(r#", "labels": ["a"]"#), &of(r#", "labels": ["b"]"#)),
        of(r#", "labels": ["a", "b"]"#)
    );
    assert_eq!(
        conflicts(&of(r#", "labels": ["a"]"#), &of(""), &of(r#", "labels": ["a", "b"]"#)),
        [r#"`labels` of `A-1`: left out | `["a","b"]`"#]
    );
}

#[test]
fn two_names_for_one_item_are_a_conflict_of_its_id() {
    let of = |id: &str, aliases: &str| {
        format!(r#"{{ "issues": [{{ "id": "{id}", "title": "A" }}], "aliases": {{{aliases}}} }}"#)
    };
    assert_eq!(
        conflicts(&of("A-1", ""), &of("A-2", r#""A-1": "A-2""#), &of("A-3", r#""A-1": "A-3""#)),
        ["`aliases.A-1`: `A-2` | `A-3`", "`id` of `A-2`: `A-2` | `A-3`"]
    );
}

#[test]
fn a_label_and_a_milestone_are_followed_by_what_names_them() {
    let of = |milestone: &str, label: &str, more: &str| {
        format!(
            r#"{{ "milestones": [{{ "id": "m", "title": "{milestone}" }}], "labels": [{{ "name": "{label}", "was": ["x"] }}], "issues": [{more}] }}"#
        )
    };
    let new = |milestone: &str, label: &str| {
        format!(r#"{{"title": "B", "milestone": "{milestone}", "labels": ["{label}"]}}"#)
    };
    assert_eq!(
        clean(&of("Old", "x", ""), &of("New", "y", ""), &of("Old", "x", &new("Old", "X"))),
        of("New", "y", &new("New", "y"))
    );
}

#[test]
fn updates_of_one_day_are_kept_apart() {
    let of =
        |updates: &str| format!(r#"{{"milestones": [{{"id": "m", "title": "M", "updates": [{updates}]}}]}}"#);
    let [base, own, other] = [
        r#"{"on": "2026-11-01", "text": "a"}"#,
        r#"{"on": "2026-11-02", "text": "b"}"#,
        r#"{"on": "2026-11-02", "text": "c"}"#,
    ];
    let both = |one: &str| format!("{base}, {one}");
    let merged: Value =
        serde_json::from_str(&clean(&of(base), &of(&both(own)), &of(&both(other)))).expect("JSON");
    assert_eq!(merged["milestones"][0]["updates"].as_array().map(Vec::len), Some(3));
    let edited = base.replace("\"a\"", "\"b\"");
    assert_eq!(conflicts(&of(base), &of(&edited), &of(&base.replace("\"a\"", "\"c\""))).len(), 1);
}

/// A roadmap with an issue of its own beside the first, and with texts that may name it.
fn plan(issue: &str, text: &str) -> Value {
    let new = (!issue.is_empty()).then(|| json!({ "id": "A-2", "title": issue }));
    let issues = [json!({ "id": "A-1", "title": "A", "note": text })].into_iter().chain(new);
    json!({
        "description": text,
        "milestones": [{ "id": "M-1", "title": "M", "updates": [
            { "on": "2026-11-01", "text": "Before A-2." }, { "on": "2026-11-02", "text": text }] }],
        "issues": issues.collect::<Vec<_>>(),
        "labels": [{ "name": "x", "description": text }],
        "phases": [{ "title": "P", "milestones": ["M-1"], "body": text }],
        "sections": [{ "title": "S", "body": text }, { "title": "S", "body": "Long before A-2." }]
    })
}

/// What [`plan`] is where all that this side wrote names another id.
fn assert_all_name(merged: &str, id: &str) {
    let value: Value = serde_json::from_str(merged).expect("JSON");
    let text = format!("See {id}.");
    for at in [
        "/description",
        "/issues/0/note",
        "/milestones/0/updates/1/text",
        "/labels/0/description",
        "/phases/0/body",
        "/sections/0/body",
    ] {
        assert_eq!(value.pointer(at).and_then(Value::as_str), Some(&*text), "{at}");
    }
    // What stood there before either of them was added means neither.
    assert_eq!(value["milestones"][0]["updates"][0]["text"], "Before A-2.");
    assert_eq!(value["sections"][1]["body"], "Long before A-2.");
}

#[test]
fn every_text_of_the_side_whose_item_is_renumbered_follows_and_no_other() {
    let [base, silent, telling] = [plan("", "x"), plan("Paint", "x"), plan("Fire", "See A-2.")];
    let [base, silent, telling] = [base, silent, telling].map(|it| it.to_string());
    assert_all_name(&clean(&base, &silent, &telling), "A-3");
    let other = plan("Paint", "See A-2.").to_string();
    assert_all_name(&clean(&base, &other, &plan("Fire", "x").to_string()), "A-2");
}

#[test]
fn every_text_follows_an_item_that_the_merge_of_another_file_renumbered() {
    let file = |issues: &[&str]| {
        let all: Vec<_> = issues.iter().map(|it| it.split_once(' ').expect("an id")).collect();
        json!({ "issues": all.iter().map(|(id, title)| json!({ "id": id, "title": title })).collect::<Vec<_>>() })
            .to_string()
    };
    let [none, ours, theirs, both] =
        [vec![], vec!["A-2 Paint"], vec!["A-2 Fire"], vec!["A-2 Paint", "A-3 Fire"]].map(|it| file(&it));
    let [base, telling] = [plan("", "x"), plan("", "See A-2.")].map(|it| it.to_string());
    let files = |merged, texts| {
        [
            FileVersions { texts: Three { base: &*none, ours: &ours, theirs: &theirs }, merged: &both },
            FileVersions { texts, merged },
        ]
    };
    let theirs = files(&telling, Three { base: &*base, ours: &base, theirs: &telling });
    let found = across(&theirs, &Known::default()).expect("sources");
    assert_all_name(found.texts[1].as_deref().expect("a change"), "A-3");
    let ours = files(&telling, Three { base: &*base, ours: &telling, theirs: &base });
    assert_eq!(across(&ours, &Known::default()).expect("sources").texts, [None, None]);
}

#[test]
fn what_is_no_source_is_left_to_others() {
    let known = Known::default();
    for odd in [
        "",
        "[]",
        "{",
        r#"{"a": 1, "a": 2}"#,
        r#"{"issues": {}}"#,
        r#"{"issues": [1]}"#,
        r#"{"issues": [{"id": "A-1"}]}"#,
        r#"{"issues": [{"id": "!", "title": "x"}]}"#,
        r#"{"issues": [{"id": "a", "title": "x"}, {"id": "A", "title": "y"}]}"#,
    ] {
        let sides = Three { base: "{}", ours: odd, theirs: "{}" };
        // An empty text is a file that was not there: nothing can be written into it.
        assert_eq!(source(sides, &known).filter(|_| !odd.is_empty()), None, "{odd}");
    }
}

#[test]
fn numbers_that_64_bits_do_not_hold_are_compared_and_kept_by_their_digits() {
    let extra = |ticket: &str, more: &str| {
        format!(
            r#"{{ "issues": [{{ "id": "A-1", "title": "A", "extra": {{ "ticket": {ticket}{more} }} }}] }}"#
        )
    };
    let (base, other) = ("12345678901234567890123", "12345678901234567890999");
    assert_eq!(clean(&extra(base, ""), &extra(base, ""), &extra(other, "")), extra(other, ""));
    assert_eq!(
        clean(&extra(base, ""), &extra(base, r#", "list": [1]"#), &extra(other, "")),
        extra(other, r#", "list": [1]"#)
    );
    // A list that holds one is written as it was.
    let list = |last: &str| extra("1", &format!(r#", "list": ["roadbook-number:1", {base}, {last}]"#));
    assert_eq!(clean(&list("1"), &list("1"), &list("2")), list("2"));
    let said = format!("`extra.ticket` of `A-1`: `{base}` | `{other}`");
    assert_eq!(conflicts(&extra("1", ""), &extra(base, ""), &extra(other, "")), [said]);
    let both = merged(&extra("1", ""), &extra(base, ""), &extra(other, ""));
    assert_eq!((both.ours, both.theirs), (extra(base, ""), extra(other, "")));
}
