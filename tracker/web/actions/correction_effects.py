"""What a correction of fact would touch, in words: both dates, other clocks, letters and alerts that quoted them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.alerts import ALERT_NAMES
from tracker.domain.calendar_changes import ClockMove
from tracker.domain.case_clocks import CLOCK_NAMES, ClockKind
from tracker.domain.fact_correction import FactChange
from tracker.domain.reading import Reading
from tracker.domain.urgency import Thresholds
from tracker.models import Case
from tracker.queries.alerts import AlertRow
from tracker.queries.quotations import QuotingLetter
from tracker.services.context import Context
from tracker.services.facts import Foreseen, foresee_fact
from tracker.web.actions.foresight import breach_texts, clock_text
from tracker.web.cases.clock_card import left_text, light_of
from tracker.web.i18n import full_day, instant, tell


@dataclass(frozen=True, slots=True)
class Side:
    """The reply clock before or after."""

    clock: str
    urgency: str
    light_text: str
    left: str


@dataclass(frozen=True, slots=True)
class Line:
    """One other clock, letter or alert: ``before`` and ``after`` of a clock; ``url`` of a letter."""

    name: str
    before: str = ""
    after: str = ""
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionEffects:
    """Everything the page shows before the correction is confirmed."""

    refusal: str
    before: Side
    after: Side
    moves: bool
    breaches: Sequence[str]
    clocks: Sequence[Line]
    letters: Sequence[Line]
    alerts: Sequence[Line]


def correction_effects(ctx: Context, case: Case, seq: int, change: FactChange) -> CorrectionEffects:
    """Raises what the correction itself would raise, but for refusals, which are told."""
    seen = foresee_fact(ctx, case.id, seq=seq, change=change)
    preview = seen.preview
    thresholds = Thresholds(case.organ.yellow_days, case.organ.orange_days)
    return CorrectionEffects(
        refusal=tell(preview.refusal) if preview.refusal is not None else "",
        before=_side(preview.before, thresholds),
        after=_side(preview.after, thresholds),
        moves=clock_text(preview.before) != clock_text(preview.after),
        breaches=breach_texts(dict.fromkeys(breach.code for breach in preview.new_breaches)),
        clocks=[_clock(move) for move in _others(seen)],
        letters=[_letter(letter) for letter in seen.letters],
        alerts=[_alert(alert) for alert in seen.alerts],
    )


def _side(reading: Reading, thresholds: Thresholds) -> Side:
    urgency, text = light_of(reading, thresholds)
    return Side(clock_text(reading), str(urgency), text, left_text(reading))


def _others(seen: Foreseen) -> Sequence[ClockMove]:
    return [move for move in seen.moves if move.kind is not ClockKind.REPLY]


def _clock(move: ClockMove) -> Line:
    name = tell(CLOCK_NAMES[move.kind])
    if move.ref:
        name = _("%(name)s（%(party)s）", name=name, party=move.ref)
    return Line(
        name, _shown(move.old_due_on, move.was_provisional), _shown(move.new_due_on, move.is_provisional)
    )


def _shown(day: date | None, provisional: bool) -> str:
    return _("%(day)s（暂定）", day=full_day(day)) if day and provisional else full_day(day)


def _letter(letter: QuotingLetter) -> Line:
    state = _("已发出") if letter.issued else _("拟稿")
    days = tell("、").join(full_day(day) for day in letter.quoted)
    return Line(
        name=f"《{letter.title}》{letter.number}",
        detail=_("%(state)s，%(day)s；引用 %(days)s", state=state, day=full_day(letter.on), days=days),
        url=url_for("letters.show", letter_id=letter.id),
    )


def _alert(alert: AlertRow) -> Line:
    return Line(
        name=tell(ALERT_NAMES[alert.kind]),
        detail=_("%(at)s 提醒，到期日 %(day)s", at=instant(alert.created_at), day=full_day(alert.due_on)),
    )
