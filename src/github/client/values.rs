//! What an issue field holds, as GitHub answers. Source: GitHub's OpenAPI document, schema `issue-field-value`.

use serde::Deserialize;
use serde_json::Value;

use crate::github::fields::{FieldKind, FieldValue, number};

#[derive(Deserialize)]
pub(super) struct WireOption {
    #[serde(default)]
    pub(super) name: String,
}

/// A value of an issue. The option that is chosen is told beside it.
#[derive(Deserialize)]
pub(super) struct WireFieldValue {
    #[serde(default)]
    pub(super) issue_field_id: u64,
    #[serde(default)]
    data_type: Value,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    single_select_option: Option<WireOption>,
}

pub(super) fn kind(data_type: &Value) -> Option<FieldKind> {
    serde_json::from_value(data_type.clone()).ok()
}

impl WireFieldValue {
    /// The value; `None` where there is none.
    pub(super) fn value(self) -> Option<FieldValue> {
        let text = match (self.single_select_option, self.value) {
            (Some(option), _) => option.name,
            (None, Value::String(text)) if kind(&self.data_type) == Some(FieldKind::Date) => {
                text.get(..10).map(str::to_owned).unwrap_or(text)
            }
            (None, Value::String(text)) => text,
            (None, Value::Number(value)) => number(value.as_f64()?),
            (None, _) => return None,
        };
        Some(FieldValue { field: self.issue_field_id, value: text })
    }
}
