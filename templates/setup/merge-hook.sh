#!/bin/sh
# Written by `roadbook init --hook`: completes a merge whose documents do not match the merged roadmap.
# It renumbers, builds and stages, and then stops the merge: `git commit --no-edit` finishes it. `git merge --no-verify` skips it.
command -v roadbook >/dev/null || {
  printf '%s\n' "roadbook is not on the PATH: install it, or remove $0, or merge with --no-verify" >&2
  exit 1
}
