"""示范答复: the legal advisor holds up a signed reply, as a text that names nobody, and takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from tracker.domain.deidentified import reply_text, still_named
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.letter_document import LetterDocument
from tracker.domain.permissions import Permission
from tracker.domain.texts import clean_text
from tracker.domain.vocabulary import N_
from tracker.models import (
    Applicant,
    Case,
    CaseSubject,
    Consultation,
    Letter,
    ModelReply,
    ModelReplyGround,
    Subject,
)
from tracker.queries.letters import get_letter
from tracker.services.context import Context
from tracker.services.letters import Draft
from tracker.services.unit_of_work import transaction

LONGEST_COMMENT = 500
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Model:
    """What is held up: the text as colleagues will read it, why it is good, and its subject."""

    text: str
    comment: str
    subject_id: int | None


def may_be_model(letter: Letter) -> bool:
    """Only a reply that was signed, and whose text is held still."""
    held = letter.body_held and bool(letter.issued_content or letter.content)
    return held and letter.is_reply and letter.status == "signed" and letter.case_id is not None


def propose_model(ctx: Context, letter_id: int) -> Model:
    """The reply without the people in it, for the advisor to read and correct. Raises ``NotFound``, ``Forbidden``,
    ``NotLawfulNow``."""
    letter = _markable(ctx, letter_id)
    row = _find(ctx, letter_id)
    if row is not None:
        return Model(row.text, row.comment, row.subject_id)
    document = LetterDocument.from_data(letter.issued_content or letter.content)
    subject_id = ctx.session.scalar(
        select(CaseSubject.subject_id).where(CaseSubject.case_id == letter.case_id)
    )
    return Model(reply_text(document, list(_known(ctx, letter))), "", subject_id)


def mark_model(ctx: Context, letter_id: int, model: Model, *, expected_version: int) -> int:
    """标为示范答复, or change what was marked; its id. ``expected_version``: 0 for one not marked yet. Refuses a text
    or comment in which somebody of the case is still named. Raises ``NotFound``, ``Forbidden``, ``NotLawfulNow``,
    ``Conflict``, ``Invalid``."""
    with transaction(ctx) as session:
        letter = _markable(ctx, letter_id)
        known = list(_known(ctx, letter))
        text = _checked("text", model.text, LONGEST_TEXT, N_("请保留答复的正文。"), known)
        comment = _checked(
            "comment", model.comment, LONGEST_COMMENT, N_("请写明好在哪里，供拟稿的人参考。"), known
        )
        subject = session.get(Subject, model.subject_id) if model.subject_id is not None else None
        if model.subject_id is not None and subject is None:
            raise Invalid({"subject_id": [N_("请从列出的主题中选择。")]})
        row = _find(ctx, letter_id)
        if expected_version != (row.version_id if row is not None else 0):
            raise Conflict(N_("这份示范答复刚被他人更新，请核对后再提交；您填写的内容已保留。"))
        if row is None:
            row = ModelReply(
                letter_id=letter_id, grounds=[ModelReplyGround(template=t) for t in _told(letter)]
            )
            session.add(row)
        row.text, row.comment, row.subject_id = text, comment, model.subject_id
        row.marked_by_id, row.marked_on = _person(ctx), ctx.today
        row.withdrawn_on = row.withdrawn_by_id = None
        session.flush()
        return row.id


def withdraw_model(ctx: Context, reply_id: int) -> None:
    """不再作为示范. Raises ``NotFound``, ``Forbidden``; nothing happens to one that was withdrawn before."""
    with transaction(ctx) as session:
        row = session.get(ModelReply, reply_id)
        if row is None:
            raise NotFound(N_("没有找到这份示范答复。"))
        letter = session.get_one(Letter, row.letter_id)
        if not ctx.actor.may(Permission.LETTER_REVIEW, letter.organ_id):
            raise Forbidden(N_("示范答复由服务该机关的法律顾问标注、撤下。"))
        if row.withdrawn_on is None:
            row.withdrawn_on, row.withdrawn_by_id = ctx.today, _person(ctx)


def _markable(ctx: Context, letter_id: int) -> Letter:
    letter = get_letter(ctx.session, ctx.actor, letter_id, Permission.LETTER_REVIEW)
    if not may_be_model(letter):
        raise NotLawfulNow(N_("只有已经签发、存有正文的答复书可以标为示范答复。"))
    return letter


def _find(ctx: Context, letter_id: int) -> ModelReply | None:
    return ctx.session.scalar(select(ModelReply).where(ModelReply.letter_id == letter_id))


def _told(letter: Letter) -> list[str]:
    """Outcomes and grounds of refused parts, each once, in the order of the reply."""
    parts = Draft.from_values(letter.values).parts
    return list(dict.fromkeys(key for part in parts for key in (part.template, part.refused_under) if key))


def _known(ctx: Context, letter: Letter) -> Iterator[str]:
    """Everything on record by which somebody in the case could be recognised."""
    session, opened = ctx.session, ctx.adapters.cipher.open
    case = session.get_one(Case, letter.case_id)
    yield case.number
    document = LetterDocument.from_data(letter.issued_content or letter.content)
    yield document.addressee
    for person in session.scalars(select(Applicant).where(Applicant.case_id == case.id)):
        yield from (person.name, person.contact_name or "")
        sealed = (
            person.identity_number_cipher,
            person.phone_cipher,
            person.address_cipher,
            person.email_cipher,
        )
        yield from (opened(each) for each in sealed if each)
    for asked in session.scalars(
        select(Consultation).where(Consultation.case_id == case.id, Consultation.kind == "third_party")
    ):
        yield asked.party
        if asked.contact_cipher:
            yield opened(asked.contact_cipher)


def _checked(field: str, given: str, longest: int, missing: str, known: list[str]) -> str:
    text = clean_text(given)
    if not text:
        raise Invalid({field: [missing]})
    if len(text) > longest:
        raise Invalid({field: [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=longest)]})
    named = still_named(text, known)
    if named:
        raise Invalid(
            {
                field: [
                    TrackerError(
                        N_("文字中还有可以认出当事人的内容：%(named)s。请改为“×××”后再保存。"),
                        named="、".join(named[:5]),
                    )
                ]
            }
        )
    return text


def _person(ctx: Context) -> int:
    if ctx.actor.account_id is None:
        raise Forbidden(N_("这项操作须由本人进行。"))
    return ctx.actor.account_id
