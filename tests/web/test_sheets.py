"""Every list as a sheet: texts stay texts, personal data stays masked, and who took it away is on record."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.architecture.source import calls, name_of, python_files
from tests.people import Cast
from tests.web.access_world import make_world
from tests.web.conftest import SignIn
from tracker.models import ListExport, MailItem
from tracker.services.context import Context, Runtime

SHEETS = [
    ("clerk", "/cases/list.xlsx?q=某&stage=registered", "cases", "/cases?stage=registered"),
    ("clerk", "/mail/list.xlsx?status=waiting", "mail", "/mail?status=waiting"),
    ("administrator", "/outbox/list.xlsx", "outbox", "/outbox"),
    (
        "clerk",
        "/reports/2026/challenges/list.xlsx",
        "challenges",
        "/reports/2026/challenges/list?column=total",
    ),
    ("supervisor", "/reports/2026/proactive/list.xlsx", "proactive", "/reports/2026/proactive"),
    ("supervisor", "/assessment/figures.xlsx?period=2026", "assessment", "/assessment?period=2026"),
]


@pytest.fixture
def world(session: Session, people: Cast, runtime: Runtime) -> None:
    def ctx_of(part: str) -> Context:
        return runtime.context(session, people.actors[part])

    make_world(session, people, ctx_of)


@pytest.mark.parametrize(("part", "address", "taken", "seen_at"), SHEETS, ids=[s[2] for s in SHEETS])
def test_a_sheet_is_on_record_with_the_list_it_was(
    world: None, sign_in: SignIn, session: Session, part: str, address: str, taken: str, seen_at: str
) -> None:
    client = sign_in(part)
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-store"
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    session.rollback()
    [record] = session.scalars(select(ListExport)).all()
    assert (record.taken, record.address, record.personal) == (taken, seen_at, 0)
    below = 2 if taken == "assessment" else 0
    assert record.rows == sheet.max_row - 2 - below, "title and heads above, a note below"
    assert client.get(seen_at).status_code == 200


def test_a_sender_is_masked_and_a_formula_is_text(
    world: None, app: Flask, sign_in: SignIn, session: Session
) -> None:
    piece = session.scalars(select(MailItem)).one()
    piece.sender, piece.addressed_to = "王晓敏", "=1+1"
    session.commit()
    sheet = openpyxl.load_workbook(BytesIO(sign_in("clerk").get("/mail/list.xlsx").data)).active
    assert sheet is not None
    assert sheet.cell(3, 4).value == "王＊敏"
    cell = sheet.cell(3, 5)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_no_sheet_leaves_unrecorded() -> None:
    """``write_table`` is called where the record is written, and nowhere else in the pages."""
    found = [
        f"{name_of(path)}:{line}"
        for path in python_files("tracker/web")
        for line, called in calls(path)
        if called == "write_table" and name_of(path) != "tracker/web/sheets.py"
    ]
    assert not found, "answer with sheet_response() of tracker/web/sheets.py:\n" + "\n".join(found)
