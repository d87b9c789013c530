"""A finished case with everything its file must hold, put together without the verbs of the way."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from tests.adapters.test_image_size import png
from tests.factories.cases import received_case
from tests.letter_samples import composed
from tests.people import NOW
from tracker.adapters.pdf_binder import blank_pdf
from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.dispositions import ROW_OF_TEMPLATE
from tracker.models import (
    Applicant,
    Attachment,
    Case,
    Dispatch,
    EntryText,
    LegalReview,
    Letter,
    SearchRecord,
)
from tracker.services.acceptance import accept
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

RECEIVED = date(2026, 9, 10)
TEMPLATE = "not_existing"
APPLICANT = "郑海燕"
PHONE = "13857600123"


def whole_case(
    ctx: Context,
    organ_id: int,
    serial: int = 1,
    *,
    received_on: date = RECEIVED,
    template: str = TEMPLATE,
    without: tuple[str, ...] = (),
) -> int:
    """Answered by post within its period, delivered, nothing lacking but what ``without`` names by kind of file."""
    case_id = received_case(ctx, organ_id, received_on, serial)
    accept(ctx, case_id, on=received_on, expected_version=None)
    posted, signed = received_on + timedelta(days=14), received_on + timedelta(days=16)
    with transaction(ctx) as session:
        case = session.get_one(Case, case_id)
        search = SearchRecord(
            case_id=case_id,
            places="档案室、业务系统",
            keywords="困难群众",
            period="2025 年",
            searched_by="陈静",
            searched_on=received_on,
            found=False,
            result="没有检索到。",
        )
        session.add(search)
        session.add(_applicant(ctx, case_id))
        letter = _letter(case, template, serial, posted)
        session.add(letter)
        session.flush()
        session.add_all(_reviews(letter))
        sent = Dispatch(
            letter_id=letter.id,
            way="post",
            dispatched_on=posted,
            mail_number=f"XA{case_id:08d}33CN",
            delivered_on=signed,
            delivered_to=APPLICANT,
        )
        session.add(sent)
        for kind, content, media_type in (
            ("request", blank_pdf(2), "application/pdf"),
            ("envelope", png(20, 20), "image/png"),
            ("delivery_proof", blank_pdf(1), "application/pdf"),
        ):
            if kind not in without:
                session.add(_file(ctx, case_id, kind, content, media_type))
        session.flush()
        note = f"电话联系{APPLICANT}，{PHONE}"
        append(
            ctx,
            case,
            NewEntry(EntryType.SEARCH_RECORDED, received_on, {"search_id": search.id}),
            NewEntry(EntryType.NOTE_ADDED, received_on, text=note),
            NewEntry(EntryType.DRAFTED, received_on, {"letter_id": letter.id}),
            NewEntry(
                EntryType.DISPATCHED, posted, {"by": "post", "letter_id": letter.id, "dispatch_id": sent.id}
            ),
            NewEntry(EntryType.DELIVERED, signed, {"letter_id": letter.id}),
        )
        case.disposition = str(ROW_OF_TEMPLATE[template].code)
    return case_id


def texts_of(ctx: Context, case_id: int) -> list[str]:
    """Free texts kept beside the log."""
    return [row.text for row in ctx.session.query(EntryText).filter_by(case_id=case_id)]


def _applicant(ctx: Context, case_id: int) -> Applicant:
    cipher = ctx.adapters.cipher
    return Applicant(
        case_id=case_id,
        position=1,
        capacity="applicant",
        name=APPLICANT,
        legal_kind="citizen",
        report_kind="natural_person",
        identity_type="resident_id",
        phone_cipher=cipher.seal(PHONE),
        phone_hash=cipher.fingerprint(PHONE),
        phone_tail_hash=cipher.fingerprint(PHONE[-4:]),
        address_cipher=cipher.seal("椒江区海门街道"),
    )


def _letter(case: Case, template: str, serial: int, on: date) -> Letter:
    document = composed(template)
    number = f"椒民公开〔{on.year}〕{serial}号"
    issued = document.fill(number=number, date=chinese_date(on), seal="椒江区民政局")
    part = {"template": template, "item": "", "grounds": {}, "refused_under": ""}
    return Letter(
        case_id=case.id,
        organ_id=case.organ_id,
        kind=template,
        is_reply=True,
        status="signed",
        content=document.to_data(),
        values={"parts": [part], "texts": {}, "attachments": []},
        text_hash=document.digest(),
        signed_on=on,
        number=number,
        series="letter:reply",
        issued_content=issued.to_data(),
        issued_hash=issued.digest(),
    )


def _reviews(letter: Letter) -> list[LegalReview]:
    made: list[dict[str, Any]] = [
        {"step": "review", "paper_name": "徐律师", "opinion": "依据充分。"},
        {"step": "sign_off", "paper_name": "王国强", "opinion": "同意签发。"},
    ]
    return [
        LegalReview(
            letter_id=letter.id,
            verdict="approved",
            text_hash=letter.text_hash,
            paper_on=letter.signed_on,
            decided_at=NOW,
            **values,
        )
        for values in made
    ]


def _file(ctx: Context, case_id: int, kind: str, content: bytes, media_type: str) -> Attachment:
    return Attachment(
        case_id=case_id,
        kind=kind,
        filename=f"{kind}.{'png' if 'image' in media_type else 'pdf'}",
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        storage_key=ctx.adapters.files.put(content),
        added_at=NOW,
    )
