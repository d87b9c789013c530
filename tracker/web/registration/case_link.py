"""What the page of a case offers of this room."""

from __future__ import annotations

from flask import url_for

from tracker.domain.workflow import Action
from tracker.web.actions.registry import on_its_own_page
from tracker.web.cases.case_page import CasePage


@on_its_own_page(Action.COMPLETE_REGISTRATION)
def complete_link(page: CasePage) -> str:
    """补全登记 has a page of its own."""
    return url_for("registration.complete", case_id=page.case.id)
