"""What the pages of a roadmap show, as plain data for generators that have no notion of roadmaps.

All that Roadbook works out from the source (states, days left, what waits for what, progress, parts of lists) is worked out
here, so that the others are only measured at making pages of it."""

import datetime
import re

ROWS = 90
STATES = [("done", "Done"), ("ready", "Ready"), ("blocked", "Blocked")]


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower())


def counted(number, what):
    return f"{number} {what}" + ("" if number == 1 else "s")


def picked(values, *names):
    return {name: values[name] for name in names if name in values}


class Content:
    """The issues, milestones, labels and phases. An issue's source is at its `home`, without ending; `issue_link` and
    `milestone_link` are where a generator puts their pages, with {milestone} and {issue} in them."""

    def __init__(self, roadmap, issue_link, milestone_link):
        self.title, self.description = roadmap["title"], roadmap["description"]
        self.as_of = roadmap["as_of"]
        self.issue_link, self.milestone_link = issue_link, milestone_link
        self.sources = {issue["id"]: issue for issue in roadmap["issues"]}
        self.labels = [label_of(label) for label in roadmap["labels"]]
        self.issues = {id: self.issue(number, issue) for number, (id, issue) in enumerate(self.sources.items(), 1)}
        for issue in self.issues.values():
            for blocker in issue["blocked_by"]:
                self.issues[blocker]["blocks"].append(issue["id"])
        members, tagged = {}, {}
        for issue in self.issues.values():
            members.setdefault(issue["milestone"], []).append(issue)
            for label in issue["labels"]:
                tagged.setdefault(label, []).append(issue)
        for label in self.labels:
            label["issues"] = tagged.get(label["slug"], [])
            label["progress"] = progress(label["issues"])
        places = {it["id"]: {"title": it["title"], "link": self.place(it["id"])} for it in roadmap["milestones"]}
        self.milestones = [
            self.milestone(number, milestone, members.get(milestone["id"], []), places)
            for number, milestone in enumerate(roadmap["milestones"], 1)
        ]
        for before, after in zip(self.milestones, self.milestones[1:]):
            before["next"], after["previous"] = places[after["id"]], places[before["id"]]
        self.phases = [{**phase, "milestones": [id.lower() for id in phase["milestones"]]} for phase in roadmap["phases"]]
        self.progress = progress(list(self.issues.values()))

    def issue(self, number, issue):
        id = issue["id"]
        open_blockers = [other for other in issue.get("blocked_by", []) if self.sources[other]["state"] != "closed"]
        status = "done" if issue["state"] == "closed" else "blocked" if open_blockers else "ready"
        return {
            "id": id,
            "home": f"milestones/{issue['milestone'].lower()}/{id.lower()}",
            "link": self.link(id),
            "title": issue["title"],
            "name": self.name(id),
            "weight": number,
            "milestone": issue["milestone"],
            "labels": [slug(label) for label in issue["labels"]],
            "status": status,
            "status_words": dict(STATES)[status],
            "people": issue["assignees"],
            "due": self.due(issue, status == "done"),
            "points": issue["estimate"],
            "waits": [
                {"id": other, "name": self.name(other), "link": self.link(other)} for other in open_blockers if status != "done"
            ],
            "blocked_by": issue.get("blocked_by", []),
            "blocks": [],
            "body": re.sub(r"\bSee (ST-\d+)", self.mention, issue["body"]),
        }

    def name(self, id):
        return self.sources[id]["title"].removeprefix(f"{id}: ")

    def link(self, id):
        return self.issue_link.format(milestone=self.sources[id]["milestone"].lower(), issue=id.lower())

    def place(self, milestone):
        return self.milestone_link.format(milestone=milestone.lower())

    def mention(self, found):
        return f"See [{found[1]}]({self.link(found[1])})"

    def due(self, issue, is_done):
        """A day with its words; only those that apply are there."""
        due = {"day": issue["due_on"]}
        left = days_between(self.as_of, issue["due_on"])
        if not is_done and left < 0:
            due["late"] = f"overdue by {counted(-left, 'day')}"
        elif not is_done:
            due["left"] = f"in {counted(left, 'day')}" if left else "today"
        if planned := issue.get("planned_due_on"):
            slip = days_between(planned, issue["due_on"])
            due |= {"planned": planned, "slip": f"+{slip} d", "slip_words": f"{counted(slip, 'day')} later than planned"}
        return due

    def milestone(self, number, milestone, issues, places):
        """A milestone with its issues by state, in the order of the source."""
        states = {issue["status"] for issue in issues}
        is_done = states <= {"done"}
        status = ("done", "Done") if is_done else ("progress", "In progress") if "done" in states else ("ready", "Ready")
        return {
            "id": milestone["id"],
            "slug": milestone["id"].lower(),
            **places[milestone["id"]],
            "weight": number,
            "description": milestone["description"],
            "goal": milestone["goal"],
            "status": status[0],
            "status_words": status[1],
            "owner": milestone["owner"],
            "start": milestone["start_on"],
            "due": self.due(milestone, is_done),
            "waits": [places[id] for id in milestone.get("blocked_by", [])],
            "progress": progress(issues),
            "issues": issues,
        }


def days_between(first, second):
    return (datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days


def label_of(label):
    group, name = label["name"].split(":")
    return {
        "title": label["name"],
        "slug": slug(label["name"]),
        "group": f"{group}:",
        "name": name,
        "description": label["description"],
    }


def progress(issues):
    """How far it is: numbers, and the stretches of a bar."""
    parts, before = [], 0
    for state, words in STATES:
        if count := sum(issue["status"] == state for issue in issues):
            parts.append({"state": state, "words": words, "count": count, "x": before})
            before += count
    done = [issue for issue in issues if issue["status"] == "done"]
    return {
        "all": len(issues),
        "done": len(done),
        "percent": 100 * len(done) // max(len(issues), 1),
        "points": sum(issue["points"] for issue in issues),
        "done_points": sum(issue["points"] for issue in done),
        "parts": parts,
    }
