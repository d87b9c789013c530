"""Dates as people write them: 2026-11-23, 2026/11/23, 11.23, 2026年11月23日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from tracker.domain.errors import TrackerError
from tracker.domain.vocabulary import N_

_SEPARATED = re.compile(
    r"^(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?$"
)
_CLOSED = re.compile(r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$")


class NotADate(TrackerError):
    """The text is no date, or names a day that does not exist."""


def parse_written_date(text: str, today: date) -> date:
    """The day a text means. Full-width figures and spaces are read as well; a date without a year is of this year.

    Raises ``NotADate`` with words that say what to do. A two-figure year is not guessed at.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).replace("－", "-").split())
    found = _SEPARATED.match(plain) or _CLOSED.match(plain)
    if found is None:
        raise NotADate(N_("看不出是哪一天，请写成 2026-11-23、2026年11月23日 或 11.23。"))
    try:
        return date(int(found["year"] or today.year), int(found["month"]), int(found["day"]))
    except ValueError:
        raise NotADate(N_("没有这一天，请核对月份和日期。")) from None
