"""How alike two requests are: by the pairs of characters they share, once the words every request has are set aside."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from tracker.domain.search_words import fold, words_of

NEARLY_THE_SAME = 0.8
"""From here on two requests ask for the same as far as words can tell."""
ALIKE = 0.5
"""From here on it is worth looking at how the other was answered."""
SHORTEST = 4
"""Pairs a request must have before it is called contained in another."""
_EVERYBODY_WRITES = re.compile(
    "中华人民共和国|政府信息公开条例|依据|根据|依法|本人|我单位|特此|现|请求|要求|申请|获取|公开|提供|贵单位|贵机关|贵局|贵办|你单位|你局"
    "|政府信息|相关|有关|信息|材料|资料|情况|内容|以及|所有|全部|复印件|电子版|书面|纸质|一份|望|谢谢"
)
_BINS, _ROWS = 64, 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """``shared`` pairs of characters of ``mine`` and ``other``; both scores are told with these figures."""

    shared: int
    mine: int
    other: int

    @property
    def jaccard(self) -> float:
        """Shared pairs by all pairs."""
        union = self.mine + self.other - self.shared
        return self.shared / union if union else 0.0

    @property
    def containment(self) -> float:
        """Shared pairs by those of the shorter text; nothing for texts too short to tell."""
        shorter = min(self.mine, self.other)
        return self.shared / shorter if shorter >= SHORTEST else self.jaccard

    @property
    def score(self) -> float:
        """The likeness by which requests are ordered: overlap counts fully, mere containment at nine tenths."""
        return max(self.jaccard, 0.9 * self.containment)

    @property
    def percent(self) -> int:
        """The score in whole per cent."""
        return int(self.score * 100)


def core_words(text: str) -> frozenset[str]:
    """What a request asks for, without the words every request has; all its words where nothing else is left."""
    folded = fold(text)
    words = words_of(_EVERYBODY_WRITES.sub(" ", folded))
    return frozenset(words or words_of(folded))


def likeness(mine: frozenset[str], other: frozenset[str]) -> Likeness:
    """Compare two requests by ``core_words``."""
    return Likeness(len(mine & other), len(mine), len(other))


def sketch_words(text: str) -> tuple[str, ...]:
    """A few words of the index that nearly identical requests have in common and others do not: the least pair of
    each of 64 bins, four bins a word (MinHash in bands). Of two requests with 80 % in common almost surely one word
    agrees, of two with 10 % in common hardly ever one does."""
    least: list[int | None] = [None] * _BINS
    for word in core_words(text):
        number = zlib.crc32(word.encode())
        rest, at = divmod(number * 0x9E3779B1 & 0xFFFFFFFF, _BINS)
        held = least[at]
        if held is None or rest < held:
            least[at] = rest
    if all(value is None for value in least):
        return ()
    filled = _fill(least)
    return tuple(
        f"=like:{band}:{','.join(map(str, filled[band * _ROWS : (band + 1) * _ROWS]))}"
        for band in range(_BINS // _ROWS)
    )


def _fill(least: list[int | None]) -> list[int]:
    """An empty bin takes what the next filled one has."""
    last: int = next(value for value in least if value is not None)
    filled: list[int] = []
    for value in reversed(least):
        last = last if value is None else value
        filled.append(last)
    return filled[::-1]
