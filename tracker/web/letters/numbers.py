"""发文登记簿: every number an organ gave, in order; voided ones with their reason, missing ones named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.letter_numbers import Series, ranges
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.letter_numbers import NumberedLetter, list_number_series, read_number_book
from tracker.queries.letter_templates import library
from tracker.web.access import needs
from tracker.web.context import actor, today
from tracker.web.i18n import plain_day, tell
from tracker.web.letters import bp
from tracker.web.letters.presenters import STATUS_NAMES

REPLIES = "letter:reply"


@dataclass(frozen=True, slots=True)
class Book:
    """One series of a year that may be opened."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number of the book."""

    url: str
    number: str
    title: str
    signed: str
    case: str
    status: str
    voided: bool
    reason: str


@bp.get("/letters/numbers")
@needs(Permission.CASE_READ)
def numbers() -> ResponseReturnValue:
    """One book: an organ, a kind of letter, a year; the newest book of replies by default."""
    session = db.session()
    offered = list_number_series(session, actor())
    wanted = request.args.get("book", "")
    values = {
        _value(organ_id, series, year): (organ_id, series, year) for organ_id, _name, series, year in offered
    }
    chosen = wanted if wanted in values else next(iter(values), "")
    book = read_number_book(session, actor(), *values[chosen]) if chosen else None
    return render_template(
        "pages/letters/numbers.html",
        books=_books(offered),
        chosen=chosen,
        rows=[_row(row) for row in book.rows] if book else [],
        told=_told(book.series, sum(row.status == "voided" for row in book.rows)) if book else "",
        missing=_missing(book.series) if book else "",
    )


def _value(organ_id: int, series: str, year: int) -> str:
    return f"{organ_id}-{year}-{series.removeprefix('letter:')}"


def _books(offered: Sequence[tuple[int, str, str, int]]) -> list[Book]:
    wordings = library(db.session(), today(), None)
    several = len({organ_id for organ_id, *_rest in offered}) > 1

    def label(name: str, series: str, year: int) -> str:
        key = series.removeprefix("letter:")
        kind = _("答复书") if series == REPLIES else wordings[key].template.name if key in wordings else key
        return _("%(year)d年　%(kind)s", year=year, kind=kind) + (f"　{name}" if several else "")

    return [
        Book(_value(organ, series, year), label(name, series, year)) for organ, name, series, year in offered
    ]


def _told(series: Series, voided: int) -> str:
    return _("共编 %(last)d 号，其中作废 %(voided)d 号。", last=series.last, voided=voided)


def _missing(series: Series) -> str:
    stretches = [str(a) if a == b else f"{a}—{b}" for a, b in ranges(series.missing)]
    return "、".join(stretches)


def _row(row: NumberedLetter) -> NumberRow:
    return NumberRow(
        url_for("letters.show", letter_id=row.letter_id),
        row.number,
        row.title or _("正文未存"),
        plain_day(row.signed_on) if row.signed_on else "",
        row.case,
        tell(STATUS_NAMES[row.status]),
        row.status == "voided",
        row.void_reason or "",
    )
