"""更正事实: both dates and everything that quoted them are known before, and stand in the log afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.letters import case_in_hand, with_twin
from tests.people import Cast
from tests.services.acts.conftest import File, happen
from tests.services.conftest import ContextFor
from tracker.domain.alerts import AlertKind
from tracker.domain.case_clocks import ClockKind
from tracker.domain.case_log import DispatchWay, EntryType
from tracker.domain.errors import Invalid, Refusal
from tracker.domain.fact_correction import FactChange
from tracker.models import Alert, Case, Extension, Letter
from tracker.services.alerts import ClockKey, tell
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.services.correction import request_correction
from tracker.services.extension import approve_extension, request_extension
from tracker.services.facts import correct_fact, foresee_fact

TODAY = date(2026, 10, 9)
RECEIVED, EXTENDED_TO = date(2026, 9, 10), date(2026, 10, 28)


@pytest.fixture
def clerk(cast: Cast, ctx_for: ContextFor) -> Context:
    return with_twin(ctx_for(cast.clerk, TODAY))[0]


@pytest.fixture
def head(cast: Cast, ctx_for: ContextFor) -> Context:
    return with_twin(ctx_for(cast.disclosure_head, TODAY))[0]


@pytest.fixture
def file(clerk: Context, head: Context, cast: Cast, session: Session) -> File:
    """Received 10 September, extended by 10 working days to 28 October, the applicant told of that date."""
    file = File(session, case_in_hand(clerk, cast.organ_ids["MZJ"], secrecy=False, received_on=RECEIVED))
    session.get_one(Case, file.id).handler_id = cast.clerk.account_id
    session.commit()
    request_extension(clerk, file.id, days=10, grounds="资料分散", on=TODAY, expected_version=None)
    approve_extension(head, file.id, on=TODAY, expected_version=None)
    return file


def correct(ctx: Context, file: File, seq: int, **more: Any) -> Any:
    return correct_fact(ctx, file.id, **{"seq": seq, "reason": "核对原件", "expected_version": None, **more})


def letters(file: File) -> list[Letter]:
    file.session.rollback()
    return list(file.session.scalars(select(Letter).where(Letter.case_id == file.id)))


def test_letters_that_told_the_old_date_are_named_before_and_after(head: Context, file: File) -> None:
    (notice,) = letters(file)
    assert "2026年10月28日" in str(notice.issued_content)
    seen = foresee_fact(head, file.id, seq=1, change=FactChange(on=date(2026, 9, 8)))
    assert (seen.preview.before.due_on, seen.preview.after.due_on) == (EXTENDED_TO, date(2026, 10, 26))
    (quoting,) = seen.letters
    assert (quoting.id, quoting.number, quoting.on, quoting.issued) == (notice.id, notice.number, TODAY, True)
    assert EXTENDED_TO in quoting.quoted
    correct(head, file, 1, on=date(2026, 9, 8))
    assert file.last.details["letters"] == [notice.id]
    assert (file.last.details["old_due_on"], file.last.details["new_due_on"]) == ("2026-10-28", "2026-10-26")


def test_the_corrected_day_itself_is_looked_for_in_letters(
    clerk: Context, head: Context, cast: Cast, session: Session
) -> None:
    received = date(2026, 9, 28)
    file = File(session, case_in_hand(clerk, cast.organ_ids["MZJ"], secrecy=False, received_on=received))
    request_correction(
        clerk,
        file.id,
        on=date(2026, 10, 8),
        items="补充文件名称。",
        guidance="",
        answer_due_on=date(2026, 10, 20),
        expected_version=None,
    )
    (notice,) = letters(file)
    assert "2026年10月8日" in str(notice.issued_content)
    seen = foresee_fact(head, file.id, seq=file.last.seq, change=FactChange(on=date(2026, 10, 9)))
    assert [letter.quoted for letter in seen.letters] == [(date(2026, 10, 8),)]


def test_alerts_by_the_old_date_are_named_and_the_handler_is_told(
    clerk: Context, head: Context, file: File, cast: Cast
) -> None:
    case = file.case
    clock = ClockKey(str(ClockKind.REPLY), 1)
    tell(clerk, [case.handler_id], AlertKind.DUE_SOON, on=EXTENDED_TO, case=case, clock=clock)
    seen = foresee_fact(head, file.id, seq=1, change=FactChange(on=date(2026, 9, 8)))
    assert {alert.kind for alert in seen.alerts} == {AlertKind.EXTENSION_APPROVED, AlertKind.DUE_SOON}
    assert {alert.due_on for alert in seen.alerts} == {EXTENDED_TO}
    correct(head, file, 1, on=date(2026, 9, 8))
    assert sorted(file.last.details["alerts"]) == sorted(alert.id for alert in seen.alerts)
    told = file.session.scalars(
        select(Alert).where(Alert.kind == "fact_corrected", Alert.clock_kind == "reply")
    ).one()
    assert (told.recipient_id, told.due_on) == (cast.clerk.account_id, date(2026, 10, 26))
    assert told.params == {"old": "2026-10-28", "new": "2026-10-26"}


def test_every_other_clock_that_moves_is_named(head: Context, file: File) -> None:
    seen = foresee_fact(head, file.id, seq=1, change=FactChange(on=date(2026, 9, 8)))
    moved = {move.kind: (move.old_due_on, move.new_due_on) for move in seen.moves}
    assert moved == {
        ClockKind.REPLY: (EXTENDED_TO, date(2026, 10, 26)),
        ClockKind.CORRECTION_NOTICE: (date(2026, 9, 20), date(2026, 9, 17)),
    }


def test_days_of_an_extension_are_corrected(head: Context, file: File) -> None:
    extended = next(entry.seq for entry in file.entries if entry.type == "extended")
    assert correct(head, file, extended, days=5).due_on == date(2026, 10, 21)
    assert file.last.details["was_days"] == 10 and file.last.details["days"] == 5
    assert file.session.scalars(select(Extension)).one().days == 5
    with pytest.raises(Invalid):
        correct(head, file, extended, days=5)
    assert correct(head, file, extended, days=10).due_on == EXTENDED_TO


def test_the_way_of_dispatch_is_corrected(clerk: Context, head: Context, file: File) -> None:
    happen(clerk, file, NewEntry(EntryType.DISPATCHED, TODAY, {"by": "post"}))
    sent = file.last.seq
    assert file.clock.stopped_on == TODAY
    reading = correct(head, file, sent, by=DispatchWay.HAND)
    assert reading.stopped_on is None and reading.due_on == EXTENDED_TO


def test_a_breach_that_a_correction_brings_out_is_foreseen(clerk: Context, head: Context, file: File) -> None:
    happen(clerk, file, NewEntry(EntryType.SUSPENDED, TODAY, {"cause": "other_organ"}))
    seen = foresee_fact(head, file.id, seq=1, change=FactChange(on=date(2026, 8, 3)))
    assert {str(breach.code) for breach in seen.preview.new_breaches} >= {"extension_after_due"}


@pytest.mark.parametrize(
    ("seq", "change", "field"),
    [
        (1, {"days": 5}, "days"),
        (1, {"by": DispatchWay.POST}, "by"),
        (1, {"until": date(2026, 10, 12)}, "until"),
        (1, {}, "on"),
        (1, {"on": RECEIVED}, "on"),
    ],
)
def test_what_an_entry_does_not_have_or_would_not_change(
    head: Context, file: File, seq: int, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as told:
        correct(head, file, seq, **change)
    assert set(told.value.fields) == {field}
    with pytest.raises(Invalid):
        foresee_fact(head, file.id, seq=seq, change=FactChange(**change))


def test_what_cannot_be_is_foreseen_as_a_refusal(head: Context, file: File) -> None:
    seen = foresee_fact(head, file.id, seq=1, change=FactChange(on=date(2026, 10, 10)))
    assert seen.preview.refusal is not None and seen.moves == ()
    with pytest.raises(Refusal):
        correct(head, file, 1, on=date(2026, 10, 10))


def test_looking_writes_nothing(head: Context, file: File) -> None:
    before, version = len(file.entries), file.version
    foresee_fact(head, file.id, seq=1, change=FactChange(on=date(2026, 9, 8)))
    assert (len(file.entries), file.version) == (before, version)
