"""Cases worth trying: receipts and events that are often counted wrong, as links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.statute import RuleKey

Row = Mapping[str, str]

_PAUSE: tuple[Row, ...] = (
    {"kind": "suspended", "on": "2026-09-15", "cause": "third_party"},
    {"kind": "resumed", "on": "2026-09-22"},
)


@dataclass(frozen=True, slots=True)
class Example:
    """What it shows, and the address that shows it."""

    label: str
    url: str


def reply_examples() -> list[Example]:
    """For the reply period."""
    return [
        _reply(_("春节前收到，两个调休的周六照常计入"), "2026-01-30"),
        _reply(
            _("补正告知的最后一天是调休的周日"),
            "2026-09-10",
            {"kind": "correction_requested", "on": "2026-09-20"},
        ),
        _reply(
            _("补正告知晚了一天"),
            "2026-09-10",
            {"kind": "correction_requested", "on": "2026-09-21"},
            {"kind": "corrected", "on": "2026-10-09"},
        ),
        _reply(
            _("征求第三方意见后延期"),
            "2026-09-10",
            *_PAUSE,
            {"kind": "extended", "on": "2026-10-13", "days": "20"},
        ),
        _reply(_("跨到放假安排还没有公布的年份"), "2026-12-04"),
    ]


def period_examples() -> Sequence[Example]:
    """For the other periods."""
    return [
        _period(_("六十日届满于国庆假期"), RuleKey.RECONSIDERATION_FILING, "2026-08-02"),
        _period(_("六个月没有对应日，月末又是调休的周六"), RuleKey.LITIGATION_FILING, "2025-08-31"),
        _period(_("十五日届满于调休的周日"), RuleKey.LITIGATION_ANSWER, "2026-09-05"),
    ]


def _reply(label: str, received: str, *rows: Row) -> Example:
    said: dict[str, Any] = {"received": received}
    for number, row in enumerate(rows, start=1):
        said |= {f"e{number}-{name}": value for name, value in row.items()}
    return Example(label, url_for("calculator.index", **said))


def _period(label: str, key: RuleKey, start: str) -> Example:
    return Example(label, url_for("calculator.periods", period=str(key), start=start))
