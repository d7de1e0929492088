// What Roadbook is put through, whoever plays GitHub.

import { resolve } from "node:path";
import { project, unless } from "./program.mjs";
import { ask, repository } from "./servers.mjs";

const at = `/repos/${repository}`;

/** Everything of a kind, page by page. */
async function all({ url, token }, kind) {
  const items = [];
  for (let page = 1; ; page += 1) {
    const { body } = await ask(url, "GET", `${at}/${kind}?state=all&per_page=100&page=${page}`, { token });
    items.push(...body);
    if (body.length < 100) return items;
  }
}

/** Complaints where a plan is not empty. */
async function unfinished(work) {
  const plan = await work.run("plan", "--format", "json");
  if (plan.code !== 0) return unless(plan, 0);
  const { operations, conflicts } = JSON.parse(plan.out);
  return [...operations, ...conflicts].map((left) => `a second plan is not empty: ${JSON.stringify(left)}`);
}

function counted(found, wanted) {
  return JSON.stringify(found) === JSON.stringify(wanted) ? [] : [`found ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`];
}

async function counts(server) {
  const [labels, milestones, issues] = await Promise.all(["labels", "milestones", "issues"].map((kind) => all(server, kind)));
  return { labels: labels.length, milestones: milestones.length, issues: issues.length };
}

/** From an empty repository to a second plan that is empty. */
export async function fromNothing({ scratch, front, server, source }) {
  const work = project(resolve(scratch, "from-nothing"), source, { url: front.url, token: server.token, repository });
  const applied = await work.run("apply", "--yes");
  const wanted = { labels: source.labels.length, milestones: source.milestones.length, issues: source.issues.length };
  const complaints = [...unless(applied, 0), ...counted(await counts(server), wanted), ...await unfinished(work)];
  const titles = (await all(server, "issues")).map(({ title }) => title).sort();
  return [...complaints, ...counted(titles, source.issues.map(({ title }) => title).sort())];
}

/** Each change of the source is the one right request. */
export async function oneByOne({ scratch, front, server, source }) {
  const work = project(resolve(scratch, "one-by-one"), source, { url: front.url, token: server.token, repository });
  const complaints = unless(await work.run("apply", "--yes"), 0);
  const [label] = source.labels;
  const issue = source.issues.findIndex(({ state }) => state !== "closed");
  const other = source.milestones.length - 1;
  const number = (await all(server, "issues")).find(({ title }) => title === source.issues[issue].title)?.number;
  const milestones = await all(server, "milestones");
  const numberOf = (title) => milestones.find((milestone) => milestone.title === title)?.number;
  const renamed = (name) => (name === label.name ? "area:data" : name);
  const milestone = source.milestones[other];
  const steps = [
    [(it) => {
      Object.assign(it.labels[0], { name: "area:data", was: [label.name] });
      for (const issue of it.issues) issue.labels = issue.labels?.map(renamed);
    }, `PATCH labels/${label.name} {"new_name":"area:data"}`],
    [(it) => (it.issues[issue].title += " at last"),
      `PATCH issues/${number} {"title":"${source.issues[issue].title} at last"}`],
    [(it) => (it.issues[issue].milestone = milestone.id ?? milestone.title),
      `PATCH issues/${number} {"milestone":${numberOf(milestone.title)}}`],
    [(it) => (it.milestones[other].due_on = "2027-05-31"),
      `PATCH milestones/${numberOf(milestone.title)} {"due_on":"2027-05-31T12:00:00Z"}`],
    [(it) => Object.assign(it.issues[issue], { state: "closed", state_reason: "not_planned" }),
      `PATCH issues/${number} {"state":"closed","state_reason":"not_planned"}`],
  ];
  const changed = structuredClone(source);
  for (const [change, request] of steps) {
    change(changed);
    work.write(changed);
    const before = front.writes().length;
    complaints.push(...unless(await work.apply(), 0));
    complaints.push(...counted(front.writes().slice(before), [request]));
  }
  return [...complaints, ...await unfinished(work)];
}

/** Relations into another repository: made, read back, changed, and known from a snapshot. */
export async function across({ scratch, front, server, source }) {
  for (const number of [1, 2, 7]) {
    const body = { repository: "acme/garden", number, issue: { title: `Garden ${number}`, state: number === 2 ? "closed" : "open" } };
    await ask(server.url, "POST", "/_fake/elsewhere", { token: server.token, body });
  }
  // A parent has to be of the same owner.
  const related = { ...structuredClone(source), repository };
  const [one, two] = related.issues;
  Object.assign(one, { blocked_by: ["acme/garden#1"], parent: "acme/garden#7" });
  two.blocked_by = [...(two.blocked_by ?? []), "Acme/Garden#2"];
  const work = project(resolve(scratch, "across"), related, { url: front.url, token: server.token, repository });
  const complaints = [...unless(await work.run("apply", "--yes"), 0), ...await unfinished(work)];
  Object.assign(one, { blocked_by: ["acme/garden#2"], parent: null });
  work.write(related);
  complaints.push(...unless(await work.apply(), 0), ...unless(await work.run("snapshot"), 0), ...await unfinished(work));
  const number = (await all(server, "issues")).find(({ title }) => title === one.title)?.number;
  const { body } = await ask(server.url, "GET", `${at}/issues/${number}/dependencies/blocked_by`, { token: server.token });
  return [...complaints, ...counted(body.map(({ repository_url, number }) => [repository_url.split("/repos/")[1], number]), [["acme/garden", 2]])];
}

/** Issue fields: filled, changed, emptied, and what people put there pulled. */
export async function filled({ scratch, front, server, source }) {
  const fields = { start_on: "Start date", due_on: "Target date", estimate: "Points", priority: "Priority" };
  const mapped = { ...structuredClone(source), github: { fields } };
  const at3 = mapped.issues.findLastIndex(({ estimate, due_on, labels }) => estimate && due_on && !labels.includes("priority:high"));
  const issue = mapped.issues[at3];
  const work = project(resolve(scratch, "filled"), mapped, { url: front.url, token: server.token, repository });
  const complaints = [...unless(await work.apply(), 0), ...await unfinished(work)];
  const number = (await all(server, "issues")).find(({ title }) => title === issue.title)?.number;
  const path = `${at}/issues/${number}/issue-field-values`;
  const values = async () => {
    const { body } = await ask(server.url, "GET", path, { token: server.token });
    return Object.fromEntries(body.map(({ issue_field_name, value, single_select_option }) => [issue_field_name, single_select_option?.name ?? value]));
  };
  complaints.push(...counted((await values()).Points, issue.estimate));
  Object.assign(issue, { estimate: 0.5 });
  delete issue.start_on;
  issue.labels = [...issue.labels.filter((name) => !name.startsWith("priority:")), "priority:high"];
  work.write(mapped);
  complaints.push(...unless(await work.apply(), 0), ...await unfinished(work));
  const now = await values();
  complaints.push(...counted([now.Points, now.Priority, now["Start date"]], [0.5, "High", undefined]));
  const points = (await ask(server.url, "GET", `/orgs/${repository.split("/")[0]}/issue-fields`, { token: server.token })).body
    .find(({ name }) => name === "Points").id;
  await ask(server.url, "POST", path, { token: server.token, body: { issue_field_values: [{ field_id: points, value: 8 }] } });
  complaints.push(...unless(await work.run("pull"), 0), ...await unfinished(work));
  return [...complaints, ...counted(work.read().issues[at3].estimate, 8)];
}

/** What an older script left, run twice: a trailing line end, no labels, every issue twice, a closed milestone. */
export async function adopted({ scratch, front, server, source }) {
  const { url, token } = server;
  const [first] = source.milestones;
  await ask(url, "POST", `${at}/milestones`, { token, body: { title: first.title, state: "closed" } });
  for (const { title, body } of [...source.issues, ...source.issues]) {
    await ask(url, "POST", `${at}/issues`, { token, body: { title, body: `${body}\n` } });
  }
  const work = project(resolve(scratch, "adopted"), source, { url: front.url, token, repository });
  const before = front.writes().length;
  const refused = await work.run("plan");
  const complaints = refused.out.includes("#1") ? [] : [`a plan does not name the copies:\n${refused.out}${refused.err}`];
  // What is adopted by its title alone is people's: where its state differs, somebody has to decide.
  complaints.push(...unless(await work.apply("--adopt", "oldest"), 5));
  complaints.push(...unless(await work.apply("--on-conflict", "ours"), 0));
  const made = front.writes().slice(before).filter((line) => line.startsWith("POST issues {"));
  const issues = await all(server, "issues");
  const marked = issues.filter(({ body }) => body?.includes("<!-- roadbook:id="));
  const missing = source.issues.filter(({ title, labels }) => {
    const issue = marked.find((it) => it.title === title);
    return labels.some((name) => !issue?.labels.some((label) => label.name === name));
  });
  complaints.push(...missing.map(({ title }) => `${title} lacks labels`));
  return [...complaints, ...counted([made.length, issues.length, marked.length], [0, 2 * source.issues.length, source.issues.length]), ...await unfinished(work)];
}
