"""What every act's form can do: fill its choices, perform the verb, and say what it would do to the clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import lazy_gettext as _l

from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.web.forms import ChineseDateField, ParagraphField, TrackerForm

if TYPE_CHECKING:
    from tracker.web.actions.foresight import Foresight

Said = tuple[str, str]
"""What happened, and what comes next."""


def given(field: ChineseDateField) -> date:
    """The day in a field that was checked to be filled in. Raises ``ValueError`` for one that is empty."""
    if field.data is None:
        raise ValueError(f"{field.name} is empty")
    return field.data


class ActForm(TrackerForm):
    """The form of one act. ``foresight``: what it would do to the clock. ``may_be_late``: it records the outside
    world, so it takes a reason (情况说明) where the workflow does not offer it or the date breaks the law."""

    action: ClassVar[Action]
    foresight: Foresight | None = None
    may_be_late: ClassVar[bool] = False

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        """Values a fresh form begins with, beside the defaults of its fields."""
        return {}

    def offer_choices(self, ctx: Context, case: Case) -> None:
        """Fill the lists one chooses from."""

    @property
    def was_looked_at(self) -> bool:
        """Whether the act may be done at once; else what it would touch is shown first, to be confirmed."""
        return True

    def look(self, ctx: Context, case: Case) -> None:
        """Find out what the act would touch, for acts that are confirmed. Raises what the act would raise."""

    def perform(self, ctx: Context, case_id: int) -> Said:
        """Call the verb."""
        raise TypeError(f"{type(self).__name__} performs nothing")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        """The entry whose effect on the clock is shown before it is recorded; None for acts that move nothing."""
        return None


class LateActForm(ActForm):
    """An act that records what happened in the outside world."""

    may_be_late = True

    reason = ParagraphField(_l("情况说明"), longest=1000)

    @property
    def given_reason(self) -> str | None:
        """The reason, when one was written."""
        return self.reason.data or None
