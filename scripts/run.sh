#!/usr/bin/env bash
# Starts the whole system on this machine: environment, database with a demonstration district, web server, job runner.
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE   # starting from source alone takes twice as long
cd "$(dirname "$0")/.."
HOST=${HOST:-127.0.0.1}
PORT=${PORT:-8000}

scripts/fonts.sh &
fonts=$!
scripts/setup.sh run
scripts/translations.sh
# The demonstration signs letters off, which is refused while a font lacks a character.
wait "$fonts" || true
.venv/bin/python -m scripts.prepare

# The workers' figures for /metrics are one through this folder; what an earlier run counted is not ours.
PROMETHEUS_MULTIPROC_DIR=$(mktemp -d)
export PROMETHEUS_MULTIPROC_DIR
.venv/bin/gunicorn --preload --worker-class gthread --workers 2 --threads 4 --bind "$HOST:$PORT" --log-level warning \
    --graceful-timeout 5 --no-control-socket wsgi:application &
web=$!
.venv/bin/flask --app wsgi jobs run &
jobs=$!
stop() {
    trap - INT TERM EXIT
    kill "$web" "$jobs" 2>/dev/null || true
    wait "$web" "$jobs" 2>/dev/null || true
    rm -rf "$PROMETHEUS_MULTIPROC_DIR"
}
trap 'stop; exit 0' INT TERM
trap stop EXIT

address="http://$HOST:$PORT/"
.venv/bin/python scripts/wait_until_up.py "${address}healthz" "$web"
echo
echo "  地址 / address   $address"
echo "  按 Ctrl-C 停止 / Ctrl-C stops both"
# Whichever ends first takes the other along, so that a half-dead system is noticed.
wait -n "$web" "$jobs" || true
echo "网站或作业进程已退出，全部停止 / web server or job runner ended: stopping both" >&2
exit 1
