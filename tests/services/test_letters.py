"""Drafting: what is answered to each item, and what a reply still lacks; the whole way in one test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.letters import DISCLOSED, NOT_EXISTING, PETITION
from tests.factories.reviews import approve
from tests.letter_samples import TEMPLATES
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import PDF, TODAY, Office
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.case_log import DispatchWay
from tracker.domain.dispositions import VARIANT_OF, Need, missing_needs, needs_of
from tracker.domain.errors import Conflict, Forbidden, Invalid, Missing, NotFound
from tracker.domain.letter_document import LetterDocument
from tracker.domain.merge_fields import FIELDS, Source
from tracker.models import Case, CaseItem, Organ
from tracker.queries.letters import (
    get_letter,
)
from tracker.services.attachments import Upload
from tracker.services.dispatch import Delivery, dispatch, record_delivery
from tracker.services.legal_review import submit
from tracker.services.letters import Draft, DraftPart, save_draft
from tracker.services.sign_off import seal, sign_off


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
    approve(advisor, letter_id)
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


@pytest.mark.parametrize("key", [k for k in VARIANT_OF if k != "partly_disclosed"])
def test_no_reply_is_submitted_before_its_work_is_on_record(office: Office, key: str) -> None:
    """第十七条、第三十条、第三十二条、第三十五条、第三十六条第四项、第四十二条：缺什么说什么"""
    organ = office.session.get_one(Organ, office.cast.organ_ids["MZJ"])
    case_id = office.case(secrecy=False)
    organ.court = None
    office.session.commit()
    saved = save_draft(office.clerk, case_id, Draft((DraftPart(key),)), letter_id=None, expected_version=None)
    with pytest.raises(Missing) as caught:
        submit(office.clerk, saved.letter_id, expected_version=None)
    demanded = missing_needs(needs_of([key]), {Need.SEARCH_TASKS_CLOSED})
    grounds = [f for f in TEMPLATES[key].required if FIELDS[f].source in (Source.GROUND, Source.RECORD)]
    assert {*demanded, *(FIELDS[f].label for f in grounds)} <= set(caught.value.facts)
    assert any("法院" in fact for fact in caught.value.facts)
    assert caught.value.facts == saved.missing


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
