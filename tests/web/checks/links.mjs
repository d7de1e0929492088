// Every link inside the site leads to a file that is there, and to an id on it; no id stands twice on a page.

import { posix } from "node:path";

export const name = "internal links and fragments resolve, ids are unique";

export function check(site, pages = site.pages) {
  const files = new Set(site.files);
  const ids = new Map();
  const idsOf = (path) => {
    if (!ids.has(path)) ids.set(path, new Set(site.elements(path).map(({ attrs }) => attrs.id).filter((id) => id !== undefined)));
    return ids.get(path);
  };
  const complaints = [];
  for (const path of pages) {
    const seen = new Set();
    for (const { tag, attrs } of site.elements(path)) {
      if (attrs.id !== undefined) {
        if (seen.has(attrs.id)) complaints.push(`${site.name}/${path}: the id "${attrs.id}" stands twice`);
        seen.add(attrs.id);
      }
      for (const url of addresses(tag, attrs)) {
        const fault = resolve(url);
        if (fault) complaints.push(`${site.name}/${path}: <${tag}> ${url}: ${fault}`);
      }
      for (const key of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list"]) {
        for (const id of attrs[key]?.split(/\s+/) ?? []) {
          if (!idsOf(path).has(id)) complaints.push(`${site.name}/${path}: ${key} names "${id}", which is not there`);
        }
      }
    }
    function resolve(url) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return null;
      if (url.startsWith("//")) return "leads to another host";
      if (url.startsWith("/")) return path === "404.html" ? null : "begins at the host, and the site lies under a sub-path";
      const [, file, , fragment] = url.match(/^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s);
      let target;
      try {
        target = file === "" ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
      } catch {
        return "cannot be decoded";
      }
      if (!files.has(target)) return target.endsWith("/") ? "is a folder, which file:// does not open" : "is not there";
      if (fragment === undefined) return null;
      if (!target.endsWith(".html")) return "has a fragment in a file that is no page";
      return idsOf(target).has(decodeURIComponent(fragment)) ? null : "its fragment is not there";
    }
  }
  return complaints;
}

function addresses(tag, attrs) {
  const found = ["href", "src", "action", "formaction", "poster", "data", "cite"].map((key) => attrs[key]);
  for (const part of attrs.srcset?.split(",") ?? []) found.push(part.trim().split(/\s+/)[0]);
  if (tag === "meta" && attrs["http-equiv"]?.toLowerCase() === "refresh") found.push(attrs.content.replace(/^.*?url=/i, ""));
  return found.filter((url) => url !== undefined);
}

const into = (words) => (html) => html.replace("</main>", `${words}</main>`);
export const faults = {
  "a dead link": into('<a href="nowhere.html">x</a>'),
  "a dead fragment": into('<a href="#nowhere">x</a>'),
  "a dead image": into('<img src="nowhere.svg" alt="x">'),
  "an address from the host": into('<a href="/index.html">x</a>'),
  "a folder": into('<a href="issues/">x</a>'),
  "a doubled id": into('<p id="main">x</p>'),
  "a name from an id that is not there": into('<p aria-labelledby="nobody">x</p>'),
};
