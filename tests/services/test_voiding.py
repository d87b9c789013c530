"""作废: the number stays taken with its reason, the case goes back to drafting, the clock runs on."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import TODAY, Office
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.case_log import DispatchWay
from tracker.domain.errors import Forbidden, Invalid, NotLawfulNow
from tracker.models import Case, StoredEntry
from tracker.queries.letters import list_to_dispatch
from tracker.services.correction import request_correction
from tracker.services.dispatch import dispatch
from tracker.services.letter_acts import LetterAct, letter_acts
from tracker.services.letters import find_voided_reply
from tracker.services.sign_off import seal, sign_off
from tracker.services.standalone_documents import make_document
from tracker.services.voiding import void_letter


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


def test_a_voided_reply_keeps_its_number_and_is_drafted_anew(office: Office) -> None:
    case_id = office.case()
    letter_id = office.signed(case_id)
    approver = office.ctx(office.cast.approver)
    due = office.session.get_one(Case, case_id).clocks[0].due_on
    void_letter(approver, letter_id, reason="附件页数写错", expected_version=None)
    letter = office.letter(letter_id)
    assert (letter.status, letter.number, letter.void_reason) == (
        "voided",
        "椒民公开〔2026〕1号",
        "附件页数写错",
    )
    assert letter.voided_on == TODAY and letter.voided_by_id == office.cast.approver.account_id
    case = office.session.get_one(Case, case_id)
    assert (case.stage, case.disposition, case.stopped_on) == ("processing", None, None)
    assert case.clocks[0].due_on == due
    assert not list_to_dispatch(office.session, office.cast.clerk, TODAY)
    found = find_voided_reply(office.clerk, case)
    assert found is not None and found.id == letter_id
    again = office.approved(case_id)
    assert sign_off(approver, again, expected_version=None).number == "椒民公开〔2026〕2号"
    assert find_voided_reply(office.clerk, case) is None
    types = office.session.scalars(select(StoredEntry.type).order_by(StoredEntry.seq)).all()
    assert types.count("reply_voided") == 1 and office.stage(case_id) == "signed"


def test_a_seal_on_a_voided_reply_is_none_on_the_next(office: Office) -> None:
    case_id = office.case()
    letter_id = office.signed(case_id)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    void_letter(office.ctx(office.cast.approver), letter_id, reason="更换依据", expected_version=None)
    again = office.signed(case_id)
    posting = {"way": DispatchWay.POST, "mail_number": "EX1", "expected_version": None}
    with pytest.raises(NotLawfulNow):
        dispatch(office.clerk, again, on=TODAY, **posting)  # type: ignore[arg-type]


def test_a_notice_of_its_own_is_voided_by_the_clerk_and_moves_nothing(office: Office) -> None:
    case_id = office.case()
    made = make_document(office.clerk, case_id, "receipt", {}, expected_version=None)
    void_letter(office.clerk, made.letter_id, reason="渠道写错", expected_version=None)
    assert office.letter(made.letter_id).status == "voided" and office.stage(case_id) == "processing"
    assert make_document(office.clerk, case_id, "receipt", {}, expected_version=None).number.endswith("2号")


def test_what_left_the_organ_or_moved_the_clock_is_not_voided(office: Office) -> None:
    case_id = office.case()
    letter_id = office.signed(case_id)
    approver = office.ctx(office.cast.approver)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    dispatch(office.clerk, letter_id, way=DispatchWay.PORTAL, on=TODAY, expected_version=None)
    with pytest.raises(NotLawfulNow):
        void_letter(approver, letter_id, reason="写错", expected_version=None)
    other = office.case(serial=2)
    request_correction(
        office.clerk,
        other,
        on=TODAY,
        items="写明年度。",
        guidance="",
        answer_due_on=date(2026, 12, 4),
        expected_version=None,
        reason="补记",
    )
    office.session.expire_all()
    asked = office.session.scalars(
        select(StoredEntry).where(StoredEntry.type == "correction_requested")
    ).one()
    with pytest.raises(NotLawfulNow):
        void_letter(office.clerk, asked.details["letter_id"], reason="写错", expected_version=None)


def test_a_reason_and_the_right_hand_are_needed(office: Office) -> None:
    case_id = office.case()
    letter_id = office.signed(case_id)
    approver = office.ctx(office.cast.approver)
    for reason in ("", " \n", "长" * 501):
        with pytest.raises(Invalid):
            void_letter(approver, letter_id, reason=reason, expected_version=None)
    with pytest.raises(Forbidden):
        void_letter(office.clerk, letter_id, reason="写错", expected_version=None)
    case, letter = office.session.get_one(Case, case_id), office.letter(letter_id)
    assert LetterAct.VOID in letter_acts(approver, case, letter)
    assert LetterAct.VOID not in letter_acts(office.clerk, case, letter)
