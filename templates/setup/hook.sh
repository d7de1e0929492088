#!/bin/sh
# Written by `roadbook init --hook`: refuses a commit whose documents do not agree with the roadmap.
# It judges what would be committed, not what lies in the folder. `git commit --no-verify` goes past it.
set -eu
command -v roadbook >/dev/null || {
  echo "roadbook is not on the PATH: install it, or remove $0, or commit with --no-verify" >&2
  exit 1
}
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
git checkout-index --all --prefix="$staged/"
roadbook check --root "$staged/@root@"
