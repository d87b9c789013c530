"""保存统计: a question under a name, for oneself, one's organ or the district."""

from __future__ import annotations

from sqlalchemy import func, select

from tracker.domain.errors import Conflict, Forbidden, Invalid, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.saved_statistics import LONGEST_NAME, MOST_SAVED, SharedWith
from tracker.domain.statistics import Question, words_of
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.models import SavedStatistic
from tracker.queries.saved_statistics import get_saved, may_share
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def save_statistic(ctx: Context, name: str, question: Question, shared: SharedWith) -> int:
    """Keep the question under a name of one's own; its id.

    Raises ``Invalid`` for a name that is empty, too long or taken and beyond what one person may keep, ``Forbidden``
    where the person may not share so far.
    """
    with transaction(ctx) as session:
        owner = ctx.actor.account_id
        if owner is None or not ctx.actor.may_somewhere(Permission.CASE_READ):
            raise Forbidden(N_("您的岗位不能保存统计。"))
        _require_share(ctx, shared)
        kept = session.scalar(
            select(func.count()).select_from(SavedStatistic).where(SavedStatistic.account_id == owner)
        )
        if (kept or 0) >= MOST_SAVED:
            raise Invalid(
                {
                    "name": [
                        TrackerError(N_("每人最多保存 %(most)d 个统计，请先删除不用的。"), most=MOST_SAVED)
                    ]
                }
            )
        row = SavedStatistic(
            account_id=owner,
            name=_free_name(ctx, owner, name),
            words=words_of(question),
            sharing=str(shared.sharing),
            organ_id=shared.organ_id,
            changed_at=ctx.now,
        )
        session.add(row)
        session.flush()
        return row.id


def change_statistic(
    ctx: Context, statistic_id: int, name: str, shared: SharedWith, *, expected_version: int
) -> None:
    """Rename it, or share it with others than before.

    Raises ``NotFound``, ``Forbidden`` for what is another's, ``Conflict``, ``Invalid`` as ``save_statistic``.
    """
    with transaction(ctx) as session:
        row = _own(ctx, statistic_id, expected_version)
        if shared != get_saved(session, ctx.actor, statistic_id).shared:
            _require_share(ctx, shared)
        row.name = _free_name(ctx, row.account_id, name, but=row.id)
        row.sharing, row.organ_id = str(shared.sharing), shared.organ_id
        row.changed_at = ctx.now


def delete_statistic(ctx: Context, statistic_id: int, *, expected_version: int) -> str:
    """Delete it, from the lists of all it was shared with; its name. Raises ``NotFound``, ``Forbidden``,
    ``Conflict``."""
    with transaction(ctx) as session:
        row = _own(ctx, statistic_id, expected_version)
        name = row.name
        session.delete(row)
        return name


def _own(ctx: Context, statistic_id: int, expected_version: int) -> SavedStatistic:
    if not get_saved(ctx.session, ctx.actor, statistic_id).may_change:
        raise Forbidden(N_("这个统计是他人保存的，您可以打开，不能修改或删除。"))
    row = ctx.session.get_one(SavedStatistic, statistic_id)
    if row.version_id != expected_version:
        raise Conflict(N_("这个统计刚被修改，请核对后再提交；您填写的内容已保留。"))
    return row


def _require_share(ctx: Context, shared: SharedWith) -> None:
    if not may_share(ctx.actor, shared):
        raise Forbidden(N_("您的岗位不能把统计共享给这个范围。"))


def _free_name(ctx: Context, owner: int, text: str, but: int | None = None) -> str:
    name = clean_line(text)
    if not name:
        raise Invalid({"name": [N_("请给这个统计起个名称。")]})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_NAME)]})
    taken = select(SavedStatistic.id).where(SavedStatistic.account_id == owner, SavedStatistic.name == name)
    if but is not None:
        taken = taken.where(SavedStatistic.id != but)
    if ctx.session.scalar(taken) is not None:
        raise Invalid({"name": [N_("已有同名的统计，请换一个名称，或者先删除原来的。")]})
    return name
