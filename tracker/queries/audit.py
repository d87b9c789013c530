"""What the auditor reads: who recorded what, who looked at personal data, who tried to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.models import (
    Account,
    Case,
    ListExport,
    NamedPerson,
    Organ,
    PersonalDataReading,
    SignInAttempt,
    StoredEntry,
)
from tracker.queries.scope import visible_cases

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to look for; empty fields do not narrow. ``before_id`` continues an earlier page."""

    number: str = ""
    person: str = ""
    since_on: date | None = None
    before_id: int | None = None


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """One entry of a case's log as the auditor sees it."""

    id: int
    case_id: int
    case_number: str
    organ: str
    type: str
    happened_on: date
    recorded_at: datetime
    person: str | None
    digest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody looked at personal data that lists show masked."""

    id: int
    case_id: int
    case_number: str
    person: str
    field: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to sign in."""

    id: int
    login: str
    address: str
    at: datetime
    succeeded: bool


def list_acts(session: Session, actor: Actor, wanted: AuditFilter) -> list[RecordedAct]:
    """The newest entries first, one page; what the actor may not see is not there."""
    query = (
        select(
            StoredEntry.id,
            Case.id,
            Case.number,
            Organ.name,
            StoredEntry.type,
            StoredEntry.happened_on,
            StoredEntry.recorded_at,
            Account.name,
            NamedPerson.name,
            StoredEntry.digest,
        )
        .join(Case, Case.id == StoredEntry.case_id)
        .join(Organ, Organ.id == Case.organ_id)
        .outerjoin(Account, Account.id == StoredEntry.actor_id)
        .outerjoin(NamedPerson, NamedPerson.id == StoredEntry.named_person_id)
        .where(visible_cases(actor), *_narrowed(wanted))
        .order_by(StoredEntry.id.desc())
        .limit(PAGE_SIZE)
    )
    return [
        RecordedAct(id_, case_id, number, organ, type_, on, at, account or named, digest)
        for id_, case_id, number, organ, type_, on, at, account, named, digest in session.execute(query)
    ]


def _narrowed(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.number:
        conditions.append(Case.number.contains(wanted.number, autoescape=True))
    if wanted.person:
        conditions.append(Account.name.contains(wanted.person, autoescape=True))
    if wanted.since_on:
        conditions.append(StoredEntry.happened_on >= wanted.since_on)
    if wanted.before_id:
        conditions.append(StoredEntry.id < wanted.before_id)
    return conditions


def list_readings(session: Session, actor: Actor, limit: int = PAGE_SIZE) -> list[Reading]:
    """The latest readings of unmasked personal data in cases the actor may see."""
    query = (
        select(
            PersonalDataReading.id,
            Case.id,
            Case.number,
            Account.name,
            PersonalDataReading.field,
            PersonalDataReading.reason,
            PersonalDataReading.at,
        )
        .join(Case, Case.id == PersonalDataReading.case_id)
        .join(Account, Account.id == PersonalDataReading.account_id)
        .where(visible_cases(actor))
        .order_by(PersonalDataReading.id.desc())
        .limit(limit)
    )
    return [Reading(*row) for row in session.execute(query)]


def list_attempts(session: Session, limit: int = PAGE_SIZE) -> list[Attempt]:
    """The latest attempts to sign in, of every account."""
    query = select(
        SignInAttempt.id,
        SignInAttempt.login,
        SignInAttempt.address,
        SignInAttempt.at,
        SignInAttempt.succeeded,
    ).order_by(SignInAttempt.id.desc())
    return [Attempt(*row) for row in session.execute(query.limit(limit))]


@dataclass(frozen=True, slots=True)
class Export:
    """A list that somebody took away as a file; ``personal``: rows with personal data in the clear."""

    taken: str
    address: str
    rows: int
    personal: int
    reason: str | None
    person: str
    at: datetime


def list_exports(session: Session, limit: int = PAGE_SIZE) -> list[Export]:
    """The latest lists taken away, whosever they are."""
    query = (
        select(
            ListExport.taken,
            ListExport.address,
            ListExport.rows,
            ListExport.personal,
            ListExport.reason,
            Account.name,
            ListExport.at,
        )
        .join(Account, Account.id == ListExport.account_id)
        .order_by(ListExport.id.desc())
    )
    return [Export(*row) for row in session.execute(query.limit(limit))]
