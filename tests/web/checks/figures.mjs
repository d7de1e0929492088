// Tables that are pictures: when issues began and what became of them, which milestone has how much of each label, who has how
// much in which week. Each number is counted again from roadmap.json.

export const names = {
  cohorts: "cohorts: each row counts what roadmap.json says, and nothing is said of too little",
  heat: "labels by milestone: each cell counts the open issues that roadmap.json says",
  load: "load by week: each cell counts what is open in that week, and only where the source asks for it",
};

/** The rows of the tables behind headings, as texts; none where one is not there. */
const rows = (ids) => ids.map((id) => {
  const heading = document.getElementById(id);
  const table = heading?.parentElement.querySelector(`[aria-labelledby~="${id}"] table`);
  return [...(table?.rows ?? [])].map((row) => [...row.cells].map((cell) => cell.querySelector("time")?.dateTime ?? (cell.querySelector(".hidden") ?? cell).textContent.trim()));
});

async function read({ browser, server }, site, path, ...ids) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url(site, path));
  const found = await page.evaluate(rows, ids);
  await context.close();
  return found;
}

const data = (site) => JSON.parse(site.read("roadmap.json").toString());
const begins = (issue) => issue.start_on ?? issue.begun_on;
const isOpen = (issue) => !["done", "dropped"].includes(issue.status);

/** Holds the cohorts to the days on which issues began. */
export async function cohorts(site, tools) {
  const { issues, as_of } = data(site);
  const [shown] = await read(tools, site, "timeline.html", "cohorts");
  const dated = issues.filter((issue) => /^\d{4}-\d\d-\d\d$/.test(begins(issue) ?? ""));
  const begun = dated.filter((issue) => !as_of || begins(issue) <= as_of);
  const complaints = [];
  const complain = (words) => complaints.push(`${site.name}: ${words}`);
  if (shown.length === 0) {
    const months = new Set(begun.map((issue) => begins(issue).slice(0, 7)));
    if (dated.length === issues.length && months.size > 2 && issues.some(({ state }) => state)) complain("no cohorts");
    return complaints;
  }
  const [head, ...groups] = shown;
  const period = (day) => (head[0] === "Month" ? day.slice(0, 7) : head[0] === "Quarter" ? `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}` : day.slice(0, 4));
  const column = (name) => head.indexOf(name);
  for (const row of groups) {
    const before = /^before (.*)$/.exec(row[0])?.[1];
    const meant = begun.filter((issue) => (before ? period(begins(issue)) < before : period(begins(issue)) === row[0]));
    const counts = { Issues: meant.length, Open: meant.filter(({ state }) => state === "open").length, Dropped: meant.filter(({ status }) => status === "dropped").length };
    for (const [name, count] of Object.entries(counts)) {
      if (column(name) >= 0 && Number(row[column(name)] || 0) !== count) complain(`${row[0]}: ${row[column(name)] || 0} ${name}, not ${count}`);
    }
    const told = row[1].split(", ").reduce((sum, words) => sum + Number.parseInt(words, 10), 0);
    if (told !== meant.length) complain(`${row[0]}: a bar of ${told}, not ${meant.length}`);
  }
  const sum = groups.reduce((all, row) => all + Number(row[column("Issues")]), 0);
  if (sum !== begun.length) complain(`cohorts of ${sum} issues, not ${begun.length}`);
  if (groups.length < 3) complain(`${groups.length} rows say nothing`);
  console.log(`   ${site.name}: ${groups.length} cohorts of ${sum} issues`);
  return complaints;
}

/** Holds the cells of labels and milestones to the issues. */
export async function heat(site, tools) {
  const { issues, milestones } = data(site);
  const complaints = [];
  let tables = 0;
  const numbers = Array.from({ length: 20 }, (_, at) => at + 1);
  const found = await read(tools, site, "labels.html", ...numbers.flatMap((group) => [`heat-${group}`, `group-${group}`]));
  for (const group of numbers) {
    const [head, ...lines] = found[group * 2 - 2];
    if (!head) continue;
    tables += 1;
    const prefix = found[group * 2 - 1][1][0].split(/[\s:]/)[0];
    for (const [title, ...cells] of lines) {
      const { id } = milestones.find((milestone) => milestone.title === title) ?? {};
      for (const [at, cell] of cells.entries()) {
        const label = issues.flatMap(({ labels }) => labels).find((name) => name.toLowerCase().endsWith(`:${head[at + 1]}`.toLowerCase()) && name.startsWith(prefix.slice(0, 2)));
        if (!label) continue;
        const first = ({ labels }) => labels.filter((name) => name.split(":")[0] === label.split(":")[0]);
        const counted = issues.filter((issue) => issue.milestone === id && first(issue).length === 1 && first(issue)[0] === label && (isOpen(issue) || issues.every(({ state }) => !state)));
        const several = issues.some((issue) => first(issue).length > 1);
        if (!several && Number(cell || 0) !== counted.length) complaints.push(`${site.name}: ${title} has ${cell || 0} of ${label}, not ${counted.length}`);
      }
    }
    if (lines.every((line) => line.slice(1).filter(Boolean).length < 2)) complaints.push(`${site.name}: every row of heat-${group} has one cell`);
  }
  console.log(`   ${site.name}: ${tables} tables of labels by milestone`);
  return complaints;
}

/** Holds the load to what is open in each week. */
export async function load(site, tools, isAsked) {
  const path = "timeline-by-people.html";
  const [shown] = site.files.includes(path) ? await read(tools, site, path, "load") : [[]];
  if (!isAsked) return shown.length > 0 ? [`${site.name}: the load of people who were not asked for`] : [];
  if (shown.length === 0) return [`${site.name}: no load`];
  const { issues, as_of } = data(site);
  const open = issues.filter((issue) => issue.state === "open" && isOpen(issue));
  const isEstimated = open.filter(({ estimate }) => estimate !== null).length * 2 >= open.length;
  const [head, ...people] = shown;
  const end = (monday) => new Date(Date.parse(monday) + 6 * 86_400_000).toISOString().slice(0, 10);
  const complaints = [];
  for (const [name, ...cells] of people) for (const [at, cell] of cells.entries()) {
    const monday = head[at + 1];
    const isIn = ({ due_on, ...issue }) => {
      const [from, to] = [begins(issue), due_on];
      if (!from || !to) return false;
      const isThis = monday <= as_of && as_of <= end(monday);
      return from <= end(monday) && (to >= monday || isThis) || isThis && to < monday;
    };
    const meant = open.filter((issue) => issue.assignees.some((who) => who.toLowerCase() === name.toLowerCase()) && isIn(issue));
    const sum = meant.reduce((all, { estimate }) => all + (isEstimated ? estimate ?? 0 : 1), 0);
    if (Math.abs(Number(cell || 0) - sum) > 0.01) complaints.push(`${site.name}: ${name} has ${cell || 0} in the week of ${monday}, not ${sum}`);
  }
  console.log(`   ${site.name}: ${people.length} people, ${head.length - 1} weeks`);
  return complaints;
}

export const faults = {
  cohorts: {
    "a cohort of one too many": (html) => html.replace(/(<th scope="row">\d{4}-\d\d<\/th>[^]*?<td class="num">)(\d+)/, (_, before, count) => `${before}${Number(count) + 1}`),
    "cohorts that are left out": (html) => html.replace('id="cohorts"', 'id="cohort"'),
  },
  heat: { "a cell of one too many": (html) => html.replace(/(<span class="heat h\d">)(\d+)/, (_, before, count) => `${before}${Number(count) + 1}`) },
  load: { "a week of one too many": (html) => html.replace(/(<span class="heat h\d">)(\d+)/, (_, before, count) => `${before}${Number(count) + 1}`) },
};
