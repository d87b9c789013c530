"""The wording in force on a day, for an organ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.letter_template import LetterTemplate, parse_template
from tracker.domain.vocabulary import N_
from tracker.models import LetterTemplate as StoredTemplate
from tracker.models import LetterTemplateVersion


@dataclass(frozen=True, slots=True)
class Wording:
    """One document's wording: which version it is, and what it says. ``local`` when it is an organ's own."""

    version_id: int
    number: int
    template: LetterTemplate
    local: bool = False


@lru_cache(maxsize=256)
def parsed(source: str) -> LetterTemplate:
    """A stored wording, read once; stored sources have been checked when they were saved."""
    return parse_template(source)


def library(session: Session, on: date, organ_id: int | None) -> Mapping[str, Wording]:
    """Every document by key, in the version an organ uses on a day: its own where it has one, else the district's.
    Without an organ the district's."""
    rows = session.execute(
        select(StoredTemplate.key, LetterTemplateVersion)
        .join(LetterTemplateVersion, LetterTemplateVersion.template_id == StoredTemplate.id)
        .where(_in_use(on, organ_id))
        .order_by(StoredTemplate.key, *_LOCAL_LAST)
    )
    return {key: _wording(row) for key, row in rows}


def get_wording(session: Session, key: str, on: date, organ_id: int | None) -> Wording:
    """The wording of one document that an organ uses on a day. Raises ``NotFound``."""
    rows = session.scalars(
        select(LetterTemplateVersion)
        .join(StoredTemplate)
        .where(StoredTemplate.key == key, _in_use(on, organ_id))
        .order_by(*_LOCAL_LAST)
    ).all()
    if not rows:
        raise NotFound(N_("没有找到“%(key)s”的标准文书，请先由管理员载入标准文书。"), key=key)
    return _wording(rows[-1])


def get_wording_version(session: Session, version_id: int) -> Wording:
    """The wording a letter was composed from, in force or not. Raises ``NotFound``."""
    row = session.get(LetterTemplateVersion, version_id)
    if row is None:
        raise NotFound(N_("没有找到这个版本的标准文书。"))
    return _wording(row)


_LOCAL_LAST = (LetterTemplateVersion.organ_id.is_not(None), LetterTemplateVersion.number)


def _in_use(on: date, organ_id: int | None) -> ColumnElement[bool]:
    own: ColumnElement[bool] = LetterTemplateVersion.organ_id.is_(None)
    if organ_id is not None:
        own |= LetterTemplateVersion.organ_id == organ_id
    not_ended = LetterTemplateVersion.ended_on.is_(None) | (LetterTemplateVersion.ended_on > on)
    return and_(LetterTemplateVersion.in_force_from <= on, not_ended, own)


def _wording(row: LetterTemplateVersion) -> Wording:
    return Wording(row.id, row.number, parsed(row.source), row.organ_id is not None)
