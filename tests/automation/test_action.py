"""The action: a release is installed only whole and unchanged, and a command is words."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import unittest

from runner import ROADBOOK, ROOT, Runner, step

ACTION = ".github/actions/roadbook/action.yml"
VERSION = subprocess.run([ROADBOOK, "--version"], capture_output=True, text=True).stdout.split()[1]
TARGET = "x86_64-unknown-linux-musl"


def sha256(bytes):
    return hashlib.sha256(bytes).hexdigest()


class Release:
    """A release of the program that is tested, in a folder, packed as the release workflow packs it."""

    def __init__(self, folder, version=VERSION):
        name = f"roadbook-{version}-{TARGET}"
        self.folder = folder / "releases" / f"v{version}"
        packed = folder / "packed" / name
        packed.mkdir(parents=True)
        self.folder.mkdir(parents=True)
        shutil.copy(ROADBOOK, packed / "roadbook")
        (packed / "README.md").write_text("Words.\n", encoding="utf-8")
        self.archive = self.folder / f"{name}.tar.gz"
        subprocess.run(["tar", "-czf", self.archive, name], cwd=packed.parent, check=True)
        self.sums = self.folder / "SHA256SUMS"
        other = f"{'0' * 64}  other-{self.archive.name}\n"
        self.sums.write_text(f"{other}{sha256(self.archive.read_bytes())}  {self.archive.name}\n", encoding="utf-8")


class Installed(unittest.TestCase):
    def install(self, version=VERSION, checksums="", spoil=None, action=None, **environment):
        """Installs from a release in a folder; `spoil` is done to it before."""
        with Runner() as runner:
            release = Release(runner.folder)
            given = {
                # As the runner lays it: the whole repository, outside of the checkout.
                "ACTION_PATH": str(action or elsewhere(runner)),
                "CHECKSUMS_SHA256": checksums(release) if callable(checksums) else checksums,
                "RELEASES": release.folder.parent.as_uri() + "/",
                "VERSION": version,
            }
            if spoil:
                spoil(release)
            ended = runner.run(step(ACTION, "Install Roadbook"), given, **environment)
            if ended.code == 0:
                program = pathlib.Path(ended.outputs["path"])
                self.assertEqual(ended.path, [str(program.parent)])
                said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
                self.assertEqual(said, f"roadbook {ended.outputs['version']}\n")
            else:
                self.assertEqual((ended.path, ended.outputs), ([], {}), "what failed leaves nothing behind")
            self.assertFalse((runner.workspace / "pwned").exists())
            return ended

    def refused(self, words, **how):
        ended = self.install(**how)
        self.assertEqual(ended.code, 1, ended)
        self.assertIn(f"::error title=roadbook::{words}", ended.out)

    def test_a_release_is_installed(self):
        for version in [VERSION, f"v{VERSION}"]:
            ended = self.install(version)
            self.assertEqual((ended.code, ended.outputs.get("version")), (0, VERSION), ended)

    def test_without_a_version_it_is_the_one_that_the_action_belongs_to(self):
        ended = self.install("")
        self.assertEqual((ended.code, ended.outputs.get("version")), (0, VERSION), ended)

    def test_a_damaged_archive_is_refused(self):
        def cut(release):
            release.archive.write_bytes(release.archive.read_bytes()[:-1])

        self.refused(f"roadbook-{VERSION}-{TARGET}.tar.gz is damaged or was changed", spoil=cut)

    def test_an_archive_that_no_checksum_names_is_refused(self):
        for text in ["", f"{'0' * 64}  other\n"]:
            self.refused(
                f"SHA256SUMS of Roadbook {VERSION} does not name",
                spoil=lambda release, text=text: release.sums.write_text(text, encoding="utf-8"),
            )

    def test_checksums_can_be_pinned(self):
        pinned = lambda release: sha256(release.sums.read_bytes())
        self.assertEqual(self.install(checksums=pinned).code, 0)

        def exchange(release):
            release.archive.write_bytes(b"another")
            release.sums.write_text(f"{sha256(b'another')}  {release.archive.name}\n", encoding="utf-8")

        self.refused(f"SHA256SUMS of Roadbook {VERSION} is not the one", checksums=pinned, spoil=exchange)

    def test_a_release_that_there_is_not_is_named(self):
        self.refused("cannot download SHA256SUMS of Roadbook 99.0.0", version="99.0.0")

    def test_a_version_is_a_version(self):
        for version in ["main", "1", "1.2.3/../../x", "1.2.3 --output x", "$(touch pwned)", "1.2.3\n1.2.4", "%0A::error::x"]:
            self.refused("the input version is no version", version=version)

    def test_a_machine_without_a_release_is_named(self):
        self.refused("there is no release for Linux on X86", RUNNER_ARCH="X86")

    def test_an_action_of_the_checkout_is_built(self):
        ended = self.install("", action=ROOT / ".github/actions/roadbook", GITHUB_WORKSPACE=str(ROOT), **rust())
        self.assertEqual((ended.code, ended.outputs.get("version")), (0, VERSION), ended)

    def test_without_rust_nothing_is_built(self):
        self.refused("building from source needs Rust", version="source", PATH="/usr/bin:/bin")


def elsewhere(runner):
    """The action's own repository, as far as the action reads it."""
    project = runner.folder / "_actions" / "roadbook"
    action = project / ".github/actions/roadbook"
    action.mkdir(parents=True)
    shutil.copy(ROOT / ACTION, action)
    shutil.copy(ROOT / "Cargo.toml", project)
    return action


def rust():
    """Where Rust keeps what it has, which it finds by the home of whoever runs these tests."""
    home = pathlib.Path.home()
    kept = {"CARGO_HOME": home / ".cargo", "RUSTUP_HOME": home / ".rustup", "CARGO_TARGET_DIR": ROOT / "target"}
    return {name: os.environ.get(name, str(path)) for name, path in kept.items()}


class Run(unittest.TestCase):
    def run_command(self, command):
        with Runner() as runner:
            runner.write("roadmap/plan.json", '{"milestones": [{"title": "A-M1: First"}]}\n')
            runner.write("a b", "")
            ended = runner.run(step(ACTION, "Run Roadbook"), {"COMMAND": command, "ROADBOOK": str(ROADBOOK)})
            self.assertFalse((runner.workspace / "pwned").exists())
            return ended

    def test_a_command_ends_with_its_own_code(self):
        self.assertEqual(self.run_command("list milestones").code, 0)
        self.assertEqual(self.run_command("check  --format\ngithub").code, 1)
        self.assertEqual(self.run_command("no-such-verb").code, 2)

    def test_a_command_is_words_and_no_script(self):
        for command in ["list; touch pwned", "list $(touch pwned)", "list `touch pwned`", "list && touch pwned"]:
            self.assertEqual(self.run_command(command).code, 2, command)
        self.assertIn("'*'", self.run_command("list *").err, "no pattern of files")


if __name__ == "__main__":
    unittest.main()
