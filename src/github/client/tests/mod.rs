//! The client over a network that answers from a script, and a clock that only counts.

mod access;
mod double;
mod hostile;
mod limits;
mod messages;
mod reading;
mod writing;
