"""Cases of one year's register, read chunk by chunk so that a large year needs no more memory than a small one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, case, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.ledger_line import TOLD, TOLD_IN_DETAIL
from tracker.models import Account, Applicant, Case, Dispatch, Letter, NamedPerson, Organ, StoredEntry
from tracker.models import LedgerRow as StoredRow
from tracker.queries.case_log import as_entry
from tracker.queries.scope import visible_cases

CHUNK = 500


@dataclass(frozen=True, slots=True)
class ReplySent:
    """Number and way of the first reply (or lapse letter) of a case."""

    number: str | None
    way: str | None
    mail_number: str | None
    delivered_on: date | None


class ExportedCase(NamedTuple):
    """A case with everything a register tells of it; personal data still sealed. ``facts``: the columns ``_FACTS``."""

    facts: Row[Any]
    log: Sequence[LogEntry]
    advisor: str | None
    reply: ReplySent | None
    remark: str | None


_FACTS: tuple[Any, ...] = (
    Case.id,
    Organ.name.label("organ"),
    Case.received_on,
    Case.channel,
    Case.description,
    Case.supply_way,
    Case.disposition,
    Applicant.name.label("applicant"),
    Applicant.report_kind,
    Applicant.identity_type,
    Applicant.identity_number_cipher,
    Applicant.phone_cipher,
    Applicant.address_cipher,
)
_TOLD = [str(kind) for kind in TOLD]
_WITH_DETAILS = [str(kind) for kind in TOLD_IN_DETAIL]


def _in_register(actor: Actor, year: int) -> ColumnElement[bool]:
    """New in the year, or carried into it; a request whose registration is not complete yet is not in it."""
    scope = true() if actor == SYSTEM else visible_cases(actor)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return and_(
        scope,
        Case.needs_completion.is_(False),
        Case.received_on <= last,
        or_(Case.received_on >= first, Case.stopped_on.is_(None), Case.stopped_on >= first),
    )


def cases_of_register(session: Session, actor: Actor, year: int) -> Iterator[ExportedCase]:
    """All of them, by day of receipt."""
    ids = session.scalars(
        select(Case.id).where(_in_register(actor, year)).order_by(Case.received_on, Case.id)
    ).all()
    names = _Names(session)
    for start in range(0, len(ids), CHUNK):
        yield from _chunk(session, ids[start : start + CHUNK], names)


def _chunk(session: Session, ids: Sequence[int], names: _Names) -> Iterator[ExportedCase]:
    facts = session.execute(
        select(*_FACTS)
        .join(Organ, Organ.id == Case.organ_id)
        .join(Applicant, and_(Applicant.case_id == Case.id, Applicant.position == 1))
        .where(Case.id.in_(ids))
        .order_by(Case.received_on, Case.id)
    ).all()
    logs, advisors = _logs(session, ids, names)
    replies, remarks = _replies(session, ids), _remarks(session, ids)
    for row in facts:
        case_id = row[0]
        yield ExportedCase(
            row, logs[case_id], advisors.get(case_id), replies.get(case_id), remarks.get(case_id)
        )


class _Names:
    """Who approved, by account or as named in a register; read once an export."""

    def __init__(self, session: Session) -> None:
        self.accounts = {row.id: row.name for row in session.execute(select(Account.id, Account.name))}
        self.named = {row.id: row.name for row in session.execute(select(NamedPerson.id, NamedPerson.name))}

    def of(self, account_id: int | None, named_person_id: int | None) -> str | None:
        return self.named.get(named_person_id or 0) or self.accounts.get(account_id or 0)


def _logs(
    session: Session, ids: Sequence[int], names: _Names
) -> tuple[dict[int, list[LogEntry]], dict[int, str]]:
    """Of each case the entries a register tells of, and the last advisor who approved."""
    logs: dict[int, list[LogEntry]] = {case_id: [] for case_id in ids}
    advisors: dict[int, str] = {}
    rows = session.execute(
        select(
            StoredEntry.case_id,
            StoredEntry.type,
            StoredEntry.happened_on,
            StoredEntry.seq,
            case((StoredEntry.type.in_(_WITH_DETAILS), StoredEntry.details)),
            StoredEntry.actor_id,
            StoredEntry.named_person_id,
        )
        .where(StoredEntry.case_id.in_(ids), StoredEntry.type.in_(_TOLD))
        .order_by(StoredEntry.case_id, StoredEntry.seq)
    )
    for case_id, kind, on, seq, details, account_id, named_person_id in rows:
        logs[case_id].append(as_entry(kind, on, seq, None, details or {}))
        if kind == EntryType.REVIEW_APPROVED and not (details or {}).get("not_required"):
            name = names.of(account_id, named_person_id)
            if name:
                advisors[case_id] = name
    return logs, advisors


def _replies(session: Session, ids: Sequence[int]) -> dict[int, ReplySent]:
    rows = session.execute(
        select(
            Letter.case_id,
            Letter.number,
            case((Letter.number.is_(None), Letter.values)),
            Dispatch.way,
            Dispatch.mail_number,
            Dispatch.delivered_on,
        )
        .outerjoin(Dispatch, Dispatch.letter_id == Letter.id)
        .where(
            Letter.case_id.in_(ids),
            or_(Letter.is_reply, Letter.kind.startswith("lapsed_")),
            Letter.status.in_(("signed", "historic")),
        )
        .order_by(Letter.id.desc(), Dispatch.id.desc())
    )
    return {
        case_id: ReplySent(number or (values or {}).get("number_as_written"), *sent)
        for case_id, number, values, *sent in rows
    }


def _remarks(session: Session, ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(StoredRow.case_id, StoredRow.remark).where(StoredRow.case_id.in_(ids)).order_by(StoredRow.id)
    )
    remarks: dict[int, str] = {case_id: remark or "" for case_id, remark in rows}
    return {case_id: remark for case_id, remark in remarks.items() if remark}
