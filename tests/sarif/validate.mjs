// Holds SARIF files against the published SARIF 2.1.0 schema.
//
//   node validate.mjs FILE...              exit 1 when a file breaks the schema or reports nothing
//   node validate.mjs --self-test FILE...  exit 1 when a fault planted into a file goes unnoticed

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);
const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
// The schema has one pattern that only the older regular expressions accept.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const valid = ajv.compile(schema);

// Each fault breaks one rule of the schema in a document that kept them all.
const faults = {
  "a version that does not exist": (log) => (log.version = "2.2.0"),
  "a run without a tool": (log) => delete log.runs[0].tool,
  "a result without a message": (log) => delete log.runs[0].results[0].message,
  "a level that does not exist": (log) => (log.runs[0].results[0].level = "fatal"),
  "a key that does not exist": (log) => (log.runs[0].results[0].colour = "red"),
  "a line that is no number": (log) =>
    (log.runs[0].results[0].locations = [{ physicalLocation: { region: { startLine: "1" } } }]),
  "an address that is none": (log) =>
    (log.runs[0].results[0].locations = [{ physicalLocation: { artifactLocation: { uri: "a b" } } }]),
};

// What is wrong with a log, in words; an empty list when nothing is.
function complaints(log) {
  if (!valid(log)) return valid.errors.map((e) => `${e.instancePath || "/"} ${e.message}`);
  const results = log.runs.flatMap((run) => run.results ?? []);
  // A log of a faulty roadmap that holds no result would be valid and prove nothing.
  return results.length > 0 ? [] : ["the log holds no result"];
}

const selfTest = process.argv[2] === "--self-test";
const files = process.argv.slice(selfTest ? 3 : 2);
if (files.length === 0) {
  console.error("usage: node validate.mjs [--self-test] FILE...");
  process.exit(2);
}

let bad = 0;
const refuse = (file, words) => {
  console.error(`${file}: ${words}`);
  bad += 1;
};

for (const file of files) {
  const log = JSON.parse(readFileSync(file, "utf8"));
  const found = complaints(log);
  for (const words of found) refuse(file, words);
  if (found.length > 0) continue;
  if (!selfTest) {
    console.log(`${file}: valid; results: ${log.runs.flatMap((run) => run.results).length}`);
    continue;
  }
  for (const [name, plant] of Object.entries(faults)) {
    const broken = structuredClone(log);
    plant(broken);
    if (complaints(broken).length === 0) refuse(file, `${name} went unnoticed`);
    else console.log(`${file}: ${name} is refused`);
  }
}
process.exit(bad > 0 ? 1 : 0);
