"""Forms of a handover: what is offered to whom and why, and the receiver's answer."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from tracker.queries.case_rows import CaseRow
from tracker.queries.handlers import HandlerChoice
from tracker.web.forms import Filled, OrganSelect, ParagraphField, TrackerForm


class OfferForm(TrackerForm):
    """移交."""

    to_id = OrganSelect(_l("接收人"), [Filled()])
    reason = ParagraphField(_l("移交的原因"), [Filled()], longest=500)
    cases = SelectMultipleField(_l("移交的申请件"), coerce=int, choices=[])

    def offer(self, people: Sequence[HandlerChoice], rows: Sequence[CaseRow]) -> None:
        """Colleagues to choose from and the cases that may go over."""
        self.to_id.offer([(person.id, person.name) for person in people], empty="")
        self.cases.choices = [(row.id, row.number) for row in rows]

    def is_chosen(self, case_id: int) -> bool:
        """Whether the box of a case is ticked."""
        return case_id in (self.cases.data or ())


class AcceptForm(TrackerForm):
    """接收, or 撤回: nothing to fill in."""


class DeclineForm(TrackerForm):
    """不接收."""

    decision_reason = ParagraphField(_l("不接收的理由"), [Filled()], longest=500)
