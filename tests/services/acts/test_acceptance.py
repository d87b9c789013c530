"""初审受理, 分办."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.acts.conftest import DUE, RECEIVED, File
from tests.services.conftest import ContextFor
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, Refusal, RefusalCode
from tracker.models import Account
from tracker.services.acceptance import accept, assign
from tracker.services.context import Context
from tracker.services.notes import add_note


def test_accepting_moves_the_case_and_not_the_clock(clerk: Context, registered: File) -> None:
    reading = accept(
        clerk, registered.id, on=date(2026, 9, 14), note="属于本机关", expected_version=registered.version
    )
    assert reading.due_on == DUE
    assert registered.case.stage == "processing"
    assert (registered.last.type, registered.last_text) == ("accepted", "属于本机关")


def test_an_incomplete_registration_is_named(clerk: Context, cast: Cast, session: Session) -> None:
    case_id = received_case(clerk, cast.organ_ids["MZJ"], RECEIVED, complete=False)
    with pytest.raises(NotLawfulNow, match="登记信息完整"):
        accept(clerk, case_id, on=RECEIVED, expected_version=None)


def test_accepting_twice_is_not_offered(clerk: Context, accepted: File) -> None:
    with pytest.raises(NotLawfulNow):
        accept(clerk, accepted.id, on=RECEIVED, expected_version=accepted.version)


def test_tomorrow_has_not_happened(clerk: Context, registered: File) -> None:
    with pytest.raises(Refusal) as told:
        accept(clerk, registered.id, on=date(2026, 11, 24), expected_version=registered.version)
    assert told.value.code is RefusalCode.IN_FUTURE


def test_two_people_answer_one_page(
    cast: Cast, ctx_for: ContextFor, clerk: Context, registered: File
) -> None:
    seen = registered.version
    accept(clerk, registered.id, on=RECEIVED, expected_version=seen)
    with pytest.raises(Conflict):
        accept(ctx_for(cast.second_clerk), registered.id, on=RECEIVED, expected_version=seen)


def test_who_may_accept(cast: Cast, ctx_for: ContextFor, registered: File) -> None:
    for part in ("stranger", "colleague", "administrator", "one_person"):
        with pytest.raises(NotFound):
            accept(ctx_for(cast.actors[part]), registered.id, on=RECEIVED, expected_version=None)
    for part in ("approver", "disclosure_head", "legal_advisor", "supervisor", "auditor"):
        with pytest.raises(Forbidden):
            accept(ctx_for(cast.actors[part]), registered.id, on=RECEIVED, expected_version=None)
    assert registered.case.stage == "registered"


def test_assigning_names_the_handler(clerk: Context, cast: Cast, accepted: File) -> None:
    chosen = cast.second_clerk.account_id
    assert chosen is not None
    assign(clerk, accepted.id, handler_id=chosen, expected_version=accepted.version)
    case = accepted.case
    assert (case.handler_id, case.handler_name) == (chosen, "林涛")
    assert accepted.last.details == {"handler_id": chosen}


@pytest.mark.parametrize("part", ["approver", "colleague", "legal_advisor"])
def test_only_a_handling_person_of_the_organ_can_be_given_a_case(
    clerk: Context, cast: Cast, accepted: File, part: str
) -> None:
    chosen = cast.actors[part].account_id
    assert chosen is not None
    with pytest.raises(Invalid) as told:
        assign(clerk, accepted.id, handler_id=chosen, expected_version=accepted.version)
    assert set(told.value.fields) == {"handler_id"}


def test_a_person_who_left_cannot_be_given_a_case(
    clerk: Context, cast: Cast, accepted: File, session: Session
) -> None:
    chosen = cast.second_clerk.account_id
    session.rollback()
    session.get_one(Account, chosen).active = False
    session.commit()
    with pytest.raises(Invalid):
        assign(clerk, accepted.id, handler_id=chosen or 0, expected_version=None)


def test_taking_over_a_case_of_an_old_register_begins_its_alerts(
    clerk: Context, cast: Cast, accepted: File, session: Session
) -> None:
    case = accepted.case
    case.historic = True
    session.commit()
    accepted_again = accepted.version
    assign(clerk, accepted.id, handler_id=cast.clerk.account_id or 0, expected_version=accepted_again)
    assert accepted.clock.next_alert_on is not None


def test_a_case_of_an_old_register_alerts_nobody_before(
    clerk: Context, cast: Cast, accepted: File, session: Session
) -> None:
    case = accepted.case
    case.historic = True
    session.commit()
    add_note(clerk, accepted.id, text="核对旧台账", expected_version=None)
    assert accepted.clock.next_alert_on is None
