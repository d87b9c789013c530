"""The log as it is told outside: which entry, on which day, proved by which pieces. Reads nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tracker.domain.bundle_facts import Happening
from tracker.domain.case_log import EntryType, LogEntry, SuspensionCause
from tracker.domain.exhibits import Exhibit, in_usual_order
from tracker.domain.file_kinds import FileKind
from tracker.domain.standalone_documents import OWN_WORK
from tracker.domain.told_facts import SENTENCES
from tracker.models import Dispatch
from tracker.queries.bundle_exhibits import FilePapers, letter_title
from tracker.queries.case_record import ToldEntry

_FILES: dict[EntryType, tuple[FileKind, ...]] = {
    EntryType.RECEIVED: (FileKind.REQUEST, FileKind.ENVELOPE),
    EntryType.CORRECTED: (FileKind.CORRECTION,),
    EntryType.RESUMED: (FileKind.CONSULTATION,),
    EntryType.DELIVERED: (FileKind.DELIVERY_PROOF,),
}
_NUMBERED: dict[EntryType, tuple[str, str]] = {
    EntryType.SEARCH_RECORDED: ("search", "search_id"),
    EntryType.SECRECY_REVIEWED: ("secrecy", "secrecy_review_id"),
    EntryType.CALL_RECORDED: ("call", "call_id"),
}
_ORDER = {kind: place for place, kind in enumerate(SENTENCES)}
"""Things of one day as they follow each other in the work."""
_SENT = frozenset(
    {EntryType.DISPATCHED, EntryType.REDISPATCHED, EntryType.DELIVERED, EntryType.MAIL_RETURNED}
)


def happenings_of(
    told: Sequence[ToldEntry],
    standing: Sequence[LogEntry],
    papers: FilePapers,
    exhibits: Sequence[Exhibit],
    until: date,
) -> Iterator[Happening]:
    """Entries as corrected, by day of law, up to the day the organ answered or the challenge ended: a paper made again
    afterwards tells no more than the one handed in."""
    recorded = {one.entry.seq: one.recorded_at for one in told}
    there = {exhibit.key: place for place, exhibit in enumerate(in_usual_order(exhibits))}
    for entry in sorted(standing, key=lambda e: (e.on, _ORDER.get(e.type, 0), e.seq)):
        own_work = entry.details.get("template") in OWN_WORK
        if entry.type not in SENTENCES or own_work or entry.on > until:
            continue
        letter = next((x for x in papers.letters if x.id == entry.details.get("letter_id")), None)
        if letter is not None and letter.status == "voided":
            continue
        yield Happening(
            seq=entry.seq,
            type=entry.type,
            on=entry.on,
            papers=tuple(
                sorted((key for key in set(_papers(entry, papers)) if key in there), key=there.__getitem__)
            ),
            cause=entry.cause or _cause(entry, papers),
            way=entry.by,
            days=entry.days,
            until=entry.until,
            letter=f"《{letter_title(letter)}》{f'（{letter.number}）' if letter.number else ''}"
            if letter
            else "",
            mail_number=_mail(entry, papers),
            word=_word(entry.details),
            recorded_at=recorded.get(entry.seq),
        )


def _papers(entry: LogEntry, papers: FilePapers) -> Iterator[str]:
    letter_id = entry.details.get("letter_id")
    if letter_id is not None and entry.type not in _SENT:
        yield f"letter:{letter_id}"
    if entry.type in _SENT and letter_id is not None:
        yield f"dispatch:{letter_id}"
    if entry.type in _NUMBERED:
        prefix, name = _NUMBERED[entry.type]
        yield f"{prefix}:{entry.details.get(name)}"
    wanted = {str(kind) for kind in _FILES.get(entry.type, ())}
    yield from (f"{row.kind}:{row.id}" for row in papers.attachments if row.kind in wanted)
    if entry.type is EntryType.RECEIVED:
        yield "record:receipt"


def _cause(entry: LogEntry, papers: FilePapers) -> SuspensionCause | None:
    asked = papers.consultations.get(entry.details.get("consultation_id", 0))
    return SuspensionCause(asked.kind) if asked is not None else None


def _mail(entry: LogEntry, papers: FilePapers) -> str:
    wanted = entry.details.get("dispatch_id")
    sent: Dispatch | None = next((d for x in papers.letters for d in x.dispatches if d.id == wanted), None)
    return sent.mail_number or "" if sent is not None and entry.type is not EntryType.DELIVERED else ""


def _word(details: Any) -> str:
    """What a sentence needs to know beside: an answer, whether something was found, whether somebody was reached."""
    if details.get("returned"):
        return "returned"
    if details.get("manner"):
        return str(details["manner"])
    for name, word in (("found", "found"), ("reached", "reached")):
        if details.get(name):
            return word
    return str(details.get("answer") or "")
