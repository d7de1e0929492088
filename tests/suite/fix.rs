//! `check --fix`: what a machine can mend is mended, nothing else changes, and a second run finds nothing more to mend.

use serde_json::{Value, json};

use crate::support::{Project, Random, SOURCE};

/// A spoiling: what it is called, and the text with it where it found a place.
type Spoiling = (&'static str, fn(&str, &mut Random) -> Option<String>);

/// A member whose value is a text: where the key and the value begin and end, quotes included.
struct Member {
    key: (usize, usize),
    value: (usize, usize),
}

/// The members of these keys in a text, as they are written in one line.
fn members(text: &str, keys: &[&str]) -> Vec<Member> {
    let mut found = Vec::new();
    for key in keys {
        let head = format!("\"{key}\": ");
        for (start, _) in text.match_indices(&head).filter(|(at, _)| !text[..*at].ends_with('\\')) {
            let begin = start + head.len();
            let rest = &text[begin..];
            let length = match rest.as_bytes()[0] {
                b'"' => 2 + rest[1..].find('"').expect("the text ends"),
                b'[' => 1 + rest.find(']').expect("the list ends"),
                _ => rest.find([',', '\n', ' ', '}']).expect("the value ends"),
            };
            found.push(Member { key: (start, start + key.len() + 2), value: (begin, begin + length) });
        }
    }
    found
}

/// The text with one of these values changed, where the change takes it.
fn with(
    text: &str,
    random: &mut Random,
    keys: &[&str],
    change: impl Fn(&str, &mut Random) -> Option<String>,
) -> Option<String> {
    let mut places = members(text, keys);
    random.shuffle(&mut places);
    places.iter().find_map(|Member { value: (start, end), .. }| {
        let new = change(&text[*start..*end], random)?;
        (new != text[*start..*end]).then(|| format!("{}{new}{}", &text[..*start], &text[*end..]))
    })
}

/// The text with one of these keys spelt otherwise.
fn with_key(text: &str, random: &mut Random, spellings: &[(&str, &str)]) -> Option<String> {
    let (key, new) = *random.pick(spellings);
    let places = members(text, &[key]);
    let Member { key: (start, end), .. } = places.get(random.below(places.len()))?;
    Some(format!("{}\"{new}\"{}", &text[..*start], &text[*end..]))
}

fn inner(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"')
}

const DAYS: [&str; 6] = ["due_on", "start_on", "closed_on", "planned_due_on", "on", "as_of"];
const WORDS: [&str; 3] = ["state", "state_reason", "health"];
const NAMES: [&str; 3] = ["labels", "assignees", "blocked_by"];

fn word_in_case(text: &str, random: &mut Random) -> Option<String> {
    with(text, random, &WORDS, |value, random| {
        let word = inner(value)?;
        let new = match random.below(4) {
            0 => word.to_uppercase(),
            1 => format!("{}{}", word[..1].to_uppercase(), &word[1..]),
            2 => format!(" {word} "),
            _ => word.to_uppercase().replace(['_', '-'], " "),
        };
        Some(format!("\"{new}\""))
    })
}

fn day_otherwise(text: &str, random: &mut Random) -> Option<String> {
    with(text, random, &DAYS, |value, random| {
        let day = inner(value).filter(|day| day.len() == 10)?;
        let (year, month, date) = (&day[..4], &day[5..7], &day[8..]);
        let bare = |number: &str| number.trim_start_matches('0').to_owned();
        let names = [
            "Jan",
            "February",
            "march",
            "Apr",
            "May",
            "June",
            "July",
            "Aug",
            "September",
            "Oct",
            "Nov",
            "December",
        ];
        let name = names[month.parse::<usize>().ok()? - 1];
        let new = match random.below(8) {
            0 => format!("{day}T00:00:00Z"),
            1 => format!("{day}T23:59:59.000+02:00"),
            2 => format!("{day} 08:00"),
            3 => format!("{year}/{month}/{date}"),
            4 => format!("{year}-{}-{}", bare(month), bare(date)),
            5 => format!("{year}{month}{date}"),
            6 if date > "12" => format!("{}.{}.{year}", bare(date), bare(month)),
            6 => format!(" {day}"),
            _ => format!("{} {name} {year}", bare(date)),
        };
        Some(format!("\"{new}\""))
    })
}

fn number_as_text(text: &str, random: &mut Random) -> Option<String> {
    with(text, random, &["estimate"], |value, _| value.parse::<f64>().is_ok().then(|| format!("\"{value}\"")))
}

fn white_space(text: &str, random: &mut Random) -> Option<String> {
    with(text, random, &["id", "milestone"], |value, random| {
        let name = inner(value).filter(|name| !name.contains(' '))?;
        Some(if random.once_in(2) { format!("\" {name}\"") } else { format!("\"{name}\\t\"") })
    })
}

fn key_otherwise(text: &str, random: &mut Random) -> Option<String> {
    let spellings = [
        ("title", "Title"),
        ("due_on", "dueOn"),
        ("due_on", "due_date"),
        ("due_on", "deadline"),
        ("blocked_by", "blocked-by"),
        ("blocked_by", "dependsOn"),
        ("milestone", "milestnoe"),
        ("labels", "Labels "),
        ("labels", "tags"),
        ("assignees", "assignee"),
        ("body", "Body"),
        ("color", "colour"),
        ("description", "descripton"),
        ("state", "STATE"),
        ("estimate", "storyPoints"),
        ("milestones", "mile_stones"),
        ("issues", "tasks"),
    ];
    with_key(text, random, &spellings)
}

fn one_for_a_list(text: &str, random: &mut Random) -> Option<String> {
    with(text, random, &NAMES, |value, _| {
        let one = value.strip_prefix('[')?.strip_suffix(']')?;
        let is_one = one.starts_with('"') && !one.contains(',');
        is_one.then(|| one.to_owned())
    })
}

fn named_twice(text: &str, random: &mut Random) -> Option<String> {
    with(text, random, &NAMES, |value, _| {
        let list = value.strip_prefix('[')?.strip_suffix(']').filter(|list| list.starts_with('"'))?;
        let first = list.split(',').next()?;
        Some(format!("[{list}, {first}]"))
    })
}

fn name_in_case(text: &str, random: &mut Random) -> Option<String> {
    // Ids are compared without case, labels are brought to the spelling of the list.
    with(text, random, &["labels"], |value, _| {
        let list = value.strip_prefix('[')?.strip_suffix(']').filter(|list| list.starts_with('"'))?;
        let (first, rest) = list.split_once(',').map_or((list, ""), |(first, rest)| (first, rest));
        let comma = if rest.is_empty() { "" } else { "," };
        Some(format!("[{}{comma}{rest}]", first.to_uppercase()))
    })
}

fn adornment(text: &str, random: &mut Random) -> Option<String> {
    with(text, random, &["color", "repository", "assignees", "lang"], |value, random| {
        if let Some(list) = value.strip_prefix("[\"").filter(|list| !list.starts_with('@')) {
            return Some(format!("[\"@{list}"));
        }
        let text = inner(value).filter(|text| !text.contains([':', '#', '@', ' ']))?;
        Some(match (text.split_once('/'), text.len()) {
            (Some(_), _) if random.once_in(2) => format!("\"https://github.com/{text}\""),
            (Some(_), _) => format!("\"git@github.com:{text}.git\""),
            (None, 6) => format!("\"#{text}\""),
            _ => return None,
        })
    })
}

fn comma_too_many(text: &str, random: &mut Random) -> Option<String> {
    let mut ends: Vec<_> = text.match_indices("\n").map(|(at, _)| at).collect();
    random.shuffle(&mut ends);
    ends.into_iter().find_map(|at| {
        let (before, after) = text.split_at(at);
        let closes = after.trim_start().starts_with(['}', ']']);
        (closes && before.ends_with(['"', '}', ']'])).then(|| format!("{before},{after}"))
    })
}

fn key_twice(text: &str, random: &mut Random) -> Option<String> {
    let places = members(text, &["title", "state", "due_on", "id", "milestone"]);
    let Member { key: (start, _), value: (_, end) } = places.get(random.below(places.len()))?;
    let member = &text[*start..*end];
    Some(format!("{}, {member}{}", &text[..*end], &text[*end..]))
}

fn spaces_in_title(text: &str, random: &mut Random) -> Option<String> {
    with(text, random, &["title"], |value, random| {
        let title = inner(value).filter(|title| !title.contains(['\\', '\t']))?;
        Some(match random.below(4) {
            0 => format!("\" {title}\""),
            1 => format!("\"{title}  \""),
            2 => format!("\"{}\"", title.replacen(' ', "  ", 1)),
            _ => format!("\"{}\"", title.replacen(' ', "\\t", 1)),
        })
    })
}

/// Spoilings whose repair gives the same bytes again. The last two are done last: the others look for whole members.
const SPOILINGS: [Spoiling; 13] = [
    ("word", word_in_case),
    ("day", day_otherwise),
    ("number", number_as_text),
    ("white space", white_space),
    ("spaces", spaces_in_title),
    ("adornment", adornment),
    ("twice", named_twice),
    ("case", name_in_case),
    ("list", one_for_a_list),
    ("key", key_otherwise),
    ("key again", key_otherwise),
    ("key twice", key_twice),
    ("comma", comma_too_many),
];

fn is_full() -> bool {
    std::env::var_os("ROADBOOK_FULL").is_some()
}

/// Spoils a text in several ways at once; what was done, and the text.
fn spoilt(text: &str, random: &mut Random, count: usize) -> (Vec<&'static str>, String) {
    let mut kinds: Vec<usize> = (0..count).map(|_| random.below(SPOILINGS.len())).collect();
    kinds.sort_unstable();
    let (mut done, mut text) = (Vec::new(), text.to_owned());
    for (name, spoil) in kinds.into_iter().map(|kind| SPOILINGS[kind]) {
        if let Some(new) = spoil(&text, random) {
            text = new;
            done.push(name);
        }
    }
    (done, text)
}

fn source_of(project: &Project) -> &'static str {
    if project.has("milestones_and_issues.json") { "milestones_and_issues.json" } else { "roadmap/plan.json" }
}

#[test]
fn what_a_machine_can_mend_is_mended_and_nothing_else_changes() {
    let (whole, each) = if is_full() { (500, 1) } else { (30, 8) };
    let projects = [Project::own(), Project::copy_of(format!("{}/whole", crate::support::FIXTURES))];
    let mut random = Random::new(17);
    let mut count = 0;
    for round in 0..whole {
        let project = &projects[round % 2];
        let path = source_of(project);
        let sound = project.text(path);
        let (done, text) = spoilt(&sound, &mut random, each);
        project.write(path, &text);
        let run = project.run(["check", "--fix", "--quiet"]);
        let mended = project.text(path);
        assert_eq!(mended, sound, "round {round}: {done:?}\n{}\n{}", run.err, differing(&text, &sound));
        let again = project.run(["check", "--fix", "--dry-run"]);
        assert!(again.err.starts_with("nothing to fix"), "round {round}: {done:?}\n{}", again.err);
        count += done.len();
    }
    assert!(count >= if is_full() { 450 } else { 200 }, "{count} spoilings");
}

/// The lines that were spoilt.
fn differing(text: &str, sound: &str) -> String {
    let lines: Vec<_> = sound.lines().collect();
    text.lines().filter(|line| !lines.contains(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn unknown_keys_move_under_extra_and_nothing_else_changes() {
    let project = Project::own();
    let path = source_of(&project);
    let sound = project.text(path);
    let mut random = Random::new(4);
    for round in 0..if is_full() { 100 } else { 8 } {
        let mut text = sound.clone();
        for n in 0..3 {
            let places = members(&text, &["milestone", "goal"]);
            let Member { value: (_, end), .. } = &places[random.below(places.len())];
            let value =
                random.pick(&["1.50", "\"two  words\"", "{ \"deep\": [15e299, null],\n  \"x\": true }"]);
            text = format!("{}, \"zz velocity {n}\": {value}{}", &text[..*end], &text[*end..]);
        }
        project.write(path, &text);
        let run = project.run(["check", "--fix", "--quiet"]);
        let mended = project.text(path);
        for value in ["1.50", "\"two  words\"", "15e299"] {
            assert_eq!(
                mended.matches(value).count(),
                text.matches(value).count(),
                "round {round}: {}",
                run.err
            );
        }
        let mut read: Value = serde_json::from_str(&mended).expect("JSON");
        let mut moved = 0;
        for list in ["milestones", "issues"] {
            for item in read[list].as_array_mut().expect("a list") {
                let item = item.as_object_mut().expect("an object");
                let Some(extra) = item.get_mut("extra").and_then(Value::as_object_mut) else { continue };
                let before = extra.len();
                extra.retain(|key, _| !key.starts_with("zz"));
                moved += before - extra.len();
                if extra.is_empty() {
                    item.remove("extra");
                }
            }
        }
        assert_eq!(moved, 3, "round {round}: {mended}");
        assert_eq!(read, serde_json::from_str::<Value>(&sound).expect("JSON"), "round {round}");
        assert!(project.run(["check", "--fix", "--dry-run"]).err.starts_with("nothing to fix"));
    }
}

/// A source with faults that stop everything, none of which is in the way of the others.
const MESSY: &str = r##"{
  "Title": "Garden", "version": 3,
  "repository": "https://github.com/acme/garden.git",
  "milestones": [{ "id": "M-1", "title": "First Users", "dueOn": "2027/03/01", "State": "Open", "sprint": 5 }],
  "tasks": [
    { "id": 1, "name": "Build it", "milestone": "first users ", "labels": "Area:Shed", "assignee": "@mara" },
    { "id": "A-2", "title": "Paint", "labels": ["area:shed", "wood", "area:shed"], "blocked_by": [" 1"], "due_on": "",
      "estimate": "3", "internal": "False", "title": "Paint" },
  ],
  "labels": ["wood", { "name": "area:shed", "color": "#FF0000" }]
}
"##;

#[test]
fn blocking_findings_are_mended_too() {
    let project = Project::new([(SOURCE, MESSY)]);
    let run = project.run(["check", "--fix"]);
    assert!(run.err.starts_with("fixed "), "{}", run.err);
    let read: Value = serde_json::from_str(&project.text(SOURCE)).expect("JSON");
    assert_eq!(
        read,
        json!({
            "title": "Garden", "extra": { "version": 3 },
            "repository": "acme/garden",
            "milestones": [{ "id": "M-1", "title": "First Users", "due_on": "2027-03-01", "state": "open",
                "extra": { "sprint": 5 } }],
            "issues": [
                { "id": "1", "title": "Build it", "milestone": "First Users", "labels": ["area:shed"],
                    "assignees": ["mara"] },
                { "id": "A-2", "title": "Paint", "labels": ["area:shed", "wood"], "blocked_by": ["1"], "estimate": 3,
                    "internal": false },
            ],
            "labels": [{ "name": "wood" }, { "name": "area:shed", "color": "FF0000" }]
        })
    );
    assert_ne!(run.code, 3, "{}", run.err);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let project = Project::new([(SOURCE, MESSY)]);
    let before = project.tree();
    let run = project.run(["check", "--fix", "--dry-run"]);
    assert_eq!((run.code, project.tree() == before), (0, true), "{}", run.err);
    assert!(run.out.contains("\n+  \"title\": \"Garden\""), "{}", run.out);
    assert!(run.err.contains("nothing was written"), "{}", run.err);
}

const UNSURE: &str = r#"{ "issues": [
  { "id": "A-1", "title": "a", "state": "In progress", "due_on": "1.3.2027" },
  { "id": "A-2", "title": "b", "status": "doing" }
] }"#;

#[test]
fn what_may_change_the_meaning_is_asked_for() {
    let project = Project::new([(SOURCE, UNSURE)]);
    let before = project.text(SOURCE);
    assert!(project.run(["check", "--fix"]).err.starts_with("nothing to fix"));
    // Nobody sits at this terminal.
    let run = project.run(["check", "--fix=all"]);
    assert_eq!((run.code, project.text(SOURCE)), (2, before.clone()), "{}", run.err);
    let run = project.run(["check", "--fix=all", "--dry-run"]);
    assert!(run.out.contains("\"due_on\": \"2027-03-01\""), "{}", run.out);
    assert_eq!(project.text(SOURCE), before);
    project.run(["check", "--fix=all", "--yes"]);
    let text = project.text(SOURCE);
    assert!(text.contains(r#""state": "open", "due_on": "2027-03-01""#), "{text}");
}

#[test]
fn what_is_refused_or_cannot_be_written_changes_nothing() {
    // Both ids are meant to be the same: trimming one would make the other doubled. That was hidden, and is told.
    let project = Project::new([(
        SOURCE,
        r#"{ "issues": [{ "id": "A-1", "title": "a" }, { "id": "A-1 ", "title": "b" }] }"#,
    )]);
    let run = project.run(["check", "--fix"]);
    assert!(run.err.contains("duplicate-id"), "{}", run.err);
    assert_eq!(project.run(["--roadmap", "-", "check", "--fix"]).code, 2);
    assert_eq!(project.run(["check", "--fix", "--staged"]).code, 2);
}

#[test]
fn findings_carry_their_fix_as_data() {
    let source = r#"{ "issues": [{ "id": "A-1", "title": "é", "state": "Open", "sprint": 4 }] }"#;
    let project = Project::new([(SOURCE, source)]);
    let text = project.text(SOURCE);
    let read: Value = serde_json::from_str(&project.run(["check", "--format", "json"]).out).expect("JSON");
    let findings = read["findings"].as_array().expect("a list");
    let finding = findings.iter().find(|it| it["code"] == "wrong-type").expect("it is found");
    let edit = &finding["repair"]["edits"][0];
    let at = |key: &str| usize::try_from(edit[key].as_u64().expect("a number")).expect("it fits");
    assert_eq!(finding["repair"]["certain"], true);
    assert_eq!((&text[at("byte_start")..at("byte_end")], &edit["text"]), ("\"Open\"", &json!("\"open\"")));
    assert!(findings.iter().all(|it| it.get("repair").is_some()), "it is always there");

    let sarif: Value = serde_json::from_str(&project.run(["check", "--format", "sarif"]).out).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    let result = results.iter().find(|it| it["ruleId"] == "wrong-type").expect("it is found");
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"], result["locations"][0]["physicalLocation"]["artifactLocation"]);
    assert_eq!(
        change["replacements"][0]["deletedRegion"],
        result["locations"][0]["physicalLocation"]["region"]
    );
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "\"open\"");

    let run = project.run(["check"]);
    assert!(run.err.contains("`roadbook check --fix` fixes 2 of them\n"), "{}", run.err);
    assert!(project.run(["explain", "unknown-key"]).out.contains("roadbook check --fix"));
}

#[test]
fn comments_are_deleted_only_where_that_is_said() {
    let text = "// Of the shed.\n{\n  title: 'Shed', // its name\n  \"issues\": [{ \"id\": \"A-1\", \"title\": \"Dig\" }]\n}\n";
    let project = Project::new([(SOURCE, text)]);
    for words in [["check", "--fix", "--yes"], ["check", "--fix=all", "--yes"]] {
        let run = project.run(words);
        assert_ne!(run.code, 0, "{words:?}");
        assert_eq!(project.text(SOURCE), text, "{words:?}: {}", run.err);
    }
    project
        .run(["check", "--fix=all", "--yes"])
        .ends_with(2)
        .says("plan.json:1`: nothing was fixed")
        .says("--fix=comments --yes");
    let shown = project.run(["check", "--fix=all", "--dry-run"]).ends_with(0);
    assert!(shown.out.contains("-// Of the shed."), "{}", shown.out);
    project.run(["check", "--fix=comments", "--yes"]);
    let fixed = project.text(SOURCE);
    assert!(!fixed.contains("//") && fixed.contains("\"title\": \"Shed\""), "{fixed}");
}

#[test]
fn what_is_around_a_roadmap_is_taken_away() {
    let inner = "{\n  \"milestones\": [{ \"id\": \"M-1\", \"title\": \"{ a }\" }],\n  \"issues\": [\n    { \"id\": \"A-1\", \"title\": \"Dig\" }\n  ]\n}\n";
    let set_in = inner.trim_end().replace('\n', "\n  ");
    let flat: String = inner.lines().map(str::trim).collect();
    for (text, wanted) in [
        (format!("{{\n  \"roadmap\": {set_in}\n}}\n"), inner.to_owned()),
        (
            format!("{{\r\n  \"data\": {}\r\n}}\r\n", set_in.replace('\n', "\r\n")),
            inner.replace('\n', "\r\n"),
        ),
        (format!("{{\"data\":{{\"plan\":{flat}}}}}"), flat.clone()),
    ] {
        let project = Project::empty();
        std::fs::create_dir_all(project.path("roadmap")).expect("its folder");
        std::fs::write(project.path(SOURCE), &text).expect("the source");
        project.run(["check"]).ends_with(3).says("the roadmap is inside `").says("--fix");
        project.run(["check", "--fix", "--quiet"]);
        assert_eq!(project.text(SOURCE), wanted);
        assert!(project.run(["check", "--fix", "--dry-run"]).err.starts_with("nothing to fix"));
    }
    // Beside others it is a key of somebody's.
    let project = Project::new([(SOURCE, "{ \"roadmap\": { \"issues\": [] }, \"issues\": [] }")]);
    let run = project.run(["check"]);
    assert!(!run.err.contains("the roadmap is inside"), "{}", run.err);
}
