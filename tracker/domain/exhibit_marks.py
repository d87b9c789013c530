"""Numbers of evidence within a text: kept as marks of the piece, so that they follow when the list is reordered."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WRITTEN = re.compile(r"证据\s?(\d{1,3})(?!\d)")
_MARK = re.compile(r"⟦([^⟦⟧\n]{1,40})⟧")
NOT_LISTED = "证据（未列入目录）"


def mark(key: str) -> str:
    """The mark of one piece."""
    return f"⟦{key}⟧"


def mark_numbers(text: str, keys: Sequence[str]) -> str:
    """证据3 becomes the mark of the third piece; a number beyond the list stays as it was typed."""

    def marked(found: re.Match[str]) -> str:
        number = int(found[1])
        return mark(keys[number - 1]) if 1 <= number <= len(keys) else found[0]

    return _WRITTEN.sub(marked, text)


def show_numbers(text: str, keys: Sequence[str]) -> str:
    """Marks as numbers of the list; a piece that is not on it is said to be missing."""
    places = {key: number for number, key in enumerate(keys, start=1)}
    return _MARK.sub(lambda found: f"证据{places[found[1]]}" if found[1] in places else NOT_LISTED, text)


def dangling(text: str, keys: Sequence[str]) -> tuple[int, ...]:
    """Numbers the text speaks of that the list does not reach; 0 stands for pieces taken off it."""
    shown = show_numbers(text, keys)
    beyond = {int(number) for number in _WRITTEN.findall(shown) if not 1 <= int(number) <= len(keys)}
    return tuple(sorted(beyond | ({0} if NOT_LISTED in shown else set())))
