//! `roadbook edit`: opens the body of an issue, or an item as a small form, in the user's editor, and puts it back.
//!
//! The editor works on a copy, for as long as it likes, and nothing is locked meanwhile. Then the text is held against what the
//! roadmap says by then, judged as every edit is, and written. What is not written stays where it is, and that is told.

mod editor;
mod form;

use std::path::{Path, PathBuf};

use super::{editing::EditSession, no_stdin, writer};
use crate::{
    cli::{EditText, Global},
    io::{Failure, FailureKind, Io, Limit},
    report::{one_line, typed},
};
use form::Form;

/// The name of the folders in which texts are edited.
const SCRATCH: &str = "roadbook-edit";

/// Runs the verb.
pub(super) fn run(args: &EditText, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_stdin(global, "edit")?;
    let (old, chosen) = opened(args, global, io)?;
    let (new, copy) = match &args.from {
        Some(path) => (given(path, io)?, None),
        None => {
            let copy = Copy::new(&old, io)?;
            let edited = editor::run(&copy.file, io).and_then(|()| copy.text(io));
            match edited {
                Ok(text) => (text, Some(copy)),
                Err(failure) => return Err(copy.left(failure, &old, io)),
            }
        }
    };
    if new == old.text {
        say(io, global, "nothing changed");
        copy.into_iter().for_each(|copy| copy.discard(io));
        return Ok(0);
    }
    let put = writer::edit(io, global, args.editing.dry_run, |io| put_back(args, global, io, &old, &new));
    match (put, copy) {
        (Ok(0), Some(copy)) => {
            copy.discard(io);
            Ok(0)
        }
        (Ok(code), Some(copy)) => {
            io.terminal.say(&format!("note: {}\n", copy.kept(args, &chosen)));
            Ok(code)
        }
        (Err(failure), Some(copy)) => Err(with_help(failure, &copy.kept(args, &chosen))),
        (put, None) => put,
    }
}

fn say(io: &Io<'_>, global: &Global, text: &str) {
    if !global.quiet {
        io.terminal.say(&format!("{text}\n"));
    }
}

fn with_help(failure: Failure, more: &str) -> Failure {
    let help = failure.help.clone().map_or_else(|| more.to_owned(), |help| format!("{help}; {more}"));
    failure.help(help)
}

/// What is to be edited, as it is now, and the option that names its roadmap where one is called by name or was chosen.
fn opened(args: &EditText, global: &Global, io: &Io<'_>) -> Result<(Form, String), Failure> {
    let desk = EditSession::open(io, global, "edit")?;
    let named = desk.session.found.name.as_deref().map(str::to_owned);
    let chosen = named.or_else(|| global.roadmap.as_ref().map(|path| path.display().to_string()));
    let chosen = chosen.map(|name| format!(" --roadmap {}", typed(&name))).unwrap_or_default();
    Ok((Form::of(&desk, desk.find(&args.id)?, args.item)?, chosen))
}

/// Puts a text in the place of what was opened, unless that is no longer there.
fn put_back(args: &EditText, global: &Global, io: &Io<'_>, old: &Form, new: &str) -> Result<u8, Failure> {
    let desk = EditSession::open(io, global, "edit")?;
    let item = desk.find(&args.id)?;
    let now = Form::of(&desk, item, args.item)?;
    // A text that is given was made from whatever its author saw.
    if args.from.is_none() && now.text != old.text {
        let message = format!("nothing was written: somebody changed `{}` meanwhile", one_line(&args.id));
        return Err(Failure::new(FailureKind::Files, message));
    }
    let plan = form::plan(&desk, item, &now, new)?;
    desk.carry_out(plan, args.editing)
}

/// The text of a file that the command line names; `-` is standard input.
fn given(path: &Path, io: &Io<'_>) -> Result<String, Failure> {
    let cannot = |why: &str| {
        Failure::new(FailureKind::Usage, format!("cannot read the text from `{}`: {why}", path.display()))
    };
    let bytes = if path.as_os_str() == "-" {
        Some(io.terminal.input()?)
    } else {
        io.files.read_at_most(path, Limit::Document)?
    };
    let bytes = bytes.ok_or_else(|| cannot("there is no such file"))?;
    String::from_utf8(bytes).map_err(|_| cannot("it is not UTF-8"))
}

/// The copy that is edited.
struct Copy {
    file: PathBuf,
}

impl Copy {
    fn new(form: &Form, io: &Io<'_>) -> Result<Self, Failure> {
        // A purpose of its own: no other run takes it for one that nobody wants any more.
        let purpose = format!("{:?} {}", io.clock.now(), form.name);
        let folder = io.files.scratch(SCRATCH, &purpose)?;
        io.files.leave(&folder);
        let file = folder.join(&form.name);
        io.files.write(&file, form.text.as_bytes())?;
        Ok(Self { file })
    }

    fn text(&self, io: &Io<'_>) -> Result<String, Failure> {
        let cannot = |why: &str| {
            Failure::new(FailureKind::Files, format!("cannot read `{}`: {why}", self.file.display()))
        };
        let bytes = io.files.read_at_most(&self.file, Limit::Document)?;
        let bytes = bytes.ok_or_else(|| cannot("it is no longer there"))?;
        String::from_utf8(bytes).map_err(|_| cannot("it is not UTF-8"))
    }

    /// Removes it, once its text is where it belongs. Where that fails it stays, and harms nobody.
    fn discard(self, io: &Io<'_>) {
        let _ = io.files.remove(&self.file);
    }

    /// Where the text is, for whoever wants to go on with it.
    fn kept(&self, args: &EditText, chosen: &str) -> String {
        let item = if args.item { " --item" } else { "" };
        let file = self.file.display().to_string();
        let (id, file) = (typed(&args.id), typed(&file));
        format!("your text is kept; to take it once more: roadbook edit {id}{item}{chosen} --from {file}")
    }

    /// A failure of the editor; what it left is kept where it is another text.
    fn left(self, failure: Failure, old: &Form, io: &Io<'_>) -> Failure {
        let is_untouched = self.text(io).is_ok_and(|text| text == old.text);
        if is_untouched {
            self.discard(io);
            return failure;
        }
        with_help(failure, &format!("your text is kept in `{}`", self.file.display()))
    }
}
