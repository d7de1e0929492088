// Holds the words that search.js finds to the vectors that the Rust side is held to, and what it finds of an id that is typed.
//
//     node tests/search/words.mjs            the vectors
//     node tests/search/words.mjs --print    the vectors with the words that the script finds

import { readFileSync } from "node:fs";
import vm from "node:vm";

const folder = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, folder), "utf8");

const page = vm.createContext({});
vm.runInContext(read("templates/assets/search.js"), page);
const { wordsOf, bucketOf } = page.roadbook;
const found = (text) => Array.from(wordsOf(text), (word) => [word, bucketOf(word, 8)]);

const vectors = JSON.parse(read("tests/search/words.json"));
if (process.argv[2] === "--print") {
  const line = ({ text }) => JSON.stringify({ text, words: found(text) });
  console.log(`[\n${vectors.map(line).join(",\n")}\n]`);
} else {
  const wrong = vectors.filter(({ text, words }) => JSON.stringify(found(text)) !== JSON.stringify(words));
  for (const { text, words } of wrong) {
    console.error(`${JSON.stringify(text)}\n  wanted ${JSON.stringify(words)}\n  found  ${JSON.stringify(found(text))}`);
  }
  console.log(`${vectors.length} texts, ${wrong.length} cut otherwise than by Rust`);
  // Whoever types an id sees fewer items with each sign, and never others: the index is that of our own site.
  vm.runInContext(read("site/search/index.js"), page);
  const numbers = (query) => new Set(Array.from(page.roadbook.find(query), ({ number }) => number));
  const typed = ["DB-", "DB-0", "DB-01", "DB-012"].map(numbers);
  const shrinks = typed.every((found, at) => !at || [...found].every((number) => typed[at - 1].has(number)));
  const counts = typed.map((found) => found.size);
  const asked = counts[1] >= 22 && counts[2] >= 10 && counts[3] === 1 && shrinks;
  console.log(`an id while it is typed: ${counts.join(", ")} found`);
  process.exitCode = wrong.length || !asked ? 1 : 0;
}
