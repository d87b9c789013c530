"""填报表二: an organ types in what it disclosed by itself in a year."""

from __future__ import annotations

from sqlalchemy import select

from tracker.domain.errors import Conflict, Forbidden, NotFound, NotLawfulNow
from tracker.domain.permissions import Permission
from tracker.domain.proactive import Figure, ProactiveTable
from tracker.domain.vocabulary import N_
from tracker.models import AnnualReport, ProactiveFigures
from tracker.queries.organs import find_organ_by_code
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def save_proactive(
    ctx: Context, year: int, organ_code: str, table: ProactiveTable, *, expected_version: int
) -> None:
    """Keep the ten numbers of an organ and year, with who saved them and when; ``expected_version`` is 0 for the first
    time. A broken cross-year identity is told, never refused: the mistake may lie in last year's table.

    Raises ``NotLawfulNow`` for a year that has not begun or whose report is published, ``Conflict`` when somebody else
    was faster.
    """
    with transaction(ctx) as session:
        organ = find_organ_by_code(session, organ_code)
        if organ is None or not ctx.actor.may(Permission.REPORT_READ, organ.id):
            raise NotFound(N_("没有找到这个机关的年度报告，或者它不属于您所在的机关。"))
        if not ctx.actor.may(Permission.REPORT_FILL, organ.id) or ctx.actor.account_id is None:
            raise Forbidden(N_("您的岗位不能填报这个机关的表二。"))
        if year > ctx.today.year:
            raise NotLawfulNow(N_("%(year)d 年还没有开始，不能填报。"), year=year)
        published = select(AnnualReport.id).where(
            AnnualReport.organ_id == organ.id, AnnualReport.year == year, AnnualReport.state == "published"
        )
        if session.scalar(published) is not None:
            raise NotLawfulNow(N_("这一年的报告已经公布，表二不再修改。"))
        row = session.scalar(
            select(ProactiveFigures)
            .where(ProactiveFigures.organ_id == organ.id, ProactiveFigures.year == year)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if (row.version_id if row else 0) != expected_version:
            raise Conflict(N_("表二刚被他人保存，请核对后再保存；您填写的内容已保留。"))
        if row is None:
            row = ProactiveFigures(organ_id=organ.id, year=year)
            session.add(row)
        row.figures = {str(figure): table[figure] for figure in Figure}
        row.saved_at, row.saved_by_id = ctx.now, ctx.actor.account_id
