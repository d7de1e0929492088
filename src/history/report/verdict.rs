//! How it all stands, in a sentence: no more than is known.

use super::Report;
use crate::{facts::Status, report::counted, source::schema::Health};

impl Report<'_> {
    /// As `1 milestone is off track, 2 milestones are at risk.`; empty where no day says.
    pub(super) fn verdict(&self) -> String {
        let of = |health| self.milestones.iter().filter(|row| row.milestone.health == Some(health)).count();
        let are = |count: usize, noun: &str, how: &str| {
            let verb = if count == 1 { "is" } else { "are" };
            (count > 0).then(|| format!("{} {verb} {how}", counted(count, noun)))
        };
        let off = are(of(Health::OffTrack), "milestone", "off track");
        let risk = are(of(Health::AtRisk), "milestone", "at risk");
        let troubles: Vec<_> = off.into_iter().chain(risk).collect();
        let open = self.milestones.iter().filter(|row| !row.milestone.work.status.is_closed()).count();
        let on_track = of(Health::OnTrack);
        let health = match (troubles.is_empty(), on_track) {
            (false, _) => Some(format!("{}.", troubles.join(", "))),
            (true, 0) => None,
            (true, _) if on_track == open => Some("Every open milestone is on track.".into()),
            (true, _) => {
                are(on_track, "milestone", "on track; the others cannot be judged").map(|words| words + ".")
            }
        };
        let none = (self.late_is_known && self.overdue.is_empty()).then(|| "Nothing is overdue.".into());
        health.into_iter().chain(none).collect::<Vec<_>>().join(" ")
    }

    /// Whether anything waits for something, so that it can be said how much does.
    pub(super) fn has_order(&self) -> bool {
        let waits = |status: Status| status == Status::Blocked;
        self.milestones.iter().any(|row| waits(row.milestone.work.status)) || !self.blocked.is_empty()
    }
}
