//! The templates: built in, or the user's in their place. The only importer of tera.
//!
//! Templates decide how, never what: each gets one flat view. Their filters turn plain text (`text`, `heading`, `cell`)
//! and the users' Markdown (`inline`, `cell_inline`) into Markdown that reads the same where it stands.

mod built_in;
mod compiled;
mod filters;
mod guarded;
mod instrument;
mod meter;
mod metered;
mod room;
mod scan;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde::{Serialize, Serializer};
use tera::{Context as Values, ErrorKind, Tera, TeraResult, Value};

use self::{
    built_in::ASSETS,
    compiled::Set,
    filters::with_filters,
    meter::Size,
    metered::{Metered, Texts},
    room::{Room, values},
};
use crate::{
    report::{Code, Diagnostic, Place},
    words::{self, Words},
};

pub use self::built_in::BUILT_IN;
pub(crate) use self::built_in::our_templates;
pub(super) use self::filters::{linked, linked_code};

/// The style sheet of the pictures, which is no file of the site: the site's style sheet holds it.
const PICTURES: &str = "assets/pictures.css";

/// The template of the site's components.
const PARTS: &str = "site/parts.html";

/// The folder of the assets, among the templates and in the site.
const ASSET_FOLDER: &str = "assets/";

/// The compiled templates, and the assets of the site.
pub struct Engine {
    /// The templates of the pages; all, where any is the user's.
    tera: Arc<Tera>,
    /// The assets, the user's in place of ours, by name.
    assets: BTreeMap<String, Cow<'static, str>>,
    /// The files of the user's templates, by template name.
    overrides: BTreeMap<String, Arc<str>>,
    /// What holds pages with users' templates to their limits; `None` where all templates are ours.
    metered: Option<Metered>,
    /// What takes the place of English texts; `None` where nothing does.
    words: Option<Arc<Words>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("overrides", &self.overrides).finish_non_exhaustive()
    }
}

/// A user's template: its name (`markdown/SUMMARY.md`), the file it stands in, and its text.
#[derive(Debug, Clone)]
pub struct Override {
    /// What it is called, and which of ours it takes the place of.
    pub(crate) name: String,
    /// Its file from the root.
    pub(crate) file: Arc<str>,
    /// Its text.
    pub(crate) text: String,
}

/// A part of a view that is made once and shown by many pages: it is shared where else it would be made for each.
#[derive(Debug, Clone)]
pub(crate) struct Fragment(Value);

impl Fragment {
    /// Makes a part.
    pub(crate) fn new(part: &impl Serialize) -> Self {
        // Views are structs of texts, numbers and lists: there is none that cannot be made.
        Self(Value::try_from_serializable(part).unwrap_or_else(|_| Value::none()))
    }

    /// A part that is HTML already: templates write it as it is.
    pub(crate) fn html(html: &str) -> Self {
        Self(Value::safe_string(html))
    }

    /// The same again; empty where it is none.
    pub(crate) fn as_html(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

impl Serialize for Fragment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Engine {
    /// Compiles the built-in templates, with the user's in place of those of the same name.
    ///
    /// # Errors
    /// Where one does not compile.
    pub fn new(overrides: Vec<Override>) -> Result<Self, Diagnostic> {
        Self::with(overrides, None)
    }

    /// The same with words in place of the English texts of our templates and scripts.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub(crate) fn with(overrides: Vec<Override>, words: Option<Arc<Words>>) -> Result<Self, Diagnostic> {
        let files = overrides.iter().map(|own| (own.name.clone(), Arc::clone(&own.file))).collect();
        let (own_assets, overrides): (Vec<_>, Vec<_>) =
            overrides.into_iter().partition(|own| own.name.starts_with(ASSET_FOLDER));
        let mut assets: BTreeMap<_, _> =
            ASSETS.iter().map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text))).collect();
        if let Some(words) = &words {
            assets
                .iter_mut()
                .for_each(|(name, text)| *text = words::translated_script(name, text, words).into());
        }
        assets.extend(own_assets.into_iter().map(|own| (own.name, Cow::Owned(own.text))));
        let mut engine = Self { tera: Arc::default(), assets, overrides: files, metered: None, words };
        if overrides.is_empty() {
            let ours = compiled::ours(Set::Pages, engine.words.as_deref());
            engine.tera = ours.map_err(|error| engine.diagnostic(&error, ""))?;
            return Ok(engine);
        }
        let mut tera = with_filters();
        guarded::register(&mut tera);
        let Texts { texts, metered } = metered::texts(&overrides)?;
        engine.metered = Some(metered);
        let text = |(name, text): &(&str, Cow<'_, str>)| match &engine.words {
            Some(words) if engine.is_built_in(name) => words::translated(name, text, words),
            _ => text.to_string(),
        };
        let texts: Vec<_> = texts.iter().map(|own| (own.0, text(own))).collect();
        let added = tera.add_raw_templates(texts.iter().map(|(name, text)| (*name, &**text)));
        added.map_err(|error| engine.diagnostic(&error, ""))?;
        engine.tera = Arc::new(tera);
        Ok(engine)
    }

    /// Renders a view by the template of this name, after whatever `out` holds.
    ///
    /// # Errors
    /// Where the template fails on this view.
    pub(crate) fn render(
        &self,
        name: &str,
        view: &impl Serialize,
        out: &mut Vec<u8>,
    ) -> Result<(), Diagnostic> {
        self.render_within(name, view, usize::MAX, out).map(drop)
    }

    /// The same, where it comes to no more than `most` bytes; returns whether it does. `out` keeps what came before.
    ///
    /// # Errors
    /// Where the template fails on this view.
    pub(crate) fn render_within(
        &self,
        name: &str,
        view: &impl Serialize,
        most: usize,
        out: &mut Vec<u8>,
    ) -> Result<bool, Diagnostic> {
        let view = Value::try_from_serializable(view).map_err(|error| self.diagnostic(&error, name))?;
        self.held(name, (view, None), most, out, |view, _, out| {
            self.compiled(name)?.render_to(name, &values(view), out)
        })
    }

    /// Renders a view as [`Engine::render`] does, with `site` beside what it knows.
    ///
    /// # Errors
    /// Where the template fails on this view.
    pub(crate) fn render_in(
        &self,
        site: Fragment,
        name: &str,
        view: &impl Serialize,
        out: &mut Vec<u8>,
    ) -> Result<(), Diagnostic> {
        let view = Value::try_from_serializable(view).map_err(|error| self.diagnostic(&error, name))?;
        let render = |view, site: Option<Value>, out: &mut Room<'_>| {
            let mut values = values(view);
            values.insert_value("site", site.unwrap_or_else(Value::none));
            self.tera.render_to(name, &values, out)
        };
        self.held(name, (view, Some(site.0)), usize::MAX, out, render).map(drop)
    }

    /// Makes HTML of a view by the component of this name, which calls its view `of`.
    ///
    /// # Errors
    /// Where there is no such component, or it fails on this view.
    pub(crate) fn part(&self, component: &str, of: &impl Serialize) -> Result<Fragment, Diagnostic> {
        let view = Value::try_from_serializable(of).map_err(|error| self.diagnostic(&error, PARTS))?;
        let mut html = Vec::new();
        self.held(PARTS, (view, None), usize::MAX, &mut html, |view, _, out| {
            let mut values = Values::new();
            values.insert_value("of", view);
            self.tera.render_component_to(component, &values, None, true, out)
        })?;
        Ok(Fragment::html(str::from_utf8(&html).unwrap_or_default()))
    }

    /// The templates among which this one is compiled.
    fn compiled(&self, name: &str) -> TeraResult<Arc<Tera>> {
        match Set::of(name) {
            Set::Apart if self.metered.is_none() => compiled::ours(Set::Apart, self.words.as_deref()),
            _ => Ok(Arc::clone(&self.tera)),
        }
    }

    /// Renders into what is left of `most` bytes, within the limits of users' templates; returns whether they sufficed.
    fn held(
        &self,
        name: &str,
        given: (Value, Option<Value>),
        most: usize,
        out: &mut Vec<u8>,
        render: impl FnOnce(Value, Option<Value>, &mut Room<'_>) -> TeraResult<()>,
    ) -> Result<bool, Diagnostic> {
        let Some(metered) = self.metered.as_ref().filter(|metered| metered.holds(name)) else {
            let mut room = Room { end: out.len().saturating_add(most), out, is_full: false };
            return match render(given.0, given.1, &mut room) {
                Err(_) if room.is_full => Ok(false),
                done => done.map(|()| true).map_err(|error| self.diagnostic(&error, name)),
            };
        };
        metered.passed(name)?;
        let size = Size::of(&given.0).and(given.1.as_ref().map(Size::of).unwrap_or_default());
        let mut room =
            Room { end: out.len().saturating_add(most.min(size.page_bytes())), out, is_full: false };
        let (done, passed) = meter::metered(size, || render(given.0, given.1, &mut room));
        let Err(error) = done else { return Ok(true) };
        let limit = match (room.is_full, passed) {
            (true, _) if most <= size.page_bytes() => return Ok(false),
            (true, _) => Size::page_limit(),
            (false, Some(passed)) => passed,
            (false, None) => return Err(self.diagnostic(&error, name)),
        };
        let file = metered.file(name, self.diagnostic(&error, name).place.file);
        Err(metered.pass(metered::limit(Place::file(file), &limit)))
    }

    /// Begins to replace the texts that this thread makes, as long as the answer lives.
    pub(crate) fn words(&self) -> words::Scope {
        words::scope(self.words.as_ref())
    }

    /// What takes the place of English texts; `None` where nothing does.
    pub(crate) fn own_words(&self) -> Option<&Arc<Words>> {
        self.words.as_ref()
    }

    /// Whether a template is the built-in one, and not the user's.
    pub(crate) fn is_built_in(&self, name: &str) -> bool {
        !self.overrides.contains_key(name)
    }

    /// Whether a template is the user's.
    pub(crate) fn has_overrides(&self) -> bool {
        self.overrides.keys().any(|name| !name.starts_with(ASSET_FOLDER))
    }

    /// The assets that are files of the site by name (`assets/site.css`), sorted.
    pub(crate) fn assets(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.assets.iter().filter(|(name, _)| *name != PICTURES);
        files.map(|(name, text)| (name.as_str(), &**text))
    }

    /// The style sheet of the pictures.
    pub(crate) fn picture_style(&self) -> &str {
        self.assets.get(PICTURES).map_or("", |text| text)
    }

    /// Whether there is an asset of this name.
    pub(crate) fn has_asset(&self, name: &str) -> bool {
        self.assets.contains_key(name)
    }

    /// The template at fault, where an error about several says which: of a circle one that is the user's.
    fn at_fault<'e>(&self, kind: &'e ErrorKind) -> Option<&'e str> {
        match kind {
            ErrorKind::CircularInclude { tpl, include_chain: chain }
            | ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
                let own = std::iter::once(tpl).chain(chain).find(|name| !self.is_built_in(name));
                Some(own.unwrap_or(tpl))
            }
            ErrorKind::MissingParent { current, .. } => Some(current),
            // What nothing defines is told with its place: `error: …`, and below it ` --> FILE:LINE:COLUMN`.
            ErrorKind::Msg(report) => {
                let place = report.lines().nth(1)?.trim_start().strip_prefix("--> ")?;
                place.rsplitn(3, ':').nth(2)
            }
            _ => None,
        }
    }

    /// The finding that a template's error is.
    fn diagnostic(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let kind = error.kind();
        let (file, range, message) = match kind {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                (report.filename(), Some(report.span().range.clone()), report.message().to_owned())
            }
            other => (self.at_fault(other).unwrap_or(template), None, other.to_string()),
        };
        let range =
            range.map(|range| self.metered.as_ref().map_or(range.clone(), |own| own.original(file, range)));
        let place = match (self.overrides.get(file), range) {
            (Some(file), Some(range)) => Place::bytes(Arc::clone(file), range),
            (Some(file), None) => Place::file(Arc::clone(file)),
            (None, _) => Place::file(if file.is_empty() { "templates" } else { file }),
        };
        let message = message.lines().next().unwrap_or_default().trim_end_matches('.');
        let message = message.strip_prefix("error: ").unwrap_or(message);
        Diagnostic::new(Code::BrokenTemplate, place, format!("the template cannot be used: {message}"))
            .help("`roadbook templates --diff` shows how it differs from the built-in one")
    }
}

/// A bar of ten blocks, one for each whole tenth.
pub(super) fn bar(percent: usize) -> String {
    let full = (percent / 10).min(10);
    "█".repeat(full) + &"░".repeat(10 - full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_at_the_end() {
        assert_eq!([0, 99, 100].map(bar), ["░░░░░░░░░░", "█████████░", "██████████"]);
    }

    #[test]
    fn what_is_found_once_all_templates_are_there_is_told_with_the_file_at_fault() {
        let found = |text: &str| {
            let name = "markdown/SUMMARY.md".to_owned();
            let own =
                Override { name, file: "roadmap/templates/markdown/SUMMARY.md".into(), text: text.into() };
            let Err(found) = Engine::new(vec![own]) else { panic!("it compiled") };
            assert_eq!(&*found.place.file, "roadmap/templates/markdown/SUMMARY.md", "{}", found.message);
            found.message
        };
        let unknown = found("{{ frob(x=1) }}");
        assert_eq!(unknown, "the template cannot be used: Unknown function `frob`");
        found("{% include \"markdown/nope.md\" %}");
        found("{% include \"markdown/SUMMARY.md\" %}");
        found("{% extends \"nope\" %}");
    }

    #[test]
    fn a_broken_override_is_told_with_its_file_and_bytes() {
        let own = |text: &str| Override {
            name: "markdown/SUMMARY.md".into(),
            file: "roadmap/templates/markdown/SUMMARY.md".into(),
            text: text.into(),
        };
        let Err(found) = Engine::new(vec![own("{{ title ")]) else { panic!("it compiled") };
        assert_eq!(found.code, Code::BrokenTemplate);
        assert_eq!(&*found.place.file, "roadmap/templates/markdown/SUMMARY.md");
        let engine = Engine::new(vec![own("ok\n{{ nothing.here }}\n")]).expect("it compiles");
        let found = engine
            .render("markdown/SUMMARY.md", &serde_json::json!({}), &mut Vec::new())
            .expect_err("it fails");
        assert!(matches!(found.place.at, crate::report::At::Bytes(_)), "{found:?}");
    }
}
