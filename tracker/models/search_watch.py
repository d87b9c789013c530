"""Notes which cases a flush changes in what the search index holds of them; the transaction indexes them before it
ends.

It hangs on the session and not on the verbs, so that no verb can forget it. Statements that go past the session say so
by ``note_for_search``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import PassiveFlag, Session
from sqlalchemy.orm.attributes import get_history

from tracker.models.applicant import Applicant
from tracker.models.attachment import Attachment
from tracker.models.case import Case, CaseItem
from tracker.models.case_search import AttachmentText
from tracker.models.evidence import SearchRecord, SecrecyReview
from tracker.models.legal_review import LegalReview
from tracker.models.letter import Dispatch, Letter
from tracker.models.log_entry import EntryText
from tracker.models.receipt import Receipt

_CHANGED = "changed_for_search"
_WATCHED: dict[type, tuple[str, ...]] = {
    Case: (
        "number",
        "archive_number",
        "description",
        "received_on",
        "organ_id",
        "channel",
        "disposition",
        "clock_state",
    ),
    Applicant: ("name", "legal_kind", "identity_number_hash", "phone_hash", "phone_tail_hash"),
    CaseItem: ("description",),
    Receipt: ("mail_number",),
    Letter: ("content", "issued_content", "number", "status", "signed_on"),
    LegalReview: ("opinion", "voided_at"),
    Dispatch: ("mail_number", "dispatched_on", "delivered_on"),
    SecrecyReview: ("opinion",),
    SearchRecord: ("places", "keywords", "result"),
    EntryText: ("text",),
    Attachment: ("filename", "case_id"),
    AttachmentText: ("text_cipher",),
}


@dataclass(slots=True)
class Noted:
    """Cases to index anew, and what leads to more of them."""

    case_ids: set[int] = field(default_factory=set)
    letter_ids: set[int] = field(default_factory=set)
    attachment_ids: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.case_ids or self.letter_ids or self.attachment_ids)


def note_for_search(session: Session, case_ids: Iterable[int]) -> None:
    """These cases were changed by statements past the session."""
    _noted(session).case_ids.update(case_ids)


def take_noted(session: Session) -> Noted:
    """What was noted since this was last asked."""
    found: Noted | None = session.info.pop(_CHANGED, None)
    return found or Noted()


def _noted(session: Session) -> Noted:
    found: Noted = session.info.setdefault(_CHANGED, Noted())
    return found


@event.listens_for(Session, "after_flush")
def _watch(session: Session, _context: object) -> None:
    for held in (*session.new, *session.deleted):
        if type(held) in _WATCHED:
            _note(_noted(session), held)
    for held in session.dirty:
        names = _WATCHED.get(type(held))
        if names and any(_differs(held, name) for name in names):
            _note(_noted(session), held)


def _note(noted: Noted, held: Any) -> None:
    if isinstance(held, Case):
        noted.case_ids.add(held.id)
    elif isinstance(held, AttachmentText):
        noted.attachment_ids.add(held.attachment_id)
    elif getattr(held, "case_id", None) is not None:
        noted.case_ids.add(held.case_id)
    elif getattr(held, "letter_id", None) is not None:
        noted.letter_ids.add(held.letter_id)


def _differs(held: object, name: str) -> bool:
    return get_history(held, name, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes()
