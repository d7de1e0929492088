//! The accepted findings: what `check --accept` took over, so that a roadmap with old faults can be checked from today on.
//!
//! A file beside the JSON, committed and read in review: one sorted line for each kind of finding, with how many of it
//! there may be at most. It names no line, so that it stays as it is while a text moves.

use std::{collections::BTreeMap, fmt::Write, path::PathBuf, sync::Arc};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    Found, joined, objects,
    parse::{body, decode, mend},
};
use crate::{
    io::{Failure, Io, Limit},
    report::{Code, Diagnostic, Place, Report, neutral_json},
};

/// The name of the file beside the JSON.
pub(crate) const ACCEPTED: &str = "roadbook.accepted.json";

/// The version of the file that this program reads and writes.
const VERSION: u64 = 1;

/// What makes two findings the same one to whoever accepts them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Acceptable {
    /// The rule.
    pub(crate) code: String,
    /// The file that it was found in, from the root.
    pub(crate) file: String,
    /// The item of the roadmap that it was found in: an id, a label's name; nothing elsewhere.
    pub(crate) item: Option<String>,
    /// What is at fault.
    pub(crate) value: String,
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What is accepted.
    pub(crate) what: Acceptable,
    /// How many of it.
    pub(crate) count: usize,
}

/// The file as it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Accepted {
    /// Its name from the root.
    pub(crate) file: Arc<str>,
    /// The text that it held.
    pub(crate) text: Vec<u8>,
    /// Its lines, in their order.
    pub(crate) entries: Vec<Entry>,
}

/// The file as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u64,
    accepted: Vec<Line>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Line {
    code: String,
    file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    value: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u64,
}

fn one() -> u64 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_one(count: &u64) -> bool {
    *count == 1
}

impl Accepted {
    /// The place of a line.
    pub(crate) fn place(&self, line: usize) -> Place {
        Place::json(Arc::clone(&self.file)).key("accepted").index(line)
    }

    /// How many of each kind are accepted.
    pub(crate) fn counts(&self) -> BTreeMap<&Acceptable, usize> {
        let mut counts = BTreeMap::new();
        for Entry { what, count } in &self.entries {
            // A line that a merge doubled accepts no more than it says.
            let known = counts.entry(what).or_insert(*count);
            *known = (*known).max(*count);
        }
        counts
    }
}

/// The bytes of a file that accepts these: the same for the same findings on every machine.
pub(crate) fn accepted_text(counts: &BTreeMap<Acceptable, usize>) -> String {
    let mut text = format!("{{\n  \"version\": {VERSION},\n  \"accepted\": [");
    for (place, (what, count)) in counts.iter().enumerate() {
        let Acceptable { code, file, item, value } = what.clone();
        let line = Line { code, file, item, value, count: u64::try_from(*count).unwrap_or(u64::MAX) };
        let comma = if place > 0 { "," } else { "" };
        let json = serde_json::to_string(&line).unwrap_or_default();
        let _ = write!(text, "{comma}\n    {}", neutral_json(json));
    }
    text.push_str(if counts.is_empty() { "]" } else { "\n  ]" });
    text + "\n}\n"
}

/// Where the file is.
pub(crate) fn accepted_path(found: &Found) -> PathBuf {
    found.root.join(joined(&found.base, ACCEPTED))
}

/// Reads the file, where there is one; `None` also where it cannot be used, which the report then says.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn read_accepted(
    io: &Io<'_>,
    found: &Found,
    report: &mut Report,
) -> Result<Option<Accepted>, Failure> {
    let read = io.files.read_inside(&found.root, &accepted_path(found), Limit::Document)?;
    let file: Arc<str> = joined(&found.base, ACCEPTED).into();
    Ok(read.and_then(|bytes| parse_accepted(&file, bytes, report)))
}

/// Reads the text of such a file, as strictly as the source: what nobody can read must not be taken for nothing accepted.
pub(crate) fn parse_accepted(file: &Arc<str>, bytes: Vec<u8>, report: &mut Report) -> Option<Accepted> {
    let text = decode(file, bytes, report)?;
    let written = match objects::from_str::<Written>(body(&text)) {
        Ok(written) => written,
        Err(_) => {
            let help = "keep the lines of both sides that are needed, then: roadbook check --accept";
            report.extend(faults::<Written>(file, &text, help));
            return None;
        }
    };
    let mut found = Report::default();
    let top = || Place::json(Arc::clone(file));
    if written.version != VERSION {
        let message = format!(
            "this file is of version `{}`, and this Roadbook reads version `{VERSION}`",
            written.version
        );
        let help = "use the Roadbook that wrote it, or a later one";
        found.push(Diagnostic::new(Code::WrongType, top().key("version"), message).help(help));
    }
    for (line, _) in written.accepted.iter().enumerate().filter(|(_, line)| line.count == 0) {
        let place = top().key("accepted").index(line).key("count");
        let message = "`count` says how many are accepted, and is 0";
        found.push(
            Diagnostic::new(Code::WrongType, place, message).help("write 1 or more, or remove the line"),
        );
    }
    let is_sound = found.is_empty();
    report.extend(found);
    let entry = |Line { code, file, item, value, count }| Entry {
        what: Acceptable { code, file, item, value },
        count: usize::try_from(count).unwrap_or(usize::MAX),
    };
    let entries = written.accepted.into_iter().map(entry).collect();
    is_sound.then(|| Accepted { file: Arc::clone(file), text: text.into_bytes(), entries })
}

/// Everything that is wrong with a text of which nothing can be used; `conflict` is what to do about both sides of one.
pub(super) fn faults<T: DeserializeOwned + JsonSchema>(
    file: &Arc<str>,
    text: &str,
    conflict: &str,
) -> Report {
    let mut report = Report::default();
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value();
    let _: Option<(T, _)> = mend(file, text, &schema, &mut report);
    report.map(|finding| {
        Some(match finding.code {
            Code::ConflictMarkers => finding.help(conflict),
            _ => Diagnostic { repair: None, ..finding },
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "roadmap/roadbook.accepted.json";

    fn read(text: &str) -> (Option<Accepted>, Vec<String>) {
        let mut report = Report::default();
        let read = parse_accepted(&FILE.into(), text.into(), &mut report);
        (
            read,
            report.sorted().into_iter().map(|found| format!("{}: {}", found.code, found.message)).collect(),
        )
    }

    fn what(item: Option<&str>, value: &str) -> Acceptable {
        let [code, file] = ["dead-link", "roadmap/a.json"].map(str::to_owned);
        Acceptable { code, file, item: item.map(str::to_owned), value: value.to_owned() }
    }

    #[test]
    fn what_is_written_is_read_again_a_line_for_each() {
        let counts = BTreeMap::from([
            (what(Some("A-1"), "b\u{202e}\"\\\n"), 2),
            (what(None, "x"), 1),
            (what(Some("A-1"), "a"), 1),
        ]);
        let text = accepted_text(&counts);
        assert_eq!(text.lines().count(), 8, "{text}");
        assert!(text.contains(r#"{"code":"dead-link","file":"roadmap/a.json","value":"x"}"#), "{text}");
        assert!(text.contains(r#""value":"b\u202e\"\\\n","count":2}"#), "{text}");
        let (read, found) = read(&text);
        assert_eq!(found, [""; 0]);
        let read = read.expect("an accepted file");
        let again: BTreeMap<_, _> =
            read.counts().into_iter().map(|(what, count)| (what.clone(), count)).collect();
        assert_eq!(again, counts);
        assert_eq!(accepted_text(&again), text);
    }

    #[test]
    fn an_empty_one_is_whole() {
        let text = accepted_text(&BTreeMap::new());
        assert_eq!(text, "{\n  \"version\": 1,\n  \"accepted\": []\n}\n");
        assert!(read(&text).0.is_some());
    }

    #[test]
    fn a_line_that_a_merge_doubled_accepts_no_more() {
        let line = r#"{ "code": "x", "file": "a", "value": "v", "count": 2 }"#;
        let (read, _) = read(&format!(r#"{{ "version": 1, "accepted": [{line}, {line}] }}"#));
        assert_eq!(read.expect("a file").counts().into_values().collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn what_is_wrong_is_told_as_in_the_source() {
        let of = |text: &str| {
            let (read, found) = read(text);
            assert!(read.is_none(), "{text}");
            found.join("\n")
        };
        let line =
            |more: &str| format!(r#"{{ "version": 1, "accepted": [{{ "code": "x", "file": "a"{more} }}] }}"#);
        for (text, code) in [
            ("[]", Code::WrongType),
            ("{", Code::Syntax),
            (r#"{ "version": 1 }"#, Code::MissingKey),
            (r#"{ "version": 2, "accepted": [] }"#, Code::WrongType),
            (r#"{ "version": 1, "accepted": {} }"#, Code::WrongType),
            (r#"{ "version": 1, "accepted": [], "acepted": [] }"#, Code::UnknownKey),
            (r#"{ "version": 1, "version": 1, "accepted": [] }"#, Code::DuplicateKey),
            (&line(""), Code::MissingKey),
            (&line(r#", "value": 1"#), Code::WrongType),
            (&line(r#", "value": "v", "line": 3"#), Code::UnknownKey),
            (&line(r#", "value": "v", "count": 0"#), Code::WrongType),
            (&line(r#", "value": "v", "count": -1"#), Code::WrongType),
            (&line(r#", "value": "v", "count": "2""#), Code::WrongType),
            (
                "{ \"version\": 1, \"accepted\": [\n<<<<<<< a\n=======\n>>>>>>> b\n] }\n",
                Code::ConflictMarkers,
            ),
        ] {
            assert!(of(text).starts_with(code.word()), "{text}: {}", of(text));
        }
    }
}
