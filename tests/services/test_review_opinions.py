"""Opinions of the legal advisor: checklist, amendments, comments, kinds of return, and the head's way past it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.letters import DISCLOSED
from tests.factories.reviews import ALL_MET, approve, send_back
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import Office
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.actors import Actor, RoleHeld
from tracker.domain.errors import Conflict, Forbidden, Invalid, Missing, NotFound, NotLawfulNow
from tracker.domain.permissions import Role
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.review_checklist import Answer, Point
from tracker.domain.review_figures import ReviewOutcome
from tracker.models import Alert, Case, EntryText, LegalReview, Organ, ReviewComment, StoredEntry
from tracker.queries.reviews import list_reviews
from tracker.queries.similar_cases import find_similar
from tracker.services.legal_review import Opinion, Verdict, review, submit, waive_review
from tracker.services.letters import save_draft
from tracker.services.review_comments import comment
from tracker.services.review_facts import checklist_for
from tracker.services.sign_off import sign_off

FREE = "part1.2"
"""A paragraph of the disclosing reply that may be reworded."""


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


@pytest.fixture
def letter_id(office: Office) -> int:
    made = office.draft(office.case())
    submit(office.clerk, made, expected_version=None)
    return made


def decision(office: Office, letter_id: int) -> LegalReview:
    return office.letter(letter_id).reviews[-1]


def free_paragraph(office: Office, letter_id: int) -> tuple[str, str]:
    blocks = office.letter(letter_id).content["blocks"]
    free = next(b for b in blocks if b["kind"] == "free")
    return free["key"], free["text"]


# the checklist


@pytest.mark.parametrize("point", [Point.SUBJECT, Point.REMEDY, Point.THIRD_PARTY])
@pytest.mark.parametrize("answer", ["", "nonsense", Answer.NOT_MET])
def test_no_approval_while_a_point_is_unanswered_or_wanting(
    office: Office, letter_id: int, point: Point, answer: str
) -> None:
    opinion = Opinion(Verdict.APPROVED, "同意", answers={**ALL_MET, point: answer})
    with pytest.raises(Invalid) as told:
        review(office.ctx(office.cast.legal_advisor), letter_id, opinion, expected_version=None)
    assert set(told.value.fields) == {f"answer-{point}"}
    assert office.letter(letter_id).status == "submitted"
    assert not office.letter(letter_id).reviews


def test_the_answers_are_kept_with_what_the_machine_had_found(office: Office, letter_id: int) -> None:
    approve(office.ctx(office.cast.legal_advisor), letter_id)
    kept = decision(office, letter_id).answers
    assert Point.SEVERABILITY not in kept
    assert kept[Point.REMEDY]["answer"] == Answer.MET
    assert {point: told["sight"] for point, told in kept.items()} == {
        Point.SUBJECT: "agrees",
        Point.RECEIPT_DATE: "agrees",
        Point.GROUND: "agrees",
        Point.THIRD_PARTY: "untold",
        Point.REMEDY: "agrees",
        Point.TIME: "agrees",
    }


def test_a_remedy_that_no_longer_holds_is_seen(office: Office, letter_id: int) -> None:
    office.session.get_one(Organ, office.cast.organ_ids["MZJ"]).court = "台州市中级人民法院"
    office.session.commit()
    ctx = office.ctx(office.cast.legal_advisor)
    letter = office.letter(letter_id)
    case = office.session.get_one(Case, letter.case_id)
    assert checklist_for(ctx, case, letter).found[Point.REMEDY].sight == "differs"


# returning


def test_a_return_names_its_kinds_and_tells_the_drafter(office: Office, letter_id: int) -> None:
    ctx = office.ctx(office.cast.legal_advisor)
    with pytest.raises(Invalid) as told:
        review(ctx, letter_id, Opinion(Verdict.RETURNED, "请补充"), expected_version=None)
    assert set(told.value.fields) == {"reasons"}
    send_back(ctx, letter_id, comments={FREE: "写明页数"})
    made = decision(office, letter_id)
    assert (made.reasons, made.verdict, made.manner) == (["facts"], "returned", "as_read")
    told_to = office.session.scalars(select(Alert.recipient_id).where(Alert.kind == "review_decided"))
    assert list(told_to) == [office.cast.clerk.account_id]


def test_comments_stand_by_their_paragraph_until_dealt_with(office: Office, letter_id: int) -> None:
    ctx = office.ctx(office.cast.legal_advisor)
    key, text = free_paragraph(office, letter_id)
    assert comment(ctx, letter_id, {key: "写明页数", "opening.1": " "}, expected_version=None) == 1
    assert comment(ctx, letter_id, {key: "写明页数"}, expected_version=None) == 0
    with pytest.raises(NotLawfulNow):
        comment(ctx, letter_id, {"gone.9": "？"}, expected_version=None)
    send_back(ctx, letter_id)
    (kept,) = office.session.scalars(select(ReviewComment))
    assert (kept.block_key, kept.paragraph, kept.text) == (key, text, "写明页数")
    with pytest.raises(Missing):
        submit(office.clerk, letter_id, expected_version=None)
    case_id = office.letter(letter_id).case_id or 0
    save_draft(
        office.clerk, case_id, DISCLOSED, letter_id=letter_id, expected_version=None, dealt_with=[kept.id]
    )
    office.session.refresh(kept)
    assert kept.dealt_with_by_id == office.cast.clerk.account_id
    assert submit(office.clerk, letter_id, expected_version=None)


def test_who_wrote_it_does_not_comment(office: Office, letter_id: int) -> None:
    with pytest.raises(Forbidden):
        comment(office.clerk, letter_id, {FREE: "好"}, expected_version=None)


# approving with amendments


def test_the_amended_text_is_the_approved_one_and_no_other(office: Office, letter_id: int) -> None:
    key, was = free_paragraph(office, letter_id)
    opinion = Opinion(Verdict.APPROVED, "已改", answers=ALL_MET, texts={key: "现向你提供汇总表，共3页。"})
    decided = review(office.ctx(office.cast.legal_advisor), letter_id, opinion, expected_version=None)
    assert decided.amended
    made, letter = decision(office, letter_id), office.letter(letter_id)
    assert made.manner == "amended"
    assert made.text_hash == letter.text_hash
    assert was in str(made.submitted_content)
    assert "共3页" in str(made.content) and "共3页" in str(letter.content)
    sign_off(office.ctx(office.cast.approver), letter_id, expected_version=None)
    assert "共3页" in str(office.letter(letter_id).issued_content)


def test_a_drafter_who_disagrees_changes_it_and_the_approval_falls(office: Office, letter_id: int) -> None:
    key, _was = free_paragraph(office, letter_id)
    opinion = Opinion(Verdict.APPROVED, "已改", answers=ALL_MET, texts={key: "另一种说法。"})
    review(office.ctx(office.cast.legal_advisor), letter_id, opinion, expected_version=None)
    case_id = office.letter(letter_id).case_id or 0
    saved = save_draft(office.clerk, case_id, DISCLOSED, letter_id=letter_id, expected_version=None)
    assert saved.approval_voided
    assert office.stage(case_id) == "drafting"
    submit(office.clerk, letter_id, expected_version=None)
    approve(office.ctx(office.cast.legal_advisor), letter_id)
    assert office.stage(case_id) == "approved"


def test_fixed_wording_cannot_be_amended(office: Office, letter_id: int) -> None:
    opinion = Opinion(Verdict.APPROVED, answers=ALL_MET, texts={"remedy.1": "没有救济途径。"})
    decided = review(office.ctx(office.cast.legal_advisor), letter_id, opinion, expected_version=None)
    assert not decided.amended
    assert decision(office, letter_id).manner == "as_read"
    assert "没有救济途径" not in str(office.letter(letter_id).content)


def test_a_return_takes_no_amendments(office: Office, letter_id: int) -> None:
    with pytest.raises(Invalid, match="更正"):
        send_back(office.ctx(office.cast.legal_advisor), letter_id, texts={FREE: "改"})


def test_who_amended_does_not_sign(office: Office, letter_id: int, session: Session) -> None:
    key, _was = free_paragraph(office, letter_id)
    person = office.cast.legal_advisor
    both = Actor(
        person.account_id,
        person.name,
        person.holdings | {RoleHeld(Role.APPROVER, office.cast.organ_ids["MZJ"])},
    )
    opinion = Opinion(Verdict.APPROVED, answers=ALL_MET, texts={key: "另一种说法。"})
    review(office.ctx(both), letter_id, opinion, expected_version=None)
    with pytest.raises(Forbidden, match="修改过文字"):
        sign_off(office.ctx(both), letter_id, expected_version=None)


# passing it by


def test_only_the_head_lets_a_draft_pass_and_says_why(office: Office, letter_id: int) -> None:
    for part, actor in office.cast.actors.items():
        if part != "disclosure_head":
            with pytest.raises((Forbidden, NotFound)):
                waive_review(office.ctx(actor), letter_id, reason="急", expected_version=None)
    head = office.ctx(office.cast.disclosure_head)
    with pytest.raises(Invalid):
        waive_review(head, letter_id, reason=" ", expected_version=None)
    waive_review(head, letter_id, reason="顾问出差，明日到期", expected_version=None)
    made = decision(office, letter_id)
    assert (made.manner, made.reviewer_id) == ("waived", office.cast.disclosure_head.account_id)
    entry = office.session.scalars(select(StoredEntry).where(StoredEntry.type == "review_waived")).one()
    assert entry.actor_id == office.cast.disclosure_head.account_id
    assert office.session.get_one(EntryText, entry.text_id).text == "顾问出差，明日到期"
    assert office.stage(entry.case_id) == "approved"
    sign_off(office.ctx(office.cast.approver), letter_id, expected_version=None)


def test_a_head_who_wrote_it_does_not_let_it_pass(office: Office) -> None:
    organ_id = office.cast.organ_ids["MZJ"]
    head = office.cast.disclosure_head
    writing = Actor(head.account_id, head.name, head.holdings | {RoleHeld(Role.CLERK, organ_id)})
    ctx = office.ctx(writing)
    letter_id = save_draft(ctx, office.case(), DISCLOSED, letter_id=None, expected_version=None).letter_id
    submit(ctx, letter_id, expected_version=None)
    with pytest.raises(Forbidden):
        waive_review(ctx, letter_id, reason="急", expected_version=None)


def test_a_stale_page_lets_nothing_pass(office: Office, letter_id: int) -> None:
    with pytest.raises(Conflict):
        waive_review(office.ctx(office.cast.disclosure_head), letter_id, reason="急", expected_version=99)


# figures, and what is alike


def test_decisions_are_counted_in_working_days_where_one_may_see_them(
    office: Office, letter_id: int, ctx_for: ContextFor
) -> None:
    later = replace(office, today=date(2026, 11, 25)).ctx(office.cast.legal_advisor)
    send_back(replace(later, now=later.now.replace(day=25)), letter_id)
    people = office.cast
    year = ReportingPeriod(2026)
    (row,) = list_reviews(office.session, people.legal_advisor, year)
    assert (row.told.outcome, row.told.days, row.told.reasons) == (ReviewOutcome.RETURNED, 2, ("facts",))
    assert (row.organ, row.advisor, row.told.on) == ("椒江区民政局", "徐律师", date(2026, 11, 25))
    for part in ("disclosure_head", "supervisor", "auditor"):
        assert len(list_reviews(office.session, people.actors[part], year)) == 1
    for part in ("clerk", "approver", "administrator", "colleague", "stranger"):
        assert not list_reviews(office.session, people.actors[part], year)
    assert not list_reviews(office.session, people.legal_advisor, ReportingPeriod(2026, month=10))


def test_an_earlier_reply_is_found_by_organ_and_outcome(office: Office) -> None:
    office.signed(office.case())
    case_id = office.case(serial=2)
    case = office.session.get_one(Case, case_id)
    (alike,) = find_similar(office.session, office.cast.legal_advisor, case, ["disclosed"])
    assert alike.likeness.same_organ and alike.likeness.same_template
    assert not find_similar(office.session, office.cast.colleague, case, ["disclosed"])
