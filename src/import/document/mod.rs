//! A document as people write it, read as a roadmap: by the words of its headings, the heads of its tables and what its lists
//! look like. What has no place in a roadmap is told; nothing is dropped in silence.

mod addresses;
mod beyond;
mod chapters;
mod claims;
mod columns;
mod days;
mod endings;
mod foreign;
mod groups;
mod guide;
mod headings;
mod labels;
mod lanes;
mod lists;
mod matter;
mod named;
mod org;
mod prose;
mod records;
mod references;
mod repositories;
mod roles;
mod sayings;
mod sheet;
mod tables;
mod work;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::draft::{Draft, Entry};
use crate::{
    documents::{columns as heads, values, vocabulary},
    markdown::read::blocks::{Block, Placed},
    model::{Id, id_in_title, title_without_id},
    report::{Code, Diagnostic, Place, Report},
};
use chapters::{Chapter, chapters};
use claims::Claim;
pub(super) use foreign::read as read_foreign;

/// What a document came to.
pub(super) struct Read {
    pub(super) draft: Draft,
    pub(super) report: Report,
    /// The repository that was taken from its links, where it does not state one.
    pub(super) linked: Option<String>,
}

/// Reads a document; `name` is what findings call it.
pub(super) fn read(name: &Arc<str>, text: &str) -> Read {
    // Three spaces take as many bytes as a byte order mark, and mean nothing before a heading.
    let text = &*match text.strip_prefix('\u{feff}') {
        Some(rest) => std::borrow::Cow::Owned(format!("   {rest}")),
        None => text.into(),
    };
    let matter = matter::of(name, text);
    let text = matter.as_ref().map_or(text, |matter| matter.text.as_str());
    let is_plan = is_plan(name, text);
    let stated = matter.as_ref().and_then(matter::Matter::repository);
    let read = read_with(name, text, is_plan, stated);
    // Where nothing else is found, plain lists are what there is; a book's SUMMARY.md is a list of its chapters.
    let file = name.rsplit('/').next().unwrap_or(name);
    let is_whole = is_plan || !read.draft.is_empty() || file.eq_ignore_ascii_case("summary.md");
    let read = if is_whole { read } else { read_with(name, text, true, stated) };
    matter.into_iter().fold(read, matter::Matter::put_before)
}

/// Whether a document is a plan by its name or its first line.
fn is_plan(name: &str, text: &str) -> bool {
    let head = text.trim_start().lines().next().unwrap_or_default();
    let file = name.rsplit('/').next().unwrap_or(name);
    [file, head].into_iter().any(vocabulary::is_plan)
}

/// Reads a document; `stated` is the repository that its front matter states.
fn read_with(name: &Arc<str>, text: &str, takes_bullets: bool, stated: Option<&str>) -> Read {
    let mut reading = Reading::new(name, text, takes_bullets);
    reading.chapters = chapters(text);
    reading.known_labels = endings::KnownLabels::of(&reading.chapters);
    let named = || repositories::named_by_titles(&reading.chapters);
    reading.titled_repository = stated.map(str::to_owned).or_else(named);
    reading.whole();
    reading.into_read()
}

impl<'d> Reading<'d> {
    fn new(name: &Arc<str>, text: &'d str, takes_bullets: bool) -> Self {
        Self {
            text,
            name: Arc::clone(name),
            chapters: Vec::new(),
            draft: Draft::default(),
            report: Report::default(),
            claims: Vec::new(),
            ids: BTreeMap::new(),
            named: BTreeMap::new(),
            listed: BTreeSet::new(),
            known_labels: endings::KnownLabels::default(),
            numbers: None,
            is_ours: false,
            is_plain: false,
            takes_bullets,
            has_ids: false,
            state: None,
            is_dropped: false,
            boxed: BTreeSet::new(),
            repeated: BTreeSet::new(),
            repositories: BTreeMap::new(),
            titled_repository: None,
            years: days::Years::new(),
            is_foreign: false,
            is_sheet: false,
            has_one_repository: false,
            skipped: BTreeSet::new(),
            blocks: Vec::new(),
            linked: None,
            columns: columns::Columns::default(),
            keeps_columns: false,
        }
    }
}

/// A document that is being read.
struct Reading<'d> {
    text: &'d str,
    name: Arc<str>,
    chapters: Vec<Chapter>,
    draft: Draft,
    report: Report,
    /// The numbers that the document gives and that follow from the rest of it.
    claims: Vec<Claim>,
    /// The issues by their ids in lower case.
    ids: BTreeMap<String, usize>,
    /// The milestones by their ids and titles in lower case.
    named: BTreeMap<String, usize>,
    /// The labels that it lists, in lower case.
    listed: BTreeSet<String>,
    /// What it says of labels before it is read.
    known_labels: endings::KnownLabels,
    /// The milestones by the numbers that their ids end in, once phases ask for them.
    numbers: Option<BTreeMap<u64, usize>>,
    /// Whether its headings are those that `build` writes: they alone say then what a part is.
    is_ours: bool,
    /// Whether nothing in it is surely a milestone or an issue, so that lists of boxes are taken for issues.
    is_plain: bool,
    /// Whether lists without boxes and headings without ids are taken for issues then.
    takes_bullets: bool,
    /// Whether something in it has an id.
    has_ids: bool,
    /// The state that the headings around say.
    state: Option<&'static str>,
    /// Whether they say that nobody will do it.
    is_dropped: bool,
    /// The chapters that have lists of boxes.
    boxed: BTreeSet<usize>,
    /// The chapters whose titles stand below several headings.
    repeated: BTreeSet<usize>,
    /// The repositories that items lead to, each with where.
    repositories: BTreeMap<String, Range<usize>>,
    /// The one repository that titles lead to as a whole.
    titled_repository: Option<String>,
    /// The years of days that name none.
    years: days::Years,
    /// Whether it is no Markdown: its words are as they are written.
    is_foreign: bool,
    /// Whether it is a sheet.
    is_sheet: bool,
    /// Whether all addresses in it lead into one repository.
    has_one_repository: bool,
    /// The columns that somebody said to skip.
    skipped: BTreeSet<usize>,
    /// What issues block: the id and the title of the blocker, what it blocks, and where that is said.
    blocks: Vec<references::Blocked>,
    /// The repository that was taken from links.
    linked: Option<String>,
    /// The columns of its tables.
    columns: columns::Columns,
    /// Whether a table is read whose columns SUMMARY.md will have.
    keeps_columns: bool,
}

impl Reading<'_> {
    fn whole(&mut self) {
        let top = self.title();
        let parts = self.parts(top);
        self.is_ours = parts.iter().any(|part| self.chapters[*part].words().trim() == roles::ISSUES);
        let is_sure = |at: usize| self.chapters[at].blocks.iter().any(|placed| self.is_work(placed, top));
        self.is_plain = !is_sure(0) && !is_sure(top) && !parts.iter().any(|part| self.is_surely_work(*part));
        self.has_ids = self.chapters.iter().any(headings::has_ids);
        self.repeated = groups::repeated(&self.chapters);
        self.boxed = (0..self.chapters.len()).filter(|at| headings::has_boxes(&self.chapters[*at])).collect();
        let is_bare = |placed: &Placed| matches!(placed.block, Block::List(_) | Block::Rule | Block::Html);
        // Where there are no sentences between them, lists are all that the document is for.
        self.takes_bullets |= self.chapters.iter().all(|chapter| chapter.blocks.iter().all(is_bare));
        self.beginning(top);
        // Milestones and issues come first: what is said of them elsewhere can then be told from them.
        let mut rest = Vec::new();
        for part in parts {
            if self.is_surely_work(part) { self.work(part, None) } else { rest.push(part) }
        }
        self.is_plain |= self.draft.is_empty();
        let are_issues = top > 0 && self.draft.is_empty() && self.are_bare_issues(&rest);
        for part in rest {
            match self.role(part) {
                roles::Role::Section if are_issues && !self.is_prose(part) => self.issue_chapter(part, None),
                roles::Role::Work => self.work(part, None),
                roles::Role::Labels => self.labels(part),
                roles::Role::Guide => self.guide(part),
                roles::Role::Section => self.section(part),
            }
        }
        self.finish();
    }

    /// What needs all milestones, issues and labels.
    fn finish(&mut self) {
        self.settle_references();
        self.list_used_labels();
        self.check_claims();
        self.draft.sort();
        let columns = std::mem::take(&mut self.columns);
        columns.chosen().into_iter().for_each(|chosen| {
            self.draft.head.say("summary", chosen, &(0..0));
        });
        if let Some((repository, range)) = self.repositories.pop_first()
            && self.repositories.is_empty()
        {
            let is_new = self.draft.head.text("repository").is_none();
            self.linked = Some(repository.clone()).filter(|_| is_new && !self.is_ours);
            self.draft.head.say("repository", repository, &range);
        }
    }

    /// What it came to.
    fn into_read(self) -> Read {
        Read { draft: self.draft, report: self.report, linked: self.linked }
    }

    /// The chapter whose heading is the title of the whole: the first one, where no other has its level or a higher one.
    fn title(&mut self) -> usize {
        let Some(first) = self.chapters.get(1) else { return 0 };
        let is_alone = self.chapters[2..].iter().all(|chapter| chapter.level > first.level);
        let is_title = is_alone && (self.chapters.len() > 2 || !values::is_titled_work(&first.title.text));
        if !is_title {
            return 0;
        }
        let (title, range) = (roles::plain_title(&first.title.text), first.heading.clone());
        self.draft.head.say("title", title, &range);
        1
    }

    /// The chapters that the document is divided into.
    fn parts(&self, top: usize) -> Vec<usize> {
        let mut parts = Vec::new();
        let mut at = top + 1;
        while let Some(chapter) = self.chapters.get(at) {
            parts.push(at);
            at = chapter.end.max(at + 1);
        }
        parts
    }

    /// What stands before the first part: sentences that `build` writes, the description, work.
    fn beginning(&mut self, top: usize) {
        let before = if top > 0 { std::mem::take(&mut self.chapters[0].blocks) } else { Vec::new() };
        let blocks: Vec<_> =
            before.into_iter().chain(std::mem::take(&mut self.chapters[top].blocks)).collect();
        // What stands before the title and behind it are two pieces of one text.
        let heading = self.chapters[top].heading.start;
        let mut own: Vec<Range<usize>> = Vec::new();
        let (mut work, mut is_torn) = (Vec::new(), false);
        for placed in blocks {
            let is_quiet = self.is_quiet(&placed);
            let placed = match &placed.block {
                Block::Paragraph(_) if !is_quiet => {
                    Placed { range: self.without_repository(&placed.range), ..placed }
                }
                _ => placed,
            };
            if is_quiet || placed.range.is_empty() {
                is_torn |= own.last().is_some_and(|own| own.start >= heading);
            } else if self.is_work(&placed, top) {
                is_torn |= own.last().is_some_and(|own| own.start >= heading);
                work.push(placed);
            } else {
                match own.last_mut() {
                    Some(_) if is_torn => self.left_out(&placed.range, "this text"),
                    Some(last) if (last.start < heading) == (placed.range.start < heading) => {
                        last.end = placed.range.end;
                    }
                    _ => own.push(placed.range.clone()),
                }
            }
        }
        if let Some(last) = own.last() {
            let pieces: Vec<_> =
                own.iter().map(|range| prose::body(self.text, range.clone(), 0, "")).collect();
            self.draft.head.say("description", pieces.join("\n\n"), last);
        }
        self.blocks_of_work(top, work, None);
    }

    /// Whether a block says nothing of the whole; what a comment says is taken.
    fn is_quiet(&mut self, placed: &Placed) -> bool {
        match &placed.block {
            Block::Html if self.is_comment(&placed.range) => {
                self.comment(&placed.range);
                true
            }
            Block::Rule => true,
            Block::Paragraph(words) => self.is_derived(words),
            _ => false,
        }
    }

    /// A part that is kept as it is.
    fn section(&mut self, part: usize) {
        let chapter = &self.chapters[part];
        let range = chapter.heading.end..self.start(chapter.end);
        let notes = format!("section-{}-", self.draft.sections.len() + 1);
        let above = chapter.level.clamp(1, 5);
        let text = prose::body(self.text, range.clone(), above, &notes);
        let entry = Entry::at(&chapter.heading).with("title", chapter.title.text.trim(), &chapter.heading);
        if entry.title().is_empty() {
            let heading = chapter.heading.clone();
            return self.left_out(&heading, "a heading without words");
        }
        self.draft.sections.push(entry.with("body", text, &range));
    }

    /// Where a chapter begins; the end of the text behind the last one.
    fn start(&self, chapter: usize) -> usize {
        self.chapters.get(chapter).map_or(self.text.len(), |chapter| chapter.heading.start)
    }

    fn place(&self, range: &Range<usize>) -> Place {
        Place::bytes(Arc::clone(&self.name), range.clone())
    }

    /// Tells what has no place in a roadmap.
    fn left_out(&mut self, range: &Range<usize>, what: &str) {
        let found = Diagnostic::new(Code::ImportLeftOut, self.place(range), format!("{what} was left out"));
        self.report.push(found.warning().help(
            "put it where a roadmap has room: a milestone's `description` or `goal`, an issue's `body`, a section of its own",
        ));
    }

    /// Tells a value that means nothing where it stands.
    fn left_out_value(&mut self, range: &Range<usize>, value: &str, help: &str) {
        let message = format!("`{}` was left out", value.trim());
        let found = Diagnostic::new(Code::ImportLeftOut, self.place(range), message);
        self.report.push(found.warning().help(help));
    }

    /// Says a value of an entry; one that differs from what it says already is told.
    fn say(
        &mut self,
        entry: &mut Entry,
        key: &'static str,
        value: impl Into<serde_json::Value>,
        range: &Range<usize>,
    ) {
        if !entry.say(key, value, range) {
            let first = entry.fields[key].range.clone();
            let found = Diagnostic::new(
                Code::ImportContradiction,
                self.place(range),
                format!("another `{key}` of `{}` than before", entry.id().unwrap_or(entry.title())),
            );
            let first = self.place(&first);
            self.report.push(found.warning().related(first, "what was taken").help("keep one of the two"));
        }
    }

    fn is_comment(&self, range: &Range<usize>) -> bool {
        self.text.get(range.clone()).is_some_and(|html| html.trim_start().starts_with("<!--"))
    }

    /// Tells a comment, unless it is one of ours.
    fn comment(&mut self, range: &Range<usize>) {
        let is_own = self.is_ours || self.text[range.clone()].to_lowercase().contains("roadbook");
        if !is_own {
            self.left_out(range, "this comment");
        }
    }

    fn is_work(&self, placed: &Placed, chapter: usize) -> bool {
        match &placed.block {
            Block::Table(rows) => match heads::of_roadmap(rows, self.speaks_of_milestones(chapter)) {
                Some((about, _)) => about != heads::About::Labels,
                None => !self.is_free(chapter) && lanes::is_of_lanes(rows),
            },
            Block::List(items) => self.is_list_of_issues(items, chapter),
            _ => false,
        }
    }
}

/// Gives an entry its title with the id before it, as GitHub gets it; where the title could not be told from the id then,
/// each by itself.
fn draft_title(entry: &mut Entry, id: Option<&str>, title: &str, range: &Range<usize>) {
    let title = title.trim();
    let title = if title.is_empty() { id.unwrap_or_default() } else { title };
    let Some(id) = id else {
        entry.say("title", title, range);
        return;
    };
    let joined = format!("{id}: {title}");
    let reads_back = |text: &str| {
        id_in_title(text) == Some(id) && Id::new(id).is_some_and(|id| title_without_id(text, &id) == title)
    };
    if id_in_title(title).is_some_and(|found| found.eq_ignore_ascii_case(id)) {
        entry.say("title", title, range);
    } else if values::is_id_word(id) && reads_back(&joined) && id != title {
        entry.say("title", joined, range);
    } else {
        entry.say("id", id, range);
        entry.say("title", title, range);
    }
}
