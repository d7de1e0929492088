// What a visit must not do: complain on the console, ask another origin, fail to load something, move after it was
// drawn, or be wider than a narrow window. Over http under a sub-path, and from file://.

import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { settle, tab } from "../lib/browser.mjs";
import { most } from "./weight.mjs";

export const name = "visits: console, requests, shifts, width";

// What is moved by a script, a font or a late style moves at every visit; a frame that a busy machine drew before the
// document was read to its end shifts once. So a shift counts where it comes again; Lighthouse, too, prints less than this as 0.
const MOST_SHIFT = 0.0005;
const VISITS = 3;

/** Opens an address, and says how far its layout shifted. */
async function visit(page, address) {
  await page.goto(address, { waitUntil: "load" });
  await settle(page);
  return page.evaluate(() => window.shifted());
}

/** Visits pages: `narrow` and `wide` ones; `isLocal` opens them from the disk. */
export async function check(site, { browser, server }, narrow, wide = [], isLocal = false) {
  const complaints = [];
  const origin = isLocal ? "file://" : server.origin;
  const contexts = [];
  for (const width of [320, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    await context.addInitScript(() => {
      let sum = 0;
      const add = (entries) => entries.forEach((entry) => { sum += entry.value; });
      const observer = new PerformanceObserver((list) => add(list.getEntries()));
      observer.observe({ type: "layout-shift", buffered: true });
      // With those that were seen and not yet told.
      window.shifted = () => {
        add(observer.takeRecords());
        return sum;
      };
    });
    contexts.push([width, context]);
  }
  await Promise.all(contexts.map(async ([width, context]) => {
    const { page, record } = await tab(context, origin);
    for (const path of width === 320 ? narrow : wide) {
      if (site.leadsTo(path) !== undefined) continue;
      record.complaints.length = 0;
      record.requests = 0;
      const where = `${isLocal ? "file " : ""}${width} ${site.name}/${path}`;
      const address = isLocal ? pathToFileURL(join(site.folder, path)).href : server.url(site, path);
      let shift = await visit(page, address);
      const requests = record.requests;
      for (let again = 1; shift > MOST_SHIFT && again < VISITS; again += 1) shift = Math.min(shift, await visit(page, address));
      const seen = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        inner: window.innerWidth,
        wide: [...document.body.querySelectorAll("*")]
          .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1 || element.getBoundingClientRect().left < -1)
          .slice(0, 3)
          .map((element) => element.outerHTML.slice(0, 80)),
      }));
      if (shift > MOST_SHIFT) record.complaints.push(`the layout shifted by ${shift.toFixed(4)}, and at each of ${VISITS} visits`);
      if (seen.width !== seen.inner) record.complaints.push(`${seen.width} px wide: ${seen.wide.join(" ")}`);
      if (!isLocal && requests > most.requests) record.complaints.push(`${requests} requests`);
      complaints.push(...record.complaints.map((words) => `${where}: ${words}`));
    }
    await context.close();
  }));
  return complaints;
}

/** Opens the pages of former ids: each must end where it says. */
export async function stubs(site, { browser, server }) {
  const complaints = [];
  const context = await browser.newContext();
  for (const path of site.pages.filter((path) => site.leadsTo(path) !== undefined)) {
    const { page, record } = await tab(context, server.origin);
    const wanted = new URL(site.leadsTo(path), server.url(site, path)).href;
    await page.goto(server.url(site, path), { waitUntil: "commit" });
    await page.waitForURL(wanted, { timeout: 5000 }).catch(() => record.complaints.push(`does not lead to ${wanted}`));
    complaints.push(...record.complaints.map((words) => `${site.name}/${path}: ${words}`));
    await page.close();
  }
  await context.close();
  return complaints;
}

const into = (words) => (html) => html.replace("</main>", `${words}</main>`);
export const faults = {
  "an inline handler, which the policy blocks": into('<img src="data:," alt="" onerror="1">'),
  "a request to another origin": (html) => html.replace("</main>", '<img src="http://127.0.0.1:9/x.png" alt=""></main>').replace("img-src 'self'", "img-src 'self' http:"),
  "a file that is not there": into('<img src="nowhere.png" alt="">'),
  "a page that is wider than the window": into('<table><tr><td><img src="data:," width="900" height="9" alt=""></td></tr></table>'),
  "a script that moves what was drawn": (html) => html.replace("</head>", '<script src="assets/shift.js"></script></head>'),
};
