//! What stands between tags, and the boxes around what may be too wide.

use super::Sheet;
use crate::markdown::html::{characters, element::Kind, emoji, mark::Mark};

/// Where a body has more elements, words of code get none: a page of 3,000 is slow to lay out.
const MOST_TOKENS: usize = 2_000;

impl Sheet<'_> {
    /// Adds words of prose; those that name something become links.
    pub(in crate::markdown) fn words(&mut self, text: &str) {
        if self.is_in_code() || is_blank(text) {
            return self.verbatim(text);
        }
        let shown = emoji::shown(text);
        let text: &str = &shown;
        if self.is_in_link() {
            return self.verbatim(text);
        }
        let mentions = (self.options.mentions)(text);
        let mut from = 0;
        for mention in mentions {
            let (Some(before), Some(name)) =
                (text.get(from..mention.range.start), text.get(mention.range.clone()))
            else {
                continue;
            };
            self.verbatim(before);
            let mark = Mark::new("a", Kind::Through).with("href", &mention.href);
            self.begin(mark.with_fixed(" class=\"mention\"").with("title", &mention.title));
            self.verbatim(name);
            self.end();
            from = mention.range.end;
        }
        self.verbatim(&text[from..]);
    }

    /// Adds a text that is no prose: code, or what is shown as it is written.
    pub(in crate::markdown) fn verbatim(&mut self, text: &str) {
        if !is_blank(text) {
            self.make_room();
            self.ink += 1;
        }
        // A parser drops a line end right behind `<pre>`.
        let in_pre =
            self.open.last().is_some_and(|open| open.mark.name == "pre" && open.tag.1 == self.html.len());
        characters::push_text(&mut self.html, if in_pre { text.trim_start_matches('\n') } else { text });
    }

    /// Adds the pieces of a block of code, those that have a class in an element of their own: as many as a page can hold.
    pub(in crate::markdown) fn tokens(&mut self, pieces: &[(Option<&str>, &str)]) {
        let many = pieces.iter().filter(|(class, _)| class.is_some()).count();
        let has_room = self.elements + self.tokens + many <= MOST_TOKENS;
        self.tokens += if has_room { many } else { 0 };
        self.ink += usize::from(pieces.iter().any(|(_, text)| !is_blank(text)));
        for (class, text) in pieces {
            match class.filter(|_| has_room) {
                Some(class) => {
                    self.html.extend(["<span class=\"", class, "\">"]);
                    characters::push_text(&mut self.html, text);
                    self.html.push_str("</span>");
                }
                None => characters::push_text(&mut self.html, text),
            }
        }
    }

    /// Adds an element without content. `seen` says whether it is one that people see.
    pub(in crate::markdown) fn void(&mut self, mark: &Mark, seen: bool) {
        self.make_room();
        self.ink += usize::from(seen);
        self.elements += 1;
        self.html.extend(["<", mark.name, &mark.attributes, ">"]);
    }

    /// Adds a rule between blocks, or a new line where none may stand.
    pub(in crate::markdown) fn rule(&mut self) {
        let rule = Mark::new("hr", Kind::Flow);
        while !self.holds_blocks() && self.open.last().is_some_and(|open| open.mark.is_theirs()) {
            self.close();
        }
        self.make_room();
        if self.holds_blocks() {
            self.line();
            self.void(&rule, false);
            self.html.push('\n');
        } else {
            self.void(&Mark::new("br", Kind::Words), false);
        }
    }

    /// The box around a table, which scrolls by itself where the table is too wide; none in a link or another table.
    pub(in crate::markdown) fn table_box(&mut self, words: &str) -> Mark {
        if self.is_in_link() || self.is_in("table") {
            return Mark::silent();
        }
        self.tables += 1;
        let colon = if words.is_empty() { "" } else { ": " };
        let label = format!("Table {}{colon}{words}", self.tables);
        let mark = Mark::new("div", Kind::Flow);
        mark.with_fixed(" class=\"scroll\" tabindex=\"0\" role=\"region\"").with("aria-label", &label)
    }

    /// A block of code, which scrolls by itself; in a link nothing else may take the focus.
    pub(in crate::markdown) fn code_box(&self) -> Mark {
        let mark = Mark::new("pre", Kind::Lines);
        if self.is_in_link() { mark } else { mark.with_fixed(" tabindex=\"0\"") }
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}
