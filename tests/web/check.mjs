// Holds the websites of the fixtures to what they promise. Run it by `tests/web/run`, which brings what it needs.

import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { site } from "./lib/build.mjs";
import { close, step } from "./lib/steps.mjs";
import * as links from "./checks/links.mjs";
import * as strict from "./checks/strict.mjs";
import * as weight from "./checks/weight.mjs";
import large from "./fixtures/large.mjs";
import nasty from "./fixtures/nasty.mjs";
import rtl from "./fixtures/rtl.mjs";

const scratch = resolve(process.env.SCRATCH);
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });

const sources = {
  own: resolve(import.meta.dirname, "../../roadmap"),
  large: JSON.stringify(large),
  rtl: JSON.stringify(rtl),
  nasty: JSON.stringify(nasty),
};
const sites = Object.entries(sources).map(([name, source]) => site(scratch, name, source));
const [own] = sites;

for (const { name, check, faults } of [links, strict, weight]) {
  await step(name, () => sites.flatMap((site) => check(site)));
  await step(`${name}: planted faults are noticed`, () =>
    Object.entries(faults).flatMap(([fault, plant]) =>
      check(own.with("index.html", plant), ["index.html"]).length > 0 ? [] : [`unnoticed: ${fault}`]),
  );
}
process.exitCode = close();
