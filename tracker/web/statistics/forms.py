"""Forms of statistics saved under a name."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from tracker.domain.saved_statistics import DISTRICT, LONGEST_NAME, OWN, SharedWith, Sharing
from tracker.queries.organs import OrganName
from tracker.web.forms import Filled, LineField, TrackerForm


class SaveForm(TrackerForm):
    """Name, and who finds it; ``offer`` says with whom the person may share."""

    name = LineField(_l("名称"), [Filled()], longest=LONGEST_NAME)
    shared = SelectField(_l("谁能看到"), validate_choice=False)

    def offer(self, organs: list[OrganName], *, district: bool, kept: SharedWith = OWN) -> None:
        """The choices; what it is shared with now stays one of them."""
        choices = {str(OWN): _("仅自己")}
        choices |= {str(SharedWith(Sharing.ORGAN, each.id)): each.name for each in organs}
        if district or kept == DISTRICT:
            choices[str(DISTRICT)] = _("全区")
        self.shared.choices = list(choices.items())
        if not self.is_submitted():
            self.shared.data = str(kept)

    def shared_with(self) -> SharedWith:
        """What was chosen; anything else is for oneself alone."""
        kind, _colon, organ = (self.shared.data or "").partition(":")
        if kind == Sharing.DISTRICT:
            return DISTRICT
        if kind == Sharing.ORGAN and organ.isascii() and organ.isdigit():
            return SharedWith(Sharing.ORGAN, int(organ[:9]))
        return OWN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shared.choices = []


class DeleteForm(TrackerForm):
    """Nothing to fill in."""
