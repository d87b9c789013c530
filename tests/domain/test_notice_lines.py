"""A year as its notice writes it: read from lines or sentences, written back, and every fault with its line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.adapters.shipped_calendars import shipped_editions
from tracker.domain.notice_lines import MOST_LINES, lines_of, parse_lines
from tracker.domain.year_edition import SpecialDay, YearEdition

NAMES = ("元旦", "春节", "清明节", "国庆节、中秋节", "国庆70周年", "纪念日（放假）")


def read(text: str, year: int = 2026) -> list[tuple[str, bool]]:
    days, faults = parse_lines(text, year)
    assert faults == []
    return [(d.day.isoformat(), d.is_workday) for d in days]


def said(text: str, year: int = 2027) -> str:
    return "".join(str(fault) for fault in parse_lines(text, year)[1])


def test_the_sentences_of_the_notice_itself() -> None:
    found = read(
        "二、春节：2月15日（农历腊月二十八、周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。"
    )
    assert found[0] == ("2026-02-14", True) and found[-1] == ("2026-02-28", True)
    assert [day for day, works in found if not works] == [f"2026-02-{n}" for n in range(15, 24)]


@pytest.mark.parametrize(
    "line",
    [
        "元旦 1月1日—1月3日 放假；调休上班 1月4日",
        "元旦 1月1日-3日放假，1月4日上班",
        "元旦：１月１日至３日放假，共３天。１月４日（周日）上班",
        "元旦 放假 1.1—1.3；上班 1.4",
        "1. 元旦 2026-01-01—2026-01-03 放假 调休上班 2026-01-04",
        "元旦 1月1日 1月2日 1月3日 放假；1月4日 上班",
    ],
)
def test_ways_of_writing_the_same(line: str) -> None:
    assert read(line) == [
        ("2026-01-01", False),
        ("2026-01-02", False),
        ("2026-01-03", False),
        ("2026-01-04", True),
    ]


def test_the_last_december_before_needs_its_year() -> None:
    assert read("元旦 2026年12月31日—1月2日 放假", 2027) == [
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2027-01-02", False),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("", "还没有写任何放假日期"),
        ("春节", "第 1 行：没有日期"),
        ("2月5日 放假", "请先写节日的名称"),
        ("春节 2月5日", "是放假还是上班"),
        ("春节 2月30日 放假", "没有这一天（2月30日）"),
        ("春节 2月5日 上班", "本来就是工作日"),
        ("春节 2月7日—2月5日 放假", "起止颠倒"),
        ("元旦 12月31日—1月2日 放假", "跨年的日期请写明年份"),
        ("元旦 2025年12月31日 放假", "不在 2027 年"),
        ("元旦 2026年11月30日 放假", "不在 2027 年"),
        ("春节 2月5日（周四）放假", "与写明的“周四”不符"),
        ("春节 2月5日—2月6日 放假，共3天", "写明放假 3 天，列出的却是 2 天"),
        ("春节 2月5日 55 放假", "看不出是哪一天的数字"),
        ("春节 2月5日—4月5日 放假", "一段放假不会超过 31 天"),
        ("春节 2月5日 放假\n除夕 2月5日 放假", "第 2 行：2027-02-05 已经写在第 1 行"),
        (f"{'长' * 51} 2月5日 放假", "名称太长"),
    ],
)
def test_faults_say_line_and_cure(line: str, fault: str) -> None:
    assert fault in said(line)


def test_all_faults_come_at_once_and_the_rest_is_read() -> None:
    days, faults = parse_lines("春节\n元旦 1月1日 放假\n清明 4月31日 放假\n", 2027)
    assert [str(fault)[:6] for fault in faults] == ["第 1 行：", "第 3 行："]
    assert [d.day for d in days] == [date(2027, 1, 1)]


def test_more_lines_than_a_notice_has_are_refused() -> None:
    assert "最多 60 行" in said("\n".join(["元旦 1月1日 放假"] * (MOST_LINES + 1)))


@pytest.mark.parametrize("edition", shipped_editions(), ids=lambda edition: str(edition.year))
def test_every_shipped_year_is_written_and_read_back(edition: YearEdition) -> None:
    assert parse_lines(lines_of(edition.days, edition.year), edition.year) == (edition.days, [])


@given(
    st.dictionaries(
        st.integers(0, 395), st.tuples(st.booleans(), st.sampled_from(NAMES[:5])), min_size=1, max_size=80
    )
)
def test_whatever_days_are_marked_can_be_read_back(marked: dict[int, tuple[bool, str]]) -> None:
    days = []
    for offset, (works, name) in sorted(marked.items()):
        day = date(2026, 12, 1) + timedelta(days=offset)
        days.append(SpecialDay(day, works and day.weekday() >= 5, name))
    assert parse_lines(lines_of(days, 2027), 2027) == (tuple(days), [])


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    parse_lines(text, 2027)
