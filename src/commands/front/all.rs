//! All roadmaps of a list, read for their front page.

use std::sync::Arc;

use crate::{
    commands::{
        Session,
        selection::{Member, Selection},
        words::{entitled, named},
    },
    facts::Facts,
    io::Io,
    model::{Day, Outputs, Roadmap},
    render::publicly,
    report::Report,
    words::Words,
};

/// What is told of a roadmap, and where its outputs go.
pub(super) type Read<'s> = (&'s Member, Outputs, (Roadmap, Facts));

/// What takes the place of English texts, and the language of that.
#[derive(Debug, Default)]
pub(in crate::commands) struct Spoken {
    pub(in crate::commands) words: Option<Arc<Words>>,
    /// As a BCP 47 tag; empty for English.
    pub(in crate::commands) lang: String,
}

/// The roadmaps of a list.
#[derive(Default)]
pub(super) struct All<'s> {
    pub(super) read: Vec<Read<'s>>,
    /// The names of those that cannot be read.
    pub(super) unread: Vec<String>,
    /// As the first of them speaks that names words.
    pub(super) spoken: Spoken,
}

/// Reads all roadmaps of a list. Facts speak for `as_of`, else for each source's own day.
pub(super) fn read<'s>(io: &Io<'_>, selection: &'s Selection, as_of: Option<Day>) -> All<'s> {
    let mut all = All::default();
    for member in &selection.members {
        match one(io, member, as_of) {
            Some((read, words)) => {
                if all.spoken.words.is_none() && words.is_some() {
                    let lang = read.2.0.site.lang.clone().unwrap_or_default();
                    all.spoken = Spoken { words, lang };
                }
                all.read.push(read);
            }
            None => all.unread.push(member.name.clone()),
        }
    }
    all
}

/// A roadmap and its words; `None` where one of them cannot be read.
fn one<'s>(io: &Io<'_>, member: &'s Member, as_of: Option<Day>) -> Option<(Read<'s>, Option<Arc<Words>>)> {
    let (session, mut roadmap, facts) = Session::read(io, &member.global, as_of).ok()?;
    if session.is_blocked() {
        return None;
    }
    let words = named((io, io), &session.found, &roadmap, &mut Report::default()).ok()??;
    entitled(&mut roadmap, words.as_ref());
    Some(((member, session.outputs, publicly(roadmap, facts)), words))
}
