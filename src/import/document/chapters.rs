//! A document as a row of chapters: a heading and what stands below it up to the next one.

use std::ops::Range;

use crate::markdown::read::blocks::{Block, MarkKind, Placed, Words, blocks};

/// A heading and what stands below it.
#[derive(Debug, Default)]
pub(super) struct Chapter {
    /// 1 to 6; 0 for what stands before the first heading.
    pub(super) level: u8,
    pub(super) title: Words,
    /// The bytes of the heading.
    pub(super) heading: Range<usize>,
    /// What stands below it, up to the next heading.
    pub(super) blocks: Vec<Placed>,
    /// The place behind the last chapter that stands below this one.
    pub(super) end: usize,
    /// The chapter that it stands below.
    pub(super) parent: Option<usize>,
}

impl Chapter {
    /// What its heading says, in lower case.
    pub(super) fn words(&self) -> String {
        self.title.text.to_lowercase()
    }
}

/// The chapters in the order of the text; the first one stands before all headings.
pub(super) fn chapters(text: &str) -> Vec<Chapter> {
    let mut chapters = vec![Chapter::default()];
    for placed in with_bold_headings(blocks(text)) {
        match (placed.block, chapters.last_mut()) {
            (Block::Heading(level, title), _) => {
                chapters.push(Chapter { level, title, heading: placed.range, ..Chapter::default() });
            }
            (block, Some(chapter)) => chapter.blocks.push(Placed { block, range: placed.range }),
            (_, None) => {}
        }
    }
    nest(&mut chapters);
    chapters
}

/// Takes bold lines above lists for headings, where the document has none below its title.
fn with_bold_headings(mut blocks: Vec<Placed>) -> Vec<Placed> {
    let mut headings = blocks.iter().filter_map(|placed| match placed.block {
        Block::Heading(level, _) => Some(level),
        _ => None,
    });
    let title = headings.next().unwrap_or(0);
    if headings.next().is_some() {
        return blocks;
    }
    for at in 1..blocks.len() {
        if let (Block::Paragraph(words), Block::List(_)) = (&blocks[at - 1].block, &blocks[at].block)
            && let Some(words) = bold(words)
        {
            blocks[at - 1].block = Block::Heading((title + 1).clamp(2, 6), words);
        }
    }
    blocks
}

/// A line that is bold as a whole, but for a colon behind it.
fn bold(words: &Words) -> Option<Words> {
    let text = words.text.trim_end().trim_end_matches(':').trim_end();
    let mut title = words.clone();
    title.text.truncate(text.len());
    let is_bold = words
        .marks
        .iter()
        .any(|mark| mark.kind == MarkKind::Strong && mark.within.start == 0 && mark.within.end >= text.len());
    let is_one_line = words.first_line.is_none() && words.soft_break.is_none() && !text.is_empty();
    (is_bold && is_one_line).then_some(title)
}

/// Tells each chapter where it ends and what it stands below.
fn nest(chapters: &mut [Chapter]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..chapters.len() {
        while let Some(last) = open.pop_if(|last| chapters[*last].level >= chapters[at].level) {
            chapters[last].end = at;
        }
        chapters[at].parent = open.last().copied();
        open.push(at);
    }
    let end = chapters.len();
    open.into_iter().for_each(|at| chapters[at].end = end);
}
