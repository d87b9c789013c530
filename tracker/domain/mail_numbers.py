"""邮件号码: the numbers of postal pieces. An odd one is told, never refused: the label may be torn or foreign."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[A-Z]{2}\d{9}(?:[A-Z]{2}|\d{2})|\d{13}")


def normalise_mail_number(text: str) -> str:
    """The number as it is kept and searched: capitals without blanks and dashes."""
    return re.sub(r"[\s\-－—]", "", text).upper()


def looks_like_mail_number(text: str) -> bool:
    """Whether it has the 13 signs the post gives: two letters and nine figures followed by two letters (UPU S10) or
    by the two figures of the province (挂号信), or thirteen figures (EMS)."""
    return _SHAPE.fullmatch(normalise_mail_number(text)) is not None
