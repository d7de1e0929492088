// What a first view costs: bytes after gzip, requests, elements.

import { posix } from "node:path";
import { gzipSync } from "node:zlib";

export const name = "weights: first view, style sheet, scripts, elements";

export const most = { view: 30 * 1024, requests: 5, css: 10 * 1024, js: 10 * 1024, elements: 3000 };

export function check(site, pages = site.pages) {
  const complaints = [];
  const heaviest = { view: 0, elements: 0 };
  const zipped = (path) => gzipSync(site.read(path), { level: 6 }).length;
  const sizes = new Map();
  const size = (path) => {
    if (!sizes.has(path)) sizes.set(path, zipped(path));
    return sizes.get(path);
  };
  for (const path of pages) {
    const complain = (words) => complaints.push(`${site.name}/${path}: ${words}`);
    const elements = site.elements(path);
    const loaded = elements.flatMap(({ tag, attrs }) => {
      const url = ["script", "img"].includes(tag) ? attrs.src : tag === "link" && /stylesheet|icon/.test(attrs.rel) ? attrs.href : undefined;
      return url && !/^(data|https?):/.test(url) ? [posix.join(posix.dirname(path), url.replace(/[?#].*/, ""))] : [];
    });
    const files = [path, ...new Set(loaded)].filter((file) => site.files.includes(file));
    const view = files.reduce((sum, file) => sum + size(file), 0);
    if (view > most.view) complain(`the first view weighs ${view} bytes`);
    if (1 + loaded.length > most.requests) complain(`the first view takes ${1 + loaded.length} requests`);
    if (elements.length > most.elements) complain(`${elements.length} elements`);
    for (const [kind, limit] of [["css", most.css], ["js", most.js]]) {
      const sum = files.filter((file) => file.endsWith(`.${kind}`)).reduce((sum, file) => sum + size(file), 0);
      if (sum > limit) complain(`${kind} weighs ${sum} bytes`);
    }
    heaviest.view = Math.max(heaviest.view, view);
    heaviest.elements = Math.max(heaviest.elements, elements.length);
  }
  console.log(`   ${site.name}: ${pages.length} pages, heaviest first view ${heaviest.view} bytes, most elements ${heaviest.elements}`);
  return complaints;
}

const into = (words) => (html) => html.replace("</main>", () => `${words}</main>`);
const noise = () => Array.from({ length: 9000 }, (_, n) => Math.sin(n).toString(36).slice(3)).join(" ");
export const faults = {
  "a heavy page": into(`<p>${noise()}</p>`),
  "many elements": into("<i></i>".repeat(3000)),
  "many requests": into('<img src="a.svg" alt=""><img src="b.svg" alt=""><img src="c.svg" alt="">'),
};
