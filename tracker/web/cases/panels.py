"""The acts on the side of a case: the usual one first, the others in groups, each saying what it does to the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from tracker.domain.case_facts import FACT_NAMES, Fact
from tracker.domain.stages import Stage
from tracker.domain.workflow import RULE_OF, Action, Rule
from tracker.web.actions.registry import form_for, link_for
from tracker.web.cases.case_page import CasePage
from tracker.web.forms import TrackerForm
from tracker.web.i18n import tell

RECORDS = frozenset(
    {
        Action.ASK_SEARCH,
        Action.TAKE_SEARCH_ANSWER,
        Action.RECORD_SEARCH,
        Action.REVIEW_SECRECY,
        Action.RECORD_CALL,
        Action.ASK_ADVICE,
        Action.ADD_NOTE,
        Action.ATTACH_FILE,
        Action.AMEND,
    }
)
"""Notes of work beside the way of the case."""

RARE = frozenset(
    {
        Action.ASSIGN,
        Action.WITHDRAW,
        Action.UNDO,
        Action.CORRECT_FACT,
        Action.ORDER_ANEW,
        Action.HOLD,
        Action.RELEASE_HOLD,
        Action.CHANGE_RETENTION,
        Action.REGISTER_CHALLENGE,
        Action.REQUEST_JUSTIFICATION,
        Action.NOTIFY_FEE,
    }
)
"""Seldom needed; out of the way until asked for."""

LATE_FACTS = (
    Action.REQUEST_CORRECTION,
    Action.RECORD_CORRECTION,
    Action.CONSULT,
    Action.RECORD_CONSULTATION,
    Action.NOTIFY_FEE,
    Action.RECORD_PAYMENT,
    Action.REQUEST_JUSTIFICATION,
    Action.RECORD_JUSTIFICATION,
    Action.WITHDRAW,
)
"""What may have happened outside although the stage does not offer it: recorded as it was, with a reason."""


HAPPENINGS = frozenset(
    {
        Fact.CHASE_OPEN,
        Fact.ADVICE_OPEN,
        Fact.SEARCH_TASK_OPEN,
        Fact.CHALLENGE_OPEN,
        Fact.CHALLENGE_UNANSWERED,
        Fact.CONSULTATION_OPEN,
        Fact.EXTENSION_ASKED,
        Fact.JUSTIFICATION_OPEN,
        Fact.HELD,
    }
)
"""Facts that come from elsewhere, not from work left undone: what needs them is not announced in advance."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One act. Either ``form`` (in place) or ``link`` (a page of its own), or ``missing`` says why not yet."""

    action: Action
    label: str
    effect: str
    usual: bool = False
    late: bool = False
    missing: Sequence[str] = ()
    form: TrackerForm | None = None
    url: str = ""
    link: str | None = None
    template: str = ""
    open: bool = False

    @property
    def multipart(self) -> bool:
        """Whether the form sends files."""
        return bool(getattr(self.form, "multipart", False))

    @property
    def submit_label(self) -> str:
        """Words on the button."""
        return str(getattr(self.form, "submit_label", "") or self.label)

    @property
    def ask_reason(self) -> bool:
        """Whether the reason for an unlawful or late record has to be asked for."""
        return self.form is not None and "reason" in self.form and (self.late or self.form.needs_reason)


@dataclass(frozen=True, slots=True)
class Panels:
    """The acts in the order of the page."""

    main: Sequence[Panel]
    records: Sequence[Panel]
    rare: Sequence[Panel]
    late: Sequence[Panel]

    @property
    def none(self) -> bool:
        """Whether nothing can be done by this person."""
        return not (self.main or self.records or self.rare or self.late)


def panels_for(page: CasePage, tried: Action | None = None, form: TrackerForm | None = None) -> Panels:
    """The acts offered to the person now. ``tried`` is shown open with ``form`` even where it is not offered."""
    usual = next((offer.action for offer in page.offers if offer.usual), None)
    offered = [_offered(page, o.rule, o.action is usual, o.missing, tried, form) for o in page.offers]
    shown = [panel for panel in offered if panel is not None]
    known = {offer.action for offer in page.offers}
    late = [_late(page, action, tried, form) for action in LATE_FACTS if action not in known]
    extra = _tried_elsewhere(page, {*known, *LATE_FACTS}, tried, form)
    return Panels(
        main=[*extra, *(p for p in shown if p.usual or p.action not in RECORDS | RARE)],
        records=[p for p in shown if p.action in RECORDS],
        rare=[p for p in shown if p.action in RARE and not p.usual],
        late=[panel for panel in late if panel is not None],
    )


def _offered(
    page: CasePage,
    rule: Rule,
    usual: bool,
    missing: Sequence[Fact],
    tried: Action | None,
    form: TrackerForm | None,
) -> Panel | None:
    if HAPPENINGS & set(missing):
        return None
    if missing:
        names = [tell(FACT_NAMES[fact]) for fact in FACT_NAMES if fact in missing]
        return Panel(rule.action, tell(rule.label), tell(rule.effect), missing=names)
    return _panel(page, rule, tried, form, usual=usual)


def _late(page: CasePage, action: Action, tried: Action | None, form: TrackerForm | None) -> Panel | None:
    rule = RULE_OF[action]
    if page.facts.stage is Stage.ARCHIVED or not page.may(rule.permission):
        return None
    panel = _panel(page, rule, tried, form, late=True)
    return panel if panel is not None and panel.form is not None and "reason" in panel.form else None


def _tried_elsewhere(
    page: CasePage, known: set[Action], tried: Action | None, form: TrackerForm | None
) -> list[Panel]:
    """A form that came back for an act no longer offered keeps what was typed in view."""
    if tried is None or form is None or tried in known:
        return []
    panel = _panel(page, RULE_OF[tried], tried, form)
    return [panel] if panel else []


def _panel(
    page: CasePage,
    rule: Rule,
    tried: Action | None,
    form: TrackerForm | None,
    *,
    usual: bool = False,
    late: bool = False,
) -> Panel | None:
    own = form if tried is rule.action and form is not None else form_for(rule.action, page)
    link = link_for(rule.action, page) if own is None else None
    if own is None and link is None:
        return None
    template = f"pages/actions/{rule.action}.html"
    return Panel(
        rule.action,
        tell(rule.label),
        tell(rule.effect),
        usual=usual,
        late=late,
        form=own,
        url=getattr(own, "panel_url", "") or _action_url(page, rule.action),
        link=link,
        template=template,
        open=tried is rule.action,
    )


def _action_url(page: CasePage, action: Action) -> str:
    if "actions.perform" not in current_app.view_functions:
        return f"/cases/{page.case.id}/actions/{action}"
    return url_for("actions.perform", case_id=page.case.id, action=str(action))
