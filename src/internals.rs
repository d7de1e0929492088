//! What this package's own tests, benches and examples reach into. No promise: users get none of it.
//!
//! Whatever is listed here is called from outside this crate, or is a part of what is; the list may only shrink.

use std::ffi::OsString;

/// Runs the program: what was typed, in a world. Returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &io::Io<'_>) -> u8 {
    crate::run(args, io)
}

/// What can be typed.
pub mod cli {
    pub use crate::cli::{Cli, command, parse};
}

/// The world, and what stands in for it.
pub mod io {
    pub use crate::io::{
        Answer, Attempt, Call, Clock, Console, Disk, Entry, Failure, FailureKind, Files, Internet, Io, Lock,
        Lost, Machine, Method, Network, Output, Process, Request, SystemClock, TEMPORARY, Talk, Terminal,
    };
}

/// From files to a document.
pub mod source {
    pub use crate::json::locate;
    pub use crate::source::{Document, Ignored, Index, Lock, merge, parse};

    /// The file format.
    pub mod schema {
        pub use crate::source::schema::{State, json_schema};
    }
}

/// The resolved roadmap.
pub mod model {
    pub use crate::model::{Day, Id, Roadmap, Target, fields, resolve};
}

/// What follows from it.
pub mod facts {
    pub use crate::facts::Facts;
}

/// The rules, with their examples.
pub mod rules {
    pub use crate::rules::{Context, DELETED, EXAMPLE_FILE, Example, Kind, RULES, Rule, judge};
}

/// Markdown as it is written.
pub mod markdown {
    pub use crate::markdown::write::{Context, Shift, contained, inline_gfm, text};
}

/// Pages and their bytes.
pub mod render {
    pub use crate::render::{
        BUILT_IN, Engine, Page, PageKind, Renderer, SitePage,
        picture::graph::{GraphInput, draw as draw_graph},
        search::SearchIndex,
        site::{DataFile, GraphOf},
    };
}

/// Pages against the disk.
pub mod output {
    pub use crate::output::same_lines;
}

/// The roadmap in GitHub.
pub mod github {
    pub use crate::github::{
        actual::actual,
        desired::{Desired, desired},
        fields::Fillable,
        identity::identify,
        plan::{Options, agree, plan},
        remote::{Blocker, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone, Repository},
        state::IssueLink,
        world::World,
    };
}

/// What a repository is given.
pub mod setup {
    pub use crate::setup::{Origin, Pin, Workflow, new_hook};
}

/// Findings.
pub mod report {
    pub use crate::report::{JsonPath, Part, Report};
}
