//! The texts in the site's scripts: whole literals, which are replaced where the scripts are copied.

use super::{Words, core};

/// The literals that people read, by script, as they stand between quotes.
const SCRIPTS: &[(&str, &[&str])] = &[
    (
        "assets/board.js",
        &[
            "Ready",
            "Open",
            "In progress",
            "Blocked",
            "Unknown",
            "Done",
            "Dropped",
            " day",
            " days",
            " waits for it",
            " wait for it",
            "waits for ",
            "contradicts itself",
            "overdue by ",
            "due ",
            ", in ",
            ", today",
            "from ",
            "closed ",
            "No ",
            "group",
            "Issues",
            "other",
            "several",
            " more",
            " of ",
            " issues",
            "The issues cannot be loaded.",
            "Clear",
            "later",
            "No issue matches what you chose.",
        ],
    ),
    (
        "assets/search.js",
        &[
            "Issue",
            "Milestone",
            " of ",
            ", found in its text",
            "Nothing found",
            "1 found",
            " found",
            "The search index cannot be loaded. Everything is listed below.",
        ],
    ),
    (
        "assets/theme.js",
        &[
            "search",
            "these keys",
            "next row, or issue",
            "previous row, or issue",
            "open the row",
            "filter",
            "open all that is folded, or fold it",
            "overview",
            "board",
            "timeline",
            "dependencies",
            "Theme: auto",
            "Theme: light",
            "Theme: dark",
            "Copy link",
            "Copied",
            "Keys",
            "Close",
            " Single keys are on",
        ],
    ),
];

/// The keys of all of them.
pub(super) fn texts() -> impl Iterator<Item = &'static str> {
    SCRIPTS.iter().flat_map(|(_, literals)| *literals).map(|literal| core(literal))
}

/// A script with its texts replaced.
pub(crate) fn translated(name: &str, script: &str, words: &Words) -> String {
    let literals = SCRIPTS.iter().filter(|(own, _)| *own == name).flat_map(|(_, literals)| *literals);
    let mut found: Vec<_> = literals
        .filter_map(|literal| {
            Some((format!("\"{literal}\""), literal.replace(core(literal), words.one(core(literal))?)))
        })
        .flat_map(|(quoted, own)| {
            let own = serde_json::to_string(&own).unwrap_or_default();
            let places: Vec<_> = script.match_indices(&quoted).map(|(at, _)| at).collect();
            places.into_iter().map(move |at| (at, quoted.len(), own.clone()))
        })
        .collect();
    // All are found before any is replaced: what takes the place of one may read as another.
    found.sort_by_key(|(at, ..)| *at);
    let (mut out, mut end) = (String::with_capacity(script.len()), 0);
    for (at, length, own) in found {
        out.push_str(&script[end..at]);
        out.push_str(&own);
        end = at + length;
    }
    out + &script[end..]
}

#[cfg(test)]
mod tests {
    use super::{super::Text, *};

    #[test]
    fn a_text_is_replaced_once_and_stays_one_literal() {
        let own = |(key, own): (&str, &str)| (key.to_owned(), Text::One(own.to_owned()));
        let texts = [("Ready", "Done"), ("Done", "a\"</script>\n\\"), ("of", "Ready")].map(own);
        let words = Words { texts: texts.into(), rules: None };
        let script = r#"f("Ready", 1 + " of " + "Done", "Ready")"#;
        assert_eq!(
            translated("assets/board.js", script, &words),
            r#"f("Done", 1 + " Ready " + "a\"</script>\n\\", "Done")"#
        );
    }

    #[test]
    fn each_literal_stands_in_its_script() {
        let scripts = [
            include_str!("../../templates/assets/board.js"),
            include_str!("../../templates/assets/search.js"),
            include_str!("../../templates/assets/theme.js"),
        ];
        for ((name, literals), script) in SCRIPTS.iter().zip(scripts) {
            for literal in *literals {
                assert!(script.contains(&format!("\"{literal}\"")), "{name} has no \"{literal}\"");
            }
        }
    }
}
