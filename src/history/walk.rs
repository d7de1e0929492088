//! The way through a repository: which revisions are compared, and what each of them changed.

use super::{
    Commit, Edition, Git,
    change::Change,
    earliest::Effect,
    git::shallow,
    log::{Start, before_day, log},
    objects::Objects,
    path::Path,
    reader,
    whereabouts::{Search, Spot, Whereabouts, before},
};
use crate::{
    data::Slips,
    io::{Failure, FailureKind, Io, Progress},
    model::Day,
    source::{Found, joined},
};

/// What has changed between two states of a roadmap.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// The commit that it begins with; `None` where it begins with the roadmap itself.
    pub(crate) from: Option<Commit>,
    /// The commit that it ends with; `None` for the working tree.
    pub(crate) to: Option<Commit>,
    /// Whether each commit was looked at, so that a step says when something happened; else the two ends alone.
    pub(crate) is_walk: bool,
    /// What changed, the oldest first; only steps that changed something.
    pub(crate) steps: Vec<Step>,
    /// When the roadmap was first there, where that lies within.
    pub(crate) began: Option<Began>,
    /// How due dates of milestones moved on the way.
    pub(crate) slips: Slips,
    /// What all this did to the days before which something cannot be done.
    pub(crate) effect: Effect,
    /// Revisions that could not be read.
    pub(crate) skipped: Vec<Skipped>,
}

impl History {
    /// All changes, the oldest first.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Change> + Clone {
        self.steps.iter().flat_map(|step| &step.changes)
    }
}

/// When something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The commit; `None` for what is not committed.
    pub(crate) commit: Option<Commit>,
    /// The day of the commit, else the one that the working tree speaks for.
    pub(crate) day: Day,
}

/// What one commit, or the working tree, changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    /// When.
    pub(crate) at: Moment,
    /// What.
    pub(crate) changes: Vec<Change>,
}

/// The first time that the roadmap was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Began {
    /// When.
    pub(crate) at: Moment,
    /// With how many milestones.
    pub(crate) milestones: usize,
    /// With how many issues.
    pub(crate) issues: usize,
}

/// A revision that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// The revision.
    pub(crate) commit: Commit,
    /// Why.
    pub(crate) why: String,
}

/// The state of the working tree.
#[derive(Debug)]
pub(crate) struct Now {
    /// What the roadmap says.
    pub(crate) edition: Edition,
    /// The day that it speaks for.
    pub(crate) day: Day,
    /// The day that its bounds are judged on; `None` where nobody states one.
    pub(crate) as_of: Option<Day>,
}

/// Where the roadmap lies in two commits.
pub(super) struct Places {
    pub(super) earlier: Option<Whereabouts>,
    pub(super) later: Option<Whereabouts>,
    /// The first revision between them that has it, and where; looked for only where the earlier commit has none at the place of the
    /// later one.
    first: Option<(Commit, Whereabouts)>,
}

/// Goes through the history of one roadmap.
pub(crate) struct Walker<'a> {
    git: Git<'a>,
    objects: Objects,
    /// Whether revisions are asked where their source lies.
    discovers: bool,
    /// Where the source lies now.
    spot: Spot,
    /// Whether internal items are left out.
    public: bool,
    /// Whether nobody is told how far it is.
    is_quiet: bool,
}

impl<'a> Walker<'a> {
    /// Makes ready. `is_named` says that the command line named the source, as a file or as a folder; `public`, that
    /// internal items are left out, and `is_quiet`, that nobody is told how far it is.
    ///
    /// # Errors
    /// Where there is no git, or no repository.
    pub(crate) fn open(
        io: &'a Io<'a>,
        found: &Found,
        is_named: Option<Named>,
        (public, is_quiet): (bool, bool),
    ) -> Result<Self, Failure> {
        if found.stdin {
            let message = "standard input has no history";
            return Err(
                Failure::new(FailureKind::Usage, message).help("name the JSON file with `--roadmap PATH`")
            );
        }
        let git = Git::open(io, &found.root)?;
        let objects = git.objects()?;
        let at = |path: &str| joined(git.prefix.trim_end_matches('/'), path);
        let spot = match is_named {
            Some(Named::File) => Spot::Files(found.files.iter().map(|file| at(file)).collect()),
            Some(Named::Folder) | None => Spot::Folder(at(&found.base).trim_end_matches('/').to_owned()),
        };
        Ok(Self { git, objects, discovers: is_named.is_none(), spot, public, is_quiet })
    }

    /// What lies between two revisions, or between one and the working tree: `to` names the later one, else it is `now`.
    ///
    /// # Errors
    /// Where a revision is unknown or cannot be read, or git fails.
    pub(crate) fn between(
        &mut self,
        from: &str,
        to: Option<&str>,
        now: Option<Now>,
    ) -> Result<History, Failure> {
        let from = self.commit(from)?;
        let tip = self.commit(to.unwrap_or("HEAD"))?;
        let Places { earlier, later, first } = self.places(&from, &tip)?;
        let old = match &earlier {
            Some(place) => self.edition(&from, place)?,
            None => Edition::default(),
        };
        let (new, day, as_of) = match (now, &later) {
            (Some(now), _) => (now.edition, now.day, now.as_of),
            (None, Some(place)) => {
                let edition = self.edition(&tip, place)?;
                let as_of = edition.as_of();
                (edition, tip.day(), as_of)
            }
            (None, None) => return Err(no_source(&tip)),
        };
        let commit = to.map(|_| tip.clone());
        let mut path = Path::new(self.public, None);
        if earlier.is_none() {
            let ((milestones, issues), at) = match first {
                Some((commit, place)) => {
                    let counts = self.edition(&commit, &place)?.counts(self.public);
                    (counts, Moment { day: commit.day(), commit: Some(commit) })
                }
                None => (new.counts(self.public), Moment { commit: commit.clone(), day }),
            };
            path.history.began = Some(Began { at, milestones, issues });
        }
        path.begin(&Moment { day: from.day(), commit: Some(from.clone()) }, old);
        path.step(Moment { commit: commit.clone(), day }, new);
        Ok(path.finish(Some(from).filter(|_| earlier.is_some()), commit, as_of))
    }

    /// Where the roadmap lies in an earlier commit, and where in a later one.
    pub(super) fn places(&mut self, from: &Commit, tip: &Commit) -> Result<Places, Failure> {
        let later = self.find(tip, &self.spot.clone())?;
        let mut earlier = self.find(from, later.as_ref().map_or(&self.spot.clone(), |later| &later.spot))?;
        let mut first = None;
        if let (None, Some(_)) = (&earlier, &later) {
            // It may lie elsewhere by now: what git saw move on the way leads back to where it was.
            let (base, way) = self.revisions(tip, &Start::Commit(from.clone()))?;
            first = way.into_iter().next();
            if let Some((_, place)) = first.as_ref().filter(|_| base.is_some()) {
                earlier = self.find(from, &place.spot)?;
            }
        }
        Ok(Places { earlier, later, first })
    }

    /// Whether internal items are left out.
    pub(super) fn is_public(&self) -> bool {
        self.public
    }

    /// The commit in which the lines of two revisions part.
    ///
    /// # Errors
    /// Where a revision is unknown, or they have no commit in common.
    pub(crate) fn parting(&mut self, a: &str, b: &str) -> Result<String, Failure> {
        let (one, other) = (self.commit(a)?, self.commit(b)?);
        let base = self.git.merge_base(&one, &other)?;
        base.ok_or_else(|| {
            if self.git.is_shallow {
                return shallow();
            }
            Failure::new(FailureKind::Usage, format!("`{a}` and `{b}` have no commit in common"))
        })
    }

    /// What has changed, commit by commit along the first parents of HEAD, since a day or a revision, or since the
    /// beginning; `now` is a last step.
    ///
    /// # Errors
    /// Where the clone is shallow, a revision is unknown, or git fails.
    pub(crate) fn since(&mut self, since: Option<&str>, now: Option<Now>) -> Result<History, Failure> {
        self.git.refuse_shallow()?;
        let tip = self.commit("HEAD")?;
        let start = match since.map(|text| (text, Day::parse(text))) {
            None => Start::Beginning,
            Some((_, Some(day))) => match before_day(&self.git, &tip, day)? {
                Some(id) => Start::Commit(self.commit(&id)?),
                None => Start::Beginning,
            },
            Some((text, None)) => Start::Commit(self.commit(text)?),
        };
        let (base, revisions) = self.revisions(&tip, &start)?;
        let places: Vec<_> = revisions.iter().map(|(_, place)| place).collect();
        let mut path = Path::new(self.public, Some(tip.day()));
        path.history.is_walk = true;
        let is_first = |number: usize| base.is_some() && number == 0;
        let progress = Progress::new(self.git.io, self.is_quiet);
        reader::read(&mut self.objects, &places, |number, read| {
            progress.count("reading revision", revisions.len());
            let commit = revisions[number].0.clone();
            match read {
                Ok(edition) => {
                    let at = Moment { day: commit.day(), commit: Some(commit) };
                    if is_first(number) { path.begin(&at, *edition) } else { path.step(at, *edition) }
                }
                Err(why) => path.skip(Skipped { commit, why }),
            }
            Ok(())
        })?;
        let to = if now.is_some() { None } else { Some(tip) };
        let mut judged = None;
        if let Some(Now { edition, day, as_of }) = now {
            judged = as_of;
            path.step(Moment { commit: None, day }, edition);
        }
        Ok(path.finish(base, to, judged))
    }

    /// The commit before the walk, where the roadmap is there by then, and the revisions with another source or lock than
    /// the one before, the oldest first; the first is that commit.
    fn revisions(&mut self, tip: &Commit, start: &Start) -> Result<(Option<Commit>, Revisions), Failure> {
        let mut spot = self.spot.clone();
        let mut place = self.find(tip, &spot)?;
        let files: Vec<_> =
            place.iter().flat_map(|place| &place.files).map(|(path, _)| path.clone()).collect();
        let mut found = Vec::new();
        let mut oldest = tip.clone();
        let mut entries = log(&self.git, tip, start, &files)?.into_iter().peekable();
        let (progress, total) = (Progress::new(self.git.io, self.is_quiet), entries.len());
        let mut has_base = true;
        while let Some(entry) = entries.next() {
            progress.count("looking at commit", total);
            let commit = self.commit(&entry.id)?;
            spot = place.as_ref().map_or(spot, |place| place.spot.clone());
            let undone = place.as_ref().and_then(|place| before(&place.files, &entry.moved));
            found.extend(place.take().map(|place| (commit.clone(), place)));
            let older = match entries.peek() {
                Some(next) => Some(self.commit(&next.id)?),
                None => self.objects.parent(&commit.id)?,
            };
            let Some(older) = older else {
                has_base = false;
                break;
            };
            place = self.find(&older, &spot)?;
            if let (None, Some(undone)) = (&place, undone) {
                place = self.find(&older, &undone)?;
            }
            oldest = older;
        }
        let base = place.filter(|_| has_base).map(|place| (oldest.clone(), place));
        let from = base.is_some().then_some(oldest);
        found.extend(base);
        found.reverse();
        found.dedup_by(|(_, later), (_, earlier)| later.says_the_same_as(earlier));
        Ok((from, found))
    }

    fn find(&mut self, commit: &Commit, spot: &Spot) -> Result<Option<Whereabouts>, Failure> {
        let search = Search { git: &self.git, discovers: self.discovers };
        search.find(&mut self.objects, &commit.tree, spot)
    }

    /// The roadmap in a commit that has to be readable.
    pub(super) fn edition(&mut self, commit: &Commit, place: &Whereabouts) -> Result<Edition, Failure> {
        let mut found = Err(String::new());
        reader::read(&mut self.objects, &[place], |_, read| {
            found = read;
            Ok(())
        })?;
        found.map(|edition| *edition).map_err(|why| {
            let message = format!("the roadmap in {} cannot be read: {why}", commit.short());
            Failure::new(FailureKind::Files, message)
                .help("compare with another revision, or walk past it by `--since`")
        })
    }

    /// The commit that a revision names.
    pub(super) fn commit(&mut self, revision: &str) -> Result<Commit, Failure> {
        let is_one = !revision.is_empty()
            && !revision.starts_with('-')
            && !revision.contains("..")
            && !revision.contains(char::is_control);
        let found = if is_one { self.objects.commit(revision)? } else { None };
        found.ok_or_else(|| self.unknown(revision))
    }

    fn unknown(&self, revision: &str) -> Failure {
        if self.git.is_shallow {
            let Failure { kind, message, help } = shallow();
            return Failure { kind, message: format!("unknown revision `{revision}`: {message}"), help };
        }
        if revision == "HEAD" {
            return Failure::new(FailureKind::Files, "nothing is committed in this repository yet")
                .help("history begins with the first commit");
        }
        let message = format!("unknown revision `{revision}`");
        Failure::new(FailureKind::Usage, message)
            .help("name a commit, a branch or a tag, or a day as in `2026-11-22` for `--since`")
    }
}

/// What the command line named as the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// A file.
    File,
    /// A folder.
    Folder,
}

type Revisions = Vec<(Commit, Whereabouts)>;

fn no_source(commit: &Commit) -> Failure {
    Failure::new(FailureKind::Files, format!("there is no roadmap in {}", commit.short()))
        .help("commit the source: what is committed has a history")
}
