#!/bin/sh
# Written by `roadbook init --hook`: refuses a commit whose documents do not agree with the roadmap.
# It judges what would be committed, not what lies in the folder. `git commit --no-verify` goes past it.
set -eu
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
git checkout-index --all --prefix="$staged/"
roadbook check --root "$staged/@root@"
