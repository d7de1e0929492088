//! What each part of a run costs: `cargo bench`, or `cargo bench -- milestone` for some of it.

mod github;
#[path = "../tests/bench/synthetic.rs"]
mod synthetic;

use std::{fmt::Write as _, sync::Arc};

use divan::{Bencher, black_box, counter::ItemsCount};
use roadbook::internals::{
    facts::Facts,
    github::{Options, actual, identify, plan},
    markdown::{Context, Shift, contained, inline_gfm, text},
    model::{Roadmap, resolve},
    output::same_lines,
    render::{
        DataFile, Engine, GraphInput, GraphOf, Page, PageKind, Renderer, SearchIndex, SitePage,
        draw_graph as draw,
    },
    report::{JsonPath, Part, Report},
    rules,
    source::{Document, locate, merge, parse},
};
use synthetic::{Shape, roadmap};

const SIZES: [usize; 2] = [1_000, 10_000];

fn main() {
    divan::main();
}

/// The source of so many issues.
fn json(issues: usize) -> String {
    roadmap(issues, Shape::named("plain").expect("there is such a shape"))
}

fn document(json: String) -> Document {
    let mut report = Report::default();
    let name: Arc<str> = "roadmap/roadmap.json".into();
    let parsed = parse(&name, json.into_bytes(), &mut report);
    merge(parsed.map(|file| (name, file)).into_iter().collect(), &mut report)
}

fn resolved(issues: usize) -> Roadmap {
    resolve(document(json(issues)), "roadmap", None).0
}

fn renderer(issues: usize) -> Renderer {
    let roadmap = resolved(issues);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    let engine = Engine::new(Vec::new()).expect("the built-in templates compile");
    Renderer::new(roadmap, facts, engine, Vec::new())
}

#[divan::bench(args = SIZES)]
fn parse_json(bencher: Bencher<'_, '_>, issues: usize) {
    let text = json(issues);
    bencher.counter(ItemsCount::new(issues)).with_inputs(|| text.clone()).bench_values(document);
}

#[divan::bench(args = SIZES)]
fn resolve_document(bencher: Bencher<'_, '_>, issues: usize) {
    let document = document(json(issues));
    let bencher = bencher.counter(ItemsCount::new(issues)).with_inputs(|| document.clone());
    bencher.bench_values(|document| resolve(document, "roadmap", None));
}

#[divan::bench(args = SIZES)]
fn derive_facts(bencher: Bencher<'_, '_>, issues: usize) {
    let roadmap = resolved(issues);
    bencher.counter(ItemsCount::new(issues)).bench(|| Facts::derive(black_box(&roadmap), roadmap.as_of));
}

#[divan::bench(args = SIZES)]
fn judge_by_rules(bencher: Bencher<'_, '_>, issues: usize) {
    let roadmap = resolved(issues);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    let context = rules::Context { roadmap: &roadmap, facts: &facts };
    bencher.counter(ItemsCount::new(issues)).bench(|| rules::judge(black_box(&context)));
}

/// What GitHub holds found, compared and planned, where every second title differs.
#[divan::bench(args = SIZES)]
fn plan_issues(bencher: Bencher<'_, '_>, issues: usize) {
    let (desired, world, lock) = github::ground(&resolved(issues));
    let options = Options::default();
    let bencher = bencher.counter(ItemsCount::new(issues)).with_inputs(|| world.clone());
    bencher.bench_values(|world| {
        let identity = identify(&desired, &world, &lock, &options);
        plan(&desired, &actual(world, identity), &lock, &options)
    });
}

#[divan::bench]
fn compile_templates(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Engine::new(Vec::new()));
}

#[divan::bench(args = SIZES)]
fn render_summary(bencher: Bencher<'_, '_>, issues: usize) {
    render(bencher, issues, |kind| matches!(kind, PageKind::Summary));
}

#[divan::bench(args = SIZES)]
fn render_labels(bencher: Bencher<'_, '_>, issues: usize) {
    render(bencher, issues, |kind| matches!(kind, PageKind::Labels));
}

/// One page: fifty issues with their bodies.
#[divan::bench]
fn render_milestone(bencher: Bencher<'_, '_>) {
    render(bencher, 1_000, |kind| matches!(kind, PageKind::Milestone(..)));
}

/// The first page of each kind that the website has many of, or a large one.
#[divan::bench(args = [
    "issue", "milestone", "label", "labels", "board", "graph", "timeline", "phases", "overview", "table", "index", "data",
    "calendar", "llms",
])]
fn render_site(bencher: Bencher<'_, '_>, name: &str) {
    render(bencher, 1_000, |kind| {
        let PageKind::Site(page) = kind else { return false };
        match page {
            SitePage::Issue(_) => name == "issue",
            SitePage::Milestone(..) => name == "milestone",
            SitePage::Label(..) => name == "label",
            SitePage::Labels(_) => name == "labels",
            SitePage::Board(_) => name == "board",
            SitePage::Graph(GraphOf::Open) => name == "graph",
            SitePage::Timeline(_) => name == "timeline",
            SitePage::Phases(_) => name == "phases",
            SitePage::Overview => name == "overview",
            SitePage::Table(_) => name == "table",
            // The first files hold titles; the last the words of a group.
            SitePage::SearchIndex(file) => name == "index" && *file == 6,
            SitePage::Data(DataFile::Roadmap) => name == "data",
            SitePage::Data(DataFile::Calendar) => name == "calendar",
            SitePage::Data(DataFile::Llms) => name == "llms",
            _ => false,
        }
    });
}

#[divan::bench(args = SIZES)]
fn search_index(bencher: Bencher<'_, '_>, issues: usize) {
    let roadmap = resolved(issues);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    bencher.counter(ItemsCount::new(issues)).bench(|| SearchIndex::new(black_box(&roadmap), &facts));
}

/// The graph of that many issues, laid out and drawn.
#[divan::bench(args = [20, 60, 1_000])]
fn draw_graph(bencher: Bencher<'_, '_>, issues: usize) {
    let roadmap = resolved(issues);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    let input = GraphInput::of_live(&roadmap, &facts, &|_| String::new());
    bencher.counter(ItemsCount::new(issues)).bench(|| draw(black_box(&input)));
}

/// Renders the first page of a kind.
fn render(bencher: Bencher<'_, '_>, issues: usize, is_meant: impl Fn(&PageKind) -> bool) {
    let renderer = renderer(issues);
    let pages = renderer.pages();
    let page: &Page = pages.iter().find(|page| is_meant(&page.kind)).expect("there is such a page");
    let mut bytes = Vec::new();
    bencher.bench_local(|| {
        bytes.clear();
        renderer.bytes(black_box(page), &mut bytes)
    });
}

#[divan::bench]
fn contain_body(bencher: Bencher<'_, '_>) {
    let roadmap = resolved(1_000);
    let bodies: Vec<_> = roadmap.issues.iter().filter_map(|issue| issue.body.get()).collect();
    let shift = Shift { headings_below: 3, footnotes: "st-1-".into(), line_breaks: true };
    bencher
        .counter(ItemsCount::new(bodies.len()))
        .bench(|| bodies.iter().map(|body| contained(black_box(body), &shift).len()).sum::<usize>());
}

#[divan::bench(args = ["Measure read replicas", "priority:high", "Mend the `users` table", "A* & <b> in C#"])]
fn escape_title(title: &str) -> String {
    text(black_box(title), Context::Cell)
}

#[divan::bench]
fn place_description() -> String {
    inline_gfm(black_box("All that `storage` needs before *index maintenance* can change."), Context::Cell)
}

/// A page of 100 kB against the same with CRLF.
#[divan::bench(args = ["LF", "CRLF"])]
fn compare_page(bencher: Bencher<'_, '_>, ends: &str) {
    let page = |end: &str| {
        (0..2_000).fold(String::new(), |mut page, line| {
            let _ = write!(page, "line {line} of a page that is read and compared{end}");
            page
        })
    };
    let (made, found) = (page("\n"), page(if ends == "LF" { "\n" } else { "\r\n" }));
    bencher.bench(|| same_lines(black_box(made.as_bytes()), found.as_bytes()));
}

/// A hundred findings, spread over the whole source.
#[divan::bench(args = SIZES)]
fn locate_findings(bencher: Bencher<'_, '_>, issues: usize) {
    let text = json(issues);
    let path = |ix| JsonPath::default().key("issues").index(ix * issues / 100).key("title");
    let wanted: Vec<_> = (0..100).map(|ix| (path(ix), Part::Value)).collect();
    bencher.bench(|| locate(black_box(&text), &wanted));
}
