#!/usr/bin/env bash
# Static looks at the program: bandit, semgrep with the rules of scripts/audit/rules.yaml, and pip-audit where its source can be reached.
# The tools live in an environment of their own; nothing of it goes into production.
set -uo pipefail
cd "$(dirname "$0")/.."
tools=${TRACKER_AUDIT_TOOLS:-.venv-audit}
failed=0
ok() { if [ "$1" -eq 0 ]; then echo "  ✓ $2"; else echo "  ✗ $2"; failed=1; fi; }

if [ ! -x "$tools/bin/python" ]; then
    python3 -m venv "$tools" || exit 1
fi
for tool in bandit semgrep pip-audit; do
    [ -x "$tools/bin/$tool" ] || "$tools/bin/python" -m pip install -qq --disable-pip-version-check --no-input "$tool" \
        || echo "  $tool 无法安装，跳过 / $tool cannot be installed here: passed over"
done
out=$(mktemp); trap 'rm -f "$out"' EXIT

if [ -x "$tools/bin/bandit" ]; then
    "$tools/bin/bandit" --quiet --recursive tracker scripts wsgi.py --severity-level medium --confidence-level medium \
        --baseline scripts/audit/bandit.json > "$out" 2>&1
    ok $? "bandit"
    [ "$failed" -eq 0 ] || cat "$out"
fi
if [ -x "$tools/bin/semgrep" ]; then
    PATH="$PWD/$tools/bin:$PATH" "$tools/bin/semgrep" scan --metrics=off --disable-version-check --quiet --error \
        --config scripts/audit/rules.yaml tracker templates > "$out" 2>&1
    code=$?
    ok $code "semgrep：$(grep -c '^  - id:' scripts/audit/rules.yaml) 条本项目自己的规则 / rules of our own"
    [ $code -eq 0 ] || cat "$out"
fi
if [ -x "$tools/bin/pip-audit" ]; then
    timeout 300 "$tools/bin/pip-audit" --requirement requirements/run.txt --disable-pip --require-hashes > "$out" 2>&1
    code=$?
    unknown=$(grep -c 'could not be audited' "$out")
    total=$(grep -cE '^[a-z0-9._-]+(\[[a-z,]+\])?==' requirements/run.txt)
    if [ $code -ne 0 ] && ! grep -q 'vulnerabilit' "$out"; then
        echo "  – pip-audit：漏洞库不能访问，未检查 / its source cannot be reached: nothing was checked"
        tail -3 "$out"
    elif [ "$unknown" -gt 0 ]; then
        echo "  – pip-audit：此处的软件源不提供漏洞信息，$total 个依赖中至少 $unknown 个未检查 / the index here tells of no vulnerabilities: at least $unknown of $total not checked"
    else
        ok $code "pip-audit：$total 个依赖 / dependencies"
        [ $code -eq 0 ] || cat "$out"
    fi
fi
exit $failed
