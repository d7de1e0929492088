//! `unknown-column`: `summary.columns` names a column that its table cannot have.

use super::{Context, Example, Kind, Rule};
use crate::{
    documents::vocabulary::{self, Field},
    model::{Roadmap, SummaryTable},
    report::{Action, Code, Diagnostic, Place, Report, Severity, closest},
    source::schema::Columns,
};

pub(super) const RULE: Rule = Rule {
    code: Code::UnknownColumn,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "`summary.columns` names a column that SUMMARY.md cannot have",
    explanation: "SUMMARY.md is built without the column. Both tables can have `place`, `id`, `title`, `state`, `owner`, \
`start`, `due` and `blocked_by`; the overview of milestones also `description`, `goal`, `issues` and `progress`; the tables \
of issues also `labels`, `assignees`, `closed`, `type`, `parent`, by its key each field that pages show as it is (`estimate`), \
`priority` and any other label group, by its prefix. One list stands for both tables, and each takes what its items can fill; an object with `milestones` and `issues` \
has a list for each.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "summary": { "columns": ["id", "title", "status"] } }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "summary": { "columns": ["id", "title", "state"] } }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let place = || roadmap.head_place("summary").key("columns");
    match &roadmap.summary.columns {
        None => {}
        Some(Columns::Both(names)) => judge(roadmap, names, None, &place(), report),
        Some(columns @ Columns::Each(_)) => {
            for (table, names) in SummaryTable::ALL.into_iter().zip(columns.tables()) {
                let place = place().key(table.key());
                judge(roadmap, names.unwrap_or_default(), Some(table), &place, report);
            }
        }
    }
}

/// The faults of one list; `None` stands for both tables.
fn judge(
    roadmap: &Roadmap,
    names: &[String],
    table: Option<SummaryTable>,
    list: &Place,
    report: &mut Report,
) {
    for (at, name) in names.iter().enumerate() {
        let place = list.clone().index(at);
        let Some((column, tables)) = roadmap.column(name) else {
            report.push(unknown(roadmap, name, place));
            continue;
        };
        if let Some(table) = table.filter(|table| !tables.contains(table)) {
            let message = format!("the table of {} has no column `{name}`", table.key());
            let help = "take it out: `roadbook explain unknown-column` lists the columns of each table";
            report.push(Diagnostic::new(RULE.code, place, message).help(help).perhaps(Action::Remove));
        } else if let Some(first) =
            names[..at].iter().position(|other| roadmap.column(other).is_some_and(|known| known.0 == column))
        {
            let message = format!("the column `{name}` is named twice");
            let found = Diagnostic::new(RULE.code, place, message).help("keep one of the two");
            report.push(found.related(list.clone().index(first), "the first one").certainly(Action::Remove));
        }
    }
}

fn unknown(roadmap: &Roadmap, name: &str, place: Place) -> Diagnostic {
    let found = Diagnostic::new(RULE.code, place, format!("there is no column `{name}`"));
    let means = Field::named(&vocabulary::name(name)).and_then(|(field, _)| field.column());
    let means = means.filter(|name| roadmap.column(name).is_some());
    let folded = name.trim().to_lowercase();
    if roadmap.column(&folded).is_some() {
        return found.did_you_mean(Some(&folded)).certainly(Action::text(&folded));
    }
    match means.or_else(|| closest(name, roadmap.column_names())) {
        Some(close) => found.did_you_mean(Some(close)).perhaps(Action::text(close)),
        None => found.help(
            "`roadbook explain unknown-column` lists the columns; label groups are named by their prefixes",
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    fn of(columns: &str) -> Vec<String> {
        let source = r#"{ "issues": [{ "id": "A-1", "title": "a", "labels": ["area:db"] }], "summary": { "columns": COLUMNS } }"#;
        found(Code::UnknownColumn, &source.replace("COLUMNS", columns))
    }

    #[test]
    fn columns_that_no_table_has_are_told() {
        let all = r#"["place", "id", "title", "description", "goal", "labels", "issues", "progress", "state", "owner",
            "assignees", "start", "due", "closed", "estimate", "type", "parent", "blocked_by", "priority", "area"]"#;
        assert_eq!(of(all), [""; 0]);
        assert_eq!(of(r#"{ "issues": ["Area"], "milestones": [] }"#), [""; 0]);
        assert_eq!(
            of(r#"["due date", "statte", "team", "State"]"#),
            [
                "summary.columns[0]: there is no column `due date`",
                "summary.columns[1]: there is no column `statte`",
                "summary.columns[2]: there is no column `team`",
                "summary.columns[3]: there is no column `State`",
            ]
        );
        assert_eq!(
            of(r#"{ "milestones": ["estimate", "area"], "issues": ["progress", "due", "due"] }"#),
            [
                "summary.columns.issues[0]: the table of issues has no column `progress`",
                "summary.columns.issues[2]: the column `due` is named twice",
                "summary.columns.milestones[0]: the table of milestones has no column `estimate`",
                "summary.columns.milestones[1]: the table of milestones has no column `area`",
            ]
        );
    }
}
