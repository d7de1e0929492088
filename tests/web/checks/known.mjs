// Pages say what is known, at any size, and never what is not: no word or zero for what nobody has stated, numbers that the source gives,
// an overview that is seen at once, and milestones that begin with what is left to do.

import { settle, tab } from "../lib/browser.mjs";
import { statusesOf } from "./board.mjs";

export const names = {
  unsaid: "known: nothing is said of what nobody has stated",
  numbers: "known: every number of the first sentences is one of the source",
  overview: "known: the overview fits, and shows numbers, pictures and milestones at once",
  work: "known: milestones begin with what is left to do",
};

const most = { row: 40, first: 900 };

const textOf = (node, isLeftOut) =>
  node.nodeName === "#text" ? node.value : isLeftOut(node) ? "" : (node.childNodes ?? []).map((child) => textOf(child, isLeftOut)).join("");
const classesOf = (node) => (node.attrs ?? []).find(({ name }) => name === "class")?.value.split(" ") ?? [];
/** What is somebody's own words, and what no reader sees. */
const isTheirs = (node) => node.nodeName === "bdi" || node.nodeName === "title" || node.nodeName === "code" || classesOf(node).includes("prose");
const squeezed = (text) => text.replace(/\s+/g, " ").trim();
/** A title as it is shown: inline code without its marks. */
const plain = (title) => title.replaceAll("`", "");
const numbers = (text) => (text.match(/\d+/g) ?? []).map(Number);

/** Holds a site of which nobody has stated how anything stands, or when: not a word of that, and no zero. */
export function unsaid(site, pages = site.samples()) {
  const complaints = [];
  for (const path of pages) {
    const elements = site.elements(path), main = elements.find(({ tag }) => tag === "main");
    const words = squeezed(textOf(main.node, isTheirs)).toLowerCase();
    for (const word of ["nobody", "no date", "no due date", "nothing:"]) if (words.includes(word)) complaints.push(`${site.name}/${path}: says "${word}"`);
    const unknown = words.split("unknown").length - 1;
    if (unknown > 1) complaints.push(`${site.name}/${path}: says "unknown" ${unknown} times`);
    const isIn = (element, holds) => element && (holds(element) || isIn(element.parent, holds));
    const cells = elements.filter((element) => element.tag === "td" || (["b", "small"].includes(element.tag) && isIn(element, ({ node }) => classesOf(node).includes("tiles"))));
    for (const { text } of cells) if (["0", "—"].includes(text.trim())) complaints.push(`${site.name}/${path}: a cell or tile is "${text.trim()}"`);
  }
  return complaints;
}

/** What the sentences count, from the source alone. */
function counted(source) {
  const roadmap = JSON.parse(source), all = statusesOf(source);
  const nameOf = (milestone) => [milestone.id, milestone.title].filter(Boolean).map((name) => plain(name).toLowerCase());
  const of = (chosen) => {
    const many = (status) => chosen.filter((one) => one.status === status).length;
    const boxes = chosen.flatMap(({ issue }) => (issue.body ?? "").match(/^ *[-*] \[[ xX]\] \S/gm) ?? []);
    const [done, dropped] = [many("Done"), many("Dropped")];
    return {
      issues: chosen.length, done, dropped, open: chosen.length - done - dropped - many("Unknown"), ready: many("Ready"), blocked: many("Blocked"), progress: many("In progress"),
      tasks: boxes.length, ticked: boxes.filter((box) => /\[[xX]\]/.test(box)).length,
      label: (end) => chosen.filter(({ issue }) => (issue.labels ?? []).some((label) => label.endsWith(`:${end}`))).length,
    };
  };
  // Who waits for an open issue, at any distance.
  const idOf = ({ issue }) => (issue.id ?? issue.title.split(":")[0]).toLowerCase();
  const isOpen = new Map(all.map((one) => [idOf(one), !["Done", "Dropped"].includes(one.status)]));
  const frees = new Map();
  for (const one of all.filter((one) => isOpen.get(idOf(one)))) {
    for (const on of one.issue.blocked_by ?? []) if (isOpen.get(on.toLowerCase())) frees.set(on.toLowerCase(), [...(frees.get(on.toLowerCase()) ?? []), idOf(one)]);
  }
  const waiting = [...frees.keys()].map((from) => {
    const seen = new Set(), ahead = [...frees.get(from)];
    while (ahead.length > 0) {
      const at = ahead.pop();
      if (at === from || seen.has(at)) continue;
      seen.add(at);
      ahead.push(...(frees.get(at) ?? []));
    }
    return seen.size;
  });
  const years = all.filter(({ issue }) => issue.start_on).map((one) => ({ ...one, year: Number(one.issue.start_on.slice(0, 4)) }));
  const since = Math.max(...years.map(({ year }) => year)) - 2, open = years.filter((one) => isOpen.get(idOf(one)));
  return {
    ...of(all), milestones: roadmap.milestones.length, waiting: Math.max(0, ...waiting), since, begun: open.length, recent: open.filter(({ year }) => year >= since).length,
    ofMilestone: (name) => of(all.filter(({ issue }) => roadmap.milestones.some((milestone) => nameOf(milestone).includes(name) && nameOf(milestone).includes(plain(issue.milestone ?? "").toLowerCase())))),
  };
}

// What a sentence may say, and the numbers that it must say then.
const sayings = [
  [/(\d+) open issues? ha(?:s|ve) a start date, (\d+) of them since (\d+)/, (it) => [it.begun, it.recent, it.since]],
  [/(\d+) of (\d+) open issues? waits? for another/, (it) => [it.blocked, it.open]],
  [/(\d+) of (\d+) issues?(?: whose state is given (?:is|are))? done/, (it) => [it.done, it.done + it.open]],
  [/(\d+) open\b/, (it) => [it.open]],
  [/(\d+) dropped along the way/, (it) => [it.dropped]],
  [/(\d+) (?:is|are) in progress/, (it) => [it.progress]],
  [/(\d+) can begin now/, (it) => [it.ready]],
  [/(\d+) waits? for others/, (it) => [it.blocked]],
  [/(\d+) of them for/, (it) => [it.waiting]],
  [/Of the tasks in their descriptions (\d+) of (\d+) are ticked/, (it) => [it.ticked, it.tasks]],
  [/with (\d+) of (\d+) tasks ticked/, (it) => [it.ticked, it.tasks]],
  [/(\d+) tasks?\b/, (it) => [it.tasks]],
  [/alone helps (\d+)/, (it) => [it.waiting]],
  [/(\d+) issues?\b/, (it) => [it.issues]],
  [/in (\d+) milestones?\b/, (it) => [it.milestones]],
];

/** Holds the first sentences of a site to its source; `steps` is how long the longest chain is. */
export function told(site, source, steps, pages = ["index.html", "timeline.html", "graph.html", ...site.pages.filter((path) => /^milestones\/m-[^~+]*\.html$/.test(path))]) {
  const complaints = [], whole = counted(source);
  for (const path of pages.filter((path) => site.pages.includes(path))) {
    const complain = (words) => complaints.push(`${site.name}/${path}: ${words}`);
    const elements = site.elements(path), say = elements.find(({ tag, attrs }) => tag === "p" && attrs.class === "say");
    const head = elements.findIndex(({ tag }) => tag === "h1");
    const name = path.startsWith("milestones/") ? elements.slice(head).find(({ tag }) => tag === "bdi").text.toLowerCase() : "";
    const it = name ? { ...whole, ...whole.ofMilestone(name) } : whole;
    if (!say) {
      if (!/^(timeline|graph)/.test(path) && it.issues > 0) complain("no first sentence");
      continue;
    }
    // Names are theirs, quoted or marked as such.
    let words = squeezed(textOf(say.node, (node) => node.nodeName === "bdi")).replace(/“[^”]*”/g, "");
    if (numbers(words).length < 2) complain(`fewer than two numbers: ${words}`);
    const take = (pattern, wanted) => {
      words = words.replace(pattern, (all, ...groups) => {
        const found = numbers(groups.filter((group) => typeof group === "string" && /^\d+$/.test(group)).slice(0, wanted.length).join(" "));
        if (found.join() !== wanted.join()) complain(`says "${all}", and the source gives ${wanted.join(" and ")}`);
        return "";
      });
    };
    if (steps !== undefined) take(/longest chain has (\d+) steps/, [steps]);
    for (const [pattern, numbersOf] of sayings) take(pattern, numbersOf(it));
    const [, label] = words.match(/By (?:their labels|[^,.]+), (.*?)\.$/) ?? [];
    for (const piece of label?.split(", ") ?? []) {
      const [, number, ends] = piece.match(/^(\d+) (?:(?:is|are) )?(.+)$/) ?? [];
      const wanted = ends?.split(" or ").reduce((sum, end) => sum + it.label(end), 0);
      if (Number(number) !== wanted) complain(`says "${piece}" of labels, and the source gives ${wanted}`);
    }
    const left = label ? "" : words;
    if (numbers(left.replace(/\d{4}-\d\d-\d\d/g, "")).length > 0) complain(`a number that is not counted again: ${left}`);
  }
  // What was dropped is no part of what is left to do, and none of it is a share.
  const overview = squeezed(site.elements("index.html").find(({ tag }) => tag === "main").text);
  const share = Math.floor((whole.done * 100) / Math.max(1, whole.done + whole.open));
  const wanted = whole.done + whole.open > 0 ? [`${share}%`, `${whole.done} of ${whole.done + whole.open}`, ...(whole.dropped ? [`${whole.dropped} dropped`] : [])] : [];
  for (const words of wanted) if (pages.includes("index.html") && !overview.includes(words)) complaints.push(`${site.name}/index.html: does not say "${words}"`);
  for (const label of new Set(JSON.parse(source).issues.flatMap(({ labels }) => labels ?? []))) {
    const chosen = statusesOf(source).filter(({ issue }) => issue.labels.includes(label));
    const path = `labels/l-${label.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.html`;
    if (!chosen.every(({ status }) => status === "Dropped") || !site.pages.includes(path)) continue;
    const words = squeezed(textOf(site.elements(path).find(({ tag }) => tag === "main").node, isTheirs));
    if (!words.toLowerCase().includes(`${chosen.length} dropped`) && !/dropped \d/i.test(words)) complaints.push(`${site.name}/${path}: does not say that ${chosen.length} are dropped`);
    if (words.includes("%")) complaints.push(`${site.name}/${path}: a share of what was dropped`);
  }
  return complaints;
}

/** Looks at the overview at 1280: `high` is the most that it may be. */
export async function overview(site, { browser, server }, source, high) {
  const complaints = [], complain = (words) => complaints.push(`${site.name}/index.html: ${words}`);
  const { milestones } = JSON.parse(source), whole = counted(source);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page } = await tab(context, server.origin);
  await page.goto(server.url(site, "index.html"));
  await settle(page);
  const seen = await page.evaluate((first) => {
    const inView = (element) => element.getClientRects().length > 0 && element.getBoundingClientRect().bottom <= first;
    const text = (selector) => [...document.querySelectorAll(selector)].filter(inView).map((element) => element.textContent.trim());
    return {
      height: document.documentElement.scrollHeight,
      numbers: text(".say b, .say a, .tiles b, .key b, .mt .num").filter((words) => /\d/.test(words)).length,
      pictures: [...document.querySelectorAll("main svg:not(.hidden)")].filter(inView).length,
      names: text("#milestones ~ * tbody th a, .picture text, main bdi"),
      whole: document.querySelector("main").innerText,
    };
  }, most.first);
  if (seen.height > high) complain(`${seen.height} px high, and not ${high}`);
  if (seen.numbers < 4) complain(`${seen.numbers} numbers in the first ${most.first} px`);
  if (seen.pictures < 1) complain(`no picture in the first ${most.first} px`);
  if (milestones.length <= 8) {
    for (const { id, title } of milestones) {
      if (!seen.names.some((name) => [plain(title), id, `${id} – ${plain(title)}`].includes(name))) complain(`"${title}" is not in the first ${most.first} px`);
    }
  }
  const isPlain = (text) => !/[*_`[\]]/.test(text);
  for (const { description } of milestones.length <= 8 ? milestones.filter(({ description }) => description && isPlain(description)) : []) {
    if (!seen.whole.includes(description)) complain(`does not show "${description.slice(0, 60)}"`);
  }
  if (whole.tasks > 0 && whole.open + whole.done === 0) {
    const words = squeezed(seen.whole), wanted = whole.ticked ? `${whole.ticked} of ${whole.tasks}` : String(whole.tasks);
    if (!words.includes(wanted)) complain(`does not say "${wanted}" of the tasks`);
    if (words.includes("%")) complain("a share of tasks that nobody ticks");
  }
  await context.close();
  return complaints;
}

/** Looks at the pages of milestones at 1280, over all their parts. */
export async function work(site, { browser, server }, source, pages) {
  const complaints = [];
  const isClosed = new Map(statusesOf(source).map(({ issue, status }) => [(issue.id ?? issue.title.split(":")[0]).toLowerCase(), ["Done", "Dropped"].includes(status)]));
  const firsts = (pages ?? site.pages).filter((path) => /^milestones\/m-[^~+]*\.html$/.test(path));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page } = await tab(context, server.origin);
  for (const first of firsts) {
    const stem = first.replace(/\.html$/, "");
    const parts = site.pages.filter((path) => path === first || (path.startsWith(`${stem}~`) || path.startsWith(`${stem}+`)));
    parts.sort((a, b) => numbers(a.slice(stem.length)).concat(1)[0] - numbers(b.slice(stem.length)).concat(1)[0]);
    const order = [];
    for (const path of parts) {
      await page.goto(server.url(site, path));
      const seen = await page.evaluate((row) => ({
        ids: [...document.querySelectorAll("#issues ~ * .rows .id, #issues ~ .rows .id")].map((id) => id.textContent.trim().toLowerCase()),
        open: [...document.querySelectorAll("details[open] > summary > .st:is(.done, .dropped)")].map((head) => head.textContent),
        loose: document.querySelectorAll("section > h3.st:is(.done, .dropped)").length,
        high: [...document.querySelectorAll(".rows > li")].filter((li) => li.getBoundingClientRect().height > row).map((li) => `${Math.round(li.getBoundingClientRect().height)} px: ${li.textContent.trim().slice(0, 60)}`),
        said: [...document.querySelectorAll(".rows .st")].filter((st) => st.innerText.trim() !== "" && !st.matches(".overdue, .hidden *")).length,
      }), most.row);
      order.push(...seen.ids);
      if (seen.open.length > 0 || seen.loose > 0) complaints.push(`${site.name}/${path}: what is done or dropped stands open`);
      if (seen.high.length > 0) complaints.push(`${site.name}/${path}: ${seen.high.length} rows are high: ${seen.high[0]}`);
    }
    const last = order.findLastIndex((id) => isClosed.get(id) === false), before = order.findIndex((id) => isClosed.get(id));
    if (before !== -1 && before < last) complaints.push(`${site.name}/${first}: ${order[before]} is closed and stands before ${order[last]}`);
    if (order.length === 0 && !site.read(first).includes("None yet.")) complaints.push(`${site.name}/${first}: no rows`);
  }
  await context.close();
  return complaints;
}

const spoilt = (path, change) => (site) => site.with(path, change);
const into = (words) => (html) => html.replace("</main>", `${words}</main>`);
export const faults = {
  unsaid: {
    "a word of what nobody says": spoilt("index.html", into("<p>Nobody says.</p>")),
    "a zero that nobody has counted": spoilt("index.html", into("<table><tr><td>0</td></tr></table>")),
    "a wall of what is not known": spoilt("index.html", into("<p>Unknown</p><p>Unknown</p>")),
  },
  numbers: {
    "a number that is one too many": spoilt("index.html", (html) => html.replace(/(<p class="say"[^]*?>)(\d+)/, (_, before, number) => `${before}${Number(number) + 1}`)),
    "a sentence without numbers": spoilt("index.html", (html) => html.replace(/<p class="say"[^]*?<\/p>/, '<p class="say">Much is done.</p>')),
    "a number of nothing": spoilt("index.html", (html) => html.replace(/(<p class="say"[^]*?)<\/p>/, "$1 And 7.</p>")),
  },
  overview: {
    "an overview without end": spoilt("index.html", into("<p>x</p>".repeat(90))),
    "milestones that come late": spoilt("index.html", (html) => html.replace('<h2 id="milestones">', `${"<p>x</p>".repeat(20)}<h2 id="milestones">`)),
  },
  work: {
    "a closed issue before an open one": spoilt("milestones/m-core.html", (html) => html.replace(/<ul class="rows">/, '<ul class="rows"><li><div class="what"><a href="../issues/i-p-2.html"><span class="id">P-2</span></a></div></li>')),
    "a fold that stands open": spoilt("milestones/m-core.html", (html) => html.replace('<details><summary><h3 class="st dropped"', '<details open><summary><h3 class="st dropped"').replace('<details><summary><h3 class="st done"', '<details open><summary><h3 class="st done"')),
    "rows of several lines": spoilt("assets/site.css", (css) => `${css}\n.rows .what { flex-basis: 100% !important; }`),
  },
};
