//! Mutations that know nothing of what the bytes mean.

use crate::random::Random;

/// The longest input that is made.
pub(crate) const MOST_BYTES: usize = 200_000;

/// What has surprised programs before, in any format.
const NASTY: &[&str] = &[
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "e\u{301}",
    "İ",
    "ß",
    "ﬀ",
    "🇩🇪",
    "👩‍👩‍👧",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    " ",
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "-1",
    "0",
    "-0",
    "1e999",
    "1e-999",
    "NaN",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "4294967296",
    "0.1",
    "1.7976931348623157e308",
    "2026-02-30",
    "2026-12-31",
    "0000-00-00",
    "9999-12-31",
    "+10000-01-01",
    "2027-Q1",
    "2027-H2",
    "later",
    "..",
    "../..",
    "/",
    "\\",
    "C:\\",
    "CON",
    "aux.md",
    ".git",
    "~",
    "%00",
    "%2e%2e%2f",
    "&#0;",
    "&amp;",
    "<!--",
    "-->",
    "--!>",
    "<script>",
    "</script>",
    "]]>",
    "javascript:",
    "data:",
    "http://[::1",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "\\u0000",
    "\\ud800",
    "\\udc00",
    "$(x)",
    "`x`",
    "'",
    "\"",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "@all",
    "#1",
    "owner/name#1",
    "a/b",
    "DB-001",
    "DB-999999999999999999999999",
    "A-1",
    "A-M1",
];

/// Bytes that are no UTF-8.
const BROKEN: &[&[u8]] =
    &[b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\xff\xfe"];

/// Changes an input a few times; `others` are what can be spliced in, `words` what its format is made of.
pub(crate) fn mutate(bytes: &mut Vec<u8>, others: &[&[u8]], words: &[&str], random: &mut Random) {
    for _ in 0..=random.below(6) {
        once(bytes, others, words, random);
    }
    bytes.truncate(MOST_BYTES);
}

fn once(bytes: &mut Vec<u8>, others: &[&[u8]], words: &[&str], random: &mut Random) {
    let (begin, end) = random.range(bytes.len());
    match random.below(16) {
        0 => flip(bytes, random),
        1 => drop(bytes.drain(begin..end)),
        2 => bytes.truncate(begin),
        3 | 4 => insert(bytes, begin, random.pick(NASTY).as_bytes()),
        5 => insert(bytes, begin, random.pick::<&[u8]>(BROKEN)),
        6..=8 => insert(bytes, begin, word(words, random)),
        9 => replace(bytes, begin..end, word(words, random)),
        10 => repeat(bytes, begin..end, random),
        11 => {
            let copy = bytes[begin..end].to_vec();
            let at = random.below(bytes.len() + 1);
            insert(bytes, at, &copy);
        }
        12 => splice(bytes, others, random),
        13 => number(bytes, random),
        14 => lines(bytes, random),
        _ => {
            let many = word(words, random).repeat(many(random));
            insert(bytes, begin, &many);
        }
    }
}

fn word<'w>(words: &[&'w str], random: &mut Random) -> &'w [u8] {
    if words.is_empty() { b"x" } else { random.pick(words).as_bytes() }
}

/// How often something is repeated: mostly a few times, at times very often.
fn many(random: &mut Random) -> usize {
    match random.below(12) {
        0 => 10_000,
        1 | 2 => 1_000,
        3..=5 => 120,
        _ => 1 + random.below(8),
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied().take(MOST_BYTES));
}

fn replace(bytes: &mut Vec<u8>, range: std::ops::Range<usize>, piece: &[u8]) {
    bytes.splice(range, piece.iter().copied());
}

fn flip(bytes: &mut [u8], random: &mut Random) {
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    bytes[at] ^= 1 << random.below(8);
}

fn repeat(bytes: &mut Vec<u8>, range: std::ops::Range<usize>, random: &mut Random) {
    let times = many(random).min(MOST_BYTES / range.len().max(1));
    let copies = bytes[range.clone()].repeat(times);
    insert(bytes, range.end, &copies);
}

fn splice(bytes: &mut Vec<u8>, others: &[&[u8]], random: &mut Random) {
    let Some(other) = (!others.is_empty()).then(|| *random.pick(others)) else { return };
    let (from, to) = (random.below(bytes.len() + 1), random.below(other.len() + 1));
    bytes.truncate(from);
    bytes.extend_from_slice(&other[to..]);
}

/// Puts another number in the place of one.
fn number(bytes: &mut Vec<u8>, random: &mut Random) {
    let from = random.below(bytes.len() + 1);
    let Some(begin) = bytes[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else { return };
    let length = bytes[begin..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let numbers =
        ["0", "1", "2", "99", "255", "65536", "4294967295", "9223372036854775808", "18446744073709551615"];
    replace(bytes, begin..begin + length, random.pick(&numbers).as_bytes());
}

/// Moves, doubles or drops a line.
fn lines(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (from, to) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(3) {
        0 => lines.swap(from, to),
        1 => lines.insert(to, lines[from].clone()),
        _ => drop(lines.remove(from)),
    }
    *bytes = lines.concat();
}
