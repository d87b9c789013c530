"""年度报告 on its way: an organ hands it in, the district's office returns, accepts and publishes it.

Numbers, cases and text are frozen when it is handed in; acceptance and publication are of what was handed in, and only
while the cases still give the same. What is published never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from tracker.domain.annual_frozen import content_hash
from tracker.domain.annual_report import ReportAct, ReportState, state_after
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.frozen_report import HandedIn, agrees, freeze_report
from tracker.domain.permissions import Permission
from tracker.domain.report_text import open_points
from tracker.domain.vocabulary import N_
from tracker.models import AnnualReport, AnnualReportStep
from tracker.queries.organs import OrganName, find_organ_by_code
from tracker.queries.report_handing_in import read_handing_in
from tracker.services.context import Context
from tracker.services.report_reminders import settle_reminders, tell_returned
from tracker.services.unit_of_work import transaction

LONGEST_COMMENT = 1000


def submit_report(ctx: Context, year: int, organ_code: str, *, expected_version: int) -> None:
    """提交, by the head of the organ's disclosure office: the numbers of this moment are frozen.

    ``expected_version`` is 0 for the first time. Raises ``NotLawfulNow`` while the year lasts or where it has been
    handed in already, ``Conflict`` when somebody else was faster.
    """
    with transaction(ctx):
        organ = _organ(ctx, organ_code, Permission.REPORT_SUBMIT)
        row = _locked(ctx, organ.id, year)
        _require_version(row, expected_version)
        state = state_after(ReportState(row.state) if row else ReportState.DRAFTING, ReportAct.SUBMIT)
        if year >= ctx.today.year:
            raise NotLawfulNow(N_("%(year)d 年还没有结束，次年 1 月 1 日起可以提交。"), year=year)
        handed_in = read_handing_in(ctx.session, ctx.actor, year, organ)
        _require_written(handed_in)
        content = freeze_report(handed_in)
        if row is None:
            row = AnnualReport(organ_id=organ.id, year=year)
            ctx.session.add(row)
        row.state, row.submitted_on = str(state), ctx.today
        row.content, row.content_hash = content, content_hash(content)
        ctx.session.flush()
        _note(ctx, row, ReportAct.SUBMIT, None)
        settle_reminders(ctx, organ.id, year)


def return_report(ctx: Context, year: int, organ_code: str, *, comment: str, expected_version: int) -> None:
    """退回 with what is to be mended, which the organ reads. Raises ``Invalid`` without a comment, ``NotLawfulNow``
    where nothing was handed in or it is published, ``Conflict``."""
    text = comment.strip()
    if not text:
        raise Invalid({"comment": [N_("请写明退回的原因和需要更正的内容，该机关会看到。")]})
    if len(text) > LONGEST_COMMENT:
        raise Invalid({"comment": [N_("退回的原因过长，请压缩到 1000 字以内。")]})
    with _deciding(ctx, year, organ_code, ReportAct.RETURN, expected_version) as row:
        _note(ctx, row, ReportAct.RETURN, text)
        organ = _organ(ctx, organ_code, Permission.REPORT_COLLECT)
        tell_returned(ctx, organ, year, len(row.steps))


def accept_report(ctx: Context, year: int, organ_code: str, *, expected_version: int) -> None:
    """接受. Raises ``NotLawfulNow`` where the cases give other numbers by now, ``Conflict``."""
    with _deciding(ctx, year, organ_code, ReportAct.ACCEPT, expected_version) as row:
        _require_same(ctx, row, organ_code)
        _note(ctx, row, ReportAct.ACCEPT, None)


def publish_report(ctx: Context, year: int, organ_code: str, *, expected_version: int) -> None:
    """公布: from now on the numbers stand, whatever is corrected later. Raises as ``accept_report``."""
    with _deciding(ctx, year, organ_code, ReportAct.PUBLISH, expected_version) as row:
        _require_same(ctx, row, organ_code)
        _note(ctx, row, ReportAct.PUBLISH, None)


@contextmanager
def _deciding(
    ctx: Context, year: int, organ_code: str, act: ReportAct, expected_version: int
) -> Iterator[AnnualReport]:
    """The district's office at one report: fetched, authorised and moved to its next state."""
    with transaction(ctx) as session:
        organ = _organ(ctx, organ_code, Permission.REPORT_COLLECT)
        row = _locked(ctx, organ.id, year)
        if row is None:
            raise NotLawfulNow(N_("该机关还没有提交这一年的报告。"))
        _require_version(row, expected_version)
        row.state = str(state_after(ReportState(row.state), act))
        yield row
        session.flush()


def _organ(ctx: Context, code: str, permission: Permission) -> OrganName:
    organ = find_organ_by_code(ctx.session, code)
    if organ is None or not ctx.actor.may(Permission.REPORT_READ, organ.id):
        raise NotFound(N_("没有找到这个机关的年度报告，或者它不属于您所在的机关。"))
    if not ctx.actor.may(permission, organ.id) or ctx.actor.account_id is None:
        raise Forbidden(N_("您的岗位不能对这份年度报告做这项操作。"))
    return organ


def _locked(ctx: Context, organ_id: int, year: int) -> AnnualReport | None:
    return ctx.session.scalar(
        select(AnnualReport)
        .where(AnnualReport.organ_id == organ_id, AnnualReport.year == year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _require_version(row: AnnualReport | None, expected: int) -> None:
    if (row.version_id if row else 0) != expected:
        raise Conflict(N_("这份报告刚被他人处理，请刷新页面，核对后再操作。"))


def _require_same(ctx: Context, row: AnnualReport, organ_code: str) -> None:
    organ = _organ(ctx, organ_code, Permission.REPORT_COLLECT)
    if not agrees(row.content, read_handing_in(ctx.session, ctx.actor, row.year, organ)):
        raise NotLawfulNow(
            N_("提交之后有更正，数字、正文或者所依据的件已经不同，请退回该机关核对后重新提交。")
        )


def _require_written(handed_in: HandedIn) -> None:
    """What the text still leaves open would be published as it stands."""
    left = [point for text in handed_in.texts.values() for point in open_points(text)]
    if left:
        raise NotLawfulNow(N_("正文还有待补写之处：%(points)s。请补写后再提交。"), points="、".join(left[:5]))


def _note(ctx: Context, row: AnnualReport, act: ReportAct, comment: str | None) -> None:
    assert ctx.actor.account_id is not None
    seq = 1 + max((step.seq for step in row.steps), default=0)
    row.steps.append(
        AnnualReportStep(
            seq=seq,
            act=str(act),
            done_on=ctx.today,
            done_at=ctx.now,
            done_by_id=ctx.actor.account_id,
            comment=comment,
            content_hash=row.content_hash,
        )
    )
