"""The same content as an mdBook project. mdBook has a shell of its own and no templates for data: chips, facts and rows are
HTML in its chapters already, made before any clock runs. Its search is off."""

from html import escape

from content import ROWS, Content, counted
from sites import write


def mdbook(roadmap, folder):
    """An mdBook project; its site comes to `book`."""
    content = Content(roadmap, "/milestones/{milestone}/{issue}.html", "/milestones/{milestone}.html")
    write(folder / "book.toml", f'[book]\ntitle = "{content.title}"\n[output.html.search]\nenable = false\n')
    summary = ["# Summary", "", f"[{content.title}](index.md)", ""]

    def put(depth, path, title, *blocks):
        summary.append(f"{'  ' * depth}- [{title}]({path})")
        write(folder / "src" / path, "\n\n".join([f"# {title}", *filter(None, blocks)]) + "\n")

    labels = {it["slug"]: it for it in content.labels}
    write(folder / "src/index.md", f"# {content.title}\n\n{content.description}\n\n{progress(content.progress)}\n")
    for it in content.milestones:
        facts = {"Status": status(it), "Due": due(it["due"]), "Begins": day(it["start"]), "Owner": it["owner"]}
        waits = [f"- [{other['title']}]({other['link']})" for other in it["waits"]]
        blocks = [it["description"], facts_of(facts), progress(it["progress"]), f"## Goal\n\n{it['goal']}"]
        if waits:
            blocks.append("## Blocked by\n\n" + "\n".join(waits))
        for part in it["progress"]["parts"]:
            rows = [row(issue, labels) for issue in it["issues"] if issue["status"] == part["state"]]
            blocks.append(f"## {part['words']}\n\n{listed('rows', rows)}")
        put(0, f"milestones/{it['slug']}.md", it["title"], *blocks)
        for issue in it["issues"]:
            facts = {
                "Status": status(issue),
                "Milestone": f'<a href="{it["link"]}">{escape(it["title"])}</a>',
                "Assigned to": ", ".join(issue["people"]),
                "Due": due(issue["due"]),
                "Estimate": counted(issue["points"], "point"),
            }
            blocks = [chips(issue, labels), facts_of(facts), issue["body"]]
            for heading, ids in [("Blocked by", issue["blocked_by"]), ("Blocks", issue["blocks"])]:
                notes = [f"<li>{status(content.issues[id])} {named(content.issues[id])}</li>" for id in ids]
                blocks.append(f"## {heading}\n\n{listed('notes', notes)}" if notes else "")
            put(1, f"{issue['home']}.md", issue["title"], *blocks)
    for it in content.labels:
        parts = [it["issues"][at : at + ROWS] for at in range(0, len(it["issues"]), ROWS)]
        for number, issues in enumerate(parts, 1):
            path = f"labels/{it['slug']}" + (f"-{number}" if number > 1 else "")
            title = it["title"] + (f", part {number}" if number > 1 else "")
            rows = [row(issue, labels) for issue in issues]
            put(0, f"{path}.md", title, it["description"], progress(it["progress"]), listed("rows", rows))
    write(folder / "src/SUMMARY.md", "\n".join(summary) + "\n")


def status(it):
    return f'<span class="st {it["status"]}">{it["status_words"]}</span>'


def day(date):
    return f'<time datetime="{date}">{date}</time>'


def due(it):
    slip = f' <span class="slip" title="{it["slip_words"]}">{it["slip"]}</span>' if "slip" in it else ""
    words = it.get("late", it.get("left"))
    return day(it["day"]) + slip + (f' <span class="muted">{words}</span>' if words else "")


def progress(it):
    parts = "".join(f'<li class="st {part["state"]}">{part["words"]} <b>{part["count"]}</b></li>' for part in it["parts"])
    return f'<p>{it["done"]} of {it["all"]} done <b>{it["percent"]} %</b></p><ul class="legend">{parts}</ul>'


def facts_of(facts):
    return f'<dl class="facts">{"".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())}</dl>'


def chips(issue, labels):
    links = [
        f'<a class="chip l-{slug}" href="/labels/{slug}.html"><span>{labels[slug]["group"]}</span>{labels[slug]["name"]}</a>'
        for slug in issue["labels"]
    ]
    return f'<p class="chips">{" ".join(links)}</p>'


def named(issue):
    return f'<a href="{issue["link"]}"><span class="id">{issue["id"]}</span> {escape(issue["name"])}</a>'


def row(issue, labels):
    waits = [f'<a href="{it["link"]}" title="{escape(it["name"])}">{it["id"]}</a>' for it in issue["waits"]]
    waits = f'<p class="waits">waits for {", ".join(waits)}</p>' if waits else ""
    what = f'<div class="what">{named(issue)}{waits}{chips(issue, labels)}</div>'
    who = f'<div class="who">{", ".join(issue["people"])}</div>'
    return f'<li>{status(issue)}\n{what}\n{who}\n<div class="when">{due(issue["due"])}</div></li>'


def listed(kind, items):
    return f'<ul class="{kind}">\n' + "\n".join(items) + "\n</ul>"
