"""Language of the interface: Chinese unless the person chose English; how days and times are written in either."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, has_request_context, request
from flask_babel import get_locale, gettext

from tracker.domain.case_facts import FACT_NAMES, Fact
from tracker.domain.errors import TrackerError

CHINESE = "zh_Hans_CN"
ENGLISH = "en"
LANGUAGES: dict[str, str] = {CHINESE: "中文", ENGLISH: "English"}
LANGUAGE_COOKIE = "tracker_language"
OFFICE_ZONE = ZoneInfo("Asia/Shanghai")

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NONE_SIGN = "—"


def select_locale() -> str:
    """The language chosen by the switch; Chinese for everybody else, whatever the browser prefers."""
    chosen = request.cookies.get(LANGUAGE_COOKIE) if has_request_context() else None
    return chosen if chosen in LANGUAGES else CHINESE


def in_english() -> bool:
    """Whether this page is written in English."""
    return str(get_locale()).startswith(ENGLISH)


def html_language() -> str:
    """The language tag of the page."""
    return "en" if in_english() else "zh-CN"


def weekday(day: date | None) -> str:
    """周一 … 周日."""
    if day is None:
        return NONE_SIGN
    return (_WEEKDAYS_EN if in_english() else _WEEKDAYS)[day.weekday()]


def full_day(day: date | None) -> str:
    """2026年11月23日（周一）, the way a day is written wherever there is room."""
    if day is None:
        return NONE_SIGN
    return f"{plain_day(day)} ({weekday(day)})" if in_english() else f"{plain_day(day)}（{weekday(day)}）"


def plain_day(day: date | None) -> str:
    """2026年11月23日."""
    if day is None:
        return NONE_SIGN
    if in_english():
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def month_day(day: date | None) -> str:
    """11月23日, where the year is plain from its surroundings."""
    if day is None:
        return NONE_SIGN
    return f"{day.day} {_MONTHS_EN[day.month - 1]}" if in_english() else f"{day.month}月{day.day}日"


def year_month(day: date) -> str:
    """2026年11月, the head of a month."""
    return f"{_MONTHS_EN[day.month - 1]} {day.year}" if in_english() else f"{day.year}年{day.month}月"


def table_day(day: date | None) -> str:
    """2026-11-23, for columns of figures."""
    return day.isoformat() if day else NONE_SIGN


def instant(at: datetime | None) -> str:
    """2026年11月23日 14:05, an aware instant as the office's clock shows it."""
    if at is None:
        return NONE_SIGN
    local = at.astimezone(OFFICE_ZONE)
    return f"{plain_day(local.date())} {local:%H:%M}"


def or_dash(value: object) -> object:
    """— for none."""
    return NONE_SIGN if value is None or value == "" else value


def tell(message: TrackerError | str) -> str:
    """An error or a marked text of a lower layer, in the language of the page."""
    if isinstance(message, str):
        return gettext(message) if message else message
    return gettext(message.template, **_told(message.params))


def _told(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _told_value(value) for name, value in params.items()}


def _told_value(value: Any) -> Any:
    if isinstance(value, Fact):
        return gettext(FACT_NAMES[value])
    if isinstance(value, TrackerError):
        return tell(value)
    if isinstance(value, str):
        return tell(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return full_day(value)
    if isinstance(value, list | tuple):
        return (", " if in_english() else "、").join(str(_told_value(item)) for item in value)
    return value


def spell(value: TrackerError | str | date | int) -> str:
    """A figure in the language of the page: days with their weekday, texts translated, numbers as they are."""
    return str(_told_value(value))


FILTERS = {
    "full_day": full_day,
    "plain_day": plain_day,
    "month_day": month_day,
    "year_month": year_month,
    "table_day": table_day,
    "weekday": weekday,
    "instant": instant,
    "or_dash": or_dash,
    "tell": tell,
    "spell": spell,
}


def install_filters(app: Flask) -> None:
    """Give the templates the ways of writing above."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(html_language=html_language, LANGUAGES=LANGUAGES)
