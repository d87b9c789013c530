"""往例: how much an earlier reply may help with the one under review, as points whose reasons can be read."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tracker.domain.likeness import core_words, likeness
from tracker.domain.search_words import fold
from tracker.domain.vocabulary import N_

WORDS, ORGAN, TEMPLATE = 60, 15, 25
"""Points a case can have for the words of its description, for its organ, for the outcome and ground of its reply."""

LEAST = 25
"""Fewer points are no likeness worth showing."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Points of 100, and why: ``words`` is the likeness of the descriptions in per cent, ``shared`` the longest
    stretches both have, the longest first."""

    words: int
    same_organ: bool
    same_template: bool
    shared: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """Of 100."""
        own = self.words * WORDS // 100
        return own + (ORGAN if self.same_organ else 0) + (TEMPLATE if self.same_template else 0)

    def reasons(self) -> list[tuple[str, dict[str, str]]]:
        """Why, as sentences with what stands in them."""
        found: list[tuple[str, dict[str, str]]] = []
        if self.same_template:
            found.append((N_("办理结果和依据相同"), {}))
        if self.same_organ:
            found.append((N_("同一机关"), {}))
        if self.shared:
            found.append((N_("都有“%(words)s”"), {"words": "”“".join(self.shared)}))
        return found


def pairs(text: str) -> frozenset[str]:
    """Pairs of characters a request asks with; figures aside, since a year in common is no likeness."""
    return frozenset(word for word in core_words(text) if not word.isdigit())


def resemblance(
    one: str, other: str, *, same_organ: bool = False, same_template: bool = False
) -> Resemblance:
    """How much the reply to one description may help with the other. As many points both ways round."""
    a, b = pairs(one), pairs(other)
    common = a & b
    words = likeness(a, b).percent if common else 0
    return Resemblance(words, same_organ, same_template, _shared(fold(one), common) if common else ())


def _shared(text: str, common: AbstractSet[str]) -> tuple[str, ...]:
    """Longest stretches of the text made of common pairs; at most three."""
    found: list[str] = []
    start = 0
    for n in range(1, len(text) + 1):
        if n < len(text) and text[n - 1 : n + 1] in common:
            continue
        if n - start > 1:
            found.append(text[start:n])
        start = n
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True)[:3])
