//! The verbs that answer, edit and tell of the program, run in-process on a folder of their own.

mod add;
mod batch;
mod bodies;
mod bounds;
mod dumps;
mod edit;
mod editor;
mod elsewhere;
mod fields;
mod foreign;
mod import;
mod look;
mod program;
mod remove;
mod rename;
mod scripts;
mod set;
mod state;
