//! What is internal and is named on the site all the same, because somebody wrote its id or title into a public text.

use rayon::prelude::*;

use crate::{
    model::title_without_id,
    render::{Page, PageKind, Renderer},
    report::{Code, Diagnostic, Place, Report},
};

/// Something that the site may not name.
struct Secret {
    /// Its id or title in lower case.
    text: String,
    /// Its id, for the message.
    id: String,
    place: Place,
}

/// Finds the ids and titles of internal items on the pages of the site. Nothing is rendered where nothing is internal.
pub(crate) fn leaks(renderer: &Renderer, pages: &[Page]) -> Report {
    let mut report = Report::default();
    let secrets = secrets(renderer);
    if secrets.is_empty() {
        return report;
    }
    let found: Vec<_> = pages
        .par_iter()
        .filter(|page| matches!(page.kind, PageKind::Site(_)))
        .flat_map_iter(|page| {
            let mut bytes = Vec::new();
            // A page that cannot be rendered is told where it is compared or written.
            let text = match renderer.bytes(page, &mut bytes) {
                Ok(()) => plain(&String::from_utf8_lossy(&bytes)).to_lowercase(),
                Err(_) => String::new(),
            };
            secrets.iter().filter(move |secret| holds(&text, &secret.text)).map(move |secret| (secret, page))
        })
        .collect();
    let mut told = std::collections::BTreeSet::new();
    for (secret, page) in found {
        if told.insert((&secret.id, &page.path)) {
            let message = format!("`{}` is internal, and `{}` names it", secret.id, page.path);
            let help = "change the text that names it, or make its item internal as well";
            report.push(Diagnostic::new(Code::InternalLeak, secret.place.clone(), message).help(help));
        }
    }
    report
}

/// The ids and titles of all internal items. A made id is its title again.
fn secrets(renderer: &Renderer) -> Vec<Secret> {
    let roadmap = &renderer.roadmap;
    let mut secrets = Vec::new();
    let mut add = |id: &crate::model::Id, made: bool, title: &str, place: Place| {
        let names = [(!made).then_some(id.as_str()), Some(title_without_id(title, id))].into_iter().flatten();
        secrets.extend(names.filter(|name| name.trim().len() > 2).map(|name| Secret {
            text: name.to_lowercase(),
            id: id.to_string(),
            place: place.clone(),
        }));
    };
    for (ix, milestone) in roadmap.milestones().filter(|(_, milestone)| milestone.internal) {
        add(&milestone.id, milestone.made, &milestone.title, roadmap.milestone_place(ix).key("title"));
    }
    for (ix, issue) in roadmap.issues().filter(|(ix, _)| renderer.facts.issue(*ix).internal) {
        add(&issue.id, issue.made, &issue.title, roadmap.issue_place(ix).key("title"));
    }
    secrets
}

/// A page with the five characters that HTML escapes written plainly, whichever way its writer escaped them.
fn plain(html: &str) -> String {
    let html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    html.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")
}

/// Whether a text holds a name as words of its own.
fn holds(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn names_are_words_of_their_own() {
        assert!(holds("once a-2 is settled", "a-2") && holds("(a-2)", "a-2"));
        assert!(!holds("once a-21 is settled", "a-2") && !holds("ba-2", "a-2"));
    }
}
