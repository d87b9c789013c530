"""Every entry type has its sentence, and each can be told with nothing but the bare entry."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from tests.people import NOW
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.reading import BreachCode, ClockState, Reading
from tracker.models import Case, Consultation
from tracker.queries.case_record import CaseRecord, ToldEntry
from tracker.web.cases.sentences import SENTENCES, sentence
from tracker.web.cases.timeline import BREACH_TAGS

DAY = date(2026, 11, 12)
EMPTY = (
    "applicants",
    "items",
    "attachments",
    "letters",
    "corrections",
    "extensions",
    "fee_notices",
    "justifications",
    "calls",
    "searches",
    "secrecy_reviews",
    "challenges",
    "entries",
)


def record_of(*consultations: Consultation) -> CaseRecord:
    nothing: dict[str, tuple[()]] = dict.fromkeys(EMPTY, ())
    return CaseRecord(
        case=Case(number="椒民公开受〔2026〕1号"),
        receipt=None,
        consultations=consultations,
        people={7: "陈静"},
        reading=Reading(ClockState.RUNNING, 0),
        calendar=WorkCalendar([]),
        **nothing,  # type: ignore[arg-type]
    )


def told(kind: EntryType, **details: object) -> ToldEntry:
    entry = LogEntry(kind, DAY, 1, ref=str(details["ref"]) if "ref" in details else None, details=details)
    return ToldEntry(entry, NOW, "陈静", None, None)


def test_no_type_is_without_a_sentence() -> None:
    assert set(SENTENCES) == set(EntryType)
    assert set(BREACH_TAGS) == set(BreachCode)


@pytest.mark.parametrize("kind", list(EntryType))
def test_a_bare_entry_is_a_whole_sentence(app: Flask, kind: EntryType) -> None:
    with app.test_request_context("/"):
        said = sentence(told(kind), record_of())
    assert said.endswith("。")
    assert "%(" not in said
    assert "None" not in said


def test_names_come_from_beside_the_log(app: Flask) -> None:
    asked = Consultation(id=4, ref="1", party="台州某某公司")
    with app.test_request_context("/"):
        assert sentence(told(EntryType.ASSIGNED, handler_id=7), record_of()) == "分办给陈静。"
        answer = told(EntryType.RESUMED, ref="1", answer="object")
        assert (
            sentence(answer, record_of(asked))
            == "收到台州某某公司的意见（不同意公开），自次日起继续计算期限。"
        )
        returned = told(EntryType.RESUMED, consultation_id=4, returned=True)
        assert "被退回" in sentence(returned, record_of(asked))


def test_a_new_calendar_says_old_and_new_of_every_clock_that_moved(app: Flask) -> None:
    moved = told(
        EntryType.CALENDAR_CHANGED,
        year=2027,
        notice="国办发明电〔2026〕999号（测试数据）",
        old_due_on="2027-01-06",
        new_due_on="2027-01-07",
        was_provisional=True,
        is_provisional=False,
        clocks=[{"kind": "third_party", "ref": "1", "old_due_on": "2027-01-04", "new_due_on": "2027-01-05"}],
    )
    with app.test_request_context("/"):
        assert sentence(moved, record_of()) == (
            "载入 2027 年工作日历（国办发明电〔2026〕999号（测试数据）），重新推算："
            "答复期限由2027年1月6日（周三）（暂定）改为2027年1月7日（周四）；"
            "第三方答复期限由2027年1月4日（周一）改为2027年1月5日（周二）。"
        )


def test_an_entry_of_before_names_what_it_knows(app: Flask) -> None:
    moved = told(EntryType.CALENDAR_CHANGED, version=9, old_due_on="2027-01-06", new_due_on=None)
    with app.test_request_context("/"):
        assert sentence(moved, record_of()) == (
            "工作日安排调整，重新推算：答复期限由2027年1月6日（周三）改为未定。"
        )
