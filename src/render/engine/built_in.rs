//! The templates and assets that are built into the program.

/// Builds the table of built-in templates out of their names.
macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        /// The templates that are built into the program: name and text.
        pub const BUILT_IN: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../templates/", $name)))),*];
    };
}

built_in![
    "markdown/LABELS.md",
    "markdown/SUMMARY.md",
    "markdown/milestone.md",
    "markdown/regions/commands.md",
    "markdown/regions/format.md",
    "markdown/regions/labels.md",
    "markdown/regions/milestone.md",
    "markdown/regions/overview.md",
    "markdown/regions/rules.md",
    "markdown/regions/stats.md",
    "markdown/regions/views.md",
    "report/report.html",
    "site/404.html",
    "site/alias.html",
    "site/board.html",
    "site/changes.html",
    "site/feed.atom",
    "site/filter.html",
    "site/graph.html",
    "site/issue.html",
    "site/label.html",
    "site/labels.html",
    "site/layout.html",
    "site/milestone.html",
    "site/overview.html",
    "site/parts.html",
    "site/phases.html",
    "site/search.html",
    "site/table.html",
    "site/timeline.html",
    "site/unplanned.html",
];

/// Builds the table of built-in assets out of their names.
macro_rules! assets {
    ($($name:literal),* $(,)?) => {
        /// The files that the site's pages load, built into the program: name and text. They are copied, never rendered.
        pub(crate) const ASSETS: &[(&str, &str)] =
            &[$((concat!("assets/", $name), include_str!(concat!("../../../templates/assets/", $name)))),*];
    };
}

assets!["board.js", "graph.js", "pictures.css", "search.js", "site.css", "theme.js"];

/// The front page of several roadmaps: no roadmap's own, and so in no folder of templates.
const FRONT: (&str, &str) = ("fleet/front.html", include_str!("../../../templates/fleet/front.html"));

/// All templates that are built in, name and text: those that users may put others in the place of, and the front page.
pub(crate) fn our_templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILT_IN.iter().copied().chain([FRONT])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_of_the_folder_is_built_in() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let found: std::collections::BTreeSet<_> = walkdir::WalkDir::new(&folder)
            .into_iter()
            .filter_map(|entry| entry.ok().filter(|entry| entry.file_type().is_file()))
            .filter_map(|entry| Some(entry.path().strip_prefix(&folder).ok()?.to_str()?.replace('\\', "/")))
            // What a repository is given once is no template of a page, and nobody's to override.
            .filter(|name| !name.starts_with("setup/") && name != FRONT.0)
            .collect();
        let names = BUILT_IN.iter().chain(ASSETS).map(|(name, _)| (*name).to_owned());
        assert_eq!(names.collect::<std::collections::BTreeSet<_>>(), found);
    }
}
