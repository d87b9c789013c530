"""A new calendar and what is written beside the logs: only running clocks follow, and a replay agrees with all."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.test_calendars import BRIDGE, entries_of
from tracker.domain.alerts import AlertKind
from tracker.domain.case_log import EntryType
from tracker.domain.year_edition import YearEdition
from tracker.models import Alert, Case
from tracker.services.alerts import ClockKey, tell
from tracker.services.calendars import load_year, preview_year
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_clocks

TODAY = date(2026, 12, 10)


def record(ctx: Context, case_id: int, *entries: NewEntry) -> None:
    with transaction(ctx) as session:
        append(ctx, session.get_one(Case, case_id), *entries)


def test_smaller_clocks_of_a_stopped_case_keep_their_calendar_too(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.clerk, TODAY)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 30))
    record(
        ctx,
        case_id,
        NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 12, 3)),
        NewEntry(EntryType.CORRECTED, date(2026, 12, 7)),
        NewEntry(EntryType.DISPATCHED, TODAY, {"by": "post"}),
    )
    assert list(verify_clocks(session, TODAY)) == []
    load_year(ctx, BRIDGE)
    assert list(verify_clocks(session, TODAY)) == []


def test_a_clock_beside_the_reply_clock_is_named_in_the_entry(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    """While a third party is asked the reply clock waits; the third party's own period moves all the same."""
    ctx = ctx_for(cast.clerk, date(2026, 12, 14))
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 12, 4))
    record(
        ctx,
        case_id,
        NewEntry(EntryType.SUSPENDED, date(2026, 12, 14), {"cause": "third_party", "ref": "1"}),
        NewEntry(EntryType.CONSULTATION_DELIVERED, date(2026, 12, 14), {"ref": "1"}),
    )
    load_year(ctx, BRIDGE)
    told = entries_of(session, case_id)[-1]
    assert told.type == "calendar_changed" and "old_due_on" not in told.details
    assert [clock["kind"] for clock in told.details["clocks"]] == ["third_party"]


def test_the_handler_is_told_once_and_what_was_told_before_no_longer_holds(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.clerk, TODAY)
    mine = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 12, 4), 1)
    received_case(ctx, cast.organ_ids["MZJ"], date(2026, 12, 4), 2)
    with transaction(ctx):
        session.get_one(Case, mine).handler_id = cast.clerk.account_id
        reply = ClockKey("reply", 1)
        tell(
            ctx,
            [cast.clerk.account_id],
            AlertKind.DUE_SOON,
            on=date(2027, 1, 4),
            case=session.get_one(Case, mine),
            clock=reply,
        )
    done = load_year(ctx_for(cast.administrator, TODAY), BRIDGE)
    session.rollback()
    before, told = session.scalars(select(Alert).order_by(Alert.id)).all()
    assert before.resolved_at is not None
    assert (told.recipient_id, told.case_id, told.kind) == (cast.clerk.account_id, mine, "due_changed")
    assert (told.due_on, told.resolved_at) == (date(2027, 1, 5), None)
    assert told.params == {"old": "2027-01-04", "new": "2027-01-05"}
    assert len({m.case_id for m in done.moved}) == 2


def test_a_date_that_moves_back_is_told_again(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    ctx = ctx_for(cast.clerk, TODAY)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 12, 4))
    with transaction(ctx):
        session.get_one(Case, case_id).handler_id = cast.clerk.account_id
    plain = YearEdition(2027, BRIDGE.days[:1], BRIDGE.notice_number, BRIDGE.notice_on)
    for edition in (BRIDGE, plain, BRIDGE):
        load_year(ctx, edition)
    session.rollback()
    told = session.scalars(select(Alert.due_on).order_by(Alert.id)).all()
    assert told == [date(2027, 1, 5), date(2027, 1, 4), date(2027, 1, 5)]


def test_many_running_cases_are_read_in_chunks(
    session: Session, cast: Cast, ctx_for: ContextFor, engine: Engine
) -> None:
    """The number of statements of a preview does not grow with the number of cases."""
    ctx = ctx_for(cast.clerk, TODAY)

    def statements() -> int:
        seen: list[str] = []

        def count(_c: object, _cur: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        try:
            preview_year(ctx, BRIDGE)
        finally:
            event.remove(engine, "before_cursor_execute", count)
            session.rollback()
        return len(seen)

    received_case(ctx, cast.organ_ids["MZJ"], date(2026, 12, 4), 1)
    few = statements()
    for serial in range(2, 40):
        received_case(ctx, cast.organ_ids["MZJ"], date(2026, 12, 4), serial)
    assert statements() == few


def test_the_period_to_answer_a_challenge_moves_though_the_reply_is_out(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.clerk, date(2026, 12, 28))
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 30))
    details = {"challenge_id": 1, "kind": "reconsideration", "simplified": False}
    record(
        ctx,
        case_id,
        NewEntry(EntryType.DISPATCHED, TODAY, {"by": "post"}),
        NewEntry(EntryType.CHALLENGED, date(2026, 12, 25), details),
    )
    load_year(ctx, BRIDGE)
    assert entries_of(session, case_id)[-1].type == EntryType.CALENDAR_CHANGED
    assert list(verify_clocks(session, ctx.today)) == []
