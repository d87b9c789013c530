"""代岗: from the first day through the last, both are told, the stand-in handles, and the log says in whose place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories.letters import DISCLOSED, case_in_hand, with_twin
from tests.factories.reviews import approve
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import Office
from tests.services.stand_in_house import FIRST, LAST, TODAY, House
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.permissions import Permission
from tracker.domain.stand_ins import StandInState
from tracker.models import Account, RoleHolding
from tracker.queries.calendars import current_calendar
from tracker.queries.letters import list_to_dispatch
from tracker.queries.scope import get_case
from tracker.queries.stand_ins import (
    get_stand_in,
    list_organs_to_arrange,
    list_past_stand_ins,
    list_stand_ins,
)
from tracker.queries.workbench import Group, WorkFilter, workbench
from tracker.services.acceptance import accept, assign
from tracker.services.legal_review import submit
from tracker.services.letters import save_draft
from tracker.services.notes import add_note
from tracker.services.sign_off import seal, sign_off
from tracker.services.stand_ins import end_stand_in
from tracker.services.verification import verify_chain


@pytest.fixture
def house(cast: Cast, ctx_for: ContextFor, session: Session) -> House:
    return House(cast, ctx_for, session)


def faults(act: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        act()
    return {name: str(messages[0]) for name, messages in caught.value.fields.items()}


# what is lent, and when


@pytest.mark.parametrize(
    ("day", "stands_in"),
    [
        (FIRST - timedelta(1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + timedelta(1), False),
    ],
)
def test_from_the_first_day_through_the_last(house: House, day: date, stands_in: bool) -> None:
    case_id = house.case()
    house.name("approver")
    approver = house.person("approver", day)
    assert bool(approver.standing_in) is stands_in
    if stands_in:
        assert get_case(house.session, approver, case_id, Permission.CASE_HANDLE).id == case_id
    else:
        with pytest.raises(Forbidden):
            get_case(house.session, approver, case_id, Permission.CASE_HANDLE)


def test_the_stand_in_acts_and_the_log_says_in_whose_place(house: House) -> None:
    case_id = house.case(date(2026, 11, 20))
    house.name("approver")
    accept(house.ctx("approver", FIRST), case_id, on=FIRST, expected_version=None)
    entry = house.last_entry(case_id)
    assert (entry.type, entry.actor_id) == ("accepted", house.id("approver"))
    assert entry.details == {"standing_in_for": house.id("clerk")}
    assert list(verify_chain(house.session)) == []
    accept_again = house.ctx("clerk", FIRST)
    add_note(accept_again, case_id, text="本人在外地处理", expected_version=None)
    assert house.last_entry(case_id).details == {}


def test_a_colleague_who_could_act_anyway_is_named_in_the_same_way(house: House) -> None:
    case_id, other = house.case(), house.case(serial=2, handler="second_clerk")
    house.name()
    stand_in = house.ctx("second_clerk", FIRST)
    add_note(stand_in, case_id, text="已电话联系", expected_version=None)
    assert house.last_entry(case_id).details == {"standing_in_for": house.id("clerk")}
    add_note(stand_in, other, text="已电话联系", expected_version=None)
    assert house.last_entry(other).details == {}
    third = house.id("second_clerk")
    assign(stand_in, case_id, handler_id=third, expected_version=None)
    assert house.last_entry(case_id).details == {"handler_id": third, "standing_in_for": house.id("clerk")}


def test_cases_of_others_are_not_lent(house: House) -> None:
    other = house.case(handler="second_clerk")
    house.name("approver")
    with pytest.raises(Forbidden):
        accept(house.ctx("approver", FIRST), other, on=FIRST, expected_version=None)
    with pytest.raises(Forbidden):
        get_case(house.session, house.person("approver", FIRST), other, Permission.LETTER_DRAFT)


def test_review_sign_off_and_approvals_are_never_lent(house: House) -> None:
    case_id = house.case()
    house.name("second_clerk", away="disclosure_head", by="disclosure_head")
    house.name("legal_advisor")
    for part in ("second_clerk", "legal_advisor"):
        person = house.person(part, FIRST)
        for right in (Permission.LETTER_SIGN_OFF, Permission.EXTENSION_APPROVE):
            with pytest.raises(Forbidden):
                get_case(house.session, person, case_id, right)
    assert not house.person("second_clerk", FIRST).standing_in, "a head who handles nothing lends nothing"


def test_who_drafts_as_stand_in_may_not_review(house: House) -> None:
    ctx, _ = with_twin(house.ctx_for(house.cast.clerk))
    case_id = case_in_hand(ctx, house.organ_id)
    assign(ctx, case_id, handler_id=house.id("clerk"), expected_version=None)
    house.name("legal_advisor", first=TODAY)
    advisor, _ = with_twin(house.ctx("legal_advisor", TODAY))
    letter_id = save_draft(advisor, case_id, DISCLOSED, letter_id=None, expected_version=None).letter_id
    submit(advisor, letter_id, expected_version=None)
    assert house.last_entry(case_id).details["standing_in_for"] == house.id("clerk")
    with pytest.raises(Forbidden, match="起草人不能审查"):
        approve(advisor, letter_id)


def test_signing_off_is_done_in_ones_own_role(house: House, session: Session, ctx_for: ContextFor) -> None:
    office = Office(house.cast, session, ctx_for, MemoryRenderer())
    case_id = office.case()
    assign(office.clerk, case_id, handler_id=house.id("clerk"), expected_version=None)
    letter_id = office.approved(case_id)
    house.name("approver", first=TODAY)
    approver, _ = with_twin(house.ctx("approver", TODAY))
    sign_off(approver, letter_id, expected_version=None)
    entry = house.last_entry(case_id)
    assert (entry.type, "standing_in_for" in entry.details) == ("signed_off", False)
    assert [waiting.letter_id for waiting in list_to_dispatch(session, approver.actor, TODAY)] == [letter_id]
    seal(approver, letter_id, on=TODAY, expected_version=None)
    assert house.last_entry(case_id).details["standing_in_for"] == house.id("clerk")


# ending


def test_ended_early_at_once(house: House) -> None:
    case_id = house.case()
    made = house.name("approver", first=TODAY, last=LAST)
    house.sweep(TODAY)
    assert house.told("approver") and house.person("approver", TODAY).standing_in
    end_stand_in(house.ctx("clerk", TODAY), made)
    assert house.told("approver") == ["stand_in_ended"]
    with pytest.raises(Forbidden):
        accept(house.ctx("approver", TODAY), case_id, on=TODAY, expected_version=None)
    with pytest.raises(NotLawfulNow):
        end_stand_in(house.ctx("clerk", TODAY), made)
    assert get_stand_in(house.session, house.cast.clerk, made).state_on(TODAY) is StandInState.ENDED


def test_after_the_last_day_there_is_nothing_to_end(house: House) -> None:
    made = house.name()
    end_late = house.ctx("clerk", LAST + timedelta(1))
    with pytest.raises(NotLawfulNow):
        end_stand_in(end_late, made)
    end_stand_in(house.ctx("disclosure_head", LAST), made)


def test_the_stand_in_may_not_end_it_and_a_stranger_does_not_see_it(house: House) -> None:
    made = house.name()
    with pytest.raises(Forbidden):
        end_stand_in(house.ctx("second_clerk", FIRST), made)
    for part in ("colleague", "approver", "auditor"):
        with pytest.raises(NotFound):
            end_stand_in(house.ctx(part, FIRST), made)
        with pytest.raises(NotFound):
            get_stand_in(house.session, house.cast.actors[part], made)
    end_stand_in(house.ctx("administrator", FIRST), made)


def test_a_role_taken_away_lends_nothing_any_more(house: House, session: Session) -> None:
    house.case()
    house.name("approver", first=TODAY)
    house.sweep(TODAY)
    session.execute(RoleHolding.__table__.delete().where(RoleHolding.account_id == house.id("clerk")))
    session.commit()
    assert not house.person("approver", TODAY).standing_in
    house.sweep(TODAY)
    assert house.told("approver") == ["stand_in_named"]


# who may arrange, and what is refused


@pytest.mark.parametrize("by", ["clerk", "disclosure_head", "administrator"])
def test_oneself_the_head_and_the_administrator_arrange(house: House, by: str) -> None:
    house.name(by=by)
    assert ("stand_in_named" in house.told("clerk")) is (by != "clerk")
    assert house.told("second_clerk") == ["stand_in_named"]


@pytest.mark.parametrize("by", ["second_clerk", "approver", "colleague", "supervisor", "auditor", "stranger"])
def test_nobody_else_does(house: House, by: str) -> None:
    with pytest.raises(Forbidden):
        house.name(by=by)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (FIRST - timedelta(1), FIRST - timedelta(1), False),
        (FIRST - timedelta(1), FIRST, True),
        (FIRST + timedelta(1), LAST - timedelta(1), True),
        (LAST, LAST + timedelta(3), True),
        (LAST + timedelta(1), LAST + timedelta(3), False),
        (FIRST - timedelta(1), LAST + timedelta(1), True),
    ],
)
def test_two_periods_of_one_person_share_no_day(house: House, first: date, last: date, refused: bool) -> None:
    house.name()
    if refused:
        said = faults(lambda: house.name("approver", first=first, last=last))
        assert set(said) == {"from_on"} and "不能重叠" in said["from_on"]
    else:
        house.name("approver", first=first, last=last)


def test_what_was_ended_is_in_nobodys_way(house: House) -> None:
    end_stand_in(house.ctx("clerk", TODAY), house.name())
    house.name("approver")


def test_a_stand_in_who_is_away_too_is_refused(house: House) -> None:
    house.name("approver", away="second_clerk", by="second_clerk")
    assert "自己也不在岗" in faults(house.name)["stand_in_id"]
    house.name(first=LAST + timedelta(1), last=LAST + timedelta(1))


def test_who_stands_in_for_somebody_may_not_be_away(house: House) -> None:
    house.name()
    said = faults(lambda: house.name("approver", away="second_clerk", by="second_clerk"))
    assert "正替他人代岗" in said["away_id"]


def test_people_who_cannot_stand_in(house: House, session: Session) -> None:
    assert "不在本机关任职" in faults(lambda: house.name("colleague"))["stand_in_id"]
    assert "不能由本人代岗" in faults(lambda: house.name("clerk"))["stand_in_id"]
    assert "不在本机关任职" in faults(lambda: house.name("supervisor"))["stand_in_id"]
    second = session.get_one(Account, house.id("second_clerk"))
    now = datetime.combine(TODAY, time(2), UTC)
    second.locked_until_at = now + timedelta(minutes=10)
    session.commit()
    assert "暂时锁定" in faults(house.name)["stand_in_id"]
    second.locked_until_at = now - timedelta(minutes=10)
    session.commit()
    house.name(first=LAST + timedelta(9), last=LAST + timedelta(9))
    second.active = False
    session.commit()
    assert "已停用" in faults(house.name)["stand_in_id"]
    session.rollback()
    assert "请选择" in faults(lambda: house.name("approver", away="colleague", by="administrator"))["away_id"]


def test_nothing_is_arranged_for_the_past(house: House) -> None:
    assert set(faults(lambda: house.name(first=TODAY - timedelta(1)))) == {"from_on"}
    assert set(faults(lambda: house.name(first=LAST, last=FIRST))) == {"to_on"}


# lists


def test_the_work_list_shows_the_cases_of_the_person_away(house: House, session: Session) -> None:
    case_id, free = house.case(), house.case(serial=2, handler="second_clerk")
    house.name("approver")
    calendar = current_calendar(session)
    for day, expected in ((FIRST - timedelta(1), {}), (FIRST, {case_id: True}), (LAST + timedelta(1), {})):
        found = workbench(session, house.person("approver", day), WorkFilter(), calendar, day)
        assert {row.case.id: row.stood_in for row in found.page.rows} == expected
    second = workbench(session, house.person("second_clerk", FIRST), WorkFilter(), calendar, FIRST)
    assert {row.case.id: row.stood_in for row in second.page.rows} == {free: False}
    waiting = WorkFilter(group=Group.WAITING)
    assert workbench(session, house.person("approver", FIRST), waiting, calendar, FIRST).page.rows == []


def test_lists_and_the_organs_one_arranges_for(house: House, session: Session) -> None:
    made = house.name()
    session.rollback()
    for part in ("clerk", "second_clerk", "disclosure_head", "administrator"):
        actor = house.cast.actors[part]
        assert [facts.id for facts in list_stand_ins(session, actor, LAST)] == [made]
        assert list_past_stand_ins(session, actor, LAST) == []
        assert list_stand_ins(session, actor, LAST + timedelta(1)) == []
        assert [facts.id for facts in list_past_stand_ins(session, actor, LAST + timedelta(1))] == [made]
    for part in ("approver", "colleague", "supervisor", "stranger"):
        assert list_stand_ins(session, house.cast.actors[part], FIRST) == []
    assert [name for _, name in list_organs_to_arrange(session, house.cast.clerk)] == ["椒江区民政局"]
    assert len(list_organs_to_arrange(session, house.cast.administrator)) == 3
    assert list_organs_to_arrange(session, house.cast.supervisor) == []
