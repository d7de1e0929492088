//! Whole days as tools write them: `01/May/27 9:00 AM`, `2027-05-01T00:00:00Z`, `May 1, 2027`, `1.5.2027`.

use crate::model::Day;

/// The months, by the letters that tell them apart.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day that a text gives, whatever time of it; `None` where it gives none, or where `3/4/2027` may be either of two.
pub(crate) fn day_of(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Some((day, time)) = text.split_at_checked(10)
        && (time.is_empty() || is_time(time))
        && let Some(day) = Day::parse(day)
    {
        return Some(day);
    }
    let mut parts = text.split([' ', '/', '-', '.', ',']).filter(|part| !part.is_empty()).peekable();
    // The name of a day of the week says nothing more.
    parts.next_if(|part| is_day_of_week(part));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let rest: Vec<_> = parts.collect();
    if !rest.iter().all(|part| part.contains(':') || is_mark_of_time(part)) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    match (number(first), month(second), number(second), number(third)) {
        (Some(day), Some(month), _, Some(year)) => made(year, month, day, third),
        (Some(year), _, Some(month), Some(day)) if first.len() == 4 => made(year, month, day, first),
        (Some(first), None, Some(second), Some(year)) => numbers(text, first, second, year, third),
        (None, None, Some(day), Some(year)) => made(year, month(first)?, day, third),
        _ => None,
    }
}

/// Day and month as two numbers, which only a full stop or a number above 12 puts in order.
fn numbers(text: &str, first: u32, second: u32, year: u32, written: &str) -> Option<Day> {
    match (text.contains('.'), first > 12, second > 12) {
        (true, ..) | (_, true, false) => made(year, second, first, written),
        (_, false, true) => made(year, first, second, written),
        _ if first == second => made(year, first, second, written),
        _ => None,
    }
}

fn made(year: u32, month: u32, day: u32, written: &str) -> Option<Day> {
    let year = match written.len() {
        4 => year,
        2 => 2000 + year,
        _ => return None,
    };
    Day::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    (1..).zip(MONTHS).find(|(_, name)| word.starts_with(name)).map(|(number, _)| number)
}

fn is_day_of_week(word: &str) -> bool {
    let word = word.to_lowercase();
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
        && month(&word).is_none()
}

fn is_time(text: &str) -> bool {
    text.starts_with(['T', 't', ' '])
        && text[1..].bytes().all(|byte| byte.is_ascii_digit() || b":.+-Z zUTC".contains(&byte))
}

/// Whether a word belongs to the time of a day: `AM`, `GMT+0000`, `(UTC)`, the zone behind a `-`.
fn is_mark_of_time(word: &str) -> bool {
    let word = word.trim_matches(['(', ')']).to_lowercase();
    ["am", "pm", "z"].contains(&word.as_str())
        || ["gmt", "utc", "coordinated", "universal", "time"].iter().any(|zone| word.starts_with(zone))
        || word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_tools_write_it() {
        for text in [
            "2027-05-01",
            "2027-05-01T00:00:00.000Z",
            "2027-05-01 09:30",
            "2027/05/01",
            "2027/5/1",
            "01/May/27 12:00 AM",
            "01/May/27",
            "1 May 2027",
            "1-May-2027",
            "May 1, 2027",
            "Sat May 01 2027 00:00:00 GMT+0000 (GMT)",
            "Sat, 1 May 2027",
            "1.5.2027",
            "01.05.27",
        ] {
            assert_eq!(day_of(text).map(|day| day.to_string()).as_deref(), Some("2027-05-01"), "{text}");
        }
        assert_eq!(day_of("13/4/2027"), day_of("4/13/2027"));
        for text in [
            "3/4/2027",
            "2027-05",
            "Q1 2027",
            "May 2027",
            "2027-02-30",
            "30/Feb/27",
            "soon",
            "",
            "1.2.3",
            "x 1 y 2",
        ] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }
}
