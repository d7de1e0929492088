//! What would change in a file, as a unified diff that `git apply` and `patch -p1` take.
//!
//! This is the one module that knows `similar`. Lines end at `\n` alone and are kept byte for byte, so that CRLF files
//! and a missing last line end survive. No clock decides how good a diff is: the search is bounded by work, so the same
//! two texts give the same diff everywhere.

mod shown;

use std::{fmt::Write, ops::Range};

pub(crate) use shown::{coloured, plain, shortened};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

/// The most lines, old and new together and without what both texts begin and end with, in which a short diff is
/// searched; beyond, they are replaced as one block. The search grows a little faster than the lines: this many take
/// two seconds where they are the worst that could be found (random ones of fifty kinds), and milliseconds else.
const MOST_LINES: usize = 400_000;

/// The diff from `old` to `new` of the file `path` (from the root, `/`-separated), empty where nothing differs.
///
/// `None` is a file that is not there, so that creating and deleting a file, be it an empty one, are diffs too.
pub(crate) fn unified(path: &str, old: Option<&str>, new: Option<&str>, context: usize) -> String {
    if old == new {
        return String::new();
    }
    let (a, b) = (quoted("a/", path), quoted("b/", path));
    let mut diff = format!("diff --git {a} {b}\n");
    match (old, new) {
        (None, _) => diff.push_str("new file mode 100644\n"),
        (_, None) => diff.push_str("deleted file mode 100644\n"),
        _ => {}
    }
    let old_lines = lines(old.unwrap_or_default());
    let new_lines = lines(new.unwrap_or_default());
    if old_lines == new_lines {
        return diff;
    }
    // A tab ends a name with a space in it, as git writes it: what follows would be a date.
    let tab = if path.contains(' ') { "\t" } else { "" };
    let name = |side: Option<&str>, name: String| side.map_or("/dev/null".into(), |_| name + tab);
    let _ = write!(diff, "--- {}\n+++ {}\n", name(old, a), name(new, b));
    for hunk in group_diff_ops(operations(&old_lines, &new_lines), context) {
        write_hunk(&mut diff, &hunk, &old_lines, &new_lines);
    }
    diff
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(new).take_while(same).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(same).count();
    let (old_len, new_len) = (old.len() - head - tail, new.len() - head - tail);
    if old_len + new_len <= MOST_LINES {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    let equal = |old_index, new_index, len| DiffOp::Equal { old_index, new_index, len };
    let middle = DiffOp::Replace { old_index: head, old_len, new_index: head, new_len };
    vec![equal(0, 0, head), middle, equal(head + old_len, head + new_len, tail)]
}

/// The lines that differ: those of the old text, each with what stands in their place.
pub(crate) fn replaced(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let changes = operations(old, new).into_iter().filter(|op| op.tag() != DiffTag::Equal);
    changes.map(|op| (op.old_range(), op.new_range())).collect()
}

fn write_hunk(diff: &mut String, hunk: &[DiffOp], old: &[&str], new: &[&str]) {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { return };
    let before = first.old_range().start..last.old_range().end;
    let after = first.new_range().start..last.new_range().end;
    let _ = writeln!(diff, "@@ -{} +{} @@", extent(&before), extent(&after));
    for op in hunk {
        if let DiffOp::Equal { .. } = op {
            write_lines(diff, ' ', &old[op.old_range()]);
        } else {
            write_lines(diff, '-', &old[op.old_range()]);
            write_lines(diff, '+', &new[op.new_range()]);
        }
    }
}

/// Lines as a hunk's head tells them: the first one from 1, or the one before where there is none, and how many.
fn extent(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        n => format!("{},{n}", lines.start + 1),
    }
}

fn write_lines(diff: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        diff.push(sign);
        diff.push_str(line);
        if !line.ends_with('\n') {
            diff.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// A name as git writes it: in quotes, with octal bytes, where it holds more than printable ASCII.
fn quoted(side: &str, path: &str) -> String {
    let plain = |byte: u8| (b' '..0x7f).contains(&byte) && byte != b'"' && byte != b'\\';
    if path.bytes().all(plain) {
        return format!("{side}{path}");
    }
    let mut name = format!("\"{side}");
    for byte in path.bytes() {
        match byte {
            b'\n' => name.push_str("\\n"),
            b'\t' => name.push_str("\\t"),
            b'\r' => name.push_str("\\r"),
            b'"' | b'\\' => name.extend(['\\', char::from(byte)]),
            _ if plain(byte) => name.push(char::from(byte)),
            _ => {
                let _ = write!(name, "\\{byte:03o}");
            }
        }
    }
    name + "\""
}

#[cfg(test)]
mod tests;
