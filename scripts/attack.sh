#!/usr/bin/env bash
# Attacks a demonstration site on loopback: our own attacks (tests/attack), then wapiti and sqlmap where they are installed (Debian).
# ATTACK_BASE: a site that runs already (a demonstration, never one with real cases). SECONDS_EACH bounds each step of a scanner.
set -uo pipefail
cd "$(dirname "$0")/.."
PORT=${PORT:-8199}
SECONDS_EACH=${SECONDS_EACH:-40}
base=${ATTACK_BASE:-http://127.0.0.1:$PORT}
work=${ATTACK_WORK:-$(mktemp -d)}
mkdir -p "$work"
site=
stop() { [ -z "$site" ] || { kill "$site" 2>/dev/null; wait "$site" 2>/dev/null; }; [ -n "${ATTACK_WORK:-}" ] || rm -rf "$work"; }
trap stop EXIT
case "$base" in http://127.0.0.1:*) ;; *) echo "只攻击本机 / only loopback is attacked" >&2; exit 2 ;; esac

if [ -z "${ATTACK_BASE:-}" ]; then
    TRACKER_INSTANCE=$work/instance HOST=127.0.0.1 PORT=$PORT scripts/run.sh > "$work/site.log" 2>&1 &
    site=$!
    export TRACKER_INSTANCE=$work/instance
    mkdir -p "$work/instance"
    for _ in $(seq 120); do curl -sf "$base/readyz" > /dev/null && break; sleep 2; done
    curl -sf "$base/healthz" > /dev/null || { cat "$work/site.log"; exit 1; }
fi

failed=0
.venv/bin/python -m tests.attack "$base" ${ATTACKS:-} || failed=1

if command -v wapiti > /dev/null; then
    for role in ${ROLES:-clerk approver head advisor supervisor administrator auditor}; do
        .venv/bin/python -m tests.attack.cookie "$base" "$role" "$work/$role.json" > "$work/$role.cookie" || { failed=1; continue; }
        timeout $((SECONDS_EACH * 8)) nice /usr/bin/python3 scripts/audit/wapiti.py -u "$base/" --scope folder -c "$work/$role.json" -x "$base/logout" -x "$base/static/*" \
            -m sql,xss,exec,file,crlf,redirect -S normal --max-scan-time "$SECONDS_EACH" --max-attack-time $((SECONDS_EACH / 3)) \
            --max-links-per-page 40 --max-files-per-dir 30 --max-parameters 30 -d 4 --no-bugreport --flush-session -v 1 \
            -f json -o "$work/wapiti-$role.json" > "$work/wapiti-$role.log" 2>&1
        .venv/bin/python -m tests.attack.findings wapiti "$role" "$work/wapiti-$role.json" || failed=1
    done
else
    echo "  – wapiti 未安装（apt-get install wapiti） / not installed"
fi
if command -v sqlmap > /dev/null; then
    for role in ${SQL_ROLES:-clerk supervisor auditor}; do
        .venv/bin/python -m tests.attack.cookie "$base" "$role" "$work/$role.json" > "$work/$role.cookie" || { failed=1; continue; }
        .venv/bin/python -m tests.attack.addresses "$base" "$role" > "$work/addresses-$role"
        while read -r address; do
            timeout $((SECONDS_EACH * 2)) nice sqlmap -u "$address" --cookie "$(cat "$work/$role.cookie")" --batch --level 2 --risk 2 \
                --technique BEUST --time-sec 2 --threads 1 --retries 0 --timeout 20 --flush-session --output-dir "$work/sqlmap" \
                --skip-waf --disable-coloring >> "$work/sqlmap-$role.log" 2>&1
        done < "$work/addresses-$role"
        .venv/bin/python -m tests.attack.findings sqlmap "$role" "$work/sqlmap-$role.log" || failed=1
    done
else
    echo "  – sqlmap 未安装（apt-get install sqlmap） / not installed"
fi
exit $failed
