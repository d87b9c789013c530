"""The work list: whose move it is decides on whose list a case stands."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.queries.conftest import MONDAY
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.tasks import TASKS
from tracker.models import Case, Extension
from tracker.queries.workbench import Group, WorkFilter, workbench
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

RECEIVED = date(2026, 11, 9)
DAY = date(2026, 11, 11)
TO_REVIEW = (
    NewEntry(EntryType.ACCEPTED, DAY),
    NewEntry(EntryType.DRAFTED, DAY),
    NewEntry(EntryType.SUBMITTED, DAY),
)


def case_with(
    ctx: Context, cast: Cast, *entries: NewEntry, serial: int = 1, received: date = RECEIVED
) -> int:
    case_id = received_case(ctx, cast.organ_ids["MZJ"], received, serial)
    with transaction(ctx) as session:
        case = session.get(Case, case_id)
        assert case is not None
        append(ctx, case, *entries)
    return case_id


def on_list(
    session: Session,
    cast: Cast,
    part: str,
    calendar: WorkCalendar,
    group: Group = Group.MINE,
    everyone: bool = False,
) -> dict[int, str]:
    found = workbench(
        session, cast.actors[part], WorkFilter(group=group, everyone=everyone), calendar, MONDAY
    )
    return {row.case.id: row.task.label for row in found.page.rows}


def test_every_stage_but_the_archive_waits_for_somebody() -> None:
    assert set(TASKS) == set(Stage) - {Stage.ARCHIVED}


def test_a_case_moves_from_list_to_list(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    case_id = case_with(ctx, cast, *TO_REVIEW)
    assert on_list(session, cast, "clerk", calendar) == {}
    assert on_list(session, cast, "clerk", calendar, Group.WAITING) == {case_id: "合法性审查"}
    assert on_list(session, cast, "legal_advisor", calendar) == {case_id: "合法性审查"}
    assert on_list(session, cast, "approver", calendar) == {}

    with transaction(ctx) as inner:
        case = inner.get(Case, case_id)
        assert case is not None
        append(ctx, case, NewEntry(EntryType.REVIEW_APPROVED, DAY))
    assert on_list(session, cast, "legal_advisor", calendar) == {}
    assert on_list(session, cast, "approver", calendar) == {case_id: "签发"}


def test_what_nobody_has_taken_is_on_every_clerks_list(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    taken = case_with(ctx, cast, NewEntry(EntryType.ACCEPTED, DAY))
    free = case_with(ctx, cast, serial=2)
    case = session.get(Case, taken)
    assert case is not None
    case.handler_id = cast.clerk.account_id
    session.commit()
    assert set(on_list(session, cast, "clerk", calendar)) == {taken, free}
    assert set(on_list(session, cast, "second_clerk", calendar)) == {free}
    assert set(on_list(session, cast, "second_clerk", calendar, everyone=True)) == {taken, free}
    assert on_list(session, cast, "colleague", calendar, everyone=True) == {}


def test_a_consultation_out_is_waited_for(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    asked = NewEntry(EntryType.SUSPENDED, DAY, {"cause": "third_party", "ref": "1"})
    case_id = case_with(ctx, cast, NewEntry(EntryType.ACCEPTED, DAY), asked)
    assert on_list(session, cast, "clerk", calendar) == {}
    assert on_list(session, cast, "clerk", calendar, Group.WAITING) == {case_id: "等待征求意见答复"}


def test_an_extension_asked_for_waits_for_the_head(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    case_id = case_with(ctx, cast, NewEntry(EntryType.ACCEPTED, DAY))
    session.add(
        Extension(
            case_id=case_id,
            days=10,
            reason="材料多",
            status="asked",
            asked_on=DAY,
            asked_by_id=cast.clerk.account_id,
        )
    )
    session.commit()
    assert on_list(session, cast, "disclosure_head", calendar) == {case_id: "审批延期"}


def test_the_supervisor_watches_what_is_urgent(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    late = case_with(ctx, cast, received=date(2026, 10, 9))
    case_with(ctx, cast, serial=2)
    assert on_list(session, cast, "supervisor", calendar, Group.WATCH) == {late: "催办"}
    assert on_list(session, cast, "clerk", calendar, Group.WATCH) == {}


def test_replies_sent_before_the_system_was_there_are_not_asked_after(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    sent = case_with(ctx, cast, NewEntry(EntryType.DISPATCHED, DAY, {"by": "post"}))
    assert on_list(session, cast, "clerk", calendar) == {sent: "登记送达"}
    case = session.get(Case, sent)
    assert case is not None
    case.historic = True
    session.commit()
    assert on_list(session, cast, "clerk", calendar) == {}


def test_both_dates_are_given_and_the_posting_date_lies_two_working_days_before(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    case_with(ctx, cast)
    found = workbench(session, cast.clerk, WorkFilter(), calendar, MONDAY)
    row = found.page.rows[0].case
    assert row.due_on == calendar.nth_workday(RECEIVED, 20)
    assert row.posting_on is not None
    assert calendar.count(row.posting_on, row.due_on) == 2
    assert found.groups[Group.MINE] == 1
    assert found.stages == {Stage.REGISTERED: 1}


@pytest.mark.parametrize("part", ["auditor", "administrator", "stranger"])
def test_who_has_no_part_in_the_work_has_no_list(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar, part: str
) -> None:
    case_with(ctx, cast, *TO_REVIEW)
    assert not cast.actors[part].organs_where(Permission.CASE_HANDLE)
    assert on_list(session, cast, part, calendar, everyone=True) == {}
