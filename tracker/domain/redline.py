"""修订对照: what a wording says anew and what it no longer says, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

_WORD = re.compile(r"\{\{.*?\}\}|[A-Za-z0-9]+|\s+|.", re.DOTALL)
_ALIKE = 0.3
"""Paragraphs less alike than this are one struck out and one put in."""


class Change(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share one fate."""

    change: Change
    text: str


def redline(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[Run, ...], ...]:
    """The paragraphs of both wordings in one order, each as runs. Kept and removed give ``before``, kept and added
    ``after``."""
    lines: list[tuple[Run, ...]] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [(Run(Change.KEPT, text),) for text in before[i:j]]
            continue
        for old, new in zip_longest(before[i:j], after[k:m]):
            lines += _paragraph(old, new)
    return tuple(lines)


def _paragraph(old: str | None, new: str | None) -> list[tuple[Run, ...]]:
    if old is None or new is None:
        return [_alone(old, new)]
    a, b = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [_alone(old, None), _alone(None, new)]
    runs: list[Run] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            runs.append(Run(Change.KEPT, "".join(a[i:j])))
            continue
        runs += [Run(Change.REMOVED, "".join(a[i:j]))] if j > i else []
        runs += [Run(Change.ADDED, "".join(b[k:m]))] if m > k else []
    return [tuple(runs)]


def _alone(old: str | None, new: str | None) -> tuple[Run, ...]:
    return (Run(Change.REMOVED, old),) if new is None else (Run(Change.ADDED, new),)  # type: ignore[arg-type]
