"""The comment on a pull request: on the right one, once, and with nothing in it that acts."""

import re
import time
import unittest

from github import TOKEN, GitHub, comment, pull
from runner import Runner, step

WORKFLOW = ".github/workflows/roadbook-comment.yml"
MARK = "<!-- roadbook:changes -->"
SHA = "0123456789abcdef0123456789abcdef01234567"
OTHER = "f" * 40


def commented(github, text, branch="plan", owner="ann", repository="11", sha=SHA, before=None):
    """Runs the step over a text, which is what the artifact holds."""
    with Runner() as runner:
        folder = runner.temp / "roadbook-changes"
        folder.mkdir()
        if text is not None:
            (folder / "changes.human").write_bytes(text if isinstance(text, bytes) else text.encode())
        if before:
            before(runner, folder)
        given = {
            "GH_TOKEN": TOKEN,
            "HEAD_BRANCH": branch,
            "HEAD_OWNER": owner,
            "HEAD_REPOSITORY": repository,
            "HEAD_SHA": sha,
        }
        ended = runner.run(
            step(WORKFLOW, "Comment, or edit the comment of last time"), given, GITHUB_API_URL=github.url
        )
        left = [path.name for path in runner.workspace.iterdir()]
        assert left == [], f"the step left {left}"
        return ended


class Comment(unittest.TestCase):
    def said(self, text, **how):
        """The comment that is made of a text, by a step that succeeds."""
        with GitHub([pull(7, SHA)]) as github:
            ended = commented(github, text, **how)
            self.assertEqual(ended.code, 0, ended)
            ((verb, _, body),) = github.written
            self.assertEqual(verb, "made")
            return body

    def silent(self, pulls, text="1 issue added\n", comments=(), **how):
        with GitHub(pulls, comments) as github:
            ended = commented(github, text, **how)
            self.assertEqual((ended.code, github.written), (0, []), ended)
            return ended

    def test_a_first_comment_is_made(self):
        body = self.said("1 issue added: A-2\n")
        self.assertTrue(body.startswith(f"{MARK}\n"))
        self.assertIn("\n```text\n1 issue added: A-2\n```\n", body)
        self.assertIn("As of 0123456789ab.", body)

    def test_a_second_one_takes_the_place_of_the_first(self):
        with GitHub([pull(7, SHA)]) as github:
            commented(github, "1 issue added\n")
            commented(github, "2 issues added\n")
            self.assertEqual([(verb, number) for verb, number, _ in github.written], [("made", 0), ("edited", 4711)])
            self.assertIn("2 issues added", github.written[1][2])

    def test_it_is_found_behind_many_others(self):
        others = [comment(number, "bob", "Hello") for number in range(1, 251)]
        ours = comment(900, "github-actions[bot]", f"{MARK}\nbefore")
        with GitHub([pull(7, SHA)], [*others, ours, *others]) as github:
            self.assertEqual(commented(github, "1 issue added\n").code, 0)
            self.assertEqual([written[:2] for written in github.written], [("edited", 900)])

    def test_nobody_elses_comment_is_edited(self):
        others = [
            comment(1, "mallory", f"{MARK}\nmine"),
            comment(2, "github-actions[bot]", f"Of another workflow, which quotes {MARK}"),
        ]
        with GitHub([pull(7, SHA)], others) as github:
            self.assertEqual(commented(github, "1 issue added\n").code, 0)
            self.assertEqual([written[0] for written in github.written], ["made"])

    def test_it_stands_at_the_pull_request_of_this_commit(self):
        others = [
            pull(3, OTHER),
            pull(4, SHA, repository=12),
            pull(5, SHA, repository=None),
            pull(6, SHA, state="closed"),
            pull(8, SHA, branch="other"),
            pull(9, SHA, owner="bob"),
        ]
        with GitHub([*others, pull(7, SHA)]) as github:
            ended = commented(github, "1 issue added\n")
            self.assertEqual((ended.code, len(github.written)), (0, 1), ended)
        ended = self.silent(others)
        self.assertIn("no open pull request", ended.out)

    def test_names_of_branches_are_only_names(self):
        for branch in ["x&state=all", "$(touch pwned)", "`touch pwned`", "a b;c", '"', "'", "ä/ö#?%41", "-H", "@/etc/passwd"]:
            with self.subTest(branch), GitHub([pull(7, SHA, branch=branch)]) as github:
                ended = commented(github, "1 issue added\n", branch=branch)
                self.assertEqual((ended.code, len(github.written)), (0, 1), ended)

    def test_without_changes_nothing_is_said(self):
        for text in ["", "\n \n", None]:
            self.silent([pull(7, SHA)], text)

    def test_what_was_said_is_taken_back_where_nothing_changes_any_more(self):
        ours = comment(900, "github-actions[bot]", f"{MARK}\nbefore")
        with GitHub([pull(7, SHA)], [ours]) as github:
            commented(github, "")
            ((verb, number, body),) = github.written
            self.assertEqual((verb, number), ("edited", 900))
            self.assertIn("Nothing in the roadmap changes any more.", body)

    def test_nothing_of_the_text_acts(self):
        hostile = "\n".join(
            [
                "@everyone see [this](https://example.org) ![x](https://example.org/x.png) #1",
                "```",
                "````````",
                "</details><script>alert(1)</script>",
                MARK,
                "::error::x",
                "$(touch pwned) `touch pwned` ${HOME} \\u0040 %s %n",
                '"},"x":{"',
            ]
        )
        body = self.said(hostile)
        (fence, shown) = re.fullmatch(
            rf"{MARK}\n\*\*[^\n]*\*\*\n\n(`+)text\n(.*)\n\1\n\nAs of \w+\.", body, re.DOTALL
        ).groups()
        self.assertEqual(shown, hostile)
        self.assertEqual(len(fence), 9, "longer than the longest run of ticks, which would end it")

    def test_what_is_long_and_blank_takes_no_time(self):
        for text, shown in [
            (" " * 59_990 + "x", " " * 59_990 + "x"),
            ("a" + " \u3000\n\t" * 10_000, "a"),
            ("`" * 59_990, "`" * 20),
            ("`x" * 29_990, "`x" * 29_990),
        ]:
            started = time.monotonic()
            body = self.said(text)
            self.assertLess(time.monotonic() - started, 10, text[:4])
            self.assertEqual(re.search(r"\n(`{3,})text\n(.*)\n\1\n", body, re.DOTALL).group(2), shown)

    def test_what_is_no_text_is_left_out(self):
        body = self.said(b"a\x1b[31mb\x00c\x07\xff\xfe\r\n\xe2\x80\xaed\xe2\x81\xa6e\xc2\x85f\xe2\x80\x8fg\th")
        shown = body.split("```text\n")[1].split("\n```")[0]
        self.assertEqual(shown, "a[31mbc\ufffd\ufffd\ndefg\th")

    def test_a_long_text_is_cut(self):
        for text in ["é" * 5_000_000, "`" * 70_000, "\\\"\n" * 100_000]:
            body = self.said(text)
            self.assertLessEqual(len(body), 65536)

    def test_a_link_in_the_artifact_leads_nowhere(self):
        def link(runner, folder):
            (runner.home / "secret").write_text("a secret", encoding="utf-8")
            (folder / "changes.human").symlink_to(runner.home / "secret")

        self.silent([pull(7, SHA)], None, before=link)

    def test_a_refusal_fails_the_step(self):
        with GitHub([pull(7, SHA)]) as github:
            github.refuses_to_write = True
            ended = commented(github, "1 issue added\n")
            self.assertNotEqual(ended.code, 0)
            self.assertIn("403", ended.err)
            self.assertNotIn(TOKEN, ended.out + ended.err)


if __name__ == "__main__":
    unittest.main()
