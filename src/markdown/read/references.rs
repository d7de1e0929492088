//! Links by reference (`[name]`, with `[name]: address` elsewhere): where they say so, and where their addresses stand; and
//! where the lines of paragraphs end.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

/// A link or an image by reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct Reference {
    /// What names its definition, behind its words: `[name]`, `[]`, nothing.
    pub(in crate::markdown) tail: Range<usize>,
    /// Where it leads.
    pub(in crate::markdown) dest: String,
    /// Its title.
    pub(in crate::markdown) title: String,
}

/// What is written in one way and can be in another.
#[derive(Debug, Default)]
pub(in crate::markdown) struct References {
    /// The links and images by reference.
    pub(in crate::markdown) links: Vec<Reference>,
    /// The bytes of the definitions that they or others go by.
    pub(in crate::markdown) definitions: Vec<Range<usize>>,
    /// Where lines end within a paragraph; headings are left out.
    pub(in crate::markdown) line_ends: Vec<usize>,
}

/// What a text leads to by reference, and where its paragraphs go on in another line.
pub(in crate::markdown) fn references(text: &str) -> References {
    // Without alerts: the line of a marker is one as any other here.
    let mut events = Parser::new_ext(text, super::OPTIONS).into_offset_iter();
    let definitions = events.reference_definitions().iter().map(|(_, definition)| definition.span.clone());
    let mut found = References { definitions: definitions.collect(), ..References::default() };
    found.definitions.sort_by_key(|range| range.start);
    let mut in_heading = false;
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(
                Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. },
            ) => {
                let (dest, title) = (dest_url.into_string(), title.into_string());
                let link = tail(text, link_type, range).map(|tail| Reference { tail, dest, title });
                found.links.extend(link);
            }
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::SoftBreak if !in_heading => found.line_ends.push(range.start),
            _ => {}
        }
    }
    found
}

/// The bytes of what stands behind the words of a link, if it is one by reference.
fn tail(text: &str, kind: LinkType, link: Range<usize>) -> Option<Range<usize>> {
    let written = &text[link.clone()];
    let len = match kind {
        LinkType::Shortcut => 0,
        // Its range ends before the empty brackets.
        LinkType::Collapsed if text[link.end..].starts_with("[]") => return Some(link.end..link.end + 2),
        LinkType::Collapsed => written.ends_with("[]").then_some(2)?,
        LinkType::Reference => {
            let is_escaped = |at: usize| (at - written[..at].trim_end_matches('\\').len()) % 2 == 1;
            written.len() - written.rmatch_indices('[').map(|(at, _)| at).find(|at| !is_escaped(*at))?
        }
        _ => return None,
    };
    Some(link.end - len..link.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_told_with_where_it_leads() {
        let text = "[a], [b][], [c [d]][\\[e] ![f][a] [g](h) [i]\n\n[a]: x 'y'\n[b]: z\n> [\\[e]: w\n";
        let References { links, definitions, line_ends } = references(text);
        assert!(line_ends.is_empty());
        let told: Vec<_> = links.iter().map(|link| (&text[link.tail.clone()], link.dest.as_str())).collect();
        assert_eq!(told, [("", "x"), ("[]", "z"), ("[\\[e]", "w"), ("[a]", "x")]);
        let defined: Vec<_> = definitions.iter().map(|range| text[range.clone()].trim()).collect();
        assert_eq!(defined, ["[a]: x 'y'", "[b]: z", "[\\[e]: w"]);
    }
}
