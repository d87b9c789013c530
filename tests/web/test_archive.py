"""案卷 on screen: the list of materials, what is on paper, and the catalogue of a year."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.archive import APPLICANT, whole_case
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import ListExport, PaperMaterial
from tracker.services.archiving import archive
from tracker.services.context import Context, Runtime

TODAY = date(2026, 11, 23)


@pytest.fixture
def clerk(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> Context:
    clock.set(TODAY)
    load_shipped(session)
    return runtime.context(session, people.clerk)


def test_a_file_is_completed_on_paper_archived_and_listed(
    clerk: Context, people: Cast, sign_in: SignIn, session: Session
) -> None:
    case_id = whole_case(clerk, people.organ_ids["MZJ"], without=("envelope",))
    session.rollback()
    desk, address = sign_in("clerk"), f"/cases/{case_id}/file"
    page = desk.get(address).text
    assert "<strong>信封</strong>" in page and "由经办人补充" in page and "答复文书（定稿）" in page
    wrong = desk.post(f"{address}/papers", data={"title": "", "pages": "0", "covers": "nonsense"})
    assert wrong.status_code == 422 and "页数须为 1 至 9999 的整数。" in wrong.text
    paper = {"title": "EMS 信封原件", "pages": "1", "covers": "receipt", "kind": "other"}
    assert desk.post(f"{address}/papers", data=paper).status_code == 302
    page = desk.get(address).text
    assert "应有的材料都在卷内" in page and "EMS 信封原件" in page
    paper_id = session.scalars(select(PaperMaterial.id)).one()
    session.rollback()
    assert desk.post(f"{address}/papers/{paper_id}/remove").status_code == 302
    assert desk.post(f"{address}/papers", data=paper).status_code == 302
    version = _version(desk.get(f"/cases/{case_id}/actions/archive").text)
    form = {"retention": "D10", "on": "2026-11-23", "version": version}
    assert desk.post(f"/cases/{case_id}/actions/archive", data=form).status_code == 302
    page = desk.get(address).text
    assert "Z109-WS·2026-D10-MZJ-0001" in page and "登记纸质材料" not in page
    assert desk.post(f"{address}/papers", data=paper).status_code == 409
    for name in ("cover", "list"):
        assert desk.get(f"{address}/{name}.pdf").mimetype == "application/pdf"
    auditor = sign_in("auditor")
    assert "Z109-WS·2026-D10-MZJ-0001" in auditor.get("/archive").text
    assert "Z109" not in sign_in("colleague").get("/archive").text.replace("Z109-门类", "")


def test_hundreds_of_files_are_one_catalogue(
    clerk: Context, people: Cast, sign_in: SignIn, session: Session
) -> None:
    for serial in range(1, 4):
        case_id = whole_case(clerk, people.organ_ids["MZJ"], serial)
        archive(clerk, case_id, on=TODAY, expected_version=None)
    session.rollback()
    desk = sign_in("disclosure_head")
    answer = desk.get("/archive/list.xlsx?year=2026")
    sheet = load_workbook(BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0] == ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
    assert [row[0] for row in rows[1:4]] == [1, 2, 3]
    assert rows[1][1].endswith("-0001") and rows[1][5] == "20260924"
    assert APPLICANT not in str(rows)
    assert desk.get("/archive/list.pdf?year=2026").data.startswith(b"%PDF")
    taken = session.scalars(select(ListExport.taken)).all()
    assert taken == ["archive", "archive"]
    for odd in ("year=1", "year=x", "organ=99999", "retention=Q", "page=999"):
        assert desk.get(f"/archive?{odd}").status_code == 200
    assert "这一年还没有归档的案卷" in desk.get("/archive?year=2020").text


def _version(page: str) -> str:
    return page.split('name="version"')[1].split('value="')[1].split('"')[0]
