//! The index as scripts. They only call functions of `assets/search.js`, so that they work from `file://` as well.

use std::borrow::Cow;

use serde_json::json;

use super::{BLOCK, Item, MILESTONES, SearchIndex, words::BUCKETS};
use crate::{
    facts::{Facts, Status},
    model::Roadmap,
    render::{script::literal, status::StatusView},
};

/// The longest title that results show, in characters.
const MOST_TITLE: usize = 256;

/// A file of the index.
enum File {
    /// What there is, and all of it where it is little.
    Index,
    /// The titles of the items from this place on.
    Titles(usize),
    /// The words of a group that fall into this bucket.
    Words(usize, usize),
}

/// The statuses, by whose places titles tell theirs.
const STATUSES: [Status; 6] =
    [Status::Unknown, Status::Blocked, Status::Ready, Status::InProgress, Status::Done, Status::Dropped];

impl SearchIndex {
    /// How many files it has.
    pub(crate) fn files(&self) -> usize {
        if self.is_whole { 1 } else { 1 + self.blocks().count() + self.groups.len() * BUCKETS }
    }

    /// The path of a file inside the site.
    pub(crate) fn path(&self, file: usize) -> String {
        match self.file(file) {
            File::Index => "search/index.js".into(),
            File::Titles(place) => format!("search/titles-{}.js", self.number(place)),
            File::Words(group, bucket) => {
                format!("search/words-{}-{bucket}.js", self.number(self.first(group)))
            }
        }
    }

    /// A file's text.
    pub(crate) fn text(&self, file: usize, roadmap: &Roadmap, facts: &Facts) -> String {
        match self.file(file) {
            File::Index if self.is_whole => self.whole(roadmap, facts),
            File::Index => self.manifest(facts),
            File::Titles(place) => self.titles(place, roadmap, facts),
            File::Words(group, bucket) => self.words_of(group, bucket),
        }
    }

    /// All of it in one file.
    pub(super) fn whole(&self, roadmap: &Roadmap, facts: &Facts) -> String {
        let mut text = self.manifest(facts);
        self.blocks().for_each(|place| text += &self.titles(place, roadmap, facts));
        let all = (0..self.groups.len()).flat_map(|group| (0..BUCKETS).map(move |bucket| (group, bucket)));
        all.for_each(|(group, bucket)| text += &self.words_of(group, bucket));
        text
    }

    fn file(&self, file: usize) -> File {
        let Some(place) = file.checked_sub(1) else { return File::Index };
        match place.checked_sub(self.blocks().count()) {
            None => File::Titles(self.blocks().nth(place).unwrap_or_default()),
            Some(place) => File::Words(place / BUCKETS, place % BUCKETS),
        }
    }

    /// The places at which blocks of titles begin.
    fn blocks(&self) -> impl Iterator<Item = usize> {
        self.kinds().into_iter().flat_map(|kind| kind.step_by(BLOCK))
    }

    /// What the script must know to find the other files.
    fn manifest(&self, facts: &Facts) -> String {
        let groups: Vec<_> = (0..self.groups.len()).map(|group| self.number(self.first(group))).collect();
        // Where all of it is unknown, it is said of none.
        let is_known =
            facts.progress.knows_states() || facts.milestones.iter().any(|it| it.status != Status::Unknown);
        let statuses = STATUSES.iter().filter(|_| is_known).map(|status| {
            let view = StatusView::of(facts, *status);
            json!([view.said(), view.class])
        });
        let statuses: Vec<_> = statuses.collect();
        let manifest = json!({
            "milestones": MILESTONES, "block": BLOCK, "buckets": BUCKETS, "groups": groups, "statuses": statuses,
        });
        format!("roadbook.index({});\n", literal(&manifest))
    }

    /// A block of titles: the milestones that it names, then for each item its id, title, status and milestone, and whether the
    /// id only repeats the title.
    fn titles(&self, first: usize, roadmap: &Roadmap, facts: &Facts) -> String {
        let end = self.kinds().into_iter().find(|kind| kind.contains(&first)).map_or(first, |kind| kind.end);
        let mut milestones = Vec::<&str>::new();
        let mut line = |item| match item {
            Item::Issue(ix) => {
                let issue = &roadmap.issues[ix.0];
                let title = issue.milestone.get().map(|of| roadmap.milestones[of.0].title.as_str());
                let place = title.map(|title| {
                    let found = milestones.iter().position(|known| *known == title);
                    found.unwrap_or_else(|| {
                        milestones.push(title);
                        milestones.len() - 1
                    })
                });
                let names = (issue.id.as_str(), issue.own_id(), issue.short_title());
                entry(names, facts.issue(ix).status, place)
            }
            Item::Milestone(ix) => {
                let milestone = &roadmap.milestones[ix.0];
                let names = (milestone.id.as_str(), milestone.own_id(), milestone.title.as_str());
                entry(names, facts.milestone(ix).status, None)
            }
        };
        let places = first..end.min(first + BLOCK);
        let lines: Vec<_> = places.map(|place| line(self.item(place))).collect();
        let milestones: Vec<_> = milestones.into_iter().map(cut).collect();
        format!(
            "roadbook.titles({},{},[\n{}\n]);\n",
            self.number(first),
            literal(&milestones),
            lines.join(",\n")
        )
    }

    /// The place of the first item of a group.
    fn first(&self, group: usize) -> usize {
        self.batches[self.groups[group].start].places.start
    }

    /// The words of a group that fall into a bucket, one a line. Behind each stand the items that have it, each as how far
    /// it is from the one before, in base 36, and a letter from `A` that tells where the word stands in it.
    fn words_of(&self, group: usize, bucket: usize) -> String {
        let first = self.first(group);
        let held = self.batches[self.groups[group].clone()].iter().flat_map(|batch| {
            let start = batch.places.start - first;
            batch.words_in(bucket).map(move |(word, postings)| (word, start, postings))
        });
        let mut words: Vec<_> = held.collect();
        // As many sorted runs as there are batches, which a stable sort merges.
        words.sort_by_key(|(word, ..)| *word);
        let mut text = format!("roadbook.words({},{bucket},{{\n", self.number(first));
        text.reserve(words.iter().map(|(word, _, postings)| word.len() + 6 + 3 * postings.len()).sum());
        for (ix, of_word) in words.chunk_by(|one, next| one.0 == next.0).enumerate() {
            text.push_str(if ix > 0 { ",\n" } else { "" });
            push_word(of_word[0].0, &mut text);
            text.push_str(":\"");
            let mut last = 0;
            for (_, start, postings) in of_word {
                for posting in *postings {
                    let place = start + posting.place();
                    base36(place - last, &mut text);
                    text.push(char::from(b'A' + posting.fields() - 1));
                    last = place;
                }
            }
            text.push('"');
        }
        text.push_str("\n});\n");
        text
    }
}

/// A word as a literal: letters and digits, of which those of ASCII need no look.
fn push_word(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(["\"", word, "\""]);
    } else {
        out.push_str(&literal(&word));
    }
}

/// An item as a literal; what is not given at its end is left out.
fn entry((id, own, title): (&str, &str, &str), status: Status, milestone: Option<usize>) -> String {
    let (title, status) = (cut(title), STATUSES.iter().position(|known| *known == status));
    match (own.is_empty(), milestone) {
        (true, place) => literal(&(id, title, status, place, 1)),
        (false, Some(place)) => literal(&(id, title, status, place)),
        (false, None) => literal(&(id, title, status)),
    }
}

/// A title, cut where no result could show it.
fn cut(title: &str) -> Cow<'_, str> {
    match title.char_indices().nth(MOST_TITLE) {
        Some((end, _)) => format!("{}…", &title[..end]).into(),
        None => title.into(),
    }
}

/// A number in base 36; nothing for 0.
fn base36(number: usize, out: &mut String) {
    if number > 0 {
        base36(number / 36, out);
        out.push(char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]));
    }
}
