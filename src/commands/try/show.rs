//! What `roadbook try` answers: what was read, what does not agree, what would be written, and where to look.

use std::{fmt::Write, path::PathBuf, sync::Arc};

use crate::{
    commands::{build::difference, documents::Documents, plans::PlanFile, spot::Spot},
    model::Roadmap,
    output::Found,
    render::{Page, PageKind, PagePath},
    report::{Cell, Finding, Located, Screen, Tone, counted, omitted, one_line, table, typed},
    rules,
};

/// How many findings of one file are shown, unless all are asked for.
const MOST: usize = 12;

/// How many findings of one code and file are shown, unless all are asked for.
const MOST_ALIKE: usize = 6;

/// All that there is to tell.
pub(super) struct Outcome<'a> {
    /// Where the roadmap is.
    pub(super) spot: &'a Spot,
    /// The plan that it was imported from.
    pub(super) from: Option<&'a PlanFile>,
    /// The files of the source.
    pub(super) files: Vec<Arc<str>>,
    /// How much it holds.
    pub(super) items: String,
    /// The documents that were read.
    pub(super) documents: Documents,
    /// What was mended in memory.
    pub(super) mended: Vec<Finding>,
    /// What was found in them and in the source.
    pub(super) found: Located,
    /// What would be written.
    pub(super) written: Vec<Written>,
    /// Where it is written to be looked at.
    pub(super) folder: PathBuf,
    /// The address of the website's first page.
    pub(super) start: Option<String>,
    /// The next command.
    pub(super) next: String,
}

/// What would become of a file or a folder of files.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    path: String,
    pages: usize,
    what: String,
}

impl Written {
    /// What would become of a page that is not the website's.
    pub(super) fn of(page: &Page, found: &Found, summary: Option<&str>) -> Self {
        let folder = matches!(page.kind, PageKind::Milestone(..)).then(|| page.path.folder());
        let path = folder.map_or_else(|| page.path.to_string(), |folder| format!("{folder}/"));
        let what = match (found, summary.filter(|_| matches!(page.kind, PageKind::Summary))) {
            (Found::Same, _) => "as it is".to_owned(),
            (Found::Missing(_), _) => "new".to_owned(),
            (Found::Foreign(old), Some(new)) => summary_lines(&page.path, old, new.as_bytes()),
            (Found::Differs(_), _) => "written anew".to_owned(),
            (Found::Foreign(_), None) => "written by hand until now".to_owned(),
        };
        Self { path, pages: 1, what }
    }

    /// A summary does not go where a file only has its name.
    pub(super) fn move_aside(&mut self, documents: &Documents) {
        if documents.aside.contains(&self.path) {
            self.path = documents.other_summary(&self.path);
            "new".clone_into(&mut self.what);
        }
    }

    /// The website.
    pub(super) fn site(folder: &str, pages: usize) -> Self {
        let what = "overview, board, table, timeline, graph, search, a page for each item".to_owned();
        Self { path: format!("{folder}/"), pages, what }
    }
}

/// How many lines of a summary would be other ones, once the JSON says what only it says. Links are not counted: they are
/// added to what is there.
pub(in crate::commands) fn summary_lines(path: &PagePath, old: &[u8], new: &[u8]) -> String {
    let text = String::from_utf8_lossy(old).replace("\r\n", "\n");
    let diff = difference(path, Some(text.as_bytes()), Some(new));
    // The two lines that name the files begin with the signs as well.
    let count = |sign: &str| {
        let signed = diff.lines().filter(|line| line.starts_with(sign) && line.trim() != sign).count();
        signed.saturating_sub(1)
    };
    match (count("-"), count("+")) {
        (0, 0) => "says the same already".to_owned(),
        (gone, added) => {
            format!(
                "{gone} of its {} would be removed and {added} added",
                counted(text.lines().count(), "line")
            )
        }
    }
}

/// `6 milestones, 22 issues, 16 labels`.
pub(super) fn items(roadmap: &Roadmap) -> String {
    let counts = [
        counted(roadmap.milestones.len(), "milestone"),
        counted(roadmap.issues.len(), "issue"),
        counted(roadmap.labels.len(), "label"),
    ];
    counts.join(", ")
}

/// The answer as text.
pub(super) fn text(outcome: &Outcome<'_>, screen: Screen, is_verbose: bool) -> String {
    let mut out = read(outcome, screen);
    let is_source = |finding: &Finding| outcome.files.contains(&finding.diagnostic.place.file);
    let (source, documents): (Vec<_>, Vec<_>) = outcome.found.findings.iter().partition(|it| is_source(it));
    out.push_str(&of_documents(&outcome.documents, documents, screen, is_verbose));
    if !outcome.mended.is_empty() {
        out.push_str(&head(&mended(&outcome.mended), screen));
        out.push_str(&findings(outcome.mended.iter().collect(), (None, true), screen, is_verbose));
    }
    if !source.is_empty() {
        let more = if outcome.mended.is_empty() { "" } else { "more " };
        let places = counted(source.len(), &format!("{more}place"));
        out.push_str(&head(&format!("the JSON itself, in {places}"), screen));
        out.push_str(&findings(source, (None, false), screen, is_verbose));
    }
    for ((code, severity), count) in &outcome.found.omitted {
        let more = omitted(*code, *severity, *count);
        let _ = writeln!(out, "  {}", Tone::Faint.paint(&more, screen.colour));
    }
    out.push_str(&head("what Roadbook would write", screen));
    out.push_str(&written(&outcome.written, screen));
    let _ = write!(out, "\nbuilt to be looked at in {}\n", one_line(&outcome.folder.display().to_string()));
    if let Some(start) = &outcome.start {
        let _ = writeln!(out, "  {start}");
    }
    out.push_str(&next(outcome, screen));
    out
}

fn head(words: &str, screen: Screen) -> String {
    format!("\n{}\n", Tone::Strong.paint(words, screen.colour))
}

/// Whether the documents that were read agree with the JSON, and where they do not.
fn of_documents(documents: &Documents, found: Vec<&Finding>, screen: Screen, is_verbose: bool) -> String {
    match (found.len(), documents.read.len()) {
        (0, 0) => String::new(),
        (0, looked_at) => {
            let words = format!("{} read: nothing disagrees with the JSON", counted(looked_at, "document"));
            head(&words, screen)
        }
        (count, _) => {
            let words = format!("the documents do not agree with the JSON in {}", counted(count, "place"));
            head(&words, screen) + &findings(found, (documents.summary.as_deref(), false), screen, is_verbose)
        }
    }
}

/// The commands that may come next.
fn next(outcome: &Outcome<'_>, screen: Screen) -> String {
    let strong = |command: &str| Tone::Strong.paint(&one_line(command), screen.colour);
    let adopt = format!("your repository is unchanged; to adopt this: {}\n", strong(&outcome.next));
    if outcome.mended.is_empty() {
        return adopt;
    }
    // The same source, whatever it takes to name it.
    let mut fix = outcome.next.replacen("init", "check --fix", 1);
    let unnamed = outcome.spot.json.as_ref().filter(|_| outcome.from.is_none() && !outcome.spot.is_set_up);
    if let Some(json) = unnamed.filter(|_| !fix.contains(" --roadmap ")) {
        fix += &format!(" --roadmap {}", outcome.spot.typed(json));
    }
    format!("to write the fixes: {}\n{adopt}", strong(&fix))
}

/// How much of the JSON was mended, and who writes that.
fn mended(done: &[Finding]) -> String {
    let certain =
        done.iter().filter(|it| it.diagnostic.repair.as_ref().is_some_and(|it| it.is_certain)).count();
    let (all, asked) = (counted(done.len(), "place"), done.len() - certain);
    let asks = if asked > 0 { format!("; `--fix=all` asks about {asked}") } else { String::new() };
    format!("{all} in the JSON shown as fixed: `roadbook check --fix` would fix {certain}{asks}")
}

/// What was read.
fn read(outcome: &Outcome<'_>, screen: Screen) -> String {
    let mut rows = Vec::new();
    let mut row = |what: &str, path: &str, words: &str| {
        rows.push(vec![Cell::new(what, Tone::Faint), Cell::new(path, Tone::Strong), Cell::from(words)]);
    };
    if let Some(PlanFile { path, noun, .. }) = outcome.from {
        row("plan", path, noun);
    }
    for (n, file) in outcome.files.iter().enumerate() {
        row("roadmap", file, if n == 0 { &outcome.items } else { "read with it" });
    }
    for other in outcome.spot.others() {
        let items = format!("{}, {}", counted(other.milestones, "milestone"), counted(other.issues, "issue"));
        row("not taken", &other.path, &format!("{items}: `roadbook try {}` reads it", typed(&other.path)));
    }
    if let Some(summary) = &outcome.documents.summary {
        row("summary", summary, "written by hand");
    }
    for path in &outcome.documents.aside {
        row("not taken", path, "names nothing of this roadmap");
    }
    let summary = outcome.documents.summary.as_ref();
    for path in outcome.documents.read.iter().filter(|path| Some(*path) != summary) {
        row("document", path, "names it");
    }
    table(&rows, screen)
}

/// Findings by file, each with its line; those of the summary first.
fn findings(
    mut findings: Vec<&Finding>,
    (first, is_mended): (Option<&str>, bool),
    screen: Screen,
    is_verbose: bool,
) -> String {
    findings.sort_by_key(|finding| Some(&*finding.diagnostic.place.file) != first);
    let mut out = String::new();
    for of_file in findings.chunk_by(|a, b| a.diagnostic.place.file == b.diagnostic.place.file) {
        let file =
            of_file.first().map(|finding| one_line(&finding.diagnostic.place.file)).unwrap_or_default();
        let _ = writeln!(out, "  {}", Tone::Busy.paint(&file, screen.colour));
        let mut shown = 0;
        let mut rows = Vec::new();
        for finding in of_file {
            let alike = rows.iter().filter(|(code, _)| *code == finding.diagnostic.code).count();
            if is_verbose || (shown < MOST && alike < MOST_ALIKE) {
                rows.push((finding.diagnostic.code, line(finding, is_mended)));
                shown += 1;
            }
        }
        let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
        out.push_str(&table(&rows, screen));
        if shown < of_file.len() {
            let more = format!("and {} more, which `-v` shows", of_file.len() - shown);
            let _ = writeln!(out, "        {}", Tone::Faint.paint(&more, screen.colour));
        }
    }
    out
}

fn line(finding: &Finding, is_mended: bool) -> Vec<Cell> {
    let line = finding.span.as_ref().map_or_else(|| "-".to_owned(), |span| span.line.to_string());
    let help = finding.diagnostic.help.as_deref().filter(|help| help.starts_with("did you mean"));
    let repair = finding.diagnostic.repair.as_ref().map(|repair| format!("; fix: {}", repair.action.words()));
    let help = repair.or_else(|| help.map(|help| format!("; {help}"))).unwrap_or_default();
    let left_out = if rules::is_blocking(finding.diagnostic.code) && !is_mended { "left out: " } else { "" };
    vec![
        Cell::from(format!("{line:>7}")),
        Cell::from(format!("{left_out}{}{help}", finding.diagnostic.message)),
    ]
}

/// What would be written: a line for each file, and for each folder of pages.
fn written(written: &[Written], screen: Screen) -> String {
    let mut rows = Vec::new();
    for of_path in written.chunk_by(|a, b| a.path == b.path) {
        let pages: usize = of_path.iter().map(|it| it.pages).sum();
        let Some(first) = of_path.first() else { continue };
        let count = if first.path.ends_with('/') { counted(pages, "file") } else { String::new() };
        let is_alike = of_path.iter().all(|it| it.what == first.what);
        let what = if is_alike { first.what.as_str() } else { "some new, some written anew" };
        let words = if count.is_empty() { what.to_owned() } else { format!("{count}: {what}") };
        rows.push(vec![Cell::from(format!("  {}", first.path)), Cell::from(words)]);
    }
    table(&rows, screen)
}
