"""其他期限: one day and every period that can begin on it."""

from __future__ import annotations

import re

import pytest

from tests.web.calculator.conftest import Asked, text_of
from tests.web.conftest import SignIn
from tracker.domain.period_table import periods_by_group
from tracker.domain.statute import RULES


def dates_of(html: str) -> list[str]:
    return re.findall(r'<strong><time datetime="([\d-]+)">', html)


def test_before_a_day_is_typed_it_says_what_will_appear(ask: Asked) -> None:
    seen = text_of(ask("/calculator/periods"))
    assert "还没有起算之日" in seen and "十五日届满于调休的周日" in seen


def test_every_period_can_be_chosen_in_its_group(ask: Asked) -> None:
    html = ask("/calculator/periods")
    for key in (key for keys in periods_by_group().values() for key in keys):
        assert f'<option value="{key}">' in html
    assert '<optgroup label="救济期限">' in html and "提起行政诉讼（6 个月）" in html


def test_one_day_gives_every_period(ask: Asked) -> None:
    html = ask("/calculator/periods", start="2026-09-10")
    count = sum(rule.span is not None for rule in RULES.values())
    assert len(dates_of(html)) == count and f"共 {count} 项期限。" in text_of(html)
    assert "每一项都假定这一天是它的起算之日" in text_of(html)


def test_a_chosen_period_stands_with_those_of_the_same_day_and_says_why(ask: Asked) -> None:
    html = ask("/calculator/periods", period="litigation_filing", start="2025-08-16")
    seen = text_of(html)
    assert dates_of(html) == ["2025-10-15", "2026-02-24"]
    assert "满 6 个月的对应日为 2026年2月16日（周一）。（《民法典》第二百零二条）" in seen
    assert "以其后第一个工作日为期间届满之日。（法释〔2018〕1号第四十八条）" in seen
    assert "顺延经过：2月16日—2月23日 放假（春节）。" in seen
    assert "已经届满" in seen


@pytest.mark.parametrize(
    ("period", "start", "due", "left"),
    [
        ("litigation_answer", "2026-11-08", "2026-11-23", "今天届满"),
        ("litigation_answer", "2026-11-09", "2026-11-24", "还有 1 日（1 个工作日）"),
        ("litigation_answer", "2026-11-07", "2026-11-23", "今天届满"),
        ("litigation_answer", "2026-11-05", "2026-11-20", "已经届满"),
        ("reconsideration_answer_simple", "11.20", "2026-11-27", "还有 4 日（4 个工作日）"),
    ],
)
def test_what_remains_to_the_last_day(period: str, start: str, due: str, left: str, ask: Asked) -> None:
    html = ask("/calculator/periods", period=period, start=start)
    assert due in dates_of(html)
    assert left in text_of(html.partition('class="clock-left"')[2][:80])


def test_a_provisional_end_and_a_day_before_the_law_are_said(ask: Asked) -> None:
    later = text_of(ask("/calculator/periods", period="litigation_filing", start="2026-07-01"))
    assert "暂定" in later and "放假安排尚未公布" in later
    earlier = text_of(ask("/calculator/periods", period="reconsideration_answer", start="2023-12-29"))
    assert "本条自2024年1月1日起施行" in earlier


def test_the_chosen_period_is_drawn_day_by_day(ask: Asked) -> None:
    drawn = ask("/calculator/periods", period="litigation_answer", start="2026-09-05").partition("逐日计算")[
        2
    ]
    seen = text_of(drawn)
    assert "9月20日：第 15 日" in seen and "9月5日：起算日，不计入" in seen
    assert "is-due" in drawn and "逐日计算" not in ask("/calculator/periods", start="2026-09-05")


def test_what_is_no_day_is_said_and_kept(ask: Asked) -> None:
    html = ask("/calculator/periods", period="payment", start="2026-02-30")
    assert "没有这一天" in text_of(html) and 'value="2026-02-30"' in html
    assert '<option selected value="payment">' in html


def test_an_unknown_period_lists_them_all(ask: Asked) -> None:
    assert len(dates_of(ask("/calculator/periods", period="nonsense", start="2026-09-10"))) > 10


@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are(start: str, ask: Asked) -> None:
    assert dates_of(ask("/calculator/periods", start=start))


def test_the_address_is_shortened(calendars: None, sign_in: SignIn) -> None:
    answer = sign_in("clerk").get("/calculator/periods?period=&start=9.10&x=1")
    assert answer.location == "/calculator/periods?start=2026-09-10"
