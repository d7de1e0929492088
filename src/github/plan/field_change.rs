//! An issue field of one issue as a plan changes it.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::github::{fields::FieldKind, normal};

/// An issue field of one issue, and what becomes of its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FieldChange {
    /// The member of issues that goes into it.
    pub(crate) of: Field,
    /// The field's name in GitHub.
    pub(crate) name: String,
    /// Its REST id.
    pub(crate) id: u64,
    /// What it holds.
    pub(crate) kind: FieldKind,
    /// What GitHub has.
    pub(crate) was: Option<String>,
    /// What the source says.
    pub(crate) becomes: Option<String>,
}

impl FieldChange {
    /// The field's name as the lock writes it.
    pub(crate) fn key(&self) -> String {
        normal::folded(&self.name)
    }

    /// The same change taken back.
    pub(crate) fn reversed(&self) -> Self {
        Self { was: self.becomes.clone(), becomes: self.was.clone(), ..self.clone() }
    }
}
