// The board and the table: columns that fill the page, filters over the whole roadmap that stand in the address, data that comes when it
// is first asked for, and pages that hold everything where no script runs.

import { gzipSync } from "node:zlib";
import { join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { gotoWithoutScripts, settle, tab } from "../lib/browser.mjs";
import { violations } from "./axe.mjs";

export const names = {
  layout: "board: no column is empty, they fill the page, no part is too long",
  filters: "board: filters look at the whole roadmap and stand in the address",
  speed: "board: ten thousand issues filter at once",
  plain: "board: without scripts everything is there, and no control does nothing",
  keys: "keys: they move, open and can be switched off",
};

const most = { height: 6000, data: 60 * 1024, repaint: 100 };
const leastWidth = 0.75;

const parts = (site, stem) => site.pages.filter((path) => new RegExp(`^${stem}(~\\d+)?\\.html$`).test(path));
const addressOf = (site, server, path, isLocal) => (isLocal ? pathToFileURL(join(site.folder, path)).href : server.url(site, path));

/** How each issue stands, recomputed from the source. */
export function statusesOf(source) {
  const { issues, as_of: today } = JSON.parse(source);
  const idOf = (issue) => (issue.id ?? issue.title.split(":")[0]).toLowerCase();
  const isClosed = new Map(issues.map((issue) => [idOf(issue), issue.state === "closed"]));
  return issues.map((issue) => {
    const waits = (issue.blocked_by ?? []).some((id) => !isClosed.get(id.toLowerCase()));
    const isDropped = ["not_planned", "duplicate"].includes(issue.state_reason);
    const status = issue.state === "closed" ? (isDropped ? "Dropped" : "Done") : issue.state !== "open" ? "Unknown" : waits ? "Blocked"
      : today && issue.start_on <= today ? "In progress" : "Ready";
    return { issue, status };
  });
}

/** Looks at every part at 1280; `columns` is how many the first one has, `heads` what some of them are called. */
export async function layout(site, { browser, server }, { columns, heads = [] } = {}, paths = parts(site, "board")) {
  const complaints = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page } = await tab(context, server.origin);
  for (const path of paths) {
    const complain = (words) => complaints.push(`${site.name}/${path}: ${words}`);
    await page.goto(server.url(site, path));
    const seen = await page.evaluate(() => {
      const board = document.querySelector(".board"), box = board.getBoundingClientRect();
      const columns = [...board.querySelectorAll(":scope > .column")];
      const rects = columns.map((column) => column.getBoundingClientRect());
      const rows = [...new Set(rects.map((rect) => Math.round(rect.top)))];
      return {
        heads: columns.map((column) => column.querySelector("h2 bdi").textContent),
        empty: columns.filter((column) => !column.querySelector(".card")).length,
        filled: Math.min(...rows.map((top) => rects.filter((rect) => Math.round(rect.top) === top).reduce((sum, rect) => sum + rect.width, 0))) / box.width,
        share: box.width / document.querySelector(".found, main").getBoundingClientRect().width,
        height: document.documentElement.scrollHeight,
      };
    });
    if (seen.empty > 0) complain(`${seen.empty} empty columns`);
    // A last row of columns may be shorter than those above it.
    if (seen.filled * seen.share < (seen.heads.length > 3 ? 0.25 : leastWidth) || seen.share < leastWidth) complain(`the columns fill ${Math.round(seen.filled * seen.share * 100)} % of the width`);
    if (seen.height > most.height) complain(`${seen.height} px high`);
    if (path !== "board.html") continue;
    if (columns !== undefined && seen.heads.length !== columns) complain(`${seen.heads.length} columns: ${seen.heads.join(", ")}`);
    for (const head of heads) if (!seen.heads.includes(head)) complain(`no column "${head}" but ${seen.heads.join(", ")}`);
  }
  await context.close();
  return complaints;
}

/** Chooses a milestone and a label, and holds what is shown against the source. */
export async function filters(site, { browser, server }, source, { milestone, label }, isLocal = false) {
  const complaints = [];
  const complain = (words) => complaints.push(`${isLocal ? "file " : ""}${site.name}: ${words}`);
  const all = statusesOf(source);
  const fits = ({ issue }, withLabel = true) => issue.milestone?.toLowerCase() === milestone && (!withLabel || issue.labels.includes(label));
  const chosen = all.filter((one) => fits(one)), inMilestone = all.filter((one) => fits(one, false)).length;
  const counts = {};
  for (const { status } of chosen) counts[status] = (counts[status] ?? 0) + 1;
  const isOpen = ({ status }) => !["Done", "Dropped"].includes(status);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const origin = isLocal ? "file://" : server.origin;
  const { page, record } = await tab(context, origin);
  page.setDefaultTimeout(5000);
  const asked = [];
  page.on("request", (request) => request.url().includes("/data/") && asked.push(request.url()));
  const says = async (page, words) => page.waitForFunction((words) => document.querySelector(".count").textContent === words, words)
    .catch(async () => complain(`says "${await page.locator(".count").textContent()}", and not "${words}"`));
  const want = (holds, words) => holds || complain(words);
  const look = async (page, where) => {
    await says(page, `${chosen.length} of ${all.length} issues`);
    const heads = await page.locator(".found > div:not([hidden]) .column h2").allTextContents();
    for (const [status, count] of Object.entries(counts).filter(([status]) => isOpen({ status }))) {
      want(heads.includes(`${status} ${count}`), `${where}: no column "${status} ${count}" but ${heads.join(", ")}`);
    }
  };
  try {
    await page.goto(addressOf(site, server, "board.html", isLocal));
    await settle(page);
    want(asked.length === 0, `asks for data before anybody filters: ${asked[0]}`);
    await says(page, `${all.length} issues`);
    const value = (name, key) => page.locator(`[data-f="${name}"] [data-v="${key}"]`);
    await value("milestone", milestone).click();
    await says(page, `${inMilestone} of ${all.length} issues`);
    // What a value says is how many there will be when it is chosen.
    want(Number(await value("label", label).locator("b").textContent()) === chosen.length, `${label} does not say ${chosen.length}`);
    await value("label", label).focus();
    await page.keyboard.press("Space");
    await look(page, "chosen");
    want((await value("label", label).getAttribute("aria-pressed")) === "true", "a chosen value is not pressed");
    const query = new URL(page.url()).search;
    want(query === `?milestone=${milestone}&label=${label}`, `the address says ${query}`);

    const other = await tab(context, origin);
    other.page.setDefaultTimeout(5000);
    await other.page.goto(`${addressOf(site, server, "board.html", isLocal)}?milestone=${milestone}&label=${label}&by=milestone&sort=id&view=table`);
    await says(other.page, `${chosen.length} of ${all.length} issues`);
    const rows = other.page.locator(".found > div:not([hidden]) tbody tr");
    want((await rows.count()) === chosen.length, `the table has ${await rows.count()} rows, and not ${chosen.length}`);
    await other.page.locator("[data-sort=title] button").last().click();
    await other.page.locator("[data-sort=title][aria-sort=ascending]").last().waitFor();
    want(new URL(other.page.url()).searchParams.get("sort") === "title", "the order does not stand in the address");
    const titles = (await rows.locator("th").allTextContents()).map((text) => text.replace(/^\S+ /, "").toLowerCase());
    want(titles.every((title, at) => at === 0 || titles[at - 1] <= title), "the table is not sorted by title");
    await other.page.locator("nav [data-view=board]").click();
    await says(other.page, `${chosen.length} of ${all.length} issues`);
    if (!isLocal) complaints.push(...(await violations(other.page)).map((words) => `${site.name}, filtered: ${words}`));
    await other.page.setViewportSize({ width: 1280, height: 900 });
    await other.page.goto(`${addressOf(site, server, "board.html", isLocal)}?milestone=${milestone}&label=${label}`);
    await look(other.page, "opened again");
    complaints.push(...other.record.complaints);

    await page.goBack();
    await says(page, `${inMilestone} of ${all.length} issues`);
    await page.goBack();
    await says(page, `${all.length} issues`);
    want(await page.locator(".still").isVisible(), "back does not lead to what the page showed first");
    await page.locator("input[name=q]").fill(chosen[0].issue.id ?? chosen[0].issue.title.split(":")[0]);
    await page.waitForFunction(() => /^\d+ of /.test(document.querySelector(".count").textContent));
    want((await page.locator(".found > div:not([hidden]) .card, .folds .st:not(:disabled)").count()) > 0, "words in ids find nothing");
  } catch (error) {
    complain(error.message.split("\n")[0]);
  } finally {
    complaints.push(...record.complaints);
    await context.close();
  }
  return complaints;
}

/** Filters a large roadmap, and weighs its data. */
export async function speed(site, { browser, server }) {
  const complaints = [];
  for (const path of site.files.filter((path) => path.startsWith("data/"))) {
    const size = gzipSync(site.read(path)).length;
    if (size > most.data) complaints.push(`${site.name}/${path} weighs ${size} bytes`);
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, record } = await tab(context, server.origin);
  const took = [];
  for (const path of ["board.html", "table.html"]) {
    await page.goto(server.url(site, path));
    await page.locator("[data-f=label] [data-v]").first().click();
    await page.waitForFunction(() => / of /.test(document.querySelector(".count").textContent));
    const times = await page.evaluate(async () => {
      const values = [...document.querySelectorAll("[data-v]")].slice(0, 12), times = [];
      for (const value of [...values, ...values]) {
        await new Promise((done) => setTimeout(done, 30));
        const began = performance.now();
        value.click();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b);
    });
    // A busy machine is slow at times: what counts is what half of them come to.
    const middle = times[Math.floor(times.length / 2)];
    took.push(`${path} ${middle.toFixed(0)} ms (worst ${times.at(-1).toFixed(0)})`);
    if (middle > most.repaint) complaints.push(`${site.name}/${path}: a filter takes ${middle.toFixed(0)} ms`);
  }
  console.log(`   ${site.name}: ${took.join(", ")}`);
  await context.close();
  return [...complaints, ...record.complaints];
}

/** Looks at the pages as they are without scripts. */
export async function plain(site, { browser, server }, source) {
  const complaints = [];
  const { issues } = JSON.parse(source);
  for (const [stem, linked] of [["board", (element) => element.tag === "a" && element.parent.attrs.class === "card"], ["table", (element) => element.tag === "a" && element.parent.tag === "th"]]) {
    const shown = parts(site, stem).flatMap((path) => site.elements(path).filter(linked).map(({ attrs }) => attrs.href));
    if (shown.length !== issues.length || new Set(shown).size !== issues.length) {
      complaints.push(`${site.name}/${stem}: ${shown.length} entries of ${new Set(shown).size} issues, and there are ${issues.length}`);
    }
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  for (const path of ["board.html", "table.html"]) {
    const values = site.elements(path).filter(({ attrs }) => attrs["data-v"] !== undefined);
    if (values.length === 0) complaints.push(`${site.name}/${path}: nothing to filter by`);
    for (const { attrs } of values) {
      const target = posix.normalize((attrs.href ?? "").split(/[?#]/)[0]);
      if (!site.files.includes(target)) complaints.push(`${site.name}/${path}: ${attrs["data-v"]} leads to ${attrs.href}`);
    }
    const page = await context.newPage();
    await gotoWithoutScripts(page, server.url(site, path));
    const inert = await page.locator("button:visible, input:visible, select:visible, [role=button]:visible").count();
    if (inert > 0) complaints.push(`${site.name}/${path}: ${inert} controls that do nothing without scripts`);
    await page.close();
  }
  const narrow = await browser.newContext({ viewport: { width: 360, height: 800 } });
  const { page } = await tab(narrow, server.origin);
  await page.goto(server.url(site, "board.html"));
  if (await page.locator("[data-v]").first().isVisible()) complaints.push(`${site.name}: the filters are open on a narrow page`);
  await page.locator(".facets summary").click();
  if (!(await page.locator("[data-v]").first().isVisible())) complaints.push(`${site.name}: the filters cannot be opened on a narrow page`);
  await narrow.close();
  await context.close();
  return complaints;
}

/** Presses keys. */
export async function keys(site, { browser, server }) {
  const complaints = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, record } = await tab(context, server.origin);
  page.setDefaultTimeout(5000);
  const want = (holds, words) => holds || complaints.push(`${site.name}: ${words}`);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("href") ?? document.activeElement.id);
  const at = async (path) => page.waitForURL((url) => url.pathname.endsWith(path)).catch(() => want(false, `does not lead to ${path}`));
  try {
    await page.goto(server.url(site, "index.html"));
    await page.keyboard.type("gb");
    await at("/board.html");
    const cards = await page.locator(".board .card > a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    await page.keyboard.type("jjk");
    want((await focused()) === cards[0], "j, j and k do not lead to the first card");
    await page.keyboard.press("Enter");
    await at(cards[0]);
    await page.goBack();
    await page.keyboard.press("f");
    want(await page.evaluate(() => document.activeElement.dataset.v !== undefined), "f does not lead to the filters");
    await page.keyboard.press("/");
    await at("/search.html");
    await page.waitForFunction(() => document.activeElement.id === "q").catch(() => want(false, "/ does not lead to the field"));
    await page.keyboard.type("gb?");
    want((await page.inputValue("#q")) === "gb?", "keys act while somebody writes");
    await page.goto(server.url(site, "board.html"));
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys" });
    await dialog.waitFor();
    complaints.push(...(await violations(page)).map((words) => `${site.name}, keys: ${words}`));
    await dialog.getByRole("checkbox").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.type("gt");
    // Where they do act, the page goes on to another, and is not to be loaded anew before it has.
    await page.waitForURL((url) => !url.pathname.endsWith("/board.html"), { timeout: 2000 }).catch(() => {});
    want(page.url().endsWith("/board.html"), "keys act that are switched off");
    await page.goto(server.url(site, "board.html"));
    await page.keyboard.press("j");
    want((await focused()) !== cards[0], "keys are on again after a visit");
    await page.getByRole("button", { name: "Keys" }).click();
    want(!(await dialog.getByRole("checkbox").isChecked()), "the switch does not say that keys are off");
  } finally {
    complaints.push(...record.complaints);
    await context.close();
  }
  return complaints;
}

const spoilt = (path, change) => (site) => site.with(path, change);
export const faults = {
  layout: {
    "an empty column": spoilt("board.html", (html) => html.replace(/(<div class="board[^>]*>)/, '$1<section class="column"><h2 id="x"><bdi>X</bdi></h2></section>')),
    "columns that leave the page empty": spoilt("assets/site.css", (css) => `${css}\n.board { grid-template-columns: repeat(8, 1fr) !important; } .column { grid-column: auto !important; }`),
  },
  filters: {
    "data that says otherwise than the source": spoilt("data/issues-0.js", (text) => text.replace(/"rows":\[\n(.*\n){200}/, (rows) => rows.replace(/,[0-3],(\d+),\[/g, ",4,$1,["))),
    "data that is asked for at once": spoilt("board.html", (html) => html.replace("</head>", '<link rel="preload" as="script" href="data/issues-0.js"></head>')),
    "an address that is not read": spoilt("assets/board.js", (text) => text.replace("new URLSearchParams(location.search)", "new URLSearchParams()")),
  },
  speed: {
    "a script that takes its time": spoilt("assets/board.js", (text) => text.replace("var found = find()", "for (var end = Date.now() + 120; Date.now() < end;); var found = find()")),
    "heavy data": spoilt("data/issues-0.js", (text) => `${text}/*${Array.from({ length: 9000 }, (_, n) => Math.sin(n)).join()}*/`),
  },
  plain: {
    "an issue that is missing": spoilt("board.html", (html) => html.replace(/<li class="card">.*?<\/li>/s, "")),
    "a value that leads nowhere": spoilt("board.html", (html) => html.replace(/(<section data-f[^]*?<a href=")[^"]*/, "$1nowhere.html")),
    "a button that does nothing": spoilt("board.html", (html) => html.replace("</main>", "<button>x</button></main>")),
  },
  keys: {
    "keys that do nothing": spoilt("assets/theme.js", (text) => text.replace('case "j"', 'case "J"')),
    "a switch that does not hold": spoilt("assets/theme.js", (text) => text.replace('return localStorage.getItem(saved) === "off"', "return false")),
  },
};
