// The servers of these tests, each on a port of its own: a GitHub that others wrote, one that we wrote, Prism as the judge
// of what goes to and fro, and relays that remember it.

import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createEmulator } from "emulate";

export const repository = "acme/data-platform";

/** A port that is free. */
export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Sends a request and gives status, headers and what came back, as JSON where it is. */
export async function ask(base, method, path, { token, body } = {}) {
  const headers = { accept: "application/vnd.github+json", "user-agent": "roadbook-oracle" };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const answer = await fetch(base + path, { method, headers, redirect: "manual", body: body && JSON.stringify(body) });
  const text = await answer.text();
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    value = text;
  }
  return { status: answer.status, headers: answer.headers, body: value };
}

/** Waits until a server tells its limits. */
async function ready(base) {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await ask(base, "GET", "/rate_limit").catch(() => undefined);
    if (answer?.status === 200) return;
    await wait(100);
  }
  throw new Error(`${base} did not come up within a minute`);
}

/** A GitHub that nobody here wrote: labels, milestones and issues, with an empty repository in it. */
export async function emulated(people) {
  const [owner, name] = repository.split("/");
  const token = "token_of_the_emulator";
  const users = ["maintainer", ...people].map((login) => ({ login, name: login }));
  const github = { users, orgs: [{ login: owner, name: owner }], repos: [{ owner, name, private: false, auto_init: true }] };
  const seed = { tokens: { [token]: { login: "maintainer", scopes: ["repo", "user"] } }, github };
  const server = await createEmulator({ service: "github", port: await freePort(), seed });
  await ready(server.url);
  return { url: server.url, token, mend, close: () => server.close() };
}

/** What the emulator leaves out where it shows the repository itself: these members, which Roadbook does not read. */
function mend(path, text) {
  if (path !== `/repos/${repository}`) return text;
  const shown = JSON.parse(text);
  const addresses = ["followers", "following", "gists", "organizations", "received_events", "starred", "subscriptions"];
  for (const name of addresses) shown.owner[`${name}_url`] ??= `${shown.owner.url}/${name}`;
  shown.owner.gravatar_id ??= "";
  return JSON.stringify({ network_count: 0, subscribers_count: 0, ...shown });
}

/** Our own GitHub, as a program. */
export async function fake(...words) {
  const child = spawn(process.env.FAKE, words, { stdio: ["pipe", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data)));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${process.env.FAKE} ended with ${code}`)));
  });
  const [, url, token] = /^(\S+) with the token (\S+)/.exec(line);
  return { url, token, close: () => child.stdin.end() };
}

/** A server that hands everything on to another one, which can be exchanged, and remembers what was asked. */
export async function relay(target) {
  const log = [];
  const self = { target, log, requests: () => log.map(({ line }) => line), writes, close: () => server.close() };
  function writes() {
    return log.filter(({ method }) => method !== "GET").map(({ line }) => line);
  }
  const server = http.createServer(async (asked, answer) => {
    const chunks = [];
    for await (const chunk of asked) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const headers = { ...asked.headers, host: new URL(self.target).host, "content-length": body.length };
    if (body.length === 0) delete headers["content-length"];
    delete headers["transfer-encoding"];
    delete headers.connection;
    const entry = { method: asked.method, path: asked.url, body: body.toString(), line: line(asked, body) };
    log.push(entry);
    const onward = http.request(self.target + asked.url, { method: asked.method, headers }, async (told) => {
      entry.status = told.statusCode;
      const chunks = [];
      for await (const chunk of told) chunks.push(chunk);
      let text = Buffer.concat(chunks);
      const kept = atHome(told.headers, self.url);
      if (self.mend && told.statusCode === 200) {
        text = Buffer.from(self.mend(asked.url, text.toString()));
        kept["content-length"] = text.length;
        delete kept["transfer-encoding"];
      }
      answer.writeHead(told.statusCode, kept);
      answer.end(text);
    });
    onward.on("error", () => answer.destroy());
    onward.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  self.url = `http://127.0.0.1:${server.address().port}`;
  return self;
}

/** Addresses that lead behind the relay, made to lead through it. */
function atHome(headers, url) {
  const kept = { ...headers };
  for (const name of ["link", "location"]) {
    if (kept[name]) kept[name] = kept[name].replaceAll(/https?:\/\/[^/>]+/g, url);
  }
  return kept;
}

function line(asked, body) {
  const path = decodeURIComponent(asked.url.replace(`/repos/${repository}/`, ""));
  return body.length > 0 ? `${asked.method} ${path} ${body}` : `${asked.method} ${path}`;
}

/** Prism with one of GitHub's documents: it judges what passes on its way to another server. */
export async function prism(document, target, logFile) {
  const port = await freePort();
  const program = "node_modules/@stoplight/prism-cli/dist/index.js";
  const words = [program, "proxy", "-h", "127.0.0.1", "-p", String(port), "--errors", document, target];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const url = `http://127.0.0.1:${port}`;
  await ready(url);
  return { url, complaints: () => complaints(logFile), close: () => child.kill() };
}

/** What Prism found wrong: a connection that was cut is no fault of what was said on it. */
async function complaints(logFile) {
  // It answers first and writes down then.
  await wait(300);
  const plain = readFileSync(logFile, "utf8").replaceAll(/\u001b\[[0-9;]*m/g, "");
  return plain.split("\n").filter((line) => /✖\s+error/.test(line) && !line.includes("FetchError"));
}
