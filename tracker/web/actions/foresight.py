"""What an act would do to the clock, in words, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from tracker.domain.case_log import LogEntry
from tracker.domain.clock import BREACH_TEXTS, STATE_NAMES, BreachCode, ClockState, Reading
from tracker.models import Case
from tracker.services.case_record import preview_entry
from tracker.services.context import Context
from tracker.web.actions.days import calendar_of_request
from tracker.web.i18n import full_day, tell

if TYPE_CHECKING:
    from tracker.web.actions.forms import ActForm


@dataclass(frozen=True, slots=True)
class Foresight:
    """Due date now and afterwards; ``refusal`` when it cannot be; ``breaches`` it would leave."""

    before: str
    after: str
    moves: bool
    refusal: str
    breaches: tuple[str, ...]


def foresee(
    ctx: Context, form: ActForm, case: Case, log: Sequence[LogEntry] | None = None
) -> Foresight | None:
    """The effect with the dates now in the form; None for acts that move nothing, or while a date is missing."""
    if "on" in form and form["on"].data is None:
        return None
    entry = form.foreseen(ctx, case)
    if entry is None:
        return None
    seen = preview_entry(ctx, case, entry, log, calendar_of_request(ctx))
    if seen.refusal is not None:
        return Foresight(clock_text(seen.before), "", False, tell(seen.refusal), ())
    codes = dict.fromkeys(breach.code for breach in seen.new_breaches)
    before, after = clock_text(seen.before), clock_text(seen.after)
    return Foresight(before, after, before != after, "", breach_texts(codes))


def breach_texts(codes: Sequence[BreachCode] | dict[BreachCode, None]) -> tuple[str, ...]:
    """Breaches in words."""
    return tuple(tell(BREACH_TEXTS[code]) for code in codes)


def clock_text(reading: Reading) -> str:
    """The due date, or why there is none."""
    if reading.state is ClockState.STOPPED:
        if reading.on_time is None:
            return _("期限已停止")
        return _("期限已停止，按期答复") if reading.on_time else _("期限已停止，逾期答复")
    if reading.due_on is None:
        return tell(STATE_NAMES[reading.state])
    if reading.provisional:
        return _("%(day)s到期（暂定）", day=full_day(reading.due_on))
    return _("%(day)s到期", day=full_day(reading.due_on))
