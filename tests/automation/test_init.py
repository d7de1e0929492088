"""What `roadbook init` writes into other people's repositories, held to what GitHub and pre-commit take."""

import pathlib
import re
import subprocess
import sys
import unittest

from runner import ROOT, Runner

TOOLS = pathlib.Path(sys.executable).parent
WORKFLOWS = [f".github/workflows/roadbook-{name}.yml" for name in ("check", "comment", "drift", "pages", "pull")]


class Init(unittest.TestCase):
    def setUp(self):
        self.runner = self.enterContext(Runner())
        self.runner.git("init", "--quiet", "--initial-branch=trunk")
        self.runner.write("roadmap/plan.json", '{"milestones": [{"title": "A-M1: First"}]}\n')
        words = ["init", "--yes", "--pre-commit", "--check", "--comment", "--pages", "--drift", "--pull"]
        done = self.runner.roadbook(*words)
        self.assertEqual(done.returncode, 0, done.stderr)

    def held(self, tool, *words):
        """Holds files to what a tool of other people says of them."""
        done = subprocess.run([TOOLS / tool, *words], cwd=self.runner.workspace, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, f"{done.stdout}\n{done.stderr}")

    def test_the_workflows_keep_to_the_schema(self):
        self.held("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
        self.held("check-jsonschema", "--builtin-schema", "custom.github-workflows-require-timeout", *WORKFLOWS)

    def test_the_file_of_pre_commit_is_one(self):
        self.held("pre-commit", "validate-config", ".pre-commit-config.yaml")

    def test_they_are_ours_but_for_the_action_and_the_branch(self):
        for path in WORKFLOWS:
            theirs = (self.runner.workspace / path).read_text(encoding="utf-8")
            action = r"uses: roadbook/roadbook/\.github/actions/roadbook@\S+( # v\S+)?\n"
            as_ours = re.sub(action, "uses: ./.github/actions/roadbook\n", theirs)
            as_ours = as_ours.replace('branches: ["trunk"]', 'branches: ["main"]')
            self.assertEqual(as_ours, (ROOT / path).read_text(encoding="utf-8"), path)
            self.assertEqual(theirs == as_ours, path.endswith("comment.yml"), path)


if __name__ == "__main__":
    unittest.main()
