"""条款变动: an article of the 条例 that reads differently since a day, and the wordings that cite it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.cited_articles import LAST_ARTICLE, cites
from tracker.domain.errors import Invalid
from tracker.domain.letter_template import LetterTemplate
from tracker.domain.vocabulary import N_

_CODE = re.compile(r"([1-9][0-9]?)(?:\(([1-9])\))?")


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One change on record: the article (``36(4)``), the day since which it reads anew, what changed."""

    id: int
    article: str
    changed_on: date
    note: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class WordingInUse:
    """A version somebody uses or will use, and when it was approved."""

    version_id: int
    template: LetterTemplate
    approved_at: datetime


def article_code(text: str) -> str:
    """An article as it was typed (``36（4）`` or ``36 (4)``) in its plain form.

    Raises ``Invalid`` for what names no article of the 条例.
    """
    plain = text.strip().translate(str.maketrans("（）０１２３４５６７８９", "()0123456789")).replace(" ", "")
    found = _CODE.fullmatch(plain)
    if found is None or int(found[1]) > LAST_ARTICLE:
        raise Invalid(
            {"article": [N_("请写《条例》的条号，例如 36 或者 36(4)；条例共五十六条。")]},
        )
    return plain


def marks(
    changes: Iterable[ArticleChange],
    wordings: Iterable[WordingInUse],
    checked: Collection[tuple[int, int]],
) -> Mapping[int, tuple[ArticleChange, ...]]:
    """By version, the changes its wording has still to be looked at for.

    A version is marked when it cites the article, was approved no later than the change was recorded, and nobody has
    checked it for that change (``checked``: pairs of change and version). One approved afterwards was read with the
    mark in sight.
    """
    told = tuple(changes)
    found = {
        w.version_id: tuple(
            change
            for change in told
            if w.approved_at <= change.recorded_at
            and (change.id, w.version_id) not in checked
            and cites(w.template, change.article)
        )
        for w in wordings
    }
    return {version_id: changes for version_id, changes in found.items() if changes}
