"""Sign-off, dispatch and the desks letters wait at: frozen texts, numbers without gaps, dates in their order."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.letters import PETITION
from tests.factories.reviews import approve
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import TODAY, Office
from tracker.adapters.shipped_letters import read_shipped_letters
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.case_log import DispatchWay
from tracker.domain.errors import Conflict, Invalid, Missing, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.domain.letter_document import LetterDocument
from tracker.models import Attachment, Case
from tracker.queries.letters import (
    list_to_deliver,
    list_to_dispatch,
    list_to_review,
    list_to_sign,
)
from tracker.services.dispatch import Delivery, dispatch, record_delivery, record_returned_mail
from tracker.services.legal_review import submit
from tracker.services.letters import save_draft
from tracker.services.numbers import last_number
from tracker.services.rendering import render_pending
from tracker.services.sign_off import seal, sign_off
from tracker.services.templates import load_shipped_templates


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


# sign-off


def test_numbers_have_no_gaps_when_a_sign_off_fails(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = office.approved(office.case(serial=1)), office.approved(office.case(serial=2))
    office.renderer.lacking = "张"
    with pytest.raises(Missing, match="字体中没有的字"):
        sign_off(office.ctx(office.cast.approver), first, expected_version=None)
    assert last_number(office.session, office.cast.organ_ids["MZJ"], "letter:reply", 2026) == 0
    office.renderer.lacking = ""
    with pytest.raises(Conflict):
        sign_off(office.ctx(office.cast.approver), first, expected_version=999)
    numbers = [
        sign_off(office.ctx(office.cast.approver), x, expected_version=None).number for x in (second, first)
    ]
    assert numbers == ["椒民公开〔2026〕1号", "椒民公开〔2026〕2号"]


def test_a_signed_reply_cannot_be_signed_or_edited_again(office: Office) -> None:
    case_id = office.case()
    letter_id = office.signed(case_id)
    with pytest.raises(NotLawfulNow):
        sign_off(office.ctx(office.cast.approver), letter_id, expected_version=None)
    with pytest.raises(NotLawfulNow):
        save_draft(office.clerk, case_id, PETITION, letter_id=letter_id, expected_version=None)


def test_a_new_wording_leaves_issued_letters_as_they_are(office: Office) -> None:
    letter_id = office.signed(office.case())
    before = office.letter(letter_id)
    frozen, version = dict(before.issued_content or {}), before.template_version_id
    changed = read_shipped_letters()
    changed["disclosed"] = changed["disclosed"].replace("本机关予以公开", "本机关决定予以公开")
    assert load_shipped_templates(office.clerk, changed) == 1
    after = office.letter(letter_id)
    assert (after.issued_content, after.template_version_id) == (frozen, version)
    text = LetterDocument.from_data(office.letter(office.draft(office.case(serial=2))).content).text()
    assert "本机关决定予以公开" in text


def test_loading_the_shipped_wording_twice_adds_nothing(office: Office) -> None:
    assert load_shipped_templates(office.clerk) == len(read_shipped_letters())
    assert load_shipped_templates(office.clerk) == 0


def test_files_are_made_after_the_commit_and_again_until_they_are(office: Office) -> None:
    letter_id = office.approved(office.case())
    office.renderer.failing = True
    sign_off(office.ctx(office.cast.approver), letter_id, expected_version=None)
    letter = office.letter(letter_id)
    assert letter.status == "signed" and letter.rendered_at is None
    assert letter.render_attempts == 1 and letter.render_error
    office.renderer.failing = False
    assert render_pending(office.clerk) == 1
    assert render_pending(office.clerk) == 0
    letter = office.letter(letter_id)
    assert letter.rendered_at is not None and letter.render_error is None
    kinds = set(office.session.scalars(select(Attachment.kind).where(Attachment.letter_id == letter_id)))
    assert kinds == {FileKind.LETTER_PDF, FileKind.LETTER_DOCX}


# dispatch


def test_nothing_is_posted_before_it_is_sealed_nor_before_its_date(office: Office) -> None:
    letter_id = office.signed(office.case())
    posting = {"way": DispatchWay.POST, "mail_number": "EX1", "expected_version": None}
    with pytest.raises(NotLawfulNow):
        dispatch(office.clerk, letter_id, on=TODAY, **posting)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        seal(office.clerk, letter_id, on=date(2026, 11, 20), expected_version=None)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    for day in (date(2026, 11, 20), date(2026, 11, 24)):
        with pytest.raises(Invalid):
            dispatch(office.clerk, letter_id, on=day, **posting)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="更正"):
        dispatch(office.clerk, letter_id, way=DispatchWay.POST, on=TODAY, expected_version=None)


def test_by_hand_the_signature_stops_the_clock(office: Office) -> None:
    """国办公开办函〔2016〕235号"""
    case_id = office.case()
    letter_id = office.signed(case_id)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    dispatch(office.clerk, letter_id, way=DispatchWay.HAND, on=TODAY, expected_version=None)
    office.session.expire_all()
    assert office.session.get_one(Case, case_id).stopped_on is None
    office.today = date(2026, 11, 24)
    record_delivery(
        office.clerk, letter_id, delivery=Delivery(date(2026, 11, 24), "张三"), expected_version=None
    )
    office.session.expire_all()
    assert office.session.get_one(Case, case_id).stopped_on == date(2026, 11, 24)


def test_returned_mail_may_be_sent_again_and_the_first_posting_counts(office: Office) -> None:
    case_id = office.case()
    letter_id = office.signed(case_id)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    dispatch(
        office.clerk, letter_id, way=DispatchWay.POST, on=TODAY, mail_number="EX1", expected_version=None
    )
    with pytest.raises(NotLawfulNow):
        dispatch(
            office.clerk, letter_id, way=DispatchWay.POST, on=TODAY, mail_number="EX2", expected_version=None
        )
    office.today = date(2026, 11, 26)
    record_returned_mail(office.clerk, letter_id, on=office.today, why="查无此人", expected_version=None)
    dispatch(
        office.clerk,
        letter_id,
        way=DispatchWay.POST,
        on=office.today,
        mail_number="EX2",
        expected_version=None,
    )
    office.session.expire_all()
    case = office.session.get_one(Case, case_id)
    assert case.stopped_on == TODAY and case.stage == "dispatched"
    record_delivery(office.clerk, letter_id, delivery=Delivery(office.today), expected_version=None)
    assert office.stage(case_id) == "delivered"


# queues


def test_each_queue_shows_what_waits_for_that_desk(office: Office) -> None:
    case_id = office.case()
    letter_id = office.draft(case_id)
    people = office.cast
    assert not list_to_review(office.session, people.legal_advisor, TODAY)
    submit(office.clerk, letter_id, expected_version=None)
    (waiting,) = list_to_review(office.session, people.legal_advisor, TODAY)
    assert (waiting.letter_id, waiting.case.id, waiting.case.remaining) == (letter_id, case_id, 10)
    assert not list_to_review(office.session, people.colleague, TODAY)
    approve(office.ctx(people.legal_advisor), letter_id)
    assert [w.letter_id for w in list_to_sign(office.session, people.approver, TODAY)] == [letter_id]
    sign_off(office.ctx(people.approver), letter_id, expected_version=None)
    assert [w.letter_id for w in list_to_dispatch(office.session, people.clerk, TODAY)] == [letter_id]
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    dispatch(office.clerk, letter_id, way=DispatchWay.PORTAL, on=TODAY, expected_version=None)
    assert not list_to_dispatch(office.session, people.clerk, TODAY)
    assert [w.letter_id for w in list_to_deliver(office.session, people.clerk, TODAY)] == [letter_id]
