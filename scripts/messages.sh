#!/usr/bin/env bash
# Collects the texts of the interface into the English catalogue: new ones come without a translation, unused ones go.
set -euo pipefail
cd "$(dirname "$0")/.."
collected=$(mktemp)
trap 'rm -f "$collected"' EXIT
english=tracker/translations/en/LC_MESSAGES/messages.po
.venv/bin/pybabel --quiet extract --mapping-file babel.cfg --keyword N_ --keyword _l --no-location \
    --sort-output --output-file "$collected" .
.venv/bin/pybabel --quiet update --locale en --input-file "$collected" --output-file "$english" \
    --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date
