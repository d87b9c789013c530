"""The calculator is the clock: every published log, typed into its address, gives the published answer."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.web.conftest import SignIn
from tracker.domain.reading import STATE_NAMES

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "deadlines.jsonl"
EXPECTATIONS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
STATES = {name: str(state) for state, name in STATE_NAMES.items()}


def address_of(log: list[dict[str, Any]]) -> dict[str, str]:
    """What somebody would type for this log."""
    asked: dict[str, str] = {}
    rows = [entry for entry in log if entry["type"] != "received"]
    for entry in log:
        if entry["type"] == "received":
            asked["received"] = entry["on"]
    for number, entry in enumerate(rows, start=1):
        said = {"kind" if name == "type" else name: value for name, value in entry.items()}
        asked |= {f"e{number}-{name}": str(value) for name, value in said.items() if value is not None}
    return asked


def answer_of(html: str) -> dict[str, Any]:
    """State, due date, figures, breaches and refusals as the page shows them."""
    figures = figures_of(html)
    kinds = "|".join(("remark remark-breach", "remark remark-future", "field-error"))
    said = re.findall(rf'<p class="({kinds})">(?:<strong>[^<]*</strong>)?(?:<data value="(\w+)">)?', html)
    due = figures.get("到期日", "")
    return {
        "state": STATES.get(figures.get("状态", "")),
        "due_on": iso(due) if due else None,
        "provisional": due.endswith("（暂定）"),
        "used": number(figures.get("已计")),
        "remaining": number(figures.get("剩余")),
        "breaches": sorted({code for kind, code in said if kind == "remark remark-breach"}),
        "refused": [code for kind, code in said if kind == "field-error" or code == "in_future"],
        "on_time": {"按期": True, "超期": False}.get(figures.get("是否按期", "")),
    }


def figures_of(html: str) -> dict[str, str]:
    """The figures of the current run on the sheet, which is the last; they agree with the large date."""
    shown = html.rpartition('class="sheet-figures">')[2].partition("</dl>")[0]
    figures = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", shown))
    large = re.search(r'<p class="clock-due">(\d+月\d+日)', html)
    assert (large[1] if large else "") in figures.get("到期日", "") and bool(large) == ("到期日" in figures)
    return figures


def iso(due: str) -> str:
    year, month, day = re.findall(r"\d+", due)[:3]
    return f"{year}-{month:0>2}-{day:0>2}"


def number(text: str | None) -> int | None:
    return int(text) if text else None


def answer(client: FlaskClient, case: dict[str, Any]) -> dict[str, Any]:
    """The page's answer to a published log."""
    response = client.get("/calculator", query_string=address_of(case["log"]))
    assert response.status_code == 200, response.location
    return answer_of(response.text)


def faults(case: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """Where the page's answer is not the published one. A day still to come is supposed, and said to be."""
    expect = case["expect"]
    if expect["refused"]:
        # What is no entry at all is refused in words of its own, beside the field.
        wanted = (
            "" if expect["refused"] in ("bad_entry", "extension_days", "no_receipt") else expect["refused"]
        )
        return [] if wanted in said["refused"] else [f"{case['id']}: {expect['refused']} is not shown"]
    only_the_flag = expect["provisional"] and expect["due_on"] is None
    kept = [name for name in expect if name != "refused" and not (only_the_flag and name == "due_on")]
    wrong = [f"{case['id']}: {n} {said[n]} for {expect[n]}" for n in kept if said[n] != expect[n]]
    return wrong + [f"{case['id']}: refused {code}" for code in said["refused"]]


def today_of(case: dict[str, Any]) -> date:
    """The line's own today, else its last day, so that nothing in it is still to come."""
    last = max((entry["on"] for entry in case["log"] if "02-30" not in entry["on"]), default="2025-03-03")
    return date.fromisoformat(case.get("today", last))


def test_every_published_log_typed_into_the_address(
    sign_in: SignIn, session: Session, clock: StandingClock
) -> None:
    load_shipped(session)
    wrong: list[str] = []
    for today, cases in groupby(sorted(EXPECTATIONS, key=today_of), key=today_of):
        clock.set(today)
        client = sign_in("stranger")
        wrong += [fault for case in cases for fault in faults(case, answer(client, case))]
    assert not wrong, "\n".join(wrong)
