// Holds our own website to doing the same in three engines. Run it by `tests/web/run engines`, which brings what it needs.

import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { site } from "./lib/build.mjs";
import { engines } from "./lib/engines.mjs";
import { serve } from "./lib/server.mjs";
import { close, step } from "./lib/steps.mjs";
import { apart, faults, names, places, recorded, shapes, visits, works } from "./checks/engines.mjs";

const scratch = resolve(process.env.SCRATCH, "engines");
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });

const own = recorded(site(scratch, "own", resolve(import.meta.dirname, "../../roadmap")), scratch, "recorded");
const server = await serve([own]);
const where = places(own, server);

/** The faults of a kind that a look does not notice. */
async function unnoticed(kind, look) {
  const missed = [];
  for (const [fault, plant] of Object.entries(faults[kind])) {
    const spoilt = recorded(own, scratch, `${kind}-${fault.replaceAll(" ", "-")}`, plant);
    if ((await look(spoilt, places(spoilt, server)["from the disk"], fault)).length === 0) missed.push(`unnoticed: ${fault}`);
  }
  return missed;
}

let first;
try {
  for (const [name, start] of Object.entries(engines)) {
    let engine;
    await step(`${name}: starts`, async () => {
      engine = await start();
      return [];
    });
    if (!engine) continue;
    try {
      for (const [place, at] of Object.entries(where)) {
        await step(`${name}, ${place}: ${names.visits}`, () => visits(engine, own, at));
        await step(`${name}, ${place}: ${names.works}`, () => works(engine, at));
      }
      const found = await shapes(engine, own, where["under a sub-path"]);
      first ??= found;
      if (found !== first) await step(`${name}: ${names.alike}`, () => apart(first, found));
      if (found === first) {
        await step(`${name}, ${names.visits}: planted faults are noticed`, () => unnoticed("visits", (spoilt, at) => visits(engine, spoilt, at)));
        await step(`${name}, ${names.works}: planted faults are noticed`, () => unnoticed("works", (_, at, part) => works(engine, at, part)));
        await step(`${name}, ${names.alike}: planted faults are noticed`, () =>
          unnoticed("alike", async (spoilt, at) => apart(first, await shapes(engine, spoilt, at))));
      }
    } finally {
      await engine.close();
    }
  }
} finally {
  server.close();
}
process.exitCode = close();
