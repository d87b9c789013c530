#!/usr/bin/env bash
# What takes an hour and more and is run before a release: alerts under kill -9, a lost database server, faults, mutants.
#   scripts/test-long.sh                 all of it
#   scripts/test-long.sh alerts [...]    alerts alone, e.g. alerts --rounds 20 --seed 7 sqlite
#   scripts/test-long.sh replication     two PostgreSQL servers, the primary killed under load (needs Debian's postgresql)
#   scripts/test-long.sh faults [...]    site and runner killed, disk full, database and mail server gone, clock jumped
#   scripts/test-long.sh MODULE...       mutants of these alone, e.g. 'tracker.domain.calendar*'
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE
cd "$(dirname "$0")/.."

if [ $# -eq 0 ] || [ "$1" = alerts ]; then
    scripts/setup.sh dev
    .venv/bin/python -m tests.long.alerts "${@:2}"
    [ $# -eq 0 ] || exit 0
fi

for stand in replication faults; do
    if [ $# -eq 0 ] || [ "$1" = "$stand" ]; then
        scripts/setup.sh dev
        .venv/bin/python -m "tests.long.$stand" "${@:2}"
        [ $# -eq 0 ] || exit 0
    fi
done

scripts/setup.sh long
[ -d ../shared ] && ln -sfn "$(cd ../shared && pwd)" shared   # mutants run one folder further down
trap 'rm -f shared' EXIT
# Arguments choose modules, e.g. scripts/test-long.sh 'tracker.domain.calendar*'; without them all of them run.
mkdir -p mutants
PYTHONPATH=$PWD/mutants .venv/bin/mutmut run "$@"
.venv/bin/python -m tests.mutation.score
