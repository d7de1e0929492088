// Holds what Roadbook asks of GitHub, and our own fake of it, to GitHub's document. Run it by `tests/oracle/run`.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { resolve } from "node:path";
import { close, step } from "../web/lib/steps.mjs";
import { fuzz } from "./lib/fuzz.mjs";
import * as scenes from "./lib/scenes.mjs";
import { passedOver } from "./lib/schemas.mjs";
import { ask, emulated, fake, prism, relay, repository } from "./lib/servers.mjs";
import { kinds, withoutKinds } from "./lib/values.mjs";

const scratch = resolve(process.env.SCRATCH);
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });

const at = `/repos/${repository}`;
const source = JSON.parse(readFileSync("../../roadmap/milestones_and_issues.json", "utf8"));
// The documents that it names are not where it is tried.
delete source.docs;
const people = [...new Set(source.issues.flatMap(({ assignees }) => assignees ?? []))];

/** Who plays GitHub, each time anew. */
const players = {
  "a GitHub that others wrote": () => emulated(people),
  "our fake": () => fake("--organization", "--people", people.join(",")),
};
const shown = {
  "from an empty repository to a second plan that is empty": scenes.fromNothing,
  "each change of the source is the one right request": scenes.oneByOne,
  "what an older script left is adopted": scenes.adopted,
};

/** What only our fake can play: the other has one repository, and no organization. */
const shownByOurs = {
  "relations into another repository are made, changed and read back": scenes.across,
  "issue fields are filled, changed, emptied and pulled": scenes.filled,
};

for (const version of ["2022-11-28", "2026-03-10"]) {
  const document = `github-${version}.json`;
  const name = (words) => `${version}: ${words}`;

  await step(name("no schema is passed over in silence"), async () => {
    const { count, complaints } = await passedOver(document);
    console.log(`   ${count} schemas`);
    return count > 100 ? complaints : [`only ${count} schemas were looked at`];
  });

  const back = await relay("http://127.0.0.1:1");
  const ours = await fake("--populated", "--organization");
  back.target = ours.url;
  const judged = withoutKinds(document, resolve(scratch, `judged-${version}.json`));
  const judge = await prism(judged, back.url, resolve(scratch, `prism-${version}.log`));

  await step(name("whatever is asked of our fake, it answers as GitHub does"), async () => {
    const statuses = await fuzz(document, judge.url, { count: 500, seed: 7, token: ours.token });
    console.log(`   ${JSON.stringify(statuses)}`);
    const met = [200, 201, 204, 404, 422].filter((status) => !statuses[status]);
    return [...await judge.complaints(), ...met.map((status) => `nothing was answered with ${status}`)];
  });

  ours.close();

  const front = await relay(judge.url);
  for (const [who, start] of Object.entries(players)) {
    for (const [what, play] of Object.entries(who === "our fake" ? { ...shown, ...shownByOurs } : shown)) {
      await step(name(`${what}, before ${who}`), async () => {
        const server = await start();
        back.target = server.url;
        back.mend = server.mend;
        const requests = front.log.length;
        const before = (await judge.complaints()).length;
        const complaints = await play({ scratch, front, server, source });
        server.close();
        const values = kinds(document, front.log.slice(requests));
        console.log(`   ${front.log.length - requests} requests, ${values.count} of them fill fields`);
        const unfilled = play === scenes.filled && values.count === 0 ? ["no field was filled"] : [];
        return [...complaints, ...unfilled, ...values.complaints, ...(await judge.complaints()).slice(before)];
      });
    }
  }
  for (const server of [front, judge, back]) server.close();
}

await step("a schema that is passed over is noticed", async () => {
  const document = resolve(scratch, "spoilt.json");
  const spoilt = JSON.parse(readFileSync("github-2022-11-28.json", "utf8"));
  spoilt.components.schemas.issue.properties.type = { oneOf: [{ type: "string" }], nullable: true };
  writeFileSync(document, JSON.stringify(spoilt));
  const { complaints } = await passedOver(document);
  return complaints.length > 0 ? [] : ["unnoticed: a member that is nullable and of no type"];
});

await step("a request and an answer that GitHub's document does not allow are noticed", async () => {
  const liar = http.createServer((asked, answer) => {
    asked.resume();
    answer.writeHead(200, { "content-type": "application/json" });
    answer.end(asked.url === "/rate_limit" ? limits : '[{"id": "not a number"}]');
  });
  const one = { limit: 1, remaining: 1, reset: 1, used: 0 };
  const limits = JSON.stringify({ resources: { core: one, search: one }, rate: one });
  await new Promise((done) => liar.listen(0, "127.0.0.1", done));
  const judge = await prism("github-2022-11-28.json", `http://127.0.0.1:${liar.address().port}`, resolve(scratch, "planted.log"));
  const counts = [(await judge.complaints()).length];
  for (const [method, path, body] of [["POST", "/issues", { body: "no title" }], ["PATCH", "/issues/1", { milestone: { number: 1 } }], ["GET", "/labels"]]) {
    await ask(judge.url, method, at + path, { token: "any", body });
    counts.push((await judge.complaints()).length);
  }
  judge.close();
  liar.close();
  return JSON.stringify(counts) === "[0,1,2,3]" ? [] : [`complaints were counted ${counts}`];
});

await step("a value of a kind that GitHub's document does not allow is noticed", async () => {
  const path = `${at}/issues/1/issue-field-values`;
  const log = [true, ["a"], { text: "a" }, "2027-01-01", 0.5].map((value) => (
    { method: "PUT", path, body: JSON.stringify({ issue_field_values: [{ field_id: 1, value }] }) }));
  const { count, complaints } = kinds("github-2026-03-10.json", log);
  return count === 5 && complaints.length === 3 ? [] : [`${complaints.length} complaints about ${count} requests`];
});

process.exitCode = close();
