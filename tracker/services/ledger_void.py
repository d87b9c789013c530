"""作废导入: what one import brought in is taken out as a whole, while nobody has worked on any of it.

The record of the import stays, with who, when and why, and with the 受理号 its cases had. Numbers at the end of a
series are given back, as those of a transaction that is rolled back are; those below others stay drawn, and the record
explains the gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Forbidden, NotFound, NotLawfulNow
from tracker.domain.ledger_states import VOIDABLE, ImportState
from tracker.domain.numbering import CASE_SERIES, parse_document_number
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import (
    Alert,
    Applicant,
    Case,
    CaseItem,
    Clock,
    Consultation,
    Dispatch,
    EntryText,
    LedgerImport,
    LedgerRow,
    Letter,
    Organ,
    OutboxMessage,
    Receipt,
    StoredEntry,
)
from tracker.models.tally_keeping import tally_out
from tracker.queries.ledger_void import Touched, lock_cases, touched_by, worked_on
from tracker.services.context import Context
from tracker.services.ledger_facts import REPLY_SERIES
from tracker.services.ledger_undo import keep_digests, letters_of, undo_continuation
from tracker.services.numbers import give_back, hold_series
from tracker.services.unit_of_work import transaction

_AT_A_TIME = 5_000
Series = tuple[int, int]
"""Organ and year."""


class WorkedOn(NotLawfulNow):
    """Somebody has worked on cases of the import; ``numbers`` names each."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self.numbers = tuple(numbers)
        super().__init__(
            N_(
                "这次导入的申请件中有 %(count)d 件导入后又办理过，不能整体作废；个别记错的，请在该件中用“更正事实”。"
            ),
            count=len(numbers),
        )


def void_import(ctx: Context, import_id: int, reason: str) -> int:
    """Take out what an import brought in; returns how many cases are gone. Those it only continued stand as before.

    Raises ``Forbidden``, ``NotFound``, ``NotLawfulNow`` where there is nothing to void, ``WorkedOn``.
    """
    if ctx.actor != SYSTEM and not ctx.actor.may_somewhere(Permission.LEDGER_IMPORT):
        raise Forbidden(N_("您的岗位不能作废台账导入。"))
    with transaction(ctx) as session:
        record = session.get(LedgerImport, import_id, with_for_update=True)
        if record is None:
            raise NotFound(N_("没有找到这份台账。"))
        if record.state not in VOIDABLE:
            raise NotLawfulNow(N_("这份台账没有导入内容，或者正在导入、已经作废，请刷新页面查看。"))
        touched = touched_by(session, record)
        lock_cases(session, {case.case_id for case in touched})
        busy = worked_on(session, touched)
        if busy:
            raise WorkedOn(busy)
        made = [case.case_id for case in touched if case.made]
        continued = [case for case in touched if not case.made]
        replies = _reply_serials(session, made, continued)
        for case in reversed(continued):
            undo_continuation(ctx, case, import_id)
        record.voided_numbers = _remove(session, import_id, made)
        _settle_replies(session, replies)
        record.state = str(ImportState.VOIDED)
        record.voided_by_id, record.voided_at = ctx.actor.account_id, ctx.now
        record.void_reason = reason
        return len(made)


def _remove(session: Session, import_id: int, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Remove the cases and all that hangs on them, and settle their numbers; what is told of these."""
    serials = _serials_of(session, ids)
    for organ_id, year in sorted(serials):
        hold_series(session, organ_id, CASE_SERIES, year)
    tally_out(session, ids)
    for some in _some(ids):
        keep_digests(session, import_id, StoredEntry.case_id.in_(some))
        _remove_some(session, some)
    return [_settled(session, series, numbers) for series, numbers in sorted(serials.items())]


def _remove_some(session: Session, ids: Sequence[int]) -> None:
    letters = select(Letter.id).where(Letter.case_id.in_(ids))
    alerts = select(Alert.id).where(Alert.case_id.in_(ids))
    _delete(session, OutboxMessage, OutboxMessage.alert_id.in_(alerts))
    _delete(session, Dispatch, Dispatch.letter_id.in_(letters))
    for model in (Alert, Consultation, Letter, StoredEntry, EntryText, Applicant, CaseItem, Receipt, Clock):
        _delete(session, model, model.case_id.in_(ids))
    _delete(session, LedgerRow, LedgerRow.case_id.in_(ids))
    session.execute(delete(Case).where(Case.id.in_(ids)).execution_options(synchronize_session=False))


def _delete(session: Session, model: type[Any], which: ColumnElement[bool]) -> None:
    session.execute(delete(model).where(which).execution_options(synchronize_session=False))


def _serials_of(session: Session, ids: Sequence[int]) -> dict[Series, list[int]]:
    serials: dict[Series, list[int]] = defaultdict(list)
    for some in _some(ids):
        for row in session.execute(
            select(Case.organ_id, Case.year, Case.serial).where(Case.id.in_(some)).order_by(Case.serial)
        ):
            serials[row.organ_id, row.year].append(row.serial)
    return serials


def _reply_serials(
    session: Session, made: Sequence[int], continued: Sequence[Touched]
) -> dict[Series, list[int]]:
    """Serials of the replies that moved a counter past them."""
    conditions = [Letter.case_id.in_(some) for some in _some(made)]
    for case in continued:
        entries = select(StoredEntry).where(
            StoredEntry.case_id == case.case_id, StoredEntry.seq >= case.first
        )
        conditions.append(Letter.id.in_(letters_of(session.scalars(entries))))
    serials: dict[Series, list[int]] = defaultdict(list)
    for condition in conditions:
        told = select(Letter.organ_id, Letter.number).where(condition, Letter.series == REPLY_SERIES)
        for organ_id, number in session.execute(told):
            parsed = parse_document_number(number or "")
            if parsed is not None:
                serials[organ_id, parsed[1]].append(parsed[2])
    return serials


def _settle_replies(session: Session, serials: Mapping[Series, Sequence[int]]) -> None:
    for (organ_id, year), numbers in sorted(serials.items()):
        hold_series(session, organ_id, REPLY_SERIES, year)
        give_back(session, organ_id, REPLY_SERIES, year, max(numbers), _last_reply(session, organ_id, year))


def _last_reply(session: Session, organ_id: int, year: int) -> int:
    numbers = session.scalars(
        select(Letter.number).where(
            Letter.organ_id == organ_id, Letter.series == REPLY_SERIES, Letter.number.contains(f"〔{year}〕")
        )
    )
    parsed = (parse_document_number(number or "") for number in numbers)
    return max((told[2] for told in parsed if told is not None and told[1] == year), default=0)


def _settled(session: Session, series: Series, serials: Sequence[int]) -> dict[str, Any]:
    organ_id, year = series
    left = session.scalar(
        select(func.max(Case.serial)).where(Case.organ_id == organ_id, Case.year == year)
    ) or 0  # fmt: skip
    back = give_back(session, organ_id, CASE_SERIES, year, max(serials), left)
    return {
        "organ": session.scalar(select(Organ.name).where(Organ.id == organ_id)),
        "prefix": session.scalar(select(Organ.number_prefix).where(Organ.id == organ_id)),
        "year": year,
        "kept": _spans(serial for serial in serials if not back or serial < left),
        "given_back": _spans(serial for serial in serials if back and serial > left),
    }


def _spans(serials: Iterable[int]) -> list[list[int]]:
    spans: list[list[int]] = []
    for serial in sorted(serials):
        if spans and serial == spans[-1][1] + 1:
            spans[-1][1] = serial
        else:
            spans.append([serial, serial])
    return spans


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_A_TIME):
        yield ids[start : start + _AT_A_TIME]
