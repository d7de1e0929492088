//! Verbs that tell of the program itself: `explain`, `schema`, `templates`, `completions`, `man`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `roadbook explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code of a rule, as in `error[due-order]` [default: list all codes]
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Described {
    /// The JSON that you write, for editors.
    Source,
    /// The JSON that `list`, `show`, `report` and `diff` print and the website publishes, for programs.
    Data,
}

/// `roadbook schema`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// What the schema describes
    #[arg(value_enum, default_value = "source")]
    pub(crate) of: Described,
}

/// `roadbook templates`.
#[derive(Debug, Args)]
pub(crate) struct Templates {
    /// The folder of the templates [default: `templates` beside the JSON]
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Also overwrite templates that you have changed
    #[arg(long)]
    pub(crate) force: bool,
    /// Show how the folder's templates differ from the built-in ones, without writing
    #[arg(long, conflicts_with = "force")]
    pub(crate) diff: bool,
    /// List the built-in templates without writing
    #[arg(long, conflicts_with_all = ["force", "diff", "folder"])]
    pub(crate) list: bool,
}

/// `roadbook completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// `roadbook man`.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The command to document [default: `roadbook` itself]
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    pub(crate) command: Option<String>,
    /// Write the pages of all commands to this folder instead
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace files in it even if Roadbook did not write them
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
}
