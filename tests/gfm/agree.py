#!/usr/bin/env python3
"""Holds the site's Markdown against cmark-gfm, the parser that GitHub runs.

    agree.py --roadbook PROGRAM --examples FILE [--data FOLDER] [--self-test]

Every example of the GFM specification, and every body of the roadmaps in a folder if one is given, becomes the body of
an issue. Roadbook builds the site, cmark-gfm renders the same text, and both results are reduced to blocks, marks,
links and words. What GitHub does behind its parser (alerts, emoji, mathematics) is done here to cmark-gfm's result;
tags that were written as raw HTML are left out on both sides, because the sanitizer decides about those.
"""

import argparse
import difflib
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

import cmarkgfm
from cmarkgfm.cmark import Options

OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_HARDBREAKS
EXTENSIONS = ["table", "autolink", "tagfilter", "strikethrough", "tasklist"]

# Examples in which cmark-gfm links a mail or chat address that the specification does not, or half of one.
BARE_ADDRESSES = {"example 615", "example 634"}

# Tags that GitHub shows as text; the pages drop them, two of them with what they hold.
FILTERED = "title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext"
TABLE = {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {
    "blockquote", "div", "dd", "details", "dl", "dt", "h", "hr", "li", "ol", "p", "pre", "summary", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}
# How a mark or some words of a reading begin.
BLOCK, INLINE, WORDS = "=", "-", "'"
ALERT = re.compile(r"<p>\[!(note|tip|important|warning|caution)\]\s*(?:<br />\n|</p>\n(?!</blockquote>))", re.I)


def github(text):
    """The HTML that GitHub's parser makes of the body of an issue."""
    made = cmarkgfm.markdown_to_html_with_extensions(text, options=OPTIONS, extensions=EXTENSIONS)
    return with_alerts(made)


def with_alerts(made):
    """Alerts, which GitHub makes of quotes at the top whose first line is their marker alone."""
    parts, depth, at = [], 0, 0
    tags = r"<(/?)(blockquote|ul|ol|table|details|div|section)\b[^>]*>\n?"
    for tag in re.finditer(tags, made):
        closes = tag[1] == "/"
        marker = ALERT.match(made, tag.end()) if tag[2] == "blockquote" and not closes and depth == 0 else None
        depth += -1 if closes else 1
        if marker and marker.start() >= at:
            kind = marker[1].capitalize()
            rest = "" if marker[0].endswith("</p>\n") else "<p>"
            parts += [made[at:tag.end()], f"<p>{kind}</p>\n", rest]
            at = marker.end()
    return "".join(parts) + made[at:]


class Reading(html.parser.HTMLParser):
    """HTML as a list of its marks and words; `raw` are the tags that the text holds as raw HTML."""

    def __init__(self, raw, is_indented_by_tabs):
        super().__init__(convert_charrefs=True)
        self.is_indented_by_tabs = is_indented_by_tabs
        self.raw, self.found, self.open, self.pre = raw, [], [], 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = (attributes.get("class") or "").split()
        name = self.name(tag, attributes, classes)
        if tag not in VOID:
            self.open.append((tag, name))
            self.pre += tag == "pre"
        if name == "img":
            self.picture(attributes)
        elif name:
            self.put(name, "<" + name + self.kept(name, attributes))

    def picture(self, attributes):
        """A picture, as a link with its words: as such the pages show those that they may not load."""
        words = attributes.get("alt") or ""
        source = urllib.parse.unquote(attributes.get("src") or "").split("?")[0]
        in_link = any(name == "a" for _, name in self.open)
        if not in_link:
            self.put("a", "<a")
        is_web = re.match("https?:", source) or ":" not in source
        name = source.rsplit("/", 1)[-1] if is_web else ""
        self.handle_data(words if words.strip() else name or "image")
        if not in_link:
            self.put("a", "</a")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if tag not in (opened for opened, _ in self.open):
            return
        while self.open:
            opened, name = self.open.pop()
            # Words of code with a class of their own are a part of it.
            if opened != "span":
                self.end_code()
            self.pre -= opened == "pre"
            if name:
                self.put(name, "</" + name)
            if opened == tag:
                break

    def end_code(self):
        """A block of code has no line end behind its last line, or one: nobody sees which."""
        if self.pre and self.found and self.found[-1][0] == WORDS:
            self.found.append(self.found.pop().rstrip("\n"))

    def handle_data(self, data):
        if self.found and self.found[-1][0] == WORDS:
            data = self.found.pop()[1:] + data
        if self.pre and self.is_indented_by_tabs:
            # cmark-gfm counts a tab before a fence in a list as one column.
            data = re.sub(r"(?m)^ +", "", data)
        if not self.pre:
            data = re.sub(r"[ \t\r\n]+", " ", data)
            if not self.found or self.found[-1][0] == BLOCK:
                data = data.lstrip(" ")
        if data:
            self.found.append(WORDS + data)

    def put(self, name, mark):
        if name in BLOCKS or name == "br":
            self.end_words()
            # A paragraph or a heading that shows nothing is none.
            if mark in ("</p", "</h") and self.found and self.found[-1] == f"{BLOCK}<{name}":
                self.found.pop()
                return
            mark = BLOCK + mark
        else:
            mark = INLINE + mark
        self.found.append(mark)

    def end_words(self):
        if self.found and self.found[-1][0] == WORDS:
            words = self.found.pop().rstrip(" \n")
            if words != WORDS:
                self.found.append(words)

    def name(self, tag, attributes, classes):
        """What a tag counts as; nothing where it is one of our own, or one that a person wrote."""
        if {"mention", "math", "bidi", "scroll", "footnotes"} & set(classes):
            return None
        if "nowhere" in classes:
            tag = "a"
        if "alert" in classes:
            tag = "blockquote"
        if tag in self.raw:
            return None
        if re.fullmatch("h[1-6]", tag):
            return "h"
        if tag == "th":
            return "td"
        return tag if tag in BLOCKS | {"a", "br", "code", "del", "em", "img", "input", "strong", "sup"} else None

    def kept(self, name, attributes):
        if name == "input":
            return " x" if "checked" in attributes else ""
        if name == "ol":
            return " " + (attributes.get("start") or "1")
        if name == "code":
            language = re.search(r"language-([^ ,{]*)", attributes.get("class") or "")
            return " " + language[1].lower() if language and re.fullmatch(r"[a-zA-Z0-9_+#.-]{1,40}", language[1]) else ""
        href = attributes.get("href") or ""
        if name == "a" and re.match("(https?|mailto):", href, re.I) and "/blob/HEAD" not in href:
            scheme, rest = urllib.parse.unquote(href).split(":", 1)
            return f" {scheme.lower()}:{rest}"
        return ""


def reduced(made, body):
    raw = raw_tags(body)
    reading = Reading(raw, re.search("(?m)^\t+(```|~~~)", body) is not None)
    reading.feed(made)
    reading.close()
    while reading.open:
        reading.handle_endtag(reading.open[-1][0])
    reading.end_words()
    return without_spaces(reading.found) if raw else reading.found


def without_spaces(reading):
    """A reading without white space: beside tags of people's own it may stand on either side, or nowhere."""
    found = []
    for mark in reading:
        words = re.sub(r"\s", "", mark[1:]) if mark[0] == WORDS else None
        if words is None:
            found.append(mark)
        elif found and found[-1][0] == WORDS:
            found[-1] += words
        elif words:
            found.append(WORDS + words)
    return found


def raw_tags(text):
    """The tags that a text holds as raw HTML; of a table they are all one, for the pages add what HTML wants there."""
    tags = {name.lower() for name in re.findall(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])", text)}
    return tags | TABLE if tags & TABLE else tags


def without_filtered(made):
    """A result without the filtered tags that stand outside code, and without CDATA and empty comments as browsers take them."""
    pieces = re.split(r"(<code\b.*?</code>)", re.sub(r"<!\[CDATA\[[^>]*>|<!---?>", "", made), flags=re.S)
    return "".join(piece if place % 2 else without_tags(piece) for place, piece in enumerate(pieces))


def without_tags(made):
    end = r"\b.*?(?:>|&gt;)"
    made = re.sub(rf"&lt;(script|style){end}.*?&lt;/\1{end}", "", made, flags=re.S | re.I)
    return re.sub(rf"&lt;/?({FILTERED}){end}", "", made, flags=re.S | re.I)


def same(ours, theirs):
    """Whether two readings are the same, but for emoji."""
    if len(ours) != len(theirs):
        return False
    return all(a == b or is_same_but_for_emoji(a, b) for a, b in zip(ours, theirs))


def without_math(reading):
    """A reading of which mathematics leaves the same, whoever reads it first: without what Markdown might take in it."""
    found = []
    for mark in reading:
        if mark[0] == WORDS and found and found[-1][0] == WORDS:
            found[-1] += re.sub(r"[\\\s_*]", "", mark[1:])
        elif mark[0] == WORDS:
            found.append(re.sub(r"[\\\s_*]", "", mark))
        elif mark[0] == BLOCK and mark != f"{BLOCK}<br":
            found.append(mark)
    return [mark for mark in found if mark != WORDS]


def is_same_but_for_emoji(ours, theirs):
    if ours[0] != WORDS:
        return False
    pieces = re.split(r"(:[a-z0-9_+-]+:)", theirs)
    pattern = "".join(
        f"(?:{re.escape(piece)}|[^\\x00-\\x7f]{{1,12}})" if place % 2 else re.escape(piece)
        for place, piece in enumerate(pieces)
    )
    return len(pieces) > 1 and re.fullmatch(pattern, ours) is not None


def built(roadbook, bodies):
    """The HTML of each body on its page of the site."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "roadmap").mkdir()
        milestones = [{"id": f"ZQ-M{ix}", "title": "Some"} for ix in range(1 + len(bodies) // 40)]
        issues = [
            {"id": f"ZQX-{ix:05}", "title": "One", "milestone": f"ZQ-M{ix // 40}", "body": body}
            for ix, body in enumerate(bodies)
        ]
        source = {"repository": "a/b", "site": {"remote_images": True}, "milestones": milestones, "issues": issues}
        (root / "roadmap" / "plan.json").write_text(json.dumps(source), encoding="utf-8")
        done = subprocess.run([roadbook, "build", "-q"], cwd=root, capture_output=True, text=True)
        if not (root / "site" / "issues").is_dir():
            sys.exit(f"the site was not built: {done.stderr}")
        return [body_of(root / "site" / "issues" / f"i-zqx-{ix:05}.html") for ix in range(len(bodies))]


def body_of(page):
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<div class="prose body" dir="auto">\n(.*?)\n</div>\n</section>', text, re.S)
    return found[1] if found else ""


def readings(body, ours):
    raw = raw_tags(body)
    # A browser and the pages end a line with LF, and hold no NUL.
    ours, theirs = without_filtered(ours), without_filtered(github(body.replace("\x00", "")))
    # The pages name what a person left without a name; a browser does it by itself.
    if "details" in raw:
        ours = ours.replace("<summary>Details</summary>", "", ours.count("<details") - body.count("<summary"))
    # A browser drops a tag that never ends; the pages show what was written.
    endless = re.search(r"<[a-z][^<>]*\Z", theirs)
    ours, theirs = reduced(ours, body), reduced(theirs[: endless.start()] if endless else theirs, body)
    return ours[: len(theirs)] if endless else ours, theirs


def differences(roadbook, bodies):
    """The bodies that read differently, each with what differs."""
    found = []
    for (name, body), ours in zip(bodies, built(roadbook, [body for _, body in bodies])):
        if "This text is shown as it is written" in ours or name in BARE_ADDRESSES:
            continue
        has_math = 'class="math"' in ours
        ours, theirs = readings(body, ours)
        if has_math:
            ours, theirs = without_math(ours), without_math(theirs)
        if not same(ours, theirs):
            found.append((name, difflib.unified_diff(theirs, ours, "cmark-gfm", "the site", lineterm="", n=2)))
    return found


def bodies_of(folder):
    for file in sorted(folder.glob("*.json")):
        for ix, issue in enumerate(json.loads(file.read_text(encoding="utf-8"))["issues"]):
            if issue.get("body"):
                yield f"{file.stem} {ix}: {issue['title']}", issue["body"]


def self_test(roadbook, examples):
    """Swaps the body of each tenth example for another one's: the comparison must notice every one that reads otherwise."""
    chosen = examples[::10]
    made = built(roadbook, [body for _, body in chosen])
    for (name, body), own, other in zip(chosen, made, made[1:] + made[:1]):
        if same(reduced(own, body), reduced(other, body)):
            continue
        ours, theirs = readings(body, other)
        if same(ours, theirs):
            sys.exit(f"{name}: the page of another example was taken for its own")
    faults = [("a\nb", "<p>a b</p>"), ("*a*", "<p>a</p>"), ("- [ ] a", "<ul><li>[ ] a</li></ul>"), ("`a  b`", "<p>a b</p>")]
    for body, ours in faults:
        if same(*readings(body, ours)):
            sys.exit(f"{ours} was taken for {body}")
    print(f"{len(chosen) + len(faults)} planted faults were noticed")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--roadbook", required=True)
    options.add_argument("--examples", required=True, type=pathlib.Path)
    options.add_argument("--data", type=pathlib.Path)
    options.add_argument("--self-test", action="store_true")
    options = options.parse_args()
    examples = json.loads(options.examples.read_text(encoding="utf-8"))
    bodies = [(f"example {example['example']}", example["markdown"]) for example in examples]
    roadbook = str(pathlib.Path(options.roadbook).resolve())
    if options.self_test:
        return self_test(roadbook, bodies)
    if options.data and options.data.is_dir():
        bodies += bodies_of(options.data)
    found = differences(roadbook, bodies)
    for name, lines in found:
        print(f"== {name}", *(line[:200] for line in list(lines)[:40]), sep="\n")
    print(f"{len(bodies)} texts, {len(found)} read differently")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
