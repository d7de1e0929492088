//! What git is told of the files of a roadmap: how they are merged, and which of them nobody reads in a review.

/// What stands above the lines that are added.
const HEAD: &str = "# Roadbook: merged by item and field (`roadbook init --merge` in each clone); what is generated is folded in reviews";

/// The name of the merge driver.
pub(crate) const DRIVER: &str = "roadbook";

/// What git runs for it. Of git before 2.43 the last two come as they are written, and are passed over.
pub(crate) const DRIVER_COMMAND: &str = "roadbook merge -- %O %A %B %P %X %Y";

/// A line for a file or a pattern of files.
pub(crate) struct Attributes {
    /// Its path from the folder of the file, or a pattern.
    pub(crate) path: String,
    /// Whether it is a pattern, of which `*` means any name.
    pub(crate) is_pattern: bool,
    /// Whether it is generated.
    pub(crate) is_generated: bool,
}

/// The text of a `.gitattributes` with these lines in it as well, every other byte as it was; `None` where it has all of them. A
/// pattern for which something is said of merging already is its owner's.
pub(crate) fn attributing(text: &str, wanted: &[Attributes]) -> Option<String> {
    let has = |pattern: &str| {
        let mut lines = text.lines().filter_map(|line| line.trim().strip_prefix(pattern));
        lines.any(|rest| {
            rest.split_whitespace().any(|word| word.trim_start_matches(['-', '!']).starts_with("merge"))
        })
    };
    let lines = wanted.iter().map(|it| (pattern(it), it.is_generated)).filter(|(pattern, _)| !has(pattern));
    let lines: Vec<_> = lines
        .map(|(pattern, is_generated)| {
            let generated = if is_generated { " linguist-generated" } else { "" };
            format!("{pattern} merge={DRIVER}{generated}")
        })
        .collect();
    (!lines.is_empty()).then(|| super::ignore::added(text, HEAD, lines.iter().map(String::as_str)))
}

/// A path as git reads it in this file: in quotes where it holds what would end it.
fn pattern(line: &Attributes) -> String {
    let mut path = String::from("/");
    for c in line.path.chars() {
        if "?[\\".contains(c) || (c == '*' && !line.is_pattern) {
            path.push('\\');
        }
        path.push(c);
    }
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '"';
    if path.chars().all(is_plain) { path } else { quoted(&path) }
}

/// A path between double quotes, with the escapes of C.
fn quoted(path: &str) -> String {
    let mut out = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() && c.is_ascii() => out.push_str(&format!("\\{:03o}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str, is_generated: bool) -> Attributes {
        Attributes { path: path.to_owned(), is_pattern: path.ends_with("/**"), is_generated }
    }

    #[test]
    fn lines_are_added_once_and_what_an_owner_says_stays() {
        let wanted = [line("roadmap/plan.json", false), line("site/**", true), line("a/SUMMARY.md", true)];
        let text = attributing("/site/** merge=ours\r\n", &wanted).expect("lines");
        assert_eq!(
            text,
            format!(
                "/site/** merge=ours\r\n\r\n{HEAD}\r\n/roadmap/plan.json merge=roadbook\r\n/a/SUMMARY.md merge=roadbook linguist-generated\r\n"
            )
        );
        assert_eq!(attributing(&text, &wanted), None);
    }

    #[test]
    fn a_path_is_one_pattern_that_means_it() {
        let of = |path: &str| pattern(&line(path, false));
        assert_eq!(of("my plans/a.json"), "\"/my plans/a.json\"");
        assert_eq!(of("a*[b]\"c\\d\n"), "\"/a\\\\*\\\\[b]\\\"c\\\\\\\\d\\012\"");
        assert_eq!(of("Дорога/*"), "/Дорога/\\*");
    }
}
