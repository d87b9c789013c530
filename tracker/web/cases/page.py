"""Drawing the page of a case: by its own route, and again by the acts whose forms came back with faults."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.domain.stages import STAGE_NAMES
from tracker.domain.workflow import Action
from tracker.extensions import db
from tracker.queries.case_clocks import case_clocks
from tracker.queries.refusal_reviews import find_refusal
from tracker.queries.subjects import find_subject_of
from tracker.web.calculator.address import calculator_url
from tracker.web.case_clocks.presenters import clock_list
from tracker.web.cases.case_page import read_case_page
from tracker.web.cases.clock_card import clock_card
from tracker.web.cases.facts import facts_view
from tracker.web.cases.next_step import next_step
from tracker.web.cases.panels import panels_for
from tracker.web.cases.rows import tags_of
from tracker.web.cases.timeline import timeline
from tracker.web.context import context
from tracker.web.forms import TrackerForm
from tracker.web.i18n import tell


def render_case_page(
    case_id: int, *, action: Action | None = None, form: TrackerForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page as it stands now. With ``action`` and ``form`` that form is open, holding what was typed and its
    errors. Raises ``NotFound`` and ``Forbidden`` as reading a case does."""
    page = read_case_page(context(), case_id)
    panels = panels_for(page, action, form)
    body = render_template(
        "pages/cases/show.html",
        page=page,
        card=clock_card(page.record, page.today),
        clocks=clock_list(
            case_id,
            case_clocks(db.session(), page.case, page.log, page.record.calendar, page.today),
            {asked.ref: asked.party for asked in page.consultations},
            page.record.calendar,
            page.today,
            page.case.organ.thresholds,
        ),
        calculator_url=calculator_url(page.log),
        facts=facts_view(page),
        subject=find_subject_of(db.session(), case_id) if page.record.has_subject else None,
        refusal=find_refusal(db.session(), page.case) if page.case.stopped_on else None,
        may_propose=page.actor.may(Permission.DISCLOSURE_PROPOSE, page.case.organ_id),
        may_classify=page.actor.may(Permission.CASE_HANDLE, page.case.organ_id),
        entries=timeline(page.record),
        panels=panels,
        next_step=next_step(page, panels),
        stage=tell(STAGE_NAMES[page.facts.stage]),
        tags=tags_of(page.case.needs_completion, page.case.held),
    )
    return body, status
