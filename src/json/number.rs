//! Numbers of a JSON text that say more than 64 bits hold. Read and written again, they would be other numbers.

use std::ops::Range;

use serde_json::Number;

use super::Scanner;

/// Up to how many bytes a number without an exponent always comes back as it was.
const SAFE: usize = 15;

/// The bytes of the numbers in a JSON text that reading and writing would change, in their order.
pub(crate) fn inexact(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut scanner = Scanner::new(text);
    std::iter::from_fn(move || {
        loop {
            match scanner.peek()? {
                b'"' => _ = scanner.string()?,
                b'-' | b'0'..=b'9' => {
                    let number = scanner.value()?;
                    if !is_exact(&text[number.clone()]) {
                        return Some(number);
                    }
                }
                other => _ = scanner.eat(other),
            }
        }
    })
}

/// Whether a number says the same once it has been read and written.
fn is_exact(number: &str) -> bool {
    if number.len() <= SAFE && !number.contains(['e', 'E']) {
        return true;
    }
    let Ok(read) = serde_json::from_str::<Number>(number) else { return true };
    decimal(number).is_some_and(|own| Some(own) == decimal(&read.to_string()))
}

/// The digits of a number without zeros at either end, and the power of ten that the last one stands for.
fn decimal(number: &str) -> Option<(bool, String, i64)> {
    let (sign, number) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
    let (digits, power) = match number.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power.parse().ok()?),
        None => (number, 0_i64),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{part}");
    let short = all.trim_end_matches('0');
    let dropped = i64::try_from(all.len() - short.len()).ok()?;
    let power = power.checked_sub(i64::try_from(part.len()).ok()?)?.checked_add(dropped)?;
    let short = short.trim_start_matches('0');
    Some(if short.is_empty() { (sign, String::new(), 0) } else { (sign, short.to_owned(), power) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        inexact(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn a_number_that_64_bits_hold_is_exact_however_it_is_spelled() {
        let text = r#"[0, -0.0, 1.10, 1e2, 100.00e-4, 18446744073709551615, -9223372036854775808, 0.30000000000000004,
            1234567890123456000000000, 5e-324, 1.7976931348623157e308]"#;
        assert!(found(text).is_empty(), "{:?}", found(text));
    }

    #[test]
    fn a_number_that_would_become_another_is_not() {
        let text = r#"{"a": 12345678901234567890123, "b": [-0.12345678901234567890123,1e-400], "c": 18446744073709551617}"#;
        let all = ["12345678901234567890123", "-0.12345678901234567890123", "1e-400", "18446744073709551617"];
        assert_eq!(found(text), all);
    }

    #[test]
    fn digits_in_a_text_are_no_number() {
        assert!(found(r#"{"12345678901234567890123": "\"12345678901234567890123\\"}"#).is_empty());
        assert!(found("\"12345678901234567890123").is_empty());
    }
}
