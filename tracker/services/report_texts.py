"""写正文: an organ types the text of its annual report, the district's office that of the district."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from tracker.domain.errors import Conflict, Forbidden, Invalid, NotLawfulNow
from tracker.domain.permissions import Permission
from tracker.domain.report_parts import ReportPart
from tracker.domain.report_text import clean_report_text, report_text_faults
from tracker.domain.vocabulary import N_
from tracker.models import ReportText
from tracker.queries.organs import OrganName
from tracker.queries.report_texts import get_report_text
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def save_report_text(
    ctx: Context,
    year: int,
    organ_code: str | None,
    typed: Mapping[ReportPart, str],
    *,
    expected_version: int,
) -> None:
    """Keep the six parts, with who saved them and when; ``expected_version`` is 0 for the first time. Without a code
    it is the district's report.

    Raises ``Invalid`` naming each part with a field that is not listed or that is too long, ``NotLawfulNow`` for a
    year that has not begun or whose report is handed in, ``Conflict`` when somebody else was faster.
    """
    parts = {part: clean_report_text(typed.get(part, "")) for part in ReportPart}
    faults = {str(part): report_text_faults(text) for part, text in parts.items()}
    if any(faults.values()):
        raise Invalid({part: found for part, found in faults.items() if found})
    with transaction(ctx) as session:
        kept = get_report_text(session, ctx.actor, year, organ_code)
        if not may_write(ctx, kept.organ) or ctx.actor.account_id is None:
            raise Forbidden(N_("您的岗位不能写这份年度报告的正文。"))
        if year > ctx.today.year:
            raise NotLawfulNow(N_("%(year)d 年还没有开始，不能填报。"), year=year)
        if kept.is_handed_in:
            raise NotLawfulNow(N_("这份报告已经提交，正文不再修改；需要修改的，请区政府办公室退回。"))
        row = session.scalar(
            select(ReportText)
            .where(
                ReportText.organ_id == kept.organ.id if kept.organ else ReportText.organ_id.is_(None),
                ReportText.year == year,
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if (row.version_id if row else 0) != expected_version:
            raise Conflict(N_("正文刚被他人保存，请核对后再保存；您填写的内容已保留。"))
        if row is None:
            row = ReportText(organ_id=kept.organ.id if kept.organ else None, year=year)
            session.add(row)
        row.parts = {str(part): text for part, text in parts.items() if text}
        row.saved_at, row.saved_by_id = ctx.now, ctx.actor.account_id


def may_write(ctx: Context, organ: OrganName | None) -> bool:
    """Who writes: those who fill in the organ's tables; the district's text, those who collect the reports."""
    if organ is None:
        return ctx.actor.may_somewhere(Permission.REPORT_COLLECT)
    return ctx.actor.may(Permission.REPORT_FILL, organ.id)
