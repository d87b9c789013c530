"""补正 (Art 30): once, within 7 working days; the period restarts with the correction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.services.acts.conftest import DAY_AFTER_DUE, DUE, EIGHTH, SEVENTH, File
from tests.services.conftest import ContextFor
from tracker.domain.clock import ClockState
from tracker.domain.errors import BreachNeedsReason, Forbidden, Invalid, NotFound, NotLawfulNow, Refusal
from tracker.models import CorrectionNotice
from tracker.services.context import Context
from tracker.services.correction import record_correction, request_correction


def ask(ctx: Context, file: File, on: date, **more: Any) -> Any:
    given = {
        "items": "补充文件名称",
        "answer_due_on": date(2026, 12, 10),
        "with_letter": False,
        "expected_version": None,
    }
    return request_correction(ctx, file.id, on=on, **{**given, **more})


def test_asked_on_the_seventh_working_day(clerk: Context, accepted: File) -> None:
    reading = ask(clerk, accepted, SEVENTH, expected_version=accepted.version)
    assert (reading.state, reading.due_on, reading.breaches) == (ClockState.AWAITING_CORRECTION, None, ())
    assert accepted.case.stage == "awaiting_correction"
    notice = accepted.session.scalars(select(CorrectionNotice)).one()
    assert (notice.requested_on, notice.items, notice.answer_due_on) == (
        SEVENTH,
        "补充文件名称",
        date(2026, 12, 10),
    )
    assert "补充文件名称" not in str(accepted.last.details)
    assert accepted.last.details["answer_due_on"] == "2026-12-10"
    assert accepted.small_clock("applicant_correction").due_on == date(2026, 12, 10)
    assert accepted.small_clock("lapse_proposal").due_on == date(2026, 12, 17)


def test_asked_on_the_eighth_is_a_breach_and_keeps_the_date_at_risk(clerk: Context, accepted: File) -> None:
    with pytest.raises(BreachNeedsReason) as told:
        ask(clerk, accepted, EIGHTH)
    assert [b.code for b in told.value.breaches] == ["late_correction_notice"]
    assert accepted.session.scalars(select(CorrectionNotice)).all() == []
    ask(clerk, accepted, EIGHTH, reason="收发室迟交")
    assert accepted.clock.at_risk_on == DUE
    assert accepted.case.breach_codes == ["late_correction_notice"]
    assert accepted.last_text == "收发室迟交"


def test_asked_after_the_due_date_changes_nothing_but_is_recorded(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted, DAY_AFTER_DUE, reason="到期后才发现")
    assert accepted.clock.due_on == DUE
    assert "correction_after_due" in accepted.case.breach_codes


def test_a_second_notice_is_not_offered_and_has_no_effect(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted, SEVENTH)
    record_correction(clerk, accepted.id, on=date(2026, 10, 8), correction="已补", expected_version=None)
    restarted = accepted.clock.due_on
    with pytest.raises(NotLawfulNow):
        ask(clerk, accepted, date(2026, 10, 9))
    ask(clerk, accepted, date(2026, 10, 9), reason="误发第二次")
    assert "second_correction" in accepted.case.breach_codes
    assert accepted.clock.due_on == restarted


def test_the_correction_begins_a_new_run(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted, SEVENTH)
    reading = record_correction(
        clerk, accepted.id, on=date(2026, 10, 8), correction="指明年份", expected_version=accepted.version
    )
    assert (reading.run, reading.due_on) == (2, date(2026, 11, 4))
    notice = accepted.session.scalars(select(CorrectionNotice)).one()
    assert (notice.corrected_on, notice.correction) == (date(2026, 10, 8), "指明年份")
    assert accepted.case.stage == "processing"


def test_a_correction_nobody_asked_for_needs_a_reason(clerk: Context, accepted: File) -> None:
    with pytest.raises(NotLawfulNow):
        record_correction(clerk, accepted.id, on=date(2026, 9, 20), expected_version=None)
    record_correction(
        clerk,
        accepted.id,
        on=date(2026, 9, 20),
        correction="自行补充",
        expected_version=None,
        reason="申请人自行补充",
    )
    assert accepted.clock.due_on == DUE
    assert accepted.last_text == "自行补充\n申请人自行补充"


@pytest.mark.parametrize("day", [date(2026, 9, 9), date(2026, 11, 24)])
def test_before_the_receipt_and_tomorrow_cannot_be(clerk: Context, accepted: File, day: date) -> None:
    with pytest.raises(Refusal):
        ask(clerk, accepted, day, reason="即使有说明")


def test_the_period_must_leave_time(clerk: Context, accepted: File) -> None:
    with pytest.raises(Invalid) as told:
        ask(clerk, accepted, SEVENTH, answer_due_on=SEVENTH)
    assert set(told.value.fields) == {"answer_due_on"}


def test_only_those_who_handle_may_ask(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    with pytest.raises(Forbidden):
        ask(ctx_for(cast.disclosure_head), accepted, SEVENTH)
    with pytest.raises(NotFound):
        ask(ctx_for(cast.colleague), accepted, SEVENTH)
