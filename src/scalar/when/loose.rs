//! Days as people write them, `Q1 2027` or `March 2027`: for imports, and to say what was meant.

use super::{Day, Misread, Purpose, Unit, When};

/// The months, by the letters that tell them apart.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A stated day as people write it, be it without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Loose {
    unit: Unit,
    /// Its last month; 0 for `later`.
    month: u32,
    /// The year, where the text gives it.
    pub(crate) year: Option<i32>,
}

impl Loose {
    /// Reads `Q1 2027`, `2027 Q1`, `H2 2027`, `March 2027`, `Mar 2027`, `2027` and `later` in any case, and the forms of a source;
    /// `Q1`, `H2` and `March` without a year.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if text == super::LATER {
            return Some(Self { unit: Unit::Later, month: 0, year: None });
        }
        let spaced = text.replace(['-', '/', ','], " ");
        let mut words = spaced.split_whitespace().flat_map(parts);
        let (first, second) = (words.next()?, words.next());
        if words.next().is_some() {
            return None;
        }
        match (year(first), second) {
            (Some(year), None) => Some(Self { unit: Unit::Year, month: 12, year: Some(year) }),
            (None, None) => part(first),
            (Some(year), Some(other)) => {
                Some(Self { year: Some(year), ..part(other).or_else(|| month(other))? })
            }
            (None, Some(second)) => {
                let year = Some(year(second)?);
                Some(Self { year, ..part(first).or_else(|| month(first))? })
            }
        }
    }

    /// The stated day, in this year where it names none; `None` where there is no year.
    pub(crate) fn when(self, year: Option<i32>) -> Option<When> {
        match self.unit {
            Unit::Later => Some(When::LATER),
            unit => When::span(unit, self.year.or(year)?, self.month),
        }
    }

    /// Whether a year is missing.
    pub(crate) fn wants_year(self) -> bool {
        self.year.is_none() && self.unit != Unit::Later
    }
}

/// `2027q1` as `2027` and `q1`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let cut = word.find(|c: char| c.is_ascii_alphabetic()).filter(|cut| year(&word[..*cut]).is_some());
    let (year, rest) = word.split_at(cut.unwrap_or(0));
    [year, rest].into_iter().filter(|part| !part.is_empty())
}

fn year(word: &str) -> Option<i32> {
    let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|year| is_year && *year > 0)
}

/// A part of a year: `q1`, `h2`, `march`, `mar`, `sept.`.
fn part(word: &str) -> Option<Loose> {
    let of = |unit, month| Some(Loose { unit, month, year: None });
    match word {
        "q1" | "q2" | "q3" | "q4" => of(Unit::Quarter, word[1..].parse::<u32>().ok()? * 3),
        "h1" | "h2" => of(Unit::Half, word[1..].parse::<u32>().ok()? * 6),
        _ => {
            let word = word.trim_end_matches('.');
            let fits = |name: &&str| {
                *name == word || (name[..3] == *word) || (*name == "september" && word == "sept")
            };
            let month = (1..).zip(MONTHS).find(|(_, name)| fits(name))?.0;
            of(Unit::Month, month)
        }
    }
}

/// A month by its number, beside a year.
fn month(word: &str) -> Option<Loose> {
    let is_number = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let month = word.parse().ok().filter(|month| is_number && (1..=12).contains(month))?;
    Some(Loose { unit: Unit::Month, month, year: None })
}

/// What is wrong with a text that states no day.
pub(super) fn misread(text: &str, purpose: Purpose) -> Misread {
    let bytes = text.as_bytes();
    // It means to be a whole day.
    if bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' {
        return Misread {
            message: format!("`{text}` is not a day of the calendar"),
            help: "write it as year, month and day, as in `2026-11-22`".into(),
        };
    }
    if let Some(day) = day(text) {
        return Misread {
            message: format!("`{text}` is not how a day is written"),
            help: match day {
                Some(day) => format!("write `{day}`"),
                None => "write it as year, month and day, as in `2026-11-22`".into(),
            },
        };
    }
    let meant = Loose::read(text).and_then(|loose| loose.when(None));
    let meant = meant.filter(|when| !(when.is_later() && purpose == Purpose::Start));
    let help = match (meant, parts_of_year(text)) {
        (Some(when), _) => format!("write `{when}`"),
        (None, Some(parts)) => parts,
        (None, None) => {
            let later = if purpose == Purpose::Due { " or `later`" } else { "" };
            format!(
                "write a day as in `2026-11-22`, or less exactly `2026-11`, `2026-Q4`, `2026-H2`, `2026`{later}"
            )
        }
    };
    Misread {
        message: format!("`{text}` is not a day of the calendar, nor a month, quarter, half or year"),
        help,
    }
}

/// A text that means a whole day, as `2027-1-5`, `Jan 5, 2027` or with a time behind it; which one, where there is no doubt.
fn day(text: &str) -> Option<Option<Day>> {
    let text = text.trim();
    if let Some(day) = text.get(..10).and_then(Day::parse) {
        return Some(Some(day)).filter(|_| text[10..].starts_with(['T', 't', ' ']));
    }
    let spaced = text.to_lowercase().replace(['-', '/', ',', '.'], " ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let [first, second, third] = words[..] else { return None };
    let named = |word: &str| part(word).filter(|part| part.unit == Unit::Month);
    let number = |word: &str| word.parse::<u32>().ok().filter(|_| word.len() <= 2);
    let (year, month, day) = match (year(first), year(third)) {
        (Some(year), _) => (year, named(second).or_else(|| month(second)), number(third)?),
        // Of two numbers before a year nobody knows which one is the month.
        (None, Some(year)) => match (named(first), named(second)) {
            (Some(month), _) => (year, Some(month), number(second)?),
            (None, Some(month)) => (year, Some(month), number(first)?),
            (None, None) => return number(first).and(number(second)).map(|_| None),
        },
        (None, None) => return None,
    };
    Some(month.and_then(|month| Day::parse(&format!("{year:04}-{:02}-{day:02}", month.month))))
}

/// How many parts of a kind a year has, where a text names one too many: `2027-Q5`.
fn parts_of_year(text: &str) -> Option<String> {
    let spaced = text.to_lowercase().replace(['-', '/', ','], " ");
    let words: Vec<_> = spaced.split_whitespace().flat_map(parts).collect();
    let number = |word: &str| word.parse::<u32>().is_ok();
    let known = words.iter().find_map(|word| year(word));
    let of = known.map_or_else(|| "2027".to_owned(), |year| format!("{year:04}"));
    words.iter().find_map(|word| match word.split_at_checked(1)? {
        ("q", rest) if number(rest) => {
            Some(format!("a year has four quarters: write `{of}-Q1` to `{of}-Q4`"))
        }
        ("h", rest) if number(rest) => Some(format!("a year has two halves: write `{of}-H1` or `{of}-H2`")),
        _ if known.is_some() && word.len() <= 2 && number(word) => {
            Some(format!("a year has twelve months: write `{of}-01` to `{of}-12`"))
        }
        _ => None,
    })
}
