//! What an issue is called beyond one repository: `owner/name#4`. A number alone names one only within its repository.

use std::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

/// The most characters of a login. Source: GitHub, "Username may only contain alphanumeric characters …" (39).
const MOST_OF_OWNER: usize = 39;

/// The most characters of a repository's name.
const MOST_OF_NAME: usize = 100;

/// What an issue is called, as `#4` or `owner/name#4`. Repositories are compared without case.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IssueName {
    /// Its repository, as `owner/name`, where that is another one.
    pub(crate) repository: Option<String>,
    /// Its number there.
    pub number: u64,
}

impl IssueName {
    /// The issue of this number in the repository that is asked.
    pub fn here(number: u64) -> Self {
        Self { repository: None, number }
    }

    /// Reads `#4` or `owner/name#4`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (repository, number) = text.split_once('#')?;
        if !repository.is_empty() && !is_repository(repository) {
            return None;
        }
        let is_number = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|_| is_number)?;
        Some(Self { repository: (!repository.is_empty()).then(|| repository.to_owned()), number })
    }

    /// Reads the name of an issue in another repository: `owner/name#4`.
    pub(crate) fn elsewhere(text: &str) -> Option<Self> {
        Self::parse(text).filter(|name| name.repository.is_some())
    }

    /// Reads what leads to an issue in another repository: the address of its page, or its name with blanks around it.
    pub(crate) fn addressed(text: &str) -> Option<Self> {
        let text = text.trim();
        let path =
            text.strip_prefix("https://github.com/").or_else(|| text.strip_prefix("http://github.com/"));
        let named = path.and_then(|path| path.split_once("/issues/")).map(|(repository, number)| {
            let number: String = number.chars().take_while(char::is_ascii_digit).collect();
            format!("{repository}#{number}")
        });
        Self::elsewhere(named.as_deref().unwrap_or(text))
    }

    /// Whether a reference is meant to lead into another repository: an id has neither character.
    pub(crate) fn is_meant(text: &str) -> bool {
        text.contains(['#', '/'])
    }

    /// Whether it is in this repository, by a full name.
    pub(crate) fn is_in(&self, repository: &str) -> bool {
        self.repository.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(repository))
    }

    /// Its page for people.
    pub(crate) fn url(&self) -> String {
        format!(
            "https://github.com/{}/issues/{}",
            self.repository.as_deref().unwrap_or_default(),
            self.number
        )
    }

    /// What it is compared by, and what the lock calls it.
    pub(crate) fn key(&self) -> String {
        self.to_string().to_ascii_lowercase()
    }

    fn folded(&self) -> Option<String> {
        self.repository.as_deref().map(str::to_ascii_lowercase)
    }
}

impl fmt::Display for IssueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.repository.as_deref().unwrap_or_default(), self.number)
    }
}

impl PartialEq for IssueName {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for IssueName {}

impl PartialOrd for IssueName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for IssueName {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.repository, &other.repository) {
            (None, None) => self.number.cmp(&other.number),
            _ => (self.folded(), self.number).cmp(&(other.folded(), other.number)),
        }
    }
}

impl TryFrom<String> for IssueName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` does not name an issue"))
    }
}

impl From<IssueName> for String {
    fn from(name: IssueName) -> Self {
        name.to_string()
    }
}

/// Whether a text is GitHub's `owner/name`: a login, and a name of letters, digits, `.`, `-` and `_`.
pub(crate) fn is_repository(text: &str) -> bool {
    let is_part = |part: &str, most: usize| {
        !matches!(part, "" | "." | "..")
            && part.len() <= most
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    text.split_once('/')
        .is_some_and(|(owner, name)| is_part(owner, MOST_OF_OWNER) && is_part(name, MOST_OF_NAME))
}

/// The repository that an address on GitHub leads to, or a name with too much around it.
pub(crate) fn repository_of(text: &str) -> Option<&str> {
    let text = text.trim();
    let heads = [
        "https://github.com/",
        "http://github.com/",
        "https://www.github.com/",
        "git@github.com:",
        "github.com/",
    ];
    let path = heads.iter().find_map(|head| text.strip_prefix(head)).unwrap_or(text);
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    is_repository(path).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_repository_and_a_number_and_nothing_else() {
        let name = IssueName::elsewhere("Acme/data.base_1#12").unwrap();
        assert_eq!((name.to_string().as_str(), name.number), ("Acme/data.base_1#12", 12));
        assert_eq!(name.url(), "https://github.com/Acme/data.base_1/issues/12");
        let (owner, long) = ("a".repeat(39), format!("{}/b#1", "a".repeat(40)));
        assert!(IssueName::elsewhere(&format!("{owner}/b#1")).is_some());
        for bad in [
            "",
            "#4",
            "acme#4",
            "acme/garden",
            "acme/garden#",
            "acme/garden#0",
            "acme/garden#04",
            "acme/garden#+4",
            "acme/garden#-4",
            "acme/garden#4 ",
            " acme/garden#4",
            "acme/garden#4#5",
            "a/b/c#4",
            "../b#4",
            "a/..#4",
            "acme/gar den#4",
            "acme/garden?x#4",
            "acme/gärten#4",
            "acme/garden#４",
            "acme/garden#18446744073709551616",
            "https://github.com/acme/garden#4",
            "acme/garden\"><script>#4",
            &long,
        ] {
            assert_eq!(IssueName::elsewhere(bad), None, "{bad}");
        }
        assert_eq!(IssueName::parse("#4"), Some(IssueName::here(4)));
    }

    #[test]
    fn case_is_no_difference_and_a_number_alone_is_another_issue() {
        let name = |text| IssueName::parse(text).unwrap();
        assert_eq!(name("Acme/Garden#1"), name("acme/garden#1"));
        assert_eq!(name("Acme/Garden#1").key(), "acme/garden#1");
        assert_ne!(name("acme/garden#1"), name("#1"));
        assert_ne!(name("acme/garden#1"), name("acme/garden#2"));
        assert!(name("Acme/Garden#1").is_in("acme/garden") && !name("#1").is_in("acme/garden"));
        let read: IssueName = serde_json::from_str(r#""acme/garden#1""#).unwrap();
        assert_eq!(read, name("acme/garden#1"));
        assert!(serde_json::from_str::<IssueName>(r#""acme/../x#1""#).is_err());
    }
}
