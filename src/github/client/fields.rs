//! The client's part about issue fields: an organization's own, and their values. Source: GitHub's OpenAPI document, paths
//! `/orgs/{org}/issue-fields` and `/repos/{owner}/{repo}/issues/{issue_number}/issue-field-values`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Client, Sort,
    governor::Weight,
    values::{WireFieldValue, WireOption, kind},
    write::Order,
};
use crate::{
    github::{
        api::Refused,
        fields::{FieldKind, FieldValue, OrgField, OrgFields, json_number},
    },
    io::{Failure, Method},
};

/// An issue field. One that a later version of GitHub knows has a kind that we do not.
#[derive(Deserialize)]
struct WireField {
    #[serde(default)]
    id: u64,
    #[serde(default)]
    name: String,
    #[serde(default)]
    data_type: Value,
    #[serde(default)]
    options: Option<Vec<WireOption>>,
}

impl WireField {
    fn field(self) -> Option<OrgField> {
        let options = self.options.unwrap_or_default().into_iter().map(|option| option.name).collect();
        Some(OrgField { id: self.id, name: self.name, kind: kind(&self.data_type)?, options })
    }
}

impl Client<'_> {
    /// The owner's issue fields, asked for once.
    pub(super) fn fields_of_owner(&self) -> Result<OrgFields, Failure> {
        if let Some(known) = &*self.fields.borrow() {
            return Ok(known.clone());
        }
        let read = self.read_fields()?;
        *self.fields.borrow_mut() = Some(read.clone());
        Ok(read)
    }

    fn read_fields(&self) -> Result<OrgFields, Failure> {
        let owner = self.repository.split('/').next().unwrap_or_default();
        if self.is_of_user.get() {
            return Ok(OrgFields::None(format!(
                "`{owner}` is a user, and only organizations have issue fields: `github.fields` does nothing here"
            )));
        }
        let first = self.get(self.base.at(&format!("/orgs/{owner}/issue-fields")))?;
        match first.status {
            404 | 410 => {
                return Ok(OrgFields::None(format!(
                    "issue fields are left as they are: `{owner}` is no organization that has them, or the token may not see them (`read:org` in a classic token, Issue fields: Read in a fine-grained one)"
                )));
            }
            403 => {
                return Ok(OrgFields::None(format!(
                    "issue fields are left as they are: the token may not read those of `{owner}` (`read:org` in a classic token, Issue fields: Read in a fine-grained one)"
                )));
            }
            _ => {}
        }
        let id = |field: &Option<WireField>| field.as_ref().map_or(0, |field| field.id);
        self.pages(first, id, |field| field.and_then(WireField::field)).map(OrgFields::Known)
    }

    /// What the fields of an issue hold; `None` where it is not there, or its fields are not.
    pub(super) fn values_of(&self, number: u64) -> Result<Option<Vec<FieldValue>>, Failure> {
        let path = self.path(&format!("/issues/{number}/issue-field-values?per_page=100"));
        let first = self.get(self.base.at(&path))?;
        if [301, 404, 410].contains(&first.status) {
            return Ok(None);
        }
        let id = |value: &WireFieldValue| value.issue_field_id;
        self.pages(first, id, WireFieldValue::value).map(Some)
    }

    /// Puts in values, and returns all that the issue has then. All are absolute, so that what is sent twice is done once.
    pub(super) fn put_values(
        &self,
        issue: u64,
        values: &[(FieldKind, FieldValue)],
    ) -> Result<Vec<FieldValue>, Refused> {
        let value = |(kind, value): &(FieldKind, FieldValue)| {
            let written = match kind {
                FieldKind::Number => json_number(&value.value),
                _ => value.value.clone().into(),
            };
            json!({ "field_id": value.field, "value": written })
        };
        let what = format!("the issue fields of #{issue}");
        let order = Order {
            method: Method::Post,
            weight: Weight::Notice,
            path: self.path(&format!("/issues/{issue}/issue-field-values")),
            body: Some(json!({ "issue_field_values": values.iter().map(value).collect::<Vec<_>>() })),
            what: &what,
            about: &[(Sort::Issue, issue)],
        };
        let there: Vec<WireFieldValue> = self.written(&order)?;
        Ok(there.into_iter().filter_map(WireFieldValue::value).collect())
    }

    /// Empties a field; one that is empty already counts as done.
    pub(super) fn empty_value(&self, issue: u64, field: u64) -> Result<(), Refused> {
        let what = format!("an issue field of #{issue}");
        let order = Order {
            method: Method::Delete,
            weight: Weight::Notice,
            path: self.path(&format!("/issues/{issue}/issue-field-values/{field}")),
            body: None,
            what: &what,
            about: &[(Sort::Issue, issue)],
        };
        self.write(&order).map(|_| ())
    }
}
