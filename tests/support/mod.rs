//! What the integration tests are made of: a roadmap in a folder of its own, the program run over it in this process or as a
//! real one, git beside it, and what a run came to. Every test program takes it as a module.
#![allow(dead_code, unused_imports, reason = "each program needs a part of it")]

mod dice;
mod git;
mod project;
#[path = "../fuzz/random.rs"]
mod random;
mod run;
mod still;
mod tree;

pub(crate) use dice::Dice;
pub(crate) use project::{Around, FIXTURES, Project, SOURCE, documents_alone};
pub(crate) use random::Random;
pub(crate) use run::{Collected, Run, Words};
pub(crate) use still::{Alone, Fixed, Hasty};
pub(crate) use tree::{Tree, changed, pretty, same_tree, tree};
