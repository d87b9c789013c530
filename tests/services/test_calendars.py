"""Loading a year: what moves is seen first, every running clock follows, what has stopped stays."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.domain.logs import CALENDAR
from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import SYSTEM
from tracker.domain.case_log import EntryType
from tracker.domain.year_edition import SpecialDay, YearEdition
from tracker.models import CalendarEdition, Case, Clock, StoredEntry
from tracker.queries.calendars import calendar_at, calendar_version, current_calendar
from tracker.services.calendars import calendar_at_hand, load_shipped, load_year, preview_year
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_clocks

NOTICE = "国办发明电〔2026〕9号"
BRIDGE = YearEdition(
    2027,
    tuple(SpecialDay(date(2027, 1, n), False, "元旦") for n in (1, 4)),
    NOTICE,
    date(2026, 11, 30),
)
TODAY = date(2026, 12, 10)


def due_of(session: Session, case_id: int) -> tuple[date | None, bool, int]:
    session.rollback()
    clock = session.scalars(
        select(Clock).where(Clock.case_id == case_id, Clock.kind == "reply", Clock.current)
    ).one()
    return clock.due_on, clock.provisional, clock.calendar_version


def entries_of(session: Session, case_id: int) -> list[StoredEntry]:
    return list(
        session.scalars(select(StoredEntry).where(StoredEntry.case_id == case_id).order_by(StoredEntry.seq))
    )


def dispatched(ctx: Context, case_id: int, on: date) -> None:
    with transaction(ctx) as session:
        case = session.get_one(Case, case_id)
        append(ctx, case, NewEntry(EntryType.DISPATCHED, on, {"by": "post"}))


def test_d17_a_loaded_year_replays_running_cases_and_tells_each_in_its_log(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.administrator, TODAY)
    crossing = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 12, 4), 1)
    inside = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 2), 2)
    assert due_of(session, crossing)[:2] == (date(2027, 1, 4), True)

    seen = preview_year(ctx, BRIDGE)
    assert [(m.case_id, str(m.move.kind), m.move.old_due_on, m.move.new_due_on) for m in seen.moved] == [
        (crossing, "reply", date(2027, 1, 4), date(2027, 1, 5))
    ]
    assert due_of(session, crossing)[0] == date(2027, 1, 4), "a preview writes nothing"

    done = load_year(ctx, BRIDGE)
    assert done.version == calendar_version(session)
    assert due_of(session, crossing) == (date(2027, 1, 5), False, done.version)
    assert due_of(session, inside)[0] == CALENDAR.nth_workday(date(2026, 11, 2), 20)
    told = entries_of(session, crossing)[-1]
    assert told.type == "calendar_changed"
    assert told.details == {
        "version": done.version,
        "year": 2027,
        "notice": NOTICE,
        "old_due_on": "2027-01-04",
        "new_due_on": "2027-01-05",
        "was_provisional": True,
        "is_provisional": False,
    }
    assert session.get_one(CalendarEdition, done.version).cases_moved == 1
    assert list(verify_clocks(session, TODAY)) == []
    assert entries_of(session, inside)[-1].type == "registered"


def test_d17_a_stopped_case_keeps_the_calendar_it_stopped_with(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.administrator, TODAY)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 12, 4))
    before = calendar_version(session)
    dispatched(ctx, case_id, TODAY)
    load_year(ctx, BRIDGE)
    clock = session.scalars(select(Clock).where(Clock.case_id == case_id, Clock.kind == "reply")).one()
    assert (clock.due_on, clock.calendar_version) == (date(2027, 1, 4), before)
    assert entries_of(session, case_id)[-1].type == "dispatched"
    assert list(verify_clocks(session, TODAY)) == []


def test_loading_the_same_content_again_changes_nothing(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.administrator, TODAY)
    first = load_year(ctx, BRIDGE)
    again = load_year(ctx, BRIDGE)
    assert (first.unchanged, again.unchanged, again.version) == (False, True, None)
    assert calendar_version(session) == first.version


def test_d19_another_process_sees_the_change_at_once(
    session: Session, cast: Cast, ctx_for: ContextFor, engine: object
) -> None:
    with Session(engine) as other:  # type: ignore[arg-type]
        before = current_calendar(other)
        assert not before.is_covered(2027)
        other.rollback()
        load_year(ctx_for(cast.administrator, TODAY), BRIDGE)
        after = current_calendar(other)
        assert after.is_covered(2027)
        assert calendar_at(other, before.version) is before


def test_a_corrected_edition_takes_the_place_of_the_earlier_and_both_stay_readable(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.administrator, TODAY)
    first = load_year(ctx, BRIDGE)
    second = load_year(ctx, YearEdition(2027, BRIDGE.days[:1], NOTICE, BRIDGE.notice_on))
    assert first.version is not None and second.version is not None
    assert calendar_at(session, second.version).is_workday(date(2027, 1, 4))
    assert not calendar_at(session, first.version).is_workday(date(2027, 1, 4))


def test_a_notice_keeps_its_number_date_and_loader(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    load_year(ctx_for(cast.administrator, TODAY), BRIDGE)
    row = session.scalars(select(CalendarEdition).where(CalendarEdition.year == 2027)).one()
    assert (row.notice_number, row.notice_on) == (NOTICE, date(2026, 11, 30))
    assert row.loaded_by_id == cast.administrator.account_id


def test_shipped_years_are_loaded_once_and_an_own_edition_is_left_alone(
    session: Session, ctx_for: ContextFor
) -> None:

    ctx = ctx_for(SYSTEM, TODAY)
    own = YearEdition(2025, (SpecialDay(date(2025, 3, 10), False, "停电"),), None, None)
    load_year(ctx, own)
    assert load_shipped(ctx) == 7
    assert load_shipped(ctx) == 0
    assert not current_calendar(session).is_workday(date(2025, 3, 10))


def test_the_shipped_calendar_stands_in_where_no_year_is_loaded(session: Session) -> None:
    assert calendar_at_hand(session).is_covered(2026)
    assert calendar_at_hand(session).version == 0
