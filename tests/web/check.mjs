// Holds the websites of the fixtures to what they promise. Run it by `tests/web/run`, which brings what it needs.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { site, told } from "./lib/build.mjs";
import { launch } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { close, step } from "./lib/steps.mjs";
import * as axe from "./checks/axe.mjs";
import * as board from "./checks/board.mjs";
import * as figures from "./checks/figures.mjs";
import * as graph from "./checks/graph.mjs";
import * as known from "./checks/known.mjs";
import * as lighthouse from "./checks/lighthouse.mjs";
import * as links from "./checks/links.mjs";
import * as live from "./checks/live.mjs";
import * as looks from "./checks/looks.mjs";
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
import { begunOnly, coded, crowded, many, proposals, releasesOnly, sketch, ticked, unnamed } from "./fixtures/proposals.mjs";
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

const onDemand = new Map();

/** The site of a roadmap of another kind, built where a step asks for it. */
function made(name, source) {
  if (!onDemand.has(name)) {
    onDemand.set(name, site(scratch, name, source));
    server.set(onDemand.get(name));
  }
  return onDemand.get(name);
}

/** Plants faults that name their file themselves; those that a check does not see are complaints. */
async function missed(faults, whole, look) {
  const complaints = [];
  for (const [fault, plant] of Object.entries(faults)) {
    const broken = plant(whole);
    server.set(broken);
    if ((await look(broken)).length === 0) complaints.push(`unnoticed: ${fault}`);
  }
  server.set(whole);
  return complaints;
}

// What pages say and how they look, on roadmaps of which little or much is known; on real ones where they are there.
async function sayings() {
  const high = { original: 1600, sketch: 1600, ticked: 1600, proposals: 2300, releases: 2300, eips: 2300, swift: 2300 };
  const sources = { sketch, ticked, releases: releasesOnly, proposals, original: real("original"), eips: real("eips"), swift: real("swift") };
  const stateless = ["sketch", "ticked", "releases", "original", "swift"];
  const each = async (names, look) => {
    const complaints = [];
    for (const name of names.filter((name) => sources[name])) complaints.push(...(await look(made(name, sources[name]), sources[name])));
    return complaints;
  };
  const all = Object.keys(sources), some = ["index.html", "board.html", "timeline.html", "graph.html", "labels.html"];
  const ours = made("proposals", proposals);
  await step(known.names.unsaid, () => each(stateless, (site) => known.unsaid(site)));
  await step(`${known.names.unsaid}: planted faults are noticed`, () => missed(known.faults.unsaid, made("sketch", sketch), (spoilt) => known.unsaid(spoilt, ["index.html"])));
  await step(known.names.numbers, () => each(all, (site, source) => known.told(site, source, { proposals: 3, eips: 6 }[site.name])));
  await step(`${known.names.numbers}: planted faults are noticed`, () => missed(known.faults.numbers, ours, (spoilt) => known.told(spoilt, proposals, undefined, ["index.html"])));
  await step(known.names.overview, () => each(all, (site, source) => known.overview(site, tools, source, high[site.name])));
  await step(`${known.names.overview}: planted faults are noticed`, () => missed(known.faults.overview, ours, (spoilt) => known.overview(spoilt, tools, proposals, high.proposals)));
  await step(known.names.work, () => each(all, (site, source) => known.work(site, tools, source)));
  await step(`${known.names.work}: planted faults are noticed`, () => missed(known.faults.work, ours, (spoilt) => known.work(spoilt, tools, proposals, ["milestones/m-core.html"])));
  await step(looks.names.head, async () => [
    ...(await looks.head(own, tools)), ...(await looks.head(rtl, tools)), ...(await looks.head(sites.at(-1), tools)), ...(await each(all, (site) => looks.head(site, tools, ["index.html"]))),
  ]);
  await step(`${looks.names.head}: planted faults are noticed`, () => missed(looks.faults.head, ours, (spoilt) => looks.head(spoilt, tools, ["index.html"])));
  const code = made("coded", coded);
  await step(looks.names.colours, async () => [
    ...(await looks.colours(code, tools, [...some, "issues/i-c-1.html"])), ...(await looks.colours(own, tools, [...some, "issues/i-db-001.html"])),
    ...(await each(all, (site) => looks.colours(site, tools, [...some.filter((path) => site.pages.includes(path)), ...site.samples().filter((path) => path.startsWith("issues/"))]))),
  ]);
  await step(`${looks.names.colours}: planted faults are noticed`, () => missed(looks.faults.colours, code, (spoilt) => looks.colours(spoilt, tools, ["index.html", "labels.html", "issues/i-c-1.html"])));
  await step(looks.names.pictures, async () => [...(await looks.pictures(own, tools, some)), ...(await looks.pictures(large, tools, some)), ...(await each(all, (site) => looks.pictures(site, tools, some)))]);
  await step(`${looks.names.pictures}: planted faults are noticed`, () => missed(looks.faults.pictures, own, (spoilt) => looks.pictures(spoilt, tools, ["index.html"])));
  // What holds for the pages of the other fixtures holds here: one page of each kind, those of bodies that people wrote at length aside.
  const views = (site) => site.samples().filter((path) => !path.startsWith("issues/"));
  await step(`known: ${weight.name}`, () => each([...all], (site) => weight.check(site, views(site))));
  // Boards and tables of these are looked at above.
  const beside = (site) => site.samples().filter((path) => !/^(board|table)/.test(path));
  await step(`known: ${axe.name}`, () => each(all.filter((name) => name !== "ticked"), (site) => axe.check(site, tools, beside(site), axe.few)));
  const visited = (site) => visit.check(site, tools, site.samples(), site.samples());
  await step(`known: ${visit.name}`, async () => [...(await each(all, visited)), ...(await visited(made("unnamed", unnamed)))]);
  await step(`known: ${markup.name}`, async () => (await markup.check(all.filter((name) => sources[name]).map((name) => made(name, sources[name])), server, (site) => site.samples())).complaints);
}

// The board on roadmaps of other kinds; on real ones where they are there.
async function boards() {
  const review = { milestone: "core", label: "status:review" };
  const looked = [["proposals", proposals, { heads: ["Ready", "Blocked"] }], ["releases", releasesOnly, { heads: ["implemented", "rejected"] }], ["sketch", sketch, { columns: 6 }],
    ["eips", real("eips"), { heads: ["Ready", "Blocked"] }], ["swift", real("swift"), { heads: ["implemented", "rejected"] }], ["original", real("original"), { columns: 6 }]];
  const each = async (look) => {
    const complaints = [];
    for (const [name, source, wanted] of looked) if (source) complaints.push(...(await look(made(name, source), source, wanted)));
    return complaints;
  };
  const planted = (kind, name, source, look) => missed(board.faults[kind], made(name, source), look);
  await step(board.names.layout, () => each((site, _, wanted) => board.layout(site, tools, wanted)));
  await step(`${board.names.layout}: planted faults are noticed`, () =>
    planted("layout", "proposals", proposals, (spoilt) => board.layout(spoilt, tools, {}, ["board.html"])));
  await step(board.names.filters, async () => {
    const complaints = [];
    for (const [name, source] of [["proposals", proposals], ["eips", real("eips")]]) {
      for (const isLocal of source ? [false, true] : []) complaints.push(...(await board.filters(made(name, source), tools, source, review, isLocal)));
    }
    return complaints;
  });
  await step(`${board.names.filters}: planted faults are noticed`, () =>
    planted("filters", "proposals", proposals, (spoilt) => board.filters(spoilt, tools, proposals, review)));
  await step(board.names.speed, () => board.speed(made("many", many), tools));
  await step(`${board.names.speed}: planted faults are noticed`, () => planted("speed", "many", many, (spoilt) => board.speed(spoilt, tools)));
  await step(board.names.plain, () => each((site, source) => board.plain(site, tools, source)));
  await step(`${board.names.plain}: planted faults are noticed`, () => planted("plain", "proposals", proposals, (spoilt) => board.plain(spoilt, tools, proposals)));
  await step(`board: ${weight.name}`, () => each((site) => weight.check(site, site.pages.filter((path) => /^(board|table|search)/.test(path)))));
  await step(`board: ${axe.name}`, () => each((site) => axe.check(site, tools, ["board.html", "table.html"])));
  await step(`board: ${lighthouse.name}`, () => {
    const whole = real("eips") ? made("eips", real("eips")) : made("proposals", proposals);
    return lighthouse.check(whole, tools, ["index.html", "board.html", "timeline.html", "graph.html"]);
  });
  await step(board.names.keys, () => board.keys(own, tools));
  await step(`${board.names.keys}: planted faults are noticed`, () => planted("keys", "proposals", proposals, (spoilt) => board.keys(spoilt, tools)));
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

  const counted = [["proposals", proposals, {}], ["eips", real("eips"), { issues: 103, ready: 34, lines: 80, cycles: [3], alone: 70, lit: ["eip-7928", 30] }], ["crowded", crowded, {}]];
  await step(graph.names.counts, async () => {
    const complaints = [];
    for (const [name, source, wanted] of counted.filter(([, source]) => source)) complaints.push(...(await graph.counts(made(name, source), tools, wanted)));
    return complaints;
  });
  await step(`${graph.names.counts}: planted faults are noticed`, () => {
    const plants = Object.entries(graph.faults.counts).map(([fault, plant]) => [fault, (site) => site.with("graph.html", plant)]);
    return missed(Object.fromEntries(plants), made("proposals", proposals), (spoilt) => graph.counts(spoilt, tools));
  });

  const begun = [["begun", begunOnly], ["begun-eips", real("eips")]].filter(([, source]) => source).map(([name, source]) => site(scratch, name, source));
  begun.forEach((site) => server.set(site));
  for (const kind of ["rows", "zoom", "others"]) {
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
        const path = kind === "others" ? "timeline-by-priority.html" : "timeline.html";
        if ((await look(whole.with(path, plant))).length === 0) missed.push(`unnoticed: ${fault}`);
      }
      return missed;
    });
  }

  // The load of people is asked for by nobody but this one.
  const loaded = site(scratch, "loaded", JSON.stringify({ ...JSON.parse(readFileSync(join(sources.own, "milestones_and_issues.json"), "utf8")), docs: undefined, site: { people: true } }));
  server.set(loaded);
  for (const [kind, path, whole] of [["cohorts", "timeline.html", own], ["heat", "labels.html", own], ["load", "timeline-by-people.html", loaded]]) {
    await step(figures.names[kind], async () => {
      const complaints = [];
      for (const site of [own, large, rtl, ...begun, loaded]) complaints.push(...(await figures[kind](site, tools, site === loaded)));
      return complaints;
    });
    await step(`${figures.names[kind]}: planted faults are noticed`, async () => {
      const missed = [];
      for (const [fault, plant] of Object.entries(figures.faults[kind])) {
        const spoilt = whole.with(path, plant);
        server.set(spoilt);
        if ((await figures[kind](spoilt, tools, whole === loaded)).length === 0) missed.push(`unnoticed: ${fault}`);
        server.set(whole);
      }
      return missed;
    });
  }
  await step(`figures: ${axe.name}`, () => axe.check(loaded, tools, ["timeline-by-people.html"]));

  // As people see them: the bare engine measures letters otherwise.
  const painter = { browser: await launch(server, [], process.env.CHROMIUM), server };
  await step(pictures.name, () => pictures.check([own, large, rtl], painter));
  await step(`${pictures.name}: planted faults are noticed`, () =>
    unnoticed(pictures.faults, spoil((spoilt) => pictures.check([spoilt], painter, false, ["index.html"]))));
  await painter.browser.close();

  await boards();
  await sayings();

  await step(lighthouse.name, () => lighthouse.check(large, tools));
  await step(`${lighthouse.name}: planted faults are noticed`, () =>
    unnoticed(lighthouse.faults, spoil((spoilt) => lighthouse.check(spoilt, tools, ["index.html"], 1))));

  await step(live.name, () => live.check(scratch, tools));
} finally {
  await browser.close();
  server.close();
}
process.exitCode = close();
