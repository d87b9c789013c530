"""代岗: what a person who is away is told of a case, the colleague who stands in is told as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from tracker.domain.alerts import OF_A_CLOCK, AlertKind
from tracker.queries.stand_ins import stand_ins_on

if TYPE_CHECKING:
    from tracker.services.alerts import NewAlert


def with_stand_ins(session: Session, wanted: Sequence[NewAlert], today: date) -> Sequence[NewAlert]:
    """The alerts, and a copy of each about a case for whoever stands in for its recipient on that day."""
    return shared(wanted, stand_ins_on(session, today))


def shared(wanted: Sequence[NewAlert], standing: Mapping[tuple[int | None, int], int]) -> Sequence[NewAlert]:
    """``standing``: who stands in, by organ and person away. Of one thing a person is told once, as themselves rather
    than as stand-in; of one clock the nearest step."""
    if not standing:
        return wanted
    told = list(wanted)
    place = {_thing(alert): number for number, alert in enumerate(wanted)}
    for alert in wanted:
        stand_in = standing.get((alert.organ_id, alert.recipient_id)) if alert.case_id is not None else None
        if stand_in is None:
            continue
        copy = replace(alert, recipient_id=stand_in, stands_for_id=alert.recipient_id)
        known = place.get(_thing(copy))
        if known is None:
            place[_thing(copy)] = len(told)
            told.append(copy)
        elif _is_nearer(copy, told[known]):
            told[known] = replace(copy, stands_for_id=told[known].stands_for_id)
    return told


def _thing(alert: NewAlert) -> tuple[Any, ...]:
    about = (alert.recipient_id, alert.case_id, alert.clock_kind, alert.run, alert.ref)
    if alert.kind in OF_A_CLOCK:
        return about
    return (*about, alert.kind, alert.step, alert.on)


def _is_nearer(copy: NewAlert, known: NewAlert) -> bool:
    return copy.kind is not AlertKind.OVERDUE and copy.step < known.step
