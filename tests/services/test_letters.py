"""From the draft to the proof of delivery: duties divided, texts bound by their hash, numbers without gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.letters import DISCLOSED, NOT_EXISTING, PETITION, case_in_hand, with_twin
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.shipped_letters import read_shipped_letters
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.actors import Actor
from tracker.domain.case_log import DispatchWay
from tracker.domain.errors import Conflict, Forbidden, Invalid, Missing, NotFound, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.domain.letter_document import LetterDocument
from tracker.models import Attachment, Case, CaseItem, LegalReview, Letter, Organ, StoredEntry
from tracker.queries.letters import (
    get_letter,
    list_to_deliver,
    list_to_dispatch,
    list_to_review,
    list_to_sign,
)
from tracker.services.attachments import Upload
from tracker.services.context import Context
from tracker.services.dispatch import Delivery, dispatch, record_delivery, record_returned_mail
from tracker.services.legal_review import (
    PaperApproval,
    Step,
    Verdict,
    record_paper_approval,
    return_from_sign_off,
    review,
    submit,
)
from tracker.services.letters import Draft, DraftPart, save_draft
from tracker.services.numbers import last_number
from tracker.services.rendering import render_pending
from tracker.services.sign_off import seal, sign_off
from tracker.services.templates import load_shipped_templates

TODAY = date(2026, 11, 23)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Office:
    """The people of 区民政局 at their desks on one day, with the typesetter's twin."""

    cast: Cast
    session: Session
    contexts: ContextFor
    renderer: MemoryRenderer
    today: date = TODAY

    def ctx(self, person: Actor) -> Context:
        made, twin = with_twin(self.contexts(person, self.today))
        return replace(made, adapters=replace(made.adapters, renderer=self.renderer))

    @property
    def clerk(self) -> Context:
        return self.ctx(self.cast.clerk)

    def case(self, **given: object) -> int:
        return case_in_hand(self.clerk, self.cast.organ_ids["MZJ"], **given)  # type: ignore[arg-type]

    def draft(self, case_id: int, draft: Draft = DISCLOSED) -> int:
        return save_draft(self.clerk, case_id, draft, letter_id=None, expected_version=None).letter_id

    def approved(self, case_id: int, draft: Draft = DISCLOSED) -> int:
        letter_id = self.draft(case_id, draft)
        submit(self.clerk, letter_id, expected_version=None)
        review(
            self.ctx(self.cast.legal_advisor),
            letter_id,
            verdict=Verdict.APPROVED,
            opinion="同意",
            expected_version=None,
        )
        return letter_id

    def signed(self, case_id: int, draft: Draft = DISCLOSED) -> int:
        letter_id = self.approved(case_id, draft)
        sign_off(self.ctx(self.cast.approver), letter_id, expected_version=None)
        return letter_id

    def letter(self, letter_id: int) -> Letter:
        self.session.expire_all()
        return self.session.get_one(Letter, letter_id)

    def stage(self, case_id: int) -> str:
        self.session.expire_all()
        return self.session.get_one(Case, case_id).stage


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


def test_the_whole_way_of_a_reply(office: Office) -> None:
    case_id = office.case()
    letter_id = office.draft(case_id)
    assert office.stage(case_id) == "drafting"
    assert submit(office.clerk, letter_id, expected_version=None) is True
    assert office.stage(case_id) == "under_review"
    advisor, approver = office.ctx(office.cast.legal_advisor), office.ctx(office.cast.approver)
    review(advisor, letter_id, verdict=Verdict.APPROVED, opinion="同意", expected_version=None)
    assert office.stage(case_id) == "approved"
    issued = sign_off(approver, letter_id, expected_version=None)
    assert issued.number == "椒民公开〔2026〕1号"
    assert office.stage(case_id) == "signed"
    assert office.session.get_one(Case, case_id).disposition == "disclosed"
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    dispatch(
        office.clerk,
        letter_id,
        way=DispatchWay.POST,
        on=TODAY,
        mail_number="ex951202720cn",
        expected_version=None,
    )
    case = office.session.get_one(Case, case_id)
    assert (case.stage, case.stopped_on, case.on_time) == ("dispatched", TODAY, True)
    proof = Upload("回执.pdf", PDF)
    record_delivery(office.clerk, letter_id, delivery=Delivery(TODAY, "张三", proof), expected_version=None)
    assert office.stage(case_id) == "delivered"
    sent = office.letter(letter_id).dispatches[0]
    assert sent.mail_number == "EX951202720CN" and sent.proof_attachment_id is not None


def test_the_issued_text_says_number_day_and_organ(office: Office) -> None:
    letter = office.letter(office.signed(office.case()))
    assert letter.issued_content is not None
    document = LetterDocument.from_data(letter.issued_content)
    assert (document.slots.number, document.slots.date, document.slots.seal) == (
        "椒民公开〔2026〕1号",
        "2026年11月23日",
        "椒江区民政局",
    )
    assert letter.issued_hash == document.digest()
    assert "张三：" in document.text() and "2026年11月9日" in document.text()


# drafting


def test_an_unfinished_draft_is_kept_and_names_its_gaps(office: Office) -> None:
    case_id = office.case()
    draft = Draft((DraftPart("refused_process", grounds={"process_kind": "讨论记录"}),))
    saved = save_draft(office.clerk, case_id, draft, letter_id=None, expected_version=None)
    assert saved.missing == ("不予公开的理由",)
    assert "待填写" in LetterDocument.from_data(office.letter(saved.letter_id).content).text()
    with pytest.raises(Missing) as caught:
        submit(office.clerk, saved.letter_id, expected_version=None)
    assert caught.value.facts == ("不予公开的理由",)


def test_nothing_is_disclosed_before_its_secrecy_review(office: Office) -> None:
    """条例第十七条"""
    letter_id = office.draft(office.case(secrecy=False))
    with pytest.raises(Missing, match="保密审查"):
        submit(office.clerk, letter_id, expected_version=None)


def test_not_existing_needs_its_search_record(office: Office) -> None:
    """指导案例101号"""
    letter_id = office.draft(office.case(), NOT_EXISTING)
    with pytest.raises(Missing, match="检索记录"):
        submit(office.clerk, letter_id, expected_version=None)


def test_a_refusal_for_third_parties_needs_their_consultation(office: Office) -> None:
    """第三十二条"""
    grounds = {
        "third_party_kind": "个人隐私",
        "third_party_answer": "不同意公开且理由合理",
        "refusal_reason": "理由",
    }
    letter_id = office.draft(office.case(), Draft((DraftPart("refused_third_party", grounds=grounds),)))
    with pytest.raises(Missing, match="征求第三方意见"):
        submit(office.clerk, letter_id, expected_version=None)


def test_without_reviewing_organ_and_court_no_reply_goes_on(office: Office) -> None:
    case_id = office.case()
    organ = office.session.get_one(Organ, office.cast.organ_ids["MZJ"])
    organ.reviewing_organ = organ.court = None
    office.session.commit()
    letter_id = office.draft(case_id)
    with pytest.raises(Missing) as caught:
        submit(office.clerk, letter_id, expected_version=None)
    assert any("行政复议机关" in fact for fact in caught.value.facts)


def test_items_answered_differently_count_once_as_partly_disclosed(office: Office) -> None:
    case_id = office.case()
    draft = Draft(
        (
            replace(DISCLOSED.parts[0], item="发放汇总表"),
            DraftPart("petition", "对发放标准的投诉", {"proper_channel": "12345政务服务便民热线"}),
        )
    )
    letter_id = office.signed(case_id, draft)
    assert office.session.get_one(Case, case_id).disposition == "partly_disclosed"
    items = office.session.scalars(select(CaseItem).order_by(CaseItem.position)).all()
    assert [(i.description, i.disposition) for i in items] == [
        ("发放汇总表", "disclosed"),
        ("对发放标准的投诉", "petition"),
    ]
    text = LetterDocument.from_data(office.letter(letter_id).issued_content or {}).text()
    assert "一、关于“发放汇总表”" in text and "二、关于“对发放标准的投诉”" in text


def test_two_editors_meet_as_a_conflict(office: Office) -> None:
    case_id = office.case()
    letter_id = office.draft(case_id)
    version = office.letter(letter_id).version_id
    other = office.ctx(office.cast.second_clerk)
    save_draft(other, case_id, PETITION, letter_id=letter_id, expected_version=version)
    with pytest.raises(Conflict):
        save_draft(office.clerk, case_id, DISCLOSED, letter_id=letter_id, expected_version=version)
    assert office.letter(letter_id).values["parts"][0]["template"] == "petition"


def test_a_case_has_one_reply_in_hand(office: Office) -> None:
    case_id = office.case()
    office.draft(case_id)
    with pytest.raises(Conflict):
        save_draft(office.clerk, case_id, PETITION, letter_id=None, expected_version=None)


@pytest.mark.parametrize(
    "draft",
    [Draft(()), Draft((DraftPart("no_such"),)), Draft((DraftPart("partly_disclosed"),))],
    ids=["nothing", "unknown", "partly without ground"],
)
def test_a_draft_needs_outcomes_of_the_table(office: Office, draft: Draft) -> None:
    with pytest.raises(Invalid):
        save_draft(office.clerk, office.case(), draft, letter_id=None, expected_version=None)


def test_strangers_see_no_letter_and_neighbours_neither(office: Office) -> None:
    letter_id = office.draft(office.case())
    for person in (office.cast.stranger, office.cast.colleague):
        with pytest.raises(NotFound):
            get_letter(office.session, person, letter_id)
    with pytest.raises(Forbidden):
        save_draft(
            office.ctx(office.cast.approver),
            office.letter(letter_id).case_id or 0,
            PETITION,
            letter_id=letter_id,
            expected_version=None,
        )


# review


def test_who_drafts_does_not_review_or_sign(office: Office) -> None:
    case_id = case_in_hand(office.ctx(office.cast.one_person), office.cast.organ_ids["HMJ"])
    one = office.ctx(office.cast.one_person)
    letter_id = save_draft(one, case_id, DISCLOSED, letter_id=None, expected_version=None).letter_id
    submit(one, letter_id, expected_version=None)
    with pytest.raises(Forbidden):
        review(one, letter_id, verdict=Verdict.APPROVED, opinion="", expected_version=None)
    review(
        office.ctx(office.cast.legal_advisor),
        letter_id,
        verdict=Verdict.APPROVED,
        opinion="",
        expected_version=None,
    )
    with pytest.raises(Forbidden, match="起草人"):
        sign_off(one, letter_id, expected_version=None)


def test_in_a_one_person_office_the_paper_sheet_stands_in_named_and_logged(office: Office) -> None:
    one = office.ctx(office.cast.one_person)
    case_id = case_in_hand(one, office.cast.organ_ids["HMJ"])
    letter_id = save_draft(one, case_id, DISCLOSED, letter_id=None, expected_version=None).letter_id
    submit(one, letter_id, expected_version=None)
    review(
        office.ctx(office.cast.legal_advisor),
        letter_id,
        verdict=Verdict.APPROVED,
        opinion="",
        expected_version=None,
    )
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
        review(advisor, letter_id, verdict=Verdict.RETURNED, opinion=" ", expected_version=None)
    review(advisor, letter_id, verdict=Verdict.RETURNED, opinion="请补充理由", expected_version=None)
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
        review(
            office.ctx(office.cast.legal_advisor),
            letter_id,
            verdict=Verdict.APPROVED,
            opinion="",
            expected_version=seen,
        )


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
    review(
        office.ctx(people.legal_advisor),
        letter_id,
        verdict=Verdict.APPROVED,
        opinion="",
        expected_version=None,
    )
    assert [w.letter_id for w in list_to_sign(office.session, people.approver, TODAY)] == [letter_id]
    sign_off(office.ctx(people.approver), letter_id, expected_version=None)
    assert [w.letter_id for w in list_to_dispatch(office.session, people.clerk, TODAY)] == [letter_id]
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    dispatch(office.clerk, letter_id, way=DispatchWay.PORTAL, on=TODAY, expected_version=None)
    assert not list_to_dispatch(office.session, people.clerk, TODAY)
    assert [w.letter_id for w in list_to_deliver(office.session, people.clerk, TODAY)] == [letter_id]
