// On paper: light, without what can only be clicked, nothing cut off. And with text at twice its size, or with the spacing that
// WCAG 1.4.12 grants to readers: nothing wider than the window, nothing clipped.

import { each, settle } from "../lib/browser.mjs";

export const name = "paper, large text and wide spacing";

// A4 with the margins that the style sheet asks for, in CSS pixels.
const paper = { width: 680, height: 1010 };
const spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }";
const large = "html { font-size: 200% !important; }";

export async function check(site, { browser, server }, paths = site.samples()) {
  const complaints = [];
  const context = await browser.newContext({ colorScheme: "dark", viewport: paper, bypassCSP: true });
  await each(paths, async (path) => {
    const page = await context.newPage();
    const complain = (words) => complaints.push(`${site.name}/${path}: ${words}`);
    await page.emulateMedia({ media: "print" });
    await page.goto(server.url(site, path));
    const printed = await page.evaluate(look);
    if (printed.ground !== "rgb(255, 255, 255)") complain(`is printed on ${printed.ground}`);
    if (printed.controls > 0) complain(`${printed.controls} controls are printed`);
    if (printed.cut.length > 0) complain(`is cut on paper: ${printed.cut.join(" ")}`);
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const [what, sheet] of [["large text", large], ["wide spacing", spacing]]) {
      const added = await page.addStyleTag({ content: sheet });
      await settle(page);
      const seen = await page.evaluate(look);
      if (seen.wide) complain(`with ${what} it is wider than the window`);
      if (seen.clipped.length > 0) complain(`with ${what} a text is clipped: ${seen.clipped.join(" ")}`);
      await added.evaluate((element) => element.remove());
    }
    await page.close();
  });
  await context.close();
  return complaints;
}

// What is seen of a page, in the browser.
function look() {
  const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const all = [...document.body.querySelectorAll("*")].filter(shown);
  const name = (element) => element.outerHTML.slice(0, 60);
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const boxes = all.filter((element) => !element.closest("svg") && element.clientWidth > 1);
  const overflows = (element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline";
  return {
    ground: getComputedStyle(document.documentElement).backgroundColor,
    // What sorts a table by a head is printed as the words of that head.
    controls: all.filter((element) => element.matches(":not(th) > button, select, input[type=search], input[type=radio], .top nav a")).length,
    cut: boxes.filter((element) => overflows(element) && (scrolls(element) || element === document.body)).slice(0, 3).map(name),
    wide: document.documentElement.scrollWidth > window.innerWidth,
    clipped: boxes.filter((element) => getComputedStyle(element).overflowX === "hidden" && overflows(element) && element.textContent.trim() !== "" && !element.matches(".hidden, legend")).slice(0, 3).map(name),
  };
}

const styled = (sheet) => (html) => html.replace("</head>", `<link rel="stylesheet" href="assets/${sheet}.css"></head>`);
export const spoilers = {
  "assets/dark-paper.css": "@media print { :root:root { color-scheme: dark; } }",
  "assets/nav-on-paper.css": "@media print { .top, .top nav { display: block !important; } }",
  "assets/wide.css": "@media print { .picture-box { overflow-x: auto !important; } .picture.picture { min-inline-size: 1400px !important; } }",
  "assets/clip.css": "h1 { overflow: hidden; white-space: nowrap; inline-size: 12rem; }",
};
export const faults = {
  "a dark page on paper": styled("dark-paper"),
  "the navigation on paper": styled("nav-on-paper"),
  "a text that is clipped": styled("clip"),
  "a box that is cut on paper": (html) => html.replace("</main>", '<div class="picture-box"><svg class="picture picture-timeline" width="1400" height="9" role="img" aria-label="x"></svg></div></main>').replace("</head>", '<link rel="stylesheet" href="assets/wide.css"></head>'),
};
