"""正文 on screen: proposed, filled from the tables, kept; bad input and a second person lose nothing."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.reports.test_table_three import request_of, sent
from tracker.models import Case, ReportText
from tracker.services.context import Context, Runtime
from tracker.services.unit_of_work import transaction

PLACE = "/reports/2025/organs/MZJ/text"


@pytest.fixture
def clerk(people: Cast, clock: StandingClock, sign_in: SignIn, runtime: Runtime, session: Session) -> Context:
    clock.set(date(2026, 1, 20))
    made = runtime.context(session, people.clerk)
    request_of(
        made, people.organ_ids["MZJ"], 1, date(2025, 11, 3), sent(date(2025, 11, 20)), disposition="disclosed"
    )
    return made


def send(browser: FlaskClient, version: int = 0, place: str = PLACE, **typed: str) -> tuple[int, str]:
    answer = browser.post(place, data={"version": version, **typed})
    return answer.status_code, answer.get_data(as_text=True)


def saved(session: Session) -> list[dict[str, str]]:
    session.rollback()
    return list(session.scalars(select(ReportText.parts)))


def test_begins_with_a_proposal_filled_from_the_tables(
    sign_in: SignIn, clerk: Context, session: Session
) -> None:
    page = sign_in("clerk").get(PLACE).get_data(as_text=True)
    assert "新收政府信息公开申请{{ 新收申请 }}件" in page
    assert "<p>（二）依申请公开情况。本年新收政府信息公开申请1件，上年结转0件。" in page
    assert "还需补写：" in page and "（表中尚未填报）" in page
    assert "没有保存" in page and saved(session) == []
    read = sign_in("approver").get(PLACE).get_data(as_text=True)
    assert "还没有填报" in read and "保存正文" not in read


def test_kept_and_shown_with_the_value_beside_the_field(
    sign_in: SignIn, clerk: Context, session: Session
) -> None:
    browser = sign_in("clerk")
    assert send(browser, overview="新收{{ 新收申请 }}件，办结{{办结}}件。")[0] == 302
    page = browser.get(PLACE).get_data(as_text=True)
    assert "<p>新收1件，办结1件。</p>" in page and "{{办结}}" in page and "陈静" in page
    assert saved(session) == [{"overview": "新收{{ 新收申请 }}件，办结{{办结}}件。"}]


def test_last_years_text_can_be_taken_over(sign_in: SignIn, clerk: Context, session: Session) -> None:
    browser = sign_in("clerk")
    send(browser, place="/reports/2024/organs/MZJ/text", problems="上年的问题")
    page = browser.get(PLACE).get_data(as_text=True)
    assert "填入上年文字" in page
    status, page = send(browser, step="last:problems", overview="已写的", problems="")
    assert status == 200 and "上年的问题</textarea>" in page and "已写的</textarea>" in page
    status, page = send(browser, step="propose:other", overview="已写的")
    assert status == 200 and "{{ 收费笔数 }}" in page and len(saved(session)) == 1


def test_a_number_typed_by_hand_that_contradicts_is_told(
    sign_in: SignIn, clerk: Context, session: Session
) -> None:
    status, page = send(sign_in("clerk"), step="preview", overview="新收政府信息公开申请2件。")
    assert status == 200 and "正文写 2，表中本年新收（第 1 行总计）是 1" in page
    assert saved(session) == []


def test_an_unknown_field_comes_back_with_everything_typed(
    sign_in: SignIn, clerk: Context, session: Session
) -> None:
    status, page = send(sign_in("clerk"), overview="{{ 新收件数 }}<b>", other="无")
    assert status == 422 and saved(session) == []
    assert "不在字段表中" in page
    assert "{{ 新收件数 }}&lt;b&gt;</textarea>" in page and "无</textarea>" in page


def test_too_long_a_part_comes_back(sign_in: SignIn, clerk: Context, session: Session) -> None:
    status, page = send(sign_in("clerk"), problems="长" * 20_001)
    assert status == 422 and "长" * 20_001 in page and saved(session) == []


def test_who_comes_second_keeps_what_was_typed_and_sees_the_other(
    sign_in: SignIn, clerk: Context, session: Session
) -> None:
    assert send(sign_in("clerk"), problems="甲写的")[0] == 302
    second = sign_in("second_clerk")
    status, page = send(second, problems="乙写的")
    assert status == 409 and "刚被他人保存" in page
    assert "乙写的</textarea>" in page and "他人已保存的文字" in page and "甲写的" in page
    assert send(second, version=1, problems="乙写的")[0] == 302
    assert saved(session) == [{"problems": "乙写的"}]


def test_handed_in_it_is_read_only_and_a_late_save_is_told(
    sign_in: SignIn, clerk: Context, session: Session
) -> None:
    browser = sign_in("clerk")
    assert "正文还没有保存" in sign_in("disclosure_head").get("/reports/2025/organs/MZJ").text
    send(browser, problems="问题", requests="新收政府信息公开申请{{ 新收申请 }}件，上年结转2件。")
    assert "正文还没有保存" not in sign_in("disclosure_head").get("/reports/2025/organs/MZJ").text
    sign_in("disclosure_head").post("/reports/2025/organs/MZJ/submit", data={"version": "0"})
    assert "正文写 2，表中上年结转（第 2 行总计）是 0" in browser.get("/reports/2025/organs/MZJ").text
    with transaction(clerk) as inner:
        for case in inner.scalars(select(Case)):
            case.received_on = date(2024, 12, 2)
    page = browser.get(PLACE).get_data(as_text=True)
    assert "报告已经提交" in page and "保存正文" not in page
    assert "<p>新收政府信息公开申请1件，上年结转2件。</p>" in page, "as it was handed in"
    status, page = send(browser, version=1, problems="改了的")
    assert status == 409 and "退回" in page and "改了的</textarea>" in page
    assert [kept["problems"] for kept in saved(session)] == ["问题"]


def test_the_district_is_written_by_its_office(sign_in: SignIn, clerk: Context, session: Session) -> None:
    place = "/reports/2025/district/text"
    office = sign_in("supervisor")
    assert "<p>（二）依申请公开情况。本年新收政府信息公开申请1件" in office.get(place).get_data(as_text=True)
    assert send(office, place=place, other="无")[0] == 302
    assert sign_in("auditor").get(place).status_code == 200
    assert send(sign_in("auditor"), place=place)[0] == 403
    assert sign_in("clerk").get(place).status_code == 403
    assert send(sign_in("supervisor"))[0] == 403
    assert sign_in("clerk").get("/reports/1900/organs/MZJ/text").status_code == 404
    assert sign_in("colleague").get(PLACE).status_code == 404


@pytest.mark.parametrize(
    ("form", "begins"), [("docx", b"PK"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF-")]
)
def test_the_report_as_a_file(sign_in: SignIn, clerk: Context, form: str, begins: bytes) -> None:
    browser = sign_in("clerk")
    send(browser, overview="新收{{ 新收申请 }}件。")
    answer = browser.get(f"/reports/2025/organs/MZJ/report.{form}")
    assert answer.status_code == 200 and answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    if form == "html":
        assert "（编制中，数字截至2026年1月20日）" in answer.text and "<p>新收1件。</p>" in answer.text
    district = sign_in("supervisor").get(f"/reports/2025/district/report.{form}")
    assert district.data.startswith(begins)
    assert browser.get(f"/reports/1900/organs/MZJ/report.{form}").status_code == 404
