"""Cases of one year's register, read chunk by chunk so that a large year needs no more memory than a small one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.case_log import EntryType, LogEntry
from tracker.models import Account, Applicant, Case, Dispatch, Letter, NamedPerson, StoredEntry
from tracker.models import LedgerRow as StoredRow
from tracker.queries.case_log import read_logs
from tracker.queries.scope import visible_cases

CHUNK = 200


@dataclass(frozen=True, slots=True)
class ReplySent:
    """Number and way of the first reply (or lapse letter) of a case."""

    number: str | None
    way: str | None
    mail_number: str | None
    delivered_on: date | None


@dataclass(frozen=True, slots=True)
class ExportedCase:
    """A case with everything a register tells of it; personal data still sealed."""

    case: Case
    organ: str
    applicant: Applicant
    log: Sequence[LogEntry]
    advisor: str | None
    reply: ReplySent | None
    remark: str | None


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
    for start in range(0, len(ids), CHUNK):
        yield from _chunk(session, ids[start : start + CHUNK])
        session.expunge_all()


def _chunk(session: Session, ids: Sequence[int]) -> Iterator[ExportedCase]:
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids)))}
    applicants = {
        a.case_id: a
        for a in session.scalars(select(Applicant).where(Applicant.case_id.in_(ids), Applicant.position == 1))
    }
    logs, advisors = read_logs(session, ids), _advisors(session, ids)
    replies, remarks = _replies(session, ids), _remarks(session, ids)
    for case_id in ids:
        case = cases[case_id]
        if case_id in applicants:
            yield ExportedCase(
                case,
                case.organ.name,
                applicants[case_id],
                logs[case_id],
                advisors.get(case_id),
                replies.get(case_id),
                remarks.get(case_id),
            )


def _advisors(session: Session, ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(StoredEntry.case_id, StoredEntry.details, Account.name, NamedPerson.name)
        .outerjoin(Account, Account.id == StoredEntry.actor_id)
        .outerjoin(NamedPerson, NamedPerson.id == StoredEntry.named_person_id)
        .where(StoredEntry.case_id.in_(ids), StoredEntry.type == str(EntryType.REVIEW_APPROVED))
        .order_by(StoredEntry.seq)
    )
    return {
        case_id: named or account
        for case_id, details, account, named in rows
        if (named or account) and not details.get("not_required")
    }


def _replies(session: Session, ids: Sequence[int]) -> dict[int, ReplySent]:
    rows = session.execute(
        select(Letter, Dispatch)
        .outerjoin(Dispatch, Dispatch.letter_id == Letter.id)
        .where(
            Letter.case_id.in_(ids),
            or_(Letter.is_reply, Letter.kind.startswith("lapsed_")),
            Letter.status.in_(("signed", "historic")),
        )
        .order_by(Letter.id.desc(), Dispatch.id.desc())
    )
    found: dict[int, ReplySent] = {}
    for letter, sent in rows:
        if letter.case_id is None:
            continue
        number = letter.number or (letter.values or {}).get("number_as_written")
        if sent is None:
            found[letter.case_id] = ReplySent(number, None, None, None)
        else:
            found[letter.case_id] = ReplySent(number, sent.way, sent.mail_number, sent.delivered_on)
    return found


def _remarks(session: Session, ids: Sequence[int]) -> dict[int, str]:
    rows: defaultdict[int, str] = defaultdict(str)
    for case_id, remark in session.execute(
        select(StoredRow.case_id, StoredRow.remark).where(StoredRow.case_id.in_(ids)).order_by(StoredRow.id)
    ):
        rows[case_id] = remark or ""
    return {case_id: remark for case_id, remark in rows.items() if remark}
