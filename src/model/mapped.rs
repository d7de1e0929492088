//! What of an issue goes into one of an organization's issue fields, by the keys of `github.fields`.

use super::Roadmap;

/// What of an issue goes into an issue field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mapped {
    /// When it begins.
    StartOn,
    /// When it is due.
    DueOn,
    /// Its points.
    Estimate,
    /// Its label of a group, by the place in [`Roadmap::groups`].
    Group(usize),
}

impl Roadmap {
    /// What a key of `github.fields` names: a member of issues, else a label group by its prefix, with or without the `:`.
    pub(crate) fn mapped(&self, key: &str) -> Option<Mapped> {
        match key {
            "start_on" => Some(Mapped::StartOn),
            "due_on" => Some(Mapped::DueOn),
            "estimate" => Some(Mapped::Estimate),
            _ => {
                let prefix = key.strip_suffix(':').unwrap_or(key);
                let is_it = |prefix_of: &str| !prefix.is_empty() && prefix_of.eq_ignore_ascii_case(prefix);
                self.groups.iter().position(|group| is_it(&group.prefix)).map(Mapped::Group)
            }
        }
    }
}
