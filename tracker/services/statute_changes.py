"""条款变动: an article of the 条例 reads anew since a day, and every wording that cites it is looked at again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.article_changes import article_code
from tracker.domain.cited_articles import cites
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.domain.letter_template import parse_template
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import LetterTemplateVersion, StatuteChange, WordingCheck
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def record_change(ctx: Context, article: str, changed_on: date, note: str) -> int:
    """登记条款变动: from now on every wording that cites the article is marked until somebody looked at it.

    ``article`` as typed (``36`` or ``36(4)``), ``changed_on`` the day it reads anew, past or to come, ``note`` what
    changed and by which decree. By the district's office or a legal advisor. Returns its id. Raises ``Invalid`` for
    what names no article or says nothing, ``Conflict`` when the change is on record already.
    """
    if not may_record(ctx):
        raise Forbidden(N_("条款变动由区政府办公室或者法律顾问登记。"))
    code = article_code(article)
    if not note.strip():
        raise Invalid({"note": [N_("请写明改了什么、依据哪个文件，核对的人要看。")]})
    with transaction(ctx) as session:
        known = select(StatuteChange.id).where(
            StatuteChange.article == code, StatuteChange.changed_on == changed_on
        )
        if session.scalar(known) is not None:
            raise Conflict(N_("这一条在这一天的变动已经登记过。"))
        row = StatuteChange(
            article=code,
            changed_on=changed_on,
            note=note.strip(),
            recorded_by_id=ctx.actor.account_id,
            recorded_at=ctx.now,
        )
        session.add(row)
        session.flush()
        return row.id


def check_wording(ctx: Context, change_id: int, wording_id: int, remark: str) -> None:
    """核对无需修改: the version was read against the new article and may stay; the mark goes, ``remark`` says why.

    The district's wording is checked by its office or a legal advisor, a local one also by its organ. Raises
    ``Invalid`` without a remark or for a version that does not cite the article, ``Conflict`` when somebody else
    checked it meanwhile.
    """
    with transaction(ctx) as session:
        change, version = _both(session, change_id, wording_id)
        if not may_check(ctx, version.organ_id):
            raise Forbidden(N_("全区文本由区政府办公室或者法律顾问核对，本地文本也可以由本机关核对。"))
        if not remark.strip():
            raise Invalid({"remark": [N_("请写明为什么文字不用修改。")]})
        if not cites(parse_template(version.source), change.article):
            raise Invalid({"remark": [N_("这个版本没有引用该条款，不需要核对。")]})
        known = select(WordingCheck.id).where(
            WordingCheck.change_id == change_id, WordingCheck.wording_id == wording_id
        )
        if session.scalar(known) is not None:
            raise Conflict(N_("这个版本刚被他人核对，请查看结果。"))
        session.add(
            WordingCheck(
                change_id=change_id,
                wording_id=wording_id,
                checked_by_id=ctx.actor.account_id,
                checked_at=ctx.now,
                remark=remark.strip(),
            )
        )
        session.flush()


def may_record(ctx: Context) -> bool:
    """Whether the actor keeps the district's wording or reviews it."""
    return ctx.actor.account_id is not None and any(
        ctx.actor.may_somewhere(p) for p in (Permission.TEMPLATE_EDIT, Permission.TEMPLATE_REVIEW)
    )


def may_check(ctx: Context, organ_id: int | None) -> bool:
    """Whether the actor may say of a wording of the district (none) or of an organ that it may stay."""
    if may_record(ctx):
        return True
    return organ_id is not None and ctx.actor.may(Permission.TEMPLATE_EDIT_LOCAL, organ_id)


def _both(session: Session, change_id: int, wording_id: int) -> tuple[StatuteChange, LetterTemplateVersion]:
    change = session.get(StatuteChange, change_id)
    version = session.get(LetterTemplateVersion, wording_id, with_for_update=True)
    if change is None or version is None:
        raise NotFound(N_("没有找到这项条款变动或者这个版本的文书。"))
    return change, version
