// The same source gives the same bytes, and what must be refused is refused with a word and without a file.

import { build, site } from "../lib/build.mjs";

export const names = { same: "the same output twice", refused: "nasty inputs that must be refused" };

export function same(one, other) {
  const complaints = [];
  if (one.files.join() !== other.files.join()) complaints.push(`${one.name}: other files`);
  for (const path of one.files.filter((path) => other.files.includes(path))) {
    if (!one.read(path).equals(other.read(path))) complaints.push(`${one.name}/${path} differs`);
  }
  return complaints;
}

export function again(scratch, name, source) {
  return site(scratch, `${name}-again`, source);
}

export function refused(scratch, sources) {
  return Object.entries(sources).flatMap(([fault, source], n) => {
    const built = build(scratch, `refused-${n}`, source);
    if (built.isBuilt) return [`built in spite of ${fault}`];
    if (built.status === null || built.status === 0 || built.status > 3) return [`exit code ${built.status} for ${fault}`];
    return /^error\[[a-z-]+\]: \S/m.test(built.words) && !built.words.includes("panicked") ? [] : [`no clear word on ${fault}: ${built.words.slice(0, 200)}`];
  });
}
