"""待审查: what waits for a legal advisor across organs, to be sorted and narrowed, and the questions asked early."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.domain.urgency import URGENCY_ORDER, Urgency
from tracker.extensions import db
from tracker.queries.advice import list_waiting_advice
from tracker.queries.letters import WaitingLetter, list_to_review
from tracker.web.access import needs
from tracker.web.context import actor, today
from tracker.web.letters import bp
from tracker.web.letters.presenters import queue
from tracker.web.list_state import Chip, ListState, chosen, light_chip

ORDERS: dict[str, Callable[[WaitingLetter], Any]] = {
    "due": lambda w: w.case.due_on or date.max,
    "submitted": lambda w: w.submitted_at.timestamp() if w.submitted_at else 0.0,
    "organ": lambda w: w.case.organ,
    "drafter": lambda w: w.drafted_by,
}
"""What the list can be ordered by; what comes first is then the most urgent."""
USUAL = "due"


@bp.get("/reviews")
@needs(Permission.LETTER_REVIEW)
def reviews() -> ResponseReturnValue:
    """待审查, across the organs the person advises."""
    state = ListState.from_request(("light", "organ"), {"sort": USUAL})
    waiting = list_to_review(db.session(), actor(), today())
    light, organ = chosen(Urgency, state.get("light")), state.number("organ", 0)
    shown = [
        w
        for w in waiting
        if (light is None or w.case.light is light) and (not organ or w.case.organ_id == organ)
    ]
    order = ORDERS.get(state.sort, ORDERS[USUAL])
    return render_template(
        "pages/letters/reviews.html",
        queue=queue(sorted(shown, key=order, reverse=state.descending), "letters.review"),
        total=len(waiting),
        state=state,
        lights=_lights(waiting, light, state),
        organs=_organs(waiting, organ, state),
        advice=list_waiting_advice(db.session(), actor(), today()),
        figures=actor().may_somewhere(Permission.REVIEW_FIGURES),
    )


def _lights(waiting: Sequence[WaitingLetter], wanted: Urgency | None, state: ListState) -> list[Chip]:
    counts = {u: sum(1 for w in waiting if w.case.light is u) for u in URGENCY_ORDER}
    shown = [u for u in URGENCY_ORDER if counts[u] or u is wanted]
    return [light_chip(u, u is wanted, counts[u], state) for u in shown] if len(shown) > 1 or wanted else []


def _organs(waiting: Sequence[WaitingLetter], wanted: int, state: ListState) -> list[Chip]:
    names = {w.case.organ_id: w.case.organ for w in waiting}
    if len(names) < 2 and not wanted:
        return []
    return [
        Chip(
            name,
            state.toggled("organ", str(organ_id)),
            organ_id == wanted,
            sum(1 for w in waiting if w.case.organ_id == organ_id),
            removable=True,
        )
        for organ_id, name in sorted(names.items(), key=lambda each: each[1])
    ]
