// Prism passes over a schema that its validator cannot compile, without a word. This compiles each one as Prism does, and
// says which would be passed over.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv");
const { default: addFormats } = require("ajv-formats");
const { getHttpOperationsFromSpec } = require("@stoplight/prism-cli/dist/operations.js");

/** The schemas of a document: how many there are, and which are not compiled. */
export async function passedOver(document) {
  const complaints = [];
  let count = 0;
  for (const operation of await getHttpOperationsFromSpec(document)) {
    const answers = operation.responses.flatMap((answer) => named(answer.code, answer.contents));
    for (const [name, schema] of [...named("request", operation.request?.body?.contents), ...answers]) {
      count += 1;
      const why = failure(schema, operation.__bundle__ ?? operation.__bundled__);
      if (why) complaints.push(`${operation.method} ${operation.path} ${name}: ${why}`);
    }
  }
  return { count, complaints };
}

function named(name, contents = []) {
  return contents.filter(({ schema }) => schema).map(({ schema }) => [name, schema]);
}

function failure(schema, bundled) {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, allowMatchingProperties: true, strict: false, logger: false });
  addFormats(ajv);
  try {
    ajv.compile({ ...schema, __bundled__: bundled });
    return undefined;
  } catch (error) {
    return error.message;
  }
}
