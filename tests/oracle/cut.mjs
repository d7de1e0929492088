// Makes one of the documents here out of GitHub's own: README.md says what is done to it, and why.
//
//   node cut.mjs api.github.com.json github-2022-11-28.json
//   node cut.mjs api.github.com.json github-2026-03-10.json 2026-03-10

import { readFileSync, writeFileSync } from "node:fs";

const [from, to, version] = process.argv.slice(2);
const repository = "/repos/{owner}/{repo}";
const ofIssue = ["", "/labels", "/labels/{name}", "/assignees", "/sub_issue", "/sub_issues", "/sub_issues/priority", "/parent",
  "/dependencies/blocked_by", "/dependencies/blocked_by/{issue_id}", "/dependencies/blocking", "/comments", "/issue-field-values",
  "/issue-field-values/{issue_field_id}"];
const ofRepository = ["", "/labels", "/labels/{name}", "/milestones", "/milestones/{milestone_number}", "/issues",
  ...ofIssue.map((rest) => `/issues/{issue_number}${rest}`), "/assignees", "/assignees/{assignee}",
  "/issues/comments/{comment_id}", "/issue-types"];
const paths = ["/rate_limit", "/versions", "/meta", "/user", "/orgs/{org}/issue-types", "/orgs/{org}/issue-fields", "/search/issues",
  ...ofRepository.map((rest) => repository + rest)];

const whole = JSON.parse(readFileSync(from, "utf8"));
// Examples are for who reads it.
visit(whole, (node) => node.schema && delete node.examples);
const cut = { openapi: whole.openapi, info: whole.info, servers: whole.servers, paths: {}, components: {} };
for (const path of paths) {
  if (!whole.paths[path]) throw new Error(`the document no longer knows ${path}`);
  cut.paths[path] = whole.paths[path];
}
keepWhatIsReferredTo(cut.paths);
visit(cut, (node) => node.nullable === true && !node.type && sayNullInATypedWay(node));
const milestone = cut.paths[`${repository}/milestones/{milestone_number}`].patch.requestBody;
milestone.content["application/json"].schema.properties.due_on.nullable = true;
visit(cut, (node) => {
  const changes = node["x-github-breaking-changes"];
  delete node["x-github-breaking-changes"];
  for (const { patch, version: since } of Array.isArray(changes) && version ? changes : []) {
    if (patch && since <= version) change(node, patch);
  }
});
for (const operation of Object.values(cut.paths).flatMap(Object.values)) {
  const schema = operation.requestBody?.content?.["application/json"]?.schema;
  if (schema?.type === "object") schema.additionalProperties ??= false;
}
writeFileSync(to, JSON.stringify(cut));

/** Calls a function with each object, the outer ones first; examples are no schemas. */
function visit(node, see) {
  if (Array.isArray(node)) return node.forEach((item) => visit(item, see));
  if (!node || typeof node !== "object") return;
  see(node);
  for (const [name, value] of Object.entries(node)) {
    if (!["example", "examples", "default"].includes(name)) visit(value, see);
  }
}

/** Takes over the components that a part of the document refers to, and those that they refer to. */
function keepWhatIsReferredTo(part) {
  for (const [, kind, name] of JSON.stringify(part).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)) {
    cut.components[kind] ??= {};
    if (name in cut.components[kind]) continue;
    cut.components[kind][name] = whole.components[kind][name];
    keepWhatIsReferredTo(cut.components[kind][name]);
  }
}

/** A schema that may be `null` and has no type of its own: `null` becomes a choice beside its others. */
function sayNullInATypedWay(node) {
  delete node.nullable;
  // What stands in for `null` alone is a text that nobody sends, or `null`.
  const nothing = { type: "string", nullable: true, enum: ["\u0000"] };
  const choices = node.oneOf ?? node.anyOf;
  if (choices) {
    const typed = choices.find(({ type }) => type);
    if (typed) typed.nullable = true;
    else choices.push(nothing);
  } else if (node.allOf) {
    node.anyOf = [{ allOf: node.allOf }, nothing];
    delete node.allOf;
  } else if (node.enum && !node.enum.includes(null)) {
    node.enum.push(null);
  }
}

/** A change as RFC 7386 has it; a required member that goes is no longer required. */
function change(node, patch) {
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      if (!Array.isArray(node)) delete node[name];
      if (Array.isArray(node.required)) node.required = node.required.filter((required) => required !== name);
    } else if (isObject(value) && isObject(node[name])) {
      change(node[name], value);
    } else {
      node[name] = value;
    }
  }
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
