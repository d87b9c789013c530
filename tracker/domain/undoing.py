"""撤销本步: who took a step wrongly may take it back the same day, while nothing rests on it.

The log loses nothing: a ``fact_corrected`` entry says that the step never happened, by whom and why. What has left the
organ, carries a number, or was decided by somebody else is put right by 作废, 更正事实 or a letter of its own instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.domain.case_log import EntryType, LogEntry, effective
from tracker.domain.vocabulary import N_

UNDOABLE: frozenset[EntryType] = frozenset(
    {
        EntryType.ACCEPTED,
        EntryType.CORRECTED,
        EntryType.CONSULTATION_DELIVERED,
        EntryType.RESUMED,
        EntryType.FEE_PAID,
        EntryType.DELIVERED,
        EntryType.WITHDRAWN,
    }
)
"""Steps that are a record alone: no letter, number, task or file came into being by them."""

NOT_OF_THIS_KIND = N_(
    "最近一步不能撤销：它制发了文书、文号，或者转给了别人。请用“作废”“更正事实”或者另行发文更正。"
)
NOT_THE_OWN = N_("最近一步是他人登记的，只有登记的人可以撤销；请与其联系，或者由工作机构负责人更正事实。")
NOT_TODAYS = N_("最近一步不是今天登记的，不能再撤销；请由工作机构负责人更正事实。")
QUOTED = N_("已经有公文引用了这一步的日期，不能撤销；请由工作机构负责人更正事实。")


def last_step(log: Sequence[LogEntry]) -> LogEntry | None:
    """The step everything later would rest on: the newest entry that stands. Corrections are no steps."""
    return max(effective(log), key=lambda entry: entry.seq, default=None)


def why_not(
    step: LogEntry, recorded_on: date, recorded_by: int | None, *, actor_id: int | None, today: date
) -> str | None:
    """Why this last step cannot be taken back by this person today; None when it can. ``recorded_on`` is the day in
    Asia/Shanghai on which it was written down, not the day of law."""
    if step.type not in UNDOABLE:
        return NOT_OF_THIS_KIND
    if recorded_by is None or recorded_by != actor_id:
        return NOT_THE_OWN
    return None if recorded_on == today else NOT_TODAYS
