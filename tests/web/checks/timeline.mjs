// The timeline says what roadmap.json says, without a script: a row for each milestone, the days of each issue, an arrow for
// each dependency that has a place, columns that count what began; and it stays readable zoomed in and on a phone.

export const names = {
  rows: "timeline: rows, days and arrows are those of roadmap.json, and stay in place when rows are opened",
  zoom: "timeline: three zooms give three widths, names stay in view, and a phone sees a mark in each row",
  others: "timeline: the pages by label, person and milestone have the issues that roadmap.json says, and are named where they are",
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
    if (sum !== meant) complain(`columns count ${sum} issues, and ${meant} have a start date`);
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
      // Both ways: the window's own scrolling where everything fits, else that of the rows.
      const head = await page.evaluate(() => {
        const gantt = document.querySelector(".gantt"), rows = document.querySelector(".all");
        document.querySelectorAll(".gantt details").forEach((folded) => (folded.open = true));
        rows.lastElementChild.scrollIntoView({ block: "end" });
        const top = gantt.firstElementChild.getBoundingClientRect().top;
        const isScrolled = rows.getBoundingClientRect().top < Math.max(0, gantt.getBoundingClientRect().top);
        return { top, isScrolled };
      });
      if (head.isScrolled && (head.top < 0 || head.top > 200)) complaints.push(`${site.name}: the days leave the window at ${zoom}, ${width} px`);
      if (!head.isScrolled && site.name === "own") complaints.push(`${site.name}: nothing to scroll at ${zoom}, ${width} px`);
      await page.evaluate(() => document.querySelectorAll(".gantt details").forEach((folded) => (folded.open = false)));
      const moved = await page.evaluate(() => {
        const gantt = document.querySelector(".gantt");
        gantt.scrollLeft = 500;
        return document.querySelector(".lanes .label").getBoundingClientRect().left - gantt.getBoundingClientRect().left;
      });
      if (moved < 0) complaints.push(`${site.name}: names leave the window at ${zoom}, ${width} px`);
    }
    await page.emulateMedia({ media: "print" });
    const onPaper = await page.evaluate(() => [".gantt > :first-child > *", ".gantt"].map((name) => document.querySelector(name)).map((box) => [getComputedStyle(box.closest(".row") ?? box).position, getComputedStyle(box).maxHeight]));
    if (onPaper.some(([position, height]) => position === "sticky" || height !== "none")) complaints.push(`${site.name}: rows scroll on paper`);
    if (!(widths[0] < widths[1] && widths[1] < widths[2])) complaints.push(`${site.name}: widths ${widths} at ${width} px`);
    await context.close();
  }
  return complaints;
}

/** What a page by another group shows. */
const seen = () => ({
  current: document.querySelector('.switch [aria-current="page"]')?.textContent.trim() ?? "",
  ways: [...document.querySelectorAll('nav.switch a')].map((way) => way.getAttribute("href")),
  rows: [...document.querySelectorAll(".lanes")].map((group) => ({
    title: group.querySelector(".label bdi").textContent,
    isDrawn: Boolean(group.querySelector(":is(summary, .alone) .lane :is(rect, path)")),
    ids: [...group.querySelectorAll(".issue .id")].map((id) => id.textContent),
    more: Number(/^\d+/.exec([...group.querySelectorAll(".issue")].at(-1)?.querySelector("a:not(:has(.id, bdi))")?.textContent ?? "0")),
  })),
});

/** Holds the pages whose rows are no milestones to roadmap.json. */
export async function others(site, { browser, server }, only) {
  const { issues } = JSON.parse(site.read("roadmap.json").toString());
  const paths = only ?? site.files.filter((path) => /^timeline-/.test(path));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  const page = await context.newPage();
  const complaints = [];
  const named = new Set();
  const shown = new Map();
  for (const path of [...paths, ...parts(site).slice(0, 1)]) {
    await page.goto(server.url(site, path));
    const { current, ways, rows } = await page.evaluate(seen);
    const complain = (words) => complaints.push(`${site.name}/${path}: ${words}`);
    ways.forEach((way) => named.add(way));
    const key = /^timeline-by-(.*)\.html$/.exec(path)?.[1];
    for (const { title, isDrawn, ids, more } of key ? rows : []) {
      // A person's issues are those that name them; a label's those whose first label of the group it is.
      const own = (issue) => key === "people" && current === "People"
        ? title === "Nobody" ? issue.assignees.length === 0 : issue.assignees.some((who) => who.toLowerCase() === title.toLowerCase())
        : issue.labels.some((label) => label.toLowerCase() === `${current}:${title}`.toLowerCase());
      const meant = issues.filter(own);
      if (!isDrawn) complain(`nothing is drawn for ${title}`);
      for (const id of ids) if (!issues.some((issue) => issue.id === id && (own(issue) || /^(other|no )|others?$/i.test(title)))) complain(`${id} is no issue of ${title}`);
      if (meant.length > 0 && ids.length + more !== meant.length) complain(`${title} has ${ids.length} rows and ${more} more, and ${meant.length} issues`);
    }
    const own = /^timeline-m-([^~]*)/.exec(path)?.[1].replace(".html", "");
    for (const { ids } of own ? rows : []) for (const id of ids) {
      if (shown.has(id)) complain(`${id} has two rows`);
      shown.set(id, own);
    }
  }
  for (const own of new Set(shown.values())) {
    const meant = issues.filter(({ milestone, state, start_on, due_on }) => milestone?.toLowerCase() === own && state === "open" && (start_on ?? due_on));
    for (const { id } of meant) if (shown.get(id) !== own) complaints.push(`${site.name}: ${id} has no row on the timeline of ${own}`);
  }
  for (const path of paths.filter((path) => path.startsWith("timeline-by-"))) if (!named.has(path)) complaints.push(`${site.name}: nothing leads to ${path}`);
  await context.close();
  console.log(`   ${site.name}: ${paths.length} pages, ${shown.size} issues on those of milestones`);
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
    "days that scroll away": (html) => html.replaceAll('row top-row', 'row" id="top-row'),
  },
  others: {
    "an issue in the wrong row": (html) => html.replace(/(<span class="id">)DB-001/, "$1DB-005"),
    "an issue without a row": (html) => html.replace(/<div class="row issue"><div class="label"><span class="st[^]*?<\/svg><\/div>/, ""),
    "a row without a mark": (html) => html.replace(/<svg class="lane[^]*?<\/svg>/, '<svg class="lane"></svg>'),
  },
};
