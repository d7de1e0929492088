//! The roadmap that a repository without one begins with: a small one that says how to go on.

/// Its text.
const TEMPLATE: &str = include_str!("../../templates/setup/roadmap.json");

/// What differs from repository to repository.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start<'a> {
    /// The minor version, as `0.1`.
    pub(crate) minor: &'a str,
    /// What the repository is called.
    pub(crate) name: &'a str,
    /// Where the file will stand.
    pub(crate) path: &'a str,
    /// Today, in two weeks and in four, as the source writes days.
    pub(crate) days: [&'a str; 3],
}

/// The JSON of it.
pub(crate) fn starting_roadmap(start: Start<'_>) -> String {
    let quoted = |text: &str| {
        let text = serde_json::Value::from(text).to_string();
        text[1..text.len() - 1].to_owned()
    };
    let [today, soon, later] = start.days;
    TEMPLATE
        .replace("@minor@", start.minor)
        .replace("@name@", &quoted(start.name))
        .replace("@path@", &quoted(start.path))
        .replace("@today@", today)
        .replace("@in 14 days@", soon)
        .replace("@in 28 days@", later)
}
