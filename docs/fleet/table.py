#!/usr/bin/env python3
"""Prints how the roadmaps of many repositories stand, as one Markdown table.

    fleet/table.py ~/checkouts/*

It runs `roadbook check --format json` in each folder. It ends with 1 where a repository is not fine, and with 3
where one could not be looked at: the two are never the same.
"""

import json
import os
import subprocess
import sys


def check(folder):
    """What `check` says of a folder: its exit code, and its JSON where it gave any."""
    command = [os.environ.get("ROADBOOK", "roadbook"), "check", "--quiet", "--format", "json", "--root", folder]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    try:
        return run.returncode, json.loads(run.stdout)
    except json.JSONDecodeError:
        return run.returncode, None


def row(folder):
    """The exit code and the cells of a repository."""
    name = os.path.basename(os.path.normpath(folder))
    code, said = check(folder)
    if said is None:
        return code, [name, "", "could not look", "", "", ""]
    counts, looked = said["counts"], said["looked_at"]
    verdict = {0: "fine", 1: "not fine", 3: "cannot be read"}.get(code, f"exit code {code}")
    codes = sorted(counts["by_code"].items(), key=lambda one: (-one[1], one[0]))
    found = ", ".join(f"{code} {count}" for code, count in codes[:3])
    items = f"{looked.get('milestones', 0)} / {looked.get('issues', 0)}"
    return code, [name, said["pinned"] or "not pinned", verdict, items, f"{counts['errors']} / {counts['warnings']}", found]


def main(folders):
    if not folders:
        sys.exit("usage: table.py FOLDER…")
    rows = [row(folder) for folder in folders]
    print("| Repository | Pinned | Verdict | Milestones / issues | Errors / warnings | Found |")
    print("|---|---|---|--:|--:|---|")
    for _, cells in rows:
        print("| " + " | ".join(cells) + " |")
    worst = max(code for code, _ in rows)
    sys.exit(min(worst, 1) if worst < 2 else 3)


if __name__ == "__main__":
    main(sys.argv[1:])
