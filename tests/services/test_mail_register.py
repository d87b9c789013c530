"""收件登记簿: a gapless number a piece, what became of it, and the short way of what is no request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.domain.mail_register import ANSWERED_HERE, MATTERS, AnswerWay, Matter, Medium
from tracker.domain.receipt import ReceiptFacts
from tracker.domain.request_terms import Channel
from tracker.models import Attachment, Case, Letter, MailItem
from tracker.services.attachments import Upload, open_file
from tracker.services.intake import Registration, register
from tracker.services.mail_register import (
    Answer,
    Forwarding,
    Piece,
    answer_piece,
    forward_mail,
    issue_forwarding_letter,
    record_mail,
    sort_piece,
)
from tracker.services.templates import load_shipped_templates


def piece(cast: Cast) -> Piece:
    return Piece(
        cast.organ_ids["MZJ"],
        date(2026, 11, 20),
        "赵大海",
        "椒江区财政局",
        "政府信息公开申请",
        "XA12345678533",
    )


def test_a_letter_with_a_receipt_goes_with_the_piece(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    load_shipped_templates(ctx)
    mail_id = record_mail(ctx, piece(cast)).mail_id
    forward_mail(ctx, mail_id, Forwarding("椒江区财政局办公室", date(2026, 11, 23), "hand"))
    letter_id = issue_forwarding_letter(ctx, mail_id)
    session.rollback()
    letter = session.get_one(Letter, letter_id)
    content = str(letter.issued_content)
    assert letter.case_id is None
    assert all(said in content for said in ("赵大海", "椒江区财政局办公室", "2026年11月20日", "回执"))
    assert session.scalars(select(MailItem.letter_id)).one() == letter_id
    with pytest.raises(NotLawfulNow):
        issue_forwarding_letter(ctx, mail_id)


def test_others_do_not_touch_it(cast: Cast, ctx_for: ContextFor) -> None:
    mail_id = record_mail(ctx_for(cast.clerk), piece(cast)).mail_id
    with pytest.raises(NotFound):
        issue_forwarding_letter(ctx_for(cast.colleague), mail_id)
    for part in ("auditor", "supervisor", "approver"):
        with pytest.raises(Forbidden):
            issue_forwarding_letter(ctx_for(cast.actors[part]), mail_id)
        with pytest.raises(Forbidden):
            record_mail(ctx_for(cast.actors[part]), piece(cast))


def matter_of(session: Session, mail_id: int) -> MailItem:
    session.rollback()
    return session.get_one(MailItem, mail_id)


def envelope(cast: Cast, piece_id: int | None = None, on: date = date(2026, 11, 20)) -> Registration:
    facts = ReceiptFacts(Channel.REGISTERED_MAIL, signed_on=on, signed_by="收发室")
    return Registration(cast.organ_ids["MZJ"], facts, sender="赵大海", piece_id=piece_id)


def test_a_request_registered_at_once_has_its_line_in_the_book(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    record_mail(ctx, piece(cast))
    done = register(ctx, envelope(cast))
    with pytest.raises(Invalid):
        register(ctx, envelope(cast, on=date(2026, 11, 24)))
    record_mail(ctx, piece(cast))
    session.rollback()
    lines = session.scalars(select(MailItem).order_by(MailItem.id)).all()
    assert [line.number for line in lines] == [f"椒民公开收〔2026〕{n}号" for n in (1, 2, 3)]
    assert (lines[1].case_id, lines[1].matter, lines[1].sender) == (done.case_id, "case", "")


def test_a_piece_becomes_a_request_with_its_files_and_keeps_its_number(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    photo = Upload("信封.pdf", b"%PDF-1.4\n%%EOF\n", FileKind.ENVELOPE)
    mail_id = record_mail(ctx, replace(piece(cast), matter=Matter.UNDECIDED, uploads=[photo])).mail_id
    case_id = register(ctx, envelope(cast, mail_id)).case_id
    row = matter_of(session, mail_id)
    assert (row.matter, row.case_id, row.number) == ("case", case_id, "椒民公开收〔2026〕1号")
    file = session.scalars(select(Attachment)).one()
    assert (file.case_id, file.mail_item_id, file.kind) == (case_id, None, "envelope")
    assert open_file(ctx, file.id).content == photo.content
    for again in (
        lambda: register(ctx, envelope(cast, mail_id)),
        lambda: sort_piece(ctx, mail_id, Matter.INQUIRY),
    ):
        with pytest.raises(NotLawfulNow):
            again()
    assert session.scalars(select(Case.id)).all() == [case_id]


@pytest.mark.parametrize("matter", sorted(ANSWERED_HERE))
def test_what_is_no_request_is_answered_by_its_own_short_way(
    cast: Cast, ctx_for: ContextFor, session: Session, matter: Matter
) -> None:
    ctx = ctx_for(cast.clerk)
    call = replace(piece(cast), medium=Medium.PHONE, matter=Matter.UNDECIDED, came_at=time(9, 30))
    mail_id = record_mail(ctx, call).mail_id
    told = Answer(next(iter(MATTERS[matter].results)), date(2026, 11, 23), AnswerWay.PHONE, "已当场答复")
    with pytest.raises(NotLawfulNow):
        answer_piece(ctx, mail_id, told)
    sort_piece(ctx, mail_id, matter)
    for part in ("auditor", "approver"):
        with pytest.raises(Forbidden):
            answer_piece(ctx_for(cast.actors[part]), mail_id, told)
    with pytest.raises(Invalid):
        answer_piece(ctx, mail_id, replace(told, text=" "))
    answer_piece(ctx, mail_id, told)
    row = matter_of(session, mail_id)
    assert (row.result, row.answer_way, row.answer) == (told.result, "phone", "已当场答复")
    assert row.came_at is not None and row.came_at.astimezone(SHANGHAI).time() == time(9, 30)
    assert session.scalars(select(Case.id)).all() == []
    with pytest.raises(NotLawfulNow):
        answer_piece(ctx, mail_id, told)
    with pytest.raises(NotLawfulNow):
        register(ctx, envelope(cast, mail_id))


def test_a_call_or_visit_has_its_time_and_none_to_come(cast: Cast, ctx_for: ContextFor) -> None:
    visit = replace(piece(cast), medium=Medium.VISIT, matter=Matter.INQUIRY, arrived_on=date(2026, 11, 23))
    for at in (None, time(10, 1)):
        with pytest.raises(Invalid) as refused:
            record_mail(ctx_for(cast.clerk), replace(visit, came_at=at))
        assert list(refused.value.fields) == ["came_at"]
    assert record_mail(ctx_for(cast.clerk), replace(visit, came_at=time(10, 0))).number


def test_only_a_misdirected_piece_is_passed_on_and_it_names_its_organ(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    mail_id = record_mail(ctx, replace(piece(cast), matter=Matter.INQUIRY, addressed_to="")).mail_id
    on = Forwarding("椒江区财政局", date(2026, 11, 23), "hand")
    for act in (lambda: forward_mail(ctx, mail_id, on), lambda: issue_forwarding_letter(ctx, mail_id)):
        with pytest.raises(NotLawfulNow):
            act()
    with pytest.raises(Invalid):
        sort_piece(ctx, mail_id, Matter.MISDIRECTED)
    sort_piece(ctx, mail_id, Matter.MISDIRECTED, "椒江区财政局")
    forward_mail(ctx, mail_id, on)
    assert matter_of(session, mail_id).addressed_to == "椒江区财政局"
