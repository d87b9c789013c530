"""Alerts in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.alert_wording import text_of, values_of
from tracker.domain.alerts import (
    ALERT_NAMES,
    LATE_TEXT,
    OF_A_HANDOVER,
    OF_A_REPORT,
    OF_A_SEARCH_TASK,
    OF_A_STAND_IN,
    AlertKind,
)
from tracker.domain.urgency import Urgency
from tracker.queries.alerts import READING_NAMES, AlertRow, Reading
from tracker.web.i18n import full_day, instant, tell
from tracker.web.list_state import Chip, ListState

LIGHTS: dict[AlertKind, Urgency] = {
    AlertKind.OVERDUE: Urgency.RED,
    AlertKind.DUE_TODAY: Urgency.ORANGE,
    AlertKind.DUE_SOON: Urgency.YELLOW,
}
"""The light of alerts about due dates; others are a word in a frame."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert in the centre; ``over``: it no longer holds. ``subject_url``: what it is about."""

    id: int
    kind: str
    light: str
    text: str
    number: str
    organ: str
    subject_url: str
    told_at: str
    unread: bool
    over: bool
    stands_for: str


def alert_line(row: AlertRow) -> AlertLine:
    """One line."""
    return AlertLine(
        id=row.id,
        kind=tell(ALERT_NAMES[row.kind]),
        light=str(LIGHTS.get(row.kind, "")),
        text=alert_text(row),
        number=row.number or "",
        organ=row.organ or "",
        subject_url=subject_url(row),
        told_at=instant(row.created_at),
        unread=row.read_at is None,
        over=row.resolved_at is not None,
        stands_for=row.stands_for or "",
    )


def subject_url(row: AlertRow) -> str:
    """The page where something can be done about it; empty for alerts about the installation."""
    if row.case_id is not None:
        return url_for("cases.show", case_id=row.case_id)
    if row.kind in OF_A_HANDOVER:
        return url_for("handovers.show", handover_id=row.params["handover"])
    if row.kind in OF_A_STAND_IN:
        return url_for("stand_ins.show", stand_in_id=row.params["stand_in"])
    if row.kind in OF_A_SEARCH_TASK:
        return url_for("search_tasks.answer", search_task_id=row.params["search_task"])
    if row.kind in OF_A_REPORT:
        return url_for("reports.report", year=row.params["year"], organ_code=row.params["code"])
    return ""


def alert_text(row: AlertRow) -> str:
    """What the alert says, in the language of the page."""
    values = values_of(row.clock_kind, row.due_on, row.params, full_day, tell)
    said = _(text_of(row.kind, row.params), **values)
    if row.kind is AlertKind.OVERDUE and row.params.get("late"):
        said += _(LATE_TEXT, late=row.params["late"])
    return str(said)


def reading_chips(reading: Reading, counts: dict[Reading, int], state: ListState) -> list[Chip]:
    """Which alerts to list."""
    return [
        Chip(tell(name), state.url(reading=str(each)), each is reading, counts[each])
        for each, name in READING_NAMES.items()
    ]


def kind_chips(kind: AlertKind | None, kinds: list[AlertKind], state: ListState) -> list[Chip]:
    """Kinds the person has been told of."""
    return [
        Chip(tell(ALERT_NAMES[each]), state.toggled("kind", str(each)), each is kind, removable=True)
        for each in kinds
    ]
