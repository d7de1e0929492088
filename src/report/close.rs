//! "Did you mean": the name that is close to one that nobody knows.

/// The candidate that is closest to `name`, where one is close enough to be meant: at most a third of its letters
/// differ (case apart). Of equally close ones the first wins.
pub(crate) fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let length = name.chars().count();
    let most = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= most)
        .map(|candidate| (strsim::osa_distance(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn close_names_are_found_and_far_ones_are_not() {
        assert_eq!(closest("dosc", ["bug", "docs", "dock"]), Some("docs"));
        assert_eq!(closest("DB-01", ["DB-001", "DB-011"]), Some("DB-001"));
        assert_eq!(closest("Area:DB", ["area:db"]), Some("area:db"));
        assert_eq!(closest("security", ["bug", "docs"]), None);
        assert_eq!(closest("x", []), None);
    }
}
