//! What git is not to see.

/// What stands above the lines that are added.
const HEAD: &str = "# Roadbook: a journal of this machine, and what is built anew wherever it is needed";

/// The text of a `.gitignore` with these patterns in it as well, every other byte as it was; `None` where it has all of them.
pub(crate) fn ignoring(text: &str, patterns: &[String]) -> Option<String> {
    let plain = |line: &str| line.trim().trim_matches('/').to_owned();
    let has = |pattern: &String| text.lines().any(|line| plain(line) == plain(pattern));
    let missing: Vec<_> = patterns.iter().filter(|pattern| !has(pattern)).map(String::as_str).collect();
    if missing.is_empty() {
        return None;
    }
    Some(added(text, HEAD, missing.into_iter()))
}

/// A text with these lines behind what it says, below a line that tells whose they are.
pub(super) fn added<'l>(text: &str, head: &'l str, lines: impl Iterator<Item = &'l str>) -> String {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = text.to_owned();
    let gaps = usize::from(!text.is_empty()) + usize::from(!text.is_empty() && !text.ends_with('\n'));
    new.push_str(&line_end.repeat(gaps));
    let head = (!text.contains(head)).then_some(head);
    for line in head.into_iter().chain(lines) {
        new.push_str(line);
        new.push_str(line_end);
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignoring_both(text: &str) -> Option<String> {
        ignoring(text, &["roadbook.journal.jsonl".to_owned(), "/site/".to_owned()])
    }

    #[test]
    fn what_is_missing_is_added_behind_what_is_there() {
        assert_eq!(ignoring_both("").as_deref(), Some(&*format!("{HEAD}\nroadbook.journal.jsonl\n/site/\n")));
        let crlf = format!("a\r\nsite\r\n\r\n{HEAD}\r\nroadbook.journal.jsonl\r\n");
        assert_eq!(ignoring_both("a\r\nsite\r\n"), Some(crlf));
        assert_eq!(ignoring_both("a"), Some(format!("a\n\n{HEAD}\nroadbook.journal.jsonl\n/site/\n")));
    }

    #[test]
    fn a_second_time_nothing_is_added() {
        let once = ignoring_both("a\n").expect("it is added");
        assert_eq!(ignoring_both(&once), None);
    }
}
