#!/usr/bin/env bash
# Makes .venv and installs one locked set of dependencies (run, dev, long, bench), only when the lock has changed.
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE   # starting from source alone takes twice as long
cd "$(dirname "$0")/.."
kind=${1:-run}
lock=requirements/$kind.txt

find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"
            return
        fi
    done
    echo "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed" >&2
    return 1
}

if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    "$python" -m venv .venv || {
        echo "无法建立 .venv，请先安装 venv（如 apt install python3-venv） / cannot make .venv: install python3-venv" >&2
        exit 1
    }
fi

# The larger set contains the smaller: after dev, run needs nothing.
stamp() { echo "$(.venv/bin/python -V) $(sha256sum < "requirements/$1.txt")"; }
installed=.venv/.installed
if [ "$kind" = run ] && [ -f "$installed-dev" ] && [ "$(cat "$installed-dev")" = "$(stamp dev)" ]; then
    exit 0
fi
# --no-deps: the lock is whole; older pips look past a pin when a package asks for it with an extra.
if [ ! -f "$installed-$kind" ] || [ "$(cat "$installed-$kind")" != "$(stamp "$kind")" ]; then
    echo "安装依赖 / installing dependencies ($lock) …"
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --no-deps --require-hashes -r "$lock"
    stamp "$kind" > "$installed-$kind"
fi
