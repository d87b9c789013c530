"""导出台账: the columns one imports, personal data only with a reason, and each file on record."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.web.cases.conftest import IDENTITY_NUMBER, PHONE, Told
from tests.web.conftest import SignIn
from tracker.domain.ledger_columns import Column
from tracker.models import ListExport, PersonalDataReading

SECRETS = {"王晓敏", PHONE, IDENTITY_NUMBER}


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def taken(session: Session) -> list[tuple[str, str, int, int, str | None]]:
    session.rollback()
    return [(e.taken, e.address, e.rows, e.personal, e.reason) for e in session.scalars(select(ListExport))]


def test_a_register_goes_out_masked_in_its_columns_and_on_record(
    told: Told, sign_in: SignIn, session: Session
) -> None:
    told()
    answer = sign_in("clerk").post("/ledger/view/take?status=open&q=王晓敏")
    title, heads, row = rows_of(answer.data)
    assert title[0] == "2026年度政府信息依申请公开办理台账"
    assert heads == tuple(str(column) for column in Column)
    assert "王＊敏" in row and not SECRETS & set(map(str, row))
    assert taken(session) == [("ledger", "/ledger/view?status=open", 1, 0, None)]


def test_in_the_clear_only_with_a_reason_that_stays(told: Told, sign_in: SignIn, session: Session) -> None:
    case_id = told()
    clerk = sign_in("clerk")
    refused = clerk.post("/ledger/view/take", data={"personal": "clear", "reason": " "})
    assert refused.status_code == 422 and "请写明导出个人信息的事由" in refused.text
    assert taken(session) == []
    answer = clerk.post("/ledger/view/take", data={"personal": "clear", "reason": "移交审计局"})
    assert set(map(str, rows_of(answer.data)[2])) >= SECRETS
    assert taken(session) == [("ledger", "/ledger/view", 1, 1, "移交审计局")]
    [look] = session.scalars(select(PersonalDataReading)).all()
    assert (look.case_id, look.field, look.reason) == (case_id, "all", "移交审计局")
    page = sign_in("auditor").get("/audit/exports").text
    assert "移交审计局" in page and "台账" in page and "陈静" in page


@pytest.mark.parametrize(("part", "status"), [("approver", 403), ("legal_advisor", 403), ("auditor", 403)])
def test_who_may_take_no_register_away(told: Told, sign_in: SignIn, part: str, status: int) -> None:
    told()
    client = sign_in(part)
    assert client.post("/ledger/view/take").status_code == status
    assert "/ledger/view/take" not in client.get("/cases").text


def test_any_list_of_cases_can_be_had_in_these_columns(told: Told, sign_in: SignIn) -> None:
    told(serial=1), told(serial=2)
    clerk = sign_in("clerk")
    page = clerk.get("/cases?handler=none").text
    link = re.search(r'href="(/ledger/view/take\?[^"]+)"', page)
    assert link is not None
    address = unescape(link[1])
    assert {"handler=none", "register=all", "status=open"} <= set(address.partition("?")[2].split("&"))
    answer = clerk.post(address)
    assert len(rows_of(answer.data)) == 2 + 2


def test_a_formula_stays_text(told: Told, sign_in: SignIn, session: Session) -> None:
    case_id = told()
    clerk = sign_in("clerk")
    form = {"version": "0", "value": "=1+1"}
    form["version"] = str(clerk.post(f"/ledger/view/{case_id}/remark", data=form).get_json()["version"])
    assert clerk.post(f"/ledger/view/{case_id}/remark", data=form).status_code == 200
    sheet = openpyxl.load_workbook(BytesIO(clerk.post("/ledger/view/take?register=all").data)).active
    assert sheet is not None
    cell = sheet.cell(3, len(Column))
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
