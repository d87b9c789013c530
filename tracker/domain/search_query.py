"""What somebody typed into the search box, as terms that must all be found in one case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.domain.errors import TrackerError
from tracker.domain.search_words import (
    day_word,
    days_in,
    fold,
    month_word,
    read_month_or_day,
    searchable_words,
)
from tracker.domain.vocabulary import N_

LONGEST_QUERY = 100
MOST_TERMS = 8
PHONE_TAIL = 4
_IDENTITY = re.compile(r"[0-9]{6,17}[0-9x]")


@dataclass(frozen=True, slots=True)
class Term:
    """One term. ``words`` are looked up in the index; ``number``: it may be (the end of) a telephone number or the
    number of a document, which are found by keyed hash alone; ``date_word``: it is a day or a month."""

    text: str
    words: frozenset[str]
    number: str = ""
    date_word: str = ""

    @property
    def looked_up(self) -> bool:
        """Whether the index can be asked for it."""
        return bool(self.words or self.number or self.date_word)

    def spans(self, folded: str) -> list[tuple[int, int]]:
        """Where the term stands in a text that was folded."""
        if self.date_word:
            return [
                (start, end)
                for day, start, end in days_in(folded)
                if self.date_word in (day_word(day), month_word(day.year, day.month))
            ]
        found, at = [], folded.find(self.text)
        while at >= 0:
            found.append((at, at + len(self.text)))
            at = folded.find(self.text, at + len(self.text))
        return found


def parse_query(text: str) -> tuple[Term, ...]:
    """The terms, divided by blanks. None for an empty text. Raises ``TrackerError`` with what to do for a query the
    index cannot answer: a single Chinese character, only punctuation, too many terms."""
    pieces = list(dict.fromkeys(fold(text[:LONGEST_QUERY]).split()))
    if len(pieces) > MOST_TERMS:
        raise TrackerError(N_("最多 %(most)d 个词，请删去几个。"), most=MOST_TERMS)
    terms = tuple(map(_term, pieces))
    if terms and not any(term.looked_up for term in terms):
        raise TrackerError(N_("请至少输入两个汉字，或者一个号码、日期。"))
    return terms


def _term(piece: str) -> Term:
    day = read_month_or_day(piece)
    if day is not None:
        year, month, number = day
        written = f"{year}-{month:02d}-{number:02d}" if number else f"{year}-{month:02d}"
        word = f"=day:{written}" if number else f"=month:{written}"
        return Term(piece, frozenset(), date_word=word)
    plain = piece.replace("-", "")
    number_text = plain if plain.isdigit() and len(plain) >= PHONE_TAIL else ""
    if not number_text and _IDENTITY.fullmatch(plain):
        number_text = plain
    return Term(piece, searchable_words(piece), number=number_text)
