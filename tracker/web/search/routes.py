"""全文检索."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.organs import list_organ_choices
from tracker.services.finding import find_cases
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.list_state import ListState
from tracker.web.search.asked import KEYS, NEWEST, read_asked
from tracker.web.search.presenters import counted_words, hit_views, next_url, selects

bp = Blueprint("search", __name__)


@bp.get("/search")
@needs(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """Cases by what stands in them, the newest and the nearest first."""
    state = ListState.from_request(KEYS)
    asked = read_asked(state, today())
    found = find_cases(context(), asked.wanted, asked.start) if asked.looks else None
    page = render_template(
        "pages/search/index.html",
        state=state,
        faults=asked.faults,
        selects=selects(_organs(), state),
        sorts=(("", state.sort != NEWEST), (NEWEST, state.sort == NEWEST)),
        found=found,
        hits=hit_views(found) if found else (),
        counted=counted_words(found) if found else "",
        next_url=next_url(found, state) if found else "",
        first_url=state.url(start=None) if asked.start else "",
    )
    return page, 422 if asked.faults else 200


def _organs() -> list[tuple[int, str]]:
    offered = list_organ_choices(db.session())
    if actor().reads_whole_district:
        return offered
    read = actor().reading_organ_ids
    return [organ for organ in offered if organ[0] in read]
