//! What coding agents are given: a block in AGENTS.md, and a skill.
//!
//! Neither holds a word of the roadmap: its titles and ids may be anybody's, and an agent reads these files as instructions.

/// The file that agents read first.
pub(crate) const AGENTS: &str = "AGENTS.md";

/// Where skills are read from in a repository, by the convention that agents share; one vendor's reads a folder of its own.
pub(crate) const SKILLS: [(&str, &str); 2] =
    [(".agents", "skills/roadbook/SKILL.md"), (".claude", "skills/roadbook/SKILL.md")];

/// The skill: how the roadmap is read and edited, with examples that are run by the tests.
pub(crate) const SKILL: &str = include_str!("../../templates/setup/skill.md");

/// What tells our skill from another one of that name.
const MARK: &str = "<!-- Written by `roadbook init --agents`";

const BLOCK: &str = include_str!("../../templates/setup/agents.md");
const BEGIN: &str = "<!-- begin roadbook agents";
const END: &str = "<!-- end roadbook agents -->";

/// Whether a skill is ours to write over.
pub(crate) fn is_our_skill(text: &str) -> bool {
    text.contains(MARK)
}

/// An AGENTS.md with the block in it, every other byte as it was; the line ends are those of the file.
///
/// # Errors
/// Where its markers do not enclose one block.
pub(crate) fn with_block(text: &str) -> Result<String, &'static str> {
    let ends =
        if text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')) { "\r\n" } else { "\n" };
    let block = BLOCK.replace('\n', ends);
    match (places(text, BEGIN)[..].as_ref(), places(text, END)[..].as_ref()) {
        ([], []) => {
            let gap = match text {
                "" => "",
                _ if text.ends_with("\n\n") || text.ends_with("\n\r\n") => "",
                _ if text.ends_with('\n') => ends,
                _ => &ends.repeat(2),
            };
            Ok(format!("{text}{gap}{block}"))
        }
        ([begin], [end]) if begin.start < end.start => {
            // The line end behind the block stays as it is.
            let block = block.trim_end();
            Ok(format!("{}{block}{}", &text[..begin.start], &text[end.end..]))
        }
        _ => Err(
            "its markers `<!-- begin roadbook agents` and `<!-- end roadbook agents -->` do not enclose one block",
        ),
    }
}

/// The lines that begin with a marker, without their line ends.
fn places(text: &str, marker: &str) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        start += line.len();
        start - line.len()..start - line.len() + line.trim_end().len()
    });
    lines.filter(|line| text[line.clone()].starts_with(marker)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_comes_behind_what_is_there_and_every_other_byte_stays() {
        for text in
            ["", "# Rules", "# Rules\n", "# Rules\n\n", "\u{feff}# Rules\r\n\r\nDo.\r\n", "a\n\nb  \n"]
        {
            let once = with_block(text).expect("a block");
            assert!(once.starts_with(text), "{text:?}");
            assert_eq!(once.contains('\r'), text.contains('\r'), "{text:?}");
            assert_eq!(with_block(&once).as_ref(), Ok(&once), "a second time changes nothing");
            let after = format!("{once}\n## More\n\nEnd");
            assert_eq!(with_block(&after), Ok(after.clone()));
            let older = after.replace("- Find work", "- Look for work");
            assert_ne!(older, after);
            assert_eq!(with_block(&older), Ok(after), "an older block is brought up to date in its place");
        }
    }

    #[test]
    fn markers_that_enclose_no_block_are_refused() {
        let whole = with_block("").expect("a block");
        for text in [
            whole.replace(END, ""),
            whole.replace(BEGIN, "<!-- "),
            format!("{END}\n{BEGIN} -->\n"),
            format!("{whole}{whole}"),
        ] {
            assert!(with_block(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_skill_is_told_from_another_one_and_has_what_agents_look_for() {
        assert!(is_our_skill(SKILL) && !is_our_skill("---\nname: roadbook\n---\n"));
        let head = SKILL
            .strip_prefix("---\nname: roadbook\ndescription: ")
            .and_then(|rest| rest.split_once("\n---\n"));
        let (description, _) = head.expect("front matter of two fields");
        assert!(description.len() <= 500 && !description.contains(": "), "{description}");
    }
}
