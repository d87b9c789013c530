"""The board: what is overdue, due soon or standing still on which day, and sums of what was answered."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.queries.conftest import MONDAY
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.stages import Stage
from tracker.models import Case, Clock
from tracker.queries.board import Board, read_board
from tracker.queries.case_conditions import Due, Outcome
from tracker.queries.case_list import CaseFilter, Status, list_cases
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

YEAR = ReportingPeriod(2026)


def record(ctx: Context, case_id: int, *entries: NewEntry) -> None:
    with transaction(ctx) as session:
        case = session.get(Case, case_id)
        assert case is not None
        append(ctx, case, *entries, reason="如实登记")


def board(
    session: Session, cast: Cast, calendar: WorkCalendar, today: date = MONDAY, part: str = "supervisor"
) -> Board:
    session.rollback()
    return read_board(session, cast.actors[part], None, YEAR, calendar, today)


def due_of(session: Session, case_id: int) -> date:
    session.rollback()
    due = session.query(Clock.due_on).filter(Clock.case_id == case_id, Clock.kind == "reply").scalar()
    assert due is not None
    return due  # type: ignore[no-any-return]


def test_overdue_begins_on_the_day_after_the_due_date(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 10, 26))
    due = due_of(session, case_id)
    on_the_day = board(session, cast, calendar, due)
    assert (on_the_day.in_hand(due=Due.OVERDUE), on_the_day.in_hand(due=Due.SOON)) == (0, 1)
    day_after = date.fromordinal(due.toordinal() + 1)
    after = board(session, cast, calendar, day_after)
    assert (after.in_hand(due=Due.OVERDUE), after.in_hand(due=Due.SOON)) == (1, 0)


def test_due_soon_is_five_working_days_and_not_six(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 2))
    due = due_of(session, case_id)
    five, six = calendar.workdays_before(due, 5), calendar.workdays_before(due, 6)
    assert board(session, cast, calendar, five).in_hand(due=Due.SOON) == 1
    assert board(session, cast, calendar, six).in_hand(due=Due.SOON) == 0
    assert board(session, cast, calendar, six).in_hand(due=Due.LATER) == 1


def test_a_case_that_waits_stands_still_and_is_held_by_nobody(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 16))
    record(ctx, case_id, NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 11, 18)))
    found = board(session, cast, calendar)
    assert [found.in_hand(due=due) for due in (Due.OVERDUE, Due.SOON, Due.LATER, Due.STILL)] == [0, 0, 0, 1]
    assert found.in_hand(stage=Stage.AWAITING_CORRECTION) == found.in_hand() == 1
    assert found.holders == []


def test_answers_are_summed_by_organ_month_and_outcome(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    ours, theirs = cast.organ_ids["MZJ"], cast.organ_ids["CZJ"]
    answers = [
        (ours, date(2026, 9, 1), date(2026, 9, 8)),
        (ours, date(2026, 9, 1), date(2026, 9, 10)),
        (ours, date(2026, 9, 1), date(2026, 10, 29)),
        (theirs, date(2026, 11, 2), date(2026, 11, 3)),
    ]
    for serial, (organ, received, answered) in enumerate(answers, start=1):
        case_id = received_case(ctx, organ, received, serial)
        record(ctx, case_id, NewEntry(EntryType.DISPATCHED, answered, {"by": "post"}))
    found = board(session, cast, calendar)
    september = found.answered(ours, [9])
    assert (september.answered, september.on_time) == (2, 2)
    assert september.days == ((calendar.count(date(2026, 9, 1), date(2026, 9, 8)), 1), (7, 1))
    assert (found.answered(ours).answered, found.answered(ours).late) == (3, 1)
    assert found.answered(theirs).median == 1
    assert found.answered().answered == found.answered_in_year(2026).answered == 4
    assert (found.received(ours), found.received(theirs, [11]), found.received(months=[9])) == (3, 1, 3)
    assert found.in_hand() == 0


def test_returns_count_cases_once_and_returns_each_time(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 2))
    for day in (date(2026, 11, 5), date(2026, 11, 9)):
        record(
            ctx,
            case_id,
            NewEntry(EntryType.DRAFTED, day),
            NewEntry(EntryType.SUBMITTED, day),
            NewEntry(EntryType.REVIEW_RETURNED, day),
        )
    found = board(session, cast, calendar)
    assert (found.returned(), found.returns_in_all()) == (1, 2)


def test_holders_are_ranked_by_how_long_a_case_stands_at_its_stage(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    organ = cast.organ_ids["MZJ"]
    old = received_case(ctx, organ, date(2026, 10, 26), 1)
    new = received_case(ctx, organ, date(2026, 11, 2), 2)
    taken = received_case(ctx, organ, date(2026, 10, 9), 3)
    for case_id, person, day in (
        (old, cast.clerk, date(2026, 11, 20)),
        (new, cast.clerk, date(2026, 11, 3)),
        (taken, cast.second_clerk, date(2026, 10, 12)),
    ):
        record(
            ctx,
            case_id,
            NewEntry(EntryType.ACCEPTED, day),
            NewEntry(EntryType.NOTE_ADDED, date(2026, 11, 21)),
        )
        with transaction(ctx) as inner:
            inner.get_one(Case, case_id).handler_id = person.account_id
    found = board(session, cast, calendar).holders
    assert [(h.name, h.count, h.case_id, h.since_on) for h in found] == [
        ("林涛", 1, taken, date(2026, 10, 12)),
        ("陈静", 2, new, date(2026, 11, 3)),
    ]


@pytest.mark.parametrize(
    ("part", "seen"), [("supervisor", 2), ("auditor", 2), ("approver", 1), ("colleague", 1), ("stranger", 0)]
)
def test_nobody_counts_what_they_may_not_see(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar, part: str, seen: int
) -> None:
    for code in ("MZJ", "CZJ"):
        received_case(ctx, cast.organ_ids[code], date(2026, 11, 2))
    found = board(session, cast, calendar, part=part)
    assert (found.in_hand(), found.received(), sum(found.due_days.values())) == (seen, seen, seen)
    assert sum(holder.count for holder in found.holders) == seen


def test_a_period_narrows_the_list_to_its_days(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    for serial, day in enumerate(
        (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)), start=1
    ):
        received_case(ctx, cast.organ_ids["MZJ"], day, serial)
    wanted = CaseFilter(status=Status.ALL, received=ReportingPeriod(2026, month=10))
    session.rollback()
    rows = list_cases(session, cast.clerk, wanted, calendar, MONDAY).rows
    assert sorted(row.received_on for row in rows) == [date(2026, 10, 1), date(2026, 10, 31)]
    answered = CaseFilter(status=Status.ALL, answered=YEAR, outcome=Outcome.LATE)
    assert list_cases(session, cast.clerk, answered, calendar, MONDAY).total == 0


def test_a_board_asks_eight_questions_however_much_there_is(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    def statements() -> int:
        session.rollback()
        seen: list[str] = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", listen)
        read_board(session, cast.supervisor, None, YEAR, calendar, MONDAY)
        event.remove(session.get_bind(), "before_cursor_execute", listen)
        return sum(statement.lstrip().startswith("SELECT") for statement in seen)

    before = statements()
    for serial in range(1, 6):
        received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 2), serial)
    assert statements() == before == 8
