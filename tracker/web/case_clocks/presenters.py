"""期限一览 of a case: periods of law first, what only reminds apart, what is over folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockKind, ClockReading
from tracker.domain.small_clocks import OF_CORRECTION, OF_PAYMENT
from tracker.domain.urgency import Thresholds
from tracker.web.case_clocks.states import ClockStanding, standing
from tracker.web.i18n import tell


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock of the list."""

    name: str
    url: str
    start_on: date | None
    due_on: date | None
    provisional: bool
    standing: ClockStanding
    basis: str


@dataclass(frozen=True, slots=True)
class ClockList:
    """Periods of law, reminders, and what is over."""

    of_law: Sequence[ClockRow]
    internal: Sequence[ClockRow]
    past: Sequence[ClockRow]


def clock_list(
    case_id: int,
    clocks: Sequence[ClockReading],
    parties: Mapping[str, str],
    calendar: WorkCalendar,
    today: date,
    thresholds: Thresholds,
) -> ClockList:
    """The list as of today. ``parties``: names of those consulted, by ``ref``. A lapse that may come to be proposed is
    not shown before the applicant's period is over."""
    shown = [c for c in clocks if c.kind is not ClockKind.LAPSE_PROPOSAL or c.start_on < today]
    pairs = [
        (clock, clock_row(case_id, clock, parties, standing(clock, today, calendar, thresholds)))
        for clock in shown
    ]
    return ClockList(
        of_law=[row for clock, row in pairs if clock.of_law and not row.standing.past],
        internal=[row for clock, row in pairs if not clock.of_law and not row.standing.past],
        past=[row for _clock, row in pairs if row.standing.past],
    )


def clock_row(
    case_id: int, clock: ClockReading, parties: Mapping[str, str], stands: ClockStanding
) -> ClockRow:
    """One clock in words. The reply clock has the sheet of the whole case."""
    rule = clock.rule
    url = url_for("clock_sheets.show", case_id=case_id)
    if clock.kind is not ClockKind.REPLY:
        url = url_for("case_clocks.show", case_id=case_id, kind=str(clock.kind), run=clock.run, ref=clock.ref)
    return ClockRow(
        name=clock_name(clock, parties),
        url=url,
        start_on=None if rule.is_internal else clock.start_on,
        due_on=clock.due_on,
        provisional=clock.provisional and clock.due_on is not None,
        standing=stands,
        basis=" ".join(tell(part) for part in (rule.source, rule.article) if part),
    )


def clock_name(clock: ClockReading, parties: Mapping[str, str]) -> str:
    """Its name with whom or what it is about, and its run where there was one before."""
    name = tell(clock.rule.name)
    about = (
        {OF_CORRECTION: _("补正"), OF_PAYMENT: _("缴费")}
        if clock.kind is ClockKind.LAPSE_PROPOSAL
        else parties
    )
    if clock.ref is not None and clock.ref in about:
        name = _("%(name)s（%(party)s）", name=name, party=about[clock.ref])
    if clock.run > 1:
        name = _("%(name)s（第 %(n)d 次）", name=name, n=clock.run)
    return name
