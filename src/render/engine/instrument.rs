//! A user's template with calls of the meter in it: in each loop, component and block, behind each value that is set, and
//! around each output. What it writes stays the same.

use std::ops::Range;

use super::scan::{Tag, Token, tags};

/// The function that counts a step; what it costs is given.
pub(super) const STEP: &str = "roadbook_step";

/// The function that weighs a value that was made, by its name.
pub(super) const WEIGH: &str = "roadbook_weigh";

/// The filter that weighs what is written.
pub(super) const PAID: &str = "roadbook_paid";

/// The end of an output that is weighed.
const PAY: &str = ") | roadbook_paid ";

/// So many bytes of a template are about one step.
const STEP_BYTES: usize = 16;

/// The most texts that one expression may join: what it makes is weighed only when it is set or written.
const MOST_JOINED: usize = 64;

/// The most `elif` that may be open at once: Tera goes a level deeper for each.
const MOST_ELIF: usize = 100;

/// The most that the number of tags times the length of the longest line may come to: Tera quotes the line of each unknown
/// name, all of them at once.
const MOST_QUOTED: usize = 64 << 20;

/// The ends of what is captured, in the place of going to the page.
const CAPTURES: [&str; 4] = ["endset", "endfilter", "endcomponent", BODY];

/// The end of a component's body.
const BODY: &str = "</";

/// A template with calls of the meter.
#[derive(Debug, Default)]
pub(super) struct Instrumented {
    /// Its text.
    pub(super) text: String,
    /// What was put in: where it is in the new text.
    inserted: Vec<Range<usize>>,
}

/// Why a template is not even tried: where, and what it passes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) range: Range<usize>,
    pub(super) limit: String,
}

/// Something open: a loop, a component, a block, an `if`, a value.
struct Open<'t> {
    /// The keyword that ends it.
    end: &'static str,
    /// The calls that are given its length, and where that begins.
    counted: Option<(usize, usize)>,
    /// The value that is made of it.
    name: Option<&'t str>,
    elifs: usize,
}

impl Instrumented {
    /// Where a range of the new text is in the old one.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        let at = |place: usize| {
            let before = self.inserted.iter().take_while(|range| range.start < place);
            place - before.map(|range| range.end.min(place) - range.start).sum::<usize>()
        };
        at(range.start)..at(range.end)
    }
}

/// Puts the calls of the meter into a template. Outputs are weighed where they are captured, which all are where
/// `is_captured` says so; the others go to the page, whose bytes are counted anyway.
///
/// # Errors
/// Where reading it alone would take too much.
pub(super) fn instrument(text: &str, is_captured: bool) -> Result<Instrumented, Refusal> {
    let tags = tags(text);
    refuse(text, &tags)?;
    let mut edits = Edits::default();
    let is_child = tags.first().is_some_and(|tag| tag.keyword() == Some("extends"));
    if !is_child {
        edits.edits.push((0, Edit::Calls(vec![step(text.len())], false)));
    }
    for tag in &tags {
        if !tag.is_output {
            edits.tag(tag)?;
        } else if is_captured || edits.open.iter().any(|open| CAPTURES.contains(&open.end)) {
            edits.output(tag);
        }
    }
    Ok(edits.applied(text))
}

fn refuse(text: &str, tags: &[Tag<'_>]) -> Result<(), Refusal> {
    let longest = text.lines().map(str::len).max().unwrap_or_default();
    if longest.saturating_mul(tags.len()) > MOST_QUOTED {
        let limit = format!("a line of {longest} bytes among {} tags: break it", tags.len());
        return Err(Refusal { range: 0..0, limit });
    }
    for tag in tags {
        let joined = tag.tokens.iter().filter(|token| **token == Token::Sign(b'~')).count();
        if joined > MOST_JOINED {
            return Err(Refusal {
                range: tag.range.clone(),
                limit: format!("{joined} texts joined in one expression, and {MOST_JOINED} are the most"),
            });
        }
    }
    Ok(())
}

/// What is put into a template.
enum Edit {
    /// A part of an expression.
    Part(&'static str),
    /// Calls, and whether the last one takes away white space behind it, as the tag before it did.
    Calls(Vec<String>, bool),
}

/// What is put into a template, and what is open in it.
#[derive(Default)]
struct Edits<'t> {
    edits: Vec<(usize, Edit)>,
    open: Vec<Open<'t>>,
}

/// A call that counts a step through so many bytes.
fn step(bytes: usize) -> String {
    format!("{STEP}(n={})", bytes / STEP_BYTES + 1)
}

/// A call that weighs a value.
fn weigh(name: &str) -> String {
    format!("{WEIGH}(of=\"{name}\")")
}

impl<'t> Edits<'t> {
    /// An output is weighed. What components and `super()` write was weighed where they wrote it.
    fn output(&mut self, tag: &Tag<'t>) {
        let is_weighed = match tag.tokens.first() {
            None | Some(Token::Sign(b'<')) => true,
            Some(Token::Word(word)) => matches!(*word, "super" | "loop"),
            _ => false,
        };
        if !is_weighed {
            self.edits.push((tag.inside.start, Edit::Part("(")));
            self.edits.push((tag.inside.end, Edit::Part(PAY)));
        }
    }

    fn tag(&mut self, tag: &Tag<'t>) -> Result<(), Refusal> {
        match tag.keyword() {
            Some("for") => {
                let names = tag.tokens.iter().position(|token| *token == Token::Word("in")).unwrap_or(1);
                let (names, iterated) = tag.tokens.split_at(names);
                let made = if is_path(iterated.get(1..).unwrap_or_default()) { &[] } else { names };
                self.repeated(tag, "endfor", words(made.get(1..).unwrap_or_default()));
            }
            Some("component") => {
                let parameters = tag.tokens.iter().position(|token| *token == Token::Sign(b'('));
                let parameters = tag.tokens.get(parameters.unwrap_or(tag.tokens.len())..).unwrap_or_default();
                self.repeated(tag, "endcomponent", declared(parameters));
            }
            Some("block") => self.repeated(tag, "endblock", Vec::new()),
            Some("if") => self.open("endif", None),
            Some("elif") => self.elif(tag)?,
            Some("set" | "set_global") => self.set(tag),
            Some("filter") => self.open("endfilter", None),
            Some(end) if end.starts_with("end") => self.end(end, tag),
            Some(_) => {}
            None => match (&*tag.tokens, tag.tokens.last_chunk()) {
                ([Token::Sign(b'<'), Token::Sign(b'/'), ..], _) => self.end(BODY, tag),
                ([Token::Sign(b'<'), ..], Some([Token::Sign(b'/'), Token::Sign(b'>')])) => {}
                ([Token::Sign(b'<'), ..], _) => self.open(BODY, None),
                _ => {}
            },
        }
        Ok(())
    }

    fn set(&mut self, tag: &Tag<'t>) {
        let Some(name) = tag.word(1) else { return };
        if tag.tokens.get(2) != Some(&Token::Sign(b'=')) {
            self.open("endset", Some(name));
        } else if !is_path(tag.tokens.get(3..).unwrap_or_default()) {
            self.edits.push((tag.range.end, Edit::Calls(vec![weigh(name)], tag.trims)));
        }
    }

    fn elif(&mut self, tag: &Tag<'t>) -> Result<(), Refusal> {
        if let Some(open) = self.open.last_mut() {
            open.elifs += 1;
        }
        if self.open.iter().map(|open| open.elifs).sum::<usize>() > MOST_ELIF {
            let limit = format!("more than {MOST_ELIF} `elif` in one another");
            return Err(Refusal { range: tag.range.clone(), limit });
        }
        Ok(())
    }

    /// Opens what counts a step each time, and weighs what these names stand for.
    fn repeated(&mut self, tag: &Tag<'t>, end: &'static str, names: Vec<&str>) {
        let calls = names.into_iter().map(weigh).collect();
        self.edits.push((tag.range.end, Edit::Calls(calls, tag.trims)));
        self.open.push(Open {
            end,
            counted: Some((self.edits.len() - 1, tag.range.end)),
            name: None,
            elifs: 0,
        });
    }

    fn open(&mut self, end: &'static str, name: Option<&'t str>) {
        self.open.push(Open { end, counted: None, name, elifs: 0 });
    }

    fn end(&mut self, end: &str, tag: &Tag<'t>) {
        let Some(open) = self.open.pop_if(|open| open.end == end) else { return };
        if let Some((call, behind)) = open.counted
            && let Some((_, Edit::Calls(calls, _))) = self.edits.get_mut(call)
        {
            calls.insert(0, step(tag.range.start - behind));
        }
        if let Some(name) = open.name {
            self.edits.push((tag.range.end, Edit::Calls(vec![weigh(name)], tag.trims)));
        }
    }

    fn applied(mut self, text: &str) -> Instrumented {
        self.edits.sort_by_key(|(at, _)| *at);
        let mut made = Instrumented::default();
        let mut copied = 0;
        for (at, edit) in self.edits {
            made.text.push_str(text.get(copied..at).unwrap_or_default());
            let begin = made.text.len();
            match edit {
                Edit::Part(part) => made.text.push_str(part),
                Edit::Calls(calls, trims) => {
                    let last = calls.len().saturating_sub(1);
                    for (ix, call) in calls.iter().enumerate() {
                        let end = if trims && ix == last { " -}}" } else { " }}" };
                        made.text.extend(["{{ ", call, end]);
                    }
                }
            }
            made.inserted.push(begin..made.text.len());
            copied = at;
        }
        made.text.push_str(text.get(copied..).unwrap_or_default());
        made
    }
}

/// Whether an expression is a path, which makes no value: `issue.labels`.
fn is_path(tokens: &[Token<'_>]) -> bool {
    tokens.iter().all(|token| matches!(token, Token::Word(_) | Token::Sign(b'.')))
}

/// The words among tokens.
fn words<'t>(tokens: &[Token<'t>]) -> Vec<&'t str> {
    tokens.iter().filter_map(|token| if let Token::Word(word) = token { Some(*word) } else { None }).collect()
}

/// The names of a component's parameters: each stands behind a parenthesis, a comma or dots.
fn declared<'t>(tokens: &[Token<'t>]) -> Vec<&'t str> {
    let mut deep = 0_usize;
    let mut names = Vec::new();
    for pair in tokens.windows(2) {
        match pair[0] {
            Token::Sign(b'(' | b'[' | b'{') => deep += 1,
            Token::Sign(b')' | b']' | b'}') => deep = deep.saturating_sub(1),
            _ => {}
        }
        if let (1, Token::Sign(b'(' | b',' | b'.'), Token::Word(name)) = (deep, pair[0], pair[1]) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> String {
        instrument(text, true).unwrap_or_default().text
    }

    #[test]
    fn loops_values_and_outputs_are_counted_and_nothing_else_changes() {
        let start = "{{ roadbook_step(n=1) }}";
        assert_eq!(made("a {{ b -}} c"), format!("{start}a {{{{( b ) | roadbook_paid -}}}} c"));
        let looped = "{% for a in b -%} x {% endfor %}";
        let wanted = "{% for a in b -%}{{ roadbook_step(n=1) -}} x {% endfor %}";
        assert_eq!(made(looped).replace("n=3", "n=1"), format!("{start}{wanted}"));
        let weighed =
            made("{% for k, v in {\"a\": b} %}{% endfor %}{% set x = x ~ x -%}{% set y %}{% endset %}");
        for call in [
            "of=\"k\") }}",
            "of=\"v\") }}{% endfor",
            "of=\"x\") -}}{% set y",
            "endset %}{{ roadbook_weigh(of=\"y\")",
        ] {
            assert!(weighed.contains(call), "{weighed}");
        }
        let component = made("{% component a(x, y=[1, z], ...more) %}{% endcomponent a %}");
        assert!(component.contains("\"x\"") && component.contains("\"y\"") && component.contains("\"more\""));
        assert!(!component.contains("\"z\""), "{component}");
        assert!(
            made("{% extends \"a\" %}{% block b %}x{% endblock %}")
                .starts_with("{% extends \"a\" %}{% block b %}{{ roadbook_step")
        );
        for same in [
            "{{ <a x=1 /> }}",
            "{{ super() }}",
            "{{ loop.index }}",
            "{# {{ x }} #}",
            "{% set x = a.b %}",
            "{{ x",
        ] {
            assert_eq!(made(same).replace("n=2", "n=1"), format!("{start}{same}"));
        }
    }

    #[test]
    fn what_goes_to_the_page_alone_is_not_weighed() {
        let weighs = |text: &str| instrument(text, false).unwrap_or_default().text.contains(PAID);
        for captured in [
            "{% set x %}{{ a }}{% endset %}",
            "{% filter upper %}{% if b %}{{ a }}{% endif %}{% endfilter %}",
            "{% <b> %}{{ a }}{% </b> %}",
        ] {
            assert!(weighs(captured), "{captured}");
        }
        for free in [
            "{{ a }}",
            "{% for a in b %}{{ a }}{% endfor %}",
            "{% <b> %}x{% </b> %}{{ a }}",
            "{% <b /> %}{{ a }}",
        ] {
            assert!(!weighs(free), "{free}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_that_was_written() {
        let text = "one {% for a in b %}{{ a }}{% endfor %} {{ nothing }} end";
        let instrumented = instrument(text, true).unwrap_or_default();
        for word in ["one", "{% endfor %}", "nothing", "end"] {
            let at = |text: &str| text.find(word).map(|at| at..at + word.len()).unwrap_or_default();
            assert_eq!(instrumented.original(at(&instrumented.text)), at(text), "{word}");
        }
    }

    #[test]
    fn what_reading_alone_would_choke_on_is_refused() {
        let elifs = format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(MOST_ELIF + 1));
        let joined = format!("{{{{ a{} }}}}", " ~ a".repeat(MOST_JOINED + 1));
        for refused in [elifs, joined, "{{a|b}}".repeat(40_000)] {
            assert!(instrument(&refused, true).is_err(), "{}", &refused[..30]);
        }
        let fine = format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(MOST_ELIF));
        assert!(instrument(&fine.repeat(3), true).is_ok());
        assert!(instrument(&"{{ a | upper }}\n".repeat(40_000), true).is_ok());
    }
}
