"""归档: the file is listed, paginated, numbered and closed; what the list says is frozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.domain.archive_demands import Lack, uncounted
from tracker.domain.archive_digest import digest_of_contents
from tracker.domain.archive_materials import (
    Listed,
    Material,
    paginated,
    paper_pages,
    total_pages,
    with_pages,
)
from tracker.domain.archiving import Ended, Retention, RetentionRule, proposed_retention
from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Conflict, Invalid, NotLawfulNow, TrackerError
from tracker.domain.numbering import ArchiveParts, archive_number, archive_series
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import RULE_OF, Action
from tracker.models import ArchivedFile, Attachment, Case, Challenge, Letter, Organ, StoredEntry
from tracker.queries.archive_materials import ISSUED, CaseFile, read_case_file
from tracker.queries.bundle_exhibits import letter_title
from tracker.queries.scope import get_case
from tracker.services.archive_papers import MadePaper, count_kept, make_letters, make_papers
from tracker.services.attachments import keep_file
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append, require_offered, require_version
from tracker.services.context import Context
from tracker.services.numbers import draw_number


@dataclass(frozen=True, slots=True)
class Archived:
    """The closed file: its 档号 and the reading of its clock."""

    archive_number: str
    retention: Retention
    pages: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """What archiving would do: the pieces in order, what is lacking, and the retention proposed with its reason."""

    materials: tuple[Material, ...]
    lacks: tuple[Lack, ...]
    proposal: RetentionRule

    @property
    def lines(self) -> tuple[Listed, ...]:
        """The list as it would be paginated; what the system sets when the file is closed has no pages yet."""
        return paginated(self.materials)

    @property
    def retention(self) -> Retention:
        return self.proposal.retention


def plan_archive(ctx: Context, case: Case) -> ArchivePlan:
    """What the file holds, what it lacks and who must add it, how long it is usually kept. Writes nothing."""
    return _plan(ctx, read_case_file(ctx.session, case))


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

    A file closed before, and opened again by an order, keeps its number. ``retention`` other than the proposed one
    needs ``retention_reason``. A file that lacks what it must hold raises ``NotLawfulNow`` naming it, until a reason
    says why it is closed without. Papers of the system are set first, outside the transaction; raises
    ``TypesettingFailed``, and ``Conflict`` when the file changed meanwhile.
    """
    case = get_case(ctx.session, ctx.actor, case_id, RULE_OF[Action.ARCHIVE].permission)
    require_version(case, expected_version)
    require_offered(ctx, case, Action.ARCHIVE)
    make_letters(ctx, case)
    plan = plan_archive(ctx, case)
    chosen = _retention(plan, retention, retention_reason)
    _require_whole(plan, reason)
    parts_of(case.organ)
    made = make_papers(ctx, case, plan.materials)
    with acting(ctx, case_id, Action.ARCHIVE, expected_version) as case:
        file = read_case_file(ctx.session, case)
        if {m.key for m in file.materials} != {m.key for m in plan.materials}:
            raise Conflict(N_("归档时卷内材料有变化，请核对材料清单后再归档。"))
        lines = _frozen(ctx, case, file, made)
        number = _close(ctx, case, plan, lines, chosen, on)
        details = {
            "archive_number": number,
            "retention": str(chosen),
            "contents": dict(Counter(str(line.material.kind) for line in lines)),
            "pages": total_pages(lines),
            "list": contents_hash(lines),
        }
        if plan.lacks:
            details["lacking"] = [lack.key for lack in plan.lacks]
        entry = NewEntry(EntryType.ARCHIVED, on, details, text=retention_reason or None)
        return Archived(number, chosen, total_pages(lines), append(ctx, case, entry, reason=reason))


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
        for row in ctx.session.scalars(
            select(ArchivedFile).where(ArchivedFile.case_id == case.id, ArchivedFile.current)
        ):
            row.retention = str(retention)
        return append(ctx, case, NewEntry(EntryType.RETENTION_CHANGED, ctx.today, details, text=grounds))


def contents_hash(lines: Sequence[Listed]) -> str:
    """SHA-256 of the frozen list; it stands in the log, so the chain vouches for the list."""
    return digest_of_contents([line.to_data() for line in lines])


def named_lacks(lacks: Sequence[Lack]) -> list[TrackerError | str]:
    """Their names."""
    return [lack.name for lack in lacks]


def parts_of(organ: Organ) -> ArchiveParts:
    """The parts of the organ's 档号. Raises ``NotLawfulNow`` while they are not set."""
    if not organ.fonds_number or (organ.archive_by_unit and not organ.archive_unit_code):
        raise NotLawfulNow(N_("本机关还没有设定全宗号和机构代码，请管理员在“机关”页补充后再归档。"))
    unit = organ.archive_unit_code or "" if organ.archive_by_unit else ""
    return ArchiveParts(organ.fonds_number, unit, organ.archive_category, organ.archive_serial_width)


def _plan(ctx: Context, file: CaseFile) -> ArchivePlan:
    materials = tuple(_counted(ctx, one) for one in file.materials)
    unknown = tuple(uncounted(m) for m in materials if m.key.startswith("file:") and m.pages is None)
    return ArchivePlan(materials, (*file.lacks, *unknown), proposed_retention(_ended(ctx, file.case)))


def _counted(ctx: Context, one: Material) -> Material:
    if one.attachment_id is None or one.pages is not None:
        return one
    return with_pages(one, count_kept(ctx, one.attachment_id))


def _retention(plan: ArchivePlan, wanted: Retention | None, why: str | None) -> Retention:
    chosen = wanted or plan.retention
    if chosen is not plan.retention and not (why or "").strip():
        raise Invalid({"retention_reason": [N_("保管期限与通常不同的，请写明理由。")]})
    return chosen


def _require_whole(plan: ArchivePlan, reason: str | None) -> None:
    if plan.lacks and not reason:
        raise NotLawfulNow(N_("卷内还缺少：%(parts)s。"), parts=named_lacks(plan.lacks))


def _frozen(ctx: Context, case: Case, file: CaseFile, made: Mapping[str, MadePaper]) -> tuple[Listed, ...]:
    """Keep the papers made for the file, and number everything through."""
    pieces: list[Material] = []
    digests: dict[str, str] = {}
    for one in file.materials:
        piece = one
        if one.key in made:
            kept = keep_file(ctx, made[one.key].file, case_id=case.id)
            piece = made[one.key].material(one, kept.id)
            digests[one.key] = kept.sha256
        elif one.attachment_id is not None:
            row = ctx.session.get_one(Attachment, one.attachment_id)
            if row.pages is None:
                row.pages = count_kept(ctx, row.id)
            piece = with_pages(one, row.pages)
            digests[one.key] = row.sha256
        pieces.append(piece)
    return paginated(pieces, digests)


def _close(
    ctx: Context,
    case: Case,
    plan: ArchivePlan,
    lines: tuple[Listed, ...],
    retention: Retention,
    on: date,
) -> str:
    before = ctx.session.scalars(
        select(ArchivedFile).where(ArchivedFile.case_id == case.id, ArchivedFile.current)
    ).one_or_none()
    year, unit, serial, number = (
        (before.year, before.unit, before.serial, before.number)
        if before is not None
        else _number(ctx, case, retention, (case.stopped_on or on).year)
    )
    if before is not None:
        before.current = False
    reply = _last_reply(ctx, case)
    ctx.session.add(
        ArchivedFile(
            case_id=case.id,
            organ_id=case.organ_id,
            run=case.run,
            current=True,
            number=number,
            year=year,
            retention=str(retention),
            unit=unit,
            serial=serial,
            title=_title(case, reply),
            document_number=(reply.number or "") if reply else "",
            responsible=case.organ.name,
            document_on=(reply.signed_on if reply else None) or case.stopped_on or on,
            pages=total_pages(lines),
            paper_pages=paper_pages(lines),
            contents=[line.to_data() for line in lines],
            contents_hash=contents_hash(lines),
            lacking=[lack.key for lack in plan.lacks],
            lacks=len(plan.lacks),
            archived_on=on,
            archived_at=ctx.now,
            archived_by_id=ctx.actor.account_id,
        )
    )
    case.archive_number = number
    case.retention = str(retention)
    return number


def _number(ctx: Context, case: Case, retention: Retention, year: int) -> tuple[int, str, int, str]:
    parts = parts_of(case.organ)
    serial = draw_number(ctx.session, case.organ_id, archive_series(parts, str(retention)), year)
    return year, parts.unit, serial, archive_number(parts, year, str(retention), serial)


def _last_reply(ctx: Context, case: Case) -> Letter | None:
    return ctx.session.scalar(
        select(Letter)
        .where(Letter.case_id == case.id, Letter.is_reply, Letter.status.in_(ISSUED))
        .order_by(Letter.id.desc())
        .limit(1)
    )


def _title(case: Case, reply: Letter | None) -> str:
    """题名 without a name: the catalogue is read by those who may not see the applicant."""
    what = f"《{letter_title(reply)}》" if reply is not None else "办理材料"
    return f"关于{case.number}政府信息公开申请的{what}"[:300]


def _ended(ctx: Context, case: Case) -> Ended:
    results = ctx.session.scalars(
        select(Challenge.result).where(Challenge.case_id == case.id, Challenge.voided.is_(False))
    ).all()
    seen = set(
        ctx.session.scalars(
            select(StoredEntry.type).where(
                StoredEntry.case_id == case.id,
                StoredEntry.type.in_([str(EntryType.HELD), str(EntryType.ORDERED_ANEW)]),
            )
        )
    )
    return Ended(
        case.disposition,
        tuple(results),
        held=str(EntryType.HELD) in seen,
        ordered_anew=str(EntryType.ORDERED_ANEW) in seen,
    )
