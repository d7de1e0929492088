"""The check of a pull request: annotations that hold, and what changes, told without acting."""

import json
import re
import unittest

from runner import Runner, step

WORKFLOW = ".github/workflows/roadbook-check.yml"

# Titles that people could give, to be seen where they should not be.
HOSTILE = [
    "::error::title",
    "%0A::warning::title",
    "##[error]title",
    "::stop-commands::x",
    "</details><script>alert(1)</script>",
    "`$(touch pwned)` ${HOME} \\",
    "| a | b |",
    "@everyone #1 [x](https://example.org) ![x](https://example.org/x.png)",
    "<!-- roadbook:changes -->",
]


def plan(titles, milestone="A-M1", **keys):
    issues = [{"id": f"A-{at}", "title": title, "milestone": milestone} for at, title in enumerate(titles, 1)]
    return json.dumps(
        {"outputs": {"site": None}, "milestones": [{"id": "A-M1", "title": "First"}], "issues": issues, **keys},
        indent=2,
    )


def merged(runner, before, after):
    """A checkout as GitHub makes it for a pull request: the merge, whose first parent is what it goes into."""
    runner.git("init", "--quiet", "--initial-branch=main")
    runner.write("roadmap/plan.json", before)
    runner.roadbook("build")
    runner.git("add", "--all")
    runner.git("commit", "--quiet", "--message=Plan")
    runner.git("switch", "--quiet", "--create=change")
    runner.write("roadmap/plan.json", after)
    runner.roadbook("build")
    runner.git("add", "--all")
    runner.git("commit", "--quiet", "--message=Change the plan")
    runner.git("switch", "--quiet", "--detach", "main")
    runner.git("merge", "--quiet", "--no-ff", "--message=Merge", "change")


class Check(unittest.TestCase):
    def test_every_line_of_the_log_that_is_a_command_is_ours(self):
        with Runner() as runner:
            runner.write("roadmap/plan.json", plan(HOSTILE, milestone="A-M9 ::error::x\n::error::y"))
            ended = runner.run(step(WORKFLOW, "Check the documents against the source"))
            self.assertEqual(ended.code, 3, ended)
            commands = [line for line in ended.out.splitlines() if line.startswith(("::", "##["))]
            self.assertGreaterEqual(len(commands), len(HOSTILE))
            for command in commands:
                self.assertRegex(command, r"^::(error|warning) file=roadmap/[\w./]+,(line=\d+,)?.*title=roadbook%3A [\w-]+::")
            self.assertFalse([line for line in ended.err.splitlines() if line.startswith(("::", "##["))], ended)

    def test_a_fresh_commit_passes(self):
        with Runner() as runner:
            merged(runner, plan(["One"]), plan(["One", "Two"]))
            self.assertEqual(runner.run(step(WORKFLOW, "Check the documents against the source")).code, 0)


class Changes(unittest.TestCase):
    def told(self, before, after):
        """What the step tells of a pull request: how it ended, for the artifact in Markdown and in text."""
        with Runner() as runner:
            merged(runner, before, after)
            ended = runner.run(step(WORKFLOW, "Say what changes"))
            self.assertEqual(ended.code, 0, ended)
            self.assertFalse((runner.workspace / "pwned").exists())
            self.assertEqual(runner.git("status", "--short"), "", "it leaves the checkout alone")
            kept = runner.temp / "roadbook-changes"
            return ended, *((kept / f"changes.{form}").read_text(encoding="utf-8") for form in ("markdown", "human"))

    def test_what_changes_is_in_the_summary_and_in_the_artifact(self):
        ended, markdown, text = self.told(plan(["One"]), plan(["One", "Two"]))
        self.assertNotIn("::warning", ended.out + ended.err)
        self.assertEqual(ended.summary, markdown)
        for said in (markdown, text):
            self.assertIn("A-2", said)
            self.assertIn("Two", said)
            self.assertNotIn("One", said)

    def test_without_a_change_the_text_is_empty(self):
        ended, _, text = self.told(plan(["One"]), plan(["One"]) + "\n")
        self.assertEqual(text.strip(), "", ended)

    def test_what_github_lacks_is_told_where_it_was_asked_once(self):
        with Runner() as runner:
            runner.write("roadmap/roadbook.lock.json", '{"version": 1, "repository": "acme/data-platform"}\n')
            repository = {"repository": "acme/data-platform"}
            merged(runner, plan(["One"], **repository), plan(["One", "Two"], **repository))
            ended = runner.run(step(WORKFLOW, "Say what changes"))
            self.assertEqual(ended.code, 0, ended)
            self.assertIn("<details><summary>What GitHub lacks of this</summary>\n\n### What `roadbook apply` would do", ended.summary)
            self.assertNotIn("::warning", ended.out + ended.err)

    def test_a_title_stays_a_title(self):
        ended, markdown, _ = self.told(plan(["One"]), plan(HOSTILE))
        self.assertFalse([line for line in (ended.out + ended.err).splitlines() if line.startswith(("::", "##["))], ended)
        # A backslash makes a sign plain, and an empty comment stops what GitHub would link by itself.
        live = re.findall(r"<(?!!-- -->)|\[x|@e|#1|`|</", re.sub(r"\\.", "", markdown))
        self.assertEqual(live, [], markdown)

    def test_a_source_that_cannot_be_read_warns_and_leaves_the_verdict_to_the_check(self):
        ended, _, text = self.told("{", plan(["One"]))
        self.assertIn("::warning title=roadbook::the changes cannot be determined", ended.out)
        self.assertEqual(text, "")


if __name__ == "__main__":
    unittest.main()
