//! Findings as SARIF 2.1.0, for GitHub code scanning and other viewers.
//!
//! Only what viewers use is written. Code scanning takes a log only where every result has a line, so a finding about
//! a file as a whole stands at its line 1, and one about the run as a whole is a notification of the invocation, as is how
//! many were found beyond those that are kept.

mod log;

use std::collections::BTreeMap;

use log::{
    Artifact, Change, Configuration, Descriptor, Driver, Fingerprints, Fix, Inserted, Invocation, Location,
    Log, Logical, Notification, Physical, Region, Replacement, Rule, Run, SarifResult, Suppression, Text,
    Tool,
};

use super::{
    At, Code, Diagnostic, Finding, Located, Place, Severity, Span, neutral::neutral_json, omitted, uri_path,
};

/// The schema that the log keeps.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The root of all file names; viewers know this name as the top of the repository.
const ROOT: &str = "%SRCROOT%";

/// What the log says of a rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RuleMeta {
    /// Its stable name, as `unknown-label`.
    pub(crate) code: Code,
    /// What it is about, in one sentence.
    pub(crate) summary: &'static str,
    /// What `explain` says.
    pub(crate) explanation: &'static str,
    /// What it weighs where the source says nothing.
    pub(crate) severity: Severity,
}

/// The findings as a SARIF log with one run and a line end.
pub(crate) fn sarif(found: &Located, rules: &[RuleMeta]) -> String {
    let (run_wide, placed): (Vec<_>, Vec<_>) =
        found.findings.iter().partition(|finding| finding.diagnostic.place.file.is_empty());
    let run_wide = run_wide.into_iter().filter(|finding: &&Finding| !finding.is_accepted);
    let run = Run {
        tool: Tool { driver: driver(rules) },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: run_wide
                .map(notification)
                .chain(found.omitted.iter().map(|((code, severity), count)| Notification {
                    descriptor: Descriptor { id: code.word() },
                    level: severity.word(),
                    message: text(&omitted(*code, *severity, *count)),
                }))
                .collect(),
        }],
        column_kind: "unicodeCodePoints",
        results: results(&placed, rules),
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    let json = serde_json::to_string_pretty(&log).unwrap_or_default();
    neutral_json(json) + "\n"
}

fn driver(rules: &[RuleMeta]) -> Driver {
    let rule = |rule: &RuleMeta| Rule {
        id: rule.code.word(),
        short_description: text(rule.summary),
        full_description: text(rule.summary),
        help: text(rule.explanation),
        default_configuration: Configuration { level: rule.severity.word() },
    };
    Driver {
        name: "roadbook",
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: rules.iter().map(rule).collect(),
    }
}

fn notification(finding: &Finding) -> Notification {
    let Diagnostic { code, severity, .. } = &finding.diagnostic;
    Notification {
        descriptor: Descriptor { id: code.word() },
        level: severity.word(),
        message: words(&finding.diagnostic),
    }
}

fn results(findings: &[&Finding], rules: &[RuleMeta]) -> Vec<SarifResult> {
    let indexes: BTreeMap<_, _> = rules.iter().enumerate().map(|(n, rule)| (rule.code, n)).collect();
    let mut seen = BTreeMap::new();
    let has_accepted = findings.iter().any(|finding| finding.is_accepted);
    let accepted = || Suppression { kind: "external", status: "accepted" };
    let result = |finding: &&Finding| {
        let Diagnostic { code, severity, place, related, .. } = &finding.diagnostic;
        let related = related.iter().zip(&finding.related).filter(|((place, _), _)| !place.file.is_empty());
        SarifResult {
            rule_id: code.word(),
            rule_index: indexes.get(code).copied(),
            level: severity.word(),
            message: words(&finding.diagnostic),
            locations: [location(place, finding.span.as_ref(), None)],
            related_locations: related
                .enumerate()
                .map(|(n, ((place, why), span))| location(place, span.as_ref(), Some((n, why))))
                .collect(),
            partial_fingerprints: Fingerprints { place: fingerprint(&finding.diagnostic, &mut seen) },
            fixes: fix(finding).into_iter().collect(),
            suppressions: has_accepted.then(|| finding.is_accepted.then(accepted).into_iter().collect()),
        }
    };
    findings.iter().map(result).collect()
}

/// What mends a result, for viewers that offer it.
fn fix(finding: &Finding) -> Option<Fix> {
    let repair = finding.diagnostic.repair.as_deref().filter(|_| !finding.fix.is_empty())?;
    let replacement = |(span, text): &(Span, String)| Replacement {
        deleted_region: Region {
            start_line: span.line,
            start_column: Some(span.column),
            end_line: Some(span.end_line),
            end_column: Some(span.end_column),
        },
        inserted_content: Inserted { text: text.clone() },
    };
    let does = repair.action.words();
    let does =
        if repair.is_certain { does } else { format!("{does} (this may change what the source says)") };
    let uri = uri_path(&repair.place.file);
    Some(Fix {
        description: text(&does),
        artifact_changes: [Change {
            artifact_location: Artifact { uri, uri_base_id: ROOT },
            replacements: finding.fix.iter().map(replacement).collect(),
        }],
    })
}

fn words(diagnostic: &Diagnostic) -> Text {
    match &diagnostic.help {
        Some(help) => text(&format!("{}\n{help}", diagnostic.message)),
        None => text(&diagnostic.message),
    }
}

/// A text that viewers show as it stands: where it holds a link in SARIF's sense, its brackets are escaped.
fn text(text: &str) -> Text {
    if !text.contains("](") {
        return Text { text: text.into() };
    }
    Text { text: text.replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]") }
}

fn location(place: &Place, span: Option<&Span>, related: Option<(usize, &String)>) -> Location {
    let path = match &place.at {
        At::Json(path, _) if !path.0.is_empty() => Some(path.to_string()),
        _ => None,
    };
    Location {
        id: related.map(|(n, _)| n),
        physical_location: Physical {
            artifact_location: Artifact { uri: uri_path(&place.file), uri_base_id: ROOT },
            region: Region {
                start_line: span.map_or(1, |span| span.line),
                start_column: span.map(|span| span.column),
                end_line: span.map(|span| span.end_line),
                end_column: span.map(|span| span.end_column),
            },
        },
        logical_locations: path.into_iter().map(|name| Logical { fully_qualified_name: name }).collect(),
        message: related.map(|(_, why)| text(why)),
    }
}

/// What stays the same of a finding when lines move or items come and go around it: code, file and message, and the
/// how-manieth of those it is.
fn fingerprint(diagnostic: &Diagnostic, seen: &mut BTreeMap<u64, usize>) -> String {
    let said = format!("{}\0{}\0{}", diagnostic.code, diagnostic.place.file, diagnostic.message);
    let hash = fnv1a(said.as_bytes());
    let nth = seen.entry(hash).or_default();
    *nth += 1;
    format!("{hash:016x}:{nth}")
}

/// The 64-bit FNV-1a hash: the same in every release and on every machine.
fn fnv1a(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests;
