//! Which pages are held to limits, and which templates are instrumented for that: those of users, and ours as far as theirs
//! call them. Where users have none, nothing is.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Override,
    built_in::BUILT_IN,
    instrument::{Instrumented, instrument},
    scan::{Token, tags},
};
use crate::report::{Code, Diagnostic, Place};

/// What holds pages with users' templates to their limits.
pub(super) struct Metered {
    /// The templates whose pages have a user's template in them, with the files of those.
    held: BTreeMap<String, Vec<Arc<str>>>,
    /// The instrumented templates.
    instrumented: BTreeMap<String, Instrumented>,
    /// What was found of files that passed a limit: no other page is tried with them.
    passed: Mutex<BTreeMap<String, Diagnostic>>,
}

/// What a template calls upon.
#[derive(Debug, Default)]
struct Calls {
    /// Templates that it includes or extends.
    templates: Vec<String>,
    /// Those that it includes.
    included: Vec<String>,
    /// Whether it asks for the blocks that it takes the place of.
    supers: bool,
    /// Whether it calls components.
    components: bool,
    /// Whether it defines components.
    defines: bool,
}

/// What a template calls upon.
fn calls(text: &str) -> Calls {
    let mut calls = Calls::default();
    for tag in tags(text) {
        match (tag.is_output, tag.keyword()) {
            (false, Some("include")) => calls.included.extend(tag.word(1).map(str::to_owned)),
            (false, Some("extends")) => calls.templates.extend(tag.word(1).map(str::to_owned)),
            (false, Some("component")) => calls.defines = true,
            _ => {}
        }
        calls.supers |= tag.tokens.contains(&Token::Word("super"));
        calls.components |=
            tag.tokens.windows(2).any(|pair| matches!(pair, [Token::Sign(b'<'), Token::Word(_)]));
    }
    calls.templates.extend_from_slice(&calls.included);
    calls
}

/// All templates as they are compiled.
pub(super) struct Texts<'t> {
    pub(super) texts: Vec<(&'t str, Cow<'t, str>)>,
    pub(super) metered: Metered,
}

/// All templates with the user's in place of ours of the same name, instrumented where they must be.
///
/// # Errors
/// Where a template is not even tried.
pub(super) fn texts(overrides: &[Override]) -> Result<Texts<'_>, Diagnostic> {
    let is_own = |name: &str| overrides.iter().any(|own| own.name == name);
    let built_in = BUILT_IN.iter().copied().filter(|(name, _)| !is_own(name));
    let all: BTreeMap<_, _> =
        built_in.chain(overrides.iter().map(|own| (own.name.as_str(), own.text.as_str()))).collect();
    let calls: BTreeMap<_, _> = all.iter().map(|(name, text)| (*name, calls(text))).collect();
    let supers = calls.values().any(|calls| calls.supers);
    let is_captured =
        |name: &str| supers || calls.values().any(|calls| calls.included.iter().any(|of| of == name));
    let mut instrumented = BTreeMap::new();
    for name in reached(overrides.iter().map(|own| own.name.as_str()), &calls) {
        let Some(text) = all.get(name) else { continue };
        let made = instrument(text, is_captured(name)).map_err(|refusal| {
            let own = overrides.iter().find(|own| own.name == name);
            let place = own.map(|own| Place::bytes(Arc::clone(&own.file), refusal.range));
            limit(place.unwrap_or_else(|| Place::file(name)), &refusal.limit)
        })?;
        instrumented.insert(name.to_owned(), made);
    }
    let files = |name: &&str| {
        let reached = reached([*name], &calls);
        let own = overrides.iter().filter(|own| reached.contains(&*own.name));
        ((*name).to_owned(), own.map(|own| Arc::clone(&own.file)).collect::<Vec<_>>())
    };
    let held = all.keys().map(files).filter(|(_, files)| !files.is_empty()).collect();
    let text = |(name, text)| {
        let own = instrumented.get(name).map(|made: &Instrumented| Cow::Owned(made.text.clone()));
        (name, own.unwrap_or(Cow::Borrowed(text)))
    };
    let texts = all.into_iter().map(text).collect();
    Ok(Texts { texts, metered: Metered { held, instrumented, passed: Mutex::default() } })
}

/// The templates that these call upon, themselves among them.
fn reached<'t>(
    from: impl IntoIterator<Item = &'t str>,
    calls: &'t BTreeMap<&'t str, Calls>,
) -> BTreeSet<&'t str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<_> = from.into_iter().collect();
    while let Some(name) = open.pop() {
        let Some(called) = calls.get(name).filter(|_| found.insert(name)) else { continue };
        open.extend(called.templates.iter().map(String::as_str));
        // A component may be defined in any template.
        if called.components {
            open.extend(calls.iter().filter(|(_, calls)| calls.defines).map(|(name, _)| *name));
        }
    }
    found
}

/// The finding that a template passes a limit.
pub(super) fn limit(place: Place, limit: &str) -> Diagnostic {
    let message = format!("the template `{}` passes the limit of {limit}", place.file);
    Diagnostic::new(Code::TemplateLimit, place, message)
        .help("a page may cost what it shows many times over, and no more: loop over less, and make no long texts in loops")
}

impl Metered {
    /// Whether pages of this template are held to limits.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.held.contains_key(name)
    }

    /// Where a range of an instrumented template is in the text that its owner wrote.
    pub(super) fn original(&self, name: &str, range: Range<usize>) -> Range<usize> {
        self.instrumented.get(name).map_or(range.clone(), |made| made.original(range))
    }

    /// Refuses a page that has a file in it which passed a limit already.
    pub(super) fn passed(&self, name: &str) -> Result<(), Diagnostic> {
        let passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        let files = self.held.get(name).map_or(&[][..], Vec::as_slice);
        files.iter().find_map(|file| passed.get(&**file)).map_or(Ok(()), |found| Err(found.clone()))
    }

    /// Whose limit was passed on a page, in this file: the user's, where the file is ours and theirs calls it.
    pub(super) fn file(&self, name: &str, file: Arc<str>) -> Arc<str> {
        let files = self.held.get(name).map_or(&[][..], Vec::as_slice);
        if files.contains(&file) { file } else { files.first().cloned().unwrap_or(file) }
    }

    /// Keeps what was found of a file.
    pub(super) fn pass(&self, found: Diagnostic) -> Diagnostic {
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        passed.entry(found.place.file.to_string()).or_insert(found).clone()
    }
}
