// A small static server as GitHub Pages is one: gzip, 404.html for what is not there, everything under a sub-path.

import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const types = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
  ics: "text/calendar",
  xml: "application/xml",
  txt: "text/plain; charset=utf-8",
};

/** A name that the browser is told to find here, and that it trusts as it trusts https. */
const host = "roadmap.localhost";

/** Where a site will lie: a source may name it as its URL. */
export function address(name) {
  return `http://${host}/x/y/${name}/`;
}

/** Serves sites by their names: `url(site, path)` is where a page of one lies. `set` puts a changed site in. */
export async function serve(sites) {
  const byName = new Map(sites.map((site) => [site.name, site]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const [, name, rest] = path.match(/^\/x\/y\/([^/]+)\/(.*)$/) ?? [];
    const site = byName.get(name);
    const file = rest === "" ? "index.html" : rest;
    const found = site?.files.includes(file);
    const bytes = found ? site.read(file) : site?.files.includes("404.html") ? site.read("404.html") : Buffer.from("");
    const type = types[(found ? file : "404.html").split(".").pop()] ?? "application/octet-stream";
    const body = gzipSync(bytes);
    response.writeHead(found ? 200 : 404, {
      "content-type": type,
      "content-encoding": "gzip",
      "content-length": body.length,
      "cache-control": "max-age=600",
    });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    host,
    port: server.address().port,
    origin: `http://${host}`,
    url: (site, path) => address(site.name) + encodeURI(path),
    set: (site) => byName.set(site.name, site),
    close: () => server.close(),
  };
}
