"""导出记录: whoever takes a list away leaves a record; personal data in the clear goes only with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.errors import Forbidden, Invalid, TrackerError
from tracker.domain.list_exports import ListTaken
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.models import ListExport, PersonalDataReading
from tracker.services.context import Context
from tracker.services.personal_data import LONGEST_REASON
from tracker.services.unit_of_work import transaction

LONGEST_ADDRESS = 1000
EVERYTHING = "all"
"""What a reading of a whole row is called."""


def record_export(ctx: Context, taken: ListTaken, address: str, rows: int) -> None:
    """A list left the system as people see it, personal data masked."""
    _record(ctx, taken, address, rows, None, ())


def record_personal_export(
    ctx: Context, taken: ListTaken, address: str, rows: int, case_ids: Sequence[int], reason: str
) -> None:
    """A list leaves with the personal data of these cases in the clear; each counts as looked at.

    Raises ``Invalid`` without a reason.
    """
    why = clean_line(reason)
    if not why:
        raise Invalid({"reason": [N_("请写明导出个人信息的事由，会一并留存。")]})
    if len(why) > LONGEST_REASON:
        raise Invalid(
            {"reason": [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_REASON)]}
        )
    _record(ctx, taken, address, rows, why, case_ids)


def _record(
    ctx: Context, taken: ListTaken, address: str, rows: int, reason: str | None, case_ids: Sequence[int]
) -> None:
    account_id = ctx.actor.account_id
    if account_id is None:
        raise Forbidden(N_("导出清单须由工作人员本人进行。"))
    with transaction(ctx) as session:
        session.add(
            ListExport(
                account_id=account_id,
                at=ctx.now,
                taken=str(taken),
                address=address[:LONGEST_ADDRESS],
                rows=rows,
                personal=len(case_ids),
                reason=reason,
            )
        )
        session.add_all(
            PersonalDataReading(
                case_id=case_id, account_id=account_id, at=ctx.now, field=EVERYTHING, reason=reason or ""
            )
            for case_id in case_ids
        )
