"""撤销本步: afterwards everything reads as before the step, and the log knows of both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.acts.conftest import RECEIVED, File, happen
from tests.services.acts.test_consultation import SENT, THEIRS, answered, ask, consultation, received
from tests.services.conftest import ContextFor
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.undoing import NOT_OF_THIS_KIND, NOT_THE_OWN, NOT_TODAYS
from tracker.models import Case, Clock, CorrectionNotice
from tracker.services.acceptance import accept, assign
from tracker.services.case_record import NewEntry
from tracker.services.closing import withdraw
from tracker.services.context import Context
from tracker.services.correction import record_correction, request_correction
from tracker.services.tallies import tally_differences
from tracker.services.undoing import undo_step
from tracker.services.verification import verify_chain, verify_clocks

TODAY = date(2026, 11, 23)
OF_CASE = ("stage", "stage_since_on", "clock_state", "disposition", "stopped_on", "on_time", "days_used")
OF_CASE += ("first_result_on", "first_disposition", "run", "breach_codes")
OF_CLOCK = ("kind", "run", "ref", "state", "current", "start_on", "due_on", "provisional", "stopped_on")
OF_CLOCK += ("on_time", "next_alert_on")


def undo(ctx: Context, file: File, **more: Any) -> Any:
    given = {"seq": file.last.seq, "reason": "点错了申请件", "expected_version": file.version}
    return undo_step(ctx, file.id, **{**given, **more})


def reading(session: Session, file: File) -> tuple[Any, ...]:
    """What stands beside the log: the case and its clocks."""
    session.rollback()
    case: Case = file.case
    clocks: list[Clock] = sorted(case.clocks, key=lambda clock: (clock.kind, clock.run, clock.ref or ""))
    told = [[getattr(clock, name) for name in OF_CLOCK] for clock in clocks]
    return [getattr(case, name) for name in OF_CASE], told


def asked_to_correct(ctx: Context, file: File) -> None:
    request_correction(
        ctx,
        file.id,
        on=date(2026, 9, 14),
        items="请写明所需信息的名称",
        answer_due_on=date(2026, 9, 29),
        with_letter=False,
        expected_version=None,
    )


Step = Callable[[Context, File], Any]
STEPS: dict[EntryType, tuple[Step, Step]] = {
    EntryType.ACCEPTED: (
        lambda ctx, file: None,
        lambda ctx, file: accept(ctx, file.id, on=RECEIVED, expected_version=None),
    ),
    EntryType.WITHDRAWN: (
        lambda ctx, file: accept(ctx, file.id, on=RECEIVED, expected_version=None),
        lambda ctx, file: withdraw(ctx, file.id, on=SENT, statement="来电撤回", expected_version=None),
    ),
    EntryType.CORRECTED: (
        asked_to_correct,
        lambda ctx, file: record_correction(
            ctx, file.id, on=date(2026, 9, 18), correction="已写明", expected_version=None
        ),
    ),
    EntryType.CONSULTATION_DELIVERED: (
        lambda ctx, file: (accept(ctx, file.id, on=RECEIVED, expected_version=None), ask(ctx, file)),
        lambda ctx, file: received(ctx, file, consulted(file)),
    ),
    EntryType.RESUMED: (
        lambda ctx, file: (accept(ctx, file.id, on=RECEIVED, expected_version=None), ask(ctx, file)),
        lambda ctx, file: answered(ctx, file, consulted(file), THEIRS),
    ),
}


def consulted(file: File) -> int:
    return next(int(e.details["consultation_id"]) for e in reversed(file.entries) if e.type == "suspended")


@pytest.mark.parametrize("kind", STEPS, ids=str)
def test_everything_reads_as_before_and_the_log_knows_of_both(
    clerk: Context, registered: File, session: Session, kind: EntryType
) -> None:
    prepare, act = STEPS[kind]
    prepare(clerk, registered)
    before, length = reading(session, registered), len(registered.entries)
    act(clerk, registered)
    assert registered.last.type == kind
    assert reading(session, registered) != before
    assert undo(clerk, registered)[0] is kind
    assert reading(session, registered) == before
    assert len(registered.entries) == length + 2
    assert registered.last.type == "fact_corrected"
    assert registered.last.details["undone"] is True
    assert registered.last_text == "点错了申请件"
    assert list(verify_chain(session)) == []
    assert list(verify_clocks(session, TODAY)) == []
    assert list(tally_differences(session)) == []
    act(clerk, registered)
    assert registered.last.type == kind


def test_what_stands_beside_the_log_goes_back_with_it(
    clerk: Context, registered: File, session: Session
) -> None:
    accept(clerk, registered.id, on=RECEIVED, expected_version=None)
    asked = ask(clerk, registered)
    answered(clerk, registered, asked, THEIRS)
    undo(clerk, registered)
    assert consultation(registered, asked).answered_on is None
    answered(clerk, registered, asked, THEIRS)
    asked_to_correct(clerk, registered)
    record_correction(clerk, registered.id, on=date(2026, 9, 18), correction="已写明", expected_version=None)
    undo(clerk, registered)
    session.rollback()
    assert session.query(CorrectionNotice).one().corrected_on is None


@pytest.mark.parametrize(
    ("day", "part", "fault"),
    [(TODAY, "second_clerk", NOT_THE_OWN), (date(2026, 11, 24), "clerk", NOT_TODAYS)],
)
def test_only_by_whoever_took_it_and_only_that_day(
    cast: Cast, ctx_for: ContextFor, accepted: File, day: date, part: str, fault: str
) -> None:
    with pytest.raises(NotLawfulNow) as raised:
        undo(ctx_for(cast.actors[part], day), accepted)
    assert str(raised.value) == str(TrackerError(fault))
    assert accepted.last.type == "accepted"


def test_a_step_on_which_another_rests_stays(clerk: Context, accepted: File, cast: Cast) -> None:
    account_id = cast.second_clerk.account_id
    assert account_id is not None
    seq = accepted.last.seq
    assign(clerk, accepted.id, handler_id=account_id, expected_version=None)
    with pytest.raises(Conflict):
        undo(clerk, accepted, seq=seq)
    with pytest.raises(NotLawfulNow) as raised:
        undo(clerk, accepted)
    assert str(raised.value) == str(TrackerError(NOT_OF_THIS_KIND))


def test_steps_are_taken_back_one_after_the_other(clerk: Context, accepted: File, session: Session) -> None:
    withdraw(clerk, accepted.id, on=SENT, statement="来电撤回", expected_version=None)
    undo(clerk, accepted)
    undo(clerk, accepted, seq=next(e.seq for e in accepted.entries if e.type == "accepted"))
    assert accepted.case.stage == "registered"
    assert list(verify_chain(session)) == []


def test_a_reason_is_asked_for_and_the_page_must_be_the_newest(clerk: Context, accepted: File) -> None:
    with pytest.raises(Invalid) as raised:
        undo(clerk, accepted, reason=" \u3000")
    assert list(raised.value.fields) == ["reason"]
    with pytest.raises(Conflict):
        undo(clerk, accepted, expected_version=accepted.version - 1)
    assert accepted.last.type == "accepted"


def test_strangers_learn_nothing(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    for part, refused in (("colleague", NotFound), ("supervisor", Forbidden), ("auditor", Forbidden)):
        with pytest.raises(refused):
            undo(ctx_for(cast.actors[part]), accepted)


def test_an_archived_file_keeps_its_steps(clerk: Context, accepted: File) -> None:
    happen(
        clerk,
        accepted,
        NewEntry(EntryType.DISPATCHED, SENT, {"by": "post"}),
        NewEntry(EntryType.DELIVERED, THEIRS),
        NewEntry(EntryType.ARCHIVED, THEIRS),
    )
    with pytest.raises(NotLawfulNow):
        undo(clerk, accepted)
