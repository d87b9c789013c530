"""Every published expectation, read by the fold itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.domain.logs import CALENDAR, codes
from tracker.domain.case_log import parse_entry
from tracker.domain.clock import find_refusal, fold
from tracker.domain.errors import Refusal

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "deadlines.jsonl"
EXPECTATIONS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", EXPECTATIONS, ids=lambda case: str(case["id"]))
def test_every_published_expectation(case: dict[str, Any]) -> None:
    answer = answered(case)
    for name, value in case["expect"].items():
        only_the_flag = name == "due_on" and value is None and case["expect"]["provisional"]
        assert only_the_flag or answer[name] == value, name


def answered(case: dict[str, Any]) -> dict[str, Any]:
    today = date.fromisoformat(case["today"]) if case.get("today") else None
    try:
        log = [parse_entry(raw, seq) for seq, raw in enumerate(case["log"], start=1)]
    except Refusal as refusal:
        return dict.fromkeys(case["expect"]) | {"refused": str(refusal.code)}
    refusal = find_refusal(log, today)
    if refusal is not None:
        return dict.fromkeys(case["expect"]) | {"refused": str(refusal.code)}
    reading = fold(log, CALENDAR, today)
    return {
        "state": str(reading.state),
        "due_on": reading.due_on.isoformat() if reading.due_on else None,
        "used": reading.used,
        "remaining": reading.remaining,
        "on_time": reading.on_time,
        "provisional": reading.provisional,
        "breaches": codes(reading),
        "refused": None,
    }
