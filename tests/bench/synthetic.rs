//! A roadmap of any size that looks like a team's own, the same on every machine and at every run.
//!
//! Issues come in the order of their days and wait only for earlier ones, so that no rule finds fault with any of it. The
//! example `synthesize` prints it; the benches of parts (`benches/`) measure on it.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value, json};

/// How many issues share a milestone.
pub(crate) const MEMBERS: usize = 50;

/// The days that the work is spread over.
const SPAN: usize = 1_460;

const AREAS: [&str; 10] =
    ["api", "auth", "backup", "cache", "docs", "ingest", "schema", "search", "storage", "ui"];
const KINDS: [&str; 6] = ["bug", "chore", "feature", "research", "test", "upkeep"];
const PRIORITIES: [&str; 4] = ["critical", "high", "medium", "low"];
const PEOPLE: [&str; 8] = ["ada", "barbara", "edsger", "grace", "john", "katherine", "niklaus", "radia"];
const VERBS: [&str; 8] = ["Add", "Describe", "Measure", "Mend", "Move", "Replace", "Split", "Verify"];
const THINGS: [&str; 12] = [
    "the nightly export",
    "index maintenance",
    "`users` table constraints",
    "connection pooling",
    "the retry policy (3 attempts)",
    "schema versioning",
    "read replicas",
    "slow-query log",
    "the audit trail & its retention",
    "bulk import of CSV",
    "token rotation",
    "row-level security",
];
const SENTENCES: [&str; 10] = [
    "Today every service writes to the table directly, and **nobody owns** its constraints.",
    "The query plan changes once the table passes a million rows; see `EXPLAIN (ANALYZE, BUFFERS)` below.",
    "We agreed in the review that a short outage at night is acceptable, but *lost writes are not*.",
    "The numbers come from the staging cluster: 2 cores, 8 GiB, and a copy of last week's data.",
    "Older clients still send the field as text, so both forms have to be read for one release.",
    "It must be possible to undo the step without a restore: keep the old column until the next milestone.",
    "The vendor's guide is at <https://example.org/guide/storage#limits>, and ours follows it but for the time zone.",
    "Logs hold the request id and *no* personal data; the sampler in `sampler.rs` stays as it is.",
    "This is the part that surprised us most, because the cache hides it in every test we have.",
    "A [short note](https://example.org/notes/42) explains why the other way was not taken.",
];
const TASKS: [&str; 8] = [
    "write the migration and its way back",
    "measure before and after, on the same machine",
    "tell the owners of `billing` and `reports`",
    "add a test that fails without the change",
    "update the run book",
    "remove the flag `use_new_path`",
    "review the grants of each role",
    "delete the old job",
];

/// What a roadmap has too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing: milestones of fifty issues, labels spread evenly, short chains.
    Plain,
    /// All issues in one milestone.
    OneMilestone,
    /// One label on every issue.
    OneLabel,
    /// Each issue waits for the one before it.
    Chain,
    /// One issue whose body is as long as all bodies together.
    OneBody,
    /// Each issue is due before the one that it waits for.
    Faulty,
}

impl Shape {
    /// All shapes, by name.
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        ("plain", Self::Plain),
        ("one-milestone", Self::OneMilestone),
        ("one-label", Self::OneLabel),
        ("chain", Self::Chain),
        ("one-body", Self::OneBody),
        ("faulty", Self::Faulty),
    ];

    /// The shape of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, shape)| *shape)
    }
}

/// A roadmap of so many issues, as the text of its JSON file.
pub(crate) fn roadmap(issues: usize, shape: Shape) -> String {
    let (issues, bodies) = if shape == Shape::OneBody { (1, issues) } else { (issues, 1) };
    let plan = Plan { issues, bodies, shape };
    let milestones: Vec<_> = (0..plan.milestones()).map(|ix| plan.milestone(ix)).collect();
    let ids: Vec<_> = (0..plan.milestones()).map(milestone_id).collect();
    let steps = ids.chunks(ids.len().div_ceil(5).max(1)).enumerate();
    let phases: Vec<_> = steps
        .map(|(ix, ids)| json!({ "title": format!("Step {}", ix + 1), "milestones": ids, "body": "- Begin with what others wait for\n- Measure, then go on" }))
        .collect();
    let group = |prefix: &str, counts: bool| json!({ "prefix": prefix, "counts": counts });
    let all = json!({
        "title": "Storage Roadmap",
        "description": "All that the storage team plans, made up to measure Roadbook.",
        "repository": "example/storage",
        "as_of": plan.day(issues / 2).to_string(),
        "label_groups": [group("priority", true), group("area", false), group("kind", false)],
        "labels": labels(),
        "phases": phases,
        "milestones": milestones,
        "issues": (0..issues).map(|ix| plan.issue(ix)).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

fn labels() -> Vec<Value> {
    let label = |group: &str, name: &&str| {
        let description = format!("Work on {name}, or because of it");
        json!({ "name": format!("{group}:{name}"), "description": description, "color": "5319e7" })
    };
    let priorities = PRIORITIES.iter().map(|name| label("priority", name));
    let areas = AREAS.iter().map(|name| label("area", name));
    priorities.chain(areas).chain(KINDS.iter().map(|name| label("kind", name))).collect()
}

fn milestone_id(ix: usize) -> String {
    format!("ST-ML{ix}")
}

fn issue_id(ix: usize) -> String {
    format!("ST-{ix:06}")
}

/// What is made: how much of which shape.
#[derive(Clone, Copy)]
struct Plan {
    issues: usize,
    /// How many bodies each issue has, one behind the other.
    bodies: usize,
    shape: Shape,
}

impl Plan {
    fn milestones(self) -> usize {
        if self.shape == Shape::OneMilestone { 1 } else { self.issues.div_ceil(MEMBERS) }
    }

    /// The milestone of an issue.
    fn milestone_of(self, issue: usize) -> usize {
        if self.shape == Shape::OneMilestone { 0 } else { issue / MEMBERS }
    }

    /// The day by which an issue is due; never before that of an earlier one.
    fn day(self, issue: usize) -> NaiveDate {
        let days = issue * SPAN / self.issues.max(1);
        NaiveDate::default() + Days::new(19_723 + days as u64)
    }

    fn milestone(self, ix: usize) -> Value {
        let mut dice = Dice::new(ix as u64 ^ 0x6d69_6c65);
        let members = if self.shape == Shape::OneMilestone { self.issues } else { MEMBERS };
        let (first, last) = (ix * members, ((ix + 1) * members).min(self.issues).saturating_sub(1));
        let thing = dice.one_of(&THINGS);
        let mut milestone = json!({
            "id": milestone_id(ix),
            "title": format!("{} – {} {thing}", milestone_id(ix), dice.one_of(&VERBS)),
            "description": format!("All that `{}` needs before {thing} can change.", dice.one_of(&AREAS)),
            "goal": format!("{} {}", dice.one_of(&SENTENCES), dice.one_of(&SENTENCES)),
            "owner": dice.one_of(&PEOPLE),
            "start_on": self.day(first).to_string(),
            "due_on": self.day(last).to_string(),
        });
        if ix > 0 && dice.below(2) == 0 && self.shape != Shape::Faulty {
            milestone["blocked_by"] = json!([milestone_id(ix - 1)]);
        }
        milestone
    }

    fn issue(self, ix: usize) -> Value {
        let mut dice = Dice::new(ix as u64);
        let is_closed = ix * 20 < self.issues * 9;
        let title = format!("{}: {} {}", issue_id(ix), dice.one_of(&VERBS), dice.one_of(&THINGS));
        let mut issue = Map::new();
        let mut put = |key: &str, value: Value| drop(issue.insert(key.to_owned(), value));
        put("id", issue_id(ix).into());
        put("title", title.into());
        put("milestone", milestone_id(self.milestone_of(ix)).into());
        put("body", (0..self.bodies).map(|_| self.body(ix, &mut dice)).collect::<String>().into());
        put("labels", self.labels_of(&mut dice).into());
        put("assignees", vec![*dice.one_of(&PEOPLE)].into());
        put("state", if is_closed { "closed" } else { "open" }.into());
        put("estimate", (1 + dice.below(8)).into());
        put("due_on", self.due(ix).to_string().into());
        if dice.below(6) == 0 && self.shape != Shape::Faulty {
            put("planned_due_on", (self.day(ix) - Days::new(7)).to_string().into());
        }
        let blockers = self.blockers(ix, &mut dice);
        if !blockers.is_empty() {
            put("blocked_by", blockers.into());
        }
        issue.into()
    }

    fn due(self, ix: usize) -> NaiveDate {
        match self.shape {
            Shape::Faulty => self.day(self.issues) - Days::new((ix % 1_000) as u64),
            _ => self.day(ix),
        }
    }

    fn labels_of(self, dice: &mut Dice) -> Vec<String> {
        let area = if self.shape == Shape::OneLabel { "api" } else { *dice.one_of(&AREAS) };
        let (priority, kind) = (dice.one_of(&PRIORITIES), dice.one_of(&KINDS));
        vec![format!("priority:{priority}"), format!("area:{area}"), format!("kind:{kind}")]
    }

    fn blockers(self, ix: usize, dice: &mut Dice) -> Vec<String> {
        if matches!(self.shape, Shape::Chain | Shape::Faulty) {
            return ix.checked_sub(1).map(issue_id).into_iter().collect();
        }
        let mut blockers: Vec<_> =
            (0..dice.below(3)).filter_map(|_| ix.checked_sub(1 + dice.below(40))).collect();
        blockers.sort_unstable();
        blockers.dedup();
        blockers.into_iter().map(issue_id).collect()
    }

    /// GFM of 600 to 1,500 bytes: paragraphs and tasks always, headings, code and tables at times.
    fn body(self, ix: usize, dice: &mut Dice) -> String {
        let has_headings = dice.below(2) == 0;
        let heading =
            |name: &str| if has_headings { format!("## {name}\n\n") } else { format!("**{name}**\n\n") };
        let sentence = |dice: &mut Dice| *dice.one_of(&SENTENCES);
        let mut body = format!("{}\n{}\n\n{}", sentence(dice), sentence(dice), heading("Tasks"));
        for _ in 0..3 + dice.below(3) {
            body += &format!("- [{}] {}\n", if dice.below(3) == 0 { "x" } else { " " }, dice.one_of(&TASKS));
        }
        match dice.below(4) {
            0 => {
                body += "\n```sql\nSELECT id, state\n  FROM issues\n WHERE due_on < now() - interval '7 days'\n ORDER BY id;\n```\n"
            }
            1 => {
                body += "\n| Step | Before | After |\n|------|-------:|------:|\n| read | 12 ms | 3 ms |\n| write | 40 ms | 38 ms |\n"
            }
            2 => body += &format!("\n1. {}\n2. {}\n", dice.one_of(&TASKS), dice.one_of(&TASKS)),
            _ => {}
        }
        if let Some(other) = ix.checked_sub(1 + dice.below(30)) {
            body += &format!("\nSee {} for what came before.\n", issue_id(other));
        }
        body += &format!("\n{}{}\n", heading("Done when"), sentence(dice));
        let most = 600 + dice.below(800);
        while body.len() < most {
            body += &format!("{}\n", sentence(dice));
        }
        body
    }
}

/// Numbers that look random and are the same everywhere (splitmix64).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}
