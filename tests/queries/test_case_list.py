"""The register: what one may see, filtered and ordered; lights in SQL are the lights of the domain."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.queries.conftest import MONDAY
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType
from tracker.domain.urgency import Urgency
from tracker.models import Applicant, Case, Clock, Organ
from tracker.queries import case_list
from tracker.queries.case_list import CaseFilter, Order, Status, count_cases, filter_choices, list_cases
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

SIX_RECEIPTS = (
    date(2026, 10, 9),
    date(2026, 10, 27),
    date(2026, 10, 30),
    date(2026, 11, 2),
    date(2026, 11, 16),
    date(2026, 11, 20),
)


@pytest.fixture
def cases(ctx: Context, cast: Cast) -> list[int]:
    """Six open cases of 民政局, received from long ago to lately."""
    return [received_case(ctx, cast.organ_ids["MZJ"], day, n) for n, day in enumerate(SIX_RECEIPTS, start=1)]


def record(ctx: Context, case_id: int, *entries: NewEntry) -> None:
    with transaction(ctx) as session:
        case = session.get(Case, case_id)
        assert case is not None
        append(ctx, case, *entries)


@pytest.mark.usefixtures("cases")
def test_the_first_due_stands_first(session: Session, cast: Cast, calendar: WorkCalendar) -> None:
    page = list_cases(session, cast.clerk, CaseFilter(), calendar, MONDAY)
    dues = [row.due_on for row in page.rows]
    assert page.total == 6
    assert dues == sorted(dues, key=str)
    assert page.rows[0].light is Urgency.RED
    assert page.rows[0].remaining == -calendar.count(page.rows[0].due_on, MONDAY)


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("thresholds", [(5, 2), (8, 4), (0, 0)])
def test_filtering_by_a_light_finds_the_rows_that_show_it(
    session: Session, cast: Cast, calendar: WorkCalendar, thresholds: tuple[int, int]
) -> None:
    session.execute(update(Organ).values(yellow_days=thresholds[0], orange_days=thresholds[1]))
    session.execute(update(Clock).where(Clock.id % 2 == 0).values(provisional=True))
    every = list_cases(session, cast.clerk, CaseFilter(status=Status.ALL), calendar, MONDAY).rows
    counts = count_cases(session, cast.clerk, CaseFilter(), calendar, MONDAY)
    for light in Urgency:
        expected = {row.id for row in every if row.light is light}
        found = list_cases(session, cast.clerk, CaseFilter(light=light), calendar, MONDAY).rows
        assert {row.id for row in found} == expected, light
        assert counts.by_light[light] == len(expected)


def test_a_waiting_case_is_grey_and_an_answered_one_has_no_light(
    ctx: Context, cases: list[int], session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    record(ctx, cases[4], NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 11, 18)))
    record(ctx, cases[5], NewEntry(EntryType.DISPATCHED, MONDAY, {"by": "post"}))
    rows = {
        r.id: r for r in list_cases(session, cast.clerk, CaseFilter(status=Status.ALL), calendar, MONDAY).rows
    }
    assert rows[cases[4]].light is Urgency.GREY
    assert rows[cases[4]].remaining is None
    assert rows[cases[5]].light is None
    assert rows[cases[5]].on_time is True
    counts = count_cases(session, cast.clerk, CaseFilter(), calendar, MONDAY).by_status
    assert (counts[Status.OPEN], counts[Status.ENDED], counts[Status.ALL]) == (5, 1, 6)
    assert (
        counts[Status.LATE]
        == list_cases(session, cast.clerk, CaseFilter(status=Status.LATE), calendar, MONDAY).total
    )


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("part", "seen"),
    [
        ("clerk", 6),
        ("supervisor", 7),
        ("auditor", 7),
        ("colleague", 1),
        ("administrator", 0),
        ("stranger", 0),
    ],
)
def test_everybody_sees_their_own_organs_only(
    ctx: Context, session: Session, cast: Cast, calendar: WorkCalendar, part: str, seen: int
) -> None:
    received_case(ctx, cast.organ_ids["CZJ"], MONDAY)
    actor = cast.actors[part]
    assert list_cases(session, actor, CaseFilter(status=Status.ALL), calendar, MONDAY).total == seen
    assert count_cases(session, actor, CaseFilter(), calendar, MONDAY).by_status[Status.ALL] == seen
    organs = [name for _id, name in filter_choices(session, actor).organs]
    assert len(organs) == {6: 1, 7: 2, 1: 1, 0: 0}[seen]


def test_text_finds_number_description_applicant_and_document(
    ctx: Context, cases: list[int], session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    cipher = ctx.adapters.cipher
    person = Applicant(
        case_id=cases[2],
        position=1,
        capacity="applicant",
        name="欧阳静怡",
        legal_kind="citizen",
        report_kind="natural_person",
        identity_type="resident_id",
        identity_number_hash=cipher.fingerprint("331002199001011237"),
    )
    session.add(person)
    session.commit()

    def found(text: str, *fingerprints: str) -> list[int]:
        wanted = CaseFilter(text=text, fingerprints=fingerprints)
        return [row.id for row in list_cases(session, cast.clerk, wanted, calendar, MONDAY).rows]

    assert found("静怡") == [cases[2]]
    assert found("331002199001011237", cipher.fingerprint("331002199001011237")) == [cases[2]]
    assert len(found("困难群众")) == 6
    assert found("-4号") == [cases[3]]
    assert found("100%") == []
    assert found("_") == []


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("order", list(Order))
def test_turning_an_order_round_shows_the_same_cases(
    session: Session, cast: Cast, calendar: WorkCalendar, order: Order
) -> None:
    up = list_cases(session, cast.clerk, CaseFilter(), calendar, MONDAY, order=order).rows
    down = list_cases(session, cast.clerk, CaseFilter(), calendar, MONDAY, order=order, descending=True).rows
    assert {row.id for row in up} == {row.id for row in down}
    if order in (Order.DUE, Order.NUMBER, Order.RECEIVED):
        assert [row.id for row in up] == [row.id for row in reversed(down)]


def test_open_ones_stand_first_then_what_was_answered_last(
    ctx: Context, cases: list[int], session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    for case_id, day in ((cases[1], 20), (cases[4], 18), (cases[0], 23)):
        record(ctx, case_id, NewEntry(EntryType.DISPATCHED, date(2026, 11, day), {"by": "post"}))
    every = CaseFilter(status=Status.ALL)
    counts = count_cases(session, cast.clerk, every, calendar, MONDAY)
    for known in (None, counts):
        pages = [
            list_cases(session, cast.clerk, every, calendar, MONDAY, page=number, size=2, counts=known)
            for number in (1, 2, 3)
        ]
        shown = [row.id for page in pages for row in page.rows]
        assert {page.total for page in pages} == {6}
        assert sorted(shown) == sorted(cases)
        assert shown[3:] == [cases[0], cases[1], cases[4]]
    turned = list_cases(session, cast.clerk, every, calendar, MONDAY, descending=True).rows
    assert [row.id for row in turned[3:]] == [cases[4], cases[1], cases[0]]


@pytest.mark.parametrize("status", list(Status))
def test_a_list_that_goes_on_says_so_and_ends_where_it_was_counted_to(
    ctx: Context,
    cases: list[int],
    session: Session,
    cast: Cast,
    calendar: WorkCalendar,
    status: Status,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(case_list, "COUNTED_UP_TO", 2)
    for case_id in cases[:3]:
        record(ctx, case_id, NewEntry(EntryType.DISPATCHED, MONDAY, {"by": "post"}))
    wanted = CaseFilter(status=status)
    counts = count_cases(session, cast.clerk, wanted, calendar, MONDAY)
    late = [
        row.id
        for row in list_cases(session, cast.clerk, CaseFilter(status=Status.LATE), calendar, MONDAY).rows
    ]
    told = {
        Status.OPEN: (3, 3),
        Status.ENDED: (2, 3),
        Status.ALL: (5, 6),
        Status.LATE: (len(late), len(late)),
    }
    number, whole = told[status]
    page = list_cases(session, cast.clerk, wanted, calendar, MONDAY, counts=counts)
    assert (page.total, page.more, len(page.rows)) == (number, whole > number, number)
    assert counts.shown(status) == ("2+" if whole > number else str(number))
    uncounted = list_cases(session, cast.clerk, wanted, calendar, MONDAY)
    assert (uncounted.total, uncounted.more) == (whole, False)


@pytest.mark.usefixtures("cases")
def test_a_page_beyond_the_end_is_the_last(session: Session, cast: Cast, calendar: WorkCalendar) -> None:
    page = list_cases(session, cast.clerk, CaseFilter(), calendar, MONDAY, page=9, size=4)
    assert (page.number, len(page.rows), page.first, page.last) == (2, 2, 5, 6)


@pytest.mark.usefixtures("cases")
def test_more_rows_need_no_more_statements(session: Session, cast: Cast, calendar: WorkCalendar) -> None:
    def statements(size: int) -> int:
        seen: list[str] = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", listen)
        list_cases(session, cast.clerk, CaseFilter(), calendar, MONDAY, size=size)
        event.remove(session.get_bind(), "before_cursor_execute", listen)
        return len(seen)

    assert statements(1) == statements(6) <= 4
