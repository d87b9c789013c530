"""What a proposed year does to running clocks, as rows, counts and a file."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import StringIO

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import CLOCK_NAMES
from tracker.domain.urgency import urgency_on
from tracker.domain.vocabulary import N_
from tracker.queries.calendar_moves import MovedClock
from tracker.queries.paging import Page
from tracker.web.i18n import table_day, tell
from tracker.web.list_state import Chip, ListState, chosen

PAGE_SIZE = 100


class Effect(StrEnum):
    """What becomes of a clock."""

    EARLIER = "earlier"
    LATER = "later"
    CERTAIN = "certain"


EFFECT_NAMES: dict[Effect, str] = {
    Effect.EARLIER: N_("提前"),
    Effect.LATER: N_("推迟"),
    Effect.CERTAIN: N_("日期不变，转为确定"),
}

CSV_HEADS = (
    N_("受理号"),
    N_("机关"),
    N_("期限"),
    N_("原到期日"),
    N_("原状态"),
    N_("新到期日"),
    N_("新状态"),
    N_("变动天数"),
)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One clock, old and new. ``url`` is empty for whoever may not open the case."""

    url: str
    number: str
    organ: str
    clock: str
    old_due_on: date | None
    new_due_on: date | None
    was_provisional: bool
    is_provisional: bool
    light_before: str
    light_after: str
    shift: str


@dataclass(frozen=True, slots=True)
class OrganCount:
    """How many clocks of one organ move, and how."""

    organ: str
    url: str
    on: bool
    earlier: int
    later: int
    certain: int


class MovesPage:
    """Counts over all clocks that move, and one page of them."""

    def __init__(
        self,
        moved: Sequence[MovedClock],
        old: WorkCalendar,
        new: WorkCalendar,
        today: date,
        actor: Actor,
        state: ListState,
    ) -> None:
        self.state = state
        self.total = len(moved)
        self.dates = sum(1 for m in moved if m.move.date_moves)
        self.cases = len({m.case_id for m in moved if m.move.date_moves})
        effects = Counter(effect_of(m) for m in moved)
        wanted, organ = chosen(Effect, state.get("effect")), state.number("organ", default=0)
        self.chips = _chips(effects, wanted, state) if self.total else []
        self.organs = _organ_counts(moved, organ, state)
        shown = [
            m
            for m in moved
            if (wanted is None or effect_of(m) is wanted) and (not organ or m.organ_id == organ)
        ]
        number = min(state.number("page"), max(1, -(-len(shown) // PAGE_SIZE)))
        piece = shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        self.rows = [_row(m, old, new, today, actor) for m in piece]
        self.paging = Page(self.rows, len(shown), number, PAGE_SIZE)


def effect_of(moved: MovedClock) -> Effect:
    """Earlier, later, or the same date made certain (a date that begins or ceases counts by its direction)."""
    if moved.move.shift < 0:
        return Effect.EARLIER
    return Effect.LATER if moved.move.date_moves else Effect.CERTAIN


def as_csv(moved: Iterable[MovedClock]) -> Iterator[str]:
    """The whole list as a file that Excel opens, line by line."""
    yield "\ufeff" + _line([tell(head) for head in CSV_HEADS])
    for m in moved:
        move = m.move
        yield _line(
            [
                m.number,
                m.organ,
                tell(CLOCK_NAMES[move.kind]),
                table_day(move.old_due_on),
                _("暂定") if move.was_provisional else _("确定"),
                table_day(move.new_due_on),
                _("暂定") if move.is_provisional else _("确定"),
                str(move.shift),
            ]
        )


def shift_words(moved: MovedClock) -> str:
    """提前 1 天, 推迟 2 天, or that only 暂定 goes."""
    move = moved.move
    if move.shift < 0:
        return _("提前 %(n)d 天", n=-move.shift)
    if move.shift > 0:
        return _("推迟 %(n)d 天", n=move.shift)
    return _("转为暂定") if move.is_provisional else _("转为确定")


def _line(cells: Sequence[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _row(m: MovedClock, old: WorkCalendar, new: WorkCalendar, today: date, actor: Actor) -> MoveRow:
    move = m.move
    before = urgency_on(move.old_due_on, today, old, m.thresholds, provisional=move.was_provisional)
    after = urgency_on(move.new_due_on, today, new, m.thresholds, provisional=move.is_provisional)
    readable = actor.reads_whole_district or m.organ_id in actor.reading_organ_ids
    return MoveRow(
        url=url_for("cases.show", case_id=m.case_id) if readable else "",
        number=m.number,
        organ=m.organ,
        clock=tell(CLOCK_NAMES[move.kind]),
        old_due_on=move.old_due_on,
        new_due_on=move.new_due_on,
        was_provisional=move.was_provisional,
        is_provisional=move.is_provisional,
        light_before=str(before),
        light_after=str(after),
        shift=shift_words(m),
    )


def _chips(effects: Counter[Effect], wanted: Effect | None, state: ListState) -> list[Chip]:
    return [
        Chip(
            tell(EFFECT_NAMES[effect]),
            state.toggled("effect", str(effect)),
            effect is wanted,
            effects[effect],
            removable=True,
        )
        for effect in Effect
        if effects[effect] or effect is wanted
    ]


def _organ_counts(moved: Sequence[MovedClock], organ_id: int, state: ListState) -> list[OrganCount]:
    names = {m.organ_id: m.organ for m in moved}
    counts = Counter((m.organ_id, effect_of(m)) for m in moved)
    return [
        OrganCount(
            organ=names[known],
            url=state.toggled("organ", str(known)),
            on=known == organ_id,
            earlier=counts[(known, Effect.EARLIER)],
            later=counts[(known, Effect.LATER)],
            certain=counts[(known, Effect.CERTAIN)],
        )
        for known in sorted(names)
    ]
