//! What `add` takes.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::Editing;
use crate::model::fields::{Field, ISSUE, MILESTONE};

/// `roadbook add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// What is added.
    #[command(subcommand)]
    pub(crate) what: Added,
}

impl Add {
    /// What becomes of it.
    pub(crate) fn editing(&self) -> Editing {
        match &self.what {
            Added::Issue(added) => added.editing,
            Added::Milestone(added) => added.editing,
            Added::Label(added) => added.editing,
        }
    }
}

/// What is added.
#[derive(Debug, Subcommand)]
pub(crate) enum Added {
    /// Add an issue
    #[command(
        after_help = "Example:\n  roadbook add issue 'Write the text' --milestone L-M1 --label type:docs\n  roadbook add issue 'Take the pictures' --body-file -     # the body from standard input"
    )]
    Issue(AddIssue),
    /// Add a milestone
    #[command(after_help = "Example:\n  roadbook add milestone 'First users' --due-on 2027-02-26")]
    Milestone(AddMilestone),
    /// Add a label
    #[command(after_help = "Example:\n  roadbook add label type:docs --description 'Words' --hex 0075ca")]
    Label(AddLabel),
}

/// `roadbook add issue`.
#[derive(Debug, Args)]
pub(crate) struct AddIssue {
    /// The title, optionally with the id in front, as in `DB-023: Build it`
    pub(crate) title: String,
    /// The id [default: the next in the series of its milestone or the roadmap]
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// The milestone: an id or an exact title
    #[arg(long, value_name = "MILESTONE")]
    pub(crate) milestone: Option<String>,
    /// A label; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) label: Vec<String>,
    /// The body, in Markdown
    #[arg(long, value_name = "TEXT", conflicts_with = "body_file")]
    pub(crate) body: Option<String>,
    /// Read the body from this file; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) body_file: Option<PathBuf>,
    /// The GitHub login of an assignee; may be repeated
    #[arg(long, value_name = "LOGIN")]
    pub(crate) assignee: Vec<String>,
    /// An issue that blocks it; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) blocked_by: Vec<String>,
    /// Its other fields.
    #[command(flatten)]
    pub(crate) given: Given<false>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook add milestone`.
#[derive(Debug, Args)]
pub(crate) struct AddMilestone {
    /// The title, optionally with the id in front, as in `DB-ML6 – Search`
    pub(crate) title: String,
    /// The id [default: the next in the roadmap's series]
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// A milestone that blocks it; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) blocked_by: Vec<String>,
    /// Its other fields.
    #[command(flatten)]
    pub(crate) given: Given<true>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook add label`.
#[derive(Debug, Args)]
pub(crate) struct AddLabel {
    /// Its name
    pub(crate) name: String,
    /// The description, in plain text
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<String>,
    /// The colour, as six hexadecimal digits
    #[arg(long, value_name = "RRGGBB")]
    pub(crate) hex: Option<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// Fields of a new milestone or issue, each given by the flag that the catalogue names for it, with the texts.
#[derive(Debug, Clone)]
pub(crate) struct Given<const IS_MILESTONE: bool>(pub(crate) Vec<(&'static Field, String)>);

impl<const IS_MILESTONE: bool> Given<IS_MILESTONE> {
    const FIELDS: &'static [Field] = if IS_MILESTONE { MILESTONE } else { ISSUE };
}

impl<const IS_MILESTONE: bool> Args for Given<IS_MILESTONE> {
    fn augment_args(command: Command) -> Command {
        command.args(Self::FIELDS.iter().filter_map(arg))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const IS_MILESTONE: bool> FromArgMatches for Given<IS_MILESTONE> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let flagged = Self::FIELDS.iter().filter(|field| field.flag.is_some());
        let given = |field: &'static Field| Some((field, matches.get_one::<String>(field.key)?.clone()));
        Ok(Self(flagged.filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The flag of a field.
fn arg(field: &'static Field) -> Option<Arg> {
    let flag = field.flag?;
    let arg = Arg::new(field.key).long(flag.long).value_name(flag.value).help(flag.help);
    Some(if flag.alias.is_empty() { arg } else { arg.alias(flag.alias) })
}
