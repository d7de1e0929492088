"""Prints the licences of all that is linked into a binary, for the archive that it is shipped in.

    python3 .github/notices.py TARGET

The crates are those of `Cargo.lock` for that target, without what only tests and build scripts need. Texts are those that
the crates ship; one that ships none is named with its licence and where it comes from.
"""

import json
import pathlib
import re
import subprocess
import sys

# What licence files are called, here and in the C sources that crates carry.
TEXT = re.compile(r"(licen[cs]e|copying|notice|unlicense|copyright)([-_.].*)?", re.IGNORECASE)
CODE = {".rs", ".py", ".c", ".h", ".toml", ".json"}
DEEPEST = 4


def linked(metadata):
    """The packages that end up in the binary, in the order of their names."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    found, open_ids = set(), [root]
    while open_ids:
        for dependency in nodes[open_ids.pop()]["deps"]:
            is_linked = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if is_linked and dependency["pkg"] not in found:
                found.add(dependency["pkg"])
                open_ids.append(dependency["pkg"])
    packages = [package for package in metadata["packages"] if package["id"] in found - {root}]
    return sorted(packages, key=lambda package: (package["name"], package["version"]))


def texts(package):
    """The licence texts that a package ships."""
    folder = pathlib.Path(package["manifest_path"]).parent
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_text = TEXT.fullmatch(path.name) and path.suffix not in CODE
        if is_text and len(inside.parts) <= DEEPEST and path.is_file() and "tests" not in inside.parts:
            yield path.read_text(encoding="utf-8", errors="replace").strip()


def notices(metadata):
    """All notices: each text once, below the crates that ship it."""
    by_text, bare = {}, []
    for package in linked(metadata):
        licence = package["license"] or package["license_file"]
        if not licence:
            raise SystemExit(f"{package['name']} {package['version']} names no licence")
        line = f"{package['name']} {package['version']} ({licence})"
        shipped = list(texts(package))
        for text in shipped:
            crates = by_text.setdefault(text, [])
            if line not in crates:
                crates.append(line)
        if not shipped:
            bare.append(f"{line}: {package['repository'] or package['homepage'] or 'crates.io'}")
    parts = ["Roadbook is linked with the following crates and with Rust's standard library (MIT OR Apache-2.0)."]
    if bare:
        parts.append("These ship no licence text of their own:\n\n" + "\n".join(bare))
    parts += ["\n".join(crates) + "\n\n" + text for text, crates in by_text.items()]
    return ("\n\n" + "=" * 80 + "\n\n").join(parts) + "\n"


if __name__ == "__main__":
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", sys.argv[1]]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    print(notices(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)), end="")
