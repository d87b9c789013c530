"""The acts of this room, declared for the case page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.workflow import Action
from tracker.web.actions.forms import FORMS, ActForm
from tracker.web.actions.make import fresh_form
from tracker.web.actions.registry import in_place
from tracker.web.context import context

if TYPE_CHECKING:
    from tracker.web.cases.case_page import CasePage


def _declare(action: Action) -> None:
    @in_place(action)
    def make(page: CasePage) -> ActForm:
        return fresh_form(context(), action, page.case, page.log)


for _action in FORMS:
    _declare(_action)
