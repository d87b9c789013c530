"""销毁: one person puts files whose period is over on a list, another confirms; only then are they erased, for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tracker.domain.case_log import EntryType
from tracker.domain.destruction import (
    LONGEST_GROUNDS,
    MOST_FILES,
    Block,
    ListState,
    named,
)
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.numbering import DESTRUCTION_SERIES, destruction_number
from tracker.domain.permissions import Permission
from tracker.domain.texts import clean_text
from tracker.domain.vocabulary import N_
from tracker.models import (
    ArchivedFile,
    Case,
    Destruction,
    DestructionDeferral,
    DestructionFile,
    Organ,
    StoredEntry,
)
from tracker.models.engine import empty_log, overwrite_deleted
from tracker.queries.destruction import ExpiredRow, get_destruction, read_files
from tracker.queries.scope import get_case
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.erasure import erase
from tracker.services.kept_packages import drop_packages
from tracker.services.numbers import draw_number
from tracker.services.unit_of_work import after_commit, transaction


@dataclass(frozen=True, slots=True)
class Proposed:
    """A list that waits for its second person."""

    id: int
    number: str
    files: int


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """How many files of a list are gone, and how many stayed because something came up."""

    destroyed: int
    kept: int


def propose_destruction(ctx: Context, organ_id: int, case_ids: Sequence[int], grounds: str) -> Proposed:
    """提出销毁 of files of one organ whose period is over and against which nothing stands.

    Raises ``Forbidden``, ``Invalid`` without grounds, files or with too many, ``NotLawfulNow`` naming those that may
    not be destroyed.
    """
    account_id = ctx.actor.account_id
    if account_id is None or not ctx.actor.may(Permission.DESTRUCTION_PROPOSE, organ_id):
        raise Forbidden(N_("您的岗位不能提出销毁这个机关的案卷。"))
    said = _said("grounds", grounds, N_("请写明鉴定意见和销毁的依据。"))
    wanted = list(dict.fromkeys(case_ids))
    if not wanted:
        raise Invalid({"files": [N_("请勾选要销毁的案卷。")]})
    if len(wanted) > MOST_FILES:
        fault = TrackerError(N_("一份清册最多 %(most)d 件，请分几次提出。"), most=MOST_FILES)
        raise Invalid({"files": [fault]})
    with transaction(ctx) as session:
        session.scalars(select(Case.id).where(Case.id.in_(wanted)).order_by(Case.id).with_for_update()).all()
        rows = read_files(session, ctx.actor, ctx.today, wanted)
        if len(rows) != len(wanted) or any(row.organ_id != organ_id for row in rows):
            raise NotFound(N_("有的案卷没有找到，或者不属于这个机关，请刷新页面后重新勾选。"))
        against = [row.number for row in rows if row.blocks]
        if against:
            raise NotLawfulNow(N_("现在不能销毁：%(files)s。请刷新页面查看原因。"), files=named(against))
        serial = draw_number(session, organ_id, DESTRUCTION_SERIES, ctx.today.year)
        prefix = session.get_one(Organ, organ_id).number_prefix
        made = Destruction(
            organ_id=organ_id,
            year=ctx.today.year,
            serial=serial,
            number=destruction_number(prefix, ctx.today.year, serial),
            state=str(ListState.PROPOSED),
            grounds=said,
            proposed_by_id=account_id,
            proposed_at=ctx.now,
            files=[_line(row) for row in rows],
        )
        session.add(made)
        session.flush()
        return Proposed(made.id, made.number, len(rows))


def confirm_destruction(
    ctx: Context, destruction_id: int, opinion: str, *, expected_version: int
) -> CarriedOut:
    """确认销毁 by a second person: files are erased, their bytes removed once that is committed, the list stays.

    What came up against a file since (a hold, a challenge, a deferral) keeps it, and the list says so. Raises
    ``Forbidden`` for whoever proposed it, ``Conflict`` when the list was decided or changed meanwhile.
    """
    with transaction(ctx) as session:
        made = _waiting(ctx, destruction_id, expected_version)
        said = _said("opinion", opinion, N_("请写明确认意见。"))
        overwrite_deleted(session.connection())
        wanted = [line.case_id for line in made.files]
        cases = {
            case.id: case
            for case in session.scalars(
                select(Case).where(Case.id.in_(wanted)).order_by(Case.id).with_for_update(of=Case)
            )
        }
        now = {row.case_id: row for row in read_files(session, ctx.actor, ctx.today, wanted)}
        gone = 0
        for line in made.files:
            against = [block for block in now[line.case_id].blocks if block is not Block.LISTED]
            if against:
                line.outcome, line.kept_because = "kept", ",".join(map(str, against))
                continue
            _destroy(ctx, cases[line.case_id], made, line)
            gone += 1
        _decide(ctx, made, ListState.CARRIED_OUT, said)
        drop_packages(ctx, made.organ_id)
        after_commit(ctx, lambda: empty_log(_engine_of(session)))
        kept = len(made.files) - gone
    return CarriedOut(gone, kept)


def return_destruction(ctx: Context, destruction_id: int, opinion: str, *, expected_version: int) -> None:
    """退回 by a second person, with the reason; nothing is destroyed."""
    said = _said("opinion", opinion, N_("退回的，请写明理由。"))
    with transaction(ctx):
        _decide(ctx, _waiting(ctx, destruction_id, expected_version), ListState.RETURNED, said)


def withdraw_destruction(ctx: Context, destruction_id: int, *, expected_version: int) -> None:
    """撤回 by whoever proposed it."""
    with transaction(ctx) as session:
        row, _files = get_destruction(session, ctx.actor, destruction_id)
        if row.proposed_by_id != ctx.actor.account_id:
            raise Forbidden(N_("只有提出的人可以撤回。"))
        made = session.get_one(Destruction, destruction_id, with_for_update=True)
        _require_waiting(made, expected_version)
        made.state = str(ListState.WITHDRAWN)


def defer_destruction(ctx: Context, case_id: int, reason: str, until: date | None) -> None:
    """暂缓销毁 of a closed file, until a day or until it is lifted."""
    said = _said("reason", reason, N_("请写明暂缓销毁的理由。"))
    if until is not None and until <= ctx.today:
        raise Invalid({"until": [N_("暂缓到的日期须晚于今天；没有期限的可以不填。")]})
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, Permission.DESTRUCTION_PROPOSE, lock=True)
        if case.archive_number is None or case.destroyed_on is not None:
            raise NotLawfulNow(N_("只有已经归档、还没有销毁的案卷可以暂缓销毁。"))
        _lift(ctx, case_id)
        session.add(
            DestructionDeferral(
                case_id=case_id,
                reason=said,
                until=until,
                set_by_id=ctx.actor.account_id or 0,
                set_at=ctx.now,
            )
        )


def lift_deferral(ctx: Context, case_id: int) -> None:
    """解除暂缓. Doing it twice does it once."""
    with transaction(ctx) as session:
        get_case(session, ctx.actor, case_id, Permission.DESTRUCTION_PROPOSE, lock=True)
        _lift(ctx, case_id)


def _lift(ctx: Context, case_id: int) -> None:
    standing = select(DestructionDeferral).where(
        DestructionDeferral.case_id == case_id, DestructionDeferral.lifted_at.is_(None)
    )
    for row in ctx.session.scalars(standing):
        row.lifted_by_id, row.lifted_at = ctx.actor.account_id, ctx.now


def _engine_of(session: Session) -> Engine:
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


def _destroy(ctx: Context, case: Case, made: Destruction, line: DestructionFile) -> None:
    details = {
        "destruction_id": made.id,
        "number": made.number,
        "pages": line.pages,
        "list": line.contents_hash,
    }
    append(ctx, case, NewEntry(EntryType.FILE_DESTROYED, ctx.today, details))
    keys = erase(ctx.session, case)
    case.destroyed_on = ctx.today
    for row in ctx.session.scalars(select(ArchivedFile).where(ArchivedFile.case_id == case.id)):
        row.contents, row.destroyed_on = [], ctx.today
    ctx.session.flush()
    line.outcome = "destroyed"
    line.chain = ctx.session.scalar(
        select(StoredEntry.digest)
        .where(StoredEntry.case_id == case.id)
        .order_by(StoredEntry.seq.desc())
        .limit(1)
    )
    files = ctx.adapters.files

    def remove() -> None:
        for key in keys:
            files.remove(key)

    after_commit(ctx, remove)


def _waiting(ctx: Context, destruction_id: int, expected_version: int) -> Destruction:
    row, _files = get_destruction(ctx.session, ctx.actor, destruction_id)
    if not ctx.actor.may(Permission.DESTRUCTION_CONFIRM, row.organ_id):
        raise Forbidden(N_("您的岗位不能确认销毁。"))
    if ctx.actor.account_id is None or row.proposed_by_id == ctx.actor.account_id:
        raise Forbidden(N_("提出销毁的人不能自己确认，请由另一人确认。"))
    made = ctx.session.get_one(Destruction, destruction_id, with_for_update=True)
    _require_waiting(made, expected_version)
    return made


def _require_waiting(made: Destruction, expected_version: int) -> None:
    if made.state != str(ListState.PROPOSED) or made.version_id != expected_version:
        raise Conflict(N_("这份销毁清册刚被他人处理，请刷新页面查看。"))


def _decide(ctx: Context, made: Destruction, state: ListState, opinion: str) -> None:
    made.state = str(state)
    made.decided_by_id, made.decided_at, made.decision = ctx.actor.account_id, ctx.now, opinion or None


def _line(row: ExpiredRow) -> DestructionFile:
    assert row.ends_on is not None
    return DestructionFile(
        case_id=row.case_id,
        case_number=row.case_number,
        number=row.number,
        title=row.title,
        year=row.year,
        retention=str(row.retention),
        ended_on=row.ends_on,
        pages=row.pages,
        materials=row.materials,
        contents_hash=row.contents_hash,
    )


def _said(field: str, text: str, missing: str) -> str:
    said = clean_text(text)
    if not said:
        raise Invalid({field: [missing]})
    if len(said) > LONGEST_GROUNDS:
        raise Invalid({field: [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_GROUNDS)]})
    return said
