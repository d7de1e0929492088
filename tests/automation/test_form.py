"""What holds of every workflow and of the action, whatever its steps do."""

import re
import subprocess
import tomllib
import unittest

from runner import EXPRESSION, ROOT, load

WORKFLOWS = sorted(path.relative_to(ROOT) for path in (ROOT / ".github/workflows").glob("*.yml"))
ACTION = ".github/actions/roadbook/action.yml"
GIVEN = [path for path in WORKFLOWS if path.name.startswith("roadbook-")]


def jobs():
    for path in WORKFLOWS:
        for name, job in load(path)["jobs"].items():
            yield f"{path}, job {name}", job


def steps():
    for name, job in jobs():
        for step in job.get("steps", []):
            yield name, step
    for step in load(ACTION)["runs"]["steps"]:
        yield ACTION, step


class Form(unittest.TestCase):
    def test_there_is_something_to_look_at(self):
        self.assertEqual(len(GIVEN), 5)
        self.assertGreater(len(list(steps())), 20)

    def test_no_script_holds_an_expression(self):
        for name, step in steps():
            self.assertIsNone(EXPRESSION.search(step.get("run", "")), name)

    def test_no_workflow_applies(self):
        for name, step in steps():
            words = " ".join([step.get("run", ""), str(step.get("with", ""))])
            self.assertIsNone(re.search(r"\bapply\b", words), name)

    def test_whatever_is_used_is_named_by_its_commit(self):
        for path in [*WORKFLOWS, ACTION]:
            for line in (ROOT / path).read_text(encoding="utf-8").splitlines():
                used = re.match(r"\s*(?:- )?uses: (.*)", line)
                if used and not used[1].startswith("./"):
                    self.assertRegex(used[1], r"^[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", f"{path}: {line}")

    def test_one_action_is_one_commit_everywhere(self):
        pins = {}
        for name, step in steps():
            action, _, commit = step.get("uses", "").partition("@")
            self.assertEqual(pins.setdefault(action, commit), commit, f"{name}: {action}")

    def test_rights_are_given_to_jobs_alone(self):
        for path in WORKFLOWS:
            self.assertEqual(load(path)["permissions"], {}, path)
        for name, job in jobs():
            self.assertIn("permissions", job, name)

    def test_a_checkout_leaves_no_token(self):
        for name, step in steps():
            if step.get("uses", "").startswith("actions/checkout@"):
                self.assertIs(step["with"]["persist-credentials"], False, name)

    def test_what_runs_for_a_pull_request_reads_and_knows_no_secret(self):
        seen = 0
        for path in WORKFLOWS:
            read, text = load(path), (ROOT / path).read_text(encoding="utf-8")
            self.assertNotIn("pull_request_target", text, path)
            if "pull_request" in read["on"]:
                seen += 1
                self.assertNotRegex(text, r"secrets\.|github\.token", path)
                rights = [job["permissions"] for job in read["jobs"].values()]
                self.assertEqual(rights, [{"contents": "read"}] * len(rights), path)
        self.assertEqual(seen, 2)

    def test_what_comments_checks_nothing_out(self):
        read = load(".github/workflows/roadbook-comment.yml")
        self.assertEqual(list(read["on"]), ["workflow_run"])
        (job,) = read["jobs"].values()
        self.assertEqual([step["uses"].split("@")[0] for step in job["steps"] if "uses" in step], ["actions/download-artifact"])
        self.assertEqual(job["permissions"], {"actions": "read", "pull-requests": "write"})

    def test_only_these_may_write(self):
        writing = {name for name, job in jobs() if "write" in job["permissions"].values()}
        self.assertEqual(
            writing,
            {
                ".github/workflows/release.yml, job crate",
                ".github/workflows/release.yml, job publish",
                ".github/workflows/release.yml, job wheels",
                ".github/workflows/roadbook-comment.yml, job comment",
                ".github/workflows/roadbook-pages.yml, job deploy",
                ".github/workflows/roadbook-pull.yml, job propose",
            },
        )

    def test_what_pulls_writes_nothing_and_what_proposes_reads_no_issue(self):
        jobs = load(".github/workflows/roadbook-pull.yml")["jobs"]
        self.assertEqual(jobs["pull"]["permissions"], {"contents": "read", "issues": "read"})
        self.assertEqual(jobs["propose"]["permissions"], {"contents": "write", "pull-requests": "write"})
        self.assertFalse(any(re.search(r"^\s*roadbook ", step.get("run", ""), re.MULTILINE) for step in jobs["propose"]["steps"]))

    def test_the_action_installs_from_where_cargo_toml_says_that_we_are(self):
        cargo = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
        address = re.search(r'^repository = "(.*)"$', cargo, re.MULTILINE)[1]
        self.assertEqual(load(ACTION)["inputs"]["releases"]["default"], f"{address}/releases/download")

    def test_binstall_finds_what_the_release_packs(self):
        package = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
        told = package["metadata"]["binstall"]
        release = load(".github/workflows/release.yml")
        binaries = release["jobs"]["binaries"]
        pack = next(step["run"] for step in binaries["steps"] if step.get("name") == "Pack")
        self.assertEqual(set(told["overrides"]), {job["target"] for job in binaries["strategy"]["matrix"]["include"] if "windows" in job["target"]})
        for job in binaries["strategy"]["matrix"]["include"]:
            target = job["target"]
            form = {**told, **told["overrides"].get(target, {})}["pkg-fmt"]
            suffix, ending = {"tgz": (".tar.gz", ""), "zip": (".zip", ".exe")}[form]
            filled = {"repo": package["repository"], "name": package["name"], "version": package["version"], "target": target}
            filled |= {"archive-suffix": suffix, "bin": "roadbook", "binary-ext": ending}
            fill = lambda text: re.sub(r"\{ ([a-z-]+) \}", lambda name: filled[name[1]], text)
            # The lines of the script that name the folder, the archive and the binary in it, run for this target.
            script = "\n".join(line for line in pack.splitlines() if re.match(r"name=|exe=|if .*exe=", line.strip()))
            named = next(word for word in re.findall(r'"archives/(\$name\S*?)"', pack) if word.endswith(suffix))
            variables = {"GITHUB_REF_NAME": f"v{package['version']}", "TARGET": target, "RUNNER_OS": "Windows" if ending else "Linux"}
            done = subprocess.run(["bash", "-c", f'{script}\necho "{named}" "$name/roadbook$exe"'], env=variables, capture_output=True, text=True)
            archive, binary = done.stdout.split()
            self.assertEqual(fill(told["pkg-url"]), f"{package['repository']}/releases/download/v{package['version']}/{archive}")
            self.assertEqual(fill(told["bin-dir"]), binary)

    def test_registries_are_off_until_somebody_switches_them_on(self):
        jobs = load(".github/workflows/release.yml")["jobs"]
        for name, variable in [("wheels", "PUBLISH_WHEELS"), ("crate", "PUBLISH_CRATE")]:
            self.assertEqual(jobs[name]["if"], f"vars.{variable} == 'true'")
            self.assertEqual(jobs[name]["needs"], "publish")
            self.assertEqual(jobs[name]["permissions"]["id-token"], "write")
            self.assertNotIn("secrets.", str(jobs[name]))

    def test_the_scripts_are_sound(self):
        for name, step in steps():
            if "run" in step:
                words = ["shellcheck", "--shell=bash", "--severity=style", "-"]
                given = "".join(f"export {variable}=\n" for variable in step.get("env", {}))
                script = f"set -eo pipefail\n{given}{step['run']}"
                done = subprocess.run(words, input=script, capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, f"{name}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    unittest.main()
