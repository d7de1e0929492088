//! Markdown, as GitHub reads it: what goes out and what comes in.
//!
//! **comrak speaks, pulldown-cmark listens.** [`write`](mod@write) makes Markdown that reads as what the source means; [`read`] says
//! what a Markdown file holds, byte by byte. Each is the only importer of its crate, so that the checker does not share a
//! parser with the renderer (`tree` holds how comrak is asked); and [`write`](mod@write) leaves a text unescaped only where both readers see it as it was meant.
//! [`html`] shows the users' Markdown on the site; ammonia guards what of it is raw HTML.

pub(crate) mod anchors;
mod balance;
pub(crate) mod html;
mod limits;
mod raw_html;
pub(crate) mod read;
mod sanitize;
pub(crate) mod scan;
mod shape;
mod tree;
pub(crate) mod write;

#[cfg(test)]
mod tests;
