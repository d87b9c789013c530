"""Cells of a register as people fill them in: lenient where the meaning is plain, strict where it is not."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

Cell = str | int | float | bool | date | datetime | None
"""What a sheet's cell can hold."""

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIAL_RANGE = range(20_000, 80_000)
"""Serial numbers taken as dates: 1954 to 2119."""

_DATE_TEXT = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-./]|年)(?P<month>\d{1,2})(?:[-./]|月)(?P<day>\d{1,2})日?"
    r"(?:[T ]?00:00(?::00)?(?:\.0+)?)?"
)
_COMPACT_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ROW_LABEL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+(?:\.\d+)*[.、](?=\D))+"
)
_DASH = re.compile(r"\s*[-－—–―:：]+\s*")
_PHONE_NOISE = re.compile(r"(?<=[\d+])[\s\-－—–()（）]+(?=\d)|^[\s(（]+|[\s)）]+$")


class NotADate(ValueError):
    """The cell holds something, but no day of the calendar."""


class NotANumber(ValueError):
    """The cell holds something, but no whole number."""


def read_text(cell: Cell) -> str:
    """The cell as text as it was written: only what no database keeps and outer blanks are taken off."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.isprintable():
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == datetime.min.time() else cell
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("", text).strip()


def read_date(cell: Cell) -> date | None:
    """A day: a date cell, 2023-01-04, 2023.1.4, 2023/01/09, 2023年1月9日, 20230109 or Excel's serial number.

    None for an empty cell. Raises ``NotADate`` for anything else, above all for days that do not exist.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _numeric_date(cell)
    text = re.sub(r"\s+(?!00:00)", "", unicodedata.normalize("NFKC", read_text(cell)))
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _serial_date(int(text))
    written = _DATE_TEXT.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if written is None:
        raise NotADate(text)
    return _day(int(written["year"]), int(written["month"]), int(written["day"]))


def read_whole_number(cell: Cell) -> int | None:
    """A whole number, or None for an empty cell. Raises ``NotANumber``."""
    if isinstance(cell, bool | date):
        raise NotANumber(read_text(cell))
    if isinstance(cell, float):
        if not cell.is_integer():
            raise NotANumber(str(cell))
        return int(cell)
    if isinstance(cell, int):
        return cell
    text = unicodedata.normalize("NFKC", read_text(cell)).replace(" ", "")
    text = re.sub(r"(?:个?工作日|天|日)$", "", text)
    if not text:
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,9}(?:\.0+)?", text):
        raise NotANumber(text)
    return int(text.split(".")[0])


@lru_cache(maxsize=1_000)
def normalise_choice(text: str) -> str:
    """A value out of a list as it is compared: half-width signs, no blanks, no label of a table row in front."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    segments = [_ROW_LABEL.sub("", part) for part in _DASH.split(plain)]
    return "-".join(part for part in segments if part)


def normalise_phone(text: str) -> str:
    """A telephone number as it is kept and searched: digits without the blanks, dashes and brackets between them."""
    return _PHONE_NOISE.sub("", unicodedata.normalize("NFKC", text))


def _numeric_date(number: int | float) -> date:
    if isinstance(number, float) and not number.is_integer():
        number = int(number) if number == number and abs(number) < 1e9 else 0
    whole = int(number)
    compact = _COMPACT_DATE.fullmatch(str(whole))
    if compact:
        return _day(int(compact["year"]), int(compact["month"]), int(compact["day"]))
    return _serial_date(whole)


def _serial_date(serial: int) -> date:
    if serial not in _SERIAL_RANGE:
        raise NotADate(str(serial))
    return _EXCEL_EPOCH + timedelta(days=serial)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate(f"{year}-{month}-{day}") from None
