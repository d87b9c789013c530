"""入门指引 in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.first_steps import steps_for
from tracker.web.i18n import tell


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as it is shown."""

    heading: str
    text: str
    url: str
    article: str


def step_lines(actor: Actor) -> Sequence[StepLine]:
    """The steps for the person's roles."""
    return [
        StepLine(
            tell(step.heading),
            tell(step.text),
            url_for(step.endpoint),
            _("条例第%(article)s条", article=step.article) if step.article else "",
        )
        for step in steps_for(actor)
    ]
