"""期限计算说明: shown to whoever may read the case, given out with a number, and then never computed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tracker.adapters.page_count import count_pages_of
from tracker.adapters.typesetter import TypesettingFailed
from tracker.domain.case_log import LogEntry
from tracker.domain.errors import Missing, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.domain.numbering import SHEET_SERIES, sheet_number
from tracker.domain.permissions import Permission
from tracker.domain.sheet import Sheet
from tracker.domain.sheet_paper import TITLE, SheetHead, SheetPaper, facts_digest, paper_of
from tracker.domain.vocabulary import N_
from tracker.models import Case, ComputationSheet
from tracker.queries.scope import get_case
from tracker.queries.sheets import CaseSheet, read_case_sheet
from tracker.services.attachments import CheckedFile, clean_filename, keep_file
from tracker.services.case_record import require_version
from tracker.services.context import Context
from tracker.services.numbers import draw_number
from tracker.services.rendering import PDF_TYPE
from tracker.services.unit_of_work import after_commit, transaction


@dataclass(frozen=True, slots=True)
class IssuedSheet:
    """A sheet with its number. ``fresh`` is false where today's sheet says the same already and was given instead."""

    id: int
    number: str
    fresh: bool


def preview_sheet(ctx: Context, case_id: int) -> bytes:
    """The sheet as PDF/A without a number, of today. Raises ``TypesettingFailed``."""
    case = get_case(ctx.session, ctx.actor, case_id)
    return ctx.adapters.renderer.sheet_pdf(_paper(ctx, case, read_case_sheet(ctx.session, case, ctx.today)))


def issue_sheet(ctx: Context, case_id: int, *, expected_version: int | None) -> IssuedSheet:
    """生成编号的期限计算说明: number drawn, content frozen, file made after commit.

    The same facts, calendar and day give the sheet that was issued before instead of a second number. Raises
    ``Conflict`` when the case was changed since the page was drawn, ``NotLawfulNow`` while nothing started a clock,
    ``Missing`` for characters no font of this machine has.
    """
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, Permission.SHEET_ISSUE, lock=True)
        require_version(case, expected_version)
        known = read_case_sheet(session, case, ctx.today)
        if not known.sheet.parts:
            raise NotLawfulNow(N_("还没有登记收到申请的日期，无从计算期限。"))
        same = _same_as_before(ctx, case, known)
        if same is not None:
            return IssuedSheet(same.id, same.number, fresh=False)
        row = _issue(ctx, case, known)
        return IssuedSheet(row.id, row.number, fresh=True)


def standing_sheet(ctx: Context, case_id: int, number: str) -> ComputationSheet | None:
    """The sheet given out under a number for a case the caller has fetched; None without a number."""
    wanted = select(ComputationSheet).where(
        ComputationSheet.case_id == case_id, ComputationSheet.number == number
    )
    return ctx.session.scalar(wanted) if number else None


def _issue(ctx: Context, case: Case, known: CaseSheet) -> ComputationSheet:
    year = ctx.today.year
    serial = draw_number(ctx.session, case.organ_id, SHEET_SERIES, year)
    number = sheet_number(case.organ.number_prefix, year, serial)
    paper = _paper(ctx, case, known, number)
    _require_characters(ctx, paper)
    row = ComputationSheet(
        case_id=case.id,
        organ_id=case.organ_id,
        number=number,
        year=year,
        serial=serial,
        made_on=ctx.today,
        made_at=ctx.now,
        made_by_id=ctx.actor.account_id,
        calendar_version=known.sheet.reading.calendar_version,
        through_seq=known.through_seq,
        facts_digest=known.digest,
        content=dict(paper.data),
        content_hash=paper.digest(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    sheet_id = row.id
    after_commit(ctx, lambda: _made(ctx, sheet_id))
    return row


def _same_as_before(ctx: Context, case: Case, known: CaseSheet) -> ComputationSheet | None:
    last = ctx.session.scalar(
        select(ComputationSheet)
        .where(ComputationSheet.case_id == case.id)
        .order_by(ComputationSheet.id.desc())
        .limit(1)
    )
    if last is None or last.made_on != ctx.today or last.through_seq != known.through_seq:
        return None
    same = last.calendar_version == known.sheet.reading.calendar_version
    return last if same and last.facts_digest == known.digest else None


def _paper(ctx: Context, case: Case, known: CaseSheet, number: str = "") -> SheetPaper:
    head = SheetHead(
        organ=case.organ.name,
        case_number=case.number,
        made_on=ctx.today,
        number=number,
        made_by=ctx.actor.name if number else "",
        through_seq=known.through_seq,
        facts_digest=known.digest,
    )
    return paper_of(known.sheet, head)


def _require_characters(ctx: Context, paper: SheetPaper) -> None:
    lacking = ctx.adapters.renderer.missing_on_sheet(paper)
    if lacking:
        shown = "、".join(f"{sign}（U+{ord(sign):04X}）" for sign in lacking[:12])
        raise Missing([f"{N_('字体中没有的字')}：{shown}"])


def _made(ctx: Context, sheet_id: int) -> None:
    render_sheet(ctx, sheet_id)


def render_sheet(ctx: Context, sheet_id: int) -> bool:
    """Make the file of an issued sheet from its frozen content and keep it. True when it has its file afterwards.

    A failure is noted on the sheet, and the job tries again."""
    row = ctx.session.get(ComputationSheet, sheet_id)
    if row is None:
        return False
    if row.attachment_id is not None:
        return True
    number, paper = row.number, SheetPaper(row.content)
    try:
        content = ctx.adapters.renderer.sheet_pdf(paper)
    except TypesettingFailed as error:
        _note_failure(ctx, sheet_id, str(error))
        return False
    name, pages = clean_filename(f"{TITLE}（{number}）.pdf"), count_pages_of(content, PDF_TYPE)
    with transaction(ctx) as session:
        row = session.get_one(ComputationSheet, sheet_id, with_for_update=True)
        if row.attachment_id is None:
            file = CheckedFile(name, PDF_TYPE, content, FileKind.COMPUTATION_SHEET, pages)
            row.attachment_id = keep_file(ctx, file, case_id=row.case_id).id
            row.render_error = None
        return True


def render_pending_sheets(ctx: Context, limit: int = 50) -> int:
    """Render issued sheets that have no file yet; how many got theirs. For the job runner."""
    waiting = ctx.session.scalars(
        select(ComputationSheet.id)
        .where(ComputationSheet.attachment_id.is_(None))
        .order_by(ComputationSheet.render_attempts, ComputationSheet.id)
        .limit(limit)
    ).all()
    return sum(render_sheet(ctx, sheet_id) for sheet_id in waiting)


def _note_failure(ctx: Context, sheet_id: int, message: str) -> None:
    with transaction(ctx) as session:
        row = session.get_one(ComputationSheet, sheet_id, with_for_update=True)
        row.render_attempts += 1
        row.render_error = message[:500]


def calculation_pdf(ctx: Context, sheet: Sheet, log: Sequence[LogEntry]) -> bytes:
    """PDF/A of a computation that belongs to no case: without a number, on the facts of its log alone."""
    made_on = sheet.reading.today or ctx.today
    head = SheetHead(organ="", case_number="", made_on=made_on, facts_digest=facts_digest(log))
    return ctx.adapters.renderer.sheet_pdf(paper_of(sheet, head))
