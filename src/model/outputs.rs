//! Where the outputs go.

use crate::source::joined;

/// Where the outputs go: `/`-separated paths from the root, `None` where an output is switched off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outputs {
    /// The file of the summary.
    pub(crate) summary: Option<String>,
    /// The folder of the milestone pages.
    pub(crate) milestones: Option<String>,
    /// The file of the label tables.
    pub(crate) labels: Option<String>,
    /// The folder of the website.
    pub(crate) site: Option<String>,
}

impl Outputs {
    /// Where they go for a roadmap that `.roadbook` gives a name: its website lies in a folder of that name, beside those of the others.
    #[must_use]
    pub(crate) fn of_name(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => Self { site: self.site.map(|site| joined(&site, name)), ..self },
            None => self,
        }
    }
}
