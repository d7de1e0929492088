"""The same content as projects of other generators, for `peers` to measure.

Each gets the shell that stands around every page of ours (policy, descriptions, icon, colours, navigation, theme switch,
breadcrumbs, previous and next, footer) and the same pages of issues, milestones and labels: chips, facts, bodies with their
mentions linked, what blocks what, lists of rows by parts of ninety (Zola's are longer, see its settings), progress; an overview
of phases, milestones and labels. The templates are in `projects/`, written as each tool's users write them, for speed where
there is a choice.

What they cannot do, or only at an absurd cost, is left out in their favour: pictures, the board and its filter, the timeline, the
list of everything, Markdown documents, JSON and calendar, reports, checks, sanitising, and all that `content.py` works out
before any clock runs. So is the time to write their sources."""

import json
import shutil
from pathlib import Path

from content import ROWS, Content, picked
from measure import ROOT

PROJECTS = Path(__file__).resolve().parent / "projects"
OF_MILESTONE = ["status", "status_words", "owner", "start", "due", "progress", "waits", "previous", "next"]
OF_ISSUE = ["id", "name", "status", "status_words", "people", "due", "points", "waits"]
OF_LABEL = ["slug", "group", "name", "description", "progress"]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def begun(name, folder, static):
    """A project with its templates, and the style and script that every page names."""
    shutil.copytree(PROJECTS / name, folder)
    for asset in ["site.css", "theme.js"]:
        write(folder / static / "assets" / asset, (ROOT / "templates/assets" / asset).read_text(encoding="utf-8"))


def hugo(roadmap, folder, with_search=False):
    """A Hugo project: a section for each milestone, the labels as a taxonomy; its site comes to `public`."""
    content = Content(roadmap, "/milestones/{milestone}/{issue}.html", "/milestones/{milestone}/index.html")
    begun("hugo", folder, "static")
    if with_search:
        # What the search scripts of Hugo's users load: every page's words as JSON, by `home.json`.
        with open(folder / "hugo.toml", "a", encoding="utf-8") as config:
            config.write('\n[outputs]\nhome = ["html", "json"]\n')

    def put(path, text, **head):
        write(folder / "content" / path, f"{json.dumps(head)}\n\n{text}")

    home = {"as_of": content.as_of, "progress": content.progress}
    home["phases"] = [{**it, "milestones": [f"/milestones/{id}" for id in it["milestones"]]} for it in content.phases]
    put("_index.md", content.description, title=content.title, linkTitle="Overview", params=home)
    put("milestones/_index.md", "", title="Milestones", layout="overview")
    for it in content.milestones:
        head = picked(it, "title", "description", "weight") | {"params": picked(it, *OF_MILESTONE)}
        put(f"milestones/{it['slug']}/_index.md", it["goal"], **head)
    put("labels/_index.md", "", title="Labels")
    for number, it in enumerate(content.labels, 1):
        head = picked(it, "title", "description") | {"weight": number, "params": picked(it, *OF_LABEL)}
        put(f"labels/{it['slug']}/_index.md", "", **head)
    for it in content.issues.values():
        params = picked(it, *OF_ISSUE)
        params |= {key: [f"/{content.issues[id]['home']}" for id in it[key]] for key in ["blocked_by", "blocks"]}
        put(f"{it['home']}.md", it["body"], **picked(it, "title", "weight", "labels"), params=params)


def toml(value):
    """A value as TOML says it in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def zola(roadmap, folder, with_search=False):
    """A Zola project: a section for each milestone, the labels as a taxonomy; its site comes to `public`."""
    content = Content(roadmap, "/milestones/{milestone}/{issue}/", "/milestones/{milestone}/")
    begun("zola", folder, "static")
    if with_search:
        config = (folder / "zola.toml").read_text(encoding="utf-8")
        write(folder / "zola.toml", "build_search_index = true\n" + config)

    def put(path, text, **head):
        lines = "".join(f"{key} = {toml(value)}\n" for key, value in head.items())
        write(folder / "content" / path, f"+++\n{lines}+++\n\n{text}")

    home = {"as_of": content.as_of, "progress": content.progress}
    home["phases"] = [
        {**it, "milestones": [f"milestones/{id}/_index.md" for id in it["milestones"]]} for it in content.phases
    ]
    put("_index.md", content.description, title=content.title, template="index.html", extra=home)
    put("milestones/_index.md", "", title="Milestones", template="overview.html")
    for it in content.milestones:
        head = picked(it, "title", "description", "weight")
        head |= {"sort_by": "weight", "template": "milestone.html", "page_template": "issue.html"}
        put(f"milestones/{it['slug']}/_index.md", it["goal"], **head, extra=picked(it, *OF_MILESTONE))
    labels = {it["slug"]: picked(it, *OF_LABEL) for it in content.labels}
    write(folder / "labels.json", json.dumps(labels))
    places = {it["id"]: picked(it, "title", "link") for it in content.milestones}
    for it in content.issues.values():
        extra = picked(it, *OF_ISSUE) | {"milestone": places[it["milestone"]]}
        extra |= {key: [f"{content.issues[id]['home']}.md" for id in it[key]] for key in ["blocked_by", "blocks"]}
        extra["chips"] = [picked(labels[slug], "slug", "group", "name") for slug in it["labels"]]
        head = picked(it, "title", "weight") | {"taxonomies": picked(it, "labels")}
        put(f"{it['home']}.md", it["body"], **head, extra=extra)


def cobalt(roadmap, folder):
    """A Cobalt project; its site comes to `_site`. Cobalt knows neither taxonomies nor other pages by name, so that every page
    has all that it shows as data of its own."""
    content = Content(roadmap, "/milestones/{milestone}/{issue}.html", "/milestones/{milestone}.html")
    begun("cobalt", folder, ".")
    labels = {it["slug"]: picked(it, *OF_LABEL) for it in content.labels}
    overview = {"title": "Milestones", "link": "/milestones.html"}

    def put(path, text, title, layout, description, data):
        data = {"crumbs": []} | data
        head = {"title": title, "description": description, "layout": f"{layout}.liquid", "data": data}
        write(folder / path, f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n{text}")

    def row(issue):
        chips = [picked(labels[slug], "slug", "group", "name") for slug in issue["labels"]]
        return picked(issue, *OF_ISSUE, "link") | {"chips": chips}

    def note(id):
        return picked(content.issues[id], "id", "name", "link", "status", "status_words")

    def cards(milestones):
        return [picked(it, "title", "link", "status", "status_words", "due", "progress") for it in milestones]

    by_slug = {it["slug"]: it for it in content.milestones}
    home = {"as_of": content.as_of, "progress": content.progress}
    home["phases"] = [
        picked(it, "title", "body") | {"cards": cards(by_slug[id] for id in it["milestones"])} for it in content.phases
    ]
    put("index.md", content.description, content.title, "home", content.title, home)
    put("milestones.md", "", "Milestones", "overview", "Milestones", {"cards": cards(content.milestones)})
    put("labels.md", "", "Labels", "labels", "Labels", {"labels": list(labels.values())})
    for it in content.milestones:
        data = picked(it, *OF_MILESTONE) | {"lead": it["description"], "crumbs": [overview], "groups": []}
        for part in it["progress"]["parts"]:
            rows = [row(issue) for issue in it["issues"] if issue["status"] == part["state"]]
            data["groups"].append(picked(part, "state", "words", "count") | {"rows": rows})
        description = f"Milestone {it['title']} of {content.title}."
        put(f"milestones/{it['slug']}.md", it["goal"], it["title"], "milestone", description, data)
        places = [picked(issue, "title", "link") for issue in it["issues"]]
        crumbs = [overview, picked(it, "title", "link")]
        for issue, before, after in zip(it["issues"], [None, *places], [*places[1:], None]):
            data = row(issue) | {key: [note(id) for id in issue[key]] for key in ["blocked_by", "blocks"]}
            data |= {key: place for key, place in [("previous", before), ("next", after)] if place}
            data |= {"milestone": crumbs[1], "crumbs": crumbs}
            description = f"{issue['title']}, an issue of {it['title']}."
            put(f"{issue['home']}.md", issue["body"], issue["title"], "issue", description, data)
    for it in content.labels:
        parts = [it["issues"][at : at + ROWS] for at in range(0, len(it["issues"]), ROWS)]
        paths = [f"labels/{it['slug']}" + (f"-{number}" if number > 1 else "") for number in range(1, len(parts) + 1)]
        for number, issues in enumerate(parts, 1):
            data = labels[it["slug"]] | {"lead": it["description"], "part": number, "rows": [row(issue) for issue in issues]}
            data |= {"parts": [f"/{path}.html" for path in paths], "crumbs": [{"title": "Labels", "link": "/labels.html"}]}
            description = f"Issues with the label {it['title']} of {content.title}."
            put(f"{paths[number - 1]}.md", "", it["title"], "label", description, data)
