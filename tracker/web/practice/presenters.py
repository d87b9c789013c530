"""A practice case in words: the card of its clock, what may be done, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_facts import FACT_NAMES, Fact
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.practice import (
    facts_of_practice,
    is_done,
    offers_of,
    read_practice,
    supposed_day,
)
from tracker.domain.reading import BREACH_TEXTS, Reading
from tracker.domain.stages import STAGE_NAMES
from tracker.domain.tasks import TASKS
from tracker.domain.workflow import Action
from tracker.services.practice import FIRST_ACTS, Practice
from tracker.web.cases.clock_card import ClockCard, card_of
from tracker.web.cases.timeline import BREACH_TAGS, CLOCK_TYPES, TimelineEntry
from tracker.web.i18n import tell
from tracker.web.practice.forms import PracticeForm


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act: its form, or what it lacks."""

    action: Action
    label: str
    effect: str
    usual: bool
    days: bool
    missing: Sequence[str]
    form: PracticeForm
    url: str


class PracticePage:
    """Everything the page shows. ``tried``: the form that came back, by its act."""

    def __init__(
        self,
        practice: Practice,
        calendar: WorkCalendar,
        tried: tuple[Action, PracticeForm] | None = None,
    ) -> None:
        self.id, self.number, self.scenario = practice.id, practice.number, practice.scenario
        self.title, self.request = tell(practice.scenario.title), tell(practice.scenario.request)
        self.hint = tell(practice.scenario.hint)
        self.done = is_done(practice.log)
        stage = facts_of_practice(practice.log).stage
        self.stage = tell(STAGE_NAMES[stage])
        self.day = supposed_day(practice.log)
        reading = read_practice(practice.log, calendar)
        self.card: ClockCard = card_of(reading, calendar, self.day)
        task = TASKS.get(stage)
        self.next = _("下一步：%(task)s。", task=tell(task.label)) if task else _("练习完成，没有下一步。")
        self.acts = _act_lines(practice, self.day, tried)
        self.may_take_back = len(practice.log) > FIRST_ACTS
        self.entries = _entries(practice, reading)


def _entries(practice: Practice, reading: Reading) -> Sequence[TimelineEntry]:
    breaches: dict[int, list[str]] = {}
    for breach in reading.breaches:
        breaches.setdefault(breach.seq, []).append(
            tell(BREACH_TAGS.get(breach.code, BREACH_TEXTS[breach.code]))
        )
    return [
        TimelineEntry(
            seq=entry.seq,
            on=entry.on,
            text=tell(ENTRY_NAMES[entry.type]),
            note="",
            meta="",
            letters=(),
            clock=entry.type in CLOCK_TYPES,
            void=False,
            breaches=breaches.get(entry.seq, ()),
        )
        for entry in sorted(practice.log, key=lambda e: (e.on, e.seq), reverse=True)
    ]


def _act_lines(practice: Practice, day: date, tried: tuple[Action, PracticeForm] | None) -> Sequence[ActLine]:
    lines = []
    for offer in offers_of(practice.log):
        action = offer.rule.action
        fresh = PracticeForm(
            formdata=None,
            ids=f"act-{action}",
            version=practice.version,
            on=day,
            days=20 if offer.days else None,
        )
        form = tried[1] if tried and tried[0] is action else fresh
        lines.append(
            ActLine(
                action,
                tell(offer.rule.label),
                tell(offer.rule.effect),
                offer.usual,
                offer.days,
                [tell(FACT_NAMES[fact]) for fact in Fact if fact in offer.missing],
                form,
                url_for("practice.act", practice_id=practice.id, practice_act=str(action)),
            )
        )
    return lines
