//! What another repository published of its roadmap: `roadmap.json`, version 1. All of it is text of strangers.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::error::Category;

use super::card::{Card, Item};
use crate::{
    data::v1::{Progress, VERSION},
    model::{Day, When},
    report::one_line,
    source::schema::State,
};

/// The longest text that is taken over, in characters; a title is shorter.
const LONGEST: usize = 512;

/// What tells a document of ours.
#[derive(Deserialize)]
struct Head {
    version: Option<u64>,
    kind: Option<String>,
}

impl Head {
    /// Says why it is not of a roadmap that can be read here.
    fn check(&self) -> Result<(), String> {
        match (self.version, self.kind.as_deref()) {
            (Some(version), Some("roadmap")) if version == u64::from(VERSION) => Ok(()),
            (Some(version), Some("roadmap")) => Err(format!(
                "it is version {version} of the format, and this Roadbook reads version {VERSION}"
            )),
            (Some(_), Some(kind)) => Err(format!("it is a `{}`, not a `roadmap`", text(kind))),
            _ => Err("it is not a published roadmap: it has no `version` and no `kind`".to_owned()),
        }
    }
}

#[derive(Deserialize)]
struct Published {
    title: String,
    repository: Option<String>,
    as_of: Option<String>,
    url: Option<String>,
    progress: Counts,
    milestones: Vec<Listed>,
    issues: Vec<Listed>,
}

#[derive(Deserialize)]
struct Counts {
    issues: u32,
    closed: u32,
    open: u32,
    unknown: u32,
    dropped: u32,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    title: String,
    state: Option<String>,
    due_on: Option<String>,
    overdue_days: Option<i64>,
    #[serde(default)]
    link: String,
}

/// The card of a published roadmap. It is called as its repository is, else by its title.
///
/// # Errors
/// Why the file cannot be read as one.
pub(crate) fn card(bytes: &[u8]) -> Result<Card, String> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err("it is empty".to_owned());
    }
    parsed::<Head>(bytes)?.check()?;
    let of: Published = parsed(bytes)?;
    let progress = progress(&of.progress)?;
    let as_of = match of.as_of.as_deref() {
        Some(day) => Some(Day::parse(day).ok_or_else(|| format!("its `as_of` is no day: `{}`", text(day)))?),
        None => None,
    };
    let site = of.url.as_deref().and_then(web);
    let item = |listed: Listed| Item {
        state: match listed.state.as_deref() {
            Some("open") => Some(State::Open),
            Some("closed") => Some(State::Closed),
            _ => None,
        },
        due_on: listed.due_on.as_deref().and_then(When::parse),
        is_late: listed.overdue_days.is_some_and(|days| days > 0),
        link: site.as_deref().and_then(|site| below(site, &listed.link)).unwrap_or_default(),
        id: text(&listed.id),
        title: text(&listed.title),
    };
    let milestones: Vec<_> = of.milestones.into_iter().map(item).collect();
    let mut card = Card::counted(as_of, progress, &milestones, of.issues.into_iter().map(item));
    card.title = text(&of.title);
    card.repository = of.repository.as_deref().filter(|name| is_repository(name)).map(str::to_owned);
    card.name = card.repository.clone().unwrap_or_else(|| card.title.clone());
    card.link = site.unwrap_or_default();
    Ok(card)
}

fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Eof => format!("it is cut off in line {}", error.line()),
        Category::Data => format!("it is not as a published roadmap is: {}", text(&error.to_string())),
        Category::Syntax | Category::Io => format!("it is not JSON: {}", text(&error.to_string())),
    })
}

/// How far it says that it has come, if that adds up.
fn progress(counts: &Counts) -> Result<Progress, String> {
    let number = |count: u32| count as usize;
    let (issues, closed, open) = (number(counts.issues), number(counts.closed), number(counts.open));
    let (unknown, dropped) = (number(counts.unknown), number(counts.dropped));
    if closed + open + unknown != issues {
        return Err(format!(
            "its counts do not add up: {closed} closed, {open} open and {unknown} unknown of {issues} issues"
        ));
    }
    let percent = if unknown > 0 { None } else { (closed * 100).checked_div(issues) };
    Ok(Progress { issues, closed, open, unknown, dropped, percent })
}

/// A text of strangers: on one line, without characters that hide or turn others, and no longer than anybody reads.
fn text(text: &str) -> String {
    let short: String = text.chars().take(LONGEST).collect();
    one_line(&short).into_owned()
}

/// `owner/name`, as GitHub allows it.
fn is_repository(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    name.len() < 200 && name.split_once('/').is_some_and(|(owner, name)| is_part(owner) && is_part(name))
}

/// An address of the web; `None` for every other one, and for what is no address at all.
fn web(url: &str) -> Option<String> {
    let scheme = |scheme: &str| url.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    let is_plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(c);
    let is_address =
        (scheme("https://") || scheme("http://")) && url.len() <= LONGEST && url.chars().all(is_plain);
    is_address.then(|| url.to_owned())
}

/// A page of a site, by its path inside it; `None` where the path leads out.
fn below(site: &str, link: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.~%/+".contains(c);
    let is_inside = !link.is_empty()
        && link.chars().all(is_plain)
        && link.split('/').all(|part| !part.is_empty() && part != "..");
    let folder = site.split(['?', '#']).next().unwrap_or(site).trim_end_matches("index.html");
    let gap = if folder.ends_with('/') { "" } else { "/" };
    is_inside.then(|| [folder, gap, link].concat())
}
