"""条款变动 as the library shows it: changes on record, wordings still to be looked at, what the checks found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.article_changes import ArticleChange, WordingInUse, marks
from tracker.models import Account, StatuteChange, WordingCheck
from tracker.queries.wordings import VersionFacts, list_versions


@dataclass(frozen=True, slots=True)
class ChangeOnRecord:
    """A change, who recorded it, and the versions in use or to come that wait to be looked at for it."""

    change: ArticleChange
    recorded_by: str
    waiting: Sequence[VersionFacts]


@dataclass(frozen=True, slots=True)
class Check:
    """What somebody found of a version after a change."""

    article: str
    changed_on: date
    remark: str
    by: str
    at: datetime


def list_changes(session: Session, actor: Actor, today: date) -> Sequence[ChangeOnRecord]:
    """Every change on record, the newest first. Like the wordings they are no secret."""
    versions = list_versions(session, actor)
    waiting = marked(session, versions, today)
    by_id = {v.id: v for v in versions}
    rows = session.execute(
        select(StatuteChange, Account.name)
        .join(Account, Account.id == StatuteChange.recorded_by_id)
        .order_by(StatuteChange.changed_on.desc(), StatuteChange.id.desc())
    )
    return [
        ChangeOnRecord(
            _change(row), name, [by_id[v] for v, told in waiting.items() if row.id in {c.id for c in told}]
        )
        for row, name in rows
    ]


def marked(
    session: Session, versions: Sequence[VersionFacts], today: date
) -> Mapping[int, Sequence[ArticleChange]]:
    """By id of the version, the changes it waits to be looked at for; of ``versions`` those used now or later."""
    return _marks(session, _used(versions, today))


def marked_of(
    session: Session, actor: Actor, version_ids: Collection[int]
) -> Sequence[tuple[VersionFacts, Sequence[ArticleChange]]]:
    """Of the versions a letter was written from, in use or not, those that wait to be looked at."""
    if session.scalar(select(StatuteChange.id).limit(1)) is None:
        return ()
    versions = {v.id: v for v in list_versions(session, actor) if v.id in version_ids}
    return [(versions[found], told) for found, told in _marks(session, versions.values()).items()]


def list_checks(session: Session, version_id: int) -> Sequence[Check]:
    """What was found of a version, the newest first."""
    rows = session.execute(
        select(WordingCheck, StatuteChange, Account.name)
        .join(StatuteChange, StatuteChange.id == WordingCheck.change_id)
        .join(Account, Account.id == WordingCheck.checked_by_id)
        .where(WordingCheck.wording_id == version_id)
        .order_by(WordingCheck.id.desc())
    )
    return [
        Check(change.article, change.changed_on, check.remark, name, check.checked_at)
        for check, change, name in rows
    ]


def _marks(session: Session, versions: Iterable[VersionFacts]) -> Mapping[int, Sequence[ArticleChange]]:
    changes = [_change(row) for row in session.scalars(select(StatuteChange).order_by(StatuteChange.id))]
    if not changes:
        return {}
    checked = {
        (change, wording)
        for change, wording in session.execute(select(WordingCheck.change_id, WordingCheck.wording_id))
    }
    return marks(changes, [WordingInUse(v.id, v.template, v.approved_at) for v in versions], checked)


def _used(versions: Sequence[VersionFacts], today: date) -> Sequence[VersionFacts]:
    """Versions somebody uses today or will use: neither ended nor followed by one in force."""
    newest: dict[tuple[str, int | None], int] = {}
    for v in versions:
        if v.in_force_from <= today:
            whose = (v.key, v.organ_id)
            newest[whose] = max(newest.get(whose, 0), v.number)
    return [
        v
        for v in versions
        if (v.ended_on is None or v.ended_on > today) and v.number >= newest.get((v.key, v.organ_id), 0)
    ]


def _change(row: StatuteChange) -> ArticleChange:
    return ArticleChange(row.id, row.article, row.changed_on, row.note, row.recorded_at)
