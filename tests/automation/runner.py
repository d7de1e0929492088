"""A runner of GitHub Actions, as far as a step that is a script can see one."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROADBOOK = pathlib.Path(os.environ["ROADBOOK"]).resolve()
EXPRESSION = re.compile(r"\$\{\{.*?\}\}", re.DOTALL)


def load(path):
    """A YAML file of this repository. YAML 1.1 takes the key `on` for a truth value."""
    with open(ROOT / path, encoding="utf-8") as file:
        read = yaml.safe_load(file)
    if True in read:
        read["on"] = read.pop(True)
    return read


def step(path, name):
    """The step of that name: of the one job that has it, or of an action."""
    read = load(path)
    lists = [read["runs"]["steps"]] if "runs" in read else [job["steps"] for job in read["jobs"].values()]
    (found,) = [step for steps in lists for step in steps if step.get("name") == name]
    return found


class Ended:
    """What a step came to: its exit code, its log, and what it left for the runner."""

    def __init__(self, done, summary, outputs, environment, path):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.summary, self.outputs, self.environment, self.path = summary, outputs, environment, path

    def __str__(self):
        return f"exit code {self.code}\n-- stdout\n{self.out}\n-- stderr\n{self.err}"


class Runner:
    """A machine with a checkout, which goes away at the end of a `with`."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="roadbook automation "))
        self.workspace, self.temp, self.home = (self.folder / name for name in ("workspace", "temp", "home"))
        for folder in (self.workspace, self.temp, self.home):
            folder.mkdir()
        bin = self.folder / "bin"
        bin.mkdir()
        (bin / "roadbook").symlink_to(ROADBOOK)
        self.path = [str(bin), os.environ["PATH"]]
        self.environment = {}
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def write(self, path, text):
        file = self.workspace / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def git(self, *words):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_AUTHOR_DATE": "2026-11-20T12:00:00Z",
            "GIT_COMMITTER_DATE": "2026-11-20T12:00:00Z",
        }
        done = subprocess.run(
            ["git", *words], cwd=self.workspace, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def roadbook(self, *words):
        return subprocess.run([ROADBOOK, *words], cwd=self.workspace, capture_output=True, text=True)

    def run(self, step, given=None, **environment):
        """Runs a step as `shell: bash` does. `given` says what the expressions in its `env` come to, and nothing else
        may hold one."""
        given = dict(given or {})
        assert not EXPRESSION.search(step["run"]), "an expression within a script"
        for name, value in step.get("env", {}).items():
            environment.setdefault(name, given.pop(name) if EXPRESSION.search(value) else value)
        assert not given, f"the step takes no {given}"
        files = {name: self.temp / f"_{name}" for name in ("step_summary", "output", "env", "path")}
        for file in files.values():
            file.write_bytes(b"")
        script = self.temp / "_script.sh"
        script.write_text(step["run"], encoding="utf-8")
        everything = {
            "PATH": os.pathsep.join(self.path),
            "HOME": str(self.home),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "acme/data-platform",
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            **{f"GITHUB_{name.upper()}": str(file) for name, file in files.items()},
            **self.environment,
            **environment,
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-euo", "pipefail", str(script)],
            cwd=self.workspace,
            env=everything,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=1200,
        )
        left = {name: file.read_text(encoding="utf-8", errors="surrogateescape") for name, file in files.items()}
        pairs = {name: dict(line.split("=", 1) for line in left[name].splitlines()) for name in ("output", "env")}
        self.environment.update(pairs["env"])
        return Ended(done, left["step_summary"], pairs["output"], pairs["env"], left["path"].splitlines())
