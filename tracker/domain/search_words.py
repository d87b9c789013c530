"""Words of a text as the search index takes them: overlapping pairs of Chinese characters, runs of letters and figures.

Chinese writes no blanks between words; pairs find every word of two characters and more without a dictionary. What is
found by pairs is compared with the text itself before it is shown, for 市政 and 政府 are not 市政府.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

_RUN = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]+)|[0-9a-z\u00c0-\u024f\u0370-\u04ff]+"
)
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?|\s*月|(?!\d))"
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NARROW |= {
    code: ord(same)
    for code in range(0xF900, 0xFB00)
    if len(same := unicodedata.normalize("NFKC", chr(code))) == 1
}
_EARLIEST = date(2000, 1, 1)
_DAYS_SHIFT = 27
_LARGEST_ID = (1 << _DAYS_SHIFT) - 1


def fold(text: str) -> str:
    """The text as it is compared: full-width signs as half-width ones, small letters. Every character stays in its
    place, so that what is found here is found there."""
    plain = text if text.isascii() else text.translate(_NARROW)
    low = plain.lower()
    return low if len(low) == len(text) else "".join(map(_lowered, plain))


def _lowered(sign: str) -> str:
    low = sign.lower()
    return low if len(low) == 1 else sign


def words_of(folded: str) -> set[str]:
    """Words of a text that was folded. One Chinese character alone is a word only where it stands alone."""
    words: set[str] = set()
    for found in _RUN.finditer(folded):
        run = found.group()
        if found.group(1) is None or len(run) == 1:
            words.add(run)
        else:
            words.update(map("".join, zip(run, run[1:], strict=False)))
    return words


def searchable_words(folded: str) -> frozenset[str]:
    """Words by which a term is looked up: as ``words_of``, without single Chinese characters, which the index holds
    only where they stand alone."""
    return frozenset(word for word in words_of(folded) if len(word) > 1 or word.isascii())


def days_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Days written out in a text (2026年3月5日, 2026-03-05), each with where it begins and ends."""
    for found in _DAY.finditer(text):
        if found["day"]:
            try:
                day = date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                continue
            yield day, found.start(), found.end()


def day_word(day: date) -> str:
    """The word under which a day is in the index."""
    return f"=day:{day.isoformat()}"


def month_word(year: int, month: int) -> str:
    """The word under which all days of a month are in the index."""
    return f"=month:{year:04d}-{month:02d}"


def read_month_or_day(text: str) -> tuple[int, int, int | None] | None:
    """Year, month and perhaps day of a text that is nothing but a date; None for any other text."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
    except ValueError:
        return None
    return day.year, day.month, day.day if found["day"] else None


def place_of(received_on: date, case_id: int) -> int:
    """Where a case stands in the index: the later received the higher, so that the newest are found first."""
    return max((received_on - _EARLIEST).days, 0) << _DAYS_SHIFT | (case_id & _LARGEST_ID)


def first_place(day: date) -> int:
    """The lowest place of cases received on the day."""
    return place_of(day, 0)
