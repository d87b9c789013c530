"""涉诉保全: while reconsideration or a suit is on, the file is neither archived nor erased."""

from __future__ import annotations

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.workflow import Action
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context


def hold(ctx: Context, case_id: int, *, grounds: str, expected_version: int | None) -> Reading:
    """Put the file on hold, saying which proceeding demands it."""
    with acting(ctx, case_id, Action.HOLD, expected_version) as case:
        case.held = True
        return append(ctx, case, NewEntry(EntryType.HELD, ctx.today, text=grounds))


def release_hold(ctx: Context, case_id: int, *, grounds: str, expected_version: int | None) -> Reading:
    """End the hold, saying why."""
    with acting(ctx, case_id, Action.RELEASE_HOLD, expected_version) as case:
        case.held = False
        return append(ctx, case, NewEntry(EntryType.HOLD_RELEASED, ctx.today, text=grounds))
