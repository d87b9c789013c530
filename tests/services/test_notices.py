"""Procedural notices: numbered in their own series, frozen, without a remedy."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.letters import case_in_hand, with_twin
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.errors import Missing
from tracker.domain.letter_document import BlockKind, LetterDocument
from tracker.models import Case, Letter, Organ
from tracker.services.context import Context
from tracker.services.notices import issue_mail_notice, issue_notice
from tracker.services.numbers import last_number
from tracker.services.unit_of_work import transaction

CORRECTION = {"correction_items": "补充所需信息的文号", "correction_due_on": "2026年12月7日"}


@pytest.fixture
def ctx(cast: Cast, ctx_for: ContextFor) -> Context:
    made, _twin = with_twin(ctx_for(cast.clerk))
    return made


@pytest.fixture
def case_id(ctx: Context, cast: Cast) -> int:
    return case_in_hand(ctx, cast.organ_ids["MZJ"])


def issue(ctx: Context, case_id: int, key: str, facts: dict[str, str], on: date | None = None) -> int:
    with transaction(ctx) as session:
        return issue_notice(ctx, session.get_one(Case, case_id), key, facts, on=on).id


def test_a_notice_is_numbered_dated_and_rendered(ctx: Context, case_id: int, session: Session) -> None:
    letter = session.get_one(Letter, issue(ctx, case_id, "correction_notice", CORRECTION))
    assert letter.number == "椒民公开补〔2026〕1号"
    assert letter.signed_on == ctx.today and letter.rendered_at is not None and not letter.is_reply
    document = LetterDocument.from_data(letter.issued_content or {})
    assert document.slots.date == "2026年11月23日"
    assert "补充所需信息的文号" in document.text()
    assert not [b for b in document.blocks if b.kind is BlockKind.REMEDY]


def test_each_series_counts_for_itself(ctx: Context, case_id: int, session: Session) -> None:
    numbers = []
    for key, facts in (("correction_notice", CORRECTION), ("receipt", {}), ("correction_notice", CORRECTION)):
        numbers.append(session.get_one(Letter, issue(ctx, case_id, key, facts)).number)
    assert numbers == ["椒民公开补〔2026〕1号", "椒民公开回〔2026〕1号", "椒民公开补〔2026〕2号"]


def test_a_notice_recorded_late_bears_its_own_day(ctx: Context, case_id: int, session: Session) -> None:
    letter_id = issue(ctx, case_id, "correction_notice", CORRECTION, on=date(2026, 11, 16))
    assert (session.get_one(Letter, letter_id).issued_content or {})["slots"]["date"] == "2026年11月16日"


def test_missing_facts_are_named_and_no_number_is_drawn(
    ctx: Context, case_id: int, session: Session, cast: Cast
) -> None:
    with pytest.raises(Missing) as caught:
        issue(ctx, case_id, "correction_notice", {})
    assert caught.value.facts == ("需要补正的事项", "补正期限")
    assert last_number(session, cast.organ_ids["MZJ"], "letter:correction_notice", 2026) == 0


def test_a_lapse_letter_tells_outcome_and_remedy_in_the_series_of_replies(
    ctx: Context, case_id: int, session: Session
) -> None:
    facts = {"correction_notice_on": "2026年11月10日", "correction_due_on": "2026年11月20日"}
    letter = session.get_one(Letter, issue(ctx, case_id, "lapsed_uncorrected", facts))
    document = LetterDocument.from_data(letter.issued_content or {})
    assert letter.number == "椒民公开〔2026〕1号"
    assert "视为放弃申请" in document.text()
    assert [b for b in document.blocks if b.kind is BlockKind.REMEDY]


def test_misdirected_mail_goes_on_with_a_letter_of_no_case(
    ctx: Context, case_id: int, session: Session, cast: Cast
) -> None:
    facts = {
        "arrived_on": "2026年11月20日",
        "sender": "李四",
        "addressed_to": "椒江区财政局",
        "forwarded_to": "椒江区财政局",
        "mail_summary": "政府信息公开申请1份",
    }
    with transaction(ctx) as write:
        letter_id = issue_mail_notice(ctx, write.get_one(Organ, cast.organ_ids["MZJ"]), facts).id
    letter = session.get_one(Letter, letter_id)
    assert letter.case_id is None and letter.number == "椒民公开转〔2026〕1号"
    assert letter.rendered_at is not None
