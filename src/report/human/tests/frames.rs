//! Frames as they are seen, character by character.
#![allow(clippy::disallowed_methods, reason = "a macro of snapbox asks for the test file")]

use snapbox::{IntoData, assert_data_eq, str};

use super::*;

#[test]
fn a_value_has_a_caret_under_it() {
    assert_data_eq!(
        frame(label("a.json")).raw(),
        str![[r#"
error[unknown-label]: unknown label `dosc`
  --> a.json:10:66
   |
10 |     { "id": "DB-001", "title": "数据库 é: Build", "labels": ["bug", "dosc"] },
   |                                                                     ^^^^^^
   |
   = help: did you mean `docs`?

"#]]
        .raw()
    );
}

#[test]
fn a_key_has_a_caret_under_it() {
    let place = json("a.json").key("issues").index(1).key("titel").the_key();
    let unknown = Diagnostic::new(Code::UnknownKey, place, "unknown key `titel`").warning();
    assert_data_eq!(
        frame(unknown.help("did you mean `title`?\nown data goes under `extra`")).raw(),
        str![[r#"
warning[unknown-key]: unknown key `titel`
  --> a.json:11:23
   |
11 |     { "id": "DB-002", "titel": "x" }
   |                       ^^^^^^^
   |
   = help: did you mean `title`?
           own data goes under `extra`

"#]]
        .raw()
    );
}

#[test]
fn wide_and_combining_characters_before_the_caret() {
    let at = A.find("Roadmap").expect("the word");
    let word = Diagnostic::new(Code::Syntax, Place::bytes("a.json", at..at + "Roadmap".len()), "a word");
    assert_data_eq!(
        frame(word).raw(),
        str![[r#"
error[syntax]: a word
 --> a.json:2:30
  |
2 |   "title": "Databäse 数据 é é Roadmap",
  |                               ^^^^^^^

"#]]
        .raw()
    );
}

#[test]
fn line_ends_and_byte_order_marks_do_not_show() {
    let id = json("crlf.json").key("issues").index(0).key("id");
    let crlf = label("crlf.json").related(id, "of this issue");
    assert_data_eq!(
        frame(crlf).raw(),
        str![[r#"
error[unknown-label]: unknown label `dosc`
  --> crlf.json:10:66
   |
10 |     { "id": "DB-001", "title": "数据库 é: Build", "labels": ["bug", "dosc"] },
   |             -------- of this issue                                  ^^^^^^
   |
   = help: did you mean `docs`?

"#]]
        .raw()
    );
    let bom = Diagnostic::new(Code::Syntax, json("bom.json").key("a"), "one");
    assert_data_eq!(
        frame(bom).raw(),
        str![[r#"
error[syntax]: one
 --> bom.json:1:8
  |
1 | { "a": 1 }
  |        ^

"#]]
        .raw()
    );
}

#[test]
fn a_long_line_is_shown_around_the_value() {
    let long = Diagnostic::new(Code::Syntax, json("long.json").key("a").index(50), "a number")
        .related(json("long.json").key("a").index(51), "near")
        .related(json("long.json").key("b"), "far");
    assert_data_eq!(frame(long).raw(), str![[r#"
error[syntax]: a number
 --> long.json:1:557
  |
1 | …567890,1234567890,1234567890,1234567890,1234567890,1234567890,1234567890,1234567890,1234567890,1234567890,1234567890,1234567890,1234567890,1…
  |                                          ^^^^^^^^^^ ---------- near
  |
note: far
 --> long.json:1:1114
  |
1 | …1234567890,1234567890,1234567890,1],"b":"long long long long long long long long long long long long long long long long long long long long…
  |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

"#]].raw());
    let deep = (0..100).fold(json("deep.json"), |place, _| place.index(0));
    assert_data_eq!(frame(Diagnostic::new(Code::Syntax, deep, "a string")).raw(), str![[r#"
error[syntax]: a string
 --> deep.json:1:101
  |
1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]…
  |                                          ^^^

"#]].raw());
}

#[test]
fn an_object_of_many_lines_shows_where_it_begins() {
    let object = Diagnostic::new(Code::Syntax, json("a.json").key("labels").index(1), "an object");
    assert_data_eq!(
        frame(object).raw(),
        str![[r#"
error[syntax]: an object
 --> a.json:5:5
  |
5 |     {
  |     ^
6 |       "name": "Docs"
  |

"#]]
        .raw()
    );
    let list = Diagnostic::new(Code::Syntax, json("a.json").key("labels"), "a list");
    assert_data_eq!(
        frame(list).raw(),
        str![[r#"
error[syntax]: a list
 --> a.json:3:13
  |
3 |   "labels": [
  |             ^

"#]]
        .raw()
    );
}

#[test]
fn related_places_in_the_same_file() {
    let name = |n| json("a.json").key("labels").index(n).key("name");
    let near = Diagnostic::new(Code::Syntax, name(1), "`Docs` is `docs`")
        .related(name(0), "first here")
        .help("rename one");
    assert_data_eq!(
        frame(near).raw(),
        str![[r#"
error[syntax]: `Docs` is `docs`
 --> a.json:6:15
  |
4 |     { "name": "docs" },
  |               ------ first here
5 |     {
6 |       "name": "Docs"
  |               ^^^^^^
  |
  = help: rename one

"#]]
        .raw()
    );
    let apart = Diagnostic::new(Code::Syntax, json("a.json").key("issues").index(1), "m")
        .related(name(0), "first here");
    assert_data_eq!(
        frame(apart).raw(),
        str![[r#"
error[syntax]: m
  --> a.json:11:5
   |
 4 |     { "name": "docs" },
   |               ------ first here
...
11 |     { "id": "DB-002", "titel": "x" }
   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

"#]]
        .raw()
    );
    let far = Place::bytes("far.json", 400_000..400_010);
    let far =
        Diagnostic::new(Code::Syntax, far, "m").related(json("far.json").key("id").the_key(), "last here");
    assert_data_eq!(
        frame(far).raw(),
        str![[r#"
error[syntax]: m
      --> far.json:399991:1
       |
399991 |
       | ^
...
400001 | "id": 2 }
       | ---- last here

"#]]
        .raw()
    );
}

#[test]
fn many_related_places_are_counted() {
    let cycle = (0..8)
        .fold(Diagnostic::new(Code::Syntax, json("b.json").key("milestones"), "m"), |finding, _| {
            finding.related(Place::file("a.json"), "waits")
        });
    let told = frame(cycle);
    assert_eq!(told.matches("note: waits").count(), MOST_RELATED);
    assert!(told.contains(" = note: and 3 more places\n"), "{told}");
}

#[test]
fn related_places_in_another_file() {
    let other = label("a.json").related(json("b.json").key("milestones"), "labels are for these");
    assert_data_eq!(
        frame(other.related(Place::file("c.json"), "and for this")).raw(),
        str![[r#"
error[unknown-label]: unknown label `dosc`
  --> a.json:10:66
   |
10 |     { "id": "DB-001", "title": "数据库 é: Build", "labels": ["bug", "dosc"] },
   |                                                                     ^^^^^^
   |
   = help: did you mean `docs`?
note: labels are for these
  --> b.json:2:17
   |
 2 |   "milestones": [{ "id": "DB-ML0" }]
   |                 ^^^^^^^^^^^^^^^^^^^^
note: and for this
  --> c.json

"#]]
        .raw()
    );
}

#[test]
fn files_and_runs_have_no_frame() {
    let file = Diagnostic::new(Code::Syntax, Place::file("gone.json"), "it has gone").help("bring it back");
    assert_data_eq!(
        frame(file).raw(),
        str![[r#"
error[syntax]: it has gone
--> gone.json
 = help: bring it back

"#]]
        .raw()
    );
    let run = Diagnostic::new(Code::Syntax, Place::file(""), "nothing to do").help("do something");
    assert_data_eq!(
        frame(run).raw(),
        str![[r#"
error[syntax]: nothing to do
 |
 = help: do something

"#]]
        .raw()
    );
    let lost = Diagnostic::new(Code::Syntax, json("gone.json").key("a").index(1), "it has gone");
    assert_data_eq!(
        frame(lost).raw(),
        str![[r#"
error[syntax]: it has gone
--> gone.json
 = note: at `a[1]`

"#]]
        .raw()
    );
}

#[cfg(not(windows))]
#[test]
fn colours_are_rustc_s() {
    let warning = Diagnostic::new(Code::Syntax, json("b.json").key("milestones"), "m")
        .warning()
        .related(json("a.json"), "r");
    let told = frames([label("a.json"), warning.clone(), warning.help("h")], true, Some(1));
    assert_data_eq!(
        told.replace('\u{fdd2}', "␛[").replace('\u{fdd3}', "m").raw(),
        str![[r#"
␛[1m␛[91merror[unknown-label]␛[0m␛[1m: unknown label `dosc`␛[0m
  ␛[1m␛[94m--> ␛[0ma.json:10:66
   ␛[1m␛[94m|␛[0m
␛[1m␛[94m10␛[0m ␛[1m␛[94m|␛[0m     { "id": "DB-001", "title": "数据库 é: Build", "labels": ["bug", "dosc"] },
   ␛[1m␛[94m|␛[0m                                                                     ␛[1m␛[91m^^^^^^␛[0m
   ␛[1m␛[94m|␛[0m
   ␛[1m␛[94m= ␛[0m␛[1mhelp␛[0m: did you mean `docs`?

␛[1m␛[33mwarning[syntax]␛[0m␛[1m: m␛[0m
 ␛[1m␛[94m--> ␛[0mb.json:2:17
  ␛[1m␛[94m|␛[0m
␛[1m␛[94m2␛[0m ␛[1m␛[94m|␛[0m   "milestones": [{ "id": "DB-ML0" }]
  ␛[1m␛[94m|␛[0m                 ␛[1m␛[33m^^^^^^^^^^^^^^^^^^^^␛[0m
  ␛[1m␛[94m|␛[0m
␛[1m␛[92mnote␛[0m: r
 ␛[1m␛[94m--> ␛[0ma.json:1:1
  ␛[1m␛[94m|␛[0m
␛[1m␛[94m1␛[0m ␛[1m␛[94m|␛[0m {
  ␛[1m␛[94m|␛[0m ␛[1m␛[92m^␛[0m
␛[1m␛[94m2␛[0m ␛[1m␛[94m|␛[0m   "title": "Databäse 数据 é é Roadmap",
  ␛[1m␛[94m|␛[0m

␛[1m␛[33m… and 1 more `syntax` warning␛[0m

"#]]
        .raw()
    );
}
