"""How far a register is on its way into the system."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class ImportState(StrEnum):
    """Where a register that was handed in stands."""

    UNKNOWN_HEADER = "unknown_header"
    CHECKED = "checked"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DISCARDED = "discarded"
    VOIDED = "voided"


IMPORT_STATE_NAMES: dict[ImportState, str] = {
    ImportState.UNKNOWN_HEADER: N_("待对应表头"),
    ImportState.CHECKED: N_("已检查，待导入"),
    ImportState.QUEUED: N_("排队导入"),
    ImportState.RUNNING: N_("正在导入"),
    ImportState.DONE: N_("已导入"),
    ImportState.FAILED: N_("中途停止"),
    ImportState.DISCARDED: N_("已放弃"),
    ImportState.VOIDED: N_("已作废"),
}

IN_WORK = frozenset({ImportState.QUEUED, ImportState.RUNNING})
"""The job runner has it, or will."""

BEFORE_IMPORT = frozenset({ImportState.UNKNOWN_HEADER, ImportState.CHECKED, ImportState.FAILED})
"""A person decides what becomes of it."""

VOIDABLE = frozenset({ImportState.DONE, ImportState.FAILED})
"""What it brought in may be taken out again as a whole."""
