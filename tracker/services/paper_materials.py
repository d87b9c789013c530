"""纸质材料 of a file that is about to be closed, and pages no program can count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.archive_materials import MaterialKind
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.models import Attachment, Case, PaperMaterial
from tracker.queries.archive_materials import read_case_file
from tracker.queries.scope import get_case
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST_TITLE = 120
MOST_PAGES = 9999


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """A piece on paper as somebody describes it; ``covers`` is the key of the demand it meets, or empty."""

    kind: MaterialKind
    title: str
    pages: int
    made_on: date | None = None
    covers: str = ""


def add_paper(ctx: Context, case_id: int, given: PaperGiven) -> int:
    """登记纸质材料 of a file that is not closed yet; its id. Raises ``Invalid``, ``NotLawfulNow``."""
    title = clean_line(given.title)
    faults: dict[str, list[TrackerError | str]] = {}
    if not title:
        faults["title"] = [N_("请写明材料名称。")]
    elif len(title) > LONGEST_TITLE:
        faults["title"] = [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_TITLE)]
    if not 1 <= given.pages <= MOST_PAGES:
        faults["pages"] = [N_("页数须为 1 至 9999 的整数。")]
    if given.made_on is not None and given.made_on > ctx.today:
        faults["made_on"] = [N_("日期晚于今天，请核对。")]
    if faults:
        raise Invalid(faults)
    with transaction(ctx) as session:
        case = _open_file(ctx, case_id)
        if given.covers and given.covers not in {lack.key for lack in read_case_file(session, case).lacks}:
            raise Invalid({"covers": [N_("这一项已经补齐，请刷新页面。")]})
        row = PaperMaterial(
            case_id=case.id,
            kind=str(given.kind),
            title=title,
            made_on=given.made_on,
            pages=given.pages,
            covers=given.covers,
            added_by_id=ctx.actor.account_id,
            added_at=ctx.now,
        )
        session.add(row)
        session.flush()
        details = {"paper_id": row.id, "kind": row.kind, "pages": row.pages}
        append(ctx, case, NewEntry(EntryType.FILE_ATTACHED, ctx.today, details))
        return row.id


def remove_paper(ctx: Context, case_id: int, paper_id: int) -> None:
    """Take back a piece on paper that was registered by mistake; the log keeps both."""
    with transaction(ctx) as session:
        case = _open_file(ctx, case_id)
        row = session.get(PaperMaterial, paper_id)
        if row is None or row.case_id != case.id:
            raise NotFound(N_("没有找到这份纸质材料。"))
        text = f"删除误登记的纸质材料《{row.title}》（{row.pages} 页）。"
        session.delete(row)
        append(ctx, case, NewEntry(EntryType.NOTE_ADDED, ctx.today, text=text))


def set_pages(ctx: Context, case_id: int, attachment_id: int, pages: int | None) -> None:
    """Say how many pages a file of the case has that no program can count."""
    if pages is None or not 1 <= pages <= MOST_PAGES:
        raise Invalid({"pages": [N_("页数须为 1 至 9999 的整数。")]})
    with transaction(ctx) as session:
        case = _open_file(ctx, case_id)
        row = session.get(Attachment, attachment_id)
        if row is None or row.case_id != case.id:
            raise NotFound(N_("没有找到这份材料。"))
        row.pages = pages


def _open_file(ctx: Context, case_id: int) -> Case:
    case = get_case(ctx.session, ctx.actor, case_id, Permission.CASE_ARCHIVE, lock=True)
    if case.stage == str(Stage.ARCHIVED):
        raise NotLawfulNow(N_("案卷已经归档，材料清单不再改动。"))
    return case
