"""示范答复: replies held up as models. Their texts name nobody, so every organ of the district reads them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, false, func, select
from sqlalchemy.orm import Session

from tracker.domain.challenges import ChallengeResult
from tracker.domain.errors import NotFound
from tracker.domain.vocabulary import N_
from tracker.models import Account, Challenge, Letter, ModelReply, ModelReplyGround, Organ, Subject
from tracker.queries.paging import Page

OFFERED = 3
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One model reply. ``templates``: the outcomes it tells and the grounds of what it refuses; ``corrected``: a
    reconsideration or suit corrected it since; ``void``: the letter itself was voided."""

    id: int
    letter_id: int
    case_id: int | None
    organ: str
    subject: str
    templates: tuple[str, ...]
    text: str
    comment: str
    marked_by: str
    marked_on: date
    withdrawn_on: date | None
    corrected: bool
    void: bool
    version: int

    @property
    def held_up(self) -> bool:
        """Whether it is offered to those who draft."""
        return self.withdrawn_on is None and not self.corrected and not self.void


def list_model_replies(
    session: Session, *, subject_id: int | None = None, template: str = "", page: int = 1
) -> Page[ModelFacts]:
    """Those that are held up, the latest marked first."""
    query = _models().where(*_held_up())
    if subject_id is not None:
        query = query.where(ModelReply.subject_id == subject_id)
    if template:
        query = query.where(_tells([template]))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = min(page, max(1, -(-total // PAGE_SIZE)))
    rows = session.execute(
        query.order_by(ModelReply.marked_on.desc(), ModelReply.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(_facts(session, rows), total, number, PAGE_SIZE)


def offered_models(
    session: Session, subject_id: int | None, templates: Collection[str]
) -> Sequence[ModelFacts]:
    """A few for who drafts: of the outcomes and grounds chosen, of the same subject first; of the subject alone while
    no outcome is chosen."""
    same_subject = ModelReply.subject_id == subject_id if subject_id is not None else false()
    near = _tells(templates) if templates else same_subject
    rows = session.execute(
        _models()
        .where(*_held_up(), near)
        .order_by(case((same_subject, 0), else_=1), ModelReply.marked_on.desc(), ModelReply.id.desc())
        .limit(OFFERED)
    ).all()
    return _facts(session, rows)


def get_model_reply(session: Session, reply_id: int) -> ModelFacts:
    """One of them, held up or no longer. Raises ``NotFound``."""
    row = session.execute(_models().where(ModelReply.id == reply_id)).first()
    if row is None:
        raise NotFound(N_("没有找到这份示范答复。"))
    return _facts(session, [row])[0]


def find_model_of(session: Session, letter_id: int) -> ModelFacts | None:
    """The model made of a letter the caller has fetched through the scope."""
    row = session.execute(_models().where(ModelReply.letter_id == letter_id)).first()
    return _facts(session, [row])[0] if row else None


def _held_up() -> tuple[ColumnElement[bool], ...]:
    return (ModelReply.withdrawn_on.is_(None), Letter.status == "signed", ~_corrected())


def _corrected() -> ColumnElement[bool]:
    return exists().where(
        Challenge.case_id == Letter.case_id,
        Challenge.result == str(ChallengeResult.CORRECTED),
        ~Challenge.voided,
    )


def _tells(templates: Collection[str]) -> ColumnElement[bool]:
    return ModelReply.id.in_(
        select(ModelReplyGround.reply_id).where(ModelReplyGround.template.in_(templates))
    )


def _models() -> Select[Any]:
    columns: tuple[Any, ...] = (
        ModelReply,
        Letter.case_id,
        Letter.status,
        Organ.name.label("organ"),
        Subject.name.label("subject"),
        Account.name.label("marked_by"),
        _corrected().label("corrected"),
    )
    return (
        select(*columns)
        .join(Letter, Letter.id == ModelReply.letter_id)
        .join(Organ, Organ.id == Letter.organ_id)
        .join(Account, Account.id == ModelReply.marked_by_id)
        .outerjoin(Subject, Subject.id == ModelReply.subject_id)
    )


def _facts(session: Session, rows: Sequence[Any]) -> list[ModelFacts]:
    grounds = _grounds(session, [row[0].id for row in rows])
    return [
        ModelFacts(
            id=row[0].id,
            letter_id=row[0].letter_id,
            case_id=row.case_id,
            organ=row.organ,
            subject=row.subject or "",
            templates=grounds.get(row[0].id, ()),
            text=row[0].text,
            comment=row[0].comment,
            marked_by=row.marked_by,
            marked_on=row[0].marked_on,
            withdrawn_on=row[0].withdrawn_on,
            corrected=bool(row.corrected),
            void=row.status != "signed",
            version=row[0].version_id,
        )
        for row in rows
    ]


def _grounds(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for reply_id, template in session.execute(
        select(ModelReplyGround.reply_id, ModelReplyGround.template)
        .where(ModelReplyGround.reply_id.in_(ids))
        .order_by(ModelReplyGround.id)
    ):
        found[reply_id] = (*found.get(reply_id, ()), template)
    return found
