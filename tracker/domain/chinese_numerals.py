"""Dates and numerals as official letters write them (GB/T 9704): 2026年11月23日, 一、（一）."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = "零一二三四五六七八九"
_CHINESE_DATE = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")


def chinese_date(day: date) -> str:
    """成文日期: Arabic figures, full year, no padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def parse_chinese_date(text: str) -> date | None:
    """The day a Chinese date names, or None when it is not one."""
    found = _CHINESE_DATE.match(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def ordinal(number: int) -> str:
    """1 → 一 … 99 → 九十九, for headings of items. Raises ``ValueError`` outside that range."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading is numbered {number}")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
