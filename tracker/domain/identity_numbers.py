"""Check digits of identity numbers: 居民身份证 (GB 11643) and 统一社会信用代码 (GB 32100).

A wrong number never blocks anything: the paper may be at fault, or the applicant; the clerk is told and decides.
"""

from __future__ import annotations

import re
from enum import StrEnum

_RESIDENT_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_SHAPE = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")

_TO_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class NumberCheck(StrEnum):
    """What a look at a number shows."""

    OK = "ok"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    WRONG_SHAPE = "wrong_shape"


def normalise_number(text: str) -> str:
    """The number as it is compared and searched: half-width capitals without spaces and dashes."""
    return re.sub(r"[\s\-－—]", "", text.translate(_TO_HALF_WIDTH)).upper()


def check_resident_number(text: str) -> NumberCheck:
    """居民身份证: 17 digits and a check digit modulo 11-2. Dates inside are not judged: old cards hold odd ones."""
    number = normalise_number(text)
    if not _RESIDENT_SHAPE.fullmatch(number):
        return NumberCheck.WRONG_SHAPE
    total = sum(weight * int(digit) for weight, digit in zip(_RESIDENT_WEIGHTS, number, strict=False))
    return NumberCheck.OK if _RESIDENT_CHECKS[total % 11] == number[-1] else NumberCheck.WRONG_CHECK_DIGIT


def check_credit_code(text: str) -> NumberCheck:
    """统一社会信用代码: 18 characters of an alphabet without I, O, S, V, Z; check character modulo 31."""
    number = normalise_number(text)
    if not _CREDIT_SHAPE.fullmatch(number):
        return NumberCheck.WRONG_SHAPE
    total = sum(pow(3, place, 31) * _CREDIT_ALPHABET.index(sign) for place, sign in enumerate(number[:-1]))
    expected = _CREDIT_ALPHABET[-total % 31]
    return NumberCheck.OK if expected == number[-1] else NumberCheck.WRONG_CHECK_DIGIT
