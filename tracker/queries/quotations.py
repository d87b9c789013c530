"""Letters of a case that quote a day: in their text or in the values that were merged into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.chinese_numerals import chinese_date
from tracker.models import Case, Letter
from tracker.queries.scope import visible_cases

_SETTLED = ("voided", "historic")


@dataclass(frozen=True, slots=True)
class QuotingLetter:
    """A letter and the days it quotes. ``on`` is the day it was signed, else drafted; ``issued``: it left the house."""

    id: int
    title: str
    number: str
    status: str
    on: date | None
    issued: bool
    quoted: tuple[date, ...]


def list_quoting_letters(
    session: Session, actor: Actor, case_id: int, days: Sequence[date]
) -> Sequence[QuotingLetter]:
    """Drafts and issued letters of a case in which one of the days stands, oldest first."""
    if not days:
        return []
    letters = session.scalars(
        select(Letter)
        .join(Case, Case.id == Letter.case_id)
        .where(Letter.case_id == case_id, Letter.status.not_in(_SETTLED), visible_cases(actor))
        .order_by(Letter.id)
    )
    found = ((letter, _quoted(letter, days)) for letter in letters)
    return [_row(letter, quoted) for letter, quoted in found if quoted]


def _quoted(letter: Letter, days: Sequence[date]) -> tuple[date, ...]:
    text = "\n".join(_strings([letter.issued_content or letter.content, letter.values]))
    text = "".join(text.split())
    return tuple(day for day in days if chinese_date(day) in text or day.isoformat() in text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _row(letter: Letter, quoted: tuple[date, ...]) -> QuotingLetter:
    content = letter.issued_content or letter.content or {}
    return QuotingLetter(
        id=letter.id,
        title=str(content.get("title") or ""),
        number=letter.number or "",
        status=letter.status,
        on=letter.signed_on or (letter.drafted_at.date() if letter.drafted_at else None),
        issued=letter.issued_content is not None,
        quoted=quoted,
    )
