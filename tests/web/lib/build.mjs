// Builds the sites of the fixtures into the scratch folder, with the binary that $ROADBOOK names.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Site } from "./site.mjs";

/** Builds a source in a folder of its own; `source` is the text of the JSON, or a folder to copy its JSON from. */
export function build(scratch, name, source) {
  const root = join(scratch, name);
  mkdirSync(join(root, "roadmap"), { recursive: true });
  if (typeof source === "string" && existsSync(source)) {
    for (const file of readdirSync(source).filter((file) => file.endsWith(".json"))) {
      cpSync(join(source, file), join(root, "roadmap", file));
    }
  } else {
    writeFileSync(join(root, "roadmap", "milestones_and_issues.json"), source);
  }
  const run = spawnSync(process.env.ROADBOOK, ["build"], { cwd: root, encoding: "utf8", timeout: 300_000 });
  const folder = join(root, "site");
  return { status: run.status, words: run.stderr, folder, isBuilt: existsSync(join(folder, "index.html")) };
}

/** A site with its history, of revisions of a source that were committed a day after the other. */
export function told(scratch, name, revisions) {
  const root = join(scratch, name);
  mkdirSync(join(root, "roadmap"), { recursive: true });
  const git = (day, ...args) => {
    const date = `${day}T12:00:00Z`;
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const run = spawnSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: root, env, encoding: "utf8" });
    if (run.status !== 0) throw new Error(`git ${args.join(" ")}: ${run.stderr}`);
  };
  git("2026-10-01", "init", "--quiet");
  revisions.forEach((source, n) => {
    writeFileSync(join(root, "roadmap", "milestones_and_issues.json"), source);
    const day = `2026-10-${String(n + 1).padStart(2, "0")}`;
    git(day, "add", "--all");
    git(day, "commit", "--quiet", "--message", "Change the plan");
  });
  const args = ["build", "--history", "--out", "public", "--as-of", "2026-11-22"];
  const run = spawnSync(process.env.ROADBOOK, args, { cwd: root, encoding: "utf8", timeout: 60_000 });
  const folder = join(root, "public");
  if (![0, 1].includes(run.status) || !existsSync(join(folder, "changes.html"))) {
    throw new Error(`the history of ${name} was not built (exit code ${run.status}):\n${run.stderr}`);
  }
  return new Site(name, folder);
}

/** A site that must come out: judging faults (exit code 1) are built and drawn. */
export function site(scratch, name, source) {
  const built = build(scratch, name, source);
  if (![0, 1].includes(built.status) || !built.isBuilt) {
    throw new Error(`the site of ${name} was not built (exit code ${built.status}):\n${built.words}`);
  }
  return new Site(name, built.folder);
}
