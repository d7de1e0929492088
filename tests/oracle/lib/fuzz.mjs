// Requests that GitHub's document allows, made from it at random, the same ones in every run.

import { readFileSync } from "node:fs";
import { JSONSchemaFaker as faker } from "json-schema-faker";
import { ask, repository } from "./servers.mjs";

// Addresses that nothing of ours asks. The last one takes an object of one of several kinds which none can be told to be:
// the document refuses them all.
const leftOut = [/^\/(versions|meta|search|orgs)/, /comments/, /issue_number\}\/labels$/];

/** Throws numbers below 1; equal seeds throw equal ones. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Sends that many requests to a server, and counts its answers by status. */
export async function fuzz(document, server, { count, seed, token }) {
  const spec = JSON.parse(readFileSync(document, "utf8"));
  const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
  const asked = operations.filter(({ path, method }) =>
    !leftOut.some((pattern) => pattern.test(path)) && (method === "GET" || path.split("/").length > 4));
  const throwOne = dice(seed);
  faker.option({ random: throwOne, alwaysFakeOptionals: false, optionalsProbability: 0.4, maxItems: 3, maxLength: 60 });
  const statuses = {};
  const { body: fields } = await ask(server, "GET", `/orgs/${repository.split("/")[0]}/issue-fields`, { token });
  const filled = fields.map(({ id, data_type }) => [{ field_id: id, value: { date: "2027-01-31", number: 2.5 }[data_type] ?? "High" }]);
  // What is sent next refers to what was made before.
  const ids = [];
  for (let nth = 0; nth < count; nth += 1) {
    const { path, method, operation } = asked[Math.floor(throwOne() * asked.length)];
    const body = likely(await bodyOf(operation, spec), ids, filled, throwOne);
    const answer = await ask(server, method, address(path, operation, spec, ids, throwOne), { token, body });
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (answer.body?.number && answer.body?.id) ids.push(answer.body.id);
  }
  return statuses;
}

function one(items, throwOne) {
  return items[Math.floor(throwOne() * items.length)];
}

async function bodyOf(operation, spec) {
  const body = operation.requestBody;
  const schema = body?.content?.["application/json"]?.schema;
  return schema && faker.generate({ ...schema, components: spec.components });
}

/** A body with the random values of some members exchanged for ones that mean something. */
function likely(body, ids, filled, throwOne) {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const values = {
    title: ["DB-001: Do something", "Do something else"],
    name: ["area:db", "AREA:db", "type:docs"],
    new_name: ["area:db", "area:new"],
    color: ["aabbcc", "AABBCC"],
    milestone: [1, 2, null],
    labels: [["area:db", "new"], []],
    assignees: [["bob"], ["mallory"], []],
    type: ["Bug", null],
    due_on: ["2026-11-13T12:00:00Z"],
    sub_issue_id: ids,
    issue_id: ids,
    after_id: ids,
    issue_field_values: filled,
  };
  for (const name of Object.keys(body)) {
    // What is no day, or no value of a field, is refused before it comes here.
    if (values[name]?.length > 0 && (["due_on", "issue_field_values"].includes(name) || throwOne() < 0.8)) body[name] = one(values[name], throwOne);
  }
  return body;
}

function address(path, operation, spec, ids, throwOne) {
  const [owner, repo] = repository.split("/");
  const values = { owner: [owner], repo: [repo], name: ["area:db", "absent", "type:docs"], assignee: ["bob", "mallory"] };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const known = name === "issue_id" && ids.length > 0 ? ids : values[name];
    return encodeURIComponent(known ? one(known, throwOne) : 1 + Math.floor(throwOne() * 15));
  });
  const query = (operation.parameters ?? []).flatMap((parameter) => {
    const { name, in: place, schema } = parameter.$ref ? spec.components.parameters[parameter.$ref.split("/").pop()] : parameter;
    if (place !== "query" || throwOne() < 0.6) return [];
    if (schema.enum) return [`${name}=${one(schema.enum, throwOne)}`];
    if (schema.type === "integer") return [`${name}=${1 + Math.floor(throwOne() * 4)}`];
    return name === "milestone" ? ["milestone=1"] : [];
  });
  return query.length > 0 ? `${filled}?${query.join("&")}` : filled;
}
