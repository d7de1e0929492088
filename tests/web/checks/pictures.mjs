// The pages as somebody looked at them and found them good. `BLESS=1 tests/web/run` takes the pictures anew: look at
// them before they are committed.
//
// The fonts are brought along, so that every machine draws the same letters; what is left to its own fonts, and how edges
// are smoothed, may differ by a little.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { each, settle } from "../lib/browser.mjs";
import { kind as kindOf } from "../lib/site.mjs";

export const name = "pictures";

const references = resolve(import.meta.dirname, "../pictures");
const kinds = ["index", "board", "timeline", "graph", "milestone", "issue", "labels"];
const looks = [
  { look: "wide-light", width: 1280, height: 1500, colorScheme: "light" },
  { look: "narrow-dark", width: 360, height: 1800, colorScheme: "dark" },
];

/** What may differ: pixels of a hundred, and the height of the page in pixels. */
const tolerated = { percent: 1.5, height: 16 };

/** What differs on one machine from run to run: a picture that is taken anew for less would be noise. */
const noise = { percent: 0.02, height: 0 };

/** Compares the pages of sites with their references, or takes these anew. */
export async function check(sites, tools, blesses = process.env.BLESS === "1", pages = undefined) {
  const complaints = [];
  const known = new Set();
  for (const site of sites) {
    const paths = pages ?? kinds.map((kind) => site.samples().find((path) => kindOf(path) === kind)).filter(Boolean);
    for (const look of looks) {
      const context = await tools.browser.newContext({
        viewport: { width: look.width, height: 800 },
        colorScheme: look.colorScheme,
        reducedMotion: "reduce",
        bypassCSP: true,
      });
      await each(paths, async (path) => {
        const file = `${site.name}/${kindOf(path)}-${look.look}.png`;
        known.add(file);
        const shot = () => take(context, tools.server.url(site, path), look);
        // A busy machine may be caught in the middle of drawing: what differs is looked at once more.
        const words = blesses ? write(file, await shot()) : compare(file, await shot()) && compare(file, await shot());
        if (words) complaints.push(`${file}: ${words}`);
      });
      await context.close();
    }
  }
  return complaints.concat(pages ? [] : forgotten(known, blesses));
}

async function take(context, url, { width, height }) {
  const page = await context.newPage();
  await page.goto(url);
  await page.addStyleTag({ content: fonts() });
  // A font is asked for when something is drawn with it: whoever waits before that waits for nothing.
  await page.evaluate(() => Promise.all([...document.fonts].map((font) => font.load())));
  await settle(page);
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const picture = await page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(whole, height) } });
  await page.close();
  return picture;
}

function write(file, taken) {
  mkdirSync(dirname(join(references, file)), { recursive: true });
  if (compare(file, taken, noise)) writeFileSync(join(references, file), taken);
}

function compare(file, taken, most = tolerated) {
  if (!existsSync(join(references, file))) return "there is no reference: look at the page, then take it with BLESS=1";
  const [wanted, got] = [PNG.sync.read(readFileSync(join(references, file))), PNG.sync.read(taken)];
  const keep = join(process.env.SCRATCH, "pictures", file);
  mkdirSync(dirname(keep), { recursive: true });
  writeFileSync(keep, taken);
  if (Math.abs(wanted.height - got.height) > most.height) return `${got.height} px high, the reference ${wanted.height}: ${keep}`;
  const height = Math.min(wanted.height, got.height);
  const [a, b] = [wanted, got].map(({ data, width }) => data.subarray(0, width * height * 4));
  const percent = (pixelmatch(a, b, null, wanted.width, height, { threshold: 0.2 }) * 100) / (wanted.width * height);
  if (percent > most.percent) return `${percent.toFixed(2)} % of it differ: ${keep}`;
  rmSync(keep);
}

/** References that no page is held to any more. */
function forgotten(known, blesses) {
  const all = readdirSync(references, { recursive: true }).filter((file) => file.endsWith(".png"));
  const left = all.filter((file) => !known.has(file.replaceAll("\\", "/")));
  if (blesses) left.forEach((file) => rmSync(join(references, file)));
  return blesses ? [] : left.map((file) => `${file}: no page is held to it any more`);
}

let sheet;
function fonts() {
  const require = createRequire(import.meta.url);
  const face = (family, folder, file) => {
    const path = require.resolve(`@fontsource-variable/${folder}/files/${folder}-${file}-wght-normal.woff2`);
    const data = readFileSync(path).toString("base64");
    return `@font-face { font-family: ${family}; font-weight: 100 900; src: url(data:font/woff2;base64,${data}); }`;
  };
  sheet ??= [
    face("Latin", "noto-sans", "latin"),
    face("LatinExt", "noto-sans", "latin-ext"),
    face("Arabic", "noto-sans-arabic", "arabic"),
    face("Hebrew", "noto-sans-hebrew", "hebrew"),
    face("Mono", "noto-sans-mono", "latin"),
    "html, button, input, select, textarea { font-family: Latin, LatinExt, Arabic, Hebrew, sans-serif !important; }",
    "code, pre, kbd, samp { font-family: Mono, monospace !important; }",
  ].join("\n");
  return sheet;
}

export const faults = {
  "a picture that is gone": (html) => html.replaceAll(/<svg[\s\S]*?<\/svg>/g, ""),
  "a page without a style": (html) => html.replace(/<link rel="stylesheet"[^>]*>/g, ""),
};
