#!/usr/bin/env bash
# Compiles the translations when their source is newer.
set -euo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob
for source in tracker/translations/*/LC_MESSAGES/messages.po; do
    if [ "$source" -nt "${source%.po}.mo" ]; then
        .venv/bin/pybabel --quiet compile --input-file "$source" --output-file "${source%.po}.mo" 2>&1 |
            grep -v '^compiling' || true
    fi
done
