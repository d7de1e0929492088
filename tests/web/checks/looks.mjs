// What readers meet on every page: a head that leaves room for the page, colours that can be told apart, pictures that fill their column.

import { each, gotoWithoutScripts, settle } from "../lib/browser.mjs";

export const names = {
  head: "looks: the head is low, holds the search and the theme, and nothing that does nothing",
  colours: "looks: dots of labels and words of code can be seen in both themes",
  pictures: "looks: pictures fill their column",
};

const most = { head: 96 };
const least = { dot: 3, text: 4.5, picture: 0.95 };

/** Looks at the heads of pages on a phone, with and without scripts, and on paper. */
export async function head(site, { browser, server }, paths = site.samples()) {
  const complaints = [];
  await each(paths, async (path) => {
    const complain = (words) => complaints.push(`${site.name}/${path}: ${words}`);
    // Each its own: pages of one visit share the theme.
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await gotoWithoutScripts(page, server.url(site, path));
    if ((await page.locator(".top :is(button, input, select):visible").count()) > 0) complain("a control in the head that does nothing without scripts");
    await page.goto(server.url(site, path));
    await settle(page);
    const seen = await page.evaluate(() => {
      const top = document.querySelector(".top"), nav = top.querySelector("nav"), here = nav.querySelector("[aria-current]");
      const lines = new Set([...nav.querySelectorAll("li")].map((li) => Math.round(li.getBoundingClientRect().top)));
      const box = (element) => element.getBoundingClientRect();
      return {
        height: box(top).height, lines: lines.size, search: top.querySelector("a[href*='search.html']")?.checkVisibility(),
        buttons: top.querySelectorAll("button").length, name: top.querySelector("button")?.getAttribute("aria-label"),
        here: !here || (box(here).left >= -1 && box(here).left < innerWidth), wide: document.documentElement.scrollWidth > innerWidth,
      };
    });
    if (seen.height > most.head) complain(`the head is ${Math.round(seen.height)} px high at 360 px`);
    if (seen.lines > 1) complain(`the pages stand in ${seen.lines} lines`);
    if (!seen.search) complain("no search in the head");
    if (seen.buttons !== 1 || !/^Theme/.test(seen.name)) complain(`${seen.buttons} buttons in the head, and not one for the theme`);
    if (!seen.here) complain("this page is not in view among the pages");
    if (seen.wide) complain("wider than the window");
    const grounds = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await page.locator(".theme").click({ timeout: 2000 }).catch(() => complain("the theme cannot be clicked"));
      grounds.push(await page.evaluate(() => `${document.documentElement.dataset.theme ?? "auto"} ${document.querySelector(".theme").ariaLabel}`));
    }
    if (grounds.join() !== "dark Theme: dark,light Theme: light,auto Theme: auto") complain(`the theme goes ${grounds.join(", ")}`);
    await page.emulateMedia({ media: "print" });
    if (await page.locator(".top").isVisible()) complain("the head is printed");
    await context.close();
  });
  return complaints;
}

/** Measures the dots of labels against what is around them, and the words of code against their ground. */
export async function colours(site, { browser, server }, paths) {
  const complaints = new Set();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  let dots = 0, words = 0;
  for (const path of paths) {
    await page.goto(server.url(site, path));
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const seen = await page.evaluate(measured);
      dots += seen.dots.length;
      words += seen.words.length;
      for (const { name, contrast } of seen.dots) if (!(contrast >= least.dot)) complaints.add(`${site.name}/${path}: the dot of ${name} has ${contrast.toFixed(2)}:1 in ${colorScheme}`);
      for (const { name, contrast } of seen.words) if (!(contrast >= least.text)) complaints.add(`${site.name}/${path}: ${name} has ${contrast.toFixed(2)}:1 in ${colorScheme}`);
    }
  }
  await context.close();
  console.log(`   ${site.name}: ${dots} dots, ${words} words of code`);
  return [...complaints];
}

// The contrast of dots and of words of code, in the browser. A dot is seen by its own colour or by its edge.
function measured() {
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (a, b) => {
    if (rgba(a)[3] < 255) return 1;
    const [one, other] = [light(rgba(a)), light(rgba(b))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) if (rgba(getComputedStyle(at).backgroundColor)[3] === 255) return getComputedStyle(at).backgroundColor;
    return "#fff";
  };
  const seen = (element) => element.checkVisibility();
  const dot = (element) => {
    const style = getComputedStyle(element, "::before");
    return { style, isThere: style.content !== "none" && style.display !== "none" };
  };
  const dots = [...document.querySelectorAll("main .chip, main .key .l, main h2.l")].filter(seen).map((element) => [element, dot(element)]).filter(([, { isThere }]) => isThere)
    .map(([element, { style }]) => ({
      name: element.textContent,
      contrast: rgba(style.backgroundColor)[3] < 255 ? 1 : Math.max(contrast(style.backgroundColor, ground(element)), parseFloat(style.borderTopWidth) > 0 ? contrast(style.borderTopColor, ground(element)) : 1),
    }));
  const words = [...document.querySelectorAll("pre code span")].filter((span) => seen(span) && !span.matches(".bidi"))
    .map((span) => ({ name: `"${span.textContent.trim()}" (${span.className})`, contrast: contrast(getComputedStyle(span).color, ground(span)) }));
  return { dots, words };
}

/** Measures pictures against the columns that they stand in, at 1280. */
export async function pictures(site, { browser, server }, paths) {
  const complaints = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  for (const path of paths.filter((path) => site.pages.includes(path))) {
    await page.goto(server.url(site, path));
    const narrow = await page.evaluate((least) => [...document.querySelectorAll(".picture-box, .gantt, .board, .mt .grow .bar, .tally .bar")].filter((box) => box.checkVisibility()).flatMap((box) => {
      const wide = (element) => element.getBoundingClientRect().width;
      const style = getComputedStyle(box.parentElement), column = wide(box.parentElement) - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      // A graph, and weeks side by side, are as wide as what they show.
      const drawn = box.querySelector(":scope > svg:not(.picture-graph, .picture-around, .picture-weeks)") ?? box;
      const of = box.matches(".picture-box, .gantt") ? Math.min(wide(box), wide(drawn)) / column : 1;
      return of < least ? [`${box.className} fills ${Math.round(of * 100)} %`] : [];
    }), least.picture);
    complaints.push(...narrow.map((words) => `${site.name}/${path}: ${words}`));
  }
  await context.close();
  return complaints;
}

const spoilt = (path, change) => (site) => site.with(path, change);
const styled = (rule) => spoilt("assets/site.css", (css) => `${css}\n${rule}`);
export const faults = {
  head: {
    "a head of several lines": styled(".top ul { flex-wrap: wrap !important; inline-size: auto !important; }"),
    "a button that does nothing without scripts": spoilt("index.html", (html) => html.replace("</header>", "<button>x</button></header>")),
    "a theme that does not change": spoilt("assets/theme.js", (text) => text.replace("% 3]", "% 1]")),
    "a head on paper": styled("@media print { .top { display: flex !important; } }"),
  },
  colours: {
    "a dot without a colour": styled(".chip::before { background: transparent !important; }"),
    "a dot without an edge": styled(".chip::before { background: #fdfdfd !important; border: 0 !important; }"),
    "words of code that are faint": styled("pre .k { color: #bbb !important; }"),
  },
  pictures: {
    "a box that leaves its column empty": styled(".picture-box, .gantt { max-inline-size: 60rem !important; }"),
    "a picture that leaves its box empty": styled(".picture-burnup { max-inline-size: 56rem !important; }"),
  },
};
