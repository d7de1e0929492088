//! Whether a source takes a value where it would be put: asked of the reader of sources itself.

use std::sync::Arc;

use serde_json::{Value, json};

use super::exact;
use crate::{
    model::fields::{Field, ISSUE, LABEL, MILESTONE},
    report::Report,
};

/// Whether the source takes this value of a key of an item, or of the whole.
pub(super) fn is_taken(fields: &[Field], key: &str, value: &Value) -> bool {
    let within = |list: &str, name: &str| json!({ list: [{ name: "An item", key: value }] });
    let text = if fields == ISSUE {
        within("issues", "title")
    } else if fields == MILESTONE {
        within("milestones", "title")
    } else if fields == LABEL {
        within("labels", "name")
    } else {
        json!({ key: value })
    };
    let mut report = Report::default();
    exact::roadmap(&Arc::from("x.json"), &text.to_string(), &mut report).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fields::FILE;

    #[test]
    fn the_reader_of_sources_decides() {
        assert!(
            is_taken(ISSUE, "extra", &json!({"a": [1]})) && is_taken(FILE, "outputs", &json!({"site": null}))
        );
        assert!(!is_taken(ISSUE, "was", &json!(3)) && !is_taken(FILE, "outputs", &json!("x")));
        assert!(!is_taken(LABEL, "was", &json!("x")) && is_taken(LABEL, "was", &json!(["x"])));
    }
}
