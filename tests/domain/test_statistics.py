"""Tables of 统计分析: sums are sums of cells, time has no gaps, and only what can be a key is one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.reporting_period import read_period
from tracker.domain.statistics import (
    DIMENSION_NAMES,
    MEASURE_NAMES,
    NARROWING,
    NONE,
    OF_TIME,
    WORDS,
    Dimension,
    Measure,
    Question,
    Table,
    dimension_of,
    is_key,
    ordered_words,
    question_of,
    time_keys,
    words_of,
)
from tracker.domain.statistics_period import Relative, read_asked

PLACES = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))


@given(st.dictionaries(PLACES, st.integers(0, 50)))
def test_totals_are_the_sums_of_the_cells(counts: dict[tuple[str, str], int]) -> None:
    table = Table(counts)
    assert table.total == sum(counts.values())
    for axis in (0, 1):
        assert sum(table.sums(axis).values()) == table.total
        for key, total in table.sums(axis).items():
            assert total == sum(count for place, count in counts.items() if place[axis] == key)


@given(
    st.sampled_from(OF_TIME),
    st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    st.integers(min_value=0, max_value=1500),
)
def test_time_runs_from_the_first_day_to_the_last_without_a_gap(
    dimension: Dimension, first: date, length: int
) -> None:
    last = date.fromordinal(first.toordinal() + length)
    periods = [read_period(key) for key in time_keys(dimension, [], first, last)]
    assert all(period and dimension_of(period) is dimension for period in periods)
    told = [period for period in periods if period]
    assert told[0].first_on <= first and last <= told[-1].last_on
    for before, after in zip(told, told[1:], strict=False):
        assert before.last_on.toordinal() + 1 == after.first_on.toordinal()


def test_a_month_outside_the_period_that_was_found_is_shown() -> None:
    assert time_keys(Dimension.MONTH, ["2025-12"], date(2026, 1, 1), date(2026, 2, 1)) == [
        "2025-12",
        "2026-01",
        "2026-02",
    ]


def test_words_keep_the_order_of_the_vocabulary_and_none_stands_last() -> None:
    found = ["other", NONE, "natural_person", "unheard_of"]
    assert ordered_words(Dimension.APPLICANT_KIND, found) == ["natural_person", "other", "unheard_of", NONE]


@pytest.mark.parametrize(
    ("dimension", "key", "known"),
    [
        (Dimension.ORGAN, "4", True),
        (Dimension.ORGAN, "0", False),
        (Dimension.ORGAN, "2147483648", False),
        (Dimension.ORGAN, "9" * 40, False),
        (Dimension.ORGAN, NONE, False),
        (Dimension.ORGAN, "４", False),
        (Dimension.HANDLER, NONE, True),
        (Dimension.HANDLER, "~陈静", True),
        (Dimension.HANDLER, "~", False),
        (Dimension.HANDLER, "陈静", False),
        (Dimension.MONTH, "2026-11", True),
        (Dimension.MONTH, "2026-Q4", False),
        (Dimension.QUARTER, "2026-Q4", True),
        (Dimension.YEAR, "2026", True),
        (Dimension.OUTCOME, "disclosed", True),
        (Dimension.OUTCOME, "x", False),
        (Dimension.STAGE, NONE, False),
    ],
)
def test_only_what_can_be_a_key_is_one(dimension: Dimension, key: str, known: bool) -> None:
    assert is_key(dimension, key) is known


@st.composite
def questions(draw: st.DrawFn) -> Question:
    rows, columns = draw(st.sampled_from(Dimension)), draw(st.none() | st.sampled_from(Dimension))
    period = draw(st.sampled_from(Relative) | st.sampled_from(("2026", "2025-Q3", "2026-01-15..2026-02-01")))
    where = {
        dimension: draw(st.sampled_from(sorted(WORDS.get(dimension, {"7": ""}))))
        for dimension in draw(st.sets(st.sampled_from(NARROWING)))
    }
    asked = read_asked(period)
    assert asked is not None
    measure = draw(st.sampled_from(Measure))
    return Question(measure, asked, rows, columns if columns is not rows else None, where)


@given(questions())
def test_a_question_is_read_back_from_its_words(question: Question) -> None:
    assert question_of(words_of(question)) == question


@given(st.dictionaries(st.sampled_from(("count", "period", "rows", "columns", "organ", "stage")), st.text()))
def test_any_words_are_a_question(words: dict[str, str]) -> None:
    question = question_of(words)
    assert question_of(words_of(question)) == question


def test_everything_that_can_be_asked_has_a_name() -> None:
    assert set(MEASURE_NAMES) == set(Measure)
    assert set(DIMENSION_NAMES) == set(Dimension)
    assert all(is_key(dimension, key) for dimension, words in WORDS.items() for key in words)
