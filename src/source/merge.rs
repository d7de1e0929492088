//! Joins the files of a source into one [`Document`]: lists one after the other, everything else once.

use std::sync::Arc;

use super::{
    document::{Document, Origin, Sourced},
    parse::Parsed,
    schema::{Extra, File, Map},
};
use crate::report::{Code, Diagnostic, Place, Report};

/// One document out of the files, in their order; what two files give and only one may is reported, and the first holds.
///
/// `$schema` is for editors and speaks of its own file: each may have one.
pub fn merge(files: Vec<(Arc<str>, Parsed)>, report: &mut Report) -> Document {
    let (names, parsed): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    let mut document = Document { files: names, ..Document::default() };
    for (file, parsed) in parsed.into_iter().enumerate() {
        Join { document: &mut document, report, file }.all(parsed);
    }
    document
}

/// One file on its way into the document.
struct Join<'a> {
    document: &'a mut Document,
    report: &'a mut Report,
    file: usize,
}

impl Join<'_> {
    fn all(&mut self, mut parsed: Parsed) {
        self.lists(&mut parsed);
        self.maps(&mut parsed.file);
        self.head(parsed.file);
    }

    fn lists(&mut self, parsed: &mut Parsed) {
        self.list("milestones", parsed, |file| &mut file.milestones, |all| &mut all.milestones);
        self.list("issues", parsed, |file| &mut file.issues, |all| &mut all.issues);
        self.list("phases", parsed, |file| &mut file.phases, |all| &mut all.phases);
        self.list("sections", parsed, |file| &mut file.sections, |all| &mut all.sections);
        self.list("docs", parsed, |file| &mut file.docs, |all| &mut all.docs);
        self.list("labels", parsed, |file| &mut file.labels, |all| all.labels.get_or_insert_default());
        self.list(
            "label_groups",
            parsed,
            |file| &mut file.label_groups,
            |all| all.label_groups.get_or_insert_default(),
        );
    }

    /// Adds the items of a list with their origins, where the file gives the list.
    fn list<T, I: IntoIterator<Item = T>, L: Extend<Sourced<T>>>(
        &mut self,
        list: &'static str,
        parsed: &mut Parsed,
        of_file: fn(&mut File) -> &mut Option<I>,
        of_all: fn(&mut Document) -> &mut L,
    ) {
        let Some(items) = of_file(&mut parsed.file).take() else { return };
        let file = self.file;
        self.document.head_files.entry(list).or_insert(file);
        let mut places = parsed.places(list);
        of_all(self.document).extend(items.into_iter().map(|value| {
            let index = places.next().unwrap_or_default();
            Sourced { origin: Origin { file, index }, value }
        }));
    }

    fn maps(&mut self, file: &mut File) {
        if let Some(Map(rules)) = self.first("rules", file.rules.take()) {
            self.document.rules = rules.into_iter().map(|(code, rule)| (self.file, code, rule)).collect();
        }
        if let Some(Map(aliases)) = self.first("aliases", file.aliases.take()) {
            self.document.aliases = aliases.into_iter().map(|(from, to)| (self.file, from, to)).collect();
        }
        let extra = Some(std::mem::take(&mut file.extra)).filter(|Extra(value)| !value.is_null());
        if let Some(extra) = self.first("extra", extra) {
            self.document.extra = extra;
        }
    }

    fn head(&mut self, file: File) {
        if self.document.head.schema.is_none() {
            self.document.head.schema = file.schema;
        }
        self.once("roadbook", file.roadbook, |head| &mut head.roadbook);
        self.once("title", file.title, |head| &mut head.title);
        self.once("description", file.description, |head| &mut head.description);
        self.once("repository", file.repository, |head| &mut head.repository);
        self.once("mentions", file.mentions, |head| &mut head.mentions);
        self.once("github", file.github, |head| &mut head.github);
        self.once("as_of", file.as_of, |head| &mut head.as_of);
        self.once("outputs", file.outputs, |head| &mut head.outputs);
        self.once("summary", file.summary, |head| &mut head.summary);
        self.once("states", file.states, |head| &mut head.states);
        self.once("words", file.words, |head| &mut head.words);
        self.once("site", file.site, |head| &mut head.site);
    }

    fn once<T>(
        &mut self,
        key: &'static str,
        value: Option<T>,
        slot: impl FnOnce(&mut File) -> &mut Option<T>,
    ) {
        if let Some(value) = self.first(key, value) {
            *slot(&mut self.document.head) = Some(value);
        }
    }

    /// The value, where no file before this one gives one too.
    fn first<T>(&mut self, key: &'static str, value: Option<T>) -> Option<T> {
        let value = value?;
        if !self.document.head_files.contains_key(key) {
            self.document.head_files.insert(key, self.file);
            return Some(value);
        }
        let here = Place::json(Arc::clone(&self.document.files[self.file])).key(key).the_key();
        let first = self.document.head_place(key).the_key();
        let message = format!("`{key}` is given in two files");
        let finding = Diagnostic::new(Code::GivenTwice, here, message).related(first, "first given here");
        self.report.push(finding.help("keep it in one of the two files: only lists are joined"));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parse;

    fn merged(texts: &[&str]) -> (Document, Vec<Diagnostic>) {
        let mut report = Report::default();
        let parsed = texts.iter().enumerate().map(|(n, text)| {
            let name: Arc<str> = format!("{n}.json").into();
            let parsed = parse(&name, text.as_bytes().to_vec(), &mut report).unwrap();
            (name, parsed)
        });
        let parsed = parsed.collect();
        let document = merge(parsed, &mut report);
        (document, report.sorted())
    }

    #[test]
    fn lists_are_joined_in_the_order_of_the_files_and_keep_their_origins() {
        let (document, found) = merged(&[
            r#"{"title": "T", "issues": [{"title": "a"}, {}, {"title": "c"}], "docs": ["x.md"]}"#,
            r#"{"issues": [{"title": "d"}], "labels": []}"#,
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        let issues: Vec<_> =
            document.issues.iter().map(|i| (i.value.title.as_str(), i.origin.file, i.origin.index)).collect();
        assert_eq!(issues, [("a", 0, 0), ("c", 0, 2), ("d", 1, 0)]);
        assert_eq!(
            document.place("issues", document.issues[1].origin),
            Place::json("0.json").key("issues").index(2)
        );
        assert_eq!(document.docs[0].value, "x.md");
        assert_eq!(document.labels.map(|labels| labels.len()), Some(0));
        assert!(document.label_groups.is_none());
        assert_eq!((document.head.title.as_deref(), document.head_files["title"]), (Some("T"), 0));
        assert_eq!(document.head_files["labels"], 1);
    }

    #[test]
    fn what_is_given_once_may_stand_in_any_file() {
        let (document, found) = merged(&[
            r#"{"$schema": "s", "rules": {"a": "off"}, "extra": null}"#,
            r#"{"$schema": "s", "aliases": {"A-1": "A-2"}, "site": {"lang": "de"}, "extra": {"a": 1}}"#,
        ]);
        assert_eq!(found, []);
        assert_eq!((document.rules[0].0, document.rules[0].1.as_str()), (0, "a"));
        assert_eq!(document.aliases, [(1, "A-1".into(), "A-2".into())]);
        assert_eq!(document.extra.0["a"], 1);
        assert_eq!(document.head_place("site"), Place::json("1.json").key("site"));
    }

    #[test]
    fn what_two_files_give_is_told_with_both_places() {
        let one = r#"{"title": "T", "rules": {"a": "off"}, "extra": 1, "outputs": {}, "aliases": {}}"#;
        let (document, found) = merged(&[one, one, r#"{"title": null}"#]);
        let keys: Vec<_> = found.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            keys,
            ["aliases", "extra", "outputs", "rules", "title"]
                .map(|key| format!("`{key}` is given in two files"))
        );
        let title = &found[4];
        assert_eq!(
            (title.code, &title.place),
            (Code::GivenTwice, &Place::json("1.json").key("title").the_key())
        );
        assert_eq!(
            title.related,
            [(Place::json("0.json").key("title").the_key(), "first given here".into())]
        );
        assert_eq!(document.head.title.as_deref(), Some("T"));
    }
}
