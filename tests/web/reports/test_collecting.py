"""The annual report on screen: each sees what is theirs to do, a conflict loses nothing, a difference is shown."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.reports.test_table_three import request_of, sent
from tracker.domain.actors import SYSTEM
from tracker.models import AnnualReport, Case
from tracker.services.context import Context, Runtime
from tracker.services.report_reminders import remind_of_reports
from tracker.services.unit_of_work import transaction

PLACE = "/reports/2025/organs/MZJ"


@pytest.fixture
def clerk(session: Session, people: Cast, runtime: Runtime, clock: StandingClock) -> Context:
    clock.set(date(2026, 1, 20))
    return runtime.context(session, people.clerk)


@pytest.fixture
def case_id(clerk: Context, people: Cast) -> int:
    return request_of(
        clerk,
        people.organ_ids["MZJ"],
        1,
        date(2025, 11, 3),
        sent(date(2025, 11, 20)),
        disposition="disclosed",
    )


def version(page: str) -> str:
    """The version that stands in the forms of the page; none stands there before it is handed in."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    return found[1] if found else "0"


def do(client: FlaskClient, act: str, **typed: str) -> str:
    seen = version(client.get(PLACE).text)
    answer = client.post(f"{PLACE}/{act}", data={"version": seen, **typed}, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_from_submission_to_publication_and_a_later_correction(
    sign_in: SignIn, clerk: Context, case_id: int, session: Session
) -> None:
    head, office = sign_in("disclosure_head"), sign_in("supervisor")
    assert "提交年度报告" not in office.get(PLACE).text
    assert "已提交" in do(head, "submit")
    assert "提交年度报告" not in head.get(PLACE).text
    assert "请补充说明。" in do(office, "return", comment="请补充说明。")
    assert "请补充说明。" in head.get(PLACE).text
    do(head, "submit")
    do(office, "accept")
    assert "一致：" in do(office, "publish")
    with transaction(clerk) as inner:
        inner.get_one(Case, case_id).first_disposition = "refused_process"
    clerk.session.rollback()
    page = office.get(PLACE).text
    assert "已公布的数字不变" in page
    assert f'href="/cases/{case_id}"' in page
    assert "现 1" in page
    assert "有差异" in office.get("/reports/2025/collection").text


def test_a_year_that_lasts_is_not_handed_in(sign_in: SignIn, case_id: int) -> None:
    head = sign_in("disclosure_head")
    assert "提交年度报告" not in head.get("/reports/2026/organs/MZJ").text
    assert head.post("/reports/2026/organs/MZJ/submit", data={"version": "0"}).status_code == 409


def test_a_return_without_a_reason_is_asked_for_one(sign_in: SignIn, case_id: int) -> None:
    do(sign_in("disclosure_head"), "submit")
    office = sign_in("supervisor")
    answer = office.post(f"{PLACE}/return", data={"version": version(office.get(PLACE).text), "comment": " "})
    assert answer.status_code == 422
    assert "请写明退回的原因" in answer.text


def test_who_comes_second_is_told_and_keeps_what_was_typed(
    sign_in: SignIn, case_id: int, session: Session
) -> None:
    do(sign_in("disclosure_head"), "submit")
    office = sign_in("supervisor")
    seen = version(office.get(PLACE).text)
    do(office, "accept")
    do(office, "publish")
    answer = office.post(f"{PLACE}/return", data={"version": seen, "comment": "请<改>正。"})
    assert answer.status_code == 409
    assert "刚被他人处理" in answer.text
    assert "请&lt;改&gt;正。" in answer.text
    session.rollback()
    assert session.scalars(select(AnnualReport.state)).all() == ["published"]


def test_the_collection_names_who_has_not_handed_in(
    sign_in: SignIn, case_id: int, clock: StandingClock
) -> None:
    office = sign_in("supervisor")
    assert "逾期未提交" not in office.get("/reports/2025/collection").text
    do(sign_in("disclosure_head"), "submit")
    clock.set(date(2026, 2, 1))
    page = sign_in("supervisor").get("/reports/2025/collection").text
    assert page.count("逾期未提交") == 3
    assert "4 个机关，已提交 1 个，未提交 3 个" in page


@pytest.mark.parametrize(
    ("today", "told"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 4, 1), False)]
)
def test_the_head_is_reminded_on_the_workbench(
    sign_in: SignIn, case_id: int, clock: StandingClock, today: date, told: bool
) -> None:
    clock.set(today)
    assert ("2025 年年度报告还没有提交" in sign_in("disclosure_head").get("/").text) is told
    assert "年度报告还没有提交" not in sign_in("clerk").get("/").text


def test_a_year_out_of_reach_is_not_found(sign_in: SignIn, people: Cast) -> None:
    office = sign_in("supervisor")
    for address in ("/reports/1900/collection", "/reports/1900/organs/MZJ", "/reports/2025/organs/XXX"):
        assert office.get(address).status_code == 404
    assert office.post("/reports/1900/organs/MZJ/accept").status_code == 404


@pytest.mark.parametrize(
    ("form", "begins"),
    [("csv", b"\xef\xbb\xbfrow,"), ("xlsx", b"PK"), ("docx", b"PK"), ("html", b"<!DOCTYPE")],
)
def test_files_of_what_was_published_stay_as_they_were(
    sign_in: SignIn, clerk: Context, case_id: int, form: str, begins: bytes
) -> None:
    do(sign_in("disclosure_head"), "submit")
    office = sign_in("supervisor")
    do(office, "accept")
    do(office, "publish")
    before = office.get(f"{PLACE}/table.{form}")
    with transaction(clerk) as inner:
        inner.get_one(Case, case_id).first_disposition = "refused_process"
    clerk.session.rollback()
    after = office.get(f"{PLACE}/table.{form}")
    assert before.data.startswith(begins)
    assert after.headers["Content-Disposition"].startswith("attachment")
    if form in {"csv", "html"}:
        assert after.data == before.data
        assert b"<script" not in after.data


def test_a_file_of_what_was_not_handed_in_says_so(sign_in: SignIn, case_id: int) -> None:
    page = sign_in("clerk").get(f"{PLACE}/table.html").text
    assert "（编制中）" in page
    assert sign_in("clerk").get("/reports/1900/organs/MZJ/table.csv").status_code == 404


def test_the_reminder_leads_to_the_report(
    sign_in: SignIn, clerk: Context, runtime: Runtime, session: Session
) -> None:
    remind_of_reports(runtime.context(session, SYSTEM))
    session.rollback()
    head = sign_in("disclosure_head")
    page = head.get("/alerts").text
    assert "椒江区民政局 2025 年年度报告还没有提交，须于2026年1月31日（周六）前提交并公布。" in page
    number = re.search(r'action="(/alerts/\d+/read)"', page)
    assert number is not None
    assert head.post(number[1], data={"open": "1"}).headers["Location"] == PLACE
    do(head, "submit")
    assert "已失效" in head.get("/alerts?reading=all").text
