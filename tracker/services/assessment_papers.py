"""考核排名 and 考核计分表 as PDF/A: set anew each time from the figures of today, nothing of them is kept."""

from __future__ import annotations

from tracker.domain.assessment_paper import Assessed, AssessmentHead, organ_paper, ranking_paper
from tracker.domain.errors import Forbidden, Missing
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.sheet_paper import SheetPaper
from tracker.domain.vocabulary import N_
from tracker.queries.assessment_scores import Assessment, OrganScore, read_organ_score, read_scores
from tracker.services.context import Context


def ranking_pdf(ctx: Context, period: ReportingPeriod, issued_by: str) -> bytes:
    """The ranking of the district. Raises ``Forbidden`` for those who do not see all of it, ``Missing`` for characters
    no font of this machine has, ``TypesettingFailed``."""
    found = read_scores(ctx.session, ctx.actor, period, ctx.today)
    if not found.ranked:
        raise Forbidden(N_("全区排名由区政府办公室查看和下载。"))
    return _set(ctx, ranking_paper(_head(ctx, found, issued_by), [_assessed(each) for each in found.organs]))


def organ_pdf(ctx: Context, organ_code: str, period: ReportingPeriod, issued_by: str) -> bytes:
    """One organ's sheet. Raises ``NotFound`` for one the person does not watch, else as ``ranking_pdf``."""
    found, organ = read_organ_score(ctx.session, ctx.actor, organ_code, period, ctx.today)
    head = _head(ctx, found, issued_by)
    return _set(ctx, organ_paper(head, _assessed(organ), len(found.assessed)))


def _head(ctx: Context, found: Assessment, issued_by: str) -> AssessmentHead:
    return AssessmentHead(issued_by, found.period, found.version, ctx.today, ctx.actor.name)


def _assessed(organ: OrganScore) -> Assessed:
    return Assessed(organ.figures.name, organ.place, organ.score)


def _set(ctx: Context, paper: SheetPaper) -> bytes:
    lacking = ctx.adapters.renderer.missing_on_sheet(paper)
    if lacking:
        raise Missing([f"{N_('字体中没有的字')}：{'、'.join(lacking[:12])}"])
    return ctx.adapters.renderer.assessment_pdf(paper)
