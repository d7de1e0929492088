//! The index as scripts. They only call functions of `assets/search.js`, so that they work from `file://` as well.

use serde_json::{Value, json};

use super::{BLOCK, Fields, Item, MILESTONES, SearchIndex, words::BUCKETS};
use crate::{
    facts::{Facts, Status},
    model::Roadmap,
    render::script::literal,
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
const STATUSES: [Status; 5] =
    [Status::Unknown, Status::Blocked, Status::Ready, Status::InProgress, Status::Done];

impl SearchIndex {
    /// How many files it has.
    pub fn files(&self) -> usize {
        if self.is_whole { 1 } else { 1 + self.blocks().count() + self.groups.len() * BUCKETS }
    }

    /// The path of a file inside the site.
    pub fn path(&self, file: usize) -> String {
        match self.file(file) {
            File::Index => "search/index.js".into(),
            File::Titles(place) => format!("search/titles-{}.js", self.number(place)),
            File::Words(group, bucket) => {
                format!("search/words-{}-{bucket}.js", self.number(self.groups[group].start))
            }
        }
    }

    /// A file's text.
    pub fn text(&self, file: usize, roadmap: &Roadmap, facts: &Facts) -> String {
        match self.file(file) {
            File::Index if self.is_whole => self.whole(roadmap, facts),
            File::Index => self.manifest(),
            File::Titles(place) => self.titles(place, roadmap, facts),
            File::Words(group, bucket) => self.words_of(group, bucket),
        }
    }

    /// All of it in one file.
    pub(super) fn whole(&self, roadmap: &Roadmap, facts: &Facts) -> String {
        let mut text = self.manifest();
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
    fn manifest(&self) -> String {
        let groups: Vec<_> = self.groups.iter().map(|group| self.number(group.start)).collect();
        let statuses = STATUSES.map(|status| {
            let view = crate::render::site::StatusView::from(status);
            json!([view.words, view.class])
        });
        let manifest = json!({
            "milestones": MILESTONES, "block": BLOCK, "buckets": BUCKETS, "groups": groups, "statuses": statuses,
        });
        format!("roadbook.index({});\n", literal(&manifest))
    }

    /// A block of titles: the milestones that it names, then for each item its id, title, status and milestone.
    fn titles(&self, first: usize, roadmap: &Roadmap, facts: &Facts) -> String {
        let end = self.kinds().into_iter().find(|kind| kind.contains(&first)).map_or(first, |kind| kind.end);
        let mut milestones = Vec::<&str>::new();
        let mut line = |item| match item {
            Item::Issue(ix) => {
                let issue = &roadmap.issues[ix.0];
                let mut line = entry(issue.id.as_str(), issue.short_title(), facts.issue(ix).status);
                if let Some(milestone) = issue.milestone.get() {
                    let title = roadmap.milestones[milestone.0].title.as_str();
                    let place = milestones.iter().position(|known| *known == title);
                    line.push(json!(place.unwrap_or(milestones.len())));
                    if place.is_none() {
                        milestones.push(title);
                    }
                }
                line
            }
            Item::Milestone(ix) => {
                let milestone = &roadmap.milestones[ix.0];
                entry(milestone.id.as_str(), &milestone.title, facts.milestone(ix).status)
            }
        };
        let places = first..end.min(first + BLOCK);
        let lines: Vec<_> = places.map(|place| literal(&Value::from(line(self.item(place))))).collect();
        let milestones: Vec<_> = milestones.into_iter().map(cut).collect();
        format!(
            "roadbook.titles({},{},[\n{}\n]);\n",
            self.number(first),
            literal(&json!(milestones)),
            lines.join(",\n")
        )
    }

    /// The words of a group that fall into a bucket, one a line. Behind each stand the items that have it, each as how far
    /// it is from the one before, in base 36, and a letter from `A` that tells where the word stands in it.
    fn words_of(&self, group: usize, wanted: usize) -> String {
        let group = self.groups[group].clone();
        let first = self.buckets.partition_point(|bucket| usize::from(*bucket) < wanted);
        let end = self.buckets.partition_point(|bucket| usize::from(*bucket) <= wanted);
        // As numbers, which are sorted fastest: the word, the item's place in the group, the fields.
        let mut postings = Vec::<u64>::new();
        for (place, item) in self.items[group.clone()].iter().enumerate() {
            let from = item.partition_point(|posting| posting.word() < first);
            let held = item[from..].iter().take_while(|posting| posting.word() < end);
            postings.extend(held.map(|posting| key(posting.word(), place, posting.fields())));
        }
        postings.sort_unstable();
        let mut text = format!("roadbook.words({},{wanted},{{\n", self.number(group.start));
        for (ix, of_word) in postings.chunk_by(|one, next| one >> WORD == next >> WORD).enumerate() {
            text.push_str(if ix > 0 { ",\n" } else { "" });
            push_word(&self.words[(of_word[0] >> WORD) as usize], &mut text);
            text.push_str(":\"");
            let mut last = 0;
            for posting in of_word {
                let place = (posting >> PLACE) as usize & MOST_ITEMS;
                base36(place - last, &mut text);
                text.push(char::from(b'A' + (posting & FIELDS) as u8 - 1));
                last = place;
            }
            text.push('"');
        }
        text.push_str("\n});\n");
        text
    }
}

/// Where the parts of a posting's key stand: the fields lowest, then the place of an item in its group, then the word.
const PLACE: u32 = 3;
const WORD: u32 = 35;
const FIELDS: u64 = 7;

/// The largest place of an item in its group.
const MOST_ITEMS: usize = u32::MAX as usize;

/// A posting as a number that sorts as word, place and fields do.
fn key(word: usize, place: usize, fields: Fields) -> u64 {
    (word as u64) << WORD | (place as u64) << PLACE | u64::from(fields)
}

/// A word as a literal: letters and digits, of which those of ASCII need no look.
fn push_word(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(["\"", word, "\""]);
    } else {
        out.push_str(&literal(&json!(word)));
    }
}

fn entry(id: &str, title: &str, status: Status) -> Vec<Value> {
    let status = STATUSES.iter().position(|known| *known == status);
    vec![json!(id), json!(cut(title)), json!(status)]
}

/// A title, cut where no result could show it.
fn cut(title: &str) -> String {
    match title.char_indices().nth(MOST_TITLE) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    }
}

/// A number in base 36; nothing for 0.
fn base36(mut number: usize, out: &mut String) {
    let mut digits = [0; 13];
    let mut from = digits.len();
    while number > 0 {
        from -= 1;
        digits[from] = b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
        number /= 36;
    }
    out.extend(digits[from..].iter().map(|digit| char::from(*digit)));
}
