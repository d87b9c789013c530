"""催办: the district's office reminds the organ of a case."""

from __future__ import annotations

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.workflow import Action
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context


def chase(ctx: Context, case_id: int, *, text: str, expected_version: int | None) -> Reading:
    """催办 with its message; it stands in the log for the organ to read."""
    with acting(ctx, case_id, Action.CHASE, expected_version) as case:
        return append(ctx, case, NewEntry(EntryType.CHASED, ctx.today, text=text))
