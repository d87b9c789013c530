"""Handovers in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.handovers import HANDED_CASE_NAMES, HANDOVER_STATE_NAMES, HandedCase
from tracker.queries.case_rows import CaseRow
from tracker.queries.handovers import HandoverFacts
from tracker.web.cases.rows import ListRow, list_row
from tracker.web.i18n import tell


class HandoverLine:
    """One handover in a list."""

    def __init__(self, facts: HandoverFacts, actor: Actor) -> None:
        self.facts = facts
        self.url = url_for("handovers.show", handover_id=facts.id)
        self.state = tell(HANDOVER_STATE_NAMES[facts.state])
        self.is_mine_to_answer = facts.waits and facts.to_id == actor.account_id
        self.sentence = _duty(facts, actor)


@dataclass(frozen=True, slots=True)
class HandedRow:
    """One case of a handover and what became of it; ``left_out``: it did not go over although the rest did."""

    case: ListRow
    outcome: str
    left_out: bool


def handed_row(row: CaseRow, outcome: HandedCase) -> HandedRow:
    """The case as it stands now."""
    left_out = outcome in (HandedCase.CLOSED, HandedCase.MOVED)
    return HandedRow(list_row(row), tell(HANDED_CASE_NAMES[outcome]), left_out)


def _duty(facts: HandoverFacts, actor: Actor) -> str:
    """What waits, as a sentence for the work list of giver, receiver and head."""
    if facts.to_id == actor.account_id:
        return _("%(giver)s移交给您 %(count)d 件申请件，等您接收。", giver=facts.giver, count=facts.count)
    if facts.from_id == actor.account_id:
        return _(
            "移交给%(receiver)s的 %(count)d 件申请件等待接收，接收前仍由您负责。",
            receiver=facts.receiver,
            count=facts.count,
        )
    return _(
        "%(giver)s移交给%(receiver)s的 %(count)d 件申请件等待接收。",
        giver=facts.giver,
        receiver=facts.receiver,
        count=facts.count,
    )
