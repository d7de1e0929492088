//! What the heading of a milestone says beside its name: how it stands, and when it is due.

use std::{collections::BTreeSet, ops::Range};

use super::{
    Reading,
    days::{Behind, day_of_title, is_day},
};
use crate::{
    documents::vocabulary::{before_release, signed},
    import::draft::Entry,
    model::Purpose,
};

/// The name of a milestone and what is said beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named<'t> {
    /// The name.
    pub(super) name: &'t str,
    state: Option<&'static str>,
    day: Option<&'t str>,
}

impl<'t> Named<'t> {
    /// What a title says: signs and days at its ends are no part of the name; a title that is a day as a whole keeps it.
    pub(super) fn of(title: &'t str) -> Self {
        let mut named = Self { name: title.trim(), state: None, day: None };
        // The day may stand before or behind the sign.
        for _ in 0..2 {
            if let Some(said) = signed(named.name).filter(|_| named.state.is_none()) {
                named.state = Some(said.state);
                named.name = before_release(named.name).unwrap_or(&named.name[said.words]).trim();
            }
            if let Some(behind) = Behind::of(named.name).filter(|_| named.day.is_none()) {
                named.day = Some(behind.day);
                named.state = named.state.or(behind.is_done.then_some("closed"));
                named.name = behind.title.trim();
            }
        }
        named.day = named
            .day
            .or_else(|| day_of_title(named.name))
            .or_else(|| is_day(named.name).then_some(named.name));
        named
    }
}

impl Reading<'_> {
    /// What a title says of its milestone; one that `build` or a tracker wrote is a name as a whole.
    pub(super) fn named_by<'t>(&self, title: &'t str) -> Named<'t> {
        match self.is_ours || self.is_foreign {
            true => Named { name: title.trim(), state: None, day: None },
            false => Named::of(title),
        }
    }

    /// A milestone of this title.
    pub(super) fn entry_of_milestone(&mut self, title: &str, range: &Range<usize>) -> Entry {
        let named = self.named_by(title);
        let mut entry = Entry::at(range).with("title", named.name, range);
        self.say_named(&mut entry, &named, range);
        entry
    }

    /// The day behind the title of an issue, as a source writes it, and where the title ends before it. What stands behind a
    /// title that is done may be the day on which it was.
    pub(super) fn due_behind(
        &self,
        title: &str,
        state: Option<&str>,
        range: &Range<usize>,
    ) -> Option<(usize, String)> {
        let is_closed = state == Some("closed");
        let behind = Behind::of(title).filter(|it| !it.is_done && (it.is_told || !is_closed))?;
        let day = self.stated(behind.day, Purpose::Due, range).ok()?;
        Some((behind.title.len(), day))
    }

    /// Says of a milestone what its title says beside its name.
    pub(super) fn say_named(&mut self, entry: &mut Entry, named: &Named<'_>, range: &Range<usize>) {
        if let Some(state) = named.state {
            self.say(entry, "state", state, range);
        }
        let Some(day) = named.day.filter(|day| !day.eq_ignore_ascii_case("later")) else { return };
        self.note_years("", &[(day.to_owned(), range.start)], &BTreeSet::new());
        if let Ok(day) = self.stated(day, Purpose::Due, range) {
            self.say(entry, "due_on", day, range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_told_from_what_is_said_beside_it() {
        for (title, name, state, day) in [
            ("Phase 1: Local ✅", "Phase 1: Local", Some("closed"), None),
            ("✅ Phase 2: Net", "Phase 2: Net", Some("closed"), None),
            ("Phase 4: Gone (done)", "Phase 4: Gone", Some("closed"), None),
            ("v1.0 (Released)", "v1.0", Some("closed"), None),
            ("🚧 Phase 3", "🚧 Phase 3", Some("open"), None),
            ("v1.0 ✅ (2026-03-01)", "v1.0", Some("closed"), Some("2026-03-01")),
            ("v1.0 (released 2026-03-01)", "v1.0", Some("closed"), Some("2026-03-01")),
            ("M2 (due 2026-03-01)", "M2", None, Some("2026-03-01")),
            ("Plugins — Q4 2026", "Plugins", None, Some("Q4 2026")),
            ("Q3 2026", "Q3 2026", None, Some("Q3 2026")),
            ("March 2027: Beta", "March 2027: Beta", None, Some("March 2027")),
            ("Vision (2030)", "Vision (2030)", None, None),
            ("Q2 – Growth", "Q2 – Growth", None, Some("Q2")),
            ("2027: more", "2027: more", None, None),
        ] {
            assert_eq!(Named::of(title), Named { name, state, day }, "{title}");
        }
    }
}
