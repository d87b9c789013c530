"""历次版本: who proposed and who confirmed each edition, and what it changed."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.domain.year_checks import CHANGE_NAMES, changes_between, days_in_force
from tracker.extensions import db
from tracker.queries.calendar_editions import (
    days_of_edition,
    get_edition,
    list_every_edition,
    version_before,
)
from tracker.queries.calendar_proposals import STATUS_NAMES, list_proposals
from tracker.web.access import needs
from tracker.web.calendars import bp
from tracker.web.context import actor


@bp.get("/history")
@needs(Permission.CALENDAR_READ)
def history() -> ResponseReturnValue:
    """Editions, newest first, and the proposals that did not become one."""
    session = db.session()
    may_open = actor().may_somewhere(Permission.CALENDAR_CONFIRM)
    return render_template(
        "pages/calendars/history.html",
        editions=list_every_edition(session),
        proposals=[p for p in list_proposals(session) if p.version is None],
        status_names=STATUS_NAMES,
        may_open=may_open,
    )


@bp.get("/editions/<int:version>")
@needs(Permission.CALENDAR_READ)
def edition(version: int) -> ResponseReturnValue:
    """One edition and how it differs from the one of the same year before it."""
    session = db.session()
    facts = get_edition(session, version)
    earlier = version_before(session, version, facts.year)
    before = days_in_force(facts.year, None) if earlier is None else days_of_edition(session, earlier)
    return render_template(
        "pages/calendars/edition.html",
        facts=facts,
        earlier=earlier,
        changes=changes_between(before, days_of_edition(session, version)),
        change_names=CHANGE_NAMES,
        may_open=actor().may_somewhere(Permission.CALENDAR_CONFIRM),
    )
