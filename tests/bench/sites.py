"""The same content for other generators: a page for each issue with its body, milestone, labels and neighbours; a page for
each milestone and label with its issues, ninety a page as ours; an overview; with search, the words of every page as JSON.
What they cannot do (pictures, a board, data, Markdown documents, checks) is left out in their favour, and so is the time to
write their sources."""

import json

NAV = ["Overview", "Board", "Timeline", "Graph", "Phases", "Labels", "Search"]

HUGO_CONFIG = """baseURL = "https://example.org/"
title = "Storage Roadmap"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404"]
[pagination]
pagerSize = 90
[taxonomies]
milestone = "milestones"
label = "labels"
"""

HUGO_BASE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title><link rel="stylesheet" href="/assets/site.css"></head>
<body><header><a href="/">{{ site.Title }}</a><nav><ul>
NAV
</ul></nav></header><main>{{ block "main" . }}{{ end }}</main>
<footer><p>Made from the roadmap: everything here is derived from it.</p></footer></body></html>
"""

HUGO_SINGLE = """{{ define "main" }}<nav><a href="/">Overview</a>
{{ range .GetTerms "milestones" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<h1>{{ .Title }} <small>{{ .Params.issue }}</small></h1>
<p>{{ range .GetTerms "labels" }}<a class="chip" href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
<dl><dt>Status</dt><dd>{{ .Params.state }}</dd><dt>Due</dt><dd>{{ .Params.due }}</dd>
<dt>Assigned to</dt><dd>{{ delimit .Params.people ", " }}</dd></dl><article>{{ .Content }}</article>
<p>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>{{ end }}
"""

HUGO_TERM = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Paginator.Pages }}
<li>{{ .Params.state }} <a href="{{ .RelPermalink }}">{{ .Params.issue }} {{ .Title }}</a>
{{ range .GetTerms "labels" }}<a class="chip" href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}
<span>{{ delimit .Params.people ", " }}</span> <time>{{ .Params.due }}</time></li>{{ end }}</ul>
{{ range .Paginator.Pagers }}<a href="{{ .URL }}">Part {{ .PageNumber }}</a>{{ end }}{{ end }}
"""

HUGO_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Data.Terms.Alphabetical }}
<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}
"""

HUGO_HOME = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range site.Taxonomies.milestones.Alphabetical }}
<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# What the search scripts of Hugo's users load: every page's words as JSON.
HUGO_OUTPUTS = """[outputs]
home = ["HTML", "JSON"]
"""

HUGO_INDEX = """[{{ range $place, $page := site.RegularPages }}{{ if $place }},{{ end }}
{{ dict "title" .Title "id" .Params.issue "url" .RelPermalink "labels" .Params.labels "text" .Plain | jsonify }}{{ end }}]
"""


def hugo(roadmap, folder, with_search):
    """A Hugo project; its site comes to `public`."""
    nav = "\n".join(f'<li><a href="/{name.lower()}.html">{name}</a></li>' for name in NAV)
    write(folder / "hugo.toml", HUGO_CONFIG + (HUGO_OUTPUTS if with_search else ""))
    layouts = {
        "baseof.html": HUGO_BASE.replace("NAV", nav),
        "single.html": HUGO_SINGLE,
        "term.html": HUGO_TERM,
        "taxonomy.html": HUGO_LIST,
        "section.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ end }}\n',
        "home.html": HUGO_HOME,
    }
    if with_search:
        layouts["home.json"] = HUGO_INDEX
    for name, text in layouts.items():
        write(folder / "layouts" / name, text)
    for number, issue in enumerate(roadmap["issues"], 1):
        head = {
            "title": issue["title"],
            "weight": number,
            "issue": issue["id"],
            "state": issue["state"],
            "due": issue["due_on"],
            "people": issue["assignees"],
            "milestones": [issue["milestone"]],
            "labels": issue["labels"],
        }
        text = f"{json.dumps(head)}\n\n{issue['body']}"
        write(folder / "content" / "issues" / f"{issue['id'].lower()}.md", text)


def mdbook(roadmap, folder):
    """An mdBook project; its site comes to `book`. Its search is off, as Hugo has none."""
    write(folder / "book.toml", '[book]\ntitle = "Storage Roadmap"\n[output.html.search]\nenable = false\n')
    members = {}
    for issue in roadmap["issues"]:
        members.setdefault(issue["milestone"], []).append(issue)
    summary = "# Summary\n\n"
    for milestone in roadmap["milestones"]:
        name = f"{milestone['id'].lower()}.md"
        summary += f"- [{milestone['title']}]({name})\n"
        rows = ""
        for issue in members.get(milestone["id"], []):
            page = f"{issue['id'].lower()}.md"
            summary += f"  - [{issue['title']}]({page})\n"
            rows += f"- {issue['state']} [{issue['title']}]({page})\n"
            write(folder / "src" / page, f"# {issue['title']}\n\n{issue['body']}")
        write(folder / "src" / name, f"# {milestone['title']}\n\n{milestone['goal']}\n\n{rows}")
    write(folder / "src" / "SUMMARY.md", summary)
