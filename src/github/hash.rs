//! A short name for a text, the same on every machine: FNV-1a of 128 bits.
//!
//! It tells whether a value has changed since it was last seen. Nobody gains by two texts of one hash: whoever can write
//! the second one could have left the first.
//!
//! Source: <http://www.isthe.com/chongo/tech/comp/fnv/>, the offset basis and the prime for 128 bits.

/// The hash before the first byte.
const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;

/// What the hash is multiplied by after each byte.
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The hash of texts in 32 hex digits. Where one ends and the next begins is part of it.
pub(super) fn hash<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash = BASIS;
    let mut take = |byte: u8| hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
    for part in parts {
        part.bytes().for_each(&mut take);
        // No text holds this byte.
        take(0xff);
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        assert_eq!(hash(["a", "b"]), hash(["a", "b"]));
        assert_ne!(hash(["a", "b"]), hash(["ab"]));
        assert_ne!(hash(["a", ""]), hash(["a"]));
    }

    #[test]
    fn no_bytes_hash_to_the_published_basis() {
        assert_eq!(hash([]), "6c62272e07bb014262b821756295c58d");
    }
}
