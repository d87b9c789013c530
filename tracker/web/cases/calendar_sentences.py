"""What a new calendar did to a case, as a sentence of its log: each date, old and new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.domain.case_clocks import CLOCK_NAMES, ClockKind
from tracker.web.i18n import full_day, tell


def calendar_sentence(details: Mapping[str, Any]) -> str:
    """“载入 2027 年工作日历（文号），重新推算：答复期限由…改为…。” What an older entry does not say is left out."""
    changes = changed_clocks(details)
    if not changes:
        return _("工作日安排调整，重新推算期限。")
    said = _("；").join(changes)
    if not details.get("year"):
        return _("工作日安排调整，重新推算：%(changes)s。", changes=said)
    if not details.get("notice"):
        return _("载入 %(year)s 年工作日历，重新推算：%(changes)s。", year=details["year"], changes=said)
    return _(
        "载入 %(year)s 年工作日历（%(notice)s），重新推算：%(changes)s。",
        year=details["year"],
        notice=details["notice"],
        changes=said,
    )


def changed_clocks(details: Mapping[str, Any]) -> list[str]:
    """Each clock whose date an entry moved, the reply clock first."""
    changes = []
    if "new_due_on" in details:
        changes.append(_change(ClockKind.REPLY, details))
    return changes + [_change(ClockKind(clock["kind"]), clock) for clock in details.get("clocks", ())]


def _change(kind: ClockKind, dates: Mapping[str, Any]) -> str:
    return _(
        "%(clock)s由%(old)s改为%(new)s",
        clock=tell(CLOCK_NAMES[kind]),
        old=_dated(dates.get("old_due_on"), bool(dates.get("was_provisional"))),
        new=_dated(dates.get("new_due_on"), bool(dates.get("is_provisional"))),
    )


def _dated(day: str | None, provisional: bool) -> str:
    if day is None:
        return _("未定")
    written = full_day(date.fromisoformat(day))
    return _("%(day)s（暂定）", day=written) if provisional else written
