// What the source says is read on the page as it stands there, and nothing of it runs.

import { each, settle, tab, within } from "../lib/browser.mjs";

export const name = "nasty inputs: text unchanged, no script run, no dialog, no request";

/** How long a page may take to answer, in milliseconds. */
const LONGEST = 15_000;

/** What a page shows of a text: characters that no page may hold are shown by their codes. */
export function shown(text) {
  return text
    .replace(/\r/g, "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (char) =>
      `U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
}

/** Titles by issue id against the parsed pages: heading, document title, and wherever else an issue is linked. */
export function texts(site, wanted, pages = site.pages) {
  const complaints = [];
  const byPath = new Map(Object.entries(wanted).map(([id, title]) => [`issues/i-${id.toLowerCase()}.html`, shown(title)]));
  for (const path of pages.filter((path) => byPath.has(path))) {
    const want = byPath.get(path);
    // What stands between backticks is shown as code.
    const seen = want.replace(/`([^`]+)`/g, "$1");
    const elements = site.elements(path);
    const heading = elements.find(({ tag, parent }) => tag === "bdi" && parent.tag === "h1")?.text;
    // A title of blanks names nothing: the id stands for it.
    const named = seen.trim() === "" ? elements.find(({ attrs }) => attrs.class === "id")?.text : seen;
    if (heading !== named) complaints.push(`${site.name}/${path}: the heading is ${quoted(heading)} instead of ${quoted(seen)}`);
    const head = elements.find(({ tag, parent }) => tag === "title" && parent.tag === "head")?.text;
    if (!head?.includes(want.slice(0, 50))) complaints.push(`${site.name}/${path}: the document's title is ${quoted(head)}`);
  }
  const missing = [...byPath.keys()].filter((path) => !site.files.includes(path));
  return [...complaints, ...missing.map((path) => `${site.name}/${path} is missing`)];
}

function quoted(text) {
  return JSON.stringify(text?.slice(0, 80));
}

/** Opens pages with the policy switched off, so that a script that got in would run and tell. */
export async function runs(site, { browser, server }, paths = site.pages) {
  const complaints = [];
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
  const tabs = await Promise.all([tab(context, server.origin), tab(context, server.origin)]);
  await each(paths.filter((path) => site.leadsTo(path) === undefined || path === "index.html"), async (path) => {
    const { page, record } = tabs.pop();
    record.complaints.length = 0;
    await page.goto(server.url(site, path));
    await within(LONGEST, touch(page)).catch(() => record.complaints.push("the page left or hung while it was looked at"));
    // A refresh takes its time: what would make one is looked for as well, where it has not led away yet.
    const leads = page.evaluate(() => document.querySelector("meta[http-equiv=refresh i]") !== null);
    if (await within(LONGEST, leads).catch(() => true)) record.complaints.push("the page leads to another by itself");
    const url = page.url();
    if (url !== server.url(site, path)) record.complaints.push(`the page led to ${url}`);
    complaints.push(...record.complaints.map((words) => `${site.name}/${path}: ${words}`));
    tabs.push({ page, record });
  });
  // A page that a dialog holds cannot be closed; it goes with the browser.
  await within(LONGEST, context.close()).catch(() => {});
  return complaints;
}

/** A pointer and the keyboard wake handlers that wait for them. */
async function touch(page) {
  await page.mouse.move(300, 300);
  await page.keyboard.press("Tab");
  await settle(page);
}

const into = (words) => (html) => html.replace("</main>", `${words}</main>`);
export const faults = {
  texts: {
    "a title that was decoded": (html) => html.replace(/<h1><bdi>.*?<\/bdi>/s, "<h1><bdi>x</bdi>"),
  },
  runs: {
    "an inline script": into("<script>alert(1)</script>"),
    "a handler": into('<img src="data:," alt="" onerror="alert(1)">'),
    "a remote image": into('<img src="http://127.0.0.1:9/x.png" alt="">'),
    "a refresh": (html) => html.replace("</title>", '</title><meta http-equiv="refresh" content="0;url=404.html">'),
  },
};
