// What issue fields are given. GitHub's document allows a text, a number or a list, one of them and no other (`oneOf`), and
// Prism's validator makes texts of numbers before it counts, so that every value is of two kinds and none is allowed. So
// Prism judges all of such a request but the kind of its values, and the same schema of the document, as it stands there,
// judges that here, by a validator that changes nothing.

import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv");

const path = "/repos/{owner}/{repo}/issues/{issue_number}/issue-field-values";
const asked = /^\/repos\/[^/]+\/[^/]+\/issues\/\d+\/issue-field-values$/;

/** Writes the document anew without the kinds of values that are sent. */
export function withoutKinds(document, to) {
  const spec = JSON.parse(readFileSync(document, "utf8"));
  for (const method of ["post", "put"]) {
    const { value } = schema(spec, method).properties.issue_field_values.items.properties;
    if (!value.oneOf) throw new Error(`${method} ${path}: the document no longer says kinds`);
    delete value.oneOf;
  }
  writeFileSync(to, JSON.stringify(spec));
  return to;
}

/** What is wrong with the requests of a log that fill issue fields, and how many there are. */
export function kinds(document, log) {
  const spec = JSON.parse(readFileSync(document, "utf8"));
  const ajv = new Ajv({ strict: false, logger: false, coerceTypes: false });
  const complaints = [];
  let count = 0;
  for (const { method, path, body } of log.filter((entry) => asked.test(entry.path) && ["POST", "PUT"].includes(entry.method))) {
    count += 1;
    const judge = ajv.compile(schema(spec, method.toLowerCase()));
    if (!judge(JSON.parse(body))) complaints.push(`${method} ${path} ${body}: ${ajv.errorsText(judge.errors)}`);
  }
  return { count, complaints };
}

function schema(spec, method) {
  return spec.paths[path][method].requestBody.content["application/json"].schema;
}
