"""Review: duties divided, approvals bound to the text that was read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.letters import DISCLOSED, PETITION, case_in_hand
from tests.factories.reviews import approve, send_back
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import PDF, TODAY, Office
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotLawfulNow
from tracker.models import Case, LegalReview, Organ, StoredEntry
from tracker.services.attachments import Upload
from tracker.services.legal_review import (
    PaperApproval,
    Step,
    record_paper_approval,
    return_from_sign_off,
    submit,
)
from tracker.services.letters import save_draft
from tracker.services.sign_off import sign_off


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


def test_who_drafts_does_not_review_or_sign(office: Office) -> None:
    case_id = case_in_hand(office.ctx(office.cast.one_person), office.cast.organ_ids["HMJ"])
    one = office.ctx(office.cast.one_person)
    letter_id = save_draft(one, case_id, DISCLOSED, letter_id=None, expected_version=None).letter_id
    submit(one, letter_id, expected_version=None)
    with pytest.raises(Forbidden):
        approve(one, letter_id)
    approve(office.ctx(office.cast.legal_advisor), letter_id)
    with pytest.raises(Forbidden, match="起草人"):
        sign_off(one, letter_id, expected_version=None)


def test_in_a_one_person_office_the_paper_sheet_stands_in_named_and_logged(office: Office) -> None:
    one = office.ctx(office.cast.one_person)
    case_id = case_in_hand(one, office.cast.organ_ids["HMJ"])
    letter_id = save_draft(one, case_id, DISCLOSED, letter_id=None, expected_version=None).letter_id
    submit(one, letter_id, expected_version=None)
    approve(office.ctx(office.cast.legal_advisor), letter_id)
    paper = PaperApproval("赵主任", TODAY, Upload("呈批单.pdf", PDF))
    record_paper_approval(one, letter_id, step=Step.SIGN_OFF, paper=paper, expected_version=None)
    issued = sign_off(one, letter_id, expected_version=None)
    assert issued.number == "海街公开〔2026〕1号"
    decision = office.session.scalars(select(LegalReview).where(LegalReview.step == "sign_off")).one()
    assert decision.paper_name == "赵主任" and decision.attachment_id is not None
    noted = office.session.scalars(select(StoredEntry).where(StoredEntry.type == "note_added")).one()
    assert noted.named_person is not None and noted.named_person.name == "赵主任"


def test_where_somebody_else_can_decide_paper_does_not_stand_in(office: Office) -> None:
    letter_id = office.approved(office.case())
    paper = PaperApproval("赵主任", TODAY, Upload("呈批单.pdf", PDF))
    with pytest.raises(NotLawfulNow):
        record_paper_approval(office.clerk, letter_id, step=Step.SIGN_OFF, paper=paper, expected_version=None)


def test_an_edit_voids_the_approval(office: Office) -> None:
    case_id = office.case()
    letter_id = office.approved(case_id)
    changed = replace(DISCLOSED, attachments=("汇总表（3页）",))
    saved = save_draft(office.clerk, case_id, changed, letter_id=letter_id, expected_version=None)
    assert saved.approval_voided
    assert office.stage(case_id) == "drafting"
    assert office.letter(letter_id).reviews[0].voided_at is not None
    with pytest.raises(NotLawfulNow):
        sign_off(office.ctx(office.cast.approver), letter_id, expected_version=None)


def test_saving_the_same_text_again_voids_nothing(office: Office) -> None:
    case_id = office.case()
    letter_id = office.approved(case_id)
    saved = save_draft(office.clerk, case_id, DISCLOSED, letter_id=letter_id, expected_version=None)
    assert not saved.approval_voided
    assert office.stage(case_id) == "approved"


def test_facts_that_change_after_the_review_stop_the_sign_off(office: Office) -> None:
    case_id = office.case()
    letter_id = office.approved(case_id)
    office.session.get_one(Case, case_id).description = "另一件事"
    office.session.commit()
    with pytest.raises(NotLawfulNow, match="变化"):
        sign_off(office.ctx(office.cast.approver), letter_id, expected_version=None)


def test_a_return_needs_an_opinion_and_sends_the_draft_back(office: Office) -> None:
    case_id = office.case()
    letter_id = office.draft(case_id)
    submit(office.clerk, letter_id, expected_version=None)
    advisor = office.ctx(office.cast.legal_advisor)
    with pytest.raises(Invalid):
        send_back(advisor, letter_id, " ")
    send_back(advisor, letter_id)
    assert office.stage(case_id) == "returned"
    assert office.letter(letter_id).reviews[0].opinion == "请补充理由"
    submit(office.clerk, letter_id, expected_version=None)
    assert office.stage(case_id) == "under_review"


def test_a_return_at_sign_off_asks_for_a_new_review(office: Office) -> None:
    case_id = office.case()
    letter_id = office.approved(case_id)
    approver = office.ctx(office.cast.approver)
    return_from_sign_off(approver, letter_id, opinion="理由不充分", expected_version=None)
    assert office.stage(case_id) == "returned"
    submit(office.clerk, letter_id, expected_version=None)
    with pytest.raises(NotLawfulNow):
        sign_off(approver, letter_id, expected_version=None)


def test_an_organ_without_review_goes_straight_to_sign_off(office: Office) -> None:
    case_id = office.case()
    office.session.get_one(Organ, office.cast.organ_ids["MZJ"]).review_required = False
    office.session.commit()
    letter_id = office.draft(case_id)
    assert submit(office.clerk, letter_id, expected_version=None) is False
    sign_off(office.ctx(office.cast.approver), letter_id, expected_version=None)
    assert office.stage(case_id) == "signed"


def test_what_was_read_is_what_is_approved(office: Office) -> None:
    case_id = office.case()
    letter_id = office.draft(case_id)
    submit(office.clerk, letter_id, expected_version=None)
    seen = office.letter(letter_id).version_id
    save_draft(office.clerk, case_id, PETITION, letter_id=letter_id, expected_version=None)
    submit(office.clerk, letter_id, expected_version=None)
    with pytest.raises(Conflict):
        approve(office.ctx(office.cast.legal_advisor), letter_id, expected_version=seen)
