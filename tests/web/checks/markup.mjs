// The Nu HTML checker finds neither error nor warning in any page.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";

export const name = "Nu HTML checker";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/**
 * Checks all sites in one run, since the start of the machine is what costs, with planted faults among them. They come
 * over http, since the checker also holds the pages to their policies, and a file has no origin.
 */
export async function check(sites, server) {
  const spoilt = Object.values(faults).map((plant, n) => sites[0].with("index.html", plant, {}, `fault-${n}`));
  for (const site of spoilt) server.set(site);
  const urls = [
    ...spoilt.map((site) => server.url(site, "index.html")),
    ...sites.flatMap((site) => site.pages.map((path) => server.url(site, path))),
  ];
  const { stdout } = await promisify(execFile)(
    process.env.JAVA,
    [
      "-Xss8m", "-Dhttp.proxyHost=127.0.0.1", `-Dhttp.proxyPort=${server.port}`, "-jar", jar,
      "--format", "json", "--stdout", "--exit-zero-always", ...urls,
    ],
    { maxBuffer: 1 << 28 },
  );
  const messages = JSON.parse(stdout).messages.filter(({ type, subType }) => type !== "info" || subType === "warning");
  const isPlanted = ({ url }) => spoilt.some((site) => url === server.url(site, "index.html"));
  const words = ({ url, lastLine, lastColumn, message, subType, type }) =>
    `${url.replace(/^.*?\/x\/y\//, "")}:${lastLine}:${lastColumn}: ${subType ?? type}: ${message}`;
  console.log(`   ${urls.length} pages`);
  return {
    complaints: messages.filter((message) => !isPlanted(message)).map(words),
    unnoticed: Object.keys(faults)
      .filter((_, n) => !messages.some(({ url }) => url === server.url(spoilt[n], "index.html")))
      .map((fault) => `unnoticed: ${fault}`),
  };
}

const into = (words) => (html) => html.replace("</main>", `${words}</main>`);
const faults = {
  "a paragraph in a phrase": into("<span><p>x</p></span>"),
  "an unknown attribute": into('<p nonsense="x">x</p>'),
  "a section without a heading, a warning": into("<section><p>x</p></section>"),
  "an element that is not closed": into("<div>"),
};
