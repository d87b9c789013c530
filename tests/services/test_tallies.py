"""The tallies of table 3 equal the cases after every verb, whoever works beside it and whatever is rolled back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.orm import Session

from tests import databases
from tests.factories.cases import bare_case, received_case
from tests.people import CAST, Cast
from tests.postgres import PostgresForTests
from tests.services.conftest import ContextFor
from tracker.adapters.migrations import alembic_config
from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.case_log import EntryType
from tracker.domain.errors import TrackerError
from tracker.domain.organs import OrganKind
from tracker.domain.receipt import ReceiptFacts
from tracker.domain.request_facts import PersonDetails, RequestDetails
from tracker.domain.request_terms import Channel, LegalKind, ReportKind
from tracker.models import Applicant, Case, CaseTally, StoredEntry, tally_in, tally_out
from tracker.models.engine import make_engine
from tracker.queries.annual_table import (
    DISTRICT,
    OrganGroup,
    count_annual_table,
    read_annual_table,
    read_tables_by_organ,
    reported_years,
)
from tracker.services.case_record import NewEntry, append
from tracker.services.closing import withdraw
from tracker.services.context import Context
from tracker.services.facts import correct_fact
from tracker.services.intake import Registration, complete_registration, register
from tracker.services.replay import replay_all
from tracker.services.tallies import correct_tallies, fold_tallies, tally_differences
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_clocks

TODAY = date(2026, 2, 10)
YEARS = (2025, 2026)
DAYS = st.sampled_from([date(2025, 11, 3), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 20), TODAY])
KINDS = st.sampled_from([ReportKind.NATURAL_PERSON, ReportKind.ENTERPRISE])
OUTCOMES = st.sampled_from(["disclosed", "not_held", "refused_process"])
GROUPS = (DISTRICT, OrganGroup(codes=("MZJ",)), OrganGroup(kind=OrganKind.DEPARTMENT))


class Thrown(Exception):
    """The verb fails after all it did."""


@dataclass
class Desk:
    """Two organs' clerks and heads, and what the hypotheses do at their desks."""

    cast: Cast
    contexts: ContextFor
    session: Session

    def ctx(self, organ: str = "MZJ", head: bool = False) -> Context:
        part = {"MZJ": "disclosure_head" if head else "clerk", "CZJ": "colleague"}[organ]
        return self.contexts(self.cast.actors[part], TODAY)

    def ids(self) -> list[tuple[int, str]]:
        codes = {number: code for code, number in self.cast.organ_ids.items()}
        self.session.rollback()
        rows = self.session.execute(select(Case.id, Case.organ_id).order_by(Case.id)).all()
        self.session.rollback()
        return [(case_id, codes[organ_id]) for case_id, organ_id in rows]

    def agrees(self) -> None:
        self.session.rollback()
        assert list(tally_differences(self.session)) == []
        for year in YEARS:
            for group in GROUPS:
                read = read_annual_table(self.session, SYSTEM, year, group)
                assert read == count_annual_table(self.session, SYSTEM, year, group), (year, group)
        self.session.rollback()


@pytest.fixture
def desk(cast: Cast, ctx_for: ContextFor, session: Session) -> Desk:
    return Desk(cast, ctx_for, session)


def request_of(kind: ReportKind) -> RequestDetails:
    citizen = kind is ReportKind.NATURAL_PERSON
    person = PersonDetails(
        name="王晓敏" if citizen else "台州某某有限公司",
        legal_kind=LegalKind.CITIZEN if citizen else LegalKind.LEGAL_PERSON,
        report_kind=kind,
        address="台州市椒江区海门街道 1 号",
        phone="13812345659",
        contact_name="" if citizen else "王晓敏",
    )
    return RequestDetails(people=(person, replace(person, name="另一人")), description="资金发放情况")


def entered(desk: Desk, organ: str, on: date, kind: ReportKind | None) -> int:
    receipt = ReceiptFacts(Channel.REGISTERED_MAIL, signed_on=on, signed_by="门卫")
    request = request_of(kind) if kind else None
    return register(
        desk.ctx(organ), Registration(desk.cast.organ_ids[organ], receipt, request=request)
    ).case_id


def sent(ctx: Context, case_id: int, on: date, outcome: str) -> None:
    with transaction(ctx) as session:
        case = session.get_one(Case, case_id)
        case.disposition = outcome
        append(ctx, case, NewEntry(EntryType.DISPATCHED, on, {"by": "post"}), reason="已核对")


def withdrawn(ctx: Context, case_id: int, on: date) -> None:
    withdraw(ctx, case_id, on=on, statement="来电撤回", expected_version=None, reason="已核对")


def ordered_anew(ctx: Context, case_id: int, on: date) -> None:
    with transaction(ctx) as session:
        append(ctx, session.get_one(Case, case_id), NewEntry(EntryType.ORDERED_ANEW, on, {"days": 20}))


def corrected(ctx: Context, case_id: int, kind: EntryType, on: date | None) -> None:
    """The last entry of the kind gets another day; without one it never happened."""
    last = select(func.max(StoredEntry.seq)).where(
        StoredEntry.case_id == case_id, StoredEntry.type == str(kind)
    )
    seq = ctx.session.scalar(last) or 0
    correct_fact(ctx, case_id, seq=seq, on=on, void=on is None, reason="核对原件", expected_version=None)


def handed_on(ctx: Context, case_id: int, organ_id: int) -> None:
    with transaction(ctx) as session:
        session.get_one(Case, case_id).organ_id = organ_id


def described(ctx: Context, case_id: int, kind: ReportKind, failing: bool) -> None:
    with transaction(ctx) as session:
        for person in session.scalars(select(Applicant).where(Applicant.case_id == case_id)):
            person.report_kind = str(kind)
        session.flush()
        if failing:
            raise Thrown


Step = Callable[[Desk, Context, Context, int], object]
"""What is done with the clerk's and the head's context to one case."""

ENTER = st.builds(
    lambda organ, on, kind: lambda desk, *_: entered(desk, organ, on, kind),
    st.sampled_from(["MZJ", "CZJ"]),
    DAYS,
    st.none() | KINDS,
)
ACTS: st.SearchStrategy[Step] = st.one_of(
    st.builds(
        lambda kind: (
            lambda _d, ctx, _h, case_id: complete_registration(
                ctx, case_id, request_of(kind), expected_version=None
            )
        ),
        KINDS,
    ),
    st.builds(lambda on, what: lambda _d, ctx, _h, case_id: sent(ctx, case_id, on, what), DAYS, OUTCOMES),
    st.builds(lambda on: lambda _d, ctx, _h, case_id: withdrawn(ctx, case_id, on), DAYS),
    st.builds(lambda on: lambda _d, ctx, _h, case_id: ordered_anew(ctx, case_id, on), DAYS),
    st.builds(
        lambda on: lambda _d, _c, head, case_id: corrected(head, case_id, EntryType.RECEIVED, on),
        DAYS,
    ),
    st.builds(
        lambda on: lambda _d, _c, head, case_id: corrected(head, case_id, EntryType.DISPATCHED, on),
        st.none() | DAYS,
    ),
    st.builds(
        lambda organ: lambda desk, ctx, _h, case_id: handed_on(ctx, case_id, desk.cast.organ_ids[organ]),
        st.sampled_from(["MZJ", "CZJ"]),
    ),
    st.builds(
        lambda kind, failing: lambda _d, ctx, _h, case_id: described(ctx, case_id, kind, failing),
        KINDS,
        st.booleans(),
    ),
    st.just(lambda desk, *_: fold_tallies(desk.contexts(SYSTEM, TODAY))),
)


@given(
    first=st.lists(ENTER, min_size=1, max_size=3),
    acts=st.lists(st.tuples(ACTS, st.integers(0, 9)), max_size=9),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_tallies_equal_the_cases_after_every_verb(
    desk: Desk, first: list[Step], acts: list[tuple[Step, int]]
) -> None:
    """Verbs that are refused or fail are among them: what they did is tallied no more than it is kept."""
    for enter in first:
        with suppress(TrackerError):
            enter(desk, desk.ctx(), desk.ctx(), 0)
        desk.agrees()
    for act, which in acts:
        cases = desk.ids()[-4:]
        if not cases:
            return
        case_id, organ = cases[which % len(cases)]
        with suppress(TrackerError, Thrown):
            act(desk, desk.ctx(organ), desk.ctx(organ, head=True), case_id)
        desk.agrees()


def answered(desk: Desk) -> int:
    case_id = entered(desk, "MZJ", date(2025, 12, 31), ReportKind.ENTERPRISE)
    sent(desk.ctx(), case_id, date(2026, 1, 20), "disclosed")
    return case_id


def test_the_verbs_of_the_property_do_what_they_say(desk: Desk) -> None:
    """So that it does not pass because all are refused."""
    case_id = answered(desk)
    stub = entered(desk, "MZJ", date(2025, 11, 3), None)
    gone = entered(desk, "MZJ", date(2025, 11, 3), ReportKind.NATURAL_PERSON)

    def line(row: str, year: int) -> tuple[int, int, int]:
        desk.session.rollback()
        table = read_annual_table(desk.session, SYSTEM, year)
        return table[row, "natural_person"], table[row, "enterprise"], table[row, "total"]

    assert (line("1", 2025), line("4", 2025)) == ((1, 1, 2), (1, 1, 2))
    assert (line("2", 2026), line("3.1", 2026)) == ((1, 1, 2), (0, 1, 1))
    complete_registration(desk.ctx(), stub, request_of(ReportKind.ENTERPRISE), expected_version=None)
    assert line("1", 2025) == (1, 2, 3)
    withdrawn(desk.ctx(), gone, date(2025, 11, 5))
    assert (line("3.7", 2025), line("2", 2026)) == ((1, 0, 1), (0, 2, 2))
    corrected(desk.ctx(head=True), case_id, EntryType.RECEIVED, date(2026, 1, 4))
    assert (line("1", 2025), line("1", 2026)) == ((1, 1, 2), (0, 1, 1))
    ordered_anew(desk.ctx(), case_id, TODAY)
    assert line("3.1", 2026) == (0, 1, 1)
    corrected(desk.ctx(head=True), case_id, EntryType.DISPATCHED, date(2026, 2, 3))
    described(desk.ctx(), case_id, ReportKind.NATURAL_PERSON, failing=False)
    assert line("3.1", 2026) == (1, 0, 1)
    handed_on(desk.ctx(), case_id, desk.cast.organ_ids["CZJ"])
    assert read_annual_table(desk.session, SYSTEM, 2026, OrganGroup(codes=("CZJ",)))["3.1", "total"] == 1
    corrected(desk.ctx(head=True), gone, EntryType.WITHDRAWN, date(2026, 1, 20))
    assert (line("3.7", 2025), line("3.6.3", 2026)) == ((0, 0, 0), (1, 0, 1))
    with transaction(desk.ctx()) as session:
        session.get_one(Case, gone).first_disposition = "not_held"
        session.get_one(Case, stub).needs_completion = True
    assert line("3.4.1", 2026) == (1, 0, 1)
    assert line("1", 2025) == (1, 0, 1)
    desk.agrees()


@pytest.mark.parametrize("part", sorted(CAST))
def test_everybody_reads_from_the_tallies_what_their_cases_give(desk: Desk, part: str) -> None:
    answered(desk)
    entered(desk, "CZJ", date(2025, 11, 3), ReportKind.NATURAL_PERSON)
    person: Actor = desk.cast.actors[part]
    for year in YEARS:
        for group in GROUPS:
            read = read_annual_table(desk.session, person, year, group)
            assert read == count_annual_table(desk.session, person, year, group)
        by_organ = read_tables_by_organ(desk.session, person, year)
        assert by_organ == {
            organ_id: table
            for code, organ_id in desk.cast.organ_ids.items()
            if (table := count_annual_table(desk.session, person, year, OrganGroup(codes=(code,)))).cells
        }
    seen = {"supervisor": (2025,), "auditor": (2025,), "clerk": (2025,), "colleague": (2025,), "stranger": ()}
    assert reported_years(desk.session, person) == seen.get(part, reported_years(desk.session, person))


def test_a_case_taken_away_is_counted_no_more(desk: Desk) -> None:
    ctx = desk.ctx()
    with transaction(ctx) as session:
        case = bare_case(session, desk.cast.organ_ids["MZJ"], date(2026, 1, 5))
        person = Applicant(case_id=case.id, position=1, capacity="applicant", name="某")
        person.legal_kind, person.report_kind, person.identity_type = "citizen", "natural_person", "none"
        session.add(person)
    desk.agrees()
    with transaction(ctx) as session:
        session.delete(session.scalars(select(Applicant)).one())
        session.flush()
        session.delete(session.scalars(select(Case)).one())
    desk.agrees()
    assert read_annual_table(desk.session, SYSTEM, 2026).cells == {}
    assert reported_years(desk.session, SYSTEM) == ()


def test_rows_written_past_the_session_are_tallied_all_at_once(desk: Desk) -> None:
    answered(desk)
    ctx = desk.ctx()
    with transaction(ctx) as session:
        template = session.execute(select(Case.__table__)).mappings().one()
        rows = [dict(template) | {"id": 1000 + n, "serial": n, "number": f"{n}"} for n in range(2, 40)]
        session.execute(insert(Case.__table__), rows)  # type: ignore[arg-type]
        ids = [row["id"] for row in rows]
        tally_in(session, ids)
    desk.agrees()
    assert read_annual_table(desk.session, SYSTEM, 2026)["3.1", "total"] == 39
    desk.session.rollback()
    with transaction(ctx) as session:
        tally_out(session, ids[:30])
        session.execute(delete(Case.__table__).where(Case.id.in_(ids[:20])))  # type: ignore[arg-type]
        session.execute(
            update(Case.__table__).where(Case.id.in_(ids[20:30])).values(first_disposition="not_held")  # type: ignore[arg-type]
        )
        tally_in(session, ids[20:30])
    desk.agrees()
    assert read_annual_table(desk.session, SYSTEM, 2026)["3.4.1", "total"] == 10


def test_adding_up_leaves_one_row_for_each_kind_of_request(desk: Desk) -> None:
    answered(desk)
    answered(desk)
    system = desk.contexts(SYSTEM, TODAY)
    before = desk.session.scalar(select(func.count()).select_from(CaseTally)) or 0
    assert fold_tallies(system) == before - 1
    desk.session.rollback()
    [left] = desk.session.scalars(select(CaseTally)).all()
    assert (left.received_year, left.result_year, left.disposition, left.number) == (
        2025,
        2026,
        "disclosed",
        2,
    )
    assert fold_tallies(system) == 0
    desk.agrees()


def test_verification_names_what_differs_and_a_replay_mends_it(desk: Desk) -> None:
    answered(desk)
    system = desk.contexts(SYSTEM, TODAY)
    fold_tallies(system)
    desk.session.execute(update(CaseTally).values(number=3))
    desk.session.commit()
    [found] = verify_clocks(desk.session, TODAY)
    assert (found.case_id, found.number, found.stored, found.replayed) == (None, "MZJ", "3", "1")
    assert found.what == "tally enterprise 2025 2026 disclosed"
    replay_all(system)
    assert (correct_tallies(system), correct_tallies(system)) == (1, 0)
    assert list(verify_clocks(desk.session, TODAY)) == []
    desk.agrees()


def test_the_migration_counts_what_is_there(
    desk: Desk, engine: Engine, postgres: PostgresForTests | None, tmp_path: Path
) -> None:
    answered(desk)
    entered(desk, "MZJ", date(2025, 11, 3), None)
    received_case(desk.ctx(), desk.cast.organ_ids["CZJ"], date(2026, 1, 4), 7)
    desk.session.close()
    own = make_engine(databases.copied(engine, postgres, tmp_path, "counted"))
    config = alembic_config(own.url.render_as_string(hide_password=False))
    command.downgrade(config, "0017")
    command.upgrade(config, "head")
    with Session(own) as session:
        assert session.scalar(select(func.sum(CaseTally.number))) == 2
        replace(desk, session=session).agrees()
    own.dispose()


def test_two_who_change_each_a_part_of_one_case(desk: Desk, engine: Engine) -> None:
    """One changes the applicant, without the case; the other ends the case before the first has committed."""
    case_id = entered(desk, "MZJ", date(2025, 12, 31), ReportKind.NATURAL_PERSON)
    desk.session.close()
    failures: list[BaseException] = []

    def end() -> None:
        try:
            with Session(engine) as own:
                ctx = desk.contexts(desk.cast.second_clerk, TODAY, own)
                sent(ctx, case_id, date(2026, 1, 20), "disclosed")
        except BaseException as error:
            failures.append(error)
            raise

    other = threading.Thread(target=end)
    with Session(engine) as own:
        ctx = desk.contexts(desk.cast.clerk, TODAY, own)
        with transaction(ctx):
            person = own.scalars(select(Applicant).where(Applicant.case_id == case_id)).first()
            assert person is not None
            person.report_kind = "enterprise"
            own.flush()
            other.start()
            other.join(0.3)
            assert other.is_alive()
    other.join(20)
    assert not failures and not other.is_alive()
    desk.agrees()
    assert read_annual_table(desk.session, SYSTEM, 2026)["3.1", "enterprise"] == 1


def test_writers_folders_and_correctors_at_once(desk: Desk, engine: Engine) -> None:
    """Three clerks register and end cases, others add up and correct all the while; nobody waits for a deadlock."""
    failures: list[BaseException] = []
    organ_id = desk.cast.organ_ids["MZJ"]

    def work(act: Callable[[Context], None], actor: Actor) -> None:
        try:
            with Session(engine) as own:
                act(desk.contexts(actor, TODAY, own))
        except BaseException as error:
            failures.append(error)
            raise

    def clerk(number: int) -> Callable[[Context], None]:
        def act(ctx: Context) -> None:
            for turn in range(6):
                case_id = received_case(ctx, organ_id, date(2025, 12, 20 + turn), 100 * number + turn + 1)
                sent(ctx, case_id, date(2026, 1, 20), "disclosed")

        return act

    def upkeep(ctx: Context) -> None:
        for _ in range(10):
            fold_tallies(ctx)
            correct_tallies(ctx)

    acts: list[tuple[Callable[[Context], None], Actor]] = [(clerk(n), desk.cast.clerk) for n in (1, 2, 3)]
    acts += [(upkeep, SYSTEM), (upkeep, SYSTEM)]
    threads = [threading.Thread(target=work, args=each) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    desk.agrees()
    assert read_annual_table(desk.session, SYSTEM, 2026)["3.1", "total"] == 18
