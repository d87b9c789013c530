"""The annual report on its way: who does what, what is frozen, and what a later correction cannot touch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.annual_frozen import changes_since, content_hash, freeze, frozen_table, table_of
from tracker.domain.annual_table import CellName
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.models import AnnualReport, AnnualReportStep, Applicant, Case
from tracker.queries.annual_reports import get_report, list_collection, reports_missing
from tracker.queries.annual_table import OrganGroup, read_annual_table, read_places, read_tables_by_organ
from tracker.services.annual_reports import accept_report, publish_report, return_report, submit_report
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

DAY = date(2026, 1, 20)
Verb = Callable[[Context, int], None]
VERBS: dict[str, Verb] = {
    "submit": lambda ctx, seen: submit_report(ctx, 2025, "MZJ", expected_version=seen),
    "return": lambda ctx, seen: return_report(ctx, 2025, "MZJ", comment="请核对。", expected_version=seen),
    "accept": lambda ctx, seen: accept_report(ctx, 2025, "MZJ", expected_version=seen),
    "publish": lambda ctx, seen: publish_report(ctx, 2025, "MZJ", expected_version=seen),
}


class Way:
    """One organ's report of 2025, and the people who push it along."""

    def __init__(self, cast: Cast, ctx_for: ContextFor, session: Session) -> None:
        self.cast, self.ctx_for, self.session = cast, ctx_for, session

    def do(self, *acts: str, on: date = DAY) -> None:
        for act in acts:
            who = self.cast.disclosure_head if act == "submit" else self.cast.supervisor
            VERBS[act](self.ctx_for(who, on), self.version)

    @property
    def version(self) -> int:
        self.session.rollback()
        return self.session.scalar(select(AnnualReport.version_id).where(AnnualReport.year == 2025)) or 0

    @property
    def row(self) -> AnnualReport:
        self.session.rollback()
        return self.session.scalars(select(AnnualReport)).one()

    def places(self) -> tuple[object, ...]:
        self.session.rollback()
        return read_places(self.session, self.cast.clerk, 2025, OrganGroup(codes=("MZJ",)))

    def case(self, serial: int, received_on: date, replied_on: date | None = None) -> int:
        clerk = self.ctx_for(self.cast.clerk, DAY)
        case_id = received_case(clerk, self.cast.organ_ids["MZJ"], received_on, serial)
        with transaction(clerk) as session:
            session.add(
                Applicant(
                    case_id=case_id,
                    position=1,
                    capacity="applicant",
                    name="某",
                    legal_kind="citizen",
                    report_kind="natural_person",
                    identity_type="none",
                )
            )
            case = session.get_one(Case, case_id)
            if replied_on:
                case.disposition = "disclosed"
                append(clerk, case, NewEntry(EntryType.DISPATCHED, replied_on, {"by": "post"}))
        return case_id

    def correct(self, case_id: int, outcome: str) -> None:
        """As a correction of fact leaves the case."""
        with transaction(self.ctx_for(self.cast.clerk, DAY)) as session:
            session.get_one(Case, case_id).first_disposition = outcome


@pytest.fixture
def way(cast: Cast, ctx_for: ContextFor, session: Session) -> Way:
    return Way(cast, ctx_for, session)


def test_from_the_organ_to_the_public(way: Way) -> None:
    way.case(1, date(2025, 11, 3), date(2025, 11, 20))
    way.do("submit", "return", "submit", "accept", "publish")
    row = way.row
    assert row.state == "published"
    steps = [(step.act, step.comment, step.content_hash) for step in row.steps]
    assert [step[:2] for step in steps] == [
        ("submit", None),
        ("return", "请核对。"),
        ("submit", None),
        ("accept", None),
        ("publish", None),
    ]
    assert {step[2] for step in steps} == {row.content_hash} == {content_hash(row.content)}
    assert [step.seq for step in row.steps] == [1, 2, 3, 4, 5]
    assert frozen_table(row.content)["3.1", "natural_person"] == 1


def test_a_later_correction_is_shown_and_changes_nothing(way: Way) -> None:
    case_id = way.case(1, date(2025, 11, 3), date(2025, 11, 20))
    way.case(2, date(2025, 12, 29))
    way.do("submit", "accept", "publish")
    kept, digest = way.row.content, way.row.content_hash
    way.correct(case_id, "refused_third_party")
    changes = {
        (change.at.row, change.at.column): (change.frozen, change.now, change.came, change.went)
        for change in changes_since(way.row.content, way.places())  # type: ignore[arg-type]
    }
    named = ((case_id, f"测试受〔2025〕{way.cast.organ_ids['MZJ']}-1号"),)
    assert changes == {
        ("3.1", "natural_person"): (1, 0, (), named),
        ("3.1", "total"): (1, 0, (), named),
        ("3.3.4", "natural_person"): (0, 1, named, ()),
        ("3.3.4", "total"): (0, 1, named, ()),
    }
    assert (way.row.content, way.row.content_hash) == (kept, digest)
    for act in VERBS:
        with pytest.raises(NotLawfulNow):
            way.do(act)
    way.session.rollback()
    (found,) = [
        each
        for each in list_collection(way.session, way.cast.supervisor, 2025, DAY)
        if each.organ.code == "MZJ"
    ]
    assert (found.state, found.differing, found.late) == ("published", True, False)
    live = read_annual_table(way.session, way.cast.clerk, 2025)
    assert (live["3.1", "total"], live["3.3.4", "total"]) == (0, 1)


@pytest.mark.parametrize("steps", [("submit",), ("submit", "accept")])
def test_what_changed_since_it_was_handed_in_is_not_passed_on(way: Way, steps: tuple[str, ...]) -> None:
    case_id = way.case(1, date(2025, 11, 3), date(2025, 11, 20))
    way.do(*steps)
    way.correct(case_id, "refused_process")
    with pytest.raises(NotLawfulNow, match="退回该机关"):
        way.do("accept" if len(steps) == 1 else "publish")
    way.do("return", "submit", "accept", "publish")
    assert frozen_table(way.row.content)["3.3.6", "total"] == 1


def test_one_case_for_another_is_noticed_though_the_numbers_stay(way: Way) -> None:
    first = way.case(1, date(2025, 11, 3), date(2025, 11, 20))
    second = way.case(2, date(2025, 11, 3), date(2025, 11, 20))
    way.correct(second, "refused_process")
    way.do("submit")
    way.correct(first, "refused_process")
    way.correct(second, "disclosed")
    with pytest.raises(NotLawfulNow):
        way.do("accept")


def test_next_years_row_2_is_checked_against_what_was_published(way: Way) -> None:
    """Carried out 1 as published; corrected to none afterwards: row 2 of 2026 no longer agrees."""
    case_id = way.case(1, date(2025, 12, 29))
    way.do("submit", "accept", "publish")
    with transaction(way.ctx_for(way.cast.clerk, DAY)) as session:
        case = session.get_one(Case, case_id)
        case.disposition = "disclosed"
        append(
            way.ctx_for(way.cast.clerk, DAY),
            case,
            NewEntry(EntryType.DISPATCHED, date(2025, 12, 30), {"by": "post"}),
        )
    way.session.rollback()
    found = list_collection(way.session, way.cast.supervisor, 2026, date(2027, 1, 20))
    assert {each.organ.code: each.failing for each in found}["MZJ"] == 2


def test_the_year_must_be_over(way: Way) -> None:
    with pytest.raises(NotLawfulNow):
        way.do("submit", on=date(2025, 12, 31))
    way.do("submit", on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("submitted", "looked", "late"),
    [
        (date(2026, 1, 31), date(2026, 3, 1), False),
        (date(2026, 2, 1), date(2026, 3, 1), True),
        (None, date(2026, 1, 31), False),
        (None, date(2026, 2, 1), True),
    ],
)
def test_who_is_late(way: Way, submitted: date | None, looked: date, late: bool) -> None:
    if submitted:
        way.do("submit", on=submitted)
    way.session.rollback()
    found = list_collection(way.session, way.cast.supervisor, 2025, looked)
    assert [each.organ.code for each in found] == ["MZJ", "CZJ", "HMJ", "BGS"]
    assert found[0].late is late


def test_who_still_owes_a_report(way: Way) -> None:
    def owed(part: str) -> list[str]:
        way.session.rollback()
        return [organ.code for organ in reports_missing(way.session, way.cast.actors[part], 2025)]

    assert owed("disclosure_head") == ["MZJ"]
    assert owed("clerk") == owed("supervisor") == []
    way.do("submit")
    assert owed("disclosure_head") == []
    way.do("return")
    assert owed("disclosure_head") == ["MZJ"]


def test_two_people_meet_as_a_conflict(way: Way) -> None:
    way.do("submit")
    seen = way.version
    way.do("return", "submit")
    with pytest.raises(Conflict):
        VERBS["accept"](way.ctx_for(way.cast.supervisor, DAY), seen)
    with pytest.raises(Conflict):
        VERBS["submit"](way.ctx_for(way.cast.disclosure_head, DAY), 0)
    assert way.row.state == "submitted"


@pytest.mark.parametrize("comment", ["", "  \n", "长" * 1001])
def test_a_return_says_why(way: Way, comment: str) -> None:
    way.do("submit")
    with pytest.raises(Invalid):
        return_report(
            way.ctx_for(way.cast.supervisor, DAY), 2025, "MZJ", comment=comment, expected_version=way.version
        )
    assert way.row.state == "submitted"


def test_only_the_head_hands_in_and_only_the_district_decides(way: Way) -> None:
    for act in VERBS:
        allowed = {"disclosure_head"} if act == "submit" else {"supervisor"}
        for part, actor in way.cast.actors.items():
            if part not in allowed:
                with pytest.raises((Forbidden, NotFound)):
                    VERBS[act](way.ctx_for(actor, DAY), way.version)
    way.session.rollback()
    assert way.session.scalar(select(func.count()).select_from(AnnualReportStep)) == 0
    for part in ("colleague", "stranger", "administrator", "legal_advisor"):
        with pytest.raises(NotFound):
            get_report(way.session, way.cast.actors[part], 2025, "MZJ")


def test_places_add_up_to_the_table_and_organs_to_the_district(way: Way) -> None:
    way.case(1, date(2025, 11, 3), date(2025, 11, 20))
    way.case(2, date(2024, 12, 27), date(2025, 1, 8))
    way.case(3, date(2025, 12, 29))
    places = way.places()
    table = read_annual_table(way.session, way.cast.clerk, 2025)
    assert freeze(places)["table3"] == {  # type: ignore[arg-type]
        row: list(table.line(row)) for row in freeze(())["table3"]
    }
    by_organ = read_tables_by_organ(way.session, way.cast.supervisor, 2025)
    assert by_organ == {way.cast.organ_ids["MZJ"]: table}
    assert table_of(places)[CellName("2", "total").row, "total"] == 1  # type: ignore[arg-type]
