//! The live preview, as a browser and an editor meet it: the real program on a real port.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::{
    preview::Preview,
    support::{Project, SOURCE, pretty, same_tree},
};

const TEMPLATE: &str = "roadmap/templates/site/issue.html";

fn source(title: &str) -> Value {
    json!({
        "title": title,
        "as_of": "2026-11-22",
        "milestones": [{ "id": "M-1", "title": "First", "due_on": "2026-12-24" }],
        "issues": [
            { "id": "A-1", "title": "Build it", "milestone": "M-1", "labels": ["area:db"], "state": "open" },
            { "id": "A-2", "title": "Ship it", "milestone": "M-1", "state": "open", "blocked_by": ["A-1"] }
        ],
        "outputs": { "site": "site" }
    })
}

fn project() -> Project {
    Project::of(&source("A plan"))
}

/// Whether the source is shown as it is.
fn is_sound(message: &Value) -> bool {
    message["faults"].is_null()
}

fn is_broken(message: &Value) -> bool {
    !is_sound(message)
}

#[test]
fn every_file_is_served_as_build_writes_it() {
    let project = project().built();
    let before = project.tree();
    let preview = Preview::start(&project, &[]);
    let mut count = 0;
    for (path, bytes) in before.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("site/")?, bytes)))
    {
        let reply = preview.get(&format!("/{path}"));
        assert_eq!(reply.status, 200, "{path}");
        let served = if path.ends_with(".html") { reply.without_script() } else { reply.body };
        assert!(served == *bytes, "{path} differs from what `build` writes");
        count += 1;
    }
    assert!(count > 20, "{count} files");
    let first = preview.get("/?from=somewhere");
    assert_eq!(first.without_script(), before["site/index.html"]);
    for header in [
        "content-type: text/html; charset=utf-8",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
    ] {
        assert!(first.head.contains(header), "{}", first.head);
    }
    let head = preview.ask("HEAD", "/", &format!("localhost:{}", preview.port));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert!(head.head.contains(&format!("content-length: {}", first.body.len())), "{}", head.head);
    let missing = preview.get("/issues/none.html");
    assert_eq!((missing.status, missing.without_script()), (404, before["site/404.html"].clone()));
    same_tree(&before, &project.tree());
}

#[test]
fn a_change_is_told_and_shown() {
    let project = project();
    let before = project.tree();
    let preview = Preview::start(&project, &[]);
    let mut events = preview.events();
    let first = events.next();
    assert!(is_sound(&first) && preview.get("/").text().contains("A plan"));
    preview.says("read in");

    project.save(SOURCE, pretty(&source("Another plan")));
    let second = events.until(|message| message["generation"] != first["generation"]);
    assert!(is_sound(&second));
    let page = preview.get("/").text();
    let id = second["generation"].as_str().expect("an id");
    assert!(page.contains("Another plan") && page.contains(&format!("data-generation=\"{id}\"")));
    preview.says("read anew in");

    // As others save: written beside, where the new name is a change of its own, then renamed.
    project.write("roadmap/.plan.json.swp", pretty(&source("A third plan")));
    fs::rename(project.path("roadmap/.plan.json.swp"), project.path(SOURCE)).expect("it is renamed");
    preview.shows("/", "A third plan");
    project.save(SOURCE, &before[SOURCE]);
    same_tree(&before, &project.tree());
}

#[test]
fn a_broken_source_is_told_over_the_last_good_pages() {
    let project = project();
    let preview = Preview::start(&project, &[]);
    let mut events = preview.events();
    let good = events.next();
    let wrong = pretty(&source("A plan"))
        .replace("\"M-1\",\n      \"title\": \"Build it\"", "\"M-9\",\n      \"title\": \"Build it\"");
    let wrong = wrong.replace("[\n        \"A-1\"\n      ]", "[\n        \"A-7\"\n      ]");
    project.save(SOURCE, wrong);
    let broken = events.until(is_broken);
    assert_eq!(broken["generation"], good["generation"]);
    let fault = &broken["faults"]["list"][0];
    assert_eq!(
        (&fault["code"], &fault["severity"]),
        (&json!("unknown-blocker"), &json!("error")),
        "{broken}"
    );
    assert!(fault["place"].as_str().is_some_and(|place| place.starts_with("roadmap/plan.json:")), "{fault}");
    assert!(fault["message"].as_str().is_some_and(|message| message.contains("`A-7`")), "{fault}");
    assert_eq!(preview.get("/issues/i-a-1.html").status, 200);
    preview.says("error[unknown-blocker]");
    preview.says("last good state");

    project.save(SOURCE, "{ \"title\": ");
    let syntax = events.until(|message| message["faults"]["list"][0]["code"] == "syntax");
    assert_ne!(syntax["faults"]["turn"], broken["faults"]["turn"]);
    project.save(SOURCE, pretty(&source("A mended plan")));
    let mended = events.until(is_sound);
    assert_ne!(mended["generation"], good["generation"]);
    assert!(preview.get("/").text().contains("A mended plan"));
}

#[test]
fn a_source_that_is_broken_at_the_start_is_waited_for() {
    let project = Project::new([(SOURCE, "{ \"title\": <b>7</b> }")]);
    let preview = Preview::start(&project, &[]);
    let mut events = preview.events();
    assert_eq!(events.until(is_broken)["generation"], "");
    for path in ["/", "/issues/i-a-1.html", "/assets/site.css"] {
        let reply = preview.get(path);
        assert_eq!(reply.status, 503, "{path}");
        assert!(reply.text().contains("roadmap/plan.json:1:12"), "{}", reply.text());
        assert!(!reply.text().contains("<b>7"), "{}", reply.text());
    }
    project.save(SOURCE, pretty(&source("A plan")));
    events.until(is_sound);
    assert_eq!(preview.get("/issues/i-a-1.html").status, 200);
}

#[test]
fn templates_are_looked_at_too() {
    let project = project();
    let preview = Preview::start(&project, &[]);
    let mut events = preview.events();
    events.next();
    // The folder was not there before.
    project.save("roadmap/templates/assets/custom.css", "b { color: teal }");
    preview.shows("/assets/custom.css", "b { color: teal }");
    project.save(TEMPLATE, "<!doctype html>\n<p>{{ issue.title }\n");
    let broken = events.until(is_broken);
    let fault = &broken["faults"]["list"][0];
    assert_eq!(fault["code"], "broken-template");
    // What is shown is the last good state, with the style in it.
    let good = broken["generation"].as_str().expect("an id");
    assert!(preview.get("/").text().contains(&format!("data-generation=\"{good}\"")));
    assert!(preview.get("/assets/custom.css").text().contains("b { color: teal }"));
    assert!(
        fault["place"].as_str().is_some_and(|place| place.starts_with(&format!("{TEMPLATE}:2:"))),
        "{fault}"
    );
    // One that compiles and fails on a page is told before that page is lost.
    project.save(TEMPLATE, "<!doctype html>\n\n<p>{{ nothing.here }}\n");
    let place = |message: &Value| message["faults"]["list"][0]["place"].as_str().map(str::to_owned);
    events.until(|message| place(message).is_some_and(|place| place.starts_with(&format!("{TEMPLATE}:3:"))));
    assert!(preview.get("/issues/i-a-1.html").text().contains("Build it"));
    project.save(TEMPLATE, "<!doctype html>\n<p>own words\n");
    events.until(is_sound);
    preview.shows("/issues/i-a-1.html", "own words");
}

#[test]
fn what_is_written_in_steps_is_shown_once_it_is_whole() {
    let project = project();
    let preview = Preview::start(&project, &[]);
    let mut events = preview.events();
    let first = events.next();
    // As a shell writes: emptied, then filled bit by bit. Each state is looked at before the next one comes.
    let whole = String::from_utf8(project.bytes(SOURCE)).expect("a text").replace("A plan", "A whole plan");
    let (half, rest) = whole.split_at(whole.len() / 2);
    let path = project.path(SOURCE);
    fs::write(&path, "").expect("it is emptied");
    let empty = events.until(is_broken);
    assert_eq!(empty["generation"], first["generation"]);
    let mut file = fs::File::options().append(true).open(&path).expect("it is there");
    file.write_all(half.as_bytes()).expect("it is written");
    events.until(|message| is_broken(message) && message["faults"]["turn"] != empty["faults"]["turn"]);
    file.write_all(rest.as_bytes()).expect("it is written");
    let sound = events.until(is_sound);
    assert!(preview.get("/").text().contains("A whole plan"));

    // An empty style is a good state: it is shown, and passes.
    let style = project.path("roadmap/templates/assets/custom.css");
    fs::create_dir_all(style.parent().expect("a folder")).expect("a folder");
    fs::write(&style, "").expect("it is made");
    events.until(|message| is_sound(message) && message["generation"] != sound["generation"]);
    fs::write(&style, "b { color: teal }").expect("it is written");
    preview.shows("/assets/custom.css", "b { color: teal }");
}

#[test]
fn a_folder_that_goes_and_comes_back_is_found() {
    let project = project();
    let preview = Preview::start(&project, &[]);
    let mut events = preview.events();
    events.next();
    fs::rename(project.path("roadmap"), project.path("away")).expect("it is moved");
    let gone = events.until(is_broken);
    assert!(gone["faults"]["list"][0]["message"].as_str().is_some_and(|words| words.contains("no roadmap")));
    assert_eq!(preview.get("/").status, 200);
    fs::rename(project.path("away"), project.path("roadmap")).expect("it is moved");
    events.until(is_sound);
    // It is another folder now, and still looked at.
    fs::remove_dir_all(project.path("roadmap")).expect("it goes");
    events.until(is_broken);
    project.save(SOURCE, pretty(&source("A new folder")));
    let new = events.until(is_sound);
    project.save(SOURCE, pretty(&source("A changed plan")));
    events.until(|message| message["generation"] != new["generation"]);
    assert!(preview.get("/").text().contains("A changed plan"));
}

#[test]
fn without_word_of_the_system_it_looks_by_itself() {
    let project = project();
    let preview = Preview::start(&project, &["--poll"]);
    let mut events = preview.events();
    let first = events.next();
    project.save(SOURCE, pretty(&source("Another plan")));
    events.until(|message| message["generation"] != first["generation"]);
    assert!(preview.get("/").text().contains("Another plan"));
}

#[test]
fn only_this_machine_is_answered_and_only_with_pages() {
    let project = project();
    project.write("secret.txt", "s3cret");
    let preview = Preview::start(&project, &["-v"]);
    let own = format!("localhost:{}", preview.port);
    for host in ["evil.example", "localhost", "localhost:1", "127.0.0.1.evil.example:80", ""] {
        let refused = preview.ask("GET", "/", host);
        assert_eq!(refused.status, 403, "{host}");
        assert!(refused.text().contains("answers only to"), "{host}: {}", refused.text());
    }
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n");
    assert_eq!(preview.send(absolute.as_bytes()).status, 403);
    assert_eq!(preview.send(b"GET / HTTP/1.0\r\n\r\n").status, 403);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let refused = preview.ask(method, "/", &own);
        assert_eq!(refused.status, 405, "{method}");
        assert!(refused.head.contains("allow: get, head"), "{method}: {}", refused.head);
    }
    let long = format!("/{}", "a".repeat(60_000));
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/assets/../../secret.txt",
        "/assets/..%5c..%5csecret.txt",
        "//secret.txt",
        "//etc/passwd",
        "/secret.txt",
        "/roadmap/plan.json",
        "/index.html%00.txt",
        "/%00",
        "/%",
        "/%ff",
        "/.roadbook/../secret.txt",
        &long,
    ] {
        let reply = preview.ask("GET", path, &own);
        let shown: String = path.chars().take(40).collect();
        assert_eq!(reply.status, 404, "{shown}");
        assert!(!reply.text().contains("s3cret") && !reply.text().contains("root:"), "{shown}");
    }
    for nonsense in [
        &b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"[..],
        b"\x16\x03\x01\r\n\r\n",
        b"CONNECT evil:1 HTTP/1.1\r\nConnection: close\r\n\r\n",
    ] {
        assert_ne!(preview.send(nonsense).status, 200);
    }
    assert_eq!(preview.get("/").status, 200);
    preview.says("GET / 200");
}

#[test]
fn a_request_whose_head_does_not_end_is_not_waited_for() {
    let project = project();
    let preview = Preview::start(&project, &[]);
    let mut events = preview.events();
    events.next();
    let begun =
        [&b""[..], b"GET / HTTP/1.1\r\nHost: local", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n"];
    let streams: Vec<_> = begun
        .into_iter()
        .map(|begun| {
            let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).expect("it listens");
            stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time");
            stream.write_all(begun).expect("it listens");
            stream
        })
        .collect();
    for mut stream in streams {
        let mut rest = Vec::new();
        // Ended by the server, be it with a word or cut off, and not by the time of this test.
        let ended = stream.read_to_end(&mut rest).map_err(|why| why.kind());
        assert!(matches!(ended, Ok(_) | Err(ErrorKind::ConnectionReset)), "{ended:?}");
        assert!(!String::from_utf8_lossy(&rest).contains("200"));
    }
    // Whoever waits for changes is still told.
    project.write(SOURCE, pretty(&source("Another plan")));
    assert!(is_sound(&events.next()));
}

#[test]
fn many_are_answered_at_once() {
    let project = project();
    let preview = Preview::start(&project, &[]);
    let wanted = preview.get("/board.html");
    let mut idle: Vec<_> = (0..20).map(|_| preview.events()).collect();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(preview.get("/board.html").body, wanted.body);
                    assert_eq!(preview.get("/search.html").status, 200);
                }
            });
        }
    });
    idle.iter_mut().for_each(|events| assert!(is_sound(&events.next())));
}

#[test]
fn the_next_free_port_is_taken_and_said() {
    let project = project();
    // Where somebody else has the usual port, they may let go of it at any time.
    let usual = TcpListener::bind(("127.0.0.1", 4000));
    let one = Preview::start_anywhere(&project, &[]);
    let other = Preview::start_anywhere(&project, &[]);
    assert_ne!(other.port, one.port);
    if usual.is_ok() {
        for moved in [&one, &other] {
            assert!(moved.port > 4000);
            assert!(moved.says("is taken").contains(&moved.port.to_string()));
        }
    }
    project
        .spawn(["serve", "--port", &one.port.to_string()])
        .ends_with(3)
        .says("another program has it")
        .says("--port N");
}

#[test]
fn a_site_that_is_switched_off_is_shown_all_the_same() {
    let mut switched_off = source("No site");
    switched_off["outputs"]["site"] = Value::Null;
    let project = Project::of(&switched_off);
    let preview = Preview::start(&project, &[]);
    assert!(preview.get("/").text().contains("No site"));
    assert!(preview.get("/").text().contains("2026-11-22"));
}

#[test]
fn where_there_is_nothing_to_serve_it_says_so() {
    let empty = Project::empty();
    empty.spawn(["serve", "--port", "0"]).ends_with(3).says("no roadmap found");
    empty.spawn(["serve", "--roadmap", "-"]).ends_with(2).says("standard input");
    empty.spawn(["serve", "--port", "70000"]).ends_with(2);
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_it_is_told_to() {
    let project = project();
    let preview = Preview::start(&project, &[]);
    let _open = preview.events();
    assert_eq!(preview.get("/").status, 200);
    assert_eq!(preview.interrupt(), Some(0));
    // Also before anything was asked for.
    assert_eq!(Preview::start(&project, &[]).interrupt(), Some(0));
}

#[cfg(unix)]
#[test]
fn the_browser_is_opened_where_there_is_one() {
    use std::os::unix::fs::PermissionsExt;
    let project = project();
    let (browser, opened) = (project.path("browser"), project.path("opened"));
    fs::write(
        &browser,
        format!("#!/bin/sh\necho \"$1\" > '{}.part'\nmv '{0}.part' '{0}'\n", opened.display()),
    )
    .expect("a script");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("it can be run");
    // `mv` has to be found.
    let mut command = project.process(["serve", "--port", "0", "--open"]);
    command.env("BROWSER", &browser).env("PATH", "/bin:/usr/bin");
    let preview = Preview::of(&mut command);
    (0..6000).take_while(|_| !opened.exists()).for_each(|_| thread::sleep(Duration::from_millis(10)));
    let address = fs::read_to_string(&opened).expect("what it was given");
    assert_eq!(address.trim(), format!("http://127.0.0.1:{}/", preview.port));

    let mut command = project.process(["serve", "--port", "0", "--open"]);
    let none = Preview::of(command.env("PATH", project.root()));
    none.says("cannot open the browser: there is no program");
    assert_eq!(none.get("/").status, 200);
}

#[test]
fn a_lenient_preview_shows_what_can_be_understood_and_writes_nothing() {
    let text = r#"{ "outputs": { "site": "site" }, "issues": [
        { "id": "A-1", "name": "Build it", "state": "Open", "estimate": "some" }
    ] }"#;
    let project = Project::new([(SOURCE, text)]);
    let before = project.tree();
    let preview = Preview::start(&project, &["--lenient"]);
    let mut events = preview.events();
    assert!(is_sound(&events.next()));
    assert!(preview.get("/issues/i-a-1.html").text().contains("Build it"));
    preview.says("2 places in the JSON shown as fixed");
    preview.says("1 error");
    same_tree(&before, &project.tree());
}
