"""征求意见 (Art 32, 33(3), 34): what is not counted, from which day to which."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.acts.conftest import DAY_AFTER_DUE, DUE, File
from tests.services.conftest import ContextFor
from tracker.domain.case_log import SuspensionCause
from tracker.domain.clock import ClockState
from tracker.domain.errors import BreachNeedsReason, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.models import Consultation
from tracker.services.consultation import (
    Answer,
    consult,
    record_consultation_answered,
    record_consultation_received,
    record_consultation_returned,
)
from tracker.services.context import Context

THIRD, CO, OTHER = SuspensionCause.THIRD_PARTY, SuspensionCause.CO_PRODUCER, SuspensionCause.OTHER_ORGAN
SENT, THEIRS = date(2026, 9, 14), date(2026, 9, 16)
FIFTEENTH = date(2026, 10, 13)
"""15th working day after 16 September; 20 September and 10 October are make-up days."""


def ask(ctx: Context, file: File, kind: SuspensionCause = THIRD, on: date = SENT, **more: Any) -> int:
    given = {"party": "某某有限公司", "subject": "合同", "with_letter": False, "expected_version": None}
    consult(ctx, file.id, kind=kind, on=on, **{**given, **more})
    file.session.rollback()
    newest = select(Consultation.id).where(Consultation.case_id == file.id).order_by(Consultation.id.desc())
    return file.session.scalars(newest).first() or 0


def received(ctx: Context, file: File, asked: int, on: date = THEIRS) -> None:
    record_consultation_received(ctx, file.id, consultation_id=asked, on=on, expected_version=None)


def answered(
    ctx: Context, file: File, asked: int, on: date, answer: Answer = Answer.AGREE, **more: Any
) -> Any:
    given = {"expected_version": None, **more}
    return record_consultation_answered(ctx, file.id, consultation_id=asked, on=on, answer=answer, **given)


def consultation(file: File, asked: int) -> Consultation:
    file.session.rollback()
    return file.session.get_one(Consultation, asked)


def test_while_it_is_out_there_is_no_due_date(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted, contact="市府大道 1 号 13800000000")
    assert (accepted.clock.state, accepted.clock.due_on) == ("suspended", None)
    sent = consultation(accepted, asked)
    assert sent.contact_cipher is not None and b"13800000000" not in sent.contact_cipher
    assert "某某" not in str(accepted.last.details)


def test_the_days_until_the_answer_are_not_counted(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted)
    received(clerk, accepted, asked)
    assert consultation(accepted, asked).answer_due_on == FIFTEENTH
    reading = answered(clerk, accepted, asked, date(2026, 9, 23), Answer.OBJECT, opinion="涉及商业秘密")
    assert (reading.state, reading.deducted_days) == (ClockState.RUNNING, 8)
    assert reading.due_on == date(2026, 10, 26)
    assert accepted.last.happened_on == date(2026, 9, 23)
    assert consultation(accepted, asked).opinion == "涉及商业秘密"


@pytest.mark.parametrize("kind", [THIRD, CO])
@pytest.mark.parametrize("late", [0, 1, 20])
def test_what_is_counted_off_ends_with_the_fifteenth_working_day(
    clerk: Context, accepted: File, kind: SuspensionCause, late: int
) -> None:
    asked = ask(clerk, accepted, kind)
    received(clerk, accepted, asked)
    came = FIFTEENTH + timedelta(days=late)
    answered(clerk, accepted, asked, came)
    assert accepted.last.happened_on == FIFTEENTH
    assert consultation(accepted, asked).answered_on == came
    assert accepted.last.details["answered_on"] == came.isoformat()


def test_other_organs_have_no_period(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted, OTHER)
    received(clerk, accepted, asked)
    assert consultation(accepted, asked).answer_due_on is None
    answered(clerk, accepted, asked, date(2026, 11, 20))
    assert accepted.last.happened_on == date(2026, 11, 20)


def test_silence_begins_on_the_day_after(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted)
    with pytest.raises(Invalid) as told:
        answered(clerk, accepted, asked, FIFTEENTH + timedelta(days=1), Answer.SILENT)
    assert set(told.value.fields) == {"answer"}
    received(clerk, accepted, asked)
    with pytest.raises(Invalid) as told:
        answered(clerk, accepted, asked, FIFTEENTH, Answer.SILENT)
    assert set(told.value.fields) == {"on"}
    answered(clerk, accepted, asked, FIFTEENTH + timedelta(days=1), Answer.SILENT)
    assert accepted.last.happened_on == FIFTEENTH
    assert consultation(accepted, asked).answer == "silent"


def test_an_answer_after_silence_is_noted_and_moves_nothing(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted)
    received(clerk, accepted, asked)
    answered(clerk, accepted, asked, date(2026, 10, 14), Answer.SILENT)
    due = accepted.clock.due_on
    with pytest.raises(NotLawfulNow):
        answered(clerk, accepted, asked, date(2026, 10, 20), Answer.OBJECT)
    answered(
        clerk, accepted, asked, date(2026, 10, 20), Answer.OBJECT, opinion="迟到的意见", reason="迟到答复"
    )
    assert accepted.clock.due_on == due
    assert (consultation(accepted, asked).answer, accepted.last.type) == ("object", "note_added")


def test_an_answer_in_time_that_was_recorded_late_corrects_the_silence(
    clerk: Context, accepted: File
) -> None:
    asked = ask(clerk, accepted)
    received(clerk, accepted, asked)
    answered(clerk, accepted, asked, date(2026, 10, 14), Answer.SILENT)
    reading = answered(clerk, accepted, asked, date(2026, 9, 23), reason="收发室迟转")
    assert (reading.deducted_days, reading.due_on) == (8, date(2026, 10, 26))
    assert (accepted.last.type, accepted.last_text) == ("fact_corrected", "收发室迟转")


def test_undeliverable_ends_that_day(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted)
    reading = record_consultation_returned(
        clerk, accepted.id, consultation_id=asked, on=date(2026, 9, 21), expected_version=accepted.version
    )
    assert reading.state is ClockState.RUNNING
    assert (accepted.last.type, accepted.last.happened_on) == ("resumed", date(2026, 9, 21))
    with pytest.raises(NotLawfulNow):
        answered(clerk, accepted, asked, date(2026, 9, 22), reason="又收到")


def test_a_letter_that_was_received_did_not_come_back(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted)
    received(clerk, accepted, asked)
    with pytest.raises(Invalid):
        record_consultation_returned(
            clerk, accepted.id, consultation_id=asked, on=date(2026, 9, 21), expected_version=None
        )


def test_several_at_once_count_as_their_union(clerk: Context, accepted: File) -> None:
    first, second = ask(clerk, accepted), ask(clerk, accepted, CO, date(2026, 9, 15))
    answered(clerk, accepted, first, date(2026, 9, 18))
    assert accepted.clock.due_on is None
    reading = answered(clerk, accepted, second, date(2026, 9, 21))
    assert reading.deducted_days == 6
    assert consultation(accepted, first).ref != consultation(accepted, second).ref


def test_dates_of_one_letter_stand_in_order(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted)
    with pytest.raises(Invalid):
        received(clerk, accepted, asked, SENT - timedelta(days=1))
    received(clerk, accepted, asked)
    with pytest.raises(NotLawfulNow, match="更正事实"):
        received(clerk, accepted, asked)
    with pytest.raises(Invalid):
        answered(clerk, accepted, asked, THEIRS - timedelta(days=1))


def test_on_the_last_day_and_on_the_day_after(clerk: Context, accepted: File) -> None:
    with pytest.raises(BreachNeedsReason) as told:
        ask(clerk, accepted, on=DAY_AFTER_DUE)
    assert [b.code for b in told.value.breaches] == ["suspension_after_due"]
    ask(clerk, accepted, on=DUE)
    assert accepted.clock.due_on is None


def test_asked_too_late_is_recorded_and_changes_nothing(clerk: Context, accepted: File) -> None:
    asked = ask(clerk, accepted, on=DAY_AFTER_DUE, reason="到期后才想起")
    answered(clerk, accepted, asked, date(2026, 10, 20))
    assert accepted.clock.due_on == DUE
    assert accepted.case.breach_codes == ["suspension_after_due"]


def test_a_letter_of_another_case_is_not_found(clerk: Context, cast: Cast, accepted: File) -> None:
    asked = ask(clerk, accepted)
    other = received_case(clerk, cast.organ_ids["MZJ"], date(2026, 9, 10), serial=2)
    with pytest.raises(NotFound):
        record_consultation_received(
            clerk, other, consultation_id=asked, on=THEIRS, expected_version=None, reason="误"
        )


def test_who_may_ask(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    with pytest.raises(Forbidden):
        ask(ctx_for(cast.legal_advisor), accepted)
    with pytest.raises(NotFound):
        ask(ctx_for(cast.stranger), accepted)
