"""Forms of an absence: who is away, who stands in, from which day to which."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.domain.permissions import ROLE_NAMES
from tracker.queries.stand_ins import Colleague
from tracker.web.forms import ChineseDateField, Filled, OrganSelect, TrackerForm
from tracker.web.i18n import tell


class StandInForm(TrackerForm):
    """安排代岗. Who may be chosen the verb says, in words: somebody may have left while the page was open."""

    away_id = OrganSelect(_l("不在岗的人"), [Filled()], validate_choice=False)
    stand_in_id = OrganSelect(_l("代岗人"), [Filled()], validate_choice=False)
    from_on = ChineseDateField(_l("第一天"), [Filled()])
    to_on = ChineseDateField(_l("最后一天"), [Filled()])

    def offer(self, people: Sequence[Colleague], away: Sequence[Colleague]) -> None:
        """Colleagues of the organ, and those whose absence the person may arrange."""
        self.away_id.offer([(person.id, _named(person)) for person in away], empty=_("请选择"))
        self.stand_in_id.offer([(person.id, _named(person)) for person in people], empty=_("请选择"))


class EndForm(TrackerForm):
    """结束代岗: nothing to fill in."""


def _named(person: Colleague) -> str:
    roles = "、".join(tell(ROLE_NAMES[role]) for role in person.roles)
    return f"{person.name}（{roles}）"
