"""One person proposes a year, another confirms it: who, when, with what doubts, and what happens when two are quick."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.domain.years import YEAR_2027
from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.test_calendars import due_of, entries_of
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotLawfulNow
from tracker.domain.year_edition import YearEdition
from tracker.models import CalendarEdition, CalendarProposal
from tracker.queries.calendar_proposals import get_proposal
from tracker.queries.calendars import calendar_version, current_calendar
from tracker.services.calendar_proposals import (
    Proposed,
    confirm_proposal,
    propose_year,
    reject_proposal,
    withdraw_proposal,
)
from tracker.services.calendars import load_year
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_clocks

TODAY = date(2026, 12, 10)


def proposed(session: Session, ctx: Context, edition: YearEdition = YEAR_2027) -> tuple[int, int]:
    """A proposal's id, and the version its changes are drawn against."""
    proposal_id = propose_year(ctx, Proposed(edition))
    return proposal_id, calendar_version(session)


def test_a_proposal_changes_nothing_until_another_person_confirms(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    admin, supervisor = ctx_for(cast.administrator, TODAY), ctx_for(cast.supervisor, TODAY)
    case_id = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 12, 8))
    before = due_of(session, case_id)
    assert before[1], "the date lies beyond the loaded years"
    proposal_id, version = proposed(session, admin)
    assert due_of(session, case_id) == before
    assert not current_calendar(session).is_covered(2027)

    done = confirm_proposal(supervisor, proposal_id, seen_version=version)

    assert due_of(session, case_id)[1:] == (False, done.version)
    facts = get_proposal(session, proposal_id)
    assert (facts.status, facts.decided_by, facts.version) == ("applied", "沈督查", done.version)
    edition = session.get_one(CalendarEdition, done.version)
    assert edition.loaded_by_id == cast.supervisor.account_id
    assert edition.notice_number == YEAR_2027.notice_number
    assert list(verify_clocks(session, TODAY)) == []


def test_the_log_of_a_moved_case_says_old_and_new(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    case_id = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 12, 8))
    old = due_of(session, case_id)[0]
    proposal_id, version = proposed(session, ctx_for(cast.administrator, TODAY))
    confirm_proposal(ctx_for(cast.supervisor, TODAY), proposal_id, seen_version=version)
    told = entries_of(session, case_id)[-1]
    new = due_of(session, case_id)[0]
    assert old is not None and new is not None and old != new
    assert (told.type, told.actor_id) == ("calendar_changed", None)
    assert (told.details["old_due_on"], told.details["new_due_on"]) == (old.isoformat(), new.isoformat())


def test_nobody_decides_on_their_own_proposal(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    admin = ctx_for(cast.administrator, TODAY)
    proposal_id, version = proposed(session, admin)
    with pytest.raises(Forbidden):
        confirm_proposal(admin, proposal_id, seen_version=version)
    with pytest.raises(Forbidden):
        reject_proposal(admin, proposal_id, "通知没有这样写")
    assert get_proposal(session, proposal_id).is_open


def test_the_database_refuses_it_as_well(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    proposal_id, _ = proposed(session, ctx_for(cast.administrator, TODAY))
    own = {
        "status": "rejected",
        "decided_by_id": cast.administrator.account_id,
        "decided_at": ctx_for(SYSTEM).now,
    }
    with pytest.raises(IntegrityError):
        session.execute(update(CalendarProposal).where(CalendarProposal.id == proposal_id).values(own))
    session.rollback()


@pytest.mark.parametrize("part", ["clerk", "disclosure_head", "auditor", "stranger"])
def test_only_who_keeps_calendars_takes_part(
    session: Session, cast: Cast, ctx_for: ContextFor, part: str
) -> None:
    stranger = ctx_for(cast.actors[part], TODAY)
    with pytest.raises(Forbidden):
        propose_year(stranger, Proposed(YEAR_2027))
    proposal_id, version = proposed(session, ctx_for(cast.administrator, TODAY))
    for act in (
        lambda: confirm_proposal(stranger, proposal_id, seen_version=version),
        lambda: reject_proposal(stranger, proposal_id, "不对"),
        lambda: withdraw_proposal(stranger, proposal_id, "不对"),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_supervisor_confirms_but_does_not_propose(cast: Cast, ctx_for: ContextFor) -> None:
    with pytest.raises(Forbidden):
        propose_year(ctx_for(cast.supervisor, TODAY), Proposed(YEAR_2027))


def test_everything_wanting_is_named_at_once(cast: Cast, ctx_for: ContextFor) -> None:
    bare = replace(YEAR_2027, notice_number="九号文", notice_on=None)
    with pytest.raises(Invalid) as caught:
        propose_year(ctx_for(cast.administrator, TODAY), Proposed(bare))
    assert set(caught.value.fields) == {"notice_number", "notice_on"}


def test_doubts_are_confirmed_by_both(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    """春节 without 除夕: unusual, but a notice may say so; both people must have looked."""
    odd = replace(YEAR_2027, days=tuple(d for d in YEAR_2027.days if d.day != date(2027, 2, 5)))
    admin, supervisor = ctx_for(cast.administrator, TODAY), ctx_for(cast.supervisor, TODAY)
    with pytest.raises(Invalid) as caught:
        propose_year(admin, Proposed(odd))
    assert set(caught.value.fields) == {"doubts_accepted"}
    proposal_id = propose_year(admin, Proposed(odd, doubts_accepted=True))
    version = calendar_version(session)
    with pytest.raises(Invalid):
        confirm_proposal(supervisor, proposal_id, seen_version=version)
    assert confirm_proposal(supervisor, proposal_id, seen_version=version, doubts_accepted=True).version


def test_a_loaded_year_is_corrected_with_a_reason_only(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    admin = ctx_for(cast.administrator, TODAY)
    load_year(admin, YEAR_2027)
    with pytest.raises(Invalid) as caught:
        propose_year(admin, Proposed(YEAR_2027, reason="没有不同"))
    assert "lines" in caught.value.fields
    changed = replace(YEAR_2027, days=YEAR_2027.days[:-1])
    with pytest.raises(Invalid) as caught:
        propose_year(admin, Proposed(changed))
    assert "reason" in caught.value.fields
    proposal_id = propose_year(admin, Proposed(changed, reason="通知调整", doubts_accepted=True))
    assert get_proposal(session, proposal_id).reason == "通知调整"


def test_a_year_has_one_open_proposal(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    admin, supervisor = ctx_for(cast.administrator, TODAY), ctx_for(cast.supervisor, TODAY)
    first, _ = proposed(session, admin)
    with pytest.raises(NotLawfulNow):
        propose_year(admin, Proposed(YEAR_2027))
    withdraw_proposal(admin, first, "抄错了一天")
    second, _ = proposed(session, admin)
    with pytest.raises(Invalid):
        reject_proposal(supervisor, second, "  ")
    reject_proposal(supervisor, second, "春节少写一天")
    assert [get_proposal(session, n).status for n in (first, second)] == ["withdrawn", "rejected"]
    with pytest.raises(Conflict):
        confirm_proposal(supervisor, second, seen_version=calendar_version(session))


def test_what_was_seen_must_still_be_in_force(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    proposal_id, version = proposed(session, ctx_for(cast.administrator, TODAY))
    load_year(ctx_for(SYSTEM, TODAY), replace(YEAR_2027, days=YEAR_2027.days[:-1]))
    with pytest.raises(Conflict):
        confirm_proposal(ctx_for(cast.supervisor, TODAY), proposal_id, seen_version=version)
    assert get_proposal(session, proposal_id).is_open


def test_what_is_in_force_already_is_not_loaded_again(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    proposal_id, _ = proposed(session, ctx_for(cast.administrator, TODAY))
    load_year(ctx_for(SYSTEM, TODAY), YEAR_2027)
    with pytest.raises(NotLawfulNow):
        confirm_proposal(ctx_for(cast.supervisor, TODAY), proposal_id, seen_version=calendar_version(session))
    assert get_proposal(session, proposal_id).is_open


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run all at the same moment, each in a thread; what became of each, by the name of what it raised."""
    gate = threading.Barrier(len(acts))
    outcomes: list[str] = []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except Conflict as error:
            outcomes.append(type(error).__name__)
        else:
            outcomes.append("done")

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_confirmers_at_once_one_applies_and_one_looks_again(
    session: Session, cast: Cast, ctx_for: ContextFor, engine: Engine
) -> None:
    case_id = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 12, 8))
    proposal_id, version = proposed(session, ctx_for(cast.administrator, TODAY))
    session.rollback()

    def confirm() -> None:
        with Session(engine) as own:
            confirm_proposal(ctx_for(cast.supervisor, TODAY, own), proposal_id, seen_version=version)

    assert at_once(confirm, confirm) == ["Conflict", "done"]
    assert calendar_version(session) > version
    assert sum(1 for entry in entries_of(session, case_id) if entry.type == "calendar_changed") == 1
    assert list(verify_clocks(session, TODAY)) == []


def test_a_year_waits_for_who_is_just_computing_with_the_calendar_it_replaces(
    session: Session, cast: Cast, ctx_for: ContextFor, engine: Engine
) -> None:
    """A case that is being registered would else keep a date of the old calendar, in no list of changes."""
    proposal_id, version = proposed(session, ctx_for(cast.administrator, TODAY))
    session.rollback()

    def confirm() -> None:
        with Session(engine) as own:
            confirm_proposal(ctx_for(cast.supervisor, TODAY, own), proposal_id, seen_version=version)

    confirming = threading.Thread(target=confirm)
    clerk = ctx_for(cast.clerk, TODAY)
    with transaction(clerk):
        case_id = received_case(clerk, cast.organ_ids["MZJ"], date(2026, 12, 8))
        confirming.start()
        confirming.join(timeout=1)
        assert confirming.is_alive(), "the year was applied while a date of the old one was being written"
    confirming.join()
    assert due_of(session, case_id)[:2] == (date(2027, 1, 7), False)
    assert list(verify_clocks(session, TODAY)) == []
