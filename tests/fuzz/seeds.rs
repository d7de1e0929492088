//! Inputs to begin with: the kept ones, and what the repository has anyway.
#![allow(clippy::disallowed_methods, reason = "seeds are files")]

use std::{fs, path::Path};

use crate::{
    bytes, json,
    random::Random,
    targets::{Input, Target},
    world::{joined, records},
};

/// The folder of this repository.
const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// The seeds of a target in the order of their names.
pub(crate) fn seeds(target: &Target) -> Vec<Input> {
    let mut found = kept(target);
    match target.name {
        "source" => {
            for name in [
                "faults/plan.json",
                "nasty/plan.json",
                "whole/roadmap/plan.json",
                "older/roadmap/milestones_and_issues.json",
            ] {
                found.extend(read(&Path::new(REPOSITORY).join("tests/fixtures").join(name), "fixture.json"));
            }
        }
        "template" => {
            for (name, text) in roadbook::internals::render::BUILT_IN {
                found.push(Input { name: name.replace('/', "+"), bytes: text.as_bytes().to_vec() });
            }
        }
        "import" => found
            .extend(read(&Path::new(REPOSITORY).join("tests/fixtures/seed/SUMMARY.expected.md"), "seed.md")),
        "document" => {
            found.extend(read(&Path::new(REPOSITORY).join("tests/fixtures/whole/docs/guide.md"), "guide.md"))
        }
        _ => {}
    }
    found
}

/// The kept seeds of a target: good inputs, and those that once failed.
pub(crate) fn kept(target: &Target) -> Vec<Input> {
    let folder = Path::new(REPOSITORY).join("tests/fuzz/seeds").join(target.name);
    let mut names: Vec<_> =
        fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    names.iter().filter_map(|name| read(&folder.join(name), name.to_str()?)).collect()
}

fn read(path: &Path, name: &str) -> Option<Input> {
    Some(Input { name: name.to_owned(), bytes: fs::read(path).ok()? })
}

/// All that inputs of a target are made of.
pub(crate) struct Maker {
    target: Target,
    seeds: Vec<Input>,
    words: Vec<String>,
    seed: u64,
}

impl Maker {
    pub(crate) fn new(target: Target, seed: u64) -> Self {
        let seeds = seeds(&target);
        let mut words = Vec::new();
        for input in &seeds {
            if let Ok(value) = serde_json::from_slice(&input.bytes) {
                json::words(&value, &mut words);
            }
        }
        let schema = serde_json::from_str(include_str!("../../roadmap/roadbook.schema.json"));
        schema.iter().for_each(|schema| json::words(schema, &mut words));
        words.sort();
        words.dedup();
        Self { target, seeds, words, seed }
    }

    /// The input of this number: the seeds first, as they are, then what is made of them.
    pub(crate) fn input(&self, number: usize) -> Option<Input> {
        if let Some(seed) = self.seeds.get(number) {
            return Some(seed.clone());
        }
        let mut random =
            Random::new(self.seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ u64::try_from(number).ok()?);
        let mut input = (!self.seeds.is_empty()).then(|| random.pick(&self.seeds).clone())?;
        let is_structured = random.below(3) > 0 && self.by_structure(&mut input, &mut random);
        if !is_structured || random.once_in(5) {
            let others: Vec<_> = self.seeds.iter().map(|seed| seed.bytes.as_slice()).collect();
            bytes::mutate(&mut input.bytes, &others, self.target.words, &mut random);
        }
        if self.target.name == "git" && !random.once_in(4) {
            input.bytes = joined(&records(&input.bytes).into_iter().map(measured).collect::<Vec<_>>());
        }
        Some(input)
    }

    /// Changes the JSON that an input is or holds; whether it holds some.
    fn by_structure(&self, input: &mut Input, random: &mut Random) -> bool {
        let keys: Vec<_> = self.words.iter().map(String::as_str).collect();
        if let Some(changed) = mutated(&input.bytes, &keys, random) {
            input.bytes = changed;
            return true;
        }
        if !matches!(self.target.name, "git" | "http" | "lock") {
            return false;
        }
        let begins = |at: usize| at == 0 || input.bytes[at - 1] == b'\n';
        let starts: Vec<_> = (0..input.bytes.len())
            .filter(|at| matches!(input.bytes[*at], b'[' | b'{') && begins(*at))
            .collect();
        if starts.is_empty() {
            return false;
        }
        let start = *random.pick(&starts);
        let mut values =
            serde_json::Deserializer::from_slice(&input.bytes[start..]).into_iter::<serde_json::Value>();
        let is_value = matches!(values.next(), Some(Ok(_)));
        let end = start + values.byte_offset();
        let changed = is_value.then(|| mutated(&input.bytes[start..end], &keys, random)).flatten();
        changed.is_some_and(|changed| {
            input.bytes.splice(start..end, changed);
            true
        })
    }
}

fn mutated(bytes: &[u8], keys: &[&str], random: &mut Random) -> Option<Vec<u8>> {
    let mut value = serde_json::from_slice(bytes).ok()?;
    json::mutate(&mut value, keys, random);
    serde_json::to_vec(&value).ok()
}

/// A record of `git cat-file --batch` that says its length, whatever was made of it.
fn measured(record: Vec<u8>) -> Vec<u8> {
    let Some(end) = record.iter().position(|byte| *byte == b'\n') else { return record };
    let Ok(head) = str::from_utf8(&record[..end]) else { return record };
    match head.split(' ').collect::<Vec<_>>()[..] {
        [id, kind @ ("blob" | "tree" | "commit"), _] => {
            let length = record.len().saturating_sub(end + 2);
            [format!("{id} {kind} {length}").as_bytes(), &record[end..]].concat()
        }
        _ => record,
    }
}
