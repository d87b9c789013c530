"""期限计算器: a day of receipt and what happened after give date, state, reasons; nothing is written."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.web.calculator.conftest import Asked, remarks_of, text_of
from tests.web.conftest import SignIn
from tracker.models import Case, StoredEntry
from tracker.web.calculator.address import MOST_ROWS

R = {"received": "2026-09-10"}
PAUSE = {
    "e1-kind": "suspended",
    "e1-on": "2026-09-15",
    "e1-cause": "third_party",
    "e2-kind": "resumed",
    "e2-on": "2026-09-22",
}


def test_before_anything_is_typed_it_says_what_will_appear_and_offers_examples(ask: Asked) -> None:
    html = ask("/calculator")
    seen = text_of(html)
    assert "还没有收到申请之日" in seen and "只试算，不登记" in seen
    assert html.count("calculator-examples") == 1 and "补正告知的最后一天是调休的周日" in seen


def test_a_receipt_gives_the_date_the_card_and_the_sheet(ask: Asked) -> None:
    seen = text_of(ask("/calculator", received="11.9"))
    assert "12月7日" in seen and "剩 10 个工作日" in seen
    assert "到期日：2026年12月7日（周一）。状态：计算中。剩 10 个工作日" in seen
    assert "推算步骤" in seen and "第 20 个工作日" in seen
    assert "补正告知期限 2026年11月18日（周三）" in seen
    assert "试算，不是案卷材料" in seen


def test_events_beside_their_consequences(ask: Asked) -> None:
    html = ask("/calculator", **R, **PAUSE, **{"e3-kind": "extended", "e3-on": "2026-10-13", "e3-days": "20"})
    assert "2026年9月15日（周二），工作日 此后期限停止计算" in remarks_of(html, "e1")
    assert "此后到期日为 2026年10月22日（周四）" in remarks_of(html, "e2")
    assert "此后到期日为 2026年11月19日（周四）" in remarks_of(html, "e3")
    assert "11月19日" in text_of(html.partition("clock-due")[2][:200])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "resumed", "on": "2026-09-22"}, "没有尚未收回的征求意见"),
        ({"kind": "extended", "on": "2026-09-01", "days": "5"}, "日期早于收到申请之日"),
        ({"kind": "extended", "on": "2026-09-15", "days": "0"}, "延长的工作日须为不小于 1 的整数"),
        ({"kind": "extended", "on": "2026-09-15", "days": "五"}, "延长的工作日须为不小于 1 的整数"),
        ({"kind": "extended", "on": "2026-09-15"}, "请填写延长几个工作日"),
        ({"kind": "delayed", "on": "2026-09-15"}, "请填写另定的到期日"),
        ({"kind": "delayed", "on": "2026-09-15", "until": "2026-09-14"}, "记录不完整或日期不存在"),
        ({"kind": "suspended", "on": "2026-09-15", "cause": "nobody"}, "记录不完整或日期不存在"),
        ({"kind": "teleported", "on": "2026-09-15"}, "记录不完整或日期不存在"),
        ({"kind": "extended", "on": "2026-02-30", "days": "5"}, "没有这一天"),
        ({"kind": "corrected"}, "请填写日期"),
        ({"on": "2026-09-15"}, "请选择这一天发生了什么"),
    ],
)
def test_what_cannot_be_is_said_beside_its_row_and_the_rest_is_computed(
    row: dict[str, str], said: str, ask: Asked
) -> None:
    html = ask("/calculator", **R, **{f"e1-{name}": value for name, value in row.items()})
    assert said in remarks_of(html, "e1")
    assert "有 1 项没有计入" in text_of(html)
    assert "10月14日" in text_of(html.partition("clock-due")[2][:200])
    for value in row.values():
        assert value in html


def test_a_breach_stands_beside_the_row_that_causes_it(ask: Asked) -> None:
    late = {"e1-kind": "correction_requested", "e1-on": "2026-09-21"}
    html = ask("/calculator", **R, **late)
    assert "违法情形： 补正告知晚于收到申请之日起 7 个工作日" in remarks_of(html, "e1")
    in_time = ask("/calculator", **R, **{**late, "e1-on": "2026-09-20"})
    assert "违法情形" not in remarks_of(in_time, "e1") and "调休上班" in remarks_of(in_time, "e1")


def test_what_is_still_to_come_is_supposed_and_said_to_be(ask: Asked) -> None:
    html = ask(
        "/calculator", received="2026-11-09", **{"e1-kind": "dispatched", "e1-on": "12.8", "e1-by": "post"}
    )
    assert "晚于今天，按设想推算" in remarks_of(html, "e1")
    assert "逾期答复" in text_of(html) and "用去 21 个工作日" in text_of(html)


def test_rows_without_a_receipt_ask_for_it(ask: Asked) -> None:
    html = ask("/calculator", **PAUSE)
    assert "还没有收到申请的日期" in remarks_of(html, "received")
    assert re.search(r'<input aria-describedby="received-remarks" aria-invalid="true"', html)


def test_what_only_the_tracker_reminds_of_is_told_from_what_law_says(ask: Asked) -> None:
    out = {"e1-kind": "suspended", "e1-on": "2026-11-18", "e1-cause": "third_party", "e1-ref": "1"}
    seen = text_of(ask("/calculator", received="2026-11-09", **out).partition("others-title")[2])
    assert "补正告知期限 2026年11月18日" in seen and "（系统约定） 2026年11月25日（周三）" in seen
    received = {"e2-kind": "consultation_delivered", "e2-on": "2026-11-19", "e2-ref": "1"}
    seen = text_of(ask("/calculator", received="2026-11-09", **out, **received).partition("others-title")[2])
    assert "第三方答复期限 2026年12月10日（周四）" in seen


def test_a_year_without_notice_is_provisional_and_says_why(ask: Asked) -> None:
    seen = text_of(ask("/calculator", received="2026-12-04"))
    assert "暂定" in seen and "放假安排尚未公布" in seen


def test_more_rows_than_are_read_are_said_to_be_left_out(ask: Asked) -> None:
    many = {}
    for n in range(1, MOST_ROWS + 3):
        many |= {f"e{n}-kind": "justified", f"e{n}-on": "2026-09-15"}
    seen = text_of(ask("/calculator", **R, **many))
    assert f"最多计算 {MOST_ROWS} 项，其余没有计入" in seen


def test_the_address_is_shortened_to_what_counts(calendars: None, sign_in: SignIn) -> None:
    client = sign_in("clerk")
    answer = client.get("/calculator?received=9.10&e2-kind=corrected&e2-on=9.18&e2-by=post&e3-on=")
    assert answer.location == "/calculator?received=2026-09-10&e1-kind=corrected&e1-on=2026-09-18"
    removed = client.get("/calculator?received=2026-09-10&e1-kind=corrected&e1-on=2026-09-18&remove=1")
    assert removed.location == "/calculator?received=2026-09-10"


@pytest.mark.parametrize(
    "said",
    [
        {"received": "0001-01-01"},
        {"received": "9999-12-31"},
        {"received": "9999-12-01", "e1-kind": "ordered_anew", "e1-on": "9999-12-31", "e1-days": "99999"},
        {"received": "2026-09-10", "e1-kind": "ordered_anew", "e1-on": "2026-09-11", "e1-days": "99999"},
        {"received": "<script>alert(1)</script>"},
        {"received": "２０２６－０９－１０", "e1-kind": "extended", "e1-on": "2026-09-11", "e1-days": "²"},
    ],
)
def test_far_years_and_strange_texts_get_an_answer(said: dict[str, str], ask: Asked) -> None:
    html = ask("/calculator", **said)
    assert "<script>alert" not in html and "期限计算器" in html


def test_nothing_is_written(ask: Asked, session: Session) -> None:
    ask("/calculator", **R, **PAUSE)
    assert session.scalar(select(func.count()).select_from(Case)) == 0
    assert session.scalar(select(func.count()).select_from(StoredEntry)) == 0


def test_it_only_answers_to_reading(calendars: None, sign_in: SignIn) -> None:
    client = sign_in("clerk")
    assert client.post("/calculator").status_code == 405
    assert client.post("/calculator/periods").status_code == 405


def test_only_for_people_who_are_signed_in(client: FlaskClient) -> None:
    assert client.get("/calculator?received=2026-09-10").status_code == 302
