"""Documents made from the case: lawful at their stage, told from the record, numbered, in the log; those that decide
are signed by another hand."""

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
from tracker.domain.errors import Forbidden, Invalid, Missing, NotLawfulNow
from tracker.domain.letter_document import BlockKind, LetterDocument
from tracker.domain.standalone_documents import DOCUMENT_OF
from tracker.models import Applicant, Case, Letter, Organ, StoredEntry
from tracker.queries.letters import list_to_dispatch, list_to_sign
from tracker.services.dispatch import dispatch
from tracker.services.document_sign_off import return_document, sign_document
from tracker.services.letter_acts import LetterAct, letter_acts
from tracker.services.search import record_search
from tracker.services.sign_off import seal
from tracker.services.standalone_documents import make_document, offered_documents
from tracker.services.unit_of_work import transaction

TASK = {"party": "区社会救助中心", "task_request": "检索资金发放明细", "task_due_on": "2026年11月27日"}
SUPPLEMENT = {
    "supplement_reason": "答复后又检索到一份材料",
    "disclosed_content": "《补充表》1份",
    "supply_how": "随本答复书邮寄",
}


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


def replied(office: Office, serial: int = 1) -> tuple[int, int]:
    """A case whose reply was posted today, and the reply."""
    case_id = office.case(serial=serial)
    letter_id = office.signed(case_id)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    posted = {"way": DispatchWay.POST, "mail_number": "EX951202720CN", "expected_version": None}
    dispatch(office.clerk, letter_id, on=TODAY, **posted)  # type: ignore[arg-type]
    return case_id, letter_id


def make(office: Office, case_id: int, key: str, facts: dict[str, str] | None = None, **given: int) -> Letter:
    made = make_document(office.clerk, case_id, key, facts or {}, expected_version=None, **given)
    return office.letter(made.letter_id)


def text_of(letter: Letter) -> str:
    return LetterDocument.from_data(letter.issued_content or letter.content).text()


def offered(office: Office, case_id: int) -> set[str]:
    office.session.expire_all()
    case = office.session.get_one(Case, case_id)
    return {one.document.key for one in offered_documents(office.clerk, case) if not one.missing}


def test_a_document_is_numbered_and_noted_in_the_log(office: Office) -> None:
    case_id = office.case()
    letter = make(office, case_id, "search_task", TASK)
    assert (letter.number, letter.signed_on, letter.is_reply) == ("椒民公开查〔2026〕1号", TODAY, False)
    assert "区社会救助中心" in text_of(letter)
    entry = office.session.scalars(select(StoredEntry).where(StoredEntry.type == "notice_issued")).one()
    assert entry.details == {"letter_id": letter.id, "template": "search_task"}


def test_what_is_offered_follows_the_stage(office: Office) -> None:
    case_id = office.case()
    assert offered(office, case_id) == {"receipt", "agent_notice", "assist_request", "search_task"}
    case_id, _letter_id = replied(office, 2)
    after = {"legal_opinion", "approval_sheet", "supply_list", "erratum", "supplement", "record_correction"}
    assert offered(office, case_id) == after


def test_a_document_out_of_its_time_says_when_it_is_lawful_and_draws_no_number(office: Office) -> None:
    case_id = office.case()
    with pytest.raises(NotLawfulNow) as early:
        make(office, case_id, "supplement", SUPPLEMENT)
    assert early.value.params == {"when": DOCUMENT_OF["supplement"].when}
    with pytest.raises(Missing) as caught:
        make(office, case_id, "search_record")
    assert "检索记录" in caught.value.facts[0]
    assert not office.session.scalars(select(Letter)).all()


def test_notices_that_move_the_clock_go_out_with_their_act_only(office: Office) -> None:
    with pytest.raises(NotLawfulNow):
        make(office, office.case(), "extension_notice")


def test_whoever_does_not_draft_makes_no_document(office: Office) -> None:
    case_id = office.case()
    with pytest.raises(Forbidden):
        make_document(office.ctx(office.cast.approver), case_id, "receipt", {}, expected_version=None)


def test_an_agent_is_told_only_where_there_is_one(office: Office) -> None:
    case_id = office.case()
    scope = {"agent_scope": "代为提交申请、接收答复"}
    with pytest.raises(Missing) as caught:
        make(office, case_id, "agent_notice", scope)
    assert caught.value.facts == ("代办人",)
    with transaction(office.clerk) as session:
        session.add(
            Applicant(
                case_id=case_id,
                position=2,
                capacity="agent",
                name="李四",
                legal_kind="citizen",
                report_kind="natural_person",
                identity_type="none",
            )
        )
    assert text_of(make(office, case_id, "agent_notice", scope)).splitlines()[3] == "李四："


def test_the_search_record_is_told_from_the_searches(office: Office) -> None:
    case_id = office.case()
    for place, found in (("档案室", False), ("电子公文系统", True)):
        record_search(
            office.clerk,
            case_id,
            on=date(2026, 11, 18),
            places=place,
            keywords="低保",
            period="2025年",
            searched_by="陈静",
            found=found,
            result="",
            expected_version=None,
        )
    text = text_of(make(office, case_id, "search_record"))
    assert "档案室、电子公文系统" in text and "2026年11月18日" in text
    assert "未检索到\n检索到" in text


def test_sheets_that_go_round_with_a_reply_tell_its_outcome_and_leave_room_for_hands(office: Office) -> None:
    case_id = office.case()
    office.draft(case_id)
    text = text_of(make(office, case_id, "legal_opinion"))
    assert "予以公开" in text and "审核意见\n年　　月　　日" in text
    reviewed = office.case(serial=2)
    office.approved(reviewed)
    assert "同意　" in text_of(make(office, reviewed, "legal_opinion"))
    assert make(office, reviewed, "approval_sheet").number == "椒民公开批〔2026〕1号"


def test_an_erratum_speaks_of_the_letter_chosen(office: Office) -> None:
    case_id, reply_id = replied(office)
    listed = make(office, case_id, "supply_list", {"supply_items": "表1份", "supply_how": "邮寄"})
    wrong = {"wrong_text": "2025年", "right_text": "2026年"}
    text = text_of(make(office, case_id, "erratum", wrong, about_id=reply_id))
    reply = office.letter(reply_id)
    assert f"（{reply.number}）" in text and "政府信息公开告知书" in text and "“2025年”更正为“2026年”" in text
    assert f"（{reply.number}）" in text_of(make(office, case_id, "erratum", wrong))
    for none_of_them in (listed.id, reply_id + 999):
        with pytest.raises(Invalid):
            make(office, case_id, "erratum", wrong, about_id=none_of_them)


def test_forms_of_the_file_are_never_in_the_post(office: Office) -> None:
    case_id = office.case()
    form, notice = make(office, case_id, "search_task", TASK), make(office, case_id, "receipt")
    waiting = list_to_dispatch(office.session, office.cast.clerk, TODAY)
    assert [w.letter_id for w in waiting] == [notice.id]
    case = office.session.get_one(Case, case_id)
    # Nothing is left to be done with it but to void its number: it is neither dispatched nor served.
    assert letter_acts(office.clerk, case, office.letter(form.id)).possible == {LetterAct.VOID}


# documents that decide


def test_a_supplement_is_signed_by_another_hand_and_carries_a_remedy(office: Office) -> None:
    case_id, reply_id = replied(office)
    letter = make(office, case_id, "supplement", SUPPLEMENT)
    assert (letter.status, letter.number) == ("approved", None)
    approver, clerk = office.ctx(office.cast.approver), office.clerk
    with pytest.raises(Forbidden):
        sign_document(clerk, letter.id, expected_version=None)
    assert [w.letter_id for w in list_to_sign(office.session, office.cast.approver, TODAY)] == [letter.id]
    case = office.session.get_one(Case, case_id)
    assert letter_acts(approver, case, office.letter(letter.id)).possible == {
        LetterAct.SIGN,
        LetterAct.SEND_BACK,
    }
    with pytest.raises(NotLawfulNow):
        make(office, case_id, "supplement", SUPPLEMENT)
    issued = sign_document(approver, letter.id, expected_version=None)
    assert issued.number == "椒民公开补答〔2026〕1号"
    document = LetterDocument.from_data(office.letter(letter.id).issued_content or {})
    assert [b for b in document.blocks if b.kind is BlockKind.REMEDY]
    assert office.letter(reply_id).number in document.text()  # type: ignore[operator]
    with pytest.raises(NotLawfulNow):
        sign_document(approver, letter.id, expected_version=None)


def test_what_whoever_signs_sends_back_is_never_issued(office: Office) -> None:
    case_id, _reply_id = replied(office)
    letter = make(office, case_id, "supplement", SUPPLEMENT)
    approver = office.ctx(office.cast.approver)
    with pytest.raises(Invalid):
        return_document(approver, letter.id, opinion=" ", expected_version=None)
    return_document(approver, letter.id, opinion="写明份数", expected_version=None)
    assert office.letter(letter.id).status == "returned"
    assert make(office, case_id, "supplement", SUPPLEMENT).status == "approved"


def test_a_decision_without_its_remedy_bodies_or_characters_is_not_handed_in(office: Office) -> None:
    case_id, _reply_id = replied(office)
    with transaction(office.clerk) as session:
        session.get_one(Organ, office.cast.organ_ids["MZJ"]).court = None
    with pytest.raises(Missing) as caught:
        make(office, case_id, "supplement", SUPPLEMENT)
    assert "法院" in "".join(caught.value.facts)
