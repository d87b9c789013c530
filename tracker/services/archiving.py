"""归档: the file is listed, numbered and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.domain.archiving import (
    FILE_PART_NAMES,
    FileLine,
    Retention,
    file_list,
    usual_retention,
)
from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.numbering import ARCHIVE_SERIES, archive_number
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, StoredEntry
from tracker.queries.file_contents import count_file_parts
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.numbers import draw_number


@dataclass(frozen=True, slots=True)
class Archived:
    """The closed file: its 档号 and the reading of its clock."""

    archive_number: str
    retention: Retention
    reading: Reading


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """What archiving would do: the list of what the file holds, and the retention proposed."""

    lines: tuple[FileLine, ...]
    retention: Retention

    @property
    def lacking(self) -> tuple[FileLine, ...]:
        return tuple(line for line in self.lines if line.lacking)


def plan_archive(ctx: Context, case: Case) -> ArchivePlan:
    """What the file holds, what it lacks, how long it is usually kept. Writes nothing."""
    lines = file_list(Stage(case.stage), count_file_parts(ctx.session, case))
    return ArchivePlan(lines, usual_retention(case.disposition, litigated=_was_litigated(ctx, case)))


def archive(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    retention: Retention | None = None,
    retention_reason: str | None = None,
    expected_version: int | None,
    reason: str | None = None,
) -> Archived:
    """Close the file under the next 档号 of organ, year, retention and unit; the year is that of the ending.

    ``retention`` other than the usual one needs ``retention_reason``. A file that lacks what it must hold raises
    ``NotLawfulNow`` naming it, until a reason says why it is closed without.
    """
    with acting(ctx, case_id, Action.ARCHIVE, expected_version) as case:
        plan = plan_archive(ctx, case)
        if plan.lacking and not reason:
            raise NotLawfulNow(N_("卷内还缺少：%(parts)s。"), parts=named_parts(plan.lacking))
        chosen = retention or plan.retention
        if chosen is not plan.retention and not (retention_reason or "").strip():
            raise Invalid({"retention_reason": [N_("保管期限与通常不同的，请写明理由。")]})
        number = _number(ctx, case, chosen, case.stopped_on or on)
        case.archive_number = number
        case.retention = str(chosen)
        details = {
            "archive_number": number,
            "retention": str(chosen),
            "contents": {str(line.part): line.count for line in plan.lines if line.count},
        }
        entry = NewEntry(EntryType.ARCHIVED, on, details, text=retention_reason or None)
        return Archived(number, chosen, append(ctx, case, entry, reason=reason))


def change_retention(
    ctx: Context, case_id: int, *, retention: Retention, grounds: str, expected_version: int | None
) -> Reading:
    """变更保管期限 of an archived file, with its reason. The 档号 stays: it is written on the file.

    Raises ``Invalid`` when nothing would change.
    """
    with acting(ctx, case_id, Action.CHANGE_RETENTION, expected_version) as case:
        if case.retention == str(retention):
            raise Invalid({"retention": [N_("保管期限没有变化，请选择另一种保管期限。")]})
        details = {"retention": str(retention), "former_retention": case.retention}
        case.retention = str(retention)
        return append(ctx, case, NewEntry(EntryType.RETENTION_CHANGED, ctx.today, details, text=grounds))


def named_parts(lines: Sequence[FileLine]) -> str:
    """Parts of the file in words."""
    return "、".join(FILE_PART_NAMES[line.part] for line in lines)


def archive_series(retention: Retention, unit: str) -> str:
    """Name of the number series of one retention and unit of an organ."""
    return f"{ARCHIVE_SERIES}:{retention}:{unit}"


def _number(ctx: Context, case: Case, retention: Retention, ended_on: date) -> str:
    organ = case.organ
    if not organ.fonds_number or not organ.archive_unit_code:
        raise NotLawfulNow(N_("本机关还没有设定全宗号和机构代码，请管理员在“机关”页补充后再归档。"))
    unit = organ.archive_unit_code
    serial = draw_number(ctx.session, organ.id, archive_series(retention, unit), ended_on.year)
    return archive_number(organ.fonds_number, ended_on.year, str(retention), unit, serial)


def _was_litigated(ctx: Context, case: Case) -> bool:
    seen = select(StoredEntry.id).where(
        StoredEntry.case_id == case.id,
        StoredEntry.type.in_([str(EntryType.HELD), str(EntryType.ORDERED_ANEW)]),
    )
    return ctx.session.scalar(seen.limit(1)) is not None
