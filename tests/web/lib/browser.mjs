// Chromium, and a visit to a page that keeps a record of all that went wrong on the way.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** Starts a browser to which `server` is the whole world: every other name leads nowhere. */
export async function launch(server, args = [], executablePath = process.env.BARE || process.env.CHROMIUM) {
  if (!executablePath || !existsSync(executablePath)) throw new Error("$CHROMIUM names no browser");
  const rules = `MAP ${server.host}:80 127.0.0.1:${server.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`;
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--font-render-hinting=none", `--host-resolver-rules=${rules}`, ...args],
  });
}

/** Runs `task` on every item, two at a time: the machines that build have two cores. */
export async function each(items, task) {
  const queue = [...items];
  const worker = async () => {
    while (queue.length > 0) await task(queue.shift());
  };
  await Promise.all([worker(), worker()]);
}

/** Waits for what has no time limit of its own, such as a key pressed in a page that a dialog holds. */
export async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Opens pages in a context; `record` gathers complaints of the page that is open. */
export async function tab(context, origin) {
  const page = await context.newPage();
  const record = { complaints: [], requests: 0 };
  const complain = (words) => record.complaints.push(words);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complain(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`script error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complain(`a dialog was opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("popup", () => complain("a window was opened"));
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith("data:")) return;
    record.requests += 1;
    const isOwn = origin === "file://" ? url.startsWith("file:///") : url.startsWith(`${origin}/`);
    if (!isOwn) complain(`request to another origin: ${url}`);
  });
  page.on("requestfailed", (request) => complain(`request failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complain(`answer ${response.status()}: ${response.url()}`);
  });
  return { page, record };
}

/** Lets late scripts and layouts happen. */
export async function settle(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Opens a page whose own scripts do not run; afterwards ours can. */
export async function gotoWithoutScripts(page, url) {
  // The switch holds as long as its session does.
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setScriptExecutionDisabled", { value: true });
  await page.goto(url);
  await session.send("Emulation.setScriptExecutionDisabled", { value: false });
}
