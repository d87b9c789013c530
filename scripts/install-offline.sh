#!/usr/bin/env bash
# Installs from an unpacked bundle, without any network.   ./install.sh [FOLDER]   (default /opt/tracker)
# Needs Python with venv on the machine. What there is of an earlier installation (instance/) is left alone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/tracker}
python=${PYTHON:-python3}

echo "核对 / checking"
(cd "$here" && sha256sum --quiet --check SHA256SUMS)
missing=$here/MISSING-$(uname -m)
if [ -s "$missing" ]; then
    echo "本机架构缺少预编译包，不能离线安装 / wheels missing for this machine: $(tr '\n' ' ' < "$missing")" >&2
    exit 1
fi
mkdir -p "$target"
cp -R "$here/program/." "$target/"
[ -x "$target/.venv/bin/python" ] || "$python" -m venv "$target/.venv"
# What is installed was compared with SHA256SUMS above: the lock's own hashes do not know wheels built for the bundle.
sed -nE '/^[A-Za-z0-9]/s/ *\\?$//p' "$target/requirements/run.txt" > "$target/.venv/versions.txt"
"$target/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-index --no-deps \
    --find-links "$here/wheels" -r "$target/.venv/versions.txt"
instance=${TRACKER_INSTANCE:-$target/instance}
mkdir -p "$instance/fonts"
cp "$here"/fonts/* "$instance/fonts/" 2>/dev/null || true
echo "$("$target/.venv/bin/python" -V) $(sha256sum < "$target/requirements/run.txt")" > "$target/.venv/.installed-run"
echo "已安装 / installed: $target"
echo "下一步 / next: flask --app wsgi init --admin LOGIN，再 / then flask --app wsgi doctor（docs/operations.md）"
