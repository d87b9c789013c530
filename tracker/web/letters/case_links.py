"""Where the page of a case sends people for the acts on its reply."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for

from tracker.domain.workflow import Action
from tracker.models import Letter
from tracker.services.letters import OPEN_STATUSES
from tracker.web.actions.registry import on_its_own_page
from tracker.web.cases.case_page import CasePage


def current_reply(page: CasePage) -> Letter | None:
    """The reply of the present run: being written, or issued."""
    live = (*OPEN_STATUSES, "signed")
    replies = [x for x in page.letters if x.is_reply and x.run == page.case.run and x.status in live]
    return replies[-1] if replies else None


@on_its_own_page(Action.DRAFT)
def draft_link(page: CasePage) -> str:
    """The draft that is there, else a new one."""
    reply = current_reply(page)
    if reply is not None and reply.status in OPEN_STATUSES:
        return url_for("letters.edit", letter_id=reply.id)
    return url_for("letters.new", case_id=page.case.id)


def _to_letter(anchor: str) -> Callable[[CasePage], str]:
    def link(page: CasePage) -> str:
        reply = current_reply(page)
        if reply is None:
            return url_for("letters.new", case_id=page.case.id)
        return url_for("letters.show", letter_id=reply.id, _anchor=f"act-{anchor}")

    return link


for _action, _anchor in (
    (Action.SUBMIT, "submit"),
    (Action.REVIEW, "review"),
    (Action.SIGN_OFF, "sign"),
    (Action.SEAL, "seal"),
    (Action.DISPATCH, "dispatch"),
    (Action.RECORD_DELIVERY, "delivery"),
    (Action.RECORD_RETURNED_MAIL, "returned"),
):
    on_its_own_page(_action)(_to_letter(_anchor))
