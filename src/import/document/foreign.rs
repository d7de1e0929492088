//! Documents that are no Markdown, read into the same draft by the same vocabulary.

use super::{Read, Reading, sheet};
use crate::{
    import::{
        Text,
        fault::{Fault, at},
        kind::Form,
        maps::Maps,
        sheet::rows,
        tree::{json, toml, yaml},
    },
    report::Report,
};

/// Reads a document of this form.
pub(in crate::import) fn read(document: &Text, form: Form, maps: &Maps) -> Result<Read, Report> {
    let text = &document.text;
    let mut reading = Reading::new(&document.name, text, false);
    (reading.is_foreign, reading.is_sheet) = (true, form == Form::Sheet);
    filled(&mut reading, text, form, maps).map_err(|fault| fault.report(document))?;
    reading.finish();
    Ok(reading.into_read())
}

fn filled(reading: &mut Reading<'_>, text: &str, form: Form, maps: &Maps) -> Result<(), Fault> {
    if let Some(place) = text.find('\0') {
        let help = "save it as text: a NUL has no place in a roadmap";
        return Err(Fault::new("this file holds a NUL, and is no text", at(text, place), help));
    }
    match form {
        Form::Sheet => {
            let known = |head: &str| maps.get(&sheet::name(head)).is_some() || sheet::is_known(head);
            return reading.sheet(rows(text, known)?, maps);
        }
        Form::Yaml => reading.tree(&yaml(text)?),
        Form::Toml => reading.tree(&toml(text)?),
        Form::Json => reading.tree(&json(text)?),
        Form::Org => reading.org(),
        _ => {}
    }
    Ok(())
}
