//! The day that another way of writing means: time stamps, slashes, dots, months by name.
//!
//! Only what can be read in one way is certain: `13.3.2027` is, `1.3.2027` and `3/1/2027` are not.

use super::{Day, Loose, Purpose, When};

/// The day in the form of a source, and whether nothing else can be meant.
pub(crate) fn meant_day(text: &str) -> Option<(Day, bool)> {
    let text = text.trim();
    let whole =
        Day::parse(text).or_else(|| stamped(text)).or_else(|| year_first(text)).or_else(|| named(text));
    whole.map(|day| (day, true)).or_else(|| year_last(text)).or_else(|| unix(text))
}

/// The same of what may be stated less exactly.
pub(crate) fn meant_when(text: &str, purpose: Purpose) -> Option<(When, bool)> {
    let fits = |when: &When| !(when.is_later() && purpose == Purpose::Start);
    let own = When::parse(text.trim()).or_else(|| Loose::read(text)?.when(None)).filter(fits);
    own.map(|when| (when, true)).or_else(|| meant_day(text).map(|(day, is_certain)| (day.into(), is_certain)))
}

/// The day of a time stamp, as it is written there: `2027-03-01T00:00:00Z`, `2027-03-01 08:00`.
fn stamped(text: &str) -> Option<Day> {
    let (day, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let is_time = |c: char| c.is_ascii_digit() || ":.,+-Zz UTC".contains(c);
    let begins =
        time.len() >= 5 && time.as_bytes()[2] == b':' && time[..2].bytes().all(|b| b.is_ascii_digit());
    (begins && time.chars().all(is_time)).then(|| Day::parse(day).or_else(|| year_first(day)))?
}

/// `2027/03/01`, `2027.3.1`, `2027-3-1`, `20270301`.
fn year_first(text: &str) -> Option<Day> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return day(&text[..4], &text[4..6], &text[6..]).filter(|_| text.starts_with(['1', '2']));
    }
    let [year, month, of_month] = parts(text)?;
    (year.len() == 4).then(|| day(year, month, of_month))?
}

/// `13.3.2027`, `3/13/2027`: certain where only one order gives a day, or both give the same.
fn year_last(text: &str) -> Option<(Day, bool)> {
    let [first, second, year] = parts(text).filter(|parts| parts[2].len() == 4)?;
    match (day(year, second, first), day(year, first, second)) {
        (Some(one), Some(other)) if one == other => Some((one, true)),
        (Some(one), Some(_)) => text.contains('.').then_some((one, false)),
        (one, other) => one.or(other).map(|day| (day, true)),
    }
}

/// `5 March 2027`, `Mar 5, 2027`.
fn named(text: &str) -> Option<Day> {
    let spaced = text.replace([',', '.', '-'], " ");
    let [first, second, year] = spaced.split_whitespace().collect::<Vec<_>>()[..] else { return None };
    let (name, of_month) =
        if first.starts_with(|c: char| c.is_ascii_digit()) { (second, first) } else { (first, second) };
    let month = Loose::read(&format!("{name} {year}")).filter(|_| name.chars().all(char::is_alphabetic))?;
    let month = month.when(None)?.last()?.to_string();
    let is_month = Loose::read(name).is_some_and(|loose| loose.wants_year());
    (is_month && year.len() == 4).then(|| day(year, month.get(5..7)?, of_month))?
}

/// Seconds or milliseconds since 1970: which day that is depends on where one is.
fn unix(text: &str) -> Option<(Day, bool)> {
    let seconds = match text.len() {
        10 => text.parse::<u32>().ok()?.into(),
        13 => text.parse::<u64>().ok().and_then(|milliseconds| i64::try_from(milliseconds / 1000).ok())?,
        _ => return None,
    };
    Day::from_unix(seconds).map(|day| (day, false))
}

/// Three numbers with the same sign between them.
fn parts(text: &str) -> Option<[&str; 3]> {
    let sign = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<_> = text.split(sign).collect();
    let is_number =
        |part: &&str| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().all(is_number).then(|| <[&str; 3]>::try_from(parts).ok())?
}

fn day(year: &str, month: &str, day: &str) -> Option<Day> {
    (month.len() <= 2 && day.len() <= 2).then(|| Day::parse(&format!("{year}-{month:0>2}-{day:0>2}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Option<(String, bool)> {
        meant_when(text, Purpose::Due).map(|(when, is_certain)| (when.to_string(), is_certain))
    }

    #[test]
    fn what_can_be_read_in_one_way_is_certain() {
        for (text, day) in [
            (" 2027-03-01\n", "2027-03-01"),
            ("2027-03-01T00:00:00Z", "2027-03-01"),
            ("2027-03-01T23:30:00.123+02:00", "2027-03-01"),
            ("2027-03-01 08:00 UTC", "2027-03-01"),
            ("2027/03/01", "2027-03-01"),
            ("2027/3/1", "2027-03-01"),
            ("2027.3.1", "2027-03-01"),
            ("2027-3-1", "2027-03-01"),
            ("20270301", "2027-03-01"),
            ("13.3.2027", "2027-03-13"),
            ("3/13/2027", "2027-03-13"),
            ("3.3.2027", "2027-03-03"),
            ("1 March 2027", "2027-03-01"),
            ("Mar 1, 2027", "2027-03-01"),
            ("2027-q1", "2027-Q1"),
            ("Q1 2027", "2027-Q1"),
            ("March 2027", "2027-03"),
            ("Later", "later"),
        ] {
            assert_eq!(meant(text), Some((day.to_owned(), true)), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not() {
        assert_eq!(meant("1.3.2027"), Some(("2027-03-01".to_owned(), false)));
        assert_eq!(meant("1772323200"), Some(("2026-03-01".to_owned(), false)));
        assert_eq!(meant("1772323200000"), Some(("2026-03-01".to_owned(), false)));
        for text in [
            "3/1/2027",
            "2027-02-30",
            "31.2.2027",
            "soon",
            "",
            "1.3.27",
            "2027-13",
            "2027-03-01x",
            "2027/3-1",
            "Q1",
            "99999999",
            "2027-03-01T",
            "5 Q1 2027",
            "５.３.2027",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
        assert_eq!(meant_when("Later", Purpose::Start), None);
        assert_eq!(meant_day("Q1 2027"), None);
    }
}
