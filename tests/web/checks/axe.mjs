// axe-core finds nothing: WCAG 2.2 A and AA and best practices, in light and dark, wide and narrow, with and without
// the page's own scripts.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { each, gotoWithoutScripts } from "../lib/browser.mjs";

export const name = "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const all = { widths: [1280, 320], schemes: ["light", "dark"], scripted: [true, false] };

/** One look instead of six: enough to see a planted fault. */
export const one = { widths: [1280], schemes: ["light"], scripted: [true] };

/** Wide and light, narrow and dark. */
export const few = { looks: [[1280, "light"], [360, "dark"]], scripted: [true, false] };

export async function check(site, { browser, server }, paths = site.samples(), { looks: pairs, widths = [], schemes = [], scripted } = all) {
  const complaints = new Map();
  const context = await browser.newContext({ reducedMotion: "reduce" });
  let looks = 0;
  await each(paths.flatMap((path) => scripted.map((isScripted) => [path, isScripted])), async ([path, isScripted]) => {
    const page = await context.newPage();
    if (isScripted) await page.goto(server.url(site, path));
    else await gotoWithoutScripts(page, server.url(site, path));
    if ((await page.locator("html.js").count()) > 0 !== isScripted && site.elements(path).some(({ tag }) => tag === "script")) {
      throw new Error(`${path}: scripts are ${isScripted ? "off" : "on"} and should not be`);
    }
    await page.evaluate(source);
    const views = pairs ?? widths.flatMap((width) => schemes.map((colorScheme) => [width, colorScheme]));
    for (const [width, colorScheme] of views) {
      // The theme changes colours and nothing else: the second look at a width is at those alone, and what there is without
      // scripts has them as well.
      const isWhole = pairs || (width === 1280) === (colorScheme === "light");
      if (!isWhole && !isScripted) continue;
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      looks += 1;
      const runOnly = isWhole ? { type: "tag", values: tags } : { type: "rule", values: ["color-contrast", "link-in-text-block"] };
      const { violations } = await page.evaluate(
        (runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false }),
        runOnly,
      );
      for (const { id, nodes } of violations) {
        // Two short links side by side in somebody's own text are theirs to move apart.
        if (id === "target-size" && nodes.every(({ html }) => html.includes("ugc"))) continue;
        const fault = `${site.name}/${path}: ${id}: ${nodes[0].html.slice(0, 160)}`;
        const seen = complaints.get(fault) ?? { nodes: nodes.length, where: [] };
        seen.where.push(`${width} ${colorScheme}${isScripted ? "" : " no script"}`);
        complaints.set(fault, seen);
      }
    }
    await page.close();
  });
  await context.close();
  console.log(`   ${site.name}: ${paths.length} pages, ${looks} looks`);
  return [...complaints].map(([fault, { nodes, where }]) =>
    `${fault} (${nodes} places; ${where.join(", ")})`);
}

/** What is wrong with what a page shows now, narrow and wide, light and dark. */
export async function violations(page) {
  const complaints = new Set();
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  for (const width of all.widths) {
    await page.setViewportSize({ width, height: 700 });
    for (const colorScheme of all.schemes) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate(
        (values) => window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"], preload: false }),
        tags,
      );
      for (const { id, nodes } of violations) complaints.add(`${id}: ${nodes[0].html.slice(0, 160)} (${width} ${colorScheme})`);
    }
  }
  return [...complaints];
}

const into = (words) => (html) => html.replace("</main>", `${words}</main>`);
export const faults = {
  "an image without a text": into('<img src="data:," alt-is-missing>'),
  "a button without a name": into("<button></button>"),
  "a heading that skips a level": into("<h5>x</h5>"),
  "a page without a language": (html) => html.replace(/<html lang="[^"]*"/, "<html"),
  // The theme's muted text in the colour of its ground.
  "low contrast": (html) => html.replace("</main>", '<p class="faint">words that are too faint to read</p></main>').replace("</head>", '<link rel="stylesheet" href="assets/faint.css"></head>'),
};
