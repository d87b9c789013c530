"""年报图解 as one SVG: a page to publish, the same on A4 to print, or a column for a telephone.

Nothing in it comes from elsewhere, no script, no style sheet; the same figures stand in its description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from tracker.adapters import picture_panels as panels
from tracker.adapters.picture_panels import ACCENT, INK, RULE, SOFT, Balance
from tracker.adapters.svg import Drawn, at, rect, text, wrapped
from tracker.domain.report_picture import Picture, Share, percent

SYSTEM_FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")


class Shape(StrEnum):
    """How it is laid out."""

    PAGE = "page"
    A4 = "a4"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class _Measure:
    width: int
    margin: int
    gap: int
    inset: int
    title: int

    @property
    def full(self) -> int:
        return self.width - 2 * self.margin


_PAGE = _Measure(900, 40, 14, 20, 32)
_MEASURES = {Shape.PAGE: _PAGE, Shape.A4: _PAGE, Shape.COLUMN: _Measure(390, 12, 12, 16, 24)}
_HEAD = 38
"""Height of the name of a panel."""
_Panel = tuple[str, Callable[[int], Drawn]]


def draw_picture(picture: Picture, shape: Shape = Shape.PAGE, fonts: Sequence[str] = SYSTEM_FONTS) -> str:
    """The drawing; the same figures give the same text."""
    measure = _MEASURES[shape]
    pieces = [_masthead(picture, measure)]
    for row in _rows(picture, shape):
        pieces.append(_row(row, measure))
    pieces.append(_foot(picture, measure))
    y, markup = 0, []
    for piece in pieces:
        markup.append(at(0, y, piece.markup))
        y += piece.height + measure.gap
    families = ",".join(name if name == "sans-serif" else f"'{name}'" for name in fonts)
    height = y - measure.gap + measure.margin // 2
    left, width = 0, measure.width
    if shape is Shape.A4:
        width = max(width, -(-height * 210 // 297))
        left, height = (measure.width - width) // 2, max(height, width * 297 // 210)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="{escape(families)}" role="img" '
        f'aria-labelledby="picture-title picture-said"><title id="picture-title">{escape(picture.title)}</title>'
        f'<desc id="picture-said">{escape(described(picture))}</desc><defs>{panels.PATTERNS}</defs>'
        f"{rect(left, 0, width, height, '#ffffff')}{''.join(markup)}</svg>\n"
    )


def described(picture: Picture) -> str:
    """The figures in words, for who cannot see the drawing."""
    counts = picture.counts
    said = [
        f"本年新收{picture.received}件，上年结转{picture.carried_in}件，"
        f"办结{picture.closed}件，结转下年{picture.carried_out}件",
        "办理结果：" + _listed(picture.outcomes),
        "申请人：" + _listed(picture.kinds),
    ]
    if counts is not None:
        said.append("各月新收：" + "、".join(f"{n}月{number}" for n, number in enumerate(counts.months, 1)))
        said.append("申请渠道：" + (_listed(picture.channels) or "无"))
        if counts.answered:
            share = percent(counts.on_time, counts.answered)
            said.append(f"按期答复率{share}，答复{counts.answered}件，按期{counts.on_time}件")
    said += [f"{way.name}{way.total}件：{_listed(way.results)}" for way in picture.contested]
    if picture.organs:
        said.append("各机关新收：" + _listed(picture.organs))
    return "。".join(said) + "。"


def _listed(shares: Sequence[Share]) -> str:
    return "、".join(f"{share.name}{share.number}" for share in shares)


def _rows(picture: Picture, shape: Shape) -> Iterator[tuple[_Panel, ...]]:
    sums = Balance(picture.received, picture.carried_in, picture.closed, picture.carried_out)
    in_time: _Panel = ("按期答复率", lambda width: panels.on_time(picture.counts, width))
    contested: _Panel = ("行政复议、行政诉讼", lambda width: panels.contested(picture.contested, width))
    kinds: _Panel = ("申请人类别", lambda width: panels.bars(picture.kinds, width))
    empty = panels.NOT_KEPT if picture.counts is None else panels.NO_REQUESTS
    channels: _Panel = ("申请渠道", lambda width: panels.bars(picture.channels, width, empty=empty))
    yield (("收到和处理申请", lambda width: panels.balance(sums, width)),)
    yield (("办理结果", lambda width: panels.outcomes(picture.outcomes, width)),)
    yield (("各月新收申请（件）", lambda width: panels.months(picture.counts, width)),)
    for pair in ((kinds, channels), (in_time, contested)):
        if shape is Shape.COLUMN:
            yield from ((panel,) for panel in pair)
        else:
            yield pair
    if picture.organs:
        yield (("各机关新收申请（件）", lambda width: panels.organs(picture.organs, width)),)


def _row(row: Sequence[_Panel], measure: _Measure) -> Drawn:
    width = (measure.full - measure.gap * (len(row) - 1)) // len(row)
    drawn = [(name, draw(width - 2 * measure.inset)) for name, draw in row]
    height = _HEAD + max(piece.height for _name, piece in drawn) + measure.inset - 4
    markup = []
    for place, (name, piece) in enumerate(drawn):
        x = measure.margin + place * (width + measure.gap)
        markup.append(rect(x, 0.5, width, height, "#ffffff", stroke=RULE))
        markup.append(rect(x, 0, 4, _HEAD - 12, ACCENT))
        markup.append(text(x + measure.inset, 22, name, 16, fill=INK, bold=True))
        markup.append(at(x + measure.inset, _HEAD, piece.markup))
    return Drawn("".join(markup), height)


def _masthead(picture: Picture, measure: _Measure) -> Drawn:
    lines = list(wrapped(picture.organ, measure.full, measure.title))
    step = round(measure.title * 1.35)
    y, markup = measure.title + 18, []
    for words in lines:
        markup.append(text(measure.margin, y, words, measure.title, fill="#ffffff", bold=True))
        y += step
    second = f"{picture.year}年政府信息公开年报图解"
    markup.append(text(measure.margin, y - 6, second, round(measure.title * 0.7), fill="#ffffff"))
    if picture.note:
        y += 22
        markup.append(text(measure.margin, y - 4, picture.note.strip("（）"), 13, fill="#ffffff"))
    height = y + 12
    # Beyond both edges, so that it reaches across a page that is wider than the drawing.
    return Drawn(rect(-measure.width, 0, 3 * measure.width, height, ACCENT) + "".join(markup), height)


def _foot(picture: Picture, measure: _Measure) -> Drawn:
    said = (
        f"数据来自《{picture.organ}{picture.year}年政府信息公开工作年度报告》，统计期限为"
        f"{picture.year}年1月1日至12月31日。按期答复率是按期答复占全部答复的比例，撤回、视为放弃的申请没有答复，不计入。"
    )
    lines = list(wrapped(said, measure.full, 12))
    markup = [
        text(measure.margin, 12 + 18 * place, words, 12, fill=SOFT) for place, words in enumerate(lines)
    ]
    return Drawn("".join(markup), 18 * len(lines))
