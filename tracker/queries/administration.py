"""管理操作记录 as the auditor reads it: who did what to the installation, with today's names for ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.administrative_acts import Operation, Subject
from tracker.domain.office_days import day_begins
from tracker.models import Account, AdministrativeAct, LetterTemplate, Organ
from tracker.queries.paging import Page

_OF_ACCOUNTS = frozenset({"account_id", "away_id", "stand_in_id", "ended_by_id"})


@dataclass(frozen=True, slots=True)
class AdministrationFilter:
    """What to look for; empty fields do not narrow. Days are days of the office, both included."""

    subject: Subject | None = None
    person: str = ""
    since_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class AdministrationRow:
    """One act; ``thing`` is today's name of what it was done to, where that is known, ``changes`` gives each field as
    before and after."""

    seq: int
    at: datetime
    person: str | None
    subject: Subject
    subject_id: str
    thing: str
    operation: Operation
    changes: tuple[tuple[str, Any, Any], ...]
    digest: str


def list_administration(
    session: Session, wanted: AdministrationFilter, *, page: int = 1, size: int = 50
) -> Page[AdministrationRow]:
    """The newest acts first. A page beyond the end shows the last one."""
    held = select(AdministrativeAct, Account.name).outerjoin(
        Account, Account.id == AdministrativeAct.actor_id
    )
    held = held.where(*_narrowed(wanted))
    total = session.scalar(select(func.count()).select_from(held.subquery())) or 0
    number = min(page, max(1, -(-total // size)))
    found = session.execute(
        held.order_by(AdministrativeAct.seq.desc()).limit(size).offset((number - 1) * size)
    ).all()
    names = _Names(session, [act for act, _ in found])
    return Page([names.told(_row(act, person)) for act, person in found], total, number, size)


def _narrowed(wanted: AdministrationFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.subject:
        conditions.append(AdministrativeAct.subject == str(wanted.subject))
    if wanted.person:
        conditions.append(Account.name.contains(wanted.person, autoescape=True))
    if wanted.since_on:
        conditions.append(AdministrativeAct.at >= day_begins(wanted.since_on))
    if wanted.until_on:
        conditions.append(AdministrativeAct.at < day_begins(wanted.until_on + timedelta(days=1)))
    return conditions


def _row(act: AdministrativeAct, person: str | None) -> AdministrationRow:
    changes = tuple((name, before, after) for name, (before, after) in sorted(act.details.items()))
    subject, operation = Subject(act.subject), Operation(act.operation)
    return AdministrationRow(
        act.seq, act.at, person, subject, act.subject_id, "", operation, changes, act.digest
    )


class _Names:
    """Today's names of the accounts, organs and documents that acts speak of."""

    def __init__(self, session: Session, acts: Iterable[AdministrativeAct]) -> None:
        accounts, organs, templates = set(), set(), set()
        for act in acts:
            if act.subject == Subject.ACCOUNT:
                accounts.add(int(act.subject_id))
            if act.subject in {Subject.ORGAN, Subject.ALERT_POLICY}:
                organs.add(int(act.subject_id))
            for name, pair in act.details.items():
                ids = {value for value in pair if isinstance(value, int)}
                if name in _OF_ACCOUNTS:
                    accounts |= ids
                elif name == "organ_id":
                    organs |= ids
                elif name == "template_id":
                    templates |= ids
        self._accounts = _named(session, Account.id, Account.name, accounts)
        self._organs = _named(session, Organ.id, Organ.name, organs)
        self._templates = _named(session, LetterTemplate.id, LetterTemplate.title, templates)

    def told(self, row: AdministrationRow) -> AdministrationRow:
        """The row with names in place of ids."""
        changes = tuple(
            (name, self._value(name, before), self._value(name, after)) for name, before, after in row.changes
        )
        return replace(row, thing=self._thing(row), changes=changes)

    def _thing(self, row: AdministrationRow) -> str:
        if row.subject is Subject.ACCOUNT:
            return self._accounts.get(int(row.subject_id), "")
        if row.subject in {Subject.ORGAN, Subject.ALERT_POLICY}:
            return self._organs.get(int(row.subject_id), "")
        return ""

    def _value(self, name: str, value: Any) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        if name in _OF_ACCOUNTS:
            return self._accounts.get(value, value)
        if name == "organ_id":
            return self._organs.get(value, value)
        return self._templates.get(value, value) if name == "template_id" else value


def _named(session: Session, key: Any, name: Any, ids: set[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    return {row[0]: row[1] for row in session.execute(select(key, name).where(key.in_(ids)))}
