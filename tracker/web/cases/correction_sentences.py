"""A correction of fact in the log: what was changed, which dates moved, and what has to be looked after since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from tracker.domain.case_log import DispatchWay
from tracker.domain.sheet_facts import WAY_NAMES
from tracker.web.cases.calendar_sentences import changed_clocks
from tracker.web.i18n import tell


def field_changes(details: Mapping[str, Any]) -> Iterator[str]:
    """Each thing that is another now, but for the day itself."""
    if details.get("days"):
        yield _(
            "工作日数由%(was)s改为%(now)s", was=details.get("was_days") or _("未写明"), now=details["days"]
        )
    if details.get("by"):
        yield _("寄发方式由%(was)s改为%(now)s", was=_way(details.get("was_by")), now=_way(details["by"]))
    if details.get("until"):
        yield _("截止日期由%(was)s改为%(now)s", was=details.get("was_until") or "—", now=details["until"])


def aftermath(details: Mapping[str, Any]) -> str:
    """Dates that moved, and how many letters and alerts quoted the old ones; empty where nothing moved."""
    said = ""
    changes = changed_clocks(details)
    if changes:
        said += _("重新推算：%(changes)s。", changes=_("；").join(changes))
    letters, alerts = len(details.get("letters", ())), len(details.get("alerts", ()))
    if letters:
        said += _("有 %(n)d 份文书引用过原日期，列在下面，请逐份核对、更正或另行告知。", n=letters)
    if alerts:
        said += _("按原日期发出过 %(n)d 条提醒。", n=alerts)
    return said


def _way(code: str | None) -> str:
    return tell(WAY_NAMES[DispatchWay(code)]) if code else "—"
