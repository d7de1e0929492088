// The Nu HTML checker finds neither error nor warning in any page.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export const name = "Nu HTML checker";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** Checks all sites in one run, since the start of the machine is what costs, with planted faults among them. */
export function check(sites, scratch) {
  const planted = join(scratch, "faults");
  mkdirSync(planted, { recursive: true });
  const html = sites[0].read("index.html").toString();
  for (const [n, plant] of Object.values(faults).entries()) writeFileSync(join(planted, `${n}.html`), plant(html));
  const run = spawnSync(
    process.env.JAVA,
    ["-Xss8m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", planted, ...sites.map((site) => site.folder)],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (run.status !== 0) throw new Error(`the checker ended with ${run.status}: ${run.stderr.slice(0, 2000)}`);
  const messages = JSON.parse(run.stdout).messages.filter(({ type, subType }) => type !== "info" || subType === "warning");
  const file = (url) => decodeURIComponent(url.replace(/^file:/, ""));
  const isPlanted = ({ url }) => file(url).startsWith(planted);
  const noticed = new Set(messages.filter(isPlanted).map(({ url }) => file(url)));
  const words = ({ url, lastLine, lastColumn, message, subType, type }) =>
    `${file(url).slice(scratch.length + 1)}:${lastLine}:${lastColumn}: ${subType ?? type}: ${message}`;
  return {
    complaints: messages.filter((message) => !isPlanted(message)).map(words),
    unnoticed: Object.keys(faults).filter((_, n) => !noticed.has(join(planted, `${n}.html`))).map((fault) => `unnoticed: ${fault}`),
  };
}

const into = (words) => (html) => html.replace("</main>", `${words}</main>`);
const faults = {
  "a paragraph in a phrase": into("<span><p>x</p></span>"),
  "an unknown attribute": into('<p nonsense="x">x</p>'),
  "a heading that skips levels, a warning": into("<section><p>x</p></section>"),
  "an element that is not closed": into("<div>"),
};
