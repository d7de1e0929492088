//! A file of texts beside the source: an object whose keys are texts, read as strictly as the source.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;

use super::{
    accepted::faults,
    objects,
    parse::{body, decode},
    schema::{Extra, Map},
};
use crate::report::Report;

/// Reads such a file; `None` where it cannot be used, which the report says. A key that is given twice is a fault, as in the source.
pub(crate) fn parse_texts(
    file: &Arc<str>,
    bytes: Vec<u8>,
    report: &mut Report,
) -> Option<BTreeMap<String, Value>> {
    let text = decode(file, bytes, report)?;
    match objects::from_str::<Map<Extra>>(body(&text)) {
        Ok(Map(texts)) => Some(texts.into_iter().map(|(key, Extra(value))| (key, value)).collect()),
        Err(_) => {
            report.extend(faults::<Map<Extra>>(file, &text, "keep the lines of both sides that are needed"));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Code;

    #[test]
    fn what_is_wrong_is_told_as_in_the_source() {
        for (text, code) in [
            (&b"{ \"a\": \"b\", \"a\": \"c\" }"[..], Code::DuplicateKey),
            (b"{ \"{n} days\": { \"one\": \"x\", \"one\": \"y\" } }", Code::DuplicateKey),
            (b"{ \"a\": \"b\" ", Code::Syntax),
            (b"[]", Code::WrongType),
            (
                b"{\n<<<<<<< ours\n\"a\": \"b\"\n=======\n\"a\": \"c\"\n>>>>>>> theirs\n}",
                Code::ConflictMarkers,
            ),
            (b"\xff\xfe{\x00}\x00", Code::Encoding),
            (b"{ \"a\": \"\xe4\" }", Code::Encoding),
        ] {
            let mut report = Report::default();
            let read = parse_texts(&"words.json".into(), text.to_vec(), &mut report);
            let codes: Vec<_> = report.sorted().into_iter().map(|found| found.code).collect();
            assert_eq!((read, codes), (None, vec![code]), "{}", String::from_utf8_lossy(text));
        }
        let mut report = Report::default();
        let read = parse_texts(&"w".into(), "\u{feff}{ \"a\": {} }".into(), &mut report).expect("texts");
        assert!(report.is_empty() && read.len() == 1);
    }
}
