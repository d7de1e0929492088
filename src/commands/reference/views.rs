//! What each built-in template uses of its view, read from the template itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::render::{BUILT_IN, docs::TemplateView};

/// Words of the template language, which are no names of a view.
const WORDS: [&str; 28] = [
    "and",
    "as",
    "block",
    "break",
    "component",
    "continue",
    "elif",
    "else",
    "endblock",
    "endcomponent",
    "endfor",
    "endif",
    "endset",
    "extends",
    "false",
    "filter",
    "for",
    "if",
    "import",
    "in",
    "include",
    "is",
    "loop",
    "not",
    "or",
    "raw",
    "set",
    "true",
];

/// The built-in templates with the names that they use.
pub(super) fn templates() -> Vec<TemplateView> {
    let template = |(name, text): &(&str, &str)| TemplateView {
        name: (*name).into(),
        names: names(text).into_iter().collect(),
        fence: "```".into(),
    };
    BUILT_IN.iter().map(template).collect()
}

/// The names in a template's tags, those of a loop's item as what is looped over: `milestones[].title`.
fn names(template: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut items = BTreeMap::<String, String>::new();
    for tag in tags(template) {
        let tokens = tokens(tag);
        let spelled = |token: &str| spelled(token, &items);
        match tokens.as_slice() {
            ["for", item, "in", list, ..] => {
                let whole = spelled(list).unwrap_or_default();
                names.extend(Some(whole.clone()).filter(|name| !name.is_empty()));
                let each = if whole.is_empty() { whole } else { format!("{whole}[]") };
                items.insert((*item).to_owned(), each);
            }
            ["for", key, value, "in", list, ..] => {
                let whole = spelled(list).unwrap_or_default();
                items.insert((*key).to_owned(), String::new());
                items
                    .insert((*value).to_owned(), if whole.is_empty() { whole } else { format!("{whole}[]") });
            }
            ["set", name, from @ ..] => {
                let whole = from.first().and_then(|from| spelled(from)).unwrap_or_default();
                names.extend(from.iter().filter_map(|from| spelled(from)));
                items.insert((*name).to_owned(), whole);
            }
            ["component", arguments @ ..] => {
                items.extend(arguments.iter().map(|argument| ((*argument).to_owned(), String::new())));
            }
            ["endcomponent" | "extends" | "include" | "import" | "block" | "endblock", ..] => {}
            tokens => names.extend(tokens.iter().filter_map(|token| spelled(token))),
        }
    }
    names
}

/// A name as it begins at the top, where `items` are the names of loops with what they stand for; `None` for what is no name of
/// ours.
fn spelled(token: &str, items: &BTreeMap<String, String>) -> Option<String> {
    let (head, rest) = token.split_at(token.find('.').unwrap_or(token.len()));
    match items.get(head) {
        Some(whole) if whole.is_empty() => None,
        Some(whole) => Some(format!("{whole}{rest}")),
        None => (!WORDS.contains(&head)).then(|| token.to_owned()),
    }
}

/// What a comment begins with that names what a template is given and does not use.
const ALSO: &str = "{# also:";

/// What stands inside `{{ … }}`, `{% … %}` and `{# also: … #}`.
fn tags(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let marks = [("{{", "}}"), ("{%", "%}"), (ALSO, "#}")];
        let found = marks.iter().filter_map(|(open, close)| Some((rest.find(open)?, open.len(), close)));
        let (start, open, close) = found.min()?;
        let end = start + rest[start..].find(close)?;
        let tag = &rest[start + open..end];
        rest = &rest[end + close.len()..];
        Some(tag.trim_matches('-').trim())
    })
}

/// The names and words of a tag: no texts in quotes, no filters, no names of arguments, no numbers.
fn tokens(tag: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    // A component begins with its name: `<status of={status} />`.
    let (mut at, mut is_filter) = (0, tag.starts_with('<'));
    while let Some(first) = tag[at..].chars().next() {
        if first == '"' || first == '\'' {
            at += 1 + tag[at + 1..].find(first).map_or(tag.len() - at - 1, |end| end + 1);
            continue;
        }
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let length = tag[at..].find(|c| !is_part(c)).unwrap_or(tag.len() - at);
        if length == 0 {
            is_filter = first == '|' || (is_filter && matches!(first, ' ' | '<'));
            at += first.len_utf8();
            continue;
        }
        let token = &tag[at..at + length];
        at += length;
        let behind = tag[at..].trim_start();
        let is_argument = behind.starts_with('=') && !behind.starts_with("==");
        let is_set = tokens == ["set"];
        let is_call = behind.starts_with('(');
        if !is_filter && !is_call && (!is_argument || is_set) && token.starts_with(char::is_alphabetic) {
            tokens.push(token);
        }
        is_filter = token == "is";
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::names;

    fn told(template: &str) -> String {
        names(template).into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn loops_filters_and_arguments_are_seen_through() {
        let template = "{% for m in milestones %}{{ m.title | link(to=m.link) }}{% if m.n > 1 and not loop.last %}\
            {% for i in m.issues %}{{ i.id }}{% endfor %}{% endif %}{% endfor %}{{ title | default(value=\"a b\") }}";
        assert_eq!(
            told(template),
            "milestones milestones[].issues milestones[].issues[].id milestones[].link milestones[].n \
             milestones[].title title"
        );
        assert_eq!(
            told("{# not.it #}{% for m in list %}{# also: m.id m.link #}{{ m.linked }}{% endfor %}"),
            "list list[].id list[].link list[].linked"
        );
        assert_eq!(
            told("{% set x = a.b %}{{ x.c }}{% if y is defined %}{{ \"q\" ~ z }}{% endif %}"),
            "a.b a.b.c y z"
        );
    }
}
