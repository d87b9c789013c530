"""标准文书的修改: drafted by the district's office or an organ, approved by somebody else, then a version for good."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.letter_template import parse_template
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import LetterTemplate, LetterTemplateVersion, WordingDraft
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

OPEN = ("draft", "submitted", "returned")


@dataclass(frozen=True, slots=True)
class Reworded:
    """A wording somebody puts forward: its whole source, why, and from which day it is to be used."""

    source: str
    reason: str
    in_force_from: date


def save_wording(
    ctx: Context,
    key: str,
    organ_id: int | None,
    reworded: Reworded,
    *,
    expected_version: int | None,
    submit: bool = False,
) -> int:
    """Store the open draft of a document, the district's or (with ``organ_id``) an organ's own; returns its id.

    ``expected_version`` is the open draft's, none for a new one. ``submit`` hands it to the reviewer. Raises
    ``Invalid`` for a malformed wording, a missing reason, a day that has passed or one that changes nothing;
    ``Conflict`` when somebody else has one open or changed it; ``NotLawfulNow`` while it is under review.
    """
    require_editor(ctx, organ_id)
    with transaction(ctx) as session:
        template = _template(session, key)
        _require_sound(ctx, template, organ_id, reworded)
        row = _open_draft(session, template.id, organ_id)
        if row is None:
            if expected_version:
                raise Conflict(N_("这份修改稿刚被他人处理，请查看结果后再修改；您填写的内容已保留。"))
            row = WordingDraft(template_id=template.id, organ_id=organ_id)
            session.add(row)
        elif row.status == "submitted":
            raise NotLawfulNow(N_("这份修改稿正在审核，请等审核意见；要改的可以先撤回。"))
        elif row.version_id != expected_version:
            raise Conflict(N_("这份文书已有一份修改稿，请核对最新内容后再提交；您填写的内容已保留。"))
        row.source, row.reason = reworded.source, reworded.reason.strip()
        row.in_force_from = reworded.in_force_from
        row.status = "submitted" if submit else "draft"
        row.drafted_by_id, row.drafted_at = ctx.actor.account_id, ctx.now
        session.flush()
        return row.id


def approve_wording(ctx: Context, draft_id: int, *, expected_version: int | None, comment: str = "") -> int:
    """审核通过: the draft becomes the next version, in force from the day asked for or today if that has passed.

    Returns the version's id. The legal advisor approves the district's wording, the district's office an organ's own.
    Raises ``Forbidden`` for its drafter, ``Conflict`` when it was decided or changed meanwhile.
    """
    with transaction(ctx) as session:
        row = _submitted(ctx, session, draft_id, expected_version)
        template = session.get_one(LetterTemplate, row.template_id)
        versions = select(LetterTemplateVersion).where(LetterTemplateVersion.template_id == row.template_id)
        number = session.scalar(select(func.max(versions.subquery().c.number))) or 0
        begun = session.scalar(select(func.max(_of(versions, row.organ_id).subquery().c.in_force_from)))
        version = LetterTemplateVersion(
            template_id=row.template_id,
            number=number + 1,
            source=row.source,
            source_hash=hashlib.sha256(row.source.encode()).hexdigest(),
            in_force_from=max(row.in_force_from, ctx.today, begun or ctx.today),
            loaded_at=ctx.now,
            organ_id=row.organ_id,
        )
        session.add(version)
        session.flush()
        template.title = parse_template(row.source).name
        row.became_id = version.id
        _decide(ctx, row, "approved", comment)
        return version.id


def return_wording(ctx: Context, draft_id: int, comment: str, *, expected_version: int | None) -> None:
    """退回修改, with what to mend. Raises ``Invalid`` without a comment, else as ``approve_wording``."""
    with transaction(ctx) as session:
        row = _submitted(ctx, session, draft_id, expected_version)
        if not comment.strip():
            raise Invalid({"comment": [N_("请写明需要修改之处，拟稿人会看到。")]})
        _decide(ctx, row, "returned", comment)


def withdraw_wording(ctx: Context, draft_id: int, *, expected_version: int | None) -> None:
    """撤回: who may edit it takes the draft back; it stays readable. Raises as ``approve_wording``."""
    with transaction(ctx) as session:
        require_editor(ctx, _known(session, draft_id).organ_id)
        row = _of_version(session, draft_id, expected_version)
        _decide(ctx, row, "withdrawn", "")


def end_local_wording(ctx: Context, version_id: int) -> None:
    """停用本地文本: from today the organ uses the district's wording again; the version stays readable.

    Raises ``NotLawfulNow`` for a district version (the next one replaces it) or one that has ended.
    """
    with transaction(ctx) as session:
        version = session.get(LetterTemplateVersion, version_id, with_for_update=True)
        if version is None:
            raise NotFound(N_("没有找到这个版本的标准文书。"))
        if not _may(ctx, Permission.TEMPLATE_EDIT):
            require_editor(ctx, version.organ_id)
        if version.organ_id is None or version.ended_on is not None:
            raise NotLawfulNow(N_("只有在用的本地文本可以停用；全区文本由新的版本替换。"))
        version.ended_on = max(ctx.today, version.in_force_from)


def require_editor(ctx: Context, organ_id: int | None) -> None:
    """Raise ``Forbidden`` unless the actor may draft the district's wording, or that of the organ."""
    if organ_id is None and not _may(ctx, Permission.TEMPLATE_EDIT):
        raise Forbidden(N_("全区标准文书由区政府办公室修改；本机关需要不同文字的，可以拟本地文本报批。"))
    if organ_id is not None and not ctx.actor.may(Permission.TEMPLATE_EDIT_LOCAL, organ_id):
        raise Forbidden(N_("本地文本由本机关政府信息公开工作机构负责人拟定。"))


def may_review(ctx: Context, organ_id: int | None) -> bool:
    """Whether the actor decides on drafts of the district (``organ_id`` None) or of organs."""
    return _may(ctx, Permission.TEMPLATE_REVIEW if organ_id is None else Permission.TEMPLATE_EDIT)


def _may(ctx: Context, permission: Permission) -> bool:
    return ctx.actor.account_id is not None and ctx.actor.may_somewhere(permission)


def _template(session: Session, key: str) -> LetterTemplate:
    template = session.scalar(select(LetterTemplate).where(LetterTemplate.key == key).with_for_update())
    if template is None:
        raise NotFound(N_("没有找到这份标准文书。"))
    return template


def _require_sound(ctx: Context, template: LetterTemplate, organ_id: int | None, reworded: Reworded) -> None:
    parsed = parse_template(reworded.source)
    if parsed.key != template.key:
        raise Invalid({"source": [N_("修改稿与所改的文书不是同一种。")]})
    if not reworded.reason.strip():
        raise Invalid({"reason": [N_("请写明修改的原因。")]})
    if reworded.in_force_from < ctx.today:
        raise Invalid({"in_force_from": [N_("启用日期不能早于今天。")]})
    versions = select(LetterTemplateVersion).where(LetterTemplateVersion.template_id == template.id)
    own = _of(versions, organ_id).order_by(LetterTemplateVersion.number.desc()).limit(1)
    newest = ctx.session.scalar(own) or ctx.session.scalar(
        _of(versions, None).order_by(LetterTemplateVersion.number.desc()).limit(1)
    )
    if newest is not None and newest.ended_on is None and parse_template(newest.source) == parsed:
        raise Invalid({"source": [N_("与现行文字完全相同，没有需要审核的修改。")]})


def _of(versions: Select[LetterTemplateVersion], organ_id: int | None) -> Select[LetterTemplateVersion]:
    if organ_id is None:
        return versions.where(LetterTemplateVersion.organ_id.is_(None))
    return versions.where(LetterTemplateVersion.organ_id == organ_id)


def _open_draft(session: Session, template_id: int, organ_id: int | None) -> WordingDraft | None:
    whose = WordingDraft.organ_id.is_(None) if organ_id is None else WordingDraft.organ_id == organ_id
    wanted = select(WordingDraft).where(
        WordingDraft.template_id == template_id, WordingDraft.status.in_(OPEN), whose
    )
    return session.scalar(wanted.with_for_update())


def _known(session: Session, draft_id: int) -> WordingDraft:
    row = session.get(WordingDraft, draft_id)
    if row is None:
        raise NotFound(N_("没有找到这份修改稿。"))
    return row


def _of_version(session: Session, draft_id: int, expected: int | None) -> WordingDraft:
    session.refresh(row := _known(session, draft_id), with_for_update=True)
    if row.status not in OPEN or row.version_id != expected:
        raise Conflict(N_("这份修改稿刚被他人处理，请查看结果。"))
    return row


def _submitted(ctx: Context, session: Session, draft_id: int, expected: int | None) -> WordingDraft:
    row = _known(session, draft_id)
    if not may_review(ctx, row.organ_id):
        raise Forbidden(N_("全区文本由法律顾问审核，本地文本由区政府办公室审核。"))
    if row.drafted_by_id == ctx.actor.account_id:
        raise Forbidden(N_("拟稿的人不能审核自己的修改稿。"))
    row = _of_version(session, draft_id, expected)
    if row.status != "submitted":
        raise NotLawfulNow(N_("这份修改稿还没有提交审核。"))
    return row


def _decide(ctx: Context, row: WordingDraft, status: str, comment: str) -> None:
    row.status = status
    row.decided_by_id, row.decided_at = ctx.actor.account_id, ctx.now
    row.comment = comment.strip() or None
    ctx.session.flush()


def import_library(ctx: Context, content: bytes) -> int:
    """Make district drafts of a library file, one for each document that reads differently; returns how many.

    Nothing in force changes; a document with an open draft keeps it. Raises ``Invalid`` naming what is wrong with
    the file, and then makes none.
    """
    require_editor(ctx, None)
    sources = _read_library(content)
    with transaction(ctx) as session:
        made = 0
        for key, source in sources.items():
            template = session.scalar(select(LetterTemplate).where(LetterTemplate.key == key))
            if template is None or _open_draft(session, template.id, None) is not None:
                continue
            versions = select(LetterTemplateVersion).where(LetterTemplateVersion.template_id == template.id)
            newest = session.scalar(
                _of(versions, None).order_by(LetterTemplateVersion.number.desc()).limit(1)
            )
            if newest is not None and parse_template(newest.source) == parse_template(source):
                continue
            save_wording(
                ctx, key, None, Reworded(source, N_("由文书库文件导入。"), ctx.today), expected_version=None
            )
            made += 1
        return made


def _read_library(content: bytes) -> dict[str, str]:
    """Sources by key. Raises ``Invalid`` for a file that is none of ours, or one whose text was changed on the way."""
    try:
        documents = json.loads(content.decode("utf-8"))["documents"]
        read = {str(d["key"]): (str(d["source"]), str(d["sha256"])) for d in documents}
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid({"file": [N_("不是文书库文件，请选用本系统导出的文件。")]}) from error
    sources = {}
    for key, (source, digest) in read.items():
        if hashlib.sha256(source.encode()).hexdigest() != digest or _key_of(source) != key:
            raise Invalid({"file": [TrackerError(N_("“%(key)s”的文字与校验值不符，没有导入。"), key=key)]})
        sources[key] = source
    return sources


def _key_of(source: str) -> str:
    try:
        return parse_template(source).key
    except Invalid:
        return ""
