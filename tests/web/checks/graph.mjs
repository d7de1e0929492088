// The graph says what the roadmap says: the boxes and lines that were drawn reach as far as the dependencies in roadmap.json,
// nothing lies on anything else, and pointing at an issue lights what it waits for and what waits for it, no more and no less.

import { each, settle, tab } from "../lib/browser.mjs";

export const names = {
  drawn: "graph: boxes and lines reach as far as the dependencies do",
  lit: "graph: what has the focus lights all that it waits for and that waits for it",
  around: "issues: what is around them is in the picture and in words",
  counts: "graph: what can begin is in view, cycles are one box, what stands alone is counted, and the page is not too much for a browser",
};

/** What waits for what among issues that are not closed, as ids in lower case. */
function live(site) {
  const { issues } = JSON.parse(site.read("roadmap.json").toString());
  const open = issues.filter(({ status }) => !["done", "dropped"].includes(status));
  const ids = new Set(open.map(({ id }) => id.toLowerCase()));
  const waits = new Map();
  for (const { id, blocked_by } of open) {
    waits.set(id.toLowerCase(), blocked_by.map((on) => on.toLowerCase()).filter((on) => ids.has(on)));
  }
  const joined = new Set([...waits].flatMap(([id, on]) => (on.length > 0 ? [id, ...on] : [])));
  return { waits, joined };
}

/** Everything that can be reached from each of `from`, by a map of lists. */
function reach(ways, from) {
  const seen = new Set();
  const ahead = [...(ways.get(from) ?? [])];
  while (ahead.length > 0) {
    const at = ahead.pop();
    if (seen.has(at)) continue;
    seen.add(at);
    ahead.push(...(ways.get(at) ?? []));
  }
  return seen;
}

/** The boxes, lines and crossings of the first graph of a page. */
const look = () => {
  const svg = document.querySelector(".picture-graph");
  if (!svg) return null;
  const nodeOf = (node) => node.id.replace(/^g-/, "");
  const boxes = [...svg.querySelectorAll("[data-n]")].map((box) => ({
    number: box.dataset.n,
    isCycle: box.classList.contains("cycle"),
    isMore: box.classList.contains("more"),
    ids: (box.matches(".node") ? [box] : [...box.querySelectorAll(".node")]).filter((node) => node.id).map(nodeOf),
    at: box.getBoundingClientRect().toJSON(),
  }));
  const scale = svg.getScreenCTM();
  const lines = [...svg.querySelectorAll("[data-e]")].map((line) => {
    const [from, to] = line.dataset.e.split(" ");
    const points = [];
    for (let at = 0; at <= line.getTotalLength(); at += 3) {
      const point = line.getPointAtLength(at).matrixTransform(scale);
      points.push([point.x, point.y]);
    }
    return { from, to, points };
  });
  return { boxes, lines };
};

const overlaps = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
const inside = ([x, y], at) => x > at.left + 1 && x < at.right - 1 && y > at.top + 1 && y < at.bottom - 1;

/** Holds `graph.html` to roadmap.json; a picture that counts what has no room is held in what it names. */
export async function drawn(site, { browser, server }) {
  const complaints = [];
  const { waits, joined } = live(site);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(server.url(site, "graph.html"));
  const picture = await page.evaluate(look);
  const firsts = await page.evaluate(() => {
    const first = [...document.querySelectorAll(".picture-graph text.heading")].find((head) => head.textContent === "Can begin now");
    return first ? first.getBoundingClientRect().right : null;
  });
  await page.context().close();
  if (joined.size === 0) return picture ? [`${site.name}: nothing waits, and a graph is drawn`] : [];
  if (!picture) return [`${site.name}: ${joined.size} issues wait for each other, and nothing is drawn`];
  const { boxes, lines } = picture;
  const named = new Set(boxes.flatMap(({ ids }) => ids));
  const isWhole = boxes.every(({ isMore }) => !isMore);
  for (const id of joined) if (isWhole && !named.has(id)) complaints.push(`${site.name}: ${id} is missing`);
  for (const id of named) if (!joined.has(id)) complaints.push(`${site.name}: ${id} neither waits nor is waited for`);
  if (firsts !== null && firsts > 1280) complaints.push(`${site.name}: what can begin is out of sight`);
  const boxOf = new Map(boxes.flatMap((box) => box.ids.map((id) => [id, box])));
  const ways = new Map();
  for (const { from, to } of lines) ways.set(to, [...(ways.get(to) ?? []), from]);
  const byNumber = new Map(boxes.map((box) => [box.number, box]));
  for (const id of named) {
    const box = boxOf.get(id);
    const told = new Set([...reach(ways, box.number)].flatMap((number) => byNumber.get(number)?.ids ?? []));
    if (box.isCycle) box.ids.forEach((other) => told.add(other));
    const meant = new Set([...reach(waits, id)].filter((other) => named.has(other)));
    for (const other of meant) if (!told.has(other)) complaints.push(`${site.name}: no line leads from ${other} to ${id}`);
    for (const other of told) if (!meant.has(other)) complaints.push(`${site.name}: ${id} does not wait for ${other}`);
  }
  boxes.forEach((box, n) => {
    for (const other of boxes.slice(n + 1)) {
      if (overlaps(box.at, other.at)) complaints.push(`${site.name}: ${box.ids} lies on ${other.ids}`);
    }
    for (const { from, to, points } of lines) {
      if (![from, to].includes(box.number) && points.some((point) => inside(point, box.at))) {
        complaints.push(`${site.name}: the line from box ${from} to ${to} crosses ${box.ids}`);
      }
    }
  });
  console.log(`   ${site.name}: ${named.size} issues in ${boxes.length} boxes, ${lines.length} lines`);
  return complaints;
}

/** The longest page. */
const most = 3000;

/** Holds the figures of `graph.html` to roadmap.json, and to those in `wanted`. */
export async function counts(site, { browser, server }, wanted = {}) {
  const { waits, joined } = live(site);
  if (joined.size === 0) return [];
  const { issues } = JSON.parse(site.read("roadmap.json").toString());
  const status = new Map(issues.map((issue) => [issue.id.toLowerCase(), issue.status]));
  const isCyclic = (id) => reach(waits, id).has(id);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(server.url(site, "graph.html"));
  const told = await page.evaluate((lit) => {
    const svg = document.querySelector(".picture-graph"), nodes = [...svg.querySelectorAll(".node[id]")];
    const isIn = (node) => node.getBoundingClientRect().right <= 1280;
    const middle = lit ? document.getElementById(`g-${lit}`) : null;
    middle?.focus();
    return {
      issues: nodes.length,
      lines: svg.querySelectorAll("[data-e]").length,
      cycles: [...svg.querySelectorAll(".cycle")].map((box) => box.querySelectorAll(".node").length).sort(),
      ready: nodes.filter((node) => node.closest(".status-ready") && isIn(node)).length,
      alone: Number(/(\d+) more (open )?issues? waits? for nothing/.exec(document.querySelector("main").textContent.replaceAll(/wait for/g, "waits for"))?.[1] ?? 0),
      isWhole: !svg.querySelector(".more"),
      lit: middle ? svg.querySelectorAll(".lit.node, .lit .node").length - 1 : 0,
      elements: document.querySelectorAll("*").length,
    };
  }, wanted.lit?.[0]);
  await page.context().close();
  const complaints = told.elements > most ? [`${site.name}: ${told.elements} elements`] : [];
  const hold = (what, is, should) => {
    if (JSON.stringify(is) !== JSON.stringify(should)) complaints.push(`${site.name}: ${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
  };
  const open = [...waits.keys()], elsewhere = new Set(issues.filter(({ blocked_elsewhere }) => blocked_elsewhere?.length).map(({ id }) => id.toLowerCase()));
  if (told.isWhole) {
    hold("issues", told.issues, joined.size);
    hold("what can begin, in view", told.ready, [...joined].filter((id) => status.get(id) === "ready").length);
    hold("issues of cycles", told.cycles.reduce((sum, count) => sum + count, 0), open.filter(isCyclic).length);
  }
  hold("alone", told.alone, open.filter((id) => !joined.has(id) && !elsewhere.has(id)).length);
  for (const what of ["issues", "ready", "alone", "cycles"]) if (wanted[what]) hold(what, told[what], wanted[what]);
  if (wanted.lit) hold(`lit by ${wanted.lit[0]}`, told.lit, wanted.lit[1]);
  if (wanted.lines && told.lines > wanted.lines) complaints.push(`${site.name}: ${told.lines} lines`);
  return complaints;
}

/** Gives the focus to the issue that most wait for, and to the last one. */
export async function lit(site, { browser, server }) {
  const { waits, joined } = live(site);
  if (joined.size === 0) return [];
  const needs = new Map();
  for (const [id, on] of waits) for (const other of on) needs.set(other, [...(needs.get(other) ?? []), id]);
  const ranked = [...joined].sort((a, b) => reach(needs, b).size - reach(needs, a).size);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, record } = await tab(context, server.origin);
  await page.goto(server.url(site, "graph.html"));
  const complaints = [];
  for (const id of new Set([ranked[0], ranked.at(-1)])) {
    const told = await page.evaluate((id) => {
      const node = document.getElementById(`g-${id}`);
      if (!node) return null;
      node.focus();
      const found = [...document.querySelectorAll(".picture-graph .node")].filter((node) => node.closest(".lit"));
      const ids = found.map((node) => node.id.replace(/^g-/, ""));
      node.blur();
      return { ids, left: document.querySelectorAll(".picture-graph .lit").length };
    }, id);
    if (!told) {
      complaints.push(`${site.name}: ${id} is not drawn`);
      continue;
    }
    const meant = new Set([id, ...reach(waits, id), ...reach(needs, id)]);
    for (const other of meant) if (!told.ids.includes(other)) complaints.push(`${site.name}: ${id} does not light ${other}`);
    for (const other of told.ids) if (other && !meant.has(other)) complaints.push(`${site.name}: ${id} lights ${other}`);
    if (told.left > 0) complaints.push(`${site.name}: ${told.left} stay lit when ${id} has the focus no more`);
  }
  complaints.push(...record.complaints);
  await context.close();
  return complaints;
}

/** Holds the pages of issues with neighbours to naming each of them, in the picture and outside of it. */
export async function around(site, { browser, server }, pages) {
  const { issues } = JSON.parse(site.read("roadmap.json").toString());
  const complaints = [];
  const context = await browser.newContext();
  const joined = issues.filter(({ blocked_by, needed_by }) => blocked_by.length + needed_by.length > 0);
  const some = joined.filter((_, n) => n % Math.ceil(joined.length / 12) === 0);
  await each(some, async ({ id, blocked_by, needed_by }) => {
    const path = `issues/i-${id.toLowerCase()}.html`;
    if (pages && !pages.includes(path)) return;
    const page = await context.newPage();
    await page.goto(server.url(site, path));
    await settle(page);
    const told = await page.evaluate(() => {
      const svg = document.querySelector(".picture-around");
      const drawn = [...(svg?.querySelectorAll("title") ?? [])].map((title) => title.textContent);
      const words = [...document.querySelectorAll("main a")].filter((link) => !link.closest("svg")).map((link) => link.textContent);
      return { drawn, words, counted: (svg?.querySelectorAll(".more").length ?? 0) > 0 };
    });
    for (const other of [...blocked_by, ...needed_by]) {
      const names = (text) => text.trim() === other || text.trim().startsWith(`${other} `);
      if (!told.counted && !told.drawn.some(names)) complaints.push(`${site.name}/${path}: the picture leaves out ${other}`);
      if (!told.words.some(names) && told.words.length < 40) complaints.push(`${site.name}/${path}: no words name ${other}`);
    }
    await page.close();
  });
  await context.close();
  return complaints;
}

export const faults = {
  drawn: {
    "a line that is missing": (html) => html.replace(/<path class="line[^"]*"[^>]*data-e[^>]*>/, ""),
    "a line too many": (html) => html.replace(/(<path class="line[^"]*"[^>]*data-e=")(\d+) (\d+)"/, "$1$3 $2\""),
    "an issue that is missing": (html) => html.replace(/ id="g-[^"]*"/, ""),
    "a box on another": (html) => html.replaceAll(/(class="node status-blocked[^"]*" transform="translate\()\d+ \d+/g, "$1200 200"),
  },
  lit: { "a line that no script finds": (html) => html.replaceAll(/ data-e="[^"]*"/g, "") },
  counts: {
    "a number of what stands alone that is wrong": (html) => html.replace(/\d+( more (open )?issues)/, "7$1"),
    "what can begin to the right": (html) => html.replace(/(class="node status-ready[^"]*" transform="translate\()\d+/, "$19000"),
    "too many elements": (html) => html.replace("</main>", `${"<i></i>".repeat(most)}</main>`),
  },
  around: { "a neighbour that is not drawn": (html) => html.replace(/<a class="node status[^]*?<\/a>/, "") },
};
