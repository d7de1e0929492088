//! The loop: read the source, show it, look out for changes, and again.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
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
    io::{Failure, Io},
    render::Renderer,
    report::counted,
};

/// How long a broken source may be half a file that somebody is still writing.
const SETTLE: Duration = Duration::from_millis(150);

/// How often it may have been.
const MOST_TRIES: usize = 5;

/// How often changes are looked for where the system does not tell of them.
const POLL: Duration = Duration::from_secs(1);

/// Shows a state that pages can be made of, and gives it back to be judged.
pub type Show<'s> = &'s mut dyn FnMut(Renderer) -> Arc<Generation>;

/// From the disk to what can be shown.
pub trait Pipeline {
    /// Reads the source through `io` and has it shown as soon as it can be; judges it only then.
    ///
    /// # Errors
    /// Where the disk refuses.
    fn load(&self, io: &Io<'_>, show: Show<'_>) -> Result<Load, Failure>;
}

/// What reading the source came to.
#[derive(Debug)]
pub enum Load {
    /// It is shown.
    Sound {
        /// How many errors were found in it.
        errors: usize,
        /// How many warnings.
        warnings: usize,
        /// All of them, as people read them.
        words: String,
    },
    /// It cannot be shown.
    Broken {
        /// What the browser is told.
        faults: Faults,
        /// The same for the terminal.
        words: String,
    },
}

/// The loop, and what it has done.
pub(super) struct Turns<'a> {
    io: &'a Io<'a>,
    options: &'a Options,
    shown: &'a watch::Sender<Shown>,
    /// What the states of this run are called.
    run: String,
    count: u64,
}

impl<'a> Turns<'a> {
    /// A loop that has done nothing yet.
    pub(super) fn new(
        io: &'a Io<'a>,
        options: &'a Options,
        shown: &'a watch::Sender<Shown>,
        run: String,
    ) -> Self {
        Self { io, options, shown, run, count: 0 }
    }

    /// Runs until it is told to stop; `events` are what `told` hears.
    pub(super) fn run(mut self, pipeline: &dyn Pipeline, events: Sender<Event>, told: &Receiver<Event>) {
        let changed = move || {
            let _ = events.send(Event::Changed);
        };
        let mut watcher = if self.options.poll { None } else { self.io.files.watcher(Box::new(changed)) };
        loop {
            let inputs = self.turn(pipeline);
            loop {
                // First looked out for and then compared: what changes in between is not lost.
                let folders = inputs.folders(self.io.files);
                let is_told = watcher.as_mut().is_some_and(|watcher| watcher.look_at(&folders));
                if !inputs.are_same(self.io.files) {
                    break;
                }
                if self.wait(told, is_told).is_break() {
                    return;
                }
            }
        }
    }

    /// Waits for changes to be over, or, where nobody tells of them, for a while; breaks where the end is wanted.
    fn wait(&self, told: &Receiver<Event>, is_told: bool) -> ControlFlow<()> {
        let mut changes = Debounce::default();
        loop {
            let now = self.io.clock.now();
            let wait = changes.wait(now).or((!is_told).then_some(POLL));
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
                Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
                Err(RecvTimeoutError::Timeout) => return ControlFlow::Continue(()),
            }
        }
    }

    /// Reads the source and shows what it came to; gives what was read.
    fn turn(&mut self, pipeline: &dyn Pipeline) -> Inputs {
        let mut tries = 0;
        loop {
            let began = self.io.clock.now();
            let reading = Reading::new(self.io.files);
            let io = Io { files: &reading, ..*self.io };
            let mut took = Duration::ZERO;
            let loaded = pipeline.load(&io, &mut |renderer| {
                let generation = self.show(renderer);
                took = self.io.clock.now().saturating_sub(began);
                generation
            });
            let inputs = reading.inputs();
            let (faults, words) = match loaded {
                Ok(Load::Sound { errors, warnings, words }) => {
                    self.tell(took, errors, warnings, &words);
                    return inputs;
                }
                Ok(Load::Broken { faults, words }) => (faults, words),
                Err(failure) => (Faults::of_failure(&failure), told(&failure)),
            };
            tries += 1;
            self.io.clock.sleep(SETTLE);
            if tries == MOST_TRIES || inputs.are_same(self.io.files) {
                self.tell_broken(faults, &words);
                return inputs;
            }
        }
    }

    fn show(&mut self, renderer: Renderer) -> Arc<Generation> {
        self.count += 1;
        let generation = Arc::new(Generation::new(format!("{}-{}", self.run, self.count), renderer));
        let shown = Shown { generation: Some(Arc::clone(&generation)), faults: None, turn: self.count };
        // The state before this one goes where nobody waits for it.
        drop(self.shown.send_replace(shown));
        generation
    }

    fn tell(&self, took: Duration, errors: usize, warnings: usize, words: &str) {
        if self.options.verbose {
            self.io.terminal.say(words);
        }
        let did = if self.count == 1 { "read" } else { "read anew" };
        let found = match (errors, warnings) {
            (0, 0) => "nothing is wrong".to_owned(),
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        };
        let more =
            if errors + warnings > 0 && !self.options.verbose { ": roadbook check tells more" } else { "" };
        self.say(&format!("{did} in {}: {found}{more}", time(took)));
    }

    fn tell_broken(&mut self, faults: Faults, words: &str) {
        self.count += 1;
        self.io.terminal.say(words);
        let mut has_pages = false;
        self.shown.send_modify(|shown| {
            has_pages = shown.generation.is_some();
            shown.faults = Some(Arc::new(faults));
            shown.turn = self.count;
        });
        self.say(if has_pages {
            "the pages of the last good state are shown until this is mended"
        } else {
            "no page can be made until this is mended"
        });
    }

    fn say(&self, line: &str) {
        if !self.options.quiet {
            self.io.terminal.say(&format!("{line}\n"));
        }
    }
}

/// A failure as it is told at the end of other runs.
fn told(failure: &Failure) -> String {
    let help = failure.help.as_ref().map(|help| format!("  = help: {help}\n")).unwrap_or_default();
    format!("error: {failure}\n{help}")
}

fn time(took: Duration) -> String {
    if took < Duration::from_secs(1) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}
