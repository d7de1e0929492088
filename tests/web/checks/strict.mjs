// No page holds a style or a script of its own, and each forbids them by a Content-Security-Policy.

export const name = "no inline style, script or handler, and a strict policy";

const policy = /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'$/;
const forbidden = new Set(["style", "iframe", "object", "embed", "base", "applet", "frame", "portal"]);
const addresses = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "ping"];

export function check(site, pages = site.pages) {
  const complaints = [];
  for (const path of pages) {
    const complain = (words) => complaints.push(`${site.name}/${path}: ${words}`);
    const elements = site.elements(path);
    for (const { tag, attrs, text } of elements) {
      if (forbidden.has(tag)) complain(`<${tag}>`);
      if (tag === "script" && (attrs.src === undefined || text.trim() !== "")) complain("a script inside the page");
      if (tag === "meta" && attrs["http-equiv"]?.toLowerCase() === "refresh" && !isStub(elements)) complain("a refresh");
      for (const [key, value] of Object.entries(attrs)) {
        if (key === "style" || /^on/.test(key)) complain(`<${tag} ${key}>`);
        const scheme = value.replace(/[\u0000-\u0020]/g, "").match(/^([a-z][a-z0-9+.-]*):/i)?.[1].toLowerCase();
        if (addresses.includes(key) && scheme && !["http", "https", "mailto"].includes(scheme) && !isIcon(tag, value)) {
          complain(`<${tag} ${key}> leads to ${scheme}:`);
        }
      }
    }
    const first = elements.find(({ tag, attrs }) => tag === "meta" && attrs["http-equiv"] === "Content-Security-Policy");
    if (!first || !policy.test(first.attrs.content)) complain(`the policy is ${first?.attrs.content ?? "missing"}`);
    const before = elements.findIndex(({ tag }) => ["script", "link"].includes(tag));
    if (before !== -1 && before < elements.indexOf(first)) complain("something is loaded before the policy");
  }
  return complaints;
}

// Our own icon is drawn inside the head, so that it costs no request.
function isIcon(tag, value) {
  return tag === "link" && value.startsWith("data:image/svg+xml,");
}

// The page of a former id, which leads on.
function isStub(elements) {
  return elements.some(({ tag, attrs }) => tag === "link" && attrs.rel === "canonical") || elements.length < 20;
}

const into = (words) => (html) => html.replace("</main>", `${words}</main>`);
export const faults = {
  "an inline style": into('<p style="color:red">x</p>'),
  "a style sheet": into("<style>p{color:red}</style>"),
  "an inline script": into("<script>1</script>"),
  "a handler": into('<p onclick="1">x</p>'),
  "a link that is a script": into('<a href="java&#9;script:1">x</a>'),
  "a frame": into('<iframe src="x.html"></iframe>'),
  "a page without a policy": (html) => html.replace("Content-Security-Policy", "x-nothing"),
  "a policy that lets scripts in": (html) => html.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
};
