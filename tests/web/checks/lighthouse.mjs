// Lighthouse, as a phone on a slow network: all its points for accessibility, best practices and SEO; nearly all for
// performance, of which the best of three runs counts, since a busy machine only ever takes points away.

import { createServer } from "node:net";
import lighthouse from "lighthouse";
import { launch } from "../lib/browser.mjs";
import { kind as kindOf } from "../lib/site.mjs";

export const name = "Lighthouse";

const least = { accessibility: 100, "best-practices": 100, seo: 100, performance: 98 };
const most = 3;

/** The pages that are opened in meetings: the overview, the heaviest board, a milestone, an issue, timeline and graph. */
export function wanted(site) {
  return ["index", "board", "milestone", "issue", "timeline", "graph"].map((kind) => site.samples().find((path) => kindOf(path) === kind));
}

/** Audits pages; `runs` is how often one may try for its points in performance. */
export async function check(site, { server }, paths = wanted(site), runs = most) {
  const port = await free();
  const browser = await launch(server, [`--remote-debugging-port=${port}`]);
  const complaints = [];
  try {
    for (const path of paths) {
      const lines = await audit(server.url(site, path), port, runs);
      complaints.push(...lines.map((words) => `${site.name}/${path}: ${words}`));
    }
  } finally {
    await browser.close();
  }
  return complaints;
}

async function audit(url, port, runs) {
  const best = {};
  const lost = new Set();
  for (let run = 0; run < runs && (best.performance ?? 0) < least.performance; run += 1) {
    const onlyCategories = run === 0 ? Object.keys(least) : ["performance"];
    const { lhr } = await lighthouse(url, { port, onlyCategories, logLevel: "silent" });
    if (lhr.runtimeError) return [`could not be audited: ${lhr.runtimeError.message}`];
    for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
      best[id] = Math.max(best[id] ?? 0, Math.round(score * 100));
      if (id === "performance") continue;
      for (const audit of auditRefs.map((ref) => lhr.audits[ref.id])) {
        if (audit.score !== null && audit.score < 1) lost.add(`${id}: ${audit.id}: ${audit.title}`);
      }
    }
  }
  console.log(`   ${Object.entries(best).map(([id, points]) => `${id} ${points}`).join(", ")}: ${new URL(url).pathname}`);
  const short = Object.entries(least).filter(([id, points]) => best[id] < points);
  return short.length === 0 ? [] : [...short.map(([id]) => `${id} has ${best[id]} points`), ...lost];
}

/** A port that nobody listens on. */
async function free() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

export const faults = {
  "a page without a description": (html) => html.replace(/<meta name="description"[^>]*>/, ""),
  "an image without a text": (html) => html.replace("</main>", '<img src="data:," alt-is-missing></main>'),
};
