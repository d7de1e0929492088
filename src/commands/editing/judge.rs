//! Whether an edit may be written: not where the rules find an error in the edited source that was not in it before.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{FOR_PEOPLE, Session};
use crate::{
    cli::{Answer, Findings, Format},
    edit::{Preview, Rewrite},
    io::{Failure, Io},
    report::{At, Code, Diagnostic, JsonPath, Kind, Report, Severity, counted},
    rules,
};

/// References that lead nowhere. They are blocking, and yet an edit can mend them and needs nothing that they hide.
const MENDABLE: [Code; 7] = [
    Code::AmbiguousMilestone,
    Code::BadAlias,
    Code::BodyTwice,
    Code::UnknownBlocker,
    Code::UnknownLabel,
    Code::UnknownMilestone,
    Code::UnknownParent,
];

/// Whether a source has faults that hide what an edit has to know.
pub(super) fn is_unusable(report: &Report) -> bool {
    report.iter().any(|finding| rules::is_blocking(finding.code) && !MENDABLE.contains(&finding.code))
}

/// Judges the source as it would be; tells what is new and wrong in it, and says whether anything is.
pub(super) fn refuses(
    session: &Session<'_>,
    rewrites: &[Rewrite],
    renamed: &[Renamed],
    verb: &'static str,
    format: Answer,
) -> Result<bool, Failure> {
    judged(session, rewrites, renamed, |after| {
        let count = after.report.counts().values().sum();
        if count > 0 {
            let errors = counted(count, "new error");
            session.io.terminal.say(&format!("nothing was written: the source would have {errors}\n\n"));
            let format = if format == Answer::Json { Format::Json } else { Format::Human };
            after.tell(verb, &Findings { format, ..FOR_PEOPLE }, None, BTreeMap::new())?;
        }
        Ok(count > 0)
    })
}

/// The new errors of the source as it would be, in words, each with the file and the item that it is in.
pub(in crate::commands) fn faults(
    session: &Session<'_>,
    rewrites: &[Rewrite],
) -> Result<Vec<(Arc<str>, String, String)>, Failure> {
    judged(session, rewrites, &[], |after| {
        let fault = |finding: &Diagnostic| {
            let (_, file, item, _) = sameness(finding, &[], &[]);
            (file, item, finding.message.clone())
        };
        Ok(after.report.iter().map(fault).collect())
    })
}

/// Opens the source as it would be, with what is new and wrong in it for its report.
fn judged<T>(
    session: &Session<'_>,
    rewrites: &[Rewrite],
    renamed: &[Renamed],
    then: impl FnOnce(Session<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let preview = Preview::new(session.io.files, rewrites);
    let io = Io { files: &preview, ..*session.io };
    let (mut after, ..) = Session::open(&io, session.global, None)?;
    let new = added(&session.report, std::mem::take(&mut after.report), renamed, rewrites);
    // What is not written cannot be mended either.
    after.report = new.map(|finding| Some(Diagnostic { repair: None, ..finding }));
    then(after)
}

/// What makes two findings the same one, though an edit moved it or changed a day in its words. Of a reference that leads
/// nowhere the words count: it names what does not exist.
type Sameness = (Code, Arc<str>, String, Option<String>);

/// A former name and the one that took its place.
type Renamed = (String, String);

/// Of a finding in an edited source the item is the one that it was before the rewrites.
fn sameness(finding: &Diagnostic, renamed: &[Renamed], rewrites: &[Rewrite]) -> Sameness {
    let item = match &finding.place.at {
        At::Json(path, _) => {
            let item = JsonPath(path.0.iter().take(2).cloned().collect());
            let rewrite = rewrites.iter().find(|rewrite| rewrite.file == finding.place.file);
            rewrite.map_or_else(|| item.clone(), |rewrite| rewrite.former_path(&item)).to_string()
        }
        At::File | At::Bytes(_) => String::new(),
    };
    let words = rules::is_blocking(finding.code).then(|| {
        renamed.iter().fold(finding.message.clone(), |words, (old, new)| {
            words.replace(&format!("`{old}`"), &format!("`{new}`"))
        })
    });
    (finding.code, Arc::clone(&finding.place.file), item, words)
}

/// The errors that were not there before.
fn added(before: &Report, after: Report, renamed: &[Renamed], rewrites: &[Rewrite]) -> Report {
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
    let mut known = BTreeMap::<Sameness, usize>::new();
    for finding in before.iter().filter(|finding| is_error(finding)) {
        *known.entry(sameness(finding, renamed, &[])).or_default() += 1;
    }
    let many: BTreeSet<_> = before.omitted().into_keys().chain(after.omitted().into_keys()).collect();
    let (were, are) = (before.counts(), after.counts());
    let words: BTreeSet<_> = before.iter().map(|old| (&old.place, old.code, &old.message)).collect();
    // One that is word for word the same is surely not the new one of several.
    let rest = after.map(|finding| {
        let is_same = words.contains(&(&finding.place, finding.code, &finding.message));
        if is_same && let Some(count) = known.get_mut(&sameness(&finding, renamed, rewrites)) {
            *count = count.saturating_sub(1);
        }
        (is_error(&finding) && !is_same).then_some(finding)
    });
    let mut new = rest.map(|finding| match known.get_mut(&sameness(&finding, &[], rewrites)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            None
        }
        _ => Some(finding),
    });
    // Of a kind of which not all findings are kept, which are new cannot be said, but how many.
    for kind in many {
        let count = |counts: &BTreeMap<Kind, usize>| counts.get(&kind).copied().unwrap_or_default();
        let more = count(&are).saturating_sub(count(&were));
        new.truncate(kind, if kind.1 == Severity::Error { more } else { 0 });
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{MOST_KEPT, Place};

    fn report(findings: &[(Code, usize, &str)]) -> Report {
        let mut report = Report::default();
        for (code, item, words) in findings {
            let place = Place::json("a.json").key("issues").index(*item).key("x").index(words.len());
            report.push(Diagnostic::new(*code, place, *words));
        }
        report
    }

    fn new(
        before: &[(Code, usize, &str)],
        after: &[(Code, usize, &str)],
        renamed: Option<(&str, &str)>,
    ) -> Vec<String> {
        let renamed: Vec<_> =
            renamed.into_iter().map(|(old, new)| (old.to_owned(), new.to_owned())).collect();
        let added = added(&report(before), report(after), &renamed, &[]);
        added.iter().map(|finding| finding.message.clone()).collect()
    }

    #[test]
    fn only_what_was_not_there_before_is_new() {
        let before = [(Code::DueOrder, 1, "due 2026-01-01"), (Code::UnknownLabel, 1, "unknown `a`")];
        assert!(new(&before, &before, None).is_empty());
        assert!(new(&before, &[], None).is_empty());
        assert!(new(&before, &[(Code::DueOrder, 1, "due 2026-01-02")], None).is_empty());
        assert_eq!(new(&before, &[(Code::DueOrder, 2, "due 2026-01-02")], None), ["due 2026-01-02"]);
        let twice = [(Code::DueOrder, 1, "another"), (Code::DueOrder, 1, "due 2026-01-01")];
        assert_eq!(new(&before, &twice, None), ["another"]);
    }

    #[test]
    fn another_name_that_leads_nowhere_is_new_unless_it_is_the_renamed_one() {
        let before = [(Code::UnknownLabel, 1, "unknown `a`")];
        assert_eq!(new(&before, &[(Code::UnknownLabel, 1, "unknown `b`")], None), ["unknown `b`"]);
        assert!(new(&before, &[(Code::UnknownLabel, 1, "unknown `b`")], Some(("a", "b"))).is_empty());
    }

    #[test]
    fn of_more_findings_than_are_kept_the_numbers_are_compared() {
        // A report leaves out the first of them when it holds twice as many as it keeps.
        let all = 2 * MOST_KEPT + 5;
        let items = |items: std::ops::Range<usize>| {
            let mut report = Report::default();
            for item in items {
                let place = Place::json("a.json").key("issues").index(item).key("labels").index(0);
                report.push(Diagnostic::new(Code::UnknownLabel, place.clone(), format!("unknown `{item}`")));
                report.push(Diagnostic::new(Code::MadeId, place, "made").warning());
            }
            report
        };
        let new = |after| added(&items(0..all), items(after), &[], &[]).counts().values().sum::<usize>();
        assert!(!items(0..all).omitted().is_empty());
        assert_eq!(new(0..all), 0);
        assert_eq!(new(0..all + 2), 2);
        assert_eq!(new(0..2 * all), all, "also where the new ones are not among those that are kept");
        assert_eq!(new(1..all), 0, "what comes up where one is mended is not new");
    }
}
