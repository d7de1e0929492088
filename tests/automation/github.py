"""As much of GitHub's API as a comment needs, with what was asked of it."""

import http.server
import json
import threading
import urllib.parse

TOKEN = "ghs_of_the_job"


class GitHub:
    """Pull requests and comments, on a port of this machine, until the end of a `with`."""

    def __init__(self, pulls, comments=()):
        self.pulls, self.comments = pulls, list(comments)
        self.written, self.refuses_to_write = [], False

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def answer(self, method, path, query, body):
        start = "/repos/acme/data-platform"
        if method == "GET" and path == f"{start}/pulls":
            # Of open pull requests those of one branch; without `head` GitHub would give all.
            owner, _, branch = query["head"].partition(":")
            state = query.get("state", "open")
            return 200, [
                pull
                for pull in self.pulls
                if (pull["head"]["user"]["login"], pull["head"]["ref"]) == (owner, branch)
                and state in ("all", pull["state"])
            ]
        if method == "GET" and path == f"{start}/issues/7/comments":
            size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
            return 200, self.comments[(page - 1) * size : page * size]
        if method == "POST" and path == f"{start}/pulls":
            self.written.append(("opened", body["head"], body))
            self.pulls.append(pull(len(self.pulls) + 1, "", "acme", branch=body["head"]))
            return 201, {}
        if self.refuses_to_write:
            return 403, {"message": "Resource not accessible by integration"}
        if len(body["body"]) > 65536:
            return 422, {"message": "Body is too long"}
        if method == "POST" and path == f"{start}/issues/7/comments":
            self.written.append(("made", 0, body["body"]))
            self.comments.append(comment(4711, "github-actions[bot]", body["body"]))
            return 201, {}
        number = path.removeprefix(f"{start}/issues/comments/")
        if method == "PATCH" and number.isdigit():
            self.written.append(("edited", int(number), body["body"]))
            return 200, {}
        return 404, {"message": "Not Found"}


def comment(number, login, body):
    return {"id": number, "user": {"login": login}, "body": body}


def pull(number, sha, owner="ann", repository=11, branch="plan", state="open"):
    head = {"sha": sha, "ref": branch, "user": {"login": owner}, "repo": repository and {"id": repository}}
    return {"number": number, "state": state, "head": head}


def handler(github):
    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_any(self):
            address = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(address.query))
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"null")
            status, answer = 401, {"message": "Bad credentials"}
            if self.headers["Authorization"] == f"Bearer {TOKEN}":
                status, answer = github.answer(self.command, address.path, query, body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST = do_PATCH = handle_any

        def log_message(self, *_):
            pass

    return Handler
