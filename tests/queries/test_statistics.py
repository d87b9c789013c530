"""统计分析: every case stands in one cell, every cell is the length of its list, nobody counts what is not theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.queries.conftest import MONDAY, context_of
from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.statistics import AS_OF_TODAY, NONE, Dimension, Measure, Table
from tracker.domain.statistics_period import DayRange, Settled
from tracker.models import Applicant, Case, CaseSubject, Challenge, NamedPerson, Subject
from tracker.queries.case_list import CaseFilter, Status, list_cases
from tracker.queries.statistic_names import names_of, statistic_choices
from tracker.queries.statistics import Counted, read_table
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context, Runtime
from tracker.services.unit_of_work import transaction

YEAR = ReportingPeriod(2026)
TWO_YEARS = DayRange(date(2025, 1, 1), date(2026, 12, 31))


def record(ctx: Context, case_id: int, *entries: NewEntry) -> None:
    with transaction(ctx) as session:
        append(ctx, session.get_one(Case, case_id), *entries, reason="如实登记")


def returned(day: date) -> list[NewEntry]:
    return [NewEntry(t, day) for t in (EntryType.DRAFTED, EntryType.SUBMITTED, EntryType.REVIEW_RETURNED)]


def approved(day: date, **details: object) -> list[NewEntry]:
    return [
        NewEntry(EntryType.DRAFTED, day),
        NewEntry(EntryType.SUBMITTED, day),
        NewEntry(EntryType.REVIEW_APPROVED, day, dict(details)),
    ]


@pytest.fixture
def district(ctx: Context, cast: Cast, session: Session, runtime: Runtime) -> list[int]:
    """Nine cases of three organs: open, overdue, answered in time and late, returned twice, challenged twice."""
    ours, theirs, street = (cast.organ_ids[code] for code in ("MZJ", "CZJ", "HMJ"))
    days = [
        (ours, date(2025, 12, 31)),
        (ours, date(2026, 1, 1)),
        (ours, date(2026, 3, 31)),
        (ours, date(2026, 4, 1)),
        (ours, date(2026, 10, 9)),
        (ours, date(2026, 11, 20)),
        (theirs, date(2026, 9, 1)),
        (theirs, date(2026, 11, 2)),
        (street, date(2026, 11, 2)),
    ]
    ids = [received_case(ctx, organ, day, n) for n, (organ, day) in enumerate(days, start=1)]
    advisor = context_of(cast.legal_advisor, session, runtime)
    record(advisor, ids[1], *returned(date(2026, 1, 12)), *returned(date(2026, 2, 3)))
    record(advisor, ids[1], *approved(date(2026, 2, 5)))
    record(ctx, ids[3], *approved(date(2026, 4, 9), not_required=True))
    for place, day in ((1, date(2026, 2, 6)), (2, date(2026, 4, 10)), (6, date(2026, 12, 1))):
        record(ctx, ids[place], NewEntry(EntryType.DISPATCHED, min(day, MONDAY), {"by": "post"}))
    with transaction(ctx) as inner:
        named = NamedPerson(organ_id=theirs, name="旧顾问", capacity="advisor")
        subject = Subject(name="征地拆迁", active=True)
        inner.add_all([named, subject])
        inner.flush()
        append(
            ctx,
            inner.get_one(Case, ids[7]),
            *(NewEntry(t, date(2026, 11, 5)) for t in (EntryType.DRAFTED, EntryType.SUBMITTED)),
            NewEntry(EntryType.REVIEW_APPROVED, date(2026, 11, 6), named_person_id=named.id),
        )
        for place, day, voided in (
            (1, date(2026, 3, 2), False),
            (1, date(2026, 6, 1), False),
            (2, date(2026, 6, 1), True),
        ):
            inner.add(
                Challenge(
                    case_id=ids[place],
                    kind="reconsideration",
                    received_on=day,
                    body="椒江区人民政府",
                    claimed_seq=1,
                    voided=voided,
                )
            )
        for place, case_id in enumerate(ids):
            case = inner.get_one(Case, case_id)
            case.channel = ("portal", "fax", "in_person")[place % 3]
            if place % 2:
                case.disposition = "disclosed"
            if place % 3 == 0:
                case.handler_id = cast.clerk.account_id
            elif place % 3 == 1:
                case.handler_name = "老经办"
            if place < 3:
                inner.add(CaseSubject(case_id=case_id, subject_id=subject.id))
            if place % 4:
                kinds = ("natural_person", "enterprise", "research")
                inner.add_all(_people(case_id, kinds[place % 3]))
    session.rollback()
    return ids


def _people(case_id: int, kind: str) -> list[Applicant]:
    return [
        Applicant(
            case_id=case_id,
            position=position,
            capacity="applicant" if position == 1 else "joint",
            name="某人",
            legal_kind="citizen",
            report_kind=of,
            identity_type="resident_id",
        )
        for position, of in ((1, kind), (2, "other"))
    ]


class Office:
    """Counts and lists of one person."""

    def __init__(self, session: Session, actor: Actor, calendar: WorkCalendar) -> None:
        self.session, self.actor, self.calendar = session, actor, calendar

    def table(self, counted: Counted, rows: Dimension, columns: Dimension | None = None) -> Table:
        return read_table(self.session, self.actor, counted, (rows, columns), self.calendar, MONDAY)

    def length(self, counted: Counted) -> int:
        wanted = CaseFilter(status=Status.ALL, counted=counted)
        return list_cases(self.session, self.actor, wanted, self.calendar, MONDAY, size=1).total

    def sums(self, measure: Measure, rows: Dimension, period: Settled = YEAR) -> dict[str, int]:
        return self.table(Counted(measure, period), rows).sums(0)


@pytest.fixture
def office(session: Session, cast: Cast, calendar: WorkCalendar, district: Sequence[int]) -> Office:
    return Office(session, cast.supervisor, calendar)


def test_every_row_is_the_length_of_its_list_and_totals_are_their_sums(office: Office) -> None:
    for measure, rows in product(Measure, Dimension):
        counted = Counted(measure, TWO_YEARS)
        found = office.table(counted, rows).sums(0)
        assert sum(found.values()) == office.length(counted) > 0, (measure, rows)
        for row, count in found.items():
            assert office.length(Counted(measure, TWO_YEARS, {rows: row})) == count, (measure, rows, row)


def test_every_cell_of_two_dimensions_is_the_length_of_its_list(office: Office) -> None:
    pairs = (
        (Dimension.MONTH, Dimension.ORGAN),
        (Dimension.HANDLER, Dimension.ADVISOR),
        (Dimension.OUTCOME, Dimension.APPLICANT_KIND),
        (Dimension.ORGAN_KIND, Dimension.QUARTER),
        (Dimension.STAGE, Dimension.CHANNEL),
    )
    for measure, (rows, columns) in product(Measure, pairs):
        table = office.table(Counted(measure, YEAR), rows, columns)
        assert table.sums(0) == office.table(Counted(measure, YEAR), rows).sums(0)
        assert table.sums(1) == office.table(Counted(measure, YEAR), columns).sums(0)
        for (row, column), count in table.counts.items():
            assert office.length(Counted(measure, YEAR, {rows: row, columns: column})) == count


def test_the_first_and_last_day_of_a_period_belong_to_it(office: Office) -> None:
    received = office.sums(Measure.RECEIVED, Dimension.MONTH, TWO_YEARS)
    assert (received["2025-12"], received["2026-01"], received["2026-03"], received["2026-04"]) == (
        1,
        1,
        1,
        1,
    )
    assert office.sums(Measure.RECEIVED, Dimension.QUARTER, TWO_YEARS) == {
        "2025-Q4": 1,
        "2026-Q1": 2,
        "2026-Q2": 1,
        "2026-Q3": 1,
        "2026-Q4": 4,
    }
    quarter = ReportingPeriod(2026, quarter=1)
    assert office.sums(Measure.RECEIVED, Dimension.YEAR, quarter) == {"2026": 2}
    one_day = DayRange(date(2026, 3, 31), date(2026, 3, 31))
    assert office.sums(Measure.RECEIVED, Dimension.MONTH, one_day) == {"2026-03": 1}


def test_a_case_returned_or_challenged_twice_is_one_case_of_the_first_day_in_the_period(
    office: Office, cast: Cast
) -> None:
    assert office.sums(Measure.RETURNED, Dimension.MONTH) == {"2026-01": 1}
    assert office.sums(Measure.RETURNED, Dimension.MONTH, ReportingPeriod(2026, month=2)) == {"2026-02": 1}
    assert office.sums(Measure.RETURNED, Dimension.ADVISOR) == {str(cast.legal_advisor.account_id): 1}
    assert office.sums(Measure.CHALLENGED, Dimension.MONTH) == {"2026-03": 1}
    assert office.sums(Measure.CHALLENGED, Dimension.QUARTER, DayRange(date(2026, 4, 1), MONDAY)) == {
        "2026-Q2": 1
    }


def test_the_advisor_is_who_reviewed_and_nobody_where_no_review_was_needed(
    office: Office, session: Session, cast: Cast
) -> None:
    found = office.sums(Measure.RECEIVED, Dimension.ADVISOR)
    named = [key for key in found if key.startswith("~")]
    assert found[str(cast.legal_advisor.account_id)] == 1
    assert [found[key] for key in named] == [1]
    assert str(cast.clerk.account_id) not in found
    assert names_of(session, Dimension.ADVISOR, found) == {
        str(cast.legal_advisor.account_id): "徐律师",
        named[0]: "旧顾问",
    }


def test_handlers_known_by_name_alone_and_nobody(office: Office, session: Session, cast: Cast) -> None:
    found = office.sums(Measure.RECEIVED, Dimension.HANDLER, TWO_YEARS)
    assert found == {str(cast.clerk.account_id): 3, "~老经办": 3, NONE: 3}
    assert names_of(session, Dimension.HANDLER, found) == {
        str(cast.clerk.account_id): "陈静",
        "~老经办": "老经办",
    }


def test_the_subject_is_that_of_the_case_and_none_is_none(office: Office, session: Session) -> None:
    found = office.sums(Measure.RECEIVED, Dimension.SUBJECT, TWO_YEARS)
    assert sorted(found.values()) == [3, 6] and found[NONE] == 6
    assert list(names_of(session, Dimension.SUBJECT, found).values()) == ["征地拆迁"]


def test_what_stands_today_does_not_depend_on_the_period(office: Office) -> None:
    for measure in AS_OF_TODAY:
        long_ago = office.sums(measure, Dimension.MONTH, ReportingPeriod(2001))
        assert long_ago == office.sums(measure, Dimension.MONTH, TWO_YEARS)
    assert "2025-12" in office.sums(Measure.IN_HAND, Dimension.MONTH)


def test_late_answers_are_among_the_answers(office: Office) -> None:
    answered = office.sums(Measure.ANSWERED, Dimension.MONTH)
    late = office.sums(Measure.ANSWERED_LATE, Dimension.MONTH)
    assert sum(late.values()) >= 1
    assert all(count <= answered[month] for month, count in late.items())


def test_nobody_counts_or_is_offered_what_they_may_not_see(
    office: Office, session: Session, cast: Cast, calendar: WorkCalendar
) -> None:
    counted = Counted(Measure.RECEIVED, YEAR)
    seen = {"supervisor": 8, "auditor": 8, "clerk": 5, "colleague": 2, "legal_advisor": 6, "stranger": 0}
    for part, number in seen.items():
        own = Office(session, cast.actors[part], calendar)
        table = own.table(counted, Dimension.ORGAN, Dimension.HANDLER)
        assert (table.total, own.length(counted)) == (number, number), part
        assert set(table.sums(0)) <= set(statistic_choices(session, cast.actors[part]).names[Dimension.ORGAN])
    choices = statistic_choices(session, cast.colleague).names
    assert list(choices[Dimension.ORGAN].values()) == ["椒江区财政局"]
    assert choices[Dimension.ADVISOR] == {}
    theirs = Counted(Measure.RECEIVED, YEAR, {Dimension.ORGAN: str(cast.organ_ids["MZJ"])})
    own = Office(session, cast.colleague, calendar)
    assert own.length(theirs) == own.table(theirs, Dimension.MONTH).total == 0


def test_a_table_is_one_statement(office: Office, session: Session) -> None:
    seen: list[str] = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731
    event.listen(session.get_bind(), "before_cursor_execute", listen)
    office.table(Counted(Measure.RETURNED, YEAR), Dimension.ADVISOR, Dimension.MONTH)
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    assert sum(statement.lstrip().startswith("SELECT") for statement in seen) == 1
