//! A look at a text for a byte that most texts do not hold.

/// How many bytes are looked at together: as many as a processor compares at once.
const AT_ONCE: usize = 16;

/// Where the first byte is of which this holds. Texts without one cost a fraction of a look at each byte, where the test
/// is a few comparisons that all are made (`|`, not `||`).
pub(crate) fn find(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let holds = |chunk: &[u8; AT_ONCE]| chunk.iter().fold(false, |any, &byte| any | is_wanted(byte));
    let (chunks, rest) = bytes.as_chunks::<AT_ONCE>();
    let from = AT_ONCE * chunks.iter().position(holds).unwrap_or(chunks.len());
    if from + rest.len() == bytes.len() {
        // A part of a chunk, filled up with its own first byte.
        let mut last = [*rest.first()?; AT_ONCE];
        last[..rest.len()].copy_from_slice(rest);
        if !holds(&last) {
            return None;
        }
    }
    bytes[from..].iter().position(|&byte| is_wanted(byte)).map(|at| from + at)
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
}
