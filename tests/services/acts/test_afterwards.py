"""更正事实, 重新答复, 涉诉保全."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.services.acts.conftest import DUE, RECEIVED, File, happen
from tests.services.conftest import ContextFor
from tracker.domain.case_log import EntryType, SuspensionCause
from tracker.domain.clock import ClockState
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, Refusal, RefusalCode
from tracker.domain.orders import OrderSource
from tracker.models import Consultation
from tracker.services.case_record import NewEntry
from tracker.services.consultation import consult, record_consultation_received
from tracker.services.context import Context
from tracker.services.facts import correct_fact, preview_fact
from tracker.services.holds import hold, release_hold
from tracker.services.order_anew import order_anew

POSTED = date(2026, 10, 12)


def correct(ctx: Context, file: File, seq: int, on: date | None = None, **more: Any) -> Any:
    given = {"reason": "邮件查询单显示的日期", "expected_version": None, **more}
    return correct_fact(ctx, file.id, seq=seq, on=on, **given)


def test_an_earlier_receipt_moves_every_date(head: Context, accepted: File) -> None:
    seen = preview_fact(head, accepted.id, seq=1, on=date(2026, 9, 8))
    assert (seen.before.due_on, seen.after.due_on) == (DUE, date(2026, 10, 12))
    reading = correct(head, accepted, 1, date(2026, 9, 8), expected_version=accepted.version)
    assert reading.due_on == date(2026, 10, 12)
    assert accepted.case.received_on == date(2026, 9, 8)
    assert accepted.entries[0].happened_on == RECEIVED
    assert accepted.last.details == {
        "seq": 1,
        "was_on": "2026-09-10",
        "on": "2026-09-08",
        "old_due_on": "2026-10-14",
        "new_due_on": "2026-10-12",
        "clocks": [
            {
                "kind": "correction_notice",
                "ref": None,
                "old_due_on": "2026-09-20",
                "new_due_on": "2026-09-17",
            }
        ],
    }
    assert accepted.last_text == "邮件查询单显示的日期"


def test_the_last_correction_counts_and_knows_what_stood(head: Context, accepted: File) -> None:
    correct(head, accepted, 1, date(2026, 9, 8))
    correct(head, accepted, 1, date(2026, 9, 9))
    assert accepted.last.details["was_on"] == "2026-09-08"
    assert accepted.case.received_on == date(2026, 9, 9)


def test_a_voided_entry_never_happened(clerk: Context, head: Context, accepted: File) -> None:
    happen(clerk, accepted, NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 9, 16)))
    correct(head, accepted, accepted.last.seq, void=True)
    assert (accepted.clock.due_on, accepted.case.stage) == (DUE, "processing")
    with pytest.raises(NotLawfulNow, match="作废"):
        correct(head, accepted, accepted.last.seq - 1, date(2026, 9, 17))


def test_records_beside_the_log_follow(clerk: Context, head: Context, accepted: File) -> None:
    consult(
        clerk,
        accepted.id,
        kind=SuspensionCause.THIRD_PARTY,
        party="某某有限公司",
        subject="合同",
        on=date(2026, 9, 14),
        with_letter=False,
        expected_version=None,
    )
    asked = accepted.last.details["consultation_id"]
    record_consultation_received(
        clerk, accepted.id, consultation_id=asked, on=date(2026, 9, 18), expected_version=None
    )
    correct(head, accepted, accepted.last.seq, date(2026, 9, 16))
    row = accepted.session.scalars(select(Consultation)).one()
    assert (row.received_on, row.answer_due_on) == (date(2026, 9, 16), date(2026, 10, 13))


def test_corrections_that_cannot_be(head: Context, accepted: File) -> None:
    with pytest.raises(Invalid):
        correct(head, accepted, 1, date(2026, 9, 8), reason="  ")
    with pytest.raises(Invalid):
        correct(head, accepted, 1)
    with pytest.raises(NotFound):
        correct(head, accepted, 99, date(2026, 9, 8))
    with pytest.raises(Refusal) as told:
        correct(head, accepted, 1, void=True)
    assert told.value.code is RefusalCode.NO_RECEIPT
    with pytest.raises(Refusal) as told:
        correct(head, accepted, 1, date(2026, 11, 24))
    assert told.value.code is RefusalCode.IN_FUTURE
    correct(head, accepted, 1, date(2026, 9, 8))
    with pytest.raises(NotLawfulNow):
        correct(head, accepted, accepted.last.seq, date(2026, 9, 7))


def test_only_the_head_corrects(clerk: Context, cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    for part in ("clerk", "approver", "supervisor", "auditor"):
        with pytest.raises(Forbidden):
            correct(ctx_for(cast.actors[part]), accepted, 1, date(2026, 9, 8))
    with pytest.raises(NotFound):
        correct(ctx_for(cast.colleague), accepted, 1, date(2026, 9, 8))


def test_two_heads_on_one_page(head: Context, accepted: File) -> None:
    seen = accepted.version
    correct(head, accepted, 1, date(2026, 9, 8), expected_version=seen)
    with pytest.raises(Conflict):
        correct(head, accepted, 1, date(2026, 9, 9), expected_version=seen)


@pytest.fixture
def answered(clerk: Context, accepted: File) -> File:
    """The reply went to the post in time."""
    happen(clerk, accepted, NewEntry(EntryType.DISPATCHED, POSTED, {"by": "post"}))
    return accepted


def order(ctx: Context, file: File, days: int | None = None, **more: Any) -> Any:
    given = {
        "on": date(2026, 11, 9),
        "source": OrderSource.RECONSIDERATION,
        "document": "椒政复〔2026〕8号",
        "expected_version": None,
        **more,
    }
    return order_anew(ctx, file.id, days=days, **given)


@pytest.mark.parametrize(("days", "due"), [(None, date(2026, 12, 7)), (15, date(2026, 11, 30))])
def test_an_order_begins_a_new_run(head: Context, answered: File, days: int | None, due: date) -> None:
    reading = order(head, answered, days, expected_version=answered.version)
    assert (reading.state, reading.run, reading.due_on) == (ClockState.RUNNING, 2, due)
    assert reading.runs[0].on_time is True
    assert (answered.case.stage, answered.last_text) == ("processing", "椒政复〔2026〕8号")


def test_an_order_of_no_days_cannot_be(head: Context, answered: File) -> None:
    with pytest.raises(Refusal) as told:
        order(head, answered, 0)
    assert told.value.code is RefusalCode.EXTENSION_DAYS


def test_an_open_case_is_not_ordered_anew(head: Context, accepted: File) -> None:
    with pytest.raises(NotLawfulNow):
        order(head, accepted)


def test_holding_and_releasing(cast: Cast, ctx_for: ContextFor, head: Context, answered: File) -> None:
    hold(ctx_for(cast.supervisor), answered.id, grounds="（2026）浙1002行初8号", expected_version=None)
    assert answered.case.held
    with pytest.raises(NotLawfulNow):
        hold(head, answered.id, grounds="再次", expected_version=None)
    release_hold(head, answered.id, grounds="判决生效", expected_version=answered.version)
    assert not answered.case.held
    with pytest.raises(NotLawfulNow):
        release_hold(head, answered.id, grounds="再次", expected_version=None)


def test_who_may_hold_and_order(cast: Cast, ctx_for: ContextFor, answered: File) -> None:
    for part in ("clerk", "approver", "auditor"):
        ctx = ctx_for(cast.actors[part])
        with pytest.raises(Forbidden):
            hold(ctx, answered.id, grounds="保全", expected_version=None)
        with pytest.raises(Forbidden):
            order(ctx, answered)
