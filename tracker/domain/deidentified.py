"""示范答复: a reply as it may be read by colleagues who do not know the case: nobody in it can be recognised by name,
number or door."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracker.domain.letter_document import BlockKind, LetterDocument

BLANK = "×××"
SHORTEST = 2
"""A single character is a word of its own in too many places to be taken for a name."""
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?![0-9A-Za-z])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_DOORS = re.compile(r"(?<![〕\]）)第\d-])\d+(?:-\d+)*(?=(?:号|弄|幢|栋|单元|室)(?!文|令|公告))")


def deidentify(text: str, known: Iterable[str]) -> str:
    """The text without the names and numbers that are ``known`` of the people in the case, and without what looks like
    the number of a document or telephone, a mail address or the number of a door. Numbers of official documents
    stay. Who publishes it reads it all the same: nicknames and descriptions of people no program knows."""
    names = sorted(_told(known), key=len, reverse=True)
    if names:
        text = re.sub("|".join(map(re.escape, names)), BLANK, text)
    for pattern in (_MAIL, _NUMBERS, _DOORS):
        text = pattern.sub(BLANK, text)
    return text


def still_named(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Which of the known names and numbers stand in a text."""
    return tuple(name for name in sorted(_told(known)) if name in text)


def reply_text(document: LetterDocument, known: Sequence[str]) -> str:
    """What a reply says, one paragraph a line: without head, addressee, number, date, contact and forms that are
    enclosed."""
    lines: list[str] = []
    for block in document.blocks:
        if block.kind is BlockKind.ANNEX:
            break
        lines += [line for line in block.text.split("\n") if line]
    return deidentify("\n".join(lines), known)


def _told(known: Iterable[str]) -> set[str]:
    return {name for each in known if len(name := each.strip()) >= SHORTEST}
