"""协查任务: how long a link is good, what an answer must say, and which tasks of a log still wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.case_facts import Fact, facts_of
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.search_tasks import (
    BOUNDS,
    LINK_AT_LEAST,
    LINK_AT_MOST,
    LINK_GRACE,
    SearchFindings,
    TaskState,
    findings_faults,
    link_good_through,
    parties_of,
    state_of,
)

DAY = date(2026, 11, 23)
DAYS = st.dates(date(2019, 5, 15), date(2035, 12, 31))
SOUND = SearchFindings("档案室", "低保", "2019—2025", "林涛", DAY, False, "没有检索到")


@given(made=DAYS, reply_by=DAYS)
def test_a_link_outlives_the_day_of_the_answer_but_never_long(made: date, reply_by: date) -> None:
    last = link_good_through(made, reply_by)
    assert made + LINK_AT_LEAST <= last <= made + LINK_AT_MOST
    if made <= reply_by <= made + LINK_AT_MOST - LINK_GRACE:
        assert last >= reply_by + min(LINK_GRACE, LINK_AT_LEAST)


@given(
    st.lists(st.sampled_from(["规划科", "海门街道办事处", "区档案馆"]), max_size=6),
    st.text(" \t\u3000", max_size=3),
)
def test_each_place_is_asked_once_in_the_order_written(names: list[str], blank: str) -> None:
    written = "\n".join(f"{blank}{name}{blank}" for name in names) + "\n\n"
    assert parties_of(written) == tuple(dict.fromkeys(names))


@pytest.mark.parametrize("name", BOUNDS)
def test_an_answer_says_everything_and_not_too_much(name: str) -> None:
    longest = BOUNDS[name]
    assert not findings_faults(replace(SOUND, **{name: "字" * longest}), DAY, DAY)
    for text in ("", "  ", "字" * (longest + 1)):
        assert list(findings_faults(replace(SOUND, **{name: text}), DAY, DAY)) == [name]


@pytest.mark.parametrize(
    ("searched_on", "fine"),
    [
        (DAY, True),
        (DAY + timedelta(days=1), False),
        (DAY - timedelta(days=366), True),
        (DAY - timedelta(days=367), False),
    ],
)
def test_the_day_of_the_search_is_near_the_question_and_has_come(searched_on: date, fine: bool) -> None:
    assert (not findings_faults(replace(SOUND, searched_on=searched_on), DAY, DAY)) is fine


def test_a_task_waits_until_it_is_answered_or_taken_back() -> None:
    assert state_of(None, None) is TaskState.WAITING
    assert state_of(DAY, None) is TaskState.ANSWERED
    assert state_of(None, DAY) is TaskState.WITHDRAWN


EVENTS = st.lists(
    st.tuples(
        st.sampled_from([EntryType.SEARCH_ASKED, EntryType.SEARCH_RECORDED, EntryType.SEARCH_WITHDRAWN]),
        st.integers(1, 3) | st.none(),
    ),
    max_size=12,
)


@given(EVENTS)
def test_a_log_waits_for_exactly_the_tasks_that_nothing_answered(
    events: list[tuple[EntryType, int | None]],
) -> None:
    log = [LogEntry(EntryType.RECEIVED, DAY, seq=1)]
    waiting: set[int] = set()
    for seq, (kind, task) in enumerate(events, 2):
        details = {} if task is None else {"task_id": task}
        log.append(LogEntry(kind, DAY, seq=seq, details=details))
        if task is not None and kind is EntryType.SEARCH_ASKED:
            waiting.add(task)
        elif task is not None:
            waiting.discard(task)
    assert (Fact.SEARCH_TASK_OPEN in facts_of(log)) is bool(waiting)
