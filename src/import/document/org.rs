//! Outlines of org-mode: headlines with keywords, tags, planning lines and properties. Only what says something of a plan is read;
//! bodies stay as they are.

mod headlines;

use std::ops::Range;

use super::{
    Reading,
    tables::{add_extra, add_priority, add_to_body},
};
use crate::{
    documents::{
        Statement, values,
        vocabulary::{self, Certainty, Field},
    },
    import::draft::Entry,
    markdown::read::blocks::{Mark, MarkKind, Words},
    model::fields::CLOSED,
};
use headlines::{Headline, boxed, depth, depth_of, end_of, headlines, keywords, lines};

impl Reading<'_> {
    /// Reads the outline.
    pub(super) fn org(&mut self) {
        let keywords = keywords(self.text);
        let headlines = headlines(self.text, &keywords);
        self.org_beginning(headlines.first().map_or(self.text.len(), |first| first.range.start));
        let has_keywords = headlines.iter().any(|it| it.keyword.is_some())
            || self.text.lines().any(|line| boxed(line).is_some());
        // One headline above all others is the title of the whole.
        let lowest = headlines.iter().map(|it| it.level).min().unwrap_or_default();
        let is_one = headlines.len() > 1 && headlines.iter().filter(|it| it.level == lowest).count() == 1;
        let mut at = 0;
        if is_one
            && headlines[0].level == lowest
            && headlines[0].keyword.is_none()
            && self.draft.head.text("title").is_none()
            && depth(&headlines, 0) > 1
        {
            let range = headlines[0].range.clone();
            self.draft.head.say("title", headlines[0].title.as_str(), &range);
            self.org_description(&headlines[0]);
            at = 1;
        }
        while at < headlines.len() {
            let end = end_of(&headlines, at);
            self.org_part(&headlines[at..end], has_keywords);
            at = end;
        }
    }

    /// What is before the first headline: settings, and a description.
    fn org_beginning(&mut self, end: usize) {
        let mut text: Option<Range<usize>> = None;
        for (line, range) in lines(self.text, 0..end) {
            let setting = line.strip_prefix("#+").and_then(|line| line.split_once(':'));
            match setting.map(|(key, value)| (key.to_ascii_uppercase(), value.trim())) {
                Some((key, value)) if key == "TITLE" => {
                    self.draft.head.say("title", value, &range);
                }
                Some((key, _)) if ["TODO", "SEQ_TODO", "TYP_TODO"].contains(&key.as_str()) => {}
                Some(_) => self.left_out_value(&range, line, "it is a setting of org-mode"),
                None if line.trim().is_empty() => {}
                None => text = Some(text.map_or(range.start, |text| text.start)..range.end),
            }
        }
        if let Some(range) = text {
            let description = self.text[range.clone()].to_owned();
            let kept =
                description.lines().filter(|line| !line.starts_with("#+")).collect::<Vec<_>>().join("\n");
            self.draft.head.say("description", kept, &range);
        }
    }

    /// The body of the title of the whole.
    fn org_description(&mut self, headline: &Headline) {
        let (mut entry, known) =
            (Entry::at(&headline.range), self.draft.head.fields.contains_key("description"));
        self.org_body(&mut entry, headline, "description");
        if let Some(said) = entry.fields.remove("description") {
            match known {
                false => drop(self.draft.head.say("description", said.value, &said.range)),
                true => self.left_out(&said.range, "this text"),
            }
        }
    }

    /// A headline at the top with all below it.
    fn org_part(&mut self, part: &[Headline], has_keywords: bool) {
        let [first, below @ ..] = part else { return };
        let is_task = |it: &Headline| it.keyword.is_some() || !has_keywords;
        let direct = || below.iter().filter(|it| depth_of(below, it) == 1);
        let boxes = self.boxes(first);
        if first.keyword.is_none() && (direct().any(is_task) || !boxes.is_empty())
            || first.keyword.is_some() && direct().any(is_task)
        {
            return self.org_milestone(first, below, has_keywords);
        }
        if is_task(first) {
            return self.org_issue(first, None, None, below);
        }
        if below.iter().any(is_task) || below.iter().any(|it| !self.boxes(it).is_empty()) {
            // A headline that only groups milestones.
            self.left_out_value(&first.range, &first.title, "a roadmap has no level above milestones");
            let mut entry = Entry::at(&first.range);
            self.org_body(&mut entry, first, "description");
            if let Some(said) = entry.fields.get("description") {
                self.left_out(&said.range.clone(), "this text");
            }
            let mut at = 0;
            while at < below.len() {
                let end = at + end_of(&below[at..], 0);
                self.org_part(&below[at..end], has_keywords);
                at = end;
            }
            return;
        }
        let end = below.last().map_or(first.body.end, |last| last.body.end);
        let body = self.text[first.body.start..end].trim().to_owned();
        let entry = Entry::at(&first.range).with("title", first.title.as_str(), &first.range);
        self.draft.sections.push(entry.with("body", body, &(first.body.start..end)));
    }

    fn org_milestone(&mut self, first: &Headline, below: &[Headline], has_keywords: bool) {
        let mut entry = Entry::at(&first.range);
        super::draft_title(&mut entry, None, &first.title, &first.range);
        if let Some((_, is_done)) = &first.keyword {
            entry.say("state", if *is_done { "closed" } else { "open" }, &first.range);
        }
        if !first.tags.is_empty() {
            self.left_out_value(
                &first.range,
                &format!(":{}:", first.tags.join(":")),
                "milestones have no labels",
            );
        }
        if let Some(priority) = &first.priority {
            self.left_out_value(&first.range, &format!("[#{priority}]"), "milestones have no labels");
        }
        self.org_body(&mut entry, first, "description");
        let ix = match self.milestone_named(&first.title) {
            Some(ix) => {
                self.left_out(&first.range, "a second headline of this milestone");
                ix
            }
            None => self.milestone(entry),
        };
        for (text, state, range) in self.boxes(first) {
            let mut entry = Entry::at(&range).with("state", state, &range);
            let title = self.one_line_title(&mut entry, &text, &range);
            self.title_with_tail(&mut entry, None, &title, &range);
            self.issue(entry, Some(ix));
        }
        self.org_tasks(below, ix, has_keywords);
    }

    /// What is below the headline of a milestone: tasks, and groups of them.
    fn org_tasks(&mut self, below: &[Headline], milestone: usize, has_keywords: bool) {
        let mut at = 0;
        while at < below.len() {
            let end = at + end_of(&below[at..], 0);
            if below[at].keyword.is_some() || !has_keywords {
                self.org_issue(&below[at], Some(milestone), None, &below[at + 1..end]);
            } else {
                self.org_group(&below[at..end], milestone);
            }
            at = end;
        }
    }

    /// A headline without a keyword in a milestone: the tasks below it are the milestone's.
    fn org_group(&mut self, part: &[Headline], milestone: usize) {
        let [first, below @ ..] = part else { return };
        if below.iter().all(|it| it.keyword.is_none()) {
            let end = part.last().map_or(first.body.end, |last| last.body.end);
            return self.left_out(&(first.range.start..end), "this part of a milestone");
        }
        self.left_out(&(first.range.start..first.body.end), "this headline with the text below it");
        self.org_tasks(below, milestone, true);
    }

    fn org_issue(
        &mut self,
        headline: &Headline,
        milestone: Option<usize>,
        parent: Option<&str>,
        below: &[Headline],
    ) {
        let mut entry = Entry::at(&headline.range);
        let title = self.one_line_title(&mut entry, &headline.title, &headline.range);
        self.title_with_tail(&mut entry, None, &title, &headline.range);
        if entry.title().is_empty() {
            return self.left_out(&headline.range, "a headline without a title");
        }
        say_keyword(&mut entry, headline);
        if let Some(parent) = parent {
            entry.say("parent", parent, &headline.range);
        }
        if !headline.tags.is_empty() {
            entry.say("labels", headline.tags.clone(), &headline.range);
        }
        if let Some(priority) = &headline.priority {
            add_priority(&mut entry, &Words::of(priority.clone(), &headline.range));
        }
        self.org_body(&mut entry, headline, "body");
        // Headlines without a keyword below an issue are chapters of its text.
        let (chapters, rest) = below.split_at(below.iter().take_while(|it| it.keyword.is_none()).count());
        for text in chapters {
            let end = text.body.end;
            add_to_body(&mut entry, &self.text[text.range.start..end], &(text.range.start..end));
        }
        self.issue(entry, milestone);
        self.org_parts(rest, milestone);
    }

    /// The headlines below the last issue that are parts of it.
    fn org_parts(&mut self, rest: &[Headline], milestone: Option<usize>) {
        let last = self.draft.issues.len().saturating_sub(1);
        let mut at = 0;
        while at < rest.len() {
            self.identify(last);
            let parent = self.draft.issues.get(last).and_then(|issue| issue.id()).map(str::to_owned);
            let end = at + end_of(&rest[at..], 0);
            self.org_issue(&rest[at], milestone, parent.as_deref(), &rest[at + 1..end]);
            at = end;
        }
    }

    /// What is below a headline: days, properties, and the text, which goes to a field.
    fn org_body(&mut self, entry: &mut Entry, headline: &Headline, key: &'static str) {
        let (mut drawer, mut kept) = (None::<String>, Vec::new());
        let mut range = headline.body.end..headline.body.end;
        let takes_boxes = key == "body";
        for (line, at) in lines(self.text, headline.body.clone()) {
            let trimmed = line.trim();
            let name = trimmed.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
            match (&drawer, name) {
                (Some(_), Some(end)) if end.eq_ignore_ascii_case("end") => drawer = None,
                (Some(name), _) if name == "PROPERTIES" => self.org_property(entry, trimmed, &at),
                (Some(_), _) => self.left_out_value(&at, trimmed, "it is in a drawer of org-mode"),
                (None, Some(name)) if !name.contains([':', ' ']) => drawer = Some(name.to_ascii_uppercase()),
                (None, _) if kept.is_empty() && self.org_planning(entry, trimmed, &at) => {}
                (None, _) if !takes_boxes && boxed(line).is_some() => {}
                (None, _) => {
                    if !trimmed.is_empty() {
                        range = range.start.min(at.start)..at.end;
                    }
                    kept.push(line);
                }
            }
        }
        let text = kept.join("\n");
        if !text.trim().is_empty() {
            match key {
                "body" => add_to_body(entry, &text, &range),
                _ => drop(entry.say(key, text.trim(), &range)),
            }
        }
    }

    /// `DEADLINE: <2027-05-01 Sat>`, `SCHEDULED: …`, `CLOSED: […]`; whether the line is one of them.
    fn org_planning(&mut self, entry: &mut Entry, line: &str, range: &Range<usize>) -> bool {
        const WORDS: [(&str, Field); 3] =
            [("DEADLINE:", Field::Due), ("SCHEDULED:", Field::Start), ("CLOSED:", Field::Plain(&CLOSED))];
        let mut rest = line;
        if !WORDS.iter().any(|(word, _)| rest.starts_with(word)) {
            return false;
        }
        while let Some((word, field)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
            rest = rest[word.len()..].trim_start();
            let end = rest.find(['>', ']']).map_or(rest.len(), |end| end + 1);
            let stamp = rest[..end].trim_matches(['<', '>', '[', ']']);
            let day = stamp.split_whitespace().next().unwrap_or_default();
            self.org_said(entry, *field, day, range);
            for more in stamp.split_whitespace().skip(1).filter(|word| word.starts_with(['+', '.', '-'])) {
                self.left_out_value(range, more, "a roadmap has nothing that repeats");
            }
            rest = rest[end..].trim_start();
        }
        if !rest.is_empty() {
            self.left_out_value(range, rest, "only days are read here");
        }
        true
    }

    /// `:Effort: 3`.
    fn org_property(&mut self, entry: &mut Entry, line: &str, range: &Range<usize>) {
        let Some((name, value)) = line.trim_start_matches(':').split_once(':') else {
            return self.left_out_value(range, line, "it is no property");
        };
        let word = vocabulary::name(name);
        let word = if word == "custom id" { "id" } else { &word };
        match Field::named(word).map(|(field, _)| field) {
            Some(Field::Id) if entry.id().is_none() && values::id(value).is_some() => {
                entry.say("id", values::id(value).unwrap_or_default(), range);
            }
            Some(field)
                if !matches!(
                    field,
                    Field::Id
                        | Field::Title
                        | Field::Place
                        | Field::Count
                        | Field::Color
                        | Field::Description
                        | Field::Goal
                ) =>
            {
                self.org_said(entry, field, value.trim(), range);
            }
            _ => self.left_out_value(range, line, "a roadmap has no such property"),
        }
    }

    fn org_said(&mut self, entry: &mut Entry, field: Field, text: &str, range: &Range<usize>) {
        if vocabulary::is_nothing(text) {
            return;
        }
        let mut words = Words::of(text.to_owned(), range);
        if matches!(field, Field::Labels) {
            words.marks.push(Mark { kind: MarkKind::Code, within: 0..text.len(), range: range.clone() });
        }
        match field {
            Field::Priority => add_priority(entry, &words),
            _ => self.field_of_issue(entry, Statement { field, words: &words, certainty: Certainty::Sure }),
        }
    }

    /// The boxes of a list right below a headline: text, state, place.
    fn boxes(&self, headline: &Headline) -> Vec<(String, &'static str, Range<usize>)> {
        let all = lines(self.text, headline.body.clone());
        all.filter_map(|(line, range)| boxed(line).map(|(text, state)| (text.to_owned(), state, range)))
            .collect()
    }
}

/// What the keyword of a headline says of its state.
fn say_keyword(entry: &mut Entry, headline: &Headline) {
    let Some((keyword, is_done)) = &headline.keyword else { return };
    entry.say("state", if *is_done { "closed" } else { "open" }, &headline.range);
    if vocabulary::is_dropped(keyword) {
        entry.say("state_reason", "not_planned", &headline.range);
    }
    if vocabulary::says_more(keyword) {
        add_extra(entry, "status", keyword.as_str(), &headline.range);
    }
}
