"""D41: whoever asks and however, one case has one due date, because one function computes it."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.web.cases.conftest import MONDAY, Told
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.models import Case, Clock
from tracker.services.case_record import NewEntry
from tracker.services.letter_facts import case_facts
from tracker.services.verification import verify_clocks

RECEIVED, SENT, ANSWERED = date(2026, 11, 9), date(2026, 11, 11), date(2026, 11, 17)
DUE = date(2026, 12, 11)
"""Four working days (12, 13, 16, 17 November) are not counted."""


def test_d41_page_list_letter_command_and_record_give_the_same_date(
    app: Flask, told: Told, sign_in: SignIn, session: Session, tmp_path: Path
) -> None:
    case_id = told(
        NewEntry(EntryType.SUSPENDED, SENT, {"cause": "third_party", "ref": "a"}),
        NewEntry(EntryType.RESUMED, ANSWERED, {"ref": "a"}),
    )
    clerk = sign_in("clerk")
    assert "12月11日" in clerk.get(f"/cases/{case_id}").text
    assert re.findall(r'data-label="到期日"><span>([\d-]+)', clerk.get("/cases").text) == [DUE.isoformat()]
    assert evaluated(app, tmp_path) == DUE.isoformat()
    stored = session.scalars(select(Clock).where(Clock.case_id == case_id, Clock.kind == "reply")).one()
    assert stored.due_on == DUE
    assert case_facts(session, session.get_one(Case, case_id))["due_on"] == chinese_date(DUE)
    assert list(verify_clocks(session, MONDAY)) == []


def test_d41_the_calculator_gives_the_date_of_the_case(told: Told, sign_in: SignIn) -> None:
    case_id = told(
        NewEntry(EntryType.SUSPENDED, SENT, {"cause": "third_party", "ref": "a"}),
        NewEntry(EntryType.RESUMED, ANSWERED, {"ref": "a"}),
        NewEntry(EntryType.EXTENDED, date(2026, 11, 20), {"days": 5}),
    )
    clerk = sign_in("clerk")
    page = clerk.get(f"/cases/{case_id}").text
    link = re.search(r'<a href="(/calculator[^"]+)"', page)
    assert link is not None
    tried = clerk.get(unescape(link[1])).text
    dates = [re.findall(r'<p class="clock-due">([^<]+)', html) for html in (page, tried)]
    assert dates == [["12月18日 "], ["12月18日 "]]


def evaluated(app: Flask, folder: Path) -> str:
    log = [
        {"type": "received", "on": RECEIVED.isoformat()},
        {"type": "suspended", "on": SENT.isoformat(), "cause": "third_party", "ref": "a"},
        {"type": "resumed", "on": ANSWERED.isoformat(), "ref": "a"},
    ]
    file = folder / "case.jsonl"
    file.write_text(json.dumps({"id": "x", "log": log}))
    result = app.test_cli_runner().invoke(args=["clock", "evaluate", str(file)])
    due: str = json.loads(result.stdout)["due_on"]
    return due
