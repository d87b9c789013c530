"""撤销本步: the last step of a case, taken back on its own day by whoever took it."""

from __future__ import annotations

from sqlalchemy import select

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Conflict, Invalid, NotLawfulNow
from tracker.domain.fact_correction import FactChange
from tracker.domain.texts import clean_text
from tracker.domain.undoing import QUOTED, last_step, why_not
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import StoredEntry
from tracker.queries.case_log import read_log
from tracker.services.case_act import acting
from tracker.services.context import Context
from tracker.services.facts import foresee_change, record_change

UNDONE = "undone"
"""Marks the correction that takes a step back, beside its number."""


def undo_step(
    ctx: Context, case_id: int, *, seq: int, reason: str, expected_version: int | None
) -> tuple[EntryType, Reading]:
    """Take back step ``seq``: all clocks are replayed as if it had not been, alerts judged anew, the trace stays.

    Returns which step it was and the clock as it reads then. Raises ``Invalid`` without a reason, ``Conflict`` when
    another step was recorded meanwhile, ``NotLawfulNow`` for a step of another kind, person or day, and for one whose
    dates a letter has quoted.
    """
    why = clean_text(reason)
    if not why:
        raise Invalid({"reason": [N_("请写明撤销的原因，会留在办理记录里。")]})
    with acting(ctx, case_id, Action.UNDO, expected_version) as case:
        step = last_step(read_log(ctx.session, case.id))
        if step is None or step.seq != seq:
            raise Conflict(N_("这件申请刚有新的记录，请核对最近一步后再撤销；您填写的内容已保留。"))
        wanted = select(StoredEntry).where(StoredEntry.case_id == case.id, StoredEntry.seq == seq)
        stored = ctx.session.scalars(wanted).one()
        recorded_on = stored.recorded_at.astimezone(SHANGHAI).date()
        fault = why_not(step, recorded_on, stored.actor_id, actor_id=ctx.actor.account_id, today=ctx.today)
        if fault is not None:
            raise NotLawfulNow(fault)
        change = FactChange(void=True)
        seen = foresee_change(ctx, case, stored, change)
        if seen.letters:
            raise NotLawfulNow(QUOTED)
        return step.type, record_change(ctx, case, stored, change, seen, why, {UNDONE: True})
