"""一封多件: the same people and day, another number and another question; all or none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.envelopes import MOST_AT_ONCE, descriptions_of
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.domain.receipt import ReceiptFacts
from tracker.domain.request_facts import LONGEST_DESCRIPTION, Capacity, PersonDetails, RequestDetails
from tracker.domain.request_terms import Channel, SupplyWay
from tracker.models import Applicant, Attachment, Case, EntryText, Receipt
from tracker.services.attachments import Upload
from tracker.services.context import Context
from tracker.services.intake import Registration, register
from tracker.services.same_envelope import register_same_envelope
from tracker.services.verification import verify_chain

SIGNED = date(2026, 11, 20)
PEOPLE = (
    PersonDetails("赵大海", phone="13800001234", address="台州市椒江区某路 1 号"),
    PersonDetails("钱律师", capacity=Capacity.AGENT, phone="13900005678"),
)
MAIL = ReceiptFacts(
    Channel.REGISTERED_MAIL, signed_on=SIGNED, signed_by="收发室", mail_number="XA12345678533"
)


@given(st.lists(st.sampled_from(["低保名册", " 低保  名册 ", "", "  "]), max_size=8))
def test_one_request_a_line_and_no_line_without_words(lines: list[str]) -> None:
    assert len(descriptions_of("\n".join(lines))) == sum(bool(line.strip()) for line in lines)


def first(ctx: Context, cast: Cast, receipt: ReceiptFacts = MAIL, *, stub: bool = False) -> int:
    request = RequestDetails(PEOPLE, "2023 年低保名册", supply_way=SupplyWay.POST)
    photos = [
        Upload("信封.pdf", b"%PDF-1.4\n%%EOF\n", FileKind.ENVELOPE),
        Upload("委托书.pdf", b"%PDF-1.4\n%%EOF\n", FileKind.AUTHORISATION),
        Upload("申请书.pdf", b"%PDF-1.4\n%%EOF\n", FileKind.REQUEST),
    ]
    made = Registration(
        cast.organ_ids["MZJ"], receipt, request=None if stub else request, sender="赵大海", uploads=photos
    )
    return register(ctx, made).case_id


def test_what_the_envelope_holds_once_belongs_to_each(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    one = first(ctx, cast)
    done = register_same_envelope(ctx, one, "2024 年低保名册\n\n2025 年低保名册", expected_version=None)
    session.rollback()
    assert [each.due_on for each in done] == [done[0].due_on] * 2
    cases = session.scalars(select(Case).order_by(Case.id)).all()
    assert [case.description for case in cases] == ["2023 年低保名册", "2024 年低保名册", "2025 年低保名册"]
    assert len({case.number for case in cases}) == 3
    assert {case.received_on for case in cases} == {SIGNED}
    assert set(session.scalars(select(Receipt.mail_number))) == {"XA12345678533"}
    people = session.scalars(select(Applicant).order_by(Applicant.case_id, Applicant.position)).all()
    assert [person.name for person in people] == ["赵大海", "钱律师"] * 3
    opened = ctx.adapters.cipher.open
    assert {opened(person.phone_cipher) for person in people if person.phone_cipher} == {
        "13800001234",
        "13900005678",
    }
    assert all(person.authorised_by_attachment_id for person in people if person.capacity == "agent")
    for each in done:
        kinds = session.scalars(select(Attachment.kind).where(Attachment.case_id == each.case_id))
        assert sorted(kinds) == ["authorisation", "envelope"]
    notes = session.scalars(select(EntryText.text)).all()
    assert sum(cases[0].number in note for note in notes) == 2
    assert sum(cases[2].number in note for note in notes) == 2
    assert list(verify_chain(session)) == []


def test_all_are_taken_or_none(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx = ctx_for(cast.clerk)
    one = first(ctx, cast)
    too_long = "字" * (LONGEST_DESCRIPTION + 1)
    for text in ("", " \n ", f"一件\n{too_long}", "\n".join("件" for _ in range(MOST_AT_ONCE + 1))):
        with pytest.raises(Invalid):
            register_same_envelope(ctx, one, text, expected_version=None)
    with pytest.raises(Conflict):
        register_same_envelope(ctx, one, "一件", expected_version=0)
    session.rollback()
    assert session.scalars(select(Case.id)).all() == [one]


def test_what_has_no_envelope_or_is_not_complete(cast: Cast, ctx_for: ContextFor) -> None:
    ctx = ctx_for(cast.clerk)
    by_portal = first(ctx, cast, ReceiptFacts(Channel.PORTAL, taken_in_on=SIGNED))
    for case_id in (by_portal, first(ctx, cast, stub=True)):
        with pytest.raises(NotLawfulNow):
            register_same_envelope(ctx, case_id, "一件", expected_version=None)
    one = first(ctx, cast)
    for part in ("approver", "auditor", "colleague", "stranger"):
        with pytest.raises((Forbidden, NotFound)):
            register_same_envelope(ctx_for(cast.actors[part]), one, "一件", expected_version=None)
