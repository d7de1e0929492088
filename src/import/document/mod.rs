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
mod plain_tables;
mod prose;
mod records;
mod references;
mod repositories;
mod roles;
mod sayings;
mod sheet;
mod tables;
mod whole;
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
    let is_picture = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with(['!', '[', '<']);
    let head = text.lines().find(|line| !is_picture(line)).unwrap_or_default();
    let file = name.rsplit('/').next().unwrap_or(name);
    [file, head].into_iter().any(vocabulary::is_plan)
}

/// Reads a document; `stated` is the repository that its front matter states.
fn read_with(name: &Arc<str>, text: &str, takes_bullets: bool, stated: Option<&str>) -> Read {
    let mut reading = Reading::new(name, text, takes_bullets);
    reading.chapters = chapters(text);
    reading.is_plan = is_plan(name, text);
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
            is_plan: false,
            plan: None,
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
    /// Whether it is a plan by its name or its title.
    is_plan: bool,
    /// The one part of another document that is a plan by its heading.
    plan: Option<usize>,
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
                None if self.is_free(chapter) => false,
                None => lanes::is_of_lanes(rows) || self.is_plain_table(rows, chapter),
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
