// Steps with a heading, a time and a count; the last line reads `N passed, 0 failed`.

const passed = [];
const failed = [];
const most = 25;

/** Runs a check: it gives a list of complaints, and passes where that is empty. $ONLY picks steps by their names. */
export async function step(name, check) {
  const words = (process.env.ONLY ?? "").split(" ").filter((word) => word !== "");
  if (words.length > 0 && !words.some((word) => name.includes(word))) return;
  const began = Date.now();
  let complaints;
  console.log(`\n-- ${name}`);
  try {
    complaints = await check();
  } catch (error) {
    complaints = [error.stack ?? String(error)];
  }
  for (const words of complaints.slice(0, most)) console.log(`   ${words}`);
  if (complaints.length > most) console.log(`   and ${complaints.length - most} more`);
  (complaints.length === 0 ? passed : failed).push(name);
  console.log(`   ${complaints.length === 0 ? "passed" : "FAILED"} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Says how it went and gives the exit code. */
export function close() {
  console.log(failed.length > 0 ? `\nfailed: ${failed.join("\nfailed: ")}` : "");
  console.log(`${passed.length} passed, ${failed.length} failed`);
  // To have looked at nothing is not to have passed.
  return failed.length === 0 && passed.length > 0 ? 0 : 1;
}
