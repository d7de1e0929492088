// The pages look as they looked when somebody last looked at them: pictures of three fixtures against references.
// Fonts come from packages, so that every machine breaks lines at the same words; what is left (hinting, versions of
// the browser) is evened out by comparing blocks of pixels and letting a few differ.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { each, settle } from "../lib/browser.mjs";

export const name = "pictures";

const references = resolve(import.meta.dirname, "../references");
const require = createRequire(import.meta.url);
// Wide pages are kept at half their size.
const windows = { 1280: { height: 960, scale: 0.5 }, 360: { height: 720, scale: 1 } };
const schemes = ["light", "dark"];
const block = 4;
const most = 0.03;

const pages = {
  own: { overview: "index.html", board: "board.html", timeline: "timeline.html", graph: "graph.html", milestone: "milestones/m-db-ml1.html", issue: "issues/i-db-007.html" },
  large: { overview: "index.html", board: "board.html", timeline: "timeline.html", graph: "graph-m-m7.html", milestone: "milestones/m-m7.html", issue: "issues/i-lg-152.html" },
  rtl: { overview: "index.html", board: "board.html", timeline: "timeline.html", graph: "graph.html", milestone: "milestones/m-ar-2.html", issue: "issues/i-x-2.html" },
};

const font = (path, range) => {
  const data = readFileSync(require.resolve(`@fontsource-variable/${path}-wght-normal.woff2`)).toString("base64");
  return `src: url(data:font/woff2;base64,${data}); font-weight: 100 900; ${range ? `unicode-range: ${range};` : ""}`;
};
const style = `
  @font-face { font-family: Pinned; ${font("noto-sans/files/noto-sans-latin")} }
  @font-face { font-family: Pinned; ${font("noto-sans-arabic/files/noto-sans-arabic-arabic", "U+0600-06FF, U+FB50-FDFF, U+FE70-FEFF")} }
  @font-face { font-family: Pinned; ${font("noto-sans-hebrew/files/noto-sans-hebrew-hebrew", "U+0590-05FF, U+FB1D-FB4F")} }
  @font-face { font-family: PinnedMono; ${font("noto-sans-mono/files/noto-sans-mono-latin")} }
  * { font-family: Pinned !important; }
  code, code *, pre, kbd { font-family: PinnedMono, Pinned !important; }
`;

/** Compares all pictures; with `isUpdate` makes them the references. */
export async function check(sites, tools, { isUpdate, scratch }) {
  const complaints = [];
  const wanted = new Set();
  let bytes = 0;
  if (isUpdate) rmSync(references, { recursive: true, force: true });
  mkdirSync(references, { recursive: true });
  mkdirSync(join(scratch, "pictures"), { recursive: true });
  const shots = sites.filter(({ name }) => name in pages).flatMap((site) =>
    Object.entries(pages[site.name]).flatMap(([page, path]) =>
      Object.keys(windows).map((width) => ({ site, page, path, width }))));
  await each(shots, async ({ site, page, path, width }) => {
    if (!site.files.includes(path)) return complaints.push(`${site.name}/${path} is missing`);
    for (const [scheme, taken] of Object.entries(await take(tools, site, path, width, schemes))) {
      const file = `${site.name}-${page}-${width}-${scheme}.png`;
      wanted.add(file);
      const fault = judge(file, taken);
      if (fault === null) continue;
      writeFileSync(join(scratch, "pictures", file), taken);
      complaints.push(`${file} ${fault}; it stands as it is now in ${join(scratch, "pictures")}`);
    }
  });
  function judge(file, taken) {
    const reference = join(references, file);
    if (isUpdate) writeFileSync(reference, taken);
    if (!existsSync(reference)) return "has no reference: look at it, then bless it by UPDATE=1";
    const expected = readFileSync(reference);
    bytes += expected.length;
    return difference(expected, taken);
  }
  for (const file of readdirSync(references)) if (!wanted.has(file)) complaints.push(`${file} is a reference of nothing`);
  console.log(`   ${wanted.size} pictures, ${(bytes / 1024).toFixed(0)} KiB of references`);
  return complaints;
}

/** A planted fault must be more than is let pass. */
export async function unnoticed(own, tools) {
  const complaints = [];
  const look = async (site, scheme) => (await take(tools, site, "index.html", 1280, [scheme]))[scheme];
  const seen = await look(own, "light");
  const differs = async (fault, site, scheme = "light") => {
    tools.server.set(site);
    if (difference(seen, await look(site, scheme)) === null) complaints.push(`unnoticed: ${fault}`);
    tools.server.set(own);
  };
  await differs("another theme", own, "dark");
  await differs("a missing strip of figures", own.with("index.html", (html) => html.replace(/<ul class="figures">.*?<\/ul>/s, "")));
  await differs("a missing picture", own.with("index.html", (html) => html.replace(/<svg[^>]*class="picture.*?<\/svg>/s, "")));
  await differs("a missing style sheet", own.with("index.html", (html) => html.replace(/<link rel="stylesheet"[^>]*>/, "")));
  if (difference(seen, await look(own, "light")) !== null) complaints.push("the same page differs from itself");
  return complaints;
}

/** Pictures of a page by theme. */
async function take({ browser, server }, site, path, width, schemes) {
  const { height, scale } = windows[width];
  // The policy forbids foreign styles, and the pinned fonts are one.
  const context = await browser.newContext({
    viewport: { width: Number(width), height }, deviceScaleFactor: scale, bypassCSP: true, reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(server.url(site, path));
  await page.addStyleTag({ content: style });
  await page.evaluate(() => document.fonts.ready);
  const taken = {};
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    const png = PNG.sync.read(await page.screenshot({ animations: "disabled", caret: "hide" }));
    // Fewer shades make smaller files, and the comparison does not need the last bits.
    for (let n = 0; n < png.data.length; n += 1) png.data[n] = n % 4 === 3 ? 255 : Math.round(png.data[n] / 15) * 15;
    taken[colorScheme] = PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
  }
  await context.close();
  return taken;
}

/** What differs between two pictures, in words; null where it is little enough. */
function difference(expected, taken) {
  const [one, other] = [expected, taken].map((bytes) => blocks(PNG.sync.read(bytes)));
  if (one.width !== other.width || one.height !== other.height) {
    return `${other.width * block}×${other.height * block} pixels instead of ${one.width * block}×${one.height * block}`;
  }
  const count = pixelmatch(one.data, other.data, null, one.width, one.height, { threshold: 0.12, includeAA: true });
  const share = count / (one.width * one.height);
  return share <= most ? null : `${(share * 100).toFixed(1)} % differ`;
}

/** The picture with each block of pixels as one of their mean colour. */
function blocks({ width, height, data }) {
  const small = { width: Math.floor(width / block), height: Math.floor(height / block) };
  small.data = new Uint8Array(small.width * small.height * 4);
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let n = 0; n < block * block; n += 1) {
          sum += data[((y * block + Math.floor(n / block)) * width + x * block + (n % block)) * 4 + channel];
        }
        small.data[(y * small.width + x) * 4 + channel] = sum / (block * block);
      }
    }
  }
  return small;
}
