// The live preview: a page follows its source, keeps its place, and tells over itself what is wrong with a source that
// cannot be shown. Its policy stays strict, and what is laid over it is as accessible as the page.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { settle, tab } from "../lib/browser.mjs";
import { violations } from "./axe.mjs";

export const name = "live preview";

const hostile = "<img src=x onerror=alert(1)>";

function source(title, milestone = "M-1") {
  const body = Array.from({ length: 80 }, (_, n) => `Paragraph ${n} of many.`).join("\n\n");
  const issues = [{ id: "A-1", title, milestone, state: "open", body }, { id: "A-2", title: "Another", state: "open" }];
  return JSON.stringify({ title: "A plan", milestones: [{ id: "M-1", title: "First" }], issues }, null, 2);
}

/** Starts the preview of a folder and waits until it says where it is. */
async function start(root, port = 0) {
  const child = spawn(process.env.ROADBOOK, ["serve", "--port", String(port)], { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  for await (const bytes of child.stdout) {
    said += bytes;
    if (said.includes("\n")) break;
  }
  const address = said.match(/^serving at (http:\/\/127\.0\.0\.1:(\d+))\/\n/);
  if (!address) throw new Error(`the preview says: ${said}`);
  return { origin: address[1], port: Number(address[2]), stop: async () => { child.kill("SIGINT"); return (await once(child, "exit"))[0]; } };
}

export async function check(scratch, { browser }) {
  const root = join(scratch, "live");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, "roadmap"), { recursive: true });
  // As editors save: an empty file in between would be a fault of its own.
  const write = (text) => {
    writeFileSync(join(root, "next.json"), text);
    renameSync(join(root, "next.json"), join(root, "roadmap", "plan.json"));
  };
  const complaints = [];
  const want = (holds, words) => holds || complaints.push(words);
  write(source("Before"));
  let preview = await start(root);
  const context = await browser.newContext({ viewport: { width: 1280, height: 700 }, reducedMotion: "reduce" });
  const { page, record } = await tab(context, preview.origin);
  page.setDefaultTimeout(10_000);
  const overlay = page.getByRole("alertdialog");
  const again = page.getByRole("button", { name: "A fault in the source" });
  const heading = (words) => page.getByRole("heading", { level: 1, name: words }).waitFor();
  const look = async (what) => complaints.push(...(await violations(page)).map((words) => `${what}: ${words}`));
  try {
    await page.goto(`${preview.origin}/issues/i-a-1.html`);
    await page.evaluate(() => scrollTo(0, 900));
    write(source("After"));
    await heading(/After/);
    await page.waitForFunction(() => scrollY === 900, undefined, { timeout: 5000 }).catch(() => complaints.push("the page lost its place"));

    write(source("After", hostile));
    await overlay.waitFor();
    want((await overlay.textContent()).includes(`unknown milestone ${hostile}`), "the overlay does not tell the fault as it is");
    want(/roadmap\/plan\.json:\d+:\d+/.test(await overlay.textContent()), "the overlay does not say where the fault is");
    await look("overlay");
    await page.keyboard.press("Escape");
    await overlay.waitFor({ state: "hidden" });
    await again.waitFor();
    await look("closed overlay");
    await page.goto(`${preview.origin}/board.html`);
    await again.waitFor();
    want(!(await overlay.isVisible()), "an overlay that was closed comes back on another page");
    await again.click();
    await overlay.getByRole("button", { name: "Close" }).click();
    await overlay.waitFor({ state: "hidden" });
    write(source("After", "M-7"));
    await overlay.filter({ hasText: "M-7" }).waitFor();
    await page.goto(`${preview.origin}/issues/i-a-1.html`);
    await overlay.waitFor();
    write(source("Mended"));
    await heading(/Mended/);
    await settle(page);
    want(!(await overlay.isVisible()), "the overlay outlives the fault");
    // A page that is left lets go of its stream: that is no failure.
    complaints.push(...record.complaints.filter((words) => !words.includes("/.roadbook/events net::ERR_ABORTED")));

    want((await preview.stop()) === 0, "Ctrl-C does not end it with 0");
    write(source("While it was away"));
    preview = await start(root, preview.port);
    await heading(/While it was away/);

    await preview.stop();
    write("{");
    preview = await start(root, preview.port);
    await page.getByRole("heading", { level: 1, name: "A fault in the source" }).waitFor();
    await look("page of faults");
    write(source("From nothing"));
    await heading(/From nothing/);
  } finally {
    await context.close();
    await preview.stop();
  }
  return complaints;
}
