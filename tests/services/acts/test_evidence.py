"""检索, 保密审查, 电话, 备注, 催办: recorded with what proves them, and nothing personal in the log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.services.acts.conftest import DUE, File, all_but
from tests.services.conftest import ContextFor
from tracker.domain.case_facts import Fact
from tracker.domain.contacts import Manner
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from tracker.domain.secrecy import SecrecyVerdict
from tracker.models import CallRecord, SearchRecord, SecrecyReview
from tracker.services.calls import record_call
from tracker.services.case_record import facts_for
from tracker.services.context import Context
from tracker.services.notes import add_note
from tracker.services.search import record_search
from tracker.services.secrecy import review_secrecy

ON = date(2026, 9, 22)
CALLED_AT = datetime(2026, 9, 21, 17, 30, tzinfo=UTC)
"""01:30 on 22 September in Taizhou: the day of law is the one on the wall there."""


def search(ctx: Context, file: File, **more: Any) -> Any:
    given = {
        "on": ON,
        "places": "本机关档案室",
        "keywords": "低保",
        "period": "2019—2025",
        "searched_by": "陈静",
        "found": False,
        "result": "没有检索到",
        "expected_version": None,
        **more,
    }
    return record_search(ctx, file.id, **given)


def test_a_search_is_a_fact_of_the_case(clerk: Context, accepted: File) -> None:
    assert search(clerk, accepted).due_on == DUE
    record = accepted.session.scalars(select(SearchRecord)).one()
    assert (record.places, record.found, record.searched_on) == ("本机关档案室", False, ON)
    assert accepted.last.details == {"search_id": record.id, "found": False}
    assert Fact.SEARCHED in facts_for(accepted.session, accepted.case)


@pytest.mark.parametrize(("manner", "reached"), [("call_out", False), ("call_in", True), ("visit", True)])
def test_whoever_called_or_came_was_spoken_with(
    clerk: Context, accepted: File, manner: str, reached: bool
) -> None:
    record_call(
        clerk,
        accepted.id,
        called_at=CALLED_AT,
        spoke_with="赵大海",
        number=None,
        reached=False,
        content="询问进展",
        expected_version=None,
        manner=Manner(manner),
    )
    call = accepted.session.scalars(select(CallRecord)).one()
    assert (call.manner, call.reached) == (manner, reached)
    assert accepted.last.details.get("manner", "call_out") == manner


def test_a_search_of_tomorrow_cannot_be(clerk: Context, accepted: File) -> None:
    with pytest.raises(Refusal):
        search(clerk, accepted, on=date(2026, 11, 24))


def test_a_secrecy_review_opens_the_way_to_disclosure(clerk: Context, accepted: File) -> None:
    review_secrecy(
        clerk,
        accepted.id,
        on=ON,
        reviewed_by="周敏",
        verdict=SecrecyVerdict.DISCLOSABLE,
        opinion="不涉密",
        expected_version=accepted.version,
    )
    accepted.session.rollback()
    review = accepted.session.scalars(select(SecrecyReview)).one()
    assert (review.reviewed_by, review.verdict, review.opinion) == ("周敏", "disclosable", "不涉密")
    assert Fact.SECRECY_REVIEWED in facts_for(accepted.session, accepted.case)
    assert "周敏" not in str(accepted.last.details)


def call(ctx: Context, file: File, at: datetime = CALLED_AT) -> Any:
    return record_call(
        ctx,
        file.id,
        called_at=at,
        spoke_with="张三",
        number="13800000000",
        reached=True,
        content="核实申请内容",
        expected_version=None,
    )


def test_a_call_keeps_its_number_encrypted(clerk: Context, accepted: File) -> None:
    call(clerk, accepted)
    record = accepted.session.scalars(select(CallRecord)).one()
    assert record.number_cipher is not None
    assert b"13800000000" not in record.number_cipher
    assert clerk.adapters.cipher.open(record.number_cipher) == "13800000000"
    assert record.called_at == CALLED_AT
    assert accepted.last.happened_on == ON
    assert "张三" not in str(accepted.last.details)


def test_a_call_in_an_hour_has_not_been_made(clerk: Context, accepted: File) -> None:
    with pytest.raises(Invalid) as told:
        call(clerk, accepted, clerk.now + timedelta(hours=1))
    assert set(told.value.fields) == {"called_at"}


def test_a_note_stays_beside_the_log(clerk: Context, accepted: File) -> None:
    add_note(clerk, accepted.id, text="申请人来电催问", expected_version=accepted.version)
    assert (accepted.last_text, accepted.last.details) == ("申请人来电催问", {})


def test_sending_one_page_twice_notes_once(clerk: Context, accepted: File) -> None:
    seen = accepted.version
    add_note(clerk, accepted.id, text="一次", expected_version=seen)
    with pytest.raises(Conflict):
        add_note(clerk, accepted.id, text="一次", expected_version=seen)
    assert [e.type for e in accepted.entries].count("note_added") == 1


def test_evidence_is_recorded_by_those_who_handle(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    for actor in all_but(cast, "clerk", "second_clerk"):
        ctx = ctx_for(actor)
        for act in (search, call):
            with pytest.raises((Forbidden, NotFound)):
                act(ctx, accepted)
