"""Forms of the numbers an office gives: 受理号, 发文字号, 档号, and those of papers beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOCUMENT_NUMBER = re.compile(r"^(?P<prefix>[^〔〕\[\]()（）\d]+)〔(?P<year>\d{4})〕(?P<serial>[1-9]\d*)号$")

CASE_SERIES = "case"
MAIL_SERIES = "mail"
ARCHIVE_SERIES = "archive"
CHASE_SERIES = "chase"
SHEET_SERIES = "sheet"
DESTRUCTION_SERIES = "destruction"


def case_number(prefix: str, year: int, serial: int) -> str:
    """受理号, e.g. 椒政公开受〔2026〕12号."""
    return f"{prefix}受〔{year}〕{serial}号"


def mail_number(prefix: str, year: int, serial: int) -> str:
    """收件登记号 of a misaddressed piece, e.g. 椒政公开收〔2026〕3号."""
    return f"{prefix}收〔{year}〕{serial}号"


def sheet_number(prefix: str, year: int, serial: int) -> str:
    """编号 of a computation sheet, e.g. 椒政公开期〔2026〕5号."""
    return f"{prefix}期〔{year}〕{serial}号"


def chase_number(prefix: str, year: int, serial: int) -> str:
    """Number of a 督办单, e.g. 椒政办公开督〔2026〕3号."""
    return f"{prefix}督〔{year}〕{serial}号"


def document_number(prefix: str, year: int, serial: int) -> str:
    """发文字号 after GB/T 9704: full year in 〔〕, Arabic serial without padding, no 第."""
    return f"{prefix}〔{year}〕{serial}号"


def parse_document_number(text: str) -> tuple[str, int, int] | None:
    """Prefix, year and serial of a 发文字号, or None when it is not of that form."""
    found = _DOCUMENT_NUMBER.match(text.strip())
    return (found["prefix"], int(found["year"]), int(found["serial"])) if found else None


@dataclass(frozen=True, slots=True)
class ArchiveParts:
    """The parts of an organ's 档号 that its archives office sets. ``unit`` is empty where files are not divided by unit
    or subject (DA/T 22-2015 leaves it out then); ``width``: digits of the 件号."""

    fonds: str
    unit: str
    category: str = "WS"
    width: int = 4


def archive_number(parts: ArchiveParts, year: int, retention: str, serial: int) -> str:
    """档号 after DA/T 22-2015 and DA/T 13: 全宗号-WS·年度-保管期限-机构代码-件号."""
    unit = f"-{parts.unit}" if parts.unit else ""
    return f"{parts.fonds}-{parts.category}·{year}-{retention}{unit}-{serial:0{parts.width}d}"


def archive_series(parts: ArchiveParts, retention: str) -> str:
    """Name of the number series of one class of an organ: 件号 begins again within the lowest class."""
    category = "" if parts.category == "WS" else f":{parts.category}"
    return f"{ARCHIVE_SERIES}{category}:{retention}:{parts.unit}"


def destruction_number(prefix: str, year: int, serial: int) -> str:
    """编号 of a 销毁清册, e.g. 椒政公开销〔2037〕1号."""
    return f"{prefix}销〔{year}〕{serial}号"
