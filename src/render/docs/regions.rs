//! Regions of hand-written documents: filled in place, everything outside their markers untouched to the byte.

use crate::render::said;
use serde::Serialize;

use super::{
    labels::{GroupView, region_view},
    milestone::{IssueView, issue},
    parts::{Links, due, progress, status},
};
use crate::{
    facts::Status,
    markdown::write::{Context, text},
    model::{LabelGroup, MilestoneIx, Roadmap},
    render::{PagePath, Renderer, engine::bar},
    report::{Code, Diagnostic, Place},
    source::{Doc, Region},
};

/// What `markdown/regions/overview.md` may know.
#[derive(Debug, Serialize)]
struct Overview<'a> {
    milestones: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    title: &'a str,
    link: String,
    status: String,
    progress: String,
    due: String,
    owner: &'a str,
}

/// What `markdown/regions/milestone.md` may know.
#[derive(Debug, Serialize)]
struct Issues<'a> {
    issues: Vec<IssueView<'a>>,
}

/// What `markdown/regions/labels.md` may know.
#[derive(Debug, Serialize)]
struct Table<'a> {
    group: GroupView<'a>,
}

/// What `markdown/regions/stats.md` may know.
#[derive(Debug, Serialize)]
struct Stats {
    milestones: usize,
    issues: usize,
    done: usize,
    in_progress: usize,
    /// `—` where nothing is said to wait for anything: nobody knows then what can begin.
    ready: String,
    /// The same.
    blocked: String,
    /// `—` where no day is known by which anything could be late.
    overdue: String,
    progress: String,
}

/// What a region shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shows {
    /// `overview`: all milestones with status, progress and due date.
    Overview,
    /// `stats`: how many issues are done, ready, blocked, overdue.
    Stats,
    /// `labels`: the table of every label group.
    Labels,
    /// `labels GROUP`: the table of one label group, an index into the roadmap's groups.
    Group(usize),
    /// `milestone ID`: the issues of a milestone.
    Milestone(MilestoneIx),
    /// `commands`, `rules`, `views`: what the program says of itself.
    Reference(&'static str),
    /// `format`: the keys of the source.
    Format,
    /// `data`: the members of the data for other programs.
    Data,
}

impl Shows {
    /// What a region of this name shows; else the finding that nothing does.
    ///
    /// # Errors
    /// Where there is no such region, group or milestone.
    pub(crate) fn resolve(roadmap: &Roadmap, doc: &Doc, region: &Region) -> Result<Self, Diagnostic> {
        let unknown = |what: String, help: &str| {
            let place = Place::bytes(doc.path.clone(), region.begin.clone());
            Diagnostic::new(Code::UnknownRegion, place, what).help(help)
        };
        match region.name.split(' ').collect::<Vec<_>>().as_slice() {
            ["overview"] => Ok(Self::Overview),
            ["stats"] => Ok(Self::Stats),
            ["labels"] => Ok(Self::Labels),
            ["commands"] => Ok(Self::Reference("markdown/regions/commands.md")),
            ["rules"] => Ok(Self::Reference("markdown/regions/rules.md")),
            ["views"] => Ok(Self::Reference("markdown/regions/views.md")),
            ["format"] => Ok(Self::Format),
            ["data"] => Ok(Self::Data),
            ["labels", prefix] => {
                let group = roadmap.groups.iter().position(|group| group.prefix.eq_ignore_ascii_case(prefix));
                group.map(Self::Group).ok_or_else(|| {
                    unknown(
                        format!("there is no label group `{prefix}`"),
                        "name what stands before the `:` of its labels",
                    )
                })
            }
            ["milestone", id] => {
                let found = roadmap
                    .milestones()
                    .find(|(_, milestone)| milestone.id.as_str().eq_ignore_ascii_case(id));
                let unknown =
                    || unknown(format!("there is no milestone `{id}`"), "name a milestone by its id");
                found.map(|(ix, _)| Self::Milestone(ix)).ok_or_else(unknown)
            }
            _ => Err(unknown(
                format!("there is no region `{}`", region.name),
                "the regions are `overview`, `stats`, `labels`, `labels GROUP`, `milestone ID`, `commands`, `rules`, `format`, `data` and `views`",
            )),
        }
    }
}

/// Makes a hand-written document with its regions filled.
pub(crate) fn regions(
    renderer: &Renderer,
    path: &PagePath,
    doc: &Doc,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let mut end = 0;
    for region in &doc.regions {
        // A region that shows nothing was told when the renderer was made; it stays as it is.
        let Ok(shows) = Shows::resolve(&renderer.roadmap, doc, region) else { continue };
        out.extend_from_slice(&doc.text.as_bytes()[end..region.inside.start]);
        let mut filled = Vec::new();
        fill(renderer, path, shows, &mut filled)?;
        put(doc, region, filled.trim_ascii(), out);
        end = region.inside.end;
    }
    out.extend_from_slice(&doc.text.as_bytes()[end..]);
    Ok(())
}

/// Puts a region's text between its markers: with the document's line ends, and what each line of the quotes and lists that
/// the begin marker stands in begins with, so that the region stays in them.
fn put(doc: &Doc, region: &Region, filled: &[u8], out: &mut Vec<u8>) {
    let is_crlf = doc.text.find('\n').is_some_and(|end| doc.text[..end].ends_with('\r'));
    let line_end: &[u8] = if is_crlf { b"\r\n" } else { b"\n" };
    let line = doc.text[..region.begin.start].rfind('\n').map_or(0, |end| end + 1);
    let before = &doc.text[line..region.begin.start];
    let margin = margin(before);
    let blank = if margin.contains('>') { margin.trim_end() } else { "" };
    out.extend([line_end, blank.as_bytes(), line_end].concat());
    for line in filled.split(|byte| *byte == b'\n') {
        out.extend(if line.is_empty() { blank } else { &margin }.bytes());
        out.extend([line, line_end].concat());
    }
    out.extend([blank.as_bytes(), line_end, margin.as_bytes()].concat());
}

/// What the lines below one begin with that begins so, if they stand in the same quotes, items and footnotes.
fn margin(before: &str) -> String {
    let mut margin = String::new();
    let mut is_within = false;
    let mut rest = before;
    loop {
        let inside = rest.trim_start_matches([' ', '\t']);
        let white = &rest[..rest.len() - inside.len()];
        let behind = inside.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = inside.len() - behind.len();
        let (below, len) = match (digits, behind.as_bytes()) {
            (0, [b'>', ..]) => (">".to_owned(), 1),
            (0, [b'-' | b'+' | b'*', b' ' | b'\t', ..]) => (" ".to_owned(), 1),
            (1..=9, [b'.' | b')', b' ' | b'\t', ..]) => (" ".repeat(digits + 1), digits + 1),
            (0, [b'[', b'^', ..]) if behind.contains("]:") => {
                // Whatever the name of a footnote is, four columns are its own.
                (
                    " ".repeat(4),
                    behind.find("]:").map_or(0, |at| at + 2 + usize::from(behind[at + 2..].starts_with(' '))),
                )
            }
            _ => {
                margin.push_str(if inside.is_empty() || is_within { white } else { "" });
                return margin;
            }
        };
        margin.push_str(white);
        margin.push_str(&below);
        is_within = true;
        rest = &inside[len..];
    }
}

/// A text in bold. Each star in it is escaped, even one that would be no markup elsewhere.
fn strong(words: &str) -> String {
    let mut out = "**".to_owned();
    let mut is_escaped = false;
    for c in text(words, Context::Line).chars() {
        out.extend((c == '*' && !is_escaped).then_some('\\'));
        out.push(c);
        is_escaped = c == '\\' && !is_escaped;
    }
    out + "**"
}

/// Fills one region.
fn fill(renderer: &Renderer, path: &PagePath, shows: Shows, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let engine = &renderer.engine;
    match shows {
        Shows::Overview => engine.render("markdown/regions/overview.md", &overview(renderer, path), out),
        Shows::Format => engine.render("markdown/regions/format.md", &renderer.reference.format, out),
        Shows::Data => engine.render("markdown/regions/format.md", &renderer.reference.data, out),
        Shows::Stats => engine.render("markdown/regions/stats.md", &stats(renderer), out),
        Shows::Group(ix) => table(renderer, path, &renderer.roadmap.groups[ix], out),
        Shows::Labels => {
            for group in renderer.roadmap.groups.iter().filter(|group| !group.labels.is_empty()) {
                out.extend(format!("\n\n{}\n\n", strong(&said::group_title(group))).bytes());
                table(renderer, path, group, out)?;
            }
            Ok(())
        }
        Shows::Milestone(ix) => {
            let issues = &renderer.facts.milestone(ix).issues;
            let links = Links::new(renderer, path, Context::Line, true);
            let issues = issues.iter().map(|ix| issue(&links, *ix, false)).collect();
            engine.render("markdown/regions/milestone.md", &Issues { issues }, out)
        }
        Shows::Reference(template) => engine.render(template, &renderer.reference, out),
    }
}

/// The table of one label group.
fn table(
    renderer: &Renderer,
    path: &PagePath,
    group: &LabelGroup,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    renderer.engine.render(
        "markdown/regions/labels.md",
        &Table { group: region_view(renderer, path, group) },
        out,
    )
}

fn overview<'a>(renderer: &'a Renderer, path: &PagePath) -> Overview<'a> {
    let row = |(ix, milestone): (MilestoneIx, &'a crate::model::Milestone)| {
        let facts = renderer.facts.milestone(ix);
        Row {
            title: &milestone.title,
            link: renderer.places.link_to_milestone(path, ix),
            status: status(&renderer.facts, facts.status, facts.overdue),
            progress: progress(&facts.progress, bar),
            due: due(milestone.known_due_on(), facts.slip),
            owner: milestone.owner.as_deref().unwrap_or_default(),
        }
    };
    Overview { milestones: renderer.roadmap.milestones().map(row).collect() }
}

fn stats(renderer: &Renderer) -> Stats {
    let facts = &renderer.facts;
    let with = |status| facts.issues.iter().filter(|issue| issue.status == status).count();
    let known = |count: Option<usize>| count.map_or_else(|| "—".into(), |count| count.to_string());
    Stats {
        milestones: facts.milestones.len(),
        issues: facts.issues.len(),
        done: with(Status::Done),
        in_progress: with(Status::InProgress),
        ready: known(facts.waits.then(|| with(Status::Ready))),
        blocked: known(facts.waits.then(|| with(Status::Blocked))),
        overdue: known(facts.overdue(&renderer.roadmap)),
        progress: progress(&facts.progress, bar),
    }
}

#[cfg(test)]
mod tests {
    use super::margin;

    #[test]
    fn a_region_stays_in_what_its_marker_stands_in() {
        for (before, below) in [
            ("", ""),
            ("  ", "  "),
            ("> ", "> "),
            (">", ">"),
            ("- ", "  "),
            ("-\t", " \t"),
            ("12. ", "    "),
            (" > 1) > * ", " >    >   "),
            ("- [ ] next: ", "  "),
            ("> **Now:** ", "> "),
            ("[^note]: ", "    "),
            ("text ", ""),
            ("  **text** ", ""),
            ("-text ", ""),
        ] {
            assert_eq!(margin(before), below, "{before:?}");
        }
    }
}
