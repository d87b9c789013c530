"""误投: a number of its own, a letter with a receipt, one letter a piece."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.errors import Forbidden, NotFound, NotLawfulNow
from tracker.models import Letter, MailItem
from tracker.services.mail_register import (
    Forwarding,
    MisdirectedMail,
    forward_mail,
    issue_forwarding_letter,
    record_mail,
)
from tracker.services.templates import load_shipped_templates


def piece(cast: Cast) -> MisdirectedMail:
    return MisdirectedMail(
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
