"""Every period of the statute, with the reasons for its last day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day, read
from tracker.domain.period_table import (
    GROUP_NAMES,
    LENGTH_TEXTS,
    PeriodGroup,
    group_of,
    period_end,
    periods_by_group,
    same_start,
)
from tracker.domain.remedies import PERIODS
from tracker.domain.statute import CONVENTION, RULES, RuleKey, Unit

WITH_LENGTH = [key for key, rule in RULES.items() if rule.span is not None]


@pytest.mark.parametrize(
    ("key", "start", "due"),
    [
        (RuleKey.REPLY, "2026-09-10", "2026-10-14"),
        (RuleKey.CORRECTION_NOTICE, "2026-09-10", "2026-09-20"),
        (RuleKey.EXTENSION, "2026-10-14", "2026-11-11"),
        (RuleKey.THIRD_PARTY_ANSWER, "2026-09-15", "2026-10-12"),
        (RuleKey.CO_PRODUCER_ANSWER, "2026-09-15", "2026-10-12"),
        (RuleKey.PAYMENT, "2026-01-30", "2026-03-05"),
        (RuleKey.RECONSIDERATION_FILING, "2026-08-02", "2026-10-08"),
        (RuleKey.LITIGATION_FILING, "2025-08-31", "2026-02-28"),
        (RuleKey.LITIGATION_AFTER_RECONSIDERATION, "2026-09-18", "2026-10-08"),
        (RuleKey.RECONSIDERATION_ANSWER, "2026-09-10", "2026-09-23"),
        (RuleKey.RECONSIDERATION_ANSWER_SIMPLE, "2026-09-10", "2026-09-17"),
        (RuleKey.LITIGATION_ANSWER, "2026-09-05", "2026-09-20"),
    ],
)
def test_ends_of_the_periods_of_law(key: RuleKey, start: str, due: str) -> None:
    assert period_end(key, day(start), CALENDAR).end.due_on == day(due)


@given(st.dates(date(2019, 1, 1), date(2026, 10, 1)))
def test_the_reply_period_is_that_of_the_clock(received: date) -> None:
    reading = read(f"received {received}")
    end = period_end(RuleKey.REPLY, received, CALENDAR).end
    assert (end.due_on, end.provisional) == (reading.due_on, reading.provisional)


def test_a_rule_without_a_length_has_no_end() -> None:
    with pytest.raises(KeyError):
        period_end(RuleKey.JUSTIFICATION, day("2026-09-10"), CALENDAR)


def told(key: RuleKey, start: str) -> list[str]:
    return [reason.template % reason.params for reason in period_end(key, day(start), CALENDAR).reasons]


def test_the_reasons_of_a_period_in_months_carried_over_a_holiday() -> None:
    assert told(RuleKey.LITIGATION_FILING, "2025-08-16") == [
        "知道该行政行为之日不计入，自次日起算。",
        "满 6 个月的对应日为 2026-02-16。",
        "最后一日是休息日或者节假日，以其后第一个工作日为期间届满之日。",
    ]
    passed = period_end(RuleKey.LITIGATION_FILING, day("2025-08-16"), CALENDAR).passed
    assert [on.day for on, _ in passed] == list(range(16, 24)) and passed[0][1].name == "春节"


def test_a_month_without_the_corresponding_day_is_said_so() -> None:
    assert "满 6 个月没有对应日，以该月最后一日 2026-02-28 为最后一日。" in told(
        RuleKey.LITIGATION_FILING, "2025-08-31"
    )


def test_days_off_and_make_up_days_within_working_days_are_told() -> None:
    assert (
        told(RuleKey.REPLY, "2026-09-10")[1]
        == "第 20 个工作日届满；其间休息日、节假日 14 天不计，调休上班 2 天计入。"
    )
    assert (
        told(RuleKey.RECONSIDERATION_ANSWER_SIMPLE, "2026-03-02")[1]
        == "第 5 个工作日届满；其间休息日、节假日 2 天不计。"
    )


@pytest.mark.parametrize(
    ("key", "start"),
    [(RuleKey.CORRECTION_NOTICE, "2026-09-10"), (RuleKey.LITIGATION_ANSWER, "2026-09-05")],
)
def test_an_end_on_a_make_up_sunday_says_that_it_is_a_working_day(key: RuleKey, start: str) -> None:
    assert told(key, start)[-1] == "2026-09-20虽在周末，但调休上班，是工作日。"


def test_a_provisional_end_says_why() -> None:
    assert told(RuleKey.REPLY, "2026-12-04")[-1].startswith("所涉年度的放假安排尚未公布")


def test_articles_of_the_reasons_follow_the_source_of_the_period() -> None:
    """复议 refers to 民诉法第八十五条, litigation has 法释〔2018〕1号第四十八条, months are of 民法典第二百零二条."""

    def articles(key: RuleKey) -> list[str]:
        return [reason.article for reason in period_end(key, day("2025-08-16"), CALENDAR).reasons]

    by_reference = "《行政复议法》第八十八条、《民事诉讼法》第八十五条"
    assert articles(RuleKey.RECONSIDERATION_FILING)[0] == by_reference
    assert articles(RuleKey.LITIGATION_FILING) == [
        "法释〔2018〕1号第四十八条",
        "《民法典》第二百零二条",
        "法释〔2018〕1号第四十八条",
    ]
    assert articles(RuleKey.RECONSIDERATION_ANSWER)[-1] == "《行政复议法》第八十八条"
    assert articles(RuleKey.DELIVERY_PROOF)[0] == ""


def test_a_period_counted_from_before_its_law_is_marked() -> None:
    assert period_end(RuleKey.RECONSIDERATION_ANSWER, day("2023-12-31"), CALENDAR).started_before_law
    assert not period_end(RuleKey.RECONSIDERATION_ANSWER, day("2024-01-01"), CALENDAR).started_before_law


def test_every_rule_with_a_length_is_listed_once_and_those_of_law_in_a_named_group() -> None:
    listed = [key for keys in periods_by_group().values() for key in keys]
    assert sorted(listed) == sorted(WITH_LENGTH)
    of_law = [key for key in WITH_LENGTH if RULES[key].source != CONVENTION]
    assert not [key for key in of_law if group_of(key) is PeriodGroup.OTHER]
    assert all(GROUP_NAMES[group_of(key)] and LENGTH_TEXTS[RULES[key].unit] for key in WITH_LENGTH)


def test_periods_that_begin_on_one_kind_of_day_stand_together() -> None:
    assert same_start(RuleKey.LITIGATION_FILING) == [
        RuleKey.RECONSIDERATION_FILING,
        RuleKey.LITIGATION_FILING,
    ]
    assert same_start(RuleKey.REPLY) == [RuleKey.REPLY, RuleKey.CORRECTION_NOTICE]
    assert all(key in same_start(key) for key in WITH_LENGTH)


def test_remedy_clauses_quote_the_lengths_and_articles_of_the_statute() -> None:
    assert [(p.words, p.article) for p in PERIODS] == [
        ("60日", "《中华人民共和国行政复议法》第二十条"),
        ("6个月", "《中华人民共和国行政诉讼法》第四十六条"),
        ("15日", "《中华人民共和国行政诉讼法》第四十五条"),
    ]


@pytest.mark.parametrize("unit", list(Unit))
def test_lengths_have_words(unit: Unit) -> None:
    assert "%(span)d" in LENGTH_TEXTS[unit]
