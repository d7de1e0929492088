// Holds the words that search.js finds to the vectors that the Rust side is held to, and the whole index to its titles.
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
  process.exitCode = wrong.length ? 1 : 0;
}
