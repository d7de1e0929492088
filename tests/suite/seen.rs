//! Nothing escapes `check`: hundreds of changes to the source and to what is made from it, and each is seen.
//!
//! What a change *should* do is found by another way than `check` goes: a build in an empty folder says what every file
//! must hold, and the difference from what lies there is compared with the files that `check` names.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{FIXTURES, Project, Random, SOURCE, Tree, changed, pretty};

/// How many changes of each kind are made.
const CHANGES: usize = 300;

/// How many of them a run makes.
fn changes() -> usize {
    if std::env::var_os("ROADBOOK_FULL").is_some() { CHANGES } else { CHANGES / 6 }
}

/// The hand-written files of the fixture that hold regions.
const DOCS: [&str; 2] = ["README.md", "docs/guide.md"];

fn whole() -> Project {
    Project::copy_of(format!("{FIXTURES}/whole")).built()
}

/// The files that `check` calls stale, missing, foreign, orphaned or without sound markers, and its exit code.
fn named(project: &Project) -> (u8, BTreeSet<String>) {
    let run = project.run(["check", "--format", "json"]);
    let found = run.json();
    let files = found["findings"].as_array().expect("findings").iter().filter_map(|finding| {
        let about_files = ["stale-file", "missing-file", "orphan-file", "foreign-file", "broken-region"];
        let code = finding["code"].as_str().expect("a code");
        about_files.contains(&code).then(|| finding["file"].as_str().expect("a file").to_owned())
    });
    (run.code, files.collect())
}

/// What the source of a project, with its documents, should make; `None` where nothing can be built from it.
fn desired(before: &Tree, source: &str) -> Option<Tree> {
    let clean = Project::empty();
    for (path, bytes) in before.iter().filter(|(path, _)| path.starts_with("docs/") || *path == "README.md") {
        clean.write(path, bytes);
    }
    clean.write(SOURCE, source);
    let code = clean.run(["build", "-q"]).code;
    assert!(code == 0 || code == 1 || code == 3, "exit code {code}");
    (code != 3).then(|| clean.tree())
}

#[test]
fn every_change_of_the_source_that_shows_is_seen() {
    let project = whole();
    let before = project.tree();
    let source: Value = serde_json::from_str(&project.text(SOURCE)).expect("JSON");
    let mut random = Random::new(3);
    let (mut seen, mut silent, mut refused) = (0, 0, 0);
    while seen < changes() {
        let mut changed_source = source.clone();
        let what = change(&mut changed_source, &mut random);
        let text = pretty(&changed_source);
        project.write(SOURCE, &text);
        let (code, files) = named(&project);
        match desired(&before, &text) {
            None => {
                refused += 1;
                assert_eq!(code, 3, "{what}: `build` refuses the source and `check` does not");
            }
            Some(mut wanted) => {
                wanted.insert(SOURCE.into(), before[SOURCE].clone());
                // A website that is not committed is not compared, and only its files are no Markdown.
                wanted.retain(|path, _| path.ends_with(".md") || before.contains_key(path));
                let wanted: BTreeSet<_> = changed(&before, &wanted).into_iter().collect();
                assert_eq!(files, wanted, "{what}");
                if wanted.is_empty() {
                    silent += 1;
                } else {
                    assert_eq!(code, 1, "{what}: {wanted:?} differ");
                    seen += 1;
                }
            }
        }
        assert!(
            seen + silent + refused < 4 * changes(),
            "most changes must show: {seen}, {silent}, {refused}"
        );
    }
    println!(
        "{seen} changes of the source showed and were seen; {silent} show nowhere, {refused} are refused"
    );
    project.write(SOURCE, &before[SOURCE]);
    assert_eq!(named(&project), (0, BTreeSet::new()));
}

/// Changes one thing in the source, and says what.
fn change(source: &mut Value, random: &mut Random) -> String {
    let mut paths = Vec::new();
    pointers(source, String::new(), &mut paths);
    let path = random.pick(&paths).clone();
    let (parent, key) = path.rsplit_once('/').expect("no change of the whole");
    let (parent, key) = (parent.to_owned(), key.replace("~1", "/").replace("~0", "~"));
    if random.below(4) == 0 {
        match source.pointer_mut(&parent).expect("it is there") {
            Value::Object(members) => drop(members.remove(&key)),
            Value::Array(items) => drop(items.remove(key.parse().expect("an index"))),
            _ => {}
        }
        return format!("remove {path}");
    }
    let (n, word) =
        (random.next(), *random.pick(&["x", " ", "é", "|", "*a*", "HB-002", "\n", "<b>", "2026-12-01"]));
    let value = source.pointer_mut(&path).expect("it is there");
    match value {
        Value::String(text) => edit(text, word, n),
        Value::Bool(flag) => *flag = !*flag,
        Value::Number(number) => *value = (number.as_f64().unwrap_or_default() + 1.0).into(),
        Value::Array(items) if !items.is_empty() => match n % 3 {
            0 => items.reverse(),
            1 => items.rotate_left(1),
            _ => items.push(items[0].clone()),
        },
        Value::Object(members) => drop(members.remove("title")),
        other => *other = word.into(),
    }
    format!("change {path} to {}", source.pointer(&path).expect("it is there"))
}

/// One of four small changes to a text.
fn edit(text: &mut String, word: &str, n: u64) {
    let at = text.floor_char_boundary(usize::try_from(n >> 8).unwrap_or_default() % (text.len() + 1));
    match n % 4 {
        0 => text.insert_str(at, word),
        1 => text.truncate(at),
        2 => text.push_str(word),
        _ => *text = text.chars().rev().collect(),
    }
}

/// The way to every value below the top, as JSON pointers.
fn pointers(value: &Value, path: String, out: &mut Vec<String>) {
    if !path.is_empty() {
        out.push(path.clone());
    }
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            pointers(value, format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), out);
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, value)| pointers(value, format!("{path}/{n}"), out));
        }
        _ => {}
    }
}

#[test]
fn every_change_of_a_generated_file_is_seen() {
    let project = whole();
    let before = project.tree();
    let files: Vec<_> = before.keys().filter(|path| is_generated(path)).cloned().collect();
    let mut random = Random::new(4);
    for n in 0..changes() {
        let path = random.pick(&files);
        let (how, bytes) = vandalised(&before[path], &mut random);
        match &bytes {
            Some(bytes) => project.write(path, bytes),
            None => project.remove(path),
        }
        let (code, named) = named(&project);
        assert_eq!((code, named), (1, [path.clone()].into()), "{n}: {how} in {path}");
        project.write(path, &before[path]);
    }
    assert_eq!(named(&project), (0, BTreeSet::new()));
    println!("{} changes of generated files were seen", changes());
}

fn is_generated(path: &str) -> bool {
    path.starts_with("roadmap/") && path.ends_with(".md")
}

/// The bytes with one thing changed, line ends apart; `None` for a file that is deleted.
fn vandalised(bytes: &[u8], random: &mut Random) -> (String, Option<Vec<u8>>) {
    let mut changed = bytes.to_vec();
    let at = random.below(bytes.len());
    let lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let line = random.below(lines.len());
    let without = |line: usize| [&lines[..line], &lines[line + 1..]].concat().concat();
    let how = match random.below(10) {
        0 => return (format!("line {line} deleted"), Some(without(line))),
        1 => {
            changed.truncate(at);
            format!("truncated at {at}")
        }
        2 => return ("everything deleted".into(), None),
        3 => {
            changed.clear();
            "emptied".into()
        }
        4 => {
            changed.insert(at, *random.pick(b"a \n|\t0"));
            format!("a byte put in at {at}")
        }
        5 => {
            changed.remove(at);
            format!("the byte at {at} removed")
        }
        6 => {
            return (
                format!("line {line} doubled"),
                Some([&lines[..=line], &lines[line..]].concat().concat()),
            );
        }
        7 => {
            changed.extend(*random.pick(&[b"\n".as_slice(), b" ", b"\0", b"more\n", b"\r"]));
            "something added at the end".into()
        }
        _ => {
            // Any other byte, but for those pairs that are line ends.
            let flip = u8::try_from(1 + random.below(255)).expect("a byte");
            changed[at] ^= flip;
            format!("the byte at {at} flipped by {flip}")
        }
    };
    assert_ne!(changed, bytes);
    (how, Some(changed))
}

#[test]
fn every_change_inside_a_region_is_seen_and_none_outside() {
    let project = whole();
    let before = project.tree();
    let mut random = Random::new(5);
    let (mut inside, mut outside) = (0, 0);
    while inside < 100 {
        let path = *random.pick(&DOCS);
        let text = project.text(path);
        let at = text.floor_char_boundary(random.below(text.len()));
        // A marker that begins up to here and has not ended.
        let reach = text.floor_char_boundary(text.len().min(at + "<!--".len()));
        let marker = text[..reach].rfind("<!--").filter(|begin| *begin <= at);
        if marker.is_some_and(|begin| !text[begin..at].contains("-->")) {
            continue;
        }
        let is_inside =
            text[..at].matches("roadbook:begin").count() > text[..at].matches("roadbook:end").count();
        let mut changed = text.clone();
        match random.below(3) {
            0 => changed.insert_str(at, random.pick::<&str>(&["x", "\n", " ", "| y |\n"])),
            1 => drop(changed.remove(at)),
            _ => {
                let kept = changed.remove(at);
                changed.insert(at, if kept == 'q' { 'p' } else { 'q' });
            }
        }
        project.write(path, &changed);
        let (code, files) = named(&project);
        let wanted = if is_inside { (1, [path.to_owned()].into()) } else { (0, BTreeSet::new()) };
        assert_eq!((code, files), wanted, "at {at} of {path}:\n{changed}");
        *(if is_inside { &mut inside } else { &mut outside }) += 1;
        let is_sound = project.run(["build"]).code == 0;
        if is_inside && is_sound {
            assert_eq!(project.text(path), text, "the build repairs it and leaves the rest");
        } else {
            assert_eq!(
                project.text(path),
                changed,
                "words by hand stay, and so does all where a marker is lost"
            );
        }
        project.write(path, &before[path]);
    }
    println!("{inside} changes inside regions were seen; {outside} outside are nobody's business");
}

#[test]
fn files_that_nobody_makes_any_more_are_seen() {
    let project = whole();
    let mark = project.text("roadmap/LABELS.md");
    for path in [
        "roadmap/OLD.md",
        "roadmap/milestones/m-gone.md",
        "roadmap/milestones/old/m-x.md",
        "roadmap/x y é.md",
    ] {
        project.write(path, &mark);
        assert_eq!(named(&project), (1, [path.to_owned()].into()));
        project.remove(path);
    }
    project.write("roadmap/notes.md", "# By hand\n");
    assert_eq!(named(&project), (0, BTreeSet::new()));
}

#[test]
fn line_ends_are_nobodys_business_and_stay_as_they_are() {
    let project = whole();
    let before = project.tree();
    let with_crlf = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\n', "\r\n").into_bytes();
    let files: Vec<_> =
        before.keys().filter(|path| is_generated(path) || DOCS.contains(&path.as_str())).collect();
    for path in &files {
        project.write(path, with_crlf(&before[*path]));
        assert_eq!(named(&project), (0, BTreeSet::new()), "{path} with CRLF");
    }
    project.run(["build"]).ends_with(0).says("0 written, 7 unchanged, 0 removed");
    let source = project.text(SOURCE);
    project.write(SOURCE, source.replace("HB-001: Drill", "HB-001: Bore").replace("soil", "sand"));
    assert_eq!(named(&project).0, 1);
    project.run(["build"]).ends_with(0);
    assert_eq!(named(&project), (0, BTreeSet::new()));
    let mut rewritten = 0;
    for path in files {
        let bytes = project.bytes(path);
        assert_eq!(
            bytes,
            with_crlf(project.text(path).replace("\r\n", "\n").as_bytes()),
            "{path} keeps CRLF"
        );
        rewritten += usize::from(project.text(path).contains("Bore") || project.text(path).contains("sand"));
    }
    assert!(rewritten >= 4, "{rewritten}");
    let clean = desired(&before, &project.text(SOURCE)).expect("it builds");
    for path in clean.keys().filter(|path| path.ends_with(".md")) {
        assert_eq!(project.text(path).replace("\r\n", "\n").into_bytes(), clean[path], "{path}");
    }
}
