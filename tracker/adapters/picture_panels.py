"""The panels of 年报图解, each drawn for the width it is given; every bar has its number beside it.

Series differ by pattern as well as by colour, so that the page can be copied in black and white.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tracker.adapters.svg import Drawn, at, ems, fitted, line, rect, spread, text, wrapped
from tracker.domain.figures import rate
from tracker.domain.report_picture import Contested, PictureCounts, Share, percent, tenths

ACCENT, INK, SOFT, RULE, GROUND = "#17498a", "#1b2026", "#4a545f", "#d7dce2", "#e9ecf0"
FILLS = ("#17498a", "url(#p-partly)", "#b5532a", "url(#p-lacking)", "#6b7580", "url(#p-other)")
PATTERNS = (
    '<pattern id="p-partly" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#c9dcf2"/><rect width="2.5" height="6" fill="#3f73b5"/></pattern>'
    '<pattern id="p-lacking" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#f6e3b4"/><circle cx="3" cy="3" r="1.5" fill="#8a6100"/></pattern>'
    '<pattern id="p-other" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#ffffff"/><rect width="6" height="2" fill="#6b7580"/></pattern>'
)
NARROW = 500
"""Under this width a panel is drawn for a telephone."""
NO_REQUESTS, NOTHING_CLOSED, NOT_KEPT = (
    "本年没有新收申请。",
    "本年没有办结申请。",
    "提交报告时没有随附这些数字。",
)


@dataclass(frozen=True, slots=True)
class Balance:
    """新收 and 上年结转 on one side, 办结 and 结转下年 on the other."""

    received: int
    carried_in: int
    closed: int
    carried_out: int


def balance(given: Balance, width: int) -> Drawn:
    """Four numbers as the sum they are; two by two on a telephone."""
    told = (
        ("本年新收", given.received, "＋"),
        ("上年结转", given.carried_in, "＝"),
        ("本年办结", given.closed, "＋"),
        ("结转下年", given.carried_out, ""),
    )
    across = 2 if width < NARROW else 4
    cell, height = width / across, 76
    markup = []
    for place, (name, number, sign) in enumerate(told):
        x, y = place % across * cell, place // across * height
        figure, size = fitted(f"{number:,}", cell - 60, 40, 16)
        markup.append(text(x + cell / 2, y + 36, figure, size, fill=ACCENT, anchor="middle", bold=True))
        markup.append(text(x + cell / 2, y + 62, f"{name}（件）", 15, fill=SOFT, anchor="middle"))
        if sign:
            end = x + cell if place % across < across - 1 else x + cell - 10
            markup.append(text(end, y + 34, sign, 24, fill=SOFT, anchor="middle"))
    return Drawn("".join(markup), height * (len(told) // across))


def outcomes(shares: Sequence[Share], width: int) -> Drawn:
    """How what was closed ended: one bar of all, and each outcome with its number and share."""
    numbers = [share.number for share in shares]
    if not sum(numbers):
        return _said(NOTHING_CLOSED, width)
    markup, x, bar = [], 0, 34
    for fill, part in zip(FILLS, spread(numbers, width, 4), strict=True):
        if part:
            markup.append(rect(x, 0, max(2, part - 2), bar, fill))
        x += part
    across = 2 if width < NARROW else len(shares)
    cell, height = width / across, 74
    for place, (share, part, fill) in enumerate(zip(shares, tenths(numbers), FILLS, strict=True)):
        left, top = place % across * cell, bar + 16 + place // across * height
        markup.append(rect(left, top, 16, 16, fill, stroke=RULE))
        markup.append(text(left + 24, top + 14, share.name, 15))
        figure, size = fitted(f"{share.number:,} 件", cell - 28, 18, 11)
        markup.append(text(left + 24, top + 38, figure, size, bold=True))
        said = percent(share.number, sum(numbers), part)
        markup.append(text(left + 24, top + 58, said, 14, fill=SOFT))
    return Drawn("".join(markup), bar + 16 + height * (-(-len(shares) // across)) - 12)


def months(counts: PictureCounts | None, width: int) -> Drawn:
    """Requests received in each of the twelve months."""
    if counts is None:
        return _said(NOT_KEPT, width)
    most = max(counts.months)
    if not most:
        return _said(NO_REQUESTS, width)
    slot, tall = width / 12, 104
    small = width < NARROW
    markup = [line(0, tall + 20, width, tall + 20, RULE)]
    for place, number in enumerate(counts.months):
        middle, high = (place + 0.5) * slot, max(2, round(number * tall / most)) if number else 0
        markup.append(rect(middle - slot * 0.3, tall + 20 - high, slot * 0.6, high, ACCENT))
        figure, size = fitted(str(number), slot - 3, 12 if small else 14, 8)
        markup.append(text(middle, tall + 14 - high, figure, size, anchor="middle", bold=number == most))
        name = str(place + 1) if small else f"{place + 1}月"
        markup.append(text(middle, tall + 38, name, 13, fill=SOFT, anchor="middle"))
    return Drawn("".join(markup), tall + 42)


def bars(shares: Sequence[Share], width: int, *, empty: str = NO_REQUESTS) -> Drawn:
    """One bar a name, with number and share; the longest fills what the names leave."""
    numbers = [share.number for share in shares]
    if not sum(numbers):
        return _said(empty, width)
    names = min(112, round(width * 0.3))
    figures = 108
    room, row = width - names - figures, 28
    markup = []
    for place, (share, part) in enumerate(zip(shares, tenths(numbers), strict=True)):
        y = place * row
        name, size = fitted(share.name, names - 8, 14, 10)
        markup.append(text(names - 8, y + 17, name, size, anchor="end"))
        long = max(2, round(share.number * room / max(numbers))) if share.number else 0
        markup.append(rect(names, y + 3, long, 18, ACCENT))
        figure = f"{share.number:,}"
        markup.append(text(names + long + 8, y + 17, figure, 14, bold=True))
        said = percent(share.number, sum(numbers), part)
        markup.append(text(names + long + 16 + ems(figure) * 14, y + 17, said, 12, fill=SOFT))
    return Drawn("".join(markup), row * len(shares) - 6)


def on_time(counts: PictureCounts | None, width: int) -> Drawn:
    """按期答复率, large, over the bar it measures."""
    if counts is None:
        return _said(NOT_KEPT, width)
    share: Fraction | None = rate(counts.on_time, counts.answered)
    if share is None:
        return _said("本年没有作出答复。", width)
    full = min(round(share * width), width if share == 1 else width - 3)
    said = f"答复 {counts.answered:,} 件，其中按期 {counts.on_time:,} 件"
    words, size = fitted(said, width, 15, 10)
    markup = (
        text(0, 40, percent(counts.on_time, counts.answered), 44, fill=ACCENT, bold=True)
        + rect(0, 56, width, 14, GROUND)
        + rect(0, 56, full, 14, ACCENT)
        + text(0, 92, words, size, fill=INK)
    )
    return Drawn(markup, 98)


def contested(ways: Sequence[Contested], width: int) -> Drawn:
    """复议、诉讼 with how they ended."""
    if not ways:
        return _said(NOT_KEPT, width)
    markup = []
    for place, way in enumerate(ways):
        y = place * 52
        figure = f"{way.total:,}"
        markup.append(text(0, y + 17, way.name, 16))
        markup.append(text(78, y + 18, figure, 22, fill=ACCENT, bold=True))
        markup.append(text(84 + ems(figure) * 22, y + 17, "件", 15))
        said = "　".join(f"{each.name} {each.number:,}" for each in way.results)
        words, size = fitted(said, width, 14, 9)
        markup.append(text(0, y + 41, words, size, fill=SOFT))
    return Drawn("".join(markup), 52 * len(ways) - 8)


def organs(shares: Sequence[Share], width: int) -> Drawn:
    """Requests received by each organ that received any, the most first, in columns read downwards."""
    held = [share for share in shares if share.number]
    if not held:
        return _said(NO_REQUESTS, width)
    across = 1 if width < NARROW else 3
    gap, row = 28, 32
    cell = (width - gap * (across - 1)) / across
    deep = -(-len(held) // across)
    markup = []
    for place, share in enumerate(held):
        x, y = place // deep * (cell + gap), place % deep * row
        figure = f"{share.number:,}"
        name, size = fitted(share.name, cell - 10 - ems(figure) * 14, 13, 11)
        markup.append(text(x, y + 14, name, size))
        markup.append(text(x + cell, y + 14, figure, 14, anchor="end", bold=True))
        markup.append(rect(x, y + 20, cell, 6, GROUND))
        markup.append(rect(x, y + 20, max(2, round(share.number * cell / held[0].number)), 6, ACCENT))
    rest = len(shares) - len(held)
    if not rest:
        return Drawn("".join(markup), deep * row - 8)
    said = at(0, deep * row, _said(f"另有{rest}个机关本年没有新收申请。", width).markup)
    return Drawn("".join(markup) + said, deep * row + 20)


def _said(words: str, width: int) -> Drawn:
    lines = list(wrapped(words, width, 15))
    return Drawn("".join(_lines(lines)), 22 * len(lines))


def _lines(lines: Sequence[str]) -> Iterator[str]:
    for place, words in enumerate(lines):
        yield text(0, 16 + 22 * place, words, 15, fill=SOFT)
