// Holds the websites of the fixtures to what they promise. Run it by `tests/web/run`, which brings what it needs.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { site, told } from "./lib/build.mjs";
import { launch } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { close, step } from "./lib/steps.mjs";
import * as axe from "./checks/axe.mjs";
import * as board from "./checks/board.mjs";
import * as graph from "./checks/graph.mjs";
import * as lighthouse from "./checks/lighthouse.mjs";
import * as links from "./checks/links.mjs";
import * as live from "./checks/live.mjs";
import * as mail from "./checks/mail.mjs";
import * as markup from "./checks/markup.mjs";
import * as paper from "./checks/paper.mjs";
import * as pictures from "./checks/pictures.mjs";
import * as same from "./checks/same.mjs";
import * as strict from "./checks/strict.mjs";
import * as text from "./checks/text.mjs";
import * as timeline from "./checks/timeline.mjs";
import * as visit from "./checks/visit.mjs";
import * as weight from "./checks/weight.mjs";
import revisions from "./fixtures/history.mjs";
import largeSource from "./fixtures/large.mjs";
import nasty, { refused, wanted } from "./fixtures/nasty.mjs";
import { begunOnly, many, proposals, releasesOnly, sketch } from "./fixtures/proposals.mjs";
import rtlSource from "./fixtures/rtl.mjs";

const scratch = resolve(process.env.SCRATCH);
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });

const sources = {
  own: resolve(import.meta.dirname, "../../roadmap"),
  large: JSON.stringify(largeSource),
  rtl: JSON.stringify(rtlSource),
  nasty: JSON.stringify(nasty),
};
const built = Object.entries(sources).map(([name, source]) => site(scratch, name, source));
const [own, large, rtl, hostile] = built;
// A website with its history is made of git and not committed: what holds for the pages of the others holds for it.
const sites = [...built, told(scratch, "told", revisions)];

// Files that planted faults load.
const spoilers = {
  ...paper.spoilers,
  "assets/faint.css": ".faint { color: #ccc; background: #ddd; }",
  // In each frame, so that something was drawn before, however late a busy machine draws the first one.
  "assets/shift.js": `(function move(frames) {
    if (document.body) document.body.prepend(Object.assign(document.createElement("h2"), { textContent: "late" }));
    if (frames > 0) requestAnimationFrame(function () { move(frames - 1); });
  })(60);`,
};

// Plants each fault into a page of our own site; those that a check does not see are complaints.
async function unnoticed(faults, look) {
  const complaints = [];
  for (const [fault, plant] of Object.entries(faults)) {
    if ((await look(own.with("index.html", plant, spoilers))).length === 0) complaints.push(`unnoticed: ${fault}`);
  }
  return complaints;
}

await step(same.names.same, () =>
  built.flatMap((site) => same.same(site, same.again(scratch, site.name, sources[site.name]))));
await step(`${same.names.same}: a planted fault is noticed`, () =>
  unnoticed({ "a page that differs": (html) => `${html} ` }, (spoilt) => same.same(own, spoilt)));
await step(same.names.refused, () => same.refused(scratch, refused));

for (const { name, check, faults } of [links, strict, weight]) {
  await step(name, () => sites.flatMap((site) => check(site)));
  await step(`${name}: planted faults are noticed`, () => unnoticed(faults, (spoilt) => check(spoilt, ["index.html"])));
}

await step("nasty inputs: text unchanged", () => text.texts(hostile, wanted));
await step("nasty inputs: a changed text is noticed", () => {
  const path = "issues/i-t-1.html";
  return text.texts(hostile.with(path, text.faults.texts["a title that was decoded"]), wanted, [path]).length > 0 ? [] : ["unnoticed"];
});

const server = await serve(sites);

/** A real roadmap, where there are any. */
function real(name) {
  for (let folder = import.meta.dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    const file = join(folder, "shared/data", `${name}.json`);
    if (existsSync(file)) return readFileSync(file, "utf8");
  }
}

// The board on roadmaps of other kinds, built where a step asks for them; on real ones where they are there.
async function boards() {
  const known = new Map();
  const made = (name, source) => {
    if (!known.has(name)) {
      known.set(name, site(scratch, name, source));
      server.set(known.get(name));
    }
    return known.get(name);
  };
  const review = { milestone: "core", label: "status:review" };
  const looked = [["proposals", proposals, { heads: ["Ready", "Blocked"] }], ["releases", releasesOnly, { heads: ["implemented", "rejected"] }], ["sketch", sketch, { columns: 6 }],
    ["eips", real("eips"), { heads: ["Ready", "Blocked"] }], ["swift", real("swift"), { heads: ["implemented", "rejected"] }], ["original", real("original"), { columns: 6 }]];
  const each = async (look) => {
    const complaints = [];
    for (const [name, source, wanted] of looked) if (source) complaints.push(...(await look(made(name, source), source, wanted)));
    return complaints;
  };
  // Plants faults that name their file themselves.
  const missed = async (kind, name, source, look) => {
    const complaints = [];
    const whole = made(name, source);
    for (const [fault, plant] of Object.entries(board.faults[kind])) {
      const broken = plant(whole);
      server.set(broken);
      if ((await look(broken)).length === 0) complaints.push(`unnoticed: ${fault}`);
    }
    server.set(whole);
    return complaints;
  };
  await step(board.names.layout, () => each((site, _, wanted) => board.layout(site, tools, wanted)));
  await step(`${board.names.layout}: planted faults are noticed`, () =>
    missed("layout", "proposals", proposals, (spoilt) => board.layout(spoilt, tools, {}, ["board.html"])));
  await step(board.names.filters, async () => {
    const complaints = [];
    for (const [name, source] of [["proposals", proposals], ["eips", real("eips")]]) {
      for (const isLocal of source ? [false, true] : []) complaints.push(...(await board.filters(made(name, source), tools, source, review, isLocal)));
    }
    return complaints;
  });
  await step(`${board.names.filters}: planted faults are noticed`, () =>
    missed("filters", "proposals", proposals, (spoilt) => board.filters(spoilt, tools, proposals, review)));
  await step(board.names.speed, () => board.speed(made("many", many), tools));
  await step(`${board.names.speed}: planted faults are noticed`, () => missed("speed", "many", many, (spoilt) => board.speed(spoilt, tools)));
  await step(board.names.plain, () => each((site, source) => board.plain(site, tools, source)));
  await step(`${board.names.plain}: planted faults are noticed`, () => missed("plain", "proposals", proposals, (spoilt) => board.plain(spoilt, tools, proposals)));
  await step(`board: ${weight.name}`, () => each((site) => weight.check(site, site.pages.filter((path) => /^(board|table|search)/.test(path)))));
  await step(`board: ${axe.name}`, () => each((site) => axe.check(site, tools, ["board.html", "table.html"])));
  await step(board.names.keys, () => board.keys(own, tools));
  await step(`${board.names.keys}: planted faults are noticed`, () => missed("keys", "proposals", proposals, (spoilt) => board.keys(spoilt, tools)));
}
let marked;
await step(markup.name, async () => (marked = await markup.check(sites, server)).complaints);
await step(`${markup.name}: planted faults are noticed`, () => marked.unnoticed);

const browser = await launch(server);
const tools = { browser, server };
const spoil = (look) => async (spoilt) => {
  server.set(spoilt);
  const complaints = await look(spoilt);
  server.set(own);
  return complaints;
};
try {
  await step(`${visit.name}, over http under a sub-path`, async () => {
    const complaints = [];
    for (const site of sites) {
      const some = ["large", "told"].includes(site.name) ? [...new Set([...site.samples(), ...site.pages.filter((_, n) => n % 8 === 0)])] : site.pages;
      complaints.push(...(await visit.check(site, tools, some, site.samples())));
      complaints.push(...(await visit.stubs(site, tools)));
    }
    return complaints;
  });
  await step(`${visit.name}, from file://`, async () => {
    const complaints = [];
    for (const site of sites) {
      // Only a server answers with 404.html, so that it may name the site's address.
      const local = site.samples().filter((path) => path !== "404.html");
      complaints.push(...(await visit.check(site, tools, local, local, true)));
    }
    return complaints;
  });
  await step(`${visit.name}: planted faults are noticed`, () =>
    unnoticed(visit.faults, spoil((spoilt) => visit.check(spoilt, tools, ["index.html"], ["index.html"]))));

  await step(text.name, () => text.runs(hostile, tools));
  await step(`${text.name}: planted faults are noticed`, () =>
    unnoticed(text.faults.runs, spoil((spoilt) => text.runs(spoilt, tools, ["index.html"]))));

  await step(mail.name, async () => [...(await mail.check(own, tools, 2)), ...(await mail.check(large, tools, 16)), ...(await mail.check(rtl, tools, 2))]);
  await step(`${mail.name}: planted faults are noticed`, async () => {
    const missed = [];
    for (const [fault, plant] of Object.entries(mail.faults)) {
      if ((await mail.check(own, tools, 2, plant(mail.report(own)))).length === 0) missed.push(`unnoticed: ${fault}`);
    }
    return missed;
  });

  await step(axe.name, async () => {
    const complaints = [];
    for (const site of sites) complaints.push(...(await axe.check(site, tools)));
    return complaints;
  });
  await step(`${axe.name}: planted faults are noticed`, () =>
    unnoticed(axe.faults, spoil((spoilt) => axe.check(spoilt, tools, ["index.html"], axe.one))));

  await step(paper.name, async () => {
    const complaints = [];
    for (const site of sites) complaints.push(...(await paper.check(site, tools)));
    return complaints;
  });
  await step(`${paper.name}: planted faults are noticed`, () =>
    unnoticed(paper.faults, spoil((spoilt) => paper.check(spoilt, tools, ["index.html"]))));

  for (const [kind, path] of [["drawn", "graph.html"], ["lit", "graph.html"], ["around", "issues/i-db-013.html"]]) {
    await step(graph.names[kind], async () => {
      const complaints = [];
      for (const site of [own, large, rtl]) complaints.push(...(await graph[kind](site, tools)));
      return complaints;
    });
    await step(`${graph.names[kind]}: planted faults are noticed`, async () => {
      const missed = [];
      for (const [fault, plant] of Object.entries(graph.faults[kind])) {
        const look = spoil((spoilt) => graph[kind](spoilt, tools, [path]));
        if ((await look(own.with(path, plant))).length === 0) missed.push(`unnoticed: ${fault}`);
      }
      return missed;
    });
  }

  const begun = [["begun", begunOnly], ["begun-eips", real("eips")]].filter(([, source]) => source).map(([name, source]) => site(scratch, name, source));
  begun.forEach((site) => server.set(site));
  for (const kind of ["rows", "zoom"]) {
    await step(timeline.names[kind], async () => {
      const complaints = [];
      for (const site of [own, large, rtl, ...begun]) complaints.push(...(await timeline[kind](site, tools)));
      return complaints;
    });
    await step(`${timeline.names[kind]}: planted faults are noticed`, async () => {
      const missed = [];
      for (const [fault, plant] of Object.entries(timeline.faults[kind])) {
        const look = spoil((spoilt) => timeline[kind](spoilt, tools));
        const whole = fault.includes("column") ? begun[0] : own;
        if ((await look(whole.with("timeline.html", plant))).length === 0) missed.push(`unnoticed: ${fault}`);
      }
      return missed;
    });
  }

  await step(pictures.name, () => pictures.check([own, large, rtl], tools));
  await step(`${pictures.name}: planted faults are noticed`, () =>
    unnoticed(pictures.faults, spoil((spoilt) => pictures.check([spoilt], tools, false, ["index.html"]))));

  await boards();

  await step(lighthouse.name, () => lighthouse.check(large, tools));
  await step(`${lighthouse.name}: planted faults are noticed`, () =>
    unnoticed(lighthouse.faults, spoil((spoilt) => lighthouse.check(spoilt, tools, ["index.html"], 1))));

  await step(live.name, () => live.check(scratch, tools));
} finally {
  await browser.close();
  server.close();
}
process.exitCode = close();
