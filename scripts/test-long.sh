#!/usr/bin/env bash
# What takes an hour and is run before a release: mutants of the clock and the calendar against their tests.
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE
cd "$(dirname "$0")/.."
scripts/setup.sh long
[ -d ../shared ] && ln -sfn "$(cd ../shared && pwd)" shared   # mutants run one folder further down
trap 'rm -f shared' EXIT
# Arguments choose modules, e.g. scripts/test-long.sh 'tracker.domain.calendar*'; without them all of them run.
mkdir -p mutants
PYTHONPATH=$PWD/mutants .venv/bin/mutmut run "$@"
.venv/bin/python -m tests.mutation.score
