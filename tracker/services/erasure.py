"""What goes when a file is destroyed: every text, name and file of the case. What stays: numbers, codes, days, digests.

The tables below are the rule. A structural test holds them against the schema, so that a new table of cases cannot be
forgotten: it is deleted, blanked or named as kept, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from tracker.models import (
    AnswerDraft,
    Applicant,
    Attachment,
    AttachmentText,
    CallRecord,
    Case,
    CaseItem,
    CaseKey,
    Challenge,
    ComputationSheet,
    Consultation,
    CorrectionNotice,
    Dispatch,
    EntryText,
    Extension,
    FeeNotice,
    JustificationRequest,
    LedgerRow,
    LegalReview,
    Letter,
    MailItem,
    PaperMaterial,
    PersonalDataReading,
    Receipt,
    RefusalReview,
    ReviewComment,
    SearchRecord,
    SearchTask,
    SecrecyReview,
)
from tracker.models.search_watch import note_for_search

GONE = "（已销毁）"
"""What stands where a text that must not be empty was."""

Rows = Callable[[Any, int], ColumnElement[bool]]


def _of_case(table: Any, case_id: int) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.case_id == case_id
    return found


def _of_letters(table: Any, case_id: int) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.letter_id.in_(select(Letter.id).where(Letter.case_id == case_id))
    return found


def _of_challenges(table: Any, case_id: int) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.challenge_id.in_(
        select(Challenge.id).where(Challenge.case_id == case_id)
    )
    return found


def _files(table: Any, case_id: int) -> ColumnElement[bool]:
    return or_(_of_case(table, case_id), _of_letters(table, case_id))


def _of_files(table: Any, case_id: int) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.attachment_id.in_(
        select(Attachment.id).where(_files(Attachment, case_id))
    )
    return found


@dataclass(frozen=True, slots=True)
class Blanked:
    """Rows of a table that stay, without what these columns said."""

    table: Any
    values: dict[str, Any] = field(default_factory=dict)
    rows: Rows = _of_case


BLANKED: tuple[Blanked, ...] = (
    Blanked(
        LegalReview,
        {
            "opinion": "",
            "answers": {},
            "reasons": [],
            "content": None,
            "submitted_content": None,
            "attachment_id": None,
        },
        _of_letters,
    ),
    Blanked(ReviewComment, {"paragraph": GONE, "text": GONE}, _of_letters),
    Blanked(
        Dispatch,
        {"delivered_to": None, "return_reason": None, "mail_number": None, "proof_attachment_id": None},
        _of_letters,
    ),
    Blanked(
        Letter,
        {
            "content": {},
            "values": {},
            "issued_content": None,
            "body_held": False,
            "render_error": None,
            "void_reason": None,
        },
    ),
    Blanked(EntryText, {"text": GONE}),
    Blanked(CaseItem, {"description": GONE, "grounds": {}}),
    Blanked(
        Receipt,
        {
            "mail_number": None,
            "signed_by": None,
            "confirmed_by": None,
            "confirmation_reason": None,
            "written_down_by": None,
        },
    ),
    Blanked(CallRecord, {"spoke_with": GONE, "number_cipher": None, "content": GONE}),
    Blanked(SearchRecord, {"places": GONE, "keywords": GONE, "period": "", "result": GONE}),
    Blanked(
        SearchTask,
        {"question": GONE, "withdrawn_reason": None, "link_digest": None, "link_expires_at": None},
    ),
    Blanked(
        MailItem,
        {"sender": GONE, "summary": GONE, "mail_number": None, "came_at": None},
    ),
    Blanked(SecrecyReview, {"opinion": GONE}),
    Blanked(JustificationRequest, {"facts": GONE, "answer": None}),
    Blanked(
        Consultation,
        {"party": GONE, "contact_cipher": None, "subject": GONE, "mail_number": None, "opinion": None},
    ),
    Blanked(CorrectionNotice, {"items": GONE, "guidance": GONE, "correction": None}),
    Blanked(Extension, {"reason": GONE, "opinion": None}),
    Blanked(FeeNotice, {"voucher_number": None}),
    Blanked(PaperMaterial, {"title": GONE}),
    Blanked(LedgerRow, {"remark": None}),
    Blanked(RefusalReview, {"note": GONE}),
    Blanked(PersonalDataReading, {"reason": GONE}),
)

DELETED: tuple[tuple[Any, Rows], ...] = (
    (AttachmentText, _of_files),
    (ComputationSheet, _of_case),
    (AnswerDraft, _of_challenges),
    (CaseKey, _of_case),
)
"""Rows that go altogether, before the files they speak of."""

KEPT: dict[str, str] = {
    "advice_questions": "days; the words stand in entry_texts",
    "applicants": "blanked one by one below: the annual table counts by their kind",
    "attachments": "removed last, with their bytes",
    "archived_files": "number, title and hash of the list; the list itself goes",
    "alerts": "days and codes alone",
    "case_search": "written anew from what is left when the transaction ends",
    "case_subjects": "the subject, for statistics",
    "challenges": "kind, court and result, which table 4 counts",
    "chases": "number and days",
    "clocks": "days and codes alone",
    "destruction_deferrals": "the record of what was decided about the file",
    "destruction_files": "the list that stays",
    "disclosure_proposal_cases": "which requests a proposal to publish rested on; keys alone",
    "handover_cases": "who handed over to whom",
    "log_entries": "references, codes and days; the chain of digests holds",
    "model_replies": "a text of its own that names nobody, read for that by the legal advisor",
}
"""Tables that speak of a case and keep what they say, with the reason."""


def erase(session: Session, case: Case) -> tuple[str, ...]:
    """Erase what a case says of people, its files included; the keys whose bytes are to be removed once the
    transaction has committed. The case must have been locked."""
    session.flush()
    for row in session.scalars(select(Applicant).where(Applicant.case_id == case.id)):
        _blank_applicant(row)
    case.description = GONE
    session.flush()
    for blanked in BLANKED:
        session.execute(
            update(blanked.table)
            .where(blanked.rows(blanked.table, case.id))
            .values({getattr(blanked.table, name): value for name, value in blanked.values.items()})
            .execution_options(synchronize_session=False)
        )
    for table, rows in DELETED:
        session.execute(
            delete(table).where(rows(table, case.id)).execution_options(synchronize_session=False)
        )
    keys = tuple(session.scalars(select(Attachment.storage_key).where(_files(Attachment, case.id))))
    session.execute(
        delete(Attachment).where(_files(Attachment, case.id)).execution_options(synchronize_session=False)
    )
    note_for_search(session, [case.id])
    session.expire_all()
    return keys


def _blank_applicant(row: Applicant) -> None:
    row.name = GONE
    row.contact_name = row.postcode = None
    row.identity_number_cipher = row.phone_cipher = row.address_cipher = row.email_cipher = None
    row.identity_number_hash = row.phone_hash = row.phone_tail_hash = row.email_hash = None
    row.authorised_by_attachment_id = None
