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
export async function check(sites, server, pagesOf = (site) => site.pages) {
  const spoilt = Object.values(faults).map((plant, n) => sites[0].with("index.html", plant, {}, `fault-${n}`));
  for (const site of spoilt) server.set(site);
  // The checker's own host names are out of reach, so that it asks by number.
  const url = (site, path) => server.url(site, path).replace(server.host, `127.0.0.1:${server.port}`);
  const urls = [
    ...spoilt.map((site) => url(site, "index.html")),
    ...sites.flatMap((site) => pagesOf(site).map((path) => url(site, path))),
  ];
  const { stdout } = await promisify(execFile)(
    process.env.JAVA,
    [
      "-Xss8m", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", jar,
      "--format", "json", "--stdout", "--exit-zero-always", ...urls,
    ],
    { maxBuffer: 1 << 28 },
  );
  const isFault = ({ type, subType }) => type !== "info" || subType === "warning";
  // 404.html names the site by its address, which is another host for the checker alone.
  // And what people wrote stays as they wrote it, composed or not.
  const isMeant = ({ url, message }) =>
    (url.endsWith("/404.html") && message.includes(server.host)) || /Normalization Form C|composing character|Year may be mistyped|appears to be written in/.test(message);
  const told = JSON.parse(stdout).messages;
  const unread = told.find(({ type }) => type === "non-document-error");
  if (unread) throw new Error(`the checker could not read ${unread.url}: ${unread.message}`);
  const messages = told.filter((message) => isFault(message) && !isMeant(message));
  const isPlanted = (message) => spoilt.some((site) => message.url === url(site, "index.html"));
  const words = ({ url, lastLine, lastColumn, message, subType, type }) =>
    `${url.replace(/^.*?\/x\/y\//, "")}:${lastLine}:${lastColumn}: ${subType ?? type}: ${message}`;
  console.log(`   ${urls.length} pages`);
  return {
    complaints: messages.filter((message) => !isPlanted(message)).map(words),
    unnoticed: Object.keys(faults)
      .filter((_, n) => !messages.some((message) => message.url === url(spoilt[n], "index.html")))
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
