#!/bin/sh
# Written by `roadbook init --hook`: refuses a commit whose documents do not match the roadmap.
# It checks what is staged, not the working tree. `git commit --no-verify` skips it.
command -v roadbook >/dev/null || {
  printf '%s\n' "roadbook is not on the PATH: install it, or remove $0, or commit with --no-verify" >&2
  exit 1
}
