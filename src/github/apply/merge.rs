//! A label merged into another one, and taken apart again.

use super::{Apply, Outcome, Stop, left, operate};
use crate::{
    github::{
        api::{LabelChange, Reader, Refused, Writer},
        plan::Base,
        remote::Fetched,
        state::{Label, label_key},
    },
    report::counted,
};

fn has(labels: &[String], name: &str) -> bool {
    labels.iter().any(|label| label_key(label) == label_key(name))
}

impl Apply<'_> {
    /// Puts a label on an issue.
    pub(super) fn add_label(&mut self, number: u64, label: &str) -> Result<Outcome, Stop> {
        let outcome = match self.writer.add_label(number, label) {
            // It is the same whether it was done once or twice.
            Err(Refused::Unknown(why)) => match self.writer.issue(number)? {
                Fetched::Issue(now) if has(&now.labels, label) => Outcome::Done(None),
                _ => Outcome::Left(why),
            },
            written => operate::done(written)?,
        };
        if matches!(outcome, Outcome::Done(_)) {
            self.made.labelled.insert((number, label_key(label)));
        }
        Ok(outcome)
    }

    /// Removes a label of which nothing has it alone any more.
    pub(super) fn merge_label(&mut self, id: u64, into: &str, base: &Base) -> Result<Outcome, Stop> {
        let labels = self.writer.labels()?;
        let Some(now) = labels.iter().find(|label| label.id == id) else { return Ok(Outcome::Done(None)) };
        if !base.holds(&Base::of_label(now))
            || !labels.iter().any(|label| label_key(&label.name) == label_key(into))
        {
            return operate::changed();
        }
        let issues = self.writer.issues()?.into_iter().map(|issue| (issue.number, issue.labels));
        let pulls = self.writer.labelled_pulls();
        let is_alone = |(number, labels): &(u64, Vec<String>)| {
            // A list may lag behind what was put on a moment ago.
            let is_done = self.made.labelled.contains(&(*number, label_key(into)));
            has(labels, &now.name) && !has(labels, into) && !is_done
        };
        match issues.chain(pulls).filter(is_alone).count() {
            0 => operate::done(self.writer.delete_label(&now.name)),
            count => Ok(Outcome::Left(format!("{} still without `{into}`", counted(count, "issue")))),
        }
    }

    /// Makes a label that was merged again, and puts it on what had it.
    pub(super) fn unmerge(&mut self, merged: &Label, numbers: &[u64]) -> Result<Outcome, Stop> {
        let change = LabelChange {
            name: Some(merged.name.clone()),
            color: merged.color.get().cloned(),
            description: merged.description.get().cloned(),
        };
        match self.writer.create_label(&change) {
            Ok(_) | Err(Refused::Exists(_)) => {}
            Err(refused) => return left(refused),
        }
        let mut missing = Vec::new();
        for number in numbers {
            match self.add_label(*number, &merged.name)? {
                Outcome::Done(_) => {}
                _ => missing.push(format!("#{number}")),
            }
        }
        if missing.is_empty() {
            return Ok(Outcome::Done(None));
        }
        Ok(Outcome::Left(format!("`{}` could not be put on {}", merged.name, missing.join(", "))))
    }
}
