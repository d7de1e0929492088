//! `roadbook bodies`: moves the bodies of issues out of the JSON into files of their own, and back.
//!
//! A text is written where it goes before it is taken from where it was, so that an interrupted run has lost none; the next one
//! finds it in both places and goes on.

mod spelling;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Session,
    editing::{EditSession, Plan, file_edit},
    lookup::Item,
};
use crate::{
    cli::{Bodies, Global, MoveBodies, Moved},
    edit::{self, Change, Edit, Preview},
    io::{Failure, FailureKind, Io},
    model::{Id, Issue, is_device},
    report::{JsonPath, Report, one_line},
    source::{body_files, body_name, body_text, id_of_body, read_body},
};
use spelling::{Body, Spellings};

/// How many files are named that are in the way.
const MOST_NAMED: usize = 5;

/// Runs the verb.
pub(super) fn run(args: &Bodies, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let desk = EditSession::open(io, global, "bodies")?;
    let (Moved::Split(own) | Moved::Join(own)) = &args.what;
    let moving = Moving::new(&desk, own)?;
    let plan = match args.what {
        Moved::Split(_) => moving.split()?,
        Moved::Join(_) => moving.join()?,
    };
    let mut plan = plan;
    let rewrites = plan.rewrites(&desk)?;
    if rewrites.is_empty() {
        plan.notes.drain(..).for_each(|note| desk.session.say(&format!("note: {note}")));
    } else {
        proven(&desk, &rewrites)?;
    }
    desk.settle(&rewrites, &plan, own.editing)
}

/// Holds that all issues have the bodies that they had: nothing is written that would change one.
fn proven(desk: &EditSession<'_>, rewrites: &[edit::Rewrite]) -> Result<(), Failure> {
    let preview = Preview::new(desk.session.io.files, rewrites);
    let io = Io { files: &preview, ..*desk.session.io };
    let (after, roadmap, _) = Session::read(&io, desk.session.global, None)?;
    let bodies =
        |issues: &[Issue]| -> Vec<_> { issues.iter().map(|it| (it.id.clone(), it.body.clone())).collect() };
    if after.is_blocked() || bodies(&roadmap.issues) != bodies(&desk.roadmap.issues) {
        let message = "nothing was written: the roadmap would not say the same";
        return Err(Failure::new(FailureKind::Files, message)
            .help("run `roadbook check`, and fix what it finds first"));
    }
    Ok(())
}

/// Bodies on their way.
struct Moving<'d, 'a> {
    desk: &'d EditSession<'a>,
    chosen: BTreeSet<usize>,
    /// The files in the folder of the bodies, by the ids that they stand for.
    files: BTreeMap<String, Arc<str>>,
    spellings: Spellings,
    edits: Vec<Edit>,
    /// How many bodies stay where they are, by why.
    left: BTreeMap<&'static str, usize>,
    /// Files in the way that hold something else.
    others: Vec<Arc<str>>,
}

impl<'d, 'a> Moving<'d, 'a> {
    fn new(desk: &'d EditSession<'a>, args: &MoveBodies) -> Result<Self, Failure> {
        let mut chosen = BTreeSet::new();
        for id in &args.ids {
            let Item::Issue(ix) = desk.find(id)? else {
                let message = format!("`{}` is no issue: only issues have bodies", one_line(id));
                return Err(Failure::new(FailureKind::Usage, message));
            };
            chosen.insert(ix.0);
        }
        if args.ids.is_empty() {
            chosen.extend(0..desk.roadmap.issues.len());
        }
        let files = body_files(desk.session.io.files, &desk.session.found)?.into_iter();
        let named = files.filter_map(|path| {
            let id = id_of_body(path.rsplit('/').next()?).and_then(Id::new)?;
            Some((id.key().to_owned(), path))
        });
        let (files, spellings) = (named.collect(), Spellings::read(desk)?);
        let (edits, left, others) = (Vec::new(), BTreeMap::new(), Vec::new());
        Ok(Self { desk, chosen, files, spellings, edits, left, others })
    }

    /// The chosen issues of a file of the source.
    fn issues(&self, file: usize) -> Vec<&'d Issue> {
        let issues = self.chosen.iter().map(|ix| &self.desk.roadmap.issues[*ix]);
        issues.filter(|issue| issue.origin.file == file).collect()
    }

    /// The body that the JSON gives an issue.
    fn in_json(&self, issue: &Issue) -> Option<&'d str> {
        let value = self.desk.values.get(issue.origin.file)?;
        value.get("issues")?.get(issue.origin.index)?.get("body")?.as_str()
    }

    /// The file that is there for an issue, with the body in it.
    fn in_file(&self, issue: &Issue) -> Result<Option<(Arc<str>, String)>, Failure> {
        let Some(path) = self.files.get(issue.id.key()) else { return Ok(None) };
        let text = self.desk.file_text(path)?.unwrap_or_default();
        let read = read_body(path, text.into_bytes(), &mut Report::default());
        Ok(Some((Arc::clone(path), read.map(|(_, body)| body).unwrap_or_default())))
    }

    fn split(mut self) -> Result<Plan, Failure> {
        let mut count = 0;
        for (file, name) in self.desk.roadmap.files.iter().enumerate() {
            let mut bodies = Vec::new();
            for issue in self.issues(file) {
                // An empty one says all that it has to say where it is.
                let Some(body) = self.in_json(issue).filter(|body| !body.is_empty()) else { continue };
                match stays(issue, body) {
                    Some(why) => *self.left.entry(why).or_default() += 1,
                    None => bodies.push((issue, Body { index: issue.origin.index, text: body })),
                }
            }
            let own: Vec<_> = bodies.iter().map(|(_, body)| body).collect();
            let spellings = spelling::exact(self.desk.text(file), &own)?;
            for ((issue, body), spelling) in bodies.into_iter().zip(spellings) {
                let Some(spelling) = spelling else {
                    *self
                        .left
                        .entry("they are laid out so that they would not come back byte for byte")
                        .or_default() += 1;
                    continue;
                };
                match self.in_file(issue)? {
                    Some((path, other)) if other != body.text => {
                        self.others.push(path);
                        continue;
                    }
                    Some(_) => {}
                    None => {
                        let path = self.desk.body_path(issue.id.as_str());
                        self.edits.push(file_edit(&path, Some(body_text(body.text))));
                    }
                }
                count += 1;
                self.spellings.note(&issue.id, spelling);
                let path = body_path(issue.origin.index);
                self.edits.push(Edit { file: Arc::clone(name), path, change: Change::Remove });
            }
        }
        self.plan(count, "out of the JSON")
    }

    fn join(mut self) -> Result<Plan, Failure> {
        let mut count = 0;
        for (file, name) in self.desk.roadmap.files.iter().enumerate() {
            for issue in self.issues(file) {
                let Some((path, body)) = self.in_file(issue)? else { continue };
                match self.in_json(issue) {
                    Some(other) if *other != *body => {
                        self.others.push(path);
                        continue;
                    }
                    Some(_) => {}
                    None => {
                        let spelling = self.spellings.take(&issue.id);
                        let own =
                            self.desk.values[file].get("issues").and_then(|it| it.get(issue.origin.index));
                        let change = spelling.change(&body, own);
                        let path = body_path(issue.origin.index);
                        self.edits.push(Edit { file: Arc::clone(name), path, change });
                    }
                }
                count += 1;
                self.edits.push(file_edit(&path, None));
            }
        }
        self.plan(count, "into the JSON")
    }

    fn plan(self, count: usize, way: &str) -> Result<Plan, Failure> {
        if !self.others.is_empty() {
            let named: Vec<_> = self.others.iter().take(MOST_NAMED).map(|path| format!("`{path}`")).collect();
            let more = if self.others.len() > MOST_NAMED { ", …" } else { "" };
            let message = format!(
                "nothing was written: {} another text than the JSON: {}{more}",
                match self.others.len() {
                    1 => "a file holds".to_owned(),
                    many => format!("{many} files hold"),
                },
                named.join(", ")
            );
            return Err(Failure::new(FailureKind::Files, message)
                .help("keep one of the two texts: delete the file, or take `body` out of the JSON"));
        }
        let note = |(why, count): (&str, usize)| format!("{} in the JSON: {why}", stay(count));
        let notes = self.left.into_iter().map(note).collect();
        let mut edits = self.edits;
        edits.extend(self.spellings.edit()?);
        let done =
            format!("moved {} {way}", if count == 1 { "1 body".into() } else { format!("{count} bodies") });
        Ok(Plan { edits, done: vec![done], notes, builds_the_same: true, ..Plan::default() })
    }
}

fn stay(count: usize) -> String {
    if count == 1 { "1 body stays".to_owned() } else { format!("{count} bodies stay") }
}

fn body_path(index: usize) -> JsonPath {
    JsonPath::default().key("issues").index(index).key("body")
}

/// Why a body stays in the JSON; `None` where it can have a file.
fn stays(issue: &Issue, body: &str) -> Option<&'static str> {
    if issue.made {
        return Some("an id made from a title would change with the title; `roadbook pin` writes ids down");
    }
    if is_device(&body_name(issue.id.as_str())) {
        return Some("Windows reserves such file names for devices");
    }
    let path = Arc::from("body");
    let back = read_body(&path, body_text(body).into_bytes(), &mut Report::default());
    (back.is_none_or(|(file, text)| file.start > 0 || text != body))
        .then_some("a file cannot hold what they begin with")
}
