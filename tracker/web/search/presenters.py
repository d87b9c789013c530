"""A page of what was found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.domain.case_documents import DOCUMENT_KIND_NAMES, DocumentKind
from tracker.domain.dispositions import ROWS
from tracker.domain.snippets import Piece
from tracker.domain.vocabulary import N_
from tracker.services.finding import COUNTED, Found, Hit, Line
from tracker.web.cases.rows import ListRow, list_row
from tracker.web.i18n import tell
from tracker.web.list_state import ListState
from tracker.web.search.asked import ENDED, OPEN

DAY_NAMES = {
    "received": N_("收到日期"),
    "signed": N_("成文日期"),
    "dispatched": N_("寄发日期"),
    "delivered": N_("送达日期"),
}


@dataclass(frozen=True, slots=True)
class LineView:
    """A line in which something was found."""

    label: str
    pieces: tuple[Piece, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HitView:
    """A case that was found. ``asked``: what it asks for, marked where that is where it was found."""

    row: ListRow
    asked: tuple[Piece, ...]
    lines: tuple[LineView, ...]


def hit_views(found: Found) -> list[HitView]:
    """The cases of the page."""
    return [_hit(hit) for hit in found.hits]


def counted_words(found: Found) -> str:
    """How many there are, as exactly as it is known."""
    if found.capped:
        return _("%(n)d+ 件", n=COUNTED)
    return _("共 %(n)d 件", n=found.counted) if found.exact else _("约 %(n)d 件", n=found.counted)


def next_url(found: Found, state: ListState) -> str:
    """Where the list goes on; empty on its last page."""
    return state.url(start=found.next_from) if found.next_from is not None else ""


Options = list[tuple[str, str, bool]]


def selects(organs: Sequence[tuple[int, str]], state: ListState) -> list[tuple[str, str, Options]]:
    """(key, label, options) of the filters chosen from a list."""
    outcomes = [(str(row.code), tell(row.name)) for row in ROWS]
    rows = [
        ("organ", _("机关"), [(str(organ_id), name) for organ_id, name in organs]),
        ("state", _("办理状态"), [(OPEN, _("在办")), (ENDED, _("已答复或终止"))]),
        ("outcome", _("办理结果"), outcomes),
    ]
    return [
        (
            key,
            label,
            [("", _("全部"), not state.get(key)), *((v, t, state.get(key) == v) for v, t in options)],
        )
        for key, label, options in rows
        if len(options) > 1
    ]


def _hit(hit: Hit) -> HitView:
    described = next((line for line in hit.lines if line.kind is DocumentKind.DESCRIPTION), None)
    asked = described.pieces if described else (Piece(hit.row.description or _("申请内容待补全")),)
    return HitView(
        list_row(hit.row), asked, tuple(_line(line) for line in hit.lines if line is not described)
    )


def _line(line: Line) -> LineView:
    label = tell(DOCUMENT_KIND_NAMES[line.kind])
    if line.kind is DocumentKind.DAY:
        return LineView(tell(DAY_NAMES[line.name]), line.pieces)
    if line.kind is DocumentKind.APPLICANT:
        found = any(piece.found for piece in line.pieces)
        return LineView(label, line.pieces, "" if found else _("电话或者证件号码相符"))
    if line.kind in (DocumentKind.LETTER, DocumentKind.NUMBER) and line.name:
        label = f"{label} · {line.name}"
    return LineView(label, line.pieces)
