"""Times of day as people write them: 14:05, 14.05, 14点05分."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from tracker.domain.errors import TrackerError
from tracker.domain.vocabulary import N_

_WRITTEN = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.点时](?:(?P<minute>[0-9]{1,2})分?)?)?")


class NotATime(TrackerError):
    """The text names no time of day."""


def parse_written_time(text: str) -> time:
    """The time a text means; full-width signs are read as well. Raises ``NotATime`` with words that say what to do."""
    found = _WRITTEN.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if found is not None:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise NotATime(N_("看不出是几点几分，请写成 14:05。"))
