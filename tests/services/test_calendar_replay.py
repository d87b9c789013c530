"""A new calendar and what is written beside the logs: only running clocks follow, and a replay agrees with all."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.test_calendars import BRIDGE, entries_of
from tracker.domain.case_log import EntryType
from tracker.models import Case
from tracker.services.calendars import load_year
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
