//! Measures the parts that no generator of these pages can do without, each alone on all threads, and prints one line for each:
//! its name and its milliseconds. `cargo run --release --example floor -- SOURCE OUTPUT SCRATCH`, where OUTPUT is a folder that
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
use roadbook::{
    facts::Facts,
    model::resolve,
    render::{Engine, Renderer},
    report::Report,
    rules,
    source::{merge, parse},
};
use serde::{Deserialize, Serialize};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// A page of the plainest kind: what stands on an issue's page, without what Roadbook works out for it.
const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="../assets/site.css"></head><body><header><nav><ul>{% for item in nav %}
<li><a href="../{{ item }}.html">{{ item }}</a></li>{% endfor %}</ul></nav></header>
<main><h1>{{ title }} <small>{{ id }}</small></h1><p>{{ milestone }}, due {{ due_on }}, {{ state }}</p>
<ul>{% for label in labels %}<li><a href="../labels/{{ label }}.html">{{ label }}</a></li>{% endfor %}</ul>
<p>{% for name in assignees %}{{ name }} {% endfor %}</p><article>{{ html | safe }}</article></main></body></html>
"#;

#[derive(Deserialize)]
struct Source {
    issues: Vec<Issue>,
}

#[derive(Deserialize, Serialize)]
struct Issue {
    id: String,
    title: String,
    milestone: Option<String>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    assignees: Vec<String>,
    state: Option<String>,
    due_on: Option<String>,
}

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    issue: &'a Issue,
    nav: [&'static str; 7],
    html: &'a str,
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
    let sizes = timed("templates", || templates(&issues, &pages)).map_err(io::Error::other)?;
    assert!(sizes > 0, "pages were rendered");
    drop((issues, pages));
    let files = all_below(output)?;
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

/// Renders a page for each issue; returns how many bytes that came to.
fn templates(issues: &[Issue], pages: &[String]) -> tera::TeraResult<usize> {
    let mut tera = tera::Tera::new();
    tera.autoescape_on([".html"]);
    tera.add_raw_templates([("page.html", PAGE)])?;
    let nav = ["index", "board", "timeline", "graph", "phases", "labels", "search"];
    let render = |out: &mut Vec<u8>, (issue, html): (&Issue, &String)| {
        out.clear();
        let values = tera::Context::from_serialize(&View { issue, nav, html })?;
        tera.render_to("page.html", &values, &mut *out)?;
        Ok(out.len())
    };
    issues.par_iter().zip(pages).map_init(Vec::new, render).sum()
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
