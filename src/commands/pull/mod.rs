//! `roadbook pull`: writes what people did in GitHub into the JSON and the lock, and nothing else.

mod edits;
mod fresh;
mod show;

pub(super) use edits::edits;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use edits::Names;
use fresh::{Fresh, Maker};
use show::Outcome;

use super::{
    FOR_PEOPLE, Session, build,
    editing::{EditSession, faults},
    github::{GithubInputs, options},
    no_stdin, print_diff, writer,
};
use crate::{
    cli::{self, Global, PullFormat},
    edit::{self, Preview, Rewrite, rewrites},
    github::{
        actual::{Actual, actual},
        api::Reader,
        desired::{Desired, desired},
        identity::identify,
        look::look,
        plan::{Item, Options, Plan, SourceChange},
        pull::{self, Opened, Pulled},
        world::World,
    },
    io::{Failure, Io},
    source::{self, Lock},
};

/// How often what the rules refuse is left out, and the rest judged again.
const MOST_TRIES: usize = 50;

/// What was asked for, and what GitHub holds.
struct Task<'a> {
    args: &'a cli::Pull,
    global: &'a Global,
    path: &'a Path,
    options: Options,
    world: World,
}

/// What is about to be written.
struct Ready {
    outcome: Outcome,
    rewrites: Vec<Rewrite>,
    left: Plan,
    /// The lock before, with the ids of new issues, and at the end.
    lock: Lock,
    reserved: Lock,
    settled: Lock,
}

/// Runs the verb.
pub(super) fn run(args: &cli::Pull, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_stdin(global, "pull")?;
    let found = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref())?;
    let path = source::lock_path(&found, global.lock.as_deref());
    let _only = if args.dry_run { None } else { Some(writer::only_apply(io, &path, "pull")?) };
    let (session, roadmap, _) = Session::open(io, global, None)?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let ground = GithubInputs::new(&session, &roadmap, args.connection.repo.as_deref())?;
    let planning = cli::Planning {
        only: args.only.clone(),
        on_conflict: args.on_conflict.clone(),
        ..cli::Planning::default()
    };
    let options = pull::reading(options(&planning, &ground.desired)?);
    let say = |line: &str| io.terminal.say(&format!("{line}\n"));
    let client = ground.connect(&session, &args.connection, &say)?;
    let mut seen = look(&client, &ground.desired, &ground.lock, &options)?;
    if args.new {
        read_blockers(&client, &ground, &mut seen)?;
    }
    let task = Task { args, global, path: &path, options, world: seen.world };
    writer::edit(io, global, args.dry_run, |io| task.run(io))
}

/// Reads what issues wait for that people opened.
fn read_blockers(client: &dyn Reader, ground: &GithubInputs, seen: &mut Actual) -> Result<(), Failure> {
    let opened = pull::opened(&ground.desired, seen, &ground.lock);
    let numbers: BTreeSet<_> = opened.iter().map(|issue| issue.number).collect();
    let Some(known) = &mut seen.world.blocked_by else { return Ok(()) };
    let waits = seen.world.issues.iter().filter(|it| it.blockers.is_some_and(|count| count > 0));
    for issue in waits.filter(|issue| numbers.contains(&issue.number)) {
        if let Some(blockers) = client.blocked_by(issue.number)? {
            known.insert(issue.number, blockers);
        }
    }
    Ok(())
}

impl Task<'_> {
    /// Makes the edit from the source as it is now, and writes it. Between any two writes a run may end: the next one finds
    /// what is missing.
    fn run(&self, io: &Io<'_>) -> Result<u8, Failure> {
        let desk = EditSession::open(io, self.global, "pull")?;
        let before = io.files.read(self.path)?;
        let ready = self.ready(&desk)?;
        let Ready { outcome, rewrites, left, .. } = &ready;
        let (is_dry_run, is_json) = (self.args.dry_run, self.args.format == PullFormat::Json);
        if !is_dry_run {
            self.write(io, before, &ready)?;
        }
        let is_written = !is_dry_run && (outcome.is_source || outcome.is_lock);
        if is_json {
            show::json(&desk.session, outcome, left, is_written)?;
        } else {
            if is_dry_run {
                rewrites.iter().try_for_each(|rewrite| print_diff(io, self.global, &rewrite.diff()))?;
            }
            show::human(&desk.session, outcome, left);
        }
        desk.session.say(&show::summary(outcome, &left.repository, is_dry_run));
        let code = u8::from(!left.conflicts.is_empty() || !outcome.refused.is_empty());
        if !is_written {
            return Ok(code);
        }
        if self.args.build {
            let args = cli::Build { findings: FOR_PEOPLE, adopt: Vec::new(), tracked: false };
            return Ok(code.max(build::run(&args, self.global, io)?));
        }
        desk.session.say("run `roadbook build` to update the documents");
        Ok(code)
    }

    /// The ids of new issues first, then the source, then what both sides agree on since: a source that is ahead of its lock
    /// agrees with GitHub, and a lock that is ahead of its source knows nothing but numbers.
    fn write(&self, io: &Io<'_>, before: Option<Vec<u8>>, ready: &Ready) -> Result<(), Failure> {
        let mut now = before;
        let mut put = |lock: &Lock| {
            let text = lock.to_text().into_bytes();
            let is_put = io.files.replace(self.path, now.as_deref(), &text)?;
            now = Some(text);
            if is_put { Ok(()) } else { Err(Failure::changed(self.path.display())) }
        };
        if ready.reserved != ready.lock {
            put(&ready.reserved)?;
        }
        edit::write(&ready.rewrites, io.files)?;
        if ready.settled != ready.reserved { put(&ready.settled) } else { Ok(()) }
    }

    /// Finds what there is to bring home and what the rules take of it.
    fn ready(&self, desk: &EditSession<'_>) -> Result<Ready, Failure> {
        let ground = GithubInputs::new(&desk.session, &desk.roadmap, self.args.connection.repo.as_deref())?;
        let seen = self.seen(&ground.desired, &ground.lock);
        let Pulled { changes, mut left } =
            pull::changes(&desk.roadmap, &ground.desired, &seen, &ground.lock, &self.options);
        let opened = pull::opened(&ground.desired, &seen, &ground.lock);
        let mut outcome =
            Outcome { unasked: if self.args.new { 0 } else { opened.len() }, ..Outcome::default() };
        let opened = if self.args.new { opened } else { Vec::new() };
        let take = Take { desk, ground: &ground, seen: &seen };
        let rewrites = take.judged(changes, opened, &mut outcome)?;
        left.notes.extend(outcome.fresh.iter().flat_map(|fresh| fresh.notes.iter().cloned()));
        let mut reserved = ground.lock.clone();
        fresh::reserve(&mut reserved, &outcome.fresh);
        let wanted = wanted(desk, &rewrites)?;
        let seen = self.seen(&wanted, &reserved);
        let settled = pull::settled(&reserved, &wanted, &seen, desk.session.io.clock.today()?);
        outcome.is_source = !rewrites.is_empty();
        outcome.is_lock = settled != ground.lock;
        Ok(Ready { outcome, rewrites, left, lock: ground.lock, reserved, settled })
    }

    /// What GitHub holds of the roadmap.
    fn seen(&self, desired: &Desired, lock: &Lock) -> Actual {
        actual(self.world.clone(), identify(desired, &self.world, lock, &self.options))
    }
}

/// What the source will want of GitHub.
fn wanted(desk: &EditSession<'_>, rewrites: &[Rewrite]) -> Result<Desired, Failure> {
    let preview = Preview::new(desk.session.io.files, rewrites);
    let io = Io { files: &preview, ..*desk.session.io };
    let (_, roadmap, _) = Session::read(&io, desk.session.global, None)?;
    desired(&roadmap)
}

/// What is taken into which source.
struct Take<'t, 'a> {
    desk: &'t EditSession<'a>,
    ground: &'t GithubInputs,
    seen: &'t Actual,
}

impl Take<'_, '_> {
    /// The source with all that its rules take. What they would find a new error in is left as it is, and told: one person's words
    /// hold up nobody else's.
    fn judged(
        &self,
        mut changes: Vec<SourceChange>,
        mut opened: Vec<Opened>,
        outcome: &mut Outcome,
    ) -> Result<Vec<Rewrite>, Failure> {
        for _ in 0..MOST_TRIES {
            let tried = self.tried(&changes, &opened)?;
            for (item, why) in tried.left {
                changes.retain(|change| change.item != item);
                outcome.refused.push((show::item(&item), why));
            }
            let Some((_, first)) = tried.faults.first() else {
                (outcome.fresh, outcome.changes) = (tried.fresh, changes);
                return Ok(tried.rewrites);
            };
            let mut at_fault = BTreeMap::<Faulty, String>::new();
            for (faulty, why) in &tried.faults {
                faulty.iter().for_each(|it| _ = at_fault.entry(it.clone()).or_insert_with(|| why.clone()));
            }
            if at_fault.is_empty() {
                // The error shows in an item that nobody changed, as where its blocker is due later now.
                at_fault.extend(self.culprit(&changes, &opened)?.map(|culprit| (culprit, first.clone())));
            }
            changes.retain(|change| !at_fault.contains_key(&Faulty::Item(change.item.clone())));
            opened.retain(|issue| !at_fault.contains_key(&Faulty::New(issue.number)));
            outcome.refused.extend(at_fault.into_iter().map(|(faulty, why)| (faulty.words(), why)));
        }
        Err(Failure::new(
            crate::io::FailureKind::Files,
            "the rules refuse what people did in GitHub, again and again",
        )
        .help("`roadbook pull --only ID` takes one item at a time"))
    }

    /// The source with all of it, and what its rules say of that.
    fn tried(&self, changes: &[SourceChange], opened: &[Opened]) -> Result<Tried, Failure> {
        let (desired, lock) = (&self.ground.desired, &self.ground.lock);
        let names = Names::new(self.desk, desired, changes);
        let mut found = edits(self.desk, desired, changes)?;
        let maker = Maker { desk: self.desk, desired, actual: self.seen, lock, names: &names };
        let fresh = maker.make(opened);
        let (more, places) = maker.edits(&fresh);
        found.edits.extend(more);
        let rewrites = rewrites(self.desk.session.tree(), &found.edits)?;
        let faulty = |(file, item, why): (Arc<str>, String, String)| {
            let place = (file, item);
            let faulty = found.places.get(&place).cloned().map(Faulty::Item);
            (faulty.or_else(|| places.get(&place).copied().map(Faulty::New)), why)
        };
        let faults = faults(&self.desk.session, &rewrites)?.into_iter().map(faulty).collect();
        Ok(Tried { fresh, rewrites, left: found.left, faults })
    }

    /// The item without whose change the rules take all before it: found by halves.
    fn culprit(&self, changes: &[SourceChange], opened: &[Opened]) -> Result<Option<Faulty>, Failure> {
        let mut all: Vec<_> = changes.iter().map(|change| Faulty::Item(change.item.clone())).collect();
        all.extend(opened.iter().map(|issue| Faulty::New(issue.number)));
        all.sort();
        all.dedup();
        let (mut fine, mut faulty) = (0, all.len());
        while faulty - fine > 1 {
            let middle = usize::midpoint(fine, faulty);
            let is_meant = |it: &Faulty| all[..middle].binary_search(it).is_ok();
            let some = changes.iter().filter(|change| is_meant(&Faulty::Item(change.item.clone())));
            let new = opened.iter().filter(|issue| is_meant(&Faulty::New(issue.number)));
            let tried = self.tried(&some.cloned().collect::<Vec<_>>(), &new.cloned().collect::<Vec<_>>())?;
            (fine, faulty) = if tried.faults.is_empty() { (middle, faulty) } else { (fine, middle) };
        }
        Ok(faulty.checked_sub(1).and_then(|last| all.get(last).cloned()))
    }
}

/// A source with what people did, and what is wrong with it.
struct Tried {
    fresh: Vec<Fresh>,
    rewrites: Vec<Rewrite>,
    /// What the source cannot say, and why.
    left: Vec<(Item, String)>,
    /// New errors, each with the item that it is in where that was changed.
    faults: Vec<(Option<Faulty>, String)>,
}

/// What the rules find a new error in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Faulty {
    /// An item of the source.
    Item(Item),
    /// An issue that people opened, by its number.
    New(u64),
}

impl Faulty {
    fn words(&self) -> String {
        match self {
            Self::Item(item) => show::item(item),
            Self::New(number) => format!("issue #{number}"),
        }
    }
}
