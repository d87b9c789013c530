"""移交: nothing changes hands until it is accepted; then log, handler and alerts go over together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import Actor
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.permissions import Role
from tracker.models import Account, Alert, Case, Handover, HandoverCase, RoleHolding, StoredEntry
from tracker.queries.calendars import current_calendar
from tracker.queries.handovers import cases_of, get_handover, list_givers, list_handovers
from tracker.services.acceptance import assign
from tracker.services.alert_sweep import sweep
from tracker.services.case_record import NewEntry, append
from tracker.services.handover import (
    HandedOver,
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from tracker.services.verification import verify_chain

TODAY = date(2026, 11, 23)


class Desk:
    """The clerk's desk: cases in hand, and the verbs said by the people of 区民政局."""

    def __init__(self, cast: Cast, ctx_for: ContextFor, session: Session) -> None:
        self.cast, self.ctx_for, self.session = cast, ctx_for, session
        self.organ_id = cast.organ_ids["MZJ"]

    def id(self, person: Actor) -> int:
        assert person.account_id is not None
        return person.account_id

    def case(
        self, received_on: date = date(2026, 11, 2), serial: int = 1, handler: Actor | None = None
    ) -> int:
        ctx = self.ctx_for(self.cast.clerk)
        case_id = received_case(ctx, self.organ_id, received_on, serial)
        self.session.commit()
        handler_id = self.id(handler or self.cast.clerk)
        assign(ctx, case_id, handler_id=handler_id, expected_version=None)
        return case_id

    def offer(self, *case_ids: int, by: Actor | None = None, **given: Any) -> int:
        wanted: dict[str, Any] = {
            "organ_id": self.organ_id,
            "from_id": self.id(self.cast.clerk),
            "to_id": self.id(self.cast.second_clerk),
            "case_ids": case_ids,
            "reason": "年休假 12 月 1 日至 12 日",
            **given,
        }
        return offer_handover(self.ctx_for(by or self.cast.clerk), **wanted)

    def accept(self, handover_id: int, by: Actor | None = None) -> HandedOver:
        return accept_handover(self.ctx_for(by or self.cast.second_clerk), handover_id)

    def handler(self, case_id: int) -> int | None:
        self.session.rollback()
        return self.session.get_one(Case, case_id).handler_id

    def told(self, person: Actor, *, holding: bool = True) -> list[str]:
        self.session.rollback()
        query = select(Alert.kind).where(Alert.recipient_id == person.account_id)
        if holding:
            query = query.where(Alert.resolved_at.is_(None))
        return sorted(self.session.scalars(query))


@pytest.fixture
def desk(cast: Cast, ctx_for: ContextFor, session: Session) -> Desk:
    return Desk(cast, ctx_for, session)


def test_until_accepted_the_old_handler_is_responsible_and_alerted(desk: Desk) -> None:
    case_id = desk.case(date(2026, 10, 26))
    desk.offer(case_id)
    sweep(desk.ctx_for(desk.cast.clerk).as_system())
    assert desk.handler(case_id) == desk.cast.clerk.account_id
    assert "due_today" in desk.told(desk.cast.clerk) or "due_soon" in desk.told(desk.cast.clerk)
    assert desk.told(desk.cast.second_clerk) == ["handover_offered"]


def test_accepting_moves_case_log_and_alerts_at_once(desk: Desk, session: Session) -> None:
    case_id = desk.case(date(2026, 10, 26))
    sweep(desk.ctx_for(desk.cast.clerk).as_system())
    held = desk.told(desk.cast.clerk)
    assert held
    handover_id = desk.offer(case_id)
    assert desk.accept(handover_id) == HandedOver(1, ())
    assert desk.handler(case_id) == desk.cast.second_clerk.account_id
    assert session.get_one(Case, case_id).handler_name == "林涛"
    entry = session.scalars(select(StoredEntry).order_by(StoredEntry.seq.desc()).limit(1)).one()
    assert (entry.type, entry.actor_id) == ("handed_over", desk.cast.second_clerk.account_id)
    assert entry.details == {
        "handover_id": handover_id,
        "from_id": desk.cast.clerk.account_id,
        "handler_id": desk.cast.second_clerk.account_id,
    }
    assert desk.told(desk.cast.second_clerk) == held
    assert desk.told(desk.cast.clerk) == ["handover_accepted"]
    assert list(verify_chain(session)) == []


def test_the_sweep_goes_on_with_the_new_handler_and_repeats_nothing(desk: Desk) -> None:
    case_id = desk.case(date(2026, 10, 26))
    system = desk.ctx_for(desk.cast.clerk).as_system()
    sweep(system)
    desk.accept(desk.offer(case_id))
    before = desk.told(desk.cast.second_clerk)
    assert sweep(system).told == 0
    sweep(desk.ctx_for(desk.cast.clerk, date(2026, 12, 3)).as_system())
    assert "overdue" in desk.told(desk.cast.second_clerk) and "overdue" not in before
    assert "overdue" not in desk.told(desk.cast.clerk, holding=False)


def test_a_case_that_comes_back_brings_its_alerts_back(desk: Desk) -> None:
    case_id = desk.case(date(2026, 10, 26))
    sweep(desk.ctx_for(desk.cast.clerk).as_system())
    held = desk.told(desk.cast.clerk)
    desk.accept(desk.offer(case_id))
    back = desk.offer(
        case_id,
        by=desk.cast.second_clerk,
        from_id=desk.id(desk.cast.second_clerk),
        to_id=desk.id(desk.cast.clerk),
    )
    desk.accept(back, by=desk.cast.clerk)
    assert desk.told(desk.cast.clerk) == sorted([*held, "handover_accepted"])
    assert desk.told(desk.cast.second_clerk) == ["handover_accepted"]


def test_a_case_archived_or_given_away_meanwhile_is_left_out_and_named(desk: Desk, session: Session) -> None:
    kept, moved, closed = (desk.case(serial=serial) for serial in (1, 2, 3))
    handover_id = desk.offer(kept, moved, closed)
    third = Account(
        login="third",
        name="丁三",
        password_hash="!",
        must_change_password=False,
        created_at=desk.ctx_for(desk.cast.clerk).now,
        holdings=[RoleHolding(role=str(Role.CLERK), organ_id=desk.organ_id)],
    )
    session.add(third)
    session.commit()
    assign(desk.ctx_for(desk.cast.clerk), moved, handler_id=third.id, expected_version=None)
    archive = desk.ctx_for(desk.cast.clerk)
    case = session.get_one(Case, closed)
    append(archive, case, NewEntry(EntryType.WITHDRAWN, TODAY))
    append(archive, case, NewEntry(EntryType.ARCHIVED, TODAY))
    session.commit()
    done = desk.accept(handover_id)
    assert done.count == 1
    assert set(done.left_out) == {session.get_one(Case, each).number for each in (moved, closed)}
    outcomes = dict(session.execute(select(HandoverCase.case_id, HandoverCase.outcome)).all())
    assert outcomes == {kept: "handed", moved: "moved", closed: "closed"}
    assert desk.handler(moved) == third.id
    assert desk.handler(closed) == desk.cast.clerk.account_id


def test_an_archived_case_with_a_running_period_goes_over_too(desk: Desk, session: Session) -> None:
    case_id = desk.case()
    case = session.get_one(Case, case_id)
    ctx = desk.ctx_for(desk.cast.clerk)
    append(ctx, case, NewEntry(EntryType.WITHDRAWN, TODAY))
    append(ctx, case, NewEntry(EntryType.ARCHIVED, TODAY))
    details = {"challenge_id": 1, "kind": "direct_suit", "simplified": False}
    append(ctx, case, NewEntry(EntryType.CHALLENGED, TODAY, details))
    session.commit()
    assert desk.accept(desk.offer(case_id)) == HandedOver(1, ())
    assert desk.handler(case_id) == desk.cast.second_clerk.account_id


def test_declined_with_a_reason_it_stays_and_can_be_offered_anew(desk: Desk, session: Session) -> None:
    case_id = desk.case()
    handover_id = desk.offer(case_id)
    receiver = desk.ctx_for(desk.cast.second_clerk)
    with pytest.raises(Invalid) as fault:
        decline_handover(receiver, handover_id, "  ")
    assert set(fault.value.fields) == {"decision_reason"}
    decline_handover(receiver, handover_id, "我也休假")
    assert desk.handler(case_id) == desk.cast.clerk.account_id
    assert desk.told(desk.cast.clerk) == ["handover_declined"]
    assert desk.told(desk.cast.second_clerk) == []
    with pytest.raises(NotLawfulNow):
        desk.accept(handover_id)
    assert session.get_one(Handover, handover_id).decision_reason == "我也休假"
    desk.offer(case_id)


def test_withdrawn_it_has_nothing_to_answer(desk: Desk) -> None:
    handover_id = desk.offer(desk.case())
    with pytest.raises(Forbidden):
        withdraw_handover(desk.ctx_for(desk.cast.second_clerk), handover_id)
    withdraw_handover(desk.ctx_for(desk.cast.disclosure_head), handover_id)
    assert desk.told(desk.cast.second_clerk) == []
    with pytest.raises(NotLawfulNow):
        desk.accept(handover_id)


def test_who_may_offer_whose_cases(desk: Desk) -> None:
    case_id = desk.case()
    cast = desk.cast
    with pytest.raises(Forbidden):
        desk.offer(case_id, by=cast.second_clerk)
    for person in (cast.approver, cast.supervisor, cast.administrator, cast.colleague):
        with pytest.raises(Forbidden):
            desk.offer(case_id, by=person)
    handover_id = desk.offer(case_id, by=cast.disclosure_head)
    for person in (cast.clerk, cast.disclosure_head):
        with pytest.raises(Forbidden):
            desk.accept(handover_id, by=person)
    for stranger in (cast.colleague, cast.administrator):
        with pytest.raises(NotFound):
            desk.accept(handover_id, by=stranger)
    desk.accept(handover_id)
    assert desk.told(cast.disclosure_head) == ["handover_accepted"]


@pytest.mark.parametrize("to", ["clerk", "approver", "colleague"])
def test_the_receiver_handles_requests_of_the_same_organ(desk: Desk, to: str) -> None:
    with pytest.raises(Invalid) as fault:
        desk.offer(desk.case(), to_id=desk.id(desk.cast.actors[to]), reason=" ")
    assert set(fault.value.fields) == {"to_id", "reason"}


def test_no_case_another_persons_case_and_one_offered_already_are_refused(desk: Desk) -> None:
    mine, theirs = desk.case(serial=1), desk.case(serial=2, handler=desk.cast.second_clerk)
    desk.offer(mine)
    for chosen in ((), (theirs,), (mine,)):
        with pytest.raises(Invalid) as fault:
            desk.offer(*chosen)
        assert set(fault.value.fields) == {"cases"}


def test_pages_show_what_concerns_the_person(desk: Desk, session: Session) -> None:
    late, later = desk.case(date(2026, 11, 10), 1), desk.case(date(2026, 11, 2), 2)
    cast = desk.cast
    (giver,) = list_givers(session, cast.clerk)
    assert (giver.name, giver.count) == ("陈静", 2)
    assert [each.name for each in list_givers(session, cast.disclosure_head)] == ["陈静"]
    assert list_givers(session, cast.second_clerk) == []
    handover_id = desk.offer(late, later)
    assert list_givers(session, cast.clerk) == []
    for person in (cast.clerk, cast.second_clerk, cast.disclosure_head):
        assert [each.id for each in list_handovers(session, person, only_waiting=True)] == [handover_id]
    for person in (cast.colleague, cast.administrator, cast.supervisor, cast.stranger):
        assert list_handovers(session, person) == []
        with pytest.raises(NotFound):
            get_handover(session, person, handover_id)
    rows = cases_of(session, cast.second_clerk, handover_id, current_calendar(session), TODAY)
    assert [row.id for row in rows] == [later, late]


def test_three_hundred_cases_go_over_in_few_statements_each(desk: Desk, session: Session) -> None:
    ids = [desk.case(serial=serial) for serial in range(1, 301)]
    handover_id = desk.offer(*ids)
    statements: list[str] = []

    def count(*given: Any) -> None:
        statements.append(given[2])

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", count)
    try:
        assert desk.accept(handover_id) == HandedOver(300, ())
    finally:
        event.remove(bind, "before_cursor_execute", count)
    assert len(statements) < 3 * len(ids) + 30
    assert {desk.handler(case_id) for case_id in ids[::50]} == {desk.cast.second_clerk.account_id}
