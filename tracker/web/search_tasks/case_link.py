"""The page of a case's tasks, as the case page reaches it."""

from __future__ import annotations

from flask import url_for

from tracker.domain.workflow import Action
from tracker.web.actions.registry import on_its_own_page
from tracker.web.cases.case_page import CasePage


@on_its_own_page(Action.ASK_SEARCH)
def ask_link(page: CasePage) -> str:
    """发协查任务."""
    return url_for("search_tasks.new", case_id=page.case.id)


@on_its_own_page(Action.TAKE_SEARCH_ANSWER)
def answers_link(page: CasePage) -> str:
    """登记协查答复: the tasks, each with what can be done about it."""
    return url_for("search_tasks.index", case_id=page.case.id)
