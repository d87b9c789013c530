"""代岗: what a person who is away is told of a case, the colleague who stands in is told as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from tracker.domain.alerts import OF_A_CLOCK, AlertKind
from tracker.queries.stand_ins import stand_ins_on

if TYPE_CHECKING:
    from tracker.services.alerts import NewAlert


def with_stand_ins(session: Session, wanted: Sequence[NewAlert], today: date) -> Sequence[NewAlert]:
    """The alerts, and a copy of each about a case for whoever stands in for its recipient on that day.

    Of one thing a person is told once, as themselves rather than as stand-in; of one clock the nearest step.
    """
    standing = stand_ins_on(session, today)
    if not standing:
        return wanted
    told = {_thing(alert): alert for alert in wanted}
    for alert in wanted:
        stand_in = standing.get((alert.organ_id, alert.recipient_id)) if alert.case_id is not None else None
        if stand_in is None:
            continue
        copy = replace(alert, recipient_id=stand_in, stands_for_id=alert.recipient_id)
        known = told.get(_thing(copy))
        if known is None:
            told[_thing(copy)] = copy
        elif _is_nearer(copy, known):
            told[_thing(copy)] = replace(copy, stands_for_id=known.stands_for_id)
    return list(told.values())


def _thing(alert: NewAlert) -> tuple[Any, ...]:
    about = (alert.recipient_id, alert.case_id, alert.clock_kind, alert.run, alert.ref)
    if alert.kind in OF_A_CLOCK:
        return about
    return (*about, alert.kind, alert.step, alert.on)


def _is_nearer(copy: NewAlert, known: NewAlert) -> bool:
    return copy.kind is not AlertKind.OVERDUE and copy.step < known.step
