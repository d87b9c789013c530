#!/usr/bin/env bash
# Everything that must hold: linters, types, contracts, every test on SQLite and on a real PostgreSQL, browser tests.
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE   # starting from source alone takes twice as long
cd "$(dirname "$0")/.."
scripts/setup.sh dev
scripts/system-packages.sh
scripts/translations.sh
scripts/fonts.sh || true   # without them the font tests say what is missing

unset TRACKER_DATABASE_URL TRACKER_INSTANCE TRACKER_ENV
mkdir -p test-output
report=test-output/numbers.txt
rm -f "$report"
export TRACKER_TEST_REPORT=$report
failed=0
step() {
    echo "== $*"
    "$@" || { failed=1; echo "== FAILED: $*"; }
}

step scripts/lint.sh
# The examples of deployment are of production, which is PostgreSQL; how pages look at every width is looked at once, there.
step .venv/bin/pytest -q -n 3 --dist worksteal --db sqlite --ignore=tests/deployment \
    --ignore=tests/browser/test_pages.py --ignore=tests/browser/test_english.py
# What knows no database is not run a second time.
step .venv/bin/pytest -q -n 2 --dist worksteal --db postgresql --ignore=tests/domain --ignore=tests/architecture \
    --ignore=tests/adapters --ignore=tests/web/test_translations.py --ignore=tests/web/test_marked_texts.py
echo "== 各数据库上运行的测试数 / tests run on each database"
cat "$report"
for db in sqlite postgresql; do
    grep -q "^$db:" "$report" || { echo "no test ran on $db"; failed=1; }
done
exit "$failed"
