//! The loop: read the source, show it, look out for changes, and again.

use std::{
    ops::ControlFlow,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use tokio::sync::watch;

use super::{
    Event, Faults, Generation, Options,
    debounce::Debounce,
    generation::Shown,
    inputs::{Inputs, Reading},
};
use crate::{
    io::{Failure, Io, Watcher},
    render::Renderer,
    report::{Styled, counted},
};

/// How long a broken source may be half a file that somebody is still writing.
const SETTLE: Duration = Duration::from_millis(150);

/// How often it may have been.
const MOST_TRIES: usize = 5;

/// The stack of the thread that reads.
const STACK: usize = 8 << 20;

/// How often changes are looked for where the system does not tell of them.
const POLL: Duration = Duration::from_secs(1);

/// Shows a state that pages can be made of, and gives it back to be judged; `None` where another has come by then, so that
/// nobody wants to know.
pub(crate) type Show<'s> = &'s mut dyn FnMut(Renderer) -> Option<Arc<Generation>>;

/// From the disk to what can be shown.
pub(crate) trait Pipeline: Sync {
    /// Reads the source through `io` and has it shown as soon as it can be; judges it only then.
    ///
    /// # Errors
    /// Where the disk refuses.
    fn load(&self, io: &Io<'_>, show: Show<'_>) -> Result<Load, Failure>;
}

/// What reading the source came to.
#[derive(Debug)]
pub(crate) enum Load {
    /// It is shown.
    Sound {
        /// How many errors were found in it.
        errors: usize,
        /// How many warnings.
        warnings: usize,
        /// All of them, as people read them.
        words: Styled,
    },
    /// It is shown no longer.
    Outdated,
    /// It cannot be shown.
    Broken {
        /// What the browser is told.
        faults: Faults,
        /// The same for the terminal.
        words: Styled,
    },
}

/// The loop.
pub(super) struct Turns<'a> {
    io: &'a Io<'a>,
    options: &'a Options,
    shown: &'a watch::Sender<Shown>,
    /// What the states of this run are called.
    run: String,
    /// The newest turn.
    newest: AtomicU64,
    /// One state is judged at a time.
    judging: Mutex<()>,
}

impl<'a> Turns<'a> {
    /// A loop that has done nothing yet.
    pub(super) fn new(
        io: &'a Io<'a>,
        options: &'a Options,
        shown: &'a watch::Sender<Shown>,
        run: String,
    ) -> Self {
        Self { io, options, shown, run, newest: AtomicU64::new(0), judging: Mutex::new(()) }
    }

    /// Runs until it is told to stop; `events` are what `told` hears.
    pub(super) fn run(&self, pipeline: &dyn Pipeline, events: &Sender<Event>, told: &Receiver<Event>) {
        let changed = events.clone();
        let changed = move || {
            let _ = changed.send(Event::Changed);
        };
        let mut watcher = if self.options.poll { None } else { self.io.files.watcher(Box::new(changed)) };
        thread::scope(|scope| {
            let mut is_going = true;
            while is_going {
                let turn = self.newest.fetch_add(1, Ordering::SeqCst) + 1;
                let events = events.clone();
                // As roomy as the thread on which all other verbs do the same.
                let reader = thread::Builder::new().stack_size(STACK);
                let reads = reader.spawn_scoped(scope, move || self.turn(turn, pipeline, &events));
                let ControlFlow::Continue(inputs) = self.state(told, reads.is_ok()) else { break };
                is_going = self.outlook(&inputs, &mut watcher, told).is_continue();
            }
            // What has not been judged by now is not judged any more.
            self.newest.store(u64::MAX, Ordering::SeqCst);
        });
    }

    /// Waits until the source was read, for better or worse; gives what was read.
    fn state(&self, told: &Receiver<Event>, is_read: bool) -> ControlFlow<(), Inputs> {
        if !is_read {
            self.io.terminal.say("error: the system has no thread for reading the source\n");
            return ControlFlow::Break(());
        }
        loop {
            match told.recv() {
                Ok(Event::Shown(inputs)) => return ControlFlow::Continue(inputs),
                Ok(Event::Broken(turn, broken)) => {
                    let (inputs, faults, words) = *broken;
                    self.tell_broken(turn, faults, &words);
                    return ControlFlow::Continue(inputs);
                }
                // What was read is compared with the disk before anybody waits.
                Ok(Event::Changed) => {}
                Ok(Event::Answered(line)) => self.say(&line),
                Ok(Event::Judged(turn, words, line)) => self.tell(turn, &words, &line),
                Ok(Event::Stop) | Err(_) => return ControlFlow::Break(()),
            }
        }
    }

    /// Looks out until something has changed.
    fn outlook(
        &self,
        inputs: &Inputs,
        watcher: &mut Option<Box<dyn Watcher>>,
        told: &Receiver<Event>,
    ) -> ControlFlow<()> {
        loop {
            // First looked out for and then compared: what changes in between is not lost.
            let folders = inputs.folders(self.io.files);
            let is_told = watcher.as_mut().is_some_and(|watcher| watcher.look_at(&folders));
            if !inputs.are_same(self.io.files) {
                return ControlFlow::Continue(());
            }
            self.wait(told, is_told)?;
        }
    }

    /// Waits for changes to be over, or, where nobody tells of them, for a while; breaks where the end is wanted.
    fn wait(&self, told: &Receiver<Event>, is_told: bool) -> ControlFlow<()> {
        let mut changes = Debounce::default();
        let began = self.io.clock.now();
        loop {
            let now = self.io.clock.now();
            let look = POLL.saturating_sub(now.saturating_sub(began));
            let wait = changes.wait(now).or((!is_told).then_some(look));
            if wait.is_some_and(|wait| wait.is_zero()) {
                return ControlFlow::Continue(());
            }
            let event = match wait {
                Some(wait) => told.recv_timeout(wait),
                None => told.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                Ok(Event::Changed) => changes.changed(self.io.clock.now()),
                Ok(Event::Answered(line)) => self.say(&line),
                Ok(Event::Judged(turn, words, line)) => self.tell(turn, &words, &line),
                Ok(Event::Shown(_) | Event::Broken(..)) => {}
                Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
                Err(RecvTimeoutError::Timeout) => return ControlFlow::Continue(()),
            }
        }
    }

    /// Reads the source, shows it, and judges it behind that; tells each as it is done.
    fn turn(&self, turn: u64, pipeline: &dyn Pipeline, events: &Sender<Event>) {
        let mut tries = 0;
        loop {
            let began = self.io.clock.now();
            let reading = Reading::new(self.io.files);
            let io = Io { files: &reading, ..*self.io };
            let (mut took, mut judges) = (Duration::ZERO, None);
            let loaded = pipeline.load(&io, &mut |renderer| {
                let (generation, before) = self.show(turn, renderer);
                took = self.io.clock.now().saturating_sub(began);
                let _ = events.send(Event::Shown(reading.inputs()));
                // A large state takes its time to go, for which nobody has to wait.
                drop(before);
                judges = Some(self.judging.lock().unwrap_or_else(PoisonError::into_inner));
                (self.newest.load(Ordering::SeqCst) == turn).then_some(generation)
            });
            let inputs = reading.inputs();
            let (faults, words) = match loaded {
                Ok(Load::Outdated) => return,
                Ok(Load::Sound { errors, warnings, words }) => {
                    let line = self.line(turn, took, errors, warnings);
                    let _ = events.send(Event::Judged(turn, words, line));
                    return;
                }
                Ok(Load::Broken { faults, words }) => (faults, words),
                Err(failure) => (Faults::of_failure(&failure), told(&failure)),
            };
            tries += 1;
            self.io.clock.sleep(SETTLE);
            if tries == MOST_TRIES || inputs.are_same(self.io.files) {
                let _ = events.send(Event::Broken(turn, Box::new((inputs, faults, words))));
                return;
            }
        }
    }

    /// Shows a state; gives it back, and what was shown before.
    fn show(&self, turn: u64, renderer: Renderer) -> (Arc<Generation>, Shown) {
        let generation = Arc::new(Generation::new(format!("{}-{turn}", self.run), renderer));
        let site = Arc::clone(&self.shown.borrow().site);
        let shown = Shown { generation: Some(Arc::clone(&generation)), faults: None, turn, site };
        (generation, self.shown.send_replace(shown))
    }

    /// How long it took until a state was shown, and what was found in it.
    fn line(&self, turn: u64, took: Duration, errors: usize, warnings: usize) -> String {
        let did = if turn == 1 { "read" } else { "read anew" };
        let found = match (errors, warnings) {
            (0, 0) => "nothing is wrong".to_owned(),
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        };
        let is_told = errors + warnings == 0 || self.options.verbose;
        format!(
            "{did} in {}: {found}{}",
            time(took),
            if is_told { "" } else { ": roadbook check tells more" }
        )
    }

    fn tell(&self, turn: u64, words: &Styled, line: &str) {
        if turn != self.newest.load(Ordering::SeqCst) {
            return;
        }
        if self.options.verbose {
            self.io.terminal.say_styled(words);
        }
        self.say(line);
    }

    fn tell_broken(&self, turn: u64, faults: Faults, words: &Styled) {
        self.io.terminal.say_styled(words);
        let mut has_pages = false;
        self.shown.send_modify(|shown| {
            has_pages = shown.generation.is_some();
            shown.faults = Some(Arc::new(faults));
            shown.turn = turn;
        });
        self.say(if has_pages {
            "the pages of the last good state are shown until this is fixed"
        } else {
            "no page can be made until this is fixed"
        });
    }

    fn say(&self, line: &str) {
        if !self.options.quiet {
            self.io.terminal.say(&format!("{line}\n"));
        }
    }
}

/// A failure as it is told at the end of other runs.
fn told(failure: &Failure) -> Styled {
    let help = failure.help.as_ref().map(|help| format!("  = help: {help}\n")).unwrap_or_default();
    Styled::plain(format!("error: {failure}\n{help}"))
}

fn time(took: Duration) -> String {
    if took < Duration::from_secs(1) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests;
