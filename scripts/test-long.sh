#!/usr/bin/env bash
# What takes an hour and is run before a release: alerts under kill -9, then mutants of the clock and the calendar.
#   scripts/test-long.sh                 both
#   scripts/test-long.sh alerts [...]    alerts alone, e.g. alerts --rounds 20 --seed 7 sqlite
#   scripts/test-long.sh MODULE...       mutants of these alone, e.g. 'tracker.domain.calendar*'
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE
cd "$(dirname "$0")/.."

if [ $# -eq 0 ] || [ "$1" = alerts ]; then
    scripts/setup.sh dev
    .venv/bin/python -m tests.long.alerts "${@:2}"
    [ $# -eq 0 ] || exit 0
fi

scripts/setup.sh long
[ -d ../shared ] && ln -sfn "$(cd ../shared && pwd)" shared   # mutants run one folder further down
trap 'rm -f shared' EXIT
# Arguments choose modules, e.g. scripts/test-long.sh 'tracker.domain.calendar*'; without them all of them run.
mkdir -p mutants
PYTHONPATH=$PWD/mutants .venv/bin/mutmut run "$@"
.venv/bin/python -m tests.mutation.score
