//! Measures the parts that no generator of these pages can do without, each alone on all threads, and prints one line for each:
//! its name and its milliseconds. The templates are plain, but come to about as many bytes of HTML as Roadbook's; the files are
//! Roadbook's own. `cargo run --release --example floor -- SOURCE OUTPUT SCRATCH`, where OUTPUT is a folder that
//! Roadbook has built and SCRATCH one that is not there.
#![allow(clippy::disallowed_methods, reason = "files and time are what is measured")]

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use mimalloc::MiMalloc;
use rayon::prelude::*;
use roadbook::internals::{
    facts::Facts,
    model::resolve,
    render::{Engine, Renderer},
    report::Report,
    rules,
    source::{merge, parse},
};
use serde::{Deserialize, Serialize};
use tera::{Context, Tera, TeraResult, Value};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What stands around every page, as long as what stands around ours.
const SHELL: &str = r##"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'">
<title>{{ title }} · Storage Roadmap</title><meta name="description" content="{{ title }}, of Storage Roadmap.">
<meta name="color-scheme" content="light dark"><meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0d1117" media="(prefers-color-scheme: dark)">
<link rel="icon" href="data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2016%2016'%3E%3Crect%20width='16'%20height='16'%20rx='3'%20fill='%230550ae'/%3E%3Cpath%20d='M3%204h7v2H3zm3%203h7v2H6zm2%203h4v2H8z'%20fill='%23fff'/%3E%3C/svg%3E">
<script src="../assets/theme.js"></script><link rel="stylesheet" href="../assets/site.css"></head>
<body><a class="skip" href="#main">Skip to content</a><header class="top"><a class="home" href="../index.html"><bdi>Storage Roadmap</bdi></a>
<nav aria-label="Pages"><ul><li><a href="../index.html">Overview</a></li><li><a href="../board.html">Board</a></li>
<li><a href="../timeline.html">Timeline</a></li><li><a href="../graph.html">Dependencies</a></li><li><a href="../phases.html">Phases</a></li>
<li><a href="../labels.html">Labels</a></li><li><a href="../search.html">Search</a></li></ul></nav>
<fieldset class="themes"><legend>Theme</legend><label><input type="radio" name="theme" value="auto" checked><span>Auto</span></label>
<label><input type="radio" name="theme" value="light"><span>Light</span></label><label><input type="radio" name="theme" value="dark"><span>Dark</span></label></fieldset>
</header><nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="../index.html"><bdi>Overview</bdi></a></li>{% block crumbs %}{% endblock %}</ol></nav>
<main id="main" tabindex="-1">{% block main %}{% endblock %}</main>
<footer class="bottom"><p>Made from <a href="https://github.com/example/storage/blob/HEAD/roadmap/roadmap.json"><code>roadmap.json</code></a>: everything here is derived from it.</p>
<p>As data: <a href="../roadmap.json">JSON</a>, <a href="../roadmap.ics">calendar</a></p><p><a href="https://github.com/example/storage">example/storage</a></p></footer></body></html>
"##;

/// An issue's page: what the source says of it, with a picture as long as ours, without what Roadbook works out.
const PAGE: &str = r##"{% extends "shell.html" %}{% block crumbs %}<li><a href="../milestones/{{ issue.milestone }}.html"><bdi>{{ issue.milestone }}</bdi></a></li>{% endblock %}
{% block main %}<h1>{{ title }} <small class="id">{{ issue.id }}</small></h1>
<p class="chips">{% for label in issue.labels %}<a class="chip {{ label }}" href="../labels/{{ label }}.html"><bdi><span>{{ label }}</span></bdi></a> {% endfor %}</p>
<dl class="facts"><div><dt>Status</dt><dd><span class="st {{ issue.state }}">{{ issue.state }}</span></dd></div>
<div><dt>Milestone</dt><dd><a href="../milestones/{{ issue.milestone }}.html"><bdi>{{ issue.milestone }}</bdi></a></dd></div>
<div><dt>Assigned to</dt><dd>{% for name in issue.assignees %}<bdi>{{ name }}</bdi>{% endfor %}</dd></div>
<div><dt>Due</dt><dd><span class="phrase"><time datetime="{{ issue.due_on }}">{{ issue.due_on }}</time></span></dd></div>
<div><dt>Estimate</dt><dd>{{ issue.estimate }} points</dd></div></dl>
<section><h2 id="around">What is around it</h2><div class="picture-box" tabindex="0" role="region" aria-label="What is around it">
<svg xmlns="http://www.w3.org/2000/svg" class="picture picture-around" width="1248" height="55" viewBox="0 0 1248 55" direction="ltr" role="group" aria-label="What is around {{ issue.id }}">
{% for id in issue.blocked_by %}<path class="line" d="M274 24H330"/><a class="node status-ready" transform="translate(8 2)" href="{{ id }}.html"><title>{{ id }} {{ title }}, {{ issue.state }}</title>
<rect class="hit" width="266" height="23" rx="4"/><circle cx="12" cy="12" r="6"/><text x="23" y="16"><tspan class="label">{{ id }}</tspan> {{ title }}</text></a>
<path class="line" d="M596 24H652"/><a class="node status-ready" transform="translate(652 13)" href="{{ id }}.html"><title>{{ id }} {{ title }}, {{ issue.state }}</title>
<rect class="hit" width="266" height="23" rx="4"/><circle cx="12" cy="12" r="6"/><text x="23" y="16"><tspan class="label">{{ id }}</tspan> {{ title }}</text></a>{% endfor %}
<g class="node status-ready" transform="translate(330 13)"><title>{{ issue.id }} {{ title }}, {{ issue.state }}</title>
<rect class="hit" width="266" height="23" rx="4"/><circle cx="12" cy="12" r="6"/><text x="23" y="16"><tspan class="label">{{ issue.id }}</tspan> {{ title }}</text></g></svg></div></section>
<div class="split"><section><h2 id="body">Description</h2><div class="prose body" dir="auto">{{ html }}</div></section>
<section><h2 id="waits-for">Blocked by</h2><ul class="notes aligned">{% for id in issue.blocked_by %}
<li><a href="{{ id }}.html"><span class="id">{{ id }}</span> <bdi>{{ id }}</bdi></a></li>{% endfor %}</ul></section></div>
<p class="out"><a href="https://github.com/example/storage/issues?q=%22roadbook%3Aid%3D{{ issue.id }}%22">Find this issue on GitHub</a></p>
<nav class="turn" aria-label="Previous and next"><a class="previous" rel="prev" href="{{ issue.id }}.html"><span>Previous</span> <bdi>{{ issue.id }}: {{ title }}</bdi></a>
<a class="next" rel="next" href="{{ issue.id }}.html"><span>Next</span> <bdi>{{ issue.id }}: {{ title }}</bdi></a></nav>{% endblock %}"##;

/// A page of a list of issues.
const LIST: &str = r##"{% extends "shell.html" %}{% block main %}<h1>{{ title }}</h1><ul class="rows">{% for issue in issues %}
<li><span class="st {{ issue.state }}">{{ issue.state }}</span>
<div class="what"><a href="../issues/{{ issue.id }}.html"><span class="id">{{ issue.id }}</span> <bdi>{{ issue.title }}</bdi></a>
<p class="chips">{% for label in issue.labels %}<a class="chip {{ label }}" href="../labels/{{ label }}.html"><bdi><span>{{ label }}</span></bdi></a> {% endfor %}</p></div>
<div class="who">{% for name in issue.assignees %}<bdi>{{ name }}</bdi>{% endfor %}</div>
<div class="when"><span class="phrase"><time datetime="{{ issue.due_on }}">{{ issue.due_on }}</time> <span class="muted">{{ issue.state }}</span></span></div></li>{% endfor %}</ul>{% endblock %}"##;

/// How many issues stand on a page of a list.
const ROWS: usize = 90;

/// In how many lists an issue stands: its milestone, its three labels, the board, the list of everything.
const LISTS: usize = 6;

#[derive(Deserialize)]
struct Source {
    issues: Vec<Issue>,
}

#[derive(Deserialize, Serialize)]
struct Issue {
    id: String,
    title: String,
    milestone: Option<String>,
    #[serde(default, skip_serializing)]
    body: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    assignees: Vec<String>,
    #[serde(default)]
    blocked_by: Vec<String>,
    state: Option<String>,
    due_on: Option<String>,
    estimate: Option<u32>,
}

fn main() -> io::Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [source, output, scratch] = arguments.as_slice() else {
        return Err(io::Error::other("usage: floor SOURCE OUTPUT SCRATCH"));
    };
    let text = fs::read_to_string(source)?;
    let parsed = timed("JSON into structs", || serde_json::from_str::<Source>(&text));
    let issues = parsed.map_err(io::Error::other)?.issues;
    let pages: Vec<String> =
        timed("Markdown to HTML", || issues.par_iter().map(|issue| html(&issue.body)).collect());
    let rendered_bytes = timed("templates", || templates(&issues, &pages)).map_err(io::Error::other)?;
    drop((issues, pages));
    let files = all_below(output)?;
    let is_page = |path: &Path| path.extension().is_some_and(|ending| ending == "html");
    let page_bytes: usize =
        files.iter().filter(|(path, _)| is_page(path)).map(|(_, bytes)| bytes.len()).sum();
    let share = 100 * rendered_bytes / page_bytes.max(1);
    assert!((70..=110).contains(&share), "the plain pages come to {share} % of Roadbook's");
    timed("creating the files", || create(&files, scratch))?;
    let same = timed("reading and comparing", || compare(&files, scratch))?;
    assert!(same, "what was written is read");
    fs::remove_dir_all(scratch)?;
    drop(files);
    timed("everything rendered to nothing", || rendered(text));
    Ok(())
}

/// Runs a part and prints what it took.
#[allow(clippy::print_stdout, reason = "this is what the program is for")]
fn timed<T>(name: &str, part: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = part();
    println!("{name}\t{:.3}", began.elapsed().as_secs_f64() * 1_000.0);
    result
}

/// Markdown as GitHub reads it.
fn html(body: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    comrak::markdown_to_html(body, &options)
}

/// Renders a page for each issue, and each issue in as many lists as it stands in; returns how many bytes that came to. What
/// the templates see of an issue is made once and shared.
fn templates(issues: &[Issue], pages: &[String]) -> TeraResult<usize> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    tera.add_raw_templates([("shell.html", SHELL), ("page.html", PAGE), ("list.html", LIST)])?;
    let values: Vec<Value> = issues.par_iter().map(Value::from_serializable).collect();
    let render = |out: &mut Vec<u8>, name: &str, context: Context| {
        out.clear();
        tera.render_to(name, &context, &mut *out)?;
        Ok(out.len())
    };
    let page = |out: &mut Vec<u8>, ((issue, value), html): ((&Issue, &Value), &String)| {
        let mut context = Context::new();
        context.insert_value("title", Value::normal_string(&issue.title));
        context.insert_value("issue", value.clone());
        context.insert_value("html", Value::safe_string(html));
        render(out, "page.html", context)
    };
    let list = |out: &mut Vec<u8>, issues: &[Value]| {
        let mut context = Context::new();
        context.insert_value("title", Value::normal_string("Issues"));
        context.insert_value("issues", Value::from(issues));
        render(out, "list.html", context)
    };
    let of_pages: TeraResult<usize> =
        issues.par_iter().zip(&values).zip(pages).map_init(Vec::new, page).sum();
    let lists = (0..LISTS).into_par_iter().flat_map(|_| values.par_chunks(ROWS));
    let of_lists: TeraResult<usize> = lists.map_init(Vec::new, list).sum();
    Ok(of_pages? + of_lists?)
}

/// The files below a folder with their bytes.
fn all_below(folder: &Path) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        let below = entry.path().strip_prefix(folder).map_err(io::Error::other)?;
        if entry.file_type().is_file() {
            files.push((below.to_owned(), fs::read(entry.path())?));
        }
    }
    Ok(files)
}

fn create(files: &[(PathBuf, Vec<u8>)], folder: &Path) -> io::Result<()> {
    let folders: std::collections::BTreeSet<_> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    folders.into_iter().try_for_each(|below| fs::create_dir_all(folder.join(below)))?;
    files.par_iter().try_for_each(|(path, bytes)| fs::write(folder.join(path), bytes))
}

fn compare(files: &[(PathBuf, Vec<u8>)], folder: &Path) -> io::Result<bool> {
    let is_same = |(path, bytes): &(PathBuf, Vec<u8>)| Ok(fs::read(folder.join(path))? == *bytes);
    files.par_iter().map(is_same).try_reduce(|| true, |one, other| Ok(one && other))
}

/// All that a build does but looking for files, reading and writing them.
fn rendered(text: String) {
    let mut report = Report::default();
    let name: Arc<str> = "roadmap/roadmap.json".into();
    let parsed = parse(&name, text.into_bytes(), &mut report);
    let document = merge(parsed.map(|file| (name, file)).into_iter().collect(), &mut report);
    let (roadmap, _) = resolve(document, "roadmap", None);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    let found = rules::judge(&rules::Context { roadmap: &roadmap, facts: &facts });
    let engine = Engine::new(Vec::new()).expect("the built-in templates compile");
    let renderer = Renderer::new(roadmap, facts, engine, Vec::new());
    let pages = renderer.pages();
    pages.par_iter().for_each_init(Vec::new, |bytes, page| {
        bytes.clear();
        renderer.bytes(page, bytes).expect("the built-in templates render");
    });
    drop(found);
}
