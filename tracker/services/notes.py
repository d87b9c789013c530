"""备注: what the file should remember and no other act says."""

from __future__ import annotations

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.workflow import Action
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context


def add_note(ctx: Context, case_id: int, *, text: str, expected_version: int | None) -> Reading:
    """备注 of today."""
    with acting(ctx, case_id, Action.ADD_NOTE, expected_version) as case:
        return append(ctx, case, NewEntry(EntryType.NOTE_ADDED, ctx.today, text=text))
