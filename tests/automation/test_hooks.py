"""The hooks, run by the real pre-commit before real commits."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from runner import ROADBOOK, ROOT

PRE_COMMIT = pathlib.Path(sys.executable).parent / "pre-commit"

# Nothing may be fetched once a hook is installed.
OFFLINE = {
    "CARGO_NET_OFFLINE": "true",
    "PIP_NO_INDEX": "1",
    **{f"{scheme}_proxy": "http://127.0.0.1:9" for scheme in ("http", "https", "all")},
}


def plan(*titles, milestones=("A-M1",)):
    issues = [{"id": f"A-{at}", "title": title, "milestone": "A-M1"} for at, title in enumerate(titles, 1)]
    whole = {
        "outputs": {"site": None},
        "milestones": [{"id": id, "title": f"What {id} is"} for id in milestones],
        "issues": issues,
    }
    return json.dumps(whole, indent=2)


class Repository:
    """A repository with a roadmap whose documents are committed."""

    def __init__(self, folder, home):
        self.folder = folder
        self.environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
            "PRE_COMMIT_HOME": str(home),
            # The same build with what these tests have built already: the rest of it takes minutes.
            "CARGO_TARGET_DIR": os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target")),
            "MATURIN_PEP517_ARGS": "--profile dev",
            # Each clone is built once.
            "CARGO_INCREMENTAL": "0",
        }
        self.folder.mkdir()
        self.run("git", "init", "--quiet", "--initial-branch=main", check=True)
        self.write("roadmap/plan.json", plan("One"))
        self.build()
        self.commit_all("Plan")

    def run(self, *words, check=False, offline=False):
        environment = {**self.environment, **(OFFLINE if offline else {})}
        done = subprocess.run(
            [str(word) for word in words],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert not check or done.returncode == 0, done.stdout
        return done

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, path):
        return (self.folder / path).read_text(encoding="utf-8")

    def build(self):
        self.run(ROADBOOK, "build", check=True)

    def commit_all(self, message):
        self.run("git", "add", "--all", check=True)
        self.run("git", "commit", "--quiet", "--no-verify", f"--message={message}", check=True)

    def hook(self, *ids):
        """Has these hooks of the commit of ours that is checked out run before each commit."""
        rev = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
        hooks = "".join(f"      - id: {id}\n" for id in ids)
        self.write(
            ".pre-commit-config.yaml", f"repos:\n  - repo: {ROOT}\n    rev: {rev.stdout.strip()}\n    hooks:\n{hooks}"
        )
        self.run(PRE_COMMIT, "install", "--install-hooks", check=True)
        self.commit_all("Hooks")

    def commit(self):
        """Commits what is staged as people do; returns whether the hooks let it, and what they said."""
        before = self.head()
        done = self.run("git", "commit", "--message=Change", offline=True)
        assert (done.returncode == 0) == (self.head() != before), done.stdout
        return done.returncode == 0, done.stdout

    def head(self):
        return self.run("git", "rev-parse", "HEAD", check=True).stdout

    def is_sound(self):
        """Whether the last commit agrees with itself, as a clone of it says."""
        with tempfile.TemporaryDirectory() as clone:
            self.run("git", "clone", "--quiet", self.folder, clone, check=True)
            return subprocess.run([ROADBOOK, "check", "--quiet"], cwd=clone, capture_output=True).returncode == 0


class Hooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="roadbook hooks "))
        cls.addClassCleanup(shutil.rmtree, cls.scratch)

    def repository(self, *hooks):
        repository = Repository(self.scratch / self._testMethodName, self.scratch / "home")
        if hooks:
            repository.hook(*hooks)
        return repository

    def test_a_hook_runs_when_it_is_asked_for(self):
        repository = self.repository("roadbook-check")
        done = repository.run(PRE_COMMIT, "run", "roadbook-check", "--all-files", "--verbose", offline=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"roadbook check\.+Passed")
        self.assertIn("checked 1 milestone, 1 issue, 3 files compared", done.stdout)

    def test_a_stale_document_stops_the_commit(self):
        repository = self.repository("roadbook-check")
        repository.write("roadmap/plan.json", plan("One", "Two"))
        repository.run("git", "add", "--all", check=True)
        stale = repository.read("roadmap/SUMMARY.md")
        let, said = repository.commit()
        self.assertFalse(let)
        self.assertIn("error[stale-file]: `roadmap/SUMMARY.md` is stale", said)
        self.assertIn("to fix: roadbook build", said)
        self.assertEqual(repository.read("roadmap/SUMMARY.md"), stale, "the check writes nothing")
        repository.build()
        repository.run("git", "add", "--all", check=True)
        let, said = repository.commit()
        self.assertTrue(let, said)
        self.assertTrue(repository.is_sound())

    def test_a_document_that_was_removed_stops_the_commit(self):
        repository = self.repository("roadbook-check")
        repository.run("git", "rm", "--quiet", "roadmap/LABELS.md", check=True)
        let, said = repository.commit()
        self.assertFalse(let)
        self.assertIn("`roadmap/LABELS.md` is missing", said)

    def test_what_the_build_wrote_is_committed_at_the_second_try(self):
        repository = self.repository("roadbook-build")
        repository.write("roadmap/plan.json", plan("One", "Two"))
        repository.run("git", "add", "--all", check=True)
        let, said = repository.commit()
        self.assertFalse(let)
        self.assertIn("files were modified by this hook", said)
        repository.run("git", "add", "--update", check=True)
        let, said = repository.commit()
        self.assertTrue(let, said)
        self.assertTrue(repository.is_sound())

    def test_a_page_that_was_never_added_stops_the_commit(self):
        for hook in ["roadbook-build", "roadbook-check"]:
            with self.subTest(hook):
                self.scratch.joinpath(hook).mkdir()
                repository = Repository(self.scratch / hook / "repository", self.scratch / "home")
                repository.hook(hook)
                repository.write("roadmap/plan.json", plan("One", milestones=["A-M1", "A-M2"]))
                repository.build()
                repository.run("git", "add", "--update", check=True)
                let, said = repository.commit()
                self.assertFalse(let)
                self.assertIn("git add roadmap/milestones/m-a-m2.md", said)
                repository.run("git", "add", "--all", check=True)
                let, said = repository.commit()
                self.assertTrue(let, said)
                self.assertTrue(repository.is_sound())

    def test_what_is_not_staged_does_not_count(self):
        repository = self.repository("roadbook-check")
        repository.write("roadmap/plan.json", plan("One", "Two"))
        repository.build()
        repository.run("git", "add", "--all", check=True)
        # Somebody writes on: what is staged agrees, what lies there does not.
        further = plan("One", "Two", "Three")
        repository.write("roadmap/plan.json", further)
        let, said = repository.commit()
        self.assertTrue(let, said)
        self.assertEqual(repository.read("roadmap/plan.json"), further, "what was not staged is there again")
        self.assertTrue(repository.is_sound())

    def test_what_is_staged_is_judged_without_what_would_mend_it(self):
        repository = self.repository("roadbook-check")
        repository.write("roadmap/plan.json", plan("One", "Two"))
        repository.build()
        repository.run("git", "add", "roadmap/plan.json", check=True)
        self.assertEqual(repository.run(ROADBOOK, "check").returncode, 0, "what lies there agrees")
        let, said = repository.commit()
        self.assertFalse(let)
        self.assertIn("`roadmap/SUMMARY.md` is stale", said)

    def test_a_roadmap_in_a_worktree_is_judged_there(self):
        repository = self.repository("roadbook-check")
        repository.run("git", "worktree", "add", "--quiet", "-b", "other", "../a worktree", check=True)
        worktree = Repository.__new__(Repository)
        worktree.folder, worktree.environment = repository.folder.parent / "a worktree", repository.environment
        worktree.write("roadmap/plan.json", plan("One", "Two"))
        worktree.run("git", "add", "--all", check=True)
        let, said = worktree.commit()
        self.assertFalse(let)
        self.assertIn("`roadmap/SUMMARY.md` is stale", said)
        worktree.build()
        worktree.run("git", "add", "--all", check=True)
        let, said = worktree.commit()
        self.assertTrue(let, said)


if __name__ == "__main__":
    unittest.main()
