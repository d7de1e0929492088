"""The notices of an archive: of all that is linked into the binary, and of nothing else."""

import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Notices(unittest.TestCase):
    def test_every_linked_crate_is_named_with_its_licence(self):
        host = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout
        target = re.search("^host: (.*)$", host, re.MULTILINE).group(1)
        script = [sys.executable, ROOT / ".github/notices.py", target]
        notices = subprocess.run(script, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        named = set(re.findall(r"^([a-z0-9_-]+) \d[^ ]* \(", notices, re.MULTILINE))
        linked = {"comrak", "pulldown-cmark", "tera", "ammonia", "ring", "libmimalloc-sys", "tokio", "webpki-roots"}
        self.assertLessEqual(linked, named)
        only_for_tests = {"proptest", "jsonschema", "snapbox", "divan", "roadbook"}
        self.assertEqual(only_for_tests & named, set())
        # Of the C that a crate carries, too.
        self.assertIn("Copyright (c) 2018-2025 Microsoft Corporation", notices)
