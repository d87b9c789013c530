"""The library of standard documents as people keep it: versions, drafts, who approved them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.letter_template import LetterTemplate
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import Account, LetterTemplateVersion, Organ, WordingDraft
from tracker.models import LetterTemplate as StoredTemplate
from tracker.queries.letter_templates import parsed

STATUS_NAMES: dict[str, str] = {
    "draft": N_("拟稿中"),
    "submitted": N_("待审核"),
    "returned": N_("退回修改"),
    "approved": N_("已通过"),
    "withdrawn": N_("已撤回"),
}
OPEN = ("draft", "submitted", "returned")
Drafter, Decider = aliased(Account), aliased(Account)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version of a document. ``organ`` names the organ whose local version it is, empty for the district's."""

    id: int
    key: str
    number: int
    source: str
    source_hash: str
    in_force_from: date
    ended_on: date | None
    organ_id: int | None
    organ: str
    approved_by: str
    approved_at: datetime

    @property
    def template(self) -> LetterTemplate:
        return parsed(self.source)


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """One draft of a wording with the names of both people."""

    id: int
    key: str
    source: str
    reason: str
    in_force_from: date
    status: str
    organ_id: int | None
    organ: str
    drafted_by_id: int | None
    drafted_by: str
    drafted_at: datetime
    decided_by: str
    decided_at: datetime | None
    comment: str
    became_id: int | None
    version: int

    @property
    def template(self) -> LetterTemplate:
        return parsed(self.source)

    @property
    def is_open(self) -> bool:
        """Whether it may still become a version."""
        return self.status in OPEN


def list_versions(session: Session, actor: Actor, key: str | None = None) -> Sequence[VersionFacts]:
    """Versions of one document or of all, newest first; the wording is no secret, whoever uses letters reads all."""
    if not actor.may_somewhere(Permission.TEMPLATE_READ):
        return ()
    query = _versions().order_by(StoredTemplate.key, LetterTemplateVersion.number.desc())
    rows = session.execute(query.where(StoredTemplate.key == key) if key else query)
    return [_version(*row) for row in rows]


def get_version(session: Session, actor: Actor, version_id: int) -> VersionFacts:
    """One version, in force or not. Raises ``NotFound``."""
    row = session.execute(_versions().where(LetterTemplateVersion.id == version_id)).first()
    if row is None or not actor.may_somewhere(Permission.TEMPLATE_READ):
        raise NotFound(N_("没有找到这个版本的标准文书。"))
    return _version(*row)


def list_drafts(session: Session, actor: Actor, key: str | None = None) -> Sequence[DraftFacts]:
    """Drafts of one document, or all that are open; newest first."""
    if not actor.may_somewhere(Permission.TEMPLATE_READ):
        return ()
    query = _drafts().order_by(WordingDraft.id.desc())
    query = query.where(StoredTemplate.key == key) if key else query.where(WordingDraft.status.in_(OPEN))
    return [_draft(*row) for row in session.execute(query)]


def get_draft(session: Session, actor: Actor, draft_id: int) -> DraftFacts:
    """One draft. Raises ``NotFound``."""
    row = session.execute(_drafts().where(WordingDraft.id == draft_id)).first()
    if row is None or not actor.may_somewhere(Permission.TEMPLATE_READ):
        raise NotFound(N_("没有找到这份修改稿。"))
    return _draft(*row)


def in_use(versions: Sequence[VersionFacts], on: date, organ_id: int | None = None) -> VersionFacts | None:
    """Of one document's versions the one the district (or the organ, its own aside) uses on a day."""
    begun = [
        v
        for v in versions
        if v.organ_id == organ_id and v.in_force_from <= on and (v.ended_on is None or v.ended_on > on)
    ]
    return max(begun, key=lambda v: v.number, default=None)


def _versions() -> Select[LetterTemplateVersion, str, str, str, datetime | None]:
    return (
        select(LetterTemplateVersion, StoredTemplate.key, Organ.name, Decider.name, WordingDraft.decided_at)
        .join(StoredTemplate, StoredTemplate.id == LetterTemplateVersion.template_id)
        .outerjoin(Organ, Organ.id == LetterTemplateVersion.organ_id)
        .outerjoin(WordingDraft, WordingDraft.became_id == LetterTemplateVersion.id)
        .outerjoin(Decider, Decider.id == WordingDraft.decided_by_id)
    )


def _version(
    row: LetterTemplateVersion, key: str, organ: str | None, by: str | None, decided_at: datetime | None
) -> VersionFacts:
    return VersionFacts(
        row.id,
        key,
        row.number,
        row.source,
        row.source_hash,
        row.in_force_from,
        row.ended_on,
        row.organ_id,
        organ or "",
        by or "",
        decided_at or row.loaded_at,
    )


def _drafts() -> Select[WordingDraft, str, str, str, str]:
    return (
        select(WordingDraft, StoredTemplate.key, Organ.name, Drafter.name, Decider.name)
        .join(StoredTemplate, StoredTemplate.id == WordingDraft.template_id)
        .outerjoin(Organ, Organ.id == WordingDraft.organ_id)
        .outerjoin(Drafter, Drafter.id == WordingDraft.drafted_by_id)
        .outerjoin(Decider, Decider.id == WordingDraft.decided_by_id)
    )


def _draft(
    row: WordingDraft, key: str, organ: str | None, drafter: str | None, decider: str | None
) -> DraftFacts:
    return DraftFacts(
        row.id,
        key,
        row.source,
        row.reason,
        row.in_force_from,
        row.status,
        row.organ_id,
        organ or "",
        row.drafted_by_id,
        drafter or "",
        row.drafted_at,
        decider or "",
        row.decided_at,
        row.comment or "",
        row.became_id,
        row.version_id,
    )
