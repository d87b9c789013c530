"""申请件 as an append-only log: typed entries, each dated by law; everything else is derived from them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from tracker.domain.errors import Refusal, RefusalCode

_Kind = TypeVar("_Kind", bound=StrEnum)
_CORRECTED_DETAILS = ("answer", "answered_on", "answer_due_on", "received_on")
"""What a correction of fact may change besides the clock's fields: read by the smaller clocks."""

_WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class EntryType(StrEnum):
    """What may happen to a case. The first group moves the statutory clock, the second only the work."""

    RECEIVED = "received"
    CORRECTION_REQUESTED = "correction_requested"
    CORRECTED = "corrected"
    FEE_NOTIFIED = "fee_notified"
    FEE_PAID = "fee_paid"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    JUSTIFICATION_REQUESTED = "justification_requested"
    JUSTIFIED = "justified"
    DELAYED = "delayed"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"
    ORDERED_ANEW = "ordered_anew"

    FACT_CORRECTED = "fact_corrected"
    REGISTERED = "registered"
    COMPLETED = "completed"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    HANDED_OVER = "handed_over"
    CALL_RECORDED = "call_recorded"
    NOTE_ADDED = "note_added"
    FILE_ATTACHED = "file_attached"
    SEARCH_ASKED = "search_asked"
    SEARCH_WITHDRAWN = "search_withdrawn"
    SEARCH_RECORDED = "search_recorded"
    SECRECY_REVIEWED = "secrecy_reviewed"
    CONSULTATION_DELIVERED = "consultation_delivered"
    EXTENSION_REQUESTED = "extension_requested"
    EXTENSION_REFUSED = "extension_refused"
    NOTICE_ISSUED = "notice_issued"
    NOTICE_DISPATCHED = "notice_dispatched"
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    REVIEW_APPROVED = "review_approved"
    REVIEW_RETURNED = "review_returned"
    REVIEW_WAIVED = "review_waived"
    ADVICE_ASKED = "advice_asked"
    ADVICE_GIVEN = "advice_given"
    SIGN_OFF_RETURNED = "sign_off_returned"
    SIGNED_OFF = "signed_off"
    SEALED = "sealed"
    REPLY_VOIDED = "reply_voided"
    NOTICE_VOIDED = "notice_voided"
    MAIL_RETURNED = "mail_returned"
    REDISPATCHED = "redispatched"
    ARCHIVED = "archived"
    HELD = "held"
    HOLD_RELEASED = "hold_released"
    RETENTION_CHANGED = "retention_changed"
    FILE_DESTROYED = "file_destroyed"
    CHASED = "chased"
    CHASE_ANSWERED = "chase_answered"
    CALENDAR_CHANGED = "calendar_changed"
    LEDGER_IMPORTED = "ledger_imported"
    REGISTRATION_AMENDED = "registration_amended"
    CHALLENGED = "challenged"
    CHALLENGE_HEARING = "challenge_hearing"
    CHALLENGE_ANSWERED = "challenge_answered"
    CHALLENGE_CLOSED = "challenge_closed"


class SuspensionCause(StrEnum):
    """Whose answer is awaited while days are not counted (Art 32, 33(3), 34)."""

    THIRD_PARTY = "third_party"
    CO_PRODUCER = "co_producer"
    OTHER_ORGAN = "other_organ"


class DispatchWay(StrEnum):
    """How a reply left the organ. By hand only the applicant's signature stops the clock."""

    POST = "post"
    HAND = "hand"
    PORTAL = "portal"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that happened. ``on`` is the day of law, ``seq`` the order of recording.

    ``cause``, ``ref``: suspensions; ``days``: working days of an extension or of an order; ``by``: way of dispatch;
    ``until``: the date set under Art 35. ``calendar_version`` is kept by entries that stop a run. ``details`` holds
    what the clock does not read.
    """

    type: EntryType
    on: date
    seq: int = 0
    cause: SuspensionCause | None = None
    ref: str | None = None
    days: int | None = None
    by: DispatchWay | None = None
    until: date | None = None
    calendar_version: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def parse_entry(raw: object, seq: int = 0) -> LogEntry:
    """One entry from outside (a JSON object).

    Raises ``Refusal``: ``bad_entry`` for an unknown type, a missing or malformed field, a day that does not exist;
    ``extension_days`` when the days are not a whole number of at least 1.
    """
    if not isinstance(raw, Mapping):
        raise Refusal(RefusalCode.BAD_ENTRY)
    kind = _member(EntryType, raw.get("type"))
    needs_days = kind is EntryType.EXTENDED or (
        kind is EntryType.ORDERED_ANEW and raw.get("days") is not None
    )
    return LogEntry(
        type=kind,
        on=parse_day(raw.get("on")),
        seq=seq,
        cause=_member(SuspensionCause, raw.get("cause")) if kind is EntryType.SUSPENDED else None,
        ref=_ref(raw.get("ref")),
        days=_days(raw) if needs_days else None,
        by=_member(DispatchWay, _way(raw.get("by"))) if kind is EntryType.DISPATCHED else None,
        until=parse_day(raw.get("until")) if kind is EntryType.DELAYED else None,
        details=_details(raw),
    )


def entry_from_stored(
    type_: str, on: date, seq: int, calendar_version: int | None, details: Mapping[str, Any]
) -> LogEntry:
    """One entry from our own table, where the clock's fields lie among the details."""
    until = details.get("until")
    return LogEntry(
        type=EntryType(type_),
        on=on,
        seq=seq,
        cause=SuspensionCause(details["cause"]) if details.get("cause") else None,
        ref=details.get("ref"),
        days=details.get("days"),
        by=DispatchWay(details["by"]) if details.get("by") else None,
        until=date.fromisoformat(until) if until else None,
        calendar_version=calendar_version,
        details=details,
    )


def effective(log: Sequence[LogEntry]) -> Sequence[LogEntry]:
    """The log with corrections of fact applied: entries as they should have been recorded, without voided ones.

    A ``fact_corrected`` entry names the corrected one in ``details["seq"]`` and carries the new day of law in its
    ``details["on"]``, other changed fields by their names, or ``details["void"]``. The last correction wins.
    """
    if EntryType.FACT_CORRECTED not in [e.type for e in log]:
        return log
    corrected = {e.seq: e for e in log if e.type is not EntryType.FACT_CORRECTED}
    known = frozenset(corrected)
    for entry in sorted(log, key=lambda e: e.seq):
        if entry.type is not EntryType.FACT_CORRECTED or not is_good_correction(entry, known):
            continue
        target = entry.details["seq"]
        if entry.details.get("void"):
            corrected.pop(target, None)
        elif target in corrected:
            corrected[target] = _with_changes(corrected[target], entry.details)
    return [corrected[e.seq] for e in log if e.seq in corrected and e.type is not EntryType.FACT_CORRECTED]


def is_good_correction(entry: LogEntry, known: frozenset[int]) -> bool:
    """Whether a ``fact_corrected`` entry names one of the known entries and says something that can be."""
    target = entry.details.get("seq")
    if isinstance(target, bool) or not isinstance(target, int) or target not in known:
        return False
    try:
        _changes(entry.details)
    except Refusal:
        return False
    return True


def _with_changes(entry: LogEntry, changes: Mapping[str, Any]) -> LogEntry:
    """The entry with what was corrected. An answer whose day is corrected came on that day, whatever was noted."""
    details = dict(entry.details)
    if changes.get("on") is not None:
        details.pop("answered_on", None)
    details |= {name: changes[name] for name in _CORRECTED_DETAILS if changes.get(name) is not None}
    return replace(entry, details=details, **_changes(changes))


def _changes(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The clock fields a correction changes, checked. Raises ``Refusal`` for values that cannot be."""
    changes: dict[str, Any] = {}
    if raw.get("on") is not None:
        changes["on"] = parse_day(raw["on"])
    if raw.get("until") is not None:
        changes["until"] = parse_day(raw["until"])
    if raw.get("days") is not None:
        changes["days"] = _days(raw)
    if raw.get("by") is not None:
        changes["by"] = _member(DispatchWay, _way(raw["by"]))
    if raw.get("cause") is not None:
        changes["cause"] = _member(SuspensionCause, raw["cause"])
    if raw.get("ref") is not None:
        changes["ref"] = _ref(raw["ref"])
    return changes


def _member(kind: type[_Kind], value: Any) -> _Kind:
    if not isinstance(value, str):
        raise Refusal(RefusalCode.BAD_ENTRY)
    try:
        return kind(value)
    except ValueError:
        raise Refusal(RefusalCode.BAD_ENTRY) from None


def parse_day(value: object) -> date:
    """A date written as 2026-11-23. Raises ``Refusal`` (``bad_entry``) for anything else, and for 30 February."""
    if not isinstance(value, str) or _WRITTEN_DAY.fullmatch(value) is None:
        raise Refusal(RefusalCode.BAD_ENTRY)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refusal(RefusalCode.BAD_ENTRY) from None


def _way(value: object) -> object:
    return "email" if value == "e-mail" else value


def _ref(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refusal(RefusalCode.BAD_ENTRY)
    return value


def _days(raw: Mapping[str, Any]) -> int:
    if "days" not in raw:
        raise Refusal(RefusalCode.BAD_ENTRY)
    days = raw["days"]
    if isinstance(days, bool) or not isinstance(days, int) or days < 1:
        raise Refusal(RefusalCode.EXTENSION_DAYS)
    return days


def _details(raw: Mapping[str, Any]) -> dict[str, Any]:
    details = raw.get("details", {})
    if not isinstance(details, Mapping):
        raise Refusal(RefusalCode.BAD_ENTRY)
    return dict(details)
