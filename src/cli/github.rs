//! Verbs that speak with GitHub: `plan`, `drift`, `snapshot`, `pull`; and the options that they share with `apply`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Which GitHub, and as whom.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Connection {
    /// The repository, as `owner/name` [default: from the source]
    #[arg(long, value_name = "OWNER/NAME", help_heading = "GitHub")]
    pub(crate) repo: Option<String>,
    /// Where that is.
    #[command(flatten)]
    pub(crate) server: Server,
}

/// Where GitHub answers, and to whom.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Server {
    /// The address of the API [default: `GITHUB_API_URL`, else `https://api.github.com`]
    #[arg(long, value_name = "URL", help_heading = "GitHub")]
    pub(crate) api_url: Option<String>,
    /// The environment variable with the token [default: `GH_TOKEN`, then `GITHUB_TOKEN`, then `gh auth token`]
    #[arg(long, value_name = "NAME", help_heading = "GitHub")]
    pub(crate) token_env: Option<String>,
}

/// What is planned, and who wins.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Planning {
    /// Only labels, milestones, or the item with this id and what it needs; may be repeated
    #[arg(long, value_name = "ID|labels|milestones")]
    pub(crate) only: Vec<String>,
    /// How to resolve a value that both sides changed: `ours` keeps the source, `theirs` takes GitHub's into the source,
    /// `fail` reports it; for one field as `DB-004.title=theirs`; may be repeated
    #[arg(long, value_name = "[ID.FIELD=]ours|theirs|fail", value_parser = resolution)]
    pub(crate) on_conflict: Vec<Resolved>,
    /// Which issue or milestone to take over: `oldest` of several copies, closing the others as duplicates; `by-id`, any whose title
    /// begins with the id (of a milestone: or nearly is its own); `DB-004=17`, that one; `DB-004=new`, none; may be repeated
    #[arg(long, value_name = "oldest|by-id|ID=NUMBER|ID=new", value_parser = adoption)]
    pub(crate) adopt: Vec<Adopt>,
    /// Remove what is no longer in the source: delete labels and milestones, close issues as not planned
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) prune: Vec<Pruned>,
    /// Recreate what was deleted on GitHub
    #[arg(long)]
    pub(crate) recreate: bool,
    /// If a label has both its former and its new name on GitHub, move its issues over and delete the old one
    #[arg(long)]
    pub(crate) merge_labels: bool,
    /// Reopen what was closed on GitHub and is open in the source
    #[arg(long)]
    pub(crate) reopen: bool,
}

/// A winner, for one field or for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    /// The id and the field; `None` for all.
    pub(crate) field: Option<(String, String)>,
    /// Who wins.
    pub(crate) winner: Winner,
}

/// Who wins where both sides changed a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Winner {
    /// The source.
    Ours,
    /// GitHub.
    Theirs,
    /// Nobody.
    Fail,
}

/// Which issue is taken for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Adopt {
    /// Of several copies the one with the lowest number.
    Oldest,
    /// The one whose title begins with the id, whatever else it says.
    ById,
    /// For the item of this id the one of this number; `None` where it is to be made.
    One(String, Option<u64>),
}

/// What is removed where it left the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Pruned {
    /// Labels are deleted.
    Labels,
    /// Milestones are deleted; their issues stay.
    Milestones,
    /// Issues are closed as not planned.
    Issues,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanFormat {
    /// Text for people.
    Human,
    /// Markdown for a pull request.
    Markdown,
    /// One JSON document.
    Json,
}

/// `roadbook plan`.
#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// What is planned, and who wins.
    #[command(flatten)]
    pub(crate) planning: Planning,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: PlanFormat,
    /// Also write the plan to this file, for `roadbook apply FILE`
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file even if Roadbook did not write it
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// Compare with the lock file, without network access
    #[arg(long, conflicts_with_all = ["api_url", "token_env", "out"])]
    pub(crate) offline: bool,
    /// Which GitHub, and as whom.
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// `roadbook drift`.
#[derive(Debug, Args)]
pub(crate) struct Drift {
    /// Only labels, milestones, or the item with this id; may be repeated
    #[arg(long, value_name = "ID|labels|milestones")]
    pub(crate) only: Vec<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: PlanFormat,
    /// Which GitHub, and as whom.
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// `roadbook snapshot`.
#[derive(Debug, Clone, Args)]
pub(crate) struct Snapshot {
    /// Write the lock to this file and skip the build; of several roadmaps, to `NAME.lock.json` in this folder, or `NAME.FILE` beside it [default: the committed
    /// lock]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file even if Roadbook did not write it
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// Which GitHub, and as whom.
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// How a pull is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PullFormat {
    /// Text for people.
    Human,
    /// One JSON document.
    Json,
}

/// `roadbook pull`.
#[derive(Debug, Args)]
pub(crate) struct Pull {
    /// Only labels, milestones, or the item with this id; may be repeated
    #[arg(long, value_name = "ID|labels|milestones", conflicts_with = "new")]
    pub(crate) only: Vec<String>,
    /// Also take in issues that people opened in a milestone or with a label of the roadmap
    #[arg(long)]
    pub(crate) new: bool,
    /// How to resolve a value that both sides changed: `theirs` takes GitHub's, `ours` keeps the source, `fail` reports it;
    /// for one field as `DB-004.title=theirs`; may be repeated
    #[arg(long, value_name = "[ID.FIELD=]ours|theirs|fail", value_parser = resolution)]
    pub(crate) on_conflict: Vec<Resolved>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: PullFormat,
    /// Show what would change in the JSON without writing
    #[arg(long, short = 'n')]
    pub(crate) dry_run: bool,
    /// Build the documents too
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) build: bool,
    /// Which GitHub, and as whom.
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// Reads `ours`, or `DB-004.title=theirs`. An id may hold dots: the field stands behind the last one.
fn resolution(text: &str) -> Result<Resolved, String> {
    let (field, winner) = match text.rsplit_once('=') {
        None => (None, text),
        Some((field, winner)) => {
            let (id, field) = field.rsplit_once('.').ok_or("write a field as in `DB-004.title=theirs`")?;
            (Some((id.to_owned(), field.to_owned())), winner)
        }
    };
    let winner = Winner::from_str(winner, false).map_err(|_| "it is `ours`, `theirs` or `fail` that wins")?;
    Ok(Resolved { field, winner })
}

/// Reads `oldest`, `by-id`, `DB-004=17` or `DB-004=new`.
fn adoption(text: &str) -> Result<Adopt, String> {
    match text.rsplit_once('=') {
        None if text == "oldest" => Ok(Adopt::Oldest),
        None if text == "by-id" => Ok(Adopt::ById),
        Some((id, "new")) if !id.is_empty() => Ok(Adopt::One(id.to_owned(), None)),
        Some((id, number)) if !id.is_empty() => {
            let number =
                number.trim_start_matches('#').parse().map_err(|_| "write a number as in `DB-004=17`")?;
            Ok(Adopt::One(id.to_owned(), Some(number)))
        }
        _ => Err("write `oldest`, `by-id`, `DB-004=17` or `DB-004=new`".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_adopted_is_named_or_the_oldest() {
        assert_eq!((adoption("oldest"), adoption("by-id")), (Ok(Adopt::Oldest), Ok(Adopt::ById)));
        assert_eq!(adoption("v1.2=#17"), Ok(Adopt::One("v1.2".into(), Some(17))));
        assert_eq!(adoption("A-1=new"), Ok(Adopt::One("A-1".into(), None)));
        for wrong in ["", "newest", "A-1", "A-1=", "=3", "A-1=x", "A-1=-1"] {
            assert!(adoption(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_winner_is_for_all_or_for_one_field() {
        assert_eq!(resolution("ours"), Ok(Resolved { field: None, winner: Winner::Ours }));
        let field = Some(("v1.2".to_owned(), "due_on".to_owned()));
        assert_eq!(resolution("v1.2.due_on=theirs"), Ok(Resolved { field, winner: Winner::Theirs }));
        assert!(resolution("mine").is_err() && resolution("A-1=ours").is_err() && resolution("").is_err());
    }
}
