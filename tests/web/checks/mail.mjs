// The report that a lead mails: what is wrong stands on its first screen, nothing scrolls sideways on a telephone, and a roadmap of
// 22 issues prints on two pages.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const name = "the report that is mailed";

/** Makes the report of a site's source; returns its file. */
export function report(site) {
  const root = dirname(site.folder);
  const args = ["report", "--as-of", "2026-11-22", "--format", "html", "--force", "--out", "mail.html"];
  const run = spawnSync(process.env.ROADBOOK, args, { cwd: root, encoding: "utf8", timeout: 60_000 });
  const file = join(root, "mail.html");
  if (run.status !== 0 || !existsSync(file)) throw new Error(`no report of ${site.name}: ${run.stderr}`);
  return readFileSync(file, "utf8");
}

/** Complaints of a report; `most` is how many pages it may print on. */
export async function check(site, { browser }, most, html = report(site)) {
  const complaints = [];
  const complain = (words) => complaints.push(`${site.name}: ${words}`);
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    page.on("request", (request) => {
      if (!request.url().startsWith("data:") && request.url() !== "about:blank") complain(`asks for ${request.url()}`);
    });
    await page.setContent(html);
    for (const words of await page.evaluate(wide)) complain(`at 320 pixels, ${colorScheme}, this is wider than its place: ${words}`);
    await page.setViewportSize({ width: 1280, height: 800 });
    const below = await page.evaluate(() => [...document.querySelectorAll(".troubles caption")].filter((one) => one.getBoundingClientRect().bottom > window.innerHeight).map((one) => one.textContent));
    for (const words of below) complain(`is not on the first screen: ${words}`);
    if (colorScheme === "dark") {
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
      if (pages === 0 || pages > most) complain(`prints on ${pages} pages, not ${most}`);
    }
    await context.close();
  }
  return complaints;
}

// What is wider than its place, in the browser; pictures have rooms of their own.
function wide() {
  const boxes = [document.documentElement, ...document.body.querySelectorAll("*")];
  const seen = boxes.filter((box) => box.checkVisibility() && !box.closest("svg") && getComputedStyle(box).display !== "inline");
  return seen.filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1).slice(0, 3).map((box) => box.outerHTML.slice(0, 60));
}

const into = (markup) => (html) => html.replace("<div class=\"sheet\">", `<div class="sheet">${markup}`);
export const faults = {
  "a box that is too wide": into("<div style=\"width: 400px\">wide</div>"),
  "a request": (html) => into("<img alt=\"\" src=\"http://elsewhere.example/x.png\">")(html.replace(/<meta http-equiv[^>]*>/, "")),
  "troubles below the first screen": into("<div style=\"height: 700px\"></div>"),
  "a third page": (html) => html.replace("<p class=\"foot\">", "<div style=\"break-before: page\">more</div><div style=\"break-before: page\">more</div><p class=\"foot\">"),
};
