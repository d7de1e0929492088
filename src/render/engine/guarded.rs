//! Filters of Tera's whose result may be many times what they are given, and its `range`: the same, counted before it is made.

use std::borrow::Cow;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::{
    instrument::{PAID, STEP, WEIGH},
    meter,
};

/// The most numbers of a range, as in Tera.
const MOST_NUMBERS: i128 = 100_000;

/// The widest indentation, as in Tera.
const WIDEST: usize = 1000;

/// Gives an engine what instrumented templates call.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(STEP, |kwargs: Kwargs, _: &State| -> TeraResult<&'static str> {
        meter::step(kwargs.must_get("n")?).map(|()| "")
    });
    tera.register_function(WEIGH, |kwargs: Kwargs, state: &State| -> TeraResult<&'static str> {
        let value = state.get::<Value>(kwargs.must_get::<&str>("of")?)?;
        value.map_or(Ok(()), |value| meter::weigh(&value)).map(|()| "")
    });
    tera.register_filter(PAID, |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        match value.as_str() {
            Some(text) => meter::bytes(text.len())?,
            None if value.is_array() || value.is_map() => meter::weigh(value)?,
            None => meter::step(1)?,
        }
        Ok(value.clone())
    });
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_filter("indent", indent);
    tera.register_filter("split", split);
    tera.register_filter("unique", unique);
    tera.register_function("range", range);
}

fn made(text: String, is_safe: bool) -> Value {
    if is_safe { Value::safe_string(&text) } else { Value::from(text) }
}

fn replace(text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = kwargs.must_get::<&str>("from")?;
    let to = kwargs.must_get::<StringInput<'_>>("to")?;
    let is_safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (old, new) = match is_safe {
        true => (text.rendered(state)?, to.rendered(state)?),
        false => (Cow::Borrowed(text.as_str()), Cow::Borrowed(to.as_str())),
    };
    let times = old.matches(from).count();
    meter::bytes(old.len().saturating_add(times.saturating_mul(new.len())))?;
    Ok(made(old.replace(from, &new), is_safe))
}

fn join(values: &[Value], kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let between = kwargs.get::<StringInput<'_>>("sep")?;
    let is_safe = state.autoescaping_enabled()
        && (values.iter().any(|value| value.is_string() && value.is_safe())
            || between.as_ref().is_some_and(StringInput::is_safe));
    let between = match &between {
        None => Cow::Borrowed(""),
        Some(between) if is_safe => between.rendered(state)?,
        Some(between) => Cow::Borrowed(between.as_str()),
    };
    let mut text = String::new();
    for (ix, value) in values.iter().enumerate() {
        let piece = match is_safe {
            true if value.is_undefined() => String::new(),
            true => state.escape_if_needed(value)?,
            false => value.to_string(),
        };
        let before = if ix == 0 { "" } else { &*between };
        meter::room(text.len() + before.len() + piece.len())?;
        text.push_str(before);
        text.push_str(&piece);
    }
    meter::bytes(text.len())?;
    Ok(made(text, is_safe))
}

fn indent(text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let width = kwargs.get::<usize>("width")?.unwrap_or(4).min(WIDEST);
    let sign = kwargs.get::<StringInput<'_>>("indentation")?;
    let first = kwargs.get::<bool>("first")?.unwrap_or(false);
    let blank = kwargs.get::<bool>("blank")?.unwrap_or(false);
    if sign.as_ref().is_some_and(|sign| sign.as_str().chars().count() != 1) {
        return Err(Error::message("The `indentation` argument must contain exactly one character"));
    }
    let is_safe =
        state.autoescaping_enabled() && (text.is_safe() || sign.as_ref().is_some_and(StringInput::is_safe));
    let old = if is_safe { text.rendered(state)? } else { Cow::Borrowed(text.as_str()) };
    let sign = match &sign {
        None => Cow::Borrowed(" "),
        Some(sign) if is_safe => sign.rendered(state)?,
        Some(sign) => Cow::Borrowed(sign.as_str()),
    };
    let before = sign.repeat(width);
    meter::bytes(old.len().saturating_add(old.lines().count().saturating_mul(before.len())))?;
    let mut new = String::with_capacity(old.len());
    for (ix, line) in old.lines().enumerate() {
        if ix > 0 {
            new.push('\n');
        }
        if if ix == 0 { first } else { blank || !line.is_empty() } {
            new.push_str(&before);
        }
        new.push_str(line);
    }
    if old.ends_with('\n') {
        new.push('\n');
    }
    Ok(made(new, is_safe))
}

fn split(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let pattern = kwargs.must_get::<&str>("pat")?;
    let pieces = text.split(pattern).count();
    meter::bytes(text.len().saturating_add(pieces.saturating_mul(size_of::<Value>())))?;
    Ok(text.split(pattern).map(Value::from).collect())
}

fn unique(values: &[Value], _: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let mut found = Vec::<Value>::new();
    for value in values {
        meter::step(1 + u64::try_from(found.len() / 4).unwrap_or(u64::MAX))?;
        if !found.contains(value) {
            found.push(value.clone());
        }
    }
    Ok(found)
}

fn range(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<i128>> {
    let start = kwargs.get::<i128>("start")?.unwrap_or_default();
    let end = kwargs.must_get::<i128>("end")?;
    let by = kwargs.get::<i128>("step_by")?.unwrap_or(1);
    if start > end && by > 0 {
        let words = "Function `range` was called with a `start` argument greater than the `end` one";
        return Err(Error::message(words));
    }
    if by == 0 {
        return Err(Error::message("Function `range` was called with a `step_by` argument of 0"));
    }
    let overflow = || Error::message("Function `range` was called with arguments that overflow i128");
    let span = if by > 0 { end.checked_sub(start) } else { start.checked_sub(end) }.ok_or_else(overflow)?;
    let by_size = by.checked_abs().ok_or_else(overflow)?;
    let count = (span.max(0).checked_add(by_size - 1).ok_or_else(overflow)? / by_size).max(0);
    if count > MOST_NUMBERS {
        return Err(Error::message(format!(
            "Function `range` would produce {count} elements, which exceeds the limit of {MOST_NUMBERS}"
        )));
    }
    let count = usize::try_from(count).unwrap_or_default();
    meter::bytes(count * size_of::<Value>())?;
    Ok((0..count).zip(0_i128..).map(|(_, n)| start + n * by).collect())
}

#[cfg(test)]
mod tests {
    use tera::Context;

    use super::*;

    /// What both engines make of each template is the same, failures too.
    #[test]
    fn guarded_filters_give_what_teras_own_give() {
        let (plain, mut guarded) = (Tera::new(), Tera::new());
        register(&mut guarded);
        let mut values = Context::new();
        values.insert("t", "a\n\nb\na<b\n");
        values.insert("l", &["x", "y", "x", "<"]);
        values.insert("m", &[Some(1), None, Some(1), Some(-2)]);
        let templates = [
            "{{ t | replace(from='a', to='aa') }}{{ t | replace(from='', to='-') }}{{ t | safe | replace(from='b', to='<') }}",
            "{{ l | join }}{{ l | join(sep=', ') }}{{ m | join(sep='<') }}{{ l | join(sep='<' | safe) }}{{ [] | join(sep='x') }}{{ [l, m] | join(sep='/') }}",
            "{{ t | indent }}{{ t | indent(width=2, first=true, blank=true) }}{{ t | indent(indentation='>', width=1) }}{{ t | safe | indent(width=3) }}",
            "{{ t | indent(indentation='xx') }}",
            "{{ t | split(pat='a') }}{{ t | split(pat='') | join(sep='|') }}{{ '' | split(pat=',') }}",
            "{{ l | unique }}{{ m | unique }}{{ [[1], [1], [2]] | unique }}",
            "{{ range(end=4) }}{{ range(start=2, end=9, step_by=3) }}{{ range(start=5, end=1, step_by=-2) }}{{ range(end=0) }}{{ range(start=1, end=5, step_by=-1) }}",
            "{{ range(start=3, end=1) }}",
            "{{ range(end=5, step_by=0) }}",
            "{{ range(end=100001) }}",
            "{{ range(start=1, end=200000, step_by=2) | length }}",
            "{{ t | replace(from='a') }}",
            "{{ 1 | join }}",
        ];
        for template in templates {
            for is_html in [true, false] {
                let made =
                    |tera: &Tera| tera.render_str(template, &values, is_html).map_err(|why| why.to_string());
                assert_eq!(made(&plain), made(&guarded), "{template}");
            }
        }
    }
}
