//! All findings of a run, of which it holds so many of one kind.
//!
//! A source of a million labels can have a fault in each. Nobody reads a million findings, and to hold them would take a
//! hundred times the memory of the source: of one code and severity the first are kept, and the others are counted.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{Code, Diagnostic, Severity};

/// How many findings of one code and severity are kept. The largest roadmaps have about as many issues.
pub(crate) const MOST_KEPT: usize = 10_000;

/// A code, and how much its findings weigh.
pub(crate) type Kind = (Code, Severity);

/// All findings of a run. Their order is the order of their places, whichever thread found them first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Diagnostic>,
    /// How many of each kind are in `findings`.
    kept: BTreeMap<Kind, usize>,
    /// Fingerprints of those that are not: a finding that is found twice is one.
    omitted: BTreeMap<Kind, BTreeSet<u64>>,
    is_whole: bool,
}

impl Report {
    /// A report that keeps every finding: for what is looked through before it is added to another.
    pub(crate) fn whole() -> Self {
        Self { is_whole: true, ..Self::default() }
    }

    /// Adds a finding.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let kind = (diagnostic.code, diagnostic.severity);
        let kept = self.kept.entry(kind).or_default();
        *kept += 1;
        // Twice as many are let in before they are sorted, so that each is sorted once or twice.
        let is_full = *kept >= 2 * MOST_KEPT && !self.is_whole;
        self.findings.push(diagnostic);
        if is_full {
            self.thin(kind);
        }
    }

    /// Adds all findings of another report.
    pub(crate) fn extend(&mut self, other: Report) {
        other.findings.into_iter().for_each(|finding| self.push(finding));
        for (kind, omitted) in other.omitted {
            self.omitted.entry(kind).or_default().extend(omitted);
        }
    }

    /// The findings that are kept, sorted by place, then code, then words.
    pub(crate) fn sorted(self) -> Vec<Diagnostic> {
        self.sorted_and_omitted().0
    }

    /// The same, and how many of each kind are not among them.
    pub(crate) fn sorted_and_omitted(mut self) -> (Vec<Diagnostic>, BTreeMap<Kind, usize>) {
        self.sort();
        let omitted = self.omitted();
        (self.findings, omitted)
    }

    /// Sorts the findings, of each kind no more than are kept.
    fn sort(&mut self) {
        let full = self.kept.iter().filter(|(_, kept)| **kept > MOST_KEPT).map(|(kind, _)| *kind);
        full.collect::<Vec<_>>().into_iter().for_each(|kind| self.thin(kind));
        sort(&mut self.findings);
    }

    /// The findings that are kept, in the order in which they were found.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter()
    }

    /// How many of each kind are not kept; only kinds of which there are such.
    pub(crate) fn omitted(&self) -> BTreeMap<Kind, usize> {
        self.omitted.iter().map(|(kind, omitted)| (*kind, omitted.len())).collect()
    }

    /// How many were found of each kind, those that are not kept included.
    pub(crate) fn counts(&self) -> BTreeMap<Kind, usize> {
        let mut counts = self.kept.clone();
        for (kind, omitted) in self.omitted() {
            *counts.entry(kind).or_default() += omitted;
        }
        counts
    }

    /// Keeps and changes findings: `None` drops one. Those that are only counted stay counted.
    #[must_use]
    pub(crate) fn map(self, change: impl FnMut(Diagnostic) -> Option<Diagnostic>) -> Self {
        let mut changed = Self { omitted: self.omitted, is_whole: self.is_whole, ..Self::default() };
        self.findings.into_iter().filter_map(change).for_each(|finding| changed.push(finding));
        changed
    }

    /// Gives all findings of a kind another severity: `None` drops them, those that are only counted included.
    #[must_use]
    pub(crate) fn weigh(self, mut weight: impl FnMut(Kind) -> Option<Severity>) -> Self {
        let mut weighed = Self { is_whole: self.is_whole, ..Self::default() };
        for (kind, omitted) in self.omitted {
            if let Some(severity) = weight(kind) {
                weighed.omitted.entry((kind.0, severity)).or_default().extend(omitted);
            }
        }
        for mut finding in self.findings {
            if let Some(severity) = weight((finding.code, finding.severity)) {
                finding.severity = severity;
                weighed.push(finding);
            }
        }
        weighed
    }

    /// Leaves at most so many findings of a kind, those that are only counted included.
    pub(crate) fn truncate(&mut self, kind: Kind, most: usize) {
        let mut room = most;
        self.findings.retain(|finding| {
            let is_of_kind = (finding.code, finding.severity) == kind;
            let stays = !is_of_kind || room > 0;
            room -= usize::from(is_of_kind && stays);
            stays
        });
        self.kept.insert(kind, most - room);
        let omitted = self.omitted.remove(&kind).unwrap_or_default();
        let omitted: BTreeSet<_> = omitted.into_iter().take(room).collect();
        if !omitted.is_empty() {
            self.omitted.insert(kind, omitted);
        }
    }

    /// The same in the order of the places, each finding once.
    #[must_use]
    pub(crate) fn in_order(mut self) -> Self {
        self.sort();
        let mut ordered = Self { omitted: self.omitted, is_whole: self.is_whole, ..Self::default() };
        self.findings.into_iter().for_each(|finding| ordered.push(finding));
        ordered
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.omitted.is_empty()
    }

    /// Keeps the first of a kind, and a fingerprint of each of the others.
    fn thin(&mut self, kind: Kind) {
        let findings = std::mem::take(&mut self.findings).into_iter();
        let (mut of_kind, others): (Vec<_>, Vec<_>) =
            findings.partition(|finding| (finding.code, finding.severity) == kind);
        sort(&mut of_kind);
        if of_kind.len() > MOST_KEPT {
            let rest = of_kind.drain(MOST_KEPT..).map(|finding| fingerprint(&finding));
            self.omitted.entry(kind).or_default().extend(rest);
        }
        self.kept.insert(kind, of_kind.len());
        self.findings = others;
        self.findings.append(&mut of_kind);
    }
}

/// Sorts findings by place, then code, then words; what is found twice is one finding.
fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
    findings.dedup();
}

fn fingerprint(finding: &Diagnostic) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&finding.place, &finding.message).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Place, locate};

    const MANY: usize = 3 * MOST_KEPT;
    const MANY_OF: Code = Code::DeadLink;

    fn finding(code: Code, n: usize) -> Diagnostic {
        Diagnostic::new(code, Place::json("a.json").key("labels").index(n), format!("number {n}"))
    }

    fn many() -> Report {
        let mut report = Report::default();
        (0..MANY).rev().for_each(|n| report.push(finding(MANY_OF, n)));
        report.push(finding(Code::BadId, 7));
        report
    }

    #[test]
    fn the_first_of_a_kind_are_kept_and_all_are_counted() {
        let report = many();
        assert!(report.iter().count() < 2 * MOST_KEPT + 1, "it never holds more than twice what it keeps");
        assert_eq!(report.counts()[&(MANY_OF, Severity::Error)], MANY);
        let (kept, omitted) = report.sorted_and_omitted();
        assert_eq!(omitted, [((MANY_OF, Severity::Error), MANY - MOST_KEPT)].into());
        assert_eq!(kept.len(), MOST_KEPT + 1);
        let first: Vec<_> = (0..MOST_KEPT).map(|n| finding(MANY_OF, n)).collect();
        assert!(kept.iter().filter(|found| found.code == MANY_OF).eq(&first), "whatever order they came in");
    }

    #[test]
    fn what_is_found_twice_is_counted_once() {
        let mut twice = many();
        twice.extend(many());
        let (kept, omitted) = twice.sorted_and_omitted();
        assert_eq!((kept.len(), omitted.values().sum()), (MOST_KEPT + 1, MANY - MOST_KEPT));
    }

    #[test]
    fn what_is_only_counted_is_weighed_too() {
        let warned = many().weigh(|(code, _)| (code == MANY_OF).then_some(Severity::Warning));
        assert_eq!(warned.counts()[&(MANY_OF, Severity::Warning)], MANY);
        assert!(warned.iter().all(|found| found.severity == Severity::Warning), "and the others are dropped");
        let off = many().weigh(|(code, severity)| (code != MANY_OF).then_some(severity));
        assert_eq!((off.iter().count(), off.omitted().len()), (1, 0));
    }

    #[test]
    fn a_whole_report_keeps_everything_until_it_is_added() {
        let mut whole = Report::whole();
        (0..MANY).for_each(|n| whole.push(finding(MANY_OF, n)));
        assert_eq!(whole.iter().count(), MANY);
        // Of those that are looked through nine in ten are allowed: none of them is counted.
        let rest = whole.map(|found| found.message.ends_with('1').then_some(found));
        let mut report = Report::default();
        report.extend(rest);
        assert_eq!(report.counts()[&(MANY_OF, Severity::Error)], MANY / 10);
        assert!(report.omitted().is_empty());
    }

    #[test]
    fn so_many_are_left_as_are_asked_for() {
        let kind = (MANY_OF, Severity::Error);
        for most in [0, 1, MOST_KEPT + 5, MANY + 1] {
            let mut report = many();
            report.truncate(kind, most);
            assert_eq!(report.counts()[&kind], most.min(MANY));
            assert_eq!(report.counts()[&(Code::BadId, Severity::Error)], 1);
        }
    }

    #[test]
    fn every_form_says_how_many_there_are() {
        struct Nothing;
        impl crate::report::Texts for Nothing {
            fn text(&self, _: &str) -> Option<std::sync::Arc<str>> {
                None
            }
        }
        let found = locate(many().weigh(|(_, severity)| Some(severity)), &Nothing);
        assert_eq!(found.count(Severity::Error), MANY + 1);
        let more = |shown: usize| format!("… and {} more `dead-link` errors", MANY - shown);

        let human = crate::report::human(&found, &Nothing, false, Some(20));
        assert!(human.contains(&more(20)), "{human}");
        let all = crate::report::human(&found, &Nothing, false, None);
        assert!(all.ends_with(&format!("{}\n", more(MOST_KEPT))));
        assert_eq!(crate::report::summary_line(&found), format!("{} errors", MANY + 1));

        let json: serde_json::Value =
            serde_json::from_str(&crate::report::json(&found, &crate::report::Envelope::default())).unwrap();
        assert_eq!(json["counts"]["errors"], MANY + 1);
        assert_eq!(json["counts"]["by_code"]["dead-link"], MANY);
        assert_eq!(json["omitted"], MANY - MOST_KEPT);
        assert_eq!(json["findings"].as_array().unwrap().len(), MOST_KEPT + 1);

        let sarif: serde_json::Value = serde_json::from_str(&crate::report::sarif(&found, &[])).unwrap();
        let told = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"];
        assert_eq!(told[0]["message"]["text"], more(MOST_KEPT));
        assert_eq!(told[0]["level"], "error");

        let commands = crate::report::annotations(&found);
        assert!(
            commands.ends_with(&format!("::error title=roadbook%3A dead-link::{}\n", more(49))),
            "{commands}"
        );
        assert_eq!(commands.lines().count(), 51);
    }
}
