// What the site does, it does in three engines: nothing goes wrong on any kind of page, and filters, zoom, theme, keys, search and lit
// chains work, from the disk and under a sub-path. And it looks alike: what stands on a page stands there in each of them.

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Site } from "../lib/site.mjs";

export const names = {
  visits: "no error on any kind of page",
  works: "filters, zoom, theme, keys, search and lit chains work",
  alike: "pages are laid out as in the others",
};

// Before all other scripts of a page: what went wrong, for those that cannot be asked by WebDriver.
const recorder = `(function () {
  var seen = [], error = console.error;
  window.wentWrong = function () { return seen; };
  addEventListener("error", function (event) {
    var of = event.target;
    seen.push(of === window ? event.message : "not loaded: " + (of.src || of.href));
  }, true);
  addEventListener("unhandledrejection", function (event) { seen.push("rejected: " + event.reason); });
  document.addEventListener("securitypolicyviolation", function (event) { seen.push(event.violatedDirective + " forbids " + event.blockedURI); });
  console.error = function () { seen.push("console: " + Array.from(arguments).join(" ")); error.apply(console, arguments); };
})();
`;

/** A copy of a site whose pages record what goes wrong, with a fault planted into one of its files. */
export function recorded(site, scratch, name, fault = () => ({})) {
  const folder = join(scratch, name);
  cpSync(site.folder, folder, { recursive: true });
  const changed = fault(site);
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put("assets/recorder.js", recorder);
  for (const [path, text] of Object.entries(changed)) put(path, text);
  for (const path of site.pages) {
    const html = changed[path] ?? site.read(path).toString();
    const root = "../".repeat(path.split("/").length - 1);
    put(path, html.replace(/<meta charset=[^>]*>/i, (first) => `${first}\n<script src="${root}assets/recorder.js"></script>`));
  }
  return new Site(name, folder);
}

/** Where the pages of a site lie: on the disk, and under a sub-path of a server. */
export function places(site, server) {
  return {
    "from the disk": (path) => pathToFileURL(join(site.folder, path)).href,
    "under a sub-path": (path) => `http://127.0.0.1:${server.port}${new URL(server.url(site, path)).pathname}`,
  };
}

/** Visits a page of each kind. */
export async function visits(engine, site, at) {
  const complaints = [];
  for (const path of site.samples().filter((path) => path !== "404.html")) {
    await engine.open(at(path));
    const seen = await engine.run(() => {
      const found = window.wentWrong ? window.wentWrong() : ["no record is kept"];
      return { found, isDrawn: document.querySelector("main h1").getBoundingClientRect().height > 0 && getComputedStyle(document.documentElement).getPropertyValue("--line") !== "" };
    });
    complaints.push(...seen.found.map((words) => `${path}: ${words}`));
    if (!seen.isDrawn) complaints.push(`${path}: its style sheet does nothing`);
  }
  return complaints;
}

/** Does what readers do; each part stands for itself, and `only` names one. */
export async function works(engine, at, only) {
  const complaints = [];
  for (const [name, part] of Object.entries(parts).filter(([name]) => [name, undefined].includes(only))) {
    try {
      await part(engine, at, (holds, words) => holds || complaints.push(`${name}: ${words}`));
    } catch (error) {
      complaints.push(`${name}: ${error.message}`);
    }
  }
  return complaints;
}

/** Waits until a look says yes, on whatever page is there by then. */
async function until(engine, look, ...values) {
  for (let left = 60; left > 0; left -= 1) {
    // A page that is on its way to another one can be asked nothing.
    if (await engine.run(look, ...values).catch(() => false)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

const parts = {
  async filters(engine, at, want) {
    await engine.open(at("board.html"));
    const count = () => document.querySelector(".count").textContent;
    const whole = await engine.run(count);
    await engine.click('[data-f="milestone"] [data-v]');
    want(await until(engine, () => /^\d+ of \d+/.test(document.querySelector(".count").textContent)), `says "${await engine.run(count)}"`);
    want((await engine.run(() => location.search)).startsWith("?milestone="), "what is chosen does not stand in the address");
    want(await engine.run(() => document.querySelectorAll(".found > div:not([hidden]) .card").length > 0), "no card is left");
    await engine.back();
    want(await until(engine, (whole) => document.querySelector(".count").textContent === whole, whole), "the way back does not lead to all issues");
  },
  async zoom(engine, at, want) {
    await engine.open(at("timeline.html"));
    const widths = [];
    for (const zoom of ["fit", "quarter", "month"]) {
      await engine.click(`.zoom label:has([value="${zoom}"])`);
      widths.push(await engine.run(() => document.querySelector(".gantt .all").offsetWidth));
    }
    want(widths[0] < widths[1] && widths[1] < widths[2], `widths are ${widths}`);
  },
  async theme(engine, at, want) {
    const ground = () => getComputedStyle(document.documentElement).backgroundColor;
    await engine.open(at("index.html"));
    const grounds = [await engine.run(ground)];
    await engine.click(".theme");
    grounds.push(await engine.run(ground));
    await engine.open(at("labels.html"));
    grounds.push(await engine.run(ground));
    want(grounds[0] !== grounds[1] && grounds[1] === grounds[2], `grounds are ${grounds.join(", ")}`);
    for (const _ of [1, 2]) await engine.click(".theme");
    want(await engine.run(() => !document.documentElement.dataset.theme), "three clicks do not lead back to the system's theme");
  },
  async keys(engine, at, want) {
    await engine.open(at("index.html"));
    await engine.press("?");
    want(await until(engine, () => document.querySelector("dialog")?.open), "? opens no help");
    await engine.run(() => document.querySelector("dialog")?.close());
    await until(engine, () => document.activeElement === document.body);
    await engine.press("gb");
    want(await until(engine, () => location.pathname.endsWith("/board.html") && document.readyState === "complete"), "g and b do not lead to the board");
    await engine.press("j");
    want(await until(engine, () => document.activeElement.closest(".card") !== null), "j leads to no card");
  },
  async search(engine, at, want) {
    await engine.open(at("search.html"));
    await engine.type("#q", "lakehouse");
    want(await until(engine, () => document.querySelectorAll(".results li").length > 0), "a word that is there is not found");
    await engine.type("#q", "zzz");
    want(await until(engine, () => document.querySelectorAll(".results li").length === 0), "a word that is nowhere is found");
  },
  async "lit chains"(engine, at, want) {
    await engine.open(at("graph.html"));
    const [lit, all] = await engine.run(() => {
      const nodes = [...document.querySelectorAll(".picture-graph .node")];
      nodes[0].focus();
      return [nodes.filter((node) => node.closest(".lit")).length, nodes.length];
    });
    want(lit > 1 && lit < all, `${lit} of ${all} are lit`);
  },
};

/** Where things stand on a page of each kind, without their heights: lines of words break where fonts differ by a hair. */
export async function shapes(engine, site, at) {
  const shapes = {};
  for (const path of site.samples().filter((path) => path !== "404.html")) {
    await engine.open(at(path));
    shapes[path] = await engine.run(() => {
      const things = document.querySelectorAll("header, nav, h1, main > *, .tiles > li, table, .column, main svg:not(svg svg, td svg), .facets, footer");
      const seen = [...things].filter((thing) => thing.getBoundingClientRect().width > 0).slice(0, 300);
      const place = (thing) => {
        const { left, width } = thing.getBoundingClientRect();
        return [`${thing.tagName.toLowerCase()}.${thing.getAttribute("class") ?? ""}`, Math.round(left), Math.round(width)];
      };
      return { height: document.documentElement.scrollHeight, places: seen.map(place) };
    });
  }
  return shapes;
}

const most = { pixels: 16, share: 0.06 };

/** What stands elsewhere than in the first engine. */
export function apart(first, other) {
  const complaints = [];
  const isFar = (one, two) => Math.abs(one - two) > Math.max(most.pixels, most.share * Math.max(one, two));
  for (const [path, { height, places }] of Object.entries(first)) {
    const found = other[path];
    const complain = (words) => complaints.push(`${path}: ${words}`);
    if (isFar(height, found.height)) complain(`${found.height} px high, and not ${height}`);
    if (places.length !== found.places.length) complain(`${found.places.length} things, and not ${places.length}`);
    const strays = places.flatMap(([name, left, width], at) => {
      const [, otherLeft, otherWidth] = found.places[at] ?? [];
      return isFar(left, otherLeft) || isFar(width, otherWidth) ? [`${name} from ${otherLeft}, ${otherWidth} wide, and not from ${left}, ${width}`] : [];
    });
    if (strays.length > 0) complain(`${strays.length} things are elsewhere: ${strays[0]}`);
  }
  return complaints;
}

const without = (path, part) => (site) => {
  const html = site.read(path).toString();
  const less = html.replace(part, "");
  if (less === html) throw new Error(`the fault found nothing to spoil in ${path}`);
  return { [path]: less };
};

/** Faults that each kind of look has to notice. */
export const faults = {
  visits: {
    "a script that fails": () => ({ "assets/theme.js": "nothing.at.all();" }),
    "a style that the policy forbids": (site) => ({ "index.html": site.read("index.html").toString().replace("<main", '<p style="color: red">red</p><main') }),
    "a style sheet that is missing": without("index.html", /<link rel="stylesheet"[^>]*>/g),
  },
  works: {
    filters: without("board.html", /<script src="[^"]*board\.js"[^>]*><\/script>/),
    zoom: (site) => ({ "assets/site.css": site.read("assets/site.css").toString().replaceAll(":has(", ":not(") }),
    theme: (site) => ({ "assets/theme.js": site.read("assets/theme.js").toString().replaceAll("localStorage", "{}") }),
    keys: (site) => ({ "assets/theme.js": site.read("assets/theme.js").toString().replace('"keydown"', '"keyup-of-nobody"') }),
    search: without("search.html", /<script src="[^"]*search\.js"[^>]*><\/script>/),
    "lit chains": without("graph.html", /<script src="[^"]*graph\.js"[^>]*><\/script>/),
  },
  alike: {
    "a page that is laid out otherwise": (site) => ({ "assets/site.css": `${site.read("assets/site.css")} main { margin-inline-start: 200px } .tiles { display: block }` }),
  },
};
