//! An issue field of one issue as a plan changes it.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::github::{fields::FieldKind, normal};

/// An issue field of one issue, and what becomes of its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The member of issues that goes into it.
    pub of: Field,
    /// The field's name in GitHub.
    pub name: String,
    /// Its REST id.
    pub id: u64,
    /// What it holds.
    pub kind: FieldKind,
    /// What GitHub has.
    pub was: Option<String>,
    /// What the source says.
    pub becomes: Option<String>,
}

impl FieldChange {
    /// The field's name as the lock writes it.
    pub fn key(&self) -> String {
        normal::folded(&self.name)
    }

    /// The same change taken back.
    pub fn reversed(&self) -> Self {
        Self { was: self.becomes.clone(), becomes: self.was.clone(), ..self.clone() }
    }
}
