"""Texts as people paste them, made fit to keep: no control characters, no stray blanks, nothing else changed."""

from __future__ import annotations

import unicodedata

_KEPT = frozenset("\n\t")
_DANGEROUS_FORMATS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b")
"""Marks that turn the direction of writing, and invisible blanks: a name or a file name could pretend with them."""


def clean_text(text: str | None) -> str:
    """Several lines of text: line ends made one kind, control characters dropped, blanks at both ends cut off."""
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in plain if _is_kept(sign)).strip()


def clean_line(text: str | None) -> str:
    """One line of text: as ``clean_text``, with line ends and tabs turned to single blanks."""
    return " ".join(clean_text(text).split())


def _is_kept(sign: str) -> bool:
    if sign in _KEPT:
        return True
    return unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _DANGEROUS_FORMATS
