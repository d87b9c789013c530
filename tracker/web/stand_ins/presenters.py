"""Absences in words."""

from __future__ import annotations

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.stand_ins import STAND_IN_STATE_NAMES, StandInState
from tracker.queries.stand_ins import StandInFacts
from tracker.web.i18n import month_day, tell


class StandInLine:
    """One arrangement as it stands on a day."""

    def __init__(self, facts: StandInFacts, actor: Actor, today: date) -> None:
        state = facts.state_on(today)
        self.facts = facts
        self.url = url_for("stand_ins.show", stand_in_id=facts.id)
        self.state = tell(STAND_IN_STATE_NAMES[state])
        self.running = state is StandInState.CURRENT
        self.coming = state is StandInState.COMING
        self.may_end = (self.running or self.coming) and may_arrange(facts, actor)
        self.days = (facts.to_on - facts.from_on).days + 1


def may_arrange(facts: StandInFacts, actor: Actor) -> bool:
    """Whether the person is the one away, or arranges for the organ."""
    own = facts.away_id == actor.account_id and actor.may(Permission.STAND_IN_NAME, facts.organ_id)
    return own or actor.may(Permission.STAND_IN_ARRANGE, facts.organ_id)


def stand_in_sentence(facts: StandInFacts, actor: Actor) -> tuple[str, str]:
    """What runs today, as a sentence for the work list of either person, and where to read more."""
    url = url_for("stand_ins.show", stand_in_id=facts.id)
    if facts.stand_in_id == actor.account_id:
        said = _(
            "您正为%(away)s代岗，到 %(day)s为止；%(away)s的提醒同时发给您，其申请件标有“代岗”。",
            away=facts.away,
            day=month_day(facts.to_on),
        )
        return said, url
    return _(
        "%(stand_in)s正为您代岗，到 %(day)s为止；您的提醒同时发给双方。",
        stand_in=facts.stand_in,
        day=month_day(facts.to_on),
    ), url
