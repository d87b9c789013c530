"""What one row of a register tells of a case, as values of the rows it becomes; nothing here is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.domain import ledger_defects as say
from tracker.domain.case_log import EntryType, LogEntry, SuspensionCause
from tracker.domain.dispositions import ROW_OF, Disposition
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_log import DatedEntry
from tracker.domain.ledger_row import LedgerRow
from tracker.domain.numbering import parse_document_number
from tracker.domain.request_terms import USUAL_LEGAL_KIND, Channel
from tracker.services.log_entries import NewEntry

if TYPE_CHECKING:
    from tracker.adapters.cipher import Cipher

REPLY_SERIES = "letter:reply"
CONSULTATION_REF = "ledger"
REASON = "据台账如实导入"
Values = dict[str, Any]
_ANY_REPLY = "reply_frame"
_PHONE_TAIL = 4
_NOTICES: dict[Column, str] = {
    Column.CORRECTION_REQUESTED_ON: "correction_notice",
    Column.EXTENDED_ON: "extension_notice",
    Column.FEE_NOTIFIED_ON: "fee_notice",
}
_CONFIRMED = frozenset({Channel.ORDINARY_MAIL, Channel.FAX})
_SIGNED = frozenset({Channel.REGISTERED_MAIL, Channel.IN_PERSON, Channel.ORAL})


@dataclass(frozen=True, slots=True)
class Hanging:
    """Keys of what an entry of the log names: the letters of a row by their column, the consultation, the advisor."""

    letters: Mapping[Column, int] = field(default_factory=dict)
    consultation_id: int | None = None
    advisor_id: int | None = None


def news_of(row: LedgerRow, known: Collection[EntryType]) -> list[DatedEntry]:
    """What the row tells of the clock that is not on record yet."""
    return [dated for dated in row.entries if dated.entry.type not in known]


def breaks_law(row: LedgerRow) -> bool:
    """Whether what the row tells is recorded with a breach, and so with a reason."""
    return any(defect.template == say.BREACH for defect in row.warnings)


def new_entries(row: LedgerRow, known: Collection[EntryType], hanging: Hanging) -> list[NewEntry]:
    """The entries a row adds to a log that holds those ``known``."""
    entries = [_entry(dated, hanging) for dated in news_of(row, known)]
    if row.reviewed_on is not None and EntryType.REVIEW_APPROVED not in known:
        entries.append(
            NewEntry(EntryType.REVIEW_APPROVED, row.reviewed_on, named_person_id=hanging.advisor_id)
        )
    if row.archived_on is not None and EntryType.ARCHIVED not in known:
        entries.append(NewEntry(EntryType.ARCHIVED, row.archived_on))
    return entries


def imported_entry(row: LedgerRow, import_id: int, on: date, entries: int, **more: object) -> NewEntry:
    """The entry that says from where the others came. ``entries``: how many the import adds, itself among them."""
    about = {"import_id": import_id, "row": row.row, "sequence": row.sequence, "entries": entries, **more}
    return NewEntry(EntryType.LEDGER_IMPORTED, on, about, text=row.remark)


def _entry(dated: DatedEntry, hanging: Hanging) -> NewEntry:
    told = dated.entry
    details: dict[str, object] = {}
    if dated.column in hanging.letters:
        details["letter_id"] = hanging.letters[dated.column]
    if told.by is not None:
        details["by"] = str(told.by)
    if told.days is not None:
        details["days"] = told.days
    if told.cause is not None:
        details |= {"cause": str(told.cause), "ref": CONSULTATION_REF}
        details["consultation_id"] = hanging.consultation_id
    if told.type is EntryType.RESUMED:
        details["ref"] = CONSULTATION_REF
    return NewEntry(told.type, told.on, details)


def letter_kinds(row: LedgerRow, known: Collection[EntryType]) -> dict[Column, str]:
    """A letter for each notice and for the reply that the row newly tells of."""
    kinds = {dated.column: _letter_kind(dated, row.outcome) for dated in news_of(row, known)}
    return {column: kind for column, kind in kinds.items() if kind is not None}


def _letter_kind(dated: DatedEntry, outcome: Disposition | None) -> str | None:
    column, entry = dated.column, dated.entry
    if column is Column.CONSULTED_ON:
        third = entry.cause is SuspensionCause.THIRD_PARTY
        return "consult_third_party" if third else "consult_organ"
    if column is Column.REPLIED_ON and outcome is not None and entry.type is not EntryType.WITHDRAWN:
        variants = ROW_OF[outcome].variants
        return variants[0].template if len(variants) == 1 else _ANY_REPLY
    return _NOTICES.get(column)


def letter_values(
    row: LedgerRow, column: Column, kind: str, case_id: int, organ_id: int, run: int, *, number_free: bool
) -> Values:
    """A letter whose text is not held. A 发文字号 used twice is kept as a remark of its letter."""
    values: Values = {
        "case_id": case_id,
        "organ_id": organ_id,
        "kind": kind,
        "is_reply": column is Column.REPLIED_ON,
        "run": run,
        "status": "historic",
        "content": {},
        "values": {},
        "body_held": False,
        "number": None,
        "series": None,
        "render_attempts": 0,
    }
    if column is not Column.REPLIED_ON or row.document_number is None:
        return values
    if not number_free:
        return values | {"values": {"number_as_written": row.document_number}}
    series = REPLY_SERIES if reply_serial(row) is not None else None
    return values | {"number": row.document_number, "series": series}


def reply_serial(row: LedgerRow) -> tuple[int, int] | None:
    """Year and serial of the reply's number where it is of the organ's own series."""
    parsed = parse_document_number(row.document_number or "")
    return parsed[1:] if parsed is not None and parsed[0] == row.organ.number_prefix else None


def dispatch_values(row: LedgerRow, letter_id: int) -> Values | None:
    """How the reply left, None where the row tells of no dispatch."""
    if row.dispatch_way is None or row.replied_on is None:
        return None
    return {
        "letter_id": letter_id,
        "way": str(row.dispatch_way),
        "dispatched_on": row.replied_on,
        "mail_number": row.mail_number,
        "delivered_on": row.delivered_on,
    }


def consultation_values(case_id: int, subject: str, sent: LogEntry, answered_on: date | None) -> Values:
    """The party asked, as far as a register tells."""
    return {
        "case_id": case_id,
        "ref": CONSULTATION_REF,
        "kind": str(sent.cause),
        "party": "（台账未载明）",
        "subject": subject,
        "sent_on": sent.on,
        "answered_on": answered_on,
    }


def receipt_values(row: LedgerRow, case_id: int) -> Values:
    """How the request came in: the register's one day stands where the channel's day of law stands."""
    signed, confirmed = row.channel in _SIGNED, row.channel in _CONFIRMED
    return {
        "case_id": case_id,
        "channel": str(row.channel),
        "signed_on": row.received_on if signed else None,
        "confirmed_on": row.received_on if confirmed else None,
        "submitted_on": None if signed or confirmed else row.received_on,
    }


def applicant_values(cipher: Cipher, row: LedgerRow, case_id: int) -> Values:
    """The applicant, personal data sealed."""
    number, phone, address = row.identity_number, row.phone, row.address
    return {
        "case_id": case_id,
        "position": 1,
        "capacity": "applicant",
        "representative": False,
        "name": row.applicant,
        "legal_kind": str(USUAL_LEGAL_KIND[row.report_kind]),
        "report_kind": str(row.report_kind),
        "identity_type": str(row.identity_type),
        "identity_number_cipher": cipher.seal(number) if number else None,
        "identity_number_hash": cipher.fingerprint(number) if number else None,
        "phone_cipher": cipher.seal(phone) if phone else None,
        "phone_hash": cipher.fingerprint(phone) if phone else None,
        "phone_tail_hash": cipher.fingerprint(phone[-_PHONE_TAIL:]) if phone else None,
        "address_cipher": cipher.seal(address) if address else None,
    }
