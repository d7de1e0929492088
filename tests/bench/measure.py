"""What the benchmarks share: building Roadbook, running a process and reading what it took."""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def cargo_build(*what):
    subprocess.run(["cargo", "build", "--locked", *what], cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()


def scratch_in(folder):
    """A folder for the data: in memory where that can be had, since a disk's own habits drown what is measured."""
    if folder is None and os.access("/dev/shm", os.W_OK):
        folder = "/dev/shm"
    return Path(tempfile.mkdtemp(prefix="roadbook-bench-", dir=folder))


def file_system(path):
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return "unknown file system"
    holding = [mount for mount in mounts if path.is_relative_to(mount[0])]
    return max(holding, key=lambda mount: len(mount[0]))[1]


def machine(path):
    """The machine in a few words: `Linux, 2 cores, 24 GiB, ext4`."""
    words = [platform.system(), f"{os.cpu_count()} cores"]
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        words.append(f"{memory / 2**30:.0f} GiB")
    except (ValueError, OSError, AttributeError):
        pass
    return ", ".join([*words, file_system(path)])


def measured(command, folder, well=(0, 1)):
    """Wall seconds, CPU seconds and peak MiB of one process; `wait4` knows them of this child alone. It ends everything where
    the process ended with another code than one of a run that went well (ours: 1 says that something was found)."""
    with open(os.devnull, "wb") as nowhere:
        began = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, stdout=nowhere, stderr=nowhere)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in well:
        sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode} in {folder}")
    unit = 1024 * 1024 if platform.system() == "Darwin" else 1024
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit


def medians(runs):
    return [statistics.median(column) for column in zip(*runs)]


def outputs(*folders):
    """How many files stand below the folders, and how many bytes they hold."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


def synthesized(synthesize, folder, issues, shape="plain"):
    """Makes a folder with a roadmap of so many issues; returns its source."""
    (folder / "roadmap").mkdir(parents=True)
    source = folder / "roadmap" / "roadmap.json"
    with open(source, "wb") as out:
        subprocess.run([synthesize, str(issues), shape], stdout=out, check=True)
    return source


def with_guides(folder, source, count):
    """Adds so many hand-written documents of 10 KB, which name, repeat and link the issues of twenty milestones in turn."""
    roadmap = json.loads(source.read_text(encoding="utf-8"))
    roadmap["docs"] = ["docs"]
    source.write_text(json.dumps(roadmap, ensure_ascii=False), encoding="utf-8")
    issues = roadmap["issues"]
    ids = [issue.get("id") or issue["title"].split(":")[0] for issue in issues]
    titles = [issue["title"].removeprefix(f"{id}: ") for id, issue in zip(ids, issues)]
    (folder / "docs").mkdir()
    for number in range(count):
        lines, at = [f"# Guide {number}", "", "| Issue | Title |", "|---|---|"], number * 37
        for row in range(30):
            ix = (at + row) % len(ids)
            lines.append(f"| {ids[ix]} | {titles[ix].replace('|', '/')} |")
        while sum(map(len, lines)) < 10_000:
            ix = (at + len(lines)) % len(ids)
            page = f"../roadmap/milestones/m-{issues[ix]['milestone'].split(' ')[0].rstrip(':').lower()}.md" if "milestone" in issues[ix] else "../roadmap/SUMMARY.md"
            label = (issues[ix].get("labels") or ["area:none"])[0]
            lines += ["", f"## {ids[ix]}", "", f"- see [{ids[ix]}]({page}), `{label}`, and [above](#guide-{number})"]
            lines += [f"- {ids[ix]}: waits for {ids[(ix + 1) % len(ids)]}, at 10:30", "", "```", f"{ids[ix]} {label}", "```"]
        (folder / "docs" / f"guide-{number}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def clear(folder):
    """Takes away what Roadbook built."""
    for path in folder.glob("roadmap/*.md"):
        path.unlink()
    for built in (folder / "roadmap" / "milestones", folder / "site"):
        shutil.rmtree(built, ignore_errors=True)
