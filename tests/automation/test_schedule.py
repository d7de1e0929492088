"""Drift and the website's publication, against the fake GitHub that the Rust tests speak to."""

import json
import os
import pathlib
import re
import subprocess
import unittest
import urllib.request

from github import TOKEN, GitHub
from runner import Runner, step

FAKE = pathlib.Path(os.environ["FAKE"]).resolve()
DRIFT = ".github/workflows/roadbook-drift.yml"
PAGES = ".github/workflows/roadbook-pages.yml"

PULL = ".github/workflows/roadbook-pull.yml"

PLAN = {
    "repository": "acme/data-platform",
    "site": {"url": "https://acme.example/plan/"},
    "milestones": [{"id": "A-M1", "title": "A-M1: First"}],
    "issues": [
        {"id": "A-1", "title": "A-1: ::error::<script>", "milestone": "A-M1"},
        {"id": "A-2", "title": "A-2: Two", "milestone": "A-M1", "internal": True},
    ],
}


class Fake:
    """The fake GitHub as a process, which ends with its standard input."""

    def __enter__(self):
        self.process = subprocess.Popen([FAKE, "--port", "0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url, _, self.token = self.process.stdout.readline().strip().partition(" with the token ")
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def committed(runner, plan):
    runner.git("init", "--quiet", "--initial-branch=main")
    runner.write("roadmap/plan.json", json.dumps(plan, indent=2))
    runner.roadbook("build")
    runner.git("add", "--all")
    runner.git("commit", "--quiet", "--message=Plan")


class Drift(unittest.TestCase):
    def test_it_fails_until_github_is_as_the_source_says(self):
        with Runner() as runner, Fake() as github:
            committed(runner, PLAN)
            compare = lambda: runner.run(
                step(DRIFT, "Compare the source with GitHub"), {"GH_TOKEN": github.token}, GITHUB_API_URL=github.url
            )
            ended = compare()
            self.assertEqual(ended.code, 1, ended)
            self.assertIn("2 issues", ended.summary)
            self.assertNotIn("<script>", re.sub(r"`[^`\n]*`", "", ended.summary), "but within code")
            commands = [line for line in ended.out.splitlines() if line.startswith("::")]
            self.assertEqual(commands, ["::error title=roadbook::GitHub differs from the source: the summary says where"])
            self.assertEqual(runner.git("status", "--short"), "", "it writes nothing")
            applied = subprocess.run(
                [*map(str, [runner.path[0] + "/roadbook"]), "apply", "--yes"],
                cwd=runner.workspace,
                env={"GH_TOKEN": github.token, "GITHUB_API_URL": github.url},
                capture_output=True,
                text=True,
            )
            self.assertEqual(applied.returncode, 0, applied.stderr)
            ended = compare()
            self.assertEqual(ended.code, 0, ended)

    def test_a_github_that_refuses_is_no_drift(self):
        with Runner() as runner, Fake() as github:
            committed(runner, PLAN)
            given = {"GH_TOKEN": "ghs_of_another"}
            ended = runner.run(step(DRIFT, "Compare the source with GitHub"), given, GITHUB_API_URL=github.url)
            self.assertEqual(ended.code, 4, ended)
            self.assertNotIn("::error title=roadbook::GitHub differs", ended.out)


class Pull(unittest.TestCase):
    HOSTILE = "A-1: $(touch owned) `id` ::error::x'\"; rm -rf ."

    def pulled(self, runner, github, **given):
        given = {"GH_TOKEN": github.token, "PULL_NEW": "", **given}
        return runner.run(step(PULL, "Bring home what people did"), given, GITHUB_API_URL=github.url)

    def proposed(self, runner, api):
        """What the second job does, in a checkout of its own that lies where the first one's patch does."""
        pushed = runner.run(step(PULL, "Push the branch"), {"GH_TOKEN": TOKEN})
        self.assertEqual(pushed.code, 0, pushed)
        opened = runner.run(
            step(PULL, "Open a pull request, if none is open"),
            {"GH_TOKEN": TOKEN, "BASE": "main"},
            GITHUB_API_URL=api.url,
            GITHUB_REPOSITORY_OWNER="acme",
        )
        self.assertEqual(opened.code, 0, opened)
        return pushed, opened

    def edited(self, github, number, issue):
        order = json.dumps({"number": number, "issue": issue}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{github.url}/_fake/edit", order, method="POST")).close()

    def test_what_people_wrote_comes_in_one_pull_request_and_nowhere_else(self):
        with Runner() as runner, Fake() as github, GitHub([]) as api:
            committed(runner, PLAN)
            runner.git("init", "--quiet", "--bare", str(runner.temp / "origin.git"))
            runner.git("remote", "add", "origin", str(runner.temp / "origin.git"))
            environment = {"GH_TOKEN": github.token, "GITHUB_API_URL": github.url}
            words = [runner.path[0] + "/roadbook", "apply", "--yes"]
            subprocess.run(words, cwd=runner.workspace, env=environment, capture_output=True, check=True)
            runner.git("add", "--all", "--", ".", ":(exclude)*roadbook.journal.*")
            runner.git("commit", "--quiet", "--message=Applied")
            base = runner.git("rev-parse", "HEAD")
            ended = self.pulled(runner, github)
            self.assertEqual((ended.code, ended.outputs), (0, {}), ended)
            for expected in (1, 1, 2):
                title = self.HOSTILE + "!" * expected
                self.edited(github, 1, {"title": title})
                ended = self.pulled(runner, github)
                self.assertEqual((ended.code, ended.outputs), (0, {"changed": "true"}), ended)
                self.assertEqual([line for line in ended.out.splitlines() if line.startswith("::")], [])
                runner.git("reset", "--quiet", "--hard", base)
                self.proposed(runner, api)
                runner.git("reset", "--quiet", "--hard", base)
                runner.git("fetch", "--quiet", "origin", "roadbook/pull")
                plan = json.loads(runner.git("show", "FETCH_HEAD:roadmap/plan.json"))
                self.assertEqual(plan["issues"][0]["title"], title)
                self.assertEqual(runner.git("log", "--format=%s", f"{base}..FETCH_HEAD"), "Pull changes made on GitHub into the roadmap")
            self.assertFalse((runner.workspace / "owned").exists())
            ((verb, branch, body),) = api.written
            self.assertEqual((verb, branch, body["base"]), ("opened", "roadbook/pull", "main"))
            self.assertNotIn("A-1", json.dumps(body))

    def test_a_github_that_refuses_fails(self):
        with Runner() as runner, Fake() as github:
            committed(runner, PLAN)
            ended = self.pulled(runner, github, GH_TOKEN="ghs_of_another")
            self.assertEqual((ended.code, ended.outputs), (4, {}), ended)


class Pages(unittest.TestCase):
    def published(self, runner, github, plan, token=None):
        """The snapshot and the build; returns how both ended, and the files of the site."""
        committed(runner, plan)
        given = {"GH_TOKEN": token or github.token}
        asked = runner.run(step(PAGES, "Ask GitHub for states and days"), given, GITHUB_API_URL=github.url)
        self.assertEqual(asked.code, 0, asked)
        built = runner.run(step(PAGES, "Build the site"))
        self.assertEqual(built.code, 0, built)
        self.assertEqual(runner.git("status", "--short"), "", "nothing is written into the checkout")
        site = runner.temp / "roadbook-site"
        return asked, {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def test_the_site_has_states_changes_and_nothing_internal(self):
        with Runner() as runner, Fake() as github:
            asked, site = self.published(runner, github, PLAN)
            self.assertEqual(asked.environment, {"ROADBOOK_SITE_LOCK": str(runner.temp / "roadbook.lock.json")})
            self.assertTrue({"index.html", "changes.html", "feed.atom"} <= set(site), sorted(site))
            for path, bytes in site.items():
                self.assertNotIn(b"A-2", bytes, path)

    def test_without_a_repository_in_the_source_it_is_built_and_warned_of(self):
        with Runner() as runner, Fake() as github:
            plan = {name: value for name, value in PLAN.items() if name != "repository"}
            asked, site = self.published(runner, github, plan)
            self.assertIn("::warning title=roadbook::the site shows the states of the committed lock", asked.out)
            self.assertEqual(asked.environment, {})
            self.assertIn("index.html", site)

    def test_a_github_that_refuses_is_warned_of(self):
        with Runner() as runner, Fake() as github:
            asked, site = self.published(runner, github, PLAN, token="ghs_of_another")
            self.assertIn("::warning title=roadbook::the site shows the states of the committed lock", asked.out)
            self.assertIn("index.html", site)

    def test_a_source_with_faults_is_not_published(self):
        with Runner() as runner, Fake() as github:
            committed(runner, {"issues": [{"title": "A-1: x", "milestone": "none"}]})
            given = {"GH_TOKEN": github.token}
            asked = runner.run(step(PAGES, "Ask GitHub for states and days"), given, GITHUB_API_URL=github.url)
            self.assertEqual(asked.code, 3, asked)


if __name__ == "__main__":
    unittest.main()
