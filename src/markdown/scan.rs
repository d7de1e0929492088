//! A look at a text for a byte that most texts do not hold.

/// How many bytes are looked at together: as many as a processor compares at once.
const AT_ONCE: usize = 16;

/// Where the first byte is of which this holds. Texts without one cost a fraction of a look at each byte, where the test
/// is a few comparisons that all are made (`|`, not `||`).
pub(crate) fn find(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let holds = |chunk: &[u8; AT_ONCE]| chunk.iter().fold(false, |any, &byte| any | is_wanted(byte));
    let (chunks, rest) = bytes.as_chunks::<AT_ONCE>();
    let from = AT_ONCE * chunks.iter().position(holds).unwrap_or(chunks.len());
    // What is less than a chunk is looked at with bytes before it.
    if from + rest.len() == bytes.len() && bytes.last_chunk().is_some_and(|last| !holds(last)) {
        return None;
    }
    bytes[from..].iter().position(|&byte| is_wanted(byte)).map(|at| from + at)
}

/// How often a byte is there.
pub(crate) fn count(bytes: &[u8], wanted: u8) -> usize {
    // As many as a byte can count, so that many are counted at once.
    let parts = bytes.chunks(usize::from(u8::MAX));
    parts.map(|part| usize::from(part.iter().map(|&byte| u8::from(byte == wanted)).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_wherever_it_stands() {
        for len in 0..3 * AT_ONCE {
            for at in 0..len {
                let mut bytes = vec![b'a'; len];
                bytes[at..].fill(b'b');
                assert_eq!(find(&bytes, |byte| byte == b'b'), Some(at));
            }
            assert_eq!(find(&vec![b'a'; len], |byte| byte == b'b'), None);
        }
    }

    #[test]
    fn all_are_counted_however_many_there_are() {
        for len in [0, 1, 255, 256, 600] {
            assert_eq!(count(&vec![b'a'; len], b'a'), len);
            assert_eq!(count(&vec![b'b'; len], b'a'), 0);
        }
    }
}
