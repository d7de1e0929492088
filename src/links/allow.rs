//! `<!-- roadbook:allow CODE reason -->`: a finding that a document's author has looked at.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    markdown::read::Comment,
    report::{At, Code, Diagnostic, Place, Report, closest},
    rules,
    source::Doc,
};

/// One such comment.
struct Allow {
    code: String,
    has_reason: bool,
    /// The bytes of the comment.
    at: Range<usize>,
    /// The bytes that it covers: what stands with it, up to the next blank line; a comment alone covers the block behind.
    covers: Range<usize>,
}

/// The findings that no comment of the document allows, and what is wrong with its comments.
pub(super) fn apply(doc: &Doc, comments: &[Comment], found: Report) -> Report {
    let allows = allows(doc, comments);
    let mut used = vec![false; allows.len()];
    // Those of a code in their order: each begins and ends behind the one before it.
    let mut of_code = BTreeMap::<&str, Vec<usize>>::new();
    for (ix, allow) in allows.iter().enumerate() {
        of_code.entry(&allow.code).or_default().push(ix);
    }
    let mut report = found.map(|finding| {
        let At::Bytes(range) = &finding.place.at else { return Some(finding) };
        let known = of_code.get(finding.code.word()).map_or(&[][..], Vec::as_slice);
        let allow = known.get(known.partition_point(|ix| allows[*ix].covers.end <= range.start)).copied();
        let allow = allow.filter(|ix| allows[*ix].covers.contains(&range.start));
        allow.inspect(|ix| used[*ix] = true).is_none().then_some(finding)
    });
    for (allow, used) in allows.iter().zip(used) {
        let place = Place::bytes(Arc::clone(&doc.path), allow.at.clone());
        if rules::find(&allow.code).is_none() {
            let found =
                Diagnostic::new(Code::UnknownRule, place, format!("there is no rule `{}`", allow.code));
            report.push(found.did_you_mean(closest(&allow.code, Code::words())));
        } else if !used {
            let message = format!("`{}` finds nothing here that would be allowed", allow.code);
            report.push(Diagnostic::new(Code::UnusedAllow, place, message).help("remove the comment"));
        } else if !allow.has_reason {
            let message = format!("`{}` is allowed without a reason", allow.code);
            let help = "say why behind the code, for whoever reads this next";
            report.push(Diagnostic::new(Code::UnexplainedRule, place, message).help(help));
        }
    }
    report
}

fn allows(doc: &Doc, comments: &[Comment]) -> Vec<Allow> {
    let lines = Lines::of(&doc.text);
    let allow = |comment: &Comment| {
        let said = comment.text.strip_prefix("roadbook:allow")?;
        let (code, reason) = said.trim().split_once(char::is_whitespace).unwrap_or((said.trim(), ""));
        Some(Allow {
            code: code.to_owned(),
            has_reason: !reason.trim().is_empty(),
            at: comment.range.clone(),
            covers: lines.covers(&doc.text, &comment.range),
        })
    };
    comments.iter().filter_map(allow).collect()
}

/// The lines of a text: where each begins, and the first one from there on that is blank, or is not.
struct Lines {
    starts: Vec<usize>,
    blank: Vec<usize>,
    words: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        let mut starts = vec![0];
        starts.extend(lines.iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        }));
        let (mut blank, mut words) = (vec![lines.len(); lines.len() + 1], vec![lines.len(); lines.len() + 1]);
        for (ix, line) in lines.iter().enumerate().rev() {
            let is_blank = line.trim().is_empty();
            blank[ix] = if is_blank { ix } else { blank[ix + 1] };
            words[ix] = if is_blank { words[ix + 1] } else { ix };
        }
        Self { starts, blank, words }
    }

    /// From the start of the comment's line to the blank line behind the words that follow it.
    fn covers(&self, text: &str, comment: &Range<usize>) -> Range<usize> {
        let line = |at: usize| self.starts.partition_point(|start| *start <= at) - 1;
        let start = self.starts[line(comment.start)];
        let next = line(comment.end).min(self.blank.len() - 1);
        let rest = self.starts.get(next + 1).map_or("", |end| &text[comment.end..*end]);
        let has_words = !text[start..comment.start].trim().is_empty() || !rest.trim().is_empty();
        let behind = (next + 1).min(self.blank.len() - 1);
        let first = if has_words { behind } else { self.words[behind] };
        // The rest of a comment's own line is blank, and ends what has words before it.
        let is_end =
            !text[start..comment.start].trim().is_empty() && rest.trim().is_empty() && !rest.is_empty();
        start..if is_end { comment.end } else { self.starts[self.blank[first]] }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::Lines;

    fn covers(text: &str, comment: &Range<usize>) -> Range<usize> {
        Lines::of(text).covers(text, comment)
    }

    /// The same, line by line.
    fn slowly(text: &str, comment: &Range<usize>) -> Range<usize> {
        let start = text[..comment.start].rfind('\n').map_or(0, |end| end + 1);
        let mut end = comment.end;
        let mut has_words = !text[start..comment.start].trim().is_empty();
        for line in text[comment.end..].split_inclusive('\n') {
            let is_blank = line.trim().is_empty();
            if is_blank && has_words {
                break;
            }
            has_words |= !is_blank;
            end += line.len();
        }
        start..end
    }

    #[test]
    fn what_is_covered_is_that_of_a_look_at_each_line() {
        let pieces = ["<!-- c -->", "a", "\n", "\n\n", " "];
        for number in 0..5_usize.pow(6) {
            let text: String = (0..6).map(|place| pieces[number / 5_usize.pow(place) % 5]).collect();
            for (at, comment) in text.match_indices("<!-- c -->") {
                let range = at..at + comment.len();
                assert_eq!(covers(&text, &range), slowly(&text, &range), "{text:?} at {at}");
            }
        }
    }

    #[test]
    fn a_comment_covers_its_paragraph_or_the_block_behind_it() {
        let text = "a\n\n<!-- c -->\n\nnext\nline\n\nfar\n";
        assert_eq!(&text[covers(text, &(3..13))], "<!-- c -->\n\nnext\nline\n");
        let text = "one <!-- c --> two\nthree\n\nfar\n";
        assert_eq!(&text[covers(text, &(4..14))], "one <!-- c --> two\nthree\n");
    }
}
