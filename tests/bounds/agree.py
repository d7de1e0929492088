#!/usr/bin/env python3
"""Holds earliest days and critical paths against networkx, over random roadmaps.

    agree.py --answer PROGRAM [--plans 1000] [--seed 2027] [--self-test]

Each roadmap becomes a graph of events here: an edge from the beginning of time for each stated day, from the begin of an
issue to its end for its length, from the end of what is waited for to what waits. The earliest day of an event is the
longest way to it, which networkx finds; so is the critical path, with the days that are left as lengths. Nothing of how
Roadbook computes them is used. `--self-test` shows that wrong answers are noticed.
"""

import argparse
import copy
import datetime
import json
import random
import subprocess
import sys

import networkx

TODAY = datetime.date(2027, 3, 1).toordinal()
START = "beginning of time"
# Weighs a day against an issue: no path has as many issues.
DAY = 10_000


def day(number):
    return datetime.date.fromordinal(number).isoformat()


def number(text):
    return datetime.date.fromisoformat(text).toordinal()


def roadmap(dice):
    """A random roadmap with whole days; one in five has cycles, one in two neither parts nor milestones."""
    count = dice.choice([3, 6, 12, 25, 60])
    cyclic, plain = dice.random() < 0.2, dice.random() < 0.5
    milestones = [] if plain else [{"id": f"M-{ix}", "title": "m", "state": "open"} for ix in range(dice.randint(1, 4))]
    issues = [issue(dice, ix, count, cyclic) for ix in range(count)]
    for ix, found in enumerate(issues):
        if not plain and ix + 1 < count and dice.random() < 0.2:
            found["parent"] = f"I-{dice.randint(ix + 1, count - 1)}"
        if milestones and dice.random() < 0.5:
            found["milestone"] = dice.choice(milestones)["id"]
    for ix, found in enumerate(milestones):
        found["blocked_by"] = [f"M-{other}" for other in range(ix) if dice.random() < 0.3]
        dated(dice, found)
    dice.shuffle(issues)
    # With a repository, an issue without a state is one that nobody has said anything of.
    source = {"title": "Random", "repository": "o/r", "milestones": milestones, "issues": issues}
    return {**source, "as_of": day(TODAY)} if dice.random() < 0.75 else source


def issue(dice, ix, count, cyclic):
    found = {"id": f"I-{ix}", "title": "i"}
    others = {dice.randrange(max(0, ix - 8), ix) for _ in range(dice.choice([0, 1, 1, 2, 3])) if ix}
    if cyclic and dice.random() < 0.1:
        others.add(dice.randrange(count))
    if others:
        found["blocked_by"] = [f"I-{other}" for other in sorted(others)]
    state = dice.choices(["open", "closed", "dropped", None], [8, 1, 0.5, 0.5])[0]
    if state:
        found["state"] = "open" if state == "open" else "closed"
    if state == "dropped":
        found["state_reason"] = dice.choice(["not_planned", "duplicate"])
    if found.get("state") == "closed" and dice.random() < 0.7:
        found["closed_on"] = day(TODAY + dice.randint(-40, 5))
    dated(dice, found)
    return found


def dated(dice, found):
    start = TODAY + dice.randint(-30, 60)
    if dice.random() < 0.6:
        found["start_on"] = day(start)
    if dice.random() < 0.7:
        found["due_on"] = day(start + (dice.randint(0, 20) if dice.random() < 0.9 else -dice.randint(1, 9)))


class Oracle:
    def __init__(self, source, lengths=True):
        self.today = TODAY if "as_of" in source else None
        self.items = {found["id"]: found for found in source["issues"] + source["milestones"]}
        self.issues = {found["id"] for found in source["issues"]}
        self.lengths = lengths
        self.parts = {key: [] for key in self.items}
        for key, found in self.items.items():
            for whole in filter(None, [found.get("parent"), found.get("milestone")]):
                self.parts[whole].append(key)
        self.settled = {key for key, found in self.items.items() if self.is_settled(found)}
        self.never = self.cyclic()
        self.live = [key for key in self.items if key not in self.settled and key not in self.never]
        self.days = self.longest_ways()

    def is_settled(self, found):
        if "state" in found:
            return found["state"] == "closed"
        start = found.get("start_on")
        return not start or (self.today is not None and number(start) <= self.today)

    def cyclic(self):
        """What is in a cycle of waiting, and all that waits for it."""
        waits = networkx.DiGraph()
        waits.add_nodes_from(self.items)
        for key, found in self.items.items():
            for other in [*found.get("blocked_by", []), *self.parts[key]]:
                if key not in self.settled and other not in self.settled:
                    waits.add_edge(other, key)
        loops = [members for members in networkx.strongly_connected_components(waits) if len(members) > 1]
        loops += [{key} for key in networkx.nodes_with_selfloops(waits)]
        roots = set().union(*loops)
        return roots.union(*(networkx.descendants(waits, root) for root in roots))

    def length(self, key):
        found = self.items[key]
        if key not in self.issues or not {"start_on", "due_on"} <= set(found):
            return None
        days = number(found["due_on"]) - number(found["start_on"]) + 1
        return days if days > 0 else None

    def events(self):
        graph = networkx.DiGraph()
        graph.add_node(START)

        def after(other, event):
            if other in self.settled:
                closed = self.items[other].get("closed_on")
                if closed:
                    join(START, event, min(number(closed), self.today or number(closed)))
            else:
                join((other, "end"), event, 0)

        def join(one, other, weight):
            weight = max(weight, graph.edges[one, other]["weight"]) if graph.has_edge(one, other) else weight
            graph.add_edge(one, other, weight=weight)

        for key in self.live:
            found, begin, end = self.items[key], (key, "begin"), (key, "end")
            join(begin, end, ((self.length(key) if self.lengths else None) or 1) - 1)
            if "start_on" in found:
                join(START, begin, number(found["start_on"]))
            if self.today is not None and found.get("state") == "open":
                join(START, end, self.today)
            for other in found.get("blocked_by", []):
                after(other, begin if key in self.issues else end)
            for other in self.parts[key]:
                after(other, end)
        return graph

    def longest_ways(self):
        graph = self.events()
        for _, _, edge in graph.edges(data=True):
            edge["weight"] = -edge["weight"]
        return {event: -way for event, way in networkx.single_source_bellman_ford_path_length(graph, START).items()}

    def earliest(self):
        def told(key):
            if key in self.never:
                return "never"
            found = self.days.get((key, "end")) if key in self.live else None
            return None if found is None else day(found)

        return {key: told(key) for key in self.items}

    def left(self, key):
        """The stated days that still lie before an issue."""
        length = self.length(key)
        if length is None:
            return 0
        is_free = all(other in self.settled for other in self.items[key].get("blocked_by", []))
        begin = self.days[key, "begin"]
        if self.today is None or not is_free or begin > self.today:
            return length
        return max(0, begin + length - self.today)

    def work(self):
        """What has to be done one after the other; an issue weighs its days, and a little for itself."""
        graph = networkx.DiGraph()
        for key in self.live:
            one = 1 if key in self.issues else 0
            graph.add_edge((key, "in"), (key, "out"), weight=(self.left(key) * DAY if one else 0) + one)
            for other in self.items[key].get("blocked_by", []):
                if other in self.live:
                    graph.add_edge((other, "out"), (key, "in" if key in self.issues else "out"), weight=0)
            for other in self.parts[key]:
                if other in self.live:
                    graph.add_edge((other, "out"), (key, "out"), weight=0)
        return graph

    def has_parts(self):
        return any(self.parts.values())


def paths(graph):
    """The longest paths of issues of a graph without parts: their weight, one of them, and how many there are."""
    chain = networkx.dag_longest_path(graph, weight="weight") if graph else []
    weight = networkx.path_weight(graph, chain, "weight") if len(chain) > 1 else 0
    best, ways = {}, {}
    for node in networkx.topological_sort(graph):
        before = [(best[other] + graph.edges[other, node]["weight"], ways[other]) for other in graph.predecessors(node)]
        best[node] = max((found for found, _ in before), default=0)
        ways[node] = sum(count for found, count in before if found == best[node]) or 1
    count = sum(ways[node] for node in graph if best[node] == weight and node[1] == "out")
    return weight, [key for key, side in chain if side == "in"], count


def faults(source, answer):
    """Where an answer differs from what networkx finds."""
    oracle = Oracle(source)
    for name, expected in [("earliest", oracle.earliest()), ("floor", Oracle(source, lengths=False).earliest())]:
        for key, told in expected.items():
            if answer[name][key] != told:
                yield f"{name} of {key}: {answer[name][key]}, networkx says {told}"
    path = answer["path"] or {"days": 0, "items": [], "without_length": 0}
    graph = oracle.work()
    if oracle.has_parts():
        most = max((length_to(graph, (key, "out")) for key in oracle.live if key in oracle.issues), default=0)
        if path["days"] != most:
            yield f"{path['days']} days on the critical path, networkx says {most}"
        return
    weight, chain, count = paths(graph)
    if len(chain) == 1 and weight < DAY:
        weight, chain = 0, []
    if path["days"] * DAY + len(path["items"]) != weight:
        yield f"{path['days']} days over {len(path['items'])} issues, networkx says {divmod(weight, DAY)}"
    elif count == 1 and chain and path["items"] != chain:
        yield f"{path['items']} is the critical path, networkx says {chain}"
    if path["without_length"] != sum(oracle.length(key) is None for key in path["items"]):
        yield f"{path['without_length']} issues without a length"


def length_to(graph, end):
    """The most days to an end, counting days alone."""
    nodes = networkx.ancestors(graph, end) | {end}
    part = graph.subgraph(nodes)
    best = {}
    for node in networkx.topological_sort(part):
        best[node] = max((best[other] + part.edges[other, node]["weight"] // DAY for other in part.predecessors(node)), default=0)
    return best[end]


def answers(program, sources):
    lines = "".join(json.dumps(source) + "\n" for source in sources)
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def spoilt(dice, answer):
    """The same answer with one day or one step of it wrong; nothing where it says nothing."""
    answer = copy.deepcopy(answer)
    dated = [key for key, told in answer["earliest"].items() if told and told != "never"]
    if answer["path"] and dice.random() < 0.5:
        answer["path"]["days"] += dice.choice([-1, 1])
    elif dated:
        key = dice.choice(dated)
        answer["earliest"][key] = dice.choice([None, "never", day(number(answer["earliest"][key]) + dice.choice([-1, 1]))])
    else:
        return None
    return answer


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--answer", required=True)
    options.add_argument("--plans", type=int, default=1000)
    options.add_argument("--seed", type=int, default=2027)
    options.add_argument("--self-test", action="store_true")
    options = options.parse_args()
    dice = random.Random(options.seed)
    sources = [roadmap(dice) for _ in range(100 if options.self_test else options.plans)]
    told = answers(options.answer, sources)
    if options.self_test:
        planted = [(source, spoilt(dice, answer)) for source, answer in zip(sources, told)]
        planted = [(source, answer) for source, answer in planted if answer]
        missed = [source for source, answer in planted if not list(faults(source, answer))]
        print(f"{len(planted) - len(missed)} of {len(planted)} planted faults were noticed")
        sys.exit(1 if missed or not planted else 0)
    found = [(source, list(faults(source, answer))) for source, answer in zip(sources, told)]
    wrong = [(source, lines) for source, lines in found if lines]
    for source, lines in wrong[:5]:
        print(json.dumps(source), *lines, sep="\n")
    days = sum(bool(found) and found != "never" for answer in told for found in answer["earliest"].values())
    chains = sum(len((answer["path"] or {"items": []})["items"]) > 1 for answer in told)
    print(f"{len(sources)} roadmaps, {days} earliest days, {chains} critical paths: {len(wrong)} differ")
    sys.exit(1 if wrong or not days else 0)


if __name__ == "__main__":
    main()
