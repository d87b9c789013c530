"""Making an act's form: fresh for a page, or filled with what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.domain.case_log import LogEntry
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.services.context import Context
from tracker.web.actions.foresight import foresee
from tracker.web.actions.forms import FORMS, ActForm


def fresh_form(ctx: Context, action: Action, case: Case, log: Sequence[LogEntry] | None = None) -> ActForm:
    """An empty form with its usual values, and what the act would do to the clock today."""
    return _make(ctx, FORMS[action], case, log, formdata=None)


def sent_form(ctx: Context, action: Action, case: Case) -> ActForm:
    """The form as it was sent; it keeps the version of the page it was typed on."""
    return _make(ctx, FORMS[action], case, None)


def _make(
    ctx: Context, kind: type[ActForm], case: Case, log: Sequence[LogEntry] | None, **given: Any
) -> ActForm:
    form = kind(ids=str(kind.action), version=case.version_id, data=kind.starting_with(ctx, case), **given)
    form.offer_choices(ctx, case)
    if "formdata" in given:
        form.foresight = foresee(ctx, form, case, log)
    return form
