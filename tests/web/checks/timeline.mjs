// The timeline says what roadmap.json says, without a script: a row for each milestone, the days of each issue, an arrow for
// each dependency that has a place, columns that count what began; and it stays readable zoomed in and on a phone.

export const names = {
  rows: "timeline: rows, days and arrows are those of roadmap.json, and stay in place when rows are opened",
  zoom: "timeline: three zooms give three widths, names stay in view, and a phone sees a mark in each row",
};

/** What a page shows, with all rows opened after a first look at its arrows. */
const look = () => {
  const places = () => [...document.querySelectorAll(".behind .arrow-head")].map((head) => Math.round(head.getBoundingClientRect().left));
  const before = places();
  document.querySelectorAll(".gantt details").forEach((folded) => (folded.open = true));
  const rows = [...document.querySelectorAll(".gantt .issue")].filter((row) => row.querySelector(".id"));
  return {
    arrows: { before, after: places() },
    groups: [...document.querySelectorAll(".lanes")].map((group) => ({
      title: group.querySelector(".label bdi").textContent,
      told: group.querySelector(".lane")?.getAttribute("aria-label") ?? "",
      isDrawn: Boolean(group.querySelector(".lane :is(rect, path)")),
      more: [...group.querySelectorAll(".issue")].some((row) => !row.querySelector(".id")),
    })),
    issues: rows.map((row) => ({ id: row.querySelector(".id").textContent, told: row.querySelector(".lane").getAttribute("aria-label") })),
    begun: [...document.querySelectorAll(".begun title")].map((title) => Number(/: (\d+) /.exec(title.textContent)[1])),
  };
};

/** The parts of the timeline, in their order. */
function parts(site) {
  return site.files.filter((path) => /^timeline(~\d+)?\.html$/.test(path));
}

/** Holds the rows to roadmap.json. */
export async function rows(site, { browser, server }) {
  const { issues, milestones } = JSON.parse(site.read("roadmap.json").toString());
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const pages = [];
  for (const path of parts(site)) {
    await page.goto(server.url(site, path));
    if (await page.$(".gantt")) pages.push(await page.evaluate(look));
  }
  await context.close();
  if (pages.length === 0) return [];
  const complaints = [];
  const complain = (words) => complaints.push(`${site.name}: ${words}`);
  const groups = pages.flatMap((seen) => seen.groups);
  for (const { title } of milestones) {
    const count = groups.filter((group) => group.title === title).length;
    if (count < 1) complain(`no row for ${title}`);
  }
  const shown = new Map(pages.flatMap((seen) => seen.issues).map((row) => [row.id, row.told]));
  for (const { id, start_on, due_on, milestone } of issues) {
    const told = shown.get(id);
    if (told === undefined) {
      if (milestone && !groups.some(({ more }) => more)) complain(`no row for ${id}`);
      continue;
    }
    for (const day of [start_on, due_on]) if (day && !told.includes(day)) complain(`${id} is said to be “${told}”, not ${day}`);
  }
  for (const { arrows } of pages) {
    if (JSON.stringify(arrows.before) !== JSON.stringify(arrows.after)) complain(`arrows move: ${arrows.before} to ${arrows.after}`);
  }
  const begun = pages.flatMap((seen) => seen.begun);
  if (begun.length > 0) {
    const [sum, meant] = [begun.reduce((all, one) => all + one, 0), issues.filter(({ start_on }) => start_on).length];
    if (sum !== meant) complain(`columns count ${sum} issues, and ${meant} have a start day`);
  } else if (pages.length === 1) {
    const placed = new Set(milestones.filter(({ title }) => groups.some((group) => group.title === title && group.isDrawn)).map(({ id }) => id));
    const waits = milestones.filter(({ id }) => placed.has(id)).flatMap(({ id, blocked_by }) => blocked_by.filter((on) => placed.has(on) && on !== id));
    if (pages[0].arrows.before.length !== waits.length) complain(`${pages[0].arrows.before.length} arrows for ${waits.length} dependencies`);
  }
  console.log(`   ${site.name}: ${groups.length} milestones, ${shown.size} issues, ${pages.flatMap((seen) => seen.arrows.before).length} arrows`);
  return complaints;
}

/** Holds zoom and narrow screens to showing what they are for. */
export async function zoom(site, { browser, server }) {
  const complaints = [];
  for (const width of [1280, 360]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(server.url(site, "timeline.html"));
    if (!(await page.$(".gantt"))) {
      await context.close();
      return [];
    }
    if (width === 360) {
      const unseen = await page.evaluate(() => [...document.querySelectorAll(".gantt .lane")].filter((lane) => {
        const marks = [...lane.querySelectorAll("rect, path")].map((mark) => mark.getBoundingClientRect());
        const row = lane.closest("details:not([open]) .issue");
        return !row && marks.length > 0 && !marks.some(({ left, right }) => left < innerWidth && right > 0);
      }).length);
      if (unseen > 0) complaints.push(`${site.name}: ${unseen} rows have no mark in view at 360 px`);
    }
    const widths = [];
    for (const zoom of ["fit", "quarter", "month"]) {
      await page.check(`.zoom [value="${zoom}"]`, { force: true, timeout: 2000 }).catch(() => complaints.push(`${site.name}: no zoom ${zoom}`));
      widths.push(await page.evaluate(() => document.querySelector(".gantt .all").offsetWidth));
      const moved = await page.evaluate(() => {
        const gantt = document.querySelector(".gantt");
        gantt.scrollLeft = 500;
        return document.querySelector(".lanes .label").getBoundingClientRect().left - gantt.getBoundingClientRect().left;
      });
      if (moved < 0) complaints.push(`${site.name}: names leave the window at ${zoom}, ${width} px`);
    }
    if (!(widths[0] < widths[1] && widths[1] < widths[2])) complaints.push(`${site.name}: widths ${widths} at ${width} px`);
    await context.close();
  }
  return complaints;
}

export const faults = {
  rows: {
    "a milestone without a row": (html) => html.replace(/<bdi>([^<]*)<\/bdi><small>/, "<bdi>Another</bdi><small>"),
    "a day that nobody said": (html) => html.replaceAll(/(<span class="id">DB-004[^]*?aria-label="[^"]*)2026-10-09/g, "$12026-10-10"),
    "an arrow that is missing": (html) => html.replace(/<path class="arrow-head"[^>]*>/, ""),
    "a column that counts one too many": (html) => html.replace(/(<title>\d{4}[^:<]*: )(\d+) /, (_, before, count) => `${before}${Number(count) + 1} `),
  },
  zoom: {
    "a zoom that does nothing": (html) => html.replace('value="month"', 'value="moon"'),
    "names that scroll away": (html) => html.replaceAll('class="row"', 'class="rows"'),
  },
};
