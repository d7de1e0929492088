// A built website as the checks see it: its files, its pages as parsed HTML, and copies with one page changed.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "parse5";

export class Site {
  #changed;
  #parsed = new Map();

  constructor(name, folder, changed = {}) {
    this.name = name;
    this.folder = folder;
    this.#changed = changed;
    this.files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
      .concat(Object.keys(changed))
      .filter((path, at, paths) => paths.indexOf(path) === at)
      .sort();
    this.pages = this.files.filter((path) => path.endsWith(".html"));
  }

  read(path) {
    return Buffer.from(this.#changed[path] ?? readFileSync(join(this.folder, path)));
  }

  /** The elements of a page in document order; each has `tag`, `attrs` (an object), `text` and `parent`. */
  elements(path) {
    if (!this.#parsed.has(path)) this.#parsed.set(path, flat(parse(this.read(path).toString())));
    return this.#parsed.get(path);
  }

  /** The same site with another text in one page, and files put in: how faults are planted. */
  with(path, change, added = {}, name = this.name) {
    const before = this.read(path).toString();
    const after = change(before);
    if (after === before) throw new Error(`the fault found nothing to spoil in ${path}`);
    return new Site(name, this.folder, { ...this.#changed, ...added, [path]: after });
  }

  /** Where a page sends its reader on to by itself, else undefined: so does the page of a former id. */
  leadsTo(path) {
    const refresh = this.elements(path).find(({ tag, attrs }) => tag === "meta" && attrs["http-equiv"] === "refresh");
    return refresh?.attrs.content.replace(/^.*?url=/i, "");
  }

  /** One page of each kind, the heaviest: that is where a rule breaks first. */
  samples() {
    const heaviest = new Map();
    for (const path of this.pages.filter((path) => this.leadsTo(path) === undefined)) {
      const size = this.read(path).length;
      if (size > (heaviest.get(kind(path))?.size ?? 0)) heaviest.set(kind(path), { path, size });
    }
    return [...heaviest.values()].map(({ path }) => path);
  }
}

/** What kind of page a path is, as `issue`, `graph` or `404`: a new kind of page is a new name, and so is checked. */
export function kind(path) {
  const inFolder = path.match(/^(\w+)s\/\w-/);
  // The timelines by this group of labels and by that are one kind; the one by people is another.
  return inFolder ? inFolder[1] : path.replace(/([~+]\d+)?\.html$/, "").replace(/-m-.*$/, "-of-one").replace(/-by-(?!people).*$/, "-by-group");
}

function flat(document) {
  const elements = [];
  const walk = (node, parent) => {
    let element = parent;
    if (node.tagName) {
      const attrs = Object.create(null);
      for (const { name, value } of node.attrs) attrs[name] = value;
      element = { tag: node.tagName, attrs, node, parent, get text() { return textOf(node); } };
      elements.push(element);
    }
    for (const child of node.childNodes ?? []) walk(child, element);
    if (node.content) walk(node.content, element);
  };
  walk(document, null);
  return elements;
}

function textOf(node) {
  return node.nodeName === "#text" ? node.value : (node.childNodes ?? []).map(textOf).join("");
}
