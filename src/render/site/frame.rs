//! What stands around every page: head, navigation, breadcrumbs, footer.
//!
//! It holds no count, no as-of day and no hash, so that no change of one item touches the pages of all others.

use crate::words::{self, word};
use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::{Fragment, PageContext, here::is_web};
use crate::{
    model::{IssueIx, MilestoneIx, Roadmap},
    render::source_name,
    report::{Diagnostic, uri_path},
    source::schema::Direction,
};

/// What templates know of the site, whatever the page; they call it `site`.
#[derive(Debug, Serialize)]
pub(super) struct SiteView<'a> {
    /// The user's own data of the roadmap.
    extra: &'a Value,
    /// What the site is called.
    title: &'a str,
    /// The language of the texts, as a BCP 47 tag.
    lang: &'a str,
    /// `ltr` or `rtl`.
    dir: &'static str,
    /// The address of the picture that is shown where a page is shared; empty where none is named or nobody says where the site is.
    image: String,
    /// Whether pages may show images of other hosts.
    remote_images: bool,
    /// Whether a page that lacks a picture says which key would draw it.
    hints: bool,
    /// The user's own style sheet; empty where there is none.
    custom_css: &'static str,
    /// HTML: what stands above every page. The component `top` makes it.
    top: Fragment,
    /// HTML: the ways to the data and to the repository. The component `ways_out` makes it.
    ways_out: Fragment,
}

/// What the component `top` may know.
#[derive(Debug, Serialize)]
struct TopView<'a> {
    /// What the site is called.
    title: &'a str,
    /// The way to the site's folder.
    root: &'a str,
    /// The pages that every page leads to.
    nav: Vec<NavView>,
    /// Whether this page is the search, to which every page leads as well.
    is_search: bool,
}

/// What the component `ways_out` may know.
#[derive(Debug, Serialize)]
struct WaysOut<'a> {
    /// The way to the site's folder.
    root: &'a str,
    /// Where the repository is; empty where nobody says.
    repository_url: String,
    /// The repository, as `owner/name`; empty where nobody says.
    repository: &'a str,
}

/// What `site/layout.html` may know of its page; a page's view calls it `page`.
#[derive(Debug, Serialize)]
pub(super) struct Frame<'a> {
    /// What the page is called; empty on the overview.
    title: String,
    /// What the page shows, in a sentence.
    description: String,
    /// The way to the site's folder.
    root: &'a str,
    /// The page's own address; empty where nobody says where the site is published.
    url: String,
    /// The address of the feed; empty where the site has none.
    feed: String,
    /// HTML: the pages above this one. The component `trail` makes it; empty on the overview.
    trail: Fragment,
    /// The page before this one, where pages stand in a row.
    previous: Option<NavLink<'a>>,
    /// The page after this one.
    next: Option<NavLink<'a>>,
    /// HTML: what it was made from. The component `origin` makes it.
    origin: Fragment,
}

/// What the component `origin` may know.
#[derive(Debug, Serialize)]
struct OriginView<'a> {
    /// The name of the source.
    source: String,
    /// Where it can be edited; empty where nobody says.
    edit_url: &'a str,
}

/// An entry of the navigation.
#[derive(Debug, Serialize)]
struct NavView {
    title: Cow<'static, str>,
    link: String,
    /// Whether it is this page.
    is_here: bool,
}

/// The way to another page.
#[derive(Debug, Serialize)]
pub(super) struct NavLink<'a> {
    /// What it is called.
    pub(super) title: Cow<'a, str>,
    /// Where it is.
    pub(super) link: String,
}

/// The entries of the navigation: name, page, and whether a site has it. They follow the keys that the source gives, never how many of
/// something there are.
type Entry = (&'static str, &'static str, fn(&PageContext<'_>) -> bool);

/// The entry of the page that only a site with a history has.
const CHANGES: &str = word!("Changes");

/// The pages that every page leads to, where the site has them.
const NAV: [Entry; 8] = [
    (word!("Overview"), "index.html", |_| true),
    (word!("Board"), "board.html", |here| !here.roadmap.issues.is_empty()),
    (word!("Timeline"), "timeline.html", |here| here.known().days),
    (word!("Order"), "timeline.html", |here| !here.known().days && !here.roadmap.milestones.is_empty()),
    (word!("Dependencies"), "graph.html", |here| here.facts.waits),
    (word!("Phases"), "phases.html", |here| !here.roadmap.phases.is_empty()),
    (word!("Labels"), "labels.html", |here| !here.roadmap.labels.is_empty()),
    (CHANGES, "changes.html", |_| true),
];

impl SiteView<'_> {
    /// What a page's template knows of the site.
    pub(super) fn made(here: &PageContext<'_>) -> Result<Fragment, Diagnostic> {
        let (roadmap, engine) = (here.roadmap, &here.renderer.engine);
        let repository = roadmap.repository.as_deref().unwrap_or_default();
        let top = TopView {
            title: &roadmap.title,
            root: here.root,
            nav: nav(here),
            is_search: here.inside == "search.html",
        };
        let ways_out = WaysOut { root: here.root, repository_url: here.repository_url(), repository };
        Ok(Fragment::new(&SiteView {
            extra: roadmap.extra.shown(),
            title: &roadmap.title,
            lang: roadmap.site.lang.as_deref().unwrap_or("en"),
            dir: match roadmap.site.dir {
                Some(Direction::Rtl) => "rtl",
                Some(Direction::Ltr) | None => "ltr",
            },
            image: shared_image(here),
            remote_images: roadmap.site.remote_images == Some(true),
            hints: roadmap.site.hints != Some(false),
            custom_css: if engine.has_asset(CUSTOM_CSS) { CUSTOM_CSS } else { "" },
            top: engine.part("top", &top)?,
            ways_out: engine.part("ways_out", &ways_out)?,
        }))
    }
}

/// The address of the picture that is shown where a page is shared.
fn shared_image(here: &PageContext<'_>) -> String {
    let (image, url) = (here.roadmap.site.image.as_deref().unwrap_or_default(), here.url());
    match image {
        "" => String::new(),
        image if image.starts_with("https://") || image.starts_with("http://") => image.to_owned(),
        _ if url.is_empty() => String::new(),
        path => address(&url, path.trim_start_matches('/')),
    }
}

impl<'a> Frame<'a> {
    /// The frame of a page that is called so and shows that.
    ///
    /// # Errors
    /// Where a component fails, as the methods below do.
    pub(super) fn new(
        here: &PageContext<'a>,
        title: String,
        description: String,
    ) -> Result<Self, Diagnostic> {
        let url = here.url();
        Ok(Self {
            title,
            description,
            root: here.root,
            url: if url.is_empty() { url } else { address(&url, here.inside) },
            feed: if super::changes::has_feed(here.renderer) { here.to("feed.atom") } else { String::new() },
            trail: here.trail(None)?,
            previous: None,
            next: None,
            origin: here.origin(0)?,
        })
    }

    /// The same below a milestone.
    pub(super) fn below_milestone(self, here: &PageContext<'a>, ix: MilestoneIx) -> Result<Self, Diagnostic> {
        Ok(Self { trail: here.trail(Some(ix))?, ..self })
    }

    /// The same below another page of the site.
    pub(super) fn below(
        self,
        here: &PageContext<'a>,
        title: &'static str,
        inside: &str,
    ) -> Result<Self, Diagnostic> {
        Ok(Self {
            trail: trail(here, Some(NavLink { title: words::of(title), link: here.to(inside) }))?,
            ..self
        })
    }

    /// The same between two pages.
    pub(super) fn between(mut self, previous: Option<NavLink<'a>>, next: Option<NavLink<'a>>) -> Self {
        self.previous = previous;
        self.next = next;
        self
    }

    /// The same of an item that stands in this file of the source.
    pub(super) fn of_file(self, here: &PageContext<'a>, file: usize) -> Result<Self, Diagnostic> {
        Ok(Self { origin: here.origin(file)?, ..self })
    }
}

/// The pages above one as HTML: the overview, and what stands between them; empty for the overview itself.
pub(super) fn trail(here: &PageContext<'_>, between: Option<NavLink<'_>>) -> Result<Fragment, Diagnostic> {
    if here.inside == "index.html" {
        return Ok(Fragment::html(""));
    }
    let overview = NavLink { title: words::of(word!("Overview")), link: here.to("index.html") };
    let crumbs: Vec<_> = std::iter::once(overview).chain(between).collect();
    here.renderer.engine.part("trail", &crumbs)
}

/// What a page was made from as HTML: the source, with the way to where this file of it is edited.
pub(super) fn origin(here: &PageContext<'_>, file: usize) -> Result<Fragment, Diagnostic> {
    let (source, edit_url) = (source_name(here.roadmap), here.places.edit_url(file));
    here.renderer.engine.part("origin", &OriginView { source, edit_url })
}

impl<'a> NavLink<'a> {
    /// The way to an issue.
    pub(super) fn to_issue(here: &PageContext<'a>, ix: IssueIx) -> Self {
        Self { title: here.roadmap.issues[ix.0].title.as_str().into(), link: here.issue(ix) }
    }

    /// The way to a milestone.
    pub(super) fn to_milestone(here: &PageContext<'a>, ix: MilestoneIx) -> Self {
        Self { title: here.roadmap.milestones[ix.0].title.as_str().into(), link: here.milestone(ix) }
    }
}

/// The user's own style sheet, which is loaded after ours.
const CUSTOM_CSS: &str = "assets/custom.css";

/// The navigation of a page.
fn nav(here: &PageContext<'_>) -> Vec<NavView> {
    let tells_changes = here.renderer.changes.is_some();
    let is_shown = |(title, _, is_there): &&Entry| is_there(here) && (tells_changes || *title != CHANGES);
    let view = |(title, page, _): &Entry| NavView {
        title: words::of(title),
        link: here.to(page),
        is_here: here.inside == *page,
    };
    NAV.iter().filter(is_shown).map(view).collect()
}

/// The address of a page on the web: that of the overview is the site's own.
fn address(url: &str, inside: &str) -> String {
    let inside = if inside == "index.html" { "" } else { inside };
    [url, inside].concat()
}

/// Where a file of the source can be edited: as `site.edit_url` says, else on GitHub; empty where nobody says.
pub(super) fn edit_url(roadmap: &Roadmap, file: &str) -> String {
    let path = uri_path(file);
    match (&roadmap.site.edit_url, &roadmap.repository) {
        (Some(pattern), _) if is_web(pattern) => pattern.replace("{path}", &path),
        (_, Some(repository)) => format!("https://github.com/{repository}/blob/HEAD/{path}"),
        _ => String::new(),
    }
}
