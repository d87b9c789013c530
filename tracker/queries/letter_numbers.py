"""Reading of 发文登记簿: the letters of one organ, series and year by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.letter_numbers import Series, series_of
from tracker.domain.numbering import parse_document_number
from tracker.models import Case, Counter, Letter, MailItem, Organ
from tracker.queries.scope import visible_cases, visible_counters, visible_mail

_NUMBERED = Letter.number.is_not(None)


@dataclass(frozen=True, slots=True)
class NumberedLetter:
    """One number with its letter; ``case`` is the number of the case, empty for 误投转交函."""

    letter_id: int
    number: str
    title: str
    signed_on: date | None
    status: str
    void_reason: str | None
    voided_on: date | None
    case: str


@dataclass(frozen=True, slots=True)
class NumberBook:
    """A series of a year: its letters by number, and the numbers no letter bears."""

    rows: Sequence[NumberedLetter]
    series: Series


def list_number_series(session: Session, actor: Actor) -> Sequence[tuple[int, str, str, int]]:
    """What there is to open: (organ, its name, series, year), for what one may see, the newest year first."""
    rows = session.execute(
        select(Counter.organ_id, Organ.name, Counter.series, Counter.year)
        .join(Organ, Organ.id == Counter.organ_id)
        .where(Counter.series.startswith("letter:"), Counter.value > 0, visible_counters(actor))
    )
    found = [(organ_id, name, series, year) for organ_id, name, series, year in rows]
    return sorted(found, key=lambda each: (-each[3], each[1], each[2] != "letter:reply", each[2]))


def read_number_book(session: Session, actor: Actor, organ_id: int, series: str, year: int) -> NumberBook:
    """The letters of one series and year that one may see, by number. Nothing is told of an organ one may not see."""
    found = session.execute(
        select(Letter, Case.number)
        .outerjoin(Case, Case.id == Letter.case_id)
        .outerjoin(MailItem, MailItem.letter_id == Letter.id)
        .where(
            _NUMBERED,
            Letter.organ_id == organ_id,
            Letter.series == series,
            Letter.number.contains(f"〔{year}〕"),
            _visible(actor),
        )
    ).all()
    rows = sorted((_row(letter, number) for letter, number in found), key=lambda row: _serial(row.number))
    drawn = session.scalar(
        select(Counter.value).where(
            Counter.organ_id == organ_id, Counter.series == series, Counter.year == year
        )
    )
    return NumberBook(rows, series_of([row.number for row in rows], (drawn or 0) if rows else 0))


def _row(letter: Letter, case: str | None) -> NumberedLetter:
    content = letter.issued_content or letter.content or {}
    return NumberedLetter(
        letter.id,
        letter.number or "",
        content.get("title", ""),
        letter.signed_on,
        letter.status,
        letter.void_reason,
        letter.voided_on,
        case or "",
    )


def _serial(number: str) -> int:
    parsed = parse_document_number(number)
    return parsed[2] if parsed else 0


def _visible(actor: Actor) -> ColumnElement[bool]:
    return or_(Case.id.is_not(None) & visible_cases(actor), MailItem.id.is_not(None) & visible_mail(actor))
