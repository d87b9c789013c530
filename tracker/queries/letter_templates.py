"""The wording in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.letter_template import LetterTemplate, parse_template
from tracker.domain.vocabulary import N_
from tracker.models import LetterTemplate as StoredTemplate
from tracker.models import LetterTemplateVersion


@dataclass(frozen=True, slots=True)
class Wording:
    """One document's wording as in force: which version it is, and what it says."""

    version_id: int
    number: int
    template: LetterTemplate


@lru_cache(maxsize=256)
def parsed(source: str) -> LetterTemplate:
    """A stored wording, read once; stored sources have been checked when they were saved."""
    return parse_template(source)


def library(session: Session, on: date) -> Mapping[str, Wording]:
    """Every document by key, in the version in force on a day (the newest begun by then)."""
    rows = session.execute(
        select(StoredTemplate.key, LetterTemplateVersion)
        .join(LetterTemplateVersion, LetterTemplateVersion.template_id == StoredTemplate.id)
        .where(LetterTemplateVersion.in_force_from <= on)
        .order_by(StoredTemplate.key, LetterTemplateVersion.number)
    )
    return {key: Wording(row.id, row.number, parsed(row.source)) for key, row in rows}


def get_wording(session: Session, key: str, on: date) -> Wording:
    """The wording of one document in force on a day. Raises ``NotFound``."""
    row = session.scalar(
        select(LetterTemplateVersion)
        .join(StoredTemplate)
        .where(StoredTemplate.key == key, LetterTemplateVersion.in_force_from <= on)
        .order_by(LetterTemplateVersion.number.desc())
        .limit(1)
    )
    if row is None:
        raise NotFound(N_("没有找到“%(key)s”的标准文书，请先由管理员载入标准文书。"), key=key)
    return Wording(row.id, row.number, parsed(row.source))


def get_wording_version(session: Session, version_id: int) -> Wording:
    """The wording a letter was composed from, in force or not. Raises ``NotFound``."""
    row = session.get(LetterTemplateVersion, version_id)
    if row is None:
        raise NotFound(N_("没有找到这个版本的标准文书。"))
    return Wording(row.id, row.number, parsed(row.source))
