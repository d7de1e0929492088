// A roadmap in a folder of its own, and the real `roadbook` run over it.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** A folder with this roadmap; `run` runs the program in it against a server. */
export function project(folder, source, { url, token, repository }) {
  rmSync(folder, { recursive: true, force: true });
  const file = resolve(folder, "roadmap/milestones_and_issues.json");
  mkdirSync(dirname(file), { recursive: true });
  // What is judged here is what is sent: no pages.
  const outputs = { summary: null, milestones: null, labels: null, site: null };
  const write = (changed) => writeFileSync(file, JSON.stringify({ ...changed, outputs }));
  write(source);
  const env = { GH_TOKEN: token, GITHUB_API_URL: url };
  const runs = (...words) => run(folder, env, [...words, "--repo", repository]);
  // What a plan asks to be confirmed by its number is confirmed.
  const apply = async (...words) => {
    const told = await runs("apply", "--yes", ...words);
    const number = /asks for `--yes=(\d+)`/.exec(told.out)?.[1];
    return told.code === 2 && number ? runs("apply", `--yes=${number}`, ...words) : told;
  };
  return { write, read: () => JSON.parse(readFileSync(file, "utf8")), run: runs, apply };
}

function run(cwd, env, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.ROADBOOK, words, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const told = { words: words.join(" "), out: "", err: "" };
    child.stdout.on("data", (data) => (told.out += data));
    child.stderr.on("data", (data) => (told.err += data));
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...told, code }));
  });
}

/** A complaint where a run did not end as it should have. */
export function unless(run, code) {
  return run.code === code ? [] : [`\`roadbook ${run.words}\` ended with ${run.code}:\n${run.out}${run.err}`];
}
