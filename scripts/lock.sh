#!/usr/bin/env bash
# Compiles the locked requirements with hashes; names no host.
set -euo pipefail
cd "$(dirname "$0")/.."
compile=(uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate
    --no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet)
"${compile[@]}" -o requirements/run.txt
"${compile[@]}" --extra dev -o requirements/dev.txt
"${compile[@]}" --extra dev --extra long -o requirements/long.txt
"${compile[@]}" --extra dev --extra bench -o requirements/bench.txt
