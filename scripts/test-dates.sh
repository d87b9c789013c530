#!/usr/bin/env bash
# The suite again (SQLite, without the browser) as it would run on three other days; domain, adapters, migrations, the
# examples of deployment, who may open which door and what reads the source are left out: they know no today.
#   scripts/test-dates.sh          all of it on each of the days
#   scripts/test-dates.sh share    each file of tests on one of the days
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE   # starting from source alone takes twice as long
cd "$(dirname "$0")/.."
failed=0
number=0
for day in 2026-02-14 2026-12-31 2027-03-01; do
    echo "== TRACKER_TODAY=$day"
    share=()
    [ "${1:-}" != share ] || share=(--share "$number/3")
    number=$((number + 1))
    TRACKER_TODAY=$day .venv/bin/pytest -q -n 3 "${share[@]}" --dist worksteal -m "not browser" \
        --ignore=tests/domain --ignore=tests/architecture --ignore=tests/migrations --ignore=tests/adapters \
        --ignore=tests/deployment --ignore=tests/web/test_access.py --ignore=tests/web/test_translations.py || failed=1
done
exit "$failed"
