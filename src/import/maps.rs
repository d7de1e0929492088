//! What `--map COLUMN=FIELD` says of columns whose heads do not tell, or tell something else.

use crate::{
    documents::vocabulary::{self, Field},
    model::fields::{self, ISSUE},
};

/// What columns hold, by their heads as they are looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Maps(Vec<(String, String, Field)>);

/// The words for fields that have no key of their own in the source, and those that the source calls otherwise.
const WORDS: [(&str, Field); 8] = [
    ("body", Field::Description),
    ("priority", Field::Priority),
    ("blocks", Field::Blocks),
    ("url", Field::Address),
    ("extra", Field::Extra),
    ("skip", Field::Place),
    ("owner", Field::Owner),
    ("due", Field::Due),
];

impl Maps {
    /// Reads what the command line says.
    ///
    /// # Errors
    /// With what is wrong with one of them, and what to write.
    pub(crate) fn read(said: &[String]) -> Result<Self, (String, String)> {
        let mut maps = Vec::new();
        for text in said {
            let Some((column, field)) = text.rsplit_once('=').filter(|(column, _)| !column.trim().is_empty())
            else {
                return Err((
                    format!("`{text}` is not COLUMN=FIELD"),
                    "write it as in `--map Heading=title`".into(),
                ));
            };
            let Some(found) = named(field.trim()) else {
                let all =
                    fields().into_iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
                return Err((
                    format!("there is no field `{}`", field.trim()),
                    format!("the fields are {all}"),
                ));
            };
            maps.push((vocabulary::name(column), column.trim().to_owned(), found));
        }
        Ok(Self(maps))
    }

    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a head stands for.
    pub(super) fn get(&self, head: &str) -> Option<Field> {
        self.0.iter().find(|(name, ..)| name == head).map(|(.., field)| *field)
    }

    /// The first column that no head is called by.
    pub(super) fn unknown(&self, heads: &[String]) -> Option<&str> {
        self.0.iter().find(|(name, ..)| !heads.contains(name)).map(|(_, column, _)| column.as_str())
    }
}

/// The fields by the keys of the source, and by the words above.
fn fields() -> Vec<(&'static str, Field)> {
    let is_named = |field: &&fields::Field| !field.heads[0].is_empty();
    ISSUE.iter().filter(is_named).map(|field| (field.key, Field::of(field))).chain(WORDS).collect()
}

fn named(word: &str) -> Option<Field> {
    let lower = word.to_lowercase();
    let found = fields().into_iter().find(|(known, _)| *known == lower).map(|(_, field)| field);
    found.or_else(|| Field::named(&vocabulary::name(word)).map(|(field, _)| field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_mapped_by_a_key_or_a_synonym() {
        let said = ["Wer=assignees", "A = b=Due date", "Notiz=extra"].map(str::to_owned);
        let maps = Maps::read(&said).expect("maps");
        assert_eq!(maps.get("wer"), Some(Field::Assignees));
        assert_eq!(maps.get("a b"), Some(Field::Due));
        assert_eq!((maps.get("notiz"), maps.get("x")), (Some(Field::Extra), None));
        assert_eq!(maps.unknown(&["wer".into(), "a b".into()]), Some("Notiz"));
        for (text, what) in
            [("x", "is not COLUMN=FIELD"), ("=title", "is not COLUMN=FIELD"), ("x=y", "no field `y`")]
        {
            let (message, _) = Maps::read(&[text.to_owned()]).expect_err(text);
            assert!(message.contains(what), "{message}");
        }
    }
}
