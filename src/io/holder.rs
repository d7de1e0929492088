//! Who holds a lock, as far as the machine tells.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched and the clock is read")]

use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::scalar::Day;

/// The most characters that are said of a program.
const MOST: usize = 100;

/// A run that holds a lock. It is told to people and decides nothing: whether the lock is held is for the system to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Holder {
    /// What it was called with, as `roadbook apply`.
    pub(crate) command: String,
    /// Its process, as its own machine or container numbers it.
    pub(crate) pid: Option<u32>,
    /// The name of that machine.
    pub(crate) host: String,
    /// Since when, in seconds since 1970.
    pub(crate) since: Option<u64>,
}

impl Holder {
    /// This run, from now on.
    pub(super) fn this(verb: &str) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok();
        Self {
            command: format!("roadbook {verb}"),
            pid: Some(std::process::id()),
            host: host(),
            since: now.map(|now| now.as_secs()),
        }
    }

    /// What a lock file says; `None` where it does not say it as we do.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok()
    }

    /// As a lock file says it.
    pub(super) fn text(&self) -> String {
        // Numbers and texts can always be written.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// The run that holds a lock on an open file, where the system lists such.
    #[cfg(target_os = "linux")]
    pub(super) fn of(file: &std::fs::File) -> Option<Self> {
        use std::{fs, os::unix::fs::MetadataExt};

        let inode = format!(":{}", file.metadata().ok()?.ino());
        let list = fs::read_to_string("/proc/locks").ok()?;
        // `1: FLOCK  ADVISORY  WRITE 4711 fe:00:1234567 0 EOF`, where `->` marks those who wait.
        let pid = list.lines().find_map(|line| match line.split_whitespace().collect::<Vec<_>>()[..] {
            [_, "FLOCK", _, _, pid, place, ..] if place.ends_with(&inode) => pid.parse::<u32>().ok(),
            _ => None,
        });
        // What runs in another container has no number here.
        let pid = pid.filter(|pid| *pid > 0)?;
        let words = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let words = String::from_utf8_lossy(&words);
        let mut words = words.trim_end_matches('\0').split('\0');
        let program = words.next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
        let command = words.fold(program, |said, word| said + " " + word);
        Some(Self { command, pid: Some(pid), host: host(), since: None })
    }

    #[cfg(all(unix, not(target_os = "linux")))]
    pub(super) fn of(_: &std::fs::File) -> Option<Self> {
        None
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let command = plain(&self.command);
        match command.as_str() {
            "" => write!(f, "another program")?,
            command => write!(f, "`{command}`")?,
        }
        let pid = self.pid.map(|pid| format!("process {pid}"));
        let host = Some(plain(&self.host)).filter(|host| !host.is_empty()).map(|host| format!("on `{host}`"));
        let place = pid.into_iter().chain(host).collect::<Vec<_>>().join(" ");
        let since = self.since.and_then(moment).map(|since| format!("since {since}"));
        let more = Some(place).filter(|place| !place.is_empty()).into_iter().chain(since);
        match more.collect::<Vec<_>>().join(", ") {
            more if more.is_empty() => Ok(()),
            more => write!(f, " ({more})"),
        }
    }
}

/// A text without what could play tricks on a terminal: anybody can write into a lock file.
fn plain(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_graphic() && c != '`' || c == ' ';
    text.chars().take(MOST).map(|c| if is_plain(c) { c } else { '?' }).collect()
}

/// `2026-11-22 14:03:07 UTC`.
fn moment(seconds: u64) -> Option<String> {
    let day = Day::from_unix(i64::try_from(seconds).ok()?)?;
    let [hour, minute, second] = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60];
    Some(format!("{day} {hour:02}:{minute:02}:{second:02} UTC"))
}

/// The name of this machine.
pub(super) fn host() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_with_what_is_known() {
        let holder =
            Holder { command: "roadbook apply".into(), pid: Some(7), host: "h".into(), since: Some(61) };
        assert_eq!(holder.to_string(), "`roadbook apply` (process 7 on `h`, since 1970-01-01 00:01:01 UTC)");
        assert_eq!(Holder::read(holder.text().as_bytes()), Some(holder));
        assert_eq!(Holder::default().to_string(), "another program");
        assert_eq!(Holder::read(b"no JSON"), None);
    }

    #[test]
    fn what_a_stranger_wrote_reaches_no_terminal_raw() {
        let text = r#"{"command":"a\u001b[31m`\u202eb","host":"x\n","since":18446744073709551615}"#;
        let holder = Holder::read(text.as_bytes()).unwrap();
        assert_eq!(holder.to_string(), "`a?[31m??b` (on `x?`)");
    }
}
