"""Cases of one year's register, read chunk by chunk so that a large year needs no more memory than a small one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.ledger_line import TOLD, TOLD_IN_DETAIL
from tracker.models import Account, Applicant, Case, Dispatch, Letter, NamedPerson, Organ, StoredEntry
from tracker.queries.case_conditions import in_register
from tracker.queries.case_log import as_entry
from tracker.queries.case_rows import Handler
from tracker.queries.planner import among, not_by_index
from tracker.queries.remarks import last_remarks, remarks_as_amended
from tracker.queries.scope import visible_cases

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class ReplySent:
    """Number and way of the first reply (or lapse letter) of a case."""

    number: str | None
    way: str | None
    mail_number: str | None
    delivered_on: date | None


class ExportedCase(NamedTuple):
    """A case with everything a register tells of it; personal data still sealed. ``facts``: the columns ``_FACTS``, on
    screen also ``_ON_SCREEN``; those of the applicant are None for a request without one yet."""

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
    Applicant.legal_kind,
    Applicant.report_kind,
    Applicant.identity_type,
    Applicant.identity_number_cipher,
    Applicant.phone_cipher,
    Applicant.address_cipher,
)
_TOLD = [str(kind) for kind in (*TOLD, EntryType.REGISTRATION_AMENDED)]
_WITH_DETAILS = [str(kind) for kind in (*TOLD_IN_DETAIL, EntryType.REGISTRATION_AMENDED)]


_ON_SCREEN: tuple[Any, ...] = (
    Case.number,
    Case.organ_id,
    Case.stage,
    Case.version_id,
    Case.needs_completion,
    Case.held,
    func.coalesce(Handler.name, Case.handler_name).label("handler"),
)


def cases_of_register(session: Session, actor: Actor, year: int) -> Iterator[ExportedCase]:
    """All of them, by day of receipt."""
    scope = true() if actor == SYSTEM else visible_cases(actor)
    ids = session.scalars(
        select(Case.id).where(scope, in_register(year)).order_by(Case.received_on, Case.id)
    ).all()
    yield from cases_in_order(session, ids)


def cases_in_order(
    session: Session, ids: Sequence[int], *, on_screen: bool = False
) -> Iterator[ExportedCase]:
    """The cases in the order given, which the caller has found through the scope; one that is gone is left out.
    ``on_screen``: with all of their log, and with what is needed to work on them."""
    names = _Names(session)
    for start in range(0, len(ids), CHUNK):
        yield from _chunk(session, ids[start : start + CHUNK], names, on_screen=on_screen)


def _chunk(session: Session, ids: Sequence[int], names: _Names, *, on_screen: bool) -> Iterator[ExportedCase]:
    query = (
        select(*_FACTS, *(_ON_SCREEN if on_screen else ()))
        .join(Organ, Organ.id == Case.organ_id)
        .outerjoin(Applicant, and_(Applicant.case_id == Case.id, Applicant.position == 1))
        .where(among(session, Case.id, ids))
    )
    if on_screen:
        query = query.outerjoin(Handler, Handler.id == Case.handler_id)
    facts = {row[0]: row for row in session.connection().execute(query)}
    logs, advisors, amended = _logs(session, ids, names, whole=on_screen)
    replies, remarks = replies_of(session, ids), remarks_as_amended(session, ids, amended)
    for case_id in ids:
        if case_id in facts:
            yield ExportedCase(
                facts[case_id],
                logs[case_id],
                advisors.get(case_id),
                replies.get(case_id),
                remarks.get(case_id),
            )


class _Names:
    """Who approved, by account or as named in a register; read once an export, when the first is asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def accounts(self) -> dict[int, str]:
        """Names of all accounts."""
        return {row.id: row.name for row in self._session.execute(select(Account.id, Account.name))}

    @cached_property
    def named(self) -> dict[int, str]:
        """People known by name alone."""
        return {row.id: row.name for row in self._session.execute(select(NamedPerson.id, NamedPerson.name))}

    def of(self, account_id: int | None, named_person_id: int | None) -> str | None:
        return self.named.get(named_person_id or 0) or self.accounts.get(account_id or 0)


def _logs(
    session: Session, ids: Sequence[int], names: _Names, *, whole: bool
) -> tuple[dict[int, list[LogEntry]], dict[int, str], dict[int, int | None]]:
    """Of each case the entries a register tells of, or all of them; the last advisor who approved; and the text last
    written as its remark."""
    logs: dict[int, list[LogEntry]] = {case_id: [] for case_id in ids}
    advisors: dict[int, str] = {}
    amended: list[tuple[int, dict[str, Any], int | None]] = []
    rows = session.connection().execute(
        select(
            StoredEntry.case_id,
            StoredEntry.type,
            StoredEntry.happened_on,
            StoredEntry.seq,
            StoredEntry.details
            if whole
            else case((StoredEntry.type.in_(_WITH_DETAILS), StoredEntry.details)),
            StoredEntry.actor_id,
            StoredEntry.named_person_id,
            StoredEntry.text_id,
        )
        .where(
            among(session, StoredEntry.case_id, ids),
            true() if whole else not_by_index(StoredEntry.type).in_(_TOLD),
        )
        .order_by(StoredEntry.case_id, StoredEntry.seq)
    )
    for case_id, kind, on, seq, details, account_id, named_person_id, text_id in rows:
        if kind == EntryType.REGISTRATION_AMENDED:
            amended.append((case_id, details, text_id))
        logs[case_id].append(as_entry(kind, on, seq, None, details or {}))
        if kind == EntryType.REVIEW_APPROVED and not (details or {}).get("not_required"):
            name = names.of(account_id, named_person_id)
            if name:
                advisors[case_id] = name
    return logs, advisors, last_remarks(amended)


def is_answer() -> ColumnElement[bool]:
    """Condition: a letter that answered the request, or told that it lapsed, and has gone through the sign-off."""
    answers = or_(Letter.is_reply, Letter.kind.startswith("lapsed_"))
    return and_(answers, not_by_index(Letter.status).in_(("signed", "historic")))


def replies_of(session: Session, ids: Sequence[int]) -> dict[int, ReplySent]:
    """The first reply of each of these cases, which the caller has found through the scope."""
    rows = session.connection().execute(
        select(
            Letter.case_id,
            Letter.number,
            case((Letter.number.is_(None), Letter.values)),
            Dispatch.way,
            Dispatch.mail_number,
            Dispatch.delivered_on,
        )
        .outerjoin(Dispatch, Dispatch.letter_id == Letter.id)
        .where(among(session, Letter.case_id, ids), is_answer())
        .order_by(Letter.id.desc(), Dispatch.id.desc())
    )
    return {
        case_id: ReplySent(number or (values or {}).get("number_as_written"), *sent)
        for case_id, number, values, *sent in rows
    }
