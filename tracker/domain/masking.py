"""Personal data as lists and pages show it before somebody asks to see it."""

from __future__ import annotations

from tracker.domain.request_terms import LegalKind

MASK = "＊"
_STAR = "*"
_COMPOUND_SURNAMES = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "令狐", "夏侯"}
)


def mask_name(name: str, legal_kind: str) -> str:
    """王＊敏 for 王晓敏; names of organisations are no personal data and stay."""
    if legal_kind != LegalKind.CITIZEN or len(name) < 2:
        return name
    shown = 2 if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else 1
    if len(name) - shown == 1:
        return name[:shown] + MASK
    return name[:shown] + MASK * (len(name) - shown - 1) + name[-1]


def mask_number(number: str) -> str:
    """The first and last characters of the number of a document: 3310**********0012."""
    if len(number) <= 8:
        return _STAR * len(number)
    return number[:4] + _STAR * (len(number) - 8) + number[-4:]


def mask_phone(phone: str) -> str:
    """138****1234; short numbers show their last two figures."""
    if len(phone) <= 8:
        return _STAR * max(len(phone) - 2, 1) + phone[-2:]
    return phone[:3] + _STAR * (len(phone) - 7) + phone[-4:]


def mask_address(address: str) -> str:
    """The district stays, street and door do not: 台州市椒江区******."""
    return address[:6] + _STAR * 6 if len(address) > 6 else _STAR * len(address)


def mask_email(email: str) -> str:
    """w***@example.cn."""
    name, at, host = email.partition("@")
    return f"{name[:1]}***{at}{host}"
