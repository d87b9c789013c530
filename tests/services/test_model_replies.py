"""示范答复: marked by the advisor who serves the organ, offered by ground and subject, never with somebody's name."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import Office
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.models import Challenge, Letter, Subject
from tracker.queries.model_replies import find_model_of, get_model_reply, list_model_replies, offered_models
from tracker.services.model_replies import Model, mark_model, propose_model, withdraw_model
from tracker.services.subjects import add_subject


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


def mark(office: Office, letter_id: int, comment: str = "写得清楚", subject_id: int | None = None) -> int:
    ctx = office.ctx(office.cast.legal_advisor)
    text = propose_model(ctx, letter_id).text
    office.session.rollback()
    return mark_model(ctx, letter_id, Model(text, comment, subject_id), expected_version=0)


def test_a_signed_reply_is_held_up_without_its_people(office: Office) -> None:
    letter_id = office.signed(office.case())
    reply_id = mark(office, letter_id)
    facts = get_model_reply(office.session, reply_id)
    assert facts.held_up and facts.marked_by == "徐律师" and facts.organ == "椒江区民政局"
    assert facts.templates == ("disclosed",)
    letter = office.session.get_one(Letter, letter_id)
    assert letter.issued_content is not None and letter.issued_content["addressee"] == "张三"
    assert "张三" not in facts.text and "资金发放汇总表" in facts.text
    assert find_model_of(office.session, letter_id) == facts


def test_a_text_or_comment_that_names_somebody_is_refused(office: Office) -> None:
    letter_id = office.signed(office.case())
    ctx = office.ctx(office.cast.legal_advisor)
    for model in (Model("答复张三", "好", None), Model("答复", "张三的案子", None), Model(" ", "好", None)):
        with pytest.raises(Invalid):
            mark_model(ctx, letter_id, model, expected_version=0)
    assert find_model_of(office.session, letter_id) is None


def test_only_the_advisor_of_the_organ_marks_and_only_what_was_signed(office: Office) -> None:
    draft = office.approved(office.case(serial=1))
    signed = office.signed(office.case(serial=2))
    model = Model("正文", "好", None)
    with pytest.raises(NotLawfulNow):
        mark_model(office.ctx(office.cast.legal_advisor), draft, model, expected_version=0)
    with pytest.raises(Forbidden):
        mark_model(office.clerk, signed, model, expected_version=0)
    with pytest.raises(NotFound):
        mark_model(office.ctx(office.cast.colleague), signed, model, expected_version=0)
    reply_id = mark(office, signed)
    with pytest.raises(Forbidden):
        withdraw_model(office.clerk, reply_id)
    with pytest.raises(Conflict):
        mark_model(office.ctx(office.cast.legal_advisor), signed, model, expected_version=0)


def test_offered_by_ground_first_by_subject_and_no_longer_once_withdrawn(office: Office) -> None:
    subject_id = add_subject(office.ctx(office.cast.supervisor), "社会救助")
    plain = mark(office, office.signed(office.case(serial=1)))
    same = mark(office, office.signed(office.case(serial=2)), subject_id=subject_id)
    session = office.session

    def offered(subject: int | None, *templates: str) -> list[int]:
        return [each.id for each in offered_models(session, subject, templates)]

    assert offered(subject_id, "disclosed") == [same, plain]
    assert offered(None, "disclosed") == [same, plain]
    assert offered(subject_id) == [same]
    assert offered(None) == [] == offered(subject_id, "petition")
    assert list_model_replies(session, subject_id=subject_id).total == 1
    assert list_model_replies(session, template="petition").total == 0
    session.rollback()

    withdraw_model(office.ctx(office.cast.legal_advisor), same)
    assert offered(subject_id, "disclosed") == [plain]
    session.rollback()


def test_one_that_was_corrected_by_review_or_court_is_offered_no_longer(office: Office) -> None:
    case_id = office.case()
    reply_id = mark(office, office.signed(case_id))
    session = office.session
    session.add(
        Challenge(
            case_id=case_id,
            kind="reconsideration",
            received_on=date(2026, 11, 23),
            body="椒江区人民政府",
            claimed_seq=1,
            result="corrected",
            result_on=date(2026, 11, 23),
        )
    )
    session.commit()
    assert get_model_reply(session, reply_id).corrected
    assert list_model_replies(session).total == 0 == len(offered_models(session, None, ["disclosed"]))
    assert session.scalars(select(Subject)).all() == []
