//! The text of a file that other programs wrote: UTF-8, or UTF-16 as spreadsheets save it.

use std::sync::Arc;

use crate::{
    report::{Code, Diagnostic, Place, Report},
    source::decode,
};

/// The text of a document; `None` where it is none, which is told.
pub(crate) fn decoded(name: &Arc<str>, bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    let is_big = match bytes.as_slice() {
        [0xff, 0xfe, ..] => false,
        [0xfe, 0xff, ..] => true,
        // Without a mark the first character tells, which is one of ASCII.
        [0, second, ..] if *second != 0 => true,
        [first, 0, ..] if *first != 0 => false,
        _ => return decode(name, bytes, report),
    };
    let pairs = bytes.chunks_exact(2).map(|pair| match pair {
        [first, second] if is_big => u16::from_be_bytes([*first, *second]),
        [first, second] => u16::from_le_bytes([*first, *second]),
        _ => 0,
    });
    let read: Result<String, _> = char::decode_utf16(pairs).collect();
    let whole = bytes.len().is_multiple_of(2);
    if let (Ok(text), true) = (&read, whole) {
        return Some(text.clone());
    }
    let message = match read {
        Ok(_) => "this file is UTF-16 and ends within a character".to_owned(),
        Err(why) => {
            format!("this file is not UTF-16: 0x{:04X} means nothing where it is", why.unpaired_surrogate())
        }
    };
    report.push(
        Diagnostic::new(Code::Encoding, Place::file(Arc::clone(name)), message)
            .help("save the file as UTF-8"),
    );
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        let text = "Titel,Ämter 😀\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let read = |bytes: Vec<u8>| decoded(&Arc::from("a.csv"), bytes, &mut Report::default());
        for bytes in [little.clone(), big.clone(), text.as_bytes().to_vec()] {
            assert_eq!(read(bytes).as_deref(), Some(text));
        }
        let marked = [&[0xff, 0xfe], &*little].concat();
        assert_eq!(read(marked).as_deref(), Some(&*format!("\u{feff}{text}")));
        let mut report = Report::default();
        for bytes in [little[..little.len() - 1].to_vec(), vec![0xff, 0xfe, 0x3d, 0xd8], vec![b'a', 0x80]] {
            assert_eq!(decoded(&Arc::from("a.csv"), bytes, &mut report), None);
        }
        assert_eq!(report.iter().count(), 3);
    }
}
