//! `<!-- roadbook:allow CODE reason -->`: a finding that a document's author has looked at.

use std::{ops::Range, sync::Arc};

use crate::{
    markdown::read::Comment,
    report::{At, Diagnostic, Place, Report, closest},
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
    let mut report = found.map(|finding| {
        let At::Bytes(range) = &finding.place.at else { return Some(finding) };
        let allow =
            allows.iter().position(|allow| allow.code == finding.code && allow.covers.contains(&range.start));
        allow.inspect(|ix| used[*ix] = true).is_none().then_some(finding)
    });
    for (allow, used) in allows.iter().zip(used) {
        let place = Place::bytes(Arc::clone(&doc.path), allow.at.clone());
        if rules::find(&allow.code).is_none() {
            let codes = rules::RULES.iter().map(|rule| rule.code);
            let found = Diagnostic::new("unknown-rule", place, format!("there is no rule `{}`", allow.code));
            report.push(found.did_you_mean(closest(&allow.code, codes)));
        } else if !used {
            let message = format!("`{}` finds nothing here that would be allowed", allow.code);
            report.push(Diagnostic::new("unused-allow", place, message).help("remove the comment"));
        } else if !allow.has_reason {
            let message = format!("`{}` is allowed without a reason", allow.code);
            let help = "say why behind the code, for whoever reads this next";
            report.push(Diagnostic::new("unexplained-rule", place, message).help(help));
        }
    }
    report
}

fn allows(doc: &Doc, comments: &[Comment]) -> Vec<Allow> {
    let allow = |comment: &Comment| {
        let said = comment.text.strip_prefix("roadbook:allow")?;
        let (code, reason) = said.trim().split_once(char::is_whitespace).unwrap_or((said.trim(), ""));
        Some(Allow {
            code: code.to_owned(),
            has_reason: !reason.trim().is_empty(),
            at: comment.range.clone(),
            covers: covers(&doc.text, &comment.range),
        })
    };
    comments.iter().filter_map(allow).collect()
}

/// From the start of the comment's line to the blank line behind the words that follow it.
fn covers(text: &str, comment: &Range<usize>) -> Range<usize> {
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

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_comment_covers_its_paragraph_or_the_block_behind_it() {
        let text = "a\n\n<!-- c -->\n\nnext\nline\n\nfar\n";
        assert_eq!(&text[covers(text, &(3..13))], "<!-- c -->\n\nnext\nline\n");
        let text = "one <!-- c --> two\nthree\n\nfar\n";
        assert_eq!(&text[covers(text, &(4..14))], "one <!-- c --> two\nthree\n");
    }
}
