"""What the pages of acts show."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.queries.latest_entry import find_latest_entry
from tracker.services.context import Context
from tracker.web.i18n import instant, tell


@dataclass(frozen=True, slots=True)
class ActPage:
    """``late``: the workflow does not offer the act now, it is recorded as having happened all the same.
    ``closed``: not possible at this stage. ``latest``: what somebody else recorded meanwhile."""

    case: Case
    action: Action
    label: str
    effect: str
    late: bool
    closed: bool
    latest: str = ""


def latest_entry_text(ctx: Context, case: Case) -> str:
    """Who recorded what last, for a person whose page was out of date."""
    latest = find_latest_entry(ctx.session, ctx.actor, case.id)
    if latest is None:
        return ""
    return _(
        "最近一条记录：%(name)s 于 %(at)s 登记“%(what)s”。",
        name=latest.by or _("系统"),
        at=instant(latest.at),
        what=tell(ENTRY_NAMES[latest.type]),
    )
