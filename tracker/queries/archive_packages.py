"""Packages of a year that were asked for, for those who may see the people in them in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import Account, ArchivePackage, Organ

MOST = 50
_NO_ORGAN = 0
"""What a role is allowed here, it is allowed in the whole district."""


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One package and how far it is."""

    id: int
    organ_id: int
    organ: str
    year: int
    state: str
    reason: str
    requested_by: str
    requested_at: datetime
    made_at: datetime | None
    done: int
    files: int
    failed: int
    filename: str
    size: int
    sha256: str
    token: str | None
    error: str | None


def list_packages(session: Session, actor: Actor) -> list[PackageRow]:
    """The newest first."""
    query = _rows().where(_fetchable(actor)).order_by(ArchivePackage.id.desc()).limit(MOST)
    return [PackageRow(*tuple(row)) for row in session.execute(query)]


def get_package(session: Session, actor: Actor, package_id: int) -> PackageRow:
    """One package. Raises ``NotFound``."""
    row = session.execute(_rows().where(ArchivePackage.id == package_id, _fetchable(actor))).first()
    if row is None:
        raise NotFound(N_("没有找到这个归档包。"))
    return PackageRow(*tuple(row))


def _rows() -> Any:
    return (
        select(
            ArchivePackage.id,
            ArchivePackage.organ_id,
            Organ.name,
            ArchivePackage.year,
            ArchivePackage.state,
            ArchivePackage.reason,
            Account.name,
            ArchivePackage.requested_at,
            ArchivePackage.made_at,
            ArchivePackage.done,
            ArchivePackage.files,
            ArchivePackage.failed,
            ArchivePackage.filename,
            ArchivePackage.size,
            ArchivePackage.sha256,
            ArchivePackage.token,
            ArchivePackage.error,
        )
        .join(Organ, Organ.id == ArchivePackage.organ_id)
        .join(Account, Account.id == ArchivePackage.requested_by_id)
    )


def _fetchable(actor: Actor) -> ColumnElement[bool]:
    if actor.may(Permission.PERSON_UNMASK, _NO_ORGAN):
        return true()
    organs = actor.organs_where(Permission.PERSON_UNMASK)
    return ArchivePackage.organ_id.in_(organs) if organs else false()
