"""修改登记信息: overwritten beside the log, told in the log without personal data, and the chain stays whole."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import Office
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.amendments import Amendable
from tracker.domain.case_log import DispatchWay, EntryType
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.models import Applicant, Case, CaseItem, EntryText, StoredEntry
from tracker.queries.remarks import remark_of
from tracker.services.amendments import amend
from tracker.services.context import Context
from tracker.services.dispatch import dispatch
from tracker.services.facts import correct_fact
from tracker.services.row_changes import change_row
from tracker.services.sign_off import seal
from tracker.services.verification import verify_clocks

OLD, NEW = "13800000000", "13900000000"


@pytest.fixture
def case_id(ctx_for: ContextFor, cast: Cast, session: Session) -> int:
    ctx = ctx_for(cast.clerk)
    made = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 9))
    cipher = ctx.adapters.cipher
    person = Applicant(
        case_id=made,
        position=1,
        capacity="applicant",
        name="王晓敏",
        legal_kind="citizen",
        report_kind="natural_person",
        identity_type="none",
        phone_cipher=cipher.seal(OLD),
        phone_hash=cipher.fingerprint(OLD),
    )
    session.add_all([person, CaseItem(case_id=made, position=1, description="旧", grounds={})])
    session.commit()
    return made


@pytest.fixture
def clerk(ctx_for: ContextFor, cast: Cast) -> Context:
    return ctx_for(cast.clerk)


def entries(session: Session, case_id: int) -> list[tuple[dict[str, object], str | None]]:
    session.rollback()
    rows = session.execute(
        select(StoredEntry.details, EntryText.text)
        .outerjoin(EntryText, EntryText.id == StoredEntry.text_id)
        .where(StoredEntry.case_id == case_id, StoredEntry.type == str(EntryType.REGISTRATION_AMENDED))
        .order_by(StoredEntry.seq)
    )
    return [(details, text) for details, text in rows]


def test_a_telephone_is_sealed_found_again_and_not_in_the_log(
    clerk: Context, session: Session, case_id: int
) -> None:
    amend(clerk, case_id, {Amendable.PHONE: NEW}, expected_version=None)
    assert entries(session, case_id) == [({"what": "phone"}, None)]
    person = session.scalars(select(Applicant)).one()
    cipher = clerk.adapters.cipher
    assert cipher.open(person.phone_cipher or b"") == NEW
    assert person.phone_hash == cipher.fingerprint(NEW)
    assert person.phone_tail_hash == cipher.fingerprint("0000")


def test_the_old_request_stays_readable(clerk: Context, session: Session, case_id: int) -> None:
    before = session.get_one(Case, case_id).description
    amend(clerk, case_id, {Amendable.DESCRIPTION: "新的内容"}, expected_version=None)
    assert entries(session, case_id) == [({"what": "description"}, before)]
    assert session.get_one(Case, case_id).description == "新的内容"
    assert session.scalars(select(CaseItem.description)).all() == ["新的内容"]


def test_a_request_in_items_is_not_overwritten_as_a_whole(
    clerk: Context, session: Session, case_id: int
) -> None:
    session.add(CaseItem(case_id=case_id, position=2, description="另一项", grounds={}))
    session.commit()
    with pytest.raises(Invalid):
        amend(clerk, case_id, {Amendable.DESCRIPTION: "新的内容"}, expected_version=None)
    assert entries(session, case_id) == []


def test_the_last_remark_stands_and_may_be_emptied(clerk: Context, session: Session, case_id: int) -> None:
    for text in ("一", "二", "二"):
        amend(clerk, case_id, {Amendable.REMARK: text}, expected_version=None)
    assert remark_of(session, case_id) == "二"
    assert len(entries(session, case_id)) == 2, "the same again is no change"
    amend(clerk, case_id, {Amendable.REMARK: ""}, expected_version=None)
    assert remark_of(session, case_id) == ""


def test_one_bad_value_keeps_all_of_them_back(clerk: Context, session: Session, case_id: int) -> None:
    changes = {Amendable.REMARK: "好", Amendable.SUPPLY_WAY: "飞鸽"}
    with pytest.raises(Invalid) as told:
        amend(clerk, case_id, changes, expected_version=None)
    assert list(told.value.fields) == ["supply_way"]
    assert entries(session, case_id) == []


def test_a_row_is_one_transaction(clerk: Context, session: Session, case_id: int) -> None:
    with pytest.raises(Invalid):
        change_row(clerk, case_id, {"remark": "好", "handler": "查无此人"}, expected_version=None)
    assert entries(session, case_id) == []
    version = change_row(clerk, case_id, {"remark": "好", "handler": "林涛"}, expected_version=None)
    session.rollback()
    case = session.get_one(Case, case_id)
    assert (case.version_id, case.handler_name) == (version, "林涛")
    assert list(verify_clocks(session, clerk.today)) == []


def test_who_may_not(ctx_for: ContextFor, cast: Cast, session: Session, case_id: int) -> None:
    for person, refusal in (
        (cast.supervisor, Forbidden),
        (cast.approver, Forbidden),
        (cast.colleague, NotFound),
    ):
        with pytest.raises(refusal):
            change_row(ctx_for(person), case_id, {"remark": "x"}, expected_version=None)
    with pytest.raises(Conflict):
        change_row(ctx_for(cast.clerk), case_id, {"remark": "x"}, expected_version=999)
    assert entries(session, case_id) == []


def test_an_amendment_is_no_fact_to_correct(
    ctx_for: ContextFor, cast: Cast, clerk: Context, session: Session, case_id: int
) -> None:
    amend(clerk, case_id, {Amendable.REMARK: "一"}, expected_version=None)
    with pytest.raises(NotLawfulNow):
        correct_fact(
            ctx_for(cast.disclosure_head), case_id, seq=3, void=True, reason="误", expected_version=None
        )


def test_the_number_of_the_mail_is_the_posted_replys(
    ctx_for: ContextFor, cast: Cast, session: Session
) -> None:
    office = Office(cast, session, ctx_for, MemoryRenderer())
    made = office.case()
    letter_id = office.signed(made)
    seal(office.clerk, letter_id, on=office.today, expected_version=None)
    dispatch(
        office.clerk,
        letter_id,
        way=DispatchWay.POST,
        on=office.today,
        mail_number="XA1",
        expected_version=None,
    )
    amend(office.clerk, made, {Amendable.MAIL_NUMBER: "xa 2"}, expected_version=None)
    [(details, text)] = entries(session, made)
    assert (details["was"], details["now"], text) == ("XA1", "XA2", None)
    assert office.letter(letter_id).dispatches[0].mail_number == "XA2"
