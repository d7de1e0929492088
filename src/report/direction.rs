//! Characters that turn the direction in which a text is shown: one table for all who refuse, name or spell them out.
//! Source: Unicode UAX #9 and UTS #55; "Trojan Source" (CVE-2021-42574).

/// Embeddings, overrides and isolates: they turn what follows, whatever it is.
pub(crate) fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The same, and the marks that have a direction and no shape (U+061C, U+200E, U+200F): in a text from right to left they are
/// at home, and no sink that is read line by line needs them.
pub(crate) fn is_direction(c: char) -> bool {
    turns(c) || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the workflow `roadbook-comment` lets through is written in jq, where no function of ours can be called.
    #[test]
    fn the_workflow_that_comments_lets_no_such_character_through() {
        let text = include_str!("../../templates/setup/comment.yml");
        let kept = "select(. == 9 or . == 10 or (. > 31 and . < 127) or (. > 159 and . < 1564)\n                \
                    or (. > 1564 and . < 8206) or (. > 8207 and . < 8234) or (. > 8238 and . < 8294) or . > 8297)";
        assert!(text.contains(kept), "the list was changed: change this test with it");
        let gaps = [0..=8, 11..=31, 127..=159, 1564..=1564, 8206..=8207, 8234..=8238, 8294..=8297];
        let is_kept = |c: char| !gaps.iter().any(|gap| gap.contains(&u32::from(c)));
        for c in '\0'..=char::MAX {
            let is_refused = is_direction(c) || (c.is_control() && !matches!(c, '\t' | '\n'));
            assert_eq!(is_kept(c), !is_refused, "{c:?}");
        }
    }
}
